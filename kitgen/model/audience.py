"""Who may hold a document, and who may see a field of the model.

Every field of the model can say who may see it (`seen_by`); one that says nothing may be seen by all.
"""

import dataclasses
from typing import Any, Final, Literal, get_args

from kitgen.base.holes import BLANK

Audience = Literal["asesi", "asesor", "pemeran", "admin", "kunci"]
"""Penerima dokumen: candidate, assessor, actor, admin of the LSP, and those who keep the keys."""

AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)


@dataclasses.dataclass(frozen=True, slots=True)
class AudienceFacts:
    """Fakta penerima: what differs between audiences, wherever that is decided; a new one is a row.

    `folder` and `event_folder`: where their documents lie in a kit and in an event, by what is done with them.
    `holder`: what they are called on the list of prints. `sees_assessors`: they may see what is told to assessors,
    `sees_actors`: what is told to actors. `is_secret`: what they hold are keys. `is_kept_from_candidates`: no
    candidate may see what they hold.
    """

    folder: str
    event_folder: str
    holder: str
    sees_assessors: bool = False
    sees_actors: bool = False
    is_secret: bool = False
    is_kept_from_candidates: bool = False


AUDIENCE_FACTS: Final[dict[Audience, AudienceFacts]] = {
    "admin": AudienceFacts("1 Admin", "1 Admin", "admin"),
    "asesi": AudienceFacts("2 Untuk Asesi", "3 Untuk Asesi", "asesi"),
    "asesor": AudienceFacts(
        "3 Untuk Asesor", "4 Untuk Asesor", "asesor", sees_assessors=True, sees_actors=True,
        is_kept_from_candidates=True,
    ),
    "pemeran": AudienceFacts("4 Pemeran", "5 Pemeran", "pemeran", sees_actors=True, is_kept_from_candidates=True),
    "kunci": AudienceFacts(
        "9 KUNCI - RAHASIA", "9 KUNCI - RAHASIA", "pemegang kunci", sees_assessors=True, sees_actors=True,
        is_secret=True, is_kept_from_candidates=True,
    ),
}  # fmt: skip
EVERYONE: Final = frozenset(AUDIENCES)
ASSESSORS: Final = frozenset(each for each, facts in AUDIENCE_FACTS.items() if facts.sees_assessors)
ACTORS: Final = frozenset(each for each, facts in AUDIENCE_FACTS.items() if facts.sees_actors)
KEYS: Final = frozenset(each for each, facts in AUDIENCE_FACTS.items() if facts.is_secret)
KEPT_FROM_CANDIDATES: Final = frozenset(each for each, facts in AUDIENCE_FACTS.items() if facts.is_kept_from_candidates)


def known(help: str, seen_by: frozenset[Audience] = EVERYONE, default: Any = dataclasses.MISSING) -> Any:
    """A field of the model: what it is, for lists of placeholders, and who may see it."""
    return dataclasses.field(default=default, metadata={"help": help, "seen_by": seen_by})


def to_fill(help: str) -> Any:
    """A field that is blank, to be filled by hand, until an event gives its value."""
    return dataclasses.field(default=BLANK, metadata={"help": help, "seen_by": EVERYONE})
