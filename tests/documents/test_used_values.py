"""What a form's template does not read makes none of its documents stale, and is not even rendered for it."""

from pathlib import Path
from typing import Any

import pytest
from harness import KitProject
from hypothesis import given
from hypothesis import strategies as st

from kitgen.documents.status.used_values import UsedValues
from kitgen.render.compiled import CompiledTemplate

pytestmark = pytest.mark.slow

VALUES: dict[str, Any] = {
    "scheme": {"title": "Layanan", "number": "1", "body": {"name": "LSP", "licence": "BNSP-1"}},
    "units": [
        {"code": "U1", "title": "Satu", "criteria": [{"number": "1.1", "text": "a"}, {"number": "1.2", "text": "b"}]},
        {"code": "U2", "title": "Dua", "criteria": []},
    ],
    "letters": ["A", "B"],
    "stamp": {"serial": "X"},
}


def digest(values: dict[str, Any], *reads: str) -> str:
    return UsedValues().digest(values, frozenset(reads))


def changed(steps: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """The values with one of them put in at these steps."""
    import copy

    made = copy.deepcopy(VALUES)
    here: Any = made
    for step in steps[:-1]:
        here = here[step]
    here[steps[-1]] = value
    return made


@pytest.mark.parametrize(
    ("reads", "steps", "value", "counts"),
    [
        (("units", "units[].title"), ("units", 0, "title"), "Lain", True),
        (("units", "units[].title"), ("units", 0, "code"), "Lain", False),
        (("units", "units[].title"), ("units", 1, "criteria"), [{"number": "2", "text": "c"}], False),
        (("units", "units[].criteria"), ("units", 1, "criteria"), [{"number": "2", "text": "c"}], True),
        (("units", "units[].criteria"), ("units", 0, "criteria", 0, "text"), "lain", False),
        (("units[].criteria.*",), ("units", 0, "criteria", 0, "text"), "lain", True),
        (("units.*",), ("units", 1, "title"), "Lain", True),
        (("units",), ("units", 1, "title"), "Lain", False),
        (("units",), ("units",), [], True),
        (("scheme",), ("scheme", "title"), "Lain", False),
        (("scheme",), ("scheme",), {}, True),
        (("scheme.*",), ("scheme", "body", "name"), "Lain", True),
        (("scheme.body.name",), ("scheme", "body", "licence"), "Lain", False),
        (("scheme.absent",), ("scheme", "absent"), "da", True),
        (("letters",), ("letters", 1), "C", True),
        (("stamp.serial",), ("scheme", "title"), "Lain", False),
    ],
)
def test_only_what_is_read_counts(
    reads: tuple[str, ...], steps: tuple[str | int, ...], value: object, counts: bool
) -> None:
    assert (digest(changed(steps, value), *reads) != digest(VALUES, *reads)) is counts


TREES = st.recursive(
    st.text("ab", max_size=2) | st.integers(0, 2),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from("xyz"), below, max_size=3),
    max_leaves=12,
)


@given(TREES, TREES, TREES)
def test_everything_below_a_star_counts(one: object, other: object, unread: object) -> None:
    """Equal digests exactly for equal values; what stands beside them does not count."""
    first, second = digest({"v": one, "w": unread}, "v.*"), digest({"v": other}, "v.*")
    assert (first == second) == (repr(one) == repr(other) or one == other)


def test_a_reworded_criterion_is_rendered_only_where_it_may_be_printed(
    kit_project: KitProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FR.APL.01 is given all units and prints their titles: it is known to be the same without being made."""
    kit_project.keep_forms(["FR.APL.01", "FR.APL.02", "FR.IA.01"]).build()
    made: list[str] = []
    render = CompiledTemplate.render_parts

    def noted(self: CompiledTemplate, values: Any) -> Any:
        made.append(Path(self.file).stem)
        return render(self, values)

    monkeypatch.setattr(CompiledTemplate, "render_parts", noted)
    kit_project.edit_scheme('"Target segmen diidentifikasi"', '"Target segmen ditetapkan"')
    kit_project.build()
    assert made and {"FR.APL.02", "FR.IA.01"} == set(made)


def test_two_values_that_are_compared_count_whole(kit_project: KitProject) -> None:
    """A template that compares two lists prints another page when one item of one changes."""
    kit_project.keep_forms(["FR.APL.01"])
    kit_project.edit_template(
        "docx/FR.APL.01.docx", "PERMOHONAN", "{% if units == scheme.units %}X{% endif %}PERMOHONAN"
    )
    kit_project.build()
    index = next(kit_project.root.glob("output/*/*/manifest.json")).read_text("utf-8")
    assert '"units.*"' in index and '"scheme.units.*"' in index


def test_a_digest_does_not_depend_on_what_was_asked_before() -> None:
    """Digests are remembered by object: none is taken for that of another which came to lie at the same place."""
    values: dict[str, Any] = {"units": [{"number": "1", "text": "KUK"}]}
    right = digest(values, "units", "units[].text")
    for number in range(12):
        used, spare = UsedValues(), [{} for _ in range(number)]
        used.digest(values, frozenset({"units"}))  # what only counts them
        spare.clear()  # so that what is asked next lies at one place after another
        assert used.digest(values, frozenset({"units", "units[].text"})) == right, number
