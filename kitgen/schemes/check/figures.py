"""Items whose key can be worked out from the figures of their stem: they ask for care with numbers, not for the craft.

Most fit their criterion as an application; too many on one paper measure something else. Pure.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kitgen.model.bank import PaperQuestion, Question

MOST_ON_A_PAPER: Final = 0.25
"""Up to this share of a unit's items on one paper may be such; a single one always may."""
ENOUGH_FIGURES: Final = 2
"""Figures in the stem from which options that give figures too can be worked out."""
MANY_FIGURES: Final = 5
"""Figures in the stem from which the item is a sum, whatever its options say."""
_FIGURE: Final = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|besok|lusa"
    r"|senin|selasa|rabu|kamis|jumat|sabtu|minggu"
    r"|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b"
)
_NUMERAL: Final = re.compile(r"\d+(?:[.,]\d+)*")


def worked_out_of_stem(question: Question | PaperQuestion) -> bool:
    """Whether the stem is full of figures, or holds some and most options, the key among them, differ in figures."""
    if len(_NUMERAL.findall(question.text)) >= MANY_FIGURES and question.options:
        return True
    given = {option.letter: tuple(_FIGURE.findall(option.text.lower())) for option in question.options}
    having = [figures for figures in given.values() if figures]
    return (
        bool(given.get(str(question.key)))
        and len(having) > len(given) / 2
        and len(set(having)) > 1
        and len(set(_FIGURE.findall(question.text.lower()))) >= ENOUGH_FIGURES
    )


def too_many_of(asked: Sequence[PaperQuestion]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each unit of which a paper holds more such items than it may, with their ids."""
    for unit in dict.fromkeys(question.unit_code for question in asked):
        mine = [each for each in asked if each.unit_code == unit]
        found = tuple(each.id for each in mine if worked_out_of_stem(each))
        if len(found) > max(1, MOST_ON_A_PAPER * len(mine)):
            yield unit, found
