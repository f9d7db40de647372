"""One tag read by itself: its node of Jinja's syntax tree. Templates of a kit have most in common; each is read once.

What stands in a node is shared by all who ask for the tag, and is never changed.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

import jinja2
from jinja2 import TemplateSyntaxError, nodes
from jinja2.parser import Parser

from kitgen.render.tags.tree import below, is_deeper

MAX_DEPTH: Final = 80
TOO_DEEP: Final = "too deep"
_OPENING: Final = ("for", "if", "with", "macro", "call", "filter")
_PLAIN: Final = re.compile(r"\{\{ (_[a-z]+) \| (_[a-z_]+)(?:\(((?:0|[1-9]\d*)(?:, (?:0|[1-9]\d*))*)\))?\n?\}\}")
_NAME: Final = re.compile(r"\{%[-+]?\s*(\w+)")
_MIDDLE: Final = re.compile(r"\{%[-+]?\s*(else|end\w+)\s*[-+]?%\}")
GRAMMAR: Final = jinja2.Environment(autoescape=False, keep_trailing_newline=True)
"""Only its parser is used, which knows no values; it is that of every `Environment`."""


class OneTag(NamedTuple):
    """Satu tag: the first word of a statement, its node, what is wrong with its grammar, filters and tests it names.

    A value's node is its expression. There is none of `else` and of what ends a statement, nor of what cannot be read.
    """

    name: str
    node: nodes.Node | None = None
    fault: str = ""
    filters: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def is_block(self) -> bool:
        """Whether something stands within it, up to its end."""
        return self.name in _OPENING or isinstance(self.node, nodes.AssignBlock)


@lru_cache(maxsize=8_000)
def read_tag(code: str) -> OneTag:
    """What a tag says, by its Jinja code."""
    plain = _PLAIN.fullmatch(code)
    if plain is not None:
        return _plain_filter(plain[1], plain[2], plain[3] or "")
    found = _NAME.match(code)
    name = found[1] if found is not None else ""
    closed = code
    if found is not None and (name in _OPENING or (name == "set" and "=" not in code[found.end() :])):
        closed = f"{code}{{% end{name} %}}"
    elif name == "elif":
        closed = f"{{% if a %}}{code}{{% endif %}}"
    elif _MIDDLE.fullmatch(code):
        return OneTag(name)
    try:
        tree = nodes.Template(Parser(GRAMMAR, closed).subparse())
    except TemplateSyntaxError as error:
        return OneTag(name, fault=str(error.message))
    except (RecursionError, MemoryError):
        return OneTag(name, fault=TOO_DEEP)
    fault = TOO_DEEP if is_deeper(tree, MAX_DEPTH) else ""
    held = list(below(tree)) if not fault else []
    filters = tuple(node.name for node in held if isinstance(node, nodes.Filter))
    tests = tuple(node.name for node in held if isinstance(node, nodes.Test))
    return OneTag(name, _node(tree, name), fault, filters, tests)


def _plain_filter(name: str, called: str, numbers: str) -> OneTag:
    """The tag of one name and one filter of numbers, as Jinja's parser reads it: most of our own are so."""
    numbered: list[nodes.Expr] = [nodes.Const(int(number), lineno=1) for number in numbers.split(",") if number]
    node = nodes.Filter(nodes.Name(name, "load", lineno=1), called, numbered, [], None, None, lineno=1)
    return OneTag("", node, "", (called,))


def _node(tree: nodes.Template, name: str) -> nodes.Node | None:
    if len(tree.body) != 1:
        return None
    node = tree.body[0]
    if not name:
        return node.nodes[0] if isinstance(node, nodes.Output) and len(node.nodes) == 1 else None
    return node.elif_[0] if name == "elif" and isinstance(node, nodes.If) else node
