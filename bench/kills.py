"""Builds of kits and of an event, killed at random moments: no half file, and the next build gives what a clean one gives.

    pip install -e '.[test]'
    python bench/kills.py [--moments 50] [--seed 1]

Each build is a process of its own that gets SIGKILL when the n-th file appears or changes, or some time after its start. Half of
them run over nothing, half over an output with stale, missing and unwanted files. A failure shows the moment it came at.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from history import small_project
from kills import EVENT, killed_at, sound_and_finished, started, started_event
from once import working_once

MEMORY = Path("/dev/shm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    moments, killed = random.Random(options.seed), 0
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name, working_once():
        folder = Path(name)
        small = small_project(folder / "kecil")
        cases = []
        for start, arguments in ((started, ()), (started_event, EVENT)):
            clean = small.copy_to(folder / f"bersih {len(cases)}").build(*arguments).tree()
            for over in ("nothing", "an output"):
                cases.append((start(small, folder / f"kasus {len(cases)}", over), arguments, clean, over))
        for number in range(options.moments):
            whole, arguments, clean, over = cases[number % len(cases)]
            files = moments.randrange(1, len(clean)) if moments.random() < 0.6 else 0
            seconds = 0.0 if files else moments.uniform(0.05, 3)
            print(f"{number + 1}: {'event' if arguments else 'kits'} over {over}, after "
                  + (f"{files} files" if files else f"{seconds:.2f} s"), end=": ", flush=True)  # fmt: skip
            project = whole.copy_to(folder / f"proyek {number}")
            in_time = killed_at(project, arguments, files, seconds)
            left = len(project.tree())
            sound_and_finished(project, clean, *arguments)
            killed += in_time
            print(f"{'killed' if in_time else 'done before'}, {left} files there, mended")
    print(f"{killed} of {options.moments} builds killed before they were done; all mended by the next, equal to clean")


if __name__ == "__main__":
    main()
