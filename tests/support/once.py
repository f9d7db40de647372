"""Work that tests share: equal templates are compiled once in a process, equal YAML texts are taken apart once.

Nothing else is shared. A test of that work itself is marked `anew`.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kitgen.documents.build import packs
from kitgen.documents.status import reports, templates
from kitgen.load.yaml import parse, source
from kitgen.render import compile_template
from kitgen.render.compiled import CompiledTemplate

MOST = 500
"""So many are kept of each; histories change templates and data again and again."""


def kept(make: Callable[..., Any], key: Callable[..., object]) -> Callable[..., Any]:
    """The function, called once for each key; where it raises, nothing is kept."""
    made: dict[object, Any] = {}

    def once(*arguments: Any, **named: Any) -> Any:
        wanted = key(*arguments, **named)
        if wanted not in made:
            if len(made) >= MOST:
                made.clear()
            made[wanted] = make(*arguments, **named)
        return made[wanted]

    return once


def _template_key(path: Path, name: str | None = None, *arguments: Any, **named: Any) -> object:
    files = [path, *sorted(path.parent.glob("blocks/*"))]
    contents = tuple(file.read_bytes() for file in files if file.is_file())
    return name or str(path), path.suffix, contents, arguments, tuple(sorted(named.items()))


_compile = kept(compile_template, _template_key)
_compose = kept(parse.compose, lambda text: text)


def _compile_once(
    path: Path, name: str | None = None, pictures: Path | None = None, *arguments: Any, **named: Any
) -> CompiledTemplate:
    """Pictures are read when a document is rendered: a template of another project looks for them there."""
    template: CompiledTemplate = _compile(path, name, None, *arguments, **named)
    template.environment.pictures = pictures
    return template


@contextmanager
def working_once() -> Iterator[None]:
    """Builds in this process compile equal templates and take equal YAML texts apart once."""
    with ExitStack() as changes:
        for module in (packs, reports, templates):
            changes.enter_context(patch.object(module, "compile_template", _compile_once))
        changes.enter_context(patch.object(source, "compose", _compose))
        yield


@contextmanager
def working_anew() -> Iterator[None]:
    """The same as outside of tests, in the midst of `working_once`."""
    with ExitStack() as changes:
        for module in (packs, reports, templates):
            changes.enter_context(patch.object(module, "compile_template", compile_template))
        changes.enter_context(patch.object(source, "compose", parse.compose))
        yield
