"""Relations between the parts of a package: read as they lead, and those a rendering adds (links and pictures)."""

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from kitgen.render.package.content_types import CONTENT_TYPES, serialised
from kitgen.render.package.xml import DECLARATION, escape_text, local_name, parse_xml

_KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_MEDIA: Final = "word/media/"


@dataclass(slots=True)
class Additions:
    """Links and pictures of one rendering, in the order they were come upon; equal ones are added once.

    `ids` are the relation ids by part and target; they begin with `prefix`, which no id of the template does.
    """

    prefix: str
    ids: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def link(self, part: str, target: str) -> str:
        """The relation id of a link in `part`."""
        return self._id(part, "hyperlink", target)

    def picture(self, part: str, content: bytes, kind: str) -> tuple[str, str]:
        """The relation id of a picture in `part`, and its file name, which follows from its content."""
        name = f"kit-{hashlib.sha256(content).hexdigest()[:16]}.{kind}"
        self.pictures[f"{_MEDIA}{name}"] = content
        return self._id(part, "image", f"media/{name}"), name

    def _id(self, part: str, kind: str, target: str) -> str:
        known = self.ids.setdefault(part, {})
        return known.setdefault((kind, target), f"{self.prefix}{len(known) + 1}")

    def parts(self, content_of: Callable[[str], bytes | None]) -> dict[str, bytes]:
        """The parts that come with the additions: relations, content types, pictures."""
        made = {
            name: _with_relations(content_of(name), known)
            for part, known in self.ids.items() if (name := relations_name(part))
        }  # fmt: skip
        if self.pictures:
            types = content_of(CONTENT_TYPES) or b""
            made[CONTENT_TYPES] = _with_types(types, {name.rpartition(".")[2] for name in self.pictures})
        return made | self.pictures


def relations_name(part: str) -> str:
    """The name of the part that holds the relations of `part`; of the package itself, the empty name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part: `kind` is the last word of its type, `target` a part's name or, outside, an address."""

    id: str
    kind: str
    target: str
    is_external: bool


def relations_of(contents: Mapping[str, bytes], part: str, file: str) -> tuple[Relation, ...]:
    """The relations of a part (of the package: the empty name), in their order; none where it has no list.

    Targets inside are names of parts as the package spells them, wherever they are written from. Raises `KitgenError`
    for a list that is not well-formed.
    """
    name = relations_name(part)
    if name not in contents:
        return ()
    return tuple(
        Relation(id, kind, target if is_external else _inside(contents, part, target), is_external)
        for id, kind, target, is_external in _listed(contents[name], file, name)
    )


@lru_cache(maxsize=64)
def _listed(content: bytes, file: str, name: str) -> tuple[tuple[str, str, str, bool], ...]:
    """What a list of relations says, as it is written; whoever reads a package asks for it again and again."""
    return tuple(
        (
            entry.get("Id") or "",
            (entry.get("Type") or "").rpartition("/")[2],
            entry.get("Target") or "",
            (entry.get("TargetMode") or "").lower() == "external",
        )
        for entry in parse_xml(content, file, name)
        if local_name(entry) == "Relationship"
    )


def without_relations(content: bytes, ids: Set[str], file: str, name: str) -> bytes:
    """A list of relations without those of these ids. Raises `KitgenError` if it is not well-formed."""
    root = parse_xml(content, file, name)
    for entry in list(root):
        if entry.get("Id") in ids:
            root.remove(entry)
    return serialised(root)


def _inside(contents: Mapping[str, bytes], part: str, target: str) -> str:
    """The part a target names; names of parts are compared without regard to case, and may be percent-encoded."""
    written = target.partition("#")[0].replace("\\", "/")
    for path in (written, unquote(written)):
        whole = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(part), path)
        name = posixpath.normpath(whole)
        if name in contents:
            return name
        lower = name.lower()
        if (found := next((known for known in contents if known.lower() == lower), None)) is not None:
            return found
    return name


def free_prefix(contents: Iterable[bytes]) -> str:
    """A beginning of relation ids that none of the template's lists of relations uses."""
    prefix, texts = "rIdKit", list(contents)
    while any(prefix.encode() in text for text in texts):
        prefix += "_"
    return prefix


def _with_relations(content: bytes | None, known: dict[tuple[str, str], str]) -> bytes:
    text = content.decode() if content else f'{DECLARATION}<Relationships xmlns="{_PACKAGE}"/>'
    added = "".join(
        f'<Relationship Id="{id}" Type="{_KINDS}/{kind}" Target="{escape_text(target)}"'
        + (' TargetMode="External"/>' if kind == "hyperlink" else "/>")
        for (kind, target), id in known.items()
    )
    return _before_end(text, "Relationships", added).encode()


def _with_types(content: bytes, kinds: set[str]) -> bytes:
    text = content.decode()
    missing = sorted(kind for kind in kinds if f'extension="{kind}"' not in text.lower())
    added = "".join(f'<Default Extension="{kind}" ContentType="image/{kind}"/>' for kind in missing)
    return _before_end(text, "Types", added).encode()


def _before_end(text: str, name: str, added: str) -> str:
    """`text` with `added` at the end of its root element, whose name may have a prefix in this file."""
    end = text.rfind("</")
    if end < 0 or not text[end:].rstrip().endswith(f"{name}>"):  # <Relationships .../>
        start = text.rstrip().removesuffix("/>")
        return f"{start}>{added}</{name}>"
    return text[:end] + added + text[end:]
