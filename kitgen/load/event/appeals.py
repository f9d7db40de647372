"""Reads the appeal of a candidate, and holds its team against who assessed them."""

import re
from collections.abc import Iterable

from kitgen.base.dates import indonesian_date
from kitgen.base.holes import BLANK
from kitgen.base.messages import said
from kitgen.load.event.columns import CANDIDATE_HEADINGS
from kitgen.load.sheets.cell_values import read_choice, read_day
from kitgen.load.sheets.list_table import ListRow
from kitgen.model.event import Appeal, EventAssessor, EventCandidate
from kitgen.model.states import APPEAL_OUTCOMES


def read_appeal(row: ListRow) -> Appeal:
    """The appeal a row tells of; an empty one where it tells of none."""
    names = {key: CANDIDATE_HEADINGS.columns[key].heading for key in _KEYS}
    day = read_day(row["appeal_date"], names["appeal_date"])
    team = row["appeal_team"].text(names["appeal_team"]) or ""
    outcome = read_choice(
        row["appeal_outcome"], names["appeal_outcome"], {word.casefold(): word for word in APPEAL_OUTCOMES}
    )
    return Appeal(
        indonesian_date(day) if day is not None else BLANK,
        row["appeal_ground"].text(names["appeal_ground"]) or BLANK,
        tuple(part.strip() for part in re.split(r"[;\n]", team) if part.strip()),
        outcome or BLANK,
    )


_KEYS = ("appeal_date", "appeal_ground", "appeal_team", "appeal_outcome")


def tell_appeals(rows: Iterable[tuple[ListRow, EventCandidate]], assessors: Iterable[EventAssessor]) -> None:
    """Note a team that holds who assessed the candidate, an outcome without a team, and one without an appeal."""
    names = {each.number: _key(str(each.person.name)) for each in assessors}
    for row, candidate in rows:
        appeal = candidate.appeal
        assessor = names.get(candidate.assessor) if isinstance(candidate.assessor, int) else None
        if assessor and any(_key(name) in assessor or assessor in _key(name) for name in appeal.team if _key(name)):
            row["appeal_team"].error(
                said("who assessed candidate {number} is in the team of their appeal", number=candidate.number),
                said("name people who did not assess them"),
            )
        if appeal.outcome and not appeal.team:
            row["appeal_team"].error(
                said("an appeal was decided, and nobody is named who did"), said("write who decided it")
            )
        if appeal.outcome and candidate.state != "appealed":
            row["appeal_outcome"].warning(
                said("an appeal was decided, and Status does not say banding"), said("write banding as Status")
            )


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
