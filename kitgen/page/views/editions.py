"""Edisi dan Perubahan: the editions of each scheme, the next one, what differs, the release."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Flask
from flask.typing import ResponseReturnValue

from kitgen.base.messages import Message, said
from kitgen.model.changes import ITEM_GROUPS
from kitgen.page.questions import editions_state, schemes_of
from kitgen.page.site import Site, takes_site
from kitgen.page.views.home import STATES, content_of

KINDS: Final[Mapping[str, Message]] = {
    "new": said("new"),
    "removed": said("removed"),
    "reworded": said("reworded"),
    "ruled": said("ruled equal in meaning"),
    "editorial": said("editorial"),
    "moved": said("moved"),
    "renumbered": said("renumbered"),
    "split": said("split"),
    "merged": said("merged"),
    "changed": said("changed"),
    "followed": said("follow their KUK"),
    "same": said("the same"),
    "kept": said("kept"),
}


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/edisi", "editions", takes_site(editions))
    app.jinja_env.globals.update(kinds=KINDS, item_groups=ITEM_GROUPS, by_unit=by_unit)


def editions(site: Site) -> ResponseReturnValue:
    """The editions of all schemes."""
    kept = editions_state(site)
    known = {(row["scheme"], row["edition"]): row for row in content_of(kept) or ()}
    rows = [
        {"scheme": slug, "editions": [(edition, known.get((slug, edition), {})) for edition in names], "names": names}
        for slug, names in schemes_of(site)
    ]
    return site.page("editions.html", said("Editions"), rows=rows, words=STATES, kept=kept)


def by_unit(compared: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The units of a comparison in which anything changed, each with its lines."""
    found: list[dict[str, Any]] = []
    for unit in compared["units"]:
        code = unit["new"] or unit["old"]
        lines = [
            line
            for line in compared["criteria"]
            if (line["new"] or line["old"])[0]["unit"] == code and line["kinds"] != ["same"]
        ]
        elements = [
            line
            for line in compared["elements"]
            if line["unit"] == code and (line["old"], line["old_title"]) != (line["new"], line["new_title"])
        ]
        if lines or elements or unit["fields"] or unit["raised"] or unit["shape"] != "kept":
            found.append({"unit": unit, "code": code, "lines": lines, "elements": elements})
    return found
