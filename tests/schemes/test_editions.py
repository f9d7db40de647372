"""Editions side by side: a draft is a copy that changes no page, a released edition is changed no more."""

import json
import shutil
from pathlib import Path

import pytest
from harness import SLUG, KitProject
from openpyxl import load_workbook
from released import fill_in

pytestmark = pytest.mark.slow


@pytest.fixture
def light(kit_project: KitProject) -> KitProject:
    """The shipped scheme with one form."""
    return kit_project.keep_forms({"FR.APL.02"})


@pytest.fixture(scope="module")
def released_once(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """A project whose edition 2024 is released."""
    project = KitProject.copy_of(root, tmp_path_factory.mktemp("released") / "proyek")
    fill_in(project, "2024").keep_forms({"FR.APL.02"}).run("edition", "release", SLUG, "2024", "--date", "2025-03-01")
    assert "released" in project.said
    return project


@pytest.fixture
def released(released_once: KitProject, tmp_path: Path) -> KitProject:
    return released_once.copy_to(tmp_path / "dirilis")


def test_a_new_edition_is_a_copy_with_all_its_comments(light: KitProject) -> None:
    """Byte by byte, but for the edition's name in the head lines kitgen wrote."""
    note = "# catatan kami: edisi 2024 dibahas lagi\n"
    path = light.edition / "blueprint.yaml"
    path.write_text(note + path.read_text("utf-8"), "utf-8")
    (light.edition / "~$kunci.docx").write_bytes(b"x")
    light.run("edition", "new", SLUG, "2025")
    assert "copied from 2024" in light.said and "2024 is not released" in light.said
    new = light.edition.with_name("2025")
    names = {each.relative_to(new).as_posix() for each in new.rglob("*") if each.is_file()}
    assert names == {
        each.relative_to(light.edition).as_posix() for each in light.edition.rglob("*") if each.is_file()
    } - {"~$kunci.docx"} | {"asal.json"}
    for name in sorted(names - {"asal.json"}):
        old = (light.edition / name).read_bytes()
        if name in ("scheme.yaml", "papers.yaml"):
            head, _, rest = old.partition(b"\n")
            assert b"edisi 2024" in head
            old = head.replace(b"edisi 2024", b"edisi 2025") + b"\n" + rest
        assert (new / name).read_bytes() == old, name
    found = light.json("edition", "list")
    assert [(each["edition"], each["state"], each["origin"]) for each in found] == [
        ("2024", "draft", ""),
        ("2025", "draft", "2024"),
    ]
    light.run("diff", "2024", "2025")
    assert "both editions say the same" in light.said
    light.run("edition", "new", SLUG, "2026", "--from", "2024")
    assert light.json("edition", "list")[2]["origin"] == "2024"


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        ((SLUG, "2024"), 1, "edition 2024 is there already"),
        ((SLUG, "../2025"), 2, "an edition is named by letters"),
        ((SLUG, "con"), 2, "an edition is named by letters"),
        ((SLUG, "2025", "--from", "2020"), 1, "has no edition `2020`"),
        (("tenaga", "2025"), 1, "there is no scheme `tenaga`"),
    ],
)
def test_a_new_edition_that_cannot_be_is_told(
    light: KitProject, arguments: tuple[str, ...], exit_code: int, said: str
) -> None:
    """And nothing is written."""
    light.run("edition", "new", *arguments, expect=exit_code)
    assert said in light.said
    assert {path.name for path in (light.root / "scheme" / SLUG).iterdir()} == {"2024"}


def test_a_release_is_refused_with_all_that_stands_in_its_way(light: KitProject) -> None:
    """Facts the LSP owes, proposals, gaps and papers that say something else, each with its place."""
    bank = light.edition / "questions" / "M.702090.008.01.yaml"
    text = bank.read_text("utf-8")
    bank.write_text(text.replace("seorang nasabah mengeluhkan saldo", "nasabah mengeluhkan saldo"), "utf-8")
    before = {path for path in light.edition.rglob("*")}
    light.run("edition", "release", SLUG, "2024", expect=1)
    for said in (
        "scheme number is not given", "kind of scheme is not given", "basic requirements is not given", "administrative evidence",
        "5 units without standar kompetensi kerja: M.702090.001.01, ", "nama LSP, nomor lisensi, alamat LSP",
        "cluster 1 is a proposal", "has changed since it was drawn", "things stand in the way", "nothing was written",
    ):  # fmt: skip
        assert said in light.said, said
    assert {path for path in light.edition.rglob("*")} == before
    assert "warning:" not in light.said


def test_a_gap_keeps_an_edition_from_being_released(light: KitProject) -> None:
    """A criterion nothing serves by its primary method."""
    fill_in(light, "2024")
    bank = light.edition / "questions" / "M.702090.001.01.yaml"
    bank.write_text(bank.read_text("utf-8").replace('"3.1"', '"3.2"'), "utf-8")
    (light.edition / "papers.yaml").unlink()
    light.run("edition", "release", SLUG, "2024", expect=1)
    assert "nothing serves KUK 3.1 of unit M.702090.001.01 for their primary method" in light.said
    assert "is not given" not in light.said


def test_a_released_edition_is_sealed(released: KitProject) -> None:
    """The seal holds a digest for each file and the day that was given; pages are made of it as before."""
    (found,) = released.json("edition", "list")
    assert (found["state"], found["released"]) == ("released", "2025-03-01")
    seal = json.loads((released.edition / "segel.json").read_text("utf-8"))
    assert seal["digest"] == found["digest"]
    names = {path.relative_to(released.edition).as_posix() for path in released.edition.rglob("*.yaml")}
    assert set(seal["files"]) == names
    released.run("edition", "release", SLUG, "2024", expect=1)
    assert "is released and is not changed any more" in released.said
    released.run("edition", "new", SLUG, "2025")
    assert "not released" not in released.said
    assert not (released.edition.with_name("2025") / "segel.json").exists()


def test_changing_a_released_edition_is_an_error_that_says_what_to_do(released: KitProject) -> None:
    """Any file changed, added or gone is named, by every command that reads the edition."""
    released.run("event", "new", "jadwal", "--sample")
    released.edit_scheme("Target segmen diidentifikasi", "Target segmen ditemukan")
    (released.edition / "scenarios" / "KEL-06.yaml").unlink()
    (released.edition / "questions" / "tambahan.yaml").write_text("unit: x\n", "utf-8")
    for arguments in (
        ("check",), ("plan",), ("build",), ("verify",), ("plan", "--event", "jadwal"),
        ("event", "new", "lain"), ("bank", "draw"), ("bank", "export", str(released.root / "b.xlsx")),
        ("diff", "2024", "2024"), ("edition", "new", SLUG, "2025"), ("edition", "list"), ("pack",),
    ):  # fmt: skip
        released.run(*arguments, expect=1)
        assert f"scheme/{SLUG}/2024/scheme.yaml" in released.said, arguments
        assert f"kitgen edition new {SLUG} NEW" in released.said, arguments
    released.run("event", "check", "jadwal", expect=1)
    assert "`kitgen check` tells them" in released.said
    released.run("edition", "list", expect=1)
    for said in ("file was changed since edition 2024 was released", "file is gone", "file was added"):
        assert said in released.said
    assert "changed   " in released.said


def test_lines_that_end_otherwise_break_no_seal(released: KitProject) -> None:
    """Git and Windows editors end lines in their own way; a comment is a change."""
    path = released.edition / "scheme.yaml"
    content = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    released.run("check")
    path.write_bytes(content + b"# catatan\n")
    released.run("check", expect=1)
    assert "file was changed since edition 2024" in released.said


@pytest.mark.parametrize(
    "damage", ["", "{}", '{"format": 1}', '{"format": 1, "files": {}, "edition": 5, "digest": ""}', "digest"]
)
def test_a_damaged_seal_is_told(released: KitProject, damage: str) -> None:
    """It does not make the edition a draft."""
    path = released.edition / "segel.json"
    text = path.read_text("utf-8")
    path.write_text(damage if damage != "digest" else text.replace('"scheme.yaml": "', '"scheme.yaml": "0'), "utf-8")
    released.run("check", expect=1)
    assert "damaged" in released.said and "put it back from a copy" in released.said


@pytest.mark.parametrize("name", ["segel.json", "asal.json"])
def test_half_a_letter_in_a_record_is_told(released: KitProject, name: str) -> None:
    """JSON can say half of a surrogate pair, which is no text; `\\ud83d\\ude00`, which is a letter, is taken."""
    path = released.edition / name
    if name == "segel.json":
        seal = json.loads(path.read_text("utf-8"))
        seal["files"]["\ud800.yaml"] = "0"
        path.write_text(json.dumps(seal), "utf-8")
    else:
        path.write_text('{"format": 1, "origin": "\\ud800", "criteria": {}, "references": {}}', "utf-8")
        (released.edition / "segel.json").unlink()
    follow = [("edition", "follow", SLUG, "2024")] if name == "asal.json" else []
    for arguments in (("check",), ("edition", "list"), *follow):
        released.run(*arguments, expect=1)
        assert f"scheme/{SLUG}/2024/{name}" in released.said and "file is damaged" in released.said, arguments
    if name == "asal.json":
        path.write_text('{"format": 1, "origin": "\\ud83d\\ude00", "criteria": {}, "references": {}}', "utf-8")
        released.run("edition", "list")


def test_editions_are_listed_as_people_count_them(light: KitProject) -> None:
    """The last of the list is the one that commands take for the newest."""
    for name in ("2024-10", "2024-2", "2024.1"):
        light.run("edition", "new", SLUG, name, "--from", "2024")
    assert [each["edition"] for each in light.json("edition", "list")] == ["2024", "2024.1", "2024-2", "2024-10"]
    light.run("edition", "new", SLUG, "2025")
    assert "copied from 2024-10" in light.said


def test_a_digit_that_does_not_count_is_told(light: KitProject) -> None:
    """Which edition is the newest is not guessed; one that is named is taken."""
    light.edition.with_name("2025²").mkdir()
    light.edition.with_name("2025²").joinpath("scheme.yaml").write_bytes((light.edition / "scheme.yaml").read_bytes())
    for arguments in (("check",), ("edition", "list"), ("edition", "new", SLUG, "2026")):
        light.run(*arguments, expect=1)
        assert f"scheme/{SLUG}/2025²" in light.said and "name the folder with the digits 0 to 9" in light.said
    light.run("check", "--edition", "2024")


def test_what_a_killed_run_left_aside_is_no_data(light: KitProject) -> None:
    """Half a file beside the real one is not read, not followed, not sealed; nor are editors' own files."""
    fill_in(light, "2024")
    for name in ("questions/M.702090.008.01.yaml", "scenarios/KEL-01.yaml", "tasks.yaml"):
        path = light.edition / name
        for hidden in (f".kitgen-{path.name}", f".{path.name}", f"~${path.name}"):
            path.with_name(hidden).write_bytes(path.read_bytes()[:700])
    light.run("check").run("plan")
    assert "kitgen-" not in light.said
    light.run("edition", "new", SLUG, "2025")
    (light.edition.with_name("2025") / "questions" / ".kitgen-M.702090.008.01.yaml").write_text("x: [", "utf-8")
    light.run("edition", "follow", SLUG, "2025")
    light.run("edition", "release", SLUG, "2024")
    seal = json.loads((light.edition / "segel.json").read_text("utf-8"))
    assert "questions/M.702090.008.01.yaml" in seal["files"]
    assert not [name for name in seal["files"] if "kitgen" in name or "/." in name or "~" in name]
    for path in [*light.edition.rglob(".*.yaml"), *light.edition.rglob("~$*")]:
        path.unlink()
    light.run("check", "--edition", "2024")


def test_commands_that_write_refuse_a_released_edition(released: KitProject) -> None:
    """Before anything is written: papers, questions, references, marks."""
    before = {path: path.read_bytes() for path in released.edition.rglob("*") if path.is_file()}
    released.run("bank", "export", str(released.root / "bank.xlsx"))
    for arguments in (
        ("bank", "draw", "--anew"), ("bank", "import", str(released.root / "bank.xlsx")),
        ("edition", "follow", SLUG, "2024"), ("edition", "cleared", SLUG, "2024", "PG-008-01"),
    ):  # fmt: skip
        released.run(*arguments, expect=1)
        assert "is released and is not changed any more; nothing was written" in released.said, arguments
    assert {path: path.read_bytes() for path in released.edition.rglob("*") if path.is_file()} == before


def test_a_release_date_is_a_date(light: KitProject) -> None:
    """It is typed by a person; the clock is not asked."""
    light.run("edition", "release", SLUG, "2024", "--date", "1 Maret 2025", expect=2)
    assert "is no date; write it as 2025-03-01" in light.said


def serials(project: KitProject, edition: str) -> dict[str, str]:
    rows = project.json("plan", "--edition", edition, "--all")["documents"]
    return {row["path"].partition(f"{edition}/")[2]: row["serial"] for row in rows}


def test_what_changes_no_page_makes_nothing_stale(kit_project: KitProject) -> None:
    """A double space, a comment, keys in another order, a new edition: every document as it was, every serial the same."""
    project = kit_project.one_form_of_each_kind("FR.IA.01", "Kisi-kisi")
    project.build()
    before = serials(project, "2024")
    assert len(before) > 50
    scheme = project.edition / "scheme.yaml"
    text = scheme.read_text("utf-8").replace("Target segmen diidentifikasi", "Target  segmen diidentifikasi")
    text = text.replace('          - number: "1.2"\n            text: "Segmentasi perusahaan diuraikan"\n',
                        '          # dibahas\n          - text: "Segmentasi perusahaan diuraikan"\n            number: "1.2"\n')  # fmt: skip
    assert "# dibahas" in text and "Target  segmen" in text
    scheme.write_text(text, "utf-8")
    project.run("plan", "--edition", "2024", "--check")
    project.run("edition", "new", SLUG, "2025").build("--edition", "2025")
    assert serials(project, "2025") == serials(project, "2024") == before
    project.run("plan", "--edition", "2024", "--check").run("plan", "--edition", "2025", "--check")
    old, new = (project.output.with_name(edition) for edition in ("2024", "2025"))
    files = sorted(path.relative_to(old) for path in old.rglob("*.docx"))
    assert files and all((old / name).read_bytes() == (new / name).read_bytes() for name in files)


def test_an_event_stays_with_the_edition_it_was_made_for(kit_project: KitProject) -> None:
    """A newer edition, whatever it says, changes no page of it."""
    project = kit_project.keep_forms({"FR.APL.02", "FR.IA.01", "FR.AK.01"}).run("event", "new", "jadwal", "--sample")
    project.build("--event", "jadwal")
    before = project.tree()
    assert before
    project.run("edition", "new", SLUG, "2025")
    project.edit(f"scheme/{SLUG}/2025/scheme.yaml", "Target segmen diidentifikasi", "Target segmen ditemukan")
    project.run("plan", "--event", "jadwal", "--check").build("--event", "jadwal")
    assert project.tree() == before


def test_a_draft_stops_no_work_with_the_released_edition(released: KitProject) -> None:
    """Without `--edition` every command takes the newest released edition and says which draft it left alone."""
    released.run("edition", "new", SLUG, "2025")
    draft = released.edition.with_name("2025") / "scheme.yaml"
    draft.write_text(draft.read_text("utf-8").replace("Target segmen diidentifikasi", "Target baru"), "utf-8")
    said = f"edition 2024 of {SLUG} is taken, the newest released one; draft 2025 is left alone"
    book = released.root / "bank.xlsx"
    commands = (
        ("check",), ("plan",), ("build",), ("bank", "export", str(book)), ("event", "new", "besok"),
        ("archive", str(released.root / "a.zip")), ("edition", "new", SLUG, "2026"),
    )  # fmt: skip
    for arguments in commands:
        released.run(*arguments)
        assert said in released.said, arguments
        shutil.rmtree(released.edition.with_name("2026"), ignore_errors=True)
    assert {path.parent.name for path in released.output.parent.glob("*/manifest.json")} == {"2024"}
    grid = load_workbook(released.root / "events" / "besok" / "jadwal.xlsx")["Jadwal"]
    assert "2024" in {str(cell.value) for row in grid.iter_rows() for cell in row}
    draft.write_text("title: [", "utf-8")
    for arguments in (*commands[:4], ("event", "new", "lusa"), ("check", "--scheme", SLUG)):
        released.run(*arguments)
        assert said in released.said, arguments
    released.run("check", "--edition", "2024")
    assert "left alone" not in released.said
    for arguments in (("bank", "draw"), ("bank", "import", str(book))):
        released.run(*arguments, expect=1)
        assert "is released and is not changed" in released.said and "name the draft 2025" in released.said
    released.run("check", "--edition", "2025", expect=1)
    released.run("edition", "new", SLUG, "2027", "--from", "2024").run("plan")
    assert "drafts 2025, 2027 are left alone" in released.said


def test_an_edition_older_than_the_released_one_is_not_spoken_of(released: KitProject) -> None:
    """Of two released ones the newer is taken; an old draft could not be meant."""
    shutil.copytree(released.edition, released.edition.with_name("2023"))
    released.run("plan")
    assert "is taken" not in released.said
    (released.edition / "segel.json").rename(released.root / "segel.json")
    assert all(path.startswith(f"{SLUG}/2023/") for path in released.states())
    assert "draft 2024 is left alone" in released.said


def test_where_none_is_released_the_newest_draft_is_taken_and_told(light: KitProject) -> None:
    """As long as there is one alone, nothing is said of it."""
    light.run("check")
    assert "is taken" not in light.said
    light.run("edition", "new", SLUG, "2025").run("plan")
    assert f"edition 2025 of {SLUG} is taken, the newest draft: none is released" in light.said


def test_pictures_of_a_released_edition_are_sealed(light: KitProject, root: Path) -> None:
    """Templates may name one by its path; what nothing reads may lie there, come, change and go."""
    fill_in(light, "2024")
    picture = (root / "scheme" / "logo-contoh.png").read_bytes()
    denah, other = light.edition / "gambar" / "denah", light.edition / "gambar" / "lain.jpg"
    denah.parent.mkdir()
    denah.write_bytes(picture)
    (light.edition / "notulen.docx").write_bytes(b"PK 1")
    light.run("edition", "release", SLUG, "2024")
    files = json.loads((light.edition / "segel.json").read_text("utf-8"))["files"]
    assert "gambar/denah" in files and not {"notulen.docx", "import-report.txt", "segel.json"} & set(files)

    for name in ("rekap.xlsx", "questions/draf.csv", "catatan.txt", "scenarios/lama.yml", ".foto.png"):
        (light.edition / name).write_bytes(picture[:0] + b"PK 2" if name != ".foto.png" else picture)
    (light.edition / "import-report.txt").unlink()
    (light.edition / "notulen.docx").write_bytes(b"PK 3")
    light.run("check")
    other.write_bytes(b"\xff\xd8\xff\xe0")
    light.run("check", expect=1)
    assert f"{SLUG}/2024/gambar/lain.jpg" in light.said and "take it out of the folder" in light.said
    assert light.said.count("since edition 2024 was released") == 1
    other.unlink()
    denah.write_bytes(picture.replace(b"\r\n", b"\n"))
    light.run("check", expect=1)
    assert "file was changed since edition 2024" in light.said or "file is gone since edition 2024" in light.said
    denah.write_bytes(picture[:-1])
    light.run("plan", expect=1)
    assert "file was changed since edition 2024" in light.said and "put it back as it was" in light.said

    denah.write_bytes(picture)
    light.run("archive", str(light.root / "a.zip")).run(
        "archive", str(light.root / "a.zip"), "--open", str(light.root / "b")
    )
    KitProject(light.root / "b").run("check", "--edition", "2024")


def test_an_opened_archive_says_of_a_released_edition_what_the_project_says(light: KitProject) -> None:
    """The edition before is not in it: rulings that held when it was released hold, and settle their marks."""
    old, new = "Solusi terhadap keluhan pelanggan ditawarkan", "Solusi atas keluhan pelanggan ditawarkan pada pelanggan"
    late, later = "Target segmen diidentifikasi", "Target segmen pasar dikenali"
    light.run("edition", "new", SLUG, "2025")
    draft = light.edition.with_name("2025")
    scheme = f"scheme/{SLUG}/2025/scheme.yaml"
    light.edit(scheme, late, later).run("edition", "follow", SLUG, "2025")  # marked first, ruled afterwards
    light.edit(scheme, old, new)
    ruling = '- {{unit: "{}", number: "{}", old: "{}", new: "{}", who: "R", when: "kini", why: "sama"}}\n'
    rulings = (("M.702090.008.01", "3.3", old, new), ("M.702090.001.01", "1.3", late, later))
    (draft / "padanan.yaml").write_text("rulings:\n" + "".join(ruling.format(*each) for each in rulings), "utf-8")
    fill_in(light, "2025").run("edition", "follow", SLUG, "2025").run("edition", "release", SLUG, "2025")

    def told(project: KitProject) -> list[str]:
        project.run("check")
        return [line for line in project.said.splitlines() if line.startswith(("warning", "error"))]

    light.run("archive", str(light.root / "a.zip")).run(
        "archive", str(light.root / "a.zip"), "--open", str(light.root / "b")
    )
    opened = KitProject(light.root / "b")
    assert not (opened.root / "scheme" / SLUG / "2024").exists()
    assert told(opened) == told(light)
    assert "review" not in opened.said and "ruling" not in opened.said

    light.edit_scheme(late, "Lain sekali").run("check")  # what the edition before says now does not matter any more
    assert "ruling" not in light.said and "review" not in light.said
