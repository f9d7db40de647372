"""The command line: help for everything, exit codes people can count on, never a traceback."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import docx
import pytest
from click.testing import CliRunner, Result
from harness import ROOT, SLUG, KitProject, command, paragraphs, plain, word_template

from kitgen import __version__
from kitgen.cli import cli
from kitgen.cli.declare import Option

HEAVY = ("jinja2", "lxml", "docx", "openpyxl", "yaml", "kitgen.render", "kitgen.load", "kitgen.documents.build.build")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """A project with a few forms, Word and Excel, one of them made for each paper; built."""
    project = KitProject.copy_of(ROOT, tmp_path_factory.mktemp("finished") / "proyek")
    return project.keep_forms({"FR.APL.01", "FR.IA.01", "FR.IA.05A", "Matriks Cakupan KUK"}).build()


@pytest.fixture
def project(finished: KitProject, tmp_path: Path) -> KitProject:
    """A copy of it."""
    return finished.copy_to(tmp_path / "proyek")


def commands(group: click.Group = cli, *before: str) -> Iterator[tuple[str, ...]]:
    """The names of every command, those of groups too."""
    for name, found in group.commands.items():
        yield (*before, name)
        if isinstance(found, click.Group):
            yield from commands(found, *before, name)


def found(names: tuple[str, ...]) -> click.Command:
    command: click.Command = cli
    for name in names:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


def ran(*arguments: str) -> Result:
    """A run that may end in any exit code, but in no exception."""
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output
    return result


# Help


@pytest.mark.parametrize("names", list(commands()), ids=" ".join)
def test_every_command_and_option_has_help(names: tuple[str, ...]) -> None:
    """What it does, in a sentence; each option with its own; each argument named in the text."""
    command = found(names)
    assert command.help
    assert command.help.splitlines()[0].endswith((".", "(pratinjau). Writes nothing."))
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.opts[0]} has no help"
            assert parameter.help.endswith("."), f"the help of {parameter.opts[0]} is no sentence"
    shown = ran(*names, "--help")
    assert shown.exit_code == 0
    assert command.help.split("\n")[0].split(";")[0][:40] in " ".join(shown.output.split())
    assert ran(*names, "-h").output == shown.output


def test_help_lists_every_command() -> None:
    """`kitgen --help` names each command with the first words of its help."""
    shown = ran("--help").output
    for names in commands():
        if len(names) == 1 and not found(names).hidden:
            assert f"\n  {names[0]} " in shown


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []])
def test_help_needs_none_of_the_heavy_libraries(arguments: list[str]) -> None:
    """Help and version are shown at once: no engine, no reader, no library of theirs is imported."""
    assert imported(arguments, HEAVY) == "[]"


def imported(arguments: list[str], among: tuple[str, ...]) -> str:
    """Which of these modules a command imports, as a list is written."""
    code = f"""
import sys
from kitgen.cli import main
try:
    main({arguments!r})
except SystemExit:
    print(sorted(name for name in sys.modules if name in {among!r}), file=sys.stderr)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    return done.stderr.strip().splitlines()[-1]


ENGINE = (
    "jinja2",
    "docx",
    "pypdf",
    "kitgen.render.compiling",
    "kitgen.documents.pdf.convert",
    "kitgen.render.dump.dump",
)


@pytest.mark.slow
def test_a_build_of_nothing_new_needs_no_engine(project: KitProject) -> None:
    """Documents that are as they were are known by the index: no template is compiled, nothing read as text."""
    assert imported(["-C", str(project.root), "build"], ENGINE) == "[]"
    assert imported(["-C", str(project.root), "plan"], ENGINE) == "[]"
    project.edit_scheme('title: "', 'title: "Lain: ')
    assert "kitgen.render.compiling" in imported(["-C", str(project.root), "plan"], ENGINE)


# `python -m kitgen`, -C, exit codes


def test_python_m_kitgen_is_kitgen() -> None:
    """It calls itself kitgen and tells its version."""
    process = command("--version")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.split() == ["kitgen,", "version", __version__]
    said, _ = command("--help").communicate(timeout=60)
    assert said.startswith("Usage: kitgen [OPTIONS] COMMAND")


@pytest.mark.slow
def test_c_works_in_another_folder(project: KitProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-C` takes a project or any folder in it, from anywhere; without it, the working directory's project counts."""
    monkeypatch.chdir(tmp_path)
    for arguments in (["-C", "proyek"], ["-C", f"proyek/scheme/{SLUG}"], ["-C", str(project.root)]):
        assert ran(*arguments, "plan", "--check").exit_code == 0
    monkeypatch.chdir(project.output)
    assert ran("plan", "--check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["plan"], 0, "documents: 0 to be made"),
        (["plan", "--check"], 0, "documents: 0 to be made"),
        (["check"], 0, "no errors"),
        (["check", "--strict"], 1, "warnings"),
        (["build"], 0, "0 written"),
        (["template", "list"], 0, "FR.IA.01"),
        (["template", "check"], 0, "templates are sound"),
        (["template", "vars"], 0, "scheme.title"),
        (["template", "vars", "fr.ia.01"], 0, "scheme.title"),
        (["template", "vars", "FR.IA.10"], 1, "did you mean"),
        (["template", "check", "FR.IA.10"], 1, "did you mean"),
        (["build", "--unit", "tiada"], 1, "has no unit `tiada`"),
        (["bild"], 2, "No such command 'bild'"),
        (["build", "--formm", "x"], 2, "No such option"),
        (["build", "FR.IA.01"], 2, "Got unexpected extra argument (FR.IA.01)"),
        (["build", "--unit"], 2, "Option '--unit' requires an argument"),
        (["template", "dump", "tiada.docx"], 2, "does not exist"),
        (["import", "tiada.html"], 2, "does not exist"),
        (["build", "--replace", "output/tiada.docx"], 1, "no document of this run"),
        (["template", "dump", "scheme/identity.yaml"], 1, "damaged"),
        (["render", "templates/docx/FR.IA.01.docx", "scheme/identity.yaml", "x.pdf"], 1, "let its name end in .docx"),
        (["render", "scheme/identity.yaml", "scheme/identity.yaml", "x.docx"], 1, "no template"),
        (["template", "tiada"], 2, "No such command 'tiada'"),
    ],
)
def test_exit_codes(
    finished: KitProject, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    """0 is done or nothing to do, 1 a problem in the data, 2 wrong usage; and it is said which."""
    monkeypatch.chdir(finished.root)
    result = ran(*arguments)
    assert (result.exit_code, said in plain(result.output)) == (code, True), result.output


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    """`-C` with a missing folder or a file is told before anything is done."""
    (tmp_path / "berkas").touch()
    for name in ("tiada", "berkas"):
        assert ran("-C", str(tmp_path / name), "plan").exit_code == 2


def test_a_project_without_a_scheme_is_told_what_to_do(tmp_path: Path) -> None:
    """Exit code 1, and the command that brings a scheme in."""
    (tmp_path / "scheme").mkdir()
    for name in ("check", "plan", "build"):
        result = ran("-C", str(tmp_path), name)
        assert result.exit_code == 1
        assert "there is no scheme here yet" in result.output
        assert "kitgen import" in result.output
    assert not list((tmp_path / "scheme").iterdir()) and not (tmp_path / "output").exists()


# Results and talk


@pytest.mark.slow
def test_results_go_to_stdout_and_talk_to_stderr(project: KitProject) -> None:
    """What a program reads is alone on stdout; warnings and problems are on stderr; neither has colours in a pipe."""
    shutil.rmtree(project.root / "output")
    process = command("-C", project.root, "build", "--json")
    result, talk = process.communicate(timeout=60)
    assert json.loads(result)["summary"]["written"]
    assert "warning: " in talk
    assert "\x1b" not in result + talk
    assert "\r" not in talk, "progress is for terminals"
    process = command("-C", project.root, "build", "--unit", "tiada")
    result, talk = process.communicate(timeout=60)
    assert result == ""
    assert "error: " in talk


@pytest.mark.slow
def test_a_terminal_that_knows_no_unicode_is_no_reason_to_fail(project: KitProject) -> None:
    """Characters it cannot show are replaced."""
    project.edit_scheme('title: "', 'title: "Judul → “baru” ✓ ')
    for arguments in (["plan"], ["template", "dump", project.root / "templates" / "docx" / "FR.IA.01.docx"]):
        process = command(
            "-C", project.root, *arguments, env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}, encoding="latin-1"
        )
        result, talk = process.communicate(timeout=60)
        assert (process.returncode, "Traceback" in talk) == (0, False), talk
        assert "?" in result


def test_a_reader_that_goes_away_is_no_traceback(finished: KitProject) -> None:
    """`kitgen plan --all | head -1` ends quietly."""
    process = command("-C", finished.root, "template", "vars")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    process.wait(60)
    process.stderr.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are other there")
def test_ctrl_c_ends_a_build_in_one_line(project: KitProject) -> None:
    """No traceback, exit code 130, and the next build finishes."""
    clean = project.tree()
    shutil.rmtree(project.root / "output")
    process = command("-C", project.root, "build", warnings="default")
    deadline = time.monotonic() + 60
    while not (project.root / "output").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, talk = process.communicate(timeout=60)
    assert "Traceback" not in talk
    assert process.returncode in (0, 130)  # 0: it was done before it could be stopped
    assert project.build().tree() == clean


# Any template


def test_any_template_is_filled_with_any_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file for each record, named by a pattern; a bad record does not stop the others; foreign files are kept."""
    monkeypatch.chdir(tmp_path)
    template = word_template(tmp_path, paragraphs("Halo {{ nama }}, {{ kota }}"), "surat.docx")
    text = "- {nama: 'A/B ../x', kota: X}\n- {nama: Dua}\n- {nama: Tiga, kota: Z}\n"
    (tmp_path / "data.yaml").write_text(text, "utf-8")
    result = ran("render", template.name, "data.yaml", "hasil/{n:02} {nama}.docx")
    assert result.exit_code == 1
    assert "record 2" in result.output
    assert "`kota`" in result.output
    assert sorted(path.name for path in (tmp_path / "hasil").iterdir()) == ["01 A-B ..-x.docx", "03 Tiga.docx"]
    (tmp_path / "hasil" / "03 Tiga.docx").write_bytes(b"milik orang")
    again = ran("render", template.name, "data.yaml", "hasil/{n:02} {nama}.docx")
    assert again.exit_code == 1
    assert "was not made by kitgen" in again.output
    assert (tmp_path / "hasil" / "03 Tiga.docx").read_bytes() == b"milik orang"


@pytest.mark.parametrize("name", ["FR.IA.01.docx", "Kartu Asesi.docx"])
def test_a_preview_of_our_own_template_has_our_own_data(kit_project: KitProject, name: str) -> None:
    """A sample of a form is filled with the project's data, one of a stranger's template with made-up values."""
    out = kit_project.root / "contoh.docx"
    kit_project.run("template", "preview", str(kit_project.root / "templates" / "docx" / name), str(out))
    assert "Tenaga Pemasar Operasional" in "".join(docx.Document(str(out)).element.itertext())
    loop = paragraphs("{% for u in units %}{{ u.code }} {% endfor %}")
    stranger = word_template(kit_project.root, loop, "asing.docx")
    kit_project.run("template", "preview", str(stranger), str(out), "--replace")
    assert docx.Document(str(out)).paragraphs[0].text.count("[units.code]") == 2


# Anything people may type


@pytest.mark.parametrize(
    "value", ["", " ", ".", "..", "../..", "/", "*", "a" * 5000, "\U0001f600", "\udc80", "a\nb", "%s{}", "-1", "C:\\x"]
)
@pytest.mark.parametrize("option", ["--unit", "--form", "--scheme", "--edition", "--replace"])
def test_odd_values_of_options_are_told(finished: KitProject, option: str, value: str) -> None:
    """Whatever stands behind an option is looked up, not found, and told; nothing is written."""
    before = finished.stamps()
    result = ran("-C", str(finished.root), "build", option, value)
    assert result.exit_code in (1, 2)
    assert "rror" in plain(result.output)
    assert finished.stamps() == before


def test_a_value_that_could_hold_once_is_refused_a_second_time(finished: KitProject) -> None:
    """Nothing anybody typed is passed over: an option that takes one value is not given another."""
    before = finished.stamps()
    for option, one, other in (("--edition", "2023", "2024"), ("--jobs", "1", "1"), ("--scheme", "a", "b")):
        result = ran("-C", str(finished.root), "build", option, one, option, other)
        assert result.exit_code == 2
        assert f"{option} is given 2 times" in plain(result.output)
    assert "-C is given 2 times" in plain(ran("-C", "a", "-C", str(finished.root), "plan").output)
    assert finished.stamps() == before


@pytest.mark.parametrize("names", list(commands()), ids=" ".join)
def test_every_option_counts_how_often_it_is_given(names: tuple[str, ...]) -> None:
    """No command declares an option past `declare`, which refuses a second value; help and version take none."""
    options = [each for each in found(names).params if isinstance(each, click.Option)]
    assert all(isinstance(each, Option) or each.is_flag for each in options)


def test_several_forms_are_asked_for_at_once(finished: KitProject) -> None:
    """`--form` stands for itself each time: the documents of all the forms named, and no others."""
    documents = finished.json("plan", "--form", "FR.IA.01", "--form", "fr.apl.01")["documents"]
    assert {each["form"] for each in documents} == {"FR.IA.01", "FR.APL.01"}
    alone = [finished.json("plan", "--form", code)["documents"] for code in ("FR.IA.01", "FR.APL.01")]
    assert sorted(each["path"] for each in documents) == sorted(each["path"] for some in alone for each in some)
    assert ran("-C", str(finished.root), "build", "--form", "FR.IA.01", "--form", "FR.XX").exit_code == 1


@pytest.mark.parametrize("content", [b"", b"teks biasa", b"PK\x03\x04", b"\x89PNG\r\n", bytes(5000)])
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt", ""])
def test_files_that_are_no_documents_are_told(tmp_path: Path, suffix: str, content: bytes) -> None:
    """`template dump` and `import` of anything end in words."""
    path = tmp_path / f"berkas{suffix}"
    path.write_bytes(content)
    assert ran("template", "dump", str(path)).exit_code == 1
    assert ran("-C", str(tmp_path), "import", str(path), "--title", "Judul", "--edition", "2024").exit_code == 1
    assert ran("template", "dump", str(tmp_path)).exit_code == 2
    assert ran("-C", str(tmp_path), "import", str(tmp_path)).exit_code == 2


# Anything people may have done to the project


def file_instead(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        path.write_bytes(b"x")

    return change


def folder_instead(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).mkdir(parents=True)

    return change


def gone(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return change


def loop_of_links(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).symlink_to(root / name)

    return change


def added(name: str, content: bytes = b"x") -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)

    return change


EDITION = f"scheme/{SLUG}/2024"
WRONG: dict[str, Callable[[Path], None]] = {
    "the scheme is a folder": folder_instead(f"{EDITION}/scheme.yaml"),
    "the scheme is gone": gone(f"{EDITION}/scheme.yaml"),
    "the scheme is a picture": added(f"{EDITION}/scheme.yaml", b"\x89PNG\r\n\x1a\n"),
    "the scheme links to itself": loop_of_links(f"{EDITION}/scheme.yaml"),
    "the folder of schemes is a file": file_instead("scheme"),
    "the identity is a folder": folder_instead("scheme/identity.yaml"),
    "the identity is no text": added("scheme/identity.yaml", b"\xff\xfe\x00"),
    "the forms are a folder": folder_instead("templates/forms.yaml"),
    "the forms are a list": added("templates/forms.yaml", b"- FR.IA.01\n"),
    "the forms are empty": added("templates/forms.yaml", b""),
    "a form is a word": added("templates/forms.yaml", b"forms:\n  FR.IA.01: templat\n"),
    "the templates are a file": file_instead("templates/docx"),
    "a template is a folder": folder_instead("templates/docx/FR.IA.01.docx"),
    "a template is empty": added("templates/docx/FR.IA.01.docx", b""),
    "the blocks are a file": file_instead("templates/docx/blocks"),
    "a block is a folder": folder_instead("templates/docx/blocks/header.docx"),
    "a block is another file": added("templates/docx/blocks/Thumbs.db"),
    "a block is a folder of its own": folder_instead("templates/docx/blocks/lama"),
    "the questions are a file": file_instead(f"{EDITION}/questions"),
    "questions of a unit are a folder": folder_instead(f"{EDITION}/questions/M.702090.008.01.yaml"),
    "questions of a unit are a list": added(f"{EDITION}/questions/M.702090.008.01.yaml", b"- a\n"),
    "the scenarios are a file": file_instead(f"{EDITION}/scenarios"),
    "a scenario is a word": added(f"{EDITION}/scenarios/X-01.yaml", b"kata\n"),
    "a scenario is empty": added(f"{EDITION}/scenarios/X-01.yaml", b""),
    "the tasks are a folder": folder_instead(f"{EDITION}/tasks.yaml"),
    "the tasks are a list": added(f"{EDITION}/tasks.yaml", b"- a\n"),
    "the index is a folder": folder_instead(f"output/{SLUG}/2024/manifest.json"),
    "the output is a file": file_instead("output"),
    "the output links to itself": lambda root: (shutil.rmtree(root / "output"), loop_of_links("output")(root))[0],
    "an edition has an odd name": lambda root: shutil.copytree(root / EDITION, root / f"scheme/{SLUG}/ed. é 2").name and None,
    "an edition has no scheme": folder_instead(f"scheme/{SLUG}/2025"),
    "a scheme has no edition": folder_instead("scheme/kosong"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG)
def test_a_project_in_disorder_is_told_in_words(project: KitProject, wrong: str) -> None:
    """Files where folders should be, folders where files should be, links to themselves: words, never a traceback."""
    WRONG[wrong](project.root)
    for arguments in (
        ["check"],
        ["plan"],
        ["build"],
        ["template", "list"],
        ["template", "check"],
        ["template", "vars", "FR.IA.01"],
    ):
        result = ran("-C", str(project.root), *arguments)
        assert result.exit_code in (0, 1), result.output
        if result.exit_code == 1:
            assert "error: " in plain(result.output)
