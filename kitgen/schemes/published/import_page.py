"""Import of schemes: a published page becomes `scheme/<slug>/<edition>/scheme.yaml`, with a report beside it.

`read_scheme` reads a file and says what it holds and what is wrong with it; `import_page` writes it. Everything is
decided before anything is written; the scheme comes last, so that where it is, all is.
"""

import codecs
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Diagnostic, Findings, KitgenError, Place, WrongUsage, failure
from kitgen.base.free_names import first_free
from kitgen.base.messages import Message, agreeing, counted, joined, said
from kitgen.base.project import SEAL_FILE
from kitgen.documents.disk.files import write_whole
from kitgen.load.locate import is_edition_name
from kitgen.load.regular import read_regular
from kitgen.load.yaml.source import open_yaml
from kitgen.schemes.published.amend import amended, differences, scheme_facts
from kitgen.schemes.published.line import clean
from kitgen.schemes.published.line_account import LineAccount, LinePart, Role
from kitgen.schemes.published.oddities import Oddity, OddityKind
from kitgen.schemes.published.page import PublishedPage, read_published
from kitgen.schemes.published.report import Heading, brief_text, report_text
from kitgen.schemes.published.scheme_text import scheme_slug, scheme_text
from kitgen.schemes.published.text import LARGEST_FILE, read_page_text
from kitgen.schemes.published.told import NumberDoubt, bounded, doubts_of

REPORT_NAME: Final = "import-report.txt"
KEPT_NAME: Final = "scheme-sebelum-impor.yaml"
_TITLE_GIVEN: Final = "--title pada perintah import"
_EDITION_GIVEN: Final = "--edition pada perintah import"
_MOST_DIFFERENCES: Final = 20
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: the page, every problem (each kind once, with a count), and the doubts not accepted.

    `page` is None where the file could not be read at all; with an error among `problems` it is not to be written.
    """

    page: PublishedPage | None
    problems: tuple[Diagnostic, ...]
    doubts: tuple[NumberDoubt, ...]

    @property
    def is_good(self) -> bool:
        """Whether the scheme can be written."""
        return self.page is not None and not any(problem.severity == "error" for problem in self.problems)

    @property
    def summary(self) -> Message:
        """As what it was read, and how much of it: to be compared with the page."""
        return summary_of(self.page) if self.page else said("nothing was read")


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """What an import did: `is_new` is false if the very scheme was there already and nothing was written."""

    scheme_file: str
    report_file: str
    report: str
    is_new: bool
    brief: str = ""
    """The report without the account of every line."""
    kept_file: str = ""
    """Where the scheme lies that was replaced; empty where none was."""
    changes: tuple[Message, ...] = ()
    keeps_comments: bool = True
    """Whether the comments of a scheme that was replaced are all there still."""


def read_scheme(content: bytes, name: str, only: Sequence[str] = (), accepted: Sequence[str] = ()) -> Reading:
    """Read a file that holds a scheme, of any kind `import` knows. Raises nothing: all problems are in the result.

    `name`: what the file is called, without a folder. `only`: codes of the units to take, all if empty. `accepted`:
    numbers a person found to be read rightly, `1.2` or `CODE:1.2`.
    """
    findings = Findings()
    try:
        source = read_page_text(content, clean(name)[0])
    except KitgenError as error:
        return Reading(None, error.diagnostics, ())
    page = read_published(source, findings, only)
    doubts = tuple(doubt for doubt in doubts_of(page) if not doubt.is_accepted(accepted))
    problems = [*bounded(findings.errors), *(doubt.problem for doubt in doubts if not findings.errors)]
    return Reading(page, tuple(problems), doubts)


def summary_of(page: PublishedPage) -> Message:
    """As what a page was read, and how much of it."""
    reading = page.source.reading
    what = said("{reading} of a decree (SKKNI)", reading=reading) if page.is_decree else reading
    units = agreeing(len(page.units), said("{count} unit"), said("{count} units")).about(count=len(page.units))
    counts = (
        units,
        counted(page.elements, "element"),
        agreeing(page.criteria, said("{count} criterion (KUK)"), said("{count} criteria (KUK)")).about(
            count=page.criteria
        ),
    )
    return said("read as {what}: {counts}", what=what, counts=joined(", ", counts))


def read_page(path: Path, only: Sequence[str] = (), accepted: Sequence[str] = (), called: str = "") -> PublishedPage:
    """Read a published page; raises a `KitgenError` with everything that makes its data wrong, doubts among it."""
    reading = read_file(path, only, accepted, called)
    if reading.page is None or not reading.is_good:
        raise KitgenError(reading.problems)
    return reading.page


def read_file(path: Path, only: Sequence[str] = (), accepted: Sequence[str] = (), called: str = "") -> Reading:
    """`read_scheme` of a file on disk; raises a `KitgenError` where it cannot be read.

    `called`: what a person calls the file, where it lies under a name of the program's; its kind is that of the path.
    """
    stem, suffix = clean(Path(called).stem)[0][:_LONGEST_NAME], path.suffix
    name = f"{stem}{suffix}" if stem else clean(path.name)[0]
    try:
        # One byte more than allowed tells a page that is too large.
        content = read_regular(path, LARGEST_FILE + 1)
    except OSError as error:
        raise failure(
            said("the page cannot be read ({strerror})", strerror=error.strerror),
            Place(name),
            said("check its name and rights"),
        ) from error
    return read_scheme(content, name, only, accepted)


def import_page(
    page: PublishedPage,
    scheme_dir: Path,
    title: str | None = None,
    edition: str | None = None,
    is_replacing: bool = False,
    is_trial: bool = False,
) -> ImportedPage:
    """Write the page as an edition of its scheme; `title` and `edition` go before what the page gives.

    Raises `WrongUsage` if one of them is needed or unusable, a `KitgenError` if the edition is there and differs,
    with the differences; with `is_replacing` they are taken over, and the scheme as it was is kept beside it. With
    `is_trial` nothing is written; differences are told as if they were to be taken over.
    """
    page, title, title_source = _titled(page, title)
    page, edition, edition_source = _dated(page, edition)
    slug = scheme_slug(title)
    if not slug:
        raise WrongUsage(
            said(
                "the title `{title}` has no letter or digit to name a folder by; pass another with --title", title=title
            )
        )
    folder = scheme_dir / slug / edition
    shown = f"{scheme_dir.name}/{slug}/{edition}"
    scheme_file = f"{shown}/scheme.yaml"
    text = scheme_text(page, title, title_source, edition, scheme_facts(page))
    heading = Heading(title, title_source, edition, edition_source, scheme_file)
    report = report_text(page, heading)
    brief = brief_text(page, heading, "" if is_trial else f"{shown}/{REPORT_NAME}")
    old = _old_scheme(folder / "scheme.yaml", scheme_file)
    changes: tuple[Message, ...] = ()
    kept, keeps_comments = "", True
    if old is not None:
        changes = tuple(differences(old[1], page))
        if not changes:
            return ImportedPage(scheme_file, f"{shown}/{REPORT_NAME}", report, False, brief)
        if not (is_replacing or is_trial) or (folder / SEAL_FILE).exists():
            raise _differs(folder, scheme_file, changes)
        mark = codecs.BOM_UTF8.decode() if old[0].startswith(codecs.BOM_UTF8) else ""
        text, keeps_comments = amended(old[0].decode("utf-8-sig"), old[1], page, scheme_file)
        text = mark + text
        kept = _free_name(folder)
    if not is_trial:
        if old is not None:
            write_whole(folder / kept, old[0])
        write_whole(folder / REPORT_NAME, report.encode())
        write_whole(folder / "scheme.yaml", text.encode())
    kept_file = f"{shown}/{kept}" if kept else ""
    return ImportedPage(scheme_file, f"{shown}/{REPORT_NAME}", report, True, brief, kept_file, changes, keeps_comments)


def _titled(page: PublishedPage, given: str | None) -> tuple[PublishedPage, str, str]:
    """The scheme's title and where it comes from; a page that says otherwise gets an oddity."""
    if given is not None:
        title = clean(given)[0]
        if page.title and page.title.text != title:
            line = page.title.line
            odd = Oddity(OddityKind.OTHER_TITLE, (line,), "", (page.title.text,))
            page = replace(_with_role(page, line, Role.TITLE, LinePart(Role.FACT)), oddities=(*page.oddities, odd))
        return page, title, _TITLE_GIVEN
    if page.title is None:
        raise WrongUsage(said('the page does not give the title of the scheme; pass it: --title "TITLE"'))
    line_of_title = page.accounts[page.title.line].line
    return page, page.title.text, f"halaman, {line_of_title.label or f'baris {line_of_title.number}'}"


def _dated(page: PublishedPage, given: str | None) -> tuple[PublishedPage, str, str]:
    """The edition and where it comes from. Never the clock: the same page must give the same edition next year."""
    if given is not None:
        if not is_edition_name(given):
            raise WrongUsage(
                said(
                    "the edition `{edition}` cannot name a folder; use letters, digits, `.`, `_` and `-`, for "
                    "instance --edition 2024",
                    edition=clean(given)[0],
                )
            )
        return page, given, _EDITION_GIVEN
    if page.year is None:
        raise WrongUsage(
            said("no footer of the page gives one year to use as the edition; pass it, for instance --edition 2024")
        )
    year, line = page.year.text, page.year.line
    source = f"tahun pada kaki halaman, baris {page.accounts[line].line.number}"
    return _with_role(page, line, Role.FOOTER, LinePart(Role.YEAR, year)), year, source


def _with_role(page: PublishedPage, line: int, role: Role, part: LinePart) -> PublishedPage:
    """The page with one part of one line's account replaced."""
    accounts = list(page.accounts)
    parts = tuple(part if old.role is role else old for old in accounts[line].parts)
    accounts[line] = LineAccount(accounts[line].line, parts)
    return replace(page, accounts=tuple(accounts))


def _old_scheme(path: Path, shown: str) -> tuple[bytes, Any] | None:
    """The scheme that is there already, its bytes and its data; None if none is. Raises what makes it unreadable."""
    try:
        content = read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise failure(
            said("the scheme cannot be read ({strerror})", strerror=error.strerror),
            Place(shown),
            said("check its rights"),
        ) from error
    findings = Findings()
    top = open_yaml(path, shown, findings)
    findings.stop_on_errors()
    data = top.plain() if top is not None else None
    return content, data if isinstance(data, dict) else {}


def _differs(folder: Path, scheme_file: str, changes: Sequence[Message]) -> KitgenError:
    """The refusal of a page that says otherwise than the edition that is there: what differs, and the ways out."""
    edition, parent = folder.name, folder.parent
    free = first_free(
        lambda number: f"{edition}-{number + 1}", lambda name: os.path.lexists(parent / name), parent.name
    )
    if (folder / SEAL_FILE).exists():
        way = said(
            "this edition is released and stays as it is; import the page as another: --edition {free}", free=free
        )
    else:
        way = said(
            "take the changes over with --replace (what you added to the scheme stays, and the file as it was is kept "
            "beside it), or import the page as another edition: --edition {free}",
            free=free,
        )
    problems = [
        Diagnostic(
            said(
                "this edition is there already and differs from the page in {places}; nothing was written",
                places=counted(len(changes), "place"),
            ),
            Place(scheme_file),
            way,
        )
    ]
    problems += [Diagnostic(change, None, severity="warning") for change in changes[:_MOST_DIFFERENCES]]
    if len(changes) > _MOST_DIFFERENCES:
        more = counted(len(changes) - _MOST_DIFFERENCES, "more difference")
        problems.append(Diagnostic(said("and {more}", more=more), None, severity="warning"))
    return KitgenError(problems)


def _free_name(folder: Path) -> str:
    """A name for the scheme as it was that is not taken."""
    stem, _, suffix = KEPT_NAME.rpartition(".")

    def called(number: int) -> str:
        return KEPT_NAME if number == 1 else f"{stem}-{number}.{suffix}"

    return first_free(called, lambda name: os.path.lexists(folder / name), folder.name)
