"""Reading sheets for the multiple-choice bank, and the score of what readers answered.

    pip install -e .
    python bench/readings.py sheets FOLDER [--seed 20261130] [--with-stems 60]
    python bench/readings.py marking FOLDER --kit output/.../'Skema Lengkap' [--seed 20261130]
    python bench/readings.py score FOLDER

`sheets` writes two plain texts without any key: `options-only.txt`, every item without its stem, in an order that keeps items of
one criterion apart, and `with-stems.txt`, a random draw with stems. `score` reads `<sheet>.<reader>.answers`, one `ID letter` a
line, and holds them against the keys: each reader, and for options alone the majority of all readers (where they are split
evenly, nobody has found the key); and `marking.<reader>.tsv`, a performance, unit, KUK and mark a line. Options stand as the bank has them, so that keys are read off the bank when scoring.

`marking` writes a text for each role play: its finished Kartu Asesor out of a kit, and its calibration performances without keys, under
ids that tell nothing, in an order of chance. `marking.<reader>.tsv` may name those ids.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from math import comb
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kitgen.documents.disk.document import document_parts
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.bank import Question
from kitgen.model.scenario import Scenario
from kitgen.model.station import TICK_LABELS, SpokenLine
from kitgen.render.dump.dump import dump_parts

OPTIONS_ONLY = "options-only"
WITH_STEMS = "with-stems"
ANSWER = re.compile(r"^(\S+)\s+([a-e])\b", re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("sheets", "marking", "score"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=20261130)
    parser.add_argument("--with-stems", type=int, default=60, help="so many items on the sheet with stems")
    parser.add_argument("--kit", type=Path, help="a finished kit, for its cards")
    asked = parser.parse_args()
    items = multiple_choice()
    if asked.what == "sheets":
        write_sheets(asked.folder, items, asked.seed, asked.with_stems)
    elif asked.what == "marking":
        write_marking(asked.folder, asked.kit, scenarios(), asked.seed)
    else:
        print("\n".join((*scores(asked.folder, items), *marking_scores(asked.folder, scenarios()))))


def multiple_choice() -> list[Question]:
    """Every multiple-choice item of every edition, as written."""
    data = load_data(find_project(Path(__file__).resolve().parent))
    return [each for edition in data.editions for each in edition.bank if each.options]


def scenarios() -> list[Scenario]:
    """Every role play of every edition."""
    data = load_data(find_project(Path(__file__).resolve().parent))
    return [each for edition in data.editions for each in edition.scenarios]


def write_sheets(folder: Path, items: Sequence[Question], seed: int, drawn: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    mixed = random.Random(seed).sample(items, len(items))
    (folder / f"{OPTIONS_ONLY}.txt").write_text("\n".join(_item(each, False) for each in mixed))
    chosen = random.Random(seed + 1).sample(items, min(drawn, len(items)))
    (folder / f"{WITH_STEMS}.txt").write_text("\n".join(_item(each, True) for each in chosen))


def _item(item: Question, with_stem: bool) -> str:
    options = "".join(f"  {option.letter}. {option.text}\n" for option in item.options)
    return f"{item.id}\n" + (f"{item.text}\n" if with_stem else "") + options


def write_marking(folder: Path, kit: Path, scenarios: Sequence[Scenario], seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    for scenario in scenarios:
        (card,) = kit.rglob(f"*Kartu Asesor*{scenario.id}*.docx")
        dumped = "\n".join(map(str, dump_parts(document_parts(card), card.name)))
        written = [f"# {scenario.id}\n\n## Kartu Asesor (dokumen jadi, sebagai teks)\n\n{dumped}"]
        for each in chance.sample(scenario.calibration, len(scenario.calibration)):
            asked = dict.fromkeys(f"{mark.unit_code} {mark.number}" for mark in each.marks)
            written.append(
                f"## Penampilan {neutral(each.id)}\n\n{_said(each.lines)}\n\nYang ditulis asesi:\n{_said(each.written)}\n\n"
                f"Tandai setiap KUK: {', '.join(asked)}"
            )
        (folder / f"{scenario.id}.txt").write_text("\n\n".join(written) + "\n")


def neutral(performance: str) -> str:
    """An id that does not tell which performance is which."""
    return "P" + sha256(performance.encode()).hexdigest()[:5].upper()


def _said(lines: Sequence[SpokenLine]) -> str:
    return "\n".join(f"{line.speaker}: {line.text}" for line in lines)


def scores(folder: Path, items: Sequence[Question]) -> list[str]:
    keys = {each.id: str(each.key) for each in items}
    lines: list[str] = []
    for sheet in (WITH_STEMS, OPTIONS_ONLY):
        readers = {path.name.split(".")[1]: _answers(path) for path in sorted(folder.glob(f"{sheet}.*.answers"))}
        for reader, answers in readers.items():
            right = sum(keys.get(id) == letter for id, letter in answers.items())
            low, high = interval(right, len(answers))
            lines.append(f"{sheet} {reader}: {right} of {len(answers)} = {right / max(1, len(answers)):.0%} "
                         f"(95 % interval {low:.0%} to {high:.0%})")  # fmt: skip
        if sheet == WITH_STEMS:
            for reader, answers in readers.items():
                lines += [f"  {reader} {id}: {letter}, key {keys.get(id)}" for id, letter in answers.items()
                          if keys.get(id) != letter]  # fmt: skip
        elif readers:
            found = found_by_majority(readers, keys)
            lines.append(
                f"{sheet} majority of {len(readers)}: {len(found)} of {len(keys)} = {len(found) / len(keys):.0%}"
            )
            lines.append("  " + " ".join(found))
    return lines


def marking_scores(folder: Path, scenarios: Sequence[Scenario]) -> list[str]:
    """How each reader's marks of the calibration performances (`marking.<reader>.tsv`) agree with their keys."""
    keys = {
        (each.id, mark.unit_code, mark.number): (each.kind, mark.tick)
        for scenario in scenarios for each in scenario.calibration for mark in each.marks
    }  # fmt: skip
    lines: list[str] = []
    for path in sorted(folder.glob("marking.*.tsv")):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        named = {neutral(each.id): each.id for scenario in scenarios for each in scenario.calibration}
        marks = {(named.get(row[0], row[0]), *row[1:3]): TICK_LABELS.get(row[3], row[3]) for row in rows}
        for kind in dict.fromkeys(kind for kind, _ in keys.values()):
            asked = [key for key, (of_kind, _) in keys.items() if of_kind == kind]
            right = sum(marks.get(key) == keys[key][1] for key in asked)
            lines.append(
                f"marking {path.name.split('.')[1]}, {kind}: {right} of {len(asked)} = {right / len(asked):.0%}"
            )
        lines += [
            f"  {' '.join(key)}: {marks.get(key)}, key {tick}"
            for key, (_, tick) in keys.items()
            if marks.get(key) != tick
        ]
    return lines


def _answers(path: Path) -> dict[str, str]:
    found = (ANSWER.match(line.strip()) for line in path.read_text().splitlines())
    return {match[1]: match[2].lower() for match in found if match}


def found_by_majority(readers: Mapping[str, Mapping[str, str]], keys: Mapping[str, str]) -> list[str]:
    """The items whose key more readers gave than any other letter."""
    found: list[str] = []
    for id, key in keys.items():
        votes = Counter(answers[id] for answers in readers.values() if id in answers)
        if votes and votes[key] > max((count for letter, count in votes.items() if letter != key), default=0):
            found.append(id)
    return found


def interval(right: int, asked: int) -> tuple[float, float]:
    """Exact 95 % interval (Clopper and Pearson) of a share, by halving."""
    if not asked:
        return 0.0, 1.0

    def at_least(share: float) -> float:
        return sum(comb(asked, hits) * share**hits * (1 - share) ** (asked - hits) for hits in range(right, asked + 1))

    def at_most(share: float) -> float:
        return sum(comb(asked, hits) * share**hits * (1 - share) ** (asked - hits) for hits in range(right + 1))

    low = _halved(lambda share: at_least(share) < 0.025) if right else 0.0
    high = _halved(lambda share: at_most(share) > 0.025) if right < asked else 1.0
    return low, high


def _halved(is_below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if is_below(middle):
            low = middle
        else:
            high = middle
    return low


if __name__ == "__main__":
    main()
