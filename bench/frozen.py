"""The project that speed is measured on, frozen: kits, templates and the sample event as they once were.

    python bench/frozen.py        # freeze those of now; figures before and after are then no longer comparable

Office files lie in it unpacked (stored), which makes one archive of all of them small; they are packed again as an
office program does when the project is laid out.
"""

import io
import shutil
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = Path(__file__).with_name("frozen.tar.xz")
PARTS = ("scheme", "templates", "events")
OFFICE = (".docx", ".xlsx")


def repacked(data: bytes, method: int) -> bytes:
    """The same Office file with every part stored, or deflated."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", method) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), method)
    return made.getvalue()


def lay_out(folder: Path) -> None:
    """Put the frozen project into a folder."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    for path in sorted(folder.rglob("*.*x")):
        if path.suffix in OFFICE:
            path.write_bytes(repacked(path.read_bytes(), zipfile.ZIP_DEFLATED))


def freeze() -> None:
    """Make the archive of what is shipped now."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = entry.mtime = 0
        entry.uname = entry.gname = ""
        return entry

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part)
        shutil.rmtree(folder / "events")
        (folder / "events/contoh").mkdir(parents=True)
        shutil.copy(ROOT / "events/contoh/jadwal.xlsx", folder / "events/contoh/jadwal.xlsx")
        for path in sorted(folder.rglob("*.*x")):
            if path.suffix in OFFICE:
                path.write_bytes(repacked(path.read_bytes(), zipfile.ZIP_STORED))
        with tarfile.open(ARCHIVE, "w:xz", preset=9) as archive:
            for part in PARTS:
                archive.add(folder / part, part, filter=plain)


if __name__ == "__main__":
    freeze()
    print(f"{ARCHIVE.name}: {ARCHIVE.stat().st_size} bytes")
