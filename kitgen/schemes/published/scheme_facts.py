"""The facts of the scheme a page tells beside its units: title, number, kind, standard, requirements, clusters."""

import re
from typing import Final

from kitgen.model.scheme import Scheme
from kitgen.schemes.published import rows as page_rows
from kitgen.schemes.published.line_account import Role
from kitgen.schemes.published.oddities import OddityKind
from kitgen.schemes.published.tables import Facts, FoundFact, Noting
from kitgen.schemes.published.words import Field

_ITEM: Final = re.compile(r"(?:[-–—•●▪◦*·§]|\(?(?:[0-9]{1,2}|[a-z])[.)])\s*(?=\S)")
_LONE: Final = {"judul": Field.SCHEME_TITLE, "nomor": Field.SCHEME_NUMBER}
_NEAR: Final = 3
"""Lines below `Skema Sertifikasi` in which `Judul` and `Nomor` are those of the scheme."""
_KINDS: Final = re.compile(r"(?:kkni|okupasi|klaster)(?:\s*/\s*(?:kkni|okupasi|klaster))*", re.IGNORECASE)
_DECREE: Final = re.compile(r"NOMOR\s*:?\s*([0-9]{1,4})\s+TAHUN\s+((?:19|20)[0-9]{2})")


class SchemeFacts:
    """Takes the lines outside of the units' tables; afterwards `found` holds what they gave."""

    def __init__(self, noting: Noting) -> None:
        self.found = Facts()
        self.cluster = 0
        """The Kelompok Pekerjaan the lines stand in; 0 before the first."""
        self._noting = noting
        self._open: list[FoundFact] | None = None
        self._last_line = -1
        self._scheme_line = -_NEAR

    def take(self, position: int, cells: tuple[str, ...]) -> bool:
        """Take a line with a label of the scheme; whether it was one."""
        if len(cells) > 2 and _KINDS.fullmatch(cells[1].strip("()* ")):
            cells = (cells[0], *cells[2:])  # a form names the kinds of schemes behind its label
        lone = _LONE.get(cells[0].rstrip(" :").casefold())
        if lone and len(cells) > 1 and position - self._scheme_line <= _NEAR:
            return self._take(position, lone, " ".join(cells[1:]).lstrip(":= "))
        for name in (Field.SCHEME_TITLE, Field.SCHEME_NUMBER, Field.SCHEME_KIND, Field.STANDARD, Field.BASIC,
                     Field.ADMINISTRATIVE, Field.PERSON):  # fmt: skip
            value = page_rows.labelled(cells, name)
            if name is Field.SCHEME_TITLE and len(cells) > 2 and cells[1].rstrip(" :").casefold() == "judul":
                value = " ".join(cells[2:]).lstrip(": ")  # `Skema Sertifikasi | Judul | : | Petugas Meja`
            if value is not None:
                return self._take(position, name, value)
            if name in (Field.BASIC, Field.ADMINISTRATIVE) and page_rows.is_lone_label(cells, name):
                return self._take(position, name, "")
        return False

    def _take(self, position: int, name: Field, value: str) -> bool:
        self._open = None
        note = self._noting.note
        if name is Field.PERSON:
            note(position, Role.PERSON)
        elif name is Field.SCHEME_TITLE:
            self._take_title(position, value)
        elif name is Field.SCHEME_NUMBER and value:
            self.found.number = self._first(position, self.found.number, value, "nomor skema")
        elif name is Field.SCHEME_KIND and (kind := _kind(value)):
            self.found.kind = self._first(position, self.found.kind, kind, "jenis skema")
        elif name is Field.STANDARD and value:
            self.found.standard = self._first(position, self.found.standard, value, "standar")
        elif name in (Field.BASIC, Field.ADMINISTRATIVE):
            is_basic = name is Field.BASIC
            note(position, Role.TAKEN, "persyaratan dasar" if is_basic else "bukti administratif")
            self._open, self._last_line = self.found.basic if is_basic else self.found.administrative, position
            if value:
                self._open.append(FoundFact(_ITEM.sub("", value, count=1), position))
        else:
            note(position, Role.FACT)
            self._noting.odd(OddityKind.UNREAD_FACT, position)
        return True

    def _take_title(self, position: int, value: str) -> None:
        self._scheme_line = position
        if not value or _KINDS.fullmatch(value):
            self._noting.note(position, Role.FACT)
        elif self.found.title and self.found.title.text != value:
            self._noting.note(position, Role.FACT)
            self._noting.odd(OddityKind.OTHER_TITLE, position, "", value)
        else:
            self._noting.note(position, Role.TITLE)
            self.found.title = self.found.title or FoundFact(value, position)

    def _first(self, position: int, known: FoundFact | None, value: str, what: str) -> FoundFact:
        if known and known.text != value:
            self._noting.note(position, Role.FACT)
            self._noting.odd(OddityKind.UNREAD_FACT, position)
            return known
        self._noting.note(position, Role.TAKEN, what)
        return known or FoundFact(value, position)

    def goes_on(self, position: int, text: str, is_item: bool = False) -> bool:
        """Take a line below requirements as one of them, or as the rest of the last; whether it was one.

        `is_item`: the source marks it as an item of a list.
        """
        decree = _DECREE.search(text)
        if decree and self.found.standard is None and text.upper() == text:
            self.found.standard = FoundFact(f"SKKNI Nomor {decree[1]} Tahun {decree[2]}", position)
            self._noting.note(position, Role.TAKEN, "standar")
            return True
        if self._open is None or position > self._last_line + 2:
            return False
        item = _ITEM.match(text)
        if not item and not is_item and not (self._open and text[0].islower()):
            self._open = None
            return False
        if item or is_item:
            self._open.append(FoundFact(text[item.end() :] if item else text, position))
        else:
            last = self._open[-1]
            self._open[-1] = FoundFact(f"{last.text} {text}", last.line)
        self._last_line = position
        self._noting.note(position, Role.TAKEN, "persyaratan")
        return True

    def take_cluster(self, position: int, number: int | None, title: str) -> None:
        """Begin a Kelompok Pekerjaan: the units that follow stand in it."""
        self._open = None
        known = [key for key, name in self.found.clusters.items() if title and name == title]
        self.cluster = number or (known[0] if known else max(self.found.clusters, default=0) + 1)
        self.found.clusters[self.cluster] = self.found.clusters.get(self.cluster) or title
        self._noting.note(position, Role.CLUSTER, str(self.cluster))

    def cluster_named(self, text: str) -> int:
        """The number of the Kelompok Pekerjaan a cell of the list names: a number, or a title."""
        plain = text.strip(". ")
        found = page_rows.cluster_of([plain])
        number, title = found or (None, plain)
        if plain.isdecimal() and len(plain) < 3:
            number, title = int(plain), ""
        known = [key for key, name in self.found.clusters.items() if title and name == title]
        self.cluster = number or (known[0] if known else max(self.found.clusters, default=0) + 1)
        self.found.clusters[self.cluster] = self.found.clusters.get(self.cluster) or title
        return self.cluster


def _kind(text: str) -> str:
    """The kind of a scheme a text names alone; empty where it names none or several."""
    found = [kind for kind in Scheme.KINDS if re.search(rf"\b{kind}\b", text, re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""
