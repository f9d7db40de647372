"""A house with one more audience and one more kind of question, each a row in its table, put in before it is imported.

Run as a program with a folder: it makes a small project there whose forms and questions use both, lets the commands
work on it, and prints what came of it as JSON.
"""

import json
import os
import shutil
import sys
import types
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WHO, KIND = "pengawas", "matching"
ROWS = {
    "audience": (
        '    Audience("kunci"): AudienceFacts(',
        f'    Audience("{WHO}"): AudienceFacts(folder="5 Pengawas", event_folder="6 Pengawas", holder="pengawas",\n'
        '        about="Dipegang pengawas ujian", is_kept_from_candidates=True),\n',
    ),
    "bank": (
        '    QuestionKind("supporting"): KindFacts(',
        f'    QuestionKind("{KIND}"): KindFacts("menjodohkan", "Menjodohkan", "JD", "written"),\n',
    ),
}
"""By module of the model: before which line a row is put, and the row."""


def put_in() -> None:
    """Import the two tables with their rows; whatever is imported later takes them as they are."""
    import kitgen.model

    for name, (before, row) in ROWS.items():
        path = ROOT / "kitgen/model" / f"{name}.py"
        source = path.read_text("utf-8")
        assert source.count(before) == 1, f"{before} does not stand in {path.name}"
        module = types.ModuleType(f"kitgen.model.{name}")
        module.__file__ = str(path)
        sys.modules[module.__name__] = module
        exec(compile(source.replace(before, row + before), str(path), "exec"), module.__dict__)
        setattr(kitgen.model, name, module)


def told(root: Path) -> dict[str, Any]:
    """What the commands make of the project, and say of it."""
    import yaml
    from small_scheme import CUT, SEW, SMALL, small_project

    from kitgen.base.project import Project
    from kitgen.kits.event_kit import event_kit
    from kitgen.kits.packs import packs_of_event
    from kitgen.kits.plan import plan_documents
    from kitgen.load.event.event import check_event
    from kitgen.load.project_data import load_data
    from kitgen.page.files import listed
    from kitgen.page.views.schemes import EVIDENCE

    elements = {CUT: (["1.1", "1.2"],), SEW: (["1.1", "1.2"], ["2.1"])}
    methods = [
        {"unit": code, "criteria": [{"criterion": each, "primary": "written"} for asked in own for each in asked]}
        for code, own in elements.items()
    ]
    project = small_project(root, methods=yaml.safe_dump({"units": methods}))
    shutil.copytree(ROOT / "templates", root / "templates")
    project.edit_template("xlsx/Matriks Cakupan KUK.xlsx", "row.oral", f"row.{KIND}")
    entries = project.forms()
    own = {
        "Soal Jodoh": {**entries["FR.IA.06A"], "number": "16a", "questions": KIND, "title": "Soal Jodoh"},
        "Kunci Jodoh": {**entries["FR.IA.06B"], "number": "16b", "questions": KIND, "title": "Kunci Jodoh"},
        "Matriks Pengawas": {**entries["Matriks Cakupan KUK"], "audience": WHO, "title": "Matriks Pengawas"},
        "Hadir Pengawas": {**entries["Daftar Hadir"], "audience": WHO, "title": "Hadir Pengawas"},
    }
    for entry in own.values():
        entry.pop("instrument", None)
        entry.pop("file_title", None)
    project.write_forms(own)
    found: dict[str, Any] = {"lacks": project.run("kurang").said}
    for code, asked in elements.items():
        questions = [
            {"id": f"JD-{code[10:13]}-{number}", "kind": KIND, "criteria": criteria, "text": f"Jodohkan {code} {number}",
             "model_answer": f"Jawaban {code} {number}", "marking_points": ["Pasangan benar"]}
            for number, criteria in enumerate(asked, 1)
        ]  # fmt: skip
        file = root / f"scheme/{SMALL}/2026/questions/{code}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump({"unit": code, "questions": questions}), "utf-8")

    project.run("bank", "export", str(root / "bank.xlsx"))
    found["imported"] = project.run("bank", "import", str(root / "bank.xlsx")).said
    with zipfile.ZipFile(root / "bank.xlsx") as book:
        found["sheets"] = book.read("xl/workbook.xml").decode()
    found["check"] = project.run("check", "--coverage").said
    found["coverage"] = project.json("check")[0]["coverage"]
    found["minutes"] = project.run("check", "--minutes").said
    found["columns"] = [(key, str(heading)) for key, heading in EVIDENCE]

    project.build().run("verify")
    output = root / "output" / SMALL / "2026" / "Skema Lengkap"
    found["kit"] = sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    shown = next(path for path in found["kit"] if "Soal Jodoh" in path)
    found["paper"] = project.text(f"{SMALL}/2026/Skema Lengkap/{shown}")
    matrix = next(path for path in found["kit"] if "Matriks" in path)
    found["matrix"] = project.text(f"{SMALL}/2026/Skema Lengkap/{matrix}")
    found["page"] = (output / "00 Baca Dulu.html").read_text("utf-8")

    project.run("event", "new", "uji", "--sample").build("--event", "uji").run("event", "deliver", "uji")
    event = root / "output/Jadwal/uji"
    found["event"] = sorted(path.relative_to(event).as_posix() for path in event.rglob("*") if path.is_file())
    found["hidden"] = [each.name for each in listed(root / "output", "Jadwal/uji") if each.is_secret]
    found["event page"] = (event / "00 Baca Dulu.html").read_text("utf-8")
    where = Project(root, root / "templates")
    schedule = check_event(where, "uji").schedule
    assert schedule is not None
    data = load_data(where, schedule.scheme, schedule.edition)
    packs = packs_of_event(plan_documents(data.forms, [event_kit(data.editions[0], schedule)]))
    found["packs"] = {pack.path: [document.form.code for document in pack.documents] for pack in packs}

    project.write_forms({"Kunci Pengawas": {**own["Kunci Jodoh"], "audience": WHO}})
    found["leak"] = project.run("check", "--verbose", expect=1).said
    return found


if __name__ == "__main__":
    os.environ.update(KITGEN_CACHE="off", KITGEN_LANG="en")
    sys.path.insert(0, str(ROOT))
    put_in()
    print(json.dumps(told(Path(sys.argv[1])), ensure_ascii=False))
