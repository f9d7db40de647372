"""Links of a sheet whose addresses hold tags, which Excel writes percent-encoded into the sheet's relations."""

import re
from typing import Final
from urllib.parse import unquote

from kitgen.render.excel.fragments import holds_tags
from kitgen.render.excel.reference_tokens import Sheet
from kitgen.render.package.relations import relations_name, relations_of, without_relations

_ENCODED: Final = re.compile(r"(?:%7B|\{)(?:%7B|\{|%25|%).*?(?:%7D|\}|%25|%)(?:%7D|\})", re.IGNORECASE)


def decoded(address: str) -> str:
    """An address with the tags in it as they were typed."""
    return _ENCODED.sub(lambda found: unquote(found[0]), address)


def take_addresses(sheet: Sheet, contents: dict[str, bytes]) -> None:
    """Take the addresses that hold tags out of a sheet's relations: each is filled where its link is written."""
    for relation in relations_of(contents, sheet.part, sheet.file):
        if relation.is_external and relation.kind == "hyperlink" and holds_tags(decoded(relation.target)):
            sheet.link_addresses[relation.id] = decoded(relation.target)
    if sheet.link_addresses:
        name = relations_name(sheet.part)
        contents[name] = without_relations(contents[name], set(sheet.link_addresses), sheet.file, name)
