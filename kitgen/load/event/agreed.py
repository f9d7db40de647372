"""Reads what was agreed with a candidate at the pre-assessment: backgrounds for single clusters, other instruments than
FR.MAPA.02 says, adjustments (FR.AK.07)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitgen.base.holes import BLANK, Blank
from kitgen.base.messages import said
from kitgen.load.event.choices import EditionChoices
from kitgen.load.event.columns import ADJUSTMENTS, BACKGROUNDS, CANDIDATE_HEADINGS, CLUSTER_COLUMNS
from kitgen.load.sheets.cell_values import read_choice
from kitgen.load.sheets.grid import SheetCell
from kitgen.load.sheets.list_table import ListRow
from kitgen.model.event import Adjustments, Deviation

_DEVIATION: Final = re.compile(
    r"(?:KP\s*(?P<cluster>\d{1,2})\s*:?\s*)?(?P<sign>\+|-|−|–|tambah(?:kan)?\s|tanpa\s|ganti\s)\s*"
    r"(?P<form>(?:FR\.?)?\s*[A-Z]{2,4}[.\s]?\d{2}[A-Z]?)",
    re.IGNORECASE,
)
_REASON: Final = re.compile(r"\b(?:karena|alasan(?:nya)?)\b\s*:?\s*", re.IGNORECASE)
_EXTRA: Final = re.compile(r"(?:waktu\s*(?:tambahan)?\s*)?\+?\s*(\d{1,3})\s*%", re.IGNORECASE)
_MOST_EXTRA: Final = 100
_HOW: Final = said("write it as: KP 2 + FR.IA.07; KP 1 - FR.IA.05")


@dataclass(frozen=True, slots=True)
class Agreed:
    """Yang disepakati dengan asesi: what a row says of it; what cannot be read is left out and told."""

    backgrounds: tuple[tuple[int, int], ...] = ()
    deviations: tuple[Deviation, ...] = ()
    reason: str | Blank = BLANK
    adjustments: Adjustments = Adjustments()


def read_agreed(row: ListRow, choices: EditionChoices | None) -> Agreed:
    """What was agreed with one candidate, held against the clusters and instruments of the edition."""
    clusters = [cluster.number for cluster in choices.clusters] if choices is not None else []
    forms = [kind.form for kind in choices.plan.kinds] if choices is not None else []
    deviations, reason = _deviations(row, clusters, forms)
    return Agreed(tuple(_backgrounds(row, clusters)), deviations, reason, _adjustments(row["adjustments"]))


def _heading(key: str) -> str:
    return CANDIDATE_HEADINGS.columns[key].heading


def _backgrounds(row: ListRow, clusters: Sequence[int]) -> Iterator[tuple[int, int]]:
    words = {word: word for word in BACKGROUNDS}
    for number, column in enumerate(CLUSTER_COLUMNS, 1):
        cell = row[column.key]
        if cell.is_empty:
            continue
        if number not in clusters:
            cell.warning(
                said("the scheme has no cluster {number}; the cell is not read", number=number),
                said("write it at a cluster there is"),
            )
        elif (word := read_choice(cell, column.heading, words)) is not None:
            yield number, int(word)


def _deviations(
    row: ListRow, clusters: Sequence[int], forms: Sequence[str]
) -> tuple[tuple[Deviation, ...], str | Blank]:
    """The deviations of a row with their reason; without a reason none holds, as nobody could answer for it."""
    cell, name = row["deviations"], _heading("deviations")
    reason = row["deviation_reason"].text(_heading("deviation_reason"))
    text = cell.text(name)
    if text is None:
        return (), BLANK
    asked, *reasons = _REASON.split(text, maxsplit=1)
    reason = reason or (reasons[0].strip() if reasons else None)
    found: list[Deviation] = []
    for part in (part.strip(" .,") for part in re.split(r"[;\n]", asked)):
        if part and (read := _deviation(part, cell, clusters, forms)) is not None and read not in found:
            found.append(read)
    if found and not reason:
        cell.error(
            said("{name} gives no reason; it is not followed", name=name),
            said("write in the column beside it why it was agreed"),
        )
        return (), BLANK
    return tuple(found), reason or BLANK


def _deviation(part: str, cell: SheetCell, clusters: Sequence[int], forms: Sequence[str]) -> Deviation | None:
    match = _DEVIATION.fullmatch(part)
    if match is None or (match["cluster"] is None and len(clusters) != 1):
        cell.error(said("{heading} cannot be read; that part is left out", heading=_heading("deviations")), _HOW)
        return None
    number = int(match["cluster"] or clusters[0])
    form = _form(match["form"], forms)
    if number not in clusters:
        cell.error(said("the scheme has no cluster {number}; that part is left out", number=number), _HOW)
    elif form is None:
        cell.error(
            said("{heading} names no instrument of FR.MAPA.02; that part is left out", heading=_heading("deviations")),
            said("known: {forms}", forms=", ".join(forms)),
        )
    else:
        return Deviation(number, form, match["sign"].strip().casefold() in ("+", "tambah", "tambahkan"))
    return None


def _form(text: str, forms: Sequence[str]) -> str | None:
    """The instrument a text names, with or without `FR.`."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper()).removeprefix("FR")
    return next((form for form in forms if re.sub(r"[^A-Z0-9]", "", form).removeprefix("FR") == bare), None)


def _adjustments(cell: SheetCell) -> Adjustments:
    text = cell.text(_heading("adjustments"))
    words: Mapping[str, str] = ADJUSTMENTS
    found: set[str] = set()
    extra = 0
    for part in (part.strip() for part in re.split(r"[,;\n]", text or "")):
        key = words.get(" ".join(part.casefold().split()))
        percent = _EXTRA.fullmatch(part)
        if key is not None:
            found.add(key)
        elif percent is not None and 0 < int(percent[1]) <= _MOST_EXTRA:
            extra = int(percent[1])
        elif part:
            cell.error(
                said("{heading} says a word that is not known; it is left out", heading=_heading("adjustments")),
                said("write of: huruf besar, waktu +25%, pembaca, chat, tatap muka"),
            )
    return Adjustments("large_print" in found, extra, "reader" in found, "chat" in found, "face_to_face" in found)
