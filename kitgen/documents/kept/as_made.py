"""Whether a document of a release or delivery stays as it was made: while the data it says did not change.

What is held against each other is data, never what a later kitgen prints of them: another renderer, or a template that
cannot be filled any more, makes no page void.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from kitgen.base.digests import NO_SERIAL, Fingerprint, Serial
from kitgen.documents.disk.branches import TEMPLATE, Branch, Provenance, branches_changed, is_read
from kitgen.documents.disk.folder import DocumentFolder
from kitgen.documents.disk.handed_pages import HandedPages
from kitgen.documents.disk.history import History, Made
from kitgen.documents.disk.staleness import NEWER, Found, beside
from kitgen.documents.kept.record import KeptRecord

Finder = Callable[[str], Found | None]


@dataclass
class AsMade:
    """Yang sudah dibuat: what is known of the documents of one folder that was released or delivered.

    `is_unchanged`: all data are as they were when the record was written.
    """

    on_disk: DocumentFolder
    provenance: Provenance
    record: KeptRecord | None
    is_unchanged: bool
    read: Callable[[], History]
    open_pages: Callable[[], HandedPages]

    @cached_property
    def history(self) -> History:
        """What was made here before."""
        return self.read()

    @cached_property
    def pages(self) -> HandedPages:
        """Copies of what was made: in zips of deliveries, set aside, or lying there."""
        return self.open_pages()

    @cached_property
    def _by_name(self) -> Mapping[str, Mapping[Serial, Made]]:
        found: dict[str, dict[Serial, Made]] = {}
        for (serial, name), made in self.history.made.items():
            found.setdefault(name, {})[serial] = made
        return found

    def made(self, name: str) -> Mapping[Serial, Made]:
        """What was made of a document, by serial; `name` as `told_as` gives it."""
        return self._by_name.get(name, {})

    def serial_of(
        self, name: str, path: str, find: Finder, fingerprint: Fingerprint, reads: Collection[str] | None
    ) -> Serial:
        """The serial of the pages that still are right; empty if there are none, and the document is to be made.

        `fingerprint` tells what it would be made of now (its branches are known to `provenance`), `reads` what its
        template reads (None: not known).
        """
        recorded = self.record.documents.get(name, NO_SERIAL) if self.record is not None else NO_SERIAL
        if self.is_unchanged and recorded:
            return recorded
        last, made, now = self.last_serial(name, path, find), self.made(name), self.provenance.hidden(fingerprint)
        equal = [serial for serial, each in made.items() if each.fingerprint == now]
        if equal:
            return last if last in equal else equal[-1]
        if self.record is None and last and last not in made:
            return last  # of 0.1, without its history: what lies there is all that is known
        known = [serial for serial in dict.fromkeys((last, recorded)) if serial in made]
        return next(
            (serial for serial in known if self._says_the_same(made[serial], serial == recorded, now, reads)),
            NO_SERIAL,
        )

    def _says_the_same(self, made: Made, is_recorded: bool, now: Fingerprint, reads: Collection[str] | None) -> bool:
        """Whether a page was given what it would be given now, as far as its template reads it.

        It must be made with the templates that are kept, and all that 0.1 left is taken to be. A value that is given
        only now, or not any more, comes of another kitgen: people add and take away items of lists, never names.
        """
        branches = branches_changed(self.history.nodes, made.fingerprint, self.provenance.nodes, now)
        if branches is None:
            return False
        changed = [each for each in branches if each.steps]
        if self.record is not None and not is_recorded and any(each.steps[0] == TEMPLATE for each in changed):
            return False
        of_data = (each for each in changed if not each.steps[0].startswith("$") and not _is_of_model(each))
        return not any(reads is None or is_read(each.path, reads) for each in of_data)

    def last_serial(self, name: str, path: str, find: Finder) -> Serial:
        """The serial of the newest pages of a document that are known of; empty if none are."""
        recorded = self.record.documents.get(name, NO_SERIAL) if self.record is not None else NO_SERIAL
        made = self.made(name)
        return self._last_on_disk(path, find) or recorded or (next(iter(made)) if len(made) == 1 else NO_SERIAL)

    def _last_on_disk(self, path: str, find: Finder) -> Serial:
        """The serial of the newest file of a document that lies there, or that the index remembers."""
        newest, place, number = NO_SERIAL, path, 1
        while (found := find(place)) is not None:
            newest = found.record.serial if found.record is not None else newest
            place, number = beside(path, NEWER, number), number + 1
        return newest or self.on_disk.serial(path)

    def held(self, path: str, find: Finder, serial: Serial) -> Found | None:
        """The file of a document that has this serial, edited by hand or not."""
        place, number = path, 1
        while (found := find(place)) is not None:
            if found.record is not None and found.record.serial == serial:
                return found
            place, number = beside(path, NEWER, number), number + 1
        return None

    def words(self, name: str, serial: Serial) -> str:
        """The hidden digest of the words of a page that was made; empty if it is not known."""
        known = self.made(name).get(serial)
        return known.words if known is not None else ""


def _is_of_model(branch: Branch) -> bool:
    """Whether a value is there, or is gone, because another kitgen knows other names of values."""
    return branch.what in ("new", "gone") and not branch.steps[-1].startswith("#")
