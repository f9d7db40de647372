"""Guessers that never read a stem: what they find is planted, and the shipped bank gives them no more than chance."""

import dataclasses
import random

import pytest
from harness import ROOT

from kitgen.base.holes import BLANK
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.bank import AnswerOption, Question
from kitgen.schemes.check.figures import worked_out_of_stem
from kitgen.schemes.check.guessers import GuessRate, guess_rates, guessed_from_options

VERBS = ("Mencatat", "Menelepon", "Menawarkan", "Memeriksa", "Menyerahkan", "Menjelaskan", "Mengantar", "Menyusun")
THINGS = ("keluhan", "pesanan", "formulir", "tagihan", "jadwal", "barang", "kamar", "laporan")


def bank_of(count: int, texts: object = None) -> list[Question]:
    """Items whose options are drawn from the same words, keys at random."""
    chance = random.Random(5)
    questions = []
    for number in range(count):
        key = chance.choice("abcd")
        options = tuple(
            AnswerOption(
                letter, f"{chance.choice(VERBS)} {chance.choice(THINGS)} itu di {chance.choice(THINGS)}.", "alasan"
            )
            for letter in "abcd"
        )
        questions.append(
            Question(f"PG-{number}", "multiple_choice", "M.001", ("1.1",), "Apa?", options, key, BLANK, ())
        )
    return questions


def with_keys(questions: list[Question], change: object) -> list[Question]:
    """The same items, each key's text changed."""
    return [
        dataclasses.replace(each, options=tuple(
            dataclasses.replace(option, text=change(option.text)) if option.letter == each.key else option  # type: ignore[operator]
            for option in each.options))
        for each in questions
    ]  # fmt: skip


def rate(questions: list[Question], cue: str) -> GuessRate:
    return next(each for each in guess_rates(questions) if each.cue == cue)


def test_random_keys_are_found_no_more_often_than_by_chance() -> None:
    """Neither guesser and no cue objects to a bank whose keys are random."""
    assert [each.cue for each in guess_rates(bank_of(160)) if each.is_above_chance] == []


@pytest.mark.parametrize(
    ("cue", "change"),
    [
        ("words of the options", lambda text: text.replace(" itu", " bersama")),
        ("shape of the options", lambda text: text.replace(".", ", dan meminta tanda terima.")),
        ("longest option", lambda text: text.replace(".", " sampai benar-benar selesai seluruhnya.")),
        ("only option with purpose", lambda text: text.replace(".", " agar lekas selesai.")),
        ("only option with question", lambda text: f"{text[:-1]} sambil menanyakan keadaannya."),
    ],
)
def test_a_planted_cue_is_found(cue: str, change: object) -> None:
    """What marks every key is told, by the guesser or cue that goes by it."""
    questions = with_keys(bank_of(80), change)
    assert rate(questions, cue).is_above_chance
    assert len(guessed_from_options(questions)) > 20


def test_what_marks_only_wrong_answers_is_told_too() -> None:
    """Never the longest: a candidate who knows it guesses among three."""
    questions = with_keys(bank_of(80), lambda text: text.split()[0] + " itu.")
    assert rate(questions, "longest option").is_below_chance


@pytest.fixture(scope="module")
def shipped() -> list[Question]:
    """The bank of the shipped scheme."""
    return list(load_data(find_project(ROOT)).editions[0].bank)


def test_the_shipped_bank_gives_guessers_nothing(shipped: list[Question]) -> None:
    """Words at most 32 %; shape and lengths within the range of random keys; no single cue either way."""
    assert rate(shipped, "words of the options").share <= 0.32
    shape = rate(shipped, "shape of the options")
    assert shape.hits <= shape.high
    for cue in ("shortest option", "longest option"):
        found = rate(shipped, cue)
        assert found.low <= found.hits <= found.high
    assert [each.cue for each in guess_rates(shipped) if each.is_above_chance or each.is_below_chance] == []


def item(stem: str, *options: str) -> Question:
    return Question("PG-1", "multiple_choice", "M.001", ("1.1",), stem,
                    tuple(AnswerOption(letter, text, "alasan") for letter, text in zip("abcd", options, strict=True)),
                    "a", BLANK, ())  # fmt: skip


def test_items_worked_out_of_their_own_figures_are_listed() -> None:
    """A sum is told from a question that names a figure in passing."""
    sum_item = item("Laporan masuk Kamis; SOP memberi tiga hari kerja. Kapan tenggatnya?",
                    "Hari Selasa.", "Hari Senin.", "Hari Minggu.", "Hari Rabu.")  # fmt: skip
    other = item("Pukul 08.00 seorang tamu mengeluh. Apa yang dilakukan?",
                 "Mendengarkan.", "Mencatat.", "Meminta maaf.", "Menunggu 5 menit.")  # fmt: skip
    assert worked_out_of_stem(sum_item)
    assert not worked_out_of_stem(other)
