"""Files that lie under another name than their documents have now: they are those documents, not orphans."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from kitgen.documents.disk.history import History, told_as
from kitgen.documents.disk.staleness import plain_name
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.orphan import Orphan
from kitgen.kits.paths import same_person


def pair_renamed(
    documents: Sequence[DocumentStatus], orphans: Sequence[Orphan], folder: str, read: Callable[[], History]
) -> "tuple[list[DocumentStatus], list[Orphan]]":
    """Tell which documents lie under which other names in the folders they belong to.

    A file is known by its plain name (number and code alone, as names were before), or by its serial, as `read` gives
    the history. What lies beside it, `(terbaru)`, goes with it.
    """
    if not orphans:
        return list(documents), list(orphans)
    waiting = [each for each in documents if each.found is None]
    plain = {f"{folder}/{each.planned.plain_path}": each for each in waiting}
    known = {told_as(each.planned): each for each in waiting}
    former: dict[str, Orphan] = {}
    found: list[Orphan] = []
    for orphan in orphans:
        document = next(_documents_of(orphan, plain, known, read), None)
        first = former.setdefault(document.path, orphan) if document is not None else None
        if document is None or first is None or plain_name(first.path) != plain_name(orphan.path):
            found.append(orphan)
        else:
            found.append(replace(orphan, moved_to=_beside(orphan.path, document.path), is_renamed=True))
    return [_moved(each, former.get(each.path)) for each in documents], found


def _documents_of(
    orphan: Orphan,
    plain: dict[str, DocumentStatus],
    known: dict[str, DocumentStatus],
    read: Callable[[], History],
) -> Iterator[DocumentStatus]:
    """The documents a file may be, of its form and in its folder."""
    before = plain.get(plain_name(orphan.path))
    names = read().with_serial(orphan.record.serial)
    candidates = [*([before] if before is not None else []), *(known[name] for name in names if name in known)]
    home = PurePosixPath(orphan.path).parent
    for each in candidates:
        if each.form.code == orphan.record.form and PurePosixPath(each.path).parent == home:
            yield each


def _beside(old: str, new: str) -> str:
    """The new name of a file, with the word that marks a second one beside it."""
    mark = PurePosixPath(old).stem.removeprefix(PurePosixPath(plain_name(old)).stem)
    pure = PurePosixPath(new)
    return str(pure.with_name(f"{pure.stem}{mark}{pure.suffix}"))


def _moved(document: DocumentStatus, former: "Orphan | None") -> DocumentStatus:
    if former is None:
        return document
    return replace(document, state="edited" if former.is_edited else "moved", moved_from=former.path)


def pair_moved(
    documents: Sequence[DocumentStatus], orphans: Sequence[Orphan], folder: str
) -> tuple[list[DocumentStatus], list[Orphan]]:
    """Tell which documents take the place of which orphans, since a person was renamed or has another assessor."""
    former = {
        key: orphan
        for orphan in orphans
        if not orphan.is_edited and not orphan.is_renamed and (key := same_person(orphan.path.removeprefix(folder)))
    }
    moved: dict[str, str] = {}
    found: list[DocumentStatus] = []
    for document in documents:
        was = former.get(same_person(document.path.removeprefix(folder))) if document.found is None else None
        if was is not None and was.record.form == document.form.code:
            moved[was.path] = document.path
            document = replace(document, state="moved", moved_from=was.path)
        found.append(document)
    return found, [replace(orphan, moved_to=moved.get(orphan.path, orphan.moved_to)) for orphan in orphans]
