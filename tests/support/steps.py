"""How much work something is, whatever the machine does besides: the steps Python takes in kitgen's own code."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

KITGEN = str(Path(__file__).parent.parent.parent / "kitgen")


def steps_of(call: Callable[[], object]) -> int:
    """The steps (of Python's own code) taken in kitgen and in the programs of templates."""
    count = 0

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        del argument
        if event == "opcode":
            count += 1
        elif event == "call":
            name = frame.f_code.co_filename
            if not (name.startswith((KITGEN, "xl/")) or "render" in name):
                return None
            frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
