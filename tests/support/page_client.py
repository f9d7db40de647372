"""The page without a browser: requests as a browser sends them, and as somebody else would."""

import re
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from harness import KitProject
from werkzeug.test import TestResponse

from kitgen.page.app import make_app
from kitgen.page.site import Site

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"


class Page:
    """One project's page, asked directly; `enter` gives the cookie the first address gives."""

    def __init__(self, root: Path, language: str = "en") -> None:
        self.app = make_app(root, PORT, language)
        self.site: Site = self.app.extensions["kitgen"]
        self.client: FlaskClient = self.app.test_client()

    def enter(self) -> "Page":
        answer = self.client.get("/masuk", query_string={"kunci": self.site.guard.token}, base_url=HOME)
        assert answer.status_code == 302
        return self

    def get(self, path: str, **settings: Any) -> TestResponse:
        return self.client.get(path, **{"base_url": HOME, "buffered": True, **settings})

    def post(
        self, path: str, fields: dict[str, Any] | None = None, token: bool = True, **settings: Any
    ) -> TestResponse:
        data = {**({"tanda": self.site.guard.form} if token else {}), **(fields or {})}
        return self.client.post(path, data=data, **{"base_url": HOME, "buffered": True, **settings})

    def open_secrets(self, folder: str) -> None:
        assert self.post("/rahasia", {"map": folder}).status_code == 303

    def close(self) -> None:
        """Wait for what runs on its behalf, so that no process outlives the test."""
        self.site.kept.close(wait=True)
        for process in self.site.children._processes.values():
            process.kill()
            process.wait()


def text_of(answer: TestResponse) -> str:
    """What a page says, without marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def pretend(project: KitProject, *paths: str) -> None:
    """Put files below `output/` without building them."""
    for path in paths:
        file = project.root / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"PK")
