"""Who may hold a document, and who may see a field of the model.

Every field of the model can say who may see it (`seen_by`); one that says nothing may be seen by all.
"""

import dataclasses
from typing import Any, Final, Literal, NewType

from kitgen.base.holes import BLANK

Audience = NewType("Audience", str)
"""Penerima dokumen, by its word in `forms.yaml`. Nothing is decided by the word: what differs is asked of the facts."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AudienceFacts:
    """Fakta penerima: what differs between audiences, wherever that is decided; a new one is a row.

    `folder` and `event_folder`: where their documents lie in a kit and in an event, by what is done with them; `about`
    tells it to whoever opens them, `event_about` where an event's says more. `early_folder`: where in an event lies
    what they fill in before the assessment, if it lies apart. `holder`: what they are called on the list of prints.
    `one_for_each`: they are persons an event knows by name, each of whom gets their own papers; all others share one
    pack and one parcel. `acts`: their sheets of a role play are for who plays in it, so there are none where nobody
    does. `keeps_private`: they are handed what is private of candidates. `sees_assessors`: they may see what is told to
    assessors, `sees_actors`: what is told to actors. `is_secret`: what they hold are keys. `is_kept_from_candidates`:
    no candidate may see what they hold.
    """

    folder: str
    event_folder: str
    holder: str
    about: str = ""
    event_about: str = ""
    early_folder: str | None = None
    early_about: str = ""
    one_for_each: Literal["candidate", "assessor"] | None = None
    acts: bool = False
    keeps_private: bool = False
    sees_assessors: bool = False
    sees_actors: bool = False
    is_secret: bool = False
    is_kept_from_candidates: bool = False

    @property
    def is_candidates(self) -> bool:
        """Whether they are the candidates: they share books, need as many copies as they are, may read large print."""
        return self.one_for_each == "candidate"

    @property
    def is_assessors(self) -> bool:
        """Whether they are the assessors: each holds the papers of the candidates they assess."""
        return self.one_for_each == "assessor"

    @property
    def is_assessing(self) -> bool:
        """Whether they do the assessment together: its steps are theirs, and they sign where a page is put right."""
        return self.one_for_each is not None


AUDIENCE_FACTS: Final[dict[Audience, AudienceFacts]] = {
    Audience("admin"): AudienceFacts(
        folder="1 Admin", event_folder="1 Admin", holder="admin",
        about="Surat, daftar, dan rekap untuk admin LSP",
    ),
    Audience("asesi"): AudienceFacts(
        folder="2 Untuk Asesi", event_folder="3 Untuk Asesi", holder="asesi", one_for_each="candidate",
        about="Diserahkan kepada asesi", event_about="Diserahkan kepada asesi pada saatnya",
        early_folder="2 Pendaftaran dan Pra-Asesmen", early_about="Diisi asesi sebelum asesmen",
    ),
    Audience("asesor"): AudienceFacts(
        folder="3 Untuk Asesor", event_folder="4 Untuk Asesor", holder="asesor", one_for_each="assessor",
        about="Dipegang asesor; jangan diperlihatkan kepada asesi",
        keeps_private=True, sees_assessors=True, sees_actors=True, is_kept_from_candidates=True,
    ),
    Audience("pemeran"): AudienceFacts(
        folder="4 Pemeran", event_folder="5 Pemeran", holder="pemeran",
        about="Dipegang pemeran; jangan diperlihatkan kepada asesi",
        acts=True, sees_actors=True, is_kept_from_candidates=True,
    ),
    Audience("kunci"): AudienceFacts(
        folder="9 KUNCI - RAHASIA", event_folder="9 KUNCI - RAHASIA", holder="pemegang kunci",
        sees_assessors=True, sees_actors=True, is_secret=True, is_kept_from_candidates=True,
    ),
}  # fmt: skip
AUDIENCES: Final = tuple(AUDIENCE_FACTS)
KEY_HOLDER: Final = next(each for each, facts in AUDIENCE_FACTS.items() if facts.is_secret)
"""Who keeps the sheets for an emergency, too."""
PRIVATE_HOLDER: Final = next(each for each, facts in AUDIENCE_FACTS.items() if facts.keeps_private)
EVERYONE: Final = frozenset(AUDIENCES)
ASSESSORS: Final = frozenset(each for each, facts in AUDIENCE_FACTS.items() if facts.sees_assessors)
ACTORS: Final = frozenset(each for each, facts in AUDIENCE_FACTS.items() if facts.sees_actors)
KEYS: Final = frozenset(each for each, facts in AUDIENCE_FACTS.items() if facts.is_secret)
KEPT_FROM_CANDIDATES: Final = frozenset(each for each, facts in AUDIENCE_FACTS.items() if facts.is_kept_from_candidates)


def known(help: str, seen_by: frozenset[Audience] = EVERYONE, default: Any = dataclasses.MISSING) -> Any:
    """A field of the model: what it is, for lists of placeholders, and who may see it."""
    return dataclasses.field(default=default, metadata={"help": help, "seen_by": seen_by})


def of_nobody(help: str) -> Any:
    """A field that holds the scheme's, the LSP's or the forms' own texts: nothing an event says of its people.

    What is not marked so may be about people, and is not quoted where names are not asked for.
    """
    return dataclasses.field(metadata={"help": help, "seen_by": EVERYONE, "of_nobody": True})


def to_fill(help: str) -> Any:
    """A field that is blank, to be filled by hand, until an event gives its value."""
    return dataclasses.field(default=BLANK, metadata={"help": help, "seen_by": EVERYONE})
