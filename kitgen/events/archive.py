"""`kitgen event archive`: everything of an event in one locked file, so that a purge loses nothing that must be kept.

It is to be opened years later by any program for zips, without kitgen: documents lie in it as they are.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen import __version__
from kitgen.base.digests import digest
from kitgen.base.errors import Findings, KitgenError, Place, failure, unreadable
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import ASIDE
from kitgen.documents.disk.locked import read_locked, write_locked
from kitgen.kits.paths import safe_name, without_names
from kitgen.load.event.event import check_event, event_names
from kitgen.load.locate import no_event
from kitgen.load.regular import read_regular
from kitgen.model.forms import EVENTS_FOLDER

CONTENTS: Final = "isi.json"
README: Final = "BACA SAYA.txt"
_LEFT_OUT: Final = (ASIDE, "~$", ".~lock.")
_README_TEXT: Final = """ARSIP ACARA ASESMEN

events/   buku kerja acara, daftar, hasil, catatan penyerahan, rahasia kode dokumen
output/   dokumen yang dibuat untuk acara ini, seperti adanya saat diarsipkan
scheme/   data edisi skema yang dipakai acara ini, dan identitas LSP
isi.json  setiap berkas dengan sidik jari SHA-256-nya

Dokumen dibuka dengan Word, Excel, dan pembaca PDF; kitgen tidak diperlukan.
Arsip ini memuat data pribadi dan kunci jawaban: simpan di tempat terkunci dan musnahkan bila masa simpannya habis.
"""


@dataclass(frozen=True, slots=True)
class ArchivedEvent:
    """Arsip acara: how many files it holds, and how many bytes they are."""

    files: int
    size: int


def archive_event(project: Project, name: str, target: Path, passphrase: str) -> ArchivedEvent:
    """Write all of an event into one locked zip, and open it to see that every file is in it as it lies here.

    Raises `KitgenError` if there is no such event, for links in its folders, if something lies at `target`, if that is
    in a folder a purge removes, for a weak passphrase, and if the disk refuses.
    """
    names = event_names(project)
    if name not in names:
        raise no_event(project, name, names)
    home, made = project.event_file(name).parent, project.output_dir / EVENTS_FOLDER / safe_name(name)
    if any(target.resolve().is_relative_to(folder.resolve()) for folder in (home, made)):
        raise failure(
            said("archive would lie in a folder that a purge removes"), Place(target.name), said("name another folder")
        )
    is_there = target.is_file() and not target.is_symlink()
    if not is_there and (target.exists() or target.is_symlink()):
        raise failure(
            said("there is another file of this name"), Place(target.name), said("name the archive otherwise")
        )
    findings = Findings()
    files = {
        path.relative_to(project.root).as_posix(): path for path in _collected(project, name, home, made, findings)
    }
    findings.stop_on_errors()
    held = {shown: _content(path) for shown, path in sorted(files.items())}
    contents = {"event": name, "kitgen": __version__, "files": {each: digest(data) for each, data in held.items()}}
    listed = json.dumps(contents, ensure_ascii=False, indent=1) + "\n"
    written = {**held, CONTENTS: listed.encode(), README: _README_TEXT.replace("\n", "\r\n").encode("utf-8-sig")}
    if is_there:
        _refuse_another(target, passphrase, written)
        return ArchivedEvent(len(held), sum(map(len, held.values())))
    write_locked(target, written.items(), passphrase)
    if read_locked(target, passphrase) != written:
        told = said("archive does not say what was put into it")
        raise failure(told, Place(target.name), said("write it on another disk"))
    return ArchivedEvent(len(held), sum(map(len, held.values())))


def is_archived(project: Project, name: str, target: Path, passphrase: str) -> bool:
    """Whether an archive holds every file the event has now, each as it lies there.

    Raises `KitgenError` if the archive cannot be opened with this passphrase.
    """
    home, made = project.event_file(name).parent, project.output_dir / EVENTS_FOLDER / safe_name(name)
    findings = Findings()
    paths = list(_collected(project, name, home, made, findings))
    held = read_locked(target, passphrase)
    return not findings.errors and all(
        held.get(path.relative_to(project.root).as_posix()) == _content(path) for path in paths
    )


def _refuse_another(target: Path, passphrase: str, written: Mapping[str, bytes]) -> None:
    """Raises `KitgenError` for a file that is not this very archive, such as a run left that was stopped behind it."""
    try:
        is_same = read_locked(target, passphrase) == written
    except KitgenError:
        is_same = False
    if not is_same:
        raise failure(
            said("there is another file of this name"), Place(target.name), said("name the archive otherwise")
        )


def _collected(project: Project, name: str, home: Path, made: Path, findings: Findings) -> Iterator[Path]:
    """The files of an event, of the edition it is pinned to and of the identity."""
    folders = [home, made]
    schedule = check_event(project, name).schedule
    if schedule is not None and schedule.scheme and schedule.edition:
        folders.append(project.scheme_file(schedule.pinned_to).parent)
    if project.identity_file.is_file():
        yield project.identity_file
    for folder in folders:
        for where, inner, files in os.walk(folder):
            inner[:] = sorted(each for each in inner if not each.startswith(ASIDE))
            for each in sorted((*files, *inner)):
                path = Path(where, each)
                if path.is_symlink():
                    place = Place(without_names(project.shown(path)))
                    findings.error(
                        said("the file is a link, which is not followed"), place, said("put the file in its place")
                    )
                elif path.is_file() and not each.startswith(_LEFT_OUT):
                    yield path


def _content(path: Path) -> bytes:
    try:
        return read_regular(path)
    except OSError as error:
        place = Place(without_names(path.name))
        raise unreadable(error, place, said("close it in the program that has it open")) from error
