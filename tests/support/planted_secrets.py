"""Markers planted into every secret text of a scheme, and all the text there is in a file to look for them."""

import re
import zipfile
from pathlib import Path

# Keys of the data files whose texts are secret, and the audiences that may hold them.
SECRETS = {
    "key": set(),  # a letter, told by its question below
    "rationale": {"kunci", "asesor"}, "model_answer": {"kunci", "asesor"}, "marking_points": {"kunci", "asesor"},
    "trigger": {"pemeran", "asesor", "kunci"}, "look_for": {"asesor", "kunci"},
    "actor": {"pemeran", "asesor", "kunci"}, "actors": {"pemeran", "asesor", "kunci"}, "assessor": {"asesor", "kunci"},
    "anchors": {"asesor", "kunci"}, "prompt": {"pemeran", "asesor", "kunci"}, "calibration": {"asesor", "kunci"},
}  # fmt: skip


def planted(value: object, path: tuple[str, ...], markers: dict[str, set[str]]) -> object:
    """The data with a unique marker at the end of every secret text; `markers` notes who may see each."""
    if isinstance(value, dict):
        return {key: planted(item, (*path, key), markers) for key, item in value.items()}
    if isinstance(value, list):
        return [planted(item, (*path, str(number)), markers) for number, item in enumerate(value)]
    secret = next((step for step in path if SECRETS.get(step)), None)
    if (
        secret is None
        or not isinstance(value, str)
        or path[-1] in ("criterion", "step", "unit", "counts", "tick", "kind", "id", "by")
        or "scenes" in path[-2:]
    ):
        return value
    marker = f"ZRAHASIA{len(markers):04d}Z"
    markers[marker] = SECRETS[secret]
    return f"{value} {marker}"


def everything_in(path: Path) -> str:
    """All text of all parts of a file: body, headers, properties, sheets, hidden cells."""
    with zipfile.ZipFile(path) as archive:
        return "".join(
            re.sub(r"<[^>]+>", "", archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()
        )
