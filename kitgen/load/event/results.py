"""Puts the recorded results of an event to its candidates, and tells where the sheet Asesi says something else."""

from collections.abc import Mapping, Sequence
from typing import Final

from kitgen.base.digests import digest_values, keyed
from kitgen.base.errors import Findings, Place
from kitgen.base.messages import said
from kitgen.load.event.candidates import ReadCandidate
from kitgen.load.event.columns import CANDIDATE_HEADINGS
from kitgen.model.results import CandidateResult
from kitgen.model.states import told_state

_RESULT: Final = CANDIDATE_HEADINGS.columns["result"].heading
_NOTE: Final = CANDIDATE_HEADINGS.columns["note"].heading
_TAG_LETTERS: Final = 16
_AGAIN: Final = said("build, look at the recap, and run `kitgen event results NAME`")


def give_tags(candidates: Sequence[ReadCandidate], secret: bytes) -> None:
    """Give each candidate the tag that stays theirs: of the NIK, where there is none of name and date of birth.

    So who is called otherwise stays the same person where there is a NIK. Whose NIK is entered later or mended is taken
    for another: nobody can tell, and a result is printed of nobody rather than of the wrong one. No secret, no tags:
    a bare digest of a NIK could be guessed.
    """
    for candidate in candidates if secret else ():
        person = candidate.person
        identity = "".join(person.get("identity_number", "").split()).casefold()
        name = " ".join(person.get("name", "").split()).casefold()
        known = [identity] if identity else [name, person.get("birth_date", "")]
        candidate.tag = keyed(digest_values(known), secret)[:_TAG_LETTERS]


def take_results(
    candidates: Sequence[ReadCandidate], results: Mapping[int, CandidateResult], file: str, findings: Findings
) -> None:
    """Give each candidate the recorded result of this very person, which goes before the sheet.

    A result in the sheet that contradicts it leaves the candidate without one.
    """
    for candidate in candidates:
        recorded = results.get(candidate.number)
        if recorded is None:
            continue
        if not candidate.takes_part:
            findings.warning(
                said("candidate {number} withdrew; the recorded result is not used", number=candidate.number),
                Place(file),
            )
            continue
        if not recorded.tag or recorded.tag != candidate.tag:
            findings.warning(
                said(
                    "the result recorded for candidate {number} is of another person, or their NIK or name "
                    "was changed since; it is not printed",
                    number=candidate.number,
                ),
                Place(file),
                _AGAIN,
            )
            continue
        _take(candidate, recorded)
        _take_state(candidate, recorded)
    strangers = sorted(results.keys() - {candidate.number for candidate in candidates})
    for number in strangers:
        findings.warning(
            said("a result is recorded of candidate {number}, whom the event does not have", number=number),
            Place(file),
            said("`kitgen event results NAME` reads the recap again"),
        )


def _take_state(candidate: ReadCandidate, recorded: CandidateResult) -> None:
    """What the recap says became of somebody, where the workbook says nothing else."""
    if not recorded.state or candidate.state.code != "present":
        return
    candidate.words["status"] = recorded.state
    candidate.is_state_of_recap = True
    told = told_state(recorded.note)
    if told is not None and told[1]:
        candidate.words.setdefault("state_reason", told[1])


def _take(candidate: ReadCandidate, recorded: CandidateResult) -> None:
    words, row = candidate.words, candidate.row
    typed = words.get("result", "")
    if typed and recorded.decision and typed != recorded.decision:
        row["result"].error(
            said(
                "{result} contradicts the recap; candidate {number} is left without a result",
                result=_RESULT,
                number=candidate.number,
            ),
            said("clear the cell, or mend the recap and run `kitgen event results NAME`"),
        )
        del words["result"]
        return
    if recorded.decision:
        words["result"] = recorded.decision
        candidate.not_competent = recorded.not_competent
    if recorded.note:
        if words.get("note", recorded.note) != recorded.note:
            row["note"].warning(
                said("{note} is another one than in the recap, whose note is printed", note=_NOTE),
                said("keep one of them"),
            )
        words["note"] = recorded.note
