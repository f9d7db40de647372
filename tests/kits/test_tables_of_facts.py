"""Tables with a row for each audience and each kind of question: a new one asks for its row in every one of them."""

import ast
import importlib
import re
from types import UnionType

import pytest
from harness import ROOT

from kitgen.model.audience import AUDIENCES
from kitgen.model.bank import QUESTION_KINDS
from kitgen.model.methods import METHODS

WORDS = {"Audience": set(AUDIENCES), "QuestionKind": set(QUESTION_KINDS)}
NOT_ALL = {"METHOD_OF_KIND"}
"""Says which method a kind shows; questions that support an observation show none by themselves."""


def tables() -> list[tuple[str, str, str]]:
    """Module, name and word of each table of a module that is declared to be one by audience or kind."""
    found = []
    for path in sorted((ROOT / "kitgen").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                word = re.search(r"(?:dict|Mapping)\[(Audience|QuestionKind), ", ast.unparse(node.annotation))
                if word and node.target.id not in NOT_ALL:
                    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                    found.append((module, node.target.id, word[1]))
    return found


@pytest.mark.parametrize(("module", "name", "word"), tables())
def test_a_table_has_a_row_for_each(module: str, name: str, word: str) -> None:
    """Every audience, every kind of question."""
    assert set(getattr(importlib.import_module(module), name)) == WORDS[word]


def test_the_tables_are_found() -> None:
    """Those of folders and those of the sheets of the bank among them."""
    assert {
        "AUDIENCE_FACTS",
        "AUDIENCE_FOLDERS",
        "EVENT_FOLDERS",
        "KINDS",
        "KIND_LABELS",
        "SHEETS",
        "DEFAULT_DRAWS",
    } <= {name for _, name, _ in tables()}


OWN_WORDS = set(AUDIENCES) | (set(QUESTION_KINDS) - set(METHODS))
"""Words of audiences, and of kinds that are not called like a method."""
TABLES = {"model/audience.py", "model/bank.py"}
OTHER_MEANINGS = {
    "documents/build/first_template.py": {"asesor"},  # what the entry of a new form says until a person changes it
    "model/given.py": {"asesi", "asesor"},  # what a placeholder is
}
"""Modules that use such a word for something else."""
OF_LISTS = ("load/event/", "load/sheets/")
"""Where sheets and headings of people's lists are called by such words: there only what speaks of an audience counts."""


def named(source: str, of_lists: bool = False) -> set[str]:
    """The audiences (of a source that knows of them) and kinds it names; words of methods where one is held against a kind."""
    nodes = list(ast.walk(ast.parse(source)))
    said = {node.value for node in nodes if isinstance(node, ast.Constant)}
    if of_lists:
        return words_in(nodes, ast.Compare | ast.Subscript | ast.Call, "audience") & set(AUDIENCES)
    if not re.search("audience", source, flags=re.IGNORECASE):
        said -= set(AUDIENCES)  # `kunci` is a lock, too, and `asesi` a sheet
    of_kinds = words_in(nodes, ast.Compare | ast.Subscript, "kind|kinds|questions") & set(QUESTION_KINDS)
    return (said & OWN_WORDS) | of_kinds


def words_in(nodes: list[ast.AST], deciding: UnionType, about: str) -> set[object]:
    """The words in expressions of these kinds that speak of something."""
    speaking = [
        each for each in nodes if isinstance(each, deciding) and re.search(rf"\b({about})\b", ast.unparse(each))
    ]
    return {each.value for node in speaking for each in ast.walk(node) if isinstance(each, ast.Constant)}


def test_what_differs_is_a_fact_of_the_table() -> None:
    """Outside of the two tables, no module names an audience or a kind of question, so none can decide by it."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "kitgen").rglob("*.py")):
        name = path.relative_to(ROOT / "kitgen").as_posix()
        if name not in TABLES and (told := named(path.read_text("utf-8"), name.startswith(OF_LISTS))):
            found[name] = told
    assert found == OTHER_MEANINGS


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("events/handover/parcels.py", "if parcel.audience == 'asesi': pass"),
        ("events/handover/deliver.py", "may = form.audience == parcel.audience or parcel.audience == 'asesor'"),
        ("events/recall/sheets.py", "for_assessor = audience in ('asesi', 'asesor')"),
        ("kits/paths.py", "people = [SHARED_FOLDER] if form.audience != 'asesor' else []"),
        ("kits/packs.py", "path = pack_path(moment, 'asesi', person)"),
        ("kits/packs.py", "_COMMON = ('admin', 'pemeran')"),
        ("kits/plan.py", "ACTING = Audience('pemeran')"),
        ("kits/lacks.py", "words = {'multiple_choice': said('multiple-choice questions')}"),
        ("kits/scope.py", "x = asked[kind, 'oral']"),
        ("kits/papers.py", "if question.kind in ('oral', 'written'): pass"),
        ("model/forms.py", "KEYS_FOLDER = folders['kunci']"),
        ("load/event/handover_record.py", "early = REGISTRATION_FOLDER if audience == 'asesi' else None"),
    ],
)
def test_a_planted_word_is_found(module: str, line: str) -> None:
    """Each way to decide by a word that once stood there, in that module as it is now."""
    source = (ROOT / "kitgen" / module).read_text("utf-8")
    of_lists = module.startswith(OF_LISTS)
    assert named(f"{source}\n{line}\n", of_lists) - named(source, of_lists)
