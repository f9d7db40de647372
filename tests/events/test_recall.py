"""A recall: exactly what is in people's hands and void, with what it said and should say; nothing lost, nobody named."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from event_cases import (
    FORMS,
    NAME,
    all_text,
    assessor_name,
    change,
    column,
    entries,
    event_project,
    every_file,
    home,
    made,
    rename,
    typed,
)
from file_names import named
from harness import Golden, KitProject, edit_by_hand

from kitgen.documents.disk import document as output
from kitgen.documents.disk.document import inspect
from kitgen.events.recall.void import as_printed
from kitgen.render.dump.dump import dump_parts
from kitgen.render.package.package import read_package
from kitgen.render.package.properties import unpacked

pytestmark = pytest.mark.slow

OLD = "Permohonan maaf atas ketidaknyamanan yang dialami disampaikan"
NEW = "Permohonan maaf atas kekecewaan pelanggan disampaikan dengan santun"
SERIAL = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}\b")
FEW = (FORMS - {"FR.AK.01", "Kartu Pemeran", "Lembar Skor", "SK Hasil", "Data Asesmen", "FR.VA", "FR.IA.07"}) | {
    "FR.APL.02",
    "FR.IA.05B",
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, root: Path) -> KitProject:
    """Four candidates, built and not handed over."""
    project = event_project(root, tmp_path_factory.mktemp("tarik") / "proyek")
    entries_of = KitProject(root).forms()
    project.write_forms({code: entries_of[code] for code in entries_of if code in FEW})
    book = openpyxl.load_workbook(home(project) / "jadwal.xlsx")
    sheet = book["Asesi"]
    head, key = column(sheet, "no", "no.")
    _, status = column(sheet, "status")
    for row in range(head + 1, sheet.max_row + 1):
        if str(sheet.cell(row, key).value) in ("3", "4", "5", "6", "9", "10", "11", "12"):
            sheet.cell(row, status).value = "mundur"
    book.save(home(project) / "jadwal.xlsx")
    return project.build("--event", NAME)


@pytest.fixture(scope="module")
def delivered(before: KitProject, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    project = before.copy_to(tmp_path_factory.mktemp("serah") / "proyek")
    return project.run("event", "deliver", NAME, "--spare", "1")


@pytest.fixture(scope="module")
def reworded(delivered: KitProject, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    return delivered.copy_to(tmp_path_factory.mktemp("ubah") / "proyek").edit_scheme(OLD, NEW)


@pytest.fixture
def after(delivered: KitProject, tmp_path: Path) -> KitProject:
    return delivered.copy_to(tmp_path / "proyek")


@pytest.fixture
def project(reworded: KitProject, tmp_path: Path) -> KitProject:
    return reworded.copy_to(tmp_path / "proyek")


def recall(project: KitProject, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = project.json("recall", NAME, *options)["recalled"]
    return rows


def type_results(project: KitProject, results: dict[int, str]) -> None:
    """Type a result for each candidate into the recap, the same for all units, and read it."""
    path = made(project) / named("1 Admin/31 Rekap Jadwal.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for row in range(12, 12 + len(results)):
        for column_of_unit in "DEFGH":
            sheet[f"{column_of_unit}{row}"] = results[int(str(sheet[f"A{row}"].value))]
    book.save(path)
    project.run("event", "results", NAME)


def unnumbered(text: str) -> str:
    """What a sheet says besides its own number and code."""
    return re.sub(r"\n0\d(?=[-\n])", "", SERIAL.sub("", text))


def write(project: KitProject) -> KitProject:
    return project.run("recall", NAME, "--write")


def sheets(project: KitProject, number: int = 1) -> dict[str, str]:
    """What the sheets of a recall say, by path."""
    folder = made(project) / f"Penarikan/{number:02}"
    output_folder = project.root / "output"
    return {
        path.relative_to(folder).as_posix(): project.text(path.relative_to(output_folder).as_posix())
        for path in sorted(folder.rglob("*.docx"))
    }


def said_by(data: bytes) -> tuple[str, str]:
    """Serial and text of a finished document."""
    found = inspect(data, "x.docx")
    assert found.record is not None
    lines = dump_parts(unpacked(read_package(data, "x.docx")), "x.docx")
    return found.record.serial, "\n".join(line.text for line in lines).replace("**", "")


def printing(project: KitProject, words: str, number: int = 1) -> set[tuple[str, str]]:
    """Zip and serial of every document handed over on whose pages these words stand, read off the pages."""
    found = set()
    for path in (made(project) / f"Serah Terima/{number:02}").glob("*.zip"):
        for name, data in entries(path).items():
            if not name.startswith("Lembar Serah Terima"):
                serial, text = said_by(data)
                found |= {(path.stem, serial)} if words in text else set()
    return found


# What is void


def test_exactly_what_prints_the_criterion_is_recalled(project: KitProject) -> None:
    """With its copies, what replaces it, and the old and new words; nothing is written."""
    files = {path: path.read_bytes() for path in every_file(project.root)}
    rows = recall(project)
    assert {(row["holder"], row["serial"]) for row in rows} == printing(project, OLD) != set()
    assert {row["form"] for row in rows} >= {"FR.IA.01", "Kartu Asesor"}
    assert "Kartu Asesi" not in {row["form"] for row in rows}  # the candidate's card tells no criterion
    for row in rows:
        assert row["causes"] == ["unit M.702090.008.01, criterion (KUK) 1.3, text"]
        assert all(OLD in each["old"] and NEW in each["new"] for each in row["changes"]) and row["changes"]
        assert row["gone"] is None and SERIAL.fullmatch(row["replaced_by"])
    cards = [row for row in rows if row["form"] == "Kartu Asesi"]
    assert all(row["spare"] == 1 for row in cards)
    assert {path: path.read_bytes() for path in every_file(project.root)} == files
    project.run("recall", NAME)
    assert f"{len(rows)} documents to withdraw" in project.said and "reason 1: because of unit M" in project.said
    assert OLD in project.said and NEW in project.said and "Asesi Contoh" not in project.said


def test_it_says_the_same_before_and_after_a_build_and_with_the_zips_gone(project: KitProject) -> None:
    """The serials named are those the build makes; the old words come from the zips, or from what was set aside."""
    rows = recall(project)
    assert recall(project.build("--event", NAME)) == rows
    made_now = {said_by(path.read_bytes())[0] for path in every_file(made(project)) if path.suffix == ".docx"}
    assert {row["replaced_by"] for row in rows} <= made_now
    for path in (made(project) / "Serah Terima/01").glob("*.zip"):
        path.unlink()
    assert recall(project) == rows
    shutil.rmtree(made(project) / "_DITARIK")
    without = recall(project)
    assert [row["serial"] for row in without] == [row["serial"] for row in rows]
    assert {tuple(row["reasons"]) for row in without} == {("the words of the older pages are not kept",)}
    assert all(row["causes"] == rows[0]["causes"] and not row["changes"] for row in without)


def test_a_zip_that_is_not_as_it_was_made_is_not_read(project: KitProject) -> None:
    """Old words are never taken from what anybody could have put there."""
    path = made(project) / "Serah Terima/01/4 Untuk Asesor 01.zip"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("4 Untuk Asesor/palsu FR.IA.01.docx", b"PK")
    rows = recall(project)
    assert all(row["changes"] for row in rows if row["holder"] == "4 Untuk Asesor 01")


def test_nothing_is_recalled_where_the_words_are_the_same(after: KitProject) -> None:
    """A comment and a double space in the data make nothing void; nor does a document somebody edited since."""
    after.edit_scheme(f'"{OLD}"', f'"{OLD.replace(" maaf ", "  maaf ")}"  # catatan')
    edit_by_hand(next(made(after).glob(named("4 Untuk Asesor/*/01 */10 FR.IA.01.docx"))), OLD, "Disunting")
    assert recall(after) == [] and "nothing to recall" in after.run("recall", NAME, "--write").said
    assert not (made(after) / "Penarikan").exists()


def test_nothing_was_handed_over(before: KitProject) -> None:
    files = before.stamps()
    assert "nothing was handed over" in before.run("recall", NAME, "--write").said
    assert before.stamps() == files
    before.run("recall", "contho", expect=1)
    assert "did you mean `contoh`" in before.said


def test_what_belongs_no_more_is_recalled_with_the_reason(after: KitProject) -> None:
    """Of a candidate who withdrew, one with another assessor, and an assessor who was replaced."""
    change(after, 1, "status", "mundur")
    change(after, 2, "asesor (no.)", 2)
    rows = recall(after)
    gone = {(row["candidate"], row["gone"]) for row in rows if row["gone"]}
    assert {each for each in gone if each[0] is not None} == {(1, "withdrew"), (2, "passed on")}
    shared = {(row["form"], row["gone"]) for row in rows if row["gone"] and row["candidate"] is None}
    assert all(why in ("not asked for", "passed on") for _, why in shared)  # of a role play nobody plays, or not there
    assert {form for form, why in shared if why == "passed on"} <= {"Kartu Asesor"}
    of_first = {row["serial"] for row in rows if row["candidate"] == 1}
    record = json.loads((home(after) / "serah-terima.json").read_text("utf-8"))
    documents = [each for zipped in record["deliveries"][0]["zips"] for each in zipped["documents"]]
    assert of_first == {each["serial"] for each in documents if each["candidate"] == 1}
    assert all(row["replaced_by"] == "" for row in rows if row["gone"])
    assessor_name(after, 1, "Pengganti Contoh")
    rows = recall(after)
    assert {row["gone"] for row in rows if row["holder"] == "4 Untuk Asesor 01 (lama)"} == {"former holder", "withdrew"}
    text = sheets(write(after))["4 Untuk Asesor/Daftar Penarikan 4 Untuk Asesor 01 (lama).docx"]
    assert "Asesi mundur" in text and "Pemegang tidak bertugas lagi" in text and "tidak diganti" in text
    assert "Pengganti Contoh" not in text


def test_results_make_nothing_void(after: KitProject) -> None:
    """Blanks that are filled: nothing to recall, and the pages that were signed are good; a result that is mended is not."""
    (path,) = made(after).glob(named("4 Untuk Asesor/01 */23 FR.AK.05.docx"))
    serial, _ = said_by(path.read_bytes())
    type_results(after, {1: "K", 2: "K", 7: "K", 8: "BK"})
    assert recall(after) == [] == recall(after.build("--event", NAME))
    assert after.json("explain", serial)["verdict"] == "good"
    after.run("event", "deliver", NAME)
    assert recall(after) == []
    type_results(after, {1: "BK", 2: "K", 7: "K", 8: "BK"})
    assert {row["form"] for row in recall(after)} == {"FR.AK.05", "Berita Acara"}
    assert after.json("explain", said_by(path.read_bytes())[0])["verdict"] == "stale"


def test_a_date_that_moved_is_one_line(after: KitProject) -> None:
    """One line on the screen and on each list, one erratum for the event; what else changed has its own."""
    type_results(after, {1: "K", 2: "K", 7: "K", 8: "BK"})
    typed(after, {"Jadwal!B8": "4 Maret 2026", "Jadwal!B9": "7 Maret 2026"})
    rename(after, 1, "Namanya Baru Sekali")
    rows = recall(after)
    moved = [row for row in rows if row["moved"]]
    assert {row["candidate"] for row in rows if not row["moved"]} >= {1} and moved
    said = after.run("recall", NAME).said
    assert f"{len(moved)} documents, " in said and said.count("moved") == 1
    assert "Namanya" not in said and not any(row["serial"] in said for row in moved)
    found = sheets(after.run("recall", NAME, "--write", "--date", "2026-03-01", "--reason", "Ruang dipakai acara lain"))
    erratum = found["1 Admin/Lembar Ralat Jadwal.docx"]
    assert "Senin, 2 Maret 2026 s.d. Kamis, 5 Maret 2026" in erratum and "Ruang dipakai acara lain" in erratum
    assert "01-01" in erratum and "1 Maret 2026" in erratum and "Namanya" not in erratum
    listed = found["4 Untuk Asesor/Daftar Penarikan 4 Untuk Asesor 02.docx"]
    assert listed.count("Semua dokumen bertanggal") == 1
    assert not any(re.search(r"\b(tabel|sel) \d", text) for text in found.values())


# The sheets


def test_the_sheets_say_old_and_new_words(project: KitProject, golden: Golden) -> None:
    """A list for each holder, an erratum sheet for each form; the same again when they are written again."""
    rows = recall(project)
    found = sheets(write(project))
    serial = SERIAL.findall(found["4 Untuk Asesor/Lembar Ralat FR.IA.01.docx"])[-1]
    assert "goes with the documents: Lembar Ralat" in project.run("explain", serial).said
    holders = {row["holder"] for row in rows}
    forms = {row["form"] for row in rows}
    assert {Path(name).name for name in found} == {f"Daftar Penarikan {holder}.docx" for holder in holders} | {
        f"Lembar Ralat {form}.docx" for form in forms
    }
    for row in rows:
        listed = next(text for name, text in found.items() if name.endswith(f"Daftar Penarikan {row['holder']}.docx"))
        erratum = next(text for name, text in found.items() if name.endswith(f"Lembar Ralat {row['form']}.docx"))
        for text in (listed, erratum):
            assert row["serial"] in text and row["replaced_by"] in text
        assert OLD in erratum and NEW in erratum
    for name in ("4 Untuk Asesor/Lembar Ralat FR.IA.01.docx", "4 Untuk Asesor/Daftar Penarikan 4 Untuk Asesor 01.docx"):
        golden.check(f"recall/{Path(name).stem}.txt", SERIAL.sub("XXXX-XXXX-XXX", found[name]) + "\n")
    stamps = project.stamps()
    assert "the sheets are there already" in write(project).said
    assert project.stamps() == stamps and recall(project) == rows


def test_what_is_replaced_is_kept_and_after_a_delivery_nothing_is_left(project: KitProject) -> None:
    """The old pages lie in `_DITARIK`, byte for byte; an erratum is no document of the plan."""
    old = {path.relative_to(made(project)): path.read_bytes() for path in every_file(made(project))
           if path.suffix == ".docx" and "Serah Terima" not in path.parts}  # fmt: skip
    write(project)
    changed = {path for path, data in old.items() if (made(project) / path).read_bytes() != data}
    kept = {path.relative_to(made(project) / "_DITARIK"): path.read_bytes()
            for path in every_file(made(project) / "_DITARIK")}  # fmt: skip
    assert kept == {path: old[path] for path in changed} != {}
    plan = project.json("plan", "--event", NAME)["summary"]
    assert (plan["orphans"], plan["foreign"], plan["stale"]) == (0, 0, 0)
    first = recall(project)[0]
    project.run("event", "deliver", NAME)
    assert recall(project) == [] and printing(project, OLD, 2) == set() != printing(project, NEW, 2)
    project.run("explain", first["serial"])
    assert "event contoh, delivery 1, " in project.said
    assert f"replaced in delivery 2 by {first['replaced_by']}" in project.said and "Asesi Contoh" not in project.said


def test_another_state_gets_the_next_number(project: KitProject) -> None:
    """Sheets that may have been signed are never written over; scans beside them do not matter."""
    write(project)
    (made(project) / "Penarikan/01/pindai.pdf").write_bytes(b"%PDF")
    first = sheets(project)
    write(project.edit_scheme(NEW, f"{NEW} sekali"))
    assert sheets(project) == first and sheets(project, 2).keys() == first.keys()
    assert "sekali" in sheets(project, 2)["4 Untuk Asesor/Lembar Ralat FR.IA.01.docx"]
    write(project.edit_scheme(f"{NEW} sekali", NEW))
    assert [unnumbered(text) for text in sheets(project, 3).values()] == [unnumbered(text) for text in first.values()]


def test_an_erratum_for_several_tells_nothing_of_a_person(project: KitProject) -> None:
    """A renamed candidate: their pages get a sheet of their own, by number; the others' say nothing of them."""
    rename(project, 1, "Namanya Baru Sekali")
    project.run("recall", NAME)
    assert "Namanya" not in project.said and "Asesi Contoh" not in project.said
    found = sheets(write(project))
    assert "Namanya Baru Sekali" in found["4 Untuk Asesor/Lembar Ralat FR.IA.01 Asesi 01.docx"]
    errata = {name: text for name, text in found.items() if "Lembar Ralat" in name}
    assert {text.count("{PAGE}") for text in errata.values()} == {1}, "that of its own footer"
    for name, text in errata.items():  # each printed code once, in the list above the rows, and no other in the rows
        codes = SERIAL.findall(text)
        assert len(codes) == len(set(codes)), name
    assert "Asesi 02" in errata["4 Untuk Asesor/Lembar Ralat FR.IA.01.docx"]
    for name, text in errata.items():
        if text.count("☐") > 1:
            assert "Namanya" not in text and "Asesi Contoh" not in text, name
    assert not any("Namanya" in name or "Contoh" in name for name in found)
    assert not any("Rekap Jadwal" in name or "=IF(" in text for name, text in found.items())
    assert "Namanya Baru Sekali" in project.run("recall", NAME, "--names").said


def test_keys_stay_with_the_keys(after: KitProject) -> None:
    """A reworded reason of a key: its erratum lies with the keys, and no other sheet says anything of it."""
    (file,) = after.edition.glob("questions/*008.01*.yaml")
    text = file.read_text("utf-8")
    assert "rationale:" in text
    after_text = re.sub(r"rationale: (\"?)", r"rationale: \1ZRAHASIAZ ", text)
    file.write_text(after_text, "utf-8")
    rows = recall(after)
    assert rows and {row["audience"] for row in rows} == {"kunci"}
    found = sheets(write(after))
    told = {name for name, text in found.items() if "ZRAHASIAZ" in text}
    assert told and all(name.startswith("9 KUNCI - RAHASIA/") for name in found)
    assert all("RAHASIA: memuat kunci" in found[name] and "Asesi\n" not in found[name] for name in told)


def test_a_changed_layout_needs_no_erratum(after: KitProject) -> None:
    """Once other templates are asked for, the pages are recalled, since their code is another; no words are to correct."""
    after.edit_template("docx/FR.IA.01.docx", 'w:top="', 'w:top="1')
    assert not recall(after)
    after.run("edition", "retemplate", "--event", NAME)
    rows = recall(after)
    assert {row["form"] for row in rows} == {"FR.IA.01"} and not any(row["changes"] for row in rows)
    found = sheets(write(after))
    assert all("Daftar Penarikan" in name and "Tata letak berubah" in text for name, text in found.items()) and found


# Whatever happens in between


@pytest.fixture(scope="module")
def whole(reworded: KitProject, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    return write(reworded.copy_to(tmp_path_factory.mktemp("utuh") / "proyek"))


@pytest.mark.parametrize("stop", [2, 7, 12])
def test_a_killed_run_is_finished_by_the_next(
    project: KitProject, whole: KitProject, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """At any file: no half folder of sheets, no old page lost, and at last what a whole run makes."""
    write_file, left = output.write_whole, [stop]

    def dying(path: Path, data: Any, durable: bool = True) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write_file(path, data)

    with monkeypatch.context() as patch:
        for module in (
            "documents.disk.document",
            "documents.disk.files",
            "documents.build.build",
            "events.recall.sheets",
        ):
            patch.setattr(f"kitgen.{module}.write_whole", dying)
        project.run("recall", NAME, "--write", expect=130)
    folder = made(project) / "Penarikan/01"
    assert not folder.exists() or sheets(project).keys() == sheets(whole).keys()
    write(project)
    assert project.tree() == whole.tree() and recall(project) == recall(whole)


def test_a_build_keeps_only_what_was_handed_over(before: KitProject, tmp_path: Path) -> None:
    project = before.copy_to(tmp_path / "proyek").edit_scheme(OLD, NEW).build("--event", NAME)
    assert not (made(project) / "_DITARIK").exists()


def test_a_damaged_record_stops_recall_and_build(project: KitProject) -> None:
    """Nothing is overwritten while nobody knows what was handed over."""
    path = home(project) / "serah-terima.json"
    path.write_text(path.read_text("utf-8")[:-20], "utf-8")
    tree = project.tree()
    for arguments in (["recall", NAME, "--write"], ["build", "--event", NAME]):
        assert "is no JSON" in project.run(*arguments, expect=1).said and project.tree() == tree


def test_a_purge_leaves_what_a_serial_is_asked_for(project: KitProject) -> None:
    """Sheets go with the rest; where copies of a serial went is still told, by number."""
    serial = next(row["serial"] for row in recall(project) if row["candidate"] == 1)
    write(project).run("event", "purge", NAME, "--yes")
    assert not made(project).exists()
    for path in every_file(project.root):
        assert "Asesi Contoh 01" not in path.as_posix() + all_text(path.read_bytes())
    project.run("explain", serial, expect=1)
    assert "handed over: event contoh, delivery 1" in project.said and "asesi 01" in project.said
    project.run("recall", NAME, expect=1)
    assert "was purged" in project.said


# Words on paper


def test_texts_are_told_as_they_are_printed() -> None:
    """Without the marks of a dump."""
    assert as_printed("FR.AK.01 · 05 Asesi · Halaman {PAGE} dari {NUMPAGES}") == "FR.AK.01 · 05 Asesi ·"
    assert as_printed("1.3 → **Maaf** disampaikan ¶ 1.4 → Lain (over 3 columns)") == "1.3 Maaf disampaikan / 1.4 Lain"


def test_explain_finds_the_old_words_where_recall_finds_them(project: KitProject) -> None:
    """In a zip, or set aside: place by place, without names; where both are gone it says that they are not kept."""
    rows = {row["form"]: row for row in recall(project.build("--event", NAME))}
    zips = made(project) / "Serah Terima/01"
    for step in ("zips", "set aside", "gone"):
        for form in ("FR.IA.01", "Kartu Asesor"):
            answer = project.json("explain", rows[form]["serial"])
            assert answer["verdict"] == "stale"
            for each in answer["documents"]:
                assert each["causes"] == rows[form]["causes"]
                if step == "gone":
                    assert each["reasons"] == ["the words of the older pages are not kept"] and not each["changes"]
                else:
                    assert [(c["old"], c["new"]) for c in each["changes"]] == [
                        (c["old"], c["new"]) for c in rows[form]["changes"]
                    ]
        assert "Asesi Contoh" not in project.said
        if step == "zips":
            for path in zips.glob("*.zip"):
                path.unlink()
        elif step == "set aside":
            shutil.rmtree(made(project) / "_DITARIK")


def test_explain_finds_the_words_of_pages_that_were_set_aside_and_never_handed_over(
    before: KitProject, tmp_path: Path
) -> None:
    """Of a candidate who withdrew and came back after the criterion was reworded."""
    project = before.copy_to(tmp_path / "proyek")
    (path,) = made(project).glob(named("4 Untuk Asesor/01 */01 */10 FR.IA.01.docx"))
    serial, _ = said_by(path.read_bytes())
    change(project, 1, "status", "mundur")
    project.build("--event", NAME)
    assert not path.exists()
    change(project, 1, "status", "hadir")
    project.edit_scheme(OLD, NEW).build("--event", NAME)
    (explained,) = project.json("explain", serial)["documents"]
    assert [(OLD in each["old"], NEW in each["new"]) for each in explained["changes"]] == [(True, True)]
