"""Filling any template with any data: one document, or one for each record, each told apart by its name."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kitgen.base.digests import serial_of
from kitgen.base.errors import Diagnostic, KitgenError, Place, did_you_mean, failure
from kitgen.base.messages import counted, said
from kitgen.base.project import Project
from kitgen.documents.build.sample import sample_values
from kitgen.documents.disk.document import record_properties, refuse_foreign
from kitgen.documents.disk.files import write_whole
from kitgen.documents.disk.staleness import Record
from kitgen.documents.status.templates import templates_of
from kitgen.kits.kit import kits_of
from kitgen.kits.paths import safe_name
from kitgen.kits.plain import Plain
from kitgen.kits.plan import plan_documents
from kitgen.kits.values import template_values
from kitgen.load.project_data import ProjectFacts, load_data, read_facts
from kitgen.load.records import load_records
from kitgen.load.template_files import block_folders, shipped_file, template_tree
from kitgen.render import compile_template

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate

_FIELD: Final = re.compile(r"\{(\w+)(?::0(\d))?\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What a run made: the files written, the problems of the records that could not be filled, warnings."""

    written: tuple[Path, ...]
    problems: tuple[Diagnostic, ...]


def fill(template: Path, data: Path, out: Path, replace: bool = False, allowed: Set[str] = frozenset()) -> Filled:
    """Fill a template with the data of a file; `allowed` names active content that may stay in it.

    For a list of records the name of `out` is a pattern: `surat {nama}.docx`, `{n:03}.docx` (`n`: the record's number).
    A record with faults does not stop the others. Raises `KitgenError` for faults of the template or the names, and
    for files that are there and that kitgen did not make (unless `replace`).
    """
    records, many = load_records(data)
    compiled = compile_template(template, template.name, allowed=allowed)
    _refuse_ending(out, template, compiled)
    names = _names(records, out, data) if many else [out]
    if not replace:
        refuse_foreign(names)
    written: list[Path] = []
    problems: list[Diagnostic] = list(compiled.warnings)
    for number, (record, path) in enumerate(zip(records, names, strict=True), 1):
        try:
            _write(compiled, record, path, template.stem)
        except KitgenError as error:
            problems += [_of_record(problem, number, data) if many else problem for problem in error.diagnostics]
            continue
        written.append(path)
    return Filled(tuple(written), tuple(problems))


def _refuse_ending(out: Path, template: Path, compiled: "CompiledTemplate") -> None:
    if out.suffix.lower() != compiled.suffix:
        raise failure(
            said("{name} is to be made from {template}", name=out.name, template=template.name),
            None,
            said("let its name end in {suffix}", suffix=compiled.suffix),
        )


def _write(compiled: "CompiledTemplate", values: Mapping[str, Any], path: Path, form: str) -> None:
    rendered = compiled.render_parts(values)
    digest = rendered.digest()
    write_whole(path, rendered.pack(record_properties(Record(digest, form, "", serial_of(digest)))))


def _of_record(problem: Diagnostic, number: int, data: Path) -> Diagnostic:
    return Diagnostic(
        said("record {number} of {name}: {message}", number=number, name=data.name, message=problem.message),
        problem.place,
        problem.help,
        problem.severity,
    )


def _names(records: Sequence[Mapping[str, Any]], out: Path, data: Path) -> list[Path]:
    """The file of each record; two of one name would overwrite each other and are refused."""
    fields = [match[1] for match in _FIELD.finditer(out.name)]
    if not fields:
        advice = said("put a name of a value into it: `surat {nama}.docx`, or `{n:03}` for the record's number")
        raise failure(
            said(
                "{name} holds {records}, but `{template}` names one file",
                name=data.name,
                records=counted(len(records), "record"),
                template=out.name,
            ),
            None,
            advice,
        )
    names = [_name(record, number, out, data) for number, record in enumerate(records, 1)]
    counts = Counter(unicodedata.normalize("NFC", path.name).casefold() for path in names)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        several = counted(len(twice), "name")
        raise failure(
            said("{several} would be given to several records, such as `{twice}`", several=several, twice=twice[0]),
            Place(data.name),
            said("add `{n}`, the record's number, to the name"),
        )
    return names


def _name(record: Mapping[str, Any], number: int, out: Path, data: Path) -> Path:
    def text(match: re.Match[str]) -> str:
        value = record.get(match[1], number if match[1] == "n" else None)
        if value is None or isinstance(value, dict | list):
            known = [name for name in (*record, "n") if not isinstance(record.get(name), dict | list)]
            raise failure(
                said("record {number} has no text `{match}` for its file's name", number=number, match=match[1]),
                Place(data.name),
                did_you_mean(match[1], known),
            )
        return f"{value:0{match[2]}}" if match[2] and isinstance(value, int) else str(value)

    stem = safe_name(_FIELD.sub(text, out.stem), 120)
    return out.with_name(f"{stem}{out.suffix}")


def preview(
    project: Project,
    template: Path,
    out: Path,
    replace: bool = False,
    allowed: Set[str] = frozenset(),
    facts: ProjectFacts | None = None,
) -> tuple[str, tuple[Diagnostic, ...]]:
    """A filled sample of any template: with the first scheme's data if it belongs to a form, else with made-up values.

    `facts` are those of the project, for a caller who has read them.

    Gives what it was filled with, and the warnings. Raises `KitgenError` as `fill` does.
    """
    if not replace:
        refuse_foreign([out])
    named = next((name for name, path in template_tree(project).items() if path.samefile(template)), "")
    folders = block_folders(project, named) if named else ()
    origin = shipped_file(project, named) if named else None
    compiled = compile_template(
        template, template.name, project.scheme_dir, allowed=allowed, blocks=folders, origin=origin
    )
    _refuse_ending(out, template, compiled)
    values = _real_values(project, named, facts)
    _write(compiled, sample_values(compiled.reads) if values is None else values, out, template.stem)
    what = said("made-up values") if values is None else said("the data of this project")
    return what, compiled.warnings


def _real_values(project: Project, template: str, facts: ProjectFacts | None) -> Mapping[str, Any] | None:
    """The values of the first document of the form a template of this name belongs to; None for a stranger."""
    if not template:
        return None
    facts = facts or read_facts(project)
    forms = [form for form in facts.forms if form.template == template]
    if not forms or not project.scheme_dir.is_dir():
        return None
    data = load_data(project, facts=facts)
    templates = templates_of(project, data)
    templates.compiled(forms[0])
    for edition in data.editions:
        for document in plan_documents(data.forms, kits_of(edition)):
            if document.form.code != forms[0].code:
                continue
            values = dict(template_values(document, data.body, Plain(), templates.signers))
            stamp = values["stamp"]
            assert isinstance(stamp, dict)
            return values | {"stamp": {**stamp, "serial": "CONTOH", "draft": "CONTOH"}}
    return None
