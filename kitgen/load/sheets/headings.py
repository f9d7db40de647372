"""Headings of lists people keep: which of the known columns a heading means, however it is spelt.

Words are compared as a set, so that `Tanggal Lahir`, `TGL. LAHIR (dd/mm/yyyy)` and `Lahir` above `Tanggal` are one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from kitgen.base.errors import did_you_mean
from kitgen.base.messages import Message

Kind = Literal["number", "text", "name", "identity", "birth", "date", "time", "gender", "phone", "email", "postal",
               "registration", "code", "choice", "choices"]  # fmt: skip
"""What a cell of a column holds; each kind is read by a function of its own."""

Words = frozenset[str]

_EMAIL: Final = re.compile(r"\be[\s-]*mail\b")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_WORD: Final = re.compile(r"[^\W_]+")
_SPELLINGS: Final = {
    "tgl": "tanggal", "no": "nomor", "nomer": "nomor", "nmr": "nomor", "telp": "telepon", "tlp": "telepon",
    "tlpn": "telepon", "tel": "telepon", "telpon": "telepon", "phone": "telepon", "handphone": "hp", "ponsel": "hp",
    "wa": "hp", "whatsapp": "hp", "prov": "provinsi", "propinsi": "provinsi", "kab": "kabupaten", "jln": "jalan",
    "almt": "alamat", "jk": "kelamin", "gender": "kelamin", "jenkel": "kelamin", "lhr": "lahir", "tpt": "tempat",
    "tmpt": "tempat", "surel": "email", "fax": "faks", "faksimile": "faks", "faximile": "faks", "reg": "registrasi",
    "peserta": "asesi", "asessor": "asesor", "assesor": "asesor", "assessor": "asesor", "assesi": "asesi",
    "kodepos": "kode pos", "hrs": "waktu", "jam": "waktu", "pendidikn": "pendidikan", "ttl": "tempat tanggal lahir",
}  # fmt: skip
_EMPTY_WORDS: Final = frozenset({"dan", "atau", "and", "or", "sesuai", "dari", "si"})


@dataclass(frozen=True, slots=True)
class Column:
    """Kolom lembar: a column of a list, or a line of the sheet Jadwal: what it is called and what it holds.

    `choices` names the list a cell may be chosen from. `help` and `example` are for the person who fills it.
    """

    key: str
    heading: str
    kind: Kind = "text"
    help: str = ""
    variants: tuple[str, ...] = ()
    example: str = ""
    width: int = 16
    choices: str = ""


@lru_cache(maxsize=500)
def words_of(heading: str) -> Words:
    """The words of a heading, spelt one way."""
    plain = _EMAIL.sub("email", heading.casefold())
    words = (_SPELLINGS.get(word, word) for word in _WORD.findall(plain))
    return frozenset(" ".join(words).split()) - _EMPTY_WORDS


class Headings:
    """Kepala kolom: the columns of a sheet by what their headings may say."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = {column.key: column for column in columns}
        self._by_words: dict[Words, Column] = {}
        for column in columns:
            for spelling in (column.heading, _IN_BRACKETS.sub(" ", column.heading), *column.variants):
                self._by_words.setdefault(words_of(spelling), column)
        self._by_words.pop(frozenset(), None)

    def find(self, text: str) -> Column | None:
        """The column a heading means, first with what stands in its brackets, then without."""
        if len(text) > 120:
            return None
        found = self._by_words.get(words_of(text))
        return found or self._by_words.get(words_of(_IN_BRACKETS.sub(" ", text)))

    def near(self, text: str) -> Message:
        """`did you mean ...?` for a heading that is not known. Never says what stands there."""
        known: Iterable[str] = (column.heading for column in self.columns.values())
        by_case = {heading.casefold(): heading for heading in known}
        near = did_you_mean(" ".join(text.casefold().split())[:60], by_case)
        return near.about(name=by_case[str(near.arguments["name"])]) if near else near


EXAMPLE_MARK: Final = "Contoh"
"""In the column No of a row that only shows how to fill the others."""


GENDERS: Final = ("Laki-laki", "Wanita")
