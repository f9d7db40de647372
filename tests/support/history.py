"""What may happen to a project between two builds, and what must hold afterwards: a full build equals a clean one.

`History` is a state machine for Hypothesis: `test_incremental` runs short histories of it, `bench/histories.py` long ones.
"""

import re
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

import openpyxl
import yaml
from event_books import at, keep_candidates, of_assessor, of_event, set_cells
from harness import ROOT, KitProject, W, dies, edit_by_hand, rewrite_parts
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from lxml import etree

from kitgen.documents.build.build import make_secret
from kitgen.documents.disk.document import SUFFIXES, find_document
from kitgen.documents.disk.index import INDEX_NAME
from kitgen.load.locate import find_project
from kitgen.render.package.package import read_package

CANDIDATES = 4
"""So many take part at first; two more may be added."""
WITHDRAWN = "_DITARIK"
"""In an event's folder: what became of documents nobody asks for any more. Not looked at by builds, nor here."""
UNITS = ("M.702090.001.01", "M.702090.003.01", "M.702090.008.01")
WITH_CUES = {"M.702090.008.01"}
"""Units whose criteria must each have a cue in the scenarios: none may be added."""
HAPPENINGS: list[Callable[["History", int], None]] = []


def happening(step: Callable[["History", int], None]) -> Any:
    """A step of a history; its number says to what it happens and how."""

    @wraps(step)
    def counted(self: "History", number: int) -> None:
        self.happened[step.__name__] += 1
        self.since_compared += 1
        step(self, number)
        self.follow()

    HAPPENINGS.append(counted)
    return rule(number=st.integers(0, 999))(counted)


def small_project(target: Path) -> KitProject:
    """A project that is quick to build: a form of each kind, three units, an event of four.

    Without the data in which every criterion must stand, so that criteria may come and go.
    """
    project = KitProject.copy_of(ROOT, target).one_form_of_each_kind("FR.IA.05C", "FR.IA.01")
    edition = project.edition
    shutil.copytree(ROOT / "events", target / "events")
    left_out = [*edition.glob("scenarios/[!K]*.yaml"), *edition.glob("scenarios/*-0[456].yaml")]
    left_out += [*map(edition.joinpath, ("methods.yaml", "papers.yaml", "stations.yaml"))]
    left_out += [path for path in edition.glob("questions/*.yaml") if path.stem not in UNITS]
    for path in left_out:
        path.unlink()
    for path in edition.glob("questions/*.yaml"):  # a question that goes may be named by another
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "apart_from:" not in line), "utf-8")
    scheme, tasks = read_yaml(edition / "scheme.yaml"), read_yaml(edition / "tasks.yaml")
    scheme["units"] = [unit for unit in scheme["units"] if unit["code"] in UNITS]
    for cluster in scheme["clusters"]:
        cluster["units"] = [code for code in cluster["units"] if code in UNITS]
    for task in tasks["tasks"]:
        task["parts"] = [part for part in task["parts"] if part["unit"] in UNITS]
    del tasks["activities"]
    write_yaml(edition / "scheme.yaml", scheme)
    write_yaml(edition / "tasks.yaml", tasks)
    keep_candidates(target / "events/contoh/jadwal.xlsx", CANDIDATES)
    make_secret(find_project(target), "contoh")
    return project


class History(RuleBasedStateMachine):
    """A project to which things happen. What people leave in `output/` is remembered, by path.

    `kept`: files they edited or put there; `typed`: words typed into workbooks; `saved`: files saved again, unchanged.
    """

    start: ClassVar[KitProject]
    """The built project each history begins with."""
    happened: ClassVar[Counter[str]] = Counter()
    """How often what happened, in all histories."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.start.root.parent))
        self.project = self.start.copy_to(self.folder / "proyek")
        self.output = self.project.root / "output"
        self.workbook = self.project.root / "events/contoh/jadwal.xlsx"
        self.scheme = read_yaml(self.project.edition / "scheme.yaml")
        self.forms = self.project.forms()
        self.declared = dict(self.forms)
        self.kept: dict[str, bytes] = {}
        self.typed: dict[str, set[str]] = {}
        self.saved: dict[str, bytes] = {}
        self.since_compared = 0

    def teardown(self) -> None:
        """The end of a history, unless it ended in a failure."""
        try:
            if sys.exc_info()[0] is None:
                self.equals_clean()
        finally:
            shutil.rmtree(self.folder)

    # Where things are

    def save(self) -> None:
        write_yaml(self.project.edition / "scheme.yaml", self.scheme)

    def unit(self, number: int) -> Any:
        return self.scheme["units"][number % len(self.scheme["units"])]

    def questions(self, number: int) -> tuple[Path, list[str]]:
        files = sorted(self.project.edition.glob("questions/*.yaml"))
        path = files[number % len(files)]
        return path, path.read_text("utf-8").splitlines()

    def documents(self, suffix: str = "") -> list[Path]:
        """Documents, and what people made of them; not what was withdrawn or set aside."""
        found = (path for path in self.output.rglob(f"*{suffix}") if path.suffix in SUFFIXES)
        found = (path for path in found if path.name[0] != "." and " (disunting" not in path.name)
        return sorted(path for path in found if WITHDRAWN not in path.parts)

    def a_document(self, number: int, suffix: str = "") -> Path | None:
        found = self.documents(suffix)
        return found[number % len(found)] if found else None

    def a_template(self, number: int, suffix: str) -> Path:
        found = sorted({entry["template"] for entry in self.declared.values() if entry["template"].endswith(suffix)})
        return self.project.root / "templates" / found[number % len(found)]

    def name(self, path: Path) -> str:
        return path.relative_to(self.output).as_posix()

    def forget(self, *paths: Path) -> None:
        """A person took these away or put something else there: what was left there before is no longer asked for."""
        for name in map(self.name, paths):
            self.kept.pop(name, None)
            self.typed.pop(name, None)
            self.saved.pop(name, None)

    def follow(self) -> None:
        """A build gives a document of a draft the name it has now, with whatever people made of it: so it is here."""
        for left in (self.kept, self.saved):
            for name in [name for name in left if not (self.output / name).exists()]:
                content, folder = left.pop(name), (self.output / name).parent
                beside = folder.glob(f"*{PurePosixPath(name).suffix}") if folder.is_dir() else ()
                moved = [path for path in beside if self.name(path) not in left and path.read_bytes() == content]
                if len(moved) == 1:
                    left[self.name(moved[0])] = content
                elif left is self.kept:
                    left[name] = content  # it is gone, which nobody asked for

    def candidate(self, number: int) -> int:
        return number % CANDIDATES + 1

    # What may happen to the scheme, the bank and the identity

    @happening
    def reword_a_criterion(self, number: int) -> None:
        elements = self.unit(number)["elements"]
        criteria = elements[number % len(elements)]["criteria"]
        criteria[number % len(criteria)]["text"] = f"Langkah ke-{number} & <lain> dicatat"
        self.save()

    @happening
    def retitle_a_unit(self, number: int) -> None:
        self.unit(number)["title"] = f"Judul {number}"
        self.save()

    @happening
    def add_a_criterion(self, number: int) -> None:
        if self.unit(number)["code"] not in WITH_CUES:
            element = self.unit(number)["elements"][-1]
            name = f"{element['number']}.{len(element['criteria']) + 1}"
            element["criteria"].append(_Added(number=name, text=f"Tambahan {number} dilakukan"))
            self.save()

    @happening
    def take_out_an_added_criterion(self, number: int) -> None:
        for unit in self.scheme["units"]:
            if isinstance(unit["elements"][-1]["criteria"][-1], _Added):
                unit["elements"][-1]["criteria"].pop()
                return self.save()

    @happening
    def number_the_scheme(self, number: int) -> None:
        self.scheme["number"] = f"SKM/{number}" if number % 3 else ""
        self.save()

    @happening
    def turn_a_cluster_round(self, number: int) -> None:
        clusters = [cluster for cluster in self.scheme["clusters"] if len(cluster["units"]) > 1]
        clusters[number % len(clusters)]["units"].reverse()
        self.save()

    @happening
    def reword_a_question(self, number: int) -> None:
        path, lines = self.questions(number)
        texts = [index for index, line in enumerate(lines) if line.startswith("    text:")]
        chosen = texts[number % len(texts)]
        lines[chosen] = re.sub(r'( \d+)?"$', f' {number}"', lines[chosen])
        path.write_text("\n".join(lines) + "\n", "utf-8")

    @happening
    def drop_a_question(self, number: int) -> None:
        path, lines = self.questions(number)
        starts = [*(index for index, line in enumerate(lines) if line.startswith("  - id:")), len(lines)]
        if len(starts) > 2:
            chosen = number % (len(starts) - 1)
            del lines[starts[chosen] : starts[chosen + 1]]
            path.write_text("\n".join(lines) + "\n", "utf-8")

    @happening
    def draw_by_another_seed(self, number: int) -> None:
        path = self.project.edition / "blueprint.yaml"
        path.write_text(
            re.sub(r'^seed: ".*"', f'seed: "{number % 5 + 1}"', path.read_text("utf-8"), flags=re.M), "utf-8"
        )

    @happening
    def retell_a_scenario(self, number: int) -> None:
        files = sorted(self.project.edition.glob("scenarios/*.yaml"))
        path = files[number % len(files)]
        path.write_text(
            re.sub(r'^title: ".*"', f'title: "Cerita {number}"', path.read_text("utf-8"), flags=re.M), "utf-8"
        )

    @happening
    def fill_in_the_identity(self, number: int) -> None:
        path = self.project.root / "scheme/identity.yaml"
        said = [{"name": f"LSP Contoh {number}"}, {"name": ""}, {"accent": "DCE6F1"}, {"accent": ""}, {"director": f"Pimpinan {number}"}, {"logo": ""}, {"logo": "logo-contoh.png"}]  # fmt: skip
        write_yaml(path, {**read_yaml(path), **said[number % len(said)]})

    @happening
    def print_on_other_paper(self, number: int) -> None:
        """This reaches every Word document."""
        path = self.project.root / "scheme/identity.yaml"
        told = read_yaml(path)
        write_yaml(path, {**told, "paper": "A4" if told["paper"] == "F4" else "F4"})

    # to the templates and their entries

    @happening
    def retitle_a_form(self, number: int) -> None:
        code = sorted(self.forms)[number % len(self.forms)]
        self.forms[code] = {**self.forms[code], "title": f"Judul formulir {number}"}
        self.project.write_forms(self.forms)

    @happening
    def take_a_form_out_or_bring_it_back(self, number: int) -> None:
        code = sorted(self.declared)[number % len(self.declared)]
        if code not in self.forms:
            self.forms[code] = self.declared[code]
        elif len(self.forms) > 1:
            del self.forms[code]
        self.project.write_forms(self.forms)

    @happening
    def reword_a_word_template(self, number: int) -> None:
        reword_template(self.a_template(number, ".docx"), number)

    @happening
    def reword_an_excel_template(self, number: int) -> None:
        reword_template(self.a_template(number, ".xlsx"), number)

    @happening
    def reword_a_shared_block(self, number: int) -> None:
        blocks = sorted((self.project.root / "templates/docx/blocks").glob("*.docx"))
        reword_template(blocks[number % len(blocks)], number)

    @happening
    def move_a_column(self, number: int) -> None:
        move_column(self.a_template(number, ".docx"), number)

    # to the event

    @happening
    def rename_a_candidate(self, number: int) -> None:
        set_cells(self.workbook, {at("name", self.candidate(number)): f"Asesi Baru {number % 5}"})

    @happening
    def withdraw_a_candidate_or_let_them_return(self, number: int) -> None:
        set_cells(self.workbook, {at("status", self.candidate(number)): "mundur" if number % 3 else "ikut"})

    @happening
    def add_a_candidate(self, number: int) -> None:
        new = CANDIDATES + 1 + number % 2
        set_cells(self.workbook, {at("number", new): new, at("name", new): f"Asesi Susulan {number % 3}"})

    @happening
    def move_a_candidate_to_an_assessor(self, number: int) -> None:
        set_cells(self.workbook, {at("assessor", self.candidate(number)): number % 3 or None})

    @happening
    def give_a_candidate_a_paper_or_background(self, number: int) -> None:
        key, value = [("paper", "A"), ("paper", "C"), ("paper", None), ("background", 4), ("background", None),
                      ("scenarios", "KEL-02"), ("scenarios", None)][number % 7]  # fmt: skip
        set_cells(self.workbook, {at(key, self.candidate(number)): value})

    @happening
    def replace_an_assessor(self, number: int) -> None:
        set_cells(self.workbook, {of_assessor("name", 1 + number % 2): f"Asesor Pengganti {number % 4}"})

    @happening
    def move_the_event(self, number: int) -> None:
        day = datetime(2026, 3, 2 + number % 20)
        set_cells(self.workbook, {of_event("start_date"): day, of_event("end_date"): day})

    @happening
    def spare_a_paper_or_a_scenario(self, number: int) -> None:
        cell = ("B4", "B5", "F3", "F4", "F5")[number % 5]
        set_cells(self.workbook, {f"Pilihan!{cell}": "tidak" if number % 2 else "ya"})

    # to documents

    @happening
    def delete_a_document(self, number: int) -> None:
        path = self.a_document(number)
        if path is not None:
            path.unlink()
            self.forget(path)

    @happening
    def delete_a_folder(self, number: int) -> None:
        folders = sorted(path for path in self.output.rglob("*") if path.is_dir() and WITHDRAWN not in path.parts)
        if folders:
            folder = folders[number % len(folders)]
            self.forget(*folder.rglob("*"))
            shutil.rmtree(folder)

    @happening
    def edit_a_document(self, number: int) -> None:
        path = self.a_document(number, ".docx")
        if path is not None and _is_whole(path):
            edit_by_hand(path, "<w:body>", f"<w:body><w:p><w:r><w:t>Catatan {number}</w:t></w:r></w:p>")
            self.forget(path)
            self.kept[self.name(path)] = path.read_bytes()

    @happening
    def save_a_document_again(self, number: int) -> None:
        path = self.a_document(number)
        if path is not None and _is_whole(path):
            rewrite_parts(path, lambda _, content: content)
            if self.name(path) in self.kept:
                self.kept[self.name(path)] = path.read_bytes()
            else:
                self.saved[self.name(path)] = path.read_bytes()

    @happening
    def type_into_a_workbook(self, number: int) -> None:
        path = self.a_document(number, "Lembar Skor*.xlsx")
        if path is not None and self.name(path) not in self.kept:
            book, word = openpyxl.load_workbook(path), f"tanda{number}"
            free = [cell for cell in book["Skor"][8] if not cell.protection.locked]  # no other can be typed into
            if not free:
                return
            free[number % len(free)].value = word
            words = {str(cell.value) for row in book["Skor"].iter_rows(min_row=8) for cell in row}
            book.save(path)
            before = self.typed.get(self.name(path), set())
            self.typed[self.name(path)] = {each for each in before if each in words} | {word}

    @happening
    def put_a_file_of_ones_own_there(self, number: int) -> None:
        """In a document's place, or beside it under a name of its own."""
        path = self.a_document(number)
        if path is not None:
            if number % 2:
                path = path.with_name(f"Catatan {number}{('.docx', '.xlsx', '.txt')[number % 3]}")
            path.write_bytes(f"bukan dokumen {number}".encode())
            self.forget(path)
            self.kept[self.name(path)] = path.read_bytes()

    @happening
    def copy_or_rename_a_document(self, number: int) -> None:
        """A copy that was not edited is an orphan, which builds remove."""
        path = self.a_document(number)
        if path is not None and not {self.name(path)} & {*self.kept, *self.typed}:
            target = path.with_name(f"Salinan {path.name}")
            self.forget(path, target)
            if number % 2:
                path.replace(target)
            else:
                shutil.copy2(path, target)

    @happening
    def swap_an_edited_document_for_the_new_one(self, number: int) -> None:
        there = sorted(name for name in self.kept if PurePosixPath(name).suffix in SUFFIXES)
        if there:
            name = there[number % len(there)]
            event = ["--event", "contoh"] if name.startswith("Jadwal/") else []
            if self.project.states(*event, *(["--names"] if event else [])).get(name) in ("edited", "foreign"):
                self.project.build(*event, "--replace", name)
                content = self.kept.pop(name)
                (aside,) = (path for path in _beside(self.output / name, "disunting") if path.read_bytes() == content)
                self.kept[self.name(aside)] = content

    @happening
    def leave_half_a_file(self, number: int) -> None:
        path = self.a_document(number)
        if path is not None:
            path.with_name(f".kitgen-{path.name}").write_bytes(b"PK\x03\x04 setengah")

    @happening
    def lose_an_index(self, number: int) -> None:
        found = sorted(self.output.rglob(INDEX_NAME))
        if found:
            path = found[number // 2 % len(found)]
            if number % 2:
                path.unlink()
            else:
                path.write_bytes(path.read_bytes()[: number % 500])

    # Builds of parts, and builds that do not end

    @happening
    def build_one_unit(self, number: int) -> None:
        self.project.build("--unit", self.unit(number)["code"])

    @happening
    def build_one_form(self, number: int) -> None:
        self.project.build("--form", sorted(self.forms)[number % len(self.forms)])

    @happening
    def build_one_form_of_the_event(self, number: int) -> None:
        self.project.build("--event", "contoh", "--form", sorted(self.forms)[number % len(self.forms)])

    @happening
    def build_the_kits(self, number: int) -> None:
        self.project.build()

    @happening
    def build_the_event(self, number: int) -> None:
        self.project.build("--event", "contoh")

    @happening
    def kill_a_build(self, number: int) -> None:
        dies(self.project, 1 + number // 2 % 60, *(("--event", "contoh") if number % 2 else ()))

    # What must hold

    @precondition(lambda self: self.since_compared >= 8)
    @rule()
    def equals_clean(self) -> None:
        """A full build gives what a clean one gives, but for what people left there; then nothing is left to do."""
        self.happened["equals_clean"] += 1
        self.since_compared = 0
        self.project.build().build("--event", "contoh")
        self.follow()
        clean = self.project.copy_to(self.folder / "bersih")
        shutil.rmtree(clean.root / "output")
        clean.build().build("--event", "contoh")
        try:
            self._is_as_left()
            self._is_as_made_anew(clean.root / "output")
        finally:
            shutil.rmtree(clean.root)
        self.project.run("plan", "--check").run("plan", "--all", "--check").run("plan", "--event", "contoh", "--check")

    def _is_as_left(self) -> None:
        """What people edited or put there is there to the byte; what they typed still stands in some workbook."""
        for name, content in self.kept.items():
            assert (self.output / name).read_bytes() == content, f"{name} is not as it was left"
        for name, words in self.typed.items():
            path = self.output / name
            texts = {text for each in (path, *_beside(path, "disunting")) for text in _cells(each)}
            assert words <= texts, f"{words - texts} typed into {name} is gone"

    def _is_as_made_anew(self, clean: Path) -> None:
        withdrawn = [path for path in self.output.rglob("*") if WITHDRAWN in path.parts and path.is_file()]
        assert all(path.suffix in SUFFIXES for path in withdrawn), withdrawn
        files = {self.name(path): path for path in self.output.rglob("*") if path.is_file() and path not in withdrawn}
        theirs = {*self.kept, *self.typed}
        asides = {name for name in files if " (disunting" in name and name not in theirs}
        assert all("Lembar Skor" in name for name in asides), asides  # the old workbook, where a cell found no place
        newest = {name for name in files if name not in theirs | asides and " (terbaru" in name}
        for name in newest:
            base = re.sub(r" \(terbaru( \d+)?\)(?=\.\w+$)", "", name)
            assert base in theirs, f"{name} stands beside nothing a person changed"
            assert _is_same(files[name], clean / base, name in self.saved), f"{name} is not what a clean build makes"
        for name in theirs:
            if (clean / name).is_file():
                new = find_document(clean / name)
                stood = map(find_document, (self.output / name, *_beside(self.output / name, "terbaru")))
                assert new and new.record and any(
                    found and found.record and found.record.digest == new.record.digest for found in stood
                ), f"neither {name} nor a file beside it is the new one"  # fmt: skip
        made = {name for name in files if name not in {*theirs, *asides, *newest}}
        wanted = {path.relative_to(clean).as_posix() for path in clean.rglob("*") if path.is_file()}
        assert made == wanted - theirs, f"too many: {made - wanted}; missing: {wanted - theirs - made}"
        told = bool(theirs | asides | newest | self.saved.keys())  # then an index may tell of them
        for name in made:
            if not (told and name.endswith(f"/{INDEX_NAME}")):
                assert _is_same(files[name], clean / name, name in self.saved), (
                    f"{name} is not what a clean build makes"
                )


def _is_same(path: Path, other: Path, saved_again: bool) -> bool:
    """Whether two files are equal; one that was saved again, in its parts."""
    return path.read_bytes() == other.read_bytes() or (saved_again and _parts(path) == _parts(other))


def _parts(path: Path) -> dict[str, bytes]:
    return {name: part.content() for name, part in read_package(path.read_bytes(), path.name).items()}


def _is_whole(path: Path) -> bool:
    return path.is_file() and zipfile.is_zipfile(path)


def _beside(path: Path, word: str) -> list[Path]:
    """The files beside one that are marked so."""
    return [
        each
        for each in path.parent.glob("*")
        if each.name.startswith(f"{path.stem} ({word}") and each.suffix == path.suffix
    ]


def _cells(path: Path) -> Iterator[str]:
    if not _is_whole(path):
        return
    book = openpyxl.load_workbook(path)
    yield from (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def reword_template(path: Path, number: int) -> None:
    """Change one of the texts of a template that hold no tag."""

    def change(name: str, content: bytes) -> bytes:
        if name not in ("word/document.xml", "xl/sharedStrings.xml"):
            return content
        tree = etree.fromstring(content)
        space = tree.nsmap.get("w") or tree.nsmap[None]
        whole = tree.iter(f"{{{space}}}p", f"{{{space}}}si")
        plain = [each for each in whole if "{" not in "".join(each.itertext())]
        texts = [text for each in plain for text in each.iter(f"{{{space}}}t") if re.search("[a-z]", text.text or "")]
        if texts:
            chosen = texts[number % len(texts)]
            chosen.text = f"{re.sub(r' [0-9]+$', '', chosen.text or '')} {number}"
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    rewrite_parts(path, change)


def move_column(path: Path, number: int = 0) -> None:
    """In one table of a Word template, the first two columns change places, heads and all."""

    def change(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        tree = etree.fromstring(content)
        tables = [rows for table in tree.iter(f"{W}tbl") if _may_swap(table) and (rows := list(_swapped(table)))]
        for first, second in tables[number % len(tables)] if tables else ():
            first.addprevious(second)
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    rewrite_parts(path, change)


def _may_swap(table: Any) -> bool:
    """A cell merged over rows would lose the row it begins in, where that row stays as it is."""
    return table.find(f".//{W}vMerge") is None


def _swapped(table: Any) -> Iterator[tuple[Any, Any]]:
    """The first two cells of each row in which each of them is one column wide."""
    for row in table.iterchildren(f"{W}tr"):
        cells = row.findall(f"{W}tc")[:2]
        if len(cells) == 2 and all(cell.find(f"{W}tcPr/{W}gridSpan") is None for cell in cells):
            yield cells[0], cells[1]


class _Added(dict[str, str]):
    """A criterion a step added, which another may take out."""


class _Plain(yaml.SafeDumper):
    """Writes equal lists twice rather than once with an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Plain.add_representer(_Added, lambda dumper, data: dumper.represent_dict(data))


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def write_yaml(path: Path, content: object) -> None:
    text = yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, "utf-8")
