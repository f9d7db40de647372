"""What of a multiple-choice paper has to be right before it counts as reached, for key and score sheet. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from kitgen.model.bank import CriterionDecision, PaperDecision, PaperQuestion, UnitDecision
from kitgen.model.blueprint import Decision

_PROPOSED: Final = "usulan kitgen, belum ditetapkan LSP"
_RULE: Final = (
    "Aturan keputusan ({set_by}): KUK tercapai bila paling sedikit {criterion} soalnya dijawab benar; aspek "
    "pengetahuan unit tercapai bila paling sedikit {share}% soal unit itu dijawab benar. KUK yang belum tercapai "
    "digali dengan metode cadangannya; tes ini bukan satu-satunya bukti."
)


def paper_decision(rule: Decision, questions: Sequence[PaperQuestion]) -> PaperDecision:
    """The rule in words, and for each unit and criterion of the paper how many of its questions have to be right.

    Where a criterion has fewer questions than the rule demands, all of them have to be right.
    """
    set_by = f"ditetapkan oleh {rule.set_by}" if isinstance(rule.set_by, str) else _PROPOSED
    units = dict.fromkeys(question.unit_code for question in questions)
    asked = {unit: sum(question.unit_code == unit for question in questions) for unit in units}
    criteria = Counter((each.unit_code, number) for each in questions for number in each.criteria.split(", "))
    order = sorted(criteria, key=lambda key: (list(units).index(key[0]), [int(part) for part in key[1].split(".")]))
    return PaperDecision(
        text=_RULE.format(set_by=set_by, criterion=rule.criterion, share=rule.unit_share),
        share=rule.unit_share,
        units=tuple(UnitDecision(unit, count, rule.needed(count)) for unit, count in asked.items()),
        criteria=tuple(CriterionDecision(*key, criteria[key], min(rule.criterion, criteria[key])) for key in order),
    )
