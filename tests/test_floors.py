"""The house: who may import whom, and what only some may touch. Read from the source, nothing is run."""

import ast
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from harness import ROOT

SOURCE = ROOT / "kitgen"

BELOW = "documents load render changes kits model base"
HOUSE = {
    "base": ("", "*"),
    "model": ("base", "*"),
    "kits": ("model base", "*"),
    "changes": ("model base", "*"),
    "render": ("base", "render render.compiled render.dump.* render.excel.carry_over render.made.* render.package.* render.plain_form render.word.claims render.word.signing render.word.wording"),
    "load": ("kits changes model base render.package", "*"),
    "documents": ("load render kits changes model base", "documents.build.* documents.disk.* documents.kept.* documents.status.* documents.pdf.beside documents.pdf.pictures documents.pdf.seal documents.work.places documents.work.collecting documents.work.crew"),
    "schemes": (BELOW, "schemes.published.import_page schemes.bank.* schemes.book.book schemes.book.facts schemes.book.logo schemes.draft.* schemes.check.* schemes.editions.* schemes.start.*"),
    "events": (
        BELOW,
        "events.print_list events.reprint events.replace_paper events.results events.purge events.archive events.workbook.* events.handover.* "
        "events.recall.*",
    ),
    "verify": (BELOW, "verify.verify"),
    "page": (f"schemes events verify {BELOW}", "page.server"),
    "cli": (f"page schemes events verify {BELOW}", "cli"),
    "__main__": ("cli", ""),
}  # fmt: skip
"""Each folder: what it may import, and its doors: the modules by which other folders come in."""

PURE = ("base", "model", "kits", "changes")
"""Folders of decisions: no I/O, no clock."""
MOST_FOLDERS = 12

LIBRARIES = {
    "babel": (),
    "click": ("cli",),
    "cryptography": ("documents.work.cluster",),
    "dask": ("documents.work.cluster",),
    "distributed": ("documents.work.cluster",),
    "docx": ("documents.build.first_template", "schemes.published.word_file", "verify.witness"),
    "docx2pdf": ("documents.pdf.word",),
    "filelock": ("documents.disk",),
    "flask": ("page",),
    "isal": ("render.package.deflate",),
    "jinja2": ("render",),
    "lxml": ("render",),
    "openpyxl": ("render", "load.sheets"),
    "PIL": ("page.codes",),
    "pypdf": ("documents.pdf",),
    "pypdfium2": ("documents.pdf", "schemes.published.pdf"),
    "pyzipper": ("documents.disk.locked",),
    "subprocess": ("documents.pdf", "page.children"),
    "waitress": ("page.server",),
    "yaml": ("load.yaml",),
    "zxingcpp": ("page.codes",),
}
"""What only some may import; a library that is not listed is not depended on."""

OUTSIDE = {
    "os", "io", "shutil", "tempfile", "subprocess", "socket", "time", "random", "secrets", "uuid", "locale",
}  # fmt: skip
DISK = {
    "cwd", "exists", "expanduser", "glob", "home", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes",
    "read_text", "rename", "resolve", "rglob", "rmdir", "stat", "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip
CLOCK = {"now", "today", "utcnow"}
FORM_CODE = re.compile(r"FR\.[A-Z]+\.\d+[A-Z]?")
DECLARED = frozenset(yaml.safe_load((ROOT / "templates" / "forms.yaml").read_text("utf-8"))["forms"])


def modules() -> list[str]:
    """Every module of kitgen without its `kitgen.`, such as `load.forms`; a folder by its own name."""
    found = (path.relative_to(SOURCE).with_suffix("").as_posix() for path in SOURCE.rglob("*.py"))
    return sorted(name.removesuffix("/__init__").replace("/", ".") for name in found if name != "__init__")


MODULES = modules()


def source_of(module: str) -> str:
    path = SOURCE / module.replace(".", "/")
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


def imported(tree: ast.AST) -> Iterator[str]:
    """Full names of the modules a module imports, wherever in it: `kitgen.base.errors`, `jinja2.nodes`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written in full"
            whole = node.module or ""
            for alias in node.names:
                inner = f"{whole}.{alias.name}"
                yield inner if whole == "kitgen" or inner.removeprefix("kitgen.") in MODULES else whole


def private_names(tree: ast.AST) -> Iterator[str]:
    """What a module takes from another one of kitgen though its name says that it is not to be taken."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kitgen"):
            yield from (
                alias.name for alias in node.names if alias.name.startswith("_") and alias.name != "__version__"
            )


def problems(module: str, source: str) -> Iterator[str]:
    """What is wrong with a module's place in the house."""
    tree = ast.parse(source)
    top = module.split(".")[0]
    if top not in HOUSE:
        yield f"{top} is no folder of the house: enter it in HOUSE of tests/test_floors.py"
        return
    for name in imported(tree):
        library, _, rest = name.partition(".")
        if library == "kitgen" and rest != "__version__":
            yield from _misplaced(top, rest)
        elif library in LIBRARIES:
            if not any(f"{module}.".startswith(f"{home}.") for home in LIBRARIES[library]):
                yield f"{library} is imported outside of {', '.join(LIBRARIES[library])}"
        elif library not in sys.stdlib_module_names and library != "kitgen":
            yield f"{library} is imported, which kitgen does not depend on"
        if top in PURE and library in OUTSIDE:
            yield f"{library} is imported in {top}, which is pure"
    yield from (f"{name} is imported, which is private to its module" for name in private_names(tree))
    yield from _reaching_out(tree) if top in PURE else ()
    yield from _about_one_form(tree)


def _misplaced(top: str, rest: str) -> Iterator[str]:
    other = rest.split(".")[0]
    if other == top:
        return
    if other not in HOUSE:
        yield f"{other} is no folder of the house: enter it in HOUSE of tests/test_floors.py"
        return
    allowed = HOUSE[top][0].split()
    if not any(rest == room or rest.startswith(f"{room}.") for room in allowed):
        yield f"{top} may not import {rest}"
    elif not any(fnmatch(rest, door) for door in HOUSE[other][1].split()):
        yield f"{rest} is no door of {other}"


def _reaching_out(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute) and called.attr in DISK | CLOCK:
                yield f".{called.attr}() is called in a pure folder (line {node.lineno})"
            elif isinstance(called, ast.Name) and called.id in ("open", "input", "print"):
                yield f"{called.id}() is called in a pure folder (line {node.lineno})"


def _about_one_form(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and (text in DECLARED or FORM_CODE.fullmatch(text)):
            yield f"form {text} is named in code (line {node.lineno}); what differs is a key of its entry"
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            codes = any(isinstance(side, ast.Attribute) and ast.unparse(side).endswith("form.code") for side in sides)
            if codes and any(isinstance(side, ast.Constant | ast.Set | ast.Tuple | ast.List) for side in sides):
                yield f"form.code is compared (line {node.lineno}); what differs is a key of the form's entry"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_keeps_to_its_floor(module: str) -> None:
    """It imports what its folder may, by doors, touches only what its folder may, and knows no single form."""
    assert sorted(problems(module, source_of(module))) == []


def test_the_house_has_few_folders_two_levels_deep() -> None:
    """At most twelve folders; at the root only what Python asks for; every folder says what lives there."""
    folders = {path.parent.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py")} - {"."}
    assert {folder.split("/")[0] for folder in folders} == set(HOUSE) - {"__main__"}
    assert len(HOUSE) - 1 <= MOST_FOLDERS
    assert max(folder.count("/") for folder in folders) == 1
    assert {path.name for path in SOURCE.iterdir() if path.is_file()} == {"__init__.py", "__main__.py", "py.typed"}
    silent = [
        folder
        for folder in folders
        if not ast.get_docstring(ast.parse((SOURCE / folder / "__init__.py").read_text("utf-8")))
    ]
    assert silent == []


def told_of(folder: str) -> tuple[set[str], set[str]]:
    """The doors and the folders that may be imported, as the docstring of a folder says."""
    text = " ".join((ast.get_docstring(ast.parse(source_of(folder))) or "").split())
    found = re.search(r"Doors: (.+?)\. May import: (.+?)\.$", text)
    assert found is not None, folder
    doors, may = (set(part.split(", ")) for part in found.groups())
    return doors, may


@pytest.mark.parametrize("folder", sorted(set(HOUSE) - {"__main__"}))
def test_a_folder_tells_its_doors(folder: str) -> None:
    """What is said in a folder's docstring about doors and imports is what is held here."""
    may, doors = (set(part.split()) for part in HOUSE[folder])
    names = {"*": "all modules", folder: "this module"}
    told_doors, told_may = told_of(folder)
    assert told_doors == {names.get(door, door.removeprefix(f"{folder}.")) for door in doors}
    assert told_may == (may or {"nothing of kitgen"}) or (folder == "cli" and told_may == {"all"})


@pytest.mark.parametrize(
    "room", [module for module in MODULES if "." in module and (SOURCE / module.replace(".", "/")).is_dir()]
)
def test_a_room_tells_its_doors(room: str) -> None:
    """What it may import is what its folder may, and the modules it names as its doors are there."""
    doors, may = told_of(room)
    assert may == {f"what `{room.split('.')[0]}` may"}
    assert doors == {"all modules"} or sorted(door for door in doors if f"{room}.{door}" not in MODULES) == []


@pytest.mark.parametrize(
    ("module", "line", "said"),
    [
        ("kits.plan", "from kitgen.load.forms import load_forms", "kits may not import load.forms"),
        ("base.line_diff", "from kitgen.documents.disk import staleness", "base may not import"),
        ("model.scheme", "import kitgen.documents.build.build", "model may not import"),
        ("load.edition.scheme", "from kitgen.render.word.marking import PARTS", "load may not import"),
        ("load.edition.scheme", "from kitgen.documents.disk.files import sweep", "load may not import"),
        ("documents.disk.document", "from kitgen.render.tags.environment import Environment", "is no door of render"),
        ("documents.build.build", "from kitgen.events.purge import purge", "documents may not import"),
        ("events.purge", "from kitgen.schemes.bank.bank import x", "events may not import"),
        ("verify.verify", "from kitgen.events.purge import purge", "verify may not import"),
        ("schemes.bank.bank", "from kitgen.documents.pdf.word import convert", "is no door of documents"),
        ("cli.check", "from kitgen.schemes.published.rows import x", "is no door of schemes"),
        ("render.word.runs", "from kitgen.model.forms import Form", "render may not import model"),
        ("newcomer", "", "is no folder of the house"),
        ("documents.build.build", "from kitgen.newcomer import x", "is no folder of the house"),
        ("documents.build.build", "import click", "click is imported outside"),
        ("schemes.check.check", "def f():\n    from lxml import etree", "lxml is imported outside"),
        ("load.forms", "import yaml", "yaml is imported outside"),
        ("load.forms", "import openpyxl", "openpyxl is imported outside"),
        ("documents.disk.document", "from openpyxl import load_workbook", "openpyxl is imported outside"),
        ("documents.build.build", "import requests", "does not depend on"),
        ("documents.build.build", "import subprocess", "subprocess is imported outside"),
        ("documents.build.build", "from kitgen.documents.disk.files import _CLOSE", "private to its module"),
        ("kits.plan", "import os.path", "which is pure"),
        ("base.errors", "from datetime import datetime\ndatetime.now()", ".now() is called"),
        ("kits.values", "from pathlib import Path\nPath('x').read_text()", ".read_text() is called"),
        ("base.project", "open('x')", "open() is called"),
        ("kits.plan", "if form.code == other: pass\nif self.form.code == 'x': pass", "form.code is compared"),
        ("kits.plan", "if code in {'FR.IA.01'}: pass", "form FR.IA.01 is named"),
        ("render.word.runs", "match code:\n    case 'FR.APL.02': pass", "form FR.APL.02 is named"),
    ],
)
def test_what_breaks_the_house_is_told(module: str, line: str, said: str) -> None:
    """Each rule catches what it is there for."""
    assert any(said in problem for problem in problems(module, line)), list(problems(module, line))


def rings(needs: dict[str, set[str]]) -> list[str]:
    """What is left of a graph when everything that stands on firm ground is taken away."""
    while free := {name for name in needs if not needs[name] & set(needs)}:
        needs = {name: others for name, others in needs.items() if name not in free}
    return sorted(needs)


def needs_of_modules() -> dict[str, set[str]]:
    """The modules each module imports, inside functions too."""
    known = set(MODULES)
    found = {}
    for module in MODULES:
        names = {
            name.removeprefix("kitgen.")
            for name in imported(ast.parse(source_of(module)))
            if name.startswith("kitgen.")
        }
        found[module] = (names & known) - {module}
    return found


def room_of(module: str) -> str:
    """The room a module lives in: its inner folder, or itself where it stands in a folder of the root."""
    parts = module.split(".")
    return ".".join(parts[:2])


def test_modules_do_not_import_each_other_in_a_ring() -> None:
    """No module needs one that needs it, not even inside a function."""
    assert rings(needs_of_modules()) == [], "these import each other"


def test_rooms_do_not_import_each_other_in_a_ring() -> None:
    """Neither folders nor the rooms in them need one another both ways."""
    folders: dict[str, set[str]] = {}
    rooms: dict[str, set[str]] = {}
    for module, others in needs_of_modules().items():
        top, room = module.split(".")[0], room_of(module)
        folders.setdefault(top, set()).update(other.split(".")[0] for other in others if other.split(".")[0] != top)
        rooms.setdefault(room, set()).update(room_of(other) for other in others if room_of(other) != room)
    assert rings(folders) == []
    assert rings(rooms) == []


def test_a_ring_is_found() -> None:
    """The look for rings finds one."""
    assert rings({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": set()}) == ["a", "b", "c"]


def test_the_source_lies_where_the_tests_look() -> None:
    """The tests read the modules that are run."""
    import kitgen

    assert Path(kitgen.__file__).parent == SOURCE


TWICE = {"Column"}
"""Names two public classes have: in two tables of columns, of the workbook of an event and of that of a scheme."""


def test_a_class_has_its_name_alone() -> None:
    """No two public classes of kitgen are called alike, so that a name says which is meant, in talk and in a search."""
    found: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.parse(source_of(module)).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(module)
    assert {name: where for name, where in found.items() if len(where) > 1}.keys() == TWICE


ONCE = {
    "json.loads": {"load.json_file"},
    "json.load": set(),
    "tempfile.mkdtemp": {"documents.kept.bundle"},
    "criteria for element": {"model.scheme"},
}
"""What is done in one place, and where: another module calls that one."""


def done_again(source: str) -> set[str]:
    """What of it a source does itself; `criteria for element`: it walks through the criteria of a unit's elements."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (called := ast.unparse(node.func)) in ONCE:
            found.add(called)
        if isinstance(node, ast.ImportFrom) and node.module == "json":
            found |= {f"json.{each.name}" for each in node.names} & ONCE.keys()
        if isinstance(node, ast.Import) and any(each.name == "json" and each.asname for each in node.names):
            found.add("json.loads")  # under another name nobody sees what is called
        loops = node.generators if isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp) else []
        if isinstance(node, ast.For) and isinstance(node.body[0], ast.For):
            loops = [node, node.body[0]]
        walked = [ast.unparse(each.iter) for each in loops]
        if any(each.endswith(".elements") for each in walked) and any(each.endswith(".criteria") for each in walked):
            found.add("criteria for element")
    return found


def test_what_is_done_once_is_done_once() -> None:
    """One reader of JSON, one iterator over the criteria of a unit; a published page has units of its own."""
    found: dict[str, set[str]] = {name: set() for name in ONCE}
    for module in MODULES:
        for name in done_again(source_of(module)):
            found[name].add(module)
    found["criteria for element"] -= {"schemes.published.units"}
    assert found == ONCE


@pytest.mark.parametrize(
    "line",
    [
        "told = json.loads(path.read_text())",
        "from json import loads as read\ntold = read(text)",
        "import json as plain\ntold = plain.load(file)",
        "for element in unit.elements:\n    for criterion in element.criteria:\n        pass",
        "all = [each for element in unit.elements for each in element.criteria]",
    ],
)
def test_doing_it_again_is_found(line: str) -> None:
    """Each way."""
    assert done_again(line)
