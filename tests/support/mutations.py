"""Mutations that know what they change: lines of YAML and CSV, values of JSON, parts and attributes of Office files."""

import io
import json
import random
import re
import zipfile
from typing import Any

ODD = (
    "", "~", "null", "true", "-1", "0", "1e309", "NaN", "2024-13-40", "=1+1", "{{ x }}", "{% for x in y %}", "'", '"', "[", "{", "&a", "*a",
    "!!python/object:os.system", "\u202e", "\u0000", "\ud7ff", "A" * 5_000, "9" * 400, "../../x", "C:\\x", "nul", "é\u0301", "\ufeff", "|", ">",
)  # fmt: skip
_NUMBER = re.compile(rb"\d+")
_ATTRIBUTE = re.compile(rb' [\w:]+="[^"]*"')
_TAG = re.compile(rb"<[^<>]{1,200}>")


def mutated(data: bytes, kind: str, chance: random.Random) -> bytes:
    """The same with one change; `kind` is `yaml`, `csv`, `text`, `json` or `zip`."""
    if chance.random() < 0.15:
        return _bytes(data, chance)
    try:
        change = {"json": _json, "zip": _package}.get(kind, _lines)
        return change(data, chance)
    except (ValueError, zipfile.BadZipFile, KeyError, IndexError, RuntimeError, OSError, EOFError, NotImplementedError):
        return _bytes(data, chance)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.randrange(1, 64))
    piece = data[at:end]
    return chance.choice((
        data[:at], data[:at] + data[end:], data[:end] + piece * chance.randrange(1, 50) + data[end:],
        data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[end:], data[:at] + chance.choice(ODD).encode() + data[end:],
    ))  # fmt: skip


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.decode("utf-8", "surrogateescape").splitlines(keepends=True)
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    head, colon, _ = lines[at].partition(":")
    what = chance.randrange(7)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(other, lines[at])
    elif what == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif what == 3 and colon:
        lines[at] = f"{head}: {chance.choice(ODD)}\n"
    elif what == 4:
        lines[at] = " " * chance.randrange(9) + lines[at].lstrip()
    elif what == 5:
        words = lines[at].split(" ")
        words[chance.randrange(len(words))] = chance.choice(ODD)
        lines[at] = " ".join(words)
    else:
        lines[at:at] = lines[at : at + chance.randrange(1, 20)] * chance.randrange(1, 5)
    return "".join(lines).encode("utf-8", "surrogateescape")


def _json(data: bytes, chance: random.Random) -> bytes:
    whole = json.loads(data)
    holders: list[Any] = [{"": whole}]
    for holder in holders:
        inside = holder.values() if isinstance(holder, dict) else holder
        holders += [each for each in inside if isinstance(each, dict | list) and len(holders) < 5_000]
    holder = chance.choice([each for each in holders if each])
    key = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
    odd: Any = chance.choice((None, True, -1, 1e308, [], {}, [[]], "", *ODD))
    if chance.random() < 0.3 and holder is not holders[0]:
        del holder[key]
    else:
        holder[key] = odd
    return json.dumps(holders[0].get("", whole)).encode("utf-8", "surrogatepass")


def _package(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    what = chance.randrange(8)
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[chance.choice(list(parts))] = parts[name]
    elif what == 2:
        parts[name] = _bytes(parts[name], chance)
    else:
        pattern = _NUMBER if what == 3 else _ATTRIBUTE if what < 6 else _TAG
        found = list(pattern.finditer(parts[name]))
        if found:
            match = chance.choice(found)
            new = {3: str(chance.choice((0, -1, 2**31, 10**20, 7))).encode(), 4: b"", 5: match[0] * 2}.get(
                what,
                chance.choice(
                    (b"", match[0] * 2, chance.choice(found)[0], chance.choice(ODD).encode("utf-8", "replace"))
                ),
            )
            parts[name] = parts[name][: match.start()] + new + parts[name][match.end() :]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return held.getvalue()
