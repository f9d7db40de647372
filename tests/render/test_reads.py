"""What a template is said to read holds all that it does read."""

from pathlib import Path
from typing import Any

import pytest
from examples import examples
from harness import paragraphs, word_template
from hypothesis import given
from hypothesis import strategies as st

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template
from kitgen.render.compiled import CompiledTemplate

SNIPPETS = [
    "{{ scheme.title }}",
    "{{ scheme['number'] | upper }}",
    "{% for u in units %}{{ u.code }}{% for e in u.elements %}{{ e.title }}{{ loop.index }}{% endfor %}{% endfor %}",
    "{% for u in units if u.code != 'x' %}{{ u['title'] }}{% endfor %}",
    "{% for u in units | sort(attribute='code') %}{{ u.title }}{% endfor %}",
    "{% for u in units | at_least(3) %}{{ u.title }}{% endfor %}",
    "{% for u in units[1:] %}{{ u.code }}{% endfor %}",
    "{{ (units | first).code if units else scheme.title }}",
    "{{ units[0].elements[0].title if units and units[0].elements }}",
    "{{ units | map(attribute='code') | join(', ') }}",
    "{% for group in units | groupby('code') %}{{ group.grouper }}{% for u in group.list %}{{ u.title }}{% endfor %}{% endfor %}",
    "{{ units | selectattr('code', 'equalto', 'a') | map(attribute='title') | join }}",
    "{% set s = scheme %}{{ s.number }}{% set s = units %}{{ s | length }}",
    "{% set n = namespace(v=scheme) %}{% for u in units %}{% set n.v = u %}{% endfor %}{{ n.v.title }}",
    "{% with a = scheme, b = units %}{{ a.title }}{% for u in b %}{{ u.code }}{% endfor %}{% endwith %}",
    "{% macro m(x, y=scheme) %}{{ x.title }}{{ y.number }}{% endmacro %}{{ m(scheme) }}{% for u in units %}{{ m(u) }}{% endfor %}",
    "{% for k, v in scheme | dictsort %}{{ k }}{{ v }}{% endfor %}",
    "{% for u in units %}{{ loop.previtem.code if not loop.first }}{{ loop.nextitem.title if not loop.last }}{% endfor %}",
    "{% for pair in units | batch(2) %}{% for u in pair %}{{ u.code }}{% endfor %}{% endfor %}",
    "{{ scheme[key] }}",
    "{% for u in (units if flag else []) %}{{ u.title }}{% endfor %}",
    "{% for u in units + units %}{{ u.code }}{% endfor %}",
    "{{ [scheme][0].title }}{{ (scheme or 1).number }}",
    "{% if scheme.title == units | length %}{{ flag }}{% elif scheme.number in ['1'] %}x{% endif %}",
    "{% for u in units recursive %}{{ u.code }}{{ loop(u.elements) if u.elements }}{% endfor %}",
    "{{ absent | default(scheme.title) }}",
    "{{ 'a/b' | choose(scheme.title) }}",
]
TEXTS = st.sampled_from(["a", "b", "x", "", "judul"])
UNITS = st.lists(
    st.fixed_dictionaries(
        {"code": TEXTS, "title": TEXTS, "elements": st.lists(st.fixed_dictionaries({"code": TEXTS, "title": TEXTS, "elements": st.just([])}), max_size=2)}
    ),
    max_size=3,
)  # fmt: skip
VALUES = st.fixed_dictionaries(
    {"scheme": st.fixed_dictionaries({"title": TEXTS, "number": TEXTS}), "units": UNITS, "flag": st.booleans(), "key": st.sampled_from(["title", "number"])}
)  # fmt: skip


def paths_of(value: Any, path: str, found: dict[int, str]) -> None:
    """Every group and list of the values with its path."""
    if isinstance(value, dict):
        found[id(value)] = path
        for name, below in value.items():
            paths_of(below, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list):
        found[id(value)] = path
        for item in value:
            paths_of(item, f"{path}[]", found)


def recorded(template: CompiledTemplate, values: dict[str, Any]) -> set[str]:
    """Render, and note every value asked for, by its path."""
    environment: Any = template.environment
    where: dict[int, str] = {}
    paths_of(values, "", where)
    asked: set[str] = set()
    originals = environment.getattr, environment.getitem

    def noting(original: Any) -> Any:
        def read(obj: Any, name: Any) -> Any:
            path = where.get(id(obj))
            if path is not None and isinstance(obj, dict) and name in obj:
                asked.add(f"{path}.{name}")
            return original(obj, name)

        return read

    environment.getattr, environment.getitem = map(noting, originals)
    try:
        template.render(values)
    except KitgenError:
        pass  # what was read before the fault counts all the same
    finally:
        environment.getattr, environment.getitem = originals
    return asked


def is_within(path: str, reads: frozenset[str]) -> bool:
    """Whether a path is named, lies below one that counts as a whole, or leads to one that is named."""
    for read in reads:
        whole = read.removesuffix(".*")
        if path == read or read.startswith((f"{path}.", f"{path}[")):
            return True
        if read.endswith(".*") and (path.startswith((f"{whole}.", f"{whole}[")) or path == whole):
            return True
    return False


_COMPILED: dict[tuple[int, ...], CompiledTemplate] = {}


@examples(150)
@given(chosen=st.lists(st.integers(0, len(SNIPPETS) - 1), min_size=1, max_size=3), values=VALUES)
def test_what_is_read_lies_within_reads(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[int], values: dict[str, Any]
) -> None:
    """Every value asked for while rendering is in `reads`, whichever way the template gets at it."""
    key = tuple(chosen)
    if key not in _COMPILED:
        path = word_template(tmp_path_factory.mktemp("reads"), paragraphs(*(SNIPPETS[number] for number in chosen)))
        _COMPILED[key] = compile_template(path)
    template = _COMPILED[key]
    asked = recorded(template, values)
    outside = {path for path in asked if not is_within(path, template.reads)}
    assert not outside, (outside, sorted(template.reads))


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_each_way_is_read_at_all(tmp_path: Path, number: int) -> None:
    """The record sees what each snippet reads, so that the property above can fail."""
    units = [
        {"code": "a", "title": "t", "elements": [{"code": "e", "title": "u", "elements": []}]},
        {"code": "b", "title": "v", "elements": []},
    ]
    values = {"scheme": {"title": "judul", "number": "1"}, "units": units, "flag": True, "key": "title"}
    template = compile_template(word_template(tmp_path, paragraphs(SNIPPETS[number])))
    asked = recorded(template, values)
    assert asked or "dictsort" in SNIPPETS[number]  # goes through all without asking for one
    assert not is_within("scheme.rahasia.sekali", frozenset({"scheme.title"}))
    assert all(is_within(path, template.reads) for path in asked)
