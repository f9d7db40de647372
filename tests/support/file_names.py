"""Names of files as the shipped forms give them, so that tests need not spell them."""

import functools
import re
from pathlib import PurePosixPath

import yaml
from harness import ROOT

_LETTERS = re.compile(r"(?P<number>\d\d[a-z]? )?(?P<rest>.+)\.(?P<ending>docx|xlsx|pdf)")


@functools.cache
def _titles() -> dict[str, str]:
    entries = yaml.safe_load((ROOT / "templates" / "forms.yaml").read_text("utf-8"))["forms"]
    return {code: entry.get("file_title", "") for code, entry in entries.items()}


@functools.cache
def _scenarios() -> dict[str, str]:
    files = sorted((ROOT / "scheme").glob("*/2024/scenarios/*.yaml"))
    return {path.stem: yaml.safe_load(path.read_text("utf-8"))["title"] for path in files}


def named(path: str) -> str:
    """A path whose file is spelled by number and code, as it is called: `3 Untuk Asesor/10 FR.IA.01.docx`.

    With `*` in front of the code it is a pattern still. Words in brackets, `(terbaru)`, stay at the end.
    """
    *folders, file = path.split("/")
    found = _LETTERS.fullmatch(file.lstrip("*"))
    if found is None:
        return path
    rest, mark = re.fullmatch(r"(.+?)( \((?:terbaru|disunting|\d|\*)[^)]*\))?", found["rest"]).groups()  # type: ignore[union-attr]
    code = max((each for each in _titles() if rest == each or rest.startswith(f"{each} ")), key=len, default=None)
    if code is None or not _titles()[code]:
        return path
    if _titles()[code] != code and rest.startswith(f"{code} {_titles()[code]}"):
        return path  # as it is called already
    if _titles()[code] == code and rest.startswith(f"{code} - "):
        return path
    title, qualifier = _titles()[code], rest.removeprefix(code).strip()
    suffix = PurePosixPath(file).suffix
    head = " ".join(dict.fromkeys((*(found["number"] or "").split(), code, title)))
    name = head + (f" - {qualifier}" if qualifier else "")
    if qualifier in _scenarios():
        name = _cut(f"{name} {_scenarios()[qualifier].partition(': ')[0]}", 65 - len(suffix))
    stars = "*" * (len(file) - len(file.lstrip("*")))
    return "/".join([*folders, f"{stars}{name}{mark or ''}{suffix}"])


def stem_of(path: str) -> str:
    """The name of the same file without its ending."""
    return PurePosixPath(named(path)).stem


def _cut(name: str, length: int) -> str:
    """As many whole words as have room."""
    words = name.split(" ")
    while len(" ".join(words)) > length:
        words.pop()
    return " ".join(words).rstrip(" ,")
