"""Jobs: started by a button, followed while they are at work, found again, stopped."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from flask import Flask, abort, redirect, request, send_file
from flask.typing import ResponseReturnValue

from kitgen.base.messages import Message, said
from kitgen.documents.disk.jobs import JobState, RecordedJob
from kitgen.page.actions import ACTIONS
from kitgen.page.children import CALLED, Busy
from kitgen.page.kept import KeptAnswer
from kitgen.page.problems import grouped_problems
from kitgen.page.site import Site, is_local, takes_site
from kitgen.page.words import in_words, spoken

STATES: Final[dict[JobState, Message]] = {
    "waiting": said("about to begin"),
    "running": said("at work"),
    "done": said("done"),
    "failed": said("ended with problems"),
    "stopped": said("stopped"),
    "cut off": said("cut off"),
}
_RESULTS: Final = {
    "kode": "result_code.html",
    "banding": "result_diff.html",
    "penarikan": "result_recall.html",
    "daftar-cetak": "result_print.html",
    "baca-skema": "result_scheme.html",
}
"""Templates that show what an action's command gave as JSON."""
THEN: Final = "then"
"""Names the page to go on with among what is remembered of a job: it may tell a name, and so is written nowhere."""
_TRIALS: Final = ("usulan", "skema-unggah", "bank-unggah")
"""Actions that can be tried first: the page of a trial has the button that does it."""
_WRITES: Final = {
    "skema-unduh": "Skema", "bank-unduh": "Soal", "kurang-word": "Yang Masih Kurang", "banding-word": "Perbedaan",
    "contoh-templat": "Contoh",
}  # fmt: skip
"""What an action's file is, in its name."""


def add_to(app: Flask) -> None:
    """Put these pages into the application."""
    app.add_url_rule("/kerja/<action>", "act", takes_site(act), methods=["POST"])
    app.add_url_rule("/pekerjaan", "jobs", takes_site(jobs))
    app.add_url_rule("/pekerjaan/<name>", "job", takes_site(job))
    app.add_url_rule("/pekerjaan/<name>/keadaan", "job_state", takes_site(job_state))
    app.add_url_rule("/pekerjaan/<name>/hasil", "job_result", takes_site(job_result))
    app.add_url_rule("/pekerjaan/<name>/henti", "job_stop", takes_site(job_stop), methods=["POST"])
    app.add_url_rule("/keadaan", "state", takes_site(state))


def act(site: Site, action: str) -> ResponseReturnValue:
    """Start what a button asks for."""
    chosen = ACTIONS.get(action)
    if chosen is None:
        abort(404)
    order = chosen.order(site)
    then = order.then if is_local(order.then) else "/"
    about = {"subject": order.subject, "then": "" if order.typed else then}
    try:
        job = site.children.begin(
            action, order.arguments, spoken(), told=about,
            typed=order.typed, settings=order.settings, given=order.given,
            besides={THEN: then, CALLED: order.settings.get(CALLED, "")},
        )  # fmt: skip
    except Busy as busy:
        if (busy.job.order.get("action"), busy.job.order.get("told")) == (
            action,
            about,
        ):  # the same button, pressed twice
            return redirect(f"/pekerjaan/{busy.job.name}", code=303)
        told = said("Another job is at work: {title}. Wait until it is done, then try again.", title=title_of(busy.job))
        return site.page("busy.html", said("Please wait"), job=busy.job, told_busy=told, then=then), 409
    return redirect(f"/pekerjaan/{job.name}", code=303)


def jobs(site: Site) -> ResponseReturnValue:
    """All jobs that are known."""
    rows = [{"job": each, "title": title_of(each), "state": STATES[each.state]} for each in site.children.jobs()]
    return site.page("jobs.html", said("Jobs"), rows=rows)


def job(site: Site, name: str) -> ResponseReturnValue:
    """One job: how far it is, or what came of it."""
    found = _found(site, name)
    result = site.children.result(name)
    output, talk = site.children.output(name)
    shown = _RESULTS.get(str(found.order.get("action"))) if found.is_over else None
    content = site.children.answer(name) if shown is not None else None
    if content is None:
        shown = None
    arguments = [str(each) for each in found.order.get("arguments") or ()]
    told = site.children.problems(name)
    is_trial = found.state == "done" and found.order.get("action") in _TRIALS and "--dry-run" in arguments
    if result is not None:
        output, talk = (_without_folder(text, site, result, _download_name(found, result)) for text in (output, talk))
    return site.page(
        "job.html", title_of(found), job=found, is_trial=is_trial, edition=_edition_in(arguments),
        would_write=is_trial and in_words(said("would write")) in talk,
        typed_title=_option(arguments, "--title="), typed_edition=_option(arguments, "--edition="),
        asks_title=found.state == "failed" and found.order.get("action") == "baca-skema" and not told,
        state=STATES[found.state], then=_then(site, found), result=result,
        problems=grouped_problems(told), output=output if shown is None else "", talk=talk,
        shown=shown, content=content, arguments=arguments,
    )  # fmt: skip


def job_state(site: Site, name: str) -> ResponseReturnValue:
    """How far a job is, for the page that waits for it."""
    found = _found(site, name)
    if found.is_over:
        site.kept.doubt()
    told = said("{number} of {total}", number=found.number, total=found.total) if found.total else STATES[found.state]
    return {"number": found.number, "total": found.total, "over": found.is_over, "told": in_words(told)}


def job_result(site: Site, name: str) -> ResponseReturnValue:
    """The file a job wrote."""
    found, file = _found(site, name), site.children.result(name)
    if file is None:
        abort(404)
    return send_file(file, as_attachment=True, download_name=_download_name(found, file), max_age=0)


def _download_name(job: RecordedJob, file: Path) -> str:
    """What a file is called that a job wrote: what it is, and of which scheme."""
    told = str(_told(job).get("subject", "")).replace("/", "-").replace(":", " ")
    what = _WRITES.get(str(job.order.get("action")), "")
    return f"{' '.join(filter(None, [what, told])) or file.stem}{file.suffix}"


def _without_folder(text: str, site: Site, file: Path, name: str) -> str:
    """What a command said, with the name people get a file under in place of where it lies until then."""
    for each in (str(file), file.relative_to(site.root).as_posix(), str(file.relative_to(site.root))):
        text = text.replace(each, name)
    return text


def _edition_in(arguments: Sequence[str]) -> str:
    """The scheme and edition a command was given, as forms name them."""
    known = dict(pairwise(arguments))
    return f"{known.get('--scheme', '')}/{known.get('--edition', '')}"


def _option(arguments: Sequence[str], name: str) -> str:
    return next((each.removeprefix(name) for each in arguments if each.startswith(name)), "")


def job_stop(site: Site, name: str) -> ResponseReturnValue:
    """Ask a job to stop."""
    _found(site, name)
    site.children.stop(name)
    return redirect(f"/pekerjaan/{name}", code=303)


def state(site: Site) -> ResponseReturnValue:
    """Whether all answers a page was made of are as they stand now, for the page that waits for it."""
    found: list[KeptAnswer | None] = [site.kept.find(name) for name in request.args.getlist("tanya")[:20]]
    return {"over": all(each is not None and each.is_proven for each in found) and site.children.running() is None}


def title_of(job: RecordedJob) -> Message:
    """What a job does, in words."""
    action = ACTIONS.get(str(job.order.get("action")))
    if action is None:
        return said("Job")
    return action.title.about(subject=str(_told(job).get("subject", "")))


def _told(job: RecordedJob) -> Mapping[str, Any]:
    told = job.order.get("told")
    return told if isinstance(told, dict) else {}


def _then(site: Site, job: RecordedJob) -> str:
    then = site.children.besides(job.name).get(THEN) or str(_told(job).get("then") or "/")
    return then if is_local(then) else "/"


def _found(site: Site, name: str) -> RecordedJob:
    found = site.children.find(name)
    if found is None:
        abort(404)
    return found
