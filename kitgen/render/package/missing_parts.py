"""Relations to parts a package does not hold: what a document can do without is left out, all else is told."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import Message, said
from kitgen.render.package.content_types import CONTENT_TYPES, listed_parts, with_types
from kitgen.render.package.relations import Relation, relations_name, relations_of, without_relations

_WITHIN: Final = "hyperlink"
"""A link without an outside target leads to a place of the document, not to a part."""
_PICTURE: Final = "image"
_DAMAGED: Final = said("the file is damaged: take a sound copy, or open it in Word or Excel and save it anew")
_SAVE: Final = said("open the file in Word or Excel and save it anew")
_SPARE: Final = frozenset({
    "settings", "webSettings", "styles", "stylesWithEffects", "theme", "fontTable", "numbering", "calcChain",
    "thumbnail", "core-properties", "extended-properties", "custom-properties", "customXml", "customXmlProps", "people",
    "glossaryDocument", "commentsExtended", "commentsIds", "commentsExtensible", "printerSettings", "sheetMetadata",
})  # fmt: skip
"""What a document can do without where its text does not call it by its id; cells of Excel call formats by number."""


def without_missing_parts(contents: Mapping[str, bytes], file: str, findings: Findings) -> dict[str, bytes]:
    """The parts, their lists freed of parts that are not there, which Word and Excel would call a damaged file.

    Settings, styles and their like are called by no id: their relation is left out, with a warning. A picture that is
    called stays as it is, with a warning (programs show an empty frame). Any other part is an error: texts, notes,
    headers.
    """
    left = dict(contents)
    for part in ("", *contents):
        spare: set[str] = set()
        name = relations_name(part)
        for relation in _missing(contents, part, file):
            place = Place(file, spot=said("part {part}", part=name))
            if _is_called(contents.get(part, b""), relation.id):
                _tell_called(relation, place, findings)
            elif relation.kind in _SPARE and not (relation.kind == "styles" and part.startswith("xl/")):
                spare.add(relation.id)
                findings.warning(
                    _names_no_part(relation), place, said("open the file in Word or Excel and save it anew")
                )
            else:
                findings.error(_names_no_part(relation), place, _DAMAGED)
        if spare:
            left[name] = without_relations(left[name], spare, file, name)
    known = {name.lower() for name in contents}
    listed = {name: "" for name in listed_parts(contents[CONTENT_TYPES], file) if name.lower() not in known}
    if listed:
        left[CONTENT_TYPES] = with_types(left[CONTENT_TYPES], listed, {}, file)
    return left


def _missing(contents: Mapping[str, bytes], part: str, file: str) -> Iterator[Relation]:
    for relation in relations_of(contents, part, file):
        if not relation.is_external and relation.kind != _WITHIN and relation.target not in contents:
            yield relation


def _is_called(content: bytes, id: str) -> bool:
    return re.search(rb"""=\s*["']%s["']""" % re.escape(id.encode()), content) is not None


def _tell_called(relation: Relation, place: Place, findings: Findings) -> None:
    if relation.kind == _PICTURE:
        message = said("picture {part} is not in the file; an empty frame is shown instead", part=relation.target)
        findings.warning(message, place, said("put the picture in anew, or delete its frame"))
    else:
        findings.error(_names_no_part(relation), place, _DAMAGED)


def _names_no_part(relation: Relation) -> Message:
    return said("file names {part}, which it does not hold", part=relation.target)
