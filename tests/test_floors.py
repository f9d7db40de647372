"""The house: who may import whom, and what only some may touch. Read from the source, nothing is run."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from harness import ROOT

SOURCE = ROOT / "kitgen"

# A module imports only what stands lower: on a lower floor, or left of a `<` on its own. Within a package all is one.
FLOORS = {
    0: "counting empty errors project wording < fingerprint",
    1: "model",
    2: "compare coverage drawing event_sample event_notes fairness handed headings item_checks pairing paths plan_sheet"
    " sample staleness turns used_values vocabulary workload wording_diff bank_columns origins < criterion_diff bank_guide papers"
    " reasons bank_changes roster < scheme_diff diff_sheet flat_fields < following edition_diff plan reading"
    " < event_kit pack_plan < values handover < expected recall < matching < proof belonging < proof_sheet",
    3: "render < load output < publish",
    4: "edition_follow clearing event_workbook bank_workbook history loaded sharing shelf < bank intake making report_templates review"
    " < check reasoning recording schedule < event_secret results report_sheets standing"
    " < purging < assessment editions filling < printing packing handed_pages < event_packs"
    " < build edition_compare verify explanation archiving < adopting kit_packs parcel_zips"
    " < delivery recalling < recall_sheets",
    5: "cli < __main__",
}
STEPS = {
    name: (floor, step)
    for floor, row in FLOORS.items()
    for step, names in enumerate(row.split("<"))
    for name in names.split()
}
OF_RENDER = {"output": {"package", "properties"}, "load": {"package"}}
"""What of `render` a module of the same floor may use: the reading of files, with distrust, not the engine."""

LIBRARIES = {
    "click": ("cli",),
    "jinja2": ("render",),
    "docx": ("render",),
    "lxml": ("render",),
    "isal": ("render.deflate",),
    "openpyxl": ("render", "load"),
    "yaml": ("load.yaml_source",),
    "pypdf": ("publish.pack",),
    "docx2pdf": ("publish.word",),
    "subprocess": ("publish",),
}
OUTSIDE = {
    "os",
    "io",
    "shutil",
    "tempfile",
    "subprocess",
    "socket",
    "time",
    "random",
    "secrets",
    "uuid",
    "locale",
}
DISK = {
    "cwd", "exists", "expanduser", "glob", "home", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes",
    "read_text", "rename", "resolve", "rglob", "rmdir", "stat", "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip
CLOCK = {"now", "today", "utcnow"}
FORM_CODE = re.compile(r"FR\.[A-Z]+\.\d+[A-Z]?")
DECLARED = frozenset(yaml.safe_load((ROOT / "templates" / "forms.yaml").read_text("utf-8"))["forms"])


def modules() -> list[str]:
    """Every module of kitgen without its `kitgen.`, such as `load.forms`; a package by its own name."""
    found = (path.relative_to(SOURCE).with_suffix("").as_posix() for path in SOURCE.rglob("*.py"))
    return sorted(name.removesuffix("/__init__").replace("/", ".") for name in found if name != "__init__")


def source_of(module: str) -> str:
    path = SOURCE / module.replace(".", "/")
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


def imported(tree: ast.AST) -> Iterator[str]:
    """Full names of what a module imports, wherever in it: `kitgen.base.errors`, `jinja2.nodes`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written in full"
            whole = node.module or ""
            yield from ([f"{whole}.{alias.name}" for alias in node.names] if whole == "kitgen" else [whole])


def problems(module: str, source: str) -> Iterator[str]:
    """What is wrong with a module's place in the house."""
    tree = ast.parse(source)
    top = module.split(".")[0]
    if top not in STEPS:
        yield f"{top} stands on no floor: enter it in FLOORS of tests/test_floors.py"
        return
    for name in imported(tree):
        library, _, rest = name.partition(".")
        if library == "kitgen" and rest != "__version__":
            yield from _misplaced(module, top, rest)
        elif library in LIBRARIES:
            if not any(f"{module}.".startswith(f"{home}.") for home in LIBRARIES[library]):
                yield f"{library} is imported outside of {', '.join(LIBRARIES[library])}"
        elif library not in sys.stdlib_module_names and library != "kitgen":
            yield f"{library} is imported, which kitgen does not depend on"
        if STEPS[top][0] <= 2 and library in OUTSIDE:
            yield f"{library} is imported below floor 3"
    yield from _reaching_out(tree) if STEPS[top][0] <= 2 else ()
    yield from _about_one_form(tree)


def _misplaced(module: str, top: str, rest: str) -> Iterator[str]:
    other, _, inner = rest.partition(".")
    if other == top:
        return
    if other not in STEPS:
        yield f"{other} stands on no floor: enter it in FLOORS of tests/test_floors.py"
    elif STEPS[other] >= STEPS[top]:
        yield f"{rest} is imported, which does not stand lower than {top}"
    elif other == "render" and STEPS[top][0] == 3 and inner not in OF_RENDER.get(top, ()):
        yield f"{rest} is imported; {module} and the engine do not know each other"
    elif top == "render" and other == "model":
        yield f"{rest} is imported, but render knows no scheme"


def _reaching_out(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute) and called.attr in DISK | CLOCK:
                yield f".{called.attr}() is called below floor 3 (line {node.lineno})"
            elif isinstance(called, ast.Name) and called.id in (
                "open",
                "input",
                "print",
            ):
                yield f"{called.id}() is called below floor 3 (line {node.lineno})"


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


@pytest.mark.parametrize("module", modules())
def test_a_module_keeps_to_its_floor(module: str) -> None:
    """It imports only what stands lower, touches only what its floor may, and knows no single form."""
    assert sorted(problems(module, source_of(module))) == []


def test_every_floor_is_lived_on() -> None:
    """The table names no module that is gone."""
    assert set(STEPS) - {module.split(".")[0] for module in modules()} == set()


@pytest.mark.parametrize(
    ("module", "line", "said"),
    [
        ("plan", "from kitgen.kits.values import Values", "does not stand lower"),
        ("compare", "from kitgen import staleness", "does not stand lower"),
        ("model.scheme", "import kitgen.documents.build.build", "does not stand lower"),
        (
            "load.scheme",
            "from kitgen.render.word.marking import PARTS",
            "do not know each other",
        ),
        ("load.scheme", "from kitgen.documents.disk.document import sweep", "does not stand lower"),
        (
            "output",
            "from kitgen.render.tags.environment import Environment",
            "do not know each other",
        ),
        (
            "render.word",
            "from kitgen.model.forms import Form",
            "render knows no scheme",
        ),
        ("newcomer", "", "stands on no floor"),
        ("build", "from kitgen.newcomer import x", "stands on no floor"),
        ("build", "import click", "click is imported outside"),
        ("check", "def f():\n    from lxml import etree", "lxml is imported outside"),
        ("load.forms", "import yaml", "yaml is imported outside"),
        (
            "output",
            "from openpyxl import load_workbook",
            "openpyxl is imported outside",
        ),
        ("build", "import requests", "does not depend on"),
        ("build", "import subprocess", "subprocess is imported outside"),
        ("publish.convert", "from kitgen.render import compile_template", "do not know each other"),
        ("plan", "import os.path", "below floor 3"),
        ("errors", "from datetime import datetime\ndatetime.now()", ".now() is called"),
        (
            "values",
            "from pathlib import Path\nPath('x').read_text()",
            ".read_text() is called",
        ),
        ("project", "open('x')", "open() is called"),
        (
            "plan",
            "if form.code == other: pass\nif self.form.code == 'x': pass",
            "form.code is compared",
        ),
        ("plan", "if code in {'FR.IA.01'}: pass", "form FR.IA.01 is named"),
        (
            "render.word",
            "match code:\n    case 'FR.APL.02': pass",
            "form FR.APL.02 is named",
        ),
    ],
)
def test_what_breaks_the_house_is_told(module: str, line: str, said: str) -> None:
    """Each rule catches what it is there for."""
    assert any(said in problem for problem in problems(module, line)), list(problems(module, line))


def test_modules_do_not_import_each_other_in_a_ring() -> None:
    """No module needs, while it is imported, one that needs it."""
    known = set(modules())
    needs: dict[str, set[str]] = {}
    for module in known:
        top_level = ast.parse(source_of(module))
        for node in ast.walk(top_level):
            if isinstance(node, ast.FunctionDef):
                node.body = []
        names = {name.removeprefix("kitgen.") for name in imported(top_level) if name.startswith("kitgen.")}
        needs[module] = (names & known) - {module}
    while free := {module for module in needs if not needs[module] & set(needs)}:
        needs = {module: others for module, others in needs.items() if module not in free}
    assert sorted(needs) == [], "these import each other"


def test_the_source_lies_where_the_tests_look() -> None:
    """The tests read the modules that are run."""
    import kitgen

    assert Path(kitgen.__file__).parent == SOURCE
