"""A role play as one unit's kit shows it: what is done and looked for in that unit alone. Pure."""

from collections.abc import Collection
from dataclasses import replace

from kitgen.model.scenario import Scenario, Scene


def cut_scenario(scenario: Scenario, codes: Collection[str]) -> Scenario:
    """The scenario with what is for these units only: cues, follow-up questions, and the scenes they need.

    Scenes before the first and after the last one with a cue for them are left out, with their props and actors;
    those between stay, as the story needs them. The minutes are those of the scenes that are left.
    """
    if set(scenario.unit_codes) <= set(codes):
        return scenario
    cues = tuple(cue for cue in scenario.cues if cue.unit_code in codes)
    scenes = _needed(scenario.scenes, {cue.scene for cue in cues})
    titles = {scene.title for scene in scenes}
    guide = scenario.assessor
    asked = tuple(each for each in guide.follow_up_questions if each.unit_code in codes)
    return replace(
        scenario,
        units=tuple(unit for unit in scenario.units if unit.code in codes),
        cues=cues,
        scenes=scenes,
        minutes=sum(scene.minutes for scene in scenes),
        actors=tuple(
            replace(actor, scenes=tuple(each for each in actor.scenes if each in titles))
            for actor in scenario.actors
            if titles & set(actor.scenes)
        ),
        props=tuple(prop for prop in scenario.props if prop.scene in titles),
        assessor=replace(guide, follow_up_questions=asked),
    )


def with_props(scenario: Scenario, is_later: bool) -> Scenario:
    """The scenario with those of its sheets that are there at the first scene, or that are handed over later."""
    first = scenario.scenes[0].title if scenario.scenes else ""
    return replace(scenario, props=tuple(prop for prop in scenario.props if (prop.scene != first) == is_later))


def _needed(scenes: tuple[Scene, ...], shown_in: Collection[str]) -> tuple[Scene, ...]:
    """The scenes from the first to the last in which something is shown; all where nothing says so."""
    places = [place for place, scene in enumerate(scenes) if scene.title in shown_in]
    kept = scenes[places[0] : places[-1] + 1] if places else scenes
    return tuple(replace(scene, position=position) for position, scene in enumerate(kept, 1))
