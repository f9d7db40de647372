"""PDFs made by workers: documents travel there, finished PDFs come back, sealed as they would be here.

What a worker has no PDF of is tried once more by whoever asked, where it is told why there is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from kitgen.documents.disk.rooms import room_elsewhere
from kitgen.documents.pdf.job import Job
from kitgen.documents.pdf.seal import SealSource
from kitgen.documents.work.crew import Crew
from kitgen.documents.work.parcel import Kind

_MOST: Final = 120
"""Documents in one call: so many are done again where a worker is killed, and each call starts LibreOffice."""
_LEAST: Final = 6
"""Starting LibreOffice costs as much as about so many files."""

Convert = Callable[[Sequence[Job], Path, int], Any]
"""`convert`, which knows this module and is handed to it."""


class SentDocument(NamedTuple):
    """Dokumen yang dikirim: how its file ends, its bytes, and the digest of its parts."""

    suffix: str
    content: bytes
    source: SealSource


@dataclass(frozen=True, slots=True)
class PdfJob:
    """Pekerjaan: documents, and what converts them."""

    documents: tuple[SentDocument, ...]
    convert: Convert


def nothing(context: object) -> None:
    """The preparation of a worker, which needs none."""


def convert_range(_: None, job: PdfJob) -> tuple[bytes | None, ...]:
    """Runs on a worker: the PDF of each document, None where none was made. Raises `KitgenError` without LibreOffice.

    The documents lie in a folder of this user's alone while they are converted; of a worker that was killed, the next
    one of the same user takes them away.
    """
    with room_elsewhere() as room:
        jobs = []
        for number, (suffix, content, source) in enumerate(job.documents):
            document = room / f"{number:04}{suffix}"
            document.write_bytes(content)
            jobs.append(Job(document, document.with_suffix(".pdf"), source, f"{number:04}"))
        job.convert(jobs, room, 1)
        return tuple(each.target.read_bytes() if each.target.is_file() else None for each in jobs)


def _sent(job: Job) -> SentDocument:
    return SentDocument(job.document.suffix.lower(), job.document.read_bytes(), job.source)


PRINTING: Final = Kind(nothing, convert_range)


def convert_far(jobs: Sequence[Job], crew: Crew, convert: Convert, made: Callable[[Job, bytes], None]) -> list[Job]:
    """Have a crew convert documents; `made` is called with each PDF. Gives those that are to be converted here."""
    count = max(_LEAST, min(_MOST, -(-len(jobs) // (2 * crew.size))))
    ranges = [jobs[start : start + count] for start in range(0, len(jobs), count)]
    given = (PdfJob(tuple(_sent(job) for job in each), convert) for each in ranges)
    left: list[Job] = []
    for each, found in zip(ranges, crew.results(PRINTING, None, given), strict=True):
        for job, data in zip(each, found or [None] * len(each), strict=True):
            if data is None:
                left.append(job)
            else:
                made(job, data)
    return left
