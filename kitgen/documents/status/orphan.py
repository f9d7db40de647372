"""Files of kitgen's that no planned document lays claim to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kitgen.documents.disk.document import find_documents
from kitgen.documents.disk.folder import DocumentFolder
from kitgen.documents.disk.staleness import Record, is_set_aside


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


def find_orphans(
    on_disk: DocumentFolder, claimed: Iterable[str], is_chosen: Callable[[str], bool], kits: set[str] | None
) -> Iterator[Orphan]:
    """Documents of a folder that kitgen made and no planned document lays claim to; records, of no kit, are none.

    `claimed`: the paths of the planned documents, gone through where something lies there. `is_chosen` tells by its
    code whether the run is about a form; `kits`: those it is about (None: all).
    """
    lying = find_documents(on_disk.output / on_disk.folder)
    known = set(claimed) if lying else set()
    spelled: dict[str, str] = {}
    for name in lying:
        path = f"{on_disk.folder}/{name}"
        if path in known:
            continue
        spelled = spelled or {each.casefold(): each for each in known}
        if _is_same_file(on_disk, path, spelled.get(path.casefold())):
            continue
        found = on_disk.at(path)
        if found is None or found.record is None or not found.record.kit or is_set_aside(path):
            continue
        if not is_chosen(found.record.form):
            continue
        if kits is not None and found.record.kit not in kits:
            continue
        yield Orphan(path, found.record, found.is_edited)


def _is_same_file(on_disk: DocumentFolder, path: str, claimed: str | None) -> bool:
    """Whether a path is that of a document asked for, as a system spells it that sees no difference in capitals."""
    if claimed is None or on_disk.at(claimed) is None:
        return False
    return (on_disk.output / path).samefile(on_disk.output / claimed)
