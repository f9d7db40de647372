"""Microsoft Word itself, through docx2pdf (`pip install kitgen[word]`), on the machines that have both.

Word breaks its own pages as nobody else does. It knows no time limit here, and workbooks go to LibreOffice.
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kitgen.base.errors import Diagnostic, KitgenError, Place
from kitgen.base.messages import said
from kitgen.documents.disk.rooms import room_in
from kitgen.documents.pdf.job import Converted, Job
from kitgen.documents.pdf.join import opens


def is_usable() -> bool:
    """Whether this is Windows with docx2pdf; that Word is there shows when it is called."""
    import importlib.util

    return sys.platform == "win32" and importlib.util.find_spec("docx2pdf") is not None


def convert_with_word(
    jobs: Sequence[Job], output: Path, counted: Callable[[int], None] = lambda number: None
) -> Converted:
    """Convert Word documents one after the other, Word kept open between them; `counted` is told how many are done."""
    made: list[Job] = []
    problems: list[Diagnostic] = []
    with room_in(output) as folder:
        for number, job in enumerate(jobs, 1):
            copy = folder / f"{number:04}.docx"
            shutil.copyfile(job.document, copy)
            try:
                data = _by_word(copy, number < len(jobs))
                if not opens(data):
                    raise ValueError("what it made is no PDF")
                job.write(data)
            except KitgenError as error:
                problems += error.diagnostics
            except Exception as error:  # COM raises whatever Word tells
                told = str(error) or type(error).__name__
                problems.append(
                    Diagnostic(
                        said("document cannot be converted to PDF (Word: {told})", told=told),
                        Place(job.shown),
                        said("open it in Word and look"),
                    )
                )
            else:
                made.append(job)
            counted(number)
    return Converted(tuple(made), tuple(problems))


def _by_word(document: Path, keep_open: bool) -> bytes:
    from docx2pdf import convert

    pdf = document.with_suffix(".pdf")
    convert(str(document), str(pdf), keep_active=keep_open)
    return pdf.read_bytes()
