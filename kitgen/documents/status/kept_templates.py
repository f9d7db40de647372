"""Compiled templates, and who signs them, kept between runs in the user's own folder (`disk/user_cache`): for speed.

The name of one says what it was made of and by: the template and its blocks, the look, and the versions of Python, of
Jinja and of kitgen, the files of its engine included.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kitgen.base.digests import digest_values
from kitgen.documents.disk.user_cache import UserCache, cache_folder
from kitgen.load.json_file import parse_json

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate


def user_cache() -> UserCache:
    """The copies of the person who runs kitgen."""
    return UserCache(cache_folder())


def copy_name(made_of: Sequence[object]) -> str:
    """What the copy of a template is called that is made of this."""
    from kitgen.render.plain_form import made_by

    return f"{made_by()}-{digest_values(made_of)[:40]}"


def kept_template(copies: UserCache, name: str) -> "CompiledTemplate | None":
    """The compiled template of this name; None if there is none that can be used."""
    data = copies.read(name)
    if data is None:
        return None
    from kitgen.render.plain_form import Unkeepable, from_plain_form

    try:
        return from_plain_form(data)
    except Unkeepable:
        return None


def kept_signers(copies: UserCache, name: str) -> tuple[str, ...] | None:
    """Who signs a form, by a copy of this name; None if there is none."""
    data = copies.read(f"{name}-ttd")
    return None if data is None else tuple(map(str, parse_json(data)))


def keep_signers(copies: UserCache, name: str, signers: tuple[str, ...]) -> None:
    """Keep who signs a form."""
    copies.write(f"{name}-ttd", json.dumps(signers).encode())


def keep_template(copies: UserCache, name: str, template: "CompiledTemplate") -> None:
    """Keep a compiled template, if it can be."""
    from kitgen.render.plain_form import Unkeepable, plain_form

    try:
        copies.write(name, plain_form(template))
    except Unkeepable:
        return
