"""What a file does not say yet, and what a draft wrote in it that nobody has decided on: told in one line each."""

from typing import Final

from kitgen.base.errors import Place
from kitgen.base.holes import PROPOSED_MARK
from kitgen.base.messages import NOTHING, counted, joined, said
from kitgen.load.yaml.source import Entry, Fields

_FIRST: Final = 5


def as_proposed(fields: Fields, name: str, title: str) -> str:
    """A title as it is printed: what is proposed says so behind it."""
    return f"{title}{PROPOSED_MARK}" if fields.is_proposed(name) and title else title


def tell_unfinished(top: Entry) -> None:
    """Tell in one line what a file does not say yet of what was asked for by `due`, in one what is proposed."""
    _tell_proposed(top)
    owed = top.source.owed
    if not owed:
        return
    spots = [joined(": ", (spot, f"`{key}`")) if spot else f"`{key}`" for spot, key in owed[:_FIRST]]
    more = said(" and {more} more", more=len(owed) - len(spots)) if len(owed) > len(spots) else NOTHING
    top.source.findings.warning(
        said("{texts} not written yet: {spots}{more}", texts=counted(len(owed), "text"), spots=joined("; ", spots),
             more=more),
        Place(top.source.name),
        said("the documents leave room for them; a release needs them all"),
    )  # fmt: skip


def _tell_proposed(top: Entry) -> None:
    names = top.source.proposed
    if names:
        more = said(" and {more} more", more=len(names) - _FIRST) if len(names) > _FIRST else NOTHING
        top.source.findings.warning(
            said("{proposals} of kitgen, which the LSP has not decided on: {names}{more}",
                 proposals=counted(len(names), "proposal"), names=", ".join(names[:_FIRST]), more=more),
            Place(top.source.name),
            said("look at each; then take its `proposed:` out, or empty *Usulan* in the workbook"),
        )  # fmt: skip
