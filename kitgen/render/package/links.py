"""Addresses a document may link to: pages and mailboxes, percent-encoded as Office takes them."""

import re
from typing import Final
from urllib.parse import quote, urlsplit

_MAX_LINK: Final = 2_000
_SCHEMES: Final = ("https", "http", "mailto", "tel", "ftp")
_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?")
_LOOSE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def address_of(text: str) -> str:
    """The address of a link, as a relation holds it; empty for what leads neither to a page nor to a mailbox."""
    try:
        parts = urlsplit(text)
        host = parts.netloc.rpartition("@")[2]
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        is_page = parts.scheme in ("https", "http", "ftp")
        sound = parts.scheme in _SCHEMES and "@" not in parts.netloc and len(text) <= _MAX_LINK
        sound = sound and bool(_HOST.fullmatch(host) if is_page else parts.path and not host)
    except (ValueError, UnicodeError):
        return ""
    if not sound or any(letter.isspace() or letter < " " for letter in text):
        return ""
    rest = text[len(parts.scheme) + 1 :]
    if is_page:
        rest = "//" + host + rest[2 + len(parts.netloc) :]
    return f"{parts.scheme}:{encoded(rest)}"


def encoded(text: str) -> str:
    """A piece of an address behind its beginning; what is encoded already stays so."""
    return quote(_LOOSE_PERCENT.sub("%25", text), safe="/:?#@!$&'()*+,;=%~")
