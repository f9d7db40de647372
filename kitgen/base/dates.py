"""Indonesian dates: written out as pages print them, and read in the spellings people type."""

import datetime
import re
from dataclasses import dataclass
from typing import Final, Literal

Doubt = Literal["", "order", "month first", "short year", "no such day", "unknown", "other weekday"]
"""What is doubtful of a date that was read; after `order`, `month first` and `other weekday` there is a day anyhow.

`order`: day and month could change places. `month first`: they must have. `other weekday`: the name written before the
date is that of another day.
"""

MONTHS: Final = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
                 "November", "Desember")  # fmt: skip
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_SPELLINGS: Final = {
    "january": 1, "pebruari": 2, "february": 2, "peb": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8,
    "agu": 8, "ags": 8, "agt": 8, "agst": 8, "aug": 8, "sept": 9, "october": 10, "oct": 10, "nopember": 11, "nop": 11,
    "december": 12, "dec": 12,
    **{month.lower(): number for number, month in enumerate(MONTHS, 1)},
    **{month[:3].lower(): number for number, month in enumerate(MONTHS, 1)},
}  # fmt: skip
_DAY_NAME: Final = re.compile(r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*[,/ ]\s*", re.IGNORECASE)
_MIDNIGHT: Final = re.compile(r"[T ]00[:.]00([:.]00(\.0+)?)?$")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_NUMBERS: Final = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_WORDS: Final = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([A-Za-z]{3,9})\.?\s*[-/. ,]?\s*(\d{4}|'?\d{2})")
_MONTH_WORD_FIRST: Final = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})\s*,?\s+(\d{4})")


def indonesian_date(day: datetime.date) -> str:
    """A date as pages print it: `12 Maret 2001`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_and_date(day: datetime.date) -> str:
    """A date with the name of its day: `Senin, 2 Maret 2026`."""
    return f"{DAYS[day.weekday()]}, {indonesian_date(day)}"


def span_of_days(first: datetime.date, last: datetime.date) -> str:
    """One day, or the first and the last of several, with the names of the days."""
    return day_and_date(first) if first == last else f"{day_and_date(first)} s.d. {day_and_date(last)}"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """Tanggal yang dibaca: the day a text means, if it means one, and what is doubtful of it."""

    day: datetime.date | None
    doubt: Doubt = ""


def read_date(text: str) -> ReadDate:
    """The date a text means: with the month in words, or in numbers, the day first as Indonesia writes it.

    The year may come first (`2026-03-02`); a midnight behind it is passed over, the name of a day before it is held
    against it. What is no date has no `day`, and `doubt` says why; a date with a `doubt` may be another one.
    """
    written = " ".join(text.split())
    named = _DAY_NAME.match(written)
    read = _read_plain(_MIDNIGHT.sub("", written[named.end() :] if named else written))
    if named and read.day is not None and not read.doubt and DAYS[read.day.weekday()] != _weekday(named[1]):
        return ReadDate(read.day, "other weekday")
    return read


def _weekday(name: str) -> str:
    """The name of a day of the week as pages print it."""
    plain = name.replace("'", "").capitalize()
    return "Minggu" if plain == "Ahad" else plain


def _read_plain(plain: str) -> ReadDate:
    if found := _YEAR_FIRST.fullmatch(plain):
        return _dated(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(plain):
        return _from_numbers(int(found[1]), int(found[2]), found[3])
    if found := _WORDS.fullmatch(plain):
        month = _SPELLINGS.get(found[2].lower())
        return _in_month(month, found[1], found[3])
    if found := _MONTH_WORD_FIRST.fullmatch(plain):
        return _in_month(_SPELLINGS.get(found[1].lower()), found[2], found[3])
    return ReadDate(None, "unknown")


def _from_numbers(first: int, second: int, year: str) -> ReadDate:
    if len(year) != 4:
        return ReadDate(None, "short year")
    if second > 12 >= first:
        return _dated(int(year), first, second, "month first")
    return _dated(int(year), second, first, "order" if first <= 12 and first != second else "")


def _in_month(month: int | None, day: str, year: str) -> ReadDate:
    if month is None:
        return ReadDate(None, "unknown")
    return _dated(int(year), month, int(day)) if len(year) == 4 else ReadDate(None, "short year")


def _dated(year: int, month: int, day: int, doubt: Doubt = "") -> ReadDate:
    try:
        return ReadDate(datetime.date(year, month, day), doubt)
    except ValueError:
        return ReadDate(None, "no such day")
