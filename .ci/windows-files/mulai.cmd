@echo off
rem Menyiapkan kitgen di folder ini tanpa internet, lalu membuka halamannya.
setlocal
chcp 65001 >nul
cd /d "%~dp0"
set "PYTHON="
for %%V in (@versions@) do (
  if not defined PYTHON (
    py -%%V -c "import venv" >nul 2>nul && set "PYTHON=py -%%V"
  )
)
if not defined PYTHON (
  python -c "import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && set "PYTHON=python"
)
if not defined PYTHON (
  echo Python belum ada di komputer ini: pasang Python @newest@ dari https://www.python.org/downloads/windows/ lalu klik dua kali lagi berkas ini.
  pause
  exit /b 1
)
if not exist "lingkungan\Scripts\kitgen.exe" (
  echo Menyiapkan kitgen, sekali saja; tunggu sebentar.
  %PYTHON% -m venv lingkungan || goto gagal
  "lingkungan\Scripts\python.exe" -m pip install --quiet --no-index --find-links wheels kitgen==@version@ || goto gagal
)
if not exist "Proyek kitgen\scheme" (
  "lingkungan\Scripts\kitgen.exe" init "Proyek kitgen" || goto gagal
)
cd "Proyek kitgen"
"..\lingkungan\Scripts\kitgen.exe" buka || goto gagal
exit /b 0
:gagal
echo kitgen tidak dapat disiapkan atau berhenti karena kesalahan; pesannya ada di atas.
pause
exit /b 1
