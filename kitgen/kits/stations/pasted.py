"""The texts an actor sends in a chat, each alone, so that they are pasted and not typed. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from kitgen.model.scenario import CHAT, ActorBrief, PastedText, Scenario

_MESSAGE: Final = re.compile(r"\s*\(\d+\)\s*")
"""The number in front of a message of a story; it is not sent."""
_QUOTED: Final = re.compile(r"“([^”]+)”")
FACTS: Final = "Keterangan"
REACTIONS: Final = "Jika – maka"
LADDER: Final = "Tingkat kemarahan"


def pasted_texts(scenario: Scenario) -> tuple[PastedText, ...]:
    """What each actor of a chat sends, in the order of the card, every text once; nothing in any other channel."""
    if scenario.channel != CHAT:
        return ()
    found: dict[tuple[str, str], PastedText] = {}
    for actor in scenario.actors:
        for each in _texts(actor, scenario):
            found.setdefault((each.actor, each.text.rstrip(".?! ")), each)
    return tuple(found.values())


def _texts(actor: ActorBrief, scenario: Scenario) -> Iterator[PastedText]:
    for number, scene in enumerate(each for each in scenario.scenes if each.title in actor.scenes):
        if not number:
            yield PastedText(actor.name, scene.title, "Pembuka", actor.opening_line)
            messages = [each for each in _MESSAGE.split(actor.story) if each]
            for place, message in enumerate(messages, 1):
                yield PastedText(actor.name, scene.title, f"Cerita, pesan {place} dari {len(messages)}", message)
        for text in _QUOTED.findall(scene.actor):
            if text.rstrip(".") not in actor.story:
                yield PastedText(actor.name, scene.title, "Menurut petunjuk adegan", text)
        for cue in scenario.cues:
            if cue.prompt and cue.scene == scene.title:
                when = f"Menit ke-{cue.prompt_minute}, bila {cue.prompt_unless}"
                yield PastedText(actor.name, scene.title, when, cue.prompt)
    for fact in actor.if_asked:
        what, _, answer = fact.partition(": ")
        for text in _QUOTED.findall(answer) or [answer or what]:
            yield PastedText(actor.name, FACTS, f"Bila ditanya: {what}", text[:1].upper() + text[1:])
    for text in _QUOTED.findall(actor.wrong_detail):
        yield PastedText(actor.name, FACTS, "Bila asesi menyebut keterangan yang benar", text)
    for reaction in actor.reactions:
        for text in _QUOTED.findall(reaction.then):
            yield PastedText(actor.name, REACTIONS, reaction.when, text)
    for level in actor.escalation:
        if level.line:
            yield PastedText(actor.name, LADDER, f"Tingkat {level.step}: {level.cue}", level.line)
