"""What is proposed for a scheme that has units and KUK and little else: methods, instruments, tasks, standards, frames.

Pure: from the data of the files as it is to the data as it would be. What is there already is never changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from kitgen.base.holes import BLANK
from kitgen.load.yaml.reshape import Tree
from kitgen.model.bank import KINDS
from kitgen.model.methods import BACKGROUNDS, METHOD_LABELS, METHOD_OF_KIND, InstrumentKind, Method
from kitgen.model.scheme import Cluster, Scheme, Unit
from kitgen.model.verbs import PEOPLE, Suggestion, suggested

What = Literal["methods", "tasks", "standards", "questions", "scenarios"]
PARTS: Final[tuple[What, ...]] = ("methods", "tasks", "standards", "questions", "scenarios")
MINUTES_PER_CRITERION: Final = 5
"""How long a task is proposed to take for each KUK it shows; the LSP decides."""
_SCENE: Final = "adegan-1"
_DONE: Final[frozenset[Method]] = frozenset({"observed", "product"})
_INSTRUMENT_REASON: Final = (
    "ceklis dan tugas praktik bagi KUK yang diamati atau meninggalkan hasil, satu perangkat tanya bagi setiap metode"
    " tanya; semua latar belakang asesi sama"
)
_SITUATION: Final = (
    "Anda bekerja di tempat kerja yang ditetapkan asesor. Kerjakan setiap bagian menurut prosedur kerja di sana, dengan"
    " sarana yang disediakan."
)
Primary = Mapping[tuple[str, str], Method]


class ProposedMethod(NamedTuple):
    """Usulan metode satu KUK: the code of its unit, its number, the method, and why in words."""

    unit: str
    criterion: str
    method: Method
    reason: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """Usulan: what the files would say besides, and the proposed methods with their reasons, for people."""

    scheme: dict[str, Any]
    methods: dict[str, Any]
    tasks: dict[str, Any]
    questions: Mapping[str, list[dict[str, Any]]]
    scenarios: tuple[dict[str, Any], ...]
    reasons: tuple[ProposedMethod, ...]


def proposed(
    scheme: Scheme,
    primary: Primary,
    planned: Iterable[int],
    asked: Iterable[tuple[str, str, str]],
    played: Iterable[str],
    kinds: Sequence[InstrumentKind],
    parts: Iterable[What],
) -> Proposals:
    """What is proposed, of these parts only.

    `primary`: the methods there are; `planned`: clusters that have instruments; `asked`: unit, number and kind of each
    question; `played`: units that have role plays.
    """
    wanted = set(parts)
    found = {key: Suggestion(method, (), "") for key, method in primary.items()}
    fresh: dict[tuple[str, str], Suggestion] = {}
    for unit in scheme.units:
        for each in unit.criteria():
            if (unit.code, each.number) not in found:
                fresh[unit.code, each.number] = suggested(each.text)
    if "methods" not in wanted:
        fresh = {}
    methods = {**{key: each.method for key, each in found.items()}, **{key: each.method for key, each in fresh.items()}}
    there = set(planned)
    return Proposals(
        scheme=_standards(scheme) if "standards" in wanted else {},
        methods={
            "units": list(_method_rows(scheme, fresh)),
            "clusters": [
                _instruments(cluster, methods, kinds)
                for cluster in scheme.clusters
                if "methods" in wanted and cluster.number not in there and fresh
            ],
        },
        tasks={
            "tasks": [each for cluster in scheme.clusters if not cluster.tasks and (each := _task(cluster, methods))]
        }
        if "tasks" in wanted
        else {},
        questions=dict(_frames(scheme, methods, set(asked))) if "questions" in wanted else {},
        scenarios=tuple(_scenarios(scheme, methods, set(played))) if "scenarios" in wanted else (),
        reasons=tuple(ProposedMethod(code, number, each.method, each.reason) for (code, number), each in fresh.items()),
    )


def _method_rows(scheme: Scheme, fresh: Mapping[tuple[str, str], Suggestion]) -> Iterator[Tree]:
    for unit in scheme.units:
        rows = [
            {
                "criterion": each.number,
                "primary": found.method,
                "reserves": list(found.reserves),
                "proposed": True,
                "why": found.reason,
            }
            for each in unit.criteria()
            if (found := fresh.get((unit.code, each.number))) is not None
        ]
        if rows:
            yield {"unit": unit.code, "criteria": rows}


def _instruments(cluster: Cluster, methods: Primary, kinds: Sequence[InstrumentKind]) -> Tree:
    """For each method the first instrument that shows it by itself, and those of observation that cover it."""
    used = {methods[unit.code, each.number] for unit in cluster.units for each in unit.criteria()
            if (unit.code, each.number) in methods}  # fmt: skip
    forms = [
        next((kind.form for kind in kinds if method in kind.shows and not kind.stands_in), "")
        for method in METHOD_LABELS
        if method in used
    ]
    forms += [kind.form for kind in kinds if kind.column == "observation" and used & set(kind.covers)]
    listed = [kind.form for kind in kinds if kind.form in forms]
    instruments = [{"form": form, "backgrounds": list(BACKGROUNDS)} for form in listed]
    return {"cluster": cluster.number, "proposed": True, "why": _INSTRUMENT_REASON, "instruments": instruments}


def _task(cluster: Cluster, methods: Primary) -> Tree:
    parts = [part for unit in cluster.units if (part := _part(unit, methods))]
    if not parts:
        return None
    title = cluster.title if isinstance(cluster.title, str) else f"Tugas praktik kelompok pekerjaan {cluster.number}"
    return {
        "id": f"TPD-{cluster.number}",
        "cluster": cluster.number,
        "title": title,
        "situation": _SITUATION,
        "equipment": ["Sarana kerja menurut prosedur tempat kerja"],
        "references": ["Prosedur kerja (SOP) tempat kerja"],
        "parts": parts,
        "proposed": True,
    }


def _part(unit: Unit, methods: Primary) -> Tree:
    shown = [each for each in unit.criteria() if methods.get((unit.code, each.number)) in _DONE]
    if not shown:
        return None
    return {
        "unit": unit.code,
        "title": f"Praktik: {unit.title}",  # a heading of its own: what stands below it is read back there
        "steps": [f"Kerjakan sampai {_within(each.text)}." for each in shown],
        "output": f"Hasil kerja: {unit.title}",
        "minutes": MINUTES_PER_CRITERION * len(shown),
    }


def _within(text: str) -> str:
    """A criterion as it stands inside a sentence: `Kain dipotong` is `kain dipotong`, `SOP dipatuhi` stays."""
    bare = text.rstrip(". ")
    return bare[:1].lower() + bare[1:] if bare[1:2].islower() else bare


def _standards(scheme: Scheme) -> dict[str, Any]:
    units = []
    for unit in scheme.units:
        if unit.workplace_standard is BLANK or not unit.workplace_standard:
            aspects = "; ".join(aspect.rstrip(".;") for aspect in unit.critical_aspects)
            text = f"Prosedur kerja (SOP) tempat kerja untuk unit {unit.title}"
            text += f", sekurang-kurangnya: {aspects}." if aspects else "; ukuran yang dapat diamati ditetapkan LSP."
            units.append({"code": unit.code, "workplace_standard": text, "proposed": True})
    return {"units": units}


def _frames(
    scheme: Scheme, methods: Primary, asked: set[tuple[str, str, str]]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A frame for each KUK that is asked and has no question: multiple choice in writing, else aloud."""
    kind_of = {method: kind for kind, method in reversed(METHOD_OF_KIND.items())}
    for unit in scheme.units:
        frames: list[dict[str, Any]] = []
        for each in unit.criteria():
            kind = kind_of.get(methods.get((unit.code, each.number), "observed"))
            kinds = {known for known, method in METHOD_OF_KIND.items() if kind and method == METHOD_OF_KIND[kind]}
            if kind is not None and not any((unit.code, each.number, known) in asked for known in kinds):
                id = f"{KINDS[kind].code}-{unit.position:03}-K{len(frames) + 1:02}"
                frames.append({"id": id, "kind": kind, "criteria": [each.number]})
        if frames:
            yield unit.code, frames


def _scenarios(scheme: Scheme, methods: Primary, played: set[str]) -> Iterator[dict[str, Any]]:
    """A frame for each cluster with units that speak of other people, a cue for each of their KUK."""
    for cluster in scheme.clusters:
        units = [unit for unit in cluster.units if unit.code not in played and _speaks_of_people(unit)]
        if not units or any(unit.code in played for unit in cluster.units):
            continue
        title = cluster.title if isinstance(cluster.title, str) else f"kelompok pekerjaan {cluster.number}"
        yield {
            "id": f"SKN-{cluster.number:02}",
            "title": f"Bermain peran: {title}",
            "units": [unit.code for unit in units],
            "channel": "tatap muka",
            "scenes": [{"id": _SCENE, "title": "Adegan 1", "minutes": 10}],
            "cues": [
                {"unit": unit.code, "criterion": each.number, "scene": _SCENE,
                 "evidence": "product" if methods.get((unit.code, each.number)) == "product" else "observed"}
                for unit in units for each in unit.criteria()
            ],
            "actors": [{"name": "Pemeran 1", "scenes": [_SCENE]}],
            "record": {"status": "draf", "made_by": "kitgen"},
            "proposed": True,
        }  # fmt: skip


def _speaks_of_people(unit: Unit) -> bool:
    words = {word.strip(".,;:()").lower() for each in unit.criteria() for word in each.text.split()}
    return bool(words & PEOPLE)


def merged(old: Tree, new: Tree) -> Tree:
    """The data there is with what is proposed: items of lists by their names, in the order of the proposals."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**{key: merged(value, new[key]) if key in new else value for key, value in old.items()},
                **{key: value for key, value in new.items() if key not in old or not old[key]}}  # fmt: skip
    if isinstance(old, list) and isinstance(new, list):
        left = {_name(item): item for item in new}
        kept = [merged(item, left.pop(_name(item))) if _name(item) in left else item for item in old]
        return [*kept, *left.values()]
    return old


def _name(item: Tree) -> str:
    keys = ("unit", "criterion", "cluster", "code", "id")
    return "|".join(f"{key}={item.get(key)}" for key in keys if item.get(key)) if isinstance(item, dict) else str(item)
