"""How far long work is: one line that is written over, with the time left; on a terminal only, on standard error."""

import shutil
import sys
import time
from collections.abc import Callable
from typing import Final

from kitgen.base.messages import NOTHING, Message, counted, padded, said
from kitgen.cli.job import note_progress
from kitgen.cli.language import in_words, say

_BETWEEN: Final = 0.1
"""Seconds between two looks of the line."""
_SURE_AFTER: Final = 3.0
"""Seconds of work from which its pace is told; before, a guess would jump about."""
_BAR: Final = 24


class Progress:
    """Kemajuan: called with how many are done and how many there are; can be used for several pieces of work."""

    def __init__(self, what: Message, clock: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._clock = clock
        self._began = self._told = clock()
        self._last = 0

    def __call__(self, done: int, total: int) -> None:
        """Tell that so many are done, whoever looks after this run, too; the line ends with the last one."""
        note_progress(done, total)
        if not sys.stderr.isatty() or not total:
            return
        now = self._clock()
        if done < self._last:
            self._began = now
        self._last = done
        if done < total and now - self._told < _BETWEEN:
            return
        self._told = now
        line = in_words(progress_line(self._what, done, total, now - self._began))
        room = shutil.get_terminal_size().columns - 1
        say("\r" + line[:room].ljust(room), nl=done >= total, err=True)


def progress_line(what: Message, done: int, total: int, seconds: float) -> Message:
    """The line: what is made, a bar, how many of how many, and how long the rest takes at the pace up to now."""
    filled = _BAR * done // total
    bar = "#" * filled + "-" * (_BAR - filled)
    left = NOTHING
    if 0 < done < total and seconds >= _SURE_AFTER:
        left = said(", {time} left", time=_duration(seconds * (total - done) / done))
    return said(
        "{what} [{bar}] {done}/{total}{left}", what=padded(what, 18), bar=bar, done=done, total=total, left=left
    )


def _duration(seconds: float) -> Message:
    return counted(max(1, round(seconds)), "second") if seconds < 90 else counted(round(seconds / 60), "minute")
