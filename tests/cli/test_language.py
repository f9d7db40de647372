"""Two languages: each message has its words in both, and whatever commands print is told in the one that is asked for."""

import ast
import os
import re
import sys
from pathlib import Path

import catalogue
import pytest
from click.testing import CliRunner
from harness import ROOT, KitProject

from kitgen.base import language
from kitgen.base.messages import counted, joined, padded, said
from kitgen.cli import cli
from kitgen.cli.language import chosen_language

PLACEHOLDERS = re.compile(r"(?<!\{)\{(\w+)[^{}]*\}")
CLI = sorted((ROOT / "kitgen" / "cli").glob("*.py"))


def test_every_text_has_its_indonesian_words() -> None:
    """What the code, the help and click say stands in the catalogue, and nothing else: python -m tests.support.catalogue."""
    known = catalogue.read("id")
    assert sorted(catalogue.needed() - {message.id for message in known}) == []
    assert catalogue.untranslated(known) == []
    left_over = {message.id for message in known if message.id} - catalogue.needed() - {
        each if isinstance(each, str) else each[0] for each in catalogue.texts_of_click()
    } - {message.id for message in known if isinstance(message.id, tuple)}  # fmt: skip
    assert sorted(left_over) == []


def test_a_translation_speaks_of_nothing_the_text_does_not_know() -> None:
    """Each name in braces of a translation stands in the text, too."""
    for message in catalogue.read("id"):
        if isinstance(message.id, str) and message.id in catalogue.needed():
            assert set(PLACEHOLDERS.findall(str(message.string))) <= set(PLACEHOLDERS.findall(message.id)), message.id


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    """The file that is read at run time was made of the one people edit."""
    path = catalogue.path_of("id")
    assert path.with_suffix(".mo").read_bytes() == catalogue.compiled(catalogue.plain(catalogue.read("id"), "id"))


@pytest.mark.parametrize(
    ("arguments", "environment", "setting", "expected"),
    [
        ([], {}, "", "Buat perangkat asesmen"),
        ([], {"KITGEN_LANG": "en"}, "", "Make the assessment kit"),
        (["--lang", "en"], {"KITGEN_LANG": "id"}, "", "Make the assessment kit"),
        (["--lang=id"], {"KITGEN_LANG": "en"}, "", "Buat perangkat asesmen"),
        ([], {}, 'language: "en"\n', "Make the assessment kit"),
        ([], {"KITGEN_LANG": "xx"}, "", "Buat perangkat asesmen"),
    ],
)
def test_the_language_is_asked_for_or_the_projects_or_indonesian(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], setting: str, expected: str
) -> None:
    """The option goes before the environment, that before the project's setting."""
    (tmp_path / "scheme").mkdir()
    (tmp_path / "scheme/identity.yaml").write_text(f"name: LSP Contoh\n{setting}", "utf-8")
    settings: dict[str, str | None] = {"KITGEN_LANG": None, **environment}
    told = CliRunner(env=settings).invoke(cli, ["-C", str(tmp_path), *arguments, "--help"])
    assert expected in told.output


def test_options_of_a_command_are_not_taken_for_those_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """A title may be `--lang`, a folder `-C`; what stands before the command counts."""
    monkeypatch.delenv("KITGEN_LANG", raising=False)
    assert chosen_language(["import", "halaman.txt", "--title", "--lang", "en"]) == "id"
    assert chosen_language(["-C", "build", "--lang", "en", "plan"]) == "en"
    assert chosen_language(["--lang=en", "plan", "--lang=id"]) == "en"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
@pytest.mark.timeout(30)
def test_a_project_whose_setting_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """The language is looked up before any command; it falls back to Indonesian."""
    (tmp_path / "scheme").mkdir()
    os.mkfifo(tmp_path / "scheme/identity.yaml")
    told = CliRunner(env={"KITGEN_LANG": None}).invoke(cli, ["-C", str(tmp_path), "--help"])
    assert "Buat perangkat asesmen" in told.output


def test_wrong_use_is_told_in_indonesian() -> None:
    """Click's own texts speak the person's language, too."""
    told = CliRunner(env={"KITGEN_LANG": "id"}).invoke(cli, ["buidl"])
    assert "Kesalahan: Tidak ada perintah 'buidl'" in told.output and "Pemakaian:" in told.output


def test_a_run_is_told_in_indonesian(kit_project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems, places, remedies and counts."""
    monkeypatch.setenv("KITGEN_LANG", "id")
    kit_project.run("check")
    assert "peringatan: nomor skema belum diisi LSP" in kit_project.said
    assert "kelompok pekerjaan 1" in kit_project.said and "saran: tulis di belakang `number:`" in kit_project.said
    assert re.search(r"\d+ peringatan", kit_project.said)


def test_messages_keep_their_parts_in_each_other() -> None:
    """A message in a message, in a row, counted or in a column is told in the language of the whole."""
    words = {"document `{name}` is {state}": "dokumen `{name}` {state}", "new": "baru", "document": "dokumen"}
    inner = said("document `{name}` is {state}", name="{x}", state=said("new"))
    assert inner == "document `{x}` is new"
    row = joined("; ", (inner, counted(2, "document"), padded(said("new"), 6) + "|"))
    assert row == "document `{x}` is new; 2 documents; new   |"
    assert row.told(lambda text: words.get(text, text)) == "dokumen `{x}` baru; 2 dokumen; baru  |"
    assert (
        counted(2, "unit").told(language.translator("id")) == "2 unit"
        and counted(2, "PDF").told(language.translator("en")) == "2 PDFs"
    )


def test_arguments_are_changed_and_words_are_not() -> None:
    """Names of people are taken out of arguments, not out of the program's own sentences."""
    message = said("file `{path}` of Asesi is {state}", path="Asesi Contoh", state=said("of Asesi"))
    assert message.changed(lambda text: text.replace("Asesi", "…")) == "file `… Contoh` of Asesi is of Asesi"


def literals_said(tree: ast.AST) -> list[str]:
    """Texts with words that are printed without having gone through `said`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "styled", "padded") and node.args:
            for part in [node.args[0], *getattr(node.args[0], "values", [])]:
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and re.search("[A-Za-z]{2}", part.value)
                ):
                    found.append(part.value)
    return found


@pytest.mark.parametrize("path", CLI, ids=lambda path: path.stem)
def test_no_command_prints_a_text_of_its_own_past_the_catalogue(path: Path) -> None:
    """Commands print with `say`; click's own printing and declaring is left to the modules that translate."""
    tree = ast.parse(path.read_text("utf-8"))
    assert literals_said(tree) == []
    if path.name not in ("language.py", "console.py", "declare.py"):
        printing = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
                    and getattr(node.value, "id", "") == "click" and node.attr in ("echo", "secho", "style", "option", "command")]  # fmt: skip
        assert printing == []


def test_a_text_past_the_catalogue_is_found() -> None:
    """The look for such texts finds one, and a joined one."""
    assert literals_said(ast.parse("say('nothing new'); say(f'wrote {x}'); say(said('right'))")) == [
        "nothing new",
        "wrote ",
    ]


ENGLISH = re.compile(
    r"\b(the|is|are|its?|of|and|not|was|were|be|by|with|for|to|no|has|have|this|that|from|in|new|gone|made|than|too)\b"
)
"""Words no Indonesian sentence has, and no code: a text of several words with one of them is for people to read."""
MESSAGES = frozenset(("said", "counted", "option", "group", "command", "argument"))
CODE = re.compile(
    r"^\{\"|^\s*(if|for|set|from|not|in|def|xml:space)\b|[<>{}%/_=]{2}|::|=\"| xml:|\* |\bloop\.|\{[%{#]|\\"
)
"""Python, Jinja, XML and patterns that are put together as texts."""
NOT_TOLD = {
    "base/dates.py": {"no such day"},  # a value that is compared, not told
    "changes/words.py": None,  # words that carry no meaning of their own, in both languages
    "cli/__init__.py": {"Show the version and exit."},  # help, which `declare` translates
    "cli/declare.py": {"Tell every case and every document, not only sums."},
    "cli/overview.py": {"kitgen event new NAME"},  # a command
    "documents/build/archive.py": {"not there"},  # compared, not told
    "events/recall/recall.py": {"not asked for"},  # compared, not told
    "events/recall/void.py": {"not asked for"},
    "kits/values.py": {"timetable of"},  # a key
    "load/sheets/cell_values.py": {"no such day"},
    "load/yaml/parse.py": None,  # what the parser says, which is told in other words
    "page": {"event new", "edition new", "scenario new", "template new"},  # commands
    "render/dump/beside.py": {"shapes of a chart"},  # a place of a dump, which `verify/sheet` translates
    "render/excel/compile_book.py": {"names of sheets"},  # the name of a part that is no part
    "render/package/active_content.py": None,  # what each name stands for, for those who read the code
    "render/package/package.py": {"wrong checksum of …"},  # of an error that is caught
    "render/tags": None,  # spelling of tags, and errors of Jinja's that `advice` tells
    "render/word/rich.py": {"no kind"},  # a key
    "schemes/check/guessers.py": {"most like the others", "least like the others"},  # marks of options
    "schemes/published": None,  # words of headings, English ones among them, that are looked for
    "verify/sheet.py": {"shapes of a chart"},
}
"""What is English and yet no message, by module or room (None: none of it is told)."""


def unsaid(tree: ast.AST) -> list[str]:
    """English texts of several words, put together or not, that are no message: outside `said`, help and docstrings."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            silent.add(id(node.value))
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MESSAGES:
                silent.update(map(id, node.args))
                silent.update(id(each.value) for each in node.keywords if each.arg in ("help", "short_help", "epilog"))
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Raise) and "Error(" in ast.unparse(node)):
            silent.update(map(id, ast.walk(node)))
    found = []
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        text = ""
        if isinstance(node, ast.JoinedStr):
            silent.update(map(id, ast.walk(node)))
            text = "".join(str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        if " " in text.strip() and ENGLISH.search(text) and not CODE.search(text):
            found.append(text)
    return found


def test_every_english_text_of_the_code_is_a_message() -> None:
    """Also what is put into a message as its argument: in Indonesian it would stay English in the midst of it."""
    for path in sorted((ROOT / "kitgen").rglob("*.py")):
        name = path.relative_to(ROOT / "kitgen").as_posix()
        if name.startswith(("model/", "schemes/book/")):  # labels and notes of workbooks are Indonesian
            continue
        room = next((each for each in NOT_TOLD if name == each or name.startswith(f"{each}/")), None)
        known = NOT_TOLD[room] if room is not None else set()
        if known is not None:
            assert set(unsaid(ast.parse(path.read_text("utf-8")))) <= known, name


def test_an_english_text_past_the_catalogue_is_found() -> None:
    """In an argument, put together, in a table; not what is said, nor Indonesian, nor code."""
    planted = """
said("{what} is missing", what=f"mark of unit {code}")
NAMES = {"a": "words to read", "b": said("lines to write")}
def whose(): "The holder of it."; return "candidate of this" if x else f'gone "{y}"'
f"unit {code}", "baris yang dipakai", f"for {a} in {b}:", "loop.index is even"
"""
    assert set(unsaid(ast.parse(planted))) == {"mark of unit …", "words to read", "candidate of this", 'gone "…"'}


def test_every_message_stands_in_the_catalogue_however_deep_it_is_called() -> None:
    """Babel's own way passes over a text in a call within the call of another."""
    written = {node.args[0].value for path in (ROOT / "kitgen").rglob("*.py")
               for node in ast.walk(ast.parse(path.read_text("utf-8")))
               if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said" and node.args
               and isinstance(node.args[0], ast.Constant)}  # fmt: skip
    assert {text for text in written if catalogue.NO_WORDS.sub("", text)} <= catalogue.needed()


def test_the_language_of_notes_is_indonesian() -> None:
    """Notes in workbooks are read by those who fill them, whatever the terminal speaks."""
    assert language.in_indonesian(said("write digits only")) == "tulis angka saja"
