"""Two editions side by side: each criterion in exactly one line, and the line says what happened to it."""

import itertools
from dataclasses import dataclass, replace

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from kitgen.changes.best_pairs import best_pairs
from kitgen.changes.units import scheme_changes, wording_of
from kitgen.changes.words import likeness, skeleton, spans, words
from kitgen.model.changes import CriterionLine, SchemeChanges
from kitgen.model.scheme import Criterion, Element, Unit


def unit(*elements: list[str], code: str = "M.702090.001.01") -> Unit:
    """A unit with these criteria, numbered in order."""
    return Unit(1, code, f"Judul {code[:-3]}", "", "", tuple(
        Element(place, str(place), f"Langkah bernama {'satu dua tiga empat'.split()[place - 1]}",
                tuple(Criterion(f"{place}.{number}", text) for number, text in enumerate(texts, 1)))
        for place, texts in enumerate(elements, 1)
    ))  # fmt: skip


def changed(changes: SchemeChanges) -> list[tuple[tuple[str, ...], str, str]]:
    """The lines that are not the same: kinds, old and new numbers."""
    return [
        (line.kinds, ",".join(each.number for each in line.old), ",".join(each.number for each in line.new))
        for line in changes.criteria
        if not line.is_same
    ]


def compared(old: list[list[str]], new: list[list[str]]) -> list[tuple[tuple[str, ...], str, str]]:
    return changed(scheme_changes([unit(*old)], [unit(*new)]))


# A draft edited in ways that leave no doubt


@dataclass(frozen=True)
class Item:
    """A criterion under its own name, through all edits."""

    name: int
    text: str
    wording: str = "same"


def sentence(name: int) -> str:
    """Six words no other criterion has."""
    return " ".join(f"Kata{name}{letter}" for letter in "abcdef")


Layout = list[list[list[Item]]]


@st.composite
def edits(draw: st.DrawFn) -> tuple[Layout, Layout, list[bool], dict[int, tuple[int, int]]]:
    """Units of elements of criteria before and after random edits, which units were raised, and where each was."""
    names = itertools.count()
    shape = draw(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), min_size=1, max_size=3))
    old = [[[Item(name := next(names), sentence(name)) for _ in range(count)] for count in counts] for counts in shape]
    new = [[list(element) for element in each] for each in old]
    homes = {item.name: (u, e) for u, each in enumerate(old) for e, element in enumerate(each) for item in element}
    for _ in range(draw(st.integers(0, 6))):
        u = draw(st.integers(0, len(new) - 1))
        e = draw(st.integers(0, len(new[u]) - 1))
        element = new[u][e]
        kind = draw(st.sampled_from(["insert", "remove", "reword", "editorial", "move", "swap"]))
        if kind == "insert":
            name = next(names)
            element.insert(draw(st.integers(0, len(element))), Item(name, sentence(name), "new"))
        elif len(element) > 1:
            place = draw(st.integers(0, len(element) - 1))
            item = element[place]
            if kind == "remove":
                del element[place]
            elif kind == "reword" and item.wording == "same":
                element[place] = replace(
                    item, text=item.text.replace(f"Kata{item.name}c", "berganti"), wording="reworded"
                )
            elif kind == "editorial" and item.wording == "same":
                element[place] = replace(item, text=f"{item.text.lower()}.", wording="editorial")
            elif kind == "move" and len(new[u]) > 1 and homes.get(item.name) == (u, e):
                target = (e + 1) % len(new[u])
                # an element is told by its own criteria: most of them stay
                if sum(homes.get(each.name) == (u, e) for each in element) > 2:
                    new[u][target].append(element.pop(place))
            elif kind == "swap":
                element.insert(0, element.pop(place))
    raised = [draw(st.booleans()) for _ in new]
    return old, new, raised, homes


def as_units(layout: Layout, raised: list[bool]) -> list[Unit]:
    return [
        unit(*[[item.text for item in element] for element in each], code=f"M.1.00{u}.0{1 + raised[u]}")
        for u, each in enumerate(layout)
    ]


def numbers(layout: Layout) -> dict[int, tuple[int, str]]:
    return {
        item.name: (u, f"{e}.{n}")
        for u, each in enumerate(layout)
        for e, element in enumerate(each, 1)
        for n, item in enumerate(element, 1)
    }


@examples(150)
@given(edits())
def test_what_was_done_is_what_is_found(case: tuple[Layout, Layout, list[bool], dict[int, tuple[int, int]]]) -> None:
    """Edits that leave no doubt are found one by one: nothing more, nothing less."""
    old, new, raised, _ = case
    changes = scheme_changes(as_units(old, [False] * len(old)), as_units(new, raised))
    before, after = numbers(old), numbers(new)
    wordings = {item.name: item.wording for each in new for element in each for item in element}
    expected = set()
    for name in before.keys() | after.keys():
        if name not in after:
            expected.add((("removed",), before[name][1], ""))
        elif name not in before:
            expected.add((("new",), "", after[name][1]))
        else:
            was, now = before[name][1], after[name][1]
            place = "moved" if was.split(".")[0] != now.split(".")[0] else "renumbered" if was != now else "same"
            kinds = tuple(word for word in (place, wordings[name]) if word != "same")
            if kinds:
                expected.add((kinds, was, now))
    assert set(changed(changes)) == expected
    assert [line.is_raised for line in changes.units] == raised


few_words = st.lists(st.sampled_from("alat bahan meja catat simpan dan lapor cek".split()), max_size=5).map(" ".join)
loose_units = st.lists(
    st.lists(st.lists(few_words, max_size=4), min_size=1, max_size=3), min_size=0, max_size=2
).map(lambda found: [unit(*each, code=f"M.1.00{place}.01") for place, each in enumerate(found)])  # fmt: skip


@examples(200)
@given(loose_units, loose_units)
def test_every_criterion_stands_in_exactly_one_line(old: list[Unit], new: list[Unit]) -> None:
    """Of any two editions, however alike their sentences, none is lost and none told twice; always the same way."""
    changes = scheme_changes(old, new)
    for side, units in (("old", old), ("new", new)):
        told = [(each.unit, each.number, each.text) for line in changes.criteria for each in getattr(line, side)]
        wanted = [(u.code, c.number, c.text) for u in units for e in u.elements for c in e.criteria]
        assert sorted(told) == sorted(wanted)
    assert all(line.old or line.new for line in changes.criteria)
    for name in ("old_code", "new_code"):
        codes = [getattr(line, name) for line in changes.units if getattr(line, name)]
        assert sorted(codes) == sorted(each.code for each in (old if name == "old_code" else new))
    assert scheme_changes(old, new) == changes


@given(loose_units)
def test_equal_editions_differ_in_nothing(units: list[Unit]) -> None:
    """All lines are the same lines, whatever the sentences, equal ones too."""
    changes = scheme_changes(units, units)
    lines = (*changes.units, *changes.elements, *changes.criteria)
    assert all(line.is_same for line in lines)
    assert set(changes.counts().values()) <= {0}


@examples(100)
@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 50), max_size=14))
def test_pairs_add_up_to_the_most(weights: dict[tuple[int, int], int]) -> None:
    """No other pairing of all of them is worth more."""
    found = best_pairs(weights)
    assert len(set(found.values())) == len(found)
    best = max(
        sum(weights.get((left, right), 0) for left, right in enumerate(order))
        for order in itertools.permutations(range(5))
    )
    assert sum(weights[pair] for pair in found.items()) == best


# What is hard to tell, case by case


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([["Alat dan bahan disiapkan", "Meja dibersihkan"]], [["Alat disiapkan", "Bahan disiapkan", "Meja dibersihkan"]],
         [(("split",), "1.1", "1.1,1.2"), (("renumbered",), "1.2", "1.3")]),
        ([["Alat disiapkan", "Bahan disiapkan", "Meja dibersihkan"]], [["Alat dan bahan disiapkan", "Meja dibersihkan"]],
         [(("merged",), "1.1,1.2", "1.1"), (("renumbered",), "1.3", "1.2")]),
        ([["Keluhan dicatat lengkap"]], [["Keluhan pelanggan dicatat"]], [(("reworded",), "1.1", "1.1")]),
        ([["Keluhan dicatat"]], [["Meja kerja dibersihkan"]], [(("removed",), "1.1", ""), (("new",), "", "1.1")]),
        ([["Alat disiapkan", "Alat disiapkan"]], [["Alat disiapkan", "Alat disiapkan"]], []),
        ([["Alat disiapkan", "Meja dilap"]], [["Meja dilap", "alat  disiapkan."]],
         [(("renumbered",), "1.2", "1.1"), (("renumbered", "editorial"), "1.1", "1.2")]),
        # the very same sentence goes before the number it stands under
        ([["Laporan disusun menurut format", "Laporan dikirim menurut format"]],
         [["Laporan dikirim menurut format", "Laporan disusun menurut format baku"]],
         [(("renumbered",), "1.2", "1.1"), (("renumbered", "reworded"), "1.1", "1.2")]),
    ],
)  # fmt: skip
def test_a_case_reads_as_people_read_it(old: list[list[str]], new: list[list[str]], found: list[object]) -> None:
    """Split, merged, reworded, exchanged: as a person with both pages would say."""
    assert sorted(compared(old, new), key=str) == sorted(found, key=str)


def test_an_element_that_was_put_in_moves_nothing_but_numbers() -> None:
    """Criteria keep their element when it gets another number; only one that changed elements has moved."""
    old, new = (
        unit(["Alat dipilih", "Alat dirawat"], ["Meja dilap"]),
        unit(["Alat dipilih", "Alat dirawat"], ["Meja dilap"]),
    )
    first, second = new.elements
    put_in = Element(2, "2", "Langkah yang sama sekali lain", (Criterion("2.1", "Lampu dinyalakan pagi hari"),))
    third = replace(second, number="3", criteria=(Criterion("3.1", "Meja dilap"), Criterion("3.2", "Alat dirawat")))
    new = replace(new, elements=(replace(first, criteria=first.criteria[:1]), put_in, third))
    changes = scheme_changes([old], [new])
    assert changed(changes) == [
        (("new",), "", "2.1"), (("renumbered",), "2.1", "3.1"), (("moved",), "1.2", "3.2")
    ]  # fmt: skip
    assert [(line.kinds, line.old_number, line.new_number) for line in changes.elements if not line.is_same] == [
        (("new",), "", "2"), (("renumbered",), "2", "3")
    ]  # fmt: skip


def test_units_are_added_removed_raised_and_put_in_another_order() -> None:
    """By code, then by code without version; a unit put before others moves none of them."""
    one, two, three = (unit([f"Hal {n} dikerjakan"], code=f"M.1.00{n}.01") for n in (1, 2, 3))
    fresh = unit(["Lampu dinyalakan"], code="M.1.009.01")
    raised = replace(two, code="M.1.002.02")
    changes = scheme_changes([one, two, three], [fresh, one, raised])
    found = [(line.shape, line.old_code[-6:], line.new_code[-6:], line.is_raised) for line in changes.units]
    assert found == [("new", "", "009.01", False), ("kept", "001.01", "001.01", False),
                     ("kept", "002.01", "002.02", True), ("removed", "003.01", "", False)]  # fmt: skip
    assert all(line.fields == () for line in changes.units)
    turned = scheme_changes([one, two], [two, one])
    assert [[field.field for field in line.fields] for line in turned.units] == [["position"], ["position"]]


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("Alat disiapkan", "alat  disiapkan.", "editorial"),
        ("Kerja sama dibina", "Kerjasama dibina", "editorial"),
        ("Data di-input", "Data diinput", "editorial"),
        ("Jarak 1,5 meter dijaga", "Jarak 15 meter dijaga", "reworded"),
        ("Suhu -5 derajat dicapai", "Suhu 5 derajat dicapai", "reworded"),
        ("Diskon 5% diberikan", "Diskon 5 diberikan", "reworded"),
        ("Waktu 2 3 menit", "Waktu 23 menit", "reworded"),
        ("Nilai < 5 dicatat", "Nilai > 5 dicatat", "reworded"),
        ("Alat disiapkan", "Alat tidak disiapkan", "reworded"),
        ("...", "!", "reworded"),
        ("sama", "sama", "same"),
    ],
)
def test_case_spaces_and_punctuation_are_no_rewording_but_figures_are(old: str, new: str, verdict: str) -> None:
    """A sign that changes what is asked for is no punctuation."""
    assert wording_of(old, new) == verdict
    assert wording_of(new, old) == verdict


def test_one_sure_pair_goes_before_two_doubtful_ones() -> None:
    """A sentence hardly changed is not given away to make a second pair."""
    old = [["Keluhan pelanggan dicatat pada buku keluhan", "Keluhan pelanggan dicatat di papan"]]
    new = [["Pelanggan dipandu ke ruang tunggu utama"], ["Keluhan pelanggan dicatat pada buku keluhan harian"]]
    lines = scheme_changes([unit(*old)], [unit(*new)]).criteria
    kept = [(line.old[0].number, line.new[0].number) for line in lines if line.shape == "kept"]
    assert kept == [("1.1", "2.1")]


def test_a_ruling_makes_a_rewording_equal_and_nothing_else() -> None:
    """Only the very texts it was made for are taken as equal in meaning."""
    old, new = unit(["Solusi terhadap keluhan ditawarkan"]), unit(["Solusi atas keluhan ditawarkan"])

    def kinds(ruled: tuple[str, str]) -> list[tuple[str, ...]]:
        changes = scheme_changes([old], [new], lambda was, now: (was.text, now.text) == ruled)
        return [line.kinds for line in changes.criteria]

    assert kinds(("Solusi terhadap keluhan ditawarkan", "Solusi atas keluhan ditawarkan")) == [("ruled",)]
    assert kinds(("Solusi lain", "Solusi atas keluhan ditawarkan")) == [("reworded",)]


# Words


@examples(300)
@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_both_texts(old: str, new: str) -> None:
    """What is not new makes the old text, what is not gone the new one; equal texts are one piece."""
    pieces = spans(old, new)
    assert "".join(each.text for each in pieces if each.kind != "new") == old
    assert "".join(each.text for each in pieces if each.kind != "gone") == new
    assert all(each.text for each in pieces)
    assert len(spans(old, old)) <= 1


def test_only_the_words_that_changed_are_marked() -> None:
    """Changed neighbours are one phrase; what stays between words stays."""
    found = [
        (each.kind, each.text)
        for each in spans("Definisi target dan posisi dijelaskan", "Definisi sasaran pasar, posisi dijelaskan.")
    ]
    assert found == [
        ("same", "Definisi "),
        ("gone", "target dan"),
        ("new", "sasaran pasar,"),
        ("same", " posisi dijelaskan"),
        ("new", "."),
    ]


@given(few_words, few_words)
def test_likeness_is_the_same_both_ways(old: str, new: str) -> None:
    """Between 0 and 1, and 1 only for the same words."""
    found = likeness(words(old), words(new))
    assert found == likeness(words(new), words(old))
    assert 0 <= found <= 1
    assert (found == 1) == (words(old) == words(new) != ())
    assert skeleton(old) == skeleton(f" {old.upper()}! ")


def test_lines_are_told_by_all_their_kinds() -> None:
    """A criterion that moved and was reworded counts as both."""
    line = CriterionLine("kept", (), (), "reworded", "moved")
    assert line.kinds == ("moved", "reworded")
    assert not line.is_same


def test_a_criterion_that_went_to_another_unit_was_moved() -> None:
    """By its text, in any case and punctuation; not where two could be meant, nor what is merely alike."""
    old = [unit(["Aduan dicatat", "Nota dibuat"], ["Arsip disimpan", "Hasil dilaporkan kepada atasan"], code="M.1.001.01"),
           unit(["Barang dihitung"], code="M.1.002.01"), unit(["Arsip disimpan", "Kas ditutup"], code="M.1.003.01")]  # fmt: skip
    new = [unit(["Aduan dicatat"], code="M.1.001.02"),
           unit(["Barang dihitung", "nota dibuat.", "Arsip disimpan"], ["Hasil dilaporkan kepada direksi"], code="M.1.002.01"),
           unit(["Kas ditutup"], code="M.1.009.01")]  # fmt: skip
    changes = scheme_changes(old, new)
    assert [(line.kinds, line.from_unit, line.old[0].number, line.new[0].unit, line.new[0].number)
            for line in changes.criteria if line.from_unit] == [
        (("moved", "editorial"), "M.1.001.01", "1.2", "M.1.002.01", "1.2"),
        (("moved",), "M.1.003.01", "1.2", "M.1.009.01", "1.1"),
    ]  # fmt: skip
    counts = {kind: count for kind, count in changes.counts().items() if count}
    assert counts == {"moved": 2, "editorial": 1, "new": 2, "removed": 3}
    olds = [each for line in changes.criteria for each in line.old]
    assert len(olds) == len(set(olds)) == 7
    assert not [line for line in changes.criteria if line.old and line.old[0].unit == "M.1.001.01" and line.from_unit
                and line.new[0].unit == "M.1.001.02"]  # fmt: skip
