"""The words of the LSP's own forms held against those of the templates, sentence by sentence."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from kitgen.base.project import Project
from kitgen.documents.disk.document import document_parts
from kitgen.load.template_files import template_file
from kitgen.model.forms import Form

LEAST_LIKE: Final = 0.6
"""Below this likeness of words two sentences say other things."""
PLACE: Final = "{}"
_DOTS: Final = re.compile(r"(?:[.…_]\s?){4,}")
_LEAST_WORDS: Final = 5
"""Labels are no sentences."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """Kalimat: ours, and what the LSP's own form says in its place."""

    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Perbandingan: how many sentences are equal, which differ, and which of ours were not found."""

    same: int
    differing: tuple[Reworded, ...]
    missing: tuple[str, ...]


def compare_wording(project: Project, form: Form, file: Path) -> Comparison:
    """The sentences of a form's template against those of a Word file of the LSP.

    Raises `KitgenError` if the file is no Word document.
    """
    from kitgen.render.word.wording import sentences

    template = template_file(project, form.template)
    ours = _long(sentences(document_parts(template), template.name))
    theirs = _long(sentences(document_parts(file), file.name))
    left = [each for each in theirs if each not in ours]
    differing: list[Reworded] = []
    missing: list[str] = []
    for text in (each for each in ours if each not in theirs):
        best = max(left, key=lambda other: _likeness(text, other), default="")
        if best and _likeness(text, best) >= LEAST_LIKE:
            left.remove(best)
            theirs_here = _with_places(best)
            if theirs_here.count(PLACE) == text.count(PLACE):
                differing.append(Reworded(text, theirs_here))
            else:
                missing.append(text)
        else:
            missing.append(text)
    return Comparison(len([each for each in ours if each in theirs]), tuple(differing), tuple(missing))


def _with_places(text: str) -> str:
    """The sentence of a form with `{}` where it has dots to write on."""
    return _DOTS.sub(PLACE, text)


def wording_text(found: Sequence[Reworded]) -> str:
    """The lines of `identity.yaml` that put the LSP's words in the place of ours."""
    lines = [f"  - {{ours: {_quoted(each.ours)}, theirs: {_quoted(each.theirs)}}}" for each in found]
    return "\n".join(["wording:", *lines])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _long(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if len(text.split()) >= _LEAST_WORDS]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower().split(), other.lower().split(), autojunk=False).ratio()
