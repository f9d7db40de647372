"""A file of kitgen's that no planned document lays claim to. Pure."""

from dataclasses import dataclass

from kitgen.documents.disk.staleness import Record


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file kitgen made that belongs to no planned document any more; kept if it was edited.

    `moved_to`: where the document that takes its place is to lie, after a late change of a person; `is_renamed`: it is
    that document, which is called otherwise now.
    """

    path: str
    record: Record
    is_edited: bool
    moved_to: str | None = None
    is_renamed: bool = False
