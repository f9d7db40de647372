"""Rules for items: each finds what it is for, and leaves a sound item alone."""

import dataclasses
from pathlib import Path

import pytest

from kitgen.base.holes import BLANK
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.bank import AnswerOption, Question
from kitgen.model.scheme import Unit
from kitgen.schemes.check.items import review_items

UNIT = Unit(1, "M.001", "Satu", BLANK, BLANK, ())  # type: ignore[arg-type]
TEXTS = ("Mencatat keluhan pada formulir layanan.", "Menyampaikan dugaan kepada atasan dahulu.",
         "Meminta pelanggan datang kembali esok.", "Meneruskan telepon kepada bagian lain.")  # fmt: skip


def item(id: str = "PG-1", stem: str = "Apa yang dilakukan petugas?", key: str = "a", **changed: object) -> Question:
    options = tuple(AnswerOption(letter, text, "alasan") for letter, text in zip("abcd", TEXTS, strict=True))
    question = Question(id, "multiple_choice", UNIT.code, ("1.1",), stem, options, key, BLANK, ())
    return dataclasses.replace(question, **changed)  # type: ignore[arg-type]


def with_option(letter: str, text: str, **changed: object) -> Question:
    question = item(**changed)  # type: ignore[arg-type]
    options = tuple(
        dataclasses.replace(option, text=text) if option.letter == letter else option for option in question.options
    )
    return dataclasses.replace(question, options=options)


def messages(*questions: Question) -> list[str]:
    return [fault.message for fault in review_items(questions, [UNIT])]


def test_a_sound_item_is_left_alone() -> None:
    """Nothing to say of a plain item, nor of an essay with marking points."""
    essay = item("ES-1", kind="essay", options=(), key=BLANK, model_answer="x", marking_points=("Menyebut",),
                 stem="Uraikan cara Anda menerima tamu.")  # fmt: skip
    assert messages(item(), essay) == []


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (item(stem="kata " * 61 + "?"), "stem has 62 words"),
        (item(stem="Pelanggan marah. Manakah yang tidak termasuk tugas petugas?"), "negative stem: `tidak termasuk`"),
        (with_option("b", "Tidak ada jawaban yang benar."), "option b is about other options"),
        (with_option("b", "a dan c benar."), "option b is about other options"),
        (with_option("c", "kata " * 26), "option c has 26 words"),
        (with_option("d", "Selalu meneruskan telepon kepada bagian lain."), "absolute word in option d"),
        (item(stem=f"Petugas benar bila {TEXTS[0].lower()} Apa yang dilakukannya?"), "stem holds the words of its key"),
        (with_option("b", TEXTS[0]), "options a and b say almost the same"),
        (item(kind="essay", options=(), key=BLANK, model_answer="x"), "question has no marking points"),
    ],
)
def test_what_gives_a_key_away_or_misleads_is_found(question: Question, message: str) -> None:
    """Each rule, one item that breaks it and nothing else."""
    (found,) = messages(question)
    assert found.startswith(message)


def test_capitals_mark_a_negative_stem() -> None:
    """A marked negation is allowed, and words in the situation before the question are no negation of it."""
    assert messages(item(stem="Manakah yang TIDAK TERMASUK tugas petugas?")) == []
    assert messages(item(stem="Berkas tidak termasuk lampiran. Apa yang dilakukan petugas?")) == []


def test_numbers_make_options_different() -> None:
    """`3 hari` and `5 hari` differ in all that counts."""
    question = with_option("b", "Keluhan selesai dalam 3 hari kerja.")
    options = tuple(
        dataclasses.replace(option, text="Keluhan selesai dalam 5 hari kerja.") if option.letter == "c" else option
        for option in question.options
    )
    assert messages(dataclasses.replace(question, options=options)) == []


def test_near_duplicates_are_told_once() -> None:
    """Two stems of nearly the same words, in one kind."""
    stem = "Seorang tamu hotel mengeluh bahwa kamarnya belum siap sejak siang. Apa yang dilakukan petugas?"
    (found,) = messages(item("PG-1", stem), item("PG-2", stem.replace("siang", "pagi")))
    assert found == "question reads almost like PG-1"


def test_a_key_in_another_stem_is_found_unless_they_are_kept_apart() -> None:
    """`apart_from` on either side settles it."""
    telling = item("PG-2", "Petugas mencatat keluhan pada formulir layanan. Apa yang menyusul setelahnya?", "b")
    (found,) = messages(item(), telling)
    assert found == "its key stands in the stem of PG-2"
    assert messages(item(apart_from=("PG-2",)), telling) == []
    assert messages(item(), dataclasses.replace(telling, apart_from=("PG-1",))) == []


def test_uneven_keys_and_telling_lengths_are_found() -> None:
    """Twelve items whose key is always `a`, and the longest option."""
    words = [
        "satu",
        "dua",
        "tiga",
        "empat",
        "lima",
        "enam",
        "tujuh",
        "delapan",
        "sembilan",
        "sepuluh",
        "sebelas",
        "nol",
    ]
    many = [
        with_option(
            "a", f"{TEXTS[0]} Lalu melapor kepada atasan nomor {word}.", id=f"PG-{n}", stem=f"{word} {n} {word}a?"
        )
        for n, word in enumerate(words)
    ]
    found = messages(*many)
    assert "12 of 12 keys of unit M.001 are a" in found
    assert "the key is the longest option in 12 of 12 questions of unit M.001" in found


def test_the_shipped_bank_is_clean(root: Path) -> None:
    """No rule objects to any shipped question."""
    (edition,) = load_data(find_project(root)).editions
    assert [f"{fault.question}: {fault.message}" for fault in review_items(edition.bank, edition.scheme.units)] == []
