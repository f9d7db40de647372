"""`kitgen event paper`: another paper in place of one that was spoiled or leaked, for one event."""

from dataclasses import dataclass
from functools import partial

from kitgen.base.errors import KitgenError, Place, WrongUsage, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import write_whole
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.kits.kit import scheme_kit
from kitgen.load.event.event import check_event, find_event
from kitgen.load.event.replaced_file import REASONS, REPLACED_NAME, ReplacedPaper, load_replaced, replaced_text


@dataclass(frozen=True, slots=True)
class Replaced:
    """Paket pengganti: the ids of the papers before and now, and how many of their questions stand on both."""

    before: tuple[str, ...]
    now: tuple[str, ...]
    shared: int
    questions: int


def replace_paper(project: Project, name: str, letter: str, reason: str) -> Replaced:
    """Draw the papers of a letter anew for an event, and record it in the event's folder, never in the edition.

    Raises `WrongUsage` for a letter the event does not use, `KitgenError` where the bank has no other question to ask,
    or the event was delivered by kitgen 0.1, whose papers cannot be told apart.
    """
    path = find_event(project, name)
    loaded = SharedInputs()
    checked = check_event(project, name, partial(loaded.choices, project))
    schedule = checked.schedule
    if schedule is None:
        raise KitgenError(checked.findings)
    if reason not in REASONS:
        raise WrongUsage(said("write one of: {reasons}", reasons=", ".join(REASONS)))
    letters = schedule.papers
    if letter not in letters:
        raise WrongUsage(
            said("the event has no paper {letter}; known: {known}", letter=letter, known=", ".join(letters))
        )
    data = loaded.data(project, schedule.pinned_to)
    record = path.with_name(REPLACED_NAME)
    shown = project.shown(record)
    known = load_replaced(record, shown)
    old = scheme_kit(data.editions[0], tuple(each.letter for each in known)).drawn
    now = (*known, ReplacedPaper(letter, reason))
    new = scheme_kit(data.editions[0], tuple(each.letter for each in now)).drawn
    before = {paper.id: {question.id for question in paper.questions}
              for papers in old.values() for paper in papers if paper.letter == letter}  # fmt: skip
    after = {paper.id: [question.id for question in paper.questions]
             for papers in new.values() for paper in papers if paper.letter == letter}  # fmt: skip
    asked = {id for ids in before.values() for id in ids}
    questions = [id for ids in after.values() for id in ids]
    shared = sum(id in asked for id in questions)
    if questions and shared == len(questions):
        raise failure(
            said("the bank has no other question for paper {letter}; nothing was replaced", letter=letter),
            Place(shown),
            said("take the paper out of use in the sheet Pilihan; those who had it get another one"),
        )
    write_whole(record, replaced_text(now).encode())
    return Replaced(tuple(before), tuple(after), shared, len(questions))
