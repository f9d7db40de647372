"""Documents made by workers: a job is a value, a form with what each of its documents is given; files come back.

A worker is given the templates once and compiles for itself. It knows no project, no event and no disk but a folder of
its own; what it cannot do, or what needs more than the finished file, the head does itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from kitgen.base.errors import KitgenError
from kitgen.base.project import Project
from kitgen.documents.disk.rooms import room_elsewhere
from kitgen.documents.disk.staleness import Record
from kitgen.documents.status.held import Ready
from kitgen.documents.status.judge import Lot
from kitgen.documents.status.maker import DocumentRenderer
from kitgen.documents.status.templates import Templates
from kitgen.documents.work.collecting import collect_seldom
from kitgen.documents.work.parcel import Kind
from kitgen.kits.plain import Values
from kitgen.load.project_data import Data
from kitgen.load.template_files import contents_of
from kitgen.model.body import CertificationBody, PageStyle
from kitgen.model.forms import Form

_MOST: Final = 200
"""Documents in one job: what they share travels once, and so much is done again where a worker is killed."""
_LEAST: Final = 40
"""Giving a job out costs as much as some documents."""


@dataclass(frozen=True, slots=True)
class TemplateFiles:
    """Berkas templat: all a worker must have to fill templates, without any data."""

    shipped: dict[str, bytes]
    own: dict[str, bytes] | None
    pictures: dict[str, bytes]
    style: PageStyle
    body: CertificationBody
    are_kept: bool

    @classmethod
    def of(cls, maker: DocumentRenderer) -> "TemplateFiles":
        """Those of a run."""
        project, names = maker.templates.project, maker.templates.pictures
        own = project.own_templates
        return cls(
            contents_of(project.templates_dir),
            contents_of(own) if own is not None else None,
            {name: (project.scheme_dir / name).read_bytes() for name in names},
            maker.data.style,
            maker.data.body,
            project.are_kept,
        )


@dataclass(frozen=True, slots=True)
class MadeFile:
    """Dokumen jadi: what it says of itself, and its file."""

    record: Record
    ready: Ready


@dataclass(frozen=True, slots=True)
class MadeOfForm:
    """Documents of a form, what their template reads and who signs it."""

    made: tuple[MadeFile, ...]
    reads: frozenset[str]
    signers: tuple[str, ...]


class GivenDocument(NamedTuple):
    """Dokumen yang diminta: what its template is given, and the folder of its kit."""

    values: Values
    kit: str


class FormJob(NamedTuple):
    """Pekerjaan satu formulir: the form, and its documents."""

    form: Form
    documents: tuple[GivenDocument, ...]


@dataclass(frozen=True, slots=True)
class RangeJob:
    """Pekerjaan: documents by form.

    `key` is the secret of the event: the Kode Dokumen is made with it.
    """

    forms: tuple[FormJob, ...]
    key: bytes


@dataclass(slots=True)
class WorkerBench:
    """Meja kerja: what a worker has laid out for templates; closing it takes the files away."""

    templates: Templates
    data: Data
    room: ExitStack = field(default_factory=ExitStack)

    def close(self) -> None:
        """Take the files away."""
        self.room.close()


def lay_out(files: TemplateFiles) -> WorkerBench:
    """Runs on a worker, once: put the templates into a folder of its own, to be compiled as they are needed."""
    collect_seldom()
    with ExitStack() as room:
        folder = room.enter_context(room_elsewhere())
        project = Project(
            folder / "proyek",
            _laid(folder / "templat", files.shipped),
            files.are_kept,
            own_templates=_laid(folder / "proyek" / "templates", files.own) if files.own is not None else None,
        )
        _laid(project.scheme_dir, files.pictures)
        templates = Templates(project, files.style, tuple(files.pictures))
        data = Data((), files.body, files.style, (), ())
        return WorkerBench(templates, data, room.pop_all())


def _laid(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def make_range(bench: WorkerBench, job: RangeJob) -> tuple[MadeOfForm | None, ...]:
    """Runs on a worker: make the documents of a job; None for a form whose template has faults."""
    maker = DocumentRenderer(bench.templates, bench.data, key=job.key)
    return tuple(_made(maker, form, documents) for form, documents in job.forms)


def _made(maker: DocumentRenderer, form: Form, documents: Sequence[tuple[Values, str]]) -> MadeOfForm | None:
    made = []
    try:
        for values, kit in documents:
            rendered, serial = maker.render(form, values)
            record = Record(rendered.digest(), form.code, kit, serial)
            made.append(MadeFile(record, Ready.of(rendered, record, form.template)))
        return MadeOfForm(tuple(made), maker.templates.compiled(form).reads, maker.templates.signers(form))
    except KitgenError:
        return None


MAKING: Final = Kind(lay_out, make_range)


def ranges_of(lots: Sequence[Lot], size: int) -> Iterator[list[Lot]]:
    """The documents in ranges, a few for each of so many workers: some forms, or some documents of one."""
    most = max(_LEAST, min(_MOST, -(-sum(len(lot.members) for lot in lots) // (3 * size))))
    found: list[Lot] = []
    for lot in lots:
        members = lot.members
        while members:
            room = most - sum(len(each.members) for each in found)
            found.append(Lot(lot.form, members[:room]))
            members = members[room:]
            if sum(len(each.members) for each in found) >= most:
                yield found
                found = []
    if found:
        yield found


def job_of(lots: Iterable[Lot], key: bytes) -> RangeJob:
    """A range as a value."""
    forms = (
        FormJob(lot.form, tuple(GivenDocument(each.values, each.document.kit.folder) for each in lot.members))
        for lot in lots
    )
    return RangeJob(tuple(forms), key)
