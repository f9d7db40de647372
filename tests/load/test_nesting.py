"""Lists in lists: kitgen's own bound is met first, whatever the library that reads YAML or JSON would bear itself."""

import json
from pathlib import Path

import pytest
import yaml
from harness import KitProject, paragraphs, within, word_template

from kitgen.base.errors import Findings, KitgenError
from kitgen.load import json_file
from kitgen.load.json_file import TooDeep, parse_json, read_json
from kitgen.load.records import load_records
from kitgen.load.yaml import parse
from kitgen.load.yaml.source import parse_yaml

TOO_DEEP = "more than 100 lists or groups stand in each other"
WAYS = {
    "lists": lambda depth: "a: " + "[" * depth + "]" * depth,
    "lists with a text": lambda depth: "a: " + "[" * depth + "x" + "]" * depth,
    "lists never closed": lambda depth: "a: " + "[" * depth,
    "lists far apart": lambda depth: "a: " + ("[" + " " * 90) * depth,
    "lists on lines": lambda depth: "a:\n" + " [\n" * depth + " ]" * depth,
    "groups": lambda depth: "{a: " * depth + "x" + "}" * depth,
    "groups in keys": lambda depth: "{? " * depth + "x" + "}" * depth,
    "groups never closed": lambda depth: "{a: " * depth,
    "dashes": lambda depth: "- " * depth + "x",
    "keys that are groups": lambda depth: "? " * depth + "x",
    "indented groups": lambda depth: "\n".join(" " * level + "a:" for level in range(depth)),
    "indented lists": lambda depth: "\n".join(" " * level + "-" for level in range(depth)),
    "lists at the place of their names": lambda depth: "\n".join(" " * 2 * level + "- a:" for level in range(depth)),
    "behind a sign of anchors": lambda depth: 'a: "&"\nb: ' + "[" * depth + "]" * depth,
}


class Slow(parse.Bounded, yaml.SafeLoader):
    """The library's loader where its quick one was not built; it knows no bound."""


class Strict(parse.Bounded, yaml.SafeLoader):
    """A later library that gives up itself, sooner than today's."""

    def fetch_flow_sequence_start(self) -> None:
        self.give_up_at(150)
        super().fetch_flow_sequence_start()

    def fetch_flow_mapping_start(self) -> None:
        self.give_up_at(150)
        super().fetch_flow_mapping_start()

    def give_up_at(self, level: int) -> None:
        if self.flow_level >= level:
            raise yaml.scanner.ScannerError("while counting", None, "I will not go on", self.get_mark())


def told(text: str) -> list[str]:
    findings = Findings()
    parse_yaml(text, "scheme.yaml", findings)
    return [problem.message for problem in findings.errors]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("depth", [110, 250, 1_500])
@pytest.mark.parametrize("loader", [None, Slow, Strict])
def test_nesting_is_refused_in_our_own_words(
    way: str, depth: int, loader: type | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is written, however deep, by whichever loader: one message, and at once."""
    if loader is not None:
        monkeypatch.setattr(parse, "Loader", loader)
    with within(seconds=5, megabytes=100):
        assert told(WAYS[way](depth)) == [TOO_DEEP]


@pytest.mark.parametrize("way", ["[", "{a: ", "- ", "? "])
def test_a_file_full_of_nesting_is_refused_at_once(way: str) -> None:
    """Megabytes of it cost no more than a hundred levels."""
    with within(seconds=2, megabytes=100):
        assert told("title: " * (way in "[{a: ") + way * 300_000 + "x") == [TOO_DEEP]


@pytest.mark.parametrize("loader", [None, Slow, Strict])
def test_a_hundred_are_taken_and_one_more_is_not(loader: type | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is exact, with a text in the innermost list and with nothing in it."""
    if loader is not None:
        monkeypatch.setattr(parse, "Loader", loader)
    for inside in ("", "x", "x, y"):
        assert told("[" * 100 + inside + "]" * 100) == []
        assert told("[" * 101 + inside + "]" * 101) == [TOO_DEEP]
    assert told("[" * 99 + "[], " * 40_000 + "]" * 99) == []


def test_the_line_of_the_one_too_many_is_told() -> None:
    """As every fault of a file, it has a place."""
    findings = Findings()
    parse_yaml("\n".join(" " * level + "a:" for level in range(130)), "scheme.yaml", findings)
    (problem,) = findings.errors
    assert problem.place is not None
    assert problem.place.line in (101, 102)


def test_other_faults_are_not_taken_for_nesting() -> None:
    """Many brackets do not stand in each other, or stand in quotes: the fault is told as the library names it."""
    for text in ("a: [" + "[], " * 500 + "\nb: [", 'a: "' + "[" * 500, "a: {" + "b: {}, " * 500 + "'"):
        (message,) = told(text)
        assert message.startswith("YAML cannot be read: ")


@pytest.mark.parametrize("depth", [101, 900, 100_000])
def test_json_is_bounded_as_yaml_is(depth: int, tmp_path: Path) -> None:
    """Data for templates, and files kitgen wrote: both below and above what the interpreter itself bears."""
    text = '{"format": 1, "a": ' + "[" * depth + "]" * depth + "}"
    with pytest.raises(TooDeep) as deep:
        parse_json(text)
    assert deep.value.message == TOO_DEEP
    (tmp_path / "data.json").write_text(text, "utf-8")
    with pytest.raises(KitgenError) as refused:
        load_records(tmp_path / "data.json")
    assert [problem.message for problem in refused.value.diagnostics] == [TOO_DEEP]
    with pytest.raises(KitgenError, match="file is damaged: it is no JSON"):
        read_json(tmp_path / "data.json", "data.json", 1, "make it anew")


def test_a_hundred_levels_of_json_are_taken() -> None:
    """The bound is exact here, too."""
    assert parse_json("[" * 100 + "1" + "]" * 100) == json.loads("[" * 100 + "1" + "]" * 100)
    for inside in ("", "1", '"["'):
        with pytest.raises(TooDeep):
            parse_json("[" * 101 + inside + "]" * 101)
    assert json_file.MAX_DEPTH == parse.MAX_DEPTH


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_deep_data_for_a_template_is_one_message(suffix: str, tmp_path: Path) -> None:
    """`kitgen render` tells it, and what to do about any other odd data, without a traceback."""
    project = KitProject(tmp_path)
    template = word_template(tmp_path, paragraphs("{{ a }}"))
    for depth in (150, 2_000):
        (tmp_path / f"data.{suffix}").write_text('{"a": ' + "[" * depth + "]" * depth + "}", "utf-8")
        project.run("render", str(template), str(tmp_path / f"data.{suffix}"), str(tmp_path / "out.docx"), expect=1)
        assert TOO_DEEP in project.said


def test_a_number_of_thousands_of_digits_is_told(tmp_path: Path) -> None:
    """What Python itself refuses to turn into a number."""
    (tmp_path / "data.json").write_text('{"a": ' + "1" * 5_000 + "}", "utf-8")
    with pytest.raises(KitgenError, match="JSON cannot be read: "):
        load_records(tmp_path / "data.json")
