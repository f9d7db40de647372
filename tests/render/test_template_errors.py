"""Faults of a template: what is said, and where; all of them at once, each once; and none of them takes long."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import paragraphs, table, within, word_template

from kitgen.base.errors import Diagnostic, KitgenError
from kitgen.render import compile_template

VALUES = {
    "name": "Asesi & <Contoh>",
    "unit": {"code": "A.1", "title": "Satu"},
    "units": [
        {"code": "A.1", "title": "Satu", "items": ["a"]},
        {"code": "A.2", "title": "Dua", "items": []},
    ],
    "number": 7,
}
Build = Callable[[Any], None]


def faults(tmp_path: Path, build: Build) -> list[Diagnostic]:
    """The problems of a template made for the case."""
    path = word_template(tmp_path, build)
    with within(seconds=2, megabytes=200), pytest.raises(KitgenError) as caught:
        compile_template(path, "docx/case.docx").render(VALUES)
    assert all(problem.place and problem.place.file == "docx/case.docx" for problem in caught.value.diagnostics)
    return list(caught.value.diagnostics)


def fault(tmp_path: Path, build: Build) -> Diagnostic:
    (problem,) = faults(tmp_path, build)
    return problem


def spot(problem: Diagnostic) -> str:
    assert problem.place is not None
    return problem.place.spot


def written(problem: Diagnostic) -> str:
    assert problem.place is not None
    return problem.place.text


# One slip, one message: what is wrong, the tag as written, what to do


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        (
            "{{ nmae }}",
            "template uses `nmae`, which it is not given",
            "did you mean `name`?",
        ),
        (
            "{{ unit.titel }}",
            "template uses `titel`, which it is not given",
            "did you mean `title`?",
        ),
        (
            "{{ unit.title.short }}",
            "template uses `short`, which it is not given",
            "this is a text",
        ),
        (
            "{{ units.title }}",
            "template uses `title`, which it is not given",
            "this is a list; loop over it",
        ),
        ("{{ units[7].code }}", "template uses `7`, which it is not given", ""),
        (
            "{{ missing.deep.deeper }}",
            "template uses `missing`, which it is not given",
            "",
        ),
        ("{{ helper(name) }}", "template uses `helper`, which it is not given", ""),
        ("{{ name | uper }}", "there is no filter `uper`", "did you mean `upper`?"),
        ("{{ number is evenn }}", "there is no test `evenn`", "did you mean `even`?"),
        ("{% foor %}", "`foor` is no statement kitgen knows", "did you mean `for`?"),
        (
            "{% endfr %}",
            "`endfr` is no statement kitgen knows",
            "did you mean `endfor`?",
        ),
        (
            "{{ units }}",
            "template prints a list as one text",
            "loop over it with `{% for %}`",
        ),
        (
            "{{ unit }}",
            "template prints a group of values as one text",
            "name one of its parts",
        ),
        (
            "{{ name name }}",
            "tag cannot be read: expected token 'end of print statement', got 'name'",
            "names have no blanks",
        ),
        (
            "{{ }}",
            "tag cannot be read: Expected an expression",
            "take it out, or write in it what it is to do",
        ),
        ("{{ (name }}", "tag cannot be read: unexpected '}'", "`(` is opened and not closed"),
        ("{{ number / 0 }}", "tag cannot be worked out: division by zero", ""),
        (
            "{{ name + number }}",
            "`+` cannot work with a text and a number",
            "put texts together with `~`",
        ),
        ("{% endfor %}", "`endfor` closes nothing: no `for` is open before it", ""),
        ("{% else %}", "`else` stands outside of the `if` or `for` it belongs to", ""),
        ("{% if name %}", "`if` is opened but never closed by `endif`", ""),
        (
            "{{ name",
            "`{{` is opened but not closed by `}}` in this paragraph",
            "write the tag within one paragraph",
        ),
        (
            "name }}",
            "`}}` closes a tag that is not opened by `{{` in this paragraph",
            "write the tag within one",
        ),
        (
            "{{ name }",
            "`{{` is opened but not closed by `}}`",
            "write `}}` for `}`",
        ),
        (
            "{{ name %}",
            "`{{` is opened but not closed by `}}`",
            "write `}}` for `%}`",
        ),
        (
            "{% include 'x.docx' %}",
            "only a block can be included",
            "write `{%p include",
        ),
        ("{% vm %}", "`vm` shapes a table cell, but stands in none", ""),
        (
            "{% raw %}{{ x }}{% endraw %}",
            "`raw` is not taken in a template",
            "write `{_{`",
        ),
        (
            "{% filter upper %}{{ name }}{% endfilter %}",
            "`filter` is not taken in a template",
            "behind the value",
        ),
        ("{% extends 'x' %}", "`extends` is not taken in a template", "include"),
        ("{% import 'os' as os %}", "`import` is not taken in a template", "include"),
    ],
)
def test_a_slip_is_told_in_its_words(tmp_path: Path, text: str, message: str, help: str) -> None:
    """The message names what is wrong, the place shows the tag as written, help says what to do."""
    problem = fault(tmp_path, paragraphs("teks", f"sebelum {text} sesudah"))
    assert problem.message.startswith(message)
    assert help in problem.help
    assert spot(problem) == "paragraph 2"
    assert text[:6] in written(problem)


HABITS = [
    ("{{ a then b }}", "b if a"), ("{{ a then b else c }}", "b if a else c"), ("{{ a ? b : c }}", "b if a else c"),
    ("{{ a ? 'x: y' : c }}", "'x: y' if a else c"), ("{{ a ?? b }}", "a or b"), ("{{ a ?: b }}", "a or b"),
    ("{{ a?.b }}", "a.b"), ("{{ a->b }}", "a.b"), ("{{ if a then b else c }}", "b if a else c"),
    ("{{ if a }}x{% endif %}", "{% if a %}"), ("{{#if a}}", "{% if a %}"), ("{{/each}}", "{% endfor %}"),
    ("{{ ${a} }}", "a"), ("{{{ a }}}", "a"), ("{{ $a }}", "a"), ("{{ a | default: 'x' }}", "| default('x')"),
    ("{{ a | join ', ' }}", "| join(', ')"), ("{{ a || 'b' }}", "or"), ("{{ a && b }}", "and"), ("{{ !a }}", "not"),
    ("{{ a & b }}", "~"), ("{{ `a` }}", '"a"'), ("{{ a; }}", "a"), ("{{ n++ }}", "n + 1"),
    ("{% if a contains b %}{% endif %}", "b in a"), ("{% if a =! b %}{% endif %}", "!="),
    ("{% if a then %}{% endif %}", "if a"), ("{% if a %}{% elseif b %}{% endif %}", "elif b"),
    ("{% if a %}{% else b %}{% endif %}", "elif b"), ("{% if %}{% endif %}", "if name"),
    ("{% for x on y %}{% endfor %}", "for x in y"), ("{% for x : y %}{% endfor %}", "for x in y"),
    ("{% for x dari y %}{% endfor %}", "for x in y"), ("{% for y %}{% endfor %}", "for item in y"),
    ("{% for each x in y %}{% endfor %}", "for x in y"), ("{% for (x in y) %}{% endfor %}", "for x in y"),
    ("{% for x in y do %}{% endfor %}", "for x in y"), ("{% for i in 1..3 %}{% endfor %}", "range(1, 3 + 1)"),
    ("{% foreach y as x %}", "for x in y"), ("{% foreach x in y %}", "for x in y"), ("{% endforeach %}", "endfor"),
    ("{% end if %}", "endif"), ("{% unless a %}", "if not a"), ("{% switch a %}", "if a == ..."),
    ("{% let x = 1 %}", "set x = 1"), ("{% x = 1 %}", "set x = 1"), ("{% set x == 1 %}", "set x = 1"),
    ("{% print a %}", "{{ a }}"), ("{% name %}", "{{ name }}"), ("{{ name is empty }}", "not name"),
    ("{{ name is not null %}", "}}"), ("{{ name is not blank }}", "name"), ("{{ units is list }}", "units is sequence"),
    ("{{ len(units) }}", "units | length"), ("{{ upper(name) }}", "name | upper"), ("{{ round(number, 2) }}", "number | round(2)"),
    ("{{ name.upper() }}", "name | upper"), ("{{ units.length }}", "units | length"), ("{{ unit.size }}", "unit | length"),
    ("{% if name == null %}{% endif %}", "none"), ("{% if name == TRUE %}{% endif %}", "true"),
    ("{% if name }x{% endif %}", "%}"), ("{{ name %}", "}}"), ("{{ endif }}", "{% endif %}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "instead"), HABITS)
def test_a_habit_of_another_language_is_told_how_it_is_written_here(tmp_path: Path, text: str, instead: str) -> None:
    """The remedy says what to write in the words of the tag, never that its brackets be checked."""
    found = [problem.help for problem in faults(tmp_path, paragraphs(text))]
    assert any(f"write `{instead}` for `" in help for help in found), found


def test_a_near_name_of_a_group_is_likelier_than_a_filter(tmp_path: Path) -> None:
    """`unit.title` may be a slip for `titles`, or a name to come: it is no method."""
    assert "|" not in fault(tmp_path, paragraphs("{{ unit.first }}")).help


@pytest.mark.parametrize(
    ("text", "help"),
    [("{%p if name %}", "write `{%p endif %}` where it ends"), ("{% set x %}", "write `=` behind the name"),
     ("{% if {{ name }} %}", "write the name alone"), ("{{ {{ name }} }}", "write the name alone"),
     ("{{ (name }}", "`(` is opened and not closed: write `)`"), ("{{ name) }}", "leave `)` out"),
     ("{{ 2name }}", "a name begins with a letter"), ("{{ today }}", "give the day as a value")],
)  # fmt: skip
def test_other_slips_have_their_remedy(tmp_path: Path, text: str, help: str) -> None:
    """A forgotten end, braces within braces, brackets without partners."""
    found = [problem.help for problem in faults(tmp_path, paragraphs(text))]
    assert any(help in each for each in found), found


@pytest.mark.parametrize(
    "text", ["{ { name } }", "{ % if name % }", "{ # note # }", "｛｛ name ｝｝", "ada { { name | upper } } di sini"]
)
def test_braces_that_are_no_tag_are_told(tmp_path: Path, text: str) -> None:
    """A blank between two braces makes plain text of a tag: it is printed, with a warning of its place."""
    template = compile_template(word_template(tmp_path, paragraphs("teks", text)), "t.docx")
    (warning,) = template.warnings
    assert warning.message == "this is no tag and is printed as it stands"
    assert spot(warning) == "paragraph 2"


@pytest.mark.parametrize("text", ["{1, 2}", "{ {a}, {b} }", "{name}", "{ a: { b: 1 } }", "100 %", "{_{ name }_}"])
def test_plain_braces_are_plain(tmp_path: Path, text: str) -> None:
    """Sets, code and the way braces are written that are meant as text give no warning."""
    assert not compile_template(word_template(tmp_path, paragraphs(text)), "t.docx").warnings


def test_a_placeholder_is_found_in_its_cell(tmp_path: Path) -> None:
    """Table, row and cell are counted as a person counts them; headers and footers are named."""

    def build(document: Any) -> None:
        table(["a", "b"], ["c", "{{ satu }}"])(document)
        table(["{{ dua }}"])(document)
        document.add_paragraph("{{ tiga }}")
        document.sections[0].header.add_table(rows=1, cols=2, width=100).cell(0, 1).text = "{{ empat }}"
        document.sections[0].footer.paragraphs[0].text = "{{ lima }}"

    assert {problem.message.split("`")[1]: spot(problem) for problem in faults(tmp_path, build)} == {
        "satu": "table 1, row 2, cell 2",
        "dua": "table 2, row 1, cell 1",
        "tiga": "paragraph 1",
        "empat": "header1, table 1, row 1, cell 2",
        "lima": "footer1, paragraph 1",
    }


# Loops and rows


def test_a_loop_opened_in_a_row_and_closed_in_another_cell_names_both(
    tmp_path: Path,
) -> None:
    """The end is shown with its place, the beginning with its own in the help."""
    problem = fault(tmp_path, table(["a", "{% for u in units %}"], ["{% endfor %}", "b"]))
    assert problem.message == ("`{% endfor %}` stands in another cell than `{% for u in units %}`, which it belongs to")
    assert spot(problem) == "table 1, row 2, cell 1"
    assert problem.help.startswith("`{% for u in units %}` stands at table 1, row 1, cell 2; lift both to the row")


def test_a_loop_over_two_tables_is_refused(tmp_path: Path) -> None:
    """Rows of one table cannot be looped into another."""

    def build(document: Any) -> None:
        table(["{%tr for u in units %}"], ["a"])(document)
        table(["b"], ["{%tr endfor %}"])(document)

    problem = fault(tmp_path, build)
    assert problem.message.startswith("`{%tr endfor %}` stands in another table than `{%tr for u in units %}`")
    assert spot(problem) == "table 2, row 2, cell 1"


def test_a_lifted_and_a_plain_tag_do_not_belong_together(tmp_path: Path) -> None:
    """`{%p if` needs `{%p endif`."""
    problem = fault(tmp_path, paragraphs("{%p if name %}", "teks", "{% endif %}"))
    assert "lifted or not" in problem.message
    assert "write both with the same letters" in problem.help
    assert spot(problem) == "paragraph 3"


def test_crossed_statements_are_told_where_they_cross(tmp_path: Path) -> None:
    """An `endfor` where an `endif` is due names the `if` and its place."""
    problem = faults(
        tmp_path,
        paragraphs("{% for u in units %}", "{% if u %}", "{% endfor %}", "{% endif %}"),
    )[0]
    assert problem.message == "`endfor` stands where `endif` is due"
    assert problem.help == "`{% if u %}` was opened at paragraph 2"
    assert spot(problem) == "paragraph 3"


@pytest.mark.parametrize(
    ("cells", "where", "message"),
    [
        (
            ["{%tr for u in units %} teks"],
            "table 1, row 1, cell 1",
            "something else stands in it",
        ),
        (
            ["{%tr for u in units %}", "teks"],
            "table 1, row 1, cell 1",
            "something else stands in it",
        ),
        (
            ["teks", "{%tr for u in units %}"],
            "table 1, row 1, cell 2",
            "something else stands in it",
        ),
    ],
)
def test_a_row_tag_has_its_row_to_itself(tmp_path: Path, cells: list[str], where: str, message: str) -> None:
    """`{%tr` takes the place of its row, so nothing else may stand in it."""
    problem = fault(tmp_path, table(cells, ["{{ u.code }}", ""], ["{%tr endfor %}", ""]))
    assert problem.message == f"`{{%tr for u in units %}}` takes the place of its whole table row, but {message}"
    assert problem.help == "move it to a table row of its own"
    assert spot(problem) == where


@pytest.mark.parametrize("cells", [["{%tr for u in units %}", "{%tr endfor %}"],
                                   ["{%tr for u in units %}{{ u.code }}{%tr endfor %}"]])  # fmt: skip
def test_two_row_tags_need_two_rows(tmp_path: Path, cells: list[str]) -> None:
    """Two `{%tr` in one row are told once, with both as written."""
    problem = fault(tmp_path, table(["a", "b"], cells))
    assert "`{%tr endfor %}` and `{%tr for u in units %}` stand in one table row" in problem.message
    assert spot(problem).startswith("table 1, row 2")


def test_a_row_tag_outside_of_a_table_is_refused(tmp_path: Path) -> None:
    """There is no row to take the place of."""
    found = {problem.message for problem in faults(tmp_path, paragraphs("{%tr for u in units %}", "{%tr endfor %}"))}
    assert found == {f"`{tag}` stands in no table row" for tag in ("{%tr for u in units %}", "{%tr endfor %}")}


# Everything at once


def test_all_faults_of_a_template_are_told_at_once_and_each_once(
    tmp_path: Path,
) -> None:
    """Broken tags of every kind in one template make one list, with no fault twice."""
    broken = faults(
        tmp_path,
        lambda document: [
            paragraphs("{{ name | uper }}", "{{ name name }}", "{% if (name %}x{% endif %}")(document),
            table(["{{ number is evenn }}"], ["{{ name | lowr }}"])(document),
        ][0],
    )  # fmt: skip
    assert sorted(spot(problem) for problem in broken) == [
        "paragraph 1", "paragraph 2", "paragraph 3", "table 1, row 1, cell 1", "table 1, row 2, cell 1",
    ]  # fmt: skip
    assert len({str(problem) for problem in broken}) == len(broken)


def test_all_names_that_do_not_exist_are_told_at_once_and_each_once(
    tmp_path: Path,
) -> None:
    """A name used in a loop, twice in one place and in two places: one fault for each place."""
    absent = faults(
        tmp_path,
        paragraphs("{{ satu }} {{ satu }}", "{{ satu }}", "{% for u in units %}{{ u.dua }}{% endfor %}",
                   "{% if tiga %}x{% endif %}{{ name }}", "{% for e in empat %}x{% endfor %}"),
    )  # fmt: skip
    assert [(problem.message.split("`")[1], spot(problem)) for problem in absent] == [
        ("satu", "paragraph 1"),
        ("satu", "paragraph 2"),
        ("dua", "paragraph 3"),
        ("tiga", "paragraph 4"),
        ("empat", "paragraph 5"),
    ]


# What a template must not do


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ name.__class__.__mro__ }}",
        "{{ units.__class__.__base__.__subclasses__() }}",
        "{{ unit.__init__.__globals__ }}",
        "{{ missing.__class__.__mro__ }}",
        "{{ missing.__init__.__globals__ }}",
        "{{ name|attr('__class__') }}",
        "{{ units|map(attribute='__class__')|join }}",
        "{{ units|map('attr', '__class__')|join }}",
        "{% for u in units %}{{ loop.__class__ }}{% endfor %}",
        "{% for u in units %}{{ loop.__init__.__globals__ }}{% endfor %}",
        "{% for u in units %}{{ loop._iterator }}{% endfor %}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ cycler(1).next.__globals__ }}",
        "{{ joiner.__call__.__globals__ }}",
        "{{ namespace.__init__ }}",
        "{{ namespace(a=1).__class__ }}",
        "{{ range.__self__ }}",
        "{{ dict.fromkeys(units) }}",
        "{{ dict.mro() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{% macro m() %}{% endmacro %}{{ m.__class__ }}{{ m._func }}",
        "{{ name.format(1) }}",
        "{{ '{0.__class__}'.format(name) }}",
        "{{ '%s'|format(name) }}",
        "{{ name.encode() }}",
        "{{ units.append(1) }}",
        "{{ unit.update(code='x') }}",
        "{{ unit.items() }}",
        "{{ lipsum.__globals__ }}",
        "{{ open('/etc/passwd') }}",
        "{{ __import__('os') }}",
        "{{ _joined }}",
        "{{ [] | _each(1) | list | pprint }}",
        "{% set unit.code = 'x' %}",
    ],
)
def test_nothing_of_python_is_within_reach(tmp_path: Path, text: str) -> None:
    """Attributes, methods and functions of Python do not exist for a template; nothing of them is printed."""
    problems = faults(tmp_path, paragraphs(text))
    for said in map(str, problems):
        assert "<class" not in said
        assert "object at 0x" not in said
        assert "Undefined" not in said


@pytest.mark.parametrize("text", ["{{ units | string }}", "{{ units | join }}", "{{ units ~ '' }}", "{{ unit | upper }}",
                                  "{{ units | trim }}", "{{ units | replace('a', 'b') }}"])  # fmt: skip
def test_lists_do_not_become_texts_by_a_detour(tmp_path: Path, text: str) -> None:
    """A list or group joined to a text or given to a filter for texts is a fault, not its spelling in Python."""
    message = fault(tmp_path, paragraphs(text)).message
    assert "a list or a group of values is no text" in message or "not for a group or list" in message


ENDLESS = {
    "a loop over a thousand million": "{% for i in range(10**9) %}x{% endfor %}",
    "loops in loops": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "loops with a condition": "{% for i in range(9999) %}{% for j in range(9999) if j is odd %}{% endfor %}{% endfor %}",
    "a list of a range": "{{ range(10**9) | list }}",
    "a text times a thousand million": "{{ 'a' * 10**9 }}",
    "a list times a thousand million": "{{ ([1] * 10**9) | length }}",
    "long texts again and again": "{% for i in range(99999) %}{{ 'a' * 999999 }}{% endfor %}",
    "long texts that are not printed": "{% for i in range(99999) %}{% set x = 'a' * 999999 %}{% endfor %}",
    "doubling by joining": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}"
    "{% endfor %}{{ n.x }}",
    "doubling by adding": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}"
    "{% endfor %}{{ n.x }}",
    "doubling a list": "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}"
    "{{ n.x | length }}",
    "doubling by printing": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}"
    "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}{{ n.x }}",
    "squaring": "{% set n = namespace(x=10) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}{{ n.x > 1 }}",
    "a tower of powers": "{{ 9**9**9 }}",
    "wide padding": "{{ name | center(10**9) }}",
    "wide indenting": "{{ name | indent(10**9, true) }}",
    "a text replaced into itself": "{{ ('a' * 9999) | replace('a', 'a' * 9999) }}",
    "nothing replaced by much": "{{ name | replace('', 'x' * 999999) }}",
    "many blanks": "{{ units | at_least(10**9) | length }}",
    "wide batches": "{{ units | batch(10**9, 'x') | list | length }}",
    "many slices": "{{ units | slice(10**9) | list | length }}",
    "many places": "{{ 1.5 | round(10**9) }}",
    "long separators": "{{ range(99999) | join('x' * 99999) }}",
    "lists of lists made one": "{% set a = [1] * 999999 %}{{ ([a] * 999999) | sum(start=[]) | length }}",
    "sums again and again": "{% for i in range(99999) %}{% set x = range(99999) | sum %}{% endfor %}",
    "sorting again and again": "{% for i in range(99999) %}{% set x = range(99999) | list | sort | join %}{% endfor %}",
    "mapping again and again": "{% for i in range(99999) %}{% set x = range(99999) | map('string') | map('upper')"
    " | select('eq', 'x') | list %}{% endfor %}",
    "searching again and again": "{% set r = range(99999) %}{% for i in r %}{% if 5.5 in r %}x{% endif %}{% endfor %}",
    "comparing again and again": "{% set r = [1] * 999999 %}{% for i in range(99999) %}{% if r[1:] == r[:-1] %}x{% endif %}"
    "{% endfor %}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
    "{{ m(60) }}",
    "a loop that calls itself": "{% for i in [1] recursive %}{{ loop([i]) }}{% endfor %}",
    "a sandwich of formats": "{{ '%0999999999d' % 1 }}",
}  # fmt: skip


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ENDLESS.items()])
def test_nothing_runs_away(tmp_path: Path, text: str) -> None:
    """What would take the memory or the night is stopped within two seconds and 200 MB, and told at its tag."""
    problem = fault(tmp_path, paragraphs("teks", text))
    assert problem.message.startswith("template asks for too much")
    assert spot(problem) == "paragraph 2"
    assert written(problem) in text


def test_the_limits_leave_room_for_real_work(tmp_path: Path) -> None:
    """A thousand rows with filters, conditions and joined texts are far below them."""
    row = (
        "{{ u.code | upper | trim }} {{ u.title ~ ' ' ~ loop.index }}"
        "{% if u.code in codes and u.title == 'Satu' %}x{% endif %}"
    )
    path = word_template(tmp_path, paragraphs("{% for u in units %}" + row + "{% endfor %}"))
    units = VALUES["units"] * 500  # type: ignore[operator]
    compile_template(path).render({"units": units, "codes": ["A.1", "A.2"]})


@pytest.mark.parametrize(
    "text",
    ["{{ " + "1." * 8_000 + " }}", "{{ " + "a then " * 3_000 + "b }}", "{{ a" + "?" * 8_000 + " }}", "｛" * 20_000 + "{{ x }}",
     "{ { a" + " a" * 20_000 + "{{ x }}"],
)  # fmt: skip
def test_no_remedy_takes_long_to_find(tmp_path: Path, text: str) -> None:
    """Tags of many thousand characters are none a person wrote; nothing is looked for in them."""
    assert faults(tmp_path, paragraphs(text))
