"""What is kept of a release or delivery after a run over it."""

from kitgen.documents.disk.history import told_as
from kitgen.documents.kept.keep import Kept, kept_anew
from kitgen.documents.kept.record import KeptRecord
from kitgen.documents.status.status import RunStatus


def kept_now(run: RunStatus, path: str, state: str = "") -> Kept:
    """What is kept after a whole run over a folder (`path`, relative to `output/`) that is released or delivered.

    `state` is that of its data where the run was not over a release or delivery yet.
    """
    folder = run.folders[path]
    documents = {
        told_as(each.planned): each.record.serial for each in run.documents if each.path.startswith(f"{path}/")
    }
    everything = {**folder.held, **documents}
    record = folder.made_with.record
    if record is None or not folder.made_with.is_fixed:
        return kept_anew(folder.made_with, folder.style, state or folder.state, everything, folder.held)
    restated = KeptRecord(record.made_by, record.style, record.templates, folder.state, everything,
                          tuple(folder.held), folder.left_out)  # fmt: skip
    return Kept(restated, None)
