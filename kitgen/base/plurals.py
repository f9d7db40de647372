"""How numbers of things are told: `1 document is`, `2 documents are`, never `1 documents`."""


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun; `many` where it is not the noun with an s: `counted(2, "copy", "copies")`."""
    return f"{count} {agreeing(count, one, many or f'{one}s')}"


def agreeing(count: int, one: str, many: str) -> str:
    """The words that go with so many: `agreeing(1, "is", "are")`."""
    return one if count == 1 else many
