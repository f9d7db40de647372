"""Templates as one writes them for docxtpl, a case for each feature, and what they are given."""

from collections.abc import Callable
from typing import Any

from harness import W, paragraphs, table
from lxml import etree

VALUES: dict[str, Any] = {
    "name": "Asesi <Contoh> & Co", "on": True, "off": False, "n": 3, "empty": [], "colour": "D9D9D9",
    "units": [{"code": "A.1", "title": "Satu", "colour": "FF0000"}, {"code": "A.2", "title": "Dua", "colour": "00FF00"}],
    "labels": ["satu", "dua", "tiga"],
    "rows": [{"label": "x", "cells": ["1", "2", "3"]}, {"label": "y", "cells": ["4", "5", "6"]}],
    "few": [{"label": "x", "cells": ["1"]}, {"label": "y", "cells": ["4"]}],
    "uneven": [{"label": "x", "cells": ["1", "2", "3", "4", "5"]}, {"label": "y", "cells": ["1", "2"]}],
    "tree": [{"name": "a&b", "below": [{"name": "c", "below": []}]}],
    "text": "baris satu\nbaris dua\tlajur",
}  # fmt: skip


def both(*builders: Callable[[Any], None]) -> Callable[[Any], None]:
    def build(document: Any) -> None:
        for builder in builders:
            builder(document)

    return build


def in_header_and_footer(document: Any) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "{% if on %}kop {{ name|e }}{% endif %}"
    section.header.add_paragraph("{%p for unit in units %}")
    section.header.add_paragraph("{{ unit.code }}")
    section.header.add_paragraph("{%p endfor %}")
    section.footer.paragraphs[0].text = "{{ units|length }} unit"


def with_line_breaks(document: Any) -> None:
    run = document.add_paragraph().add_run("Rumah saya")
    for text in ("{%- if on -%}", " di kota", "{%- else -%}", " di desa", "{%- endif -%}", " dan bagus."):
        run.add_break()
        run.add_text(text)


def ragged(*rows: list[str]) -> Callable[[Any], None]:
    """A table whose rows have no more cells than texts."""

    def build(document: Any) -> None:
        table(*rows)(document)
        for row, texts in zip(document.tables[-1]._tbl.iterfind(f"{W}tr"), rows, strict=True):
            for cell in row.findall(f"{W}tc")[len(texts) :]:
                row.remove(cell)

    return build


def merged_already(document: Any) -> None:
    ragged(["{% colspan n %}lebar", "sempit"], ["a", "b", "c", "d"])(document)
    cell = document.tables[0]._tbl.find(f"{W}tr/{W}tc/{W}tcPr")
    etree.SubElement(cell, f"{W}gridSpan").set(f"{W}val", "2")


def box(text: str) -> etree._Element:
    W_, WP, A, MC = (
        W[1:-1], "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://schemas.openxmlformats.org/drawingml/2006/main", "http://schemas.openxmlformats.org/markup-compatibility/2006",
    )  # fmt: skip
    inner = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return etree.fromstring(
        f'<w:r xmlns:w="{W_}"><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing>'
        f'<wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="1" name="Kotak 1"/><a:graphic xmlns:a="{A}"><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f"<wps:spPr/><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="kotak" '
        f'style="width:71pt;height:71pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


CASES: dict[str, Callable[[Any], None]] = {
    "values": paragraphs("{{ name|e }}, {{ units[0].code }} dan {{units[1]['title']}}", "tanpa tag"),
    "statements in a paragraph": paragraphs("{% if on %}ya{% else %}tidak{% endif %} {% for l in labels %}[{{ l }}]{% endfor %}",
                                            "{% set x = n * 2 %}{{ x }}"),
    "p": paragraphs("{%p if on %}", "ada", "{%p else %}", "tiada", "{%p endif %}", "{%p for u in units %}", "{{ u.code }}",
                    "{%p endfor %}", "akhir"),
    "p around tables": both(paragraphs("{%p for u in units %}"), table(["{{ u.code }}", "{{ u.title }}"]),
                            paragraphs("jeda", "{%p endfor %}")),  # with nothing between them, docxtpl's tables become one
    "tr": table(["Kode", "Judul"], ["{%tr for u in units %}", ""], ["{{ u.code }}", "{{ u.title }}"], ["{%tr endfor %}", ""]),
    "tr if": table(["a"], ["{%tr if off %}"], ["b"], ["{%tr else %}"], ["c"], ["{%tr endif %}"]),
    "tc": table(["Nama", "{%tc for l in labels %}", "{{ l }}", "{%tc endfor %}"],
                ["{{ name|e }}", "{%tc for l in labels %}", "{{ loop.index }}", "{%tc endfor %}"]),
    "tc within tr": table(["{%tr for r in rows %}", "", "", ""], ["{{ r.label }}", "{%tc for c in r.cells %}", "{{ c }}", "{%tc endfor %}"],
                          ["{%tr endfor %}", "", "", ""]),
    "tc ending with fewer cells": table(["{%tr for r in few %}", "", "", ""], ["{{ r.label }}", "{%tc for c in r.cells %}", "{{ c }}", "{%tc endfor %}"],
                                        ["{%tr endfor %}", "", "", ""]),
    "tc ending with more cells": table(["{%tr for r in uneven %}", "", "", ""], ["{{ r.label }}", "{%tc for c in r.cells %}", "{{ c }}", "{%tc endfor %}"],
                                       ["{%tr endfor %}", "", "", ""]),
    "tc if": table(["a", "{%tc if off %}", "b", "{%tc endif %}", "c"]),
    "r": paragraphs(["awal ", "{%r if on %}", "ya", "{%r endif %}", " akhir"], "{%r for l in labels %}<{{ l }}>{%r endfor %}"),
    "comments": paragraphs("a{# catatan #}b", "{#p catatan #}", "c"),
    "comment rows": table(["a"], ["{#tr catatan #}"], ["b"]),
    "dashes join paragraphs": paragraphs("Rumah saya", "{%- if on -%}", " di kota", "{%- else -%}", " di desa", "{%- endif -%}", " dan bagus.", "lain"),
    "dashes join lines": with_line_breaks,
    "braces as text": paragraphs("{_{ bukan }_} tag {_% juga %_} {{ n }}", "hanya {_{ ini }_}"),
    "colspan": ragged(["{% colspan labels|length %}judul"], ["{%tc for l in labels %}", "{{ l }}", "{%tc endfor %}"]),
    "colspan over a merged cell": merged_already,
    "cellbg": table(["{%tr for u in units %}", ""], ["{% cellbg u.colour %}{{ u.code }}", "{% cellbg 'D9D9D9' %}b"], ["{%tr endfor %}", ""]),
    "hm": table(["{%tc for l in labels %}", "{% hm %}judul", "{%tc endfor %}"], ["{%tc for l in labels %}", "{{ l }}", "{%tc endfor %}"]),
    "colspan of a number": ragged(["{% colspan 2 %}lebar", "c"], ["a", "b", "c"]),
    "hm in a merged cell": lambda document: (ragged(["{%tc for l in labels %}", "{% hm %}judul", "{%tc endfor %}"], ["a"] * 6)(document),
                                             etree.SubElement(document.tables[0]._tbl.find(f"{W}tr")[1].find(f"{W}tcPr"), f"{W}gridSpan").set(f"{W}val", "2")),
    "vm": table(["{%tr for u in units %}", ""], ["{% vm %}sama", "{{ u.code }}"], ["{%tr endfor %}", ""]),
    "filters": paragraphs("{{ labels|join(', ')|upper }} {{ n|string|replace('3', 'tiga') }} {{ empty|length }} {{ labels|last|title }}",
                          "{{ units|map(attribute='code')|join(';') }} {{ 'x'|capitalize }}"),
    "curly quotes": paragraphs("{{ labels|join(“, ”) }} “{{ n }}” {{ ‘satu’ if on else ’dua’ }}"),
    "blanks are kept": paragraphs(" {{ n }}  {{ n }} ", "{% if on %} a {% endif %} b "),
    "breaks and tabs in a value": paragraphs("{{ text }}"),
    "headers and footers": in_header_and_footer,
    "a text box": lambda document: document.add_paragraph("teks ")._p.append(box("kotak {{ n }} {% if on %}ya{% endif %}")),
    "nested loops": paragraphs("{%p for r in rows %}", "{%p for c in r.cells %}", "{{ r.label }}{{ c }}", "{%p endfor %}", "{%p endfor %}"),
    "a macro": paragraphs("{% macro m(x) %}[{{ x|e }}]{% endmacro %}{{ m(name) }} {{ m(n) }}"),
    "set of a text": paragraphs("{% set t %}<{{ name|e }}>{% endset %}{{ t }} {{ t }}".replace("<", "[").replace(">", "]")),
    "a loop within itself": paragraphs("{% for x in tree recursive %}{{ x.name|e }}({{ loop(x.below) }}){% endfor %}"),
    "a lifted macro": paragraphs("{%p macro m(x) %}", "{{ x|e }}", "{%p endmacro %}", "{{p m(name) }}", "{{p m(n) }}"),
    "with": paragraphs("{% with a = n + 1 %}{{ a }}{% endwith %}"),
}  # fmt: skip


def text_of(paragraph: etree._Element) -> str:
    """The text of a paragraph, breaks and tabs too; text boxes in it come of themselves."""
    pieces = []
    for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
        holder = next(element.iterancestors(f"{W}p"))
        if holder is paragraph and element.getparent().tag == f"{W}r":
            pieces.append(
                element.text or "" if element.tag == f"{W}t" else {f"{W}br": "\n", f"{W}tab": "\t"}[element.tag]
            )
    return "".join(pieces)
