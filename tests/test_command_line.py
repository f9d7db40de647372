"""The command line: quick to start, kind about slips, never a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from harness import KitProject

from kitgen.cli import cli

HEAVY = ("jinja2", "lxml", "docx", "openpyxl", "yaml", "hypothesis")


def test_help_imports_nothing_heavy() -> None:
    """`kitgen --help` starts without the libraries that do the work."""
    code = (
        "import sys\nfrom kitgen.cli import cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"sys.stderr.write(','.join(name for name in {HEAVY!r} if name in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands:" in result.stdout
    assert result.stderr == ""


def test_the_module_runs_like_the_program() -> None:
    """`python -m kitgen` is the same program."""
    result = subprocess.run([sys.executable, "-m", "kitgen", "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("kitgen, version ")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["buidl"], 2, "No such command"),
        (["build", "--fom", "x"], 2, "No such option"),
        (["build", "--form", "FR.IA.1"], 1, "did you mean `FR.IA.01`?"),
        (["build", "--unit", "M.702090.08.01"], 1, "did you mean `M.702090.008.01`?"),
        (["build", "--scheme", "tenaga-pemasar"], 1, "there is no scheme"),
        (["build", "--edition", "2042"], 1, "2042"),
        (["build", "--replace", "output/tiada.docx"], 1, "no document of this run"),
        (["template", "vars", "FR.IA.99"], 1, "there is no form"),
        (["template", "dump", "scheme/identity.yaml"], 1, "damaged"),
        (["import", "tiada.txt"], 2, "does not exist"),
        (["render", "templates/docx/FR.IA.01.docx", "scheme/identity.yaml", "x.pdf"], 1, "let its name end in .docx"),
        (["render", "scheme/identity.yaml", "scheme/identity.yaml", "x.docx"], 1, "no template"),
    ],
)
def test_a_slip_is_told_in_one_message(
    kit_project: KitProject, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    """Wrong usage exits with 2, problems of the data with 1, each with what to do and no traceback."""
    monkeypatch.chdir(kit_project.root)
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == code, result.output
    assert words in result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_an_empty_folder_is_told_what_to_do(tmp_path: Path) -> None:
    """Without a scheme every command says how to get one."""
    for command in ("build", "plan", "check"):
        result = CliRunner().invoke(cli, ["-C", str(tmp_path), command])
        assert result.exit_code == 1
        assert "kitgen import" in result.output


def test_results_go_to_stdout_and_talk_to_stderr(kit_project: KitProject) -> None:
    """`--json` prints nothing but JSON on standard output, warnings stand on standard error."""
    result = CliRunner().invoke(cli, ["-C", str(kit_project.root), "plan", "--json"])
    rows = json.loads(result.stdout)
    assert rows["summary"]["documents"] == len(rows["documents"]) == rows["summary"]["new"]
    assert set(rows["documents"][0]) == {"path", "form", "kit", "per", "audience", "state", "serial", "reasons"}
    assert all("\\" not in row["path"] for row in rows["documents"])
    assert "warning" in result.stderr
    assert not (kit_project.root / "output").exists()


def test_strict_makes_missing_facts_an_error(kit_project: KitProject) -> None:
    """Missing facts are warnings, and errors only under `--strict`."""
    kit_project.run("check").run("check", "--strict", expect=1)


def test_any_template_is_filled_with_any_data(kit_project: KitProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file for each record, named by a pattern; a bad record does not stop the others; foreign files are kept."""
    from harness import paragraphs, word_template

    monkeypatch.chdir(kit_project.root)
    template = word_template(kit_project.root, paragraphs("Halo {{ nama }}, {{ kota }}"), "surat.docx")
    data = kit_project.root / "data.yaml"
    data.write_text("- {nama: 'A/B ../x', kota: X}\n- {nama: Dua}\n- {nama: Tiga, kota: Z}\n", "utf-8")
    result = CliRunner().invoke(cli, ["render", template.name, data.name, "hasil/{n:02} {nama}.docx"])
    assert result.exit_code == 1
    assert "record 2" in result.output and "`kota`" in result.output
    made = sorted(path.name for path in (kit_project.root / "hasil").iterdir())
    assert made == ["01 A-B ..-x.docx", "03 Tiga.docx"]
    (kit_project.root / "hasil/03 Tiga.docx").write_bytes(b"milik orang")
    again = CliRunner().invoke(cli, ["render", template.name, data.name, "hasil/{n:02} {nama}.docx"])
    assert again.exit_code == 1 and "was not made by kitgen" in again.output
    assert (kit_project.root / "hasil/03 Tiga.docx").read_bytes() == b"milik orang"


@pytest.mark.parametrize("name", ["FR.IA.01.docx", "Kartu Asesi.docx"])
def test_a_preview_of_our_own_template_has_our_own_data(kit_project: KitProject, name: str) -> None:
    """A sample of a form is filled with the project's data, one of a stranger's template with made-up values."""
    import docx
    from harness import paragraphs, word_template

    out = kit_project.root / "contoh.docx"
    kit_project.run("template", "preview", str(kit_project.root / "templates/docx" / name), str(out))
    assert "Tenaga Pemasar Operasional" in "".join(docx.Document(str(out)).element.itertext())
    stranger = word_template(
        kit_project.root, paragraphs("{% for u in units %}{{ u.code }} {% endfor %}"), "asing.docx"
    )
    kit_project.run("template", "preview", str(stranger), str(out), "--replace")
    assert docx.Document(str(out)).paragraphs[0].text.count("[units.code]") == 2
