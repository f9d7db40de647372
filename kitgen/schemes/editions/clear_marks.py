"""`kitgen edition cleared`: review marks a person has done with are taken out of a draft."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kitgen.base.errors import Findings, did_you_mean
from kitgen.base.messages import said
from kitgen.base.project import EditionName, Project
from kitgen.documents.disk.files import write_whole
from kitgen.load.edition.edition import rulings_of
from kitgen.load.edition.origin import ORIGIN_FILE, load_origin
from kitgen.load.edition.references import ReferenceFile, Referrer, read_references
from kitgen.load.edition.rulings import RULINGS_FILE
from kitgen.load.edition.scheme import load_units
from kitgen.load.edition.seal import refuse_sealed
from kitgen.load.locate import find_editions
from kitgen.load.yaml.edit import Edit, edited, set_marks


@dataclass(frozen=True, slots=True)
class Cleared:
    """Tanda yang dihapus: of one question, scenario or activity; `kept` are those a ruling settles, which nobody was
    told to review and which are needed again if the ruling falls."""

    name: str
    taken: int
    kept: int


def clear_marks(project: Project, scheme: str, edition: str, names: Sequence[str]) -> list[Cleared]:
    """Take the review marks `check` tells out of these questions, scenarios or activities.

    Raises `KitgenError` for a name that carries none, before anything is written.
    """
    (chosen,) = find_editions(project, scheme, edition)
    refuse_sealed(project, chosen)
    folder = project.scheme_file(chosen).parent
    findings = Findings()
    files = read_references(folder, project.shown, findings)
    findings.stop_on_errors()
    settled = _settled(project, chosen)
    taken: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    texts: list[tuple[Path, bytes]] = []
    for file in files:
        edits: list[Edit] = []
        for owner, referrer in _owned(file):
            stay = [text if (referrer.reference.unit, text.partition(": ")[0]) in settled else None
                    for text in (each.peek_text() or "" for each in referrer.marks)]  # fmt: skip
            taken[owner] += stay.count(None)
            kept[owner] += len(stay) - stay.count(None)
            if None in stay and owner in names:
                edits.append(set_marks(referrer.entry, referrer.key, (), stay))
        if edits:
            texts.append((file.path, file.mark + edited(file.text, edits, file.name).encode()))
    marked = [owner for owner, count in taken.items() if count]
    for wanted in names:
        if wanted not in taken:
            findings.error(
                said("there is no question, scenario or activity {wanted}", wanted=wanted),
                None,
                did_you_mean(wanted, taken),
            )
        elif not taken[wanted] and kept[wanted]:
            findings.error(
                said("{wanted} carries no review mark that is open", wanted=wanted),
                None,
                said(
                    "a ruling in {rulings_file} settles what it carries: nothing is to be read",
                    rulings_file=RULINGS_FILE,
                ),
            )
        elif not taken[wanted]:
            findings.error(said("{wanted} carries no review mark", wanted=wanted), None, did_you_mean(wanted, marked))
    findings.stop_on_errors()
    for path, content in texts:
        write_whole(path, content)
    return [Cleared(wanted, taken[wanted], kept[wanted]) for wanted in dict.fromkeys(names)]


def _settled(project: Project, edition: EditionName) -> set[tuple[str, str]]:
    """Unit and number of the criteria whose rewording was ruled equal in meaning; none where that cannot be read."""
    path, unread = project.scheme_file(edition), Findings()
    origin = load_origin(path.with_name(ORIGIN_FILE), ORIGIN_FILE, unread)
    units = load_units(path, path.name, unread)
    rulings = rulings_of(project, edition, origin, units, unread) if origin is not None else ()
    return {(each.unit, each.number) for each in rulings}


def _owned(file: ReferenceFile) -> Iterator[tuple[str, Referrer]]:
    """Each referrer with the id people know it by: its question's, scenario's or activity's."""
    for name, referrers in file.lists.items():
        for each in referrers:
            yield each.reference.name or name.rpartition(" ")[2], each
