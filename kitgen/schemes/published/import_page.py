"""The scheme intake: a published page becomes `scheme/<slug>/<edition>/scheme.yaml`, with a report beside it.

Everything is decided before anything is written; the scheme comes last, so that where it is, all is.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, Place, WrongUsage, failure
from kitgen.base.messages import said
from kitgen.documents.disk.files import write_whole
from kitgen.load.locate import is_edition_name
from kitgen.load.regular import read_regular
from kitgen.schemes.published.line import clean
from kitgen.schemes.published.line_account import LineAccount, Part, Role
from kitgen.schemes.published.oddities import Oddity, OddityKind
from kitgen.schemes.published.page import PublishedPage, read_published
from kitgen.schemes.published.report import Heading, report_text
from kitgen.schemes.published.scheme_text import scheme_slug, scheme_text
from kitgen.schemes.published.text import LARGEST_PAGE, read_page_text

REPORT_NAME: Final = "import-report.txt"
_TITLE_GIVEN: Final = "--title pada perintah import"
_EDITION_GIVEN: Final = "--edition pada perintah import"


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import did: `is_new` is false if the very scheme was there already and nothing was written."""

    scheme_file: str
    report_file: str
    report: str
    is_new: bool


def read_page(path: Path) -> PublishedPage:
    """Read a published page; raises a `KitgenError` with everything that makes its data wrong."""
    name = clean(path.name)[0]
    try:
        with path.open("rb") as file:
            # One byte more than allowed tells a page that is too large, whatever is behind the path.
            content = file.read(LARGEST_PAGE + 1)
    except OSError as error:
        raise failure(
            said("the page cannot be read ({strerror})", strerror=error.strerror),
            Place(name),
            said("check its name and rights"),
        ) from error
    findings = Findings()
    page = read_published(read_page_text(content, name), findings)
    findings.stop_on_errors()
    return page


def import_page(page: PublishedPage, scheme_dir: Path, title: str | None = None, edition: str | None = None) -> Intake:
    """Write the page as an edition of its scheme; `title` and `edition` go before what the page gives.

    Raises `WrongUsage` if one of them is needed or unusable, a `KitgenError` if the edition is there and differs.
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
    text = scheme_text(page, title, title_source, edition)
    report = report_text(page, Heading(title, title_source, edition, edition_source, scheme_file))
    is_new = not _is_there(folder / "scheme.yaml", text, scheme_file)
    if is_new:
        write_whole(folder / REPORT_NAME, report.encode())
        write_whole(folder / "scheme.yaml", text.encode())
    return Intake(scheme_file, f"{shown}/{REPORT_NAME}", report, is_new)


def _titled(page: PublishedPage, given: str | None) -> tuple[PublishedPage, str, str]:
    """The scheme's title and where it comes from; a page that says otherwise gets an oddity."""
    if given is not None:
        title = clean(given)[0]
        if page.title and page.title.text != title:
            line = page.title.line
            odd = Oddity(OddityKind.OTHER_TITLE, (line,), "", (page.title.text,))
            page = replace(_with_role(page, line, Role.TITLE, Part(Role.FACT)), oddities=(*page.oddities, odd))
        return page, title, _TITLE_GIVEN
    if page.title is None:
        raise WrongUsage(said('the page does not give the title of the scheme; pass it: --title "TITLE"'))
    return page, page.title.text, f"halaman, baris {page.accounts[page.title.line].line.number}"


def _dated(page: PublishedPage, given: str | None) -> tuple[PublishedPage, str, str]:
    """The edition and where it comes from. Never the clock: the same page must give the same edition next year."""
    if given is not None:
        if not is_edition_name(given):
            raise WrongUsage(
                said(
                    "the edition `{clean}` cannot name a folder; use letters, digits, `.`, `_` and `-`, for "
                    "instance --edition 2024",
                    clean=clean(given)[0],
                )
            )
        return page, given, _EDITION_GIVEN
    if page.year is None:
        raise WrongUsage(
            said("no footer of the page gives one year to use as the edition; pass it, for instance --edition 2024")
        )
    year, line = page.year.text, page.year.line
    source = f"tahun pada kaki halaman, baris {page.accounts[line].line.number}"
    return _with_role(page, line, Role.FOOTER, Part(Role.YEAR, year)), year, source


def _with_role(page: PublishedPage, line: int, role: Role, part: Part) -> PublishedPage:
    """The page with one part of one line's account replaced."""
    accounts = list(page.accounts)
    parts = tuple(part if old.role is role else old for old in accounts[line].parts)
    accounts[line] = LineAccount(accounts[line].line, parts)
    return replace(page, accounts=tuple(accounts))


def _is_there(path: Path, text: str, shown: str) -> bool:
    """Whether this very scheme is there already. One that differs is an error: an edition is never written over."""
    try:
        content = read_regular(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise failure(
            said("the scheme cannot be read ({strerror})", strerror=error.strerror),
            Place(shown),
            said("check its rights"),
        ) from error
    # Lines may end otherwise where Git or an editor changed them.
    old, new = content.decode("utf-8-sig", errors="replace").splitlines(), text.splitlines()
    if old == new:
        return True
    shared = zip(old, new, strict=False)
    line = next((index for index, (one, other) in enumerate(shared) if one != other), min(len(old), len(new)))
    edition, parent = path.parent.name, path.parent.parent
    free = next(name for number in range(2, 1000) if not (parent / (name := f"{edition}-{number}")).exists())
    raise failure(
        said("this edition is there already and differs from the page; nothing was written"),
        Place(shown, line + 1, said("first difference"), old[line] if line < len(old) else ""),
        said("import the page as another edition: --edition {free}", free=free),
    )
