"""The template engine: Word and Excel templates, compiled once and rendered many times.

    template = compile_template("templates/docx/FR.IA.01.docx")
    Path("out.docx").write_bytes(template.render({"unit": {"title": "..."}}))

It knows no scheme and no form: templates are files, values are plain data.

Doors: this module, compiled, dump.*, excel.carry_over, made.*, package.*, plain_form, word.claims,
word.signing, word.wording.
May import: base.
"""

import os
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

from kitgen.base.errors import failure
from kitgen.base.messages import said
from kitgen.render.look import A4_GREY, HEAD_GREY, PageLook
from kitgen.render.version import DEFAULT_LEVEL, RENDERER_VERSION

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate

SUFFIXES = (".docx", ".xlsx")
"""What made files end in."""
TEMPLATE_SUFFIXES = (*SUFFIXES, ".dotx", ".docm", ".dotm", ".xltx", ".xlsm", ".xltm")

__all__ = [
    "DEFAULT_LEVEL", "HEAD_GREY", "RENDERER_VERSION", "SUFFIXES", "TEMPLATE_SUFFIXES", "PageLook", "compile_template",
    "render",
]  # fmt: skip


def compile_template(
    path: str | os.PathLike[str],
    name: str | None = None,
    pictures: str | os.PathLike[str] | None = None,
    look: PageLook = A4_GREY,
    allowed: Set[str] = frozenset(),
    blocks: Sequence[Path] = (),
    origin: Path | None = None,
) -> "CompiledTemplate":
    """Read and compile a template; `name` is what errors call it (its path if not given), `look` its paper and colour.

    Whether it is for Word or Excel is told by what is in it, not by its name. Pictures that values name by path are
    read below the folder `pictures`, and from nowhere else. `allowed` names active content that may stay
    (`active_content.ALLOWABLE`). `blocks`: where shared blocks are looked for, instead of beside the template.
    `origin`: what it was copied from, for the claims of check boxes a program forgot (`word.claims`).

    Raises `KitgenError` with every fault of the template: file, table, row and cell, the tag as written, what to do.
    """
    path = Path(path)
    if path.suffix.lower() not in TEMPLATE_SUFFIXES:
        endings = ", ".join(TEMPLATE_SUFFIXES)
        raise failure(
            said("{name} is no template kitgen can fill", name=path.name),
            None,
            said("templates end in {endings}", endings=endings),
        )
    from kitgen.render.compiling import compile_file

    template = compile_file(path, name or str(path), look, allowed, blocks, origin)
    template.environment.pictures = None if pictures is None else Path(pictures)
    return template


def render(
    path: str | os.PathLike[str],
    values: Mapping[str, object],
    pictures: str | os.PathLike[str] | None = None,
    look: PageLook = A4_GREY,
) -> bytes:
    """One document of a template, as the bytes of a file; to make many, compile the template once and render it often.

    Raises `KitgenError` with every fault of the template, and of what it asks of the values.
    """
    return compile_template(path, None, pictures, look).render(values)
