"""What the sources of a workbook call for its texts: headers, lists to choose from, addresses of links, pictures."""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from kitgen.base.holes import Hole, Missing
from kitgen.base.messages import said
from kitgen.render.excel.book_state import book_of
from kitgen.render.excel.cell_values import picture_relation, utf16_length
from kitgen.render.package.copies import copy_name
from kitgen.render.package.links import address_of
from kitgen.render.package.xml import escape_text
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.filters import Xml

MAX_HEADER: Final = 255
_EDGE: Final = "\1"
"""Where a value begins in a header, until the whole is looked at; XML has no such character."""
_GOES_ON: Final = re.compile(rf"(&amp;\d{{1,3}}){_EDGE}+(?=\d)|(&amp;[PNpn]){_EDGE}+(?=[+-]?\d)")


def text_filters(environment: Environment) -> Mapping[str, Callable[..., Any]]:
    """The filters, by name."""
    state = environment.state

    def header(value: object) -> Xml:
        if isinstance(value, Missing):
            state.missing.add(value.fact)
        return Xml(_EDGE + environment.printed("" if value is None else str(value).replace("&", "&&")))

    def whole_header(text: str) -> Xml:
        """A size (`&12`) would take in the digits of the value after it; a blank ends it, as Excel does it."""
        made = _GOES_ON.sub(lambda found: f"{found[1] or found[2]} ", text).replace(_EDGE, "")
        length = utf16_length(html.unescape(made))
        if length > MAX_HEADER:
            advice = said("shorten what is printed in it")
            state.fault(
                "header",
                said(
                    "header or footer of {length} characters; Excel takes {max_header}",
                    length=length,
                    max_header=MAX_HEADER,
                ),
                advice,
            )
        return Xml(made)

    def limited(text: str, limit: int, what: str) -> Xml:
        length = utf16_length(html.unescape(text))
        if length > limit:
            state.fault(
                what,
                said("{what} comes to {length} characters; Excel takes {limit}", what=what, length=length, limit=limit),
                said("shorten what is printed in it"),
            )
        return Xml(text)

    def quoted_text(value: object) -> Xml:
        if isinstance(value, Missing):
            state.missing.add(value.fact)
        return Xml(environment.printed("" if value is None else str(value).replace('"', '""')))

    def link_id(text: str) -> str:
        """The relation of a link; empty for a blank address."""
        address = html.unescape(re.sub(r"<[^>]*>", "", text)).strip()
        if not address:
            return ""
        target = address_of(address)
        if not target:
            help = said("links begin with https://, http://, mailto: or tel:")
            state.fault("link", said("the address of a link leads neither to a page nor to a mailbox"), help)
            return ""
        book = book_of(state)
        return book.relation(copy_name(state.sheet_part, book.copy), "hyperlink", target)

    def is_shown(value: Any) -> bool:
        if isinstance(value, Mapping) and "picture" in value:
            value = value["picture"]
        return value is not None and not isinstance(value, Hole)

    def embedded(value: Any, relation: str) -> str:
        """The relation of the picture of a value, or the one of the template for a value that is none."""
        if not (isinstance(value, Mapping) and "picture" in value):
            return relation
        found = picture_relation(environment, value)
        if found is None:
            return relation
        book = book_of(state)
        return book.relation(copy_name(state.sheet_part, book.copy), "image", found[0])

    def described(value: Any) -> Xml:
        text = value.get("alt") if isinstance(value, Mapping) else value
        if isinstance(text, Missing):
            state.missing.add(text.fact)
        return Xml("" if text is None or isinstance(text, Mapping) else escape_text(str(text)))

    return {
        "_header": header, "_whole_header": whole_header, "_limited": limited, "_quoted": quoted_text,
        "_link_id": link_id, "_is_shown": is_shown, "_embedded": embedded, "_described": described,
    }  # fmt: skip
