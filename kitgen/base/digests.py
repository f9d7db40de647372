"""Digests and serials: what tells two states of a document apart, for machines and for people."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final, NewType, TypeVar, cast

from kitgen.base.holes import Blank, Missing

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a serial read aloud or copied by hand stays what it is."""
SERIAL_LETTERS: Final = 10

Digest = NewType("Digest", str)
"""Of bytes: those of a file, a part, a text."""
PartsDigest = NewType("PartsDigest", str)
"""Of all parts of a document, or all files of a folder: of their digests by name."""
WordsDigest = NewType("WordsDigest", str)
"""Of the words a document shows, whatever they look like."""
Fingerprint = NewType("Fingerprint", str)
"""Of inputs: of the values something is made of, not of what comes out."""
Serial = NewType("Serial", str)
"""Kode Dokumen as it is printed."""
NO_FINGERPRINT: Final = Fingerprint("")
"""Where nothing is known of the inputs."""
NO_SERIAL: Final = Serial("")
AnyDigest = TypeVar("AnyDigest", bound=str)


def digest(content: bytes) -> Digest:
    """SHA-256 of `content`, 64 hexadecimal digits."""
    return Digest(hashlib.sha256(content).hexdigest())


def digest_parts(digests: Mapping[str, Digest]) -> PartsDigest:
    """One digest for all parts of a document, from the digest of each part by name, in any order."""
    whole = hashlib.sha256()
    for name in sorted(digests):
        whole.update(f"{name}\0{digests[name]}\n".encode())
    return PartsDigest(whole.hexdigest())


def digest_values(value: object) -> Fingerprint:
    """Digest of plain data (mappings, lists, texts, numbers, holes), the same for any order of keys.

    A value that is none of these enters it by its type and text.
    """
    return Fingerprint(digest(_encoded(value).encode("utf-8", "surrogatepass")))


def digest_items(items: Iterable[object]) -> Fingerprint:
    """What `digest_values` gives of the list of these, which are asked for one after the other and not held."""
    rest, whole, before = iter(items), hashlib.sha256(b"["), b""
    while some := list(islice(rest, 1_000)):
        whole.update(before + _encoded(some)[1:-1].encode("utf-8", "surrogatepass"))
        before = b","
    whole.update(b"]")
    return Fingerprint(whole.hexdigest())


def _as_text(value: object) -> object:
    if isinstance(value, Missing):
        return {"\0missing": value.fact}
    if isinstance(value, Blank):
        return {"\0blank": True}
    return {f"\0{type(value).__name__}": str(value)}


_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_as_text)


def _encoder() -> Callable[[object], str]:
    """Gives what `_ENCODER.encode` gives; where Python has its quick one, without making that anew for each value."""
    make = getattr(json.encoder, "c_make_encoder", None)
    try:
        chunks = make(None, _as_text, json.encoder.encode_basestring, None, ":", ",", True, False, True)  # type: ignore[misc]
    except TypeError:  # none there, or one that is asked for otherwise
        return _ENCODER.encode
    return lambda value: "".join(chunks(value, 0))


_encoded: Final = _encoder()


def keyed(known: AnyDigest, key: bytes) -> AnyDigest:
    """The digest under a secret key; the digest itself where there is no key."""
    return cast(AnyDigest, _under(key, known.encode()).hex()) if key else known


def _under(key: bytes, text: bytes) -> bytes:
    """What `hmac.digest(key, text, "sha256")` gives, in a third of its time: of one key there are many texts."""
    start, end = _hmac_begun(key)
    inner, outer = start.copy(), end.copy()
    inner.update(text)
    outer.update(inner.digest())
    return outer.digest()


@lru_cache(maxsize=4)
def _hmac_begun(key: bytes) -> "tuple[hashlib._Hash, hashlib._Hash]":
    """The two digests of an HMAC (RFC 2104), begun with the key."""
    size = hashlib.sha256().block_size
    padded = (key if len(key) <= size else hashlib.sha256(key).digest()).ljust(size, b"\0")
    return hashlib.sha256(bytes(byte ^ 0x36 for byte in padded)), hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))


def masked(text: AnyDigest, key: bytes, *context: str) -> AnyDigest:
    """A digest (hexadecimal) hidden under a secret key, and back again with the same key and context."""
    if not key or len(text) != 2 * hashlib.sha256().digest_size:
        return text
    pad = int.from_bytes(_under(key, "\0".join(context).encode()))
    return cast(AnyDigest, (int.from_bytes(bytes.fromhex(text)) ^ pad).to_bytes(len(text) // 2).hex())


def serial_of(parts_digest: PartsDigest) -> Serial:
    """Kode Dokumen: ten letters that stand for what the document says and a check letter, as `XXXX-XXXX-XXX`."""
    number = int(parts_digest, 16) >> (256 - 5 * SERIAL_LETTERS)
    letters = [number >> (5 * position) & 31 for position in reversed(range(SERIAL_LETTERS))]
    text = "".join(ALPHABET[letter] for letter in (*letters, _check(letters)))
    return with_dashes(text)


def is_serial(text: str) -> bool:
    """Whether a typed serial can be right: any one wrong letter, and any two neighbours swapped, are caught."""
    letters = [ALPHABET.index(letter) for letter in serial_letters(text) if letter in ALPHABET]
    return len(letters) == len(serial_letters(text)) == SERIAL_LETTERS + 1 and _check(letters[:-1]) == letters[-1]


def serial_letters(text: str) -> str:
    """The letters of a serial as people type it: in small letters, without dashes, O for 0, I or L for 1."""
    plain = "".join(text.upper().split()).replace("-", "")
    return plain.replace("O", "0").replace("I", "1").replace("L", "1")


def with_dashes(letters: str) -> Serial:
    """The letters of a serial as it is printed."""
    return Serial(f"{letters[:4]}-{letters[4:8]}-{letters[8:]}")


def _check(letters: Iterable[int]) -> int:
    """Weighted sum in the field of 32 elements (x^5 + x^2 + 1): weights are powers of x, so all differ."""
    total = 0
    for letter in letters:
        total = _times_x(total ^ letter)
    return total


def _times_x(element: int) -> int:
    shifted = element << 1
    return shifted ^ 0b100101 if shifted & 0b100000 else shifted
