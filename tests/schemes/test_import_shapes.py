"""The shapes in which schemes stand on pages: tables, labels, numbers and headings of every kind, and their siblings."""

import io
from pathlib import Path

import docx
import pytest
from published_pages import Units, read, units_of

CODE, TITLE = "X.00ABC00.001.1", "Membersihkan Meja"
HEAD = f"Kode Unit : {CODE}\nJudul Unit : {TITLE}\n"
LIST = f"Terdapat 1 unit dalam skema ini:\n1 | {CODE} | {TITLE}\nKode unit: {CODE}\n"
FIRST = (
    "1",
    "Menyiapkan alat",
    [("1.1", "Alat dipilih sesuai kebutuhan."), ("1.2", "Alat diperiksa sesuai prosedur.")],
)
SECOND = ("2", "Membersihkan permukaan", [("2.1", "Debu dihilangkan.")])
ONE: Units = [(CODE, TITLE, [FIRST])]
TWO: Units = [(CODE, TITLE, [FIRST, SECOND])]
A, B, C = "Alat dipilih sesuai kebutuhan.", "Alat diperiksa sesuai prosedur.", "Debu dihilangkan."
E1, E2 = "Menyiapkan alat", "Membersihkan permukaan"
TABLE = "Elemen Kompetensi | Kriteria Unjuk Kerja\n"
HTML = f"<html><p>Kode Unit : {CODE}</p><p>Judul Unit : {TITLE}</p><table>"


@pytest.mark.parametrize(
    ("page", "units"),
    [
        (f"{HEAD}1. {E1}\n1.1 {A}\n1.2 {B}", ONE),
        (f"Judul Unit : {TITLE}\nKode Unit : {CODE}\n1. {E1}\n1.1 {A}\n1.2 {B}", ONE),
        (f"Kode Unit\t:\t{CODE}\tJudul Unit\t:\t{TITLE}\n1. {E1}\t1.1 {A}\n1.2 {B}", ONE),
        (f"Unit Kompetensi : {CODE} {TITLE}\n1. {E1}\n1.1 {A}\n1.2 {B}", ONE),
        (f"Kode\u00a0Unit\u00a0:\u00a0{CODE}\nJudul Unit : {TITLE}\n1.\u00a0{E1}\n1.1\u00a0{A}\n1.2\u00a0{B}", ONE),
        (f"Kode Unit : {CODE}.\nJudul Unit : {TITLE}\n1) {E1}\n1.1) {A}\n1.2) {B}", ONE),
        (f"{HEAD}Elemen 1 : {E1}\nKUK 1.1 {A}\nKUK 1.2 {B}\nElemen 2 : {E2}\nKUK 2.1 {C}", TWO),
        (f"{HEAD}ELEMEN KOMPETENSI : 1. {E1}\nKRITERIA UNJUK KERJA :\n1 .1 {A}\n1. 2 {B}", ONE),
        (f"{HEAD}{TABLE}1. {E1} | a. {A} b. {B}\n2. {E2} | a. {C}", TWO),
        (f"{LIST}{TABLE}1. {E1} |\na) {A}\nb) {B}\n2. {E2} |\na) {C}", TWO),
        (f"{LIST}1. {E1}\n1. {A}\n2. {B}\n2. {E2}\n1. {C}", TWO),
        (f"{LIST}A. {E1}\n1. {A}\n2. {B}\nB. {E2}\n1. {C}", TWO),
        (f"{LIST}1. {E1}\n- {A}\n- {B}\n2. {E2}\n- {C}", TWO),
        (f"{HEAD}Elemen\tKriteria Unjuk Kerja\n{E1}\t{A}\n{B}\n{E2}\t{C}", TWO),
        (f"{HEAD}Kriteria Unjuk Kerja\tElemen\n1.1 {A}\t1. {E1}\n1.2 {B}", ONE),
        (f"{HEAD}Elemen | KUK\n{E1} | 1.1 {A}\n | 1.2 {B}\n{E2} | 2.1 {C}", TWO),
        (f"No\nKode Unit\nJudul Unit\n1\n{CODE}\n{TITLE}\nKode Unit\n:\n{CODE}\nJudul Unit\n:\n{TITLE}\n"
         f"ELEMEN KOMPETENSI\nKRITERIA UNJUK KERJA\n1. {E1}\n1.1\n{A}\n1.2\n{B}", ONE),
        (f"{HEAD}1. {E1}\n1.1 Alat dipilih\nsesuai kebutuhan.\n1.2 Alat diperiksa sesuai\nprosedur.", ONE),
        (f"## Kode Unit: {CODE}\n**Judul Unit:** {TITLE}\n\n| Elemen | Kriteria Unjuk Kerja |\n|---|---|\n"
         f"| 1. {E1} | 1.1 {A}<br>1.2 {B} |\n| 2. {E2} | 2.1 {C} |", TWO),
        (f"# Skema\n\n### {CODE} {TITLE}\n\n| No | Elemen | KUK |\n|:--|--|--|\n| 1 | {E1} | {A} |\n| | | {B} |\n"
         f"| 2 | {E2} | {C} |", TWO),
        (f"Unit Code: {CODE}\nUnit Title: {TITLE}\nElement | Performance Criteria\n1 {E1} | 1.1 {A}\n | 1.2 {B}\n"
         "RANGE STATEMENT\n1.1 Cloth\n", ONE),
        (f"{HTML}<tr><th>No<th>Elemen<th>Kriteria Unjuk Kerja<th>Benchmark<th>Ya<th>Tidak</tr><tr><td rowspan=2>1.<td"
         f" rowspan=2>{E1}<td>1.1 {A}<td rowspan=2>SOP 7<td><td></tr><tr><td>1.2 {B}<td><td></tr></table>", ONE),
        (f"{HTML}<tr><th>Elemen<th>KUK</tr><tr><td>{E1}<td><ol><li>{A}<li>{B}</ol></tr><tr><td>{E2}<td><ol><li>{C}</ol>"
         "</tr></table>", TWO),
        (f"{HTML}<tr><td><ol><li>{E1}<ol><li>{A}</li><li>{B}</li></ol></li><li>{E2}<ol><li>{C}</li></ol></li></ol></td>"
         "</tr></table>", TWO),
        (f"{HTML}<tr><th colspan=2>Elemen<th colspan=2>KUK</tr><tr><td>1<td>{E1}<td>1.1<td>{A}</tr><tr><td><td><td>1.2"
         f"<td>{B}</tr></table>", ONE),
        (f"{HEAD}I. {E1}\n1. {A}\n2. {B}\nII. {E2}\n1. {C}", TWO),
        (f"{HEAD}1 {E1}\n1,1 {A}\n1,2 {B}", ONE),
        (f"{HEAD}1. {E1}\n2. {E2}\n1.1 {A}\n1.2 {B}\n2.1 {C}", TWO),
        (f"{HEAD}Elemen Kompetensi Kriteria Unjuk Kerja\n1. Menyiapkan\nalat\n1.1 Alat dipilih sesuai\n\n- 12 -\n\n"
         f"kebutuhan.\n1.2 {B}\n2. {E2}\n2.1 {C}\nPANDUAN PENILAIAN\n1. Konteks", TWO),
        (f"Kode Unit | Judul Unit\n{CODE} | {TITLE}\nElemen | KUK\n1. {E1} | 1.1 {A}\n1.2 {B}", ONE),
        (f"## Unit 1. {TITLE} ({CODE})\n\n1. {E1}\n   - 1.1 {A}\n   - 1.2 {B}\n", ONE),
        (f"## Kode Unit: `{CODE}`\n### Judul Unit: {TITLE}\n- **Elemen 1: {E1}**\n  - 1.1 {A}\n  - 1.2 {B}\n"
         f"- **Elemen 2: {E2}**\n  - 2.1 {C}\n", TWO),
        (f"KODE UNIT : {CODE}\nJUDUL UNIT : {TITLE}\nNO  ELEMEN KOMPETENSI   NO   KRITERIA UNJUK KERJA\n"
         f"                        1.1  Alat dipilih sesuai\n1   {E1}              kebutuhan.\n"
         f"                        1.2  {B}\n2   Membersihkan        2.1  {C}\n    permukaan\n", TWO),
        (f"KODE UNIT  : {CODE}\nJUDUL UNIT : {TITLE}\nELEMEN KOMPETENSI            KRITERIA UNJUK KERJA\n"
         f"1. {E1}           a. Alat dipilih sesuai\n                                kebutuhan.\n"
         f"                             b. {B}\n2. Membersihkan              a. {C}\n   permukaan\n", TWO),
        (f"KODE UNIT  : {CODE}\nJUDUL UNIT : {TITLE}\nELEMEN KOMPETENSI            KRITERIA UNJUK KERJA\n"
         f"{E1}              {A}\n                             {B}\n{E2}       {C}\n", TWO),
        (f"Kode Unit   : {CODE}\nJudul Unit  : {TITLE}\nElemen : 1. {E1}\nKriteria Unjuk Kerja :\n1.1 {A}\n1.2 {B}\n", ONE),
        (f"Kode Unit   : {CODE}\nJudul Unit  : {TITLE}\nElemen Kompetensi   Kriteria Unjuk Kerja\n1. {E1}\na. {A}\nb. {B}\n"
         f"2. {E2}\na. {C}\n", TWO),
        (f"Kode Unit;Judul Unit;Elemen;KUK\n{CODE};{TITLE};1. {E1};1.1 {A}\n;;;1.2 {B}\n{CODE};{TITLE};2. {E2};2.1 {C}\n", TWO),
        (f"No,Kriteria Unjuk Kerja,Elemen,Judul Unit,Kode Unit\n1,{A},{E1},{TITLE},{CODE}\n2,{B},{E1},{TITLE},{CODE}\n", ONE),
        (f"\ufeffKode Unit,Judul Unit,Elemen,KUK\n{CODE},{TITLE},{E1},1.1 {A}\n,,,1.2 {B}\n", ONE),
    ],
)  # fmt: skip
def test_a_scheme_is_read_in_every_shape(page: str, units: Units) -> None:
    """Other labels, numbers, columns and marks, the same units."""
    found, findings = read(page)
    assert [str(error) for error in findings.errors] == []
    assert units_of(found) == units


@pytest.mark.parametrize(
    "word",
    "sesuai dengan dan serta atau di ke dari pada untuk oleh yang adalah menurut berdasarkan dokumen formulir tingkat".split(),
)
@pytest.mark.parametrize("form", ["1.1. Alat dipilih {}. 1.2. Alat disimpan", "1.1 Alat dipilih {}. 1.2 Alat disimpan",
                                  "1.1. Alat dipilih {} 1.2. Alat disimpan", "1.1 Alat dipilih {} 1.2 Alat disimpan"])  # fmt: skip
def test_no_word_swallows_the_criterion_behind_it(word: str, form: str) -> None:
    """Whatever a criterion ends with, the number expected next begins the next one."""
    page, findings = read(f"{LIST}1. {E1}\n{form.format(word)}")
    assert findings.errors == []
    assert [criterion.number for criterion in page.units[0].criteria] == ["1.1", "1.2"]
    assert page.units[0].criteria[1].text == "Alat disimpan"


def test_criteria_without_numbers_and_ends_are_refused_not_put_together() -> None:
    """In a text in columns nothing tells where one ends and the next begins."""
    _, findings = read(
        f"KODE UNIT  : {CODE}\nJUDUL UNIT : {TITLE}\nELEMEN KOMPETENSI     KRITERIA UNJUK KERJA\n"
        f"{E1}       Alat dipilih\n                      Alat diuji\n"
    )
    assert [error.message for error in findings.errors] == [
        "nothing tells which texts of the table are elements and which are criteria (KUK)"
    ]


def test_a_number_at_the_beginning_of_a_line_is_no_criterion_where_another_stands_in_its_column() -> None:
    """`pasal 1.2` broken in two lines stays in its text, and is told as a doubt."""
    page, findings = read(
        f"KODE UNIT  : {CODE}\nJUDUL UNIT : {TITLE}\n1. {E1}      1.1 Alat dipilih menurut pasal\n"
        "                            1.2 Peraturan bersama.\n                        1.2 Alat diuji.\n"
    )
    assert findings.errors == []
    assert [each.text for each in page.units[0].criteria] == [
        "Alat dipilih menurut pasal 1.2 Peraturan bersama.", "Alat diuji."
    ]  # fmt: skip
    assert any(oddity.kind == "number-kept" for oddity in page.oddities)


def test_the_sections_of_a_decree_end_the_table_and_are_kept() -> None:
    """Their items are numbered like criteria and are none; each stands with its unit, under its section."""
    page, findings = read(
        f"{HEAD}Deskripsi Unit : Unit ini tentang meja.\n1. {E1}\n1.1 {A}\n1.2 {B}\n\nBATASAN VARIABEL\n1. Konteks\n"
        "1.1 Di kantor.\nPANDUAN PENILAIAN\n1. Konteks penilaian\n1.1 Di TUK.\n4. Aspek kritis\n4.1 Ketelitian\n"
    )
    assert findings.errors == []
    unit = page.units[0]
    assert units_of(page) == ONE
    assert unit.description == "Unit ini tentang meja."
    assert unit.variables == ("1. Konteks", "1.1 Di kantor.")
    assert unit.assessment_guide == ("1. Konteks penilaian", "1.1 Di TUK.")
    assert unit.critical_aspects == ("4. Aspek kritis", "4.1 Ketelitian")


@pytest.mark.parametrize(
    "heading", ["Batasan variabel", "ACUAN PENILAIAN", "KOMPETENSI KUNCI", "RANAH PENERAPAN UNIT", "Evidence Guide:"]
)
def test_a_decree_with_other_headings_ends_its_tables_too(heading: str) -> None:
    """Headings of older and newer decrees, and one nobody knows, are no elements."""
    page, findings = read(f"{HEAD}1. {E1}\n1.1 {A}\n1.2 {B}\n{heading}\n1. Satu\n1.1 Dua.\n2. Tiga")
    assert findings.errors == []
    assert units_of(page) == ONE


def test_a_heading_nobody_knows_takes_no_criterion_away() -> None:
    """Where the very next number follows, the table goes on."""
    page, findings = read(f"{HEAD}1. {E1}\n1.1 {A}\nLEMBAR BERIKUTNYA DICETAK\n1.2 {B}")
    assert findings.errors == []
    assert units_of(page) == ONE


def test_facts_on_the_page_are_taken() -> None:
    """Title, number, kind, requirements, standards and clusters come from the page."""
    page, findings = read(
        "Skema Sertifikasi : Petugas Meja\nNomor Skema : 01/SKM\nJenis Skema : Okupasi\nPersyaratan Dasar :\n"
        "1. Ijazah SMK\n2. Sehat\nNo | Kode Unit | Judul Unit | Standar\nKelompok Pekerjaan 1: Meja\n"
        f"1 | {CODE} | {TITLE} | SKKNI 1\nKelompok Pekerjaan 2\n2 | X.00ABC00.002.1 | Kursi | SKKNI 2\n"
        f"Kode unit: {CODE}\n1. {E1}\n1.1 {A}\nKode unit: X.00ABC00.002.1\n1. {E1}\n1.1 {B}\n"
    )
    assert findings.errors == []
    facts = page.facts
    assert [fact and fact.text for fact in (facts.title, facts.number, facts.kind)] == [
        "Petugas Meja",
        "01/SKM",
        "Okupasi",
    ]
    assert [item.text for item in facts.basic] == ["Ijazah SMK", "Sehat"]
    assert [unit.standard for unit in page.units] == ["SKKNI 1", "SKKNI 2"]
    assert page.clusters == [
        {"number": 1, "title": "Meja", "units": [CODE]}, {"number": 2, "units": ["X.00ABC00.002.1"]}
    ]  # fmt: skip


REQUIRED = ("Ijazah SMK; atau", "Berpengalaman satu tahun")


def page_with_requirements(style: str) -> bytes:
    """A Word file whose requirements are items of a list: the dot or number is not in their texts."""
    document = docx.Document()
    for text in ("Skema Sertifikasi : Petugas Meja", "Persyaratan dasar pemohon sertifikasi:"):
        document.add_paragraph(text)
    for text in REQUIRED:
        document.add_paragraph(text, style=style)
    for text in (*HEAD.splitlines(), f"1. {E1}", f"1.1 {A}", f"1.2 {B}"):
        document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize("kind", ["List Bullet", "List Number", "ul", "ol"])
def test_requirements_in_a_list_are_its_items(kind: str) -> None:
    """Items are those the source marks, with a dot, a number or nothing before them; what follows is none."""
    items = "".join(f"<li>{text}</li>" for text in REQUIRED)
    of_web = f"<p>Persyaratan dasar pemohon sertifikasi:</p><{kind}>{items}</{kind}>{HTML}<tr><td>1. {E1}</td></tr>"
    of_web += f"<tr><td>1.1 {A}</td></tr><tr><td>1.2 {B}</td></tr></table></html>"
    page, findings = read(of_web if len(kind) == 2 else page_with_requirements(kind))
    assert findings.errors == [] and units_of(page) == ONE
    assert tuple(item.text for item in page.facts.basic) == REQUIRED


def test_a_form_names_its_units_by_code_or_by_the_list() -> None:
    """Titles alone are enough where a list gives their codes; without codes it is told once for all units."""
    tables = "".join(
        f"<p>Judul Unit : {title}</p><table><tr><th>Elemen<th>KUK</tr><tr><td>1. {E1}<td>1.1 {A}</tr></table>"
        for title in ("Satu", "Dua")
    )
    rows = "<table><tr><th>No<th>Kode Unit<th>Judul Unit</tr><tr><td>1<td>X.00ABC00.001.1<td>Satu</tr><tr><td>2<td>X.00ABC00.002.1<td>Dua</tr></table>"
    page, findings = read(f"<html>{rows}{tables}")
    assert findings.errors == []
    assert [unit.code for unit in page.units] == ["X.00ABC00.001.1", "X.00ABC00.002.1"]
    _, findings = read(f"<html>{tables}")
    assert [error.message for error in findings.errors] == ["2 units have a title on the page, but no code: Satu, Dua"]


OBSERVED = """<html><table><tr><td rowspan=2>Skema Sertifikasi<br>(KKNI/Okupasi/Klaster)<td>Judul<td>:<td>Petugas Meja</tr>
<tr><td>Nomor<td>:<td>01/SKM</tr><tr><td colspan=2>Nama Asesor<td>:<td></tr></table>
<table><tr><td rowspan=3>Kelompok Pekerjaan 1<td>No.<td>Kode Unit<td>Judul Unit</tr>
<tr><td>1.<td>X.00ABC00.001.1<td>Meja</tr><tr><td>2.<td>X.00ABC00.002.1<td>Kursi</tr></table>
<table><tr><td rowspan=2>Unit Kompetensi 1<td>Kode Unit<td>:<td>X.00ABC00.001.1</tr><tr><td>Judul Unit<td>:<td>Meja</tr></table>
<table><tr><td rowspan=2>No.<td rowspan=2>Elemen<td rowspan=2>Kriteria Unjuk Kerja*<td rowspan=2>Standar Industri atau Tempat Kerja
<td colspan=2>Pencapaian<td rowspan=2>Penilaian Lanjut</tr><tr><td>Ya<td>Tidak</tr>
<tr><td rowspan=2>1.<td rowspan=2>Menyiapkan alat<td>1.1 Alat dipilih.<td rowspan=2>SOP Kebersihan<td>&#9744;<td>&#9744;<td></tr>
<tr><td>1.2 Alat diperiksa.<td>&#9744;<td>&#9744;<td></tr></table><p>Umpan Balik untuk asesi:</p>
<table><tr><td rowspan=2>Unit Kompetensi 2<td>Kode Unit<td>:<td>X.00ABC00.002.1</tr><tr><td>Judul Unit<td>:<td>Kursi</tr></table>
<table><tr><td>No.<td>Elemen<td>Kriteria Unjuk Kerja</tr><tr><td>1.<td>Menyiapkan kain<td>1.1 Kain dipilih.</tr></table>
<table><tr><td>Nama<td>Asesi:<td>Asesor:</tr><tr><td>Tanda tangan dan Tanggal<td><td></tr></table></html>"""
OWN = """<html><table><tr><td>Unit Kompetensi:<td>X.00ABC00.001.1<td>Meja</tr>
<tr><td>Dapatkah Saya ......?<td>K<td>BK<td>Bukti yang relevan</tr>
<tr><td>1. Elemen: Menyiapkan alat<br>&#8226; Kriteria Unjuk Kerja:<ol><li>Alat dipilih.</li><li>Alat diperiksa.</li></ol><td><td><td></tr>
<tr><td>2. Elemen: Menata<br>Kriteria Unjuk Kerja:<ol><li>Alat ditata.</li></ol><td><td><td></tr></table>
<table><tr><td>Nama Asesi:<td>Tanggal:</tr><tr><td>Ditinjau oleh Asesor:</tr></table></html>"""


def test_a_whole_form_is_read_with_all_that_stands_around_its_tables() -> None:
    """The observation form and the self-assessment, heads, notes and signatures among their tables."""
    page, findings = read(OBSERVED)
    assert findings.errors == []
    assert [(unit.code, unit.title, len(unit.criteria), unit.cluster) for unit in page.units] == [
        ("X.00ABC00.001.1", "Meja", 2, 1), ("X.00ABC00.002.1", "Kursi", 1, 1)
    ]  # fmt: skip
    assert page.units[0].workplace_standard == "SOP Kebersihan"
    assert page.title and page.facts.number and (page.title.text, page.facts.number.text) == ("Petugas Meja", "01/SKM")
    page, findings = read(OWN)
    assert findings.errors == []
    assert [(unit.title, [criterion.number for criterion in unit.criteria]) for unit in page.units] == [
        ("Meja", ["1.1", "1.2", "2.1"])
    ]


def test_names_of_people_on_a_filled_form_are_not_repeated(tmp_path: Path) -> None:
    """A line with a person's name is accounted for without it."""
    from published_pages import run_import

    page = f"Nama Asesi : Asesi Contoh 01\n{HEAD}1. {E1}\n1.1 {A}\n"
    result = run_import(tmp_path, page, "--title", "Meja", "--edition", "1")
    assert result.exit_code == 0
    report = (tmp_path / "proyek" / "scheme" / "meja" / "1" / "import-report.txt").read_text("utf-8")
    assert "isian orang" in report
    assert "Contoh 01" not in report + result.output
