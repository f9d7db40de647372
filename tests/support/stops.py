"""Every command that writes, stopped at a change of the disk in one of several ways, then run again."""

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import openpyxl
import yaml
from click.testing import CliRunner
from fake_office import FakeOffice
from harness import ROOT, SLUG, KitProject, accept_questions, edit_by_hand, paragraphs, tree_digests, word_template

from kitgen.cli import cli
from kitgen.documents.disk import files
from kitgen.documents.kept.keep import KEPT_FILES

Way = Literal["killed", "half", "full", "ctrl-c"]
WAYS: tuple[Way, ...] = ("killed", "half", "full", "ctrl-c")
NAME = "contoh"
SECRET = f"{'5a' * 32}\n"
STOPPED = {"full": 1, "ctrl-c": 130}


@dataclass(frozen=True)
class Case:
    """A command, what is done before it, and what of its results differs from run to run."""

    arguments: tuple[str, ...]
    prepare: Callable[[KitProject], object] = lambda project: None
    changing: tuple[str, ...] = ()
    is_act: bool = False
    """Run again it is done again, as a page is printed once more: no half file and nothing aside is all there is to ask."""


def event_built(project: KitProject) -> None:
    (project.root / "events" / NAME / "kunci-kode-dokumen.txt").write_text(SECRET, "ascii")
    project.build("--event", NAME)


def releasable(project: KitProject) -> None:
    """Every fact the LSP owes is there, and every question accepted."""
    path = project.edition / "scheme.yaml"
    scheme = yaml.safe_load(path.read_text("utf-8"))
    scheme |= {
        "number": "SKM-01",
        "kind": "Okupasi",
        "basic_requirements": ["SMA"],
        "administrative_requirements": ["KTP"],
    }
    for unit in scheme["units"]:
        unit["standard"] = "SKKNI 1"
    for cluster in scheme["clusters"]:
        cluster.pop("status", None)
    path.write_text(yaml.safe_dump(scheme, allow_unicode=True, sort_keys=False), "utf-8")
    identity = project.root / "scheme" / "identity.yaml"
    text = identity.read_text("utf-8")
    for key in ("name", "licence", "address"):
        text = text.replace(f"\n{key}:", f'\n{key}: "Isian {key}"', 1)
    identity.write_text(text, "utf-8")
    accept_questions(project.edition)


def released(project: KitProject) -> None:
    """Edition 2024 is released, and a block of its templates has one full stop more since."""
    releasable(project)
    project.build().run("edition", "release", SLUG, "2024", "--date", "2025-03-01")
    scheme = project.root / "templates" / "forms.yaml"
    scheme.write_text(scheme.read_text("utf-8").replace('title: "Ceklis', 'title: "Daftar Ceklis'), "utf-8")


def followed(project: KitProject) -> None:
    next_edition(project)
    project.run("edition", "follow", SLUG, "2031")


def of_an_older_kitgen(project: KitProject) -> None:
    """A delivered event that keeps no record of what it was made with."""
    delivered(project)
    for name in KEPT_FILES:
        (project.root / "events" / NAME / name).unlink(missing_ok=True)


def with_secret(project: KitProject) -> None:
    (project.root / "events" / NAME / "kunci-kode-dokumen.txt").write_text(SECRET, "ascii")


def delivered(project: KitProject) -> None:
    event_built(project)
    project.run("event", "deliver", NAME)


def delivered_and_changed(project: KitProject) -> None:
    delivered(project)
    book = project.root / "events" / NAME / "jadwal.xlsx"
    workbook = openpyxl.load_workbook(book)
    for row in workbook["Asesi"].iter_rows(min_row=4, max_row=6):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("Asesi"):
                cell.value = f"{cell.value} Baru"
    workbook.save(book)


def results_typed(project: KitProject) -> None:
    whole = KitProject(ROOT).forms()
    project.write_forms({**project.forms(), "Rekap Jadwal": whole["Rekap Jadwal"]})
    event_built(project)
    recap = next((project.root / "output/Jadwal" / NAME).rglob("*Rekap*.xlsx"), None)
    if recap is None:
        return
    workbook = openpyxl.load_workbook(recap)
    for row in range(12, 16):
        for column in "DEF":
            workbook.worksheets[0][f"{column}{row}"] = "K"
    workbook.save(recap)


def stale(project: KitProject) -> None:
    """An output with stale, orphaned and missing files."""
    entries = project.forms()
    project.write_forms({**entries, "FR.ZZ.99": {**next(iter(entries.values())), "number": "99"}}).build()
    project.write_forms(entries).edit_scheme("title: Tenaga", "title: Lain Tenaga")
    shutil.rmtree(project.output / "Skema Lengkap")


def typed(project: KitProject) -> None:
    """A document in which a person wrote the number of the scheme."""
    project.build()
    for path in sorted(project.output.rglob("*.docx")):
        if "[nomor skema]" in project.text(path.relative_to(project.root / "output").as_posix()):
            edit_by_hand(path, "[nomor skema]", "SKM/007")
            return


def next_edition(project: KitProject) -> None:
    project.run("edition", "new", SLUG, "2031")
    path = project.edition.with_name("2031") / "scheme.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "Segmentasi perusahaan diuraikan", "Segmentasi perusahaan diuraikan dengan jelas"
        ),
        "utf-8",
    )


def exported(project: KitProject) -> None:
    project.run("bank", "export", str(project.root / "bank.xlsx"))
    workbook = openpyxl.load_workbook(project.root / "bank.xlsx")
    for sheet in workbook.worksheets[:3]:
        for row in sheet.iter_rows(min_row=2, max_row=30):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.endswith("?"):
                    cell.value = f"{cell.value[:-1]} itu?"
    workbook.save(project.root / "bank.xlsx")


def only_its_units(project: KitProject) -> None:
    """An edition of which nothing but its scheme is there."""
    for path in sorted(project.edition.iterdir()):
        if path.name != "scheme.yaml":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def scheme_typed(project: KitProject) -> None:
    """A workbook of the scheme in which a fact was filled in."""
    project.run("scheme", "export", str(project.root / "skema.xlsx"))
    workbook = openpyxl.load_workbook(project.root / "skema.xlsx")
    sheet = workbook["LSP"]
    row = next(row for row in sheet.iter_rows() if any("Nama" in str(cell.value) for cell in row))
    row[1].value = "LSP Contoh"
    workbook.save(project.root / "skema.xlsx")


def archived(project: KitProject) -> None:
    project.run("archive", str(project.root / "arsip.zip"))


def letter(project: KitProject) -> None:
    word_template(project.root, paragraphs("Yth. {{ nama }}"), "surat.docx")
    (project.root / "data.json").write_text('[{"nama": "Ani"}, {"nama": "Budi"}, {"nama": "Cici"}]', "utf-8")


def without_own_template(project: KitProject) -> None:
    (project.root / "templates/docx/FR.IA.01.docx").unlink()


def without_own_templates(project: KitProject) -> None:
    shutil.rmtree(project.root / "templates")


def with_own_template(project: KitProject) -> None:
    edit_by_hand(project.root / "templates/docx/FR.IA.01.docx", "CEKLIS", "LEMBAR")


def page(project: KitProject) -> None:
    shutil.copy(Path(__file__).parents[1] / "fixtures" / "published-page.txt", project.root / "halaman.txt")


CASES = {
    "build": Case(("build",)),
    "build over an output": Case(("build",), stale),
    "build --event": Case(("build", "--event", NAME), with_secret),
    "build --event over an output": Case(("build", "--event", NAME), delivered_and_changed),
    "build --pdf": Case(("build", "--pdf", "--jobs", "1", "--form", "FR.IA.01"), changing=(".pdf",)),
    "kurang": Case(("kurang", "--docx", "{root}/output/kurang.docx")),
    "pdf": Case(("pdf", "{document}"), lambda p: p.build(), (".pdf",)),
    "pack": Case(("pack", "--jobs", "1", "--unit", "M.702090.008.01"), changing=(".pdf",)),
    "pack --event": Case(("pack", "--jobs", "1", "--event", NAME), event_built, (".pdf",)),
    "event new": Case(("event", "new", "lain", "--sample")),
    "event check": Case(("event", "check", NAME, "--annotate"), delivered_and_changed),
    "event paper": Case(("event", "paper", NAME, "B", "--reason", "bocor"), event_built),
    "event print": Case(("event", "print", NAME, "--jobs", "1"), event_built, (".pdf",)),
    "event reprint": Case(("event", "reprint", NAME, "{code}", "--page", "1", "--reason", "basah"), event_built, (".pdf",), is_act=True),
    "event results": Case(("event", "results", NAME), results_typed),
    "event deliver": Case(("event", "deliver", NAME), event_built),
    "event deliver again": Case(("event", "deliver", NAME), lambda p: (delivered_and_changed(p), p.build("--event", NAME))),
    "event deliver --password": Case(("event", "deliver", NAME, "--password"), event_built, (".zip",)),
    "event archive": Case(("event", "archive", NAME, "{root}/acara.zip"), delivered, (".zip",)),
    "event purge": Case(("event", "purge", NAME, "--yes", "--with-edited"), delivered),
    "event purge of nothing handed over": Case(("event", "purge", NAME, "--yes", "--with-edited"), event_built),
    "recall": Case(("recall", NAME, "--write"), delivered_and_changed),
    "adopt": Case(("adopt", "{typed}", "--write"), typed),
    "archive": Case(("archive", "{root}/arsip.zip")),
    "archive --open": Case(("archive", "{root}/arsip.zip", "--open", "{root}/output/dibuka"), archived),
    "edition new": Case(("edition", "new", SLUG, "2031")),
    "edition follow": Case(("edition", "follow", SLUG, "2031"), next_edition),
    "edition cleared": Case(("edition", "cleared", SLUG, "2031", "{marked}"), followed),
    "edition release": Case(("edition", "release", SLUG, "2024", "--date", "2025-03-01"), releasable),
    "edition retemplate": Case(("edition", "retemplate", SLUG, "2024"), released),
    "bank draw": Case(("bank", "draw")),
    "bank stats": Case(("bank", "stats", NAME, "--out", "{root}/output/butir.xlsx"), event_built),
    "bank export": Case(("bank", "export", "{root}/bank.xlsx")),
    "bank import": Case(("bank", "import", "{root}/bank.xlsx"), exported),
    "import": Case(("import", "{root}/halaman.txt", "--title", "Skema Lain", "--edition", "2030"), page),
    "diff": Case(("diff", "2024", "2031", "--docx", "{root}/beda.docx"), next_edition),
    "render": Case(("render", "{root}/surat.docx", "{root}/data.json", "{root}/output/surat {{nama}}.docx"), letter),
    "template export": Case(("template", "export", "FR.IA.01"), without_own_template),
    "template export --entry": Case(("template", "export", "FR.IA.01", "--entry"), without_own_templates),
    "template reset": Case(("template", "reset", "FR.IA.01"), with_own_template),
    "template preview": Case(("template", "preview", "{root}/surat.docx", "{root}/contoh.docx"), letter),
    "template new": Case(("template", "new", "FR.XX.01", "--title", "Formulir Baru")),
    "scheme draft": Case(("scheme", "draft"), only_its_units),
    "scheme export": Case(("scheme", "export", "{root}/skema.xlsx")),
    "scheme import": Case(("scheme", "import", "{root}/skema.xlsx"), scheme_typed),
    "scenario new": Case(("scenario", "new", "KEL-77", "--like", "KEL-01")),
    "upgrade": Case(("upgrade",), of_an_older_kitgen),
    "verify": Case(("verify",), lambda p: p.build()),
}  # fmt: skip
"""Every command that writes and can be run on one small project."""


def code_of(project: KitProject) -> str:
    """The Kode Dokumen of the first document of the event."""
    index = json.loads((project.root / "output/Jadwal" / NAME / "manifest.json").read_text("utf-8"))
    return str(min(entry["serial"] for entry in index["documents"].values()))


def marked(project: KitProject) -> str:
    """The id of the last question of the new edition that carries a review mark, or of none."""
    found = "tidak-ada"
    for path in sorted(project.edition.with_name("2031").glob("questions/*.yaml")):
        for question in yaml.safe_load(path.read_text("utf-8"))["questions"]:
            found = question["id"] if "review" in question else found
    return found


class Stops:
    """One case: its start, what it gives undisturbed, and runs that are stopped."""

    def __init__(self, case: Case, small: KitProject, folder: Path) -> None:
        self.case, self.folder = case, folder
        self.office = FakeOffice(folder / "palsu")
        self.start = small.copy_to(folder / "awal")
        with self._surroundings():
            case.prepare(self.start)
            whole = self.start.copy_to(folder / "proyek")
            run = CliRunner().invoke(cli, self._line(whole))
            assert run.exit_code in (0, 1), run.output
            self.wanted = self._tree(whole)
            shutil.rmtree(whole.root)
        self.steps = self._stopped(self.start.copy_to(folder / "proyek"), 0, "killed")[0]
        shutil.rmtree(folder / "proyek")

    def try_step(self, step: int, way: Way) -> None:
        """Stop the command at its n-th change in one way, run it again, and compare: equal to the undisturbed tree."""
        project = self.start.copy_to(self.folder / "proyek")
        try:
            changes, code, said = self._stopped(project, step, way)
            if not changes and way in STOPPED:
                assert code in (STOPPED[way], 0, 1), (step, way, code, said)
                assert "fault of the program" not in said and "Traceback" not in said, (step, way, said)
            with self._surroundings():
                again = CliRunner().invoke(cli, self._line(project))
            assert again.exit_code in (0, 1) and "fault of the program" not in again.output, (step, way, again.output)
            there = self._tree(project)
            if self.case.is_act:
                assert self.wanted.keys() <= there.keys() and not [name for name in there if files.ASIDE in name], step
                return
            assert there == self.wanted, (step, way, differing(self.wanted, there), again.output)
        finally:
            shutil.rmtree(project.root)

    def _line(self, project: KitProject) -> list[str]:
        edited = ""
        for path in sorted(project.output.rglob("*.docx")) if "{typed}" in self.case.arguments else ():
            if (
                "SKM/007" in project.text(path.relative_to(project.root / "output").as_posix())
                and "disunting" not in path.name
            ):
                edited = edited or str(path)
        documents = sorted(self.start.output.rglob("*.docx")) if "{document}" in self.case.arguments else [Path()]
        document = project.root / documents[0].relative_to(self.start.root) if documents[0].name else ""
        names = {
            "code": code_of(self.start) if "{code}" in self.case.arguments else "",
            "document": str(document),
            "root": project.root,
            "typed": edited or "hilang.docx",
            "marked": marked(self.start),
        }
        given = [each.format(**names) for each in self.case.arguments]
        return ["-C", str(project.root), *given]

    def _tree(self, project: KitProject) -> dict[str, str]:
        """What lies there: folders too, since they are called after people; contents that change from run to run as such."""
        found = {
            path.relative_to(project.root).as_posix(): "folder" for path in project.root.rglob("*") if path.is_dir()
        }
        found |= tree_digests(project.root)
        return {
            name: "changing" if name.endswith(self.case.changing) and name.endswith((".pdf", ".zip")) else content
            for name, content in found.items()
            if not name.startswith(".kitgen")
        }

    def _surroundings(self) -> Any:
        from unittest.mock import patch

        return patch.dict(
            os.environ, {"KITGEN_SOFFICE": str(self.office.path), "KITGEN_PASSPHRASE": "kuda baterai staples"}
        )

    def _stopped(self, project: KitProject, step: int, way: Way) -> tuple[int, int, str]:
        """Run the command in a forked process; gives how many changes it made (0: it was stopped), its code and words."""
        told, tell = os.pipe()
        child = os.fork()
        if child:
            os.close(tell)
            with os.fdopen(told, errors="replace") as reader:
                said = reader.read()
            os.waitpid(child, 0)
            changes, _, rest = said.partition(" ")
            code, _, words = rest.partition("\n")
            return int(changes or 0), int(code or -9), words
        try:
            with self._surroundings():
                count = _Counter(project.root, step, way)
                run = CliRunner().invoke(cli, self._line(project))
                count.is_over = True
                words = run.output + (repr(run.exception) if run.exception else "")
                os.write(tell, f"{0 if count.is_stopped else count.changes} {run.exit_code}\n{words[-3000:]}".encode())
        finally:
            os._exit(0)


class _Counter:
    """Counts changes of the disk below a folder, and stops at one of them. For a process that ends after it."""

    def __init__(self, root: Path, step: int, way: Way) -> None:
        self.root, self.step, self.way = str(root), step, way
        self.changes = 0
        self.is_stopped = self.is_over = self.is_cut = False
        pour = files.pour

        def half(file: Any, data: bytes) -> None:
            if self.is_cut:
                pour(file, data[: len(data) // 2])
                file.flush()
                os.kill(os.getpid(), signal.SIGKILL)
            pour(file, data)

        files.pour = half
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.is_over or not self._is_change(event, arguments):
            return
        grows = event in ("open", "os.mkdir")
        if self.is_stopped and self.way == "full" and grows:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.changes += 1
        if self.changes != self.step:
            return
        self.is_stopped = True
        if self.way == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.way == "half":
            self.is_cut = True
        elif self.way == "ctrl-c":
            raise KeyboardInterrupt
        elif grows:
            raise OSError(errno.ENOSPC, "No space left on device")

    def _is_change(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            path, _, flags = arguments
            return bool(isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and self._is_below(
                path
            )
        return event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir") and self._is_below(arguments[0])

    def _is_below(self, path: Any) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self.root)


def differing(wanted: dict[str, str], there: dict[str, str]) -> list[str]:
    """The names that are there or not there, or say something else."""
    return [name for name in sorted(wanted.keys() | there.keys()) if wanted.get(name) != there.get(name)][:12]
