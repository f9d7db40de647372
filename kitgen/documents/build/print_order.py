"""All packs of a moment as one file in the order they are printed, a separator before those of each assessor."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from kitgen.base.digests import NO_SERIAL, Fingerprint, digest, digest_values
from kitgen.base.errors import Findings, KitgenError, Place
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.build.event_packs import digest_of_pack, folder_of, wanted_packs
from kitgen.documents.build.packs import COVER, Packed, PackLine, PackOrder, body_on_cover, cover_of, cover_template
from kitgen.documents.disk.rooms import room_in
from kitgen.documents.pdf.beside import state_of
from kitgen.documents.pdf.convert import convert
from kitgen.documents.pdf.join import PackPart, join
from kitgen.documents.pdf.seal import SealSource
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.work.crew import Workers
from kitgen.kits.packs import EventPack, in_print_order, packs_of_event, print_order_path, words_of
from kitgen.kits.paths import without_names
from kitgen.load.template_files import template_file
from kitgen.model.body import CertificationBody, PageStyle
from kitgen.model.forms import MOMENT_FOLDERS, MOMENTS, Moment


def make_print_orders(
    project: Project,
    style: PageStyle,
    body: CertificationBody,
    documents: Sequence[DocumentStatus],
    duplex: bool = False,
    workers: Workers = None,
) -> Packed:
    """Join the packs that lie there, one file for each moment, where it is not what it would be now.

    A moment of which a pack is missing, or is of another hand, is told and left out.
    """
    folder, findings = folder_of(project, documents), Findings()
    packs, wanted = packs_of_event([each.planned for each in documents]), wanted_packs(project, documents)
    written: list[Path] = []
    same = 0
    for moment in MOMENTS:
        sections = in_print_order(packs, moment)
        target = folder / print_order_path(moment)
        if not sections:
            continue
        if not all((folder / pack.path).is_file() for _, own in sections for pack in own):
            findings.error(said("packs are not joined in print order, since one is missing"), _place(project, target))
            continue
        orders = [_separator(folder, body, title, own, moment, wanted) for title, own in sections]
        source = digest_values([duplex, asdict(style), *(_digests(project, order, style) for order in orders)])
        state = state_of(target, source)
        same += state == "same"
        if state == "kept":
            advice = said("move it elsewhere to have it made anew")
            findings.warning(said("pack was changed, or is not of kitgen's making, and is kept"),
                             _place(project, target), advice)  # fmt: skip
        elif state != "same":
            try:
                _join(project, style, orders, target, source, duplex, workers)
                written.append(target)
            except KitgenError as error:
                findings.extend(replace(problem, place=_place(project, target)) for problem in error.diagnostics)
    return Packed(tuple(written), same, tuple(findings))


def _separator(
    folder: Path,
    body: CertificationBody,
    title: str,
    packs: Sequence[EventPack],
    moment: Moment,
    wanted: dict[str, tuple[SealSource, ...]],
) -> PackOrder:
    """The page before an assessor's packs: whose they are and which."""
    lines = tuple(_lines(folder, packs, wanted))
    facts = (("Saat Pakai", words_of(MOMENT_FOLDERS[moment])), ("Banyaknya Paket", len(lines)))
    return PackOrder(folder, body, title, facts, lines)


def _lines(folder: Path, packs: Sequence[EventPack], wanted: dict[str, tuple[SealSource, ...]]) -> Iterator[PackLine]:
    for number, pack in enumerate(packs, 1):
        yield PackLine(
            number=f"{number:02}",
            code="Paket",
            title=pack.holder,
            serial=NO_SERIAL,
            audience=pack.documents[0].form.audience,
            pdf=folder / pack.path,
            source=digest_of_pack(wanted[pack.path]),
        )


def _digests(project: Project, order: PackOrder, style: PageStyle) -> object:
    cover = digest(template_file(project, COVER).read_bytes())
    return [
        cover,
        body_on_cover(order, style),
        order.holder,
        order.facts,
        [digest(line.pdf.read_bytes()) for line in order.lines],
    ]


def _join(
    project: Project,
    style: PageStyle,
    orders: Sequence[PackOrder],
    target: Path,
    source: Fingerprint,
    duplex: bool,
    workers: Workers,
) -> None:
    template = cover_template(project, style)
    with room_in(project.output_dir) as room:
        covers = [
            cover_of(project, template, replace(order, target=target), source, duplex, room / f"{number:04}")
            for number, order in enumerate(orders)
        ]
        converted = convert(covers, project.output_dir, workers)
        problems = [problem for problem in converted.problems if problem.severity == "error"]
        if problems:
            raise KitgenError(problems)
        parts: list[PackPart] = []
        for order, cover in zip(orders, covers, strict=True):
            parts.append(PackPart(cover.target, order.holder))
            parts += [PackPart(line.pdf, line.title, line.source) for line in order.lines]
        join(parts, target, source, target.stem, duplex)


def _place(project: Project, path: Path) -> Place:
    return Place(without_names(path.relative_to(project.output_dir).as_posix()))
