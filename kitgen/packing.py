"""Packs to print: PDFs joined in the order given, behind a cover that lists them; for kits and, later, for persons."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kitgen.errors import Diagnostic, Findings, KitgenError, Place
from kitgen.fingerprint import digest, digest_values
from kitgen.model.audience import Audience
from kitgen.model.body import Look
from kitgen.model.forms import AUDIENCE_FOLDERS
from kitgen.project import Project
from kitgen.publish.beside import state_of
from kitgen.publish.convert import convert
from kitgen.publish.job import Job
from kitgen.publish.pack import PackPart, count_pages, join
from kitgen.render import CompiledTemplate, PageLook, compile_template

COVER: Final = "docx/laporan/Sampul Paket.docx"


@dataclass(frozen=True, slots=True)
class PackLine:
    """Baris paket: a document of a pack, as the cover lists it, its PDF and who may hold it."""

    number: str
    code: str
    title: str
    serial: str
    audience: Audience
    pdf: Path


@dataclass(frozen=True, slots=True)
class PackOrder:
    """Pesanan paket: what to join, in which order, where to; `holder` is whom it is for, in the words of the cover.

    `facts` are the lines the cover says of it (label and text); `is_secret`: keys may stand in it.
    """

    target: Path
    body: object
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
    project: Project, look: Look, orders: Sequence[PackOrder], duplex: bool = False, workers: int | None = None
) -> Packed:
    """Make the packs that are not what they would be now; one of another hand is kept and told of.

    Raises `KitgenError` for faults of the cover's template, for a key in a pack that is not for keys, and when the
    disk refuses. A cover that cannot be converted is a problem of its pack alone.
    """
    _refuse_keys(project, orders)
    path = project.templates_dir / COVER
    page = PageLook(look.paper == "F4", look.accent)
    template = compile_template(path, project.shown(path), project.scheme_dir, page)
    made_with = digest_values([digest(path.read_bytes()), asdict(look), duplex])
    findings = Findings()
    stale: list[tuple[PackOrder, str]] = []
    same = 0
    for order in orders:
        source = _source(order, made_with)
        state = state_of(order.target, source)
        same += state == "same"
        if state == "kept":
            kept = Place(_shown(project, order.target))
            advice = "move it elsewhere to have it made anew"
            findings.warning("pack was changed, or is not of kitgen's making, and is kept", kept, advice)
        elif state != "same":
            stale.append((order, source))
    written: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="kitgen-") as folder:
        covers = [
            _cover(project, template, order, source, duplex, Path(folder) / f"{number:04}")
            for number, (order, source) in enumerate(stale)
        ]
        findings.extend(convert(covers, workers).problems)
        for (order, source), cover in zip(stale, covers, strict=True):
            if cover.target.is_file():
                parts = [PackPart(line.pdf, f"{line.number} {line.code} - {line.title}") for line in order.lines]
                title = f"Paket Cetak {order.holder}"
                join([PackPart(cover.target, "Sampul"), *parts], order.target, source, title, duplex)
                written.append(order.target)
    return Packed(tuple(written), same, tuple(findings))


def _refuse_keys(project: Project, orders: Sequence[PackOrder]) -> None:
    secret = AUDIENCE_FOLDERS["kunci"]
    problems = [
        Diagnostic(f"{line.code} belongs in `{secret}` and not in this pack", Place(_shown(project, order.target)))
        for order in orders
        for line in order.lines
        if line.audience == "kunci" and not order.is_secret
    ]
    if problems:
        raise KitgenError(problems)


def _source(order: PackOrder, made_with: str) -> str:
    """The digest of all that a pack is made of."""
    lines = [[line.number, line.code, line.title, line.serial, digest(line.pdf.read_bytes())] for line in order.lines]
    return digest_values([made_with, order.body, order.holder, order.facts, order.is_secret, lines])


def _cover(
    project: Project, template: CompiledTemplate, order: PackOrder, source: str, duplex: bool, stem: Path
) -> Job:
    """The cover as a document, and the order to convert it."""
    pages = [count_pages(line.pdf) for line in order.lines]
    documents = [
        {"number": line.number, "code": line.code, "title": line.title, "serial": line.serial, "pages": count}
        for line, count in zip(order.lines, pages, strict=True)
    ]
    values = {
        "body": order.body,
        "audience": order.holder,
        "facts": [{"label": label, "text": text} for label, text in order.facts],
        "documents": documents,
        "pages": sum(pages),
        "sheets": sum((count + 1) // 2 for count in pages) if duplex else sum(pages),
        "duplex": duplex,
        "is_secret": order.is_secret,
    }
    document = stem.with_suffix(".docx")
    document.write_bytes(template.render({"pack": values}))
    return Job(document, stem.with_suffix(".pdf"), source, f"sampul {_shown(project, order.target)}")


def _shown(project: Project, path: Path) -> str:
    return path.relative_to(project.output_dir).as_posix()
