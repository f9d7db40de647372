"""Causes and places as people read them: names of the data in English, meanings of the model in Indonesian."""

import copy

import pytest

from kitgen.base.language import in_indonesian
from kitgen.base.messages import Message, message_of, plain_message
from kitgen.documents.disk.branches import Branch
from kitgen.documents.status.data_words import place_in_words
from kitgen.documents.status.reasons import causes_in_words

UNIT = "M.702090.008.01"


def cause(*steps: str, what: str = "changed") -> Message:
    (told,) = causes_in_words([Branch(steps, what)], {"units.*"}, "t", "FR.IA.01")  # type: ignore[arg-type]
    return told


@pytest.mark.parametrize(
    ("steps", "english", "indonesian"),
    [
        (("units", f"#{UNIT}", "elements", "#1", "criteria", "#1.3", "text"), f"unit {UNIT}, criterion (KUK) 1.3, text",
         f"bunyi KUK 1.3 ({UNIT})"),
        (("coverage", f"#{UNIT} 1.3", "text"), f"unit {UNIT}, criterion (KUK) 1.3, text", f"bunyi KUK 1.3 ({UNIT})"),
        (("units", f"#{UNIT}", "elements", "#3", "title"), f"unit {UNIT}, element 3, title",
         f"unit {UNIT}, elemen 3, judul elemen"),
        (("candidate", "address"), "candidate, address", "asesi, alamat rumah"),
        (("scenario", "props", "#2", "title"), "scenario, props 2, title", "skenario, alat peraga 2, judul lembar"),
        (("body", "licence"), "identity.yaml: licence", "identity.yaml: nomor lisensi BNSP"),
        (("$entry", "title"), "forms.yaml, FR.IA.01: title", "forms.yaml, FR.IA.01: title"),
        (("scheme", "not_there"), "scheme, not_there", "skema, not_there"),
    ],
)  # fmt: skip
def test_a_cause_is_told_by_its_meaning(steps: tuple[str, ...], english: str, indonesian: str) -> None:
    told = cause(*steps)
    assert told == english and in_indonesian(told).startswith(indonesian)


def test_what_came_and_went_is_told_in_the_same_language() -> None:
    told = cause("units", f"#{UNIT}", "elements", "#1", "criteria", "#1.3", what="new")
    assert told == f"unit {UNIT}, criterion (KUK) 1.3 (new)" and in_indonesian(told) == f"unit {UNIT}, KUK 1.3 (baru)"


def test_a_meaning_stays_one_when_it_is_copied_or_kept() -> None:
    """Workers of other processes and the notes of a build hand messages on."""
    told = cause("candidate", "address")
    for again in (copy.deepcopy(told), message_of(plain_message(told)), told.changed(str.lower)):
        assert again == "candidate, address" and in_indonesian(again) == "asesi, alamat rumah"


@pytest.mark.parametrize(
    ("spot", "indonesian"),
    [
        ("table 2, row 3, cell 1", "tabel 2, baris 3, sel 1"),
        ("paragraph 7", "paragraf 7"),
        ("header1 table 1, row 1, cell 2", "kepala halaman 1, tabel 1, baris 1, sel 2"),
        ("footer2 paragraph 1", "kaki halaman 2, paragraf 1"),
        ("sheet Rekap, cell B12", "lembar Rekap, sel B12"),
        ("Unit M.1, KUK 1.3", "Unit M.1, KUK 1.3"),
        ("(...)", "(...)"),
    ],
)
def test_a_place_is_told_in_words(spot: str, indonesian: str) -> None:
    assert place_in_words(spot) == spot and in_indonesian(place_in_words(spot)) == indonesian
