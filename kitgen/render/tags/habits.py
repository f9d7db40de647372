"""What people write who know other languages: how the same is written here, in the words of their own tag.

In what is to be written `{1}` and `{2}` stand for the pieces a pattern has found.
"""

import re
from collections.abc import Iterable
from typing import Final

from kitgen.base.messages import NOTHING, Message, said

_Habits = tuple[tuple[re.Pattern[str], str], ...]
_QUOTED: Final = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_LONGEST: Final = 500
"""Characters of a tag a person writes; what is longer is not looked through for habits."""
_NAME: Final = r"([\w.\[\]]+)"
_TEST: Final = r"\bis\s+(not\s+)?"


def _habits(written: Iterable[tuple[str, str]]) -> _Habits:
    return tuple((re.compile(pattern), right) for pattern, right in written)


VALUES: Final = _habits((
    # statements, and what other engines call so
    (r"^[#^]if\s+(.+)$", "{% if {1} %}"), (r"^#(?:each|for)\s+(.+)$", "{% for item in {1} %}"),
    (r"^/\s*(?:each|for)$", "{% endfor %}"), (r"^/\s*if$", "{% endif %}"),
    (r"^if\s+(.+?)\s+then\s+(.+?)\s+else\s+(.+)$", "{2} if {1} else {3}"),
    (r"^((?:if|elif|for|set|with|macro)\s.+)$", "{% {1} %}"),
    (r"^\$?\{+\s*([\w.]+)\s*\}+$", "{1}"), (r"^[$@#=:]\s*(\w.*)$", "{1}"),
    (r"^\[.+\bfor\s+(\w+)\s+in\s+(.+)\]$", "{% for {1} in {2} %}"),
))  # fmt: skip
"""Whole tags that print."""
LOOPS: Final = _habits((
    (r"^for\s+(?:each|every)\s+(.+)$", "for {1}"), (r"^for\s*\((.+)\)$", "for {1}"),
    (r"^for\s+(\w+(?:\s*,\s*\w+)*)\s*(?:\b(?!in\b)[a-z]+\b|[:=]+|<-)\s*(\S.*)$", "for {1} in {2}"),
    (r"^for\s+([\w.]+)$", "for item in {1}"), (r"^(for\s+.+?)\s*(?:\bdo|\{)$", "{1}"),
    (r"\b(\d+)\s*\.\.+\s*(\w+)", "range({1}, {2} + 1)"),
))  # fmt: skip
SIGNS: Final = _habits((
    (rf"{_NAME}\s*\?[?:]\s*{_NAME}", "{1} or {2}"), (rf"{_NAME}\?\.{_NAME}", "{1}.{2}"),
    (r"^(.+?)\s*\?\s*(.+?)\s*:\s*(.+)$", "{2} if {1} else {3}"), (r"^(.+?)\s*\?\s*(.+)$", "{2} if {1}"),
    (r"^((?:if|elif)\s+.+?)\s*(?:\bthen|\bmaka|\{)$", "{1}"),
    (r"^(?!if\b|elif\b)(.+?)\s+then\s+(.+?)\s+else\s+(.+)$", "{2} if {1} else {3}"),
    (r"^(?!if\b|elif\b)(.+?)\s+then\s+(.+)$", "{2} if {1}"), (r"^else\s+(.+)$", "elif {1}"),
    ("&&", "and"), (r"\|\|", "or"), ("=!", "!="), ("[!=]==", "=="), ("<>|≠", "!="), ("!(?!=)", "not"),
    ("=>|≥", ">="), ("=<|≤", "<="), ("×", "*"), ("÷", "/"), ("—", "-"),
    *((rf"\b(?!{word}\b)(?i:{word})\b", word) for word in ("and", "or", "not", "in", "is", "if", "else")),
    (r"\b(?:equals|eq)\b", "=="), (rf"{_NAME}\s+(?:contains|has|memuat)\s+([\w.\[\]']+)", "{2} in {1}"),
    (rf"{_NAME}\s+not\s+{_NAME}", "{1} and not {2}"),
    (rf"{_NAME}\s*\+\+$", "{1} + 1"), (rf"{_NAME}\s*([-+*/])=\s*(.+)$", "{1} {2} {3}"),
    (rf"{_NAME}(?:->|::){_NAME}", "{1}.{2}"), (r"^(set\s+\w+)\s*(?:==|:=|:|\s)\s*([^=\s].*)$", "{1} = {2}"),
    ("[`´](.*)[`´]", '"{1}"'), (r"\b[fru]('_*')$", "{1}"), ("&", "~"), (r"^(.*\S)\s*;$", "{1}"),
    (r"(\|\s*\w+)\s*:\s*(.+)$", "{1}({2})"), (r"(\|\s*\w+)\s+([\w'].*)$", "{1}({2})"), (r"^(.+?)\s*\|$", "{1}"),
))  # fmt: skip
"""Signs and words within any tag that cannot be read."""
STATEMENTS: Final = _habits((
    (r"^(?i:foreach|for_each|each|repeat|loop)\s+(\w+)\s+(?:in|of|on)\s+(.+)$", "for {1} in {2}"),
    (r"^(?i:foreach|for_each|each|repeat|loop)\s+(.+?)\s+as\s+(\w+)$", "for {2} in {1}"),
    (r"^(?i:foreach|for_each|each|repeat|loop|while)\b.*$", "for item in list"),
    (r"^(?i:end|/)[\s_-]*(?i:foreach|for_each|each|loop|repeat|while|next)$", "endfor"),
    (r"^/\s*(if|for|set|with|macro)$", "end{1}"), (r"^(?i:end)[\s_-]+(if|for|set|with|macro)\b.*$", "end{1}"),
    (r"^(?i:next|done|wend)\b.*$", "endfor"), (r"^(?i:fi)$", "endif"),
    (r"^(?i:unless)\s+(.+)$", "if not {1}"), (r"^(?i:end)[\s_-]*(?i:unless|switch|case|select)$", "endif"),
    (r"^(?i:switch|select|case|when)\s+(.+)$", "if {1} == ..."), (r"^(?i:default|otherwise)$", "else"),
    (r"^(?i:assign|let|var|def|const)\s+(\w+)\s*=\s*(.+)$", "set {1} = {2}"),
    (r"^(\w+)\s*=(?!=)\s*(.+)$", "set {1} = {2}"), (r"^(?i:elseif|elsif|elif|else[_-]if)\b\s*(.*)$", "elif {1}"),
    (r"^(?i:print|echo|write|cetak)\s+(.+)$", "{{ {1} }}"),
))  # fmt: skip
NAMES: Final = {
    **dict.fromkeys(("null", "NULL", "Null", "nil", "undefined", "NONE"), "none"),
    "TRUE": "true", "FALSE": "false",
    **{name: f"{{% {name} %}}" for name in ("endif", "endfor", "else", "endset", "endwith", "endmacro")},
}  # fmt: skip
"""Names that are not given and mean something else."""
TESTS: Final = {
    **dict.fromkeys(("empty", "blank", "null", "nil", "kosong"), "not {value}"),
    **dict.fromkeys(("present", "filled", "set", "given", "exists"), "{value}"),
    **dict.fromkeys(("list", "array", "tuple"), "{value} is sequence"),
    **dict.fromkeys(("dict", "object", "group"), "{value} is mapping"),
    **dict.fromkeys(("text", "str"), "{value} is string"),
    **dict.fromkeys(("contains", "has"), "... in {value}"),
}
FILTERS: Final = {
    **dict.fromkeys(("len", "length", "size", "count"), "length"), **dict.fromkeys(("sorted", "sort"), "sort"),
    **dict.fromkeys(("strip", "trim"), "trim"), **dict.fromkeys(("reversed", "reverse"), "reverse"), "str": "string",
    **dict.fromkeys(("toUpperCase", "upper", "UPPER"), "upper"),
    **dict.fromkeys(("toLowerCase", "lower", "LOWER"), "lower"), "capitalize": "capitalize",
    **{name: name for name in ("int", "float", "round", "abs", "sum", "max", "min", "list", "first", "last", "join",
                               "title", "replace", "unique", "default")},
}  # fmt: skip
"""Functions, parts and methods of other languages: the filter that gives the same."""
_TODAY: Final = ("now", "today", "hari_ini", "sekarang")
_PARTS: Final = ("length", "len", "size", "count", "first", "last")
_LENGTHS: Final = _PARTS[:4]


def as_written_here(habits: _Habits, inner: str) -> Message:
    """What to write for what the text of a tag holds; `NOTHING` if it holds none of these habits."""
    if len(inner) > _LONGEST:
        return NOTHING
    hidden = _QUOTED.sub(lambda found: f"'{'_' * (len(found[0]) - 2)}'", inner)
    for pattern, right in habits:
        found = pattern.search(hidden)
        if found is None:
            continue
        for number in range(1, len(found.groups()) + 1):
            piece = inner[found.start(number) : found.end(number)].strip()
            right = right.replace(f"{{{number}}}", piece)
        if right != (sign := inner[found.start() : found.end()].strip()):
            return write_for(right.strip(), sign)
    return NOTHING


def write_for(word: str, sign: str) -> Message:
    """The advice to write one thing in the place of another."""
    return said("write `{word}` for `{sign}`", word=word, sign=sign)


def advice_on_name(name: str, inner: str, *, is_in_group: bool) -> Message:
    """What to write for a name that is not given, if it is one of another language.

    `is_in_group`: whether it was asked of a group of values, in which a misspelled name is likelier.
    """
    if len(inner) > _LONGEST:
        return NOTHING
    if called := re.search(rf"(?<![\w.]){re.escape(name)}\(([^()]*)\)", inner):
        if name == "enumerate":
            return write_for("loop.index", called[0])
        if name in FILTERS and called[1]:
            value, _, rest = called[1].partition(",")
            more = f"({rest.strip()})" if rest else ""
            return write_for(f"{value.strip()} | {FILTERS[name]}{more}", called[0])
    if asked := re.search(rf"([\w.\[\]]+)\.{re.escape(name)}\b(?:\(([^()]*)\))?", inner):
        names = _LENGTHS if is_in_group else FILTERS if asked[0].endswith(")") else _PARTS
        if name in names:
            more = f"({asked[2]})" if asked[2] else ""
            return write_for(f"{asked[1]} | {FILTERS[name]}{more}", asked[0])
        return NOTHING
    if name in _TODAY:
        return said("a document says the same each time it is made; give the day as a value")
    return write_for(NAMES[name], name) if name in NAMES else NOTHING


def advice_on_test(test: str, inner: str) -> Message:
    """What to write for a test there is none of, if another language has it."""
    if len(inner) > _LONGEST:
        return NOTHING
    found = re.search(rf"([\w.\[\]]+)\s+{_TEST}{re.escape(test)}\b", inner)
    if found is None or test not in TESTS:
        return NOTHING
    right = TESTS[test].format(value=found[1])
    if found[2]:
        right = right.removeprefix("not ") if right.startswith("not ") else f"not {right}"
    return write_for(right, found[0])
