"""How long a page takes beside a bare Flask page with the same rows, in one run."""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask, render_template_string
from page_client import HOME, Page

from kitgen.page.children import Answer
from kitgen.page.kept import PageQuestion, inputs_digest

BARE = """<!doctype html><title>bare</title><table>{% for row in rows %}<tr><td><a href="/x?berkas={{ row.path|urlencode }}">
{{ row.path }}</a></td><td>{{ row.state }}</td><td>{{ row.form }}</td><td>{{ row.serial }}</td></tr>{% endfor %}</table>"""
FOLDERS = ("2 Pendaftaran dan Pra-Asesmen", "3 Untuk Asesi", "4 Untuk Asesor")


def many_documents(root: Path, event: str, count: int) -> list[dict[str, object]]:
    """An event's folder with so many (empty) documents, and what a plan would say of them."""
    rows: list[dict[str, object]] = []
    for number in range(count):
        person = number // 30 + 1
        folder = FOLDERS[number % len(FOLDERS)]
        name = f"{number % 30 + 1:02} FR.AK.{number % 30 + 1:02}.docx"
        home = root / "output" / "Jadwal" / event / folder / f"{person:02} Asesi Contoh {person:02}"
        home.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(b"PK")
        path = f"Jadwal/{event}/{folder}/{person:02} …/{name}"
        rows.append({"path": path, "form": name[3:-5], "kit": event, "state": "same", "serial": f"7XR4-07AN-{number:03}",
                     "reasons": []})  # fmt: skip
    return rows


def answered(
    page: Page, arguments: tuple[str, ...], inputs: tuple[str, ...], content: object, language: str = "en"
) -> None:
    """Put an answer where the page keeps it, as if it had been asked."""
    question = PageQuestion(arguments, inputs, language)
    kept = page.site.kept
    kept.look(question)
    entry = kept._entries[question.name]
    entry.answer, entry.when = Answer(0, json.loads(json.dumps(content)), ()), time.time()
    entry.inputs = inputs_digest(page.site.root, inputs)
    entry.is_proven, entry.looked = True, time.monotonic() + 3600


def bare_app(rows: list[dict[str, object]]) -> Flask:
    app = Flask("bare")
    app.add_url_rule("/", "bare", lambda: render_template_string(BARE, rows=rows))
    return app


def milliseconds(ask: Callable[[], object], times: int = 9) -> float:
    """Of processor time, the median of so many."""
    ask()
    taken = []
    for _ in range(times):
        started = time.process_time()
        ask()
        taken.append(time.process_time() - started)
    return statistics.median(taken) * 1000


def compared(page: Page, rows: list[dict[str, object]], addresses: tuple[str, ...]) -> dict[str, float]:
    """Each page's time as a multiple of the bare page's."""
    client = bare_app(rows).test_client()
    bare = milliseconds(lambda: client.get("/", base_url=HOME))
    return {address: milliseconds(lambda address=address: page.get(address)) / bare for address in addresses}  # type: ignore[misc]
