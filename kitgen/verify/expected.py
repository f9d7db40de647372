"""What must stand on a finished document, text by text, worked out from the data for each word of `holds:`. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kitgen.base.messages import said
from kitgen.kits.plan import PlannedDocument
from kitgen.kits.values import used_clusters
from kitgen.model.forms import Content
from kitgen.model.methods import Method
from kitgen.model.scenario import EVIDENCE_LABELS, Cue, Prop
from kitgen.model.scheme import Unit
from kitgen.model.task import StructuredActivity
from kitgen.verify.read_back import words_of

Key = tuple[str, str]
"""A criterion: its unit's code and its number."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Teks yang diharapkan: `what` names it for people, `label` is the number it must stand with.

    `proves` are the criteria its presence proves, where its form proves by it; `methods` narrow by which methods.
    `below` must stand behind it and before its next neighbour.
    """

    content: Content | None
    what: str
    text: str
    label: str = ""
    proves: tuple[Key, ...] = ()
    methods: tuple[Method, ...] = ()
    below: tuple["Expected", ...] = ()


def expected_of(document: PlannedDocument) -> Iterator[tuple[Expected, ...]]:
    """The texts of a document, those of one word of `holds:` together; what is blank in the data is left out."""
    named = [
        (each.id, what)
        for each, what in ((document.paper, said("paper")), (document.scenario, said("scenario")))
        if each
    ]
    yield tuple(Expected(None, said("name of {what} {id}", what=what, id=id), id) for id, what in named)
    for content in document.form.holds:
        yield tuple(each for each in CONTENT[content](document) if each.text or each.label)


def _text(content: Content, what: str, text: object, label: object = "", *, proves: Iterable[Key] = (),
          methods: tuple[Method, ...] = (), below: Iterable[Expected] = ()) -> Expected:  # fmt: skip
    kept = tuple(each for each in below if each.text)
    wanted = words_of(text) if isinstance(text, str) else ""
    return Expected(content, what, wanted, str(label) if wanted else "", tuple(proves), methods, kept)


def _units_of(document: PlannedDocument) -> tuple[Unit, ...]:
    """The units its template is given: by clusters where it goes by clusters."""
    if "clusters" in document.form.given:
        return tuple(unit for cluster in used_clusters(document) for unit in cluster.units)
    return document.kit.units


def _units(document: PlannedDocument) -> Iterator[Expected]:
    for unit in _units_of(document):
        yield _text("units", said("code of unit {unit}", unit=unit.code), unit.code)
        yield _text("units", said("title of unit {unit}", unit=unit.code), unit.title)


def _criteria(document: PlannedDocument) -> Iterator[Expected]:
    for unit in _units_of(document):
        for each in unit.criteria():
            what = said("criterion (KUK) {number} of unit {unit}", number=each.number, unit=unit.code)
            yield _text("criteria", what, each.text, each.number, proves=[(unit.code, each.number)])


def _tasks(document: PlannedDocument) -> Iterator[Expected]:
    units = {unit.code: unit for unit in document.kit.units}
    for cluster in used_clusters(document):
        for task in cluster.tasks:
            yield _text("tasks", said("title of task {id}", id=task.id), task.title)
            yield _text("tasks", said("situation of task {id}", id=task.id), task.situation)
            for part in task.parts:
                name = said("part of task {id} for unit {unit}", id=task.id, unit=part.unit_code)
                steps = [
                    _text("tasks", said("step {number} of the {name}", number=number, name=name), step, number)
                    for number, step in enumerate(part.steps, 1)
                ]
                shown = [(part.unit_code, each.number) for each in units[part.unit_code].criteria()]
                below = [*steps, _text("tasks", said("output of the {name}", name=name), part.output)]
                yield _text("tasks", name, part.title, proves=shown, below=below)


def _activities(document: PlannedDocument) -> Iterator[Expected]:
    for cluster in used_clusters(document):
        for activity in cluster.activities:
            name = said("activity {id}", id=activity.id)
            below = [
                _text("activities", said("situation of {name}", name=name), activity.situation),
                *(_text("activities", said("data of {name}", name=name), fact.text) for fact in activity.facts),
                *_numbered("activities", said("what is prepared in {name}", name=name), activity.prepare),
                *_numbered("activities", said("what is shown in {name}", name=name), activity.present),
            ]
            yield _text("activities", name, activity.title, proves=_shown_by(activity), below=below)


def _numbered(content: Content, what: str, texts: Iterable[str]) -> Iterator[Expected]:
    return (
        _text(content, said("{what}, {number}", what=what, number=number), text, number)
        for number, text in enumerate(texts, 1)
    )


def _shown_by(activity: StructuredActivity) -> list[Key]:
    return [(aspect.unit_code, number) for aspect in activity.aspects for number in aspect.criteria.split(", ")]


def _aspects(document: PlannedDocument) -> Iterator[Expected]:
    for cluster in used_clusters(document):
        for activity in cluster.activities:
            for number, aspect in enumerate(activity.aspects, 1):
                name = said("aspect {number} of activity {id}", number=number, id=activity.id)
                shown = [(aspect.unit_code, criterion) for criterion in aspect.criteria.split(", ")]
                below = [
                    _text("aspects", said("question on {name}", name=name), question) for question in aspect.questions
                ]
                yield _text("aspects", name, aspect.scope, number, proves=shown, below=below)


def _questions(document: PlannedDocument) -> Iterator[Expected]:
    for question in document.paper.questions if document.paper else ():
        name = said("question {number} ({id})", number=question.number, id=question.id)
        serves = [(question.unit_code, number) for number in question.criteria.split(", ")]
        options = [
            _text(
                "questions",
                said("option {letter} of {name}", letter=option.letter, name=name),
                option.text,
                option.letter,
            )
            for option in question.options
        ]
        yield _text("questions", name, question.text, question.number, proves=serves, below=options)


def _numbers(document: PlannedDocument) -> Iterator[Expected]:
    for question in document.paper.questions if document.paper else ():
        yield Expected(
            "numbers",
            said("number of question {number} ({id})", number=question.number, id=question.id),
            "",
            str(question.number),
        )


def _keys(document: PlannedDocument) -> Iterator[Expected]:
    for question in document.paper.questions if document.paper else ():
        name = said("key of question {number} ({id})", number=question.number, id=question.id)
        yield _text("keys", name, question.key, question.number)


def _rationales(document: PlannedDocument) -> Iterator[Expected]:
    for question in document.paper.questions if document.paper else ():
        name = said("reason of the key of question {number} ({id})", number=question.number, id=question.id)
        yield _text("rationales", name, question.rationale, question.number)


def _answers(document: PlannedDocument) -> Iterator[Expected]:
    for question in document.paper.questions if document.paper else ():
        name = said("answer to question {number} ({id})", number=question.number, id=question.id)
        points = [
            _text("answers", said("marking point of the {name}", name=name), point) for point in question.marking_points
        ]
        yield _text("answers", name, question.model_answer, question.number, below=points)


def _cues_of(document: PlannedDocument) -> tuple[Cue, ...]:
    return document.scenario.cues if document.scenario else ()


def _cues(document: PlannedDocument) -> Iterator[Expected]:
    """Each criterion of the scenario once, by all methods its cues have evidence for."""
    methods: Mapping[str, Method] = {label: evidence for evidence, label in EVIDENCE_LABELS.items()}
    found: dict[Key, list[Cue]] = {}
    for cue in _cues_of(document):
        found.setdefault((cue.unit_code, cue.number), []).append(cue)
    for key, cues in found.items():
        by = tuple(dict.fromkeys(methods[cue.evidence] for cue in cues))
        name = said("criterion (KUK) {number} of unit {unit}", number=key[1], unit=key[0])
        yield _text("cues", name, cues[0].text, key[1], proves=[key], methods=by)


def _triggers(document: PlannedDocument) -> Iterator[Expected]:
    for cue in _cues_of(document):
        name = said("trigger of criterion (KUK) {number} of unit {unit}", number=cue.number, unit=cue.unit_code)
        yield _text("triggers", name, cue.trigger, cue.number)


def _prompts(document: PlannedDocument) -> Iterator[Expected]:
    """The triggers of scenes somebody plays: what an actor must know."""
    actors = document.scenario.actors if document.scenario else ()
    played = {title for actor in actors for title in actor.scenes}
    for cue in _cues_of(document):
        if cue.scene in played:
            name = said("trigger of criterion (KUK) {number} of unit {unit}", number=cue.number, unit=cue.unit_code)
            yield _text("prompts", name, cue.trigger, cue.number)


def _observations(document: PlannedDocument) -> Iterator[Expected]:
    for cue in _cues_of(document):
        name = said("what shows criterion (KUK) {number} of unit {unit}", number=cue.number, unit=cue.unit_code)
        yield _text("observations", name, cue.look_for, cue.number)


def _scenes(document: PlannedDocument) -> Iterator[Expected]:
    for scene in document.scenario.scenes if document.scenario else ():
        for name, text in ((said("title"), scene.title), (said("task"), scene.task), (said("output"), scene.output)):
            yield _text("scenes", said("{name} of scene {id}", name=name, id=scene.id), text)


def _actors(document: PlannedDocument) -> Iterator[Expected]:
    for actor in document.scenario.actors if document.scenario else ():
        yield _text("actors", said("name of actor {name}", name=actor.name), actor.name)
        yield _text("actors", said("opening line of actor {name}", name=actor.name), actor.opening_line)


def _stories(document: PlannedDocument) -> Iterator[Expected]:
    for actor in document.scenario.actors if document.scenario else ():
        yield _text("stories", said("story of actor {name}", name=actor.name), actor.story)


def _props(document: PlannedDocument) -> Iterator[Expected]:
    """The sheets that are read; those that are filled in are `worksheets`."""
    return _sheets(document, "props", filled_in=False)


def _worksheets(document: PlannedDocument) -> Iterator[Expected]:
    return _sheets(document, "worksheets", filled_in=True)


def _sheets(document: PlannedDocument, content: Content, filled_in: bool) -> Iterator[Expected]:
    for prop in document.scenario.props if document.scenario else ():
        if prop.is_filled_in == filled_in:
            yield _text(content, said("prop {id}", id=prop.id), prop.title, below=_of_prop(prop, content))


def _of_prop(prop: Prop, content: Content) -> Iterator[Expected]:
    labels = [text for each in prop.fields for text in (each.label, *each.choices)]
    texts = [*labels, *prop.columns, *(cell for row in prop.rows for cell in row)]
    for text in (*texts, *prop.points):
        yield _text(content, said("text of prop {id}", id=prop.id), text)


def _anchors(document: PlannedDocument) -> Iterator[Expected]:
    for cue in _cues_of(document):
        for what, text in (
            (said("met"), cue.met),
            (said("borderline"), cue.borderline),
            (said("not met"), cue.not_met),
        ):
            yield _text(
                "anchors",
                said(
                    "what is {what} for criterion (KUK) {number} of unit {unit}",
                    what=what,
                    number=cue.number,
                    unit=cue.unit_code,
                ),
                text,
            )


def _reactions(document: PlannedDocument) -> Iterator[Expected]:
    for actor in document.scenario.actors if document.scenario else ():
        for number, reaction in enumerate(actor.reactions, 1):
            name = said("reaction {number} of actor {name}", number=number, name=actor.name)
            yield _text(
                "reactions",
                name,
                reaction.when,
                below=[_text("reactions", said("answer of the {name}", name=name), reaction.then)],
            )


def _pasted(document: PlannedDocument) -> Iterator[Expected]:
    for number, each in enumerate(document.scenario.pasted if document.scenario else (), 1):
        below = [
            _text("pasted", said("text {number} to paste of actor {actor}", number=number, actor=each.actor), each.text)
        ]
        yield _text("pasted", said("when text {number} is sent", number=number), each.when, below=below)


def _feedback(document: PlannedDocument) -> Iterator[Expected]:
    for cue in _cues_of(document):
        name = said("feedback on criterion (KUK) {number} of unit {unit}", number=cue.number, unit=cue.unit_code)
        below = [_text("feedback", said("{name}, not shown", name=name), cue.improve)]
        yield _text("feedback", name, cue.keep, cue.number, below=below)


def _performances(document: PlannedDocument) -> Iterator[Expected]:
    for performance in document.scenario.calibration if document.scenario else ():
        for number, line in enumerate((*performance.lines, *performance.written), 1):
            yield _text(
                "performances", said("line {number} of performance {id}", number=number, id=performance.id), line.text
            )


CONTENT: Final[dict[Content, Callable[[PlannedDocument], Iterator[Expected]]]] = {
    "units": _units,
    "criteria": _criteria,
    "tasks": _tasks,
    "activities": _activities,
    "aspects": _aspects,
    "questions": _questions,
    "numbers": _numbers,
    "keys": _keys,
    "rationales": _rationales,
    "answers": _answers,
    "cues": _cues,
    "triggers": _triggers,
    "prompts": _prompts,
    "observations": _observations,
    "scenes": _scenes,
    "actors": _actors,
    "stories": _stories,
    "props": _props,
    "worksheets": _worksheets,
    "anchors": _anchors,
    "reactions": _reactions,
    "pasted": _pasted,
    "feedback": _feedback,
    "performances": _performances,
}
