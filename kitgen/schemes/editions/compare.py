"""`kitgen diff`: two editions read and compared, as a value, as JSON, and as a Word document."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from kitgen.base.digests import digest, digest_values
from kitgen.base.errors import Diagnostic, Findings, Place, WrongUsage, failure
from kitgen.base.line_diff import differences
from kitgen.base.messages import NOTHING, Message, counted, said
from kitgen.base.project import EditionName, Project
from kitgen.changes.fields import changed_fields, flat_fields
from kitgen.changes.items import edition_changes
from kitgen.changes.report import diff_sheet
from kitgen.changes.words import spans
from kitgen.documents.disk.document import document_parts, refuse_foreign
from kitgen.documents.disk.files import write_whole
from kitgen.documents.status.reports import DIFF_TEMPLATE, compiled_report, render_report
from kitgen.kits.stamp import SERIAL_TOKEN
from kitgen.load.edition.edition import load_edition
from kitgen.load.edition.scheme import load_scheme
from kitgen.load.edition.seal import check_seal
from kitgen.load.locate import find_editions, find_project
from kitgen.load.project_data import ProjectFacts, read_facts
from kitgen.load.template_files import template_tree
from kitgen.model.body import CertificationBody, PageStyle
from kitgen.model.changes import EditionChanges, FieldChange, ItemLine
from kitgen.model.edition import Edition
from kitgen.model.forms import Form
from kitgen.model.origin import Ruling
from kitgen.render.dump.dump import dump_parts

_MOST_PLACES: Final = 20
"""So many places of a template that changed are told one by one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Hasil perbandingan: the changes, the rulings of the new edition, and what was odd when they were read."""

    changes: EditionChanges
    rulings: tuple[Ruling, ...]
    warnings: tuple[Diagnostic, ...]
    project: Project
    body: CertificationBody
    style: PageStyle

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs: each criterion of both editions in exactly one line, unchanged ones too."""
        scheme = self.changes.scheme
        criteria = [
            {
                "kinds": list(line.kinds),
                "old": [asdict(each) for each in line.old],
                "new": [asdict(each) for each in line.new],
                **({"from_unit": line.from_unit} if line.from_unit else {}),
                **({"words": [[each.kind, each.text] for each in spans(line.old[0].text, line.new[0].text)]}
                   if line.shape == "kept" and line.wording != "same" else {}),
            }
            for line in scheme.criteria
        ]  # fmt: skip
        return {
            "old": self.changes.old,
            "new": self.changes.new,
            "title": self.changes.title,
            "same": self.changes.is_empty,
            "left_out": self.changes.left_out,
            "counts": scheme.counts(),
            "units": [{"shape": line.shape, "old": line.old_code, "new": line.new_code, "title": line.title,
                       "raised": line.is_raised, "fields": [asdict(each) for each in line.fields]}
                      for line in scheme.units],
            "elements": [{"kinds": list(line.kinds), "unit": line.unit, "old": line.old_number, "new": line.new_number,
                          "old_title": line.old_title, "new_title": line.new_title} for line in scheme.elements],
            "criteria": criteria,
            "items": [asdict(line) for line in self.changes.items],
            "rulings": [asdict(each) for each in self.rulings],
        }  # fmt: skip


def compare_editions(project: Project, old: str, new: str, scheme: str | None = None) -> Compared:
    """Compare two editions, each the name of one of this project or the folder of one anywhere.

    Where the questions of one have not followed its scheme yet, only the schemes are compared; where some of its data
    cannot be read, the rest is; the result says so. Raises `WrongUsage` where there are several schemes,
    `KitgenError` where one cannot be read.
    """
    before, after = (_side(project, name, scheme) for name in (old, new))
    findings = Findings()
    facts = {project: read_facts(project) for project in dict.fromkeys((before[0], after[0]))}
    left, right = (_Side.load(*each, facts[each[0]], findings) for each in (before, after))
    findings.stop_on_errors()
    more = list(_beside(left, right)) if left.project.root != right.project.root else []
    changes = edition_changes(left.edition, right.edition, more)
    told = _left_out(left, right)
    if told:
        items = changes.items if left.is_whole and right.is_whole else tuple(more)
        changes = replace(changes, items=items, left_out=told)
    return Compared(changes, right.edition.rulings, tuple(findings.warnings), right.project, right.body, right.style)


def _left_out(*sides: "_Side") -> Message:
    troubled = [side for side in sides if side.problems]
    if not troubled:
        return NOTHING
    names = ", ".join(side.edition.scheme.edition for side in troubled)
    count = sum(len(side.problems) for side in troubled)
    errors = counted(count, "error")
    if all(side.is_whole for side in sides):
        return said("{errors} in {names}: what cannot be read is taken as not there", errors=errors, names=names)
    return said("{errors} in {names}: questions and other data are not compared", errors=errors, names=names)


def _side(project: Project, name: str, scheme: str | None) -> tuple[Project, EditionName]:
    folder = Path(name)
    if (folder / "scheme.yaml").is_file():
        folder = folder.resolve()
        own = find_project(folder)
        given = EditionName(folder.parent.name, folder.name)
        if own.scheme_file(given) != folder / "scheme.yaml":
            raise failure(
                said("folder is no edition of a project"),
                Place(folder.name),
                said("an edition lies in `scheme/SCHEME/EDITION/` of a project"),
            )
        return own, given
    found = find_editions(project, scheme, name)
    if len(found) > 1:
        raise WrongUsage(
            said(
                "several schemes have an edition {name}; name one: {found}",
                name=name,
                found=", ".join(slug for slug, _ in found),
            )
        )
    return project, found[0]


@dataclass(frozen=True, slots=True)
class _Side:
    project: Project
    edition: Edition
    is_whole: bool
    problems: tuple[Diagnostic, ...]
    body: CertificationBody
    style: PageStyle
    forms: tuple[Form, ...]

    @staticmethod
    def load(project: Project, name: EditionName, facts: ProjectFacts, findings: Findings) -> "_Side":
        """One side; only what is wrong in its scheme is noted in `findings`, the rest are its own problems."""
        own, of_scheme = Findings(), Findings()
        own.extend(facts.problems)
        edition = load_edition(project, name, facts.kinds, own)
        path = project.scheme_file(name)
        check_seal(project, name, findings)
        findings.stop_on_errors()
        is_whole = edition is not None
        if edition is None:
            scheme = load_scheme(path, project.shown(path), name, of_scheme)
            units = scheme.units if scheme is not None else ()
            if scheme is None or not units:
                findings.extend(of_scheme.errors)
                findings.stop_on_errors()
                raise failure(said("scheme cannot be read"), Place(project.shown(path)))
            edition = Edition(scheme, (), ())
        stale = [each for each in own.warnings if each.message.startswith("ruling ")]
        findings.extend(stale)
        return _Side(project, edition, is_whole, tuple(own.errors), facts.body, facts.style, facts.forms)


def _beside(old: _Side, new: _Side) -> Iterator[ItemLine]:
    """What belongs to no edition: identity, entries of forms and templates, where the sides are of two projects."""
    facts = changed_fields(
        [*flat_fields(old.body), *flat_fields(old.style)], [*flat_fields(new.body), *flat_fields(new.style)]
    )
    if facts:
        yield ItemLine("identity", "", "changed", facts)
    entries = [{form.code: flat_fields(form) for form in side.forms} for side in (old, new)]
    for code, fields in entries[1].items():
        if code not in entries[0]:
            yield ItemLine("form", code, "new")
        elif found := changed_fields(entries[0][code], fields):
            yield ItemLine("form", code, "changed", found)
    yield from (ItemLine("form", code, "removed") for code in entries[0] if code not in entries[1])
    yield from _templates(old, new)


def _templates(old: _Side, new: _Side) -> Iterator[ItemLine]:
    before, after = _template_files(old), _template_files(new)
    for name in sorted({*before, *after}):
        if name not in before or name not in after:
            yield ItemLine("template", name, "removed" if name in before else "new")
        elif before[name].read_bytes() != after[name].read_bytes():
            parts = [document_parts(files[name]) for files in (before, after)]
            if digest_values({part: digest(data) for part, data in parts[0].items()}) == digest_values(
                {part: digest(data) for part, data in parts[1].items()}
            ):
                continue  # packed otherwise, with the same parts in it
            told = differences(*(dump_parts(each, name) for each in parts))
            fields = [FieldChange(each.spot, each.old, each.new) for each in told[:_MOST_PLACES]]
            if len(told) > _MOST_PLACES:
                fields.append(FieldChange(counted(len(told) - _MOST_PLACES, "more place"), "", "..."))
            yield ItemLine("template", name, "changed", tuple(fields) or (FieldChange("layout", "", "changed"),))


def _template_files(side: _Side) -> Mapping[str, Path]:
    """The templates of its forms, and what lies in folders of its own: blocks, reports."""
    used = {form.template for form in side.forms}
    found = {name: path for name, path in template_tree(side.project).items() if path.suffix in (".docx", ".xlsx")}
    return {name: path for name, path in found.items() if name in used or name.count("/") > 1}


def write_diff(compared: Compared, out: Path, over: bool = False) -> None:
    """Write the changes as a Word document.

    Raises `KitgenError` for faults of its template, and for a file that is there and that a person made or edited
    (unless `over`).
    """
    if out.suffix.lower() != ".docx":
        raise failure(said("{name} is to be a Word document", name=out.name), None, said("let its name end in .docx"))
    if not over:
        refuse_foreign([out])
    template = compiled_report(compared.project, DIFF_TEMPLATE, compared.style)
    sheet = diff_sheet(compared.changes, compared.body.name, compared.rulings, SERIAL_TOKEN)
    write_whole(out, render_report(template, sheet, Path(DIFF_TEMPLATE).stem).data)
