"""LibreOffice as a program: where it lies, the settings it is run with, and one call of it under a time limit."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import said

VARIABLE: Final = "KITGEN_SOFFICE"
"""Names the program where it lies in no usual place."""
EPOCH: Final = "946684800"
"""1 January 2000: programs that heed SOURCE_DATE_EPOCH date what they make with it, not with today."""
_NAMES: Final = ("soffice", "libreoffice")
_REMEDIES: Final = {
    "win32": said("install it: `winget install TheDocumentFoundation.LibreOffice`"),
    "darwin": said("install it: `brew install --cask libreoffice`"),
    "linux": said("install it: `sudo apt install libreoffice-writer libreoffice-calc fonts-crosextra-carlito`"),
}
_POLL: Final = 0.1
_GUARD: Final = (
    "/bin/sh",
    "-c",
    'exec 3<&0 </dev/null; { read -r line <&3; kill -9 0; } & guard=$!; "$@" 3<&- & exec 3<&-; wait $!; end=$?; '
    "kill -9 $guard; exit $end",
    "kitgen",
)
"""Ends the whole group of processes as soon as kitgen is no more, however it was killed: a LibreOffice that hangs would
else stay for ever, with copies of documents open."""

_MEMORY: Final = "glibc.malloc.tcache_count=30000"
"""LibreOffice takes and returns small pieces of memory by the million: the C library keeps more of them at hand."""

_BASE: Final = "org.openoffice.Office"
_SETTINGS: Final = (
    # a page looks the same on every machine: numbers as Indonesians write them, plain pages without fields to fill
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale", "id-ID"),
    (f"{_BASE}.Common/Filter/PDF/Export", "UseTaggedPDF", "false"),
    (f"{_BASE}.Common/Filter/PDF/Export", "ExportFormFields", "false"),
    # sheets that begin on a right-hand page do so in the PDF too, so that no other is printed on their backs
    (f"{_BASE}.Common/Filter/PDF/Export", "IsSkipEmptyPages", "false"),
    # documents are data: nothing in them is run, nothing is fetched for them, nothing asks
    (f"{_BASE}.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_BASE}.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_BASE}.Writer/Content/Update", "Link", "0"),
    (f"{_BASE}.Calc/Content/Update", "Link", "2"),
    (f"{_BASE}.Common/Misc", "FirstRun", "false"),
    (f"{_BASE}.Java/VirtualMachine", "Enable", "false"),
    # LibreOffice tests how it draws whenever its version is newer than the last: at each start, without a screen
    ("org.openoffice.Setup/Product", "ooSetupLastVersion", "999.0"),
)

Ending = Literal["ended", "failed", "hung"]


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Seconds a call may take: `start` and `each` for every file in all, and `silence` without a new result."""

    start: float = 60
    each: float = 5
    silence: float = 120

    def of(self, files: int) -> float:
        """The time for a call with so many files."""
        return self.start + self.each * files


@dataclass(frozen=True, slots=True)
class Call:
    """How a call of the program went, and the last it said."""

    ending: Ending
    said: str


def find_office(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path | None:
    """Where LibreOffice lies: what KITGEN_SOFFICE names, else on the PATH, else in the usual places.

    Raises `KitgenError` if KITGEN_SOFFICE names no file, rather than take another program than was asked for.
    """
    named = environment.get(VARIABLE)
    if named:
        path = Path(named)
        if not path.is_file():
            raise failure(
                said("{variable} names no file", variable=VARIABLE),
                Place(named),
                said("let it name soffice, or unset it"),
            )
        return path
    for name in _NAMES:
        found = shutil.which(name, path=environment.get("PATH"))
        if found is not None:
            return _waiting_one(Path(found))
    return next((path for path in _usual_places(environment, platform) if path.is_file()), None)


def _usual_places(environment: Mapping[str, str], platform: str) -> Iterator[Path]:
    if platform == "win32":
        for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA"):
            if environment.get(variable):
                yield Path(environment[variable]) / "LibreOffice" / "program" / "soffice.com"
    elif platform == "darwin":
        for folder in (Path("/Applications"), Path(environment.get("HOME", "/")) / "Applications"):
            yield folder / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
    else:
        yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
        yield Path("/usr/lib/libreoffice/program/soffice")
        yield Path("/snap/bin/libreoffice")


def _waiting_one(path: Path) -> Path:
    """On Windows `soffice.com` waits for the work to be done, `soffice.exe` does not."""
    waiting = path.with_suffix(".com")
    return waiting if path.suffix.lower() == ".exe" and waiting.is_file() else path


def no_office(platform: str = sys.platform) -> KitgenError:
    """The error of a machine without LibreOffice, with the remedy for its system."""
    remedy = _REMEDIES.get(platform, said("install it from https://www.libreoffice.org"))
    return failure(
        said("LibreOffice, which makes the PDFs, was not found"),
        None,
        said(
            "{remedy}; if it is installed, let {variable} name its program `soffice`", remedy=remedy, variable=VARIABLE
        ),
    )


def write_profile(folder: Path) -> None:
    """A LibreOffice profile with kitgen's settings, so that no setting of the user's own changes a page."""
    (folder / "user").mkdir(parents=True, exist_ok=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{items}</oor:items>\n',
        "utf-8",
    )


def call_office(
    office: Path,
    profile: Path,
    files: Sequence[Path],
    out: Path,
    limits: CallLimits,
    stop: threading.Event,
    counted: Callable[[int], None] = lambda number: None,
) -> Call:
    """Convert files (in one folder, of plain short names) to PDF in `out`, in one call of the program.

    The call is ended, with all it started, when it takes longer than `limits` or `stop` is set. `counted` is told how
    many results there are, whenever there are more.
    """
    out.mkdir(parents=True, exist_ok=True)
    log_file = profile.with_name(f"{profile.name}.log")
    own_profile = f"-env:UserInstallation={profile.resolve().as_uri()}"
    line = [str(office), "--headless", "--norestore", "--nolockcheck", "--nologo", own_profile,
            "--convert-to", "pdf", "--outdir", str(out.resolve()), *(file.name for file in files)]  # fmt: skip
    own_folder = profile / "sementara"
    own_folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TZ": "UTC"}
    environment |= dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(own_folder.resolve()))  # swept with the rest
    if sys.platform == "linux":
        environment["SAL_USE_VCLPLUGIN"] = "svp"  # draws without a screen
        environment.setdefault("GLIBC_TUNABLES", _MEMORY)
    guarded = [*_GUARD, *line] if sys.platform != "win32" else line
    with log_file.open("wb") as log:
        try:
            process = subprocess.Popen(guarded, cwd=files[0].parent, env=environment, stdin=subprocess.PIPE, stdout=log,
                                       stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip
        except OSError as error:
            return Call("failed", said("it cannot be started: {strerror}", strerror=error.strerror))
        assert process.stdin is not None
        with process.stdin:  # nothing is ever written there; its end tells the guard that this run is no more
            ending = _watch(process, out, limits, len(files), stop, counted)
    text = log_file.read_text("utf-8", "replace").strip()
    return Call(ending, text.splitlines()[-1][:300] if text else "")


def _watch(
    process: "subprocess.Popen[bytes]",
    out: Path,
    limits: CallLimits,
    files: int,
    stop: threading.Event,
    counted: Callable[[int], None],
) -> Ending:
    """Wait for a call, look at what it makes, end it when it is silent for too long."""
    begun = last = time.monotonic()
    made = 0
    try:
        while True:
            try:
                return "ended" if process.wait(_POLL) == 0 else "failed"
            except subprocess.TimeoutExpired:
                pass
            now = time.monotonic()
            there = sum(1 for _ in out.iterdir())
            if there > made:
                made, last = there, now
                counted(made)
            if stop.is_set() or now - begun > limits.of(files) or now - last > limits.silence:
                return "hung"
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a call and the programs it started; nothing to do for one that has ended."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        import signal

        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.wait()
