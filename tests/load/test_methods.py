"""Methods, instruments and the plan printed from them: faults with their line, ticks that are no guess."""

from pathlib import Path

import pytest
from file_names import named
from harness import KitProject

from kitgen.base.holes import BLANK, Blank
from kitgen.documents.disk.document import document_parts
from kitgen.kits.assessment_plan import plan_sheet
from kitgen.kits.kit import kits_of
from kitgen.kits.plan import plan_documents
from kitgen.kits.scope import scope_of
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.edition import Edition
from kitgen.model.event import EventCandidate
from kitgen.model.given import Candidate
from kitgen.model.plan_sheet import EvidenceTicks
from kitgen.render.dump.dump import dump_parts


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    (found,) = load_data(find_project(root)).editions
    return found


FIRST = '      - {criterion: "1.1", primary: "written", reserves: ["observed", "oral"]}\n'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (FIRST, FIRST * 2, "criterion (KUK) 1.1 stands twice"),
        ('criterion: "1.1", primary: "written"', 'criterion: "1.9", primary: "written"', "no criterion (KUK) 1.9"),
        ('primary: "written"', 'primary: "writen"', "`writen` is not known here"),
        ('reserves: ["observed", "oral"]', 'reserves: ["written", "oral"]', "its primary method as a reserve too"),
        ('unit: "M.702090.002.01"', 'unit: "M.702090.022.01"', "the scheme has no unit M.702090.022.01"),
        ('form: "FR.IA.01"', 'form: "FR.IA.99"', "`FR.IA.99` is not known here"),
        ("backgrounds: [1, 2, 4, 5]", "backgrounds: [1, 2, 6]", "there is no background 6"),
        ("cluster: 2\n", "cluster: 7\n", "the scheme has no such cluster"),
    ],
)
def test_a_slip_is_told_with_its_line(kit_project: KitProject, old: str, new: str, message: str) -> None:
    """`methods.yaml` is checked like all data."""
    name = (kit_project.edition / "methods.yaml").relative_to(kit_project.root).as_posix()
    kit_project.edit(name, old, new).run("check", expect=1)
    assert message in kit_project.said
    assert f"--> {name}:" in kit_project.said


def test_a_method_no_instrument_shows_is_an_error(kit_project: KitProject) -> None:
    """Cluster 2 without its checklist of observation cannot show what is to be observed."""
    path = kit_project.edition / "methods.yaml"
    head, tail = path.read_text("utf-8").split("cluster: 2\n")
    path.write_text(head + "cluster: 2\n" + tail.replace('form: "FR.IA.01"', 'form: "FR.IA.09"'), "utf-8")
    kit_project.run("check", expect=1)
    assert "cluster 2, background 1: no instrument shows KUK 1.2, 2.1, 2.2, 2.3, 2.4 of unit M.702090.002.01" in (
        kit_project.said
    )


def test_the_plan_chooses_the_forms_of_a_kit(edition: Edition, root: Path) -> None:
    """A form whose instrument no cluster of the kit uses is not made; without methods all are."""
    forms = load_data(find_project(root)).forms
    kits = kits_of(edition)
    made = {(document.kit.name, document.form.code) for document in plan_documents(forms, kits)}
    for kit in kits:
        numbers = {cluster.number for cluster in kit.clusters}
        used = {
            each.form
            for planned in edition.plan.clusters
            if planned.cluster in numbers
            for each in planned.instruments
            if each.backgrounds
        }
        for form in forms:
            if form.instrument is not None and form.per == "candidate" and kit.kind in form.kits:
                assert ((kit.name, form.code) in made) == (form.instrument in used), (kit.name, form.code)
    assert {form.instrument for form in forms if form.instrument} == {kind.form for kind in edition.plan.kinds}


def test_ticks_are_those_of_one_candidate(edition: Edition) -> None:
    """A blank form is for every background and ticks nothing; a candidate's ticks all the plan uses for them."""
    clusters, plan = edition.scheme.clusters, edition.plan

    def ticks(background: int | Blank) -> EvidenceTicks:
        candidate = EventCandidate(1, Candidate(), background=background)
        return plan_sheet(clusters, plan, scope_of(clusters, plan, candidate), candidate).evidence

    nobody = plan_sheet(clusters, plan, scope_of(clusters, plan)).evidence
    assert nobody == EvidenceTicks(False, False, False, False, False, False, False, "")
    third = ticks(3)
    assert third.portfolio and third.interview and third.activity and third.other == "Verifikasi Pihak Ketiga"
    first = ticks(1)
    assert not first.portfolio and not first.activity and first.other == ""
    unknown = ticks(BLANK)
    assert unknown.observation and unknown.written and not unknown.portfolio and not unknown.interview


def test_the_plan_sheet_tells_evidence_and_instruments(edition: Edition) -> None:
    """A unit's line names each KUK once, by its primary method; rows of MAPA.02 are twelve with eleven numbers."""
    clusters = edition.scheme.clusters
    sheet = plan_sheet(clusters, edition.plan, scope_of(clusters, edition.plan))
    assert sheet.background is BLANK
    units = [unit for cluster in sheet.clusters for unit in cluster.units]
    listed = sorted(
        number for unit in units for text in unit.evidence for number in text.split("KUK ")[1][:-1].split(", ")
    )
    wanted = sorted(
        criterion.number for unit in edition.scheme.units for element in unit.elements for criterion in element.criteria
    )
    assert listed == wanted
    for cluster in sheet.clusters:
        assert [row.number for row in cluster.instruments] == "1 2 3 4a 4b 5 6 7 8 9 10 11".split()
        assert all(len(row.used) == 5 for row in cluster.instruments)
    assert units[0].observation == "CL, TPD, PMO" and units[0].portfolio == "CVP, PW"
    assert units[-1].third_party == "VPK"


def test_the_blueprint_sheet_lists_only_papers_that_are_printed(kit_project: KitProject) -> None:
    """Cluster 2 is assessed without essays: its units' sheets have no column for them, the scheme's has."""
    kit_project.build("--form", "Kisi-kisi")
    texts = {}
    for path in kit_project.output.rglob(named("*Kisi-kisi.docx")):
        texts[path.parts[-3]] = "\n".join(map(str, dump_parts(document_parts(path), path.name)))
    assert "esai" in texts["Skema Lengkap"] and "esai" in texts["M.702090.001.01"]
    assert "esai" not in texts["M.702090.008.01"]
