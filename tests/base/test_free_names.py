"""Names that are free: the first one, and one error where there are too many."""

import pytest

from kitgen.base import free_names
from kitgen.base.errors import KitgenError
from kitgen.base.free_names import first_free


@pytest.mark.parametrize(("taken", "expected"), [(set(), "a1"), ({"a1"}, "a2"), ({"a1", "a3"}, "a2"), ({"a2"}, "a1")])
def test_the_first_that_is_free_is_taken(taken: set[str], expected: str) -> None:
    """By number, from 1; gaps are used."""
    assert first_free(lambda number: f"a{number}", taken.__contains__, "events") == expected


def test_too_many_are_told_and_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """No bare StopIteration, no endless loop: where, and what to do."""
    monkeypatch.setattr(free_names, "MOST_NAMES", 3)
    tried: list[int] = []
    with pytest.raises(KitgenError) as told:
        first_free(lambda number: tried.append(number) or number, lambda name: True, "events/uji")
    assert tried == [1, 2, 3]
    assert "events/uji" in str(told.value) and "delete or move away" in str(told.value)
