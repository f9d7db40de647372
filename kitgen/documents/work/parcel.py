"""What travels to a worker and back: values as bytes that show nothing of themselves, and what is done with them there.

A worker's log, the key of a task and a page about it show what a call was given; people's data must not be in it.
Nothing is raised on a worker either: its log would quote what is told.
"""

import pickle
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kitgen.base.digests import digest

_KEPT: Final = 3
"""So many contexts a worker keeps, the newest ones: an edition's templates are one."""


@dataclass(frozen=True, slots=True, repr=False)
class WorkParcel:
    """Kiriman: a value as bytes; only its size is ever shown."""

    data: bytes

    @classmethod
    def of(cls, value: object) -> "WorkParcel":
        """The value packed; what parts of it share is packed once."""
        return cls(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def value(self) -> Any:
        """The value. Only for what came from this program's own workers or head."""
        return pickle.loads(self.data)

    def __repr__(self) -> str:
        return f"<{len(self.data)} bytes>"


@dataclass(frozen=True, slots=True)
class WorkContext:
    """Bekal: what many jobs have in common, packed, and its name."""

    name: str
    given: WorkParcel

    @classmethod
    def of(cls, value: object) -> "WorkContext":
        """The value packed; equal ones have one name."""
        given = WorkParcel.of(value)
        return cls(digest(given.data), given)


@dataclass(frozen=True, slots=True)
class Kind:
    """Jenis kerja: what a worker makes of a context, once, and then of each job with that. Both stand in a module."""

    prepare: Callable[[Any], Any]
    run: Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class WorkerAnswer:
    """Jawaban: the result; without one, whether the context is wanted, or the job cannot be done there."""

    result: WorkParcel | None = None
    wants_context: bool = False


_prepared: dict[str, Any] = {}
_one_at_a_time = threading.Lock()


def have_prepared(context: str, prepared: Any) -> None:
    """Runs before this process is copied: what its copies need not prepare."""
    _prepared[context] = prepared


def do_range(kind: Kind, context: str, given: WorkParcel | None, job: WorkParcel) -> WorkerAnswer:
    """Runs on a worker: do a job with the context of this name, which is `given` or was before."""
    with _one_at_a_time:  # templates hold what they note while they are filled
        try:
            if context not in _prepared:
                if given is None:
                    return WorkerAnswer(wants_context=True)
                while len(_prepared) >= _KEPT:
                    _forget(next(iter(_prepared)))
                _prepared[context] = kind.prepare(given.value())
            return WorkerAnswer(WorkParcel.of(kind.run(_prepared[context], job.value())))
        except Exception:  # the head does it itself, where errors are told as they are
            return WorkerAnswer()


def _forget(context: str) -> None:
    close = getattr(_prepared.pop(context), "close", None)
    if close is not None:
        close()
