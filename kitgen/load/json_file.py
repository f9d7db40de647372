"""JSON files that kitgen itself writes beside data: read with distrust, and refused with what to do about it."""

import json
from pathlib import Path
from typing import Any

from kitgen.errors import Findings, Place
from kitgen.load.yaml_source import MAX_SIZE


def open_json(path: Path, name: str, newest: int, help: str, findings: Findings) -> dict[str, Any] | None:
    """The group of values in a file, or None: there is no file, or (noted) it is damaged or of a later kitgen.

    `newest` is the `format` this kitgen knows; `help` what to do where the file is damaged.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        findings.error(f"file cannot be read ({error.strerror})", Place(name))
        return None
    try:
        found = json.loads(content) if len(content) <= MAX_SIZE else None
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair (`"\ud800"`) can be read, not written
    except (ValueError, RecursionError):
        found = None
    version = found.get("format") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(version, int):
        findings.error("file is damaged", Place(name), help)
        return None
    if version > newest:
        findings.error(f"file was written by a later kitgen (format {version}, this one knows {newest})", Place(name),
                       "update kitgen: `pip install --upgrade kitgen`")  # fmt: skip
        return None
    return found


def json_text(content: dict[str, Any]) -> str:
    """The text of such a file: readable, and the same for the same content."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
