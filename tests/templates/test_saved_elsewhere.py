"""The shipped templates, opened and saved by other programs: sound, and their documents say the same."""

import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from harness import ROOT, KitProject, rewrite_parts
from lxml import etree
from office import convert, needs_office

from kitgen.documents.kept.bundle import template_files
from kitgen.documents.status.reports import check_reports
from kitgen.documents.status.templates import Templates, templates_of
from kitgen.kits.kit import kits_of
from kitgen.kits.plain import Plain
from kitgen.kits.plan import plan_documents
from kitgen.kits.values import template_values
from kitgen.load.locate import find_project
from kitgen.load.project_data import Data, load_data
from kitgen.render.dump.dump import dump_parts
from kitgen.render.word.claims import lost_claims, with_claims
from kitgen.schemes.check.check import check_templates

pytestmark = pytest.mark.slow

SHIPPED = ROOT / "templates"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LAYOUT = re.compile(r"^(name _xlnm\.|.*: paper )")
UNSEEN = str.maketrans("", "", "\u00ad↵")
STYLE_ID = re.compile(
    rb'(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link|numStyleLink|styleLink) w:val=|w:styleId=)"(\w+)"'
)


SECTIONED = ("Alat Peraga", "Alat Peraga Susulan", "Lembar Kerja")
"""LibreOffice gives sections that begin on an odd page a foot (and a head) for even pages, which says the same."""


def with_edges_once(lines: list[str]) -> list[str]:
    """The lines, heads and feet told once however many parts say them."""
    body = [line for line in lines if not line.startswith(("header", "footer"))]
    edges = (re.sub(r"^(header|footer)\d+", r"\1", line) for line in lines if line.startswith(("header", "footer")))
    return [*body, *dict.fromkeys(edges)]


def with_pictures_last(lines: list[str]) -> list[str]:
    """The lines, alternative texts last and without their numbers: LibreOffice writes drawings in another order."""
    told = [line for line in lines if line.startswith("alternative text ")]
    return [line for line in lines if line not in told] + sorted(line.split(": ", 1)[1] for line in told)


@pytest.fixture(scope="module")
def data() -> Data:
    return load_data(find_project(ROOT))


@pytest.fixture(scope="module")
def shipped(data: Data) -> dict[str, list[str]]:
    """What the first document of each form says, made with the shipped templates."""
    found = dict(words(templates_of(find_project(ROOT), data), data))
    assert len(found) > 40
    return found


def words(templates: Templates, data: Data) -> Iterator[tuple[str, list[str]]]:
    """By form, what its first document says, without how its pages are laid out."""
    told: set[str] = set()
    for document in (each for edition in data.editions for each in plan_documents(data.forms, kits_of(edition))):
        form = document.form
        if form.code not in told:
            told.add(form.code)
            values = template_values(document, data.body, Plain(), templates.signers)
            lines = map(str, dump_parts(templates.compiled(form).render_parts(values).parts, form.code))
            yield form.code, [" ".join(line.translate(UNSEEN).split()) for line in lines if not LAYOUT.match(line)]


def own_templates(tmp_path: Path, saved: Sequence[tuple[str, Path]]) -> Templates:
    """A project whose own templates are these files, and its templates."""
    project = KitProject(tmp_path / "proyek")
    shutil.copytree(ROOT / "scheme", project.root / "scheme")
    for name, path in saved:
        target = project.root / "templates" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    found = find_project(project.root)
    return templates_of(found, load_data(found))


@needs_office
@pytest.mark.office
def test_all_templates_saved_in_libreoffice_make_documents_of_the_same_words(
    tmp_path: Path, data: Data, shipped: dict[str, list[str]]
) -> None:
    """Styles are called otherwise then, page breaks stand elsewhere, check boxes forget what ticks them."""
    names = [path.relative_to(SHIPPED).as_posix() for path in sorted(SHIPPED.rglob("*.[dx]*x"))]
    files = {name: tmp_path / name.replace("/", "__") for name in names}
    for name, path in files.items():
        shutil.copyfile(SHIPPED / name, path)
    saved: list[tuple[str, Path]] = []
    for suffix in ("docx", "xlsx"):
        of_kind = [name for name in names if name.endswith(suffix)]
        saved += zip(of_kind, convert([files[name] for name in of_kind], suffix, tmp_path), strict=True)
    own = own_templates(tmp_path, saved)
    assert [*check_templates(own.project, data.forms), *check_reports(own.project)] == []
    saved_words = {code: with_pictures_last(lines) for code, lines in words(own, data)}
    made_words = {code: with_pictures_last(lines) for code, lines in shipped.items()}
    for code in SECTIONED:
        assert with_edges_once(saved_words.pop(code)) == with_edges_once(made_words.pop(code))
    assert saved_words == made_words


def test_all_templates_with_ids_of_another_word_make_documents_of_the_same_words(
    tmp_path: Path, data: Data, shipped: dict[str, list[str]]
) -> None:
    """Word of another language calls styles by other ids, each file for itself; blocks keep theirs."""
    saved: list[tuple[str, Path]] = []
    for path in sorted(SHIPPED.glob("docx/*.docx")):
        copy = Path(shutil.copyfile(path, tmp_path / path.name))
        rewrite_parts(
            copy, lambda name, content: STYLE_ID.sub(rb'\1"Gaya\2"', content) if name.endswith("xml") else content
        )
        saved.append((path.relative_to(SHIPPED).as_posix(), copy))
    own = own_templates(tmp_path, saved)
    assert [*check_templates(own.project, data.forms), *check_reports(own.project)] == []
    assert dict(words(own, data)) == shipped


def forgetful(path: Path, tmp_path: Path) -> bytes:
    """A template whose check boxes lost their tags, as LibreOffice 7.4 leaves them."""
    copy = Path(shutil.copyfile(path, tmp_path / path.name))
    rewrite_parts(copy, lambda _, content: re.sub(rb'<w:tag w:val="\{\{[^"]*"/>', b"", content))
    return copy.read_bytes()


def claims(data: bytes, tmp_path: Path) -> list[str]:
    (tmp_path / "baca.docx").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "baca.docx") as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return [str(each.get(f"{W}val")) for each in root.iter(f"{W}tag") if "{{" in str(each.get(f"{W}val"))]


def test_check_boxes_get_back_what_ticks_them(tmp_path: Path) -> None:
    """Each by the words it stands in; a box whose words were changed gets nothing, and is counted."""
    path = SHIPPED / "docx/FR.AK.01.docx"
    model, lost = path.read_bytes(), forgetful(path, tmp_path)
    assert claims(lost, tmp_path) == [] and len(claims(model, tmp_path)) == 8
    assert claims(with_claims(lost, model, path.name), tmp_path) == claims(model, tmp_path)
    assert lost_claims(lost, model, path.name) == 0
    assert with_claims(model, model, path.name) == model
    changed = tmp_path / path.name
    rewrite_parts(changed, lambda _, content: content.replace(b"Verifikasi Portofolio", b"Berkas"))
    assert 0 < lost_claims(changed.read_bytes(), model, path.name) < 8


def test_a_release_keeps_what_ticks_the_boxes(tmp_path: Path) -> None:
    """A forgetful template is kept, and archived, with its claims: nothing shipped lies below it there."""
    name = "docx/FR.AK.01.docx"
    (tmp_path / "lupa").mkdir()
    forgetful(SHIPPED / name, tmp_path / "lupa")
    own = own_templates(tmp_path, [(name, tmp_path / "lupa/FR.AK.01.docx")])
    kept = template_files(own.project)[name]
    assert claims(kept, tmp_path) == claims((SHIPPED / name).read_bytes(), tmp_path)
    assert len(claims(kept, tmp_path)) == 8


def test_boxes_nothing_ticks_any_more_are_told(tmp_path: Path, data: Data) -> None:
    """Where the words beside them were changed, too, `template check` warns, with how many."""
    name = "docx/FR.AK.01.docx"
    (tmp_path / "lupa").mkdir()
    forgetful(SHIPPED / name, tmp_path / "lupa")
    rewrite_parts(
        tmp_path / "lupa/FR.AK.01.docx", lambda _, content: content.replace(b"Verifikasi Portofolio", b"Berkas")
    )
    own = own_templates(tmp_path, [(name, tmp_path / "lupa/FR.AK.01.docx")])
    (problem,) = check_templates(own.project, [form for form in data.forms if form.code == "FR.AK.01"])
    assert problem.severity == "warning" and "2 check boxes of FR.AK.01.docx" in problem.message
    assert "kitgen template reset" in problem.help
