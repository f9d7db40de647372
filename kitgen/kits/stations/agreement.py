"""How far assessors agree: two who marked the same candidate, and all with the key of the calibration. Pure."""

from collections.abc import Iterable, Sequence

from kitgen.model.marks import (
    ENOUGH,
    FEW,
    AgreementLine,
    AgreementSheet,
    CalibrationCount,
    EventMarks,
    RulingLine,
    StationMark,
)
from kitgen.model.scheme import Unit


def agreement_sheet(units: Sequence[Unit], known: EventMarks, every: int) -> AgreementSheet:
    """The agreement of an event, KUK by KUK in the order of the scheme; only what was marked twice or calibrated."""
    doubles = [each for each in known.marks if each.is_double]
    pairs = [(unit.code, criterion.number) for unit in units for criterion in unit.criteria()]
    lines = (_line(code, number, doubles, known.calibration) for code, number in pairs)
    return AgreementSheet(
        every=every,
        doubles=_doubles(doubles, in_percent=True),
        clear=_right(known.calibration, is_clear=True, in_percent=True),
        border=_right(known.calibration, is_clear=False, in_percent=True),
        note=small(len(doubles)) if doubles else "",
        lines=tuple(each for each in lines if each.doubles or each.clear or each.border),
        rulings=tuple(
            RulingLine(each.candidate, each.scenario, each.unit, each.criterion, f"{each.first} / {each.second}",
                       each.ruling)
            for each in doubles if each.first != each.second
        ),
    )  # fmt: skip


def small(count: int) -> str:
    """What is said beside a share of so many marks: that they are few; nothing where there are enough."""
    if count < FEW:
        return f"{count} tanda: terlalu sedikit untuk disimpulkan"
    return f"{count} tanda: sedikit, hanya alasan untuk melihat" if count < ENOUGH else ""


def _line(
    code: str, number: str, doubles: Sequence[StationMark], calibration: Sequence[CalibrationCount]
) -> AgreementLine:
    mine = [each for each in doubles if (each.unit, each.criterion) == (code, number)]
    keyed = [each for each in calibration if (each.unit, each.criterion) == (code, number)]
    return AgreementLine(code, number, _doubles(mine), _right(keyed, is_clear=True), _right(keyed, is_clear=False))


def _doubles(marks: Sequence[StationMark], in_percent: bool = False) -> str:
    return _share(sum(each.first == each.second for each in marks), len(marks), in_percent)


def _right(counts: Iterable[CalibrationCount], is_clear: bool, in_percent: bool = False) -> str:
    mine = [each for each in counts if each.is_clear == is_clear]
    return _share(sum(each.right for each in mine), sum(each.marks for each in mine), in_percent)


def _share(part: int, whole: int, in_percent: bool) -> str:
    if not whole:
        return ""
    return f"{part} dari {whole} ({part / whole:.0%})" if in_percent else f"{part} dari {whole}"
