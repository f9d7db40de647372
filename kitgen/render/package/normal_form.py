"""One form for every package: parts found by relation and content type, and called as Word and Excel call them.

Programs name parts, fold them and write the prefixes of namespaces as they like (`word/document2.xml`, `x:worksheet`).
Here that is undone once, so that whatever reads a package afterwards may go by names and prefixes. A package that is
in this form already keeps its bytes.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.render.package.content_types import CONTENT_TYPES, serialised, types_of, with_types
from kitgen.render.package.file_kinds import other_main_part
from kitgen.render.package.prefixes import with_usual_prefixes
from kitgen.render.package.relations import Relation, relations_name, relations_of
from kitgen.render.package.xml import local_name, parse_xml

Application = Literal["word", "excel"]

_MAIN_NAMES: Final[dict[Application, str]] = {"word": "word/document.xml", "excel": "xl/workbook.xml"}
_MAIN_TYPES: Final[dict[str, Application]] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "word",
    "application/vnd.ms-word.document.macroenabled.main+xml": "word",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml": "word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "excel",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "excel",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "excel",
    "application/vnd.ms-excel.addin.macroenabled.main+xml": "excel",
}
MAIN_TYPES: Final[dict[Application, str]] = {
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
"""What the main part of every file made is: neither template nor with macros."""

_OF_PACKAGE: Final = {
    "core-properties": "docProps/core.xml", "extended-properties": "docProps/app.xml",
    "custom-properties": "docProps/custom.xml",
}  # fmt: skip
_OF_MAIN: Final[dict[Application, dict[str, str]]] = {
    "word": {
        "header": "word/header#.xml", "footer": "word/footer#.xml", "footnotes": "word/footnotes.xml",
        "endnotes": "word/endnotes.xml", "comments": "word/comments.xml", "styles": "word/styles.xml",
        "numbering": "word/numbering.xml", "settings": "word/settings.xml", "fontTable": "word/fontTable.xml",
    },
    "excel": {
        "worksheet": "xl/worksheets/sheet#.xml", "chartsheet": "xl/chartsheets/sheet#.xml",
        "sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml", "calcChain": "xl/calcChain.xml",
        "theme": "xl/theme/theme#.xml", "pivotCacheDefinition": "xl/pivotCache/pivotCacheDefinition#.xml",
    },
}  # fmt: skip
"""How the parts the engine knows by name are called, by the kind of their relation; `#` stands for a number."""
_TARGET: Final = re.compile(rb"""\sTarget\s*=\s*["']([^"'#]+)""")
_PART_NAME: Final = re.compile(rb"""\sPartName\s*=\s*["']/([^"']+)""")
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_STRICT_AS: Final = b"http://schemas.openxmlformats.org/"
_STRICT_NAMESPACE: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/-]+)")
_STRICT_WORDS: Final = {
    b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """Paket: the parts of a file in normal form, which program it belongs to, and what its main part said it is."""

    application: Application
    main_type: str
    """As written in lower case: of a template or with macros, it says so."""
    is_strict: bool
    """Whether it was written in the Strict kind of Office XML."""
    contents: dict[str, bytes]

    @property
    def main(self) -> str:
        """The name of the document or workbook itself."""
        return _MAIN_NAMES[self.application]


def normal_form(contents: Mapping[str, bytes], file: str) -> Package:
    """A package in normal form. Raises `KitgenError` for one that holds neither a document nor a workbook."""
    is_strict = any(_STRICT in contents.get(name, b"") for name in (relations_name(""), *_MAIN_NAMES.values()))
    parts = {name: _transitional(content) for name, content in contents.items()} if is_strict else dict(contents)
    main, main_type = _main_part(parts, file)
    application = _MAIN_TYPES[main_type]
    new_names = _new_names(parts, main, application, file)
    if new_names:
        parts = _renamed(parts, new_names, file)
    _spell_targets(parts, file)
    for name, content in parts.items():
        if name.endswith((".xml", ".vml")) and (usual := with_usual_prefixes(content, file, name)) is not content:
            parts[name] = usual
    return Package(application, main_type, is_strict, parts)


def read_contents(contents: Mapping[str, bytes], file: str) -> dict[str, bytes]:
    """The parts of a file for reading what it says: in normal form where it has one, else as they are."""
    try:
        return normal_form(contents, file).contents
    except KitgenError:
        return dict(contents)


def _main_part(contents: Mapping[str, bytes], file: str) -> tuple[str, str]:
    """The name of the main part, and its content type in lower case."""
    if relations_name("") not in contents:
        raise failure(
            said("package has no list of relations"), Place(file), said("save the file anew from Word or Excel")
        )
    named = [entry.target for entry in relations_of(contents, "", file) if entry.kind == "officeDocument"]
    types = types_of(contents[CONTENT_TYPES], contents, file)
    found = next((name for name in named if name in contents), None)
    if found is None:
        what = said("its main part is missing") if named else said("no relation leads to its main part")
        advice = said("save it anew from Word as .docx or from Excel as .xlsx")
        raise failure(
            said("file is neither a Word document nor an Excel workbook: {what}", what=what), Place(file), advice
        )
    kind = types[found].lower()
    if kind in _MAIN_TYPES:
        return found, kind
    refusal = other_main_part(kind, file)
    if refusal is not None:
        raise refusal
    known = next((MAIN_TYPES[application] for application, name in _MAIN_NAMES.items() if name == found), None)
    if known is None or kind not in ("", "application/xml", "text/xml"):
        advice = said("save it from Word as .docx or from Excel as .xlsx")
        raise failure(
            said("file is neither a Word document nor an Excel workbook"),
            Place(file, spot=said("part {found}", found=found)),
            advice,
        )
    return found, known


def _transitional(content: bytes) -> bytes:
    """A part with the names of the Strict kind replaced by those every program reads."""
    if _STRICT not in content:
        return content

    def usual(found: re.Match[bytes]) -> bytes:
        subject, rest = found.groups()
        words = b"/".join(_STRICT_WORDS.get(word, word) for word in rest.split(b"/"))
        return _STRICT_AS + subject + b"/2006/" + words

    return _STRICT_NAMESPACE.sub(usual, content)


def _new_names(contents: Mapping[str, bytes], main: str, application: Application, file: str) -> dict[str, str]:
    """The parts that are called otherwise than in normal form, with the names they get."""
    wanted: dict[str, str] = {main: _MAIN_NAMES[application]}
    of_main = relations_of(contents, main, file)
    for pattern, part in (*_wanted(relations_of(contents, "", file), _OF_PACKAGE),
                          *_wanted(of_main, _OF_MAIN[application])):  # fmt: skip
        if part in contents:
            wanted.setdefault(part, pattern)
    kept = {part for part, pattern in wanted.items() if _fits(part, pattern)}
    taken = {part.lower() for part in kept}
    new_names: dict[str, str] = {}
    for part, pattern in wanted.items():
        if part not in kept:
            new = _free(pattern, taken)
            taken.add(new.lower())
            new_names[part] = new
    for name in contents:  # what stands in the way of a new name
        if name not in wanted and name.lower() in {new.lower() for new in new_names.values()}:
            stem, ending = posixpath.splitext(name)
            new_names[name] = _free(f"{stem}-#{ending}", {*taken, *(known.lower() for known in contents)})
    return new_names


def _wanted(relations: tuple[Relation, ...], patterns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((patterns[entry.kind], entry.target) for entry in relations
            if entry.kind in patterns and not entry.is_external)  # fmt: skip


def _fits(part: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\#", r"\d*"), part) is not None


def _free(pattern: str, taken: set[str]) -> str:
    if "#" not in pattern and pattern.lower() not in taken:
        return pattern
    if "#" not in pattern:
        stem, ending = posixpath.splitext(pattern)
        pattern = f"{stem}-#{ending}"
    return next(name for n in range(1, 100_000) if (name := pattern.replace("#", str(n))).lower() not in taken)


def _renamed(contents: Mapping[str, bytes], new_names: Mapping[str, str], file: str) -> dict[str, bytes]:
    """The parts under their new names, with every relation and content type that names them."""

    def new_name(part: str) -> str:
        return new_names.get(part, part)

    parts: dict[str, bytes] = {}
    lists = {relations_name(part): part for part in ("", *contents)}
    for name, content in contents.items():
        owner = lists.get(name) if name.endswith(".rels") else None
        if owner is None:
            parts[new_name(name)] = content
        else:
            parts[relations_name(new_name(owner))] = _with_targets(contents, owner, new_name, file)
    parts[CONTENT_TYPES] = with_types(contents[CONTENT_TYPES], new_names, {}, file)
    return parts


def _spell_targets(parts: dict[str, bytes], file: str) -> None:
    """Let relations and types name parts as these are called: not all programs look past capital letters."""
    known = {word for name in parts for word in name.split("/")}
    for owner in ("", *parts):
        name = relations_name(owner)
        if name in parts and any(
            word not in known and word not in ("", ".", "..")
            for target in _TARGET.findall(parts[name]) if b":" not in target
            for word in target.decode("utf-8", "replace").split("/")
        ):  # fmt: skip
            parts[name] = _with_targets(parts, owner, str, file)
    if any(name.decode("utf-8", "replace") not in parts for name in _PART_NAME.findall(parts[CONTENT_TYPES])):
        parts[CONTENT_TYPES] = with_types(parts[CONTENT_TYPES], {name: name for name in parts}, {}, file)


def _with_targets(contents: Mapping[str, bytes], owner: str, new_name: Callable[[str], str], file: str) -> bytes:
    """The list of relations of a part, its targets written from the place the part has now."""
    name = relations_name(owner)
    root = parse_xml(contents[name], file, name)
    folder = posixpath.dirname(new_name(owner))
    entries = [entry for entry in root if local_name(entry) == "Relationship"]
    for entry, relation in zip(entries, relations_of(contents, owner, file), strict=True):
        if relation.is_external or relation.target not in contents:
            continue
        fragment = (entry.get("Target") or "").partition("#")
        target = posixpath.relpath(f"/{new_name(relation.target)}", f"/{folder}")
        entry.set("Target", f"{target}{fragment[1]}{fragment[2]}")
    return serialised(root)
