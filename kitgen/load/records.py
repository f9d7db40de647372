"""Reads data for any template: one JSON or YAML mapping, or a list of them, one document each."""

import json
from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Findings, KitgenError, Place, did_you_mean, failure
from kitgen.load.json_file import TooDeep, parse_json
from kitgen.load.yaml.source import MAX_SIZE, plain_data

SUFFIXES: Final = (".json", ".yaml", ".yml")


def load_records(path: Path) -> tuple[list[dict[str, Any]], bool]:
    """The records of a file, and whether it holds a list of them. Raises `KitgenError` for what is neither."""
    data = _load(path)
    if isinstance(data, dict):
        return [_named(data, path, "")], False
    if isinstance(data, list):
        findings = Findings()
        for number, record in enumerate(data, 1):
            if not isinstance(record, dict):
                findings.error(f"record {number} is not a group of named values", Place(path.name))
        findings.stop_on_errors()
        return [_named(record, path, f"record {number}") for number, record in enumerate(data, 1)], True
    raise failure("data is neither a group of named values nor a list of them", Place(path.name))


def _load(path: Path) -> Any:
    if path.suffix.lower() not in SUFFIXES:
        near = did_you_mean(path.suffix.lower(), SUFFIXES)
        raise failure(f"{path.name} is no data kitgen can read", None, near or "data ends in .json or .yaml")
    if path.stat().st_size > MAX_SIZE:
        raise failure(f"file is larger than {MAX_SIZE >> 20} MB", Place(path.name))
    if path.suffix.lower() != ".json":
        return plain_data(path, path.name)
    try:
        return parse_json(path.read_text("utf-8-sig"), _once)
    except json.JSONDecodeError as error:
        raise failure(f"JSON cannot be read: {error.msg}", Place(path.name, error.lineno)) from error
    except UnicodeDecodeError as error:
        raise failure("JSON cannot be read: it is not written in UTF-8", Place(path.name),
                      "save it as UTF-8 in the editor") from error  # fmt: skip
    except TooDeep as error:
        raise failure(str(error), Place(path.name)) from error
    except KeyError as error:
        raise failure(f"key {error} is written twice in one group", Place(path.name)) from error
    except ValueError as error:  # a number of thousands of digits
        raise failure(f"JSON cannot be read: {error}", Place(path.name)) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise KeyError(key)
        found[key] = value
    return found


def _named(record: dict[Any, Any], path: Path, spot: str) -> dict[str, Any]:
    if not all(isinstance(key, str) for key in record):
        raise KitgenError([*failure("a name of a value is no text", Place(path.name, spot=spot)).diagnostics])
    return record
