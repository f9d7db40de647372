"""Where things lie in a project: its scheme data, templates and output."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

SEAL_FILE: Final = "segel.json"
"""Lies in the folder of a released edition."""
DELIVERIES_FILE: Final = "serah-terima.json"
"""Lies in the folder of an event of which something was handed over."""


class EditionName(NamedTuple):
    """Nama edisi: the folder of a scheme below `scheme/`, and that of one of its editions in it."""

    slug: str
    name: str

    @property
    def folder(self) -> str:
        """Where its data lie below `scheme/`, and its documents below `output/`."""
        return f"{self.slug}/{self.name}"


@dataclass(frozen=True, slots=True)
class Project:
    """Proyek: a folder that holds `scheme/`.

    `templates_dir` are the templates shipped with kitgen, or those that were kept; over them lie the project's own, by
    name (`load/template_files`), if it has any.
    """

    root: Path
    templates_dir: Path
    are_kept: bool = False
    """Whether the templates are those a release or delivery was made with, which nobody mends any more."""
    own_templates: Path | None = None
    """The project's own folder of templates, whole or with a few in it; None if it has none."""

    @property
    def scheme_dir(self) -> Path:
        """One folder per scheme, and in it one per edition."""
        return self.root / "scheme"

    @property
    def output_dir(self) -> Path:
        """Finished documents; everything in it can be made again."""
        return self.root / "output"

    @property
    def events_dir(self) -> Path:
        """One folder per assessment event; the user's, and full of personal data."""
        return self.root / "events"

    @property
    def histories_dir(self) -> Path:
        """What is remembered of the documents of each edition; outside of `output/`, which can be made again."""
        return self.root / "riwayat"

    @property
    def identity_file(self) -> Path:
        """Who the LSP is: name, licence, address."""
        return self.scheme_dir / "identity.yaml"

    @property
    def forms_file(self) -> Path:
        """Where forms are declared by the people of the project; without a list of its own, the shipped one."""
        return (self.own_templates or self.templates_dir) / "forms.yaml"

    def scheme_file(self, edition: EditionName) -> Path:
        """The data of one edition of a scheme."""
        return self.scheme_dir / edition.slug / edition.name / "scheme.yaml"

    def seal_file(self, edition: EditionName) -> Path:
        """The seal of an edition; there is one as soon as it is released."""
        return self.scheme_dir / edition.slug / edition.name / SEAL_FILE

    def event_file(self, name: str) -> Path:
        """The workbook of an event."""
        return self.events_dir / name / "jadwal.xlsx"

    def shown(self, path: Path) -> str:
        """A path as people are shown it, with `/`: from the project's folder, or from the shipped templates."""
        for base, prefix in ((self.root, ""), (self.templates_dir, "templates/")):
            if path.is_relative_to(base):
                return prefix + path.relative_to(base).as_posix()
        return path.name
