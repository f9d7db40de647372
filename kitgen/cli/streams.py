"""Standard output and error as kitgen writes to them: no sign of theirs moves a cursor, and nothing is lost unseen."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import Any, Final

from kitgen.base.errors import failure
from kitgen.base.messages import said
from kitgen.base.signs import shown

_OUT: Final = 1


class CarefulStream:
    """A text stream that spells out what a terminal would obey, and tells when the place it writes to is full."""

    def __init__(self, stream: Any, tells: bool) -> None:
        """`tells`: raise `KitgenError` where nothing can be written; talk nobody can read is no fault of a run."""
        self._stream = stream
        self._tells = tells
        self._fault = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write a text; gives its length."""
        with self._kept():
            self._stream.write(shown(text) if isinstance(text, str) else text)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        with self._kept():
            self._stream.flush()

    @contextlib.contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno == errno.EPIPE:  # nobody reads on, as behind `head`: click ends quietly
                raise
            _into_nowhere(self._stream)
            self._fault = error.strerror or "unknown"
        if self._fault and self._tells:
            told = said("results cannot be written ({fault})", fault=self._fault)
            raise failure(told, None, said("make room where they go, then run again"))


@contextlib.contextmanager
def careful_streams() -> Iterator[None]:
    """Standard output and error are careful inside."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (
        CarefulStream(sys.stdout, tells=True) if sys.stdout is not None else sys.stdout,
        CarefulStream(sys.stderr, tells=False) if sys.stderr is not None else sys.stderr,
    )
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def is_output_closed() -> bool:
    """Whether a shell closed standard output: what is opened next would take its place and be written over."""
    if sys.platform == "win32":
        return False
    try:
        os.fstat(_OUT)
    except OSError:
        return True
    return False


def _into_nowhere(stream: Any) -> None:
    """What could not be written is not tried again when Python ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
