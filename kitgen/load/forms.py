"""Reads `templates/forms.yaml`, where every form is declared.

A project's own list is laid over the shipped one, entry by entry. One that declares the instruments, too, stands for
itself, as every list of kitgen 0.1 did.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, cast

from kitgen.base.errors import Findings, did_you_mean
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.kits.paths import MOST_OF_TITLE
from kitgen.kits.vocabulary import vocabulary
from kitgen.load.template_files import own_file, template_file, template_tree
from kitgen.load.yaml.source import Entry, Fields, open_yaml
from kitgen.load.yaml.text import written as lines_of
from kitgen.model.audience import AUDIENCES, Audience
from kitgen.model.bank import QUESTION_KINDS, QuestionKind
from kitgen.model.forms import (
    CONTENTS,
    KIT_KINDS,
    MOMENTS,
    PERS,
    PROPS_GIVEN,
    REGISTRATION_STAGES,
    SIDES,
    STAGES,
    STOCKS,
    Content,
    Form,
    KitKind,
    MarksOf,
    Moment,
    Per,
    PropsGiven,
    Sides,
    Stage,
    Stock,
)
from kitgen.model.given import ALWAYS_GIVEN
from kitgen.model.methods import COLUMNS, METHODS, Column, InstrumentKind, Method
from kitgen.model.scenario import CHANNELS
from kitgen.model.states import OUTCOMES, STATE_CODES

_KEYS: Final = (
    "title", "file_title", "number", "stage", "template", "kits", "per", "audience", "given", "questions", "instrument",
    "personal", "typed_by", "results", "marks", "made_for", "channels", "private", "cut", "dated", "moment", "sides",
    "stock", "holds", "proves", "allow", "props",
)  # fmt: skip
_TOP_KEYS: Final = ("instruments", "forms")
FORMS_NAME: Final = "forms.yaml"
_LEFT_OUT: Final = "no"
"""Written in place of an entry: the shipped form of this code is left out."""
_KIND_KEYS: Final = ("number", "title", "column", "code", "shows", "stands_in", "covers", "plays")
_KEPT: Final = said("make them with the forms of now: `kitgen edition retemplate`")
_NUMBER: Final = re.compile(r"\d\d[a-z]?")


@dataclass(frozen=True, slots=True)
class FormList:
    """Daftar formulir: the forms in the order of their official numbers, and the instruments of FR.MAPA.02.

    `is_own`: it is one file of the project's own, with instruments, too, and lies over no other.
    """

    forms: tuple[Form, ...] = ()
    kinds: tuple[InstrumentKind, ...] = ()
    is_own: bool = False


def load_forms(project: Project, findings: Findings) -> FormList:
    """The forms a project declares, by its own list and the shipped one; every problem is noted in `findings`.

    Of a release or delivery nobody mends them (`Project.are_kept`). What this kitgen does not know any more is passed
    over there; a form it cannot read is left out with a warning, and its documents stay as they were made.
    """
    layers = _layers(project, findings)
    if not layers:
        return FormList()
    kinds = tuple(_kind(code, entry) for code, entry in layers[0]["instruments"].keys().items())
    codes = _entries(layers, findings)
    forms: list[Form] = []
    for code, entry in codes.items():
        before = len(findings.diagnostics)
        form, is_sound = _form(code, entry, project, kinds)
        if project.are_kept:
            del findings.diagnostics[before:]
        if project.are_kept and not is_sound:
            entry.warning(
                said("form {code} cannot be read as it was kept; its documents stay as they were made", code=code),
                _KEPT,
            )
        else:
            forms.append(form)
    _refuse_shared_names(forms, codes)
    if not project.are_kept:
        _tell_shared_numbers(forms, codes)
    ordered = tuple(sorted(forms, key=lambda form: (form.number, form.code)))
    is_own = len(layers) == 1 and own_file(project, FORMS_NAME) is not None
    return FormList(ordered, tuple(_asking(kind, ordered) for kind in kinds), is_own)


def stands_alone(path: Path) -> bool:
    """Whether a list of forms declares its instruments, too, so that it is whole and lies over no other."""
    top = open_yaml(path, path.name, Findings()) if path.is_file() else None
    return top is not None and not top.get("instruments").is_empty


def forms_text(project: Project) -> bytes:
    """The list of forms as one file: as it is written, where there is one, else both laid over each other."""
    own = own_file(project, FORMS_NAME)
    path = template_file(project, FORMS_NAME)
    if own is None or stands_alone(own):
        return path.read_bytes()
    layers = _layers(project, Findings())
    entries = _entries(layers, Findings())
    instruments = {code: entry.plain() for code, entry in layers[0]["instruments"].keys().items()}
    whole = {"instruments": instruments, "forms": {code: entry.plain() for code, entry in entries.items()}}
    return ("\n".join(lines_of(whole)) + "\n").encode()


def _layers(project: Project, findings: Findings) -> list[Fields]:
    """The tops of the lists, the one with the instruments first."""
    own, shipped = own_file(project, FORMS_NAME), project.templates_dir / FORMS_NAME
    tops = [open_yaml(own, project.shown(own), findings)] if own is not None else []
    if not tops or (tops[0] is not None and tops[0].get("instruments").is_empty):
        tops.insert(0, open_yaml(shipped, project.shown(shipped), findings))
    return [top.fields(_TOP_KEYS) for top in tops if top is not None]


def _entries(layers: Sequence[Fields], findings: Findings) -> dict[str, Entry]:
    """The entry of each form, the last one written; not of forms that are left out."""
    found: dict[str, Entry] = {}
    for fields in layers:
        found.update(fields["forms"].keys())
    found = {code: entry for code, entry in found.items() if entry.peek_text() != _LEFT_OUT}
    if not found and layers and not findings.errors:
        layers[-1]["forms"].error(said("no form is declared"), said("add one under `forms:`"))
    return found


def _kind(code: str, entry: Entry) -> InstrumentKind:
    spot = said("instrument {code}", code=code)
    fields = Entry(entry.source, entry.node, entry.line, spot).fields(_KIND_KEYS)
    return InstrumentKind(
        form=code,
        number=fields.required("number"),
        title=fields.required("title"),
        column=cast(Column, _choice(fields, "column", COLUMNS)),
        code=fields.required("code"),
        shows=cast(tuple[Method, ...], _choices(fields, "shows", METHODS)),
        stands_in="stands_in" in fields and fields["stands_in"].choice(("yes", "no")) == "yes",
        plays="plays" in fields and fields["plays"].choice(("yes", "no")) == "yes",
        covers=cast(tuple[Method, ...], _choices(fields, "covers", METHODS) if "covers" in fields else ()),
    )


def _asking(kind: InstrumentKind, forms: Sequence[Form]) -> InstrumentKind:
    """The instrument with the kind of question its forms are made of."""
    asked = next((form.questions for form in forms if form.instrument == kind.form and form.questions), None)
    return replace(kind, questions=asked)


def _form(code: str, entry: Entry, project: Project, kinds: Sequence[InstrumentKind]) -> tuple[Form, bool]:
    """A form, and whether it is sound but for words that are not known."""
    fields = Entry(entry.source, entry.node, entry.line, said("form {code}", code=code)).fields(_KEYS)
    given = _choices(fields, "given", [word for word in vocabulary() if word not in ALWAYS_GIVEN])
    holds = cast(tuple[Content, ...], _choices(fields, "holds", CONTENTS) if "holds" in fields else ())
    proves, found = _proves(fields, holds), entry.source.findings
    before = len(found.errors)
    stage = cast(Stage, _choice(fields, "stage", STAGES))
    number = fields.required("number")
    if number and not _NUMBER.fullmatch(number):
        fields["number"].error(
            said("official number `{number}` is not two digits", number=number), said("write it as `01`, `14a`")
        )
    form = Form(
        code=code,
        title=fields.required("title"),
        number=number,
        stage=stage,
        template=_template(fields, project),
        kits=cast(tuple[KitKind, ...], _choices(fields, "kits", KIT_KINDS)),
        per=cast(Per, _choice(fields, "per", PERS)),
        audience=cast(Audience, _choice(fields, "audience", AUDIENCES)),
        given=given,
        questions=_questions(fields),
        instrument=_instrument(fields, kinds),
        personal="personal" in fields and fields["personal"].choice(("yes", "no")) == "yes",
        typed_by=_typed_by(fields),
        results="results" in fields and fields["results"].choice(("yes", "no")) == "yes",
        marks=cast(MarksOf, fields["marks"].choice(("event", "calibration")) or "") if "marks" in fields else "",
        dated="pra-asesmen" if "dated" in fields and fields["dated"].choice(("pra-asesmen",)) else "",
        is_private="private" in fields and fields["private"].choice(("yes", "no")) == "yes",
        made_for=_choices(fields, "made_for", (*STATE_CODES, *OUTCOMES)) if "made_for" in fields else (),
        channels=_choices(fields, "channels", CHANNELS) if "channels" in fields else (),
        is_cut="cut" in fields and fields["cut"].choice(("yes", "no")) == "yes",
        moment=_moment(fields, stage),
        sides=cast(Sides, fields["sides"].choice(SIDES) or "dua") if "sides" in fields else "dua",
        stock=cast(Stock, fields["stock"].choice(STOCKS) or "biasa") if "stock" in fields else "biasa",
        holds=holds,
        proves=proves,
        allow=_allowed(fields),
        file_title=_file_title(fields),
        props=cast(PropsGiven | None, fields["props"].choice(PROPS_GIVEN)) if "props" in fields else None,
    )
    return form, len(found.errors) == before


def _allowed(fields: Fields) -> tuple[str, ...]:
    """What may act by itself in a form's template."""
    if "allow" not in fields:
        return ()
    from kitgen.render.package.active_content import ALLOWABLE  # loads lxml, which a run of nothing new does without

    return tuple(sorted(_choices(fields, "allow", tuple(ALLOWABLE))))


def _file_title(fields: Fields) -> str:
    """The words of file names: few, so that what tells a document from its neighbours has room behind them."""
    title = fields.optional("file_title") or ""
    if len(title) > MOST_OF_TITLE:
        fields["file_title"].error(
            said("title of files has {length} characters", length=len(title)),
            said("write at most {most}", most=MOST_OF_TITLE),
        )
    return title


def _moment(fields: Fields, stage: Stage) -> Moment:
    """When a form is used: as its entry says, else by its stage."""
    if "moment" in fields:
        return cast(Moment, fields["moment"].choice(MOMENTS) or "adegan")
    if stage in REGISTRATION_STAGES:
        return "pra-asesmen"
    return "adegan" if stage == "asesmen" else "sesudah"


def _instrument(fields: Fields, kinds: Sequence[InstrumentKind]) -> str | None:
    return fields["instrument"].choice([kind.form for kind in kinds]) if "instrument" in fields else None


def _questions(fields: Fields) -> QuestionKind | None:
    per = fields["per"].peek_text() if fields.found.get("per") is not None else None
    if per in ("paper", "booklet") and "questions" not in fields:
        fields.entry.error(
            said("a form per paper says of which questions"),
            said("add `questions:` {question_kinds}", question_kinds=", ".join(QUESTION_KINDS)),
        )
    return cast(QuestionKind, fields["questions"].choice(QUESTION_KINDS)) if "questions" in fields else None


def _proves(fields: Fields, holds: tuple[Content, ...]) -> tuple[tuple[Method, Content], ...]:
    """Methods and what proves them: only what the form is said to hold, so that it is looked for."""
    if "proves" not in fields:
        return ()
    proven: list[tuple[Method, Content]] = []
    for method, entry in fields["proves"].fields(METHODS).found.items():
        content = entry.choice(CONTENTS)
        if content is not None and content not in holds:
            entry.error(
                said("form proves by `{content}`, which it does not hold", content=content),
                said("add `{content}` to its `holds:`", content=content),
            )
        elif content is not None and method in METHODS:
            proven.append((method, content))
    return tuple(proven)


def _typed_by(fields: Fields) -> str | None:
    key = fields.optional("typed_by")
    if key is not None and len(key) <= 3 and not (key.isascii() and key.isalpha() and key.isupper()):
        fields["typed_by"].error(
            said("`{key}` is no column", key=key),
            said("write the letters of a column, such as B, or the whole text of the cell whose column and row tell"
                 " what is typed"),
        )  # fmt: skip
        return None
    return key


def _choice(fields: Fields, key: str, allowed: tuple[Any, ...]) -> str:
    if key not in fields:
        fields.entry.error(
            said("key `{key}` is missing", key=key), said("write one of: {allowed}", allowed=", ".join(allowed))
        )
        return str(allowed[0])
    return fields[key].choice(allowed) or str(allowed[0])


def _choices(fields: Fields, key: str, allowed: Any) -> tuple[str, ...]:
    if key not in fields:
        fields.entry.error(
            said("key `{key}` is missing", key=key), said("write a list of: {allowed}", allowed=", ".join(allowed))
        )
    return tuple(word for item in fields[key].items() if (word := item.choice(allowed)) is not None)


def _template(fields: Fields, project: Project) -> str:
    written = fields.required("template")
    if not written:
        return "?.docx"
    if ".." in Path(written).parts or Path(written).is_absolute() or "\\" in written:
        fields["template"].error(
            said("template `{written}` does not lie in the folder of templates", written=written),
            said("write `docx/FR.XX.00.docx`"),
        )
        return "?.docx"
    path = template_file(project, written)
    if path.suffix not in (".docx", ".xlsx"):
        fields["template"].error(
            said("template `{written}` is no Word or Excel file", written=written),
            said("templates end in .docx or .xlsx"),
        )
        return "?.docx"
    if not path.is_file():
        near = did_you_mean(written, [name for name in template_tree(project) if name.endswith(path.suffix)])
        fields["template"].error(said("template `{written}` does not exist", written=written), near)
    return written


def _tell_shared_numbers(forms: Sequence[Form], entries: Mapping[str, Entry]) -> None:
    """Two forms of one number: the checklist prints it twice, and nobody knows which row is meant."""
    last = max((int(form.number[:2]) for form in forms if _NUMBER.fullmatch(form.number)), default=0)
    seen: dict[str, str] = {}
    for form in forms:
        other = seen.setdefault(form.number, form.code)
        if other != form.code and form.number:
            entries[form.code].get("number").warning(
                said("number {number} is that of form {other}, too", number=form.number, other=other),
                said("give each its own; the first free one is {free:02}", free=last + 1),
            )


def _refuse_shared_names(forms: list[Form], entries: dict[str, Entry]) -> None:
    seen: dict[str, str] = {}
    for form in forms:
        other = seen.setdefault(f"{form.number} {form.code}".lower(), form.code)
        if other != form.code:
            entries[form.code].error(
                said("forms {other} and {code} would make files of the same name", other=other, code=form.code)
            )
