"""A YAML file made to say something else says it, and what stays keeps its letters."""

from typing import Any

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from kitgen.base.errors import Findings
from kitgen.load.yaml.reshape import agrees, fresh, reshaped, tree_of
from kitgen.load.yaml.source import parse_yaml

TEXT = """\
# kepala
title: "Satu"          # judul
number:                # belum diisi
kind: 'Klaster'
list: ["a", "b"]
units:
  # unit pertama
  - code: "A"
    title: "Unit A"    # catatan A
    steps:
      - "satu"
      - "dua"          # langkah dua
  # unit kedua
  - code: "B"
    title: >
      Unit
      B
    other: "tinggal"
rows:
  - {criterion: "1.1", primary: "written", reserves: ["oral"]}
  - {criterion: "1.2", primary: "oral"}
# ekor
"""


def said_by(text: str) -> Any:
    findings = Findings()
    top = parse_yaml(text, "x.yaml", findings)
    assert not findings.errors and top is not None
    return tree_of(top)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (lambda tree: tree.update(title="Dua"), 'title: "Satu"          # judul', 'title: "Dua"          # judul'),
        (lambda tree: tree.update(number="7"), "number:                # belum", 'number: "7"            # belum'),
        (lambda tree: tree.update(kind="KKNI"), "kind: 'Klaster'", "kind: 'KKNI'"),
        (lambda tree: tree.update(title=""), 'title: "Satu"          # judul', "title:          # judul"),
        (lambda tree: tree.update(kind=None), "kind: 'Klaster'\n", ""),
        (lambda tree: tree["list"].append("c"), '["a", "b"]', '["a", "b", "c"]'),
        (lambda tree: tree["rows"][0].update(primary="oral"), 'primary: "written"', 'primary: "oral"'),
        (lambda tree: tree["rows"][1].update(reserves=["product"]), 'primary: "oral"}', 'primary: "oral", reserves: ["product"]}'),
        (lambda tree: tree["units"].pop(0), TEXT[TEXT.index("  # unit pertama") : TEXT.index("  # unit kedua")], ""),
        (lambda tree: tree["units"][0]["steps"].insert(1, "baru"), '      - "dua"', '      - "baru"\n      - "dua"'),
        (lambda tree: tree["units"][1].update(title="B"), "title: >\n      Unit\n      B", 'title: "B"'),
        (lambda tree: tree["units"][0].pop("title"), "", ""),
        (lambda tree: tree["units"][1].update(steps=["x"]), '    other: "tinggal"\n', '    other: "tinggal"\n    steps: ["x"]\n'),
    ],
)  # fmt: skip
def test_only_what_changes_is_written(change: Any, old: str, new: str, ending: str) -> None:
    """Comments, quotes and order stay; a key nobody speaks of any more stays, too."""
    tree = said_by(TEXT)
    change(tree)
    made, keeps = reshaped(TEXT.replace("\n", ending), tree, "x.yaml")
    assert keeps
    expected = TEXT.replace(old, new, 1) if old else TEXT
    assert made == expected.replace("\n", ending)


def test_items_that_change_places_take_their_comments_along() -> None:
    """A list in another order is the same lines in another order."""
    tree = said_by(TEXT)
    tree["units"].reverse()
    made, keeps = reshaped(TEXT, tree, "x.yaml")
    assert keeps and sorted(made.splitlines()) == sorted(TEXT.splitlines())
    assert made.index("# unit kedua") < made.index("# unit pertama")


def test_an_empty_file_and_none_are_written_from_the_start() -> None:
    """Head comments stay; what says nothing is left out."""
    made, keeps = reshaped("# kepala\n", {"title": "x", "kind": "", "units": [], "rules": {"a": None}}, "x.yaml")
    assert keeps and made == '# kepala\ntitle: "x"\n'


WORDS = (
    st.text("ab:#-'\"{}[],&*!|>%@` .1?", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
)
ITEMS = st.lists(
    st.fixed_dictionaries({"id": WORDS}, optional={"text": WORDS, "steps": st.lists(WORDS, max_size=3)}), max_size=4
)
TREES = st.fixed_dictionaries(
    {}, optional={"title": WORDS, "minutes": st.integers(0, 99), "list": st.lists(WORDS, max_size=3), "items": ITEMS,
                  "inner": st.fixed_dictionaries({}, optional={"a": WORDS, "b": st.lists(WORDS, max_size=2)})},
)  # fmt: skip


@examples(150)
@given(old=TREES, new=TREES, ending=st.sampled_from(["\n", "\r\n"]))
def test_any_tree_can_become_any_other(old: dict[str, Any], new: dict[str, Any], ending: str) -> None:
    """What the new tree says is read back; what it is silent about stays; the same tree changes nothing."""
    text = "# kepala\n" + fresh(old)
    text = (
        text.replace("\n", f"   # tinggal{ending}", 1).replace("\n", ending)
        if ending == "\n"
        else text.replace("\n", ending)
    )
    assert reshaped(text, said_by(text), "x.yaml") == (text, True)
    made, _ = reshaped(text, new, "x.yaml")
    now = said_by(made) or {}
    assert all(agrees(now.get(key), value) for key, value in new.items())
    assert all(agrees(now.get(key), value) for key, value in old.items() if key not in new)
    assert made.startswith("# kepala")
