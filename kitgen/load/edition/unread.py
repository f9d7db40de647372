"""Tells data of an edition that nobody reads, since they are called otherwise: they would fall away unseen."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kitgen.base.errors import Findings, Place, did_you_mean
from kitgen.base.messages import said
from kitgen.load.edition.rulings import RULINGS_FILE
from kitgen.load.edition.stations import STATIONS_FILE

_FILES: Final = frozenset(
    {"scheme.yaml", "tasks.yaml", "methods.yaml", "blueprint.yaml", "papers.yaml", STATIONS_FILE, RULINGS_FILE}
)
_FOLDERS: Final = ("questions", "scenarios")
_KINDS: Final = frozenset({".yaml", ".yml"})


def tell_unread(folder: Path, shown: Callable[[Path], str], findings: Findings) -> None:
    """Note YAML files in the folder of an edition that are not read, and what stands in the place of its folders."""
    for path in sorted(folder.iterdir()):
        name = path.name
        if name.startswith((".", "~")):
            continue
        if name in _FOLDERS and not path.is_dir():
            findings.error(said("a folder is expected here, not a file"), Place(shown(path)), said("move it elsewhere"))
        elif path.is_dir() and name in _FOLDERS:
            for inner in sorted(path.iterdir()):
                if inner.suffix.casefold() in _KINDS and inner.suffix != ".yaml" and not inner.name.startswith("."):
                    _tell(inner, f"{inner.stem}.yaml", shown, findings)
        elif path.is_dir() and name.casefold() in _FOLDERS:
            _tell(path, name.casefold(), shown, findings)
        elif path.suffix.casefold() in _KINDS and name not in _FILES:
            known = f"{path.stem}.yaml".casefold()
            _tell(path, known if known in _FILES else "", shown, findings)


def _tell(path: Path, name: str, shown: Callable[[Path], str], findings: Findings) -> None:
    meant = said("call it `{name}`", name=name) if name else did_you_mean(path.name, _FILES)
    findings.warning(
        said("this is not read: no data of an edition are called so"),
        Place(shown(path)),
        meant or said("known: {names}", names=", ".join(sorted({*_FILES, *_FOLDERS}))),
    )
