"""A project kitgen 0.1 left, opened with this kitgen: nothing void, nothing lost, every serial explained.

`tests/fixtures/zero_one/make.py` says what is in it; `said.json` is what 0.1 said of it.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from harness import KitProject, tree_digests

from kitgen.cli import cli

pytestmark = pytest.mark.slow

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "zero_one"
SLUG, EVENT = "penata-rak", "contoh"


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return dict(json.loads((FIXTURE / "said.json").read_text("utf-8")))


def stands(plan: Any) -> dict[str, tuple[str, str]]:
    """State and serial of each document, by its path, form and kit; of an orphan 0.1 told the folder of its kit."""
    return {
        f"{each['path']} {each['form']} {'' if each['state'] == 'orphan' else each['kit']}": (
            each["state"],
            each["serial"],
        )
        for each in plan["documents"]
    }


@pytest.mark.parametrize(("asked", "arguments"), [("plan", ()), ("plan event", ("--event", EVENT))])
def test_a_plan_says_what_it_said(
    left: KitProject, said: dict[str, Any], asked: str, arguments: tuple[str, ...]
) -> None:
    """Of the released edition and of the delivered event: nothing to make, every document with its serial."""
    now = left.json("plan", *arguments)
    assert stands(now) == stands(said[asked])
    assert now["summary"]["stale"] == 0


def test_nothing_is_void(left: KitProject, said: dict[str, Any]) -> None:
    """No sheet in anybody's hands is called back."""
    now = left.json("recall", EVENT)
    assert (now["recalled"], now["summary"]) == ([], said["recall"]["summary"])


def test_every_serial_is_explained_as_before(left: KitProject, said: dict[str, Any]) -> None:
    """Good, out of date, withdrawn: as 0.1 said it, with the documents it is of."""

    def known(answer: Any) -> tuple[str, list[tuple[str, str, str]], int]:
        documents = [(each["document"], each["state"], each["serial"]) for each in answer["documents"]]
        return answer["verdict"], documents, len(answer["handed_over"])

    assert len(said["explain"]) > 80
    now = {serial: known(left.json("explain", serial)) for serial in said["explain"]}
    assert now == {serial: known(answer) for serial, answer in said["explain"].items()}


@pytest.mark.parametrize(("asked", "arguments"), [("verify", ()), ("verify event", ("--event", EVENT))])
def test_everything_is_proven_as_before(
    project: KitProject, said: dict[str, Any], asked: str, arguments: tuple[str, ...]
) -> None:
    """No fault, no gap; what was found in the documents is found again."""

    def proven(verified: Any) -> list[tuple[bool, list[tuple[str, int, int, int]]]]:
        kits = [
            [(kit["kit"], kit["documents"], kit["faults"], kit["gaps"]) for kit in each["kits"]] for each in verified
        ]
        return [(each["proven"], rows) for each, rows in zip(verified, kits, strict=True)]

    assert proven(project.json("verify", *arguments)) == proven(said[asked])


def test_a_build_loses_nothing(project: KitProject) -> None:
    """Built, edition and event: every file says what it said, but for what the plan says nobody asks for any more.

    Only kitgen's own indexes and histories may be anew, and know no less than they knew.
    """
    orphans = {path for path, state in project.states().items() if state == "orphan"}
    before = tree_digests(project.root)
    project.build().build("--event", EVENT)
    after = tree_digests(project.root)
    lost = {name for name in before if after.get(name) != before[name]}
    known = {name for name in lost if name.endswith(("manifest.json", "riwayat.json", "riwayat/penata-rak/2024.json"))}
    assert lost - known == {f"output/{path}" for path in orphans} and len(orphans) == 1
    assert known <= after.keys()


def test_the_archive_is_opened_and_made_again(left: KitProject, tmp_path: Path) -> None:
    """An archive of 0.1 makes a project, and every document in it can be made, by another renderer in other parts."""
    archive = str(left.root / "arsip-2024.zip")
    verified = CliRunner().invoke(cli, ["-C", str(left.root), "archive", archive, "--verify", "--json"])
    compared = json.loads(verified.stdout)
    assert compared["documents"] == 40 and all(each["then"] and each["now"] for each in compared["different"])
    left.run("archive", archive, "--open", str(tmp_path / "dari-arsip"))
    opened = tmp_path / "dari-arsip"
    assert (opened / "scheme" / SLUG / "2024" / "segel.json").is_file()
    assert KitProject(opened).json("plan")["summary"]["new"] == 40
