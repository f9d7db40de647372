"""Word packages written part by part, for tests that need what no program would write for them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
TYPES = {
    "document": WORD_TYPE.format("document.main"), "template": WORD_TYPE.format("template.main"),
    "header": WORD_TYPE.format("header"), "footer": WORD_TYPE.format("footer"),
    "footnotes": WORD_TYPE.format("footnotes"), "endnotes": WORD_TYPE.format("endnotes"),
    "comments": WORD_TYPE.format("comments"), "styles": WORD_TYPE.format("styles"),
    "numbering": WORD_TYPE.format("numbering"), "settings": WORD_TYPE.format("settings"),
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "diagramData": "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
    "vbaProject": "application/vnd.ms-office.vbaProject",
    "macros": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
    "custom-properties": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}  # fmt: skip
PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def text(words: str) -> str:
    """A run."""
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*words: str, inner: str = "") -> str:
    """A paragraph of runs, and what else stands in it."""
    return f"<w:p>{inner}{''.join(map(text, words))}</w:p>"


def cell(content: str) -> str:
    """A cell of paragraphs."""
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells' contents."""
    columns = "".join('<w:gridCol w:w="2000"/>' for _ in rows[0])
    body = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def story(root: str, content: str) -> str:
    """A part of Word: `hdr`, `footnotes`, `document` with its body in `content`."""
    return f"{HEAD}<w:{root} {DECLARED}>{content}</w:{root}>"


def relations(*entries: tuple[str, str, str, bool]) -> str:
    """A list of relations: id, kind (or whole type), target, whether it leads outside."""
    lines = "".join(
        f'<Relationship Id="{id}" Type="{kind if "://" in kind else f"{KINDS}/{kind}"}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if outside else ''}/>"
        for id, kind, target, outside in entries
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def word_parts(
    body: str,
    parts: Mapping[str, tuple[str, str, str | bytes]] | None = None,
    links: Mapping[str, tuple[str, str]] | None = None,
    main: str = "word/document.xml",
    main_type: str = "",
) -> dict[str, bytes]:
    """The parts of a document: its body, further parts by relation id (kind, name, content), links outside by id."""
    folder, name = main.rpartition("/")[::2]
    up = "" if folder == "word" else "/"
    types, entries, made = [], [], {}
    for id, (kind, part, content) in (parts or {}).items():
        target = f"/{part}" if up or not part.startswith("word/") else part.removeprefix("word/")
        entries.append((id, kind, target, False))
        made[part] = content.encode() if isinstance(content, str) else content
        if kind in TYPES:
            types.append(f'<Override PartName="/{part}" ContentType="{TYPES[kind]}"/>')
    entries += [(id, kind, target, True) for id, (kind, target) in (links or {}).items()]
    types.append(f'<Override PartName="/{main}" ContentType="{main_type or TYPES["document"]}"/>')
    content_types = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(types)}</Types>'
    )
    return {
        "[Content_Types].xml": content_types.encode(),
        "_rels/.rels": relations(("r1", "officeDocument", main, False)).encode(),
        main: story("document", f"<w:body>{body}{PAGE if 'w:sectPr' not in body[-40:] else ''}</w:body>").encode(),
        f"{folder}/_rels/{name}.rels": relations(*entries).encode(),
        **made,
    }


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def written(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A package on disk."""
    path.write_bytes(zipped(parts))
    return path


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
