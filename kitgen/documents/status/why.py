"""Works out why a document is as it stands: from the file on disk, what would be made now, and the history of both."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kitgen.base.digests import Fingerprint, PartsDigest, Serial, WordsDigest
from kitgen.base.line_diff import Difference, DumpLine, differences, focused, folded
from kitgen.base.messages import Message, joined, said
from kitgen.base.project import Project
from kitgen.documents.disk.branches import Branch, Provenance, branches_changed
from kitgen.documents.disk.document import document_parts
from kitgen.documents.disk.history import History, read_history, told_as
from kitgen.documents.disk.staleness import Found, Record, State, Target
from kitgen.documents.status.data_words import place_in_words
from kitgen.documents.status.reasons import (
    LAYOUT_ONLY,
    MARK_ONLY,
    NOT_KEPT,
    Why,
    branches_read,
    causes_in_words,
    is_of_nobody,
)
from kitgen.kits.plan import PlannedDocument
from kitgen.kits.stamp import MARK
from kitgen.model.event import AssessmentEvent

if TYPE_CHECKING:
    from kitgen.render.compiled import Rendered

_SHORTEST: Final = 3
_OF_SHEET: Final = re.compile(r"^sheet .*?, (?=\w+ [^,]*$)")


@dataclass(frozen=True, slots=True)
class Pages:
    """Halaman: what a state of a document says, by its serial; `lines` are None where its words are not kept."""

    serial: Serial
    lines: Sequence[DumpLine] | None


@dataclass
class Reasoner:
    """Explains the documents of one folder of `output/`; its history is read when it is first needed."""

    project: Project
    folder: str
    provenance: Provenance
    quotes: bool = True
    """Whether texts of an event's documents may be told, and so people's names and data."""

    _people: dict[int, tuple[AssessmentEvent, frozenset[str]]] = field(default_factory=dict)

    @cached_property
    def history(self) -> History:
        """What was made here before."""
        return read_history(self.project, self.folder)

    def is_resaved(
        self, planned: PlannedDocument, path: str, found: Found, rendered: "Rendered | None", wanted: PartsDigest
    ) -> bool:
        """Whether an edited document says the very words kitgen had put into it: a program saved it anew.

        `rendered` are the pages of the digest `wanted`; None where they are not made anew.
        """
        from kitgen.render.dump.words import words_digest

        if found.record is None:
            return False
        if rendered is not None and found.record.digest == wanted:
            made = self.provenance.hidden(words_digest(rendered.all_parts(), path))
        else:
            known = self.history.made.get((found.record.serial, told_as(planned)))
            made = known.words if known is not None else WordsDigest("")
        return made == self.provenance.hidden(words_digest(document_parts(self.project.output_dir / path), path))

    def why(
        self,
        planned: PlannedDocument,
        path: str,
        state: State,
        found: Found | None,
        rendered: "Rendered",
        record: Record,
        target: Target,
        fingerprint: Fingerprint,
    ) -> Why:
        """Why a document is to be made anew or is left alone, in the words that changed and the data behind them."""
        if found is None or state in ("new", "same", "deleted", "orphan"):
            return Why()
        if state == "foreign":
            return Why((said("not made by kitgen and kept; {beside}", beside=beside_it(target)),))
        from kitgen.render.dump.dump import differing, dump_parts

        is_now = found.is_made_from(record.digest)
        branches = () if is_now else self._branches(planned, found, fingerprint)
        reads = rendered.template.reads
        causes = causes_in_words(branches, reads, planned.form.template, planned.form.code)
        was = found.record.serial if found.record is not None else record.serial
        # that the serial changed follows from the rest, and is not told
        before, after = document_parts(self.project.output_dir / path), rendered.all_parts()
        if state == "changed":
            before = _replaced(before, was, record.serial)
        else:
            after = _replaced(after, record.serial, was)
        old, new = (dump_parts(each, path) for each in differing(before, after))
        if state == "changed":
            return self._changed(planned, old, new, causes, is_of_nobody(branches, reads))
        made_of_it = differences(new, old)  # what a hand, and where it is out of date the data, made of it
        changes = [each for each in made_of_it if _words(each.old) != _words(each.new)]
        told, changes = self._told(planned, changes, is_of_nobody=False)  # a person made them
        if state == "resaved":
            return Why(
                (said("opened and saved again, its words are kitgen's, and kept; {beside}", beside=beside_it(target)),),
                causes,
            )
        compared = (
            () if is_now or not told else (said("compared with what would be made now, not with what it was made as:"),)
        )
        head = said("edited by hand and kept; {beside}", beside=beside_it(target))
        return Why(
            (
                head,
                *compared,
                *(told or (said("its layout or pictures changed, none of its words"),)),
            ),
            causes,
            tuple(changes),
        )

    def since(
        self,
        planned: PlannedDocument,
        pages: Pages,
        now: Pages,
        fingerprint: Fingerprint,
        reads: Collection[str],
        places: Callable[[list[Difference], Sequence[Branch]], list[Difference]] | None = None,
    ) -> Why:
        """What changed between pages of a document that were made before and those that would be made now.

        `reads` is what its template reads. Of pages whose words are not kept, only the data behind the change is told.
        `places` gives the changes that are told, each at its place in words, by the changes and the data behind them.
        """
        known = self.history.made.get((pages.serial, told_as(planned)))
        causes: tuple[Message, ...] = ()
        branches: list[Branch] = []
        if known is not None:
            nodes = {**self.history.nodes, **self.provenance.nodes}
            now_hidden = self.provenance.hidden(fingerprint)
            branches = (
                branches_changed(self.history.nodes, known.fingerprint, nodes, now_hidden, self.provenance.blanks) or []
            )
            form = planned.form
            causes = causes_in_words(branches, reads, form.template, form.code)
        read = branches_read(branches, reads)
        if pages.lines is None or now.lines is None:
            return Why((NOT_KEPT,), causes, (), read)
        before = with_serial(pages.lines, pages.serial, now.serial)
        changes = differences(_unmarked(before), _unmarked(now.lines))  # that a page is no draft any more voids none
        placed = changes if places is None else places(changes, read)
        told, changes = self._told(planned, placed, is_of_nobody(branches, reads))
        return Why(told or (LAYOUT_ONLY,), causes, tuple(changes), read)

    def _changed(
        self,
        planned: PlannedDocument,
        old: Sequence[DumpLine],
        new: Sequence[DumpLine],
        causes: tuple[Message, ...],
        is_of_nobody: bool,
    ) -> Why:
        told, changes = self._told(planned, differences(_unmarked(old), _unmarked(new)), is_of_nobody)
        nothing = MARK_ONLY if [line.text for line in old] != [line.text for line in new] else LAYOUT_ONLY
        return Why(told or (nothing,), causes, tuple(changes))

    def _told(
        self, planned: PlannedDocument, changes: list[Difference], is_of_nobody: bool
    ) -> tuple[tuple[Message, ...], list[Difference]]:
        """Changes in words, and as they may be told: without what may be about people, unless that is asked for.

        `is_of_nobody`: the data behind them are known, and none can be about people.
        """
        told = tuple(
            joined(": ", (place_in_words(each.spot), Difference(each.spot, *focused(each.old, each.new)).words))
            for each in changes
        )
        if planned.kit.event is None or self.quotes:
            return told, changes
        people = self._people_of(planned.kit.event.schedule)
        known = people if is_of_nobody else None
        hidden = [_hidden(_placed(each, people), known) for each in changes]
        told = tuple(
            line if each is change else said("{place} says something else", place=place_in_words(change.spot))
            for line, each, change in zip(told, changes, hidden, strict=True)
        )
        return told, hidden

    def _people_of(self, schedule: AssessmentEvent) -> frozenset[str]:
        found = self._people.get(id(schedule))
        if found is None:
            found = self._people[id(schedule)] = (schedule, people_of(schedule))
        return found[1]

    def _branches(self, planned: PlannedDocument, found: Found, fingerprint: Fingerprint) -> Sequence[Branch]:
        """What changed in what a document is given since it was made; nothing where that is not known."""
        if found.record is None:
            return ()
        known = self.history.made.get((found.record.serial, told_as(planned)))
        if known is None:
            return ()
        now = self.provenance.hidden(fingerprint)
        return branches_changed(self.history.nodes, known.fingerprint, self.provenance.nodes, now) or ()


def _replaced(parts: Mapping[str, bytes], was: Serial, now: Serial) -> dict[str, bytes]:
    old, new = was.encode(), now.encode()
    return {name: part.replace(old, new) for name, part in parts.items()}


def with_serial(lines: Sequence[DumpLine], was: Serial, now: Serial) -> list[DumpLine]:
    """Lines with another serial on them: that it changed follows from the rest, and is not told."""
    return [DumpLine(line.spot, line.text.replace(was, now)) for line in lines]


def _unmarked(lines: Sequence[DumpLine]) -> list[DumpLine]:
    """Lines without the mark of a draft behind the serial."""
    return [DumpLine(each.spot, each.text.replace(f"**{MARK}**", "").replace(MARK, "")) for each in lines]


def beside_it(target: Target) -> Message:
    """What becomes of a new document whose place a file of a person has, in words."""
    if target.path is not None:
        return said("the new one goes beside it as {name}", name=Path(target.path).name)
    return said("nothing in it is out of date") if len(target.claimed) == 1 else said("the new one is beside it")


def people_of(schedule: AssessmentEvent) -> frozenset[str]:
    """Every text an event holds of its people, folded: candidates and what became of them, all who work at it."""
    people = (*schedule.candidates, *schedule.assessors, *schedule.deciders, *schedule.actors, schedule.supervisor,
              schedule.in_charge)  # fmt: skip
    sought = (folded(text) for text in _texts_of(people) if len(text) >= _SHORTEST)
    return frozenset(text for text in sought if text)


_OF_NO_PERSON: Final = frozenset(
    {
        "state",
        "status",
        "scenarios",
        "not_competent",
        "decision",
        "decision_units",
        "codes",
        "retake",
        "outcome",
        "role",
    }
)
"""Fields of people that hold words and codes of kitgen's or the edition's."""


def _texts_of(value: object) -> Iterator[str]:
    """The texts within a value of the model, but for those that name nobody."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts_of(each)
    elif is_dataclass(value):
        for entry in fields(value):
            if entry.name not in _OF_NO_PERSON:
                yield from _texts_of(getattr(value, entry.name))


def _words(text: str) -> str:
    """Without what programs put in and take out when they save: marks of page breaks, places to break a word."""
    return "".join(text.replace("↵", "").replace("\u00ad", "").split())


def _placed(change: Difference, people: frozenset[str]) -> Difference:
    """The change without words of people in the name of its place."""
    spot = folded(change.spot)
    return replace(change, spot="(...)") if any(text in spot for text in people) else change


def _hidden(change: Difference, people: frozenset[str] | None) -> Difference:
    """The place of a change without its texts, unless they are known to hold nothing of the people."""
    both = [folded(change.old), folded(change.new)]
    if people is not None and not any(text in each for each in both for text in people):
        return change
    spot = _OF_SHEET.sub("", change.spot)  # a template may call a sheet by a person's name
    return Difference(spot, *("(...)" if text else "" for text in (change.old, change.new)))
