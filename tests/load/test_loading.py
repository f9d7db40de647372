"""Data files: what is wrong in them is told with its line, all of it at once; what stands in them stays as written."""

import dataclasses
from pathlib import Path

import pytest
from harness import KitProject, plain

from kitgen.base.errors import Diagnostic, Findings
from kitgen.base.holes import BLANK, Missing
from kitgen.base.project import EditionName, Project
from kitgen.load.edition.scheme import load_scheme
from kitgen.load.forms import load_forms
from kitgen.load.identity import load_identity
from kitgen.load.locate import find_project
from kitgen.model.scheme import Scheme

SCHEME = """\
title: "Pemasar"
number: "SKM-01"
kind: Okupasi
basic_requirements: ["SMA"]
administrative_requirements: ["KTP"]
units:
  - code: "M.702090.001.01"
    title: "Satu"
    elements:
      - number: "1"
        title: "Elemen satu"
        criteria:
          - number: "1.1"
            text: "Langkah satu dilakukan"
          - number: "1.2"
            text: "Langkah dua dilakukan"
  - code: "M.702090.002.01"
    title: "Dua"
    elements:
      - number: "1"
        title: "Elemen dua"
        criteria:
          - number: "1.1"
            text: "Langkah tiga dilakukan"
"""
CLUSTERS = 'clusters:\n  - units: ["M.702090.001.01"]\n  - number: 2\n    units: ["M.702090.002.01"]\n'
FORMS = """\
forms:
  FR.XX.01:
    title: "Judul"
    number: "01"
    stage: asesmen
    template: docx/FR.XX.01.docx
    kits: [unit]
    per: kit
    audience: asesi
    given: [scheme]
"""
Change = tuple[str, str]


def changed(text: str, *changes: Change) -> str:
    for old, new in changes:
        assert old in text, f"{old!r} does not stand in the text"
        text = text.replace(old, new, 1)
    return text


def scheme_of(tmp_path: Path, content: str | bytes) -> tuple[Scheme | None, Findings]:
    """A scheme.yaml of this content, read, and what was found on the way."""
    findings = Findings()
    path = tmp_path / "scheme.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_scheme(path, "scheme/x/2024/scheme.yaml", EditionName("x", "2024"), findings), findings


def loaded(tmp_path: Path, *changes: Change, more: str = "") -> Scheme:
    scheme, findings = scheme_of(tmp_path, changed(SCHEME, *changes) + more)
    assert findings.errors == []
    assert scheme is not None
    return scheme


def faults(tmp_path: Path, *changes: Change, more: str = "") -> list[Diagnostic]:
    return scheme_of(tmp_path, changed(SCHEME, *changes) + more)[1].errors


def line_of(problem: Diagnostic) -> int | None:
    assert problem.place is not None
    return problem.place.line


# scheme.yaml: one slip, one message, in its line


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "help"),
    [
        ('title: "Satu"', 'title: "Satu"\n    standar: "X"', 9, "key `standar` is not known here", "did you mean `standard`?"),
        ('title: "Satu"', 'title: "Satu"\n    title: "Lagi"', 9, "key `title` is written twice", "keep one"),
        ('    title: "Satu"\n', "", 7, "key `title` is missing", 'add `title: "..."`'),
        ('title: "Satu"', "title:", 8, "a text is missing here", "write it behind the colon"),
        ('title: "Satu"', 'title: ""', 8, "a text is missing here", "write it behind the colon"),
        ('title: "Satu"', 'title: "  "', 8, "a text is missing here", "write it behind the colon"),
        ('title: "Satu"', "title: [Satu]", 8, "a text is expected here", "write it in double quotes"),
        ('text: "Langkah dua dilakukan"', "text:", 15, "criterion (KUK) 1.2 has no text", "add the sentence"),
        ('text: "Langkah dua dilakukan"', 'text: " "', 15, "criterion (KUK) 1.2 has no text", "add the sentence"),
        ('"1.2"', '"1.1"', 15, "criterion (KUK) 1.1 stands twice in unit M.702090.001.01, element 1, first in line 13",
         "mend its number"),
        ('"1.2"', '"2.1"', 15, "criterion (KUK) 2.1 stands in element 1", "move it to its own element"),
        ('"M.702090.002.01"', '"M.702090.001.01"', 17, "unit M.702090.001.01 stands twice, first in line 7", "keep one"),
        ('code: "M.702090.002.01"', 'code: ""', 17, "a text is missing here", ""),
        ("kind: Okupasi", "kind: Okupsi", 3, "`Okupsi` is not known here", "did you mean `Okupasi`?"),
        ('["SMA"]', "SMA", 4, "a list is expected here", "with `- ` before it"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, message: str, help: str) -> None:
    """What is wrong, in which line and as written there, what to do; one slip makes one message."""
    (problem,) = faults(tmp_path, (old, new))
    assert problem.message == message
    assert help in problem.help
    assert line_of(problem) == line
    assert problem.place is not None
    assert problem.place.file == "scheme/x/2024/scheme.yaml"
    assert problem.place.text == changed(SCHEME, (old, new)).splitlines()[line - 1].strip()


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ('title: "Satu"', 'titel: "Satu"', ["key `titel` is not known here", "key `title` is missing"]),
        ('criteria:\n          - number: "1.1"\n            text: "Langkah tiga dilakukan"\n', "criteria: tiga\n",
         ["a list is expected here", "element has no criteria (KUK)"]),
        ('          - number: "1.2"\n            text: "Langkah dua dilakukan"\n', "          - 1.2 Langkah dua\n",
         ["keys with values are expected here", "key `number` is missing", "criterion (KUK) ? has no text"]),
    ],
)  # fmt: skip
def test_what_follows_from_a_slip_is_told_with_it(tmp_path: Path, old: str, new: str, messages: list[str]) -> None:
    """What is no list, no group, or called otherwise is told, and what is lacking for that."""
    assert [problem.message for problem in faults(tmp_path, (old, new))] == messages


@pytest.mark.parametrize(
    ("clusters", "line", "message", "help"),
    [
        ('  - units: ["M.702090.001.01"]\n', 26, "unit M.702090.002.01 stands in no cluster", "add its code"),
        ('  - units: ["M.702090.001.01", "M.702090.002.01"]\n  - units: ["M.702090.001.01"]\n', 27,
         "unit M.702090.001.01 stands in cluster 1 already", "a unit belongs to one cluster"),
        ('  - units: ["M.702090.001.01", "M.702090.002.01", "M.702090.003.01"]\n', 26,
         "cluster 1 names unit M.702090.003.01, which the scheme does not have", "did you mean `M.702090."),
        ('  - number: 1\n    units: ["M.702090.001.01"]\n  - number: 1\n    units: ["M.702090.002.01"]\n', 28,
         "cluster 1 stands twice", "a number of its own"),
        ('  - number: dua\n    units: ["M.702090.001.01", "M.702090.002.01"]\n', 26, "`dua` is no whole number", "digits"),
        ('  - status: usul\n    units: ["M.702090.001.01", "M.702090.002.01"]\n', 26, "`usul` is not known here",
         "did you mean `usulan`?"),
    ],
)  # fmt: skip
def test_a_unit_stands_in_one_cluster(tmp_path: Path, clusters: str, line: int, message: str, help: str) -> None:
    """Units in no cluster, in two or in one the scheme does not have are told, and clusters are numbered once."""
    problem = faults(tmp_path, more=f"clusters:\n{clusters}")[0]
    assert problem.message == message
    assert help in problem.help
    assert line_of(problem) == line


def test_without_clusters_all_units_are_one_and_it_is_said(tmp_path: Path) -> None:
    """Clusters are the LSP's to decide; until then there is one, and a warning."""
    for more in ("", "clusters:\n", "clusters: []\n"):
        scheme, findings = scheme_of(tmp_path, SCHEME + more)
        assert scheme is not None
        (cluster,) = scheme.clusters
        assert (cluster.number, cluster.title, cluster.units) == (1, BLANK, scheme.units)
        (warning,) = findings.warnings
        assert warning.message == "scheme has no clusters (Kelompok Pekerjaan); all its units are taken as one"


def test_clusters_keep_their_order_and_say_when_they_are_proposals(tmp_path: Path) -> None:
    """The order of units within a cluster is data; `status: usulan` is a warning."""
    text = changed(CLUSTERS, ("  - number: 2\n    units: [", '  - title: "B"\n    status: usulan\n    units: ['))
    scheme, findings = scheme_of(tmp_path, SCHEME + text)
    assert scheme is not None
    assert [(cluster.number, cluster.title, [unit.code[8:12] for unit in cluster.units]) for cluster in scheme.clusters] == [
        (1, BLANK, [".001"]), (2, "B", [".002"]),
    ]  # fmt: skip
    assert [problem.message for problem in findings] == ["cluster 2 is a proposal, the LSP has not decided on it yet"]


SECTIONS = """    description: "Unit tentang satu."
    variables: ["1. Konteks", "1.1 Berlaku di kantor."]
    assessment_guide:
      - "1. Konteks penilaian"
    critical_aspects: ["Ketelitian"]
"""


def test_what_the_standard_says_around_the_criteria_is_kept(tmp_path: Path) -> None:
    """Description, variables, guide and critical aspects of a unit are read; one that has none is as before."""
    first, second = loaded(tmp_path, ('    title: "Satu"\n', '    title: "Satu"\n' + SECTIONS)).units[:2]
    assert (first.description, first.variables) == ("Unit tentang satu.", ("1. Konteks", "1.1 Berlaku di kantor."))
    assert (first.assessment_guide, first.critical_aspects) == (("1. Konteks penilaian",), ("Ketelitian",))
    assert (second.description, second.variables, second.assessment_guide) == (BLANK, (), ())


# Corrections


CORRECTION = '            correction:\n              text: "Langkah betul"\n              source: "SKKNI 1"\n              reason: "salah ketik"\n'


def test_a_correction_takes_the_place_of_the_text(tmp_path: Path) -> None:
    """The text as published stays in the file, the corrected one is printed."""
    scheme = loaded(tmp_path, ('text: "Langkah dua dilakukan"\n', 'text: "Langkah dua dilakukan"\n' + CORRECTION))
    assert scheme.units[0].elements[0].criteria[1].text == "Langkah betul"


@pytest.mark.parametrize("key", ["source", "reason", "text"])
def test_a_correction_tells_where_from_and_why(tmp_path: Path, key: str) -> None:
    """Without source, reason or text it is refused."""
    lines = [line for line in CORRECTION.splitlines(keepends=True) if f"{key}:" not in line]
    (problem,) = faults(
        tmp_path, ('text: "Langkah dua dilakukan"\n', 'text: "Langkah dua dilakukan"\n' + "".join(lines))
    )
    assert f"`{key}`" in problem.message
    assert line_of(problem) in (17, 18)


# YAML


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('    title: "Satu"', '\ttitle: "Satu"', 8),
        ('"Langkah dua dilakukan"', "Langkah dua: dilakukan", 16),
        ('title: "Satu"', 'title: "Satu" dan', 8),
        ('title: "Satu"', 'title: "S\\atu \\p"', 8),
        ("units:\n", "units:\n ]\n", 7),
        ("units:\n", "---\nunits:\n", 6),
    ],
)
def test_a_slip_in_yaml_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    """What YAML cannot read is told where it stops, with what to look at; nothing else is guessed from the rest."""
    scheme, findings = scheme_of(tmp_path, changed(SCHEME, (old, new)))
    assert scheme is None
    (problem,) = findings
    assert problem.message.startswith("YAML cannot be read: ")
    assert "Traceback" not in problem.message
    assert line_of(problem) == line


def test_an_open_quote_is_told_near_its_line(tmp_path: Path) -> None:
    """A quote that is not closed is noticed at the next one."""
    (problem,) = faults(tmp_path, ('title: "Satu"', 'title: "Satu'))
    assert problem.message.startswith("YAML cannot be read: ")
    assert line_of(problem) in (8, 9, 10)


LAUGHS = "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('a: &a ["lol"]\n' + LAUGHS, "`&a`: anchors and aliases are not taken"),
        ("title: *a\n", "`*a`: anchors and aliases are not taken"),
        ('title: !!python/object/apply:os.system ["true"]\n', "tag `tag:yaml.org,2002:python/object/apply:os.system`"),
        ("title: !!binary aGFsbw==\n", "tag `tag:yaml.org,2002:binary` is not taken"),
        ("title: !rahasia x\n", "tag `!rahasia` is not taken"),
        (b"title: \"Caf\xe9\"\n", "file is not written in UTF-8"),
        (SCHEME.encode("utf-16"), "file is not written in UTF-8"),
        (SCHEME.replace("Pemasar", "Pema\0sar"), "YAML cannot be read: a sign no text has (U+0000)"),
        (b"# \n" * (3 << 20), "file is larger than 8 MB"),
        ("title: " + "[" * 300_000, "more than 100 lists or groups stand in each other"),
        ("title: " + "{a: " * 300_000, "more than 100 lists or groups stand in each other"),
        ("- " * 300_000 + "a", "more than 100 lists or groups stand in each other"),
        ("? " * 300_000 + "a", "more than 100 lists or groups stand in each other"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) and not value.startswith(("title:", "a:", "- ", "? ")) else "",
)  # fmt: skip
def test_what_is_no_plain_data_is_refused(tmp_path: Path, content: str | bytes, message: str) -> None:
    """Anchors, tags, other encodings, control characters, endless files: one message, and nothing is unfolded."""
    scheme, findings = scheme_of(tmp_path, content)
    assert scheme is None
    (problem,) = findings
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    "content", ["", "# hanya komentar\n", "- satu\n- dua\n", "satu\n", "units: satu\n", "units: {a: b}\n"]
)
def test_what_holds_no_scheme_is_told(tmp_path: Path, content: str) -> None:
    """An empty file, a list or a word is no scheme; its lack of units and title is told in line 1."""
    messages = {problem.message for problem in scheme_of(tmp_path, content)[1].errors}
    assert {"scheme has no units", "key `title` is missing"} <= messages


def test_texts_stay_what_they_are(tmp_path: Path) -> None:
    """No word, number or date becomes something else: `1.10` is not 1.1, `No` not false."""
    scheme = loaded(tmp_path, ('"SKM-01"', "1.10"), ('"Pemasar"', "No"), ('"Satu"', "2024-01-01"), ('"Dua"', "0x1F"))
    assert (scheme.number, scheme.title) == ("1.10", "No")
    assert [unit.title for unit in scheme.units] == ["2024-01-01", "0x1F"]


@pytest.mark.parametrize(
    "written", ['"a   b\\tc "', "'a b c'", "a b  c", "|\n  a\n  b c", ">\n  a b\n  c", '"a\\nb c"', "! a b c"]
)
def test_runs_of_blanks_are_folded(tmp_path: Path, written: str) -> None:
    """However a text is quoted or broken over lines, it is the same text."""
    assert loaded(tmp_path, ('"Pemasar"', written)).title == "a b c"


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_windows_endings_and_byte_order_marks_change_nothing(tmp_path: Path, ending: str, mark: bytes) -> None:
    """A file saved by Notepad is the same scheme, and its faults keep their lines."""
    scheme, findings = scheme_of(tmp_path, mark + SCHEME.replace("\n", ending).encode())
    assert not findings.errors
    assert scheme == loaded(tmp_path)
    wrong = changed(SCHEME, ('"1.2"', '"2.1"')).replace("\n", ending).encode()
    (problem,) = scheme_of(tmp_path, mark + wrong)[1].errors
    assert line_of(problem) == 15


@pytest.mark.parametrize("empty", ["", " ~", ' ""', " null", "   # belum"])
def test_what_the_lsp_has_not_given_is_missing_and_warned_of(tmp_path: Path, empty: str) -> None:
    """An empty fact is Missing under its Indonesian name, however its emptiness is written."""
    scheme, findings = scheme_of(tmp_path, changed(SCHEME, (' "SKM-01"', empty)) + CLUSTERS)
    assert scheme is not None
    assert scheme.number == Missing("nomor skema")
    (warning,) = findings
    assert warning.message == "scheme number is not given by the LSP yet"
    assert line_of(warning) == 2


def test_the_model_cannot_be_changed(tmp_path: Path) -> None:
    """What was loaded stays as it is: frozen, tuples all the way down."""

    def check(value: object) -> None:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for entry in dataclasses.fields(value):
                with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
                    setattr(value, entry.name, None)
                check(getattr(value, entry.name))
        elif isinstance(value, tuple):
            for item in value:
                check(item)
        else:
            assert isinstance(value, str | int), f"{type(value)} can be changed"

    check(loaded(tmp_path))


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    """Neither ends in a traceback."""
    (tmp_path / "folder.yaml").mkdir()
    for name, message in (
        ("folder.yaml", "file cannot be read (a folder lies in its place)"),
        ("gone.yaml", "file does not exist"),
    ):
        findings = Findings()
        assert load_scheme(tmp_path / name, name, EditionName("x", "2024"), findings) is None
        assert [problem.message for problem in findings] == [message]


# identity.yaml


@pytest.mark.parametrize(
    ("content", "name", "licence"),
    [
        (None, Missing("nama LSP"), Missing("nomor lisensi")),
        ("", Missing("nama LSP"), Missing("nomor lisensi")),
        ('name: "LSP Contoh"\nlicence:\n', "LSP Contoh", Missing("nomor lisensi")),
        ("name: LSP Contoh\nlicence: 0012\naddress: x\n", "LSP Contoh", "0012"),
    ],
)
def test_identity_says_who_the_lsp_is(tmp_path: Path, content: str | None, name: object, licence: object) -> None:
    """What is not written, or the whole file, is missing; a number stays as written."""
    project = Project(tmp_path, tmp_path / "templates")
    project.scheme_dir.mkdir()
    if content is not None:
        project.identity_file.write_text(content, "utf-8")
    findings = Findings()
    body, _ = load_identity(project, findings)
    assert (body.name, body.licence) == (name, licence)
    assert findings.errors == []


def test_a_slip_in_identity_is_told(tmp_path: Path) -> None:
    """Its keys are checked like those of any file."""
    project = Project(tmp_path, tmp_path / "templates")
    project.scheme_dir.mkdir()
    project.identity_file.write_text('name: "LSP"\nlisence: "1"\n', "utf-8")
    findings = Findings()
    load_identity(project, findings)
    (problem,) = findings
    assert str(problem).startswith("error: key `lisence` is not known here\n  --> scheme/identity.yaml:2")
    assert problem.help == "did you mean `licence`?"


# forms.yaml


def forms_of(tmp_path: Path, text: str) -> Findings:
    """What is found in a forms.yaml beside one template."""
    (tmp_path / "docx").mkdir(exist_ok=True)
    (tmp_path / "docx" / "FR.XX.01.docx").touch()
    (tmp_path / "forms.yaml").write_text(text, "utf-8")
    findings = Findings()
    load_forms(Project(tmp_path.parent, tmp_path), findings)
    return findings


def test_a_sound_entry_is_taken(tmp_path: Path) -> None:
    """What the cases below are made from is in order."""
    assert list(forms_of(tmp_path, FORMS)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "help"),
    [
        ("    audience: asesi\n", "    audiens: asesi\n    audience: asesi\n", 9, "key `audiens` is not known here",
         "did you mean `audience`?"),
        ("audience: asesi", "audience: asessi", 9, "`asessi` is not known here", "did you mean `asesi`?"),
        ("kits: [unit]", "kits: [unit, skema]", 7, "`skema` is not known here", ""),
        ("kits: [unit]", "kits: unit", 7, "a list is expected here", "with `- ` before it"),
        ("per: kit", "per: kits", 8, "`kits` is not known here", "did you mean `kit`?"),
        ("given: [scheme]", "given: [schema]", 10, "`schema` is not known here", "did you mean `scheme`?"),
        ("stage: asesmen", "stage: asesmen\n    stage: laporan", 6, "key `stage` is written twice", "keep one"),
        ("    stage: asesmen\n", "", 3, "key `stage` is missing", "write one of: pendaftaran"),
        ('number: "01"', 'number: "1"', 4, "official number `1` is not two digits", "write it as `01`, `14a`"),
        ("FR.XX.01.docx", "FR.XX.1.docx", 6, "template `docx/FR.XX.1.docx` does not exist",
         "did you mean `docx/FR.XX.01.docx`?"),
        ("docx/FR.XX.01.docx", "../docx/FR.XX.01.docx", 6, "does not lie in the folder of templates", "write `docx/"),
        ("docx/FR.XX.01.docx", "/etc/FR.XX.01.docx", 6, "does not lie in the folder of templates", "write `docx/"),
        ("FR.XX.01.docx", "FR.XX.01.odt", 6, "is no Word or Excel file", "templates end in .docx or .xlsx"),
        ("forms:\n", "form:\n", 1, "key `form` is not known here", "did you mean `forms`?"),
    ],
)  # fmt: skip
def test_a_slip_in_forms_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str, help: str
) -> None:
    """Forms are declared by people who do not know the program: every slip names its line and what is meant."""
    problem = forms_of(tmp_path, changed(FORMS, (old, new))).errors[0]
    assert message in problem.message
    assert help in problem.help
    assert line_of(problem) == line


def test_a_form_declared_twice_is_told(tmp_path: Path) -> None:
    """The same code twice, or two forms whose files would have one name."""
    entry = FORMS.removeprefix("forms:\n")
    assert [p.message for p in forms_of(tmp_path, FORMS + entry).errors] == ["key `FR.XX.01` is written twice"]
    (problem,) = forms_of(tmp_path, FORMS + entry.replace("FR.XX.01:", "fr.xx.01:")).errors
    assert problem.message == "forms FR.XX.01 and fr.xx.01 would make files of the same name"


# All files at once


def test_all_faults_of_all_files_are_told_at_once(kit_project: KitProject) -> None:
    """Scheme, forms and identity are all read before anything stops, and each fault names its file and line."""
    edition = kit_project.edition.relative_to(kit_project.root).as_posix()
    kit_project.edit_scheme('  - code: "', '  - kode: "')
    kit_project.edit("templates/forms.yaml", "audience: asesi\n", "audience: asessi\n")
    kit_project.edit("scheme/identity.yaml", "name:", "nama:")
    for command in ("check", "plan", "build"):
        said = plain(kit_project.run(command, expect=1).last.output)  # type: ignore[union-attr]
        for name in (f"{edition}/scheme.yaml", "templates/forms.yaml", "scheme/identity.yaml"):
            assert f"--> {name}:" in said
    assert not kit_project.output.exists()


def test_every_shipped_file_is_in_order(root: Path) -> None:
    """The scheme, the forms and the identity that come with kitgen have no errors."""
    findings = Findings()
    for path in sorted((root / "scheme").glob("*/*/scheme.yaml")):
        load_scheme(path, path.name, EditionName(path.parent.parent.name, path.parent.name), findings)
    load_forms(find_project(root), findings)
    load_identity(find_project(root), findings)
    assert findings.errors == []


def test_two_forms_of_one_number_are_told(tmp_path: Path) -> None:
    """The checklist would print it twice; it is a warning, and says which number is free."""
    second = FORMS.partition("forms:\n")[2].replace("FR.XX.01:", "FR.XX.02:")
    (problem,) = forms_of(tmp_path, FORMS + second)
    assert problem.severity == "warning" and "number 01 is that of form FR.XX.01, too" in problem.message
    assert "the first free one is 02" in problem.help
