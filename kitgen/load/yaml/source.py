"""YAML as written: texts with their lines, nothing turned into numbers or dates.

A scalar is read as the text that stands there, so `number: 1.10` is `1.10` and `title: No` is `No`. Anchors, tags and
keys given twice are refused; each reading method notes what is wrong in the `Findings` it was opened with.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from kitgen.base.errors import Findings, Place, did_you_mean, failure
from kitgen.base.messages import NOTHING, Message, said
from kitgen.base.signs import unprintable, without_marks
from kitgen.load.regular import read_regular
from kitgen.load.yaml.parse import Unreadable, children, compose

MAX_SIZE: Final = 8 * 1024 * 1024
MAX_FINDINGS: Final = 1_000
"""Problems that are gathered; whoever made a file with more mends those first."""
_MOST_TOLD: Final = 20
_LONGEST_TOLD: Final = 80
"""So many letters of a value are told with it."""
_REMARK: Final = re.compile(r"[ \t]+(#[^ \t\r\n#][^ \t\r\n]*)")
"""A remark that begins without a blank behind its sign: whoever writes one puts a blank there."""
_INDONESIAN: Final = {
    "jenis": "kind", "judul": "title", "nama": "name", "nomor": "number", "alamat": "address", "lisensi": "licence",
    "unit": "units", "elemen": "elements", "kuk": "criteria", "kriteria": "criteria", "kode": "code", "teks": "text",
    "standar": "standard", "kunci": "key", "soal": "questions", "pilihan": "options", "jawaban": "model_answer",
    "pembahasan": "rationale", "skenario": "scenarios", "kelompok": "clusters", "kelompok_pekerjaan": "clusters",
}  # fmt: skip
_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One YAML file: what errors call it, its lines, where its problems go, and its whole text.

    `owed`: what nobody has written yet (spot and key); `proposed`: what a draft wrote (by name) and nobody has decided.
    Both are told in one line by `tell_unfinished`.
    """

    name: str
    lines: tuple[str, ...]
    findings: Findings
    text: str = ""
    owed: list[tuple[str, str]] = field(default_factory=list, compare=False)
    proposed: list[str] = field(default_factory=list, compare=False)

    def place(self, line: int, spot: str = "") -> Place:
        """The place of a line (counted from 1), with the line as written."""
        text = self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""
        return Place(self.name, line, spot, text if len(text) <= 100 else text[:97] + "…")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in a YAML file, of any kind, and where it stands (`spot`: in words, such as `unit 008, element 2`)."""

    source: YamlFile
    node: yaml.Node | None
    line: int
    spot: str

    @staticmethod
    def nothing(name: str, findings: Findings) -> "Entry":
        """What a file that is not there says."""
        return Entry(YamlFile(name, (), findings), None, 0, "")

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return self.source.place(self.line, self.spot)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written there (`number:` with nothing behind it, or only blanks and signs
        nobody sees)."""
        if not isinstance(self.node, yaml.ScalarNode):
            return self.node is None
        return not without_marks(self.node.value).strip() or (not self.node.style and self.node.value in _EMPTY)

    def error(self, message: Message, help: Message = NOTHING) -> None:
        """Note a problem of this value; of a file that has far too many, no more than people can read."""
        if not self._has_enough:
            self.source.findings.error(message, self.place, help)

    @property
    def _has_enough(self) -> bool:
        return len(self.source.findings.diagnostics) >= MAX_FINDINGS

    def warning(self, message: Message, help: Message = NOTHING) -> None:
        """Note an oddity of this value; of a file that has far too many, no more than people can read."""
        if not self._has_enough:
            self.source.findings.warning(message, self.place, help)

    def text(self) -> str | None:
        """The text, runs of blanks folded; None (and a problem noted) if it is no text or empty."""
        if self.is_empty:
            self.error(said("a text is missing here"), said("write it behind the colon, in double quotes"))
            return None
        if not isinstance(self.node, yaml.ScalarNode):
            self.error(said("a text is expected here"), said("write it in double quotes on one line"))
            return None
        if (cut := self._cut_off()) is not None:
            self.error(
                said("the text is not in quotes and ends before `{cut}`; what follows is taken for a remark", cut=cut),
                said("write the text in double quotes"),
            )
            return None
        if (sign := unprintable(self.node.value)) is not None:
            self.error(said("the text holds a sign no page can show ({sign})", sign=sign), said("take it out"))
            return None
        return " ".join(self.node.value.split())

    def _cut_off(self) -> str | None:
        """What stands behind a text without quotes and looks like its end, such as `#3`: YAML takes it for a remark."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.style or self.node.end_mark is None:
            return None
        found = _REMARK.match(self.source.text, self.node.end_mark.index)
        return found[1] if found is not None else None

    def number(self) -> int | None:
        """A whole number, not negative."""
        text = self.text()
        if text is None:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            self.error(said("`{text}` is no whole number", text=_short(text)), said("write digits only, such as 30"))
            return None
        return int(text)

    def choice(self, allowed: Iterable[str]) -> str | None:
        """One of a few words."""
        text = self.text()
        words = list(allowed)
        if text is None or text in words:
            return text
        near = NOTHING if self._has_enough else did_you_mean(text, words)
        self.error(
            said("`{text}` is not known here", text=_short(text)),
            near or said("write one of: {words}", words=", ".join(words)),
        )
        return None

    def items(self, spot: Callable[[int], str] | None = None) -> list["Entry"]:
        """The values of a list; empty if nothing is written. `spot` names the n-th (from 1) for errors."""
        if self.is_empty:
            return []
        if not isinstance(self.node, yaml.SequenceNode):
            self.error(
                said("a list is expected here"), said("write each item on a line of its own, with `- ` before it")
            )
            return []
        return [
            Entry(self.source, node, node.start_mark.line + 1, spot(number) if spot else self.spot)
            for number, node in enumerate(self.node.value, 1)
        ]

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(text for item in self.items() if (text := item.text()) is not None)

    def keys(self) -> dict[str, "Entry"]:
        """A mapping whose keys are names a person chose; a name written twice is noted."""
        return self.fields([name for name, _ in _pairs(self.node)]).found

    def leaves(self) -> dict[str, str]:
        """Every text below the value by its path, such as `units/0/title`, as it is written."""
        if isinstance(self.node, yaml.ScalarNode):
            return {"": self.node.value}
        if isinstance(self.node, yaml.SequenceNode):
            named = [(str(number), node) for number, node in enumerate(self.node.value)]
        else:
            named = list(_pairs(self.node))
        return {
            f"{name}/{path}" if path else name: text
            for name, node in named
            for path, text in Entry(self.source, node, self.line, self.spot).leaves().items()
        }

    def peek_text(self) -> str | None:
        """The text as written, empty texts too, without noting anything; None if it is no text."""
        return str(self.node.value) if isinstance(self.node, yaml.ScalarNode) else None

    def peek(self, key: str) -> str:
        """The text of a key, without noting anything; empty if there is none. For naming places."""
        for name, value in _pairs(self.node):
            if name == key and isinstance(value, yaml.ScalarNode):
                return str(value.value)
        return ""

    def get(self, key: str) -> "Entry":
        """The value of a key, without noting anything; an empty one if there is none."""
        for name, value in _pairs(self.node):
            if name == key:
                return Entry(self.source, value, value.start_mark.line + 1, self.spot)
        return Entry(self.source, None, self.line, self.spot)

    def child(self, key: str) -> list["Entry"]:
        """The items of a key's list, without noting anything; none if there is no such list. For looking ahead."""
        for name, value in _pairs(self.node):
            if name == key and isinstance(value, yaml.SequenceNode):
                return [Entry(self.source, node, node.start_mark.line + 1, self.spot) for node in value.value]
        return []

    @property
    def span(self) -> tuple[int, int]:
        """Where the value begins and ends in the file's text, in letters from 0; (0, 0) if nothing is written.

        A group on its own lines ends where the next value begins.
        """
        return (self.node.start_mark.index, self.node.end_mark.index) if self.node is not None else (0, 0)

    @property
    def is_inline(self) -> bool:
        """Whether it is a list or group in brackets."""
        return isinstance(self.node, yaml.CollectionNode) and bool(self.node.flow_style)

    def key_starts(self) -> dict[str, int]:
        """Where each key of a mapping begins in the file's text, in order."""
        if not isinstance(self.node, yaml.MappingNode):
            return {}
        return {key.value: key.start_mark.index for key, _ in self.node.value if isinstance(key, yaml.ScalarNode)}

    def plain(self, without: Iterable[str] = ()) -> Any:
        """All that stands there as texts, lists and mappings, but for some keys of the mapping itself."""
        return _plain(self.node, frozenset(without))

    def fields(self, known: Iterable[str], spot: str | None = None) -> "Fields":
        """The keys of a mapping; unknown keys are noted with the nearest known one."""
        found: dict[str, Entry] = {}
        where = self.spot if spot is None else spot
        if not self.is_empty and not isinstance(self.node, yaml.MappingNode):
            self.error(said("keys with values are expected here"), said("write `key: value`, one on each line"))
        for key, value in _pairs(self.node):
            if key in found and not self._has_enough:
                Entry(self.source, value, _line_of_key(self.node, key), where).error(
                    said("key `{key}` is written twice", key=key), said("keep one of the two")
                )
            found[key] = Entry(self.source, value, value.start_mark.line + 1, where)
        names = dict.fromkeys(known)
        for key, entry in found.items():
            if key not in names and not self._has_enough:
                line = _line_of_key(self.node, key)
                near = _english(key, names) or did_you_mean(key, names)
                help = near or said("known here: {names}", names=", ".join(names))
                Entry(self.source, entry.node, line, where).error(
                    said("key `{key}` is not known here", key=_short(key)), help
                )
        return Fields(Entry(self.source, self.node, self.line, where), found)


@dataclass(frozen=True, slots=True)
class Fields:
    """The keys of a mapping and their values."""

    entry: Entry
    found: dict[str, Entry]

    def __contains__(self, key: str) -> bool:
        return key in self.found and not self.found[key].is_empty

    def __getitem__(self, key: str) -> Entry:
        """The value of a key; an empty value at the mapping's own place if the key is not written."""
        found = self.found.get(key)
        return found or Entry(self.entry.source, None, self.entry.line, self.entry.spot)

    def required(self, key: str) -> str:
        """The text of a key that must be there; an empty text (and a problem noted) if it is not."""
        if key not in self.found:
            self.entry.error(said("key `{key}` is missing", key=key), said('add `{key}: "..."`', key=key))
            return ""
        return self.found[key].text() or ""

    def is_proposed(self, name: str) -> bool:
        """Whether the group says `proposed: true`: a draft wrote it, the LSP has not decided (`tell_unfinished`)."""
        found = "proposed" in self and self.found["proposed"].choice(("true", "false")) == "true"
        if found:
            self.entry.source.proposed.append(name)
        return found

    def due(self, key: str) -> str:
        """The text of a key that may be written later; empty where it is not written yet (`tell_unfinished`)."""
        if key in self:
            return self.found[key].text() or ""
        self.entry.source.owed.append((self.entry.spot, key))
        return ""

    def due_number(self, key: str) -> int:
        """The whole number of a key that may be written later; 0 where it is not written yet (`tell_unfinished`)."""
        if key in self:
            return self.found[key].number() or 0
        self.entry.source.owed.append((self.entry.spot, key))
        return 0

    def optional(self, key: str) -> str | None:
        """The text of a key, or None if nothing is written."""
        return self.found[key].text() if key in self else None


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TOLD else text[: _LONGEST_TOLD - 1] + "…"


def _english(key: str, names: Collection[str]) -> Message:
    """The key a person means who wrote its Indonesian name."""
    meant = _INDONESIAN.get(key.casefold())
    return said("did you mean `{name}`?", name=meant) if meant is not None and meant in names else NOTHING


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a folder by name; not hidden ones, which editors and runs that were cut off leave there."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith((".", "~$")))


def open_yaml(path: Path, name: str, findings: Findings) -> Entry | None:
    """The top of a YAML file, or None (and the problem noted) if it cannot be read. `name` is used in errors."""
    try:
        content = read_regular(path)
    except FileNotFoundError:
        findings.error(said("file does not exist"), Place(name))
        return None
    except OSError as error:
        findings.error(said("file cannot be read ({strerror})", strerror=error.strerror), Place(name))
        return None
    if len(content) > MAX_SIZE:
        findings.error(said("file is larger than {max_size} MB", max_size=MAX_SIZE >> 20), Place(name))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        findings.error(said("file is not written in UTF-8"), Place(name, line), said("save it as UTF-8 in the editor"))
        return None
    return parse_yaml(text, name, findings)


def parse_yaml(text: str, name: str, findings: Findings) -> Entry | None:
    """The top of a YAML text, or None (and the problem noted) if it cannot be read. `name` is used in errors."""
    source = YamlFile(name, tuple(text.splitlines()), findings, text)
    try:
        node = compose(text)
    except Unreadable as refused:
        place = source.place(refused.line) if refused.line else Place(name)
        findings.error(refused.message, place, refused.help)
        return None
    return Entry(source, node, 1, "")


def plain_data(path: Path, name: str) -> Any:
    """All of a YAML file as plain values, numbers and dates too, for templates of any kind.

    Raises `KitgenError` as `open_yaml` notes problems, and for a key written twice.
    """
    findings = Findings()
    top = open_yaml(path, name, findings)
    findings.stop_on_errors()
    if top is None or top.node is None:
        return None
    for node in _nodes(top.node):
        keys = Counter(key for key, _ in _pairs(node))
        for key in [key for key, count in keys.items() if count > 1][:_MOST_TOLD]:
            Entry(top.source, node, _line_of_key(node, key), "").error(said("key `{key}` is written twice", key=key))
    findings.stop_on_errors()
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(top.node)
    except (yaml.YAMLError, ValueError) as error:
        raise failure(said("YAML cannot be read: {error}", error=str(error).splitlines()[0]), Place(name)) from error


def _nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    for child in children(node):
        yield from _nodes(child)


def _plain(node: yaml.Node | None, without: frozenset[str] = frozenset()) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key: _plain(value) for key, value in _pairs(node) if key not in without}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return " ".join(str(node.value).split()) if node is not None else None


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value) if isinstance(key, yaml.ScalarNode) else "?", value


def _line_of_key(node: yaml.Node | None, name: str) -> int:
    line = 1
    if isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == name:
                line = key.start_mark.line + 1
    return line
