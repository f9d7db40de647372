"""Which printed sheets are void by what would be made now, and what the sheets say that take them back. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kitgen.base.digests import NO_SERIAL, Serial
from kitgen.base.free_names import first_free
from kitgen.base.line_diff import Difference, folded
from kitgen.documents.status.reasons import LAYOUT_ONLY, Why
from kitgen.events.handover.holdings import Holder, in_hands
from kitgen.events.handover.parcels import DeliverableDocument, Parcel, former, key_of, whom_of
from kitgen.events.recall.causes import reason_printed
from kitgen.events.recall.places import plain
from kitgen.kits.kit import EventParts
from kitgen.model.handover import DocumentKey, HandedDocument, HandoverRecord
from kitgen.model.recall import (
    GONE_PRINTED,
    ChangedText,
    ErratumDocument,
    ErratumRow,
    Gone,
    RecallLine,
)

_NO_WORDS: Final = re.compile(r"^name |^sheet .*, (merged|validation .*|format .*)$")
"""Places of a workbook that hold rules and names, and nothing that is printed."""
_PAGE_NUMBERS: Final = re.compile(
    r"(?:\bHalaman\s*)?\{(?:PAGE|SECTION|PAGEREF)\}(?:\s*dari\s*\{(?:NUM|SECTION)PAGES\})?|\{(?:NUM|SECTION)PAGES\}"
)
"""Fields that a dump tells of by their names."""


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


def as_printed(text: str) -> str:
    """A text of a dump as it stands on the page: without marks of bold and struck words, tabs and merged cells.

    Numbers of pages, which a dump tells as fields, are left out.
    """
    return plain(_PAGE_NUMBERS.sub("", text).replace(" ¶ ", " / ").replace("¶", ""))


def without_codes(changes: Iterable[Difference], each: Recalled) -> list[Difference]:
    """The changes without the Kode Dokumen of the page, neither old nor new: a sheet tells both at its head."""
    codes = "|".join(re.escape(code) for code in (each.handed.serial, each.replaced_by) if code)
    code = re.compile(rf"\s*·?\s*(?:Kode Dokumen:?)?\s*(?:{codes})") if codes else _PAGE_NUMBERS
    return [replace(change, old=code.sub("", change.old), new=code.sub("", change.new)) for change in changes]


def told_changes(changes: Iterable[Difference], places: Callable[[Difference], str]) -> list[Difference]:
    """The changes people can see, each at its place in words, no pair of old and new twice at one place."""
    shown = [
        replace(each, spot=places(each)) for each in changes if not _NO_WORDS.match(each.spot) and not _is_formula(each)
    ]
    texts = {(each.spot, as_printed(each.old), as_printed(each.new)): each for each in shown}
    return [each for (_, old, new), each in texts.items() if old != new]


def erratum_rows(changes: Iterable[Difference]) -> tuple[ErratumRow, ...]:
    """The rows of an erratum sheet, by changes as they are told: the words that change marked, long texts cut."""
    rows: list[ErratumRow] = []
    for number, each in enumerate(changes, 1):
        old, new = marked(*cut_to_change(each.old, each.new))
        rows.append(ErratumRow(number, each.spot, old, new))
    return tuple(rows)


def cut_to_change(old: str, new: str) -> tuple[str, str]:
    """Of two texts of several paragraphs those that differ, as they are printed."""
    was, now = old.split(" ¶ "), new.split(" ¶ ")
    if old and new and len(was) > 1 and len(now) > 1:
        was, now = [each for each in was if each not in now], [each for each in now if each not in was]
    return as_printed(" ¶ ".join(was)), as_printed(" ¶ ".join(now))


def marked(old: str, new: str) -> tuple[ChangedText, ChangedText]:
    """Two texts in three parts each, whole words in the middle that differ."""
    was, now = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    start = 0
    while start < min(len(was), len(now)) and was[start].rstrip() == now[start].rstrip():
        start += 1
    end = 0
    while end < min(len(was), len(now)) - start and was[-1 - end].rstrip() == now[-1 - end].rstrip():
        end += 1
    return _parts(old, was, start, end), _parts(new, now, start, end)


def _parts(text: str, words: Sequence[str], start: int, end: int) -> ChangedText:
    stop = len(words) - end
    return ChangedText(text, *("".join(part) for part in (words[:start], words[start:stop], words[stop:])))


def _is_formula(change: Difference) -> bool:
    """Whether it is one of a workbook: nobody can correct by hand what it works out."""
    return change.spot.startswith("sheet ") and (change.old.startswith("=") or change.new.startswith("="))


def recall_lines(
    voids: Sequence[tuple[Recalled, Why]], moved: Sequence[Recalled], titles: Mapping[str, str]
) -> Iterator[RecallLine]:
    """The lines of the list of one holder; `titles` are those of the forms.

    `moved` are those of which only the day or hour changed: one line for all of them.
    """
    for number, (each, why) in enumerate(voids, 1):
        yield RecallLine(
            number=number,
            code=each.handed.code,
            title=titles.get(each.handed.form, each.handed.form),
            whom=whom_of(each.handed),
            serial=each.handed.serial,
            copies=each.copies,
            replaced_by=each.replaced_by,
            reason=_printed_reason(each, why),
        )
    if moved:
        yield RecallLine(
            number=len(voids) + 1,
            code="Semua dokumen bertanggal",
            title=f"{len(moved)} dokumen yang hanya berubah hari, tanggal, atau waktunya",
            whom="Bersama",
            serial=NO_SERIAL,
            copies=sum(each.copies for each in moved),
            replaced_by="",
            reason="Jadwal bergeser; cukup dilampiri Lembar Ralat Jadwal",
        )


def _printed_reason(each: Recalled, why: Why) -> str:
    if each.gone is not None:
        return GONE_PRINTED[each.gone]
    places = list(dict.fromkeys(change.spot for change in why.changes))
    if places:
        more = f" dan {len(places) - 1} tempat lain" if len(places) > 1 else ""
        return f"Bunyi berubah: {places[0]}{more}"
    return "Tata letak berubah" if LAYOUT_ONLY in why.told else "Isi berubah; bunyi lama tidak tersimpan"


class _Group(NamedTuple):
    """What documents have in common that one erratum sheet goes to."""

    folder: str
    form: str
    words: tuple[tuple[str, str], ...]
    own: DocumentKey | None


@dataclass(frozen=True, slots=True)
class Erratum:
    """Ralat: one erratum sheet, by its name and the folder it lies in; `code` is empty where it is for all forms."""

    name: str
    folder: str
    code: str
    reason: str
    voids: tuple[Recalled, ...]
    documents: tuple[ErratumDocument, ...]
    rows: tuple[ErratumRow, ...]


def errata(voids: Iterable[tuple[Recalled, Why]], people: Collection[str], name: str) -> list[Erratum]:
    """An erratum sheet for each form and each set of changes; `name` is what all of them are called.

    One that says anything of `people` is for one document alone; all others name people by number only.
    """
    groups: dict[_Group, list[tuple[Recalled, tuple[ErratumRow, ...]]]] = {}
    reasons: dict[_Group, str] = {}
    for each, why in voids:
        rows = erratum_rows(without_codes(why.changes, each))
        if each.now is None or not rows or each.now.planned.form.typed_by is not None:
            continue  # what people type into is used on the screen: the new one holds what they typed
        told = "\n".join(f"{row.place}\n{row.old.text}\n{row.new.text}" for row in rows)
        own = each.handed.key if any(text in folded(told) for text in people) else None
        words = tuple((row.old.text, row.new.text) for row in rows)
        group = _Group(each.parcel.folder, each.handed.form, words, own)
        groups.setdefault(group, []).append((each, rows))
        reasons.setdefault(group, reason_printed(why.branches))
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
        found.append(
            Erratum(called, group.folder, group.form, reasons[group], members, tuple(_affected(members)), rows)
        )
    return found


def erratum_of_moved(moved: Sequence[tuple[Recalled, Why]], people: Collection[str], name: str) -> Erratum | None:
    """One erratum for the event, where days or hours moved: what most documents say of it, not again in other words.

    Nothing that says anything of `people` is on it: everyone gets it.
    """
    counted: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], str] = {}
    for each, why in moved:
        for change in without_codes(why.changes, each):
            pair = as_printed(change.old), as_printed(change.new)
            if any(text in folded(f"{change.spot} {pair[0]} {pair[1]}") for text in people):
                continue
            counted[pair] += 1
            places.setdefault(pair, change.spot)
    chosen: list[tuple[str, str]] = []
    told: set[tuple[str, str]] = set()
    by_hand = [pair for pair, _ in counted.most_common() if not places[pair].startswith("Lembar ")]
    most = max(counted.values(), default=0)
    for pair in by_hand or list(counted):  # a workbook is made anew, not corrected
        if counted[pair] == 1 < most:
            continue  # of one document alone, and it follows from the rest
        old, new = marked(*pair)
        said_already = any(old.changed.strip() in was and new.changed.strip() in now for was, now in chosen)
        if not said_already and (old.changed, new.changed) not in told:
            chosen.append(pair)
            told.add((old.changed, new.changed))
    if not chosen:
        return None
    holders: dict[str, list[Recalled]] = {}
    for each, _ in moved:
        holders.setdefault(each.parcel.name, []).append(each)
    return Erratum(
        name=f"{name} Jadwal",
        folder="1 Admin",
        code="",
        reason=reason_printed([branch for _, why in moved for branch in why.branches]),
        voids=tuple(each for each, _ in moved),
        documents=tuple(
            ErratumDocument(f"{holder}: {len(held)} dokumen", NO_SERIAL, "", sum(each.copies for each in held))
            for holder, held in holders.items()
        ),
        rows=tuple(ErratumRow(number, places[pair], *marked(*pair)) for number, pair in enumerate(chosen, 1)),
    )


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
    copies: dict[tuple[str, Serial, str], int] = {}
    for each in members:
        key = (_told_as(each), each.handed.serial, each.replaced_by)
        copies[key] = copies.get(key, 0) + each.copies
    for (whom, serial, replaced_by), count in copies.items():
        yield ErratumDocument(whom, serial, replaced_by, count)


def _free(name: str, folder: str, taken: set[str]) -> str:
    free = first_free(
        lambda number: name if number == 1 else f"{name} ({number})",
        lambda called: f"{folder}/{called}".casefold() in taken,
        folder,
    )
    taken.add(f"{folder}/{free}".casefold())
    return free
