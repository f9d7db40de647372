"""Rounds of three commands that write at once in one project: a purge and two of build, deliver, pack and verify.

    pip install -e '.[test]'
    python bench/writers.py [--rounds 20]

Every one must end in "done" or be told why not, without a traceback; no name of a person is left after the purge.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from history import small_project
from writers import round_of_three

MEMORY = Path("/dev/shm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        built = small_project(Path(folder) / "kecil").build("--event", "contoh")
        for number in range(options.rounds):
            place = Path(folder) / f"ronde {number}"
            place.mkdir()
            for line, code in round_of_three(built.copy_to(place / "proyek"), place, number):
                ends[f"{' '.join(line[:2])}: {'done' if code == 0 else 'told why not'}"] += 1
            print(f"round {number + 1} held", flush=True)
    for end, count in sorted(ends.items()):
        print(f"{count:>4} {end}")
    print(f"{options.rounds} rounds of three: all ended well, no name left")


if __name__ == "__main__":
    main()
