"""A guide as a page to be printed: as much of Markdown as the guides use."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

STYLE = (
    'body { font: 11pt/1.45 "Liberation Sans", Arial, sans-serif; margin: 0 } img { max-width: 100%; max-height: 8cm }'
    " table { border-collapse: collapse } td { border: 1px solid; padding: 3pt 6pt }"
    " h1, h2 { break-after: avoid } @page { size: A4; margin: 2cm }"
)
BEGINS = re.compile(r"#|\||\d+\. |- |$")
ITEM = re.compile(r"(?:\d+\.|-) ")


def guide_page(path: Path) -> str:
    """The whole page; pictures by their address on this computer."""
    blocks = "".join(blocks_of(path.read_text("utf-8").splitlines(), path.parent))
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{blocks}'


def blocks_of(lines: list[str], folder: Path) -> Iterator[str]:
    """Headings, tables, lists and paragraphs."""
    while lines:
        line = lines.pop(0)
        if heading := re.match(r"(#+) (.*)", line):
            yield f"<h{len(heading[1])}>{inline(heading[2], folder)}</h{len(heading[1])}>"
        elif line.startswith("|"):
            rows = [line, *taken(lines, re.compile(r"\|"))]
            cells = [row.strip("|").split("|") for row in rows if not re.fullmatch(r"[|\- ]+", row)]
            made = ("".join(f"<td>{inline(cell.strip(), folder)}</td>" for cell in row) for row in cells)
            yield f"<table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"
        elif ITEM.match(line):
            text = "\n".join([line, *taken(lines, re.compile(rf"{ITEM.pattern}| +\S"))])
            items = re.split(rf"^{ITEM.pattern}", text, flags=re.M)[1:]
            yield f"<ol>{''.join(f'<li>{inline(item, folder)}</li>' for item in items)}</ol>"
        elif line.strip():
            yield f"<p>{inline(' '.join([line, *taken(lines, re.compile(rf'(?!{BEGINS.pattern})'))]), folder)}</p>"


def taken(lines: list[str], pattern: re.Pattern[str]) -> Iterator[str]:
    """The next lines as long as they are of one kind."""
    while lines and pattern.match(lines[0]):
        yield lines.pop(0)


def inline(text: str, folder: Path) -> str:
    """Pictures, links and marks of a line."""
    text = html.escape(text, quote=False)
    text = re.sub(r"!\[([^\]]*)\]\(([^)]+)\)",
                  lambda found: f'<img src="{(folder / found[2]).resolve().as_uri()}" alt="{found[1]}">', text)  # fmt: skip
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"\*\*?([^*]+)\*\*?", r"<b>\1</b>", text)
