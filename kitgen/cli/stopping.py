"""What stops a run in its midst: Ctrl-C, a closed terminal, a system that shuts down. All of them let it clean up."""

import signal
from types import FrameType
from typing import Final

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_BASE: Final = 128
"""Exit codes of stopped programs, as shells count them: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP."""
CTRL_C: Final = _BASE + 2


class Stopped(KeyboardInterrupt):
    """Raised in the midst of whatever runs when a signal says to stop; every `finally` is gone through."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = _BASE + number


def heed_signals() -> None:
    """Let signals that would end this process at once raise `Stopped`; what was told to be ignored stays ignored.

    A second one that is not from the keyboard is not heeded, so that cleaning up is not cut off by a system that shuts
    down; a second Ctrl-C is, by whoever does not want to wait.
    """
    for name in _NAMES:
        number = getattr(signal, name, None)  # no SIGHUP on Windows, SIGBREAK only there
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    for name in _NAMES[1:]:
        if (other := getattr(signal, name, None)) is not None:
            signal.signal(other, signal.SIG_IGN)
    raise Stopped(number)


def exit_code_of(stopped: KeyboardInterrupt) -> int:
    """The exit code of a run that was stopped."""
    return stopped.exit_code if isinstance(stopped, Stopped) else CTRL_C
