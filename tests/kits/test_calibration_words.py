"""Calibration performances say it in other words than the examples of the cards: marking them is no matching of words."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.scenario import Scenario
from kitgen.model.station import SpokenLine

AT_MOST = 6
"""Consecutive words a line may share with an example (anchor) of its scenario; words with figures count for none."""

ACTOR = "Pemeran"


@pytest.fixture(scope="module")
def scenarios(root: Path) -> tuple[Scenario, ...]:
    (found,) = load_data(find_project(root)).editions
    return tuple(found.scenarios)


def _texts(value: object) -> Iterator[str]:
    """All texts anywhere in a value of the model; the cells of a row are one text as well, as names stand in several."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        yield " ".join(each for each in value if isinstance(each, str))
        for each in value:
            yield from _texts(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w-]+", text.lower()) if not any(letter.isdigit() for letter in word)]


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """All runs of one word more than is allowed, text by text."""
    length = AT_MOST + 1
    return {
        tuple(words[at : at + length]) for words in map(_words, texts) for at in range(len(words) - length + 1)
    }  # fmt: skip


def _anchors(scenario: Scenario) -> list[str]:
    return [text for cue in scenario.cues for text in (cue.met, cue.borderline, cue.not_met)]


def repeated(scenario: Scenario) -> list[str]:
    """The lines of the performances that repeat an example: a longer run of it, or the whole of it.

    A run that a paper prescribes or an actor says (cards and props) may be repeated by anybody.
    """
    anchors = _anchors(scenario)
    known = _runs(_texts((scenario.props, scenario.actors)))
    runs, whole = _runs(anchors) - known, {tuple(_words(text)) for text in anchors}
    return [
        f"{performance.id}, {line.speaker}: {line.text}"
        for performance in scenario.calibration
        for line in (*performance.lines, *performance.written)
        if line.speaker != ACTOR and (_runs([line.text]) & runs or tuple(_words(line.text)) in whole)
    ]


def test_no_performance_quotes_the_examples_of_the_card(scenarios: tuple[Scenario, ...]) -> None:
    """No line of a candidate shares more than six words in a row with an example, nor is one."""
    assert len(scenarios) == 14
    found = {each.id: repeated(each) for each in scenarios}
    assert not any(found.values()), "\n".join(line for lines in found.values() for line in lines)


def test_a_quoted_example_is_found(scenarios: tuple[Scenario, ...]) -> None:
    """The check sees an example inside a longer line and one that is a whole line; what an actor says it leaves alone."""
    first = scenarios[0]
    example = next(cue.met for cue in first.cues if len(_words(cue.met)) > AT_MOST)
    said = (SpokenLine("Asesi", f"Begini, ya. {example}"), SpokenLine("Lembar", example), SpokenLine(ACTOR, example))
    performance = dataclasses.replace(first.calibration[0], lines=said, written=())
    found = repeated(dataclasses.replace(first, calibration=(performance,)))
    assert [line.split(", ")[1].split(":")[0] for line in found] == ["Asesi", "Lembar"]
