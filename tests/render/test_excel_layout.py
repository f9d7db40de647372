"""Where rows come to lie, against a model that writes every output row down and looks."""

import random
from dataclasses import dataclass, field

import pytest

from kitgen.render.excel.formulas import Reference
from kitgen.render.excel.layout import Layout, Rows, Stretch
from kitgen.render.excel.placing import LOST, reference_text

Path = tuple[tuple[int, int], ...]
"""The loops around a row, each with the number of its iteration."""


@dataclass
class Model:
    """Output rows in order: the template row of each, and the iterations it stands in."""

    chance: random.Random
    stretches: list[Stretch] = field(default_factory=list)
    plan: list[object] = field(default_factory=list)
    lines: list[tuple[int, Path]] = field(default_factory=list)
    next_row: int = 1
    loops: int = 0

    def build(self, depth: int, around: tuple[int, ...]) -> list[object]:
        """A template: rows, loops and rows that may be left out; a tag takes a row of its own."""
        nodes: list[object] = []
        for _ in range(self.chance.randint(1, 4)):
            kind = self.chance.random()
            if depth and kind < 0.35:
                self.loops += 1
                loop = self.loops
                self.next_row += 1
                nodes.append(("for", loop, self.build(depth - 1, (*around, loop))))
                self.next_row += 1
            elif depth and kind < 0.5:
                self.next_row += 1
                nodes.append(("if", self.build(depth - 1, around)))
                self.next_row += 1
            else:
                self.stretches.append(Stretch(self.next_row, 1, around))
                nodes.append(self.next_row)
                self.next_row += 1
        return nodes

    def run(self, nodes: list[object], layout: Layout, path: Path) -> None:
        """One rendering, told to the layout and written down."""
        for node in nodes:
            if isinstance(node, int):
                layout.place(node, 1)
                self.lines.append((node, path))
            elif isinstance(node, tuple) and node[0] == "for":
                for turn in range(self.chance.randint(1, 3)):
                    layout.enter(node[1])
                    self.run(node[2], layout, (*path, (node[1], turn)))
                    layout.leave()
            elif isinstance(node, tuple) and self.chance.random() < 0.6:
                self.run(node[1], layout, path)

    def meant(self, first: int, last: int, seen_from: Path) -> list[int]:
        """The output rows a relative range means: of the iterations it shares with the row it is seen from."""
        loops = {row.row: row.loops for row in self.stretches if first <= row.row <= last}
        if not loops:
            return []
        common = set(loops[min(loops)]) & set(loops[max(loops)])
        shared = tuple(step for step in seen_from if step[0] in common)
        return [
            number for number, (row, path) in enumerate(self.lines, 1)
            if first <= row <= last and path[: len(shared)] == shared
        ]  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_ranges_hold_the_rows_they_are_meant_for(seed: int) -> None:
    """Relative and fixed ranges and cells, from every output row, in random nests of loops and choices.

    Taken as a list of areas, a range holds exactly the rows it means, and none of those between.
    """
    model = Model(random.Random(seed))
    plan = model.build(3, ())
    layout = Layout(Rows(tuple(model.stretches), model.next_row, True))
    model.run(plan, layout, ())
    layout.frame = layout.sheet
    for _, (_, path) in enumerate(model.lines):
        layout.next()
        for _ in range(4):
            first, last = sorted(model.chance.sample(range(1, model.next_row), 2) if model.next_row > 2 else (1, 1))
            for is_fixed in (False, True):
                rows = model.meant(first, last, () if is_fixed else path)
                text = reference_text(
                    Reference("", "A", first, is_fixed, "B", last, is_fixed), layout, layout.frame, None
                )
                fixed = "$" if is_fixed else ""
                expected = f"A{fixed}{min(rows)}:B{fixed}{max(rows)}" if rows else LOST
                if any(first <= stretch.row <= last for stretch in model.stretches):
                    assert text == expected, (seed, first, last, path)
                spans = layout.spans(first, last, is_fixed, is_fixed, layout.frame)
                held = [number for start, end in spans for number in range(start, end + 1)]
                if any(first <= stretch.row <= last for stretch in model.stretches):
                    assert held == rows, (seed, first, last, path)
            stretch = model.chance.choice(model.stretches)
            alone = model.meant(stretch.row, stretch.row, path)
            found = reference_text(Reference("", "A", stretch.row, False), layout, layout.frame, None)
            assert found == (f"A{alone[0]}" if alone else LOST)
