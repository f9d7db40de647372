"""Building: what is made, what is left alone, what is told, over whatever lies in the output folder."""

import errno
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import docx
import pytest
import yaml
from file_names import named
from harness import ROOT, SLUG, KitProject, edit_by_hand, rewrite_parts, tree_digests

from kitgen.base.errors import KitgenError, Place
from kitgen.documents.disk.files import remove_document
from kitgen.documents.pdf.beside import withdraw

pytestmark = pytest.mark.slow

UNIT = "M.702090.008.01"
SCHEME = f"scheme/{SLUG}/2024/scheme.yaml"
INDEX = f"{SLUG}/2024/manifest.json"
PAGE = "00 Baca Dulu.html"
Texts = dict[str, str]
NAMED = ("FR.APL.01", "FR.APL.02", "FR.IA.01")


@pytest.fixture(scope="module")
def all_forms(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The shipped scheme with all its forms and some of its role plays, built once."""
    return KitProject.copy_of(ROOT, tmp_path_factory.mktemp("all-forms") / "proyek").few_role_plays().build()


@pytest.fixture(scope="module")
def texts(all_forms: KitProject) -> Texts:
    """What every document of it says, by path."""
    return {path: all_forms.text(path) for path in all_forms.states()}


@pytest.fixture
def everything(all_forms: KitProject, tmp_path: Path) -> KitProject:
    """A copy of it, as if just built."""
    return all_forms.copy_to(tmp_path / "proyek")


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The shipped scheme with a form of each kind and those the tests name, built once."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("every-kind") / "proyek")
    return project.one_form_of_each_kind(*NAMED).build()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The same with the forms the tests name, one made for each paper and a workbook: what holds whatever the form is."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("finished") / "proyek")
    return project.keep_forms({*NAMED, "FR.IA.05A", "Matriks Cakupan KUK"}).build()


@pytest.fixture
def all_kinds(every_kind: KitProject, tmp_path: Path) -> KitProject:
    """A copy of the one with a form of each kind, as if just built."""
    return every_kind.copy_to(tmp_path / "proyek")


@pytest.fixture
def fresh(finished: KitProject, tmp_path: Path) -> KitProject:
    """A copy of it that was never built."""
    project = finished.copy_to(tmp_path / "proyek")
    shutil.rmtree(project.root / "output")
    return project


@pytest.fixture
def built(finished: KitProject, tmp_path: Path) -> KitProject:
    """A copy of it, as if just built."""
    return finished.copy_to(tmp_path / "proyek")


def loaded(project: KitProject) -> Any:
    return yaml.safe_load((project.root / SCHEME).read_text("utf-8"))


def criterion_of(project: KitProject, unit: str = UNIT) -> str:
    """The text of a criterion that no other criterion shares a part with."""
    whole = (project.root / SCHEME).read_text("utf-8")
    (found,) = (each for each in loaded(project)["units"] if each["code"] == unit)
    every = [criterion["text"] for element in found["elements"] for criterion in element["criteria"]]
    return str(next(text for text in every if whole.count(text) == 1))


def word_documents(project: KitProject) -> list[str]:
    """Paths of the Word documents, which nobody types into by design."""
    typed = {code for code, entry in project.forms().items() if "typed_by" in entry}
    rows = project.json("plan")["documents"]
    return [row["path"] for row in rows if row["path"].endswith(".docx") and row["form"] not in typed]


def observed(project: KitProject, form: str = "FR.IA.01", unit: str = UNIT) -> str:
    """The path of one form in one unit's kit."""
    (path,) = (row["path"] for row in project.json("plan", "--unit", unit, "--form", form)["documents"])
    return str(path)


def pages_of(project: KitProject) -> set[str]:
    """The pages to read first: one in the folder of each kit."""
    units = {f"{SLUG}/2024/Per Unit/{unit['code']}/{PAGE}" for unit in loaded(project)["units"]}
    return {f"{SLUG}/2024/Skema Lengkap/{PAGE}", *units}


def digests(project: KitProject, path: str) -> Texts:
    return {name: digest for name, digest in project.tree().items() if name.startswith(path.rpartition(".")[0])}


def aside(path: str, word: str) -> str:
    return path.replace(".docx", f" ({word}).docx")


# Nothing to do


def test_the_first_build_makes_everything_and_the_second_nothing(kit_project: KitProject) -> None:
    """Every planned document is made, a page to read first beside those of a kit, and the index; then nothing changes."""
    planned = kit_project.states()
    assert set(planned.values()) == {"new"}
    summary = kit_project.json("build")["summary"]
    assert (summary["written"], summary["documents"]) == (len(planned), len(planned))
    assert set(kit_project.tree()) == {*planned, *pages_of(kit_project), INDEX}
    before = kit_project.stamps()
    summary = kit_project.json("build")["summary"]
    assert (summary["written"], summary["same"], summary["removed"]) == (0, len(planned), 0)
    assert kit_project.stamps() == before
    assert set(kit_project.states().values()) == {"same"}


def test_every_form_is_made_for_every_kit_it_names(shipped_kit: KitProject) -> None:
    """Each entry of forms.yaml stands in the finished tree, once per kit unless it is made per paper or scenario."""
    rows = shipped_kit.json("plan")["documents"]
    units = len(loaded(shipped_kit)["units"])
    for code, entry in shipped_kit.forms().items():
        if entry["kits"] == ["event"]:
            continue
        made = [row for row in rows if row["form"] == code]
        assert made, f"{code} is made for nothing"
        if entry["per"] in ("kit", "candidate", "assessor") and "instrument" not in entry:
            assert len(made) == ("scheme" in entry["kits"]) + units * ("unit" in entry["kits"])
        assert {row["audience"] for row in made} == {entry["audience"]}


def respelled(text: str) -> str:
    """The same data with every key in another order, other quotes and other line breaks."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(item) for item in value] if isinstance(value, list) else value

    return yaml.dump(turned(yaml.load(text, yaml.BaseLoader)), allow_unicode=True, sort_keys=False, width=60)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: f"# catatan\n{text}".replace("units:\n", "units:   # semua\n\n"), id="comments"),
        pytest.param(lambda text: re.sub(r'(text: "\w+) ', r"\1   ", text), id="double blanks"),
        pytest.param(respelled, id="order of keys and quotes"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line endings"),
    ],
)
def test_what_changes_no_word_changes_no_document(all_kinds: KitProject, change: Callable[[str], str]) -> None:
    """Comments, blanks, quotes and the order of keys make nothing stale."""
    path = all_kinds.root / SCHEME
    text = path.read_text("utf-8")
    assert change(text) != text
    path.write_bytes(change(text).encode())
    before = all_kinds.stamps()
    assert set(all_kinds.states().values()) == {"same"}
    assert all_kinds.json("build")["summary"]["written"] == 0
    assert all_kinds.stamps() == before


@pytest.mark.parametrize("change", ["comment", "another form"])
def test_forms_that_change_leave_others_alone(all_kinds: KitProject, change: str) -> None:
    """A comment in forms.yaml changes nothing; an added form makes its own documents and the lists that name it stale."""
    path = all_kinds.root / "templates" / "forms.yaml"
    text = path.read_text("utf-8")
    entry = re.search(r"  FR\.IA\.01:\n(    .*\n)+", text[text.index("\nforms:") :])
    assert entry is not None
    added = entry[0].replace("FR.IA.01:", "FR.ZZ.99:").replace('number: "10"', 'number: "99"')
    path.write_text(text + "\n# catatan\n" if change == "comment" else text.rstrip() + "\n" + added, "utf-8")
    states = all_kinds.states()
    lists = ("FR.ZZ.99", "Daftar Periksa", "Peta Tanda Tangan") if change == "another form" else ()
    assert {name for name, state in states.items() if state != "same"} == {
        name for name in states if any(word in name for word in lists)
    }
    assert any("FR.ZZ.99" in name for name in states) == (change == "another form")


# Data that changes


def test_rewording_one_criterion_makes_stale_exactly_what_prints_it(everything: KitProject, texts: Texts) -> None:
    """The documents that show the old sentence, and no others, are made anew; each then shows the new one."""
    old = criterion_of(everything)
    expected = {path for path, text in texts.items() if old in text}
    assert expected
    assert expected != set(texts)
    before = everything.tree()
    everything.edit_scheme(old, "Kalimat yang lain sama sekali dicatat")
    assert {path for path, state in everything.states().items() if state == "changed"} == expected
    assert {path for path, state in everything.states().items() if state not in ("same", "changed")} == set()
    everything.build()
    after = everything.tree()
    assert {path for path in after if after[path] != before[path]} == {*expected, INDEX}
    for path in expected:
        assert "Kalimat yang lain sama sekali dicatat" in everything.text(path)
        assert old not in everything.text(path)


def test_plan_tells_where_the_words_changed_from_what_to_what(built: KitProject) -> None:
    """Table, row and cell, the old and the new sentence; the serial that follows from them is not a reason."""
    old = criterion_of(built)
    built.edit_scheme(old, "Kalimat baru dicatat")
    changed = [row for row in built.json("plan")["documents"] if row["state"] == "changed"]
    for row in changed:
        (reason,) = [reason for reason in row["reasons"] if old in reason][:1]
        assert "Kalimat baru dicatat" in reason
        assert re.match(r"(table \d+, row \d+, cell \d+|paragraph \d+|sheet .+): ", reason), reason
        assert not any("Kode Dokumen" in reason for reason in row["reasons"])
    said = built.run("plan").said
    assert f'"{old}" -> "Kalimat baru dicatat"' in said
    assert f"{len(changed)} to be made" in said


def test_the_title_of_a_unit_reaches_its_kit_and_the_scheme(everything: KitProject, texts: Texts) -> None:
    """A retitled unit makes stale what shows its title, in the scheme's kit and in its own."""
    title = next(unit["title"] for unit in loaded(everything)["units"] if unit["code"] == UNIT)
    expected = {path for path, text in texts.items() if title in text}
    everything.edit_scheme(f'title: "{title}"', 'title: "Judul unit yang lain"')
    assert {path for path, state in everything.states().items() if state == "changed"} == expected
    assert {path.split("/")[2] for path in expected} == {"Skema Lengkap", "Per Unit"}
    assert all(UNIT in path or "Skema Lengkap" in path for path in expected)


def test_a_fact_that_is_given_at_last_leaves_the_draft(everything: KitProject, texts: Texts) -> None:
    """What printed that the scheme's number is missing is made anew, and nothing else."""
    everything.edit_scheme("number:  ", 'number: "SKM/001"  ')
    changed = {path for path, state in everything.states().items() if state == "changed"}
    assert changed
    assert all("[nomor skema]" in texts[path] for path in changed)
    everything.build()
    assert {path for path in everything.states() if "SKM/001" in everything.text(path)} == changed


def test_a_template_that_changes_makes_its_own_documents_stale(built: KitProject) -> None:
    """Another word in one template changes that form's documents only; without a new word, the reason says so."""
    built.edit_template("docx/FR.IA.01.docx", "<w:body>", "<w:body><w:p><w:r><w:t>Tambahanblok</w:t></w:r></w:p>")
    rows = built.json("plan")["documents"]
    assert {row["form"] for row in rows if row["state"] == "changed"} == {"FR.IA.01"}
    assert {row["form"] for row in rows if row["state"] == "same"} == set(built.forms()) - {"FR.IA.01"}
    for row in rows:
        assert row["reasons"] == (['paragraph 1: new "Tambahanblok"'] if row["form"] == "FR.IA.01" else [])


def test_the_lsp_that_gives_its_name_gets_it_printed(built: KitProject) -> None:
    """Who the LSP is stands in identity.yaml: what shows its name is made anew when it is given, nothing else."""
    name = "<w:p><w:r><w:t>{{ body.name }}</w:t></w:r></w:p>"
    built.edit_template("docx/FR.APL.01.docx", "<w:body>", f"<w:body>{name}").build()
    built.edit("scheme/identity.yaml", "name:", 'name: "LSP Contoh Nusantara"')
    rows = [row for row in built.json("plan")["documents"] if row["state"] != "same"]
    assert {row["form"] for row in rows} == {"FR.APL.01"}
    assert all('paragraph 1: "[nama LSP]" -> "LSP Contoh Nusantara"' in row["reasons"] for row in rows)
    built.build()
    assert {path for path in built.states() if "LSP Contoh Nusantara" in built.text(path)} == {
        row["path"] for row in rows
    }


def test_a_question_that_changes_reaches_its_papers(everything: KitProject, texts: Texts) -> None:
    """A reworded question of the bank makes stale exactly what prints it, or a paper's id that follows from it."""
    name = f"scheme/{SLUG}/2024/questions/{UNIT}.yaml"
    old = next(each["text"] for each in yaml.safe_load((everything.root / name).read_text("utf-8"))["questions"])
    printed = {path for path, text in texts.items() if old in text}
    assert printed
    everything.edit(name, old, "Pertanyaan yang lain sama sekali?")
    changed = {path for path, state in everything.states().items() if state == "changed"}
    everything.build()
    assert changed >= printed
    assert {
        path for path in everything.states() if "Pertanyaan yang lain sama sekali?" in everything.text(path)
    } == printed
    assert {path for path in changed if everything.text(path) == texts[path]} == set()


def test_a_shared_block_reaches_every_form_that_puts_it_in(everything: KitProject) -> None:
    """A word added to a block makes stale the documents that then show it, and no others."""
    everything.edit_template(
        "docx/blocks/header.docx", "<w:body>", "<w:body><w:p><w:r><w:t>Tambahanblok</w:t></w:r></w:p>"
    )
    changed = {path for path, state in everything.states().items() if state == "changed"}
    assert changed
    everything.build()
    assert {path for path in everything.states() if "Tambahanblok" in everything.text(path)} == changed


def test_a_template_saved_anew_without_a_change_makes_nothing_stale(everything: KitProject) -> None:
    """Word compresses otherwise and writes other dates; the parts decide, not the bytes of the template."""
    for entry in everything.forms().values():
        rewrite_parts(everything.root / "templates" / entry["template"], lambda _, content: content)
    before = everything.stamps()
    assert set(everything.states().values()) == {"same"}
    everything.build()
    assert {path: stamp for path, stamp in everything.stamps().items() if path != INDEX} == {
        path: stamp for path, stamp in before.items() if path != INDEX
    }


# Files and indexes that go missing


def test_a_deleted_document_comes_back_byte_for_byte(all_kinds: KitProject) -> None:
    """Every kind of file, a whole folder too, is called deleted and returns as it was."""
    before = all_kinds.tree()
    gone = sorted(all_kinds.states())[::3]
    for path in gone:
        (all_kinds.root / "output" / path).unlink()
    assert {path for path, state in all_kinds.states().items() if state == "deleted"} == set(gone)
    assert all_kinds.json("build")["summary"]["written"] == len(gone)
    assert all_kinds.tree() == before
    shutil.rmtree(all_kinds.output / "Per Unit")
    assert all_kinds.build().tree() == before
    shutil.rmtree(all_kinds.root / "output")
    assert all_kinds.build().tree() == before


def test_a_deleted_index_costs_nothing(all_kinds: KitProject) -> None:
    """Files speak for themselves: no document is written anew, and the index comes back as it was."""
    before = all_kinds.stamps()
    (all_kinds.root / "output" / INDEX).unlink()
    assert set(all_kinds.states().values()) == {"same"}
    assert all_kinds.json("build")["summary"]["written"] == 0
    after = all_kinds.stamps()
    assert after.pop(INDEX)[0] == before.pop(INDEX)[0]
    assert after == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 1}', b'{"format": 1, "documents": []}',
     b'{"format": 1, "documents": {"x": {}}}', b'{"format": 1, "documents": {"x": 1}}', b'{"format": "x", "documents": {}}',
     b'{"format": null, "documents": null}', b'{"documents": {}}', b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_index_costs_nothing(built: KitProject, content: bytes) -> None:
    """Whatever stands in it, the documents are read instead, and the index is mended."""
    before = built.stamps()
    (built.root / "output" / INDEX).write_bytes(content)
    assert built.json("build")["summary"]["written"] == 0
    after = built.stamps()
    assert after.pop(INDEX)[0] == before.pop(INDEX)[0]
    assert after == before


def test_entries_of_the_index_that_are_not_texts_do_no_harm(all_kinds: KitProject) -> None:
    """An index with numbers where digests belong is read as far as it goes."""
    path = all_kinds.root / "output" / INDEX
    index = json.loads(path.read_text("utf-8"))
    for entry in index["documents"].values():
        entry["fingerprint"], entry["file"] = 7, None
    path.write_text(json.dumps(index), "utf-8")
    assert set(all_kinds.states().values()) == {"same"}
    all_kinds.build()
    assert set(all_kinds.states().values()) == {"same"}


def test_an_old_index_over_newer_files_does_not_mislead(built: KitProject) -> None:
    """A copy of the index from before a change (a restored backup) changes no verdict."""
    path = built.root / "output" / INDEX
    old = path.read_bytes()
    built.edit_scheme(criterion_of(built), "Kalimat baru dicatat").build()
    newest = built.tree()
    path.write_bytes(old)
    assert set(built.states().values()) == {"same"}
    assert built.build().tree() == newest


def test_an_index_of_a_later_kitgen_is_refused(built: KitProject) -> None:
    """It may know more; what to do is said, and nothing is touched."""
    path = built.root / "output" / INDEX
    path.write_text('{"format": 999, "documents": {}}', "utf-8")
    built.edit_scheme(criterion_of(built), "Kalimat baru dicatat")
    before = built.stamps()
    said = built.build(expect=1).said
    assert "index was written by a later kitgen (format 999" in said
    assert "update kitgen" in said
    assert built.stamps() == before


def test_a_project_carried_elsewhere_is_as_it_was(all_kinds: KitProject, tmp_path: Path) -> None:
    """No path of the machine is in any file: a copied folder has nothing to be made."""
    moved = KitProject(all_kinds.root.rename(tmp_path / "Folder Lain é"))
    before = moved.stamps()
    assert moved.json("build")["summary"]["written"] == 0
    assert moved.stamps() == before


# Documents edited by hand


@pytest.fixture
def edited(built: KitProject) -> Iterator[tuple[KitProject, str]]:
    """A project in which one document was edited by hand, and its path."""
    path = observed(built)
    edit_by_hand(built.root / "output" / path, "Kriteria", "Catatan asesor")
    yield built, path


def test_a_document_edited_by_hand_is_kept_while_nothing_in_it_is_out_of_date(edited: tuple[KitProject, str]) -> None:
    """It is called edited, told with that, and nothing is written; deleting the index does not make it ours."""
    project, path = edited
    before = project.stamps()
    for _ in range(2):
        (row,) = [row for row in project.json("plan")["documents"] if row["path"] == path]
        assert row["state"] == "edited"
        assert row["reasons"][0] == "edited by hand and kept; nothing in it is out of date"
        (cell,) = row["changes"]
        assert (cell["old"], cell["new"]) == ("Kriteria Unjuk Kerja", "Catatan asesor Unjuk Kerja")
        assert re.fullmatch(r"table \d+, row \d+, cell \d+", cell["spot"])
        built = project.json("build")
        assert (built["summary"]["written"], built["summary"]["edited"]) == (0, 1)
        assert {name: stamp for name, stamp in project.stamps().items() if name != INDEX} == {
            name: stamp for name, stamp in before.items() if name != INDEX
        }
        (project.root / "output" / INDEX).unlink()
    project.run("plan", "--check")


def test_the_new_one_goes_beside_an_edited_document(edited: tuple[KitProject, str]) -> None:
    """After a change the edited file stays byte for byte, the new one is `(terbaru)`, and the next build does nothing."""
    project, path = edited
    mine = project.tree()[path]
    project.edit_scheme(criterion_of(project), "Kalimat baru dicatat")
    said = project.run("plan").said
    assert f"edited by hand and kept; the new one goes beside it as {named('10 FR.IA.01 (terbaru).docx')}" in said
    newest = aside(path, "terbaru")
    project.build()
    assert project.tree()[path] == mine
    assert "Kalimat baru dicatat" in project.text(newest)
    assert "Catatan asesor" not in project.text(newest)
    before = project.stamps()
    assert project.json("build")["summary"]["written"] == 0
    assert project.stamps() == before
    project.run("plan", "--check")
    project.edit_scheme("Kalimat baru dicatat", "Kalimat terbaru dicatat").build()
    assert project.tree()[path] == mine
    assert "Kalimat terbaru dicatat" in project.text(newest)
    assert set(digests(project, path)) == {path, newest}


def test_an_edited_new_one_is_kept_too(edited: tuple[KitProject, str]) -> None:
    """Whatever a person touched stays: the third one is `(terbaru 2)`."""
    project, path = edited
    project.edit_scheme(criterion_of(project), "Kalimat baru dicatat").build()
    newest = aside(path, "terbaru")
    edit_by_hand(project.root / "output" / newest, "Kriteria", "Catatan kedua")
    kept = digests(project, path)
    assert project.json("build")["summary"]["written"] == 0
    project.edit_scheme("Kalimat baru dicatat", "Kalimat terbaru dicatat").build()
    now = digests(project, path)
    assert set(now) == {path, newest, aside(path, "terbaru 2")}
    assert {name: now[name] for name in kept} == kept


def test_a_new_one_beside_goes_when_it_is_no_longer_needed(edited: tuple[KitProject, str]) -> None:
    """Data put back as they were make the edited document up to date again; the one beside it is removed."""
    project, _ = edited
    old = criterion_of(project)
    before = project.tree()
    project.edit_scheme(old, "Kalimat baru dicatat").build().edit_scheme("Kalimat baru dicatat", old).build()
    assert project.tree() == before


@pytest.mark.parametrize("spelling", ["absolute", "below output", "with output", "backslashes"])
def test_replace_swaps_and_keeps_the_edited_one(edited: tuple[KitProject, str], spelling: str) -> None:
    """The new document takes its place, the edited one is `(disunting)`, and no further build is needed."""
    project, path = edited
    mine = project.tree()[path]
    project.edit_scheme(criterion_of(project), "Kalimat baru dicatat").build()
    typed = {
        "absolute": str(project.root / "output" / path),
        "below output": path,
        "with output": f"output/{path}",
        "backslashes": path.replace("/", "\\"),
    }[spelling]
    project.build("--replace", typed)
    assert "Kalimat baru dicatat" in project.text(path)
    assert project.tree()[aside(path, "disunting")] == mine
    assert project.states()[path] == "same"
    before = project.stamps()
    assert project.json("build")["summary"]["written"] == 0
    assert project.stamps() == before


def test_replace_without_a_change_gives_the_document_as_it_was(
    edited: tuple[KitProject, str], finished: KitProject
) -> None:
    """An edit that was a mistake is taken back, and still kept aside; a second one gets a number."""
    project, path = edited
    untouched = finished.tree()[path]
    for word in ("disunting", "disunting 2"):
        mine = project.tree()[path]
        project.build("--replace", path)
        assert project.tree()[path] == untouched
        assert project.tree()[aside(path, word)] == mine
        edit_by_hand(project.root / "output" / path, "Kriteria", "Lagi")


@pytest.mark.parametrize("failing", ["a template", "the disk"])
def test_a_replace_that_fails_leaves_the_edited_one_in_its_place(
    edited: tuple[KitProject, str], monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """The edited document goes aside when the new one is made, not before: a fault leaves all as it was."""
    project, path = edited
    project.edit_scheme(criterion_of(project), "Kalimat baru dicatat")
    before = project.stamps()
    if failing == "a template":
        project.edit_template("docx/FR.IA.01.docx", "criterion.text", "criterion.teks")
    else:
        full = OSError(errno.ENOSPC, "No space left on device")
        monkeypatch.setattr("kitgen.documents.disk.aside.pour", Mock(side_effect=full))
    project.build("--jobs", "1", "--replace", path, expect=1)
    assert project.stamps() == before


def test_replace_of_what_is_not_there_is_refused(edited: tuple[KitProject, str]) -> None:
    """A wrong path gets the nearest one, an unedited document is named; nothing is set aside or written."""
    project, path = edited
    other = next(name for name in word_documents(project) if name != path)
    before = project.stamps()
    said = project.build("--replace", path.replace("FR.IA.01", "FR.IA.10"), expect=1).said
    assert "no document of this run lies there" in said
    assert f"did you mean `{path}`?" in said
    assert "document was not edited" in project.build("--replace", path, "--replace", other, expect=1).said
    assert project.stamps() == before


@pytest.mark.parametrize("content", ["word", "text", "empty", "damaged"])
def test_a_file_that_is_not_ours_is_never_written_over(fresh: KitProject, content: str) -> None:
    """Whatever lies at a document's path stays; the document goes beside it, once."""
    path = observed(fresh)
    place = fresh.root / "output" / path
    place.parent.mkdir(parents=True)
    if content == "word":
        document = docx.Document()
        document.add_paragraph("Catatan saya")
        document.save(str(place))
    else:
        place.write_bytes({"text": b"Catatan saya", "empty": b"", "damaged": b"PK\x03\x04 dan sisanya"}[content])
    mine = place.read_bytes()
    assert fresh.states()[path] == "foreign"
    fresh.build()
    assert place.read_bytes() == mine
    assert UNIT in fresh.text(aside(path, "terbaru"))
    before = fresh.stamps()
    assert fresh.json("build")["summary"]["written"] == 0
    assert fresh.stamps() == before
    fresh.build("--replace", path)
    assert UNIT in fresh.text(path)
    assert (fresh.root / "output" / aside(path, "disunting")).read_bytes() == mine


# Orphans and leftovers


def without_form(project: KitProject, code: str) -> KitProject:
    return project.keep_forms(set(project.forms()) - {code})


def test_documents_of_a_form_that_is_gone_are_removed(all_kinds: KitProject) -> None:
    """Plan tells them, build removes them and the folders they leave empty; of the rest only the pages name one less."""
    kits = {row["path"]: row["kit"] for row in all_kinds.json("plan")["documents"] if row["form"] == "FR.IA.01"}
    gone = set(kits)
    before = all_kinds.stamps()
    without_form(all_kinds, "FR.IA.01")
    rows = all_kinds.json("plan")["documents"]
    assert {row["path"]: row["kit"] for row in rows if row["state"] == "orphan"} == kits
    assert "no form or unit asks for it (FR.IA.01)" in all_kinds.run("plan", "--check", expect=1).said
    assert all_kinds.json("build")["summary"]["removed"] == len(gone)
    pages = pages_of(all_kinds)
    anew = {INDEX, *pages}
    kept = {path: stamp for path, stamp in before.items() if path not in gone | anew}
    assert {path: stamp for path, stamp in all_kinds.stamps().items() if path not in anew} == kept
    assert not [page for page in pages if "FR.IA.01" in (all_kinds.root / "output" / page).read_text("utf-8")]
    assert not [folder for folder in all_kinds.output.rglob("*") if folder.is_dir() and not any(folder.iterdir())]
    assert all_kinds.json("build")["summary"] | {"removed": 0} == all_kinds.json("build")["summary"]


def test_an_orphan_that_was_edited_is_kept(edited: tuple[KitProject, str]) -> None:
    """A person's work stays where it is, and is told."""
    project, path = edited
    mine = project.tree()[path]
    without_form(project, "FR.IA.01").build()
    assert project.tree()[path] == mine
    assert "edited by hand and kept" in project.said
    assert [name for name in project.tree() if "FR.IA.01" in name] == [path]
    project.run("plan", "--check")


def test_other_files_in_the_output_folder_are_left_alone(built: KitProject) -> None:
    """Notes, pictures, foreign Word files and Word's own lock files are nobody's orphans."""
    path = observed(built)
    folder = (built.root / "output" / path).parent
    foreign = docx.Document()
    foreign.save(str(folder / "Catatan saya.docx"))
    for name in ("catatan.txt", "Thumbs.db", "~$10 FR.IA.01.docx", "foto.jpg"):
        (folder / name).write_bytes(b"x")
    before = built.stamps()
    assert built.json("build")["summary"] | {"written": 0, "removed": 0} == built.json("build")["summary"]
    assert built.stamps() == before
    without_form(built, "FR.IA.01").build()
    assert {name.name for name in folder.iterdir()} >= {"Catatan saya.docx", "catatan.txt", "~$10 FR.IA.01.docx"}


def test_what_an_interrupted_run_left_aside_is_swept(built: KitProject) -> None:
    """Half files under their temporary name go with the next build."""
    before = built.tree()
    half = built.root / "output" / observed(built)
    for place in (half.with_name(f".kitgen-{half.name}"), built.output / ".kitgen-manifest.json"):
        place.write_bytes(b"PK\x03\x04 setengah")
    assert built.build().tree() == before


# Choosing


def test_one_form_or_one_unit_is_made_and_nothing_else(fresh: KitProject, finished: KitProject) -> None:
    """`--form`, `--unit` and both together make their documents; the rest is made by a full build, as if in one.

    The page to read first tells of a whole kit: it comes when one is made.
    """
    every = fresh.json("plan")["documents"]
    page = f"{SLUG}/2024/Per Unit/{UNIT}/{PAGE}"
    chosen: list[tuple[list[str], set[str]]] = [
        (["--form", "fr.apl.01", "--unit", UNIT], {r["path"] for r in every if r["form"] == "FR.APL.01" and r["kit"] == UNIT}),
        (["--unit", UNIT], {page, *(row["path"] for row in every if row["kit"] == UNIT)}),
        (["--form", "FR.APL.02"], {row["path"] for row in every if row["form"] == "FR.APL.02"}),
    ]  # fmt: skip
    expected: set[str] = set()
    for arguments, paths in chosen:
        assert paths
        expected |= paths
        fresh.build(*arguments)
        assert set(fresh.tree()) == {*expected, INDEX}
    assert fresh.build().tree() == finished.tree()


def test_a_chosen_build_leaves_other_documents_and_orphans_alone(built: KitProject) -> None:
    """What was not asked about is neither made anew nor removed."""
    built.edit_scheme(criterion_of(built), "Kalimat baru dicatat")
    without_form(built, "FR.APL.01")
    before = built.stamps()
    built.build("--unit", "M.702090.002.01", "--form", "FR.APL.02")
    assert {**built.stamps(), INDEX: ()} == {**before, INDEX: ()}
    built.build("--form", "FR.IA.01")
    after = built.stamps()
    assert {path for path in after if after[path] != before[path]} - {INDEX} == {
        path for path, state in built.states().items() if "FR.IA.01" in path and UNIT in path
    } | {path for path in before if "FR.IA.01" in path and "Skema Lengkap" in path}
    assert set(after) == set(before)


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        (["--unit", "M.702090.08.01"], "has no unit `M.702090.08.01`", "did you mean `M.702090.008.01`?"),
        (["--unit", "tiada"], "has no unit `tiada`", "known: M.702090.001.01, "),
        (["--form", "FR.IA.1"], "there is no form `FR.IA.1`", "did you mean `FR.IA.01"),
        (["--form", "tiada"], "there is no form `tiada`", "`kitgen template list` names all forms"),
        (["--scheme", SLUG[:-2]], f"there is no scheme `{SLUG[:-2]}`", f"did you mean `{SLUG}`?"),
        (["--scheme", "tiada"], "there is no scheme `tiada`", f"known: {SLUG}"),
        (["--edition", "2042"], "no scheme has an edition `2042`", ""),
        (["--scheme", SLUG, "--edition", "2042"], "has no edition `2042`", "known: 2024"),
    ],
)
@pytest.mark.parametrize("command", ["build", "plan"])
def test_an_unknown_name_gets_the_nearest(
    fresh: KitProject, command: str, arguments: list[str], message: str, help: str
) -> None:
    """Exit code 1, what is known is said, nothing is written."""
    said = fresh.run(command, *arguments, expect=1).said
    assert message in said
    assert help in said
    assert not (fresh.root / "output").exists()


def test_the_newest_edition_is_built_and_older_ones_are_left_alone(built: KitProject) -> None:
    """A new edition gets its own folder; the old one's documents stay, and are built only when named."""
    before = built.stamps()
    shutil.copytree(built.edition, built.edition.with_name("2025"))
    built.edit(f"scheme/{SLUG}/2025/scheme.yaml", criterion_of(built), "Kalimat edisi baru dicatat").build()
    tree = built.stamps()
    assert {path: stamp for path, stamp in tree.items() if path.startswith(f"{SLUG}/2024/")} == before
    assert {path.replace("/2025/", "/2024/") for path in tree if path.startswith(f"{SLUG}/2025/")} == set(before)
    assert built.json("build", "--edition", "2024")["summary"]["written"] == 0
    assert {row["path"].split("/")[1] for row in built.json("plan")["documents"]} == {"2025"}


def test_documents_that_say_the_same_carry_the_same_serial(all_kinds: KitProject) -> None:
    """Kode Dokumen is a function of what is printed: an edition that changes nothing on a page keeps its code."""
    shutil.copytree(all_kinds.edition, all_kinds.edition.with_name("2025"))
    all_kinds.edit(f"scheme/{SLUG}/2025/scheme.yaml", criterion_of(all_kinds), "Kalimat edisi baru dicatat").build()
    old = {row["path"]: row["serial"] for row in all_kinds.json("plan", "--edition", "2024")["documents"]}
    new = {row["path"].replace("/2025/", "/2024/"): row["serial"] for row in all_kinds.json("plan")["documents"]}
    for path in old:
        says_the_same = all_kinds.text(path).replace(old[path], "") == all_kinds.text(
            path.replace("/2024/", "/2025/")
        ).replace(new[path], "")
        assert says_the_same == (old[path] == new[path]), path
        assert old[path] in all_kinds.text(path)
    assert set(old.values()) - set(new.values())


# What is told


def test_json_has_the_shape_programs_count_on(built: KitProject) -> None:
    """Paths with `/` from `output/`, sorted; each document with form, kit, per, audience, state, serial, reasons, causes, changes."""
    path = observed(built)
    (built.root / "output" / path).unlink()
    for command in ("plan", "build"):
        told = built.json(command)
        assert set(told) == {"documents", "summary"} | ({"pages"} if command == "plan" else set())
        for row in told["documents"]:
            assert set(row) == {
                "path",
                "form",
                "kit",
                "per",
                "audience",
                "state",
                "serial",
                "reasons",
                "causes",
                "changes",
            }
            assert "\\" not in row["path"]
            assert row["path"].startswith(f"{SLUG}/2024/")
            assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}", row["serial"])
            assert row["state"] == ("deleted" if row["path"] == path else "same")
        assert [row["path"] for row in told["documents"]] == sorted(row["path"] for row in told["documents"])
        summary = told["summary"]
        states = ("new", "changed", "same", "edited", "resaved", "deleted", "foreign")
        assert summary["documents"] == sum(summary[state] for state in states) == len(told["documents"])
        assert summary["deleted"] == 1
        assert summary["written" if command == "build" else "stale"] == 1
    assert built.last is not None
    assert json.loads(built.last.stdout)


def test_plan_check_says_by_its_exit_code_whether_anything_is_stale(fresh: KitProject) -> None:
    """1 before a build and after a change, 0 after a build; plan itself writes nothing."""
    fresh.run("plan", "--check", expect=1).run("plan")
    assert not (fresh.root / "output").exists()
    fresh.build().run("plan", "--check")
    fresh.edit_scheme(criterion_of(fresh), "Kalimat baru dicatat")
    before = fresh.stamps()
    fresh.run("plan", "--check", expect=1).run("plan")
    assert fresh.stamps() == before


# Faults: one or many, told; and the output as it was


def broken_name(project: KitProject) -> str:
    project.edit_template(
        "docx/FR.IA.01.docx", "<w:body>", "<w:body><w:p><w:r><w:t>{{ scheme.titel }}</w:t></w:r></w:p>"
    )
    return "did you mean `scheme.title`?"


def not_given(project: KitProject) -> str:
    project.edit_template(
        "docx/FR.APL.01.docx", "<w:body>", "<w:body><w:p><w:r><w:t>{{ venue.name }}</w:t></w:r></w:p>"
    )
    return "template uses `venue`, which the form is not given"


def broken_loop(project: KitProject) -> str:
    opened = "<w:p><w:r><w:t>{% for u in units %}</w:t></w:r></w:p>"
    project.edit_template("docx/FR.APL.02.docx", "<w:body>", f"<w:body>{opened}")
    return "`for` is opened but never closed by `endfor`"


def missing_value(project: KitProject) -> str:
    project.edit_scheme(f'text: "{criterion_of(project)}"', "text:")
    return "has no text"


def broken_yaml(project: KitProject) -> str:
    project.edit_scheme('  - code: "', "  - code: '")
    return "YAML cannot be read"


def damaged_template(project: KitProject) -> str:
    path = project.root / "templates" / "docx" / "FR.IA.01.docx"
    path.write_bytes(path.read_bytes()[:-500])
    return "file is damaged or is not a Word or Excel file"


def missing_template(project: KitProject) -> str:
    project.edit("templates/forms.yaml", "docx/FR.IA.01.docx", "docx/FR.IA.01a.docx")
    return "template `docx/FR.IA.01a.docx` does not exist"


def damaged_block(project: KitProject) -> str:
    for path in (project.root / "templates" / "docx" / "blocks").iterdir():
        path.write_bytes(b"PK\x03\x04 dan sisanya")
    return "damaged"


def missing_block(project: KitProject) -> str:
    project.edit_template("docx/FR.IA.01.docx", "blocks/stamp", "blocks/cap")
    return "block `blocks/cap.docx` does not exist"


def secret_in_the_wrong_hands(project: KitProject) -> str:
    entries = project.forms()
    entries["FR.APL.01"]["given"].append("paper")
    project.write_forms(entries)
    key = "<w:p><w:r><w:t>{{ paper.questions[0].key }}</w:t></w:r></w:p>"
    project.edit_template("docx/FR.APL.01.docx", "<w:body>", f"<w:body>{key}")
    return "which must not be seen in `2 Untuk Asesi`"


FAULTS = [
    broken_name, not_given, broken_loop, missing_value, broken_yaml, damaged_template, missing_template, damaged_block,
    missing_block, secret_in_the_wrong_hands,
]  # fmt: skip


@pytest.mark.parametrize("break_it", FAULTS)
@pytest.mark.parametrize("over", ["nothing", "an output"])
def test_a_fault_leaves_the_output_as_it_was(
    finished: KitProject, tmp_path: Path, break_it: Callable[[KitProject], str], over: str
) -> None:
    """Exit code 1, the fault in words, and not one file written, removed or touched."""
    project = finished.copy_to(tmp_path / "proyek")
    if over == "nothing":
        shutil.rmtree(project.root / "output")
    else:
        project.edit_scheme(
            criterion_of(project, "M.702090.001.01"), "Kalimat lain dicatat"
        )  # there is something to do
        (project.root / "output" / observed(project)).unlink()
    said = break_it(project)
    before = project.stamps()
    for command in ("build", "check", "plan") if over == "nothing" else ("build",):
        project.run(command, expect=1)
        assert said in project.said, project.said
        assert "Traceback" not in project.said
        assert project.stamps() == before


def test_faults_of_all_templates_are_told_at_once(fresh: KitProject) -> None:
    """One run tells what is wrong with each of them, once, however many documents it would have spoiled."""
    told = [broken_name(fresh), not_given(fresh), broken_loop(fresh)]
    for command in ("build", "check", "template check".split()):
        fresh.run(*([command] if isinstance(command, str) else command), expect=1)
        assert [fresh.said.count(said) for said in told] == [1, 1, 1]
        assert "3 errors" in fresh.said


@pytest.mark.parametrize("where", ["output", f"output/{SLUG}", f"output/{SLUG}/2024", f"output/{SLUG}/2024/Per Unit"])
def test_a_file_where_a_folder_should_be_is_one_clear_error(fresh: KitProject, where: str) -> None:
    """Where nothing can be written, one error says so and what to look at."""
    place = fresh.root / where
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"x")
    said = fresh.build(expect=1).said
    assert "Traceback" not in said
    assert "1 error" in said
    assert place.read_bytes() == b"x"


def test_a_folder_where_a_document_should_be_is_one_clear_error(fresh: KitProject) -> None:
    """It is neither removed nor written into."""
    path = observed(fresh)
    (fresh.root / "output" / path / "isi").mkdir(parents=True)
    said = fresh.build(expect=1).said
    assert "document cannot be read (a folder lies in its place)" in said
    assert "1 error" in said
    assert tree_digests(fresh.root / "output") == {}


def test_two_units_whose_folders_would_be_one_are_refused(fresh: KitProject) -> None:
    """Codes that differ only in what a folder's name cannot hold do not write over each other."""
    folder = fresh.root / "scheme" / "lain" / "2024"
    folder.mkdir(parents=True)
    element = "elements: [{number: '1', title: E, criteria: [{number: '1.1', text: K}]}]"
    for one, other in (("A/1", "A:1"), ("A.1", "a.1")):
        units = "".join(f"  - {{code: '{code}', title: U, {element}}}\n" for code in (one, other))
        (folder / "scheme.yaml").write_text(f"title: Lain\nunits:\n{units}", "utf-8")
        said = fresh.build("--scheme", "lain", expect=1).said
        assert f"`{one}` and `{other}` would make files of the same name" in said
        assert "1 error" in said
        assert not (fresh.root / "output").exists()


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: no file that somebody has open can be moved or removed."""

    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    for way in ("rename", "unlink"):
        monkeypatch.setattr(Path, way, refused)


def test_an_open_document_or_pdf_is_one_clear_error(
    edited: tuple[KitProject, str], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """What is open elsewhere cannot be set aside or taken away: the run says which, and what to do."""
    project, path = edited
    other = next(name for name in project.states() if name.endswith(".docx") and name != path)
    pdf = ((project.root / "output") / other).with_suffix(".pdf")
    shutil.copy((project.root / "output") / other, pdf)
    mine = ((project.root / "output") / path).read_bytes()
    request.getfixturevalue("locked")
    said = project.build("--replace", path, expect=1).said
    assert f"file cannot be moved (Permission denied)\n  --> {Path(path).name}" in said
    assert "close it in the program that has it open" in said
    assert ((project.root / "output") / path).read_bytes() == mine
    monkeypatch.setattr("kitgen.documents.pdf.beside._is_ours", lambda pdf: True)
    with pytest.raises(KitgenError) as told:
        withdraw((project.root / "output") / other, (project.root / "output"))
    assert f"file cannot be removed (Permission denied)\n  --> {pdf.name}" in str(told.value)


@pytest.mark.usefixtures("locked")
def test_the_name_of_a_person_is_not_told_of_an_open_pack(tmp_path: Path) -> None:
    """Packs are called by people; the way to them tells that, and is told without the name."""
    pack = tmp_path / "output/Jadwal/contoh/Paket Cetak/3 Untuk Asesi/03 Budi Santoso.pdf"
    with pytest.raises(KitgenError) as told:
        remove_document(pack, tmp_path / "output")
    (problem,) = told.value.diagnostics
    assert problem.place == Place("Jadwal/contoh/Paket Cetak/3 Untuk Asesi/03 ….pdf")
