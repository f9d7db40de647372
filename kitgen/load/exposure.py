"""Which questions were handed out, by the records of deliveries of a project's events: they outlive a purge."""

from contextlib import suppress

from kitgen.base.errors import KitgenError
from kitgen.base.project import Project
from kitgen.load.event.handover_record import handovers_of, recorded_events


def exposure_of(project: Project, slug: str) -> dict[str, tuple[str, ...]]:
    """For each question of a scheme's bank that was handed out, the events that did, in order of their names.

    A damaged record is left out: the commands about its event tell it.
    """
    found: dict[str, dict[str, None]] = {}
    for name in recorded_events(project):
        with suppress(KitgenError):
            for delivery in handovers_of(project, name):
                for document in (each for zipped in delivery.zips for each in zipped.documents if each.bank == slug):
                    for id in document.questions:
                        found.setdefault(id, {})[name] = None
    return {id: tuple(events) for id, events in found.items()}
