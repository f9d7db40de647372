"""A command that somebody else looks after, such as the local page: it tells them of itself as it goes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kitgen.base.messages import Message
from kitgen.cli.language import in_words

if TYPE_CHECKING:
    from kitgen.base.errors import Diagnostic
    from kitgen.documents.disk.jobs import RunningJob

_VARIABLE = "KITGEN_JOB"
_current: "RunningJob | None" = None


@contextmanager
def looked_after() -> Iterator[None]:
    """Within it, progress, problems and the end are told to whoever started this run, if anybody asked for that."""
    global _current
    name = os.environ.pop(_VARIABLE, "")
    if not name or not Path(name).is_dir():
        yield
        return
    from kitgen.documents.disk.jobs import running_job

    with running_job(Path(name)) as job:
        _current = job
        code = 1
        try:
            yield
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
            raise
        finally:
            _current = None
            job.end(code)


def note_progress(number: int, total: int) -> None:
    """Tell how far this run is."""
    if _current is not None:
        _current.progress(number, total)


def note_problem(diagnostic: "Diagnostic") -> None:
    """Tell a problem in its parts, in the language that is spoken."""
    if _current is None:
        return
    place = diagnostic.place
    told: dict[str, Any] = {
        "severity": diagnostic.severity,
        "message": in_words(diagnostic.message),
        "help": in_words(diagnostic.help),
        "template": diagnostic.message.template if isinstance(diagnostic.message, Message) else "",
    }
    if place is not None:
        told |= {"file": place.file, "line": place.line, "spot": in_words(place.spot), "text": place.text}
        told |= {name: getattr(place, name) for name in ("sheet", "cell") if hasattr(place, name)}
    _current.problem(told)
