"""Jobs: started by a button, followed while they are at work, found again, stopped."""

from collections.abc import Mapping
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
    try:
        job = site.children.begin(
            action, order.arguments, spoken(), told={"subject": order.subject, "then": "" if order.typed else then},
            typed=order.typed, settings=order.settings, given=order.given,
            besides={THEN: then, CALLED: order.settings.get(CALLED, "")},
        )  # fmt: skip
    except Busy as busy:
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
    return site.page(
        "job.html", title_of(found), job=found, state=STATES[found.state], then=_then(site, found), result=result,
        problems=grouped_problems(site.children.problems(name)), output=output if shown is None else "", talk=talk,
        shown=shown, content=content, arguments=found.order.get("arguments") or (),
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
    told = str(_told(found).get("subject", "")).replace("/", "-").replace(":", " ")
    return send_file(file, as_attachment=True, download_name=f"{told or file.stem}{file.suffix}", max_age=0)


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
