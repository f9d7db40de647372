"""What a fault of a tag means in the words of whoever wrote the template, and what to write instead.

Python and Jinja speak of tokens and types, and of the values they met; a value may be a person's, so none is told.
"""

import re
from typing import Final

from kitgen.base.messages import NOTHING, Message, said
from kitgen.render.tags.filters import OutOfBounds, Unworkable
from kitgen.render.tags.habits import LOOPS, SIGNS, STATEMENTS, VALUES, as_written_here, write_for
from kitgen.render.tags.tags import Tag

_QUOTED: Final = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_LONE_EQUALS: Final = re.compile(r"(?<![=!<>])=(?!=)")
_STATEMENTS: Final = ("if", "elif", "else", "endif", "for", "endfor", "set", "include", "macro", "endmacro")
_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
_TWO_WORDS: Final = re.compile(r"\s*([A-Za-z_]\w*)\s+([A-Za-z_]\w*)\b(?!\s*\()")
_WORDS_OF_JINJA: Final = frozenset({"if", "else", "not", "and", "or", "in", "is", "for", "set", "with"})
_KINDS: Final = {
    "str": said("a text"), "int": said("a number"), "float": said("a number"), "list": said("a list"),
    "tuple": said("a list"), "dict": said("a group of values"), "NoneType": said("nothing"),
    "bool": said("yes or no"), "date": said("a date"), "datetime": said("a date"), "Decimal": said("a number"),
}  # fmt: skip
_OTHER: Final = said("something else")
_COMPARED: Final = re.compile(r"'([<>=]+)' not supported between instances of '(\w+)' and '(\w+)'")
_CALCULATED: Final = re.compile(r"unsupported operand type\(s\) for ([^:]+): '(\w+)' and '(\w+)'")
_JOINED: Final = re.compile(r'can only concatenate (\w+) \(not "(\w+)"\) to \w+')
_NO_LIST: Final = re.compile(
    r"'(\w+)' object is not (?:iterable|subscriptable|a mapping)|object of type '(\w+)' has no len"
)


def advice_on(tag: Tag) -> Message:
    """What to write instead of a tag that cannot be read."""
    inner = _QUOTED.sub('""', tag.inner)
    if not inner:
        return said("take it out, or write in it what it is to do")
    if tag.kind == "statement" and tag.name == "else" and tag.argument.startswith("if"):
        return said("`else if` is written `elif`")
    if tag.name in ("if", "elif", "for") and not tag.argument:
        example = "for item in list" if tag.name == "for" else f"{tag.name} name"
        return write_for(example, tag.inner)
    if "{{" in inner or "}}" in inner:
        return said("no braces stand within a tag: write the name alone")
    tables = (VALUES, SIGNS) if tag.kind == "value" else (LOOPS, SIGNS) if tag.name == "for" else (SIGNS,)
    is_set = tag.name in ("set", "with", "macro", "call")
    for table in tables:
        if table is SIGNS and not is_set and "(" not in inner and _is_lone_equals(inner):
            return said("`==` compares; a single `=` only follows `set`")
        if instead := as_written_here(table, tag.inner):
            return instead
    if tag.kind == "value" and (found := _TWO_WORDS.match(inner)) and not {found[1], found[2]} & _WORDS_OF_JINJA:
        return said("names have no blanks: write `{first}_{second}` or `{first}.{second}`, as it is called",
                    first=found[1], second=found[2])  # fmt: skip
    if re.match(r"\d+[A-Za-z_]", inner):
        return said("a name begins with a letter")
    return _advice_on_brackets(inner) or said("check its brackets, quotes and dots")


def _is_lone_equals(inner: str) -> bool:
    found = _LONE_EQUALS.search(inner)
    return found is not None and inner[found.end() : found.end() + 1] not in tuple("!<>~")


def _advice_on_brackets(inner: str) -> Message:
    """Which bracket has no partner."""
    waiting: list[str] = []
    for sign in inner:
        if sign in _PAIRS:
            waiting.append(sign)
        elif sign in _PAIRS.values():
            if not waiting or _PAIRS[waiting.pop()] != sign:
                return said("leave `{sign}` out, or open it before", sign=sign)
    return (
        said("`{sign}` is opened and not closed: write `{word}`", sign=waiting[-1], word=_PAIRS[waiting[-1]])
        if waiting
        else NOTHING
    )


def advice_on_statement(name: str, tag: Tag) -> Message:
    """What to write instead of a statement that does not exist."""
    if name.lower() in ("p", "tr", "tc", "r"):
        rest = tag.argument
        return said("write `{{%{name} {rest} %}}` with no blank before the `{name}`", name=name.lower(), rest=rest)
    if found := as_written_here(STATEMENTS, tag.inner):
        return found
    if name not in _STATEMENTS and name.lower() in _STATEMENTS:
        return write_for(name.lower(), name)
    if name.lower() == "end":
        return said("write `endfor` or `endif`")
    if name.lower() in ("break", "continue"):
        return said("choose before: `{% for item in list | selectattr(...) %}`")
    return NOTHING


def advice_on_printing(tag: Tag, near: Message) -> Message:
    """What to write instead of a statement that is none and like none: a value is printed by other braces."""
    if near or tag.argument or not tag.name.isidentifier():
        return near
    return write_for(f"{{{{ {tag.name} }}}}", f"{{% {tag.name} %}}")


def explained(error: Exception) -> tuple[Message, Message]:
    """What went wrong while a tag was worked out, and what to do; never a value."""
    if isinstance(error, OutOfBounds | RecursionError):
        why = said("a macro or loop calls itself without end") if isinstance(error, RecursionError) else error.args[0]
        return said("template asks for too much: {error}", error=why), NOTHING
    if isinstance(error, Unworkable):
        return said("tag cannot be worked out: {error}", error=error.args[0]), said("check the kinds of its values")
    if isinstance(error, ZeroDivisionError):
        return (said("tag cannot be worked out: division by zero"),
                said("ask before with `{% if ... %}` whether the number is 0"))  # fmt: skip
    text = str(error)
    if isinstance(error, TypeError) and (found := _COMPARED.search(text)):
        kinds = {"sign": found[1], "one": _kind(found[2]), "other": _kind(found[3])}
        return (said("`{sign}` cannot compare {one} with {other}", **kinds),
                said("make a number of a text with `| int`, or compare texts with `==`"))  # fmt: skip
    found = _CALCULATED.search(text) or _JOINED.search(text)
    if isinstance(error, TypeError) and found is not None:
        sign, one, other = found.groups() if len(found.groups()) == 3 else ("+", *found.groups())
        return (said("`{sign}` cannot work with {one} and {other}", sign=sign, one=_kind(one), other=_kind(other)),
                said("make a number of a text with `| int`; put texts together with `~`"))  # fmt: skip
    if isinstance(error, TypeError) and (found := _NO_LIST.search(text)):
        return (said("{kind} stands where a list can", kind=_kind(found[1] or found[2])),
                said("name a list, or a part of the value"))  # fmt: skip
    return said("tag cannot be worked out"), said("check the kinds of its values")


def _kind(name: str) -> Message:
    return _KINDS.get(name, _OTHER)
