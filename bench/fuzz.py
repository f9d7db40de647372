"""Every reader and both engines under mutated files, for as long as wanted; to be gone on with where it ended.

    pip install -e '.[test]'
    python bench/fuzz.py [--seconds 600] [--state fuzz.json] [--findings fuzz-findings] [--target NAME]

A case is a seed: the state file keeps how far each target came. What is taken otherwise than with a told problem, or
takes too long, is kept as a small file in the folder of findings, with the seed in its name. Exit code 1 if there is any.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from fuzzing import project_to_fuzz, targets, tried
from history import small_project

MEMORY = Path("/dev/shm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--state", type=Path, default=Path("fuzz.json"))
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--target")
    options = parser.parse_args()
    state: dict[str, int] = json.loads(options.state.read_text("utf-8")) if options.state.is_file() else {}
    before, failed = sum(state.values()), 0
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        project = project_to_fuzz(small_project(Path(folder) / "proyek"))
        found = {name: each for name, each in targets(project).items() if options.target in (None, name)}
        end = time.monotonic() + options.seconds
        while time.monotonic() < end:
            for name, target in found.items():
                seed = state.get(name, 0)
                fault, data = tried(project, target, seed)
                state[name] = seed + 1
                if fault:
                    failed += 1
                    options.findings.mkdir(exist_ok=True)
                    kept = options.findings / f"{name.replace(' ', '-')}-{seed}{Path(target.path).suffix}"
                    kept.write_bytes(data)
                    print(f"{name}, seed {seed}: {fault} ({kept})", flush=True)
                if time.monotonic() > end:
                    break
    options.state.write_text(json.dumps(state, indent=1, sort_keys=True) + "\n", "utf-8")
    for name in sorted(found):
        print(f"{state.get(name, 0):>7} {name}")
    print(f"{sum(state.values()) - before} cases tried in this run, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
