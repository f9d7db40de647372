"""Made-up schemes as LSPs have them: decrees as text and as PDFs of several makers, Word and Excel files, forms."""

import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from published_pages import Units

_ACTS = (
    "Alat dipilih dengan cara yang sesuai",
    "Bahan diperiksa terhadap daftar kebutuhan yang ditetapkan oleh penanggung jawab ruang kerja",
    "Permukaan dibersihkan sesuai urutan langkah dari bagian atas ke bagian bawah",
    "Hasil dicatat dalam lembar kendali",
    "Alat-alat disimpan di tempatnya menurut jenis dan ukurannya",
)
_STEPS = ("Menyiapkan alat dan bahan kerja", "Melaksanakan pekerjaan menurut instruksi tertulis", "Melaporkan hasil")


def made_units(count: int = 3, criteria: int = 3) -> Units:
    """Units with two or three elements; texts of one line and of several, one of ten criteria and more."""
    units: Units = []
    for unit in range(1, count + 1):
        elements = []
        for element in range(1, 3 + unit % 2):
            many = 11 if unit == 2 and element == 1 else criteria + (unit + element) % 2
            texts = [f"{_ACTS[(unit + element + at) % 5]} ke-{at}" for at in range(1, many + 1)]
            numbered = [(f"{element}.{at}", text) for at, text in enumerate(texts, start=1)]
            elements.append((str(element), f"{_STEPS[element - 1]} {unit}", numbered))
        units.append((f"X.00ABC00.{unit:03d}.1", f"Membersihkan Ruang Kerja Bagian {unit}", elements))
    return units


SECTIONS = (
    "BATASAN VARIABEL",
    "1. Konteks variabel",
    "1.1 Unit ini berlaku untuk ruang kerja di dalam gedung.",
    "2. Peralatan dan perlengkapan",
    "2.1 Kain dan sikat",
    "PANDUAN PENILAIAN",
    "1. Konteks penilaian",
    "1.1 Penilaian dilakukan di tempat kerja atau di tempat uji.",
    "5. Aspek kritis",
    "5.1 Ketelitian memeriksa permukaan",
)


@dataclass(frozen=True)
class Row:
    """One line of a decree: texts with the places (in points from the left) where they begin."""

    texts: tuple[tuple[float, str], ...]


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def decree_rows(units: Units, left: float = 72, criteria: float = 230, width: int = 44, clusters: int = 0) -> list[Row]:
    """A decree line by line: preamble, list of units, and for each unit labels, table and sections."""
    rows = [Row(((left + 60, "KEPUTUSAN MENTERI KETENAGAKERJAAN"),)), Row(((left + 90, "NOMOR 77 TAHUN 2031"),))]
    rows += [Row(((left, "1. Bahwa untuk melaksanakan ketentuan pasal 1.2 perlu ditetapkan"),)), Row(())]
    rows += [Row(((left, "NO"), (left + 30, "KODE UNIT"), (left + 150, "JUDUL UNIT KOMPETENSI")))]
    for number, (code, title, _) in enumerate(units, start=1):
        if clusters and number % clusters == 1:
            rows.append(Row(((left, f"Kelompok Pekerjaan {number // clusters + 1}"),)))
        rows.append(Row(((left, f"{number}."), (left + 30, code), (left + 150, title))))
    for code, title, elements in units:
        rows += [Row(()), *_label(left, "KODE UNIT", code), *_label(left, "JUDUL UNIT", title)]
        rows += _label(
            left,
            "DESKRIPSI UNIT",
            f"Unit ini berhubungan dengan pengetahuan, keterampilan, dan sikap kerja untuk {title.lower()}.",
        )
        rows += [Row(((left + 20, "ELEMEN KOMPETENSI"), (criteria + 40, "KRITERIA UNJUK KERJA")))]
        for number, name, texts in elements:
            lefts = _wrapped(f"{number}. {name}", 22)
            rights = [line for each, text in texts for line in _hanging(each, text, width)]
            for at in range(max(len(lefts), len(rights))):
                cells: list[tuple[float, str]] = []
                if at < len(lefts):
                    cells.append((left + (0 if at == 0 else 14), lefts[at]))
                if at < len(rights):
                    cells.append((criteria + rights[at][0], rights[at][1]))
                rows.append(Row(tuple(cells)))
        rows += [Row(((left, line),)) for line in SECTIONS]
    return rows


def _label(left: float, name: str, value: str) -> list[Row]:
    first, *rest = _wrapped(value, 50)
    return [Row(((left, name), (left + 110, f": {first}"))), *(Row(((left + 117, line),)) for line in rest)]


def _hanging(number: str, text: str, width: int) -> list[tuple[float, str]]:
    first, *rest = _wrapped(text, width)
    return [(0.0, f"{number} {first}"), *((22.0, line) for line in rest)]


def decree_text(units: Units, clusters: int = 0) -> str:
    """The decree as a program makes text of it: columns shown by blanks, pages with numbers, form feeds.

    `clusters`: so many units stand in each Kelompok Pekerjaan of its list.
    """
    lines: list[str] = []
    for position, row in enumerate(decree_rows(units, clusters=clusters)):
        line = ""
        for start, text in row.texts:
            line = line.ljust(int(start / 5.2)) + text
        lines.append(line)
        if position % 40 == 39:
            lines += ["", f"{'':38}{position // 40 + 1}", "\fPeraturan contoh yang tidak berlaku"]
    return "\n".join(lines)


def decree_pdf(
    units: Units, *, spread: bool = False, turned: str = "", halves: bool = False, rows: Sequence[Row] | None = None
) -> bytes:
    """The decree as a PDF, written here glyph by glyph.

    `spread`: every glyph is placed by itself, and no blank is written. `turned`: `page` (the page is turned by its
    entry) or `text` (its content is). `halves`: pages of two columns of text, each with its own tables.
    """
    all_rows = list(rows if rows is not None else (decree_rows(units, 40, 200, 26) if halves else decree_rows(units)))
    most = 46
    chunks = [all_rows[at : at + most] for at in range(0, len(all_rows), most)]
    pages: list[str] = []
    width = 842 if halves else 595
    while chunks:
        content = [
            "BT /F1 8 Tf 1 0 0 1 60 560 Tm (Lampiran contoh) Tj ET"
            if halves
            else "BT /F1 8 Tf 1 0 0 1 60 815 Tm (Lampiran contoh) Tj ET"
        ]
        for side in range(2 if halves else 1):
            top = 540 if halves else 790
            for at, row in enumerate(chunks.pop(0) if chunks else ()):
                for start, text in row.texts:
                    place = start * (0.75 if halves else 1) + side * 400
                    content.append(
                        _shown(place, top - at * (11 if halves else 15.5), text, 7 if halves else 10, spread)
                    )
        content.append(f"BT /F1 8 Tf 1 0 0 1 {width / 2:.0f} 25 Tm ({len(pages) + 1}) Tj ET")
        pages.append("\n".join(content))
    height = 595 if halves else 842
    return _pdf(pages, width, height, turned)


def _shown(x: float, y: float, text: str, size: float, spread: bool) -> str:
    if not spread:
        return f"BT /F1 {size} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm ({_escaped(text)}) Tj ET"
    placed = [
        f"BT /F2 {size} Tf 1 0 0 1 {x + at * 0.52 * size:.2f} {y:.1f} Tm ({_escaped(letter)}) Tj ET"
        for at, letter in enumerate(text)
        if letter != " "
    ]
    return "\n".join(placed)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf(pages: Sequence[str], width: int, height: int, turned: str) -> bytes:
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>")
    kids = []
    for page in pages:
        content = page
        box, entry = f"[0 0 {width} {height}]", ""
        if turned:  # the content lies on its side
            content = f"q 0 1 -1 0 {height} 0 cm\n{page}\nQ"
            box = f"[0 0 {height} {width}]"
            entry = "/Rotate 90" if turned == "page" else ""
        stream = content.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} {entry} /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def word_file(units: Units, *, counts: bool = False, one_table: bool = False) -> bytes:
    """The units as a Word file. `counts`: Word numbers elements and criteria by itself. `one_table`: all in one table."""
    from docx import Document

    document = Document()
    number = _counting_list(document) if counts else (lambda paragraph, level: None)
    table: Any = None
    for code, title, elements in units:
        if one_table:
            table = table or document.add_table(rows=0, cols=2)
            for label, value in (("Kode Unit", code), ("Judul Unit", title), ("Elemen", "Kriteria Unjuk Kerja")):
                cells = table.add_row().cells
                cells[0].text, cells[1].text = label, value if label == "Elemen" else f": {value}"
        else:
            document.add_paragraph(f"Kode Unit\t: {code}")
            document.add_paragraph(f"Judul Unit\t: {title}")
            table = document.add_table(rows=1, cols=2)
            table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Elemen Kompetensi", "Kriteria Unjuk Kerja"
        for each, name, texts in elements:
            row = table.add_row().cells
            row[0].text = name if counts else f"{each}. {name}"
            number(row[0].paragraphs[0], 0)
            for at, (criterion, text) in enumerate(texts):
                paragraph = row[1].paragraphs[0] if at == 0 else row[1].add_paragraph()
                paragraph.text = text if counts else f"{criterion} {text}"
                number(paragraph, 1)
        if not one_table:
            for line in SECTIONS:
                document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _counting_list(document: Any) -> Callable[[Any, int], None]:
    """A list of two levels, `1.` and `1.1`, and the function that puts a paragraph into it."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    root = document.part.numbering_part.element
    root.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    state = {"number": 77}

    def put(paragraph: Any, level: int) -> None:
        if level == 0 and not paragraph.text.rpartition(" ")[2].isdecimal():
            raise AssertionError("elements of made-up units end with a number")
        if level == 0 and paragraph.text.startswith(_STEPS[0]):
            state["number"] += 1
            root.append(parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{state["number"]}"><w:abstractNumId w:val="77"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            ))  # fmt: skip
        properties = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{state["number"]}"/></w:numPr>'
        ))  # fmt: skip

    return put


def workbook(units: Units, *, merged: bool = True, sheets: bool = False) -> bytes:
    """The units as a flat list in Excel, cells over several rows merged; or a sheet for each unit."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    heading = ["No", "Kode Unit", "Judul Unit", "Elemen Kompetensi", "Kriteria Unjuk Kerja", "Standar"]
    if not sheets:
        sheet.append(["Daftar unit dan KUK"])
        sheet.append(heading)
    row = 3
    for number, (code, title, elements) in enumerate(units, start=1):
        if sheets:
            sheet = sheet if number == 1 else book.create_sheet()
            sheet.title = f"Unit {number}"
            for line in (["Kode Unit", code], ["Judul Unit", title], ["Elemen", "KUK"]):
                sheet.append(line)
            row = 4
        first = row
        for each, name, texts in elements:
            begin = row
            for at, (criterion, text) in enumerate(texts):
                left = [number, code, title, f"{each}. {name}"] if not at else [None] * 4
                values = [*left, f"{criterion} {text}", "SKKNI 77"] if not sheets else [left[3], f"{criterion} {text}"]
                for column, value in enumerate(values, start=1):
                    sheet.cell(row, column, value)
                row += 1
            if merged and row - begin > 1:
                column = 1 if sheets else 4
                sheet.merge_cells(start_row=begin, end_row=row - 1, start_column=column, end_column=column)
        if merged and not sheets:
            for column in (1, 2, 3):
                for below in range(first + 1, row):
                    sheet.cell(below, column).value = None
                sheet.merge_cells(start_row=first, end_row=row - 1, start_column=column, end_column=column)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
