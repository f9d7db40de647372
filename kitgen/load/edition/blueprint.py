"""Reads `blueprint.yaml` (how papers are drawn) and `papers.yaml` (those drawn once and kept)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from kitgen.base.errors import Findings, did_you_mean
from kitgen.base.messages import said
from kitgen.kits.draw import is_order_of
from kitgen.load.yaml.source import Entry, Fields, open_yaml
from kitgen.load.yaml.text import quoted
from kitgen.model.bank import QUESTION_KINDS, Question, QuestionKind
from kitgen.model.blueprint import (
    Blueprint,
    Decision,
    Limits,
    RecordedPaper,
)
from kitgen.model.draw import BREADTHS, CELLS, Breadth, Cell, Draw
from kitgen.model.minutes import DEFAULT_ARRANGEMENTS, DEFAULT_TIMES, TIME_KEYS, Arrangement, Minutes, TimeKey
from kitgen.model.scheme import Scheme

_DRAW_KEYS: Final = (
    "per",
    "criteria",
    "unit_criteria",
    "scheme",
    "unit",
    "letters",
    "minutes",
    "marking",
    "why",
    "reserve",
)
_LETTER: Final = re.compile(r"[A-Z][A-Z0-9]{0,3}")
_SEED: Final = re.compile(r"[A-Z0-9]{1,12}")
_ANEW: Final = said(
    "the bank changed since the paper was drawn: draw it anew with `kitgen bank draw`, or undo the change"
)
_PAPER_ID: Final = re.compile(r"[A-Z][A-Z0-9]{0,3}-[A-Z0-9]{1,12}-[0-9A-Z]{4}")


def load_blueprint(path: Path, name: str, findings: Findings) -> Blueprint:
    """The blueprint of an edition; the default one if there is no such file, or for what it does not say."""
    top = open_yaml(path, name, findings) if path.exists() else None
    if top is None:
        return Blueprint()
    fields = top.fields(("seed", "balanced", "limits", "draws", "decision", "accepted", "times", "arrangements"))
    default = Blueprint()
    seed = fields.optional("seed") or default.seed
    if not _SEED.fullmatch(seed):
        fields["seed"].error(
            said("seed `{seed}` is not 1 to 12 capital letters and digits", seed=seed), said('write `seed: "1"`')
        )
    draws = dict(default.draws)
    for name, entry in fields["draws"].keys().items():
        kind = QuestionKind(name)
        if kind in QUESTION_KINDS:
            draws[kind] = _draw(entry, draws[kind])
        else:
            entry.error(said("there are no questions of kind `{kind}`", kind=kind), did_you_mean(kind, QUESTION_KINDS))
    return Blueprint(
        seed, draws, _limits(fields["limits"], default.limits), _decision(fields["decision"], default.decision),
        fields["balanced"].choice(("yes", "no")) == "yes" if "balanced" in fields else default.balanced,
        fields["accepted"].texts() if "accepted" in fields else (),
        _times(fields["times"]) if "times" in fields else default.times,
        _arrangements(fields["arrangements"]) if "arrangements" in fields else default.arrangements,
    )  # fmt: skip


def _times(entry: Entry) -> Mapping[TimeKey, Minutes]:
    """The minutes the edition says otherwise, each with its reason."""
    times = dict(DEFAULT_TIMES)
    for key, one in entry.keys().items():
        if key not in DEFAULT_TIMES:
            one.error(said("there are no minutes called `{key}`", key=key), did_you_mean(key, TIME_KEYS))
            continue
        fields = one.fields(("minutes", "why"))
        why = fields.required("why")
        known = cast(TimeKey, key)
        times[known] = Minutes(_number(fields, "minutes", times[known].minutes), why)
    return times


def _arrangements(entry: Entry) -> tuple[Arrangement, ...]:
    found: list[Arrangement] = []
    for key, one in entry.keys().items():
        fields = one.fields(("title", "integrated", "reserve"))
        reserve = fields["reserve"].texts() if "reserve" in fields else ()
        if wrong := [kind for kind in reserve if kind not in QUESTION_KINDS]:
            one.error(
                said("there are no questions of kind `{kind}`", kind=wrong[0]), did_you_mean(wrong[0], QUESTION_KINDS)
            )
        is_integrated = "integrated" in fields and fields["integrated"].choice(("yes", "no")) == "yes"
        kinds = tuple(kind for kind in QUESTION_KINDS if kind in reserve)
        found.append(Arrangement(key, fields.required("title"), is_integrated, kinds))
    if not found:
        entry.error(said("no arrangement is written"), said("write one, or take the key away"))
        return DEFAULT_ARRANGEMENTS
    return tuple(found)


def _limits(entry: Entry, default: Limits) -> Limits:
    fields = entry.fields(("candidate_minutes", "assessor_minutes"))
    return Limits(
        _number(fields, "candidate_minutes", default.candidate_minutes),
        _number(fields, "assessor_minutes", default.assessor_minutes),
    )


def _decision(entry: Entry, default: Decision) -> Decision:
    fields = entry.fields(("criterion", "unit_share", "set_by"))
    decision = Decision(
        _number(fields, "criterion", default.criterion),
        _number(fields, "unit_share", default.unit_share),
        fields.optional("set_by") or default.set_by,
    )
    if not 0 <= decision.unit_share <= 100:
        fields["unit_share"].error(
            said("{unit_share} is no share", unit_share=decision.unit_share), said("write 0 to 100 percent")
        )
    return decision


def _draw(entry: Entry, default: Draw) -> Draw:
    fields = entry.fields(_DRAW_KEYS)
    letters = fields["letters"].texts() if "letters" in fields else default.letters
    for letter in letters:
        if not _LETTER.fullmatch(letter):
            fields["letters"].error(said("`{letter}` is no letter of a paper", letter=letter), said("write A, B, C"))
    if len(set(letters)) != len(letters):
        fields["letters"].error(said("a letter stands twice"), said("each paper has a letter of its own"))
    return replace(
        default,
        per=cast(Cell, fields["per"].choice(CELLS) or default.per) if "per" in fields else default.per,
        breadth=_breadth(fields, "criteria", default.breadth),
        unit_breadth=_breadth(fields, "unit_criteria", default.unit_breadth),
        scheme=_number(fields, "scheme", default.scheme),
        unit=_number(fields, "unit", default.unit),
        letters=tuple(letters),
        minutes=_number(fields, "minutes", default.minutes),
        marking=_number(fields, "marking", default.marking),
        why=fields.optional("why") or default.why,
        reserve=fields["reserve"].choice(("yes", "no")) == "yes" if "reserve" in fields else default.reserve,
    )


def _breadth(fields: Fields, key: str, default: Breadth) -> Breadth:
    return cast(Breadth | None, fields[key].choice(BREADTHS)) or default if key in fields else default


def _number(fields: Fields, key: str, default: int) -> int:
    if key not in fields:
        return default
    found = fields[key].number()
    return default if found is None else found


def load_papers(
    path: Path, name: str, scheme: Scheme, bank: Sequence[Question], findings: Findings
) -> tuple[RecordedPaper, ...]:
    """The papers recorded for an edition; none if there is no such file. Every problem is noted in `findings`."""
    top = open_yaml(path, name, findings) if path.exists() else None
    if top is None:
        return ()
    questions = {question.id: question for question in bank}
    kits = ["scheme", *(unit.code for unit in scheme.units)]
    papers: dict[tuple[str, str, str], RecordedPaper] = {}
    for item in top.fields(("papers",))["papers"].items(lambda number: said("paper {number}", number=number)):
        spot = said("paper {peek}", peek=item.peek("id")) if item.peek("id") else item.spot
        fields = item.fields(("id", "kit", "kind", "questions"), spot)
        id = fields.required("id")
        kit = fields["kit"].choice(kits)
        kind = cast(QuestionKind | None, fields["kind"].choice(QUESTION_KINDS))
        order = _questions(fields["questions"], kind, kit, questions)
        if id and not _PAPER_ID.fullmatch(id):
            fields["id"].error(
                said("`{id}` is no id of a paper", id=id), said("ids are made by `kitgen bank draw`, such as A-1-K7QF")
            )
        elif kit is not None and kind is not None:
            paper = RecordedPaper(id, kit, kind, order)
            if (kit, kind, paper.letter) in papers:
                item.error(
                    said("kit {kit} has two papers {letter} of this kind", kit=kit, letter=paper.letter),
                    said("keep one of the two"),
                )
            papers[kit, kind, paper.letter] = paper
    return tuple(papers.values())


def _questions(
    entry: Entry, kind: QuestionKind | None, kit: str | None, questions: Mapping[str, Question]
) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    items = entry.items()
    if not items:
        entry.error(said("paper has no questions"), _ANEW)
    for item in items:
        text = item.text() or ""
        id, _, order = text.partition(" ")
        question = questions.get(id)
        if question is None:
            item.error(said("the bank has no question {id}", id=id), _ANEW)
        elif question.kind != kind:
            item.error(said("question {id} is of another kind ({kind})", id=id, kind=question.kind), _ANEW)
        elif kit not in ("scheme", question.unit):
            item.error(
                said("question {id} is of unit {unit}, which is not the paper's", id=id, unit=question.unit), _ANEW
            )
        elif id in found:
            item.error(said("question {id} stands twice on this paper", id=id))
        elif not is_order_of(order, question):
            item.error(said("`{order}` is no order of the options of question {id}", order=order, id=id), _ANEW)
        else:
            found[id] = order
    return tuple(found.items())


_HEAD: Final = """\
# Paket soal skema {title}, edisi {edition}: sudah ditarik, dan tetap walaupun bank soal bertambah.
# Ditulis oleh `kitgen bank draw`; jangan diubah dengan tangan.
#
# id         huruf paket, benih, dan empat huruf yang mewakili bunyi soalnya: berubah bila satu soal saja berubah bunyi
# kit        scheme (paket seluruh skema) atau kode unit (paket satu unit)
# questions  kode butir menurut nomor soal, lalu urutan pilihannya: "bdac" berarti pilihan b pada bank soal dicetak
#            sebagai a, pilihan d sebagai b, dan seterusnya
papers:
"""


def papers_text(scheme: Scheme, papers: Iterable[RecordedPaper]) -> str:
    """The whole file: an entry for each paper, its questions one to a line."""
    lines: list[str] = []
    for paper in papers:
        lines += [
            f"  - id: {quoted(paper.id)}",
            f"    kit: {quoted(paper.kit)}",
            f"    kind: {quoted(paper.kind)}",
            "    questions:",
            *(f"      - {quoted(f'{id} {order}'.rstrip())}" for id, order in paper.questions),
        ]
    return _HEAD.format(title=scheme.title, edition=scheme.edition) + "".join(f"{line}\n" for line in lines)
