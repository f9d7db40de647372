"""Can the key be told from the options alone? Guessers that never read a stem, each held against chance. Pure.

Both learn from all other questions which features keys have and guess the one left out (Bernoulli naive Bayes with
Laplace's correction). One knows words, the other only the shape of options beside each other: length, figures,
commas, phrases of purpose or politeness, nearness to the other options. No standard asks for them; they are the
cheapest readers without a stem, and what they find a trained candidate finds sooner.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, log
from types import MappingProxyType
from typing import Final

from kitgen.base.messages import said
from kitgen.model.bank import Question

CHANCE_RANGE: Final = 0.95
"""Random keys stay within the told range in so many of all cases."""
MIN_QUESTIONS: Final = 20
"""Fewer questions show nothing: any rate may be chance."""
_WORD: Final = re.compile(r"\w+")
_PHRASES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType({
    said("purpose"): re.compile(r"\b(agar|supaya|demi|guna)\b"),
    said("reason"): re.compile(r"\b(karena|sebab|sehingga)\b"),
    said("politeness"): re.compile(r"\b(mohon|maaf|terima kasih|silakan|santun|sopan)\b"),
    said("comparative"): re.compile(r"\b(lebih|paling|ter(cepat|baik|banyak))\b"),
    said("negation"): re.compile(r"\b(tidak|belum|bukan|tanpa)\b"),
    said("sequence"): re.compile(r"\b(lalu|kemudian|lebih dahulu|sebelum|sesudah|setelah)\b"),
    said("question"): re.compile(r"\?|\b(menanyakan|bertanya|tanyakan)\b"),
    said("figures"): re.compile(r"\d"),
})  # fmt: skip

Features = frozenset[str]


@dataclass(frozen=True, slots=True)
class GuessRate:
    """Tingkat tebakan: how many keys a guesser without a stem finds, and how many it would find if keys were random.

    `cue` says what it goes by. `low` and `high` bound the hits in 95 of 100 banks with random keys. A guesser that has
    learned is no single cue (`is_cue`): finding few keys only tells that the bank teaches it nothing.
    """

    cue: str
    hits: float
    asked: int
    expected: float
    low: int
    high: int
    is_cue: bool

    @property
    def is_above_chance(self) -> bool:
        """Whether random keys would hardly be found so often."""
        return self.asked >= MIN_QUESTIONS and self.hits > self.high

    @property
    def is_below_chance(self) -> bool:
        """Whether random keys would hardly be found so seldom: what marks no key marks wrong answers."""
        return self.is_cue and self.asked >= MIN_QUESTIONS and self.hits < self.low

    @property
    def share(self) -> float:
        """The share of questions whose key was hit, 0 to 1; 0 where none was asked."""
        return self.hits / self.asked if self.asked else 0.0


def guess_rates(questions: Iterable[Question]) -> tuple[GuessRate, ...]:
    """Every guesser and every single cue over the multiple-choice questions, in a fixed order."""
    asked = [each for each in questions if each.options and isinstance(each.key, str)]
    words = [[_words(option.text) for option in each.options] for each in asked]
    shapes = [_shapes([option.text for option in each.options]) for each in asked]
    rates = [
        _learned(said("words of the options"), asked, words),
        _learned(said("shape of the options"), asked, shapes),
    ]
    for cue, mark in ((said("shortest option"), "shortest"), (said("longest option"), "longest")):
        rates.append(_cue(cue, asked, shapes, mark))
    for phrase in _PHRASES:
        rates.append(_cue(said("only option with {phrase}", phrase=phrase), asked, shapes, f"only {phrase}"))
    return tuple(rates)


def guessed_from_options(questions: Iterable[Question]) -> tuple[str, ...]:
    """The ids of the questions whose key both learning guessers find: the first to be looked at."""
    asked = [each for each in questions if each.options and isinstance(each.key, str)]
    keys = [_key(each) for each in asked]
    by_words = _guesses([[_words(option.text) for option in each.options] for each in asked], keys)
    by_shape = _guesses([_shapes([option.text for option in each.options]) for each in asked], keys)
    found = zip(asked, keys, by_words, by_shape, strict=True)
    return tuple(each.id for each, key, word, shape in found if key == word == shape)


def _key(question: Question) -> int:
    return next(place for place, option in enumerate(question.options) if option.letter == question.key)


def _learned(cue: str, asked: Sequence[Question], features: Sequence[Sequence[Features]]) -> GuessRate:
    keys = [_key(each) for each in asked]
    hits = sum(guess == key for guess, key in zip(_guesses(features, keys), keys, strict=True))
    return _rate(cue, hits, [1 / len(each.options) for each in asked], False)


def _guesses(features: Sequence[Sequence[Features]], keys: Sequence[int]) -> list[int]:
    """For each question the place of the option most like the keys of all others; the first of equal ones."""
    of_keys: Counter[str] = Counter()
    of_others: Counter[str] = Counter()
    for options, key in zip(features, keys, strict=True):
        for place, option in enumerate(options):
            (of_keys if place == key else of_others).update(option)
    options_of_all = sum(map(len, features))
    found: list[int] = []
    for options, key in zip(features, keys, strict=True):
        mine = Counter(name for place, option in enumerate(options) if place != key for name in option)
        key_total, other_total = len(keys) - 1, options_of_all - len(keys) - len(options) + 1

        def weight(name: str, own: Features = options[key], mine: Counter[str] = mine,
                   totals: tuple[int, int] = (key_total, other_total)) -> float:  # fmt: skip
            in_keys = (of_keys[name] - (name in own) + 1) / (totals[0] + 2)
            in_others = (of_others[name] - mine[name] + 1) / (totals[1] + 2)
            return log(in_keys / (1 - in_keys)) - log(in_others / (1 - in_others))

        scores = [sum(weight(name) for name in sorted(option)) for option in options]
        found.append(max(range(len(options)), key=scores.__getitem__))
    return found


def _cue(cue: str, asked: Sequence[Question], shapes: Sequence[Sequence[Features]], mark: str) -> GuessRate:
    """Always taking the option with the mark, where there is one; options that share it share the guess."""
    hits, chances = 0.0, list[float]()
    for question, options in zip(asked, shapes, strict=True):
        marked = [place for place, option in enumerate(options) if mark in option]
        if marked:
            hits += (_key(question) in marked) / len(marked)
            chances.append(1 / len(options))
    return _rate(cue, hits, chances, True)


def _rate(cue: str, hits: float, chances: Sequence[float], is_cue: bool) -> GuessRate:
    asked, expected = len(chances), sum(chances)
    low, high = _random_range(asked, expected / asked if asked else 0.0)
    return GuessRate(cue, hits, asked, expected, low, high, is_cue)


def _random_range(asked: int, chance: float) -> tuple[int, int]:
    """Bounds of the middle 95 of 100 cases of so many guesses, each right by `chance`."""
    tail, low, high, passed = (1 - CHANCE_RANGE) / 2, 0, asked, 0.0
    for hits in range(asked + 1):
        before = passed
        passed += comb(asked, hits) * chance**hits * (1 - chance) ** (asked - hits)
        if before < tail <= passed:
            low = hits
        if before < 1 - tail <= passed:
            high = hits
    return low, high


def _words(text: str) -> Features:
    return frozenset(_WORD.findall(text.lower()))


def _shapes(texts: Sequence[str]) -> list[Features]:
    """What an option looks like beside the others: marks it has, and marks it alone has."""
    lengths = [len(text) for text in texts]
    commas = [text.count(",") + text.count(";") for text in texts]
    words = [_words(text) for text in texts]
    shared = [sum(len(mine & other) for other in words) / max(1, len(mine)) for mine in words]
    marks: list[set[str]] = [set() for _ in texts]
    extremes: tuple[tuple[str, Sequence[float], Callable[[Sequence[float]], float]], ...] = (
        ("longest", lengths, max), ("shortest", lengths, min), ("most commas", commas, max),
        ("fewest commas", commas, min), ("most like the others", shared, max), ("least like the others", shared, min),
    )  # fmt: skip
    for name, values, chosen in extremes:
        end = chosen(values)
        if len(set(values)) > 1:
            for place, value in enumerate(values):
                marks[place] |= {name} if value == end else set()
    for name, pattern in _PHRASES.items():
        having = [place for place, text in enumerate(texts) if pattern.search(text.lower())]
        if 0 < len(having) < len(texts):
            for place in having:
                marks[place].add(name)
        if len(having) == 1:
            marks[having[0]].add(f"only {name}")
    return [frozenset(each) for each in marks]
