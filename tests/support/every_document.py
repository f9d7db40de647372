"""Keeps documents that tests make, so that a run of tests at the end can look at all kinds of them."""

import hashlib
import os
import re
import shutil
from pathlib import Path

from kitgen.render.compiled import CompiledTemplate

KEPT_PER_TEMPLATE = 2
_UNSAFE = re.compile(r"[^A-Za-z0-9_]+")


class DocumentsMade:
    """The first documents of every template, different ones, in a folder all test processes of a run share.

    `<digest of the template>/<test>-<digest of the document>.<suffix>`
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._full: set[str] = set()

    def forget(self) -> None:
        """Begin anew."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, template: CompiledTemplate, data: bytes) -> None:
        """Keep a document, unless there are enough of its template or it is there already."""
        names = sorted(template.static_digests.items())
        key = hashlib.sha256(repr((*names, *((part.name, part.lines) for part in template.parts))).encode()).hexdigest()
        if key in self._full:
            return
        place = self._folder / key[:24]
        place.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(data).hexdigest()[:12]
        kept = list(place.iterdir())
        if len(kept) >= KEPT_PER_TEMPLATE:
            self._full.add(key)
        elif not any(digest in file.name for file in kept):
            test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0]
            suffix = "xlsx" if "xl/workbook.xml" in template.order else "docx"
            (place / f"{_UNSAFE.sub('-', test)[:60]}-{digest}.{suffix}").write_bytes(data)

    def of_kind(self, suffix: str, per_template: int = KEPT_PER_TEMPLATE) -> list[Path]:
        """Documents of one kind (`docx`, `xlsx`), so many of each template."""
        found: list[Path] = []
        for place in sorted(self._folder.iterdir()) if self._folder.is_dir() else []:
            found += sorted(place.glob(f"*.{suffix}"))[:per_template]
        return found
