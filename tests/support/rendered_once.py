"""Documents that tests share: in a process, one template given equal values is rendered and packed once.

Values are told apart by all there is in them, in their order, and not by fingerprints, which tests are about. Pictures
that a rendering read must still be the same files. Engine tests, which render templates themselves, share nothing.
"""

import io
import pickle
from collections import OrderedDict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kitgen.base.holes import Missing
from kitgen.documents.disk.document import record_properties
from kitgen.documents.disk.staleness import Record
from kitgen.documents.status.judge import Ready
from kitgen.documents.status.maker import DocumentRenderer
from kitgen.documents.status.templates import Templates
from kitgen.load.template_files import shipped_file
from kitgen.model.forms import Form
from kitgen.render.compiled import Rendered
from kitgen.render.excel import cell_values
from kitgen.render.package.picture_files import PictureRefused, read_picture
from kitgen.render.word import pictures

MOST_BYTES = 150_000_000
"""So much is kept of parts, and of files; the oldest go first."""

_render, _ready = DocumentRenderer.render, Ready.of


class _Kept:
    """What was made, by key, as long as there is room for it."""

    def __init__(self) -> None:
        self._made: OrderedDict[object, tuple[Any, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: object) -> Any:
        return self._made[key][0] if key in self._made else None

    def put(self, key: object, made: object, size: int) -> None:
        if key in self._made:
            self._bytes -= self._made.pop(key)[1]
        self._made[key] = made, size
        self._bytes += size
        while self._bytes > MOST_BYTES:
            self._bytes -= self._made.popitem(last=False)[1][1]


_rendered, _files = _Kept(), _Kept()


_HOLES = {Missing: lambda hole: (Missing, (hole.fact,))}
"""How holes are spelled, in a tenth of the time."""


def _all_of(values: object) -> bytes:
    """A digest of everything in the values."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, 5)
    pickler.dispatch_table = _HOLES  # type: ignore[assignment]
    pickler.fast = True  # equal values, equal bytes: without notes of what stands there twice
    pickler.dump(values)
    return sha256(stream.getbuffer()).digest()


@cache
def _digest_of(path: Path, _size: int, _changed: int) -> bytes:
    return sha256(path.read_bytes()).digest()


def _template_key(templates: Templates, form: Form) -> object:
    """All that a compiled template is made of, as copies of it are named by."""
    origin = shipped_file(templates.project, form.template)
    found = origin.stat() if origin is not None else None
    of_origin = _digest_of(origin, found.st_size, found.st_mtime_ns) if origin is not None and found else b""
    return templates.digest(form), of_origin, form.template, repr(templates.look), form.allow


def render_once(self: DocumentRenderer, form: Form, values: Any) -> Any:
    """`DocumentRenderer.render`; a template is known by all it is made of."""
    is_large = bool(values["stamp"]["large"])
    template = self.templates.compiled(form, is_large=is_large)
    style = is_large, self.key, self.made_by.marks_behind_serial
    key = _template_key(self.templates, form), style, _all_of(values)
    folder = template.environment.pictures
    found = _rendered.get(key)
    if found is not None and all(_read(folder, name) == content for name, content in found[1]):
        return found[0]
    read: list[tuple[str, bytes]] = []

    def noted(folder: Any, written: str) -> bytes:
        content = read_picture(folder, written)
        read.append((written, content))
        return content

    with patch.object(pictures, "read_picture", noted), patch.object(cell_values, "read_picture", noted):
        made = _render(self, form, values)
    _rendered.put(key, (made, read), sum(map(len, made[0].parts.values())))
    return made


def _read(folder: Any, name: str) -> bytes | None:
    try:
        return read_picture(folder, name)
    except PictureRefused:
        return None


def ready_once(rendered: Rendered, record: Record, name: str) -> Ready:
    """`Ready.of`, of one rendering and record."""
    key = id(rendered), tuple(record_properties(record).items()), name.rpartition(".")[2]
    found = _files.get(key)
    if found is None:
        made = _ready(rendered, record, name)
        _files.put(key, (rendered, made), len(made.file) + sum(map(len, rendered.parts.values())))
        return made
    return found[1]  # type: ignore[no-any-return]
