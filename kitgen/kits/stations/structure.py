"""The structure of a scenario, worked out from what its cues, cards and props say; no label is typed for it. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kitgen.kits.stations.words import content_words, kind_of_detail, shared, tokens
from kitgen.model.scenario import CHAT, FACE_TO_FACE, TELEPHONE, VIDEO, ActorBrief, Cue, Prop, Scenario
from kitgen.model.structure import (
    ACCEPTED_THEN_CHANGED,
    ACCEPTS,
    CAME_FIRST,
    COMPLAINANTS,
    ENDINGS,
    FATES,
    HIMSELF,
    IF_ASKED,
    KIND_OF_COMPLAINT,
    NOT_THERE,
    OPENING,
    PARTLY_ACCEPTED,
    REFUSED_FOR_CUSTOMER,
    TYPE_OF_CUSTOMER,
    Structure,
)

_FIRST: Final = r"(?:mendahulukan (keluhan (?:ini|kedua))|(keluhan (?:ini|kedua)) didahulukan) karena (.{4,60})"
_LACKS: Final = r"habis|kering|keliru|belum|bulan lalu|tercetak|di meja 2|ruang tunggu"
_NEARLY: Final = 0.6
"""A place says as much as the fullest one if it has this share of its words; earlier places then come first."""


def structure_of(scenario: Scenario) -> Structure:
    """The structure of a scenario, read out of its cues, cards and props."""
    actor = scenario.actors[0] if scenario.actors else None
    cause = _cue(scenario, r"sebagai dasar")
    return Structure(
        channel=_channel(scenario),
        complainant=_complainant(actor, scenario) if actor else NOT_THERE,
        wrong=kind_of_detail(_truth(actor)) if actor and actor.wrong_detail else NOT_THERE,
        right_at=_right_at(scenario, actor) if actor and actor.wrong_detail else NOT_THERE,
        condition_at=_condition_at(scenario, actor) if actor else NOT_THERE,
        first=_first(scenario)[0],
        why_first=_first(scenario)[1],
        units=_units(scenario),
        sop=_sop(cause.look_for) if cause else NOT_THERE,
        first_offer=_first_offer(scenario, actor) if actor else NOT_THERE,
        ending=_ending(scenario, actor) if actor else NOT_THERE,
        customers=_customers(scenario.actors),
        offer=_offer(scenario),
        lacking=_lacking(scenario),
    )


def _channel(scenario: Scenario) -> str:
    """By what the actors are told to do, and where; not by the key `channel`."""
    played = [scene for scene in scenario.scenes if scene.is_watched]
    said = " ".join(f"{scene.place} {scene.actor}" for scene in played).lower()
    counts = {
        VIDEO: len(re.findall(r"panggilan video|kamera|layar", said)),
        CHAT: len(re.findall(r"\bkirim|\bchat\b|\bpesan\b", said)),
        TELEPHONE: len(re.findall(r"telepon", said)),
        FACE_TO_FACE: len(re.findall(r"\bduduk|\bberdiri|meja layanan|\bkursi|\bdatang\b|meja tamu", said)),
    }
    return max(counts, key=lambda name: counts[name]) if any(counts.values()) else NOT_THERE


def _complainant(actor: ActorBrief, scenario: Scenario) -> str:
    told = f"{actor.profile} {actor.opening_line} {scenario.situation}"
    for label, pattern in COMPLAINANTS:
        if re.search(pattern, told, re.IGNORECASE):
            return label
    return HIMSELF


def _truth(actor: ActorBrief) -> str:
    """What is right instead of the wrong detail: what stands behind `padahal`."""
    behind = actor.wrong_detail.partition("padahal")[2] or actor.wrong_detail
    return re.split(r"\.\s|\.$", behind)[0]


def _right_at(scenario: Scenario, actor: ActorBrief) -> str:
    wanted = tokens(f"x {_truth(actor)}") or content_words(_truth(actor))
    best, where = 0, IF_ASKED
    order = {scene.title: scene.position for scene in scenario.scenes}
    for prop in sorted(scenario.props, key=lambda each: order.get(each.scene, 0)):
        for row, text in enumerate(_rows(prop)):
            found = shared(wanted, tokens(f"x {prop.note} {text}") | content_words(f"{prop.note} {text}"))
            if found > best:
                best, where = found, _place(scenario, prop, row)
    return where


def _condition_at(scenario: Scenario, actor: ActorBrief) -> str:
    """Where the special condition of the customer shows first: opening, story, a sheet, or only if it is asked for."""
    cue = _cue(scenario, r"\bpengaruhnya\b")
    if cue is None:
        return NOT_THERE
    wanted = content_words(cue.look_for.partition("dan pengaruhnya")[0].partition("menyebut")[2])
    scored = [(OPENING, shared(wanted, content_words(actor.opening_line))),
              ("cerita", shared(wanted, content_words(actor.story)))]  # fmt: skip
    scored += [
        (_place(scenario, prop, row), shared(wanted, content_words(f"{prop.title} {text}")))
        for prop in scenario.props
        if prop.kind != "form"
        for row, text in enumerate(_rows(prop))
    ]
    scored += [(IF_ASKED, shared(wanted, content_words(text))) for text in actor.if_asked]
    most = max(score for _, score in scored)
    enough = [name for name, score in scored if score >= _NEARLY * most]
    if most == 0:
        return NOT_THERE
    early = [name for name in enough[:1] if name in (OPENING, "cerita")]
    return early[0] if early else max(scored, key=lambda pair: pair[1])[0]


def _rows(prop: Prop) -> list[str]:
    return [" ".join(row) for row in prop.rows] if prop.kind == "table" else list(prop.points)


def _place(scenario: Scenario, prop: Prop, row: int) -> str:
    """A sheet by when it is handed out and what it is, with the part of it where the row stands."""
    count = max(1, len(_rows(prop)))
    part = "awal" if row == 0 else "akhir" if row == count - 1 else "tengah"
    return f"{prop.title.split(' ')[0]} {prop.title.split(' ')[1] if ' ' in prop.title else ''}".strip() + f" ({part})"


def _first(scenario: Scenario) -> tuple[str, str]:
    """Which complaint is to be dealt with first, and why."""
    for cue in scenario.cues:
        found = re.search(
            r"(?:mendahulukan (keluhan (?:ini|kedua))|(keluhan (?:ini|kedua)) didahulukan) karena (.{4,60})",
            cue.look_for,
        )
        if found:
            why = found[3].lower()
            reason = KIND_OF_COMPLAINT if "jenis" in why else TYPE_OF_CUSTOMER if "tipe" in why else CAME_FIRST
            return found[1] or found[2], reason
    return NOT_THERE, NOT_THERE


def _units(scenario: Scenario) -> str:
    """Which of the units of the list of contacts are to be told: their places on it."""
    lists = [prop for prop in scenario.props if prop.kind == "table" and prop.columns[:1] == ("Unit",)]
    if not lists:
        return NOT_THERE
    names = [row[0] for row in lists[0].rows]
    most = max((_named(names, cue) for cue in scenario.cues), key=len, default=())
    return f"{len(most)} dari {len(names)}: {', '.join(map(str, most))}" if most else NOT_THERE


def _named(names: Sequence[str], cue: Cue) -> tuple[int, ...]:
    told = re.split(r";|\bKondisi khusus\b", cue.look_for)[0]
    return tuple(number for number, name in enumerate(names, 1) if name in told)


def _sop(text: str) -> str:
    numbers = sorted({int(each) for each in re.findall(r"butir (\d+)|atau (\d+) SOP", text) for each in each if each})
    return ", ".join(map(str, numbers)) or NOT_THERE


def _first_offer(scenario: Scenario, actor: ActorBrief) -> str:
    last = scenario.scenes[-1].title
    if _cue(scenario, r"\balternatif\b") is None:
        return NOT_THERE
    if not actor.refuses:
        handed = any(prop.scene == last for prop in scenario.props)
        return ACCEPTED_THEN_CHANGED if handed else NOT_THERE
    if re.search(r"\bditerima\b", actor.refuses):
        return PARTLY_ACCEPTED
    why = actor.refuses.partition("karena")[2] or actor.refuses
    for label, pattern in FATES:
        if re.search(pattern, why):
            return label
    return REFUSED_FOR_CUSTOMER


def _ending(scenario: Scenario, actor: ActorBrief) -> str:
    if _cue(scenario, r"\balternatif\b") is None:
        return NOT_THERE
    watched = [scene for scene in scenario.scenes if scene.is_watched]
    told = watched[-1].actor if watched else ""
    if actor.scenes and watched and watched[-1].title not in actor.scenes:
        return NOT_THERE
    for label, pattern in ENDINGS:
        if re.search(pattern, told, re.IGNORECASE):
            return label
    return ACCEPTS if told else NOT_THERE


def _customers(actors: Sequence[ActorBrief]) -> str:
    styles = [actor.style.split(".")[0].split(" ")[0] for actor in actors if actor.style]
    return ", ".join(styles) or NOT_THERE


def _offer(scenario: Scenario) -> str:
    """What is right to offer or to choose: the words its cue gives before the first reason, by their tokens."""
    for cue in scenario.cues:
        found = re.search(r"^(?:Menawarkan|Butir 1\.3 menyebut) ([^,;.]+(?:,[^,;.]+)?)", cue.look_for)
        if found and cue.unit_code and not cue.number.startswith("3"):
            return found[1]
    return NOT_THERE


def _lacking(scenario: Scenario) -> str:
    """Which means are not ready: the rows of a stock that say something is missing, wrong or elsewhere."""
    for prop in scenario.props:
        if prop.title.startswith("Persediaan") and prop.kind == "table":
            lacking = [row[0] for row in prop.rows if re.search(_LACKS, " ".join(row[1:]), re.IGNORECASE)]
            return ", ".join(lacking) or NOT_THERE
    return NOT_THERE


def _cue(scenario: Scenario, pattern: str) -> Cue | None:
    return next(_cues(scenario, pattern), None)


def _cues(scenario: Scenario, pattern: str) -> Iterator[Cue]:
    return (cue for cue in scenario.cues if re.search(pattern, cue.look_for))
