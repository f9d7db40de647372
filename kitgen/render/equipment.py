"""What the sources of a template call while they run: put into its Jinja when it is compiled, or was kept compiled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from kitgen.render.excel.additions import finisher
from kitgen.render.excel.needs import BookNeeds
from kitgen.render.excel.workbook import escape_cell
from kitgen.render.excel.writing import add_sheet_filters
from kitgen.render.tags.environment import Environment
from kitgen.render.tags.state import RenderState
from kitgen.render.word.cells import fill_text, span_text
from kitgen.render.word.fields import field_text
from kitgen.render.word.lists import Lists, list_functions
from kitgen.render.word.marking import attribute_text, escape_word
from kitgen.render.word.rich import Rich

Finish = Callable[[dict[str, bytes], Callable[[str], bytes | None]], None]


@dataclass(frozen=True, slots=True)
class WordNeeds:
    """What the sources of a Word template need to know of it: styles by kind and name, free ids of relations, lists."""

    styles: Mapping[tuple[str, str], str]
    prefix: str
    lists: Lists


def word_environment(needs: WordNeeds) -> Environment:
    """The Jinja of a Word template."""
    environment = Environment(escape_word)
    state = environment.state
    environment.filters |= {
        "_attribute": partial(attribute_text, state),
        "_span": partial(span_text, state),
        "_fill": partial(fill_text, state),
        "_append": partial(_appended, state),
        "_field": partial(field_text, state),
    }
    Rich(environment, needs.styles, needs.prefix)
    environment.globals |= list_functions(state, needs.lists)
    return environment


def book_environment() -> Environment:
    """The Jinja of a workbook, as long as nothing is known of its sheets."""
    environment = Environment(escape_cell)
    environment.filters["_attribute"] = partial(attribute_text, environment.state)
    return environment


def equipped(needs: WordNeeds | BookNeeds) -> tuple[Environment, Finish | None]:
    """The Jinja of a template that was kept, and what completes its renderings."""
    if isinstance(needs, WordNeeds):
        return word_environment(needs), None
    environment = book_environment()
    add_sheet_filters(environment, needs.book, needs.styles, needs.prefix)
    return environment, finisher(environment.state, needs.looped, needs.repeated, needs.file)


def _appended(state: RenderState, text: str, part: str) -> str:
    """Keeps what was rendered for another part, which it is added to in the end."""
    state.appended.setdefault(part, []).append(text)
    return ""
