"""`kitgen pack`: the packs of kits, one for each audience, from data to PDF."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kitgen.assessment import Assessed, Selection
from kitgen.build import Built, build
from kitgen.check import Data, load_data
from kitgen.errors import Diagnostic, Findings, Place
from kitgen.model.scheme import Scheme
from kitgen.packing import Packed, PackLine, PackOrder, make_packs
from kitgen.printing import Printed, jobs_of, newest_of, print_documents
from kitgen.project import Project
from kitgen.publish.beside import pack_of, pdf_of
from kitgen.publish.convert import convert
from kitgen.publish.job import Job, Progress
from kitgen.staleness import KEPT_STATES


@dataclass(frozen=True, slots=True)
class PackedKits:
    """A whole run: the documents made, their PDFs, the packs, and every problem of PDFs and packs."""

    built: Built
    printed: Printed
    packed: Packed
    problems: tuple[Diagnostic, ...]


def pack_kits(
    project: Project,
    selection: Selection,
    duplex: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> PackedKits:
    """Make documents, PDFs and packs of kits, each where it is not what it would be now.

    A document that cannot be printed keeps its pack, and no other, from being made. Raises `KitgenError` as `build`
    does.
    """
    data = load_data(project, selection.scheme, selection.edition)
    built = build(project, selection, (), progress)
    printed = print_documents(project, built.assessment, workers, progress)
    findings = Findings(list(printed.problems))
    documents = built.assessment.documents
    _tell_of_edited(project, documents, findings)
    with tempfile.TemporaryDirectory(prefix="kitgen-") as folder:
        pdfs = _pdfs(project, documents, printed, Path(folder), workers, findings)
        ready: list[PackOrder] = []
        for order in _orders(project, data, documents, pdfs):
            if all(line.pdf.is_file() for line in order.lines):
                ready.append(order)
            else:
                place = Place(order.target.relative_to(project.output_dir).as_posix())
                findings.error("pack is not made, since a document of it could not be printed", place)
        packed = make_packs(project, data.look, ready, duplex, workers)
    findings.extend(packed.problems)
    return PackedKits(built, printed, packed, tuple(findings))


def _tell_of_edited(project: Project, documents: Sequence[Assessed], findings: Findings) -> None:
    for document in documents:
        if document.state in KEPT_STATES:
            held = newest_of(project.output_dir, document)
            what = "as it was edited" if held == document.path else f"`{Path(held).name}` instead"
            findings.warning(f"document was edited by hand; its pack holds {what}", Place(document.path))


def _pdfs(
    project: Project,
    documents: Sequence[Assessed],
    printed: Printed,
    folder: Path,
    workers: int | None,
    findings: Findings,
) -> Mapping[str, Path]:
    """The PDF of every document, by its path; where a PDF of another hand lies, one of our own, made in `folder`."""
    found = {job.shown: job.target for job in jobs_of(project, documents)}
    own = [
        Job(job.document, folder / f"{number:04}.pdf", job.source, job.shown) for number, job in enumerate(printed.kept)
    ]
    findings.extend(problem for problem in convert(own, workers).problems if problem.severity == "error")
    return found | {job.shown: job.target for job in own}


def _orders(
    project: Project, data: Data, documents: Sequence[Assessed], pdfs: Mapping[str, Path]
) -> Iterator[PackOrder]:
    """An order for each audience of each kit; documents stand by path, and so by official number."""
    schemes = {(each.scheme.slug, each.scheme.edition): each.scheme for each in data.editions}
    folders: dict[str, list[Assessed]] = {}
    for document in documents:
        folders.setdefault(document.path.rpartition("/")[0], []).append(document)
    for path, members in folders.items():
        slug, edition, *_ = path.split("/")
        folder = project.output_dir / path
        yield PackOrder(
            target=pack_of(folder),
            body=data.body.name,
            holder=folder.name.partition(" ")[2],
            facts=_facts(schemes[slug, edition], members[0].kit),
            lines=tuple(_line(project, document, pdfs) for document in members),
            is_secret=members[0].form.audience == "kunci",
        )


def _facts(scheme: Scheme, kit: str) -> tuple[tuple[str, object], ...]:
    units = {unit.code: unit.title for unit in scheme.units}
    of = f"Unit {kit} {units[kit]}" if kit in units else f"Skema lengkap ({len(units)} unit kompetensi)"
    return ("Skema Sertifikasi", scheme.title), ("Nomor", scheme.number), ("Perangkat", of)


def _line(project: Project, document: Assessed, pdfs: Mapping[str, Path]) -> PackLine:
    path, form = newest_of(project.output_dir, document), document.form
    code = Path(document.path).stem.removeprefix(form.number).strip()
    pdf = pdfs.get(path, pdf_of(project.output_dir / path))
    return PackLine(form.number, code, form.title, document.record.serial, form.audience, pdf)
