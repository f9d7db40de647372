"""Keys, rationales, cues and secrets stay with those who may see them: searched for in every part of finished files."""

import dataclasses
import re
from pathlib import Path

import pytest
import yaml
from harness import KitProject, paragraphs, word_template
from planted_secrets import everything_in, planted

from kitgen.base.errors import KitgenError
from kitgen.kits.vocabulary import find_word, vocabulary, words_within
from kitgen.model.audience import EVERYONE
from kitgen.render import compile_template

pytestmark = pytest.mark.slow

FOLDERS = {"1 Admin": "admin", "2 Untuk Asesi": "asesi", "3 Untuk Asesor": "asesor", "4 Pemeran": "pemeran",
           "9 KUNCI - RAHASIA": "kunci"}  # fmt: skip


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, root: Path) -> tuple[KitProject, dict[str, set[str]]]:
    """A built copy of the shipped project in which every secret carries a marker."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("rahasia") / "proyek")
    markers: dict[str, set[str]] = {}
    for file in sorted([*project.edition.glob("questions/*.yaml"), *project.edition.glob("scenarios/*.yaml")]):
        data = yaml.safe_load(file.read_text("utf-8"))
        file.write_text(yaml.safe_dump(planted(data, (), markers), allow_unicode=True, width=100_000), "utf-8")
    project.build()
    return project, markers


def audience_of(path: Path) -> str:
    return next(FOLDERS[part] for part in path.parts if part in FOLDERS)


def test_no_secret_reaches_those_who_must_not_have_it(marked: tuple[KitProject, dict[str, set[str]]]) -> None:
    """No file in a folder holds a marker its audience may not see; and the markers do reach those who need them."""
    project, markers = marked
    assert len(markers) > 300
    reached: dict[str, set[str]] = {}
    for path in sorted(project.output.rglob("*.*x")):
        audience = audience_of(path)
        found = set(re.findall(r"ZRAHASIA\d{4}Z", everything_in(path)))
        leaked = {marker for marker in found if audience not in markers[marker]}
        assert not leaked, f"{path.relative_to(project.output)} holds {sorted(leaked)[:3]}"
        reached.setdefault(audience, set()).update(found)
    assert not reached["asesi"] and not reached["admin"]
    assert reached["pemeran"] and reached["asesor"] and reached["kunci"]


def test_no_key_letter_stands_beside_a_question_for_candidates(marked: tuple[KitProject, dict[str, set[str]]]) -> None:
    """Turning every key to another letter changes no byte of what candidates and actors get."""
    project, _ = marked
    before = {
        path: path.read_bytes() for path in project.output.rglob("*.*x") if audience_of(path) in ("asesi", "pemeran")
    }
    assert before
    turned = {"a": "b", "b": "c", "c": "d", "d": "a"}
    for file in project.edition.glob("questions/*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(
            re.sub(r"^(\s*key: )([a-d])$", lambda match: match[1] + turned[match[2]], text, flags=re.M), "utf-8"
        )
    project.build()
    assert project.last is not None and "changed" in project.last.stdout
    for path, content in before.items():
        assert path.read_bytes() == content, path.name


def test_a_template_that_reads_above_its_audience_is_refused(kit_project: KitProject) -> None:
    """A form for candidates cannot be made from a template that reads keys."""
    kit_project.edit("templates/forms.yaml", "template: xlsx/Lembar Skor.xlsx\n    kits: [unit, scheme, event]\n    per: booklet\n"
                     "    questions: multiple_choice\n    instrument: FR.IA.05\n    audience: kunci",
                     "template: xlsx/Lembar Skor.xlsx\n    kits: [unit, scheme, event]\n    per: booklet\n"
                     "    questions: multiple_choice\n    instrument: FR.IA.05\n    audience: asesi")  # fmt: skip
    before = kit_project.tree()
    kit_project.run("check", "--verbose", expect=1)
    assert kit_project.last is not None
    assert "must not be seen in `2 Untuk Asesi`" in kit_project.last.output
    assert "paper.questions.key" in kit_project.last.output
    kit_project.build(expect=1)
    assert kit_project.tree() == before


def test_every_secret_field_of_the_model_says_who_may_see_it() -> None:
    """What is secret in the data is marked in the vocabulary, and nothing secret is open to everyone."""
    secret = {path.replace("[]", "") for path, word in words_within(vocabulary()) if word.seen_by != EVERYONE}
    assert {
        "paper.questions.key", "paper.questions.rationale", "paper.questions.model_answer",
        "paper.questions.marking_points", "paper.questions.options.rationale", "paper.pairs.left.key",
        "scenario.cues.trigger", "scenario.cues.look_for", "scenario.actors", "scenario.assessor", "scenario.scenes.actor",
    } <= secret  # fmt: skip


def test_whole_groups_are_as_secret_as_their_most_secret_part() -> None:
    """A template that takes a whole group is held to what is in it."""
    assert "asesi" not in find_word("paper.questions.*", frozenset({"paper"})).seen_by
    assert "asesi" in find_word("paper.questions[].text", frozenset({"paper"})).seen_by
    assert dataclasses.is_dataclass(find_word("paper", frozenset({"paper"})))


LEAKS = [
    "{% for c in scenario.cues %}{{ loop.previtem.look_for if not loop.first }}{% endfor %}",
    "{% for c in scenario.cues %}{{ loop.nextitem.look_for }}{% endfor %}",
    "{% for pair in scenario.cues | batch(2) %}{% for c in pair %}{{ c.look_for }}{% endfor %}{% endfor %}",
    "{% for c in scenario.cues + scenario.cues %}{{ c.look_for }}{% endfor %}",
    "{% for c in (scenario.cues if 1 else []) %}{{ c.look_for }}{% endfor %}",
    "{% set n = namespace() %}{% for c in scenario.cues %}{% set n.c = c %}{% endfor %}{{ n.c.look_for }}",
    "{% set x = 1 %}{% if 1 %}{% set x = scenario %}{% endif %}{% set y = x %}{{ y.actor.story }}",
    "{{ (scenario or 1).actor.story }}",
    "{{ [scenario][0].actor.story }}",
    "{{ dict(a=scenario)['a'].actor.story }}",
    "{{ scenario['act' ~ 'or']['story'] }}",
    "{{ scenario.cues | map(attribute='look_for') | join }}",
    "{{ scenario.cues | join(attribute='look_for') }}",
    "{{ scenario.cues | sort(attribute='look_for') | length }}",
    "{% with s = scenario %}{{ s.actor.story }}{% endwith %}",
    "{% macro m(a) %}{{ a.story }}{% endmacro %}{{ m(scenario.actors[0]) }}",
    "{% for k, v in scenario | dictsort %}{{ v }}{% endfor %}",
    "{{ '%s' | replace('%s', scenario) }}",
    "{% for c in scenario.cues if c.look_for %}x{% endfor %}",
    "{% for c in scenario.cues recursive %}{{ loop([c]) }}{{ c.look_for }}{% endfor %}",
    "{{ x | default(scenario.actors[0].story) }}",
]


@pytest.mark.parametrize("text", LEAKS)
def test_no_way_of_writing_it_gets_past_the_audience(tmp_path: Path, text: str) -> None:
    """Whatever a template does with a value, reading above its audience is seen."""
    template = compile_template(word_template(tmp_path, paragraphs(text)))
    looked = [find_word(path, frozenset({"scenario", "x"})) for path in template.reads]
    assert any("asesi" not in found.seen_by for found in looked), sorted(template.reads)


@pytest.mark.parametrize("text", ["{{ scenario | string }}", "{{ scenario | upper }}", "{{ scenario ~ '' }}", "{{ scenario }}",
                                  "{{ [scenario] | join }}", "{{ 'a' | replace('a', scenario) }}"])  # fmt: skip
def test_a_group_never_becomes_text_as_a_whole(tmp_path: Path, text: str) -> None:
    """Printing, joining or filtering a group of values is refused when it is tried."""
    template = compile_template(word_template(tmp_path, paragraphs(text)))
    with pytest.raises(KitgenError):
        template.render({"scenario": {"actor": {"story": "rahasia"}}})


def test_open_values_stay_open(tmp_path: Path) -> None:
    """What a card for the candidate prints is not taken for a secret."""
    text = "{{ scenario.title | upper }}{{ scenario.cues | length }}{% for c in scenario.cues %}{{ c.number ~ '.' }}{% endfor %}"
    template = compile_template(word_template(tmp_path, paragraphs(text)))
    assert all("asesi" in find_word(path, frozenset({"scenario"})).seen_by for path in template.reads)
