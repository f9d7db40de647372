"""Reads one cell as what its column holds. What cannot be is left blank and told, never what stands there."""

import datetime
import re
from collections.abc import Mapping
from typing import Final

from kitgen.base.dates import Doubt, ReadDate, read_date
from kitgen.base.messages import said
from kitgen.load.sheets.grid import SheetCell
from kitgen.load.sheets.headings import GENDERS

_TYPE_AS_TEXT: Final = said("format the column as text, then type the cell anew")
_PASSPORT: Final = re.compile(r"[A-Z]{1,3}[0-9]{5,9}[A-Z]?")
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_EMAIL: Final = re.compile(r"[^\s@<>,;:\"'()]+@[^\s@<>,;:\"'()]+\.[^\s@<>,;:\"'().]{2,}")
_PHONE: Final = re.compile(r"\+?[\d ()./-]{5,40}(?:\s?(?:ext\.?|pes\.?)\s?\d{1,6})?", re.IGNORECASE | re.ASCII)
_MOBILE: Final = re.compile(r"8[\d .-]{8,14}", re.ASCII)
"""A mobile number without the zero it begins with: Excel takes it away from what looks like a number."""
_TIME: Final = re.compile(
    r"(?:pukul\s+)?(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?(?:\s*(?:WIB|WITA|WIT))?", re.IGNORECASE | re.ASCII
)
_GENDER_WORDS: Final = {
    **dict.fromkeys(("l", "lk", "laki", "lakilaki", "pria", "m", "male"), GENDERS[0]),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "w", "f", "female"), GENDERS[1]),
}
_DOUBTS: Final[dict[Doubt, str]] = {
    "short year": said("has a year of two digits"),
    "no such day": said("is a day that does not exist"),
    "unknown": said("cannot be read as a date"),
    "other weekday": said("names another day of the week than its date has"),
}
_WRITE_DATE: Final = said("write it with the month in words, such as 12 Maret 2001")
_FIRST_SERIAL: Final = 3_654  # 1 January 1910: smaller numbers are years, ages or days of a month
_LAST_SERIAL: Final = 73_050  # the last day of 2099
_EXCELS_FIRST_DAY: Final = datetime.date(1899, 12, 30)
_FIRST_YEAR: Final = 1910
"""Earlier days are no days of events: a number, or more than 24 hours, in the format of a time."""


def read_number(cell: SheetCell, name: str, least: int = 1, most: int = 99_999) -> int | None:
    """A whole number from `least` to `most`; None if the cell is empty or (and the fault noted) holds another thing."""
    text = cell.text(name)
    if text is None:
        return None
    text = text.rstrip(".")
    if text.isdecimal() and text.isascii() and len(text) < 10 and least <= int(text) <= most:
        return int(text)
    cell.error(
        said(
            "{name} is not a whole number from {least} to {most}; the cell is left blank",
            name=name,
            least=least,
            most=most,
        ),
        said("write digits only"),
    )
    return None


def read_identity(cell: SheetCell, name: str) -> str | None:
    """A NIK of 16 digits kept as text, or a passport number. One kept as a number has lost its last digit."""
    text = cell.text(name)
    if text is None:
        return None
    plain = re.sub(r"[\s.'`’-]", "", text)
    if cell.is_number or _SCIENTIFIC.fullmatch(text):
        cell.error(
            said("{name} is stored as a number, which keeps 15 digits: it is damaged, and left blank", name=name),
            _TYPE_AS_TEXT,
        )
    elif plain.isdecimal() and plain.isascii():
        if len(plain) != 16:
            cell.error(
                said("{name} has {plain} digits, not 16; the cell is left blank", name=name, plain=len(plain)),
                said("type it from the KTP"),
            )
        elif plain.endswith("0000"):
            cell.error(
                said("{name} ends in 0000, as only one that was a number once does; it is left blank", name=name),
                _TYPE_AS_TEXT,
            )
        else:
            return plain
    elif _PASSPORT.fullmatch(plain.upper()):
        return plain.upper()
    else:
        cell.error(
            said("{name} is neither 16 digits nor the number of a passport; the cell is left blank", name=name),
            said("type it from the KTP or the passport"),
        )
    return None


def read_day(cell: SheetCell, name: str, is_day_first: bool = False) -> datetime.date | None:
    """A date, kept as one or as a text; one that can mean two days is told, unless its heading puts the day first."""
    if not cell.sound(name):
        return None
    if isinstance(cell.value, datetime.datetime):
        return cell.value.date()
    if isinstance(cell.value, datetime.date):
        return cell.value
    if cell.is_number:
        return _from_serial(cell, name)
    text = cell.text(name)
    return None if text is None else tell_date(cell, name, read_date(text), is_day_first)


def _from_serial(cell: SheetCell, name: str) -> datetime.date | None:
    """A date that lost its format: Excel counts days."""
    assert isinstance(cell.value, int | float)
    later = (cell.grid.first_day - _EXCELS_FIRST_DAY).days
    if _FIRST_SERIAL <= cell.value + later <= _LAST_SERIAL:
        cell.warning(
            said("{name} is a number; it is read as the date Excel counts so", name=name),
            said("format the cell as a date"),
        )
        return cell.grid.first_day + datetime.timedelta(int(cell.value))
    cell.error(said("{name} is a number and no date; the cell is left blank", name=name), _WRITE_DATE)
    return None


def tell_date(cell: SheetCell, name: str, read: ReadDate, is_day_first: bool) -> datetime.date | None:
    """What a text was read as; doubts are noted."""
    if read.day is None:
        cell.error(said("{name} {doubts}; the cell is left blank", name=name, doubts=_DOUBTS[read.doubt]), _WRITE_DATE)
    elif read.doubt == "month first":
        cell.warning(said("{name} has the month before the day; it is read so", name=name), _WRITE_DATE)
    elif read.doubt == "other weekday":
        cell.warning(
            said("{name} {doubts}; it is read by its date", name=name, doubts=_DOUBTS["other weekday"]),
            said("check the date, or leave the day of the week out"),
        )
    elif read.doubt == "order" and not is_day_first:
        cell.warning(said("{name} can mean two days; it is read with the day first", name=name), _WRITE_DATE)
    return read.day


def read_place_and_day(cell: SheetCell, name: str, is_day_first: bool) -> tuple[str | None, datetime.date | None]:
    """Place and date of birth in one cell: `Bandung, 12 Maret 2001`."""
    if not isinstance(cell.value, str) or cell.content != "value":
        return None, read_day(cell, name, is_day_first)
    text = cell.text(name) or ""
    for split in re.finditer(r"^|[\s,;/]+", text):
        read = read_date(text[split.end() :])
        if read.doubt != "unknown":
            return text[: split.start()].strip(" ,;/") or None, tell_date(cell, name, read, is_day_first)
    cell.error(
        said("{name} holds no date that can be read; the date is left blank", name=name),
        said("write it as Bandung, 12 Maret 2001"),
    )
    return text.partition(",")[0].strip() if not re.search(r"\d", text.partition(",")[0]) else None, None


def read_times(cell: SheetCell, name: str) -> tuple[datetime.time | None, datetime.time | None]:
    """A time, or the first and the last of a span such as `08.00-16.00`."""
    if not cell.sound(name):
        return None, None
    if isinstance(cell.value, datetime.datetime) and cell.value.year < _FIRST_YEAR:
        cell.error(
            said("{name} is a number, or more than 24 hours, and no time; the cell is left blank", name=name),
            said("write it as 08.00"),
        )
        return None, None
    if isinstance(cell.value, datetime.datetime | datetime.time):
        return (cell.value.time() if isinstance(cell.value, datetime.datetime) else cell.value), None
    if isinstance(cell.value, float) and 0 <= cell.value < 1:
        minutes = round(cell.value * 1440)
        return datetime.time(minutes // 60 % 24, minutes % 60), None
    parts = re.split(r"\s*(?:-|–|—|s\.?d\.?|sampai)\s*", cell.text(name) or "", maxsplit=1)
    if isinstance(cell.value, int | float):  # 8.3 for 08.30 is a guess nobody should make
        parts = [""]
    found = [_time(part) for part in parts]
    if None in found:
        cell.error(said("{name} is no time; the cell is left blank", name=name), said("write it as 08.00"))
        return None, None
    return found[0], found[1] if len(found) > 1 else None


def _time(text: str) -> datetime.time | None:
    found = _TIME.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return datetime.time(int(found[1]), int(found[2]))


def read_gender(cell: SheetCell, name: str) -> str | None:
    """`Laki-laki` or `Wanita`, as the forms say."""
    text = cell.text(name)
    if text is None:
        return None
    found = _GENDER_WORDS.get(re.sub(r"[^a-z]", "", text.casefold()))
    if found is None:
        cell.error(
            said("{name} is neither L nor P; the cell is left blank", name=name),
            said("write {one} or {other}", one=GENDERS[0], other=GENDERS[1]),
        )
    return found


def read_phone(cell: SheetCell, name: str) -> str | None:
    """A telephone number as it is written; one kept as a number lost its leading zero."""
    text = _unless_dashes(cell.text(name))
    if text is None:
        return None
    if cell.is_number:
        if re.fullmatch(r"628\d{8,11}", text):
            return f"+{text}"
        is_mobile = re.fullmatch(r"8\d{8,11}", text)
        if not is_mobile:
            cell.error(
                said("{name} is stored as a number, so its first digits are not known; it is left blank", name=name),
                _TYPE_AS_TEXT,
            )
            return None
        cell.warning(
            said("{name} is stored as a number; the leading zero it lost is put back", name=name), _TYPE_AS_TEXT
        )
        return f"0{text}"
    if _MOBILE.fullmatch(text):
        cell.warning(said("{name} begins with 8; the leading zero it lost is put back", name=name), _TYPE_AS_TEXT)
        return f"0{text}"
    if all(_PHONE.fullmatch(part) for part in re.split(r"\s*[,;]\s*|\s+/\s+", text)):
        return text
    cell.error(
        said("{name} is no telephone number; the cell is left blank", name=name),
        said("write digits, such as 0812 3456 7890"),
    )
    return None


def _unless_dashes(text: str | None) -> str | None:
    """None for what people type where there is nothing to type: `-`, `--`."""
    return None if text is None or not text.strip("-–—") else text


def read_email(cell: SheetCell, name: str) -> str | None:
    """One e-mail address."""
    text = _unless_dashes(cell.text(name))
    if text is None or _EMAIL.fullmatch(text):
        return text
    cell.error(
        said("{name} is no e-mail address; the cell is left blank", name=name),
        said("write one address, such as nama@contoh.id"),
    )
    return None


def read_postal_code(cell: SheetCell, name: str) -> str | None:
    """Five digits; other countries' codes are told."""
    text = _unless_dashes(cell.text(name))
    if text is not None and not re.fullmatch(r"[0-9]{5}", text):
        if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z -]{1,9}", text):
            cell.error(said("{name} is no postal code; the cell is left blank", name=name), said("write 5 digits"))
            return None
        cell.warning(
            said("{name} does not have 5 digits", name=name), said("write 5 digits, unless it is of another country")
        )
    return text


def read_choice(cell: SheetCell, name: str, words: Mapping[str, str]) -> str | None:
    """One of a few words, however its letters are written: `words` gives what each spelling stands for."""
    text = cell.text(name)
    if text is None:
        return None
    found = words.get(text.casefold())
    if found is None:
        known = ", ".join(dict.fromkeys(words.values()))
        cell.error(
            said("{name} says a word that is not known; the cell is left blank", name=name),
            said("write one of: {known}", known=known),
        )
    return found
