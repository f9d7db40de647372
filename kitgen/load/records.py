"""Reads data for any template: one JSON or YAML mapping, or a list of them, one document each."""

import json
from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Findings, KitgenError, Place, did_you_mean, failure
from kitgen.base.messages import said
from kitgen.base.signs import unprintable
from kitgen.load.json_file import TooDeep, parse_json
from kitgen.load.yaml.source import MAX_SIZE, plain_data

SUFFIXES: Final = (".json", ".yaml", ".yml")
_MOST_TOLD: Final = 20


def load_records(path: Path) -> tuple[list[dict[str, Any]], bool]:
    """The records of a file, and whether it holds a list of them. Raises `KitgenError` for what is neither."""
    data = _load(path)
    if isinstance(data, dict):
        return [_named(data, path, "")], False
    if isinstance(data, list):
        findings = Findings()
        for number, record in enumerate(data, 1):
            if not isinstance(record, dict) and len(findings.diagnostics) < _MOST_TOLD:
                findings.error(said("record {number} is not a group of named values", number=number), Place(path.name))
        findings.stop_on_errors()
        return [
            _named(record, path, said("record {number}", number=number)) for number, record in enumerate(data, 1)
        ], True
    raise failure(said("data is neither a group of named values nor a list of them"), Place(path.name))


def _load(path: Path) -> Any:
    if path.suffix.lower() not in SUFFIXES:
        near = did_you_mean(path.suffix.lower(), SUFFIXES)
        raise failure(
            said("{name} is no data kitgen can read", name=path.name), None, near or said("data ends in .json or .yaml")
        )
    if not path.is_file():
        raise failure(said("data cannot be read (it is no file but a folder, a pipe or a device)"), Place(path.name))
    if path.stat().st_size > MAX_SIZE:
        raise failure(said("file is larger than {max_size} MB", max_size=MAX_SIZE >> 20), Place(path.name))
    if path.suffix.lower() != ".json":
        return plain_data(path, path.name)
    try:
        return parse_json(path.read_text("utf-8-sig"), _once)
    except json.JSONDecodeError as error:
        raise failure(said("JSON cannot be read: {msg}", msg=error.msg), Place(path.name, error.lineno)) from error
    except UnicodeDecodeError as error:
        raise failure(
            said("JSON cannot be read: it is not written in UTF-8"),
            Place(path.name),
            said("save it as UTF-8 in the editor"),
        ) from error
    except TooDeep as error:
        raise failure(error.message, Place(path.name)) from error
    except KeyError as error:
        raise failure(said("key {error} is written twice in one group", error=error), Place(path.name)) from error
    except ValueError as error:  # a number of thousands of digits
        raise failure(said("JSON cannot be read: {error}", error=error), Place(path.name)) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise KeyError(key)
        found[key] = value
    return found


def _named(record: dict[Any, Any], path: Path, spot: str) -> dict[str, Any]:
    if not all(isinstance(key, str) for key in record):
        raise KitgenError([*failure(said("a name of a value is no text"), Place(path.name, spot=spot)).diagnostics])
    for name, value in record.items():
        if (sign := _unprintable(value)) is not None:
            told = said("a value of `{name}` holds a sign no page can show ({sign})", name=name, sign=sign)
            raise failure(told, Place(path.name, spot=spot), said("take it out"))
    return record


def _unprintable(value: Any) -> str | None:
    """The first sign below a value that no document can hold. Files are not that deep: their readers saw to it."""
    if isinstance(value, str):
        return unprintable(value.replace("\v", "\n"))  # PowerPoint and python-docx write a break of a line so
    inside = [*value.keys(), *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((sign for each in inside if (sign := _unprintable(each)) is not None), None)
