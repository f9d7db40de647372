"""`kitgen diff`: what one edition says otherwise than another."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kitgen.base.messages import joined, padded, said
from kitgen.cli import declare
from kitgen.cli.language import in_words_within, say, styled
from kitgen.cli.table import word
from kitgen.cli.writing import hold_lock
from kitgen.model.changes import ITEM_GROUPS

if TYPE_CHECKING:
    from kitgen.model.changes import CriterionLine, EditionChanges, ItemLine

_COLOURS: Final = {"new": "green", "removed": "red", "reworded": "yellow", "split": "yellow", "merged": "yellow"}
_MOST: Final = 3
_NAMES: Final = 10
"""So many fields of one item, and names of items, are told; `--json` tells all."""


@declare.command("diff", then=said("`kitgen plan` shows which documents this touches"))
@click.argument("old")
@click.argument("new")
@declare.option("--scheme", help="The scheme (the name of its folder); needed where there are several.")
@declare.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@declare.word_copy
@click.pass_context
def command(
    ctx: click.Context, old: str, new: str, scheme: str | None, as_json: bool, out: Path | None, replace: bool
) -> None:
    """Compare two editions: units, elements and criteria (KUK), questions, scenarios and all other data.

    OLD and NEW are names of editions, or folders of editions of other projects, whose identity and templates are
    compared, too.
    """
    from kitgen.base.errors import WrongUsage
    from kitgen.cli.console import tell
    from kitgen.schemes.editions.compare import compare_editions, write_diff

    try:
        compared = compare_editions(ctx.obj, old, new, scheme)
    except WrongUsage as error:
        raise declare.BadParameter(error.message, ctx, param_hint="--scheme") from error
    tell(compared.warnings)
    if out is not None:
        hold_lock(ctx, out)
        write_diff(compared, out, replace)
        say(said("wrote {name}", name=out.name), err=True)
    if as_json:
        say(json.dumps(in_words_within(compared.as_json()), ensure_ascii=False, indent=1))
    else:
        _print(compared.changes)


def _print(changes: "EditionChanges") -> None:
    scheme = changes.scheme
    counts = joined(", ", (joined(" ", (str(count), word(kind))) for kind, count in scheme.counts().items() if count))
    say(said("{title}: {old} -> {new}", title=changes.title, old=changes.old, new=changes.new))
    say(said("criteria (KUK): {counts}", counts=counts or said("all the same")))
    for unit in scheme.units:
        code = unit.new_code or unit.old_code
        criteria = [line for line in scheme.criteria if (line.new or line.old)[0].unit == code and not line.is_same]
        elements = [line for line in scheme.elements if line.unit == code and not line.is_same]
        if unit.is_same and not criteria and not elements:
            continue
        raised = said(" (was {old_code})", old_code=unit.old_code) if unit.is_raised else ""
        what = said(": {shape}", shape=word(unit.shape)) if unit.shape != "kept" else ""
        say(said("\nunit {code}{raised}{what}  {title}", code=code, raised=raised, what=what, title=unit.title))
        for field in unit.fields:
            _print_texts(field.field, "", field.old, field.new)
        for element in elements:
            numbers = _arrow([element.old_number], [element.new_number])
            kinds = joined(", ", map(word, element.kinds))
            _print_texts(said("element {kinds}", kinds=kinds), numbers, element.old_title, element.new_title)
        for line in criteria:
            _print_criterion(line)
    for group, label in ITEM_GROUPS.items():
        _print_items(label, [line for line in changes.items if line.group == group])
    if changes.left_out:
        say(said("\n{left_out}; `kitgen check` tells them", left_out=changes.left_out))
    elif changes.is_empty:
        say(said("both editions say the same"))


def _print_criterion(line: "CriterionLine") -> None:
    kinds = joined(", ", map(word, line.kinds))
    numbers = _arrow([each.number for each in line.old], [each.number for each in line.new])
    if line.from_unit:
        numbers = said(
            "{old} of unit {unit} -> {new}", old=line.old[0].number, unit=line.from_unit, new=line.new[0].number
        )
    _print_texts(
        styled(padded(kinds, 11), fg=_COLOURS.get(line.kinds[-1])),
        numbers,
        "\n".join(each.text for each in line.old),
        "\n".join(each.text for each in line.new),
    )


def _print_texts(kind: str, numbers: str, old: str, new: str) -> None:
    head = joined("", ("  ", kind, " ", padded(numbers, 12)))
    if old == new:
        say(joined(" ", (head, old)))
        return
    say(joined("", ("  ", kind, " ", numbers)))
    for sign, text in (("-", old), ("+", new)):
        for part in text.split("\n") if text else ():
            say(said("    {sign} {part}", sign=sign, part=part))


def _arrow(old: Sequence[str], new: Sequence[str]) -> str:
    before, after = ", ".join(filter(None, old)), ", ".join(filter(None, new))
    return before if before == after else " -> ".join(filter(None, (before, after)))


def _print_items(label: str, lines: Iterable["ItemLine"]) -> None:
    found = list(lines)
    if not found:
        return
    say(said("\n{label}", label=label))
    for shape in ("new", "removed", "followed"):
        names = [line.name or label for line in found if line.shape == shape]
        if names:
            what = said("follow their KUK") if shape == "followed" else word(shape)
            more = said(" and {names} more", names=len(names) - _NAMES) if len(names) > _NAMES else ""
            say(
                said(
                    "  {what} ({names}): {first}{more}",
                    what=what,
                    names=len(names),
                    first=", ".join(names[:_NAMES]),
                    more=more,
                )
            )
    for line in found:
        if line.shape == "changed":
            fields = [each.label or each.field for each in line.fields]
            more = said(" and {fields} more", fields=len(fields) - _MOST) if len(fields) > _MOST else ""
            head = joined(" ", (word("changed"), line.name)) if line.name else word("changed")
            say(said("  {head}: {fields}{more}", head=head, fields="; ".join(fields[:_MOST]), more=more))
