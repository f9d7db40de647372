"""The printed timetables: of the whole event, of one person, of rooms and of actors. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kitgen.base.dates import day_and_date
from kitgen.base.holes import BLANK, Blank
from kitgen.base.language import in_indonesian
from kitgen.kits.timetable.calendar import clock_text
from kitgen.kits.timetable.own_times import date_of, zone_of
from kitgen.kits.timetable.part import Part
from kitgen.kits.timetable.scenes import READING
from kitgen.kits.timetable.timetable import Timetable
from kitgen.kits.timetable.waiting import waits_of
from kitgen.model.event import AssessmentEvent, EventActor, EventAssessor, EventCandidate, RoomUse
from kitgen.model.timetable_sheet import Seat, SeatingSheet, TimetableLine, TimetableSection, TimetableSheet

_PLACES: Final[dict[str, RoomUse]] = {"test": "tes", "desk": "kerja meja"}
_ALL_AT_ONCE: Final = frozenset({"opening", "test"})
_UNKNOWN: Final = "Jadwal jam demi jam dicetak setelah tanggal asesmen dan asesor setiap asesi diisi."
_UNSETTLED: Final = "Susunan waktu belum pasti: hari dan jamnya diberitahukan kemudian."
_NO_SCENE: Final = "Tidak ada adegan bagi pemeran ini pada jadwal sekarang."
_PREPARING: Final = "Pra-asesmen"


class Sheets:
    """Lembar jadwal: makes the sheets of one event; `title` is that of its arrangement."""

    def __init__(self, schedule: AssessmentEvent, timetable: Timetable, title: str, seats: Sequence[int]) -> None:
        self._schedule = schedule
        self._timetable = timetable
        self._title = title
        self._seats = seats
        self._candidates = {each.number: each for each in schedule.candidates if each.status == "ikut"}
        self._assessors = {each.number: each for each in schedule.assessors}
        self._parts = [part for part in (*timetable.pre, *timetable.parts) if part.candidate in self._candidates]

    def whole(self) -> TimetableSheet:
        """All of the event, day by day; what all do at once stands in one line."""
        shown = [part for part in self._parts if part.kind != "marking" and part.what != READING]
        sheet = self._sheet("Susunan waktu asesmen", is_for_planners=True)
        return replace(sheet, sections=self._days(shown, self._gathered), notes=tuple(self._sums()))

    def of_candidate(self, candidate: EventCandidate) -> TimetableSheet:
        """One candidate's parts, and where they wait between them."""
        own = [part for part in self._parts if part.candidate == candidate.number and part.kind != "marking"]
        waits = waits_of(candidate.number, self._timetable.parts)

        def lines(parts: Sequence[Part]) -> Iterator[TimetableLine]:
            today = [wait for wait in waits if wait.day == parts[0].day]
            found = [replace(self._line(part), what=_untold(part)) for part in parts]
            found += [self._waiting(wait.start, wait.end, wait.is_apart) for wait in today]
            yield from sorted(found, key=lambda line: (line.start, line.end))

        return replace(self._sheet("Susunan waktu asesi"), whose=_named(candidate), sections=self._days(own, lines))

    def guide_of(self, candidate: EventCandidate, forms: Callable[[Part], str]) -> TimetableSheet:
        """One candidate's parts as their assessor follows them: with scenarios, what is read of theirs, and `forms`."""
        own = [part for part in self._parts if part.candidate == candidate.number]
        waits = waits_of(candidate.number, self._timetable.parts)

        def lines(parts: Sequence[Part]) -> Iterator[TimetableLine]:
            found = [replace(self._line(part), forms=forms(part)) for part in parts]
            found += [self._waiting(wait.start, wait.end, wait.is_apart) for wait in waits if wait.day == parts[0].day]
            yield from sorted(found, key=lambda line: (line.start, line.end))

        return replace(self._sheet("Alur asesi"), whose=_named(candidate), sections=self._days(own, lines))

    def seating(self, papers: Mapping[int, str]) -> SeatingSheet:
        """Who sits where at the written test, its day and hours. `papers` are the letters by candidate."""
        test = [part for part in self._parts if part.kind == "test"]
        date = date_of(self._schedule, 1) if test else None
        hours = (
            (clock_text(min(part.start for part in test)), clock_text(max(part.end for part in test))) if test else ()
        )
        return SeatingSheet(
            date=day_and_date(date) if date is not None else BLANK,
            time="–".join(hours) + zone_of(self._schedule.facts) if hours else BLANK,
            room=self._timetable.places.get("tes", ""),
            supervisor=self._schedule.supervisor,
            seats=tuple(Seat(f"{number:02}", self._candidates[number].person.name, papers[number] or BLANK)
                        for number in self._seats),
        )  # fmt: skip

    def of_assessor(self, assessor: EventAssessor) -> TimetableSheet:
        """One assessor's parts with their candidates, and when papers are read; desk work stands there to be known."""
        own = [part for part in self._parts if part.assessor == assessor.number and part.keeps_assessor is not None]
        return replace(self._sheet("Susunan waktu asesor"), whose=str(assessor.person.name),
                       sections=self._days(own, self._gathered))  # fmt: skip

    def of_actors(self, actor: EventActor | None = None) -> TimetableSheet:
        """One actor's scenes, candidates by number only; where none is named, those of each, told apart by `owner`."""
        sections: list[TimetableSection] = []
        cast = self._timetable.cast.of if self._timetable.parts else {}
        people = {actor.number: actor for of in cast.values() for actor in of}
        for number in sorted(people if actor is None else {actor.number} & set(people)):
            own = [part for part in self._parts if part.kind == "scene" and any(
                people[number] in of for playing, of in cast.items() if playing.assessor == part.assessor
                and playing.scenario is part.scenario and playing.day == part.day
                and playing.start <= part.start < playing.end)]  # fmt: skip
            owner = people[number].name if actor is None else ""
            sections += (replace(section, owner=owner) for section in self._days(own, self._nameless))
        sheet = self._sheet("Susunan waktu pemeran")
        if actor is None:
            return replace(sheet, sections=tuple(sections))
        sentence = sheet.sentence or ("" if sections else _NO_SCENE)
        return replace(sheet, whose=actor.name, sections=tuple(sections), sentence=sentence)

    def of_rooms(self) -> TimetableSheet:
        """Each room's parts, to be hung at its door: candidates by number only."""
        shown = [part for part in self._parts if part.kind not in ("marking", "opening", "pre")]
        sections: list[TimetableSection] = []
        for room in dict.fromkeys(self._room(part) for part in sorted(shown, key=self._room)):
            own = [part for part in shown if self._room(part) == room]
            sections += (replace(section, owner=room) for section in self._days(own, self._nameless))
        return replace(self._sheet("Susunan waktu ruang"), sections=tuple(sections))

    def _sheet(self, title: str, is_for_planners: bool = False) -> TimetableSheet:
        """A sheet without its days. What is short, and of whom, is told to those who plan alone."""
        told = in_indonesian(self._timetable.sentence)
        settled = "" if self._timetable.parts else _UNKNOWN
        sentence = settled if not told else _as_sentence(told) if is_for_planners else _UNSETTLED
        return TimetableSheet(title, arrangement=self._title, sentence=sentence)

    def _sums(self) -> Iterator[str]:
        fitted = self._timetable.fitted
        if told := in_indonesian(self._timetable.pre_sentence):
            yield _as_sentence(told)
        if self._seats:
            yield f"Urutan duduk tes tertulis: {', '.join(f'{number:02}' for number in self._seats)}."
        yield (f"Menurut jumlah menitnya asesmen ini memerlukan sekurang-kurangnya {fitted.bound} hari; "
               f"jadwal ini tersusun dalam {fitted.days} hari.")  # fmt: skip
        for number, each in self._assessors.items():
            works = [self._timetable.works[one.number] for one in self._candidates.values() if one.assessor == number]
            minutes = sum(work.assessor_minutes for work in works)
            yield f"{each.person.name}: {len(works)} asesi, {minutes} menit pada hari asesmen."

    def _days(
        self, parts: Sequence[Part], lines: Callable[[Sequence[Part]], Iterable[TimetableLine]]
    ) -> tuple[TimetableSection, ...]:
        found: list[TimetableSection] = []
        for day in sorted({part.day for part in parts}, key=lambda day: (day > 0, abs(day))):
            of_day = sorted(
                (part for part in parts if part.day == day), key=lambda part: (part.start, part.assessor, part.end)
            )
            found.append(TimetableSection(self.day_title(day), "", tuple(lines(of_day))))
        return tuple(found)

    def day_title(self, day: int) -> str:
        """The day with its date: of the pre-assessment, or `Hari ke-1: Senin, 30 November 2026`."""
        date = date_of(self._schedule, day)
        name = f"Hari ke-{day}" if day >= 1 else _PREPARING
        return f"{name}: {day_and_date(date)}" if date is not None else name

    def _gathered(self, parts: Sequence[Part]) -> Iterator[TimetableLine]:
        """What several do at once in one line, all else line by line."""
        at_once: dict[tuple[str, int, int], list[Part]] = {}
        for part in parts:
            if part.kind in _ALL_AT_ONCE:
                at_once.setdefault((part.kind, part.start, part.end), []).append(part)
        for part in parts:
            together = at_once.get((part.kind, part.start, part.end)) if part.kind in _ALL_AT_ONCE else None
            if together is None:
                yield self._line(part)
            elif together[0] is part:
                numbers = ", ".join(
                    f"{one.candidate:02}" for one in sorted(together, key=lambda one: one.candidate or 0)
                )
                yield replace(self._line(part), number=numbers, candidate="", assessor=self._watching(part))

    def _nameless(self, parts: Sequence[Part]) -> Iterator[TimetableLine]:
        for line in self._gathered(parts):
            yield replace(line, candidate="")

    def _line(self, part: Part) -> TimetableLine:
        candidate = self._candidates[part.candidate or 0]
        what = f"{part.scenario.id} {part.what}" if part.scenario is not None else part.what
        return TimetableLine(
            clock_text(part.start), clock_text(part.end), what, f"{candidate.number:02}", candidate.person.name,
            self._watching(part), self._room(part), self._actors(part),
        )  # fmt: skip

    def _watching(self, part: Part) -> str | Blank:
        if part.kind == "test":
            return self._schedule.supervisor or "Pengawas"
        if part.kind == "opening":
            return self._schedule.in_charge or "Penanggung jawab"
        return self._assessors[part.assessor].person.name if part.kind != "desk" else BLANK

    def _room(self, part: Part) -> str:
        use = _PLACES.get(part.kind)
        if use is not None:
            return self._timetable.places.get(use, "")
        if part.kind == "opening":
            return self._timetable.places.get("tes", "")
        return self._timetable.rooms.get(part.assessor, "")

    def _actors(self, part: Part) -> str:
        if part.kind != "scene":
            return ""
        for playing, of in self._timetable.cast.of.items():
            if (playing.assessor, playing.day, playing.scenario) == (part.assessor, part.day, part.scenario) and (
                playing.start <= part.start < playing.end
            ):
                return ", ".join(actor.name for actor in of)
        return ""

    def _waiting(self, start: int, end: int, is_apart: bool) -> TimetableLine:
        places = self._timetable.places
        what, room = ("Karantina", places.get("karantina", "")) if is_apart else ("Menunggu", places.get("tunggu", ""))
        return TimetableLine(clock_text(start), clock_text(end), what, "", "", "", room, "")


def _as_sentence(told: str) -> str:
    return f"{told[0].upper()}{told[1:]}."


def _untold(part: Part) -> str:
    """What a part is called on a candidate's sheet, which is handed out days before: no scenario is told."""
    if part.scenario is None:
        return part.what
    return "Bermain peran" if part.kind == "scene" else "Kerja meja (bermain peran)"


def _named(candidate: EventCandidate) -> str:
    return f"{candidate.number:02} {candidate.person.name}"
