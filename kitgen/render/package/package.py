"""An Office package (.docx, .xlsx) as a ZIP: read with distrust, written fast and always the same.

Parts that rendering does not touch keep the template's own compressed bytes; only rendered parts are deflated.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import Message, said
from kitgen.render.package.content_types import CONTENT_TYPES, types_of
from kitgen.render.package.deflate import Deflate, with_zlib
from kitgen.render.package.file_kinds import other_kind, other_package

MAX_ENTRIES = 4_000
MAX_PART_SIZE = 64 * 1024 * 1024
MAX_TOTAL_SIZE = 128 * 1024 * 1024
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
WITHOUT_MACROS: Final = said("save it as .docx or .xlsx without macros")
_MACROS: Final = said("file holds macros, which are never run nor copied")
MACRO_TYPE: Final = "vnd.ms-office.vbaproject"

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5HL")  # without the offset, which comes last
_END = struct.Struct("<4s4H2LH")
_DATE = 33  # 1980-01-01, the first day a ZIP can hold; 0 would be no day at all
_UTF8_NAME = 0x800


@dataclass(frozen=True)
class PackedPart:
    """One part as it lies in a package: deflated bytes, and what the ZIP directory says of them.

    A part without tags lies in every document of its template, so the bytes around it are made once and kept.
    """

    name: str
    data: bytes
    size: int
    crc: int
    method: int

    def content(self) -> bytes:
        """The part uncompressed; of one that unpacks to more than it says, one byte more than that."""
        return self._content

    @cached_property
    def _content(self) -> bytes:
        if self.method == zipfile.ZIP_STORED:
            return self.data
        return zlib.decompressobj(-15).decompress(self.data, self.size + 1)

    @cached_property
    def entry(self) -> bytes:
        """The part with the header that stands before it."""
        facts, name = self._facts
        return _LOCAL.pack(b"PK\x03\x04", *facts) + name + self.data

    @cached_property
    def directory_entry(self) -> tuple[bytes, bytes]:
        """What the directory says of the part, before and after the place where its offset belongs."""
        facts, name = self._facts
        return _CENTRAL.pack(b"PK\x01\x02", 20, *facts, 0, 0, 0, 0), name

    @property
    def _facts(self) -> tuple[tuple[int, ...], bytes]:
        name = self.name.encode()
        flags = 0 if self.name.isascii() else _UTF8_NAME
        return (20, flags, self.method, 0, _DATE, self.crc, len(self.data), self.size, len(name), 0), name


def pack_part(name: str, content: bytes, level: int, deflate: Deflate = with_zlib) -> PackedPart:
    """Deflate `content` at zlib `level` (0-9)."""
    return PackedPart(name, deflate(content, level), len(content), zlib.crc32(content), zipfile.ZIP_DEFLATED)


def read_package(data: bytes, file: str) -> dict[str, PackedPart]:
    """The parts of a package by name, in the order of its directory.

    Raises `KitgenError` for what is no ZIP, is damaged, encrypted or too large, holds macros, the same name twice
    or names that point outside. `file` is the name used in errors.
    """
    parts = open_package(data, file)
    for name in parts:
        if PurePosixPath(name).name.lower() in MACRO_PARTS:
            raise failure(_MACROS, Place(file, spot=said("part {name}", name=name)), WITHOUT_MACROS)
    types = parts[CONTENT_TYPES].content()
    if MACRO_TYPE.encode() in types.lower():
        for name, kind in types_of(types, parts, file).items():
            if MACRO_TYPE in kind.lower():
                raise failure(_MACROS, Place(file, spot=said("part {name}", name=name)), WITHOUT_MACROS)
    return parts


def open_package(data: bytes, file: str) -> dict[str, PackedPart]:
    """The parts of a template, read as `read_package` reads; macros may be in it, which are left out of what is made.

    Some programs write names with `\\`; they mean `/`. Raises `KitgenError` for what is no Word or Excel file.
    """
    if not data.startswith(b"PK") and (refusal := other_kind(data, file)) is not None:
        raise refusal
    advice = said("open it in Word or Excel, save it anew as .docx or .xlsx, or take the last good copy")
    parts = read_zip(data, file, said("a Word or Excel file"), advice, backslashes=True)
    if CONTENT_TYPES not in parts:
        kind = parts["mimetype"].content() if "mimetype" in parts else b""
        if (refusal := other_package(parts, kind, file)) is not None:
            raise refusal
        raise failure(
            said("file is a ZIP but not a Word or Excel file (it has no list of content types)"),
            Place(file),
            said("save it from Word or Excel as .docx or .xlsx"),
        )
    return parts


def read_zip(data: bytes, file: str, what: str, advice: Message, *, backslashes: bool = False) -> dict[str, PackedPart]:
    """The entries of any ZIP, read with the distrust of `read_package`.

    `what` it should be and `advice` are told if it is none. With `backslashes`, names written
    with `\\` are read as if they had `/`. Raises `KitgenError` if it is damaged, hostile or too large.
    """
    place = Place(file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith(("/", "\\"))]
            _refuse_hostile(entries, place, backslashes)
            packed = (_packed(data, archive, entry, place, backslashes) for entry in entries)
            parts = {part.name: part for part in packed}
    except KitgenError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError) as error:
        raise failure(
            said("file is damaged or is not {what} ({error})", what=what, error=error), place, advice
        ) from error
    return parts


def _name(entry: zipfile.ZipInfo, backslashes: bool) -> str:
    return entry.filename.replace("\\", "/") if backslashes else entry.filename


def _refuse_hostile(entries: Sequence[zipfile.ZipInfo], place: Place, backslashes: bool) -> None:
    if len(entries) > MAX_ENTRIES:
        raise failure(
            said(
                "package has {entries} parts; {max_entries} are the most accepted",
                entries=len(entries),
                max_entries=MAX_ENTRIES,
            ),
            place,
        )
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_SIZE:
        raise failure(
            said("package unpacks to more than {max_total_size} MB", max_total_size=MAX_TOTAL_SIZE >> 20), place
        )
    seen: set[str] = set()
    for entry in entries:
        name = _name(entry, backslashes)
        spot = Place(place.file, spot=said("part {name}", name=name))
        if name.lower() in seen:
            raise failure(said("package holds the same part twice"), spot)
        seen.add(name.lower())
        if name.startswith("/") or ".." in PurePosixPath(name).parts or "\\" in name or ":" in name:
            raise failure(said("package holds a part whose name points outside of it"), spot)
        if entry.flag_bits & 0x1:
            raise failure(
                said("package is encrypted"), spot, said("remove the password in Word or Excel and save it anew")
            )
        if entry.file_size > MAX_PART_SIZE:
            raise failure(said("part unpacks to more than {max_part_size} MB", max_part_size=MAX_PART_SIZE >> 20), spot)


def _packed(
    data: bytes, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Place, backslashes: bool
) -> PackedPart:
    """The entry's own bytes if they are sound: unpacked once, within the size its directory entry promises."""
    spot = Place(place.file, spot=said("part {filename}", filename=entry.filename))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise failure(said("part is compressed in a way Office files do not use"), spot)
    archive.open(entry).close()  # checks the header that stands before the entry itself
    header = _LOCAL.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL.size + header[9] + header[10]
    raw = data[start : start + entry.compress_size]
    part = PackedPart(_name(entry, backslashes), raw, entry.file_size, entry.CRC, entry.compress_type)
    content = part.content()
    if len(content) != entry.file_size:
        raise failure(said("part has another size than the package says"), spot)
    if zlib.crc32(content) != entry.CRC:
        raise zipfile.BadZipFile(f"wrong checksum of {entry.filename}")
    return part


def write_package(parts: Sequence[PackedPart]) -> bytes:
    """A ZIP of `parts` in the given order, without any date, user or system in it."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in parts:
        entry = part.entry
        before, after = part.directory_entry
        body.append(entry)
        directory += (before, offset.to_bytes(4, "little"), after)
        offset += len(entry)
    entries = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(entries), offset, 0)
    return b"".join((*body, entries, end))


def in_office_order(names: Mapping[str, object]) -> list[str]:
    """Part names with the list of content types first (readers expect it), the rest as they came."""
    return [CONTENT_TYPES, *(name for name in names if name != CONTENT_TYPES)]
