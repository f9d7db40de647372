"""Questions and cues follow their criterion's text when numbers move; the rest of their files stays as it was."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from examples import examples
from harness import SLUG, KitProject
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from kitgen.base.errors import Findings, KitgenError
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.document import document_parts
from kitgen.load.edition.bank import load_bank
from kitgen.load.edition.origin import origin_text
from kitgen.load.edition.references import read_references, references_of
from kitgen.load.edition.scheme import load_scheme
from kitgen.load.locate import find_project
from kitgen.load.yaml.edit import Edit, edited
from kitgen.model.origin import Origin, baseline_of
from kitgen.render.dump.dump import dump_parts
from kitgen.schemes.bank.changes import compare_bank
from kitgen.schemes.editions import follow as edition_follow
from kitgen.schemes.editions.clear_marks import clear_marks
from kitgen.schemes.editions.follow import follow

pytestmark = pytest.mark.slow

NEW_KUK = "Tenggat penyelesaian disepakati bersama pelanggan"


@pytest.fixture
def draft(kit_project: KitProject) -> KitProject:
    """The shipped scheme with a draft 2025 beside it; templates are not what is looked at."""
    return kit_project.keep_forms({"FR.APL.02"}).run("edition", "new", SLUG, "2025")


def path_of(project: KitProject, name: str) -> Path:
    return project.root / "scheme" / SLUG / "2025" / name


def change(project: KitProject, name: str, *pairs: tuple[str, str]) -> None:
    for old, new in pairs:
        project.edit(f"scheme/{SLUG}/2025/{name}", old, new)


def insert_criterion(project: KitProject) -> None:
    """Unit 008 goes from .01 to .02, with a criterion put in as 2.3."""
    path = path_of(project, "scheme.yaml")
    text = path.read_text("utf-8")
    head, unit = text.split('  - code: "M.702090.008.01"\n')
    for number in ("2.5", "2.4", "2.3"):
        unit = unit.replace(f'number: "{number}"', f'number: "2.{int(number[2:]) + 1}"', 1)
    place = unit.index('          - number: "2.4"')
    unit = f'{unit[:place]}          - number: "2.3"\n            text: "{NEW_KUK}"\n{unit[place:]}'
    path.write_text(f'{head}  - code: "M.702090.008.02"\n{unit}', "utf-8")


def texts_by_question(folder: Path) -> dict[str, list[str]]:
    """What the criteria of each question say, read without kitgen."""
    scheme = yaml.safe_load((folder / "scheme.yaml").read_text("utf-8"))
    texts = {
        (unit["code"], each["number"]): each["text"]
        for unit in scheme["units"] for element in unit["elements"] for each in element["criteria"]
    }  # fmt: skip
    found = {}
    for path in (folder / "questions").glob("*.yaml"):
        file = yaml.safe_load(path.read_text("utf-8"))
        for question in file["questions"]:
            found[question["id"]] = [texts[file["unit"], number] for number in question["criteria"]]
    return found


def test_a_unit_in_its_next_version_with_a_criterion_put_in(draft: KitProject) -> None:
    """One new, three renumbered, none reworded; questions follow; the gap is named; nothing else of any file changes."""
    before = texts_by_question(draft.edition)
    insert_criterion(draft)
    draft.run("check", "-v", "--edition", "2025", expect=1)
    assert "have not followed" in draft.said and f"kitgen edition follow {SLUG} 2025" in draft.said
    assert draft.said.count("error:") == 1
    counts = draft.json("diff", "2024", "2025")["counts"]
    assert {kind: count for kind, count in counts.items() if count} == {"new": 1, "renumbered": 3}

    draft.run("edition", "follow", SLUG, "2025")
    folder = path_of(draft, "")
    assert texts_by_question(folder) == before
    assert not (folder / "questions" / "M.702090.008.01.yaml").exists()
    assert "to be reviewed" not in draft.said

    draft.run("check", "-v", "--edition", "2025")
    gaps = [line for line in draft.said.splitlines() if "008.02 2.3" in line]
    assert sum("has no cue" in gap for gap in gaps) == 8 and sum("without a method" in gap for gap in gaps) == 1
    assert "PG-008" not in draft.said.partition("questions")[0] or "has no criterion" not in draft.said
    renamed = {"questions/M.702090.008.02.yaml": "questions/M.702090.008.01.yaml"}
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if name in ("scheme.yaml", "papers.yaml"):
            continue
        old = (draft.edition / renamed.get(name, name)).read_text("utf-8").splitlines()
        new = path.read_text("utf-8").splitlines()
        assert len(old) == len(new)
        told = [line for one, line in zip(old, new, strict=True) if one != line]
        assert all(any(word in line for word in ("criteri", "unit", "# Bank")) for line in told), name

    found = draft.json("diff", "2024", "2025")
    shapes = {line["shape"] for line in found["items"] if line["group"] in ("question", "scenario", "task", "activity")}
    assert shapes == {"followed"}
    draft.run("edition", "follow", SLUG, "2025")
    assert "everything follows already" in draft.said


def test_a_reworded_criterion_is_reviewed_until_a_person_clears_it(draft: KitProject) -> None:
    """Marks are told by check, stand with the old text, go one by one, and do not come back."""
    old, new = "Solusi terhadap keluhan pelanggan ditawarkan", "Dua pilihan solusi keluhan pelanggan ditawarkan"
    change(draft, "scheme.yaml", (old, new), ("Target segmen diidentifikasi", "Target  segmen diidentifikasi."))
    draft.run("check", "-v", "--edition", "2025")
    assert draft.said.count("carries no review mark") == 1  # the other one is editorial
    draft.run("edition", "follow", SLUG, "2025")
    bank = path_of(draft, "questions/M.702090.008.01.yaml")
    marked = [each["id"] for each in yaml.safe_load(bank.read_text("utf-8"))["questions"] if "review" in each]
    assert marked == ["PG-008-14", "PG-008-45", "PG-008-46", "ES-008-03", "ES-008-09"]
    draft.run("check", "-v", "--edition", "2025")
    assert "carries no review mark" not in draft.said
    assert f"question PG-008-14 (KUK 3.3) is to be reviewed: its criterion was reworded; it said: {old}" in draft.said
    assert draft.said.count("is to be reviewed") == 5 + 8 + 8 + 1

    draft.run("edition", "cleared", SLUG, "2025", "PG-008-14", "KEL-01")
    assert "KEL-01: 2 review marks" in draft.said
    draft.run("edition", "follow", SLUG, "2025").run("check", "-v", "--edition", "2025")
    assert "PG-008-14" not in draft.said.replace("of PG-008-14", "") and draft.said.count("is to be reviewed") == 19
    draft.run("edition", "cleared", SLUG, "2025", "PG-008-14", "PG-008-99", expect=1)
    assert (
        "PG-008-14 carries no review mark" in draft.said and "no question, scenario or activity PG-008-99" in draft.said
    )
    others = [
        "PG-008-45",
        "PG-008-46",
        "ES-008-03",
        "ES-008-09",
        *(f"KEL-0{n}" for n in range(2, 7)),
        "INT-01",
        "INT-02",
        "DIT-2",
    ]
    draft.run("edition", "cleared", SLUG, "2025", *others)
    for name in ("questions/M.702090.008.01.yaml", "scenarios/KEL-03.yaml", "tasks.yaml"):
        assert path_of(draft, name).read_bytes() == (draft.edition / name).read_bytes()


def test_marks_go_with_their_numbers_and_go_where_the_old_wording_is_back(draft: KitProject) -> None:
    """A mark is about a criterion, not about a number."""
    old = "Kondisi spesifik pelanggan yang mempengaruhi penanganan diidentifikasi"
    new = "Kondisi khusus pelanggan yang memengaruhi penanganan diidentifikasi"
    change(draft, "scheme.yaml", (old, new))
    draft.run("edition", "follow", SLUG, "2025")
    insert_criterion(draft)
    draft.run("edition", "follow", SLUG, "2025")
    bank = yaml.safe_load(path_of(draft, "questions/M.702090.008.02.yaml").read_text("utf-8"))
    by_id = {each["id"]: each for each in bank["questions"]}
    assert by_id["PG-008-09"]["criteria"] == ["2.4"] and by_id["PG-008-09"]["review"] == [f"2.4: {old}"]
    change(draft, "scheme.yaml", (new, old))
    draft.run("edition", "follow", SLUG, "2025")
    assert "review" not in path_of(draft, "questions/M.702090.008.02.yaml").read_text("utf-8")


def test_a_ruling_raises_no_marks_and_a_stale_one_is_told(draft: KitProject) -> None:
    """Equal in meaning is a person's word for two texts; when either is another, it is said."""
    old, new = "Solusi terhadap keluhan pelanggan ditawarkan", "Solusi atas keluhan pelanggan ditawarkan pada pelanggan"
    change(draft, "scheme.yaml", (old, new))
    rulings = path_of(draft, "padanan.yaml")
    entry = (f'rulings:\n  - unit: "M.702090.008.01"\n    number: "3.3"\n    old: "{old}"\n    new: "{new}"\n'
             '    who: "Rekasari"\n    when: "12 Januari 2026"\n    why: "kata penghubung"\n')  # fmt: skip
    rulings.write_text(entry, "utf-8")
    draft.run("check", "-v", "--edition", "2025")
    assert "review mark" not in draft.said and "stale" not in draft.said
    draft.run("edition", "follow", SLUG, "2025")
    assert "everything follows already" in draft.said
    counts = draft.json("diff", "2024", "2025")["counts"]
    assert (counts["ruled"], counts["reworded"]) == (1, 0)

    rulings.write_text(entry.replace("3.3", "3.4"), "utf-8")
    draft.run("check", "-v", "--edition", "2025")
    assert "ruling is about criterion (KUK) 3.3 of unit M.702090.008.01 now" in draft.said
    assert "carries no review mark" not in draft.said
    rulings.write_text(entry.replace(new, "Bunyi yang belum pernah ada"), "utf-8")
    draft.run("check", "-v", "--edition", "2025")
    assert "ruling is stale: no criterion (KUK) of unit M.702090.008.01 says this now" in draft.said
    assert "carries no review mark" in draft.said
    rulings.write_text(entry.replace(old, "Sesuatu yang tidak pernah tertulis"), "utf-8")
    draft.run("check", "-v", "--edition", "2025")
    assert "no criterion of unit M.702090.008.01 said this" in draft.said
    assert draft.json("diff", "2024", "2025")["counts"]["reworded"] == 1
    rulings.write_text(entry.replace("008.01", "009.01").replace("why:", "mengapa:"), "utf-8")
    draft.run("check", "-v", "--edition", "2025", expect=1)
    assert "the scheme has no unit M.702090.009.01" in draft.said and "key `mengapa` is not known" in draft.said


def test_a_ruling_follows_its_criterion(draft: KitProject) -> None:
    """To another number and another version of its unit; no mark is raised on the way."""
    old = "Kondisi spesifik pelanggan yang mempengaruhi penanganan diidentifikasi"
    new = "Kondisi khusus pelanggan yang memengaruhi penanganan diidentifikasi"
    change(draft, "scheme.yaml", (old, new))
    path = path_of(draft, "padanan.yaml")
    path.write_text(f'# putusan\nrulings:\n- unit: M.702090.008.01\n  number: "2.3"\n  old: "{old}"\n  new: "{new}"\n'
                    '  who: "R"\n  when: "kini"\n  why: "sama"   # alasan\n', "utf-8")  # fmt: skip
    draft.run("edition", "follow", SLUG, "2025")
    insert_criterion(draft)
    draft.run("edition", "follow", SLUG, "2025")
    assert "to be reviewed" not in draft.said
    (ruling,) = yaml.safe_load(path.read_text("utf-8"))["rulings"]
    assert (ruling["unit"], ruling["number"]) == ("M.702090.008.02", "2.4")
    assert "# putusan" in path.read_text("utf-8") and "# alasan" in path.read_text("utf-8")
    counts = draft.json("diff", "2024", "2025")["counts"]
    assert (counts["ruled"], counts["reworded"], counts["renumbered"]) == (1, 0, 3)


def test_a_ruling_made_after_the_marks_settles_them(draft: KitProject) -> None:
    """What was marked before the ruling need not be cleared one by one."""
    old, new = "Solusi terhadap keluhan pelanggan ditawarkan", "Solusi atas keluhan pelanggan ditawarkan pada pelanggan"
    change(draft, "scheme.yaml", (old, new))
    draft.run("edition", "follow", SLUG, "2025").run("check", "-v", "--edition", "2025")
    assert "is to be reviewed" in draft.said
    path_of(draft, "padanan.yaml").write_text(
        f'rulings:\n- {{unit: "M.702090.008.01", number: "3.3", old: "{old}", new: "{new}", who: "R", when: "kini", why: "sama"}}\n', "utf-8"
    )  # fmt: skip
    draft.run("check", "-v", "--edition", "2025")
    assert "is to be reviewed" not in draft.said


def test_what_served_a_criterion_that_is_gone_is_an_error_until_a_person_decides(draft: KitProject) -> None:
    """Its number is not left to mean another criterion."""
    path = path_of(draft, "scheme.yaml")
    text = path.read_text("utf-8")
    head, unit = text.split('  - code: "M.702090.008.01"\n')
    gone = ('          - number: "2.4"\n            text: "Skala prioritas penanganan ditentukan berdasarkan'
            ' jenis keluhan maupun tipe pelanggan"\n')  # fmt: skip
    assert gone in unit
    unit = unit.replace(gone, "").replace('number: "2.5"', 'number: "2.4"')
    path.write_text(f'{head}  - code: "M.702090.008.01"\n{unit}', "utf-8")
    draft.run("edition", "follow", SLUG, "2025", expect=1)
    assert "question PG-008-10: KUK 2.4 was removed: Skala prioritas" in draft.said
    draft.run("check", "-v", "--edition", "2025", expect=1)
    assert "criterion (KUK) 2.4 of unit M.702090.008.01 is no more; what served it still stands here" in draft.said
    by_id = {
        each["id"]: each["criteria"]
        for each in yaml.safe_load(path_of(draft, "questions/M.702090.008.01.yaml").read_text("utf-8"))["questions"]
    }
    assert by_id["PG-008-10"] == ["2.4?"] and by_id["PG-008-11"] == ["2.4"]
    draft.run("edition", "follow", SLUG, "2025")
    assert "everything follows already" in draft.said


def test_a_split_criterion_is_told_for_a_person(draft: KitProject) -> None:
    """What served the whole serves the part most like it, with a mark, and is told."""
    path = path_of(draft, "scheme.yaml")
    text = path.read_text("utf-8")
    whole = "Tipe-tipe pendekatan penjualan (selling) diidentifikasi"
    assert whole in text
    parts = "Tipe-tipe pendekatan diidentifikasi", "Penjualan (selling) diidentifikasi"
    path.write_text(
        text.replace(
            f'text: "{whole}"', f'text: "{parts[0]}"\n          - number: "2.5"\n            text: "{parts[1]}"'
        ),
        "utf-8",
    )
    draft.run("edition", "follow", SLUG, "2025", expect=1)
    assert "KUK 2.4 was split into 2.4, 2.5; it names 2.4 for now" in draft.said
    bank = path_of(draft, "questions/M.702090.001.01.yaml").read_text("utf-8")
    assert f'- "2.4: {whole}"' in bank


def test_a_question_written_meanwhile_is_left_and_marked(draft: KitProject) -> None:
    """Nobody can tell whether it speaks of the old numbers or the new ones: its author can."""
    insert_criterion(draft)
    bank = path_of(draft, "questions/M.702090.008.01.yaml")
    added = 'questions:\n  - id: "PG-008-90"\n    kind: "oral"\n    criteria: ["2.3"]\n    text: "Apa?"\n    model_answer: "Itu."\n'
    bank.write_text(bank.read_text("utf-8").replace("questions:\n", added, 1), "utf-8")
    draft.run("edition", "follow", SLUG, "2025")
    found = yaml.safe_load(path_of(draft, "questions/M.702090.008.02.yaml").read_text("utf-8"))["questions"]
    assert found[0]["criteria"] == ["2.3"]
    assert found[0]["review"][0].startswith("2.3: Kondisi spesifik pelanggan")
    assert {each["id"]: each["criteria"] for each in found}["PG-008-09"] == ["2.4"]


def test_rows_a_person_put_in_meanwhile_are_told_apart_from_those_that_follow(draft: KitProject) -> None:
    """A method and a cue written for the new criterion stay, and all others move."""
    insert_criterion(draft)
    row = '      - {criterion: "2.3", primary: "oral", reserves: []}\n'
    path = path_of(draft, "methods.yaml")
    head, unit = path.read_text("utf-8").split('  - unit: "M.702090.008.01"\n')
    place = unit.index('      - {criterion: "2.3"')
    path.write_text(f'{head}  - unit: "M.702090.008.01"\n{unit[:place]}{row}{unit[place:]}', "utf-8")
    draft.run("edition", "follow", SLUG, "2025")
    assert "method of KUK 2.3 was changed since it last followed; it is left as it is" in draft.said
    units = {each["unit"]: each["criteria"] for each in yaml.safe_load(path.read_text("utf-8"))["units"]}
    after = {each["criterion"]: each for each in units["M.702090.008.02"]}
    assert len(after) == len(units["M.702090.008.02"]) == 19
    assert after["2.3"]["primary"] == "oral" and after["2.6"]["reserves"] == ["oral"]


def test_lists_a_person_brought_up_to_date_stay(draft: KitProject) -> None:
    """Every criterion of now once: the list was renumbered by hand."""
    insert_criterion(draft)
    path = path_of(draft, "methods.yaml")
    head, unit = path.read_text("utf-8").split('  - unit: "M.702090.008.01"\n')
    for number in (5, 4, 3):
        unit = unit.replace(f'{{criterion: "2.{number}"', f'{{criterion: "2.{number + 1}"', 1)
    place = unit.index('      - {criterion: "2.4"')
    unit = f'{unit[:place]}      - {{criterion: "2.3", primary: "oral", reserves: []}}\n{unit[place:]}'
    path.write_text(f'{head}  - unit: "M.702090.008.02"\n{unit}', "utf-8")
    before = path.read_bytes()
    draft.run("edition", "follow", SLUG, "2025")
    assert path.read_bytes() == before
    assert "method of" not in draft.said


def test_a_dry_run_tells_and_writes_nothing(draft: KitProject) -> None:
    """The same words, and every file as it was."""
    insert_criterion(draft)
    folder = path_of(draft, "")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    draft.run("edition", "follow", SLUG, "2025", "--dry-run")
    assert "question PG-008-09" in draft.said and "would write" in draft.said
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_an_edition_that_was_copied_from_none_follows_none(kit_project: KitProject) -> None:
    """And a damaged or later record is told, not guessed at."""
    kit_project.keep_forms({"FR.APL.02"}).run("edition", "follow", SLUG, "2024", expect=1)
    assert "was copied from no other" in kit_project.said
    kit_project.run("edition", "new", SLUG, "2025")
    record = path_of(kit_project, "asal.json")
    for damage, said in (
        ("{", "file is damaged"), ("[]", "file is damaged"), ('{"format": 1}', "file is damaged"),
        ('{"format": 1, "origin": 5, "criteria": {}, "references": {}}', "file is damaged"),
        ('{"format": 99}', "written by a later kitgen"), ("[" * 9999, "file is damaged"),
    ):  # fmt: skip
        record.write_text(damage, "utf-8")
        for command in (("check", "-v", "--edition", "2025"), ("edition", "follow", SLUG, "2025")):
            kit_project.run(*command, expect=1)
            assert said in kit_project.said, damage


# A small scheme, edited at random


@dataclass
class Small:
    """One unit whose questions, cues and methods say which criterion they are about."""

    project: Project
    folder: Path

    def names(self, text: str) -> str:
        return text.split()[0]

    def write_scheme(self, elements: list[list[str]]) -> None:
        lines = ['title: "T"', "units:", '  - code: "U.1.01"', '    title: "Unit"', "    elements:"]
        for place, texts in enumerate(elements, 1):
            lines += [f'      - number: "{place}"', f'        title: "Langkah {place}"', "        criteria:"]
            for number, text in enumerate(texts, 1):
                lines += [f'          - number: "{place}.{number}"', f'            text: "{text}"']
        (self.folder / "scheme.yaml").write_text("\n".join(lines) + "\n", "utf-8")

    def numbered(self, elements: list[list[str]]) -> dict[str, str]:
        return {text: f"{e}.{n}" for e, texts in enumerate(elements, 1) for n, text in enumerate(texts, 1)}

    def write_rest(self, elements: list[list[str]]) -> None:
        numbers = self.numbered(elements)
        bank, methods = ['unit: "U.1.01"  # unit', "questions:"], ["units:", "  - unit: U.1.01", "    criteria:"]
        cues = ["id: S-1", "units: [U.1.01]", "cues:"]
        for place, (text, number) in enumerate(numbers.items()):
            name = self.names(text)
            key = ("'{}'", '"{}"', "{}")[place % 3].format(number)
            bank += [f"  # tentang {name}", f"  - id: {name}", "    kind: oral", f"    criteria: [ {key} ]   # {number}",
                     f'    text: "Soal {name}"', '    model_answer: "x"', ""]  # fmt: skip
            methods.append(f"      - {{criterion: {key}, primary: oral, note: {name}}}  # {name}")
            cues += [f"  - criterion: {key}", "", f"    trigger: {name}   # catatan"]
        (self.folder / "questions").mkdir(exist_ok=True)
        (self.folder / "scenarios").mkdir(exist_ok=True)
        (self.folder / "questions" / "U.1.01.yaml").write_bytes("\r\n".join(bank).encode("utf-8-sig") + b"\r\n")
        (self.folder / "scenarios" / "S-1.yaml").write_text("\n".join(cues) + "\n", "utf-8")
        (self.folder / "methods.yaml").write_text("\n".join(methods) + "\n", "utf-8")

    def start(self, elements: list[list[str]]) -> None:
        self.write_scheme(elements)
        self.write_rest(elements)
        findings = Findings()
        scheme = load_scheme(self.folder / "scheme.yaml", "scheme.yaml", EditionName("s", "2"), findings)
        assert scheme is not None and not findings.errors
        references = references_of(read_references(self.folder, self.project.shown, findings))
        (self.folder / "asal.json").write_text(origin_text(Origin("1", baseline_of(scheme.units, references))), "utf-8")

    def follow(self) -> edition_follow.Following:
        return follow(self.project, "s", "2")

    def references(self) -> dict[str, set[str]]:
        """Which numbers are named under each name, in all three files, read without kitgen."""
        found: dict[str, set[str]] = {}

        def say(name: str, number: Any) -> None:
            found.setdefault(name, set()).add(str(number))

        load: Callable[[str], Any] = lambda name: yaml.load((self.folder / name).read_bytes(), yaml.BaseLoader)  # noqa: E731
        (bank,) = (self.folder / "questions").glob("*.yaml")
        for each in load(f"questions/{bank.name}")["questions"]:
            say(each["id"], each["criteria"][0])
        for each in load("methods.yaml")["units"][0]["criteria"]:
            say(each["note"], each["criterion"])
        for each in load("scenarios/S-1.yaml")["cues"]:
            say(each["trigger"], each["criterion"])
        return found


@pytest.fixture
def small(tmp_path: Path) -> Small:
    folder = tmp_path / "scheme" / "s" / "2"
    folder.mkdir(parents=True)
    return Small(find_project(tmp_path), folder)


def words_of(name: int) -> str:
    return " ".join(f"k{name}{letter}" for letter in "abcde")


steps = st.lists(
    st.tuples(st.sampled_from(["insert", "move", "swap", "follow"]), st.integers(0, 9), st.integers(0, 9)), max_size=8
)


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 3), min_size=1, max_size=3), steps)
def test_after_any_edits_each_reference_stands_by_its_text(
    small: Small, counts: list[int], steps: list[tuple[str, int, int]]
) -> None:
    """However often criteria are put in, moved and exchanged, and followed in between, none dangles or is confused."""
    names = itertools.count()
    elements = [[words_of(next(names)) for _ in range(count)] for count in counts]
    small.start(elements)
    known = [small.names(text) for texts in elements for text in texts]
    comments = (small.folder / "methods.yaml").read_text("utf-8").count("#")
    for kind, one, other in [*steps, ("follow", 0, 0)]:
        element = elements[one % len(elements)]
        if kind == "insert":
            element.insert(other % (len(element) + 1), words_of(next(names)))
        elif kind == "move" and len(element) > 1:
            elements[other % len(elements)].append(element.pop(0))
        elif kind == "swap":
            element.append(element.pop(0))
        else:
            small.write_scheme(elements)
            assert not small.follow().problems
            numbers = {small.names(text): {number} for text, number in small.numbered(elements).items()}
            assert small.references() == {name: numbers[name] for name in known}
    assert not small.follow().files
    assert (small.folder / "methods.yaml").read_text("utf-8").count("#") == comments
    raw = (small.folder / "questions" / "U.1.01.yaml").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n")
    assert "review" not in raw.decode()


def test_a_run_that_is_cut_off_is_finished_by_the_next(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After any number of written files, and even when the scheme is changed again before the next run."""
    elements = [[words_of(0), words_of(1)], [words_of(2)]]
    middle = [[words_of(9), words_of(0), words_of(1)], [words_of(2)]]
    last = [[words_of(8), words_of(9), words_of(0), words_of(1)], [words_of(7), words_of(2)]]
    small.start(elements)
    fresh = tmp_path / "fresh"
    shutil.copytree(small.folder, fresh)
    real = edition_follow.write_whole
    for final in (middle, last):
        cut_off = 0
        for most in range(6):
            shutil.rmtree(small.folder)
            shutil.copytree(fresh, small.folder)
            small.write_scheme(middle)
            left = most

            def write(path: Path, data: bytes) -> None:
                nonlocal left
                if not left:
                    raise KeyboardInterrupt
                left -= 1
                real(path, data)

            monkeypatch.setattr(edition_follow, "write_whole", write)
            try:
                small.follow()
            except KeyboardInterrupt:
                cut_off += 1
            monkeypatch.setattr(edition_follow, "write_whole", real)
            small.write_scheme(final)
            assert not small.follow().problems
            numbers = {small.names(text): {number} for text, number in small.numbered(final).items()}
            assert small.references() == {name: numbers[name] for name in ("k0a", "k1a", "k2a")}
            assert "coming" not in (small.folder / "asal.json").read_text("utf-8")
        assert cut_off == 5


def test_marks_are_written_and_taken_out_in_any_shape_of_yaml(small: Small) -> None:
    """In blocks and in brackets, first, last and beside others; every other letter stays."""
    small.start([["Kata satu dua tiga empat", "Lain lima enam tujuh delapan"]])
    rows = {
        "block": '  - id: A\n    criteria:\n      - "1.1"   # satu\n    # catatan\n    text: T\n',
        "inline": '  - {id: A, criteria: ["1.1"], text: T}   # catatan\n',
        "alone": '  - criteria: ["1.1"]\n    id: A\n',
        "has one": '  - id: A\n    review:\n      - "1.2: dulu lain sekali"  # tunggu\n    criteria: ["1.1", "1.2"]\n',
        "has one inline": '  - {review: ["1.2: dulu lain sekali"], id: A, criteria: ["1.1", "1.2"]}\n',
    }  # fmt: skip
    for name, row in rows.items():
        (small.folder / "questions" / "U.1.01.yaml").write_text(f"unit: U.1.01\nquestions:\n{row}", "utf-8")
        shutil.rmtree(small.folder / "scenarios", ignore_errors=True)
        (small.folder / "methods.yaml").unlink(missing_ok=True)
        findings = Findings()
        small.write_scheme([["Kata satu dua tiga empat", "Lain lima enam tujuh delapan"]])
        scheme = load_scheme(small.folder / "scheme.yaml", "scheme.yaml", EditionName("s", "2"), findings)
        assert scheme is not None
        found = references_of(read_references(small.folder, small.project.shown, findings))
        (small.folder / "asal.json").write_text(origin_text(Origin("1", baseline_of(scheme.units, found))), "utf-8")
        small.write_scheme([["Kata satu dua tiga LIMA baru", "Lain lima enam tujuh delapan"]])
        small.follow()
        path = small.folder / "questions" / "U.1.01.yaml"
        (question,) = yaml.safe_load(path.read_text("utf-8"))["questions"]
        marks = ["1.1: Kata satu dua tiga empat"] + (["1.2: dulu lain sekali"] if name.startswith("has") else [])
        assert question["review"] == marks, name
        assert ("# catatan" in row) == ("# catatan" in path.read_text("utf-8"))
        clear_marks(small.project, "s", "2", ["A"])
        (question,) = yaml.safe_load(path.read_text("utf-8"))["questions"]
        assert "review" not in question, name
        if not name.startswith("has"):
            assert path.read_text("utf-8") == f"unit: U.1.01\nquestions:\n{row}", name


MARKED = {
    "block": '  - id: A\n    criteria: ["1.1", "1.2", "1.3"]\n    review:\n      - "1.1: Tengah empat lima tujuh"  # tunggu\n'
    "      - '1.2: Lain lima enam tujuh dulu'   # catatan\n      # sela\n    text: T\n",
    "inline": '  - id: A\n    review: ["1.1: Tengah empat lima tujuh", "1.2: Lain lima enam tujuh dulu"]   # catatan\n'
    '    criteria: ["1.1", "1.2", "1.3"]\n    text: T\n',
    "lines in brackets": '  - id: A\n    review: ["1.1: Tengah empat lima tujuh",\n      \'1.2: Lain lima enam tujuh dulu\'  # catatan\n'
    '    ]\n    criteria: ["1.1", "1.2", "1.3"]\n    text: T\n',
    "folded": '  - id: A\n    review:\n      - >\n        1.1: Tengah empat\n        lima tujuh\n      - >-\n        1.2: Lain lima\n'
    '        enam tujuh dulu\n\n    criteria: ["1.1", "1.2", "1.3"]\n    # catatan\n    text: T\n',
    "all in brackets": '  - {id: A, review: ["1.1: Tengah empat lima tujuh", "1.2: Lain lima enam tujuh dulu"], text: T,\n'
    '     criteria: ["1.1", "1.2", "1.3"]}   # catatan\n',
}  # fmt: skip
"""A question whose criteria 1.1 and 1.2 carry a mark, and 1.3 none."""

FIRST, SECOND, THIRD = "Tengah empat lima enam", "Lain lima enam tujuh delapan", "Akhir delapan sembilan sepuluh nol"
BACK, NEW, ANEW = "Tengah empat lima tujuh", "Sisipan yang baru sama sekali", "Akhir delapan sembilan sepuluh satu"


@pytest.mark.parametrize("shape", MARKED)
@pytest.mark.parametrize(
    ("now", "marks"),
    [
        ([FIRST, NEW, SECOND, THIRD], ["1.1: Tengah empat lima tujuh", "1.3: Lain lima enam tujuh dulu"]),
        ([BACK, NEW, SECOND, THIRD], ["1.3: Lain lima enam tujuh dulu"]),
        ([BACK, SECOND, ANEW], [f"1.3: {THIRD}", "1.2: Lain lima enam tujuh dulu"]),
        ([BACK, "Lain lima enam tujuh dulu", ANEW], [f"1.3: {THIRD}"]),
        ([BACK, "Lain lima enam tujuh dulu", THIRD], None),
        ([FIRST, "Lain lima enam tujuh dulu", NEW, ANEW], [f"1.4: {THIRD}", "1.1: Tengah empat lima tujuh"]),
    ],
)
def test_marks_go_come_and_move_at_once(small: Small, shape: str, now: list[str], marks: list[str] | None) -> None:
    """One list of marks loses some, keeps some under another number, and gets others, in one run."""
    small.start([[FIRST, SECOND, THIRD]])
    path = small.folder / "questions" / "U.1.01.yaml"
    path.write_text(f"# awal\nunit: U.1.01\nquestions:\n{MARKED[shape]}  # akhir\n", "utf-8")
    findings = Findings()
    scheme = load_scheme(small.folder / "scheme.yaml", "scheme.yaml", EditionName("s", "2"), findings)
    assert scheme is not None
    found = references_of(read_references(small.folder, small.project.shown, findings))
    (small.folder / "asal.json").write_text(origin_text(Origin("1", baseline_of(scheme.units, found))), "utf-8")
    small.write_scheme([now])
    small.follow()
    (question,) = yaml.safe_load(path.read_text("utf-8"))["questions"]
    said = [" ".join(each.split()) for each in question.get("review", [])]
    assert said == (marks or []) and ("review" in question) == bool(marks)
    numbers = {text: f"1.{number}" for number, text in enumerate(now, 1)}
    places = [(FIRST, BACK), (SECOND, "Lain lima enam tujuh dulu"), (THIRD, ANEW)]
    assert question["criteria"] == [next(numbers[text] for text in texts if text in numbers) for texts in places]
    assert (question["id"], question["text"]) == ("A", "T")
    text = path.read_text("utf-8")
    assert text.startswith("# awal\n") and text.endswith("  # akhir\n")
    assert not small.follow().files


def test_a_mark_goes_where_the_old_wording_is_back_under_another_number(draft: KitProject) -> None:
    """The text it had in between is no reason for a mark under the new number either."""
    old = "Kondisi spesifik pelanggan yang mempengaruhi penanganan diidentifikasi"
    new = "Kondisi khusus pelanggan yang memengaruhi penanganan diidentifikasi"
    change(draft, "scheme.yaml", (old, new))
    draft.run("edition", "follow", SLUG, "2025")
    insert_criterion(draft)
    change(draft, "scheme.yaml", (new, old))
    draft.run("edition", "follow", SLUG, "2025")
    assert "review" not in path_of(draft, "questions/M.702090.008.02.yaml").read_text("utf-8")


def test_a_reworded_criterion_that_goes_back_while_its_neighbour_is_reworded(draft: KitProject) -> None:
    """A question on both loses one mark and gets the other."""
    bank = path_of(draft, "questions/M.702090.008.01.yaml")
    text = bank.read_text("utf-8")
    place = text.index("criteria: [", text.index("PG-008-14"))
    end = text.index("]", place)
    bank.write_text(f'{text[:place]}criteria: ["3.3", "2.3"{text[end:]}', "utf-8")
    draft.run("edition", "follow", SLUG, "2025")
    draft.run("edition", "follow", SLUG, "2025")
    first = ("Solusi terhadap keluhan pelanggan ditawarkan", "Dua pilihan solusi keluhan pelanggan ditawarkan")
    other = "Kondisi spesifik pelanggan yang mempengaruhi penanganan diidentifikasi"
    change(draft, "scheme.yaml", first)
    draft.run("edition", "follow", SLUG, "2025")
    change(draft, "scheme.yaml", (first[1], first[0]), (other, "Kondisi khusus pelanggan diidentifikasi"))
    draft.run("edition", "follow", SLUG, "2025")
    (question,) = [q for q in yaml.safe_load(bank.read_text("utf-8"))["questions"] if q["id"] == "PG-008-14"]
    assert question["review"] == [f"2.3: {other}"]


@pytest.mark.parametrize("written", ["", " []", "  # belum ada"])
def test_an_empty_list_of_marks_is_filled(small: Small, written: str) -> None:
    """No second key is written beside it."""
    small.start([[FIRST]])
    path = small.folder / "questions" / "U.1.01.yaml"
    path.write_text(f'unit: U.1.01\nquestions:\n  - id: A\n    review:{written}\n    criteria: ["1.1"]\n', "utf-8")
    small.write_scheme([["Tengah empat lima tujuh"]])
    small.follow()
    text = path.read_text("utf-8")
    (question,) = yaml.safe_load(text)["questions"]
    assert text.count("review:") == 1 and question["review"] == [f"1.1: {FIRST}"]
    path.write_text(
        text.replace(text[text.index("review:") : text.index("\n    criteria")], 'review: "1.1: x"'), "utf-8"
    )
    small.write_scheme([["Tengah empat lima delapan"]])
    with pytest.raises(KitgenError, match="review marks are no list"):
        small.follow()


def test_edits_that_cut_each_other_are_refused() -> None:
    """Rather than a file that says neither."""
    one = Edit(2, 5, "x")
    assert edited("abcdefg", [one, one, Edit(5, 6, ""), Edit(2, 2, "-")], "a.yaml") == "ab-xg"
    for other in (Edit(4, 6, "y"), Edit(2, 5, "y"), Edit(3, 3, "y"), Edit(0, 7, "")):
        with pytest.raises(KitgenError, match="nothing was written"):
            edited("abcdefg", [one, other], "a.yaml")


def test_nothing_is_written_where_a_mark_would_not_say_what_was_decided(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new text is read again, and its marks and all else of a question are held against what was decided."""
    real = edition_follow.set_marks
    for old, new in (("Tengah", "Tepi"), ("review", "text"), ("    review:", '    text: "y"\n    review:')):
        small.start([[FIRST]])
        small.write_scheme([["Tengah empat lima tujuh"]])
        before = {path: path.read_bytes() for path in small.folder.rglob("*") if path.is_file()}

        def wrong(*given: Any, old: str = old, new: str = new) -> Edit:
            edit = real(*given)
            return Edit(edit.start, edit.end, edit.text.replace(old, new, 1))

        monkeypatch.setattr(edition_follow, "set_marks", wrong)
        with pytest.raises(KitgenError, match="nothing was written"):
            small.follow()
        assert {path: path.read_bytes() for path in small.folder.rglob("*") if path.is_file()} == before
        monkeypatch.setattr(edition_follow, "set_marks", real)


def test_experts_workbooks_leave_marks_where_they_are(draft: KitProject) -> None:
    """A workbook has no column for marks: importing it clears none, and writing the bank keeps them."""
    change(
        draft, "scheme.yaml", ("Solusi terhadap keluhan pelanggan ditawarkan", "Solusi keluhan pelanggan ditawarkan")
    )
    draft.run("edition", "follow", SLUG, "2025")
    findings = Findings()
    folder = path_of(draft, "")
    scheme = load_scheme(folder / "scheme.yaml", "scheme.yaml", EditionName(SLUG, "2025"), findings)
    assert scheme is not None
    bank, places = load_bank(folder / "questions", lambda path: path.name, scheme, findings)
    marked = [each.id for each in bank if each.review]
    assert len(marked) == 5
    from dataclasses import replace

    written = [replace(each, review=(), text=f"{each.text} " if each.id == marked[0] else each.text) for each in bank]
    changes = compare_bank(
        bank, written, ["multiple_choice"], {id: place.file for id, place in places.items()}, str, False
    )
    assert [each.id for questions in changes.files.values() for each in questions if each.review] == marked
    draft.run("bank", "export", str(draft.root / "bank.xlsx"), "--edition", "2025")
    draft.run("bank", "import", str(draft.root / "bank.xlsx"), "--edition", "2025")
    assert "the bank says the same; nothing was written" in draft.said


MOVED = "Ekspektasi kinerja layanan diciptakan"


def move_criterion(draft: KitProject) -> None:
    """KUK 1.4 of unit 007 goes to unit 002 as KUK 2.5."""
    path = path_of(draft, "scheme.yaml")
    gone = f'          - number: "1.4"\n            text: "{MOVED}"\n'
    last = '          - number: "2.4"\n'
    text = path.read_text("utf-8")
    assert text.count(gone) == 1
    head, rest = text.replace(gone, "").split('  - code: "M.702090.002.01"\n')
    place = rest.index("\n", rest.index(last) + len(last)) + 1
    rest = f"{rest[:place]}{gone.replace('1.4', '2.5')}{rest[place:]}"
    path.write_text(f'{head}  - code: "M.702090.002.01"\n{rest}', "utf-8")


def test_a_criterion_moved_to_another_unit_takes_along_what_can_go_there(draft: KitProject) -> None:
    """Cues of scenarios of both units and aspects follow and are marked; of questions and methods it is told where to."""
    move_criterion(draft)
    bank = yaml.safe_load((draft.edition / "questions/M.702090.007.01.yaml").read_text("utf-8"))
    served = [each["id"] for each in bank["questions"] if "1.4" in each["criteria"]]
    draft.run("check", "-v", "--edition", "2025", expect=1)
    assert "KUK 1.4 of unit M.702090.007.01 is 2.5 of unit M.702090.002.01 now" in draft.said
    draft.run("edition", "follow", SLUG, "2025", expect=1)
    assert "KUK 1.4 of unit M.702090.007.01 -> 2.5 of unit M.702090.002.01  to be reviewed" in draft.said
    where = "KUK 1.4 was moved to unit M.702090.002.01, where it is KUK 2.5"
    assert "method of KUK 1.4" in draft.said and f"question {served[0]}: {where}" in draft.said
    old, new = (yaml.safe_load((folder / "scenarios/LYN-01.yaml").read_text("utf-8"))
                for folder in (draft.edition, path_of(draft, "")))  # fmt: skip
    mark = f"2.5: (M.702090.007.01 KUK 1.4) {MOVED}"
    for was, now in zip(old["cues"], new["cues"], strict=True):
        if (was["unit"], was["criterion"]) == ("M.702090.007.01", "1.4"):
            was |= {"unit": "M.702090.002.01", "criterion": "2.5", "review": [mark]}
        assert was == now
    assert mark in str(new["cues"]) and mark in str(new["assessor"]["follow_up_questions"])
    bank = yaml.safe_load(path_of(draft, "questions/M.702090.007.01.yaml").read_text("utf-8"))
    assert [each["id"] for each in bank["questions"] if "1.4?" in each["criteria"]] == served
    assert not [each["id"] for each in bank["questions"] if "1.4" in each["criteria"]]
    draft.run("edition", "follow", SLUG, "2025")
    assert "everything follows already" in draft.said


def test_a_moved_criterion_is_told_with_from_and_to(draft: KitProject, tmp_path: Path) -> None:
    """As text, as JSON and in the Word document; it is neither removed nor new."""
    move_criterion(draft)
    draft.run("diff", "2024", "2025", "--docx", str(tmp_path / "beda.docx"))
    assert "criteria (KUK): 1 moved" in draft.said
    _, _, section = draft.said.partition("unit M.702090.002.01")
    assert f"moved       1.4 of unit M.702090.007.01 -> 2.5 {MOVED}" in section
    found = draft.json("diff", "2024", "2025")
    (line,) = (line for line in found["criteria"] if line["kinds"])
    assert (line["kinds"], line["from_unit"], line["old"][0]["number"]) == (["moved"], "M.702090.007.01", "1.4")
    assert (line["new"][0]["unit"], line["new"][0]["number"]) == ("M.702090.002.01", "2.5")
    assert [each["unit"] for each in line["old"]] == ["M.702090.007.01"]
    said = "\n".join(each.text for each in dump_parts(document_parts(tmp_path / "beda.docx"), "beda.docx"))
    assert "pindah unit" in said and "pindah dari unit M.702090.007.01" in said and "pindah elemen" not in said


def test_a_moved_criterion_is_told_until_what_follows_it_is_read_again(draft: KitProject) -> None:
    """The mark names the unit it came from, and stays until a person clears it."""
    move_criterion(draft)
    draft.run("edition", "follow", SLUG, "2025", expect=1)
    draft.run("check", "-v", "--edition", "2025", expect=1)
    told = f"its criterion was moved to this unit; it was: (M.702090.007.01 KUK 1.4) {MOVED}"
    assert f"of scenario LYN-01 (KUK 2.5) is to be reviewed: {told}" in draft.said
    draft.run("edition", "cleared", SLUG, "2025", "LYN-01", "LYN-02", "LYN-03", "INT-01", "INT-02")
    draft.run("edition", "follow", SLUG, "2025").run("check", "-v", "--edition", "2025", expect=1)
    assert told not in draft.said


def test_marks_are_told_beside_errors(draft: KitProject) -> None:
    """A fault in one file hides none of what is to be read again in the others, nor in what can be read of this one."""
    old, new = "Solusi terhadap keluhan pelanggan ditawarkan", "Dua pilihan solusi keluhan pelanggan ditawarkan"
    change(draft, "scheme.yaml", (old, new))
    draft.run("edition", "follow", SLUG, "2025").run("check", "-v", "--edition", "2025")
    marks = draft.said.count("is to be reviewed")
    assert marks == 22
    change(draft, "questions/M.702090.008.01.yaml", ('key: "c"', 'key: "x"'))
    draft.run("check", "-v", "--edition", "2025", expect=1)
    assert draft.said.count("is to be reviewed") == marks and "is none of the options" in draft.said
    change(draft, "questions/M.702090.008.01.yaml", ('key: "x"', 'key: "c"'))
    (draft.root / "templates/docx/FR.APL.02.docx").write_bytes(b"x")
    draft.run("check", "-v", "--edition", "2025", expect=1)
    assert draft.said.count("is to be reviewed") == marks


def test_a_file_of_the_new_units_name_is_not_written_over(draft: KitProject) -> None:
    """It may be anybody's: it stays as it is, what follows keeps its name, and that is told."""
    insert_criterion(draft)
    mine = path_of(draft, "questions/M.702090.008.02.yaml")
    mine.write_text('unit: "M.702090.007.01"   # catatan saya\nquestions: []\n', "utf-8")
    content, before = mine.read_bytes(), texts_by_question(draft.edition)
    for arguments in (("--dry-run",), ()):
        draft.run("edition", "follow", SLUG, "2025", *arguments)
        assert "M.702090.008.02.yaml is there already, so this file keeps its name" in draft.said
        assert f"rote scheme/{SLUG}/2025/questions/M.702090.008.02.yaml" not in draft.said
        assert mine.read_bytes() == content
    assert texts_by_question(path_of(draft, "")) == before
    assert "wrote" in draft.said and f"{SLUG}/2025/questions/M.702090.008.01.yaml" in draft.said
    draft.run("edition", "follow", SLUG, "2025")
    assert "everything follows already" in draft.said


def test_marks_a_ruling_settles_are_not_cleared_with_the_others(draft: KitProject) -> None:
    """Nobody was told to review them; if the ruling falls, they are told again."""
    old, new = "Solusi terhadap keluhan pelanggan ditawarkan", "Solusi atas keluhan pelanggan ditawarkan pada pelanggan"
    other = "Kondisi spesifik pelanggan yang mempengaruhi penanganan diidentifikasi"
    change(draft, "scheme.yaml", (old, new), (other, other.replace("spesifik", "khusus")))
    draft.run("edition", "follow", SLUG, "2025")
    rulings = path_of(draft, "padanan.yaml")
    rulings.write_text(
        f'rulings:\n- {{unit: "M.702090.008.01", number: "3.3", old: "{old}", new: "{new}", who: "R", when: "kini", why: "sama"}}\n', "utf-8"
    )  # fmt: skip
    draft.run("edition", "cleared", SLUG, "2025", "KEL-01")
    assert "KEL-01: 2 review marks taken out; 2 kept, which a ruling in padanan.yaml settles" in draft.said
    text = path_of(draft, "scenarios/KEL-01.yaml").read_text("utf-8")
    assert text.count(f'"3.3: {old}"') == 2 and other not in text
    draft.run("edition", "cleared", SLUG, "2025", "PG-008-14", expect=1)
    assert "PG-008-14 carries no review mark that is open" in draft.said
    draft.run("check", "-v", "--edition", "2025")
    assert "KEL-01" not in draft.said and "PG-008-14 (KUK" not in draft.said
    rulings.unlink()
    draft.run("check", "-v", "--edition", "2025")
    assert draft.said.count("of scenario KEL-01 (KUK 3.3) is to be reviewed") == 2
    assert "PG-008-14 (KUK 3.3) is to be reviewed" in draft.said


def test_a_unit_with_a_wholly_new_code_loses_no_number(draft: KitProject) -> None:
    """Its criteria are told as moved; what names the old code is left for a person, who changes the code alone."""
    path = path_of(draft, "scheme.yaml")
    path.write_text(path.read_text("utf-8").replace("M.702090.003.01", "N.812000.103.01"), "utf-8")
    counts = draft.json("diff", "2024", "2025")["counts"]
    assert {kind: count for kind, count in counts.items() if count} == {"moved": 4}
    bank = path_of(draft, "questions/M.702090.003.01.yaml")
    before = bank.read_bytes()
    draft.run("edition", "follow", SLUG, "2025")
    assert bank.read_bytes() == before and "?" not in path_of(draft, "methods.yaml").read_text("utf-8")
    for file in path_of(draft, "").rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("M.702090.003.01", "N.812000.103.01"), "utf-8")
    draft.run("edition", "follow", SLUG, "2025").run("check", "-v", "--edition", "2025")
    marked = [line for line in draft.said.splitlines() if "is to be reviewed" in line]
    assert marked and all("of activity DIT" in line for line in marked)  # aspects name their unit, and went along
