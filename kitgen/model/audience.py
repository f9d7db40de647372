"""Who may hold a document, and who may see a field of the model.

Every field of the model can say who may see it (`seen_by`); one that says nothing may be seen by all.
"""

import dataclasses
from typing import Any, Final, Literal, get_args

from kitgen.base.holes import BLANK

Audience = Literal["asesi", "asesor", "pemeran", "admin", "kunci"]
"""Penerima dokumen: candidate, assessor, actor, admin of the LSP, and those who keep the keys."""

AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
EVERYONE: Final = frozenset(AUDIENCES)
ASSESSORS: Final[frozenset[Audience]] = frozenset({"asesor", "kunci"})
ACTORS: Final[frozenset[Audience]] = frozenset({"pemeran", "asesor", "kunci"})
KEYS: Final[frozenset[Audience]] = frozenset({"kunci"})


def known(help: str, seen_by: frozenset[Audience] = EVERYONE, default: Any = dataclasses.MISSING) -> Any:
    """A field of the model: what it is, for lists of placeholders, and who may see it."""
    return dataclasses.field(default=default, metadata={"help": help, "seen_by": seen_by})


def to_fill(help: str) -> Any:
    """A field that is blank, to be filled by hand, until an event gives its value."""
    return dataclasses.field(default=BLANK, metadata={"help": help, "seen_by": EVERYONE})
