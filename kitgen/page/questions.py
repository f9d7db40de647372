"""The questions whose answers the page keeps, with the files each depends on."""

from kitgen.base.project import EditionName
from kitgen.load.event.event import event_names
from kitgen.load.locate import editions_of
from kitgen.model.forms import EVENTS_FOLDER
from kitgen.page.kept import KeptAnswer
from kitgen.page.site import Site


def schemes_of(site: Site) -> list[tuple[str, list[str]]]:
    """The schemes of the project, each with its editions, the newest first."""
    folder = site.project.scheme_dir
    if not folder.is_dir():
        return []
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")
    found = ((slug, editions_of(site.project, slug)[::-1]) for slug in names)
    return [(slug, editions) for slug, editions in found if editions]


def editions_state(site: Site) -> KeptAnswer:
    """Which editions there are: draft, released, or changed since."""
    return site.ask("edition", "list", "--json", inputs=("scheme",))


def edition_check(site: Site, edition: EditionName) -> KeptAnswer:
    """What is wrong or missing in an edition, and what serves each of its criteria."""
    return site.ask("check", "--json", "--scheme", edition.slug, "--edition", edition.name, inputs=(*_data(site),))


def edition_lacks(site: Site, edition: EditionName) -> KeptAnswer:
    """What the kit of an edition still lacks, in order of work."""
    return site.ask("kurang", "--json", "--scheme", edition.slug, "--edition", edition.name, inputs=_data(site))


def edition_plan(site: Site, edition: EditionName) -> KeptAnswer:
    """How the documents of an edition stand."""
    inputs = (*_data(site), f"output/{edition.folder}")
    return site.ask("plan", "--json", "--scheme", edition.slug, "--edition", edition.name, inputs=inputs)


def event_plan(site: Site, name: str) -> KeptAnswer:
    """How the documents of an event stand."""
    inputs = (*_data(site), f"events/{name}", f"output/{EVENTS_FOLDER}/{name}")
    return site.ask("plan", "--json", "--event", name, inputs=inputs)


def event_check(site: Site, name: str) -> KeptAnswer:
    """What is wrong in the workbook of an event, cell by cell."""
    return site.ask(
        "event", "check", name, "--json", inputs=("scheme", f"events/{name}/jadwal.xlsx", f"events/{name}/asesi.xlsx")
    )


def names_of_events(site: Site) -> list[str]:
    """The events of the project."""
    return event_names(site.project)


def _data(site: Site) -> tuple[str, ...]:
    return ("scheme", "templates") if (site.root / "templates").is_dir() else ("scheme",)
