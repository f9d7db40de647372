"""Which clusters and units finished sheets name, and where they name wrong ones. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kitgen.base.messages import Message, said
from kitgen.kits.kit import EventParts, Kit
from kitgen.kits.reserve import RESERVE_NOTE
from kitgen.verify.find import Checked
from kitgen.verify.read_back import Finished, words_of

PlanFault = tuple[Message, str]
"""What contradicts the plan, and the path of the planned document it stands on; empty where it is no single one."""

_BOOKLET: Final = re.compile(r"Paket \w+ - KP (\d+)")


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Dokumen yang dibaca: what was planned and found, and what stands on it."""

    checked: Checked
    finished: Finished

    @property
    def path(self) -> str:
        """Where it was planned."""
        return self.checked.document.path


def clusters_on(kit: Kit, each: ReadDocument) -> set[int]:
    """The clusters of which a page names a unit; of a booklet the one its id says, which stands on the page."""
    paper = each.checked.document.paper
    if paper is not None and paper.cluster:
        return {paper.cluster}
    codes = units_on(kit, each)
    return {cluster.number for cluster in kit.clusters if any(unit.code in codes for unit in cluster.units)}


def units_on(kit: Kit, each: ReadDocument) -> set[str]:
    """The codes of the units a page names; of a booklet those its questions are for, where they were found."""
    paper = each.checked.document.paper
    if paper is not None and paper.cluster:
        return {code for found, _ in each.checked.found for code, _ in found.proves}
    return {unit.code for unit in kit.units if next(each.finished.within(unit.code), None) is not None}


def wrong_names(kit: Kit, each: ReadDocument) -> Iterator[PlanFault]:
    """Units that stand under another cluster than theirs, and booklets that say another cluster than their own.

    A unit stands under the cluster named last before it in its table or paragraph.
    """
    homes = {unit.code: cluster.number for cluster in kit.clusters for unit in cluster.units}
    if not homes:
        return
    word = re.compile("|".join([r"Kelompok Pekerjaan (\d+)", *(f"({re.escape(code)})" for code in homes)]))
    place, under = "", 0
    told: set[tuple[str, int]] = set()
    for line in each.finished.lines:
        if (here := line.table or line.row) != place:
            place, under = here, 0
        for match in word.finditer(line.text):
            if match[1]:
                under = int(match[1])
            elif under and homes[match[0]] != under and (match[0], under) not in told:
                told.add((match[0], under))
                yield said("unit {code} stands under cluster {under}, and is of cluster {home}", code=match[0],
                           under=under, home=homes[match[0]]), each.path  # fmt: skip
    paper = each.checked.document.paper
    if paper is None or not paper.cluster:
        return
    for number in sorted(_booklets_named(each.finished) - {paper.cluster}):
        yield said("booklet of cluster {cluster} says cluster {named}", cluster=paper.cluster, named=number), each.path


def _booklets_named(read: Finished) -> set[int]:
    return {int(match[1]) for line in read.lines for match in _BOOKLET.finditer(line.text)}


def unmarked(each: ReadDocument) -> Iterator[PlanFault]:
    """Sheets of a sealed reserve set that do not say so: they would be taken for what was planned."""
    if each.checked.document.reserve is not None and next(each.finished.within(words_of(RESERVE_NOTE)), None) is None:
        yield said("sheet of a sealed reserve set does not say that it is one"), each.path


def papers_out_of_use(event: EventParts, each: ReadDocument) -> Iterator[PlanFault]:
    """Sheets of a paper that is switched off for the event, which a candidate still would sit."""
    document = each.checked.document
    paper, usable = document.paper, event.schedule.papers
    if paper is not None and usable and paper.letter not in usable and document.reserve is None:
        yield said("sheet is of paper {letter}, which is switched off", letter=paper.letter), each.path


def unit_faults(
    kit: Kit, number: int, wanted: Mapping[str, set[str]], named: Mapping[str, set[str]]
) -> Iterator[PlanFault]:
    """Units of an instrument (by code) that a candidate's sheets leave out, or name though it is not used for them."""
    for form, codes in sorted(named.items()):
        asked = _asked(kit, form)
        of_plan = wanted.get(form, set())
        for code in sorted(of_plan - codes if codes else ()):
            if asked is None or code in asked:
                yield said("sheet of {form} of candidate {number} leaves out unit {code}", form=form, number=number,
                           code=code), ""  # fmt: skip
        for code in sorted(codes - of_plan):
            yield said("sheet of {form} asks candidate {number} for unit {code}, for which the plan does not use it",
                       form=form, number=number, code=code), ""  # fmt: skip


def _asked(kit: Kit, form: str) -> set[str] | None:
    """The units any paper of an instrument asks for; None for an instrument without questions."""
    kind = next((each for each in kit.plan.kinds if each.form == form), None)
    if kind is None or kind.questions is None:
        return None
    return {question.unit_code for paper in kit.drawn.get(kind.questions, ()) for question in paper.questions}
