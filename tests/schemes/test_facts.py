"""Facts typed into fields: one field changes one line, comments stay, what is wrong is told at its field."""

import shutil
from pathlib import Path

import pytest
from harness import ROOT, SLUG, KitProject
from small_scheme import CUT, IDENTITY, SEW, SMALL, small_project

from kitgen.base.errors import KitgenError
from kitgen.base.project import EditionName
from kitgen.load.locate import find_project
from kitgen.schemes.book.facts import MOST, FactField, Taken, fact_groups, take_facts
from kitgen.schemes.check.lacks import lacking

STANDARD = f"Standar Industri:{CUT}:standard"


@pytest.fixture
def small(tmp_path: Path) -> KitProject:
    return small_project(tmp_path)


def fields_of(project: KitProject, slug: str = SMALL, edition: str = "2026") -> dict[str, FactField]:
    return {
        each.name: each
        for group in fact_groups(find_project(project.root), EditionName(slug, edition))
        for each in group.fields
    }


def take(project: KitProject, typed: dict[str, str], **before: str) -> Taken:
    """Type into some fields; they said before what they say now, or what `before` tells of them."""
    known = {name: each.value for name, each in fields_of(project).items() if name in typed}
    return take_facts(find_project(project.root), EditionName(SMALL, "2026"), typed, known | before)


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.splitlines(), after.splitlines()
    assert len(old) == len(new)
    return [(one, other) for one, other in zip(old, new, strict=True) if one != other]


def test_a_fact_changes_its_line_and_no_other_letter(small: KitProject) -> None:
    """Of the scheme, of a unit, of a text with a comment behind it; the comment stays."""
    file = small.root / "scheme" / SMALL / "2026/scheme.yaml"
    before = file.read_text("utf-8")
    taken = take(small, {"Skema:number": 'SKM "B" 02: baru', STANDARD: "SKKNI 5 Tahun 2031"})
    assert (taken.changed, taken.problems, taken.besides) == (2, {}, [])
    assert changed_lines(before, file.read_text("utf-8")) == [
        ('number: "SKM-REK-01"           # nomor dari rapat komite',
         'number: "SKM \\"B\\" 02: baru"           # nomor dari rapat komite'),
        ('    standard: "Standar rekaan 1"', '    standard: "SKKNI 5 Tahun 2031"'),
    ]  # fmt: skip
    assert fields_of(small)["Skema:number"].value == 'SKM "B" 02: baru'
    assert (small.root / "scheme/identity.yaml").read_text("utf-8") == IDENTITY


def test_what_is_typed_as_it_stands_is_not_written(small: KitProject) -> None:
    """Not a letter, however a browser ends lines and however many blanks there are."""
    before = {path: path.read_bytes() for path in small.root.rglob("*.yaml")}
    typed = {name: each.value for name, each in fields_of(small).items()}
    typed["Skema:basic_requirements"] = " Pernah  bekerja di bengkel jahit\r\n\r\n"
    assert take(small, typed).changed == 0
    assert {path: path.read_bytes() for path in small.root.rglob("*.yaml")} == before


def test_missing_facts_of_the_shipped_scheme_are_filled_and_lacked_no_more(tmp_path: Path) -> None:
    """The fields that are said to be missing are those `kitgen kurang` counts; comments of the files stay."""
    shutil.copytree(ROOT / "scheme", tmp_path / "scheme")
    project = find_project(tmp_path)
    missing = [
        each for group in fact_groups(project, EditionName(SLUG, "2024")) for each in group.fields if each.is_lacking
    ]
    (told,), _ = lacking(project)
    assert len(missing) == sum(each.count for each in told.lacks[:3]) == 12
    clusters = [
        each
        for group in fact_groups(project, EditionName(SLUG, "2024"))
        for each in group.fields
        if each.value == "usulan"
    ]
    files = [tmp_path / "scheme/identity.yaml", tmp_path / "scheme" / SLUG / "2024/scheme.yaml"]
    comments = ["".join(line.partition("# ")[2] for line in file.read_text("utf-8").splitlines()) for file in files]
    typed = {each.name: next(iter(each.column.words), "Fakta contoh\nbaris kedua") for each in missing}
    taken = take_facts(project, EditionName(SLUG, "2024"), typed | {each.name: "" for each in clusters},
                       {each.name: each.value for each in clusters})  # fmt: skip
    assert (taken.changed, taken.problems, taken.besides) == (14, {}, [])
    (told,), _ = lacking(project)
    assert [str(each.area) for each in told.lacks] == ["reviews", "reviews"]
    after = ["".join(line.partition("# ")[2] for line in file.read_text("utf-8").splitlines()) for file in files]
    assert after == comments


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("Skema:title", " ", "`Judul skema` is empty"),
        ("Skema:kind", "Klastr", "`Klastr` is not known here"),
        ("LSP:accent", "merah", "`merah` is no colour"),
        ("LSP:contact", "a" * (MOST + 1), "this is longer than 4000 letters"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_written(
    small: KitProject, field: str, typed: str, told: str
) -> None:
    """Nor is what was typed rightly beside it."""
    before = {path: path.read_bytes() for path in small.root.rglob("*.yaml")}
    taken = take(small, {field: typed, "LSP:city": "Bandung"})
    assert {name: str(each.message) for name, each in taken.problems.items()} == {field: told}
    assert taken.changed == 0 and taken.besides == []
    assert {path: path.read_bytes() for path in small.root.rglob("*.yaml")} == before


def test_what_somebody_else_changed_meanwhile_is_not_written_over(small: KitProject) -> None:
    """The field tells what it says now; one that both changed alike is well."""
    typed = {"LSP:name": "LSP Kedua"}
    taken = take(small, typed, **{"LSP:name": "LSP Pertama"})
    assert str(taken.problems["LSP:name"].message) == "this was changed meanwhile; it says now: LSP Rekaan"
    assert take(small, {"LSP:name": "LSP Rekaan"}, **{"LSP:name": "LSP Pertama"}).problems == {}
    with pytest.raises(KitgenError, match="a field of the form is not one of the scheme's any more"):
        take(small, {f"Standar Industri:{SEW}9:standard": "x"})


def test_faults_that_were_there_do_not_stop_a_fact(small: KitProject) -> None:
    """A scheme with a KUK in the wrong place can still be given its number."""
    small.edit(f"scheme/{SMALL}/2026/scheme.yaml", 'number: "2.1"', 'number: "3.1"')
    assert take(small, {"Skema:number": "SKM-02"}).changed == 1


def test_of_a_released_edition_only_the_identity_is_asked(small: KitProject) -> None:
    """Its own facts are kept as they were released."""
    (small.root / "scheme" / SMALL / "2026/segel.json").write_text("{}")
    assert {name.partition(":")[0] for name in fields_of(small)} == {"LSP"}
    assert take(small, {"LSP:city": "Bandung"}).changed == 1
    with pytest.raises(KitgenError, match="is released and is not changed any more"):
        take(small, {"Skema:number": "SKM-02"})


def test_an_identity_that_is_not_there_is_begun(tmp_path: Path) -> None:
    """With a comment of what it is."""
    project = small_project(tmp_path, identity=None)
    assert take(project, {"LSP:name": "LSP Baru"}).changed == 1
    text = (project.root / "scheme/identity.yaml").read_text("utf-8")
    assert text == '# Lembaga Sertifikasi Profesi (LSP) pemilik dokumen\nname: "LSP Baru"\n'
