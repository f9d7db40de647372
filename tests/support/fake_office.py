"""A LibreOffice that does as the tests say: a script that fails, hangs or makes nothing where a document asks for it.

A document asks by a part called `ask` in its package, or by the words `ASK:<what>` in any part:

    nothing     no PDF, and on to the next
    crash       the program breaks off
    framed      what is only framed as a PDF
    half        a PDF that is cut off, and the program breaks off
    hang        the program does nothing more, and neither does a child of it
    hang-once   the same, the first time it meets such a document

All others get a PDF of as many pages as the digits in their `pages` part say, one without it.
"""

import sys
import zipfile
from pathlib import Path

SCRIPT = """#!{python}
import os, pathlib, re, subprocess, sys, time, zipfile

def blank(pages):
    made = time.strftime("D:%Y%m%d%H%M%S+07'00'")
    kids = " ".join(f"{{number}} 0 R" for number in range(4, 4 + pages))
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>> >>"
    objects = ["<</Type /Catalog /Pages 2 0 R>>", f"<</Type /Pages /Kids [{{kids}}] /Count {{pages}}>>",
               f"<</CreationDate ({{made}})>>", *[page] * pages]
    data, places = b"%PDF-1.7\\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{{number}} 0 obj\\n{{text}}\\nendobj\\n".encode()
    table = "".join(f"{{place:010}} 00000 n \\n" for place in places)
    return data + (f"xref\\n0 {{len(objects) + 1}}\\n0000000000 65535 f \\n{{table}}trailer\\n<</Size {{len(objects) + 1}} /Root 1 0 R"
                   f" /Info 3 0 R>>\\nstartxref\\n{{len(data)}}\\n%%EOF\\n").encode()

here = pathlib.Path(__file__).parent
arguments = sys.argv[1:]
out = pathlib.Path(arguments[arguments.index("--outdir") + 1])
files = [pathlib.Path(each) for each in arguments[arguments.index("--outdir") + 2:]]
profile = next(each for each in arguments if "UserInstallation" in each)
with (here / "calls").open("a") as log:
    print(profile, *files, file=log)
(here / "temporary").write_text(os.environ.get("TMPDIR", ""))
if (here / "broken").exists():
    sys.exit("cannot open display")
out.mkdir(parents=True, exist_ok=True)
for file in files:
    with zipfile.ZipFile(file) as archive:
        parts = {{name: archive.read(name) for name in archive.namelist()}}
    found = re.search(rb"ASK:([a-z-]+)", b" ".join(parts.values()))
    ask = parts["ask"].decode() if "ask" in parts else found[1].decode() if found else ""
    if ask == "hang-once":
        ask = "" if (here / "hung").exists() else "hang"
        (here / "hung").touch()
    if ask == "nothing":
        continue
    if ask == "crash":
        sys.exit(77)
    if ask == "hang":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        (here / "child").write_text(str(child.pid))
        time.sleep(600)
    if ask == "framed":
        (out / (file.stem + ".pdf")).write_bytes(b"%PDF-1.7\\nkosong\\nstartxref\\n9\\n%%EOF\\n")
        continue
    data = blank(int(parts.get("pages", b"1")))
    (out / (file.stem + ".pdf")).write_bytes(data[: len(data) // 2] if ask == "half" else data)
    if ask == "half":
        sys.exit(139)
"""


class FakeOffice:
    """The script in a folder, and what is known of its calls."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / "soffice"
        self.path.write_text(SCRIPT.format(python=sys.executable), "utf-8")
        self.path.chmod(0o755)

    @property
    def calls(self) -> list[list[str]]:
        """The files of each call."""
        return [line.split()[1:] for line in self._lines()]

    @property
    def profiles(self) -> list[Path]:
        """The profile of each call."""
        return [Path(line.split()[0].partition("file://")[2]) for line in self._lines()]

    @property
    def temporary(self) -> Path:
        """The folder for temporary files of the last call."""
        return Path((self.folder / "temporary").read_text("utf-8"))

    def _lines(self) -> list[str]:
        log = self.folder / "calls"
        return log.read_text("utf-8").splitlines() if log.is_file() else []

    def forget(self) -> None:
        """Begin the list of calls anew."""
        (self.folder / "calls").unlink(missing_ok=True)


def office_file(path: Path, ask: str = "", pages: int = 1) -> Path:
    """Something in a ZIP, as Office files are, that asks the fake for this."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ask", ask)
        archive.writestr("pages", str(pages))
    return path
