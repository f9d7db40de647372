@echo off
rem Membuka halaman kitgen untuk proyek di folder ini.
chcp 65001 >nul
cd /d "%~dp0"
if exist ".venv\Scripts\kitgen.exe" (
  ".venv\Scripts\kitgen.exe" buka
  goto selesai
)
if exist "..\lingkungan\Scripts\kitgen.exe" (
  "..\lingkungan\Scripts\kitgen.exe" buka
  goto selesai
)
set "PYTHON_KITGEN="
if exist ".kitgen\python.txt" set /p PYTHON_KITGEN=<".kitgen\python.txt"
if defined PYTHON_KITGEN if exist "%PYTHON_KITGEN%" (
  "%PYTHON_KITGEN%" -m kitgen buka
  goto selesai
)
where kitgen >nul 2>nul
if not errorlevel 1 (
  kitgen buka
  goto selesai
)
where py >nul 2>nul
if not errorlevel 1 (
  py -3 -m kitgen buka
  goto selesai
)
where python >nul 2>nul
if not errorlevel 1 (
  python -m kitgen buka
  goto selesai
)
echo kitgen belum terpasang di komputer ini. Pasang dahulu, lalu klik dua kali lagi berkas ini.
:selesai
if errorlevel 1 pause
