"""Pairs two lists so that all pairs together fit best (Hungarian method, in whole numbers). Pure."""

from collections.abc import Iterator, Mapping

Pair = tuple[int, int]


def best_pairs(weights: Mapping[Pair, int]) -> dict[int, int]:
    """The right partner of each left one so that the weights add up to the most; the same for the same weights.

    `weights` holds the pairs that may be, by (left, right), none negative; what is in no pair stays alone. What is not
    connected is paired apart, so that many small questions stay small.
    """
    found: dict[int, int] = {}
    for lefts, rights in _islands(weights):
        found |= _paired(lefts, rights, weights)
    return found


def _islands(weights: Mapping[Pair, int]) -> Iterator[tuple[list[int], list[int]]]:
    """Left and right ones that hang together by pairs, in order."""
    of_left: dict[int, list[int]] = {}
    of_right: dict[int, list[int]] = {}
    for left, right in weights:
        of_left.setdefault(left, []).append(right)
        of_right.setdefault(right, []).append(left)
    seen: set[int] = set()
    for start in sorted(of_left):
        if start in seen:
            continue
        lefts, rights, waiting = {start}, set[int](), [start]
        while waiting:
            for right in of_left[waiting.pop()]:
                if right not in rights:
                    rights.add(right)
                    waiting += [left for left in of_right[right] if left not in lefts]
                    lefts |= set(of_right[right])
        seen |= lefts
        yield sorted(lefts), sorted(rights)


def _paired(lefts: list[int], rights: list[int], weights: Mapping[Pair, int]) -> dict[int, int]:
    """The best pairs of one island; a left one without partner is given a place of its own that costs nothing."""
    wide = len(rights) + len(lefts)
    cost = [[-weights.get((left, right), 0) for right in rights] + [0] * len(lefts) for left in lefts]
    row_price, column_price = [0] * (len(lefts) + 1), [0] * (wide + 1)
    taken, way = [0] * (wide + 1), [0] * (wide + 1)
    for row in range(1, len(lefts) + 1):
        taken[0], column = row, 0
        least: list[int | None] = [None] * (wide + 1)
        used = [False] * (wide + 1)
        while taken[column]:
            used[column] = True
            here, delta, following = taken[column], None, 0
            for other in range(1, wide + 1):
                if used[other]:
                    continue
                price = cost[here - 1][other - 1] - row_price[here] - column_price[other]
                known = least[other]
                if known is None or price < known:
                    least[other], way[other], known = price, column, price
                if delta is None or known < delta:
                    delta, following = known, other
            step = delta or 0
            for other in range(wide + 1):
                if used[other]:
                    row_price[taken[other]] += step
                    column_price[other] -= step
                elif other and (known := least[other]) is not None:
                    least[other] = known - step
            column = following
        while column:
            taken[column], column = taken[way[column]], way[column]
    pairs = ((lefts[taken[column] - 1], rights[column - 1]) for column in range(1, len(rights) + 1) if taken[column])
    return {left: right for left, right in pairs if (left, right) in weights}
