"""The Python program of one part, written from its syntax tree: quicker than Jinja's own writer, which walks the tree
again and again, and with the bounds of kitgen in it from the start.

There are no blocks, no imports and no inheritance, so that nothing a template sets is told to another.
"""

from typing import Any, Final

from jinja2 import TemplateAssertionError, nodes

from kitgen.render.tags.tree import below
from kitgen.render.tags.writer import SETS_LOOP, NameScope, ProgramFacts, Statement, Writer, assigned, target_of

LOOP_COST: Final = 64
"""What a loop is charged for each item, beside the text it makes."""
_GIVEN: Final = ("caller", "kwargs", "varargs")
"""Names a macro is given, where it reads them."""


def program(tree: nodes.Template, part: str, known: ProgramFacts, row_loops: frozenset[int]) -> str:
    """The program of a part. `row_loops` are the lines of loops over rows of a sheet: over nothing, one blank row."""
    return Writer(part, known, row_loops, _WRITE).written(tree)


def _output(writer: Writer, node: nodes.Output, frame: NameScope) -> None:
    for part in node.nodes:
        if isinstance(part, nodes.TemplateData):
            writer.prints(repr(part.data), frame)
            continue
        code = writer.code(part, frame, node.lineno)
        is_made = isinstance(part, nodes.Filter) and part.name in writer.known.makers
        writer.prints(code if is_made else f"printed({code})", frame, node.lineno)


def _if(writer: Writer, node: nodes.If, frame: NameScope) -> None:
    for word, branch in (("if", node), *(("elif", each) for each in node.elif_)):
        writer.write(f"{word} {writer.code(branch.test, frame, branch.lineno)}:", branch.lineno)
        writer.within(branch.body, frame)
    if node.else_:
        writer.write("else:")
        writer.within(node.else_, frame)


def _for(writer: Writer, node: nodes.For, frame: NameScope) -> None:
    loop, line = frame.inner(), node.lineno
    length, names = writer.held(node.body)
    if SETS_LOOP in writer.held([node])[1]:
        raise TemplateAssertionError("Can't assign to special loop variable in for-loop target", line, writer.part)
    is_told = node.recursive or "loop" in names
    if is_told:
        loop.symbols.declare_parameter("loop")
    assigned(node.target, loop.symbols.declare_parameter, loop.symbols.load)
    writer.analyse(node.body, loop.symbols)
    writer.filters.add("_each")
    items = writer.code(node.iter, frame, line)
    if line in writer.row_loops:
        writer.filters.add("_rows")
        items = f"f__rows({items})"
    items = f"f__each({items},{LOOP_COST + length})"
    chosen = _chooser(writer, node, frame) if node.test is not None else ""
    if node.recursive:
        writer.write("def loop(reciter,loop_render_func,depth=0):", line)
        writer.indent += " "
        loop.buffer = writer.new()
        writer.write(f"{loop.buffer}=[]")
    over = f"{chosen}({'reciter' if node.recursive else items})" if chosen else "reciter" if node.recursive else items
    if node.else_:
        first = writer.new()
        writer.write(f"{first}=1")
    target = target_of(node.target, loop)
    if is_told:
        more = ",loop_render_func,depth" if node.recursive else ""
        writer.write(f"for {target},{loop.symbols.ref('loop')} in LoopContext({over},undefined{more}):", line)
    else:
        writer.write(f"for {target} in {over}:", line)
    writer.indent += " "
    writer.enter(loop)
    writer.indent = writer.indent[:-1]
    writer.within(node.body, loop, f"{first}=0" if node.else_ else "")
    if node.else_:
        other = frame.inner(loop.buffer)
        writer.analyse(node.else_, other.symbols)
        writer.write(f"if {first}:")
        writer.indent += " "
        writer.enter(other)
        writer.indent = writer.indent[:-1]
        writer.within(node.else_, other)
    if node.recursive:
        writer.write(f"return concat({loop.buffer})")
        writer.indent = writer.indent[:-1]
        writer.prints(f"loop({items},loop)", frame, line)


def _chooser(writer: Writer, node: nodes.For, frame: NameScope) -> str:
    """Write what gives the items a loop is for; gives its name."""
    assert node.test is not None
    test, name = frame.inner(), writer.new()
    assigned(node.target, test.symbols.declare_parameter, test.symbols.load)
    writer.load(node.test, test.symbols)
    writer.write(f"def {name}(fiter):", node.lineno)
    writer.indent += " "
    writer.enter(test)
    target = target_of(node.target, test)
    writer.write(f"for {target} in fiter:")
    writer.write(f" if {writer.code(node.test, test, node.lineno)}:")
    writer.write(f"  yield {target}")
    writer.indent = writer.indent[:-1]
    return name


def _assign(writer: Writer, node: nodes.Assign, frame: NameScope) -> None:
    _check_namespaces(writer, node, frame)
    writer.write(f"{target_of(node.target, frame)}={writer.code(node.node, frame, node.lineno)}", node.lineno)


def _check_namespaces(writer: Writer, node: nodes.Assign | nodes.AssignBlock, frame: NameScope) -> None:
    for name in dict.fromkeys(found.name for found in (node.target, *below(node.target))
                              if isinstance(found, nodes.NSRef)):  # fmt: skip
        writer.write(f"if not isinstance({frame.symbols.ref(name)},Namespace):", node.lineno)
        writer.write(' raise TemplateRuntimeError("cannot assign attribute on non-namespace object")')


def _assign_block(writer: Writer, node: nodes.AssignBlock, frame: NameScope) -> None:
    inner = frame.inner(writer.new())
    if node.filter is not None:
        writer.load(node.filter, inner.symbols)
    writer.analyse(node.body, inner.symbols)
    writer.enter(inner)
    writer.write(f"{inner.buffer}=[]")
    writer.body(node.body, inner)
    made = f"concat({inner.buffer})"
    if node.filter is None:  # the text was printed already, and is not escaped once more
        writer.filters.add("_made")
        code = f"f__made({made})"
    else:
        writer.write(f"made={made}", node.lineno)
        code = writer.code(node.filter, inner, node.lineno)
    writer.write(f"{target_of(node.target, frame)}={code}", node.lineno)


def _with(writer: Writer, node: nodes.With, frame: NameScope) -> None:
    inner = frame.inner()
    for target in node.targets:
        assigned(target, inner.symbols.declare_parameter, inner.symbols.load)
    writer.analyse(node.body, inner.symbols)
    writer.enter(inner)
    for target, value in zip(node.targets, node.values, strict=False):
        writer.write(f"{target_of(target, inner)}={writer.code(value, frame, node.lineno)}", node.lineno)
    writer.body(node.body, inner)


def _macro(writer: Writer, node: nodes.Macro, frame: NameScope) -> None:
    made = _function(writer, node, node.name, frame)
    writer.write(f"{frame.symbols.ref(node.name)}={made}")


def _call_block(writer: Writer, node: nodes.CallBlock, frame: NameScope) -> None:
    made = _function(writer, node, None, frame)
    writer.write(f"caller={made}")
    writer.prints(f"{writer.code(node.call, frame, node.lineno)[:-1]},caller=caller)", frame, node.lineno)


def _function(writer: Writer, node: Any, name: str | None, frame: NameScope) -> str:
    """Write the function of a macro or of what a call is given; gives the code that makes it one for Jinja."""
    inner, line = frame.inner(writer.new()), node.lineno
    symbols = inner.symbols
    own = [argument.name for argument in node.args]
    for argument in own:
        symbols.declare_parameter(argument)
    read = writer.held(node.body)[1]
    if "caller" in own and "caller" in read and len(own) - own.index("caller") > len(node.defaults):
        told = (
            'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.'
        )
        raise TemplateAssertionError(told, line, writer.part)
    given = [each for each in _GIVEN if each in read and each not in own]
    for each in given:
        symbols.declare_parameter(each)
    for default in node.defaults:
        writer.load(default, symbols)
    writer.analyse(node.body, symbols)
    writer.write(f"def macro({','.join(symbols.ref(each) for each in (*own, *given))}):", line)
    writer.indent += " "
    writer.write(f"{inner.buffer}=[]")
    writer.enter(inner)
    unset = {symbols.ref(each) for each in own}
    for number, argument in enumerate(own):
        ref, default = symbols.ref(argument), number - len(own)
        writer.write(f"if {ref} is missing:")
        if -default <= len(node.defaults):
            inner.unset = frozenset(unset)
            code = writer.code(node.defaults[default], inner, line)
        else:
            code = f"undefined({f'parameter {argument!r} was not provided'!r},name={argument!r})"
        writer.write(f" {ref}={code}")
        unset.discard(ref)
    inner.unset = frozenset()
    writer.body(node.body, inner)
    writer.write(f"return concat({inner.buffer})")
    writer.indent = writer.indent[:-1]
    caller = "caller" in read
    names = "".join(f"{each!r}," for each in own)
    return f"Macro(environment,macro,{name!r},({names}),{'kwargs' in given},{'varargs' in given},{caller},False)"


_WRITE: Final[dict[type, Statement]] = {
    nodes.Output: _output, nodes.If: _if, nodes.For: _for, nodes.Assign: _assign, nodes.AssignBlock: _assign_block,
    nodes.With: _with, nodes.Macro: _macro, nodes.CallBlock: _call_block,
}  # fmt: skip
