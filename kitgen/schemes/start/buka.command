#!/bin/sh
# Membuka halaman kitgen untuk proyek di folder ini.
cd "$(dirname "$0")" || exit 1
if [ -x .venv/bin/kitgen ]; then
  exec .venv/bin/kitgen buka
elif [ -r .kitgen/python.txt ] && IFS= read -r python <.kitgen/python.txt && "$python" -c "import kitgen" >/dev/null 2>&1; then
  exec "$python" -m kitgen buka
elif command -v kitgen >/dev/null 2>&1; then
  exec kitgen buka
elif python3 -c "import kitgen" >/dev/null 2>&1; then
  exec python3 -m kitgen buka
fi
echo "kitgen belum terpasang di komputer ini. Pasang dahulu, lalu klik dua kali lagi berkas ini."
read -r _
