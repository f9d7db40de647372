"""The programs of parts beside those Jinja itself would write: what they print, and where a fault is told to stand."""

import pytest
from jinja2 import TemplateSyntaxError

from kitgen.base.errors import Place
from kitgen.render.tags.assembling import assembled
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.marks import Mark, of_tags
from kitgen.render.tags.tags import Tag, find_tags

VALUES = {
    "name": "A<", "items": ["p", "q", "r"], "rows": [{"v": 1, "of": [1]}, {"v": 0, "of": [2]}], "n": 2, "nil": None,
    "group": {"k": "K", "list": [3, 4]},
}  # fmt: skip


def program_of(codes: list[str], environment: Environment) -> str:
    code = environment.code_of(assembled(of_tags(codes, []), "part"), "part")
    template = environment.from_code(code)
    return "".join(template.root_render_func(template.new_context(dict(VALUES))))


def jinjas_own(codes: list[str], environment: Environment) -> str:
    template = environment.from_code(environment.compile(environment.parse("".join(codes)), "part", "part"))
    return "".join(template.root_render_func(template.new_context(dict(VALUES))))


@pytest.mark.parametrize("text", [
    "{{ name }}|{{ 1 }}|{{ 1.5 }}|{{ 'a<' }}|{{ true }}|{{ none }}|{{ group.k }}|{{ group['list'][1] }}|{{ rows[0].v }}",
    "{{ items[1:] | join }}|{{ items[:n] | join }}|{{ items[::2] | join }}|{{ items[0:3:2] | join }}",
    "{{ n + 1 }}|{{ n - 1 }}|{{ n * 3 }}|{{ n / 4 }}|{{ n // 2 }}|{{ n % 2 }}|{{ n ** 3 }}|{{ -n }}|{{ +n }}|{{ not n }}",
    "{{ n == 2 }}|{{ n != 2 }}|{{ 1 < n <= 2 }}|{{ 'p' in items }}|{{ 'p' not in items }}|{{ items == items }}",
    "{{ n and name }}|{{ nil or name }}|{{ 'a' if n else 'b' }}|{{ 'a' if nil }}|{{ name ~ n ~ 'x' }}|{{ (1, 2) | join }}",
    "{{ {'a': 1, name: 2} | length }}|{{ [n, n] | sum }}|{{ (n,) | first }}|{{ name | lower | replace('a', 'b') }}",
    "{{ nope | default('d') }}|{{ nope is defined }}|{{ n is divisibleby(2) }}|{{ n is divisibleby 2 }}|{{ n is not none }}",
    "{{ rows | map(attribute='v') | join(', ') }}|{{ rows | selectattr('v') | list | length }}|{{ range(3) | join }}",
    "{% for i in items %}{{ loop.index }}{{ i }}{% if not loop.last %},{% endif %}{% endfor %}",
    "{% for i in items if i != 'q' %}{{ i }}{% else %}none{% endfor %}{% for i in nil or [] %}{{ i }}{% else %}none{% endfor %}",
    "{% for k, v in group | items %}{{ k }}{{ v is string }}{% endfor %}",
    "{% for row in rows %}{% for i in row.of %}{{ loop.index }}{{ i }}{{ row.v }}{% endfor %}{{ loop.length }}{% endfor %}",
    "{% for row in rows recursive %}{{ row.v }}{% if loop.depth < 3 %}{{ loop(rows[:1]) }}{% endif %}{% else %}x{% endfor %}",
    "{% if n == 1 %}a{% elif n == 2 %}b{% elif n == 3 %}c{% else %}d{% endif %}{% if nil %}{% else %}e{% endif %}",
    "{% set x = 1 %}{% for i in items %}{{ x }}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}",
    "{% if n %}{% set name = 'B' %}{% endif %}{{ name }}{% if nil %}{% set n = 3 %}{% endif %}{{ n }}",
    "{% for i in items %}{{ name }}{% if loop.first %}{% set name = i %}{% endif %}{{ name }}{% endfor %}{{ name }}",
    "{% set a, b = items[:2] %}{{ a }}{{ b }}{% set at = namespace(v=0) %}{% for i in items %}{% set at.v = at.v + 1 %}{% endfor %}{{ at.v }}",
    "{% set x %}<{{ name }}>{% endset %}{{ x | length }}{% set y | upper %}b{{ n }}{% endset %}{{ y }}",
    "{% with a = 1, name = n %}{{ a }}{{ name }}{% with b = a + 1 %}{{ b }}{% endwith %}{% endwith %}{{ name }}",
    "{% macro m(a, b=2, c=a) %}[{{ a }}{{ b }}{{ c }}{{ name }}]{% endmacro %}{{ m(1) }}{{ m(1, c=5) }}{{ m(b=3, a=n) }}",
    "{% macro m() %}{{ varargs | join }}{{ kwargs | length }}{% endmacro %}{{ m(1, 2, x=3) }}{{ m(*items) }}{{ m(**group) }}",
    "{% macro m(a) %}({{ caller(a) }}){% endmacro %}{% call(x) m(n) %}{{ x }}{{ name }}{% endcall %}{% macro w() %}{{ caller() }}{% endmacro %}{% call w() %}-{{ n }}{% endcall %}",
    "{% for i in items %}{% macro m(x) %}{{ x }}{{ i }}{% endmacro %}{{ m(n) }}{% set i = 'z' %}{{ m(n) }}{% endfor %}",
    "{% for name in [name] %}{{ name }}{% endfor %}{% for i in range(2) %}{% for i in range(i) %}{{ i }}{% endfor %}{{ i }}{% endfor %}",
])  # fmt: skip
def test_a_program_prints_what_jinjas_own_prints(text: str) -> None:
    codes = []
    at = 0
    for tag in find_tags(text):
        assert isinstance(tag, Tag)
        if tag.start > at:
            codes.append(f"{{{{ {text[at : tag.start]!r} }}}}")
        codes.append(tag.written)
        at = tag.end
    codes += [f"{{{{ {text[at:]!r} }}}}"] if text[at:] else []
    environment = Environment(lambda written: written.replace("<", "&lt;"))
    environment.filters["_made"] = str  # of a `set` block Jinja keeps the text itself
    made = program_of(codes, environment)
    assert made == jinjas_own(codes, environment)
    assert made
    assert not environment.state.faults


@pytest.mark.parametrize(("codes", "line"), [
    (["{{ n\n}}", "{{ nope\n}}", "{{ n\n}}"], 2),
    (["{{ n\n}}", "{{ nope == n\n}}", "{{ n\n}}"], 2),
    (["{% if n == 1\n%}", "{{ n\n}}", "{% elif nope\n%}", "{% endif\n%}", "{{ n\n}}"], 3),
    (["{% for i in nope\n%}", "{{ i\n}}", "{% endfor\n%}", "{{ n\n}}"], 1),
    (["{{ n\n}}", "{% for i in items if nope\n%}", "{{ i\n}}", "{% endfor\n%}"], 2),
    (["{{ n\n}}", "{% set x = nope ~ n\n%}", "{{ x\n}}"], 2),
    (["{{ n\n}}", "{% with x = nope ~ n\n%}", "{{ x\n}}", "{% endwith\n%}"], 2),
    (["{% macro m(a)\n%}", "{{ a\n}}", "{{ nope\n}}", "{% endmacro\n%}", "{{ m(1)\n}}"], 3),
])  # fmt: skip
def test_a_fault_is_told_of_the_tag_it_stands_in(codes: list[str], line: int) -> None:
    environment = Environment(str)
    tag = Tag("value", "", "", 0, 0, "")
    marks = [Mark(tag, Place("file", number), code) for number, code in enumerate(codes, 1)]
    environment.state.start(dict(VALUES), {"part": marks})
    program_of(codes, environment)
    ((place, name),) = environment.state.faults
    assert (place and place.line, "nope" in name or name) == (line, True)


@pytest.mark.parametrize(("codes", "words"), [
    (["{% if n\n%}", "{% else\n%}", "{% elif n\n%}", "{% endif\n%}"], "unknown tag 'elif'"),
    (["{% for i in n\n%}", "{% endif\n%}"], "'endif'"),
    (["{% for i in n\n%}"], "end of template"),
    (["{% if n\n%}", "{% endif n\n%}"], "end of statement block"),
    (["{% endfor\n%}"], "unknown tag 'endfor'"),
])  # fmt: skip
def test_tags_that_do_not_fit_together_are_told_in_jinjas_words(codes: list[str], words: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=words):
        program_of(codes, Environment(str))
