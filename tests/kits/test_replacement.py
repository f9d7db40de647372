"""A paper of an event that leaked is drawn anew for that event: other questions, new ids, nobody else's changes."""

from pathlib import Path

import pytest

from kitgen.kits.kit import Papers, scheme_kit
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    (found,) = load_data(find_project(root)).editions
    return found


def of_letter(papers: Papers, letter: str) -> dict[str, list[str]]:
    """The questions of each paper of a letter, by its id."""
    return {
        paper.id: [question.id for question in paper.questions]
        for found in papers.values()
        for paper in found
        if paper.letter == letter
    }


def test_only_the_paper_that_leaked_is_another_one(edition: Edition) -> None:
    """The others stay word for word; the new one has new ids, and other questions wherever the bank has some."""
    before, after = scheme_kit(edition).drawn, scheme_kit(edition, ("B",)).drawn
    for kind, papers in before.items():
        assert [paper.letter for paper in after[kind]] == [paper.letter for paper in papers]
        for paper, other in zip(papers, after[kind], strict=True):
            assert (paper == other) == (paper.letter != "B")
    old, new = of_letter(before, "B"), of_letter(after, "B")
    assert not old.keys() & new.keys()
    known = {id for ids in old.values() for id in ids}
    for ids in new.values():
        assert len(ids) == len(set(ids))
    choices = [question.id for paper in after["multiple_choice"] if paper.letter == "B" for question in paper.questions]
    assert sum(id in known for id in choices) < len(choices) / 2


def test_a_paper_may_be_replaced_again(edition: Edition) -> None:
    """Every time with ids of its own; the same event gives the same paper, for ever."""
    once, twice = scheme_kit(edition, ("B",)).drawn, scheme_kit(edition, ("B", "B")).drawn
    assert not of_letter(once, "B").keys() & of_letter(twice, "B").keys()
    assert of_letter(twice, "A") == of_letter(once, "A")
    assert of_letter(twice, "B") == of_letter(scheme_kit(edition, ("B", "B")).drawn, "B")
    both = scheme_kit(edition, ("B", "A")).drawn
    assert of_letter(both, "B") == of_letter(once, "B") and of_letter(both, "A") != of_letter(once, "A")
