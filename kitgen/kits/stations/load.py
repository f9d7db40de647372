"""How much a scenario asks of a candidate: words to read, lines to write, words heard, steps of temper. Pure."""

from dataclasses import dataclass

from kitgen.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Load:
    """Beban skenario: what can be counted of it."""

    card_words: int
    prop_words: int
    spoken_words: int
    lines: int
    escalation: int


def load_of(scenario: Scenario) -> Load:
    """The load of one scenario; a line to write is one line of a form or one empty cell of a table."""
    scenes = [text for scene in scenario.scenes for text in (scene.place, scene.task, scene.output)]
    card = (scenario.workplace, scenario.candidate_role, scenario.situation, *scenario.rules, *scenes)
    sheets: list[str] = []
    lines = 0
    for prop in scenario.props:
        cells = [cell for row in prop.rows for cell in row]
        labels = [each.label for each in prop.fields]
        choices = [choice for each in prop.fields for choice in each.choices]
        sheets += [prop.title, prop.note, *prop.points, *prop.columns, *cells, *labels, *choices]
        lines += sum(each.lines for each in prop.fields) + sum(not cell for cell in cells)
    return Load(
        card_words=_count(*card),
        prop_words=_count(*sheets),
        spoken_words=_count(*(text for actor in scenario.actors for text in (actor.opening_line, actor.story))),
        lines=lines,
        escalation=sum(len(actor.escalation) for actor in scenario.actors),
    )


def _count(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)
