"""Single pages that were printed again for an event, and why; no name is in here."""

from dataclasses import dataclass
from typing import Final

from kitgen.base.digests import Serial

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Reprint:
    """Cetak ulang: which page of which document, how many copies, and the reason a person gave.

    `candidate` and `assessor` are the numbers of whose document it is; None for what is shared.
    """

    number: int
    serial: Serial
    form: str
    candidate: int | None
    assessor: int | None
    page: int
    copies: int
    reason: str
