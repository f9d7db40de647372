"""A compiled template as plain data, which `marshal` takes, and back: so that it can be kept between runs.

Only what is listed here is taken apart and put together again, by its fields; nothing in the data names a class or a
function to be looked up. Marks are put together when one is asked for, which is when something is wrong.
"""

import marshal
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, Final, overload

import jinja2
from lxml import etree

from kitgen import __version__
from kitgen.base.digests import digest_values
from kitgen.base.errors import Place
from kitgen.base.messages import Message, message_of, plain_message
from kitgen.render.compiled import CompiledPart, CompiledTemplate
from kitgen.render.equipment import WordNeeds, equipped
from kitgen.render.excel.additions import LoopedSheet
from kitgen.render.excel.book_facts import BookFacts, SheetFacts
from kitgen.render.excel.formulas import Reference
from kitgen.render.excel.layout import Rows, Stretch
from kitgen.render.excel.looped_tables import LoopedTable
from kitgen.render.excel.needs import BookNeeds, book_repairs
from kitgen.render.excel.number_formats import Styles
from kitgen.render.package.package import PackedPart
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.marks import Mark
from kitgen.render.tags.reads import Read
from kitgen.render.tags.tags import Tag
from kitgen.render.word.lists import Lists
from kitgen.render.word.mending import KNOWN_REPAIRS, LookingFor

FORM: Final = 1
"""Raised when the plain form means something else than before."""
_ATOMS: Final = (str, bytes, int, float, bool, type(None), CodeType)
_CLASSES: Final[tuple[type, ...]] = (
    Place, Tag, Mark, Read, PackedPart, Lists, LookingFor, Reference, Rows, Stretch, LoopedTable, LoopedSheet, Styles,
    SheetFacts, BookFacts, WordNeeds, BookNeeds,
)  # fmt: skip
_FIELDS: Final = {kind: tuple(each.name for each in fields(kind) if each.init and each.name[0] != "_")
                  for kind in _CLASSES}  # fmt: skip
_NUMBERS: Final = {kind: number for number, kind in enumerate(_CLASSES)}


_ENGINE: Final = (Path(__file__).parent, Path(__file__).parent.parent / "base")


def made_by() -> str:
    """What tells this engine from any other: versions of Python, of Jinja and of kitgen, and a digest of its files."""
    python = f"{sys.implementation.cache_tag}-{sys.hexversion:08x}"
    return f"{python}-jinja{jinja2.__version__}-kitgen{__version__}-{_files()[:16]}"


@cache
def _files() -> str:
    """Changes with every file of the engine, and with the version of lxml, which wrote the XML of templates."""
    files = [
        (path.relative_to(folder).as_posix(), found.st_size, found.st_mtime_ns)
        for folder in _ENGINE
        for path in sorted(folder.rglob("*.py"))
        for found in [path.stat()]
    ]
    return digest_values([etree.LXML_VERSION, files])


class Unkeepable(Exception):
    """Raised for a template that holds something that has no plain form."""


def plain_form(template: CompiledTemplate) -> bytes:
    """A compiled template as bytes. Raises `Unkeepable`."""
    if template.needs is None or template.warnings:
        raise Unkeepable
    parts = [
        (part.name, part.code, marshal.dumps(_plain(tuple(part.lines))),
         tuple(map(_plain_repair, part.repairs)) if template.application == "word" else bool(part.repairs),
         tuple(map(_plain_repair, part.repairs_after_nothing)), part.is_layout, part.copy_end)
        for part in template.parts
    ]  # fmt: skip
    whole = (FORM, template.file, template.application, parts, tuple(_plain(each) for each in template.static.values()),
             dict(template.static_digests), template.order, marshal.dumps(_plain(template.uses)),
             tuple(sorted(template.reads)), template.custom, _plain(template.needs))  # fmt: skip
    try:
        return marshal.dumps(whole)
    except ValueError as error:
        raise Unkeepable from error


def from_plain_form(data: bytes) -> CompiledTemplate:
    """The compiled template again. Only for bytes this user's kitgen wrote: what they hold is run.

    Raises `Unkeepable` for those of another form.
    """
    whole = marshal.loads(data)
    if whole[0] != FORM:
        raise Unkeepable
    _, file, application, parts, static, digests, order, uses, reads, custom, needs = whole
    environment, finish = equipped(_made(needs))
    made = tuple(
        CompiledPart(
            name, environment.from_code(code), _Later(lines),
            _repairs(repairs, environment, name),
            tuple(map(_made_repair, after)), is_layout, copy_end, code,
        )
        for name, code, lines, repairs, after, is_layout, copy_end in parts
    )  # fmt: skip
    packed = [_made(each) for each in static]
    return CompiledTemplate(
        file=file, environment=environment, parts=made, static={each.name: each for each in packed},
        static_digests=digests, order=order, uses=_Later(uses), finish=finish, application=application, custom=custom,
        known_reads=frozenset(reads),
    )  # fmt: skip


class _Later(Sequence[Any]):
    """Items that are put together when one of them is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._items: tuple[Any, ...] | None = None

    def _all(self) -> tuple[Any, ...]:
        if self._items is None:
            self._items = _made(marshal.loads(self._data))
        return self._items

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())


def _plain_repair(repair: Callable[[str], str]) -> Any:
    if isinstance(repair, LookingFor):
        return _plain(repair)
    name = next((name for name, known in KNOWN_REPAIRS.items() if known is repair), None)
    if name is None:
        raise Unkeepable
    return name


def _repairs(plain: Any, environment: Environment, part: str) -> tuple[Callable[[str], str], ...]:
    """What a part's renderings go through; of a workbook it is told only whether they do."""
    if isinstance(plain, tuple):
        return tuple(map(_made_repair, plain))
    return book_repairs(environment.state, part) if plain else ()


def _made_repair(plain: Any) -> Callable[[str], str]:
    repair: Callable[[str], str] = KNOWN_REPAIRS[plain] if isinstance(plain, str) else _made(plain)
    return repair


def _plain(value: object) -> Any:
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is tuple:
        return ("t", *map(_plain, value))  # type: ignore[call-overload]
    if kind is list:
        return ("l", *map(_plain, value))  # type: ignore[call-overload]
    if isinstance(value, dict) and kind is dict:
        return ("d", *((_plain(key), _plain(each)) for key, each in value.items()))
    if kind is frozenset:
        return ("f", *map(_plain, sorted(value)))  # type: ignore[call-overload]
    if isinstance(value, Message):
        try:
            return ("m", plain_message(value))
        except ValueError as error:
            raise Unkeepable(kind) from error
    if kind in _NUMBERS:
        return (_NUMBERS[kind], *(_plain(getattr(value, name)) for name in _FIELDS[kind]))
    raise Unkeepable(kind)


def _made(plain: Any) -> Any:
    if plain.__class__ is not tuple:
        return plain
    kind = plain[0]
    if kind.__class__ is int:
        return _CLASSES[kind](**dict(zip(_FIELDS[_CLASSES[kind]], map(_made, plain[1:]), strict=True)))
    if kind == "t":
        return tuple(map(_made, plain[1:]))
    if kind == "l":
        return list(map(_made, plain[1:]))
    if kind == "d":
        return {_made(key): _made(each) for key, each in plain[1:]}
    if kind == "f":
        return frozenset(map(_made, plain[1:]))
    return message_of(plain[1])
