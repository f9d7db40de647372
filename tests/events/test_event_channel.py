"""One channel for all who are assessed in an event, but for whom FR.AK.07 agrees another."""

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from event_books import EventBook, Said, at

from kitgen.kits.event_kit import event_kit
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition


@pytest.fixture
def book(root: Path, tmp_path: Path) -> EventBook:
    return EventBook(root, tmp_path / "proyek")


def choose(book: EventBook, channel: str) -> EventBook:
    """Write `ya` at this channel and `tidak` at the others; without a channel the whole list goes, as in old books."""
    workbook = openpyxl.load_workbook(book.path)
    sheet = workbook["Pilihan"]
    column = [cell.value for cell in sheet[2]].index("Saluran") + 1
    if not channel:
        sheet.delete_cols(column, 2)
    row = 3
    while channel and sheet.cell(row, column).value:
        sheet.cell(row, column + 1).value = "ya" if sheet.cell(row, column).value == channel else "tidak"
        row += 1
    workbook.save(book.path)
    return book


def complaints(book: EventBook, said: Said) -> dict[int, str]:
    """By number the channel a candidate is heard in, of those who play a complaint."""
    edition: Edition = load_data(book.project).editions[0]
    assert said.schedule is not None
    parts = event_kit(edition, said.schedule).event
    assert parts is not None
    return {number: scenario.channel for number, each in parts.assigned.items() for scenario in each.scenarios
            if scenario.unit_codes == ("M.702090.008.01",)}  # fmt: skip


@pytest.mark.parametrize("channel", ["tatap muka", "telepon", "chat"])
def test_all_play_in_the_channel_of_the_event(book: EventBook, channel: str) -> None:
    """Both scenarios of it come in turn; services and marketing, which have one channel, are played as they are."""
    said = choose(book, channel).check()
    heard = complaints(book, said)
    assert set(heard.values()) == {channel} and len(heard) == 12 and said.short == []


def test_a_new_workbook_offers_what_the_edition_offers_and_uses_the_first(book: EventBook) -> None:
    """The channel nobody plays in is not on the list."""
    workbook = openpyxl.load_workbook(book.path)
    rows = list(workbook["Pilihan"].iter_rows(min_row=2, values_only=True))
    column = rows[0].index("Saluran")
    listed = [row[column : column + 2] for row in rows if row[column]]
    assert listed == [("Saluran", "Dipakai"), ("tatap muka", "ya"), ("telepon", "tidak"), ("chat", "tidak")]
    said = book.check()
    assert said.schedule is not None and said.schedule.channel == "tatap muka"


@pytest.mark.parametrize(
    ("channel", "agreed", "own"),
    [("telepon", "chat", "chat"), ("telepon", "tatap muka", "tatap muka"), ("chat", "tatap muka", "tatap muka"),
     ("tatap muka", "chat", "tatap muka")],
)  # fmt: skip
def test_an_adjustment_of_one_changes_the_channel_of_one(book: EventBook, channel: str, agreed: str, own: str) -> None:
    """Chat takes the place of what is spoken afar only; FR.AK.07 names what was agreed."""
    said = choose(book, channel).set({at("adjustments", 3): agreed}).check()
    heard = complaints(book, said)
    assert heard.pop(3) == own and set(heard.values()) == {channel} and said.short == []
    assert said.schedule is not None
    (words,) = said.schedule.candidates[2].adjustments.words()
    assert agreed.split()[0] in words


def test_another_channel_without_an_adjustment_is_told(book: EventBook) -> None:
    """What the row names is played, and said to be unequal; with the adjustment it is not."""
    said = choose(book, "telepon").set({at("scenarios", 2): "KEL-01"}).check()
    assert complaints(book, said)[2] == "tatap muka"
    (told,) = said.diagnostics
    assert told.message == "candidates 2 play in channel tatap muka, the event's is telepon"
    assert "FR.AK.07" in str(told.help)
    assert book.set({at("adjustments", 2): "tatap muka"}).check().short == []


def test_an_old_workbook_without_the_setting_is_told_of_several_channels(book: EventBook) -> None:
    """Assignments stay as they were; whoever takes the scenarios of two channels out of use is told no more."""
    assert choose(book, "").check().short == []
    said = book.set({at("scenarios", 2): "KEL-03", at("scenarios", 5): "KEL-04"}).check()
    (told,) = said.diagnostics
    assert told.message.startswith("unit M.702090.008.01 is played in several channels (tatap muka: 1, 3, 4, 6")
    assert "telepon: 2; chat: 5" in told.message and told.severity == "warning"
    assert book.set({at("adjustments", 5): "chat", at("adjustments", 2): "chat"}).check().short == []


def test_two_channels_in_use_are_an_error(book: EventBook) -> None:
    """The first is taken, at the cell of the heading."""
    workbook = openpyxl.load_workbook(book.path)
    sheet = workbook["Pilihan"]
    column = [cell.value for cell in sheet[2]].index("Saluran") + 1
    sheet.cell(4, column + 1).value = "ya"
    workbook.save(book.path)
    (told,) = book.check().diagnostics
    assert told.severity == "error" and "more than one channel is in use; tatap muka is taken" in told.message


def test_the_scenarios_of_a_channel_take_turns(book: EventBook) -> None:
    """Nobody hears from the one before what they will be told: with two rooms both scenarios are played."""
    edition = load_data(book.project).editions[0]
    said = choose(book, "chat").check()
    assert said.schedule is not None
    parts = event_kit(edition, said.schedule).event
    assert parts is not None
    counts = Counter(each.id for one in parts.assigned.values() for each in one.scenarios)
    assert counts["KEL-04"] == counts["KEL-06"] == 6
