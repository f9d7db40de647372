"""Keeps documents that tests make, so that one test at the end can look at all kinds of them."""

import hashlib
from collections import defaultdict

from kitgen.render import CompiledTemplate

KEPT_PER_TEMPLATE = 3


class DocumentsMade:
    """The first documents of every template of a session, different ones, each with its suffix."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], dict[str, bytes]] = defaultdict(dict)

    def add(self, template: CompiledTemplate, data: bytes) -> None:
        """Keep a document, unless there are enough of its template or it is there already."""
        names = sorted(template.static_digests.items())
        key = (*names, *((part.name, repr(part.lines)) for part in template.parts))
        kept = self._kept[key]
        if len(kept) < KEPT_PER_TEMPLATE:
            kept.setdefault(hashlib.sha256(data).hexdigest(), data)

    def of_kind(self, suffix: str, per_template: int = KEPT_PER_TEMPLATE) -> list[bytes]:
        """Documents of one kind (`docx`, `xlsx`), so many of each template, in the order of their making."""
        part = {"docx": b"word/document.xml", "xlsx": b"xl/workbook.xml"}[suffix]
        return [data for kept in self._kept.values() for data in list(kept.values())[:per_template] if part in data]
