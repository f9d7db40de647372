"""Compiled templates kept between runs: only a copy for speed, and only what this user's kitgen wrote is run."""

import marshal
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from harness import ROOT, KitProject, paragraphs, word_template

from kitgen.base.errors import KitgenError
from kitgen.documents.disk.user_cache import KEY_NAME, UserCache, cache_folder
from kitgen.documents.status import templates
from kitgen.documents.status.templates import Templates
from kitgen.load.locate import find_project
from kitgen.load.project_data import find_form
from kitgen.render import compile_template, plain_form
from kitgen.render.compiled import CompiledTemplate
from kitgen.render.word import signing

pytestmark = pytest.mark.anew
Compiled = Callable[[], list[str]]


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder of copies."""
    folder = tmp_path / "salinan"
    monkeypatch.setenv("KITGEN_CACHE", str(folder))
    return folder


@pytest.fixture
def compiled(kit_project: KitProject, monkeypatch: pytest.MonkeyPatch) -> Compiled:
    """Asks for the template of FR.IA.01 in a run of its own; gives what had to be compiled for it."""

    def run() -> list[str]:
        made: list[str] = []

        def compiling(path: Path, *rest: Any, **more: Any) -> CompiledTemplate:
            made.append(path.name)
            return compile_template(path, *rest, **more)

        monkeypatch.setattr(templates, "compile_template", compiling)
        project = find_project(kit_project.root)
        template = Templates(project).compiled(find_form(project, "FR.IA.01"))
        assert template.parts and template.reads
        return made

    return run


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != KEY_NAME)


def test_a_template_is_compiled_once_for_all_runs(copies: Path, compiled: Compiled) -> None:
    """The second run takes the copy of the first; folder, key and copy are for their owner only."""
    assert compiled() == ["FR.IA.01.docx"]
    assert compiled() == []
    (entry,) = entries(copies)
    assert f"jinja{__import__('jinja2').__version__}-kitgen" in entry.name and entry.name.startswith("cpython-")
    assert [path.stat().st_mode & 0o777 for path in (copies, copies / KEY_NAME, entry)] == [0o700, 0o600, 0o600]


def test_every_shipped_template_says_the_same_from_its_copy() -> None:
    """Code, static parts, what is read and where, repairs: all of it comes back; nothing shipped cannot be kept."""
    paths = [path for path in sorted((ROOT / "templates").glob("*/*.*x")) if path.suffix in (".docx", ".xlsx")]
    assert len(paths) > 30
    for path in paths[::4]:
        template = compile_template(path)
        again = plain_form.from_plain_form(plain_form.plain_form(template))
        assert [(part.name, part.code, part.is_layout, part.copy_end) for part in again.parts] == [
            (part.name, part.code, part.is_layout, part.copy_end) for part in template.parts
        ]
        assert [len(part.repairs) + len(part.repairs_after_nothing) for part in again.parts] == [
            len(part.repairs) + len(part.repairs_after_nothing) for part in template.parts
        ]
        assert [[line.shown for line in part.lines] for part in again.parts] == [
            [line.shown for line in part.lines] for part in template.parts
        ]
        assert again.reads == template.reads and tuple(again.uses) == tuple(template.uses)
        assert {**again.static} == {**template.static} and again.order == template.order


def test_documents_are_the_same_bytes_with_copies_and_without(
    kit_project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word and Excel, made with compiled templates, with new copies and with kept ones."""
    kit_project.one_form_of_each_kind()
    trees = []
    for told in ("off", str(tmp_path / "salinan"), str(tmp_path / "salinan")):
        monkeypatch.setenv("KITGEN_CACHE", told)
        project = kit_project.copy_to(tmp_path / f"proyek {len(trees)}")
        trees.append(project.build().tree())
    assert trees[0] == trees[1] == trees[2]
    assert any(name.endswith(".xlsx") for name in trees[0])


def test_a_planted_copy_is_not_run(copies: Path, compiled: Compiled, tmp_path: Path) -> None:
    """Who can write into the folder but does not know the key can have nothing run; the template is compiled anew."""
    compiled()
    (entry,) = entries(copies)
    sign = tmp_path / "dijalankan"
    evil = compile(f"open({str(sign)!r}, 'w')", "evil", "exec")
    whole = list(marshal.loads(entry.read_bytes()[32:]))
    whole[3] = [(name, evil, *rest) for name, _, *rest in whole[3]]
    content = marshal.dumps(tuple(whole))
    entry.write_bytes(bytes(32) + content)
    assert compiled() == ["FR.IA.01.docx"] and not sign.exists()
    other = UserCache(tmp_path / "lain")  # with a key of its own, as another person has
    other.write(entry.name, content)
    entry.write_bytes((tmp_path / "lain" / entry.name).read_bytes())
    assert compiled() == ["FR.IA.01.docx"] and not sign.exists()
    assert compiled() == []


def test_a_copy_under_another_name_is_none(copies: Path, compiled: Compiled, kit_project: KitProject) -> None:
    """The copy of one template put in the place of another's is not taken: the name is under the key, too."""
    compiled()
    (first,) = entries(copies)
    before = first.read_bytes()
    kit_project.edit_template("docx/FR.IA.01.docx", "CEKLIS", "LEMBAR")
    compiled()
    second = next(path for path in entries(copies) if path != first)
    second.write_bytes(before)
    assert compiled() == ["FR.IA.01.docx"]


@pytest.mark.parametrize("left", [0, 20, 32, 500])
def test_a_copy_cut_off_is_none(copies: Path, compiled: Compiled, left: int) -> None:
    compiled()
    (entry,) = entries(copies)
    entry.write_bytes(entry.read_bytes()[:left])
    assert compiled() == ["FR.IA.01.docx"]
    assert compiled() == []


def test_with_another_key_everything_is_compiled(copies: Path, compiled: Compiled) -> None:
    """The key deleted, too short, or open to others: what was made with it counts no more, and there is a new one."""
    compiled()
    key = copies / KEY_NAME
    old = key.read_bytes()
    for harm in (key.unlink, lambda: key.write_bytes(b"short"), lambda: key.chmod(0o644)):
        harm()
        assert compiled() == ["FR.IA.01.docx"]
        assert key.read_bytes() != old and key.stat().st_mode & 0o777 == 0o600
        assert compiled() == []
        old = key.read_bytes()


def test_a_folder_that_cannot_be_used_costs_time_only(copies: Path, compiled: Compiled) -> None:
    """A file in its place, a key that cannot be read, a folder others may write into: templates are compiled."""
    copies.write_text("no folder")
    assert compiled() == ["FR.IA.01.docx"] == compiled()
    copies.unlink()
    compiled()
    (copies / KEY_NAME).unlink()
    (copies / KEY_NAME).mkdir()
    assert compiled() == ["FR.IA.01.docx"] == compiled()
    (copies / KEY_NAME).rmdir()
    copies.chmod(0o777)
    assert compiled() == ["FR.IA.01.docx"] == compiled()


def test_another_python_jinja_or_kitgen_has_copies_of_its_own(
    copies: Path, compiled: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled()
    other = SimpleNamespace(implementation=SimpleNamespace(cache_tag="cpython-399"), hexversion=0x030900F0)
    monkeypatch.setattr(plain_form, "sys", other)
    assert compiled() == ["FR.IA.01.docx"]
    assert any(path.name.startswith("cpython-399-030900f0-") for path in entries(copies))
    monkeypatch.setattr(plain_form, "sys", sys)
    for module, name in ((plain_form.jinja2, "__version__"), (plain_form, "__version__")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, "99.0")
            assert compiled() == ["FR.IA.01.docx"]
    assert compiled() == []


def test_a_template_saved_while_it_is_compiled_is_not_kept(
    copies: Path, compiled: Compiled, kit_project: KitProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read for the name and what was compiled are then two states of the file."""
    project = find_project(kit_project.root)

    def saving(path: Path, *rest: Any, **more: Any) -> CompiledTemplate:
        made = compile_template(path, *rest, **more)
        kit_project.edit_template("docx/FR.IA.01.docx", "CEKLIS", "LEMBAR")
        return made

    monkeypatch.setattr(templates, "compile_template", saving)
    Templates(project).compiled(find_form(project, "FR.IA.01"))
    assert entries(copies) == []


def test_faults_of_a_kept_template_have_their_places(tmp_path: Path) -> None:
    """What is wrong is told with table, row and tag, as of one just compiled."""
    path = word_template(tmp_path, paragraphs("{{ ada }}", "{{ tidak_ada }}"))
    template = compile_template(path, "surat.docx")
    again = plain_form.from_plain_form(plain_form.plain_form(template))
    told = []
    for each in (template, again):
        with pytest.raises(KitgenError) as raised:
            each.render({"ada": "x"})
        told.append(str(raised.value))
    assert told[0] == told[1] and "tidak_ada" in told[0] and "paragraph 2" in told[0]
    assert again.render({"ada": "x", "tidak_ada": "y"}) == template.render({"ada": "x", "tidak_ada": "y"})


def test_where_copies_are_kept() -> None:
    """In the folder the system has for such things; never in a project."""
    home = Path("/rumah")
    assert cache_folder({"KITGEN_CACHE": "off"}, "linux", home) is None
    assert cache_folder({"KITGEN_CACHE": "/di/sini"}, "linux", home) == Path("/di/sini")
    assert cache_folder({}, "linux", home) == home / ".cache/kitgen"
    assert cache_folder({"XDG_CACHE_HOME": "/cache"}, "linux", home) == Path("/cache/kitgen")
    assert cache_folder({"XDG_CACHE_HOME": "relative"}, "linux", home) == home / ".cache/kitgen"
    assert cache_folder({}, "darwin", home) == home / "Library/Caches/kitgen"
    assert cache_folder({"LOCALAPPDATA": "/lokal"}, "win32", home) == Path("/lokal/kitgen/Cache")
    assert cache_folder({}, "win32", home) == home / "AppData/Local/kitgen/Cache"
    assert os.environ["KITGEN_CACHE"] == "off", "tests must not share a person's folder"


def test_who_signs_is_read_off_a_template_once(
    copies: Path, kit_project: KitProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run takes the copy; another template, or a copy of another hand, is read."""
    project, read = find_project(kit_project.root), []
    form, real = find_form(project, "FR.IA.01"), signing.signers_of

    def reading(*arguments: Any) -> tuple[str, ...]:
        read.append(arguments[0].name)
        return real(*arguments)

    monkeypatch.setattr(signing, "signers_of", reading)
    told = [Templates(project).signers(form) for _ in range(2)]
    assert told[0] == told[1] == real(kit_project.root / "templates/docx/FR.IA.01.docx") and len(told[0]) > 1
    assert len(read) == 1
    (entry,) = entries(copies)
    entry.write_bytes(bytes(32) + b'["Orang Lain"]')
    assert Templates(project).signers(form) == told[0] and len(read) == 2
    kit_project.edit_template("docx/FR.IA.01.docx", "Asesi", "Peserta")
    assert Templates(project).signers(form) != told[0] and len(read) == 3
