"""Rich values: plain data that `{{r value }}` prints as runs and `{{p value }}` as paragraphs.

A text; `{"text": "a", "bold": true, "link": "https://..."}`; `{"runs": [...]}`; a list of such; `{"page_break": true}`;
`{"picture": "logo.png", "width_mm": 40}`. Whatever a value leaves open looks like the tag it is printed by.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from jinja2 import Undefined

from kitgen.base.errors import did_you_mean
from kitgen.base.holes import Hole, Missing
from kitgen.base.messages import NOTHING, Message, said
from kitgen.render.package.links import address_of, encoded
from kitgen.render.package.picture_files import PICTURE_KEYS
from kitgen.render.package.relations import Additions
from kitgen.render.package.xml import Element, R, W, escape_text
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.filters import Elements, Run, Xml, text_of
from kitgen.render.word.pictures import drawing_xml
from kitgen.render.word.run_properties import CHANGES, LINKED, STRUCK, Shape, Unfit, properties_xml

_TEXT_KEYS: Final = ("text", "link", "style", *CHANGES)
_GROUP_KEYS: Final = ("runs", "paragraph_style", "page_break")
_MAX_DEPTH: Final = 8
_BOOKMARK: Final = re.compile(r"#\w{1,40}")


def style_ids(styles: Element | None) -> dict[tuple[str, str], str]:
    """The ids of a template's styles, by kind and by id or name in lower case."""
    found: dict[tuple[str, str], str] = {}
    for style in () if styles is None else styles.iterfind(f"{W}style"):
        name, id = style.find(f"{W}name"), style.get(f"{W}styleId") or ""
        kind = style.get(f"{W}type") or ""
        found[kind, id.lower()] = id
        if name is not None:
            found.setdefault((kind, (name.get(f"{W}val") or "").lower()), id)
    return found


class Rich:
    """Prints rich values for one template: knows its styles, notes links and pictures as additions."""

    def __init__(self, environment: Environment, styles: Mapping[tuple[str, str], str], prefix: str) -> None:
        self._environment = environment
        self._state = environment.state
        self._prefix = prefix
        self._styles = styles
        environment.filters |= {
            "_runs": self._runs_filter(), "_paragraphs": self._paragraphs_filter(), "_address": self._address_filter(),
        }  # fmt: skip

    def _additions(self) -> Additions:
        if self._state.additions is None:
            self._state.additions = Additions(self._prefix)
        return self._state.additions

    def _runs_filter(self) -> Any:
        def runs(value: object, shape: Shape, part: str) -> Xml:
            return Xml(self.runs(part, value, shape))

        return runs

    def _address_filter(self) -> Any:
        def address(pieces: list[object], part: str) -> str:
            for piece in pieces:
                if isinstance(piece, Missing):
                    self._state.missing.add(piece.fact)
            texts = ["" if piece is None else text_of(piece) for piece in pieces]
            whole = "".join((*texts[:1], *(encoded(text) for text in texts[1:])))
            has_hole = any(isinstance(piece, Hole | Undefined) for piece in pieces)
            target = "#" if has_hole else self._target(whole)
            return self._additions().link(part, target or "#")

        return address

    def _paragraphs_filter(self) -> Any:
        def paragraphs(value: object, paragraph: Shape, shape: Shape, part: str) -> Xml:
            if isinstance(value, Elements) and value.startswith(("<w:p", "<w:tbl")):
                return Xml(value)
            items = value if isinstance(value, list) else (value,)
            return Xml("".join(self._paragraph(part, item, paragraph, shape) for item in items))

        return paragraphs

    def _paragraph(self, part: str, item: object, paragraph: Shape, shape: Shape) -> str:
        wanted = item.get("paragraph_style") if isinstance(item, dict) else None
        if wanted is not None and (style := self._style("paragraph", wanted)):
            kept = tuple(entry for entry in paragraph if entry[0] != "pStyle")
            paragraph = (("pStyle", f'<w:pStyle w:val="{escape_text(style)}"/>'), *kept)
        inner = "".join(xml for _, xml in paragraph)
        return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{self.runs(part, item, shape)}</w:p>"

    def runs(self, part: str, value: object, shape: Shape) -> str:
        """The runs of a value in `part`; what it leaves open is as in `shape`."""
        return "".join(self._pieces(part, value, shape, 0))

    def _pieces(self, part: str, value: object, shape: Shape, depth: int) -> Iterator[str]:
        if isinstance(value, Elements) and value.startswith(("<w:r", "<w:hyperlink")):
            yield value
        elif isinstance(value, Run):
            yield self._run(value.text, properties_xml(shape, STRUCK if value.struck else ()))
        elif isinstance(value, list | tuple):
            if depth > _MAX_DEPTH:
                self._fault("depth", said("rich text holds lists in lists without end"), NOTHING)
                return
            for item in value:
                yield from self._pieces(part, item, shape, depth + 1)
        elif isinstance(value, dict):
            yield from self._from_mapping(part, value, shape, depth)
        else:
            yield self._run(value, properties_xml(shape))

    def _run(self, value: object, properties: str) -> str:
        printed = self._environment.printed(value)
        return f'<w:r>{properties}<w:t xml:space="preserve">{printed}</w:t></w:r>' if printed else ""

    def _from_mapping(self, part: str, value: Mapping[Any, object], shape: Shape, depth: int) -> Iterator[str]:
        kind = next((key for key in ("picture", "runs", "text", "page_break") if key in value), None)
        known: Sequence[str] = {"picture": PICTURE_KEYS, "runs": _GROUP_KEYS, "page_break": _GROUP_KEYS}.get(
            kind or "", (*_TEXT_KEYS, "paragraph_style")
        )
        for key in value:
            if key not in known:
                all_keys = ("text", "runs", "picture", "page_break") if kind is None else known
                help = did_you_mean(str(key), all_keys) or said("it may have {known}", known=", ".join(known))
                self._fault(f"key {key}", said("rich text has `{key}`, which kitgen does not know", key=key), help)
        if kind is None:
            help = said("give `text`, `runs`, `picture` or `page_break`")
            self._fault("no kind", said("a group of values is printed that is no rich text"), help)
            return
        if value.get("page_break"):
            yield '<w:r><w:br w:type="page"/></w:r>'
        if kind == "picture":
            folder, number = self._environment.pictures, self._state.number()
            drawing = drawing_xml(value, part, folder, number, self._additions(), self._fault)
            yield f"<w:r>{properties_xml(shape)}{drawing}</w:r>" if drawing else ""
        elif kind == "runs":
            yield from self._pieces(part, value["runs"], shape, depth + 1)
        elif kind == "text":
            yield self._text(part, value, shape)

    def _text(self, part: str, value: Mapping[Any, object], shape: Shape) -> str:
        link = value.get("link")
        target = "" if link is None or isinstance(link, Hole) else self._target(link)
        changes: dict[str, str] = {}
        if target and not any(value.get(key) is not None for key in ("style", "color", "underline")):
            style = self._styles.get(("character", "hyperlink"))
            changes |= LINKED if style is None else {"rStyle": f'<w:rStyle w:val="{escape_text(style)}"/>'}
        for key, given in value.items():
            if given is None or isinstance(given, Hole):
                continue
            try:
                if key in CHANGES:
                    changes |= CHANGES[key](key, given)
                elif key == "style" and (style := self._style("character", given)):
                    changes["rStyle"] = f'<w:rStyle w:val="{escape_text(style)}"/>'
            except Unfit as unfit:
                self._fault(f"{key} {given}", unfit.message, unfit.help)
        run = self._run(value["text"], properties_xml(shape, tuple(changes.items())))
        if not target or not run:
            return run
        if target[0] == "#":
            return f'<w:hyperlink w:anchor="{target[1:]}" w:history="1">{run}</w:hyperlink>'
        id = self._additions().link(part, target)
        return f'<w:hyperlink xmlns:r="{R[1:-1]}" r:id="{id}" w:history="1">{run}</w:hyperlink>'

    def _style(self, kind: str, wanted: object) -> str:
        found = self._styles.get((kind, str(wanted).lower()))
        if found is None:
            known = [name for of_kind, name in self._styles if of_kind == kind]
            message = said(
                "rich text asks for the {kind} style `{wanted}`, which the template does not have",
                kind=kind,
                wanted=wanted,
            )
            self._fault(f"style {wanted}", message, did_you_mean(str(wanted).lower(), known))
        return found or ""

    def _target(self, link: object) -> str:
        """A link as Word takes it: percent-encoded, of a kind that leads to a page or a mailbox."""
        text = str(link).strip()
        if _BOOKMARK.fullmatch(text):
            return text
        address = address_of(text)
        if not address:
            self._fault(
                f"link {text}",
                said("what is to be a link is none"),
                said("links begin with https://, http://, mailto: or tel:"),
            )
        return address

    def _fault(self, name: str, message: Message, help: Message) -> None:
        self._state.fault(name, message, help)
