"""Work that tests share: in a process, equal templates are compiled once, equal YAML texts and event workbooks are taken
apart once, and an edition is read, cut into kits and reviewed once for each content of its scheme's folder; a template
that is given equal values is rendered and packed once, and the words of equal documents are digested once.

Nothing else is shared. A test of that work itself is marked `anew`.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from grids_once import read_grids_once
from plain_once import PLAIN, USED, plain_once, used_once
from rendered_once import ready_once, render_once

from kitgen.base.errors import Findings
from kitgen.base.project import SEAL_FILE, EditionName, Project
from kitgen.documents.build import fill, packs
from kitgen.documents.status import reports, status, templates
from kitgen.documents.status.judge import Ready
from kitgen.documents.status.maker import DocumentRenderer
from kitgen.documents.status.used_values import UsedValues
from kitgen.events import marks, results
from kitgen.kits import event_kit
from kitgen.kits.kit import kits_of, scheme_kit
from kitgen.kits.plain import Plain
from kitgen.load import project_data
from kitgen.load.edition.edition import load_edition
from kitgen.load.event import event, schedule
from kitgen.load.sheets.workbook_grids import read_grids
from kitgen.load.yaml import parse, source
from kitgen.model.edition import Edition
from kitgen.render import compile_template
from kitgen.render.compiled import CompiledTemplate
from kitgen.render.dump import words
from kitgen.render.dump.words import words_digest
from kitgen.render.word import signing
from kitgen.render.word.signing import signers_of
from kitgen.schemes.bank import bank
from kitgen.schemes.book import trial
from kitgen.schemes.check import check
from kitgen.schemes.check.review import review
from kitgen.schemes.editions import compare

MOST_EDITIONS = 20
MOST = 500
"""So many are kept of each; histories change templates and data again and again."""


def kept(make: Callable[..., Any], key: Callable[..., object], most: int = MOST) -> Callable[..., Any]:
    """The function, called once for each key; where it raises, nothing is kept."""
    made: dict[object, Any] = {}

    def once(*arguments: Any, **named: Any) -> Any:
        wanted = key(*arguments, **named)
        if wanted not in made:
            if len(made) >= most:
                made.clear()
            made[wanted] = make(*arguments, **named)
        return made[wanted]

    return once


def _template_key(
    path: Path,
    name: str | None = None,
    *arguments: Any,
    blocks: Sequence[Path] = (),
    origin: Path | None = None,
    **named: Any,
) -> object:
    files = [
        path,
        *([origin] if origin is not None else []),
        *(file for folder in blocks or (path.parent,) for file in sorted(folder.glob("blocks/*"))),
    ]
    contents = tuple((file.name, file.read_bytes()) for file in files if file.is_file())
    return name or str(path), path.suffix, contents, arguments, tuple(sorted(named.items()))


_compile = kept(compile_template, _template_key)
_signers = kept(signers_of, lambda path, folders=(): _template_key(path, "signers", blocks=folders))
_compose = kept(parse.compose, lambda text: text)
_words = kept(
    words_digest, lambda parts, file: tuple((name, sha256(parts[name]).digest()) for name in parts), most=5_000
)


def _compile_once(
    path: Path, name: str | None = None, pictures: Path | None = None, *arguments: Any, **named: Any
) -> CompiledTemplate:
    """Pictures are read when a document is rendered: a template of another project looks for them there."""
    template: CompiledTemplate = _compile(path, name, None, *arguments, **named)
    template.environment.pictures = pictures
    return template


def _edition_key(project: Project, edition: EditionName, kinds: object) -> object:
    """All files of schemes, and what their folder is called; None where something lies there that is no plain file, or
    cannot be read, and for what is sealed: it is held against more than these files.
    """
    folder = project.scheme_dir
    if project.scheme_file(edition).with_name(SEAL_FILE).exists():
        return None
    try:
        files = [path for path in sorted(folder.rglob("*")) if not path.is_dir() or path.is_symlink()]
        if any(path.is_symlink() or not path.is_file() for path in files):
            return None
        return (
            project.shown(folder),
            folder.is_symlink(),
            edition,
            kinds,
            tuple((str(path.relative_to(folder)), path.read_bytes()) for path in files),
        )
    except OSError:
        return None


_editions: dict[object, tuple[object, Findings]] = {}


def _load_edition_once(project: Project, edition: EditionName, kinds: Any, findings: Findings) -> Any:
    key = _edition_key(project, edition, kinds)
    if key is None:
        return load_edition(project, edition, kinds, findings)
    if key not in _editions:
        if len(_editions) >= MOST_EDITIONS:
            _editions.clear()
        found = Findings()
        _editions[key] = load_edition(project, edition, kinds, found), found
    loaded, found = _editions[key]
    findings.extend(found)
    return loaded


def _of_edition(work: Callable[..., Any], *, project: bool = False) -> Callable[..., Any]:
    """Pure work over what was loaded, done once for each edition `_load_edition_once` gave; `project` comes before it."""
    made: dict[object, tuple[Edition, Any]] = {}

    def once(*arguments: Any) -> Any:
        before, (edition, *more) = arguments[:project], arguments[project:]
        parts = tuple(id(getattr(edition, each.name)) for each in fields(edition) if each.name != "exposure")
        key = [each.shown(each.scheme_dir) for each in before], parts, sorted(edition.exposure.items()), more
        if (wanted := repr(key)) not in made:
            if len(made) >= MOST_EDITIONS:
                made.clear()
            made[wanted] = edition, work(*arguments)  # the edition is held, so that no other part has its number
        found = made[wanted][1]
        return list(found) if isinstance(found, list) else found

    return once


_cut_once, _cut_whole_once, _review_once = (
    _of_edition(kits_of),
    _of_edition(scheme_kit),
    _of_edition(review, project=True),
)


_WORK: list[tuple[Sequence[Any], str, Any, Any]] = [
    ((packs, reports, templates), "compile_template", _compile_once, compile_template),
    ((source,), "compose", _compose, parse.compose),
    ((project_data, event, compare, trial, bank), "load_edition", _load_edition_once, load_edition),
    ((schedule, results, marks), "read_grids", read_grids_once, read_grids),
    ((status, fill), "kits_of", _cut_once, kits_of),
    ((event_kit,), "scheme_kit", _cut_whole_once, scheme_kit),
    ((check,), "review", _review_once, review),
    ((Plain,), "__init__", plain_once, PLAIN),
    ((UsedValues,), "__init__", used_once, USED),
    ((signing,), "signers_of", _signers, signers_of),
    ((DocumentRenderer,), "render", render_once, DocumentRenderer.render),
    ((Ready,), "of", staticmethod(ready_once), Ready.of),
    ((words,), "words_digest", _words, words_digest),
]
"""Where work is done, its name, how it is done once, and each time."""


def working_once() -> ExitStack:
    """While it is entered, builds in this process do equal work once."""
    return _with([(places, name, once) for places, name, once, _ in _WORK])


def working_anew() -> ExitStack:
    """The same as outside of tests, in the midst of `working_once`."""
    return _with([(places, name, each_time) for places, name, _, each_time in _WORK])


def _with(functions: Sequence[tuple[Sequence[Any], str, Any]]) -> ExitStack:
    stack = ExitStack()
    for places, name, function in functions:
        for place in places:
            stack.enter_context(patch.object(place, name, function))
    return stack
