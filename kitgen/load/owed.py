"""What the LSP still owes besides the facts of a scheme's own file: who it is, and the standard of each unit."""

from collections.abc import Iterator
from dataclasses import fields

from kitgen.base.errors import Diagnostic, Place
from kitgen.base.holes import Missing
from kitgen.base.messages import agreeing, counted, said
from kitgen.base.project import Project
from kitgen.kits.lacks import UNITS_WITHOUT_STANDARD
from kitgen.model.body import CertificationBody
from kitgen.model.edition import Edition


def owed_identity(project: Project, body: CertificationBody) -> Iterator[Diagnostic]:
    """One warning with all that the LSP has not said of itself; nothing where it said everything."""
    owed = [(each.name, value.fact) for each in fields(body) if isinstance(value := getattr(body, each.name), Missing)]
    if owed:
        keys, facts = ", ".join(f"`{key}:`" for key, _ in owed), ", ".join(fact for _, fact in owed)
        is_there = project.identity_file.is_file()
        yield Diagnostic(
            said("the LSP has not said who it is yet: {facts}", facts=facts),
            Place(project.shown(project.identity_file)),
            agreeing(
                1 if is_there else 2,
                said("write it behind {keys}", keys=keys),
                said("make this file and write in it {keys}", keys=keys),
            ),
            "warning",
        )


def owed_standards(project: Project, edition: Edition) -> Iterator[Diagnostic]:
    """One warning with the units whose standard nobody has given."""
    scheme = edition.scheme
    codes = [unit.code for unit in scheme.units if isinstance(unit.standard, Missing)]
    if codes:
        yield Diagnostic(
            UNITS_WITHOUT_STANDARD.about(units=counted(len(codes), "unit"), codes=", ".join(codes)),
            Place(project.shown(project.scheme_file(scheme.name))),
            said("write it behind `standard:` of each"),
            "warning",
        )  # fmt: skip
