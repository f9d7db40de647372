"""Values as cells: numbers, dates, texts and pictures, each as Excel keeps it."""

import datetime
import decimal
import hashlib
import html
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from kitgen.base.holes import Hole, Missing
from kitgen.base.messages import said
from kitgen.render.excel.book_state import CellPicture, book_of
from kitgen.render.excel.formulas import column_number
from kitgen.render.excel.number_formats import DATE_KINDS, Styles
from kitgen.render.excel.row_heights import note_height
from kitgen.render.package.copies import copy_name
from kitgen.render.package.picture_files import PICTURE_KEYS, PictureRefused, measured, picture_size, read_picture
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.filters import check_length
from kitgen.render.tags.state import RenderState

MAX_CELL: Final = 32_767
"""UTF-16 units of a text in a cell."""
MAX_DIGITS: Final = 15
_SHORT: Final = MAX_CELL // 2
"""Code points of a text that fits, whatever they are."""
_LIGHT: Final = 1_000
"""Characters of a cell that is not charged for."""
_SMALL: Final = 10**MAX_DIGITS
_LONG: Final = re.compile(rf">([^<]{{{MAX_CELL // 2 + 1},}})</t>")
_EPOCHS: Final = {False: datetime.datetime(1899, 12, 30), True: datetime.datetime(1904, 1, 1)}
_FIRST_DAYS: Final = {False: datetime.datetime(1900, 3, 1), True: datetime.datetime(1904, 1, 1)}
"""Before these, programs do not agree which day a number stands for, or there is none."""


def utf16_length(text: str) -> int:
    """Length as Excel counts it: a sign beyond the basic plane, such as an emoji, is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cell_filter(environment: Environment, styles: Styles, is_1904: bool) -> Callable[..., str]:
    """What makes a cell of a value, in the type of the value; its XML stands in a part as it is."""
    state = environment.state
    printed = environment.finalize or environment.printed  # without a call between where it is known already

    def of_copy() -> str:
        book = book_of(state)
        return str(book.copy) if state.sheet_part in book.copies else ""

    def cell(
        value: Any, column: str, row: int, style: str, width: float = 0.0, size: float = 0.0, font: str = ""
    ) -> str:
        kind = value.__class__  # most cells hold a short text or a whole number
        if kind is int and -_SMALL < value < _SMALL:
            return f'<c r="{column}{row}"{style}><v>{value}</v></c>'
        if kind is str and value and not font and len(value) <= _SHORT:
            if width:
                note_height(state, of_copy(), row, value, width, size)
            text = printed(value)
            if not text:
                return f'<c r="{column}{row}"{style}/>'
            made = f'<c r="{column}{row}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        else:
            made = other_cell(value, column, row, style, width, size, font)
        if len(made) > _LIGHT:
            state.charge(len(made))
        return made

    def other_cell(value: Any, column: str, row: int, style: str, width: float, size: float, font: str) -> str:
        if width and isinstance(value, str):
            note_height(state, of_copy(), row, value, width, size)
        if isinstance(value, Mapping) and "picture" in value:
            _put_picture(environment, value, column, row)
            return f'<c r="{column}{row}"{style}/>'
        if isinstance(value, datetime.date | datetime.time):
            return _date(value, f"{column}{row}", style)
        xml = _cell_xml(environment, value, f"{column}{row}", style)
        if font:
            xml = xml.replace("<is>", f"<is><r>{font}").replace("</is>", "</r></is>")
        return xml

    def _date(value: datetime.date | datetime.time, reference: str, style: str) -> str:
        moment = _moment(value, _EPOCHS[is_1904])
        if moment < _FIRST_DAYS[is_1904] and not isinstance(value, datetime.time):
            return _text_cell(f'<c r="{reference}"{style}', printed(str(value)))
        number = int(style[4:-1]) if style else 0
        if not styles.shows_dates(number):
            key = (number, next(name for name, types in DATE_KINDS.items() if type(value) in types))
            known = book_of(state).date_styles
            style = f' s="{known.setdefault(key, styles.count + len(known))}"'
        return f'<c r="{reference}"{style}><v>{_serial(moment, _EPOCHS[is_1904])}</v></c>'

    return cell


def _cell_xml(environment: Environment, value: Any, reference: str, style: str) -> str:
    """A cell with the type of its value. Text is never a formula, whatever it starts with."""
    head = f'<c r="{reference}"{style}'
    if isinstance(value, bool):
        return f'{head} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | decimal.Decimal) and math.isfinite(value):
        if not _loses_digits(value):
            return f"{head}><v>{value}</v></c>"
        value = str(value)  # a number of more digits than Excel keeps, such as a NIK, stands as text
    if value is None or (isinstance(value, Hole) and not isinstance(value, Missing)):
        return f"{head}/>"
    text = environment.printed(value)
    check_length(len(text))
    plain = str(value)
    if len(plain) > _SHORT and utf16_length(plain) > MAX_CELL:
        environment.state.fault(
            "cell",
            said("text is longer than the {max_cell} characters a cell holds", max_cell=MAX_CELL),
            said("shorten it"),
        )
    return _text_cell(head, text)


def _text_cell(head: str, text: str) -> str:
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else f"{head}/>"


def _loses_digits(value: int | float | decimal.Decimal) -> bool:
    if isinstance(value, float) or value != int(value):
        return False
    return len(str(abs(int(value))).rstrip("0")) > MAX_DIGITS


def check_texts(state: RenderState) -> Callable[[str], str]:
    """Tells of a text, put together from several values, that is longer than a cell holds."""

    def repair(xml: str) -> str:
        if len(xml) <= MAX_CELL and (len(xml) <= _SHORT or xml.isascii()):
            return xml
        for match in _LONG.finditer(xml):
            if utf16_length(html.unescape(match[1])) > MAX_CELL:
                cell = xml[xml.rfind("<c r=", 0, match.start()) :].split('"', 2)[1]
                state.fault(
                    "cell",
                    said("text of cell {cell} is longer than {max_cell} characters", cell=cell, max_cell=MAX_CELL),
                    said("shorten it"),
                )
        return xml

    return repair


def _moment(value: datetime.date | datetime.time, epoch: datetime.datetime) -> datetime.datetime:
    if isinstance(value, datetime.time):
        return datetime.datetime.combine(epoch.date(), value.replace(tzinfo=None))
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None)
    return datetime.datetime(value.year, value.month, value.day)


def _serial(moment: datetime.datetime, epoch: datetime.datetime) -> str:
    """Days since the workbook's first day, as Excel counts them."""
    days = (moment - epoch) / datetime.timedelta(days=1)
    return str(int(days)) if days == int(days) else repr(days)


def _put_picture(environment: Environment, value: Mapping[Any, object], column: str, row: int) -> None:
    """Note the picture of a value, to lie over the cell it stands in."""
    for key in value:
        if key not in PICTURE_KEYS:
            help = said("it may have {picture_keys}", picture_keys=", ".join(PICTURE_KEYS))
            environment.state.fault(
                f"key {key}", said("a picture has `{key}`, which kitgen does not know", key=key), help
            )
    found = picture_relation(environment, value)
    if found is None:
        return
    relation, width, height = found
    book = book_of(environment.state)
    alt = value.get("alt")
    text = "" if alt is None or isinstance(alt, Hole) else str(alt)
    part = copy_name(environment.state.sheet_part, book.copy)
    book.pictures[part].append(CellPicture(column_number(column) - 1, row - 1, width, height, relation, text))


def picture_relation(environment: Environment, value: Mapping[Any, object]) -> tuple[str, int, int] | None:
    """The file of a picture value in the package, and its size; faults are noted and give nothing."""
    source = value["picture"]
    if isinstance(source, Hole) or source is None:
        return None
    state = environment.state
    name = "" if isinstance(source, bytes | bytearray) else f"`{source}`"
    try:
        if not isinstance(source, bytes | bytearray | str):
            raise PictureRefused(said("picture is neither a path nor the bytes of a file"))
        content = read_picture(environment.pictures, source) if isinstance(source, str) else bytes(source)
        file = measured(content)
        width, height = picture_size(file, value.get("width_mm"), value.get("height_mm"))
    except PictureRefused as refused:
        state.fault(
            f"picture {name}", refused.message, said("give a PNG or JPEG of up to 10 MB below the folder of pictures")
        )
        return None
    stored = f"xl/media/kit-{hashlib.sha256(content).hexdigest()[:16]}.{file.kind}"
    book_of(state).media[stored] = content
    return stored, width, height
