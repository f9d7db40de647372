"""Frozen data: a scheme, its bank and scenarios, an event, forms; each field says what it is and who may see it.

Doors: all modules.
May import: base.
"""


def is_of_model(kind: type) -> bool:
    """Whether a class is one of the model's, whose fields templates may name."""
    return kind.__module__.startswith(f"{__name__}.")
