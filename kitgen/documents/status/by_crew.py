"""Documents of a run that a crew makes: given out in ranges, judged here as they come back."""

from collections.abc import Callable, Sequence

from kitgen.documents.status.far import MAKING, MadeOfForm, TemplateFiles, WorkerBench, job_of, ranges_of
from kitgen.documents.status.judge import Judge, Judged, Lot, LotMember
from kitgen.documents.status.maker import DocumentRenderer
from kitgen.documents.status.parallel import WORTH_IT
from kitgen.documents.work.crew import Crew


def made_by_crew(
    crew: Crew,
    lots: Sequence[Lot],
    maker: DocumentRenderer,
    judge: Judge,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[int, Judged], list[Lot]]:
    """How documents stand that a crew made, by number, and those that are to be made here.

    These are documents people type into, where one lies already, whose parts are wanted; those of templates with
    faults, which are told here; and what people edited. `progress` is told how many came back.
    """
    near = {lot.form.code for lot in lots if judge.is_typed_into(lot)}
    far = [lot for lot in lots if lot.form.code not in near]
    far.sort(key=lambda lot: lot.form.typed_by is None)  # workbooks take longest
    if sum(lot.seconds(explain=False) for lot in far) < WORTH_IT:
        return {}, list(lots)
    judged: dict[int, Judged] = {}
    left = {lot.form.code: Lot(lot.form, lot.members if lot.form.code in near else []) for lot in lots}
    ranges = list(ranges_of(far, crew.size))
    total, done = sum(len(lot.members) for lot in far), 0
    jobs = (job_of(each, maker.key) for each in ranges)
    context = crew.context_of(maker.templates, lambda: TemplateFiles.of(maker))
    crew.foresee(context, lambda: _prepared_here(lots, maker))
    for each, found in zip(ranges, crew.results(MAKING, context, jobs), strict=True):
        for lot, made in zip(each, found or [None] * len(each), strict=True):
            left[lot.form.code].members.extend(_taken(lot, made, maker, judge, judged))
            done += len(lot.members)
        if progress is not None:
            progress(done, total)
    return judged, [lot for lot in left.values() if lot.members]


def _prepared_here(lots: Sequence[Lot], maker: DocumentRenderer) -> WorkerBench:
    """The templates of this process, compiled."""
    maker.templates.prepare([lot.form for lot in lots])
    return WorkerBench(maker.templates, maker.data)


def _taken(
    lot: Lot, made: MadeOfForm | None, maker: DocumentRenderer, judge: Judge, judged: dict[int, Judged]
) -> list[LotMember]:
    """Note how the documents of a lot stand; gives those that are to be made here."""
    if made is None:
        return lot.members
    if maker.reads_of(lot.form) is None:
        maker.learn(lot.form, made.reads, made.signers)
    rest = []
    for member, each in zip(lot.members, made.made, strict=True):
        each_judged = judge.of_made(member.document, member.values, each.record, each.ready)
        if each_judged is None:
            rest.append(member)
        else:
            judged[member.number] = each_judged
    return rest
