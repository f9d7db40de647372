"""kitgen's engine beside its peers: documents a second, same templates and data, in one run.

    pip install -e '.[bench]'
    python bench/engine.py [--seconds 2] [--rounds 5] [--only word|fat|excel] [--against TREE]

`word` is a slim page, `fat` the same in the styles of a real form with a logo in its header. `--against` measures kitgen alone,
beside another tree of its source, in turn.

Each engine runs in a process of its own; the rounds are interleaved, so that a busy moment of the machine meets all of them.
Every document is written to a new file, in `--folder`: by default in memory (/dev/shm) where there is such a folder, since some
disks take longer to make a file than kitgen to fill it, and then the disk is measured and not the engines. `floor` only deflates
and writes the parts kitgen made: no engine can be faster at the same zlib level. Figures are medians over the rounds; the
machine's noise is in the spread.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Render = Callable[[Path], None]
MEMORY = Path("/dev/shm")
FORM = Path(__file__).resolve().parent.parent / "templates" / "docx" / "FR.AK.01.docx"
"""Its styles, header and footer are those of the fat template."""

UNIT = {"code": "M.702090.008.01", "title": "Menangani Keluhan Pelanggan", "elements": [
    {"number": str(element), "title": f"Elemen {element} menangani keluhan pelanggan", "criteria": [
        {"number": f"{element}.{kuk}", "text": f"Kriteria {element}.{kuk} tentang keluhan pelanggan & tindak lanjutnya dilakukan"}
        for kuk in range(1, 7)]} for element in range(1, 4)]}  # fmt: skip
WORD_VALUES = {"scheme": {"title": "Tenaga Pemasar Operasional (Layanan)", "number": "001/LSP/2024"}, "unit": UNIT,
               "candidate": {"name": "Asesi Contoh 01"}, "assessor": {"name": "Asesor Contoh 01", "registration": "MET.000"},
               "date": "1 Maret 2026"}  # fmt: skip
EXCEL_VALUES = {"title": "Rekap", "rows": [
    {"no": n, "name": f"Asesi Contoh {n:02}", "code": f"A-{n:04}", "a": n * 3, "b": n * 5, "c": n * 7, "note": "catatan & tindak lanjut"}
    for n in range(1, 21)]}  # fmt: skip


# Templates: a checklist of three pages with 18 looped rows and 36 check boxes; a sheet with 20 looped rows of 9 columns


def word_template(path: Path, base: Path | None = None) -> None:
    """The checklist; with `base`, in the styles, header and footer of that form, and with a logo in its header."""
    import docx
    from lxml import etree

    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    box = (
        f'<w:sdt xmlns:w="{w}" xmlns:w14="{w14}"><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
        '</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr>'
        "<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    )
    document = docx.Document(str(base) if base else None)
    if base:
        body = document.element.body
        for child in list(body)[:-1]:  # all but the section
            body.remove(child)
        document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(logo()), width=docx.shared.Mm(25))
    document.add_paragraph("FR.IA.01. CEKLIS OBSERVASI")
    head = document.add_table(rows=6, cols=3)
    values = [
        "{{ scheme.title }}",
        "{{ scheme.number }}",
        "",
        "{{ assessor.name }}",
        "{{ candidate.name }}",
        "{{ date }}",
    ]
    for row, label, value in zip(
        head.rows, ["Judul", "Nomor", "TUK", "Nama Asesor", "Nama Asesi", "Tanggal"], values, strict=True
    ):
        row.cells[0].text, row.cells[1].text, row.cells[2].text = label, ":", value
    for number in range(1, 31):
        document.add_paragraph(
            f"{number}. Panduan bagi asesor: amati asesi selama bekerja dan catat hasilnya pada kolom yang tersedia."
        )
    document.add_paragraph("Unit {{ unit.code }} {{ unit.title }}")
    table = document.add_table(rows=6, cols=6)
    for cell, text in zip(
        table.rows[0].cells, ["No.", "Elemen", "KUK", "Ya", "Tidak", "Penilaian Lanjut"], strict=True
    ):
        cell.text = text
    table.cell(1, 0).text = "{%tr for element in unit.elements %}"
    table.cell(2, 0).text = "{%tr for criterion in element.criteria %}"
    table.cell(3, 0).text = "{{ element.number }}"
    table.cell(3, 1).text = "{{ element.title }}"
    table.cell(3, 2).text = "{{ criterion.number }} {{ criterion.text }}"
    for column in (3, 4):
        table.cell(3, column).paragraphs[0]._p.append(etree.fromstring(box))
    table.cell(4, 0).text = "{%tr endfor %}"
    table.cell(5, 0).text = "{%tr endfor %}"
    close = document.add_table(rows=4, cols=2)
    close.cell(0, 0).text, close.cell(0, 1).text = "Asesi", "{{ candidate.name }}"
    close.cell(1, 0).text, close.cell(1, 1).text = "Asesor", "{{ assessor.name }}"
    close.cell(2, 0).text, close.cell(2, 1).text = "No. Reg", "{{ assessor.registration }}"
    document.sections[0].footer.paragraphs[0].text = "FR.IA.01"
    document.save(str(path))


def logo() -> bytes:
    """A picture of some 100 kB that does not pack."""
    import random
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    side, noise = 180, random.Random(1)
    rows = b"".join(b"\0" + noise.randbytes(3 * side) for _ in range(side))
    head = struct.pack(">LLBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def merge_template(path: Path) -> None:
    """The same page for docx-mailmerge2: merge fields, and flat rows, which is all it knows."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def field(paragraph: Any, name: str) -> None:
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), f" MERGEFIELD {name} ")
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = f"«{name}»"
        run.append(text)
        simple.append(run)
        paragraph._p.append(simple)

    word_template(path)
    document = docx.Document(str(path))
    for table in document.tables:
        for row in list(table.rows):
            if row.cells[0].text.startswith("{%tr"):
                table._tbl.remove(row._tr)
                continue
            for cell in row.cells:
                names = [part.split("}}")[0].strip().replace(".", "_") for part in cell.text.split("{{")[1:]]
                if names:
                    cell.paragraphs[0].clear()
                    for name in names:
                        field(cell.paragraphs[0], name)
    for paragraph in document.paragraphs:
        if "{{" in paragraph.text:
            names = [part.split("}}")[0].strip().replace(".", "_") for part in paragraph.text.split("{{")[1:]]
            paragraph.clear()
            for name in names:
                field(paragraph, name)
    document.save(str(path))


def excel_template(path: Path, first: str, last: str, notes: bool = False) -> None:
    """The sheet; `notes`: with the loop written as xltpl wants it, in notes of cells."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rekap"
    sheet["A1"] = "{{ title }}"
    for column, head in zip(
        "ABCDEFGHI", ["No", "Nama", "Kode", "A", "B", "C", "Jumlah", "Persen", "Catatan"], strict=True
    ):
        sheet[f"{column}3"] = head
    if first:
        sheet["A4"] = first
    cells = [
        "{{ row.no }}",
        "{{ row.name }}",
        "{{ row.code }}",
        "{{ row.a }}",
        "{{ row.b }}",
        "{{ row.c }}",
        "=SUM(D5:F5)",
        "=G5/G$7",
        "{{ row.note }}",
    ]
    for column, text in zip("ABCDEFGHI", cells, strict=True):
        sheet[f"{column}5"] = text
    if last:
        sheet["A6"] = last
    sheet["A7"], sheet["G7"] = "Jumlah", "=SUM(G5:G5)"
    if notes:
        sheet["A5"].comment = Comment("beforerow{% for row in rows %}", "bench")
        sheet["A7"].comment = Comment("beforerow{% endfor %}", "bench")
    rule = DataValidation(type="whole", operator="between", formula1="0", formula2="1000")
    sheet.add_data_validation(rule)
    rule.add("D5:F5")
    sheet.conditional_formatting.add(
        "G5:G5", CellIsRule(operator="greaterThan", formula=["100"], fill=PatternFill("solid", bgColor="FF0000"))
    )
    book.save(path)


# Engines


def word_kitgen(folder: Path, level: int | None = None, fast: bool = False, name: str = "word.docx") -> Render:
    return _kitgen(folder / name, WORD_VALUES, level, fast)


def _kitgen(file: Path, values: dict[str, Any], level: int | None, fast: bool) -> Render:
    """kitgen as it is installed; with a level of zlib, or with isal, when asked. Other trees need only `render` for the first."""
    from kitgen.render import compile_template

    template = compile_template(file)
    if level is None and not fast:
        return lambda path: _write(path, template.render(values))
    from kitgen.render import DEFAULT_LEVEL
    from kitgen.render.package.deflate import quickest, with_zlib

    deflate = quickest() if fast else with_zlib
    if fast and deflate is with_zlib:
        raise SystemExit("isal is not installed")
    zlib_level = DEFAULT_LEVEL if level is None else level
    return lambda path: _write(path, template.render_parts(values).pack(level=zlib_level, deflate=deflate))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def floor(folder: Path, name: str, values: dict[str, Any], level: int | None = None) -> Render:
    """Deflate and write what kitgen made, and nothing else."""
    import zlib

    from kitgen.render import DEFAULT_LEVEL, compile_template

    template = compile_template(folder / name)
    parts = list(template.render_parts(values).parts.values())
    size = len(template.render(values))
    zlib_level = DEFAULT_LEVEL if level is None else level

    def render(path: Path) -> None:
        packed = []
        for part in parts:
            compressor = zlib.compressobj(zlib_level, zlib.DEFLATED, -15)
            packed.append(compressor.compress(part) + compressor.flush())
        data = b"".join(packed)
        path.write_bytes(data + bytes(max(0, size - len(data))))

    return render


def word_docxtpl(folder: Path, name: str = "word.docx") -> Render:
    from docxtpl import DocxTemplate

    def render(path: Path) -> None:
        template = DocxTemplate(folder / name)
        template.render(WORD_VALUES, autoescape=True)
        template.save(path)

    return render


def word_python_docx(folder: Path, name: str = "word.docx") -> Render:
    import docx

    return lambda path: docx.Document(str(folder / name)).save(str(path))


def word_mailmerge(folder: Path) -> Render:
    from mailmerge import MailMerge

    flat = {"scheme_title": "x", "scheme_number": "y", "assessor_name": "a", "candidate_name": "b", "date": "c",
            "unit_code": "d", "unit_title": "e", "assessor_registration": "f"}  # fmt: skip
    rows = [
        {"element_number": element["number"], "element_title": element["title"], "criterion_number": kuk["number"], "criterion_text": kuk["text"]}
        for element in UNIT["elements"] for kuk in element["criteria"]  # type: ignore[attr-defined,index]
    ]  # fmt: skip

    def render(path: Path) -> None:
        with MailMerge(str(folder / "merge.docx")) as document:
            document.merge(**flat)
            document.merge_rows("criterion_text", rows)
            document.write(str(path))

    return render


def excel_kitgen(folder: Path, level: int | None = None, fast: bool = False) -> Render:
    return _kitgen(folder / "excel.xlsx", EXCEL_VALUES, level, fast)


def excel_openpyxl(folder: Path) -> Render:
    """Load, fill by hand, save: what people write without an engine. Its formulas are set, its ranges are not grown."""
    import openpyxl

    def render(path: Path) -> None:
        book = openpyxl.load_workbook(folder / "plain.xlsx")
        sheet = book.active
        sheet["A1"] = EXCEL_VALUES["title"]
        for number, row in enumerate(EXCEL_VALUES["rows"], 5):
            texts = [
                row["no"],
                row["name"],
                row["code"],
                row["a"],
                row["b"],
                row["c"],
                f"=SUM(D{number}:F{number})",
                f"=G{number}/G$25",
                row["note"],
            ]
            for column, value in enumerate(texts, 1):
                sheet.cell(number, column, value)
        sheet["A25"], sheet["G25"] = "Jumlah", "=SUM(G5:G24)"
        book.save(path)

    return render


def excel_xlsxwriter(folder: Path) -> Render:
    import xlsxwriter

    del folder

    def render(path: Path) -> None:
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("Rekap")
        sheet.write("A1", EXCEL_VALUES["title"])
        sheet.write_row(2, 0, ["No", "Nama", "Kode", "A", "B", "C", "Jumlah", "Persen", "Catatan"])
        for number, row in enumerate(EXCEL_VALUES["rows"], 4):
            sheet.write_row(number, 0, [row["no"], row["name"], row["code"], row["a"], row["b"], row["c"]])
            sheet.write_formula(number, 6, f"=SUM(D{number + 1}:F{number + 1})")
            sheet.write_formula(number, 7, f"=G{number + 1}/G$25")
            sheet.write(number, 8, row["note"])
        sheet.write("A25", "Jumlah")
        sheet.write_formula("G25", "=SUM(G5:G24)")
        sheet.data_validation("D5:F24", {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 1000})
        sheet.conditional_format(
            "G5:G24",
            {"type": "cell", "criteria": ">", "value": 100, "format": book.add_format({"bg_color": "#FF0000"})},
        )
        book.close()

    return render


def excel_xltpl(folder: Path) -> Render:
    from xltpl.writerx import BookWriter

    writer = BookWriter(str(folder / "xltpl.xlsx"))

    def render(path: Path) -> None:
        writer.render_book([{**EXCEL_VALUES, "sheet_name": "Rekap"}])
        writer.save(str(path))

    return render


ENGINES: dict[str, dict[str, Callable[[Path], Render]]] = {
    "word": {
        "kitgen": word_kitgen,
        "kitgen, zlib 1": lambda folder: word_kitgen(folder, 1),
        "kitgen[fast] (isal)": lambda folder: word_kitgen(folder, fast=True),
        "floor": lambda folder: floor(folder, "word.docx", WORD_VALUES),
        "floor, zlib 1": lambda folder: floor(folder, "word.docx", WORD_VALUES, 1),
        "docxtpl": word_docxtpl,
        "docx-mailmerge2 (flat rows)": word_mailmerge,
        "python-docx load + save": word_python_docx,
    },
    "fat": {
        "kitgen": lambda folder: word_kitgen(folder, name="fat.docx"),
        "floor": lambda folder: floor(folder, "fat.docx", WORD_VALUES),
        "docxtpl": lambda folder: word_docxtpl(folder, "fat.docx"),
        "python-docx load + save": lambda folder: word_python_docx(folder, "fat.docx"),
    },
    "excel": {
        "kitgen": excel_kitgen,
        "kitgen, zlib 1": lambda folder: excel_kitgen(folder, 1),
        "kitgen[fast] (isal)": lambda folder: excel_kitgen(folder, fast=True),
        "floor": lambda folder: floor(folder, "excel.xlsx", EXCEL_VALUES),
        "floor, zlib 1": lambda folder: floor(folder, "excel.xlsx", EXCEL_VALUES, 1),
        "openpyxl load + fill + save": excel_openpyxl,
        "XlsxWriter from scratch": excel_xlsxwriter,
        "xltpl": excel_xltpl,
    },
}


def work(kind: str, engine: str, folder: Path, seconds: float) -> None:
    """One engine for a while; prints how many documents it made and how long that took."""
    render = ENGINES[kind][engine](folder)
    suffix = ".xlsx" if kind == "excel" else ".docx"
    with tempfile.TemporaryDirectory(dir=folder) as name:  # a new file each time, as a build makes them
        made = Path(name)
        render(made / f"first{suffix}")
        count, start = 0, time.perf_counter()
        least, batch = float("inf"), 25
        while (taken := time.perf_counter() - start) < seconds:
            before = time.process_time()
            for number in range(count, count + batch):
                render(made / f"{number}{suffix}")
            count += batch
            least = min(least, (time.process_time() - before) / batch)
    print(json.dumps([count, taken, least]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=list(ENGINES))
    parser.add_argument("--folder", type=Path, default=MEMORY if MEMORY.is_dir() else None)
    parser.add_argument("--against", type=Path, help="another tree of kitgen to measure beside this one")
    parser.add_argument("--worker", nargs=3, metavar=("KIND", "ENGINE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker[0], options.worker[1], Path(options.worker[2]), options.seconds)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        print(f"files are written to {options.folder or tempfile.gettempdir()}")
        word_template(folder / "word.docx")
        word_template(folder / "fat.docx", FORM)
        merge_template(folder / "merge.docx")
        excel_template(folder / "excel.xlsx", "{%tr for row in rows %}", "{%tr endfor %}")
        excel_template(folder / "xltpl.xlsx", "", "", notes=True)
        excel_template(folder / "plain.xlsx", "", "")
        for kind in [options.only] if options.only else ENGINES:
            if options.against:
                compare(kind, folder, options.seconds, options.rounds, options.against)
            else:
                measure(kind, folder, options.seconds, options.rounds)


def compare(kind: str, folder: Path, seconds: float, rounds: int, other: Path) -> None:
    """This tree and another one in turn: processor time for a document, the least of all rounds, and the ratio."""
    trees = {"this tree": Path(__file__).resolve().parent.parent, "the other": other.resolve()}
    best = dict.fromkeys(trees, float("inf"))
    for turn in range(rounds):
        for name in sorted(trees, reverse=turn % 2 == 1):
            command = [sys.executable, __file__, "--seconds", str(seconds), "--worker", kind, "kitgen", str(folder)]
            result = subprocess.run(
                command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(trees[name])}
            )
            if result.returncode != 0:
                raise SystemExit(f"{name} does not run:\n{result.stderr}")
            best[name] = min(best[name], json.loads(result.stdout.splitlines()[-1])[2])
    for name, cost in best.items():
        print(f"  {kind}, {name:<10} {cost * 1e6:8.0f} microseconds of processor a document")
    print(f"  {kind}: {100 * (best['this tree'] / best['the other'] - 1):+.1f} %")


def measure(kind: str, folder: Path, seconds: float, rounds: int) -> None:
    rates: dict[str, list[float]] = {engine: [] for engine in ENGINES[kind]}
    for _ in range(rounds):
        for engine, found in rates.items():
            command = [sys.executable, __file__, "--seconds", str(seconds), "--worker", kind, engine, str(folder)]
            result = subprocess.run(command, capture_output=True, text=True)
            if result.returncode == 0:
                count, taken, _ = json.loads(result.stdout.splitlines()[-1])
                found.append(count / taken)
    ours = statistics.median(rates["kitgen"])
    print(f"\n{kind}: documents a second ({rounds} rounds of {seconds:g} s)")
    for engine, found in rates.items():
        if not found:
            print(f"  {engine:<32} did not run (is it installed?)")
            continue
        rate = statistics.median(found)
        print(f"  {engine:<32} {rate:8.0f}   ({min(found):.0f} to {max(found):.0f})   kitgen = {ours / rate:6.2f} x")


if __name__ == "__main__":
    main()
