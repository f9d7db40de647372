"""The local page beside a bare Flask page with the same rows, in one run, for an event of so many documents.

python bench/page.py [--documents 1200]
"""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from event_cases import event_project  # noqa: E402
from page_client import Page  # noqa: E402
from page_speed import answered, compared, many_documents  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1200)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        project = event_project(ROOT, Path(folder) / "proyek")
        rows = many_documents(project.root, "contoh", count)
        page = Page(project.root).enter()
        plan = {"documents": rows, "summary": {"documents": count, "same": count, "stale": 0}}
        inputs = ("scheme", "templates", "events/contoh", "output/Jadwal/contoh")
        answered(page, ("plan", "--json", "--event", "contoh"), inputs, plan)
        for address, times in compared(page, rows, ("/", "/jadwal/contoh", "/perangkat/Jadwal/contoh")).items():
            print(f"{address:<32} {times:5.2f} times a bare page of {count} rows")
        page.close()


if __name__ == "__main__":
    main()
