"""The template engine: Word and Excel templates, compiled once and rendered many times.

    template = compile_template(Path("templates/docx/FR.IA.01.docx"))
    Path("out.docx").write_bytes(template.render({"unit": {"title": "..."}}))

It knows no scheme and no form: templates are files, values are plain data.
"""

from pathlib import Path

from kitgen.errors import failure
from kitgen.render.compiled import DEFAULT_LEVEL, RENDERER_VERSION, CompiledTemplate, Rendered
from kitgen.render.compiling import compile_excel, compile_word
from kitgen.render.look import A4_GREY, PageLook

RENDERERS = {".docx": compile_word, ".xlsx": compile_excel}

__all__ = [
    "DEFAULT_LEVEL",
    "RENDERERS",
    "RENDERER_VERSION",
    "CompiledTemplate",
    "PageLook",
    "Rendered",
    "compile_template",
]


def compile_template(
    path: Path, name: str | None = None, pictures: Path | None = None, look: PageLook = A4_GREY
) -> CompiledTemplate:
    """Read and compile a template; `name` is what errors call it (its path if not given), `look` its paper and colour.

    Pictures that values name by path are read below the folder `pictures`, and from nowhere else.

    Raises `KitgenError` with every fault of the template: file, table, row and cell, the tag as written, what to do.
    """
    compiler = RENDERERS.get(path.suffix.lower())
    if compiler is None:
        known = ", ".join(RENDERERS)
        raise failure(f"{path.name} is no template kitgen can fill", None, f"templates end in {known}")
    template = compiler(path, name or str(path), look)
    template.environment.pictures = pictures
    return template
