"""How long kitgen takes to start and to build all kits cold and warm, beside what its imports alone cost.

    python bench/startup.py [RUNS]

Both sides of each figure are measured in this one run, interleaved, each in a process of its own; medians in seconds.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed package has its bytecode; so has this one after its first run."""


def seconds(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        for part in ("scheme", "templates"):
            shutil.copytree(ROOT / part, project / part)
        kitgen = [PYTHON, "-m", "kitgen"]
        cases = {
            "bare Python": [PYTHON, "-c", "pass"],
            "import click": [PYTHON, "-c", "import click"],
            "kitgen --help": [*kitgen, "--help"],
            "import click, yaml, jinja2, lxml": [PYTHON, "-c", "import click, yaml, jinja2.sandbox, lxml.etree"],
            "kitgen build (cold)": [*kitgen, "build"],
            "kitgen build (again)": [*kitgen, "build"],
            "kitgen plan": [*kitgen, "plan"],
        }
        taken: dict[str, list[float]] = {case: [] for case in cases}
        for _ in range(runs):
            shutil.rmtree(project / "output", ignore_errors=True)
            for case, command in cases.items():
                taken[case].append(seconds(command, project))
        documents = len([path for path in (project / "output").rglob("*.*x") if path.is_file()])
    for case, times in taken.items():
        print(f"{case:<36} {statistics.median(times):6.3f} s   (least {min(times):.3f})")
    print(f"{documents} documents, {runs} runs")


if __name__ == "__main__":
    main()
