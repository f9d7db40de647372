"""Editions side by side: what there is, the next one as a draft, and the release, which seals one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kitgen.base.digests import PartsDigest
from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place, WrongUsage, failure
from kitgen.base.messages import counted, said
from kitgen.base.project import SEAL_FILE, EditionName, Project
from kitgen.documents.build.keep import kept_now
from kitgen.documents.disk.files import write_whole, written_together
from kitgen.documents.kept.keep import KEPT_FILES, write_release
from kitgen.documents.kept.state import edition_state
from kitgen.documents.status.shared_inputs import SharedInputs
from kitgen.documents.status.status import Selection, status_of
from kitgen.documents.status.templates import templates_of
from kitgen.load.edition.origin import ORIGIN_FILE, load_origin, origin_text
from kitgen.load.edition.references import read_references, references_of
from kitgen.load.edition.rulings import RULINGS_FILE
from kitgen.load.edition.seal import check_seal, file_digests, refuse_sealed, seal_digest
from kitgen.load.locate import editions_of, find_editions, is_edition_name
from kitgen.load.project_data import load_data
from kitgen.model.body import PageStyle
from kitgen.model.origin import Origin, References, baseline_of
from kitgen.schemes.check.check import check_project
from kitgen.schemes.check.review import Review

_OF_ITS_OWN: Final = (SEAL_FILE, ORIGIN_FILE, RULINGS_FILE, *KEPT_FILES)
"""What an edition says of itself, and a copy of it does not."""
_HEADED: Final = ("scheme.yaml", "papers.yaml")


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """Edisi dalam daftar: where it comes from, whether it is released (`digest`), and what was changed since."""

    scheme: str
    edition: str
    origin: str
    released: str
    digest: PartsDigest
    problems: tuple[Diagnostic, ...]

    @property
    def state(self) -> str:
        """`draft`, `released`, or `changed` since."""
        return "changed" if self.problems else "released" if self.digest else "draft"


def list_editions(project: Project, scheme: str | None = None) -> list[ListedEdition]:
    """All editions of all schemes, or of one, the newest last."""
    found: list[ListedEdition] = []
    for slug, _ in find_editions(project, scheme, None):
        for name in editions_of(project, slug):
            folder = project.scheme_dir / slug / name
            findings = Findings()
            seal = check_seal(project, EditionName(slug, name), findings)
            origin = load_origin(folder / ORIGIN_FILE, project.shown(folder / ORIGIN_FILE), findings)
            digest, released = (seal.digest, seal.released) if seal else (PartsDigest(""), "")
            named = origin.edition if origin else ""
            found.append(ListedEdition(slug, name, named, released, digest, tuple(findings)))
    return found


@dataclass(frozen=True, slots=True)
class NewEdition:
    """Edisi baru: its folder, the name of the edition it was copied from, and what is odd about that one."""

    folder: Path
    source: str
    warnings: tuple[Diagnostic, ...]


def new_edition(project: Project, scheme: str, new: str, old: str | None = None) -> NewEdition:
    """Copy an edition (the default, or `old`) as a draft.

    It is written aside and renamed: there is all of it or nothing. Raises `WrongUsage` for a name that cannot be that
    of a folder, `KitgenError` if the edition is there already or its original has problems.
    """
    if not is_edition_name(new):
        raise WrongUsage(said("an edition is named by letters, digits, `.`, `_` and `-`, for instance 2025"))
    ((slug, source),) = find_editions(project, scheme, old)
    folder, target = (project.scheme_dir / slug / name for name in (source, new))
    if target.exists() or new.casefold() in {path.name.casefold() for path in target.parent.iterdir()}:
        raise failure(
            said("edition {new} is there already; nothing was written", new=new),
            Place(project.shown(target)),
            said("give the new one another name"),
        )
    data = load_data(project, slug, source)
    origin = Origin(source, baseline_of(data.editions[0].scheme.units, _references(project, folder)))
    try:
        with written_together(target) as aside:
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder)
                is_ours = name.as_posix() not in _OF_ITS_OWN and not any(
                    part.startswith((".", "~$")) for part in name.parts
                )
                if is_ours and path.is_file() and not path.is_symlink():
                    write_whole(aside / name, _copied(path, name.as_posix(), source, new))
            write_whole(aside / ORIGIN_FILE, origin_text(origin).encode())
    except OSError as error:
        raise failure(
            said("edition cannot be written ({strerror})", strerror=error.strerror), Place(project.shown(target))
        ) from error
    told = (
        []
        if data.editions[0].seal
        else [
            Diagnostic(
                said(
                    "edition {source} is not released: changing it changes what {new} is compared with",
                    source=source,
                    new=new,
                ),
                Place(project.shown(folder)),
                said(
                    "release it first: `kitgen edition release`; where none is released, the newest draft is "
                    "taken by all commands"
                ),
                "warning",
            )
        ]
    )
    return NewEdition(target, source, tuple(told))


def _references(project: Project, folder: Path) -> References:
    findings = Findings()
    found = references_of(read_references(folder, project.shown, findings))
    findings.stop_on_errors()
    return found


def _copied(path: Path, name: str, old: str, new: str) -> bytes:
    """A file as the new edition has it: only the first comment line, which kitgen wrote, names the edition."""
    data = path.read_bytes()
    if name not in _HEADED:
        return data
    head, newline, rest = data.partition(b"\n")
    if not head.lstrip(b"\xef\xbb\xbf").startswith(b"#"):
        return data
    wanted = rf"\bedisi {re.escape(old)}(?![\w.-])".encode()
    return re.sub(wanted, lambda _: f"edisi {new}".encode(), head) + newline + rest


@dataclass(frozen=True, slots=True)
class Released:
    """Terbitan: the digest of the seal, and how pages of the edition look from now on."""

    seal: PartsDigest
    style: PageStyle


def release(project: Project, scheme: str, edition: str, released: str = "") -> Released:
    """Seal an edition. `released` is the date a person gives, as 2025-03-01; the clock is not asked.

    The templates, forms and look of now are kept beside it: the release is made with them from then on.
    Raises `WrongUsage` for what is no date, `KitgenError` if it is released already, and with everything that stands in
    the way: errors, facts the LSP owes, criteria nothing serves, and what a person has yet to decide or review.
    """
    if released:
        try:
            date.fromisoformat(released)
        except ValueError as error:
            raise WrongUsage(said("`{released}` is no date; write it as 2025-03-01", released=released)) from error
    (chosen,) = find_editions(project, scheme, edition)
    refuse_sealed(project, chosen)
    loaded = SharedInputs()
    findings, reviews = check_project(project, *chosen, facts=loaded.facts(project))
    problems = list(findings.errors)
    if not problems:
        data = loaded.data(project, chosen)
        problems = list(_obstacles(data.warnings, reviews[0]))
    if problems:
        stops = Diagnostic(
            said(
                "edition {name} of {slug} is not released: {obstacles} in the way",
                name=chosen.name,
                slug=chosen.slug,
                obstacles=counted(len(problems), "thing stands", "things stand"),
            ),
            None,
            said("mend them and release again; nothing was written"),
        )
        raise KitgenError([*(_as_error(each) for each in problems), stops])
    state = edition_state(project, chosen, templates_of(project, data).pictures)
    run = status_of(project, Selection(*chosen), explain=False, loaded=loaded)
    write_release(project, chosen, released, kept_now(run, chosen.folder, state))
    return Released(seal_digest(file_digests(project.scheme_file(chosen).parent)), data.style)


def _obstacles(warnings: tuple[Diagnostic, ...], review: Review) -> Iterator[Diagnostic]:
    """What keeps an edition from being released besides errors.

    All that is owed when it is loaded: facts, clusters that are a proposal, stale rulings. Every fact that prints
    its name in brackets and so makes a page a draft, those of the LSP too: a released edition prints no draft. Criteria
    nothing serves, recorded papers that say something else now, and open review marks. What is only odd does not.
    """
    yield from warnings
    yield from review.obstacles


def _as_error(problem: Diagnostic) -> Diagnostic:
    return Diagnostic(problem.message, problem.place, problem.help)
