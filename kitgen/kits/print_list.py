"""How much paper an event takes: every document of every pack, with its pages, copies and sheets. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from kitgen.kits.packs import EventPack, words_of
from kitgen.kits.plan import PlannedDocument
from kitgen.model.forms import KEYS_FOLDER, MOMENT_FOLDERS, MOMENTS, PACK_FOLDER, Moment
from kitgen.model.print_list import PrintGroup, PrintLine

_KEYS: Final = "Kunci – simpan terpisah"


def sheets_of(pages: int, duplex: bool, is_loose: bool = False) -> int:
    """How many sheets of paper so many pages take: with `duplex` one for two of them.

    Of what is loose each page is handed over by itself, on a sheet of its own.
    """
    return (pages + 1) // 2 if duplex and not is_loose else pages


def print_groups(packs: Sequence[EventPack], pages: Mapping[str, int]) -> tuple[PrintGroup, ...]:
    """The list by moment, the keys last; `pages` is the number of pages of each document, by its planned path.

    A document has as many copies as there are packs it stands in: one for each candidate who works with it, one for
    the room of each assessor where it is played.
    """
    moments: tuple[Moment | None, ...] = (*MOMENTS, None)
    groups = (_group(moment, [pack for pack in packs if pack.moment == moment], pages) for moment in moments)
    return tuple(group for group in groups if group.lines)


def _group(moment: Moment | None, packs: Sequence[EventPack], pages: Mapping[str, int]) -> PrintGroup:
    copies = Counter(document.path for pack in packs for document in pack.documents)
    documents = {document.path: document for pack in packs for document in pack.documents}
    lines = tuple(_lines(sorted(documents.values(), key=_order), copies, pages))
    return PrintGroup(
        moment=words_of(MOMENT_FOLDERS[moment]) if moment is not None else _KEYS,
        folder=f"{PACK_FOLDER}/{MOMENT_FOLDERS[moment]}" if moment is not None else KEYS_FOLDER,
        lines=lines,
        packs=len(packs),
        copies=sum(line.copies for line in lines),
        pages=sum(line.pages for line in lines),
        sheets=sum(line.sheets for line in lines),
        thick=sum(line.sheets for line in lines if line.stock == "tebal"),
    )


def _order(document: PlannedDocument) -> tuple[str, str, str]:
    return document.form.number, document.form.code, _shared_name(document)


def _shared_name(document: PlannedDocument) -> str:
    """The paper or scenario of what is nobody's own; empty for a person's, which are told together.

    Of a sealed reserve set whose it is: each goes into its own envelope.
    """
    if document.reserve is not None:
        return f"{document.reserve.label} Asesor {document.reserve.assessor.number:02}"
    if document.candidate is not None or document.assessor is not None:
        return "huruf besar" if document.form.is_shared_book else ""
    if document.scenario is not None:
        return document.scenario.id
    return document.paper.name if document.paper is not None else ""


def _lines(
    documents: Sequence[PlannedDocument], copies: Mapping[str, int], pages: Mapping[str, int]
) -> Iterator[PrintLine]:
    for _, group in groupby(documents, _order):
        members = list(group)
        form, counts = members[0].form, sorted({pages[each.path] for each in members})
        yield PrintLine(
            code=" ".join(part for part in (form.code, _shared_name(members[0])) if part),
            title=form.title,
            whom=form.audience_facts.holder,
            sides=form.sides,
            stock=form.stock,
            files=len(members),
            copies=sum(copies[each.path] for each in members),
            pages_each=str(counts[0]) if len(counts) == 1 else f"{counts[0]}\N{EN DASH}{counts[-1]}",
            pages=sum(copies[each.path] * pages[each.path] for each in members),
            sheets=sum(copies[each.path] * sheets_of(pages[each.path], True, form.sides == "satu") for each in members),
        )
