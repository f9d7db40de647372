"""From the data of a file to the rows of its tables; pure. Reading back is `read_rows`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kitgen.load.yaml.reshape import Tree
from kitgen.model.bank import QUESTION_KINDS
from kitgen.schemes.book.cells import shown_value, value_at
from kitgen.schemes.book.layout import Column, Level, Table


@dataclass(frozen=True, slots=True)
class Known:
    """What grey columns and drop-down lists tell: units with their criteria, clusters, instruments."""

    titles: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    clusters: Sequence[str] = ()
    forms: Mapping[str, str] = field(default_factory=dict)

    def shown(self, column: Column, row: Mapping[str, Tree], own_unit: str = "") -> str:
        """What a grey column tells of a row, given as keys and values; `own_unit` where the row names none."""
        code = str(row.get("unit") or row.get("code") or own_unit)
        if column.shown == "criterion":
            return self.criteria.get(code, {}).get(str(row.get("criterion") or ""), "")
        return self.forms.get(str(row.get("form") or ""), "") if column.shown == "form" else self.titles.get(code, "")


def known_of(scheme: Tree, forms: Mapping[str, str]) -> Known:
    """What a scheme's own file tells others."""
    titles: dict[str, str] = {}
    criteria: dict[str, dict[str, str]] = {}
    for unit in _dicts(value_at(scheme, "units")):
        code = str(unit.get("code") or "")
        titles[code] = str(unit.get("title") or "")
        criteria[code] = {
            str(each.get("number") or ""): str(value_at(each, "correction.text") or each.get("text") or "")
            for element in _dicts(unit.get("elements"))
            for each in _dicts(element.get("criteria"))
        }
    clusters = [
        str(each.get("number") or place) for place, each in enumerate(_dicts(value_at(scheme, "clusters")), 1)
    ] or ["1"]
    return Known(titles, criteria, clusters, forms)


def own_unit_of(tree: Tree) -> str:
    """The unit a scenario's rows are about where they name none: its only one."""
    units = value_at(tree, "units")
    only = units[0] if isinstance(units, list) and len(units) == 1 else ""
    return only if isinstance(only, str) else ""


def rows_of(table: Table, tree: Tree, known: Known) -> list[list[str]]:
    """The texts of a table's rows, a text for each column; of lists of cells as many as the longest has."""
    filled = _with_listed(table, tree, known)
    own = own_unit_of(tree)
    rows = []
    for told, cells in _walk(table.levels, filled):
        texts = [
            known.shown(column, {each.key: value for each, value in told.items()}, own) if column.shown
            else shown_value(column, told.get(column))
            for column in table.columns
        ]  # fmt: skip
        rows.append([*texts, *cells])
    return rows


Told = dict[Column, Tree]


def _walk(levels: Sequence[Level], holder: Tree) -> Iterator[tuple[Told, list[str]]]:
    level, deeper = levels[0], levels[1:]
    for item in items_of(holder, level):
        if level.cells:
            yield {}, [str(cell) for cell in item] if isinstance(item, list) else [str(item)]
            continue
        own: Told = {column: value_at(item, column.key) for column in level.columns if not column.shown}
        if not deeper:
            yield own, []
            continue
        is_first = True
        for told, cells in _walk(deeper, item):
            ids = {column: value for column, value in own.items() if is_first or column.key in level.ids}
            yield {**ids, **told}, cells
            is_first = False
        if is_first and not level.is_reference:
            yield own, []


def items_of(holder: Tree, level: Level) -> list[Tree]:
    """The items of a level in what holds them; those of a mapping with their key as `@`."""
    found = value_at(holder, level.key)
    if level.is_keyed:
        return (
            [{"@": key, **value} for key, value in found.items() if isinstance(value, dict)]
            if (isinstance(found, dict))
            else []
        )
    return found if isinstance(found, list) else []


def _with_listed(table: Table, tree: Tree, known: Known) -> Tree:
    """The data with an item for all a table has a row for."""
    if not table.listed:
        return tree
    first, last = table.levels[0], table.levels[-1]
    there = items_of(tree, first)
    if table.listed == "kinds":
        named = {each["@"]: {key: value for key, value in each.items() if key != "@"} for each in there}
        return {first.key: named | {kind: {} for kind in QUESTION_KINDS if kind not in named}}
    if first is last:  # cues of a scenario, for all criteria of its units
        own = own_unit_of(tree)
        codes = [code for code in value_at(tree, "units") or [] if isinstance(code, str)]
        wanted = [{"unit": code, "criterion": number} for code in codes for number in known.criteria.get(code, {})]
        return {"units": codes, first.key: _completed(there, wanted, ("unit", "criterion"), own)}
    id, leaf = first.ids[0], last.ids[0]
    outer = known.clusters if table.listed == "instruments" else list(known.titles)
    parents = _completed(there, [{id: key} for key in outer], (id,))
    made = []
    for parent in parents:
        inner = known.forms if table.listed == "instruments" else known.criteria.get(str(parent.get(id)), {})
        items = _completed(items_of(parent, last), [{leaf: key} for key in inner], (leaf,))
        made.append({**parent, last.key: items})
    return {first.key: made}


def _completed(there: Sequence[Tree], wanted: Sequence[Tree], ids: Sequence[str], own: str = "") -> list[Tree]:
    """The items there are and those that are wanted: in the order wanted, if what is there stands in it."""

    def name(item: Tree) -> tuple[str, ...]:
        return tuple(str(item.get(id) or (own if id == "unit" else "")) for id in ids)

    items = _dicts(there)
    found = {name(item): item for item in items}
    order = [name(item) for item in wanted]
    if len(found) == len(items) and [each for each in order if each in found] == list(found):
        return [found.get(key, item) for key, item in zip(order, wanted, strict=True)]
    return [*items, *(item for key, item in zip(order, wanted, strict=True) if key not in found)]


def _dicts(items: Tree) -> list[dict[str, Tree]]:
    return [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []
