"""Why documents are stale, whether a printed page is still good, and what people did to documents by hand."""

import json
import re
import shutil
import string
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from file_names import named
from harness import ROOT, SLUG, KitProject, edit_by_hand, paragraphs, rewrite_parts, word_template
from hypothesis import given
from hypothesis import strategies as st

from kitgen.base.digests import ALPHABET, is_serial, serial_of
from kitgen.base.line_diff import Difference, focused
from kitgen.cli import cli
from kitgen.documents.disk.branches import Branch, Provenance, branches_changed, branches_of, reachable
from kitgen.documents.disk.document import document_parts, find_document
from kitgen.documents.pdf.seal import sealed
from kitgen.documents.status.reasons import Why, causes_in_words, grouped
from kitgen.documents.status.why import _hidden, people_of
from kitgen.model.event import AssessmentEvent, EventCandidate
from kitgen.model.given import Candidate, EventFacts, Venue
from kitgen.render.dump.words import words_digest

pytestmark = pytest.mark.slow

UNIT = "M.702090.008.01"
OBSERVED = named(f"{SLUG}/2024/Per Unit/{UNIT}/3 Untuk Asesor/10 FR.IA.01.docx")
OTHER = named(f"{SLUG}/2024/Per Unit/M.702090.007.01/3 Untuk Asesor/10 FR.IA.01.docx")
FORMS = ("FR.APL.01", "FR.IA.01", "FR.IA.05A", "Matriks Cakupan KUK", "Daftar Periksa", "Surat Tugas")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project of a few forms, built."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("selesai") / "proyek")
    return project.keep_forms(FORMS).build()


@pytest.fixture
def built(finished: KitProject, tmp_path: Path) -> KitProject:
    return finished.copy_to(tmp_path / "proyek")


def criterion(project: KitProject) -> str:
    """The text of KUK 1.3 of unit 008."""
    text = (project.edition / "scheme.yaml").read_text("utf-8").partition(f'code: "{UNIT}"\n    title')[2]
    found = re.search(r'number: "1\.3"\n +text: "(.+)"', text)
    assert found is not None
    return found[1]


def row_of(project: KitProject, path: str) -> dict[str, object]:
    (row,) = [row for row in project.json("plan")["documents"] if row["path"] == path]
    return dict(row)


# The data behind a change


def test_plan_names_the_data_that_changed_and_nothing_else(built: KitProject) -> None:
    """A criterion reworded: its unit and number, for every document that prints it, whatever way it was given it."""
    old = criterion(built)
    built.edit_scheme(old, "Kalimat baru dicatat")
    rows = [row for row in built.json("plan")["documents"] if row["state"] == "changed"]
    assert {row["form"] for row in rows} >= {"FR.IA.01", "Matriks Cakupan KUK"}
    for row in rows:
        assert row["causes"] == [f"unit {UNIT}, criterion (KUK) 1.3, text"], row["path"]
        assert all(change["old"] != change["new"] for change in row["changes"])


def test_equal_reasons_of_many_documents_are_told_once(built: KitProject) -> None:
    """One group: how many documents, which forms, the data, the words; each document with its places, none twice."""
    old = criterion(built)
    built.edit_scheme(old, "Kalimat baru dicatat")
    said = built.run("plan").said
    assert said.count(f"because of unit {UNIT}, criterion (KUK) 1.3, text") == 1
    assert said.count(f'"{old}" -> "Kalimat baru dicatat"') == 1
    # cells that print the number before it, or the next criterion behind it, say the same once more
    assert len([line for line in said.splitlines() if "Kalimat baru dicatat" in line]) == 1
    rows = built.json("plan")["documents"]
    assert len({(each["old"], each["new"]) for row in rows for each in row["changes"]}) > 1
    changed = [row["path"] for row in built.json("plan")["documents"] if row["state"] == "changed"]
    assert re.search(rf"^{len(changed)} documents \(.*FR\.IA\.01", said, flags=re.M)
    for path in changed:
        assert len(re.findall(rf"^changed  {re.escape(path)}: (table|sheet) ", said, flags=re.M)) == 1


def test_two_changes_make_two_groups(built: KitProject) -> None:
    """Documents with other reasons stand apart; one that has both reasons tells both."""
    built.edit_scheme(criterion(built), "Kalimat baru dicatat")
    built.edit_scheme('title: "Melaksanakan layanan Prima"', 'title: "Melaksanakan layanan terbaik"')
    rows = {row["path"]: row["causes"] for row in built.json("plan")["documents"] if row["state"] == "changed"}
    reworded = f"unit {UNIT}, criterion (KUK) 1.3, text"
    assert rows[OBSERVED] == [reworded]
    assert rows[OTHER] == ["unit M.702090.007.01, element 3, title"]
    whole = named(f"{SLUG}/2024/Skema Lengkap/3 Untuk Asesor/10 FR.IA.01.docx")
    assert set(rows[whole]) == {reworded, *rows[OTHER]}


@pytest.mark.parametrize(
    ("change", "form", "cause"),
    [
        ("template", "FR.IA.01", "template docx/FR.IA.01.docx, or a block or picture in it"),
        ("entry", "Daftar Periksa", "form FR.IA.01, title"),
        ("identity", "Surat Tugas", "identity.yaml: name"),
        ("question", "FR.IA.05A", "question "),
    ],
)
def test_other_causes_are_named_too(built: KitProject, change: str, form: str, cause: str) -> None:
    """A template, the entry of a form, a fact of the LSP, a question."""
    if change == "template":
        built.edit_template("docx/FR.IA.01.docx", "Kriteria Unjuk", "Kriteria  Unjuk")
    elif change == "entry":
        forms = built.forms()
        built.write_forms({**forms, "FR.IA.01": {**forms["FR.IA.01"], "title": "Judul lain"}})
    elif change == "identity":
        built.edit("scheme/identity.yaml", "name:\n", 'name: "LSP Contoh"\n')
    else:
        path = sorted(built.edition.glob("questions/*.yaml"))[0]
        (text,) = re.findall(r'^    text: "(.+)"$', path.read_text("utf-8"), flags=re.M)[:1]
        built.edit(path.relative_to(built.root).as_posix(), text, f"{text[:-1]} dengan tepat{text[-1]}")
        (built.edition / "papers.yaml").unlink()
    rows = [row for row in built.json("plan")["documents"] if row["state"] == "changed" and row["form"] == form]
    assert rows
    assert any(each.startswith(cause) for row in rows for each in row["causes"]), rows[0]["causes"]


def test_without_a_history_the_words_are_told_and_nothing_is_made_up(built: KitProject) -> None:
    """The history may be deleted or damaged: causes are empty then, and the next build writes it anew."""
    history = built.root / "riwayat" / SLUG / "2024.json"
    built.edit_scheme(criterion(built), "Kalimat baru dicatat")
    for content in (None, '{"format": 1, "made": [', "[]", '{"format": 1, "made": {"X y": 3}, "nodes": {}}'):
        history.unlink() if content is None else history.write_text(content)
        row = row_of(built, OBSERVED)
        assert (row["state"], row["causes"]) == ("changed", [])
        assert "Kalimat baru dicatat" in str(row["reasons"])
    built.build().edit_scheme("Kalimat baru dicatat", "Kalimat lain dicatat")
    assert row_of(built, OBSERVED)["causes"]
    damaged = [path.read_text() for path in sorted(history.parent.glob("2024 (rusak*.json"))]
    assert damaged == ['{"format": 1, "made": {"X y": 3}, "nodes": {}}']  # only what a build would have replaced
    history.write_text('{"format": 99}')
    assert "history was written by a later kitgen" in built.run("plan", expect=1).said
    assert history.read_text() == '{"format": 99}'


def test_a_damaged_history_is_kept_aside_and_told(built: KitProject) -> None:
    """Half a file, half a sign: a build writes a new history, tells it, and the old bytes stay beside it."""
    history = built.root / "riwayat" / SLUG / "2024.json"
    whole = history.read_bytes()
    half_a_sign = whole.replace(b'["FR.IA.01"', b'["FR.IA.01\\ud800"', 1)
    assert half_a_sign != whole
    for number, content in enumerate((whole[: len(whole) // 2], half_a_sign), 1):
        history.write_bytes(content)
        built.edit_scheme(criterion(built), f"Kalimat baru {number} dicatat").build()
        assert "warning: history is damaged" in built.said
        name = "2024 (rusak).json" if number == 1 else "2024 (rusak 2).json"
        assert f"it is kept as `{name}`" in built.said
        assert history.with_name(name).read_bytes() == content
        assert json.loads(history.read_text("utf-8"))["made"]
    assert built.json("explain", serial_on(built, OBSERVED))["verdict"] == "good"


def test_a_history_that_cannot_be_opened_stops_the_build(built: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds it: it is not replaced by an empty one, and no document is written."""
    history = built.root / "riwayat" / SLUG / "2024.json"
    whole = history.read_bytes()

    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    built.edit_scheme(criterion(built), "Kalimat baru dicatat")
    before = built.stamps()
    monkeypatch.setattr("kitgen.documents.disk.history.read_regular", refused)
    assert "history cannot be read (Permission denied)" in built.build(expect=1).said
    monkeypatch.undo()
    assert history.read_bytes() == whole
    assert built.stamps() == before


def test_the_history_keeps_no_text_and_a_build_of_nothing_leaves_it(built: KitProject) -> None:
    """Digests only: not one criterion stands in it; a second build does not touch it."""
    history = built.root / "riwayat" / SLUG / "2024.json"
    content = history.read_text("utf-8")
    scheme = (built.edition / "scheme.yaml").read_text("utf-8")
    for text in re.findall(r'text: "(.+)"', scheme):
        assert text not in content
    before = history.stat().st_mtime_ns
    assert built.json("build")["summary"]["written"] == 0
    assert history.stat().st_mtime_ns == before


values = st.recursive(
    st.text("xy", max_size=3) | st.integers(0, 5),
    lambda inner: (
        st.dictionaries(st.sampled_from("abcd"), inner, max_size=3)
        | st.lists(st.fixed_dictionaries({"number": st.integers(0, 9)}), max_size=3)
    ),
    max_leaves=12,
)


@given(old=st.dictionaries(st.sampled_from("abc"), values), new=st.dictionaries(st.sampled_from("abc"), values))
def test_branches_differ_exactly_where_values_do(old: dict[str, object], new: dict[str, object]) -> None:
    """No branch is told for equal values, at least one for others, and each of them is really another."""
    origins = Provenance()
    origins.take("0" * 64, old)
    origins.take("1" * 64, new)
    changed = branches_changed(origins.nodes, "0" * 64, origins.nodes, "1" * 64)
    assert changed is not None
    assert (changed == []) == (json.dumps(old) == json.dumps(new) or old == new)
    assert reachable(origins.nodes, ["0" * 64, "1" * 64]) == origins.nodes


def test_exactly_the_branch_that_changed_is_named() -> None:
    """A text deep inside, an item that is new, one that went, the order of the same items."""
    old = {"units": [{"code": "U.1", "criteria": [{"number": "1.1", "text": "a"}, {"number": "1.2", "text": "b"}]}]}
    cases = {
        ("units", "#U.1", "criteria", "#1.2", "text"): [{"number": "1.1", "text": "a"}, {"number": "1.2", "text": "c"}],
        ("units", "#U.1", "criteria", "#1.3"): [*old["units"][0]["criteria"], {"number": "1.3", "text": "c"}],
        ("units", "#U.1", "criteria", "#1.1"): [{"number": "1.2", "text": "b"}],
        ("units", "#U.1", "criteria"): [{"number": "1.2", "text": "b"}, {"number": "1.1", "text": "a"}],
    }
    for (steps, criteria), what in zip(cases.items(), ("changed", "new", "gone", "order"), strict=True):
        origins = Provenance()
        origins.take("0" * 64, old)
        origins.take("1" * 64, {"units": [{"code": "U.1", "criteria": criteria}]})
        changed = branches_changed(origins.nodes, "0" * 64, origins.nodes, "1" * 64)
        assert [(branch.steps, branch.what) for branch in changed or []] == [(steps, what)]


def test_under_a_key_equal_values_have_other_digests() -> None:
    """Who reads the history of an event cannot try out names."""
    plain, secret = Provenance(), Provenance(b"rahasia")
    for origins in (plain, secret):
        origins.take("0" * 64, {"candidate": {"name": "Asesi Contoh"}})
    digests = [{*origins.nodes, *(each for node in origins.nodes.values() for each in branches_of(node).values())}
               for origins in (plain, secret)]  # fmt: skip
    assert len(digests[0]) == len(digests[1]) > 2
    assert not digests[0] & digests[1]


def test_only_what_the_template_reads_is_a_cause() -> None:
    """A branch no tag reads is left out, unless nothing else changed."""
    title = Branch(("units", "#U.1", "title"), "changed")
    text = Branch(("units", "#U.1", "elements", "#1", "criteria", "#1.1", "text"), "changed")
    added = Branch(("units", "#U.1", "elements", "#1", "criteria", "#1.2"), "new")
    reads = {"units[].elements[].criteria[].text"}
    assert causes_in_words([title, text, added], reads, "t", "F") == (
        "unit U.1, criterion (KUK) 1.1, text",
        "unit U.1, criterion (KUK) 1.2 (new)",
    )
    assert causes_in_words([title], reads, "t", "F") == ("unit U.1, title",)
    assert causes_in_words([title], {"units.*"}, "t", "F") == ("unit U.1, title",)


def test_long_texts_are_cut_to_where_they_differ() -> None:
    """What is cut away is equal on both sides; short ones stay whole."""
    left, right = "a" * 100 + "lama" + "b" * 100, "a" * 100 + "baru" + "b" * 100
    old, new = focused(left, right)
    assert (old, new) == (f"…{'a' * 40}lama{'b' * 40}…", f"…{'a' * 40}baru{'b' * 40}…")
    assert focused("satu dua", "satu tiga") == ("satu dua", "satu tiga")


# By path and by serial


def serial_on(project: KitProject, path: str) -> str:
    return str(row_of(project, path)["serial"])


def test_explain_tells_all_of_one_document(built: KitProject) -> None:
    """State, serial, form, kit, template, what it is given; when stale every reason, without a cap."""
    answer = built.json("explain", str(built.root / "output" / OBSERVED))
    (document,) = answer["documents"]
    assert (answer["verdict"], document["state"], document["path"]) == ("good", "same", OBSERVED)
    assert (document["form"], document["template"]) == ("FR.IA.01", "docx/FR.IA.01.docx")
    assert "clusters" in document["given"]
    assert document["serial"] == document["on_disk"] == serial_on(built, OBSERVED)
    scheme = built.edition / "scheme.yaml"
    head, code, unit = scheme.read_text("utf-8").partition(f'  - code: "{UNIT}"')
    scheme.write_text(head + code + re.sub(r'( text: ".+)"', r'\1 kini"', unit), "utf-8")
    answer = built.json("explain", OBSERVED)
    (document,) = answer["documents"]
    assert (answer["verdict"], document["state"]) == ("stale", "changed")
    assert len(document["reasons"]) == len(document["changes"]) > 6
    assert document["serial"] != document["on_disk"]
    said = built.run("explain", OBSERVED).said
    assert all(reason in said for reason in document["reasons"])
    assert f"made now it would be {document['serial']}" in said


def test_a_printed_page_is_good_until_what_it_says_changes(built: KitProject) -> None:
    """Before, after the data changed, after the build that replaced it, and after all is as it was."""
    old, text = serial_on(built, OBSERVED), criterion(built)
    spellings = (old, old.lower(), old.replace("-", ""), old.replace("-", " "), old.replace("0", "O").replace("1", "l"))
    for typed in spellings:
        answer = built.json("explain", typed)
        assert (answer["verdict"], [each["path"] for each in answer["documents"]]) == ("good", [OBSERVED])
    built.edit_scheme(text, "Kalimat baru dicatat")
    answer = built.json("explain", old)
    assert answer["verdict"] == "stale"
    assert any("Kalimat baru dicatat" in reason for reason in answer["documents"][0]["reasons"])
    built.build()
    answer = built.json("explain", old)
    (document,) = answer["documents"]
    assert (answer["verdict"], document["state"]) == ("stale", "same")
    assert document["serial"] == serial_on(built, OBSERVED) != old
    assert document["causes"] == [f"unit {UNIT}, criterion (KUK) 1.3, text"]
    assert f"replaced by:  {document['serial']}" in built.run("explain", old).said
    built.edit_scheme("Kalimat baru dicatat", text)
    assert built.json("explain", old)["verdict"] == "good"
    assert built.json("explain", document["serial"])["verdict"] == "stale"


def test_without_history_and_output_a_page_is_still_good_if_it_would_be_made(built: KitProject) -> None:
    """The serial is a function of what the page says: it needs no memory. What is known nowhere is unknown."""
    serial = serial_on(built, OBSERVED)
    shutil.rmtree(built.root / "riwayat")
    assert built.json("explain", serial)["verdict"] == "good"
    shutil.rmtree(built.root / "output")
    answer = built.json("explain", serial)
    assert (answer["verdict"], answer["documents"][0]["path"]) == ("good", OBSERVED)
    unknown = serial_of("ab" * 32)
    built.run("explain", unknown, expect=1)
    assert built.said.startswith("unknown: kitgen did not make it in this project")


def test_a_page_nobody_asks_for_any_more_is_withdrawn(built: KitProject) -> None:
    """Its form was taken out; its file was set aside."""
    serial = serial_on(built, OBSERVED)
    forms = built.forms()
    built.write_forms({code: entry for code, entry in forms.items() if code != "FR.IA.01"}).build()
    assert built.json("explain", serial)["verdict"] == "withdrawn"
    other = named(f"{SLUG}/2024/Skema Lengkap/2 Untuk Asesi/01 FR.APL.01.docx")
    serial = serial_on(built, other)
    aside = built.root / "output" / SLUG / "2024" / "_DITARIK" / named("01 FR.APL.01.docx")
    aside.parent.mkdir()
    (built.root / "output" / other).rename(aside)
    shutil.rmtree(built.root / "riwayat")
    answer = built.json("explain", serial)
    assert (answer["verdict"], "_DITARIK" in answer["said"]) == ("withdrawn", True)


@given(st.integers(0, 2**256 - 1), st.integers(0, 10), st.sampled_from(ALPHABET))
def test_one_wrong_letter_and_two_swapped_are_caught(number: int, place: int, letter: str) -> None:
    """Whatever the serial: any other letter in any place, any two unequal neighbours swapped."""
    serial = serial_of(f"{number:064x}").replace("-", "")
    assert is_serial(serial)
    wrong = serial[:place] + letter + serial[place + 1 :]
    assert is_serial(wrong) == (wrong == serial)
    swapped = serial[:place] + serial[place + 1 : place + 2] + serial[place : place + 1] + serial[place + 2 :]
    assert is_serial(swapped) == (swapped == serial)
    assert not is_serial(serial[:place] + serial[place + 1 :])


def test_a_serial_typed_wrongly_is_refused_with_the_right_one(built: KitProject) -> None:
    """One letter wrong, one missing, one too many, two swapped: each gets `did you mean`."""
    serial = serial_on(built, OBSERVED)
    place = next(
        place for place in range(8) if "-" not in serial[place : place + 2] and serial[place] != serial[place + 1]
    )
    for typed in (
        serial[:-1] + ("2" if serial[-1] != "2" else "3"),
        serial[1:],
        serial + "7",
        serial[:place] + serial[place + 1] + serial[place] + serial[place + 2 :],
    ):
        said = built.run("explain", typed, expect=1).said
        assert "cannot be a Kode Dokumen" in said
        assert f"did you mean `{serial}`?" in said
    assert "letter by letter" in built.run("explain", "ZZZZ-ZZZZ-Z2Z", expect=1).said


PDF = b"%PDF-1.4\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n"


def digest_of(project: KitProject, path: str) -> str:
    found = find_document(project.root / "output" / path)
    assert found is not None
    return found.digest


def test_the_pdf_of_a_document_is_explained_by_its_document(built: KitProject) -> None:
    """By the document it was made of, and whether it still says the same; one of another hand is not kitgen's."""
    pdf = (built.root / "output" / OBSERVED).with_suffix(".pdf")
    asked = ("explain", f"output/{OBSERVED[:-5]}.pdf")
    pdf.write_bytes(sealed(PDF, "document", digest_of(built, OBSERVED), "x"))
    answer = built.json(*asked)
    assert (answer["verdict"], [each["path"] for each in answer["documents"]]) == ("good", [OBSERVED])
    assert answer["said"] == "it is the PDF of FR.IA.01, made of what the document says now"
    built.edit_scheme(criterion(built), "Kriteria lain")
    assert built.json(*asked)["verdict"] == "stale"
    pdf.write_bytes(sealed(PDF, "document", "0" * 64, "x"))
    answer = built.json(*asked)
    assert answer["verdict"] == "stale" and "made of what the document said before" in answer["said"]
    pdf.write_bytes(sealed(PDF, "document", digest_of(built, OBSERVED), "x").replace(b"1 0 obj", b"2 0 obj"))
    assert "changed since by another program" in built.json(*asked)["said"]
    pdf.write_bytes(PDF)
    assert "file was not made by kitgen" in built.run(*asked, expect=1).said


def test_a_pack_is_explained_by_the_documents_in_it(built: KitProject) -> None:
    """Those that are as they were printed, and how many are not."""
    pack = built.root / "output" / SLUG / "2024/Per Unit" / UNIT / "Paket Cetak/Paket Cetak 3 Untuk Asesor.pdf"
    pack.parent.mkdir(parents=True)
    asked = ("explain", pack.relative_to(built.root).as_posix())
    pack.write_bytes(sealed(PDF, "pack", "1" * 64, "x", [digest_of(built, OBSERVED)]))
    answer = built.json(*asked)
    assert (answer["verdict"], [each["path"] for each in answer["documents"]]) == ("good", [OBSERVED])
    assert answer["said"] == "it is a pack of 1 document, which is as it was printed"
    pack.write_bytes(sealed(PDF, "pack", "1" * 64, "x", [digest_of(built, OBSERVED), "0" * 64]))
    answer = built.json(*asked)
    assert (answer["verdict"], len(answer["documents"])) == ("stale", 1)
    assert answer["said"] == "it is a pack of 2 documents, of which 1 is as it was printed"


def test_paths_that_are_no_documents_are_told(built: KitProject, tmp_path: Path) -> None:
    """A wrong name gets the nearest, a folder kitgen does not know and a foreign file are named."""
    said = built.run("explain", OBSERVED.replace("FR.IA.01", "FR.IA.10"), expect=1).said
    assert f"did you mean `{OBSERVED}`?" in said
    assert "name a file below" in built.run("explain", "lain/tempat/x.docx", expect=1).said
    foreign = built.root / "output" / SLUG / "2024" / "catatan.docx"
    foreign.write_bytes(b"bukan apa-apa")
    assert "file was not made by kitgen" in built.run("explain", str(foreign), expect=1).said
    forms = built.forms()
    built.write_forms({code: entry for code, entry in forms.items() if code != "FR.IA.01"})
    assert built.json("explain", OBSERVED)["verdict"] == "withdrawn"


# Events: numbers, no names


@pytest.fixture(scope="module")
def with_event(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project of two forms with the sample event, built."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("jadwal") / "proyek")
    project.keep_forms(("FR.APL.01", "FR.IA.01"))
    (project.root / "events" / "contoh").mkdir(parents=True)
    shutil.copy(ROOT / "events" / "contoh" / "jadwal.xlsx", project.root / "events" / "contoh")
    return project.build("--event", "contoh")


def test_documents_of_an_event_are_explained_by_number(with_event: KitProject, tmp_path: Path) -> None:
    """By path and by serial: the candidate's number, no name; a changed criterion is told in words."""
    project = with_event.copy_to(tmp_path / "proyek")
    row = next(
        row
        for row in project.json("plan", "--event", "contoh")["documents"]
        if row["form"] == "FR.IA.01" and "03 " in row["path"]
    )
    named = project.json("plan", "--event", "contoh", "--names")["documents"]
    path = next(each["path"] for each in named if each["serial"] == row["serial"])
    name = next(part for part in path.split("/") if part.startswith("03 "))[3:]
    for target in (row["path"], path, row["serial"]):
        answer = project.json("explain", target)
        assert [each["document"] for each in answer["documents"]] == ["FR.IA.01, asesi 3"]
        assert answer["verdict"] == "good"
        assert name not in project.run("explain", row["serial"]).said
    project.edit_scheme(criterion(project), "Kalimat baru dicatat")
    answer = project.json("explain", row["serial"])
    assert (answer["verdict"], answer["documents"][0]["causes"]) == (
        "stale",
        [f"unit {UNIT}, criterion (KUK) 1.3, text"],
    )
    assert "Kalimat baru dicatat" in str(answer["documents"][0]["reasons"])


def test_the_words_of_people_are_told_by_place_only(with_event: KitProject, tmp_path: Path) -> None:
    """A page edited by hand, or changed in what it says of a person: the place, never the text."""
    project = with_event.copy_to(tmp_path / "proyek")
    rows = project.json("plan", "--event", "contoh", "--names")["documents"]
    path = next(row["path"] for row in rows if row["form"] == "FR.APL.01")
    edit_by_hand(project.root / "output" / path, "Asesi Contoh", "Siti Rahasia")
    rows = project.json("plan", "--event", "contoh")["documents"]
    (row,) = [row for row in rows if row["state"] == "edited"]
    assert row["state"] == "edited"
    assert row["changes"]
    assert "Siti" not in json.dumps([row["reasons"], row["changes"]])
    assert "Contoh" not in json.dumps([row["reasons"], row["changes"]])
    history = (project.root / "events" / "contoh" / "riwayat.json").read_text("utf-8")
    assert "Contoh" not in history
    assert "asesi 3" in history


def test_no_digest_of_an_event_can_be_worked_out_without_its_secret(with_event: KitProject, tmp_path: Path) -> None:
    """The same event under another secret: not one digest of its history is the same, and causes are still named."""
    project = with_event.copy_to(tmp_path / "proyek")
    home = project.root / "events" / "contoh"
    first = (home / "riwayat.json").read_text("utf-8")
    for name in ("riwayat.json", "kunci-kode-dokumen.txt"):
        (home / name).unlink()
    shutil.rmtree(project.root / "output" / "Jadwal")
    second = (project.build("--event", "contoh").root / "events" / "contoh" / "riwayat.json").read_text("utf-8")
    digests = [set(re.findall(r'"([0-9a-f]{12}|[0-9a-f]{64})"', text)) for text in (first, second)]
    assert len(digests[0]) == len(digests[1]) > 100
    assert not digests[0] & digests[1]
    project.edit_scheme(criterion(project), "Kalimat baru dicatat")
    rows = [row for row in project.json("plan", "--event", "contoh")["documents"] if row["form"] == "FR.IA.01"]
    rows = [row for row in rows if "Cadangan" not in row["path"]]  # the reserve set is of the other cluster
    assert {tuple(row["causes"]) for row in rows} == {(f"unit {UNIT}, criterion (KUK) 1.3, text",)}


@pytest.mark.parametrize("broken", ["workbook", "history"])
def test_a_broken_event_does_not_stop_other_serials(with_event: KitProject, tmp_path: Path, broken: str) -> None:
    """A page of an edition is still told; the event that cannot be looked at is a warning, its pages no `unknown`."""
    project = with_event.copy_to(tmp_path / "proyek").build()
    home = project.root / "events" / "contoh"
    serial = serial_on(project, OBSERVED)
    of_event = project.json("plan", "--event", "contoh")["documents"][0]["serial"]
    shutil.rmtree(project.root / "riwayat")
    if broken == "workbook":
        (home / "jadwal.xlsx").write_bytes(b"PK rusak")
    else:
        (home / "riwayat.json").write_text('{"format": 99}')
    answer = project.json("explain", serial)
    assert (answer["verdict"], [each["path"] for each in answer["documents"]]) == ("good", [OBSERVED])
    if broken == "history":
        assert any("Jadwal/contoh" in each for each in answer["problems"])
        assert "warning: `Jadwal/contoh` cannot be looked at" in project.run("explain", serial).said
    if broken == "workbook":
        project.run("explain", of_event, expect=1)
        assert "may be in what cannot be looked at" in project.said
        assert "warning: `Jadwal/contoh` cannot be looked at" in project.said


@pytest.mark.parametrize(
    ("said", "is_hidden"),
    [
        ("ASESI CONTOH 03", True),
        ("Nama: asesi  contoh\u00a003, hadir", True),
        ("3174 0512 0190 0003", True),
        ("31.7405.120190.0003", True),
        ("3174-0512-0190-0003", True),
        ("Asesi memberi contoh", False),
        ("3174 0512", False),
    ],
)
def test_what_tells_of_people_is_hidden_however_it_is_printed(said: str, is_hidden: bool) -> None:
    """In capitals, a number in groups: a template may print it so, and a reason never quotes it."""
    person = Candidate(name="Asesi Contoh 03", identity_number="3174051201900003")
    event = AssessmentEvent("x", "s", "e", EventFacts(), Venue(), (), (EventCandidate(3, person),))
    people = people_of(event)
    for change in (Difference("table 1", "lama", said), Difference("table 1", said, "")):
        assert (_hidden(change, people) != change) == is_hidden


# What people did by hand


def saved_anew(path: Path) -> None:
    """The file as a program that merely saves it writes it: other bytes, runs cut elsewhere, the same words."""

    def change(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        content = re.sub(rb"<w:t>(\w{3})(\w+)</w:t>", rb"<w:t>\1</w:t></w:r><w:r><w:t>\2</w:t>", content)
        return content.replace(b"<w:body>", b"<w:body><!-- disimpan -->")

    rewrite_parts(path, change)


def test_a_document_merely_saved_anew_is_told_apart_and_kept(built: KitProject) -> None:
    """Its state is `resaved`; nothing is to be made; after a change the new one goes beside it."""
    path = built.root / "output" / OBSERVED
    saved_anew(path)
    mine = path.read_bytes()
    row = row_of(built, OBSERVED)
    assert (row["state"], row["changes"]) == ("resaved", [])
    assert row["reasons"] == ["opened and saved again, its words are kitgen's, and kept; nothing in it is out of date"]
    assert built.json("explain", OBSERVED)["verdict"] == "good"
    built.run("plan", "--check")
    summary = built.json("build")["summary"]
    assert (summary["written"], summary["resaved"]) == (0, 1)
    built.edit_scheme(criterion(built), "Kalimat baru dicatat")
    assert row_of(built, OBSERVED)["state"] == "resaved"  # told by the history, since the data are others now
    built.build()
    assert path.read_bytes() == mine
    assert "Kalimat baru dicatat" in built.text(OBSERVED.replace(".docx", " (terbaru).docx"))
    built.build("--replace", OBSERVED)
    assert "Kalimat baru dicatat" in built.text(OBSERVED)
    assert path.with_name(named("10 FR.IA.01 (disunting).docx")).read_bytes() == mine


@pytest.mark.parametrize("change", ["word", "letter", "footer", "ticked", "row"])
def test_a_document_in_which_a_word_changed_is_edited(built: KitProject, change: str) -> None:
    """In the body or above it, one letter or one box: never taken for one saved anew."""
    path = built.root / "output" / OBSERVED

    def edit(name: str, content: bytes) -> bytes:
        if change == "footer" and name.startswith("word/footer"):
            return content.replace(b"</w:p>", b"<w:r><w:t>Catatan</w:t></w:r></w:p>", 1)
        if name != "word/document.xml":
            return content
        if change == "row":
            return re.sub(rb"<w:tr\b(?:(?!</w:tr>).)*1\.2(?:(?!</w:tr>).)*</w:tr>", b"", content, count=1, flags=re.S)
        old, new = {"word": ("Kriteria", "Syarat"), "letter": ("Kriteria", "Kritaria"), "ticked": ("☐", "☒")}.get(
            change, ("", "")
        )
        return content.replace(old.encode(), new.encode(), 1) if old else content

    before = path.read_bytes()
    saved_anew(path)
    rewrite_parts(path, edit)
    assert path.read_bytes() != before
    assert row_of(built, OBSERVED)["state"] == "edited"


def test_the_words_of_a_workbook_stay_the_same_when_its_strings_move(built: KitProject) -> None:
    """Excel keeps texts in a list of their own: the same cells, the same words; another cell, other words."""
    path = next((built.root / "output").rglob("30 Matriks*.xlsx"))
    parts = document_parts(path)
    before = words_digest(parts, path.name)
    sheet = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    text = re.search(rb"<is><t[^>]*>([^<]{5,})</t></is>", parts[sheet])
    assert text is not None
    other = parts | {sheet: parts[sheet].replace(text[1], text[1] + b" lain", 1)}
    assert words_digest(other, path.name) != before
    styled = parts | {sheet: parts[sheet].replace(b"<sheetData>", b"<!-- disimpan --><sheetData>")}
    assert words_digest(styled, path.name) == before


def test_a_hand_edit_of_a_stale_document_says_what_it_is_held_against(built: KitProject) -> None:
    """What kitgen had made is gone: the places are told against what would be made now, and it is said so."""
    edit_by_hand(built.root / "output" / OBSERVED, "Kriteria", "Syarat")
    built.edit_scheme(criterion(built), "Kalimat baru dicatat")
    row = row_of(built, OBSERVED)
    reasons = row["reasons"]
    assert isinstance(reasons, list)
    assert reasons[0] == f"edited by hand and kept; the new one goes beside it as {named('10 FR.IA.01 (terbaru).docx')}"
    assert reasons[1].startswith("compared with what would be made now")
    assert any('"Kriteria Unjuk Kerja" -> "Syarat Unjuk Kerja"' in reason for reason in reasons)
    assert row["causes"] == [f"unit {UNIT}, criterion (KUK) 1.3, text"]


@pytest.mark.parametrize(
    "name", [named("10 FR.IA.01.docx"), named("10 FR.IA.01 (terbaru).docx"), named("10 FR.IA.01 (disunting).docx")]
)
def test_foreign_files_with_any_of_our_names_stay(built: KitProject, name: str) -> None:
    """Whatever run comes: a file kitgen did not make is never written over, moved or removed."""
    place = (built.root / "output" / OBSERVED).with_name(name)
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("[Content_Types].xml", f"catatan {string.ascii_letters}")
    mine = place.read_bytes()
    built.build().edit_scheme(criterion(built), "Kalimat baru dicatat").build()
    edit = built.root / "output" / OTHER
    edit_by_hand(edit, "Kriteria", "Syarat")
    built.build("--replace", OTHER)
    assert place.read_bytes() == mine
    holder = next(path for path in place.parent.glob("10 FR.IA.01*.docx") if path.read_bytes() != mine)
    assert "Kalimat baru dicatat" in built.text(holder.relative_to(built.root / "output").as_posix())


def test_a_number_alone_hides_no_sentence() -> None:
    """Only a text of several words, with the same text around, is the same change told once more."""
    pairs = (("3", "4"), ("1.3 Foto dilihat", "1.4 Foto dilihat"), ("Foto dilihat", "Foto disimpan"),
             ("1.3 Foto dilihat", "1.3 Foto disimpan"), ("Foto dilihat besok", "Foto disimpan kini"))  # fmt: skip
    why = Why((), ("unit U",), tuple(Difference("cell A1", *pair) for pair in pairs))
    (group,) = grouped([why, why])
    assert set(group.words) == set(pairs) - {pairs[3]} and group.members == (0, 1)


# A code proves what it says


def forged(project: KitProject, place: str, **told: str) -> str:
    """A page anybody can make: a document of kitgen's with other words, and properties that say what they like."""
    from kitgen.documents.build.fill import fill

    template = word_template(project.root, paragraphs("Kode {{ kode }}"), "Palsu.docx")
    data = project.root / "data.json"
    data.write_text('{"kode": "palsu"}', "utf-8")
    out = project.root / "output" / place
    out.parent.mkdir(parents=True, exist_ok=True)
    fill(template, data, out, replace=True)
    found = find_document(out)
    assert found is not None and found.record is not None
    for name, value in told.items():
        old = getattr(found.record, name)
        rewrite_parts(out, lambda part, content, old=old, value=value: content.replace(
            old.encode(), value.encode()) if part == "docProps/custom.xml" else content)  # type: ignore[misc]  # fmt: skip
    found = find_document(out)
    assert found is not None and found.record is not None
    return found.record.serial


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (f"{SLUG}/2024/FR.AK.05.docx", {}),
        (f"{SLUG}/2024/Lembar.docx", {"form": "Lembar Serah Terima"}),
        (f"{SLUG}/2024/Lembar.docx", {"form": "Lembar Serah Terima", "serial": "0000-0000-000"}),
        ("Jadwal/contoh/Lembar.docx", {"form": "Lembar Serah Terima"}),
        (f"{SLUG}/2024/Ralat.docx", {"form": "Lembar Ralat", "digest": "0" * 64}),
    ],
    ids=["of render", "a report's name", "another code", "of an event", "another digest"],
)
def test_a_forged_sheet_is_never_called_good(kit_project: KitProject, place: str, told: dict[str, str]) -> None:
    """Its properties may say anything; the code must be that of its very words, under the event's secret."""
    serial = forged(kit_project.keep_forms(["FR.IA.01"]), place, **told)
    answer = CliRunner().invoke(cli, ["-C", str(kit_project.root), "explain", serial])
    assert answer.exit_code == 1 and not answer.output.startswith("good"), answer.output


def test_sheets_kitgen_made_are_still_good(kit_project: KitProject) -> None:
    """The record of proofs, whose code is that of its words."""
    kit_project.keep_forms(["FR.IA.01"]).build()
    CliRunner().invoke(cli, ["-C", str(kit_project.root), "verify"])
    (sheet,) = kit_project.output.glob("Bukti*.xlsx")
    found = find_document(sheet)
    assert found is not None and found.record is not None
    kit_project.run("explain", found.record.serial)
    assert "good: it is a sheet that goes with the documents" in kit_project.said
    rewrite_parts(
        sheet,
        lambda part, content: (
            content.replace(b"KUK", b"KUX") if "sharedStrings" in part or "sheet1" in part else content
        ),
    )
    kit_project.run("explain", found.record.serial, expect=1)
