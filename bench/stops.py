"""Every command that writes, stopped at random changes of the disk in four ways, then run again: equal to undisturbed?

    pip install -e '.[test]'
    python bench/stops.py [--points 500] [--seed 1] [--case NAME]

Killed; killed in the midst of a write; a disk that is full from there on; Ctrl-C. Each stop is a forked process. A
failure is told with its command, step and way, and the run goes on; the count at the end is how many were tried.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from history import small_project
from once import working_once
from stops import CASES, WAYS, Stops

MEMORY = Path("/dev/shm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", choices=CASES)
    options = parser.parse_args()
    chance, failed = random.Random(options.seed), 0
    tried: Counter[str] = Counter()
    names = [options.case] if options.case else list(CASES)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder, working_once():
        small = small_project(Path(folder) / "kecil")
        for place, name in enumerate(names):
            try:
                stops = Stops(CASES[name], small, Path(folder) / f"kasus {place}")
            except AssertionError as fault:
                failed += 1
                print(f"FAILED to begin {name}: {str(fault)[-600:]}", flush=True)
                continue
            share = options.points // len(names) + (place < options.points % len(names))
            before = failed
            for _ in range(share):
                step, way = chance.randrange(1, stops.steps + 1), chance.choice(WAYS)
                try:
                    stops.try_step(step, way)
                except AssertionError as fault:
                    failed += 1
                    print(f"FAILED {name}, change {step} of {stops.steps}, {way}: {str(fault)[:600]}", flush=True)
                tried[way] += 1
            print(f"{name}: {share} points among {stops.steps} changes, {failed - before} failed", flush=True)
    ways = ", ".join(f"{count} {way}" for way, count in tried.items())
    print(f"{sum(tried.values())} points of {len(names)} commands tried ({ways}), {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
