"""Packs to print: PDFs joined in the order given, behind a cover that lists them; for kits and for persons."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kitgen.base.digests import Fingerprint, PartsDigest, Serial, digest, digest_values
from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.rooms import room_in
from kitgen.documents.pdf.beside import state_of
from kitgen.documents.pdf.job import Job, Progress
from kitgen.documents.pdf.join import PackPart, count_pages, join
from kitgen.documents.pdf.seal import NO_SOURCE, SealSource
from kitgen.documents.status.templates import page_of
from kitgen.documents.work.crew import Workers
from kitgen.kits.paths import without_names
from kitgen.kits.plain import Plain
from kitgen.kits.print_list import sheets_of
from kitgen.load.template_files import block_folders, template_file
from kitgen.model.audience import KEYS, Audience
from kitgen.model.body import CertificationBody, PageStyle
from kitgen.model.forms import KEYS_FOLDER
from kitgen.render import compile_template

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate

NOT_OURS: Final = PartsDigest("-")
"""Stands in a pack's seal for a document that is not ours, whose digest nobody knows."""
COVER: Final = "docx/laporan/Sampul Paket.docx"


@dataclass(frozen=True, slots=True)
class PackLine:
    """Baris paket: a document of a pack, as the cover lists it, its PDF and who may hold it.

    `section` is the heading it stands under, `source` the digest of its parts.
    """

    number: str
    code: str
    title: str
    serial: Serial
    audience: Audience
    pdf: Path
    section: str = ""
    source: SealSource = NO_SOURCE
    is_loose: bool = False
    """Each page is handed over by itself: in a pack for both sides of the paper it has a blank back."""


@dataclass(frozen=True, slots=True)
class PackOrder:
    """Pesanan paket: what to join, in which order, where to; `holder` is whom it is for, in the words of the cover.

    `facts` are the lines the cover says of it (label and text); `is_secret`: keys may stand in it.
    """

    target: Path
    body: CertificationBody
    holder: str
    facts: tuple[tuple[str, object], ...]
    lines: tuple[PackLine, ...]
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Packed:
    """What came of a run: the packs written, how many were as they would be, and what went wrong."""

    written: tuple[Path, ...]
    same: int
    problems: tuple[Diagnostic, ...]


def make_packs(
    project: Project,
    style: PageStyle,
    orders: Sequence[PackOrder],
    duplex: bool = False,
    workers: Workers = None,
    progress: Progress | None = None,
) -> Packed:
    """Make the packs that are not what they would be now; one of another hand is kept and told of.

    Raises `KitgenError` for faults of the cover's template, and for a key in a pack that is not for keys. A cover that
    cannot be converted, or a pack that cannot be written, is a problem of that pack alone.
    """
    _refuse_keys(project, orders)
    template = cover_template(project, style)
    made_with = digest_values([digest(template_file(project, COVER).read_bytes()), asdict(style), duplex])
    findings = Findings()
    stale: list[tuple[PackOrder, Fingerprint]] = []
    same = 0
    for order in orders:
        source = _source(order, made_with, style)
        state = state_of(order.target, source)
        same += state == "same"
        if state == "kept":
            kept = Place(_shown(project, order.target))
            advice = said("move it elsewhere to have it made anew")
            findings.warning(said("pack was changed, or is not of kitgen's making, and is kept"), kept, advice)
        elif state != "same":
            stale.append((order, source))
    written: list[Path] = []
    with room_in(project.output_dir) as folder:
        covers = [
            cover_of(project, template, order, source, duplex, folder / f"{number:04}")
            for number, (order, source) in enumerate(stale)
        ]
        from kitgen.documents.pdf.convert import convert

        findings.extend(convert(covers, project.output_dir, workers).problems)
        for number, ((order, source), cover) in enumerate(zip(stale, covers, strict=True), 1):
            if cover.target.is_file():
                try:
                    _join(order, cover.target, source, duplex)
                except KitgenError as error:
                    place = Place(_shown(project, order.target))
                    findings.extend(replace(problem, place=place) for problem in error.diagnostics)
                else:
                    written.append(order.target)
            if progress is not None:
                progress(number, len(stale))
    return Packed(tuple(written), same, tuple(findings))


def _join(order: PackOrder, cover: Path, source: Fingerprint, duplex: bool) -> None:
    parts = [
        PackPart(line.pdf, f"{line.number} {line.code} - {line.title}", line.source or NOT_OURS, line.is_loose)
        for line in order.lines
    ]
    join([PackPart(cover, "Sampul"), *parts], order.target, source, f"Paket Cetak {order.holder}", duplex)


def _refuse_keys(project: Project, orders: Sequence[PackOrder]) -> None:
    secret = KEYS_FOLDER
    problems = [
        Diagnostic(
            said("{code} belongs in `{secret}` and not in this pack", code=line.code, secret=secret),
            Place(_shown(project, order.target)),
        )
        for order in orders
        for line in order.lines
        if line.audience in KEYS and not order.is_secret
    ]
    if problems:
        raise KitgenError(problems)


def _source(order: PackOrder, made_with: str, style: PageStyle) -> Fingerprint:
    """The digest of all that a pack is made of."""
    lines = [
        [
            line.section,
            line.number,
            line.code,
            line.title,
            line.serial,
            line.source,
            digest(line.pdf.read_bytes()),
            line.is_loose,
        ]
        for line in order.lines
    ]
    return digest_values([made_with, body_on_cover(order, style), order.holder, order.facts, order.is_secret, lines])


def cover_template(project: Project, style: PageStyle) -> "CompiledTemplate":
    """The template of a cover in the look of the body. Raises `KitgenError` with every fault of it."""
    path, folders = template_file(project, COVER), block_folders(project, COVER)
    return compile_template(path, project.shown(path), project.scheme_dir, page_of(style), blocks=folders)


def body_on_cover(order: PackOrder, style: PageStyle) -> object:
    """What a cover prints of the LSP: its name, and all of its letterhead where forms have one."""
    return Plain()(order.body) if style.letterhead else order.body.name


def cover_of(
    project: Project, template: "CompiledTemplate", order: PackOrder, source: Fingerprint, duplex: bool, stem: Path
) -> Job:
    """The cover as a document, and the order to convert it."""
    pages = [count_pages(line.pdf) for line in order.lines]
    sheets = sum(sheets_of(count, duplex, line.is_loose) for line, count in zip(order.lines, pages, strict=True))
    values = {
        "body": order.body.name,
        "audience": order.holder,
        "facts": [{"label": label, "text": text} for label, text in order.facts],
        "sections": list(_sections(order.lines, pages, duplex)),
        "count": len(order.lines),
        "pages": sum(pages),
        "sheets": sheets,
        "duplex": duplex,
        "is_secret": order.is_secret,
    }
    document = stem.with_suffix(".docx")
    document.write_bytes(template.render({"pack": values, "body": Plain()(order.body)}))
    return Job(document, stem.with_suffix(".pdf"), source, f"sampul {_shown(project, order.target)}")


def _sections(lines: Sequence[PackLine], pages: Sequence[int], duplex: bool) -> Iterator[dict[str, object]]:
    """The documents by the headings they stand under, each with its pages, counted from the first behind the cover."""
    at = 1
    numbered: list[tuple[PackLine, int, int]] = []
    for line, count in zip(lines, pages, strict=True):
        numbered.append((line, at, count))
        at += 2 * sheets_of(count, duplex, line.is_loose) if duplex else count
    for title, group in groupby(numbered, lambda each: each[0].section):
        documents = [
            {
                "number": line.number,
                "code": line.code,
                "title": line.title,
                "serial": line.serial,
                "pages": count,
                "span": _span(first, 2 * count - 1 if duplex and line.is_loose else count),
            }
            for line, first, count in group
        ]
        yield {"title": title, "documents": documents}


def _span(first: int, count: int) -> str:
    return str(first) if count == 1 else f"{first}\N{EN DASH}{first + count - 1}"


def _shown(project: Project, path: Path) -> str:
    return without_names(path.relative_to(project.output_dir).as_posix())
