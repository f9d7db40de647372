"""A project's own templates against those kitgen comes with: which are whose, which changed since they were copied."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from kitgen.base.digests import digest
from kitgen.base.errors import KitgenError, Place, did_you_mean, failure
from kitgen.base.line_diff import Difference, differences
from kitgen.base.messages import NOTHING, Message, said
from kitgen.base.project import Project
from kitgen.documents.disk.document import document_parts
from kitgen.documents.kept.bundle import ZERO_ONE_BUNDLE, read_templates
from kitgen.load.forms import FORMS_NAME
from kitgen.load.json_file import read_json
from kitgen.load.project_data import load_form_list, load_forms_of
from kitgen.load.template_files import own_file, own_tree, template_tree
from kitgen.model.forms import Form
from kitgen.render.dump.dump import dump_parts

COPIES_NAME: Final = "salinan.json"
"""In a project's templates: the digest each shipped template had when it was copied."""
COPIES_FORMAT: Final = 1
_PUT_BACK: Final = said("take the file away: templates stay as they are, only what changed since is not known any more")

TemplateState = Literal["same", "yours", "behind", "both", "unknown", "alone"]
"""Kedudukan: as shipped; changed by the project; as copied, the shipped one changed since; both changed; differs, and
nobody knows since when; no shipped one of this name."""
TEMPLATE_STATES: Final[dict[TemplateState, Message]] = {
    "same": said("as kitgen comes with it"),
    "yours": said("changed by you"),
    "behind": said("as you copied it; kitgen's own is another one now"),
    "both": said("changed by you, and kitgen's own is another one now"),
    "unknown": said("other than kitgen's own"),
    "alone": said("yours alone"),
}


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """Templat sendiri: one of the project's files by name, the forms it is of, and how it stands."""

    name: str
    forms: tuple[str, ...]
    state: TemplateState

    def as_json(self) -> dict[str, Any]:
        """Plain values, as `--json` prints them."""
        return {"name": self.name, "forms": list(self.forms), "standing": self.state}


@dataclass(frozen=True, slots=True)
class OwnTemplates:
    """Templat sebuah proyek: its own, and what its list of forms says otherwise than the shipped one.

    `entries` are the codes its list has; `is_whole`: the list stands for itself, and these shipped forms are not in it.
    """

    templates: tuple[OwnTemplate, ...]
    entries: tuple[str, ...]
    is_whole: bool
    not_in_it: tuple[str, ...]


def own_templates(project: Project) -> OwnTemplates:
    """How the project's own templates stand. Raises `KitgenError` if a list of forms or record cannot be read."""
    listed = load_form_list(project)
    forms, copies = listed.forms, read_copies(project)
    found = tuple(
        OwnTemplate(name, tuple(form.code for form in forms if form.template == name), _state_of(project, name, copies))
        for name in own_tree(project) if name != FORMS_NAME
    )  # fmt: skip
    if own_file(project, FORMS_NAME) is None:
        return OwnTemplates(found, (), False, ())
    shipped = load_forms_of(_shipped(project))
    codes = tuple(form.code for form in forms) if listed.is_own else tuple(_changed(forms, shipped))
    missing = tuple(form.code for form in shipped if form.code not in {each.code for each in forms})
    return OwnTemplates(found, codes, listed.is_own, missing)


def template_changes(project: Project, name: str) -> list[Difference]:
    """Where the project's own template says something else than the shipped one: `old` is the shipped one's text.

    Raises `KitgenError` if there are not both, or one cannot be read.
    """
    own, shipped = own_file(project, name), project.templates_dir / name
    if own is None or not shipped.is_file():
        raise failure(said("there are no two of {name} to compare", name=name), Place(f"templates/{name}"))
    old, new = (dump_parts(document_parts(path), name) for path in (shipped, own))
    return differences(old, new)


def find_template(project: Project, text: str, forms: Sequence[Form]) -> str:
    """The name of the template a person means: by the code of its form, its name, or the last part of that.

    `forms` are those of the project.

    Raises `KitgenError` if there is none, or more than one.
    """
    tree = [name for name in template_tree(project) if name != FORMS_NAME]
    wanted = text.replace("\\", "/").removeprefix("templates/").casefold()
    by_code = [form.template for form in forms if form.code.casefold() == wanted]
    ways = (by_code, [name for name in tree if name.casefold() == wanted],
            [name for name in tree if wanted in (Path(name).name.casefold(), Path(name).stem.casefold())])  # fmt: skip
    found = next((list(dict.fromkeys(names)) for names in ways if names), [])
    if len(found) == 1:
        return found[0]
    if found:
        raise failure(
            said("`{text}` is the name of several templates", text=text),
            None,
            said("write one of: {names}", names=", ".join(found)),
        )
    known = [*(form.code for form in forms), *(Path(name).stem for name in tree)]
    near = did_you_mean(text, known) or said("`kitgen template list` names the forms")
    raise failure(said("there is no template `{text}`", text=text), None, near)


def read_copies(project: Project) -> Mapping[str, str]:
    """The digest of each shipped template when it was copied, by name. Raises `KitgenError` for a damaged record."""
    if project.own_templates is None:
        return {}
    path = project.own_templates / COPIES_NAME
    found = read_json(path, project.shown(path), COPIES_FORMAT, _PUT_BACK, said("record of copied templates")) or {}
    copies = found.get("copies", {})
    if not isinstance(copies, dict) or not all(isinstance(each, str) for each in copies.values()):
        raise failure(said("record of copied templates is damaged"), Place(project.shown(path)), _PUT_BACK)
    return copies


def summary_of(found: OwnTemplates) -> Message:
    """What the project's list of forms is to the shipped one; empty where it has none."""
    if found.is_whole:
        left = said(", without {codes}", codes=", ".join(found.not_in_it)) if found.not_in_it else NOTHING
        return said("forms.yaml is whole, and nothing of the shipped list lies below it{left}", left=left)
    if not found.entries and not found.not_in_it:
        return NOTHING
    left = said("; left out: {codes}", codes=", ".join(found.not_in_it)) if found.not_in_it else NOTHING
    return said("forms.yaml has entries of its own: {codes}{left}", codes=", ".join(found.entries) or "–", left=left)


def _state_of(project: Project, name: str, copies: Mapping[str, str]) -> TemplateState:
    own, shipped = own_file(project, name), project.templates_dir / name
    if own is None or not shipped.is_file():
        return "alone"
    mine, now = digest(own.read_bytes()), digest(shipped.read_bytes())
    copied = copies.get(name) or _of_zero_one(name, mine)
    if mine == now:
        return "same"
    if not copied:
        return "unknown"
    if mine == copied:
        return "behind"
    return "yours" if copied == now else "both"


def _of_zero_one(name: str, mine: str) -> str:
    """The digest of what kitgen 0.1 came with under this name, if the project's own is still that."""
    try:
        files = read_templates(ZERO_ONE_BUNDLE, ZERO_ONE_BUNDLE.name)
    except KitgenError:
        return ""
    return mine if name in files and digest(files[name]) == mine else ""


def _shipped(project: Project) -> Project:
    """The same project without templates of its own."""
    return Project(project.root, project.templates_dir)


def _changed(forms: Sequence[Form], shipped: Sequence[Form]) -> Iterator[str]:
    known = {form.code: form for form in shipped}
    yield from (form.code for form in forms if known.get(form.code) != form)
