"""Writes the draft of an edition: proposals beside what is there, in its files, all of them or none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, KitgenError
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import write_whole
from kitgen.kits.paths import safe_name
from kitgen.load.edition.bank import bank_text
from kitgen.load.edition.seal import refuse_sealed
from kitgen.load.locate import find_editions, only_edition
from kitgen.load.project_data import load_data
from kitgen.load.regular import read_regular
from kitgen.load.yaml.reshape import Tree, is_nothing, reshaped, tree_of
from kitgen.load.yaml.source import parse_yaml
from kitgen.model.bank import frame_of
from kitgen.model.edition import Edition
from kitgen.model.upkeep import Upkeep
from kitgen.schemes.book.trial import tried
from kitgen.schemes.draft.proposals import PARTS, Proposals, ProposedMethod, What, merged, proposed

METHODS_HEAD: Final = """\
# Metode asesmen setiap KUK dan perangkat setiap kelompok pekerjaan (FR.MAPA.01 dan FR.MAPA.02)
# proposed: true menandai usulan kitgen; hapus sesudah LSP menetapkannya. why menyebut alasannya.
"""
TASKS_HEAD: Final = """\
# Tugas praktik demonstrasi (FR.IA.02) dan kegiatan terstruktur (FR.IA.04A/B)
# proposed: true menandai usulan kitgen; hapus sesudah LSP menetapkannya
"""
SCENARIO_HEAD: Final = "# Kerangka skenario bermain peran; yang kosong ditulis LSP\n"


@dataclass(frozen=True, slots=True)
class Drafted:
    """Hasil usulan: the files written, proposed methods with reasons, and how many of what is proposed."""

    files: tuple[str, ...]
    reasons: tuple[ProposedMethod, ...]
    counts: Mapping[str, int]


def draft_scheme(
    project: Project, scheme: str | None = None, edition: str | None = None, without: Iterable[What] = (),
    dry_run: bool = False,
) -> Drafted:  # fmt: skip
    """Propose what an edition lacks, and write it; what is there already stays.

    Raises `KitgenError` with every problem of the data, and if the edition is released.
    """
    chosen = only_edition(find_editions(project, scheme, edition), said("a draft is made of one scheme"))
    refuse_sealed(project, chosen)
    data = load_data(project, *chosen)
    (loaded,), kinds = data.editions, data.kinds
    parts = [part for part in PARTS if part not in set(without)]
    made = proposed(
        loaded.scheme,
        {(each.unit_code, each.number): each.primary for each in loaded.plan.criteria},
        [each.cluster for each in loaded.plan.clusters],
        [(each.unit, number, each.kind) for each in loaded.whole_bank for number in each.criteria],
        [code for scenario in loaded.scenarios for code in scenario.unit_codes],
        kinds,
        parts,
    )
    texts = _texts(project.scheme_file(chosen).parent, made, loaded)
    errors = tried(project, chosen, texts, kinds)
    if errors:
        raise KitgenError(errors)
    folder = project.scheme_file(chosen).parent
    if not dry_run:
        for file, text in texts.items():
            write_whole(folder / file, text.encode())
    return Drafted(tuple(project.shown(folder / file) for file in texts), made.reasons, _counts(made))


def _counts(made: Proposals) -> Mapping[str, int]:
    return Counter({
        "methods": len(made.reasons),
        "tasks": len(made.tasks.get("tasks", ())),
        "standards": len(made.scheme.get("units", ())),
        "questions": sum(map(len, made.questions.values())),
        "scenarios": len(made.scenarios),
    })  # fmt: skip


def _texts(folder: Path, made: Proposals, edition: Edition) -> dict[str, str]:
    """The new text of each file that says more."""
    texts: dict[str, str] = {}
    plans = (("scheme.yaml", made.scheme, ""), ("methods.yaml", made.methods, METHODS_HEAD),
             ("tasks.yaml", made.tasks, TASKS_HEAD))  # fmt: skip
    for file, more, head in plans:
        if is_nothing(more):
            continue
        before = _text(folder / file)
        told = _tree(before, file)
        text, _ = reshaped(head if before is None else before, _ordered(merged(told, more), edition, file), file)
        if text != before:
            texts[file] = text
    units = {unit.code: unit for unit in edition.scheme.units}
    for code, frames in made.questions.items():
        file = f"questions/{safe_name(code)}.yaml"
        if (folder / file).exists():
            file = f"questions/{safe_name(code)}-kerangka.yaml"
        new = [
            frame_of(each["id"], each["kind"], code, tuple(each["criteria"]), Upkeep(status="frame")) for each in frames
        ]
        if not (folder / file).exists():
            texts[file] = bank_text(units[code], new)
    for scenario in made.scenarios:
        file = f"scenarios/{scenario['id']}.yaml"
        if not (folder / file).exists():
            texts[file] = reshaped(SCENARIO_HEAD, scenario, file)[0]
    return texts


def _ordered(tree: Tree, edition: Edition, file: str) -> Tree:
    """Methods in the order of the KUK; units nobody spoke of before stand behind the others."""
    if file != "methods.yaml":
        return tree
    numbers = {unit.code: [each.number for each in unit.criteria()] for unit in edition.scheme.units}
    for unit in tree.get("units") or ():
        order = numbers.get(str(unit.get("unit")), [])
        unit["criteria"] = sorted(unit.get("criteria") or (), key=lambda each, order=order: _place(each, order))
    return tree


def _place(item: Tree, order: Sequence[str]) -> int:
    number = str(item.get("criterion"))
    return order.index(number) if number in order else len(order)


def _tree(text: str | None, name: str) -> Tree:
    findings = Findings()
    top = parse_yaml(text, name, findings) if text is not None else None
    findings.stop_on_errors()
    tree = tree_of(top) if top is not None else {}
    return tree if isinstance(tree, dict) else {}


def _text(path: Path) -> str | None:
    try:
        return read_regular(path).decode("utf-8-sig")
    except FileNotFoundError:
        return None
