"""The table candidate x instrument x unit, read from finished files and from the data by hand: nothing of kitgen in it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
import yaml

CODE = re.compile(r"[A-Z]\.\d{6}\.\d{3}\.\d{2}")
FORM = re.compile(r"^\d\d[a-z]? (FR\.IA\.\d\d[AB]?)")
ALONE = ("FR.IA.04A", "FR.IA.04B")
"""Codes whose letter is part of the instrument's; in all others it tells question sheet, key and answer sheet."""

Table = set[tuple[int, str, str]]
"""Candidate, instrument, unit code; for a booklet of a written test `KP n` in the unit's place."""


def read_table(event: Path) -> Table:
    """What lies in the candidates' folders of an event, by what stands on the pages."""
    return set(_rows(event))


def _rows(event: Path) -> Iterator[tuple[int, str, str]]:
    for path in sorted(event.rglob("*.docx")):
        found, form = re.match(r"(\d\d) Asesi", path.parent.name), FORM.match(path.name)
        if found is None or form is None or "_DITARIK" in path.parts:
            continue
        instrument = form[1] if form[1] in ALONE else form[1].rstrip("ABC")
        booklet = re.search(r"KP \d+", path.stem)
        for unit in [booklet[0]] if booklet else sorted(set(CODE.findall(words_of(path)))):
            yield int(found[1]), instrument, unit


def words_of(path: Path) -> str:
    """All words of a Word file, those of tables and content controls too."""
    body = docx.Document(str(path)).element.body
    return " ".join(each.text or "" for each in body.iter() if each.tag.endswith("}t"))


def wanted_table(methods: Mapping[str, Any], scheme: Mapping[str, Any], candidates: Mapping[int, "Wish"]) -> Table:
    """What FR.MAPA.02 and what was agreed with each candidate ask for, worked out from the YAML as it is written."""
    units = {each["number"]: each["units"] for each in scheme["clusters"]}
    essays = {
        each["unit"]
        for each in methods["units"]
        if any("written" in (row["primary"], *row.get("reserves", ())) for row in each["criteria"])
    }
    found: Table = set()
    for number, wish in candidates.items():
        for cluster in methods["clusters"]:
            place = cluster["cluster"]
            background = wish.get("clusters", {}).get(place, wish["background"])
            forms = {each["form"] for each in cluster["instruments"] if background in each["backgrounds"]}
            forms |= {form for at, form in wish.get("added", ()) if at == place}
            forms -= {form for at, form in wish.get("left_out", ()) if at == place}
            for form in forms:
                if form == "FR.IA.05" or (form == "FR.IA.06" and essays & set(units[place])):
                    found.add((number, form, f"KP {place}"))
                elif form != "FR.IA.06":
                    found |= {(number, form, unit) for unit in units[place]}
    return found


Wish = Mapping[str, Any]
"""`background`, and if agreed: `clusters` (number to background), `added`, `left_out` (pairs of cluster and form)."""


def written(folder: Path, name: str) -> Any:
    """A YAML file of an edition as it is written."""
    return yaml.safe_load((folder / name).read_text("utf-8"))


def wishes_of(workbook: Path) -> dict[int, Wish]:
    """The backgrounds typed into the workbook of an event, of those who take part."""
    sheet = openpyxl.load_workbook(workbook)["Asesi"]
    heads = {str(cell.value): cell.column for cell in sheet[2]}
    found: dict[int, Wish] = {}
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, 2).value and sheet.cell(row, heads["Status"]).value != "mundur":
            found[int(sheet.cell(row, 1).value)] = {
                "background": int(sheet.cell(row, heads["Latar belakang (1-5)"]).value)
            }
    return found
