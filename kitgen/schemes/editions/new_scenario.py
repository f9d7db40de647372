"""A new role play as a file to fill in, after the pattern of one there is: what all of its kind share stays."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from kitgen.base.errors import Place, failure
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.files import write_whole
from kitgen.kits.stations.structure import structure_of
from kitgen.load.edition.seal import refuse_sealed
from kitgen.load.project_data import load_data
from kitgen.load.yaml.source import plain_data
from kitgen.load.yaml.text import written
from kitgen.model.structure import FEATURES, NOT_THERE

_ID: Final = r"[A-Z]{2,6}-\d{2,3}"
_KEPT: Final = frozenset({
    "id", "kind", "scene", "scenes", "evidence", "criterion", "unit", "units", "counts", "tick", "by", "columns",
})  # fmt: skip
"""Keys whose words are names within the file, or the frame of a table, not what a scenario says."""
Used = dict[str, tuple[str, ...]]


def new_scenario(
    project: Project, id: str, like: str, channel: str | None = None, scheme: str | None = None,
    edition: str | None = None,
) -> tuple[Path, Used]:  # fmt: skip
    """Write `scenarios/<id>.yaml` after scenario `like`; gives the file and the structures that are used already.

    Texts that differ among the scenarios of these units are left empty: `kitgen check` then tells, cue by cue, what is
    missing. Raises `KitgenError` where the name is no name, is taken, or `like` is not there.
    """
    (found,) = load_data(project, scheme, edition).editions
    refuse_sealed(project, found.scheme.name)
    folder = project.scheme_file(found.scheme.name).with_name("scenarios")
    pattern = next((each for each in found.scenarios if each.id == like), None)
    path = folder / f"{id}.yaml"
    if not re.fullmatch(_ID, id):
        raise failure(
            said("`{id}` is no id of a scenario", id=id), Place(project.shown(path)), said("write one such as KEL-07")
        )
    if pattern is None:
        raise failure(
            said("there is no scenario {like}", like=like), Place(project.shown(folder)), said("name one there is")
        )
    if path.exists():
        raise failure(
            said("scenario {id} is there already", id=id), Place(project.shown(path)), said("take another id")
        )
    group = [each for each in found.scenarios if each.unit_codes == pattern.unit_codes]
    texts = {each.id: plain_data(folder / f"{each.id}.yaml", each.id) for each in group}
    data = emptied(texts[like], [texts[each.id] for each in group if each.id != like])
    data |= {"id": id, "channel": channel or pattern.channel, "record": {"status": "draf"}}
    data.pop("calibration", None)
    write_whole(path, ("\n".join([f"# Skenario bermain peran {id}", *written(data)]) + "\n").encode())
    structures = [structure_of(each) for each in group]
    used = {
        label: tuple(dict.fromkeys(value for each in structures if (value := getattr(each, name)) != NOT_THERE))
        for name, label in FEATURES.items()
    }
    return path, {label: values for label, values in used.items() if values}


def emptied(value: Any, others: Sequence[Any], key: str = "") -> Any:
    """A value with every text empty that is not the same in all others; names within the file stay.

    Of lists of texts, and of rows of a table, only those stay that are the same in all: an empty one is no entry.
    """
    if isinstance(value, dict):
        return {
            name: emptied(item, [each[name] for each in others if isinstance(each, dict) and name in each], name)
            for name, item in value.items()
        }
    if isinstance(value, list):
        items = [
            emptied(item, [each[n] for each in others if isinstance(each, list) and n < len(each)], key)
            for n, item in enumerate(value)
        ]
        return [kept for kept, item in zip(items, value, strict=True) if isinstance(item, dict) or kept == item]
    if not isinstance(value, str) or key in _KEPT or (others and all(each == value for each in others)):
        return value
    return ""
