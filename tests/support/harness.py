"""What many tests need: a project that can be edited and built, Word files made for a case, golden texts."""

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import yaml
from click.testing import CliRunner, Result
from lxml import etree
from office_rules import faults_of

from kitgen.cli import cli
from kitgen.documents.disk.document import parts_of_file
from kitgen.render import compile_template
from kitgen.render.dump.dump import dump_parts

ROOT = Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SLUG = "tenaga-pemasar-operasional-layanan"
FEW_PLAYS = ("KEL-01", "KEL-02", "KEL-04", "LYN-01", "PMS-01", "INT-01")


_texts: dict[tuple[bytes, str], str] = {}
"""What finished documents say, by the digest and the path of each."""


@dataclass
class Golden:
    folder: Path
    update: bool

    def check(self, name: str, text: str) -> None:
        path = self.folder / name
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.is_file(), f"no golden text {name}; run pytest --update-golden and read it"
        assert text == path.read_text("utf-8")


def accept_questions(edition: Path) -> None:
    """Let the LSP accept every question of an edition for its papers, though nobody has reviewed them."""
    path = edition / "blueprint.yaml"
    blueprint = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    files = sorted((edition / "questions").glob("*.yaml"))
    ids = [each["id"] for file in files for each in yaml.safe_load(file.read_text("utf-8"))["questions"]]
    path.write_text(yaml.safe_dump({**blueprint, "accepted": ids}, allow_unicode=True, sort_keys=False), "utf-8")


@dataclass
class KitProject:
    """A project in a folder; each step gives the project back, so that a test reads as a story."""

    root: Path
    last: Result | None = field(default=None, repr=False)

    @classmethod
    def copy_of(cls, source: Path, target: Path) -> "KitProject":
        for name in ("scheme", "templates"):
            shutil.copytree(source / name, target / name)
        return cls(target)

    @property
    def edition(self) -> Path:
        return self.root / "scheme" / SLUG / "2024"

    @property
    def output(self) -> Path:
        return self.root / "output" / SLUG / "2024"

    def run(self, *arguments: str, expect: int = 0) -> "KitProject":
        self.last = CliRunner().invoke(cli, ["-C", str(self.root), *arguments], catch_exceptions=False)
        assert self.last.exit_code == expect, self.last.output
        return self

    def build(self, *arguments: str, expect: int = 0) -> "KitProject":
        return self.run("build", *arguments, expect=expect)

    def edit(self, name: str, old: str, new: str) -> "KitProject":
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} does not stand in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return self

    def edit_scheme(self, old: str, new: str) -> "KitProject":
        return self.edit(f"scheme/{SLUG}/2024/scheme.yaml", old, new)

    def edit_template(self, name: str, old: str, new: str) -> "KitProject":
        """Replace a text in every part of a template."""
        path = self.root / "templates" / name
        rewrite_parts(path, lambda _, content: content.replace(old.encode(), new.encode()))
        return self

    def json(self, *arguments: str) -> Any:
        self.run(*arguments, "--json")
        assert self.last is not None
        return json.loads(self.last.stdout)

    def states(self, *arguments: str) -> dict[str, str]:
        return {row["path"]: row["state"] for row in self.json("plan", *arguments)["documents"]}

    def tree(self) -> dict[str, str]:
        return tree_digests(self.root / "output")

    def stamps(self) -> dict[str, tuple[str, int]]:
        """Digest and time of every file in `output/`: equal only if nothing was written."""
        folder = self.root / "output"
        return {name: (digest, (folder / name).stat().st_mtime_ns) for name, digest in self.tree().items()}

    def copy_to(self, target: Path) -> "KitProject":
        """The same project, output and all, elsewhere; times are kept."""
        shutil.copytree(self.root, target)
        return KitProject(target)

    @property
    def said(self) -> str:
        """What the last run printed, results and talk."""
        assert self.last is not None
        return plain(self.last.output)

    def forms(self) -> dict[str, dict[str, Any]]:
        """The entries of forms.yaml, by code."""
        text = (self.root / "templates" / "forms.yaml").read_text("utf-8")
        return dict(yaml.safe_load(text)["forms"])

    def keep_forms(self, codes: Collection[str]) -> "KitProject":
        """Leave only these forms in forms.yaml."""
        return self.write_forms({code: entry for code, entry in self.forms().items() if code in codes})

    def write_forms(self, entries: Mapping[str, Mapping[str, Any]]) -> "KitProject":
        """Write forms.yaml anew with these entries."""
        path = self.root / "templates" / "forms.yaml"
        instruments = yaml.safe_load(path.read_text("utf-8"))["instruments"]
        whole = json.loads(json.dumps({"instruments": instruments, "forms": entries}))  # copied: no aliases in YAML
        path.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")
        return self

    def one_form_of_each_kind(self, *also: str) -> "KitProject":
        """A project that is quick to build: a form for each way documents are made, Word and Excel, and these.

        Of those that stand in the kits of a scheme: of others a build without an event makes nothing.
        """
        kinds: dict[tuple[str, str], str] = {}
        for code, entry in self.forms().items():
            if entry["kits"] != ["event"]:
                kinds.setdefault((entry["per"], entry["template"][-5:]), code)
        return self.keep_forms({*kinds.values(), *also})

    def few_role_plays(self) -> "KitProject":
        """Leave role plays of each kind and channel, less than half of the shipped ones: two documents of three."""
        for path in (self.edition / "scenarios").glob("*.yaml"):
            if path.stem not in FEW_PLAYS:
                path.unlink()
        return self

    def text(self, path: str) -> str:
        """What a finished document (by its path below `output/`) says, a line for each paragraph and cell, without marks."""
        file = (self.root / "output" / path).read_bytes()
        key = hashlib.sha256(file).digest(), path
        if key not in _texts:
            lines = dump_parts(parts_of_file(file, path.rpartition("/")[2]), path)
            _texts[key] = "\n".join(line.text for line in lines).replace("**", "").replace("~~", "")
        return _texts[key]


def command(*arguments: str | Path, **settings: Any) -> "subprocess.Popen[str]":
    """`python -m kitgen` in a process of its own; `env` is added to the environment, other settings are Popen's."""
    paths = [*settings.pop("paths", ()), ROOT]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), **settings.pop("env", {})}
    warnings = settings.pop("warnings", "error")
    line = [sys.executable, "-W", warnings, "-m", "kitgen", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    return subprocess.Popen(line, env=environment, **{**pipes, **settings})


def dies(project: KitProject, step: int, *arguments: str) -> int:
    """Build in a forked process that ends, as if the power went, at its n-th change of the disk.

    Gives how many changes there were if it came through, 0 if it died.
    """
    told, tell = os.pipe()
    child = os.fork()
    if child:
        os.close(tell)
        with os.fdopen(told) as reader:
            made = reader.read()
        os.waitpid(child, 0)
        return int(made or 0)
    count = 0

    def cut(real: Callable[..., Any], half: bool = False) -> Callable[..., Any]:
        def change(self: Path, *arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                if half:
                    real(self, arguments[0][: len(arguments[0]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(self, *arguments, **options)

        return change

    for name in ("replace", "rename", "unlink", "rmdir"):
        setattr(Path, name, cut(getattr(Path, name)))
    Path.write_bytes = cut(Path.write_bytes, half=True)  # type: ignore[method-assign]
    CliRunner().invoke(cli, ["-C", str(project.root), "build", *arguments])
    os.write(tell, str(count).encode())
    os._exit(0)


def tree_digests(folder: Path) -> dict[str, str]:
    """Digest of every file below a folder, by relative path; the lock and the record of intent are of no run's making."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kitgen" not in path.relative_to(folder).parts
    }


def rewrite_parts(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Pass every part of an Office file through a function, as a person's program would save it anew."""
    with zipfile.ZipFile(path) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, change(name, content))


def add_strings(path: Path, strings: list[str]) -> None:
    """Add a table of texts to a workbook."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    added = {
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content_type}"/>',
        ),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/>',
        ),
    }

    def edit(name: str, content: bytes) -> bytes:
        end, element = added.get(name, ("", ""))
        return content.replace(end.encode(), (element + end).encode()) if end else content

    rewrite_parts(path, edit)
    items = "".join(f"<si>{string}</si>" for string in strings)
    table = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", table)


def edit_by_hand(path: Path, old: str, new: str) -> None:
    """Change a word of a finished document, as a person in Word does."""
    changed: list[str] = []

    def change(name: str, content: bytes) -> bytes:
        if name == "word/document.xml" and old.encode() in content:
            changed.append(name)
            return content.replace(old.encode(), new.encode())
        return content

    rewrite_parts(path, change)
    assert changed, f"{old!r} does not stand in {path.name}"


# Templates made for one case


def word_template(folder: Path, build: Callable[[Any], None], name: str = "case.docx") -> Path:
    """A .docx made by python-docx: `build` is given the new document."""
    document = docx.Document()
    build(document)
    path = folder / name
    document.save(str(path))
    return path


def paragraphs(*texts: str | Sequence[str]) -> Callable[[Any], None]:
    """A builder: one paragraph for each text; a list of texts makes one paragraph of several runs."""

    def build(document: Any) -> None:
        for text in texts:
            paragraph = document.add_paragraph()
            for run in [text] if isinstance(text, str) else text:
                paragraph.add_run(run)

    return build


def table(*rows: Sequence[str]) -> Callable[[Any], None]:
    """A builder: one table with these texts."""

    def build(document: Any) -> None:
        made = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text

    return build


def rendered(path: Path, values: Mapping[str, object]) -> Any:
    """The document a template gives, held to the rules of Word, opened by python-docx."""
    return opened_by_the_rules(compile_template(path, pictures=path.parent).render(values))


def opened_by_the_rules(data: bytes) -> Any:
    """A finished document in python-docx, once nothing is found in it that Word would refuse."""
    assert faults_of(data) == []
    return docx.Document(io.BytesIO(data))


def body_xml(document: Any) -> str:
    return etree.tostring(document.element.body, encoding="unicode")


def texts_of(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def rows_of(document: Any, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def plain(text: str) -> str:
    """Terminal colours taken out."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


# What a case may cost


@contextmanager
def within(seconds: float, megabytes: int) -> Iterator[None]:
    """Fails if what is done inside takes more processor time, or (on Linux) more memory, than this."""
    before, started = _peak_memory(forget=True), time.process_time()
    yield
    took, grown = time.process_time() - started, _peak_memory() - before
    assert took < seconds, f"took {took:.1f} s"
    assert grown < megabytes, f"took {grown} MB"


def soon(work: Callable[[], None], seconds: float, megabytes: int, tries: int = 3) -> None:
    """Fails unless one of a few runs of the work stays within these: a busy neighbour costs processor time, too."""
    for left in reversed(range(tries)):
        try:
            with within(seconds, megabytes):
                work()
        except AssertionError as slow:
            if not left or "took" not in str(slow):
                raise
        else:
            return


def _peak_memory(forget: bool = False) -> int:
    """The most memory this process had (since it was last forgotten), in MB; 0 where the system does not tell."""
    status, switch = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not switch.exists():
        return 0
    if forget:
        switch.write_text("5")
    (line,) = (line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
