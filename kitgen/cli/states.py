"""How documents stand, told on the terminal and as JSON."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from kitgen.base.line_diff import Difference, focused
from kitgen.base.messages import NOTHING, Message, counted, joined, padded, said
from kitgen.cli.amount import MOST_LINES, tells_all
from kitgen.cli.language import in_words_within, say, styled
from kitgen.cli.table import row
from kitgen.documents.disk.staleness import State
from kitgen.documents.status.data_words import place_in_words
from kitgen.documents.status.judge import DocumentStatus
from kitgen.documents.status.orphan import Orphan
from kitgen.documents.status.reasons import grouped
from kitgen.kits.paths import NAMELESS, without_names
from kitgen.model.forms import EVENTS_FOLDER, UNIT_FOLDER, WITHDRAWN_FOLDER

MAX_REASONS: Final = 5
_SUMMED: Final[tuple[State, ...]] = ("new", "moved", "changed", "same", "deleted")
"""Many documents of these are told as sums; what people wrote is always told document by document."""


_STATE_COLOURS: Final[dict[State, str]] = {
    "new": "green", "changed": "yellow", "deleted": "green", "edited": "cyan", "resaved": "cyan", "foreign": "cyan",
    "orphan": "magenta", "moved": "green",
}  # fmt: skip


_STATE_WORDS: Final[dict[State, Message]] = {
    "new": said("new"),
    "moved": said("moved"),
    "changed": said("changed"),
    "same": said("same"),
    "edited": said("edited"),
    "resaved": said("resaved"),
    "deleted": said("deleted"),
    "foreign": said("foreign"),
    "orphan": said("orphan"),
}


def print_states(
    documents: Sequence[DocumentStatus],
    orphans: Sequence[Orphan],
    names: bool = False,
    left_out: Collection[str] = ("same",),
) -> None:
    """A line for each document of another state than those left out, its reasons below it.

    Persons' folders are told by their numbers, unless `names` are asked for.
    """
    listed = [document for document in documents if document.state not in left_out]
    counts = Counter(document.state for document in listed)
    summed = {state for state, count in counts.items() if count > MOST_LINES and state in _SUMMED and not tells_all()}
    if summed:
        _print_folders([document for document in listed if document.state in summed])
    for document in listed:
        if document.state in summed:
            continue
        path, former = _shown(document.path, names), _shown_file(document.moved_from or "", document.form.code, names)
        moved = (said("was {former}", former=former),) if former and former != path else ()
        renamed = (
            said(" (its folder is called otherwise now)") if former == path else NOTHING
        )  # only the hidden name differs
        _print_state(document.state, joined("", (path, renamed)), (*moved, *document.reasons))
    going = [orphan for orphan in orphans if orphan.moved_to is None]
    for orphan in going if len(going) <= MOST_LINES or tells_all() else [each for each in going if each.is_edited]:
        _print_state("orphan", _shown_file(orphan.path, orphan.record.form, names), (_what_becomes(orphan),))
    if len(going) > MOST_LINES and not tells_all():
        gone = counted(sum(not each.is_edited for each in going), "document")
        say(said("{label} {gone} nobody asks for any more", label=_label("orphan"), gone=gone))


def _print_folders(documents: Sequence[DocumentStatus]) -> None:
    """How many documents of each state lie in which folder: a line for each folder, a column for each state."""
    found = {document.state for document in documents}
    states = [state for state in _STATE_WORDS if state in found]
    by_folder: dict[str, Counter[State]] = {}
    for document in documents:
        by_folder.setdefault(folder_of(document.path), Counter())[document.state] += 1
    width = max(map(len, by_folder))
    say(row((said("folder"), width), *((_STATE_WORDS[state], -10) for state in states)))
    for folder, counts in by_folder.items():
        say(row((folder, width), *((str(counts[state]), -10) for state in states)))


def folder_of(path: str) -> str:
    """The folder a document is counted in: that of its audience in an event, that of its kit in an edition."""
    parts = path.split("/")
    depth = 4 if len(parts) > 4 and parts[2] == UNIT_FOLDER else 3
    return "/".join(parts[: min(depth, len(parts) - 1)])


def _what_becomes(orphan: Orphan) -> Message:
    if orphan.is_edited:
        return said("edited by hand and kept")
    if orphan.path.startswith(f"{EVENTS_FOLDER}/"):
        return said(
            "nobody asks for it any more; it goes to {folder} ({form})",
            folder=WITHDRAWN_FOLDER,
            form=orphan.record.form,
        )
    return said("no form or unit asks for it ({form})", form=orphan.record.form)


def _shown(path: str, names: bool) -> str:
    return path if names else without_names(path)


def _former(document: DocumentStatus, names: bool) -> dict[str, str]:
    """Where a document lay before, if elsewhere, as a member of its row."""
    if document.moved_from is None:
        return {}
    return {"moved_from": _shown_file(document.moved_from, document.form.code, names)}


def _shown_file(path: str, form: str, names: bool) -> str:
    """The path of a file that lies there; one of an event that people called otherwise is told by its form."""
    folder, _, file = path.rpartition("/")
    is_of_event = path.startswith(f"{EVENTS_FOLDER}/")
    if names or not is_of_event or re.match(rf"\d+\w? {re.escape(form)}[ .]", file):
        return _shown(path, names)
    return without_names(f"{folder}/{NAMELESS} {form}{file[file.rindex('.') :]}")


def _print_state(state: State, path: str, reasons: Sequence[str]) -> None:
    say(said("{label} {path}", label=_label(state), path=path))
    for reason in shortened(reasons):
        say(said("           {reason}", reason=reason))


def _label(state: State) -> Message:
    return styled(padded(_STATE_WORDS[state], 8), fg=_STATE_COLOURS.get(state))


def shortened(reasons: Sequence[str], most: int = MAX_REASONS) -> list[str]:
    """The first few reasons, and how many more there are."""
    more = len(reasons) - most
    return [*reasons[:most], *([said("and {more}", more=counted(more, "more place"))] if more > 0 else [])]


def print_groups(documents: Sequence[DocumentStatus], names: bool = False) -> None:
    """Changed documents with equal reasons together: the data behind them, old and new words, then the documents."""
    changed = [document for document in documents if document.state == "changed"]
    for group in grouped([document.why for document in changed]):
        members = [changed[number] for number in group.members]
        forms = ", ".join(dict.fromkeys(document.form.code for document in members))
        count = counted(len(members), "document")
        say(said("{count} ({forms})", count=count, forms=forms))
        for cause in group.causes[:MAX_REASONS]:
            say(styled(said("  because of {cause}", cause=cause), bold=True))
        for line in shortened(group.causes)[MAX_REASONS:]:
            say(said("  {line}", line=line))
        for line in shortened(words_of(group.words) or members[0].reasons):
            say(said("  {line}", line=line))
        if len(members) > MOST_LINES and not tells_all():
            _print_folders(members)
            say()
            continue
        for document in members:
            spots = joined("; ", shortened([place_in_words(each.spot) for each in document.why.changes], 3))
            say(
                said("{label} {shown}", label=_label("changed"), shown=_shown(document.path, names))
                + (said(": {spots}", spots=spots) if spots else "")
            )
        say()


def words_of(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Old and new words, each pair once however it is broken into lines, the shortest first."""
    told: dict[str, None] = {}
    for old, new in pairs:
        was, now = (" ".join(text.replace("**", "").replace("→", " ").split()) for text in (old, new))
        cut = focused(was, now)
        if cut[0] != cut[1]:
            told[Difference("", *cut).words] = None
    return sorted(told, key=len)


def summary_of(documents: Sequence[DocumentStatus], orphans: Sequence[Orphan], **more: int) -> dict[str, int]:
    """How many documents there are, and how many in each state."""
    counts = Counter(document.state for document in documents)
    known: tuple[State, ...] = ("new", "moved", "changed", "same", "edited", "resaved", "deleted", "foreign")
    states = {state: counts.get(state, 0) for state in known}
    left = sum(orphan.moved_to is None for orphan in orphans)
    return {"documents": len(documents), **states, "orphans": left, **more}


def print_json(
    documents: Sequence[DocumentStatus],
    orphans: Sequence[Orphan],
    summary: dict[str, int],
    names: bool = False,
    **more: object,
) -> None:
    """The same for programs; see `json_of`."""
    say(json.dumps({**json_of(documents, orphans, summary, names), **more}, ensure_ascii=False, indent=1))


def json_of(
    documents: Sequence[DocumentStatus], orphans: Sequence[Orphan], summary: dict[str, int], names: bool = False
) -> dict[str, object]:
    """What programs are told: paths with `/`, relative to `output/`; persons by number, unless `names` is asked for."""
    rows: list[dict[str, Any]] = [
        {
            "path": _shown(document.path, names),
            "form": document.form.code,
            "kit": document.kit,
            "per": document.form.per,
            "audience": document.form.audience,
            "state": document.state,
            "serial": document.record.serial,
            "reasons": list(document.reasons),
            "causes": list(map(str, document.why.causes)),
            "changes": [asdict(change) for change in document.why.changes],
            **_former(document, names),
        }
        for document in documents
    ]
    kits = {document.planned.kit.folder: document.kit for document in documents}
    rows += [
        {"path": _shown_file(orphan.path, orphan.record.form, names), "form": orphan.record.form,
         "kit": kits.get(orphan.record.kit, orphan.record.kit.rpartition("/")[2]), "per": None, "audience": None,
         "state": "orphan", "serial": orphan.record.serial,
         "reasons": [said("edited by hand and kept")] * orphan.is_edited, "causes": [], "changes": []}
        for orphan in orphans
        if orphan.moved_to is None
    ]  # fmt: skip
    return {"documents": in_words_within(rows), "summary": summary}
