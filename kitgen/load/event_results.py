"""Puts the recorded results of an event to its candidates, and tells where the sheet Asesi says something else."""

from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.errors import Findings, Place
from kitgen.load.event_candidates import ReadCandidate
from kitgen.model.results import CandidateResult
from kitgen.roster import CANDIDATE_HEADINGS

_RESULT: Final = CANDIDATE_HEADINGS.columns["result"].heading
_NOTE: Final = CANDIDATE_HEADINGS.columns["note"].heading


def take_results(
    candidates: Sequence[ReadCandidate], results: Mapping[int, CandidateResult], file: str, findings: Findings
) -> None:
    """What the recap says stands. A result in the sheet that contradicts it leaves the candidate without one."""
    for candidate in candidates:
        recorded = results.get(candidate.number)
        if recorded is None:
            continue
        if not candidate.takes_part:
            findings.warning(f"candidate {candidate.number} withdrew; the recorded result is not used", Place(file))
            continue
        _take(candidate, recorded)
    strangers = sorted(results.keys() - {candidate.number for candidate in candidates})
    for number in strangers:
        findings.warning(f"a result is recorded of candidate {number}, whom the event does not have", Place(file),
                         "`kitgen event results NAME` reads the recap again")  # fmt: skip


def _take(candidate: ReadCandidate, recorded: CandidateResult) -> None:
    words, row = candidate.words, candidate.row
    typed = words.get("result", "")
    if typed and recorded.decision and typed != recorded.decision:
        row["result"].error(f"{_RESULT} contradicts the recap; candidate {candidate.number} is left without a result",
                            "clear the cell, or mend the recap and run `kitgen event results NAME`")  # fmt: skip
        del words["result"]
        return
    if recorded.decision:
        words["result"] = recorded.decision
        candidate.not_competent = recorded.not_competent
    if recorded.note:
        if words.get("note", recorded.note) != recorded.note:
            row["note"].warning(f"{_NOTE} is another one than in the recap, whose note is printed", "keep one of them")
        words["note"] = recorded.note
