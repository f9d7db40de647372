"""Long histories: hundreds of things happen to a project, and ever again a full build must equal a clean one.

    pip install -e '.[test]'
    python bench/histories.py [--minutes 15] [--steps 300]

The histories are those of tests/documents/test_incremental.py, other ones in each run. At the first that ends in another tree than a clean
build gives, Hypothesis looks for the shortest that does and prints its steps.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from history import History, small_project
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from once import working_once

MEMORY = Path("/dev/shm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--steps", type=int, default=300, help="so many in one history")
    options = parser.parse_args()
    long = settings(
        max_examples=3, stateful_step_count=options.steps, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    end = time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name, working_once():
        History.start = small_project(Path(name) / "proyek").build().build("--event", "contoh")
        try:
            while time.monotonic() < end:
                run_state_machine_as_test(History, settings=long)
        finally:
            for step, count in sorted(History.happened.items()):
                print(f"{count:>6} {step}")
            print(f"{History.happened.total():>6} in all")


if __name__ == "__main__":
    main()
