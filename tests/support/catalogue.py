"""The catalogue of what kitgen says: every text in the code, the help and click, with its words in other languages.

    python -m tests.support.catalogue          from the root of the tree: takes up new texts, drops old ones, compiles

Texts are found by Babel (`said("...")`, `counted(n, "...")`), in the help of the commands, and in click itself.
"""

import ast
import io
import re
import sys
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import IO

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
Extracted = tuple[int, str, tuple[str | None, ...], list[str]]
LOCALES = ROOT / "kitgen" / "base" / "locale"
KEYWORDS = {"said": None, "counted": (2,)}
OF_CLICK = {"_": None, "gettext": None, "ngettext": (1, 2)}
HEADERS = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
NO_WORDS = re.compile(r"\{[^{}]*\}|[^A-Za-z]")
"""What is left of a template without this has to be translated."""


class PlainCatalog(Catalog):
    """A catalogue whose file tells no names, dates or versions, so that equal texts give equal bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [*HEADERS, ("Language", str(self.locale)), ("Plural-Forms", self.plural_forms)]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a file says of itself is not taken up."""


def calls_of(file: IO[bytes], keywords: Collection[str], _tags: object, options: object) -> Iterator[Extracted]:
    """How Babel finds texts in a module: line, function and plain texts of each call, in whatever call it stands.

    Babel's own way passes over a text in a call within the call of another text.
    """
    for node in ast.walk(ast.parse(file.read())):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in keywords:
            texts = tuple(each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None
                          for each in node.args)  # fmt: skip
            yield node.lineno, name, texts, []


def texts_of_code() -> Iterator[str]:
    """Each template that is written out in the code."""
    found = extract_from_dir(str(ROOT / "kitgen"), [("**.py", calls_of)], keywords=KEYWORDS)
    page = extract_from_dir(str(ROOT / "kitgen" / "page"), [("**.html", "jinja2")], keywords={"_": None})
    for _, _, message, _, _ in (*found, *page):
        yield from (message,) if isinstance(message, str) else filter(None, message)


def texts_of_help() -> Iterator[str]:
    """What the commands and options say of themselves."""
    from kitgen.cli import cli

    commands: list[click.Command] = [cli]
    while commands:
        command = commands.pop()
        yield from (text for text in (getattr(command, "_help", None) or command.help, command.epilog) if text)
        yield from (text for option in command.params if (text := getattr(option, "_help", None)))
        if isinstance(command, click.Group):
            commands += command.commands.values()


def texts_of_click() -> Iterator[str | tuple[str, str]]:
    """What click itself may say."""
    found = extract_from_dir(str(Path(click.__file__).parent), [("**.py", "python")], keywords=OF_CLICK)
    for _, _, message, _, _ in found:
        yield message


@cache
def needed() -> frozenset[str]:
    """Every text of kitgen's own that has words."""
    return frozenset(text for text in (*texts_of_code(), *texts_of_help()) if NO_WORDS.sub("", text))


def path_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "kitgen.po"


def read(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue with what is said now, and the translations it has."""
    known = read(language) if path_of(language).is_file() else Catalog(locale=language)
    catalog = PlainCatalog(
        locale=language, fuzzy=False, header_comment=f"# What kitgen says, in the language `{language}`."
    )
    for text in sorted(needed()):
        old = known.get(text)
        catalog.add(text, old.string if old is not None else "")
    for each in texts_of_click():
        text = each[0] if isinstance(each, tuple) else each
        if text in catalog:
            continue
        old = known.get(text)
        plural = tuple(each) if isinstance(each, tuple) else each
        catalog.add(plural, old.string if old is not None and type(old.id) is type(plural) else "")
    return catalog


def plain(catalog: Catalog, language: str) -> Catalog:
    """The same texts in a catalogue that tells nothing else."""
    made = PlainCatalog(locale=language, fuzzy=False)
    for message in catalog:
        if message.id:
            made.add(message.id, message.string)
    return made


def write(catalog: Catalog, language: str) -> None:
    """The catalogue as people edit it and as it is read, the same bytes for the same texts."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, no_location=True, width=0)
    path.with_suffix(".mo").write_bytes(compiled(catalog))


def compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The texts that have no translation yet."""
    return [str(message.id) for message in catalog if message.id and not all(as_tuple(message.string))]


def as_tuple(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    for language in ("id",):
        catalog = updated(language)
        write(catalog, language)
        print(f"{language}: {len(catalog)} texts, {len(untranslated(catalog))} without a translation")


if __name__ == "__main__":
    main()
