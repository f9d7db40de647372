"""Words of texts that tell one scenario from another: content words, and names, numbers and times. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from kitgen.model.structure import AMOUNT

_WORD: Final = re.compile(r"[^\W_]+(?:[.:/-][^\W_]+)*", re.UNICODE)
_COMMON: Final = frozenset(
    "yang dan di ke dari untuk dengan pada ini itu atau tidak oleh adalah akan ada dapat harus bila hanya sudah belum"
    " saya anda ia nya sebagai karena supaya agar lalu juga lebih paling semua setiap satu dua sekurang-kurangnya"
    " hari pukul rp dalam sampai menyebut disertai mis misalnya serta bagi tentang sesuai menurut sedangkan dan/atau"
    .split()
)  # fmt: skip
_DAYS: Final = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_NUMBERS: Final = (
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas", "dua belas",
)  # fmt: skip


def words(text: str) -> list[str]:
    """The words of a text in order, as written."""
    return _WORD.findall(text)


def content_words(text: str) -> frozenset[str]:
    """The words that carry what a text says, in lower case."""
    return frozenset(word.lower() for word in words(text) if len(word) > 2 and word.lower() not in _COMMON)


@lru_cache(maxsize=10_000)  # scenarios are compared each with each
def tokens(text: str) -> frozenset[str]:
    """What a text names: words with a digit (but for single digits) and names within a sentence."""
    found: set[str] = set()
    for sentence in re.split(r"[.;:]\s|“", text):
        said = words(sentence)
        found |= {word for word in said if any(c.isdigit() for c in word) and len(word) > 1}
        found |= {word for word in said[1:] if word[0].isupper()}
    return frozenset(found)


def kind_of_detail(text: str) -> str:
    """What a short phrase gives: nomor, jumlah uang, jam, hari, banyaknya, or nama."""
    bare = re.sub(r"\([^)]*\)", "", text)
    patterns = (
        ("nomor", r"\b[A-Z]{2,}-\d"),
        (AMOUNT, r"Rp\s?\d"),
        ("jam", r"\b\d{1,2}\.\d{2}\b"),
        ("hari", rf"\b({'|'.join(_DAYS)})\b"),
        ("banyaknya", rf"\b({'|'.join(_NUMBERS)})\b"),
    )
    for kind, pattern in patterns:
        if re.search(pattern, bare, re.IGNORECASE if kind in ("hari", "banyaknya") else 0):
            return kind
    return "nama"


def shared(one: Iterable[str], other: Iterable[str]) -> int:
    """How many words two sets have in common."""
    return len(frozenset(one) & frozenset(other))
