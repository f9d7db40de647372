"""The suite beside that of an older checkout: which test took the place of which, and the processor seconds of both, in turn.

    python bench/suite.py list BEFORE                  # old test, new test, a line each; those without one last
    python bench/suite.py measure BEFORE [--rounds 1]  # all tests of BEFORE, those here that took their place, all tests here

BEFORE is another checkout of kitgen, such as `git worktree add --detach ../before 99e88eb`, the tree before its folders were sorted by
subject. Both run in this environment, one process each, as CI runs them (`HYPOTHESIS_PROFILE=ci`); seconds are those of all
processes a run starts. A test is found again by its name, else by its docstring, else by its words; what was none of these is in `BY_HAND`.
"""

import argparse
import ast
import difflib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALIKE = 0.6
"""Two tests of other names whose words are as alike as this (of 0 to 1) are taken for one; read through by hand, they are."""

BY_HAND = {
    "test_a_criterion_without_a_cue_stops_the_build": "tests/load/test_bank.py::test_criteria_without_a_cue_are_told_in_one_line",
    "test_turns_never_overlap": "tests/kits/test_timetable.py::test_no_person_room_or_actor_is_at_two_places_at_once",
    "test_a_shortage_is_told_with_what_would_be_enough": "tests/kits/test_timetable.py::test_what_does_not_fit_is_told_in_one_sentence_with_what_would",
    "test_a_turn_longer_than_a_day_and_one_candidate_too_many_are_told": "tests/kits/test_timetable.py::test_what_does_not_fit_is_told_in_one_sentence_with_what_would",
    "test_every_text_of_a_cell_has_a_translation": "tests/cli/test_language.py::test_every_text_has_its_indonesian_words",
    "test_no_translation_stands_there_for_a_text_nobody_says": "tests/cli/test_language.py::test_every_text_has_its_indonesian_words",
    "test_a_translation_is_indonesian_and_keeps_what_differs": "tests/cli/test_language.py::test_a_translation_speaks_of_nothing_the_text_does_not_know",
    "test_what_differs_is_kept_and_the_rest_is_left_alone": "tests/cli/test_language.py::test_arguments_are_changed_and_words_are_not",
    "test_the_rotation_keeps_to_the_hours_of_the_event": "tests/events/test_event_sheets.py::test_the_timetable_keeps_to_the_hours_and_days_of_the_event",
    "test_the_days_of_the_rotation_have_the_dates_that_are_known": "tests/events/test_event_sheets.py::test_the_timetable_keeps_to_the_hours_and_days_of_the_event",
    "test_every_floor_is_lived_on": "tests/test_floors.py::test_the_house_has_few_folders_two_levels_deep",
    "test_ticks_are_what_is_used_for_every_background": "tests/load/test_methods.py::test_ticks_are_those_of_one_candidate",
    "test_a_backslash_in_a_name_is_refused": "tests/render/test_package.py::test_a_backslash_that_leads_outside_is_refused",
    "test_places_are_told_in_indonesian": "tests/events/test_recall_words.py::test_places_are_told_by_unit_criterion_and_label",
    "test_templates_without_that_of_the_record_are_told": "tests/verify/test_verify.py::test_the_template_of_the_record_is_the_projects_own_else_the_shipped_one",
}
"""Tests of what works otherwise now: a KUK without a cue warns, the texts of cells come from the one catalogue, turns are a timetable."""


def tests_of(root: Path) -> Iterator[tuple[str, str, str, str]]:
    """Node id, name, docstring and source of every test of a checkout; those with parameters once; state machines by their test case."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        tree, file = ast.parse(path.read_text("utf-8")), path.relative_to(root).as_posix()
        for holder, prefix in [
            (tree, file),
            *((node, f"{file}::{node.name}") for node in tree.body if isinstance(node, ast.ClassDef)),
        ]:
            for node in holder.body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield f"{prefix}::{node.name}", node.name, ast.get_docstring(node) or "", ast.unparse(node)
                elif isinstance(node, ast.Assign) and ast.unparse(node.value).endswith(".TestCase"):
                    name = ast.unparse(node.targets[0])
                    yield f"{prefix}::{name}", name, "", ast.unparse(node)


def likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def places_taken(before: Path) -> dict[str, str]:
    """Of each test of an older checkout the test here that took its place; without it where there is none."""
    here = list(tests_of(ROOT))
    words = {node: text for node, _, _, text in here}
    by_name: dict[str, list[str]] = {}
    by_fact: dict[str, list[str]] = {}
    for node, name, fact, _ in here:
        by_name.setdefault(name, []).append(node)
        by_fact.setdefault(fact, []).append(node)
    found, left = {}, []
    for node, name, fact, text in tests_of(before):
        same = by_name.get(name) or (by_fact.get(fact) if fact else None)
        if name in BY_HAND:
            found[node] = BY_HAND[name]
        elif same:
            found[node] = max(same, key=lambda other: likeness(text, words[other])) if len(same) > 1 else same[0]
        else:
            left.append((node, text))
    free = words.keys() - set(found.values())
    for node, text in left:
        best = max(sorted(free), key=lambda other: likeness(text, words[other]), default=None)
        if best is not None and likeness(text, words[best]) > ALIKE:
            found[node] = best
    return found


def run(tree: Path, nodes: list[str]) -> tuple[float, float, str]:
    """Tests of a checkout, or all of it: seconds of processors, seconds on the clock, and what pytest said last."""
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "ci", "PYTHONDONTWRITEBYTECODE": ""}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(nodes))
        listed.flush()
        asked = [f"@{listed.name}"] if nodes else ["tests"]
        told = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *asked], cwd=tree, env=environment, capture_output=True, text=True
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return taken, time.perf_counter() - start, (told.stdout.strip() or told.stderr).splitlines()[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("list", "measure"))
    parser.add_argument("before", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    before = options.before.resolve()
    taken, old = places_taken(before), [node for node, *_ in tests_of(before)]
    if options.what == "list":
        for node in sorted(old, key=lambda node: (node not in taken, node)):
            print(f"{node}\t{taken.get(node, '-')}")
    print(
        f"{len(old)} tests before; {len(taken)} of them have one here, {len(set(taken.values()))} in all",
        file=sys.stderr,
    )
    if options.what == "measure":
        signal.signal(signal.SIGINT, signal.default_int_handler)  # tests of Ctrl-C need it in what is started from here
        sides = {"before": (before, []), "in their place": (ROOT, sorted(set(taken.values()))), "all here": (ROOT, [])}
        for _ in range(options.rounds):
            for name, (tree, nodes) in sides.items():
                processor, clock, said = run(tree, nodes)
                print(f"{name:<16} {processor:7.0f} s  ({clock:6.0f} s)  {said}", flush=True)


if __name__ == "__main__":
    main()
