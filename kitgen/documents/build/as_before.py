"""Whether everything is as a build of kits left it: then what it found is told again, and nothing is worked out.

A build notes in the user's own folder (`disk/user_cache`) what it read, what lies there since, and what it told. The
note counts as long as every byte of both is the same; else, and wherever anything is out of the ordinary, there is
none, and documents are looked at one by one.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kitgen.base.digests import digest
from kitgen.base.errors import Diagnostic, KitgenError, plain_problem, problem_of
from kitgen.base.project import Project
from kitgen.documents.disk.document import is_document
from kitgen.documents.disk.files import sweep
from kitgen.documents.disk.index import INDEX_NAME, read_index
from kitgen.documents.disk.inputs import Inputs, Unclear, all_below, digest_of, file_digest, inputs_of
from kitgen.documents.disk.intent import last_run
from kitgen.documents.disk.user_cache import UserCache, cache_folder
from kitgen.documents.pdf.beside import withdraw_strays
from kitgen.load.json_file import parse_json
from kitgen.model.forms import READ_FIRST

if TYPE_CHECKING:
    from kitgen.documents.build.build import Built


@dataclass(frozen=True, slots=True)
class AsBefore:
    """Seperti semula: so many documents, all of them as they would be made, and what is odd about the data.

    `folders`: where they lie, relative to `output/`.
    """

    documents: int
    folders: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


class Notes:
    """What is noted of builds of one choice of a project's editions: of all kits of a scheme or of each scheme."""

    def __init__(self, project: Project, scheme: str | None = None, edition: str | None = None) -> None:
        self._project = project
        self._name = f"utuh-{digest(json.dumps([str(project.root), scheme, edition]).encode())[:40]}"
        self._cache = UserCache(cache_folder())
        self._inputs: Inputs | None = None

    def begin(self) -> None:
        """Look at what a build is about to read, so that `note` can tell whether it was that."""
        self._inputs = self._read()

    def as_before(self) -> AsBefore | None:
        """What a run would tell that finds everything as the last build left it; None if it might not be so."""
        self.begin()
        data = self._cache.read(self._name) if self._inputs is not None else None
        if self._inputs is None or data is None:
            return None
        try:
            note = parse_json(data)
            folders = tuple(map(str, note["folders"]))
            if note["inputs"] != asdict(self._inputs) or note["there"] != _there(self._project, folders):
                return None
            return AsBefore(int(note["documents"]), folders, tuple(map(problem_of, note["warnings"])))
        except (Unclear, KeyError, TypeError, ValueError, IndexError):
            return None

    def left_as_before(self) -> AsBefore | None:
        """The same for a build, which also takes away what must not lie there: for whoever holds the lock."""
        output = self._project.output_dir
        sweep(output)
        found = self.as_before()
        if found is not None:
            withdraw_strays([output / folder for folder in found.folders], output)
        return found

    def note(self, built: "Built") -> None:
        """Note what a build found and left, if there was nothing out of the ordinary in it.

        What it read must be what `as_before`, asked before it, read. Of a release that had to be made anew nothing is
        noted yet: what the next run tells of it is not known.
        """
        now = self._read()
        if self._inputs is None or now is None or now.data != self._inputs.data:
            return
        wrote = bool(built.written)
        if wrote and any(each.made_with.is_fixed for each in built.run.folders.values()):
            return
        if not wrote and now.memory != self._inputs.memory:
            return
        try:
            there = _left(self._project, built)
            warnings = list(map(plain_problem, built.warnings))
        except (Unclear, ValueError, KitgenError):
            return
        if there is not None:
            told = {"inputs": asdict(now), "folders": sorted(built.run.folders), "there": there,
                    "documents": len(built.run.documents), "warnings": warnings}  # fmt: skip
            self._cache.write(self._name, json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def _read(self) -> Inputs | None:
        try:
            return inputs_of(self._project) if self._cache.is_used else None
        except Unclear:
            return None


def _there(project: Project, folders: Iterable[str]) -> str:
    """One digest of the documents, pages and indexes that lie in these folders of `output/`."""
    found: dict[str, str] = {}
    for folder in folders:
        if not last_run(project.root, folder).is_trusted:
            raise Unclear(folder)
        root = project.output_dir / folder
        found |= {f"{folder}/{name}": file_digest(root, name) for name in all_below(root) if _counts(name)}
    return digest_of(found)


def _counts(name: str) -> bool:
    return is_document(name) or name == INDEX_NAME or name.rpartition("/")[2] == READ_FIRST


def _left(project: Project, built: "Built") -> str | None:
    """The same of what a build left; None if it left anything that is not simply as it is to be.

    Of documents and pages it is what the build knows of them, not what lies there: a person may have come in between.
    """
    from kitgen.documents.build.read_first import wanted_pages

    run = built.run
    if built.warnings != run.warnings or any(each.is_edited for each in run.orphans):
        return None
    found: dict[str, str] = {}
    for document in run.documents:
        laid = document.ready.laid if document.ready is not None else None
        if document.write_to is None and document.state == "same" and document.found is not None:
            found[document.path] = document.found.file
        elif document.write_to == document.path and laid is not None:
            found[document.path] = laid.digest
        else:
            return None
    indexed = {
        f"{folder}/{name}": entry.file
        for folder in run.folders
        for name, entry in read_index(project.output_dir / folder).items()
    }
    if indexed != found:
        return None
    pages = wanted_pages(project, run.documents)
    found |= {path.relative_to(project.output_dir).as_posix(): digest(b"".join(page())) for path, page in pages.items()}
    found |= {f"{folder}/{INDEX_NAME}": file_digest(project.output_dir / folder, INDEX_NAME) for folder in run.folders}
    return digest_of(found)
