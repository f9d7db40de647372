"""Which printed sheets are void by what would be made now, and what the sheets say that take them back. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kitgen.base.line_diff import Difference, folded
from kitgen.documents.status.reasons import LAYOUT_ONLY, Why
from kitgen.events.handover.holdings import Holder, in_hands
from kitgen.events.handover.parcels import DeliverableDocument, Parcel, code_of, former, key_of, whom_of
from kitgen.kits.plan import EventParts
from kitgen.model.handover import DocumentKey, HandedDocument, HandoverRecord
from kitgen.model.recall import (
    GONE_PRINTED,
    ErratumDocument,
    ErratumRow,
    Gone,
    RecallLine,
)

_WORDS: Final = {
    "table": "tabel", "row": "baris", "cell": "sel", "paragraph": "paragraf", "sheet": "lembar", "header": "kepala",
    "footer": "kaki",
}  # fmt: skip
_PLACE: Final = re.compile(r"(header|footer)(\d*) |\b(table|row|cell|paragraph|header|footer)\b")
_NO_WORDS: Final = re.compile(r"^name |^sheet .*, (merged|validation .*|format .*)$")
"""Places of a workbook that hold rules and names, and nothing that is printed."""
_MERGED: Final = re.compile(r"\s*\((?:over \d+ columns|goes on)\)")
_MARKS: Final = re.compile(r"\*\*|~~")


@dataclass(frozen=True, slots=True)
class Recalled:
    """Dokumen yang ditarik: what is in somebody's hands and void; `now` is what replaces it, or it is `gone`."""

    parcel: Parcel
    handed: HandedDocument
    now: DeliverableDocument | None
    gone: Gone | None = None

    @property
    def copies(self) -> int:
        """How many copies are out, spare ones too."""
        return self.handed.copies + self.handed.spare

    @property
    def replaced_by(self) -> str:
        """The serial of what takes its place; empty if nothing does."""
        return self.now.serial if self.now is not None else ""


def recalled(parcels: Iterable[Parcel], record: HandoverRecord, parts: EventParts) -> list[Recalled]:
    """What everyone holds that says something else than what would be made now, or belongs to them no more.

    `parcels` hold what would be made now. Sheets of one serial say the same, so only another serial makes one void: a
    document that was edited by hand before it went out is void when the data behind it change.
    """
    there = {parcel.owner: parcel for parcel in parcels}
    audiences = {zipped.folder: zipped.audience for delivery in record for zipped in delivery.zips}
    found: list[Recalled] = []
    for owner, held in in_hands(record).items():
        parcel = there.get(owner) or former(owner, audiences[owner[0]])
        now = {key_of(each.planned): each for each in parcel.documents}
        for key, handed in held.items():
            wanted = now.get(key)
            if wanted is None:
                found.append(Recalled(parcel, handed, None, _why_gone(handed, owner, there, parts)))
            elif wanted.serial != handed.serial:
                found.append(Recalled(parcel, handed, wanted))
    return sorted(found, key=lambda each: (each.parcel.name, each.handed.candidate or 0))


def _why_gone(handed: HandedDocument, owner: Holder, there: Mapping[Holder, Parcel], parts: EventParts) -> Gone:
    if handed.candidate is not None:
        status = {each.number: each.status for each in parts.schedule.candidates}
        if handed.candidate not in status:
            return "left"
        if status[handed.candidate] != "ikut":
            return "withdrew"
    if owner not in there and owner[1] is not None:
        return "former holder"
    others = (parcel for parcel in there.values() if parcel.folder == owner[0] and parcel.owner != owner)
    if any(key_of(each.planned) == handed.key for parcel in others for each in parcel.documents):
        return "passed on"
    return "not asked for"


def place_in_words(spot: str) -> str:
    """A place as people of an LSP read it: `table 5, row 11, cell 3` is `tabel 5, baris 11, sel 3`."""
    if spot.startswith("sheet "):
        name, _, rest = spot.removeprefix("sheet ").rpartition(", ")
        return f"lembar {name}, {_PLACE.sub(_translated, rest)}"
    return _PLACE.sub(_translated, spot)


def _translated(found: "re.Match[str]") -> str:
    return f"{_WORDS[found[1]]} halaman, " if found[1] else _WORDS[found[3]]


def as_printed(text: str) -> str:
    """A text of a dump as it stands on the page: without marks of bold and struck words, tabs and merged cells."""
    plain = _MERGED.sub("", _MARKS.sub("", text)).replace(" → ", " ").replace("→ ", "")
    return " ".join(plain.replace(" ¶ ", " / ").replace("↵", " ").split())


def erratum_rows(changes: Iterable[Difference]) -> tuple[ErratumRow, ...]:
    """The rows of an erratum sheet: the places whose printed words change."""
    shown = [
        (place_in_words(each.spot), as_printed(each.old), as_printed(each.new))
        for each in changes
        if not _NO_WORDS.match(each.spot) and not _is_formula(each)
    ]
    differing = [each for each in shown if each[1] != each[2]]
    return tuple(ErratumRow(number, *texts) for number, texts in enumerate(differing, 1))


def _is_formula(change: Difference) -> bool:
    """Whether it is one of a workbook: nobody can correct by hand what it works out."""
    return change.spot.startswith("sheet ") and (change.old.startswith("=") or change.new.startswith("="))


def recall_lines(voids: Sequence[tuple[Recalled, Why]], titles: Mapping[str, str]) -> Iterator[RecallLine]:
    """The lines of the list of one holder; `titles` are those of the forms."""
    for number, (each, why) in enumerate(voids, 1):
        yield RecallLine(
            number=number,
            code=code_of(each.handed),
            title=titles.get(each.handed.form, each.handed.form),
            whom=whom_of(each.handed),
            serial=each.handed.serial,
            copies=each.copies,
            replaced_by=each.replaced_by,
            reason=_printed_reason(each, why),
        )


def _printed_reason(each: Recalled, why: Why) -> str:
    if each.gone is not None:
        return GONE_PRINTED[each.gone]
    rows = erratum_rows(why.changes)
    if rows:
        more = f" dan {len(rows) - 1} tempat lain" if len(rows) > 1 else ""
        return f"Bunyi berubah: {rows[0].place}{more}"
    return "Tata letak berubah" if why.changes or LAYOUT_ONLY in why.told else "Isi berubah; bunyi lama tidak tersimpan"


class _Group(NamedTuple):
    """What documents have in common that one erratum sheet goes to."""

    folder: str
    form: str
    words: tuple[tuple[str, str], ...]
    own: DocumentKey | None


@dataclass(frozen=True, slots=True)
class Erratum:
    """Ralat: one erratum sheet, by its name and the folder it lies in."""

    name: str
    folder: str
    code: str
    voids: tuple[Recalled, ...]
    documents: tuple[ErratumDocument, ...]
    rows: tuple[ErratumRow, ...]


def errata(voids: Iterable[tuple[Recalled, Why]], people: Collection[str], name: str) -> list[Erratum]:
    """An erratum sheet for each form and each set of changes; `name` is what all of them are called.

    One that says anything of `people` is for one document alone; all others name people by number only.
    """
    groups: dict[_Group, list[tuple[Recalled, tuple[ErratumRow, ...]]]] = {}
    for each, why in voids:
        rows = erratum_rows(why.changes)
        if each.now is None or not rows or each.now.planned.form.typed_by is not None:
            continue  # what people type into is used on the screen: the new one holds what they typed
        told = "\n".join(f"{row.place}\n{row.old}\n{row.new}" for row in rows)
        own = each.handed.key if any(text in folded(told) for text in people) else None
        words = tuple((row.old, row.new) for row in rows)
        groups.setdefault(_Group(each.parcel.folder, each.handed.form, words, own), []).append((each, rows))
    taken: set[str] = set()
    found: list[Erratum] = []
    for group, pairs in groups.items():
        members = tuple(each for each, _ in pairs)
        whom = f" {whom_of(members[0].handed)}" if group.own is not None else ""
        called = _free(f"{name} {group.form}{whom}", group.folder, taken)
        rows = tuple(
            replace(row, place=_places([(_told_as(each), rows[number].place) for each, rows in pairs]))
            for number, row in enumerate(pairs[0][1])
        )
        found.append(Erratum(called, group.folder, group.form, members, tuple(_affected(members)), rows))
    return found


def _places(places: Sequence[tuple[str, str]]) -> str:
    """One place, or where the documents differ, each with whose they are; that of most of them last."""
    of: dict[str, list[str]] = {}
    for whom, place in dict.fromkeys(places):
        of.setdefault(place, []).append(whom)
    *few, most = sorted(of, key=lambda place: len(of[place]))
    told = [f"{place} ({', '.join(of[place])})" for place in few]
    return "; ".join([*told, f"selebihnya {most}"]) if told else most


def _told_as(each: Recalled) -> str:
    return each.handed.qualifier or whom_of(each.handed)


def _affected(members: Sequence[Recalled]) -> Iterator[ErratumDocument]:
    """Each printed document once, with all its copies, whoever holds them."""
    copies: dict[tuple[str, str, str], int] = {}
    for each in members:
        key = (_told_as(each), each.handed.serial, each.replaced_by)
        copies[key] = copies.get(key, 0) + each.copies
    for (whom, serial, replaced_by), count in copies.items():
        yield ErratumDocument(whom, serial, replaced_by, count)


def _free(name: str, folder: str, taken: set[str]) -> str:
    number = 1
    while (free := name if number == 1 else f"{name} ({number})") and f"{folder}/{free}".casefold() in taken:
        number += 1
    taken.add(f"{folder}/{free}".casefold())
    return free
