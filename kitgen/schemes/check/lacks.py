"""What a project lacks: its schemes looked at one by one, told as values and as a Word document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kitgen.base.errors import Diagnostic, KitgenError, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.document import refuse_foreign
from kitgen.documents.disk.files import write_whole
from kitgen.documents.status.reports import LACKS_TEMPLATE, compiled_report, render_report
from kitgen.kits.kit import kits_of
from kitgen.kits.lacks import BEGINNING, lack_sheet, lacks_of, unmade_forms
from kitgen.kits.stamp import SERIAL_TOKEN
from kitgen.load.locate import find_editions
from kitgen.load.project_data import load_data
from kitgen.model.body import CertificationBody, PageStyle
from kitgen.model.edition import Edition
from kitgen.model.lack_sheet import Lack, UnmadeForm


@dataclass(frozen=True, slots=True)
class Lacking:
    """Yang masih kurang pada satu edisi; `edition` is None where the project has no scheme yet."""

    edition: Edition | None
    lacks: tuple[Lack, ...]
    unmade: tuple[UnmadeForm, ...] = ()
    body: CertificationBody | None = None
    style: PageStyle = PageStyle()

    @property
    def is_bare(self) -> bool:
        """Whether it has units and KUK and nothing that assesses them: no method, task or question."""
        edition = self.edition
        if edition is None or edition.plan.criteria or edition.bank:
            return False
        return not any(cluster.tasks or cluster.activities for cluster in edition.scheme.clusters)

    def as_json(self, words: Callable[[object], str]) -> dict[str, Any]:
        """Plain values; `words` puts a message into the person's language."""
        lacks = [
            {"step": each.step, "area": words(each.area), "what": words(each.what), "count": each.count,
             "effect": words(each.effect), "todo": words(each.todo), "blocking": each.is_blocking}
            for each in self.lacks
        ]  # fmt: skip
        unmade = [{"code": each.code, "title": each.title, "why": words(each.why)} for each in self.unmade]
        scheme = self.edition.scheme if self.edition is not None else None
        return {"scheme": scheme.slug if scheme else None, "edition": scheme.edition if scheme else None,
                "is_bare": self.is_bare, "lacks": lacks, "unmade": unmade}  # fmt: skip


def lacking(
    project: Project, scheme: str | None = None, edition: str | None = None
) -> tuple[tuple[Lacking, ...], tuple[Diagnostic, ...]]:
    """What each edition lacks, and the warnings of reading them.

    Raises `KitgenError` with every problem of the data.
    """
    if scheme is None and edition is None and not _has_scheme(project):
        return (Lacking(None, (BEGINNING,)),), ()
    data = load_data(project, scheme, edition)
    found = []
    for each in data.editions:
        kits = kits_of(each)
        home = f"{project.scheme_dir.name}/{each.scheme.slug}/{each.scheme.edition}/"
        of_it = [one for one in data.warnings if one.place is not None and one.place.file.startswith(home)]
        lacks, unmade = lacks_of(data.body, each, data.forms, kits, of_it), unmade_forms(each, data.forms, kits)
        found.append(Lacking(each, lacks, unmade, data.body, data.style))
    return tuple(found), data.warnings


def write_lacks(project: Project, found: Sequence[Lacking], out: Path, over: bool = False) -> list[str]:
    """Write what is lacking as Word documents: one, or one beside the other for several editions; gives their names.

    Raises `KitgenError` for faults of the template, and for files that a person made or edited (unless `over`).
    """
    if out.suffix.lower() != ".docx":
        raise failure(said("{name} is to be a Word document", name=out.name), None, said("let its name end in .docx"))
    known = [(each, each.edition, each.body) for each in found]
    paths = [
        out if len(known) == 1 or edition is None else out.with_stem(f"{out.stem} {edition.scheme.slug}")
        for _, edition, _ in known
    ]
    if not over:
        refuse_foreign(paths)
    written = []
    for (each, edition, body), path in zip(known, paths, strict=True):
        if edition is None or body is None:
            raise failure(each.lacks[0].what, None, each.lacks[0].todo)
        template = compiled_report(project, LACKS_TEMPLATE, each.style)
        sheet = lack_sheet(body, edition, each.lacks, each.unmade, SERIAL_TOKEN)
        write_whole(path, render_report(template, sheet, Path(LACKS_TEMPLATE).stem).data)
        written.append(path.name)
    return written


def _has_scheme(project: Project) -> bool:
    try:
        return bool(find_editions(project, None, None))
    except KitgenError:
        return any(project.scheme_dir.glob("*/*/scheme.yaml"))
