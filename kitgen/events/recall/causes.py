"""What kind of change lies behind a document that says something else: a date that moved, a result, the data. Pure."""

from collections.abc import Collection, Sequence
from typing import Final

from kitgen.documents.disk.branches import ENTRY, LOOK, TEMPLATE, VERSIONS, Branch

_AFTERWARDS: Final = frozenset({
    "result", "note", "not_competent", "competent", "absent", "stopped", "postponed", "late", "withdrawn", "refused",
    "state", "state_reason", "incident", "decision", "decision_reason", "decided_units", "not_uploaded",
    "decided_competent", "decided_not_competent", "decided_postponed", "decision_number", "decision_date",
    "pleno_date", "minutes_number", "notice",
})  # fmt: skip
"""Facts of an event that are not known before its end."""
_WHEN: Final = frozenset({
    "date", "time", "start_date", "end_date", "pre_date", "pre_time", "start", "end", "day", "test_date",
})  # fmt: skip
_LISTS: Final = frozenset({"documents", "signatures"})
"""What tells of an event's forms one by one: a form that results bring about is a line more."""
_OF_EVENT: Final = frozenset({"event", "participants", "turns", "candidate"})
"""What documents are given of an event; a date elsewhere is one of the scheme."""
_WHO: Final = frozenset({"candidate", "name", "whose"})
"""What of a timetable says whose a line is: with hours that move, lines move; alone, a person is called otherwise."""
_COUNTED: Final = frozenset({"sentence", "notes"})
"""What a timetable says of how much fits into it: it changes with the number of people, and moves nobody."""
_TIMETABLES: Final = ("timetable", "actor_timetable", "room_timetable", "attendance", "seating")
"""What says who is when and where: all of it moves together."""
_REASONS: Final = (
    (("event", "turns", *_TIMETABLES), "data jadwal asesmen berubah"),
    (("candidate", "participants"), "data asesi berubah"),
    (("assessor", "assessors"), "data asesor berubah"),
    (("actor",), "data pemeran berubah"),
    (("guide",), "jadwal atau formulir asesi berubah"),
    (("venue",), "data TUK berubah"),
    (("body", LOOK), "data atau tampilan LSP berubah"),
    (("scheme", "units", "clusters", "coverage"), "naskah skema (unit, elemen, KUK, atau tugas) berubah"),
    (("paper", "blueprint"), "soal atau susunan paket berubah"),
    (("scenario", "stations", "roles"), "skenario bermain peran berubah"),
    (("plan",), "rencana asesmen berubah"),
    ((TEMPLATE, ENTRY, VERSIONS), "templat formulir diperbarui"),
)
_COUNTS_CHANGED: Final = "hitungan kecukupan jadwal berubah mengikuti jumlah asesi, asesor, atau ruang"
_UNKNOWN: Final = "isi dokumen berubah"


def _facts(branch: Branch) -> tuple[str, ...]:
    """The steps of a branch that are names of facts, not of items."""
    return tuple(step for step in branch.steps if not step.startswith("#"))


def is_afterwards(branch: Branch) -> bool:
    """Whether it is a fact nobody knows before the assessment is over, such as a result."""
    return branch.steps[:1] != () and branch.steps[0] in _OF_EVENT and bool(_AFTERWARDS & set(_facts(branch)[1:]))


def is_listed_afterwards(branch: Branch, outcomes: Collection[str]) -> bool:
    """Whether it is the line of a list of forms that tells of one of `outcomes`: the forms results bring about."""
    return len(branch.steps) > 1 and branch.steps[0] in _LISTS and branch.steps[1].removeprefix("#") in outcomes


def _is_of_timetable(branch: Branch) -> bool:
    return branch.steps[:1] != () and (branch.steps[0] in _TIMETABLES or branch.steps[:2] == ("guide", "timetable"))


def is_when(branch: Branch) -> bool:
    """Whether it is a day or an hour of the event."""
    if _is_of_timetable(branch):
        return not _COUNTED & set(_facts(branch))
    return branch.steps[:1] != () and branch.steps[0] in _OF_EVENT and _facts(branch)[-1] in _WHEN


def has_only_moved(branches: Sequence[Branch]) -> bool:
    """Whether all that is behind a change are days and hours of the event, besides what is filled in after it."""
    rest = [branch for branch in branches if not is_afterwards(branch)]
    return all(is_when(branch) for branch in rest) and not all(_facts(branch)[-1] in _WHO for branch in rest)


def reason_printed(branches: Sequence[Branch]) -> str:
    """The reason of an erratum as it is printed, with a capital: what of the data changed."""
    if has_only_moved(branches):
        return "Hari, tanggal, atau waktu pelaksanaan berubah"
    counted = [branch for branch in branches if _is_of_timetable(branch) and _COUNTED & set(_facts(branch))]
    rest = [branch for branch in branches if branch.steps and not is_afterwards(branch) and branch not in counted]
    heads = {branch.steps[0] for branch in rest}
    told = [text for names, text in _REASONS if heads & set(names)]
    told = told + ([_COUNTS_CHANGED] if counted else []) or [_UNKNOWN]
    sentence = "; ".join(told)
    return sentence[0].upper() + sentence[1:]
