"""Kept answers: told at once, proven aside by what they were made of, asked anew where that changed."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kitgen.documents.disk.jobs import RecordedJob
from kitgen.page.children import Answer, Children
from kitgen.page.kept import KeptAnswer, KeptAnswers, PageQuestion, inputs_digest

QUESTION = PageQuestion(("plan", "--json"), ("scheme",), "id")


class Asked(Children):
    """Children that answer at once, and count."""

    count = 0
    code = 0

    def ask(self, arguments: object, language: str) -> Answer:
        type(self).count += 1
        return Answer(type(self).code, {"number": type(self).count}, ())


class Stays(Asked):
    """Children of a page at which a job is at work: nothing is asked."""

    def running(self) -> RecordedJob | None:
        return RecordedJob("x", {}, "running")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptAnswers]:
    Asked.count, Asked.code = 0, 0
    (tmp_path / "scheme").mkdir()
    (tmp_path / "scheme" / "a.yaml").write_text("a")
    made = KeptAnswers(tmp_path, Asked(tmp_path))
    yield made
    made.close(wait=True)


def until(look: Callable[[], KeptAnswer | bool]) -> None:
    end = time.monotonic() + 10
    while True:
        found = look()
        if found.is_proven if isinstance(found, KeptAnswer) else found:
            return
        assert time.monotonic() < end
        time.sleep(0.02)


def test_an_answer_is_asked_once_and_kept(kept: KeptAnswers, tmp_path: Path) -> None:
    """The first look waits for nothing; the next page, and the next start, know it."""
    assert kept.look(QUESTION).answer is None
    until(lambda: kept.look(QUESTION))
    assert kept.look(QUESTION).answer == Answer(0, {"number": 1}, ())
    again = KeptAnswers(tmp_path, Asked(tmp_path))
    first = again.look(QUESTION)
    assert first.answer == Answer(0, {"number": 1}, ()) and not first.is_proven
    until(lambda: again.look(QUESTION))
    assert Asked.count == 1
    again.close(wait=True)


def test_a_changed_file_makes_it_be_asked_anew(kept: KeptAnswers, tmp_path: Path) -> None:
    """Until then the old one is told, with its time, as not proven."""
    until(lambda: kept.look(QUESTION))
    (tmp_path / "scheme" / "a.yaml").write_text("another")
    kept.doubt()
    found = kept.look(QUESTION)
    assert not found.is_proven and found.answer is not None and found.when is not None
    until(lambda: kept.look(QUESTION))
    assert kept.look(QUESTION).answer == Answer(0, {"number": 2}, ())


def test_a_failed_question_replaces_nothing(kept: KeptAnswers, tmp_path: Path) -> None:
    """What cannot be asked (wrong usage, a stopped run) leaves the answer there was."""
    until(lambda: kept.look(QUESTION))
    Asked.code = 2
    (tmp_path / "scheme" / "a.yaml").write_text("another")
    kept.doubt()
    kept.look(QUESTION)
    until(lambda: Asked.count == 2)
    assert kept.look(QUESTION).answer == Answer(0, {"number": 1}, ())


def test_a_damaged_copy_is_no_answer(kept: KeptAnswers, tmp_path: Path) -> None:
    """It is asked anew."""
    until(lambda: kept.look(QUESTION))
    until(lambda: any((tmp_path / ".kitgen" / "laman").glob("*.json")))
    kept.close(wait=True)
    (file,) = (tmp_path / ".kitgen" / "laman").iterdir()
    assert KeptAnswers(tmp_path, Stays(tmp_path)).look(QUESTION).answer == Answer(0, {"number": 1}, ())
    sound = {"code": 0, "content": 1, "problems": [], "inputs": ""}
    for damaged in ("{", "[" * 200_000, "[]", "null", "1", json.dumps({**sound, "when": 1e300}),
                    json.dumps({**sound, "when": float("inf")}), json.dumps(sound)):  # fmt: skip
        file.write_text(damaged)
        assert KeptAnswers(tmp_path, Stays(tmp_path)).look(QUESTION).answer is None, damaged[:40]


def test_a_doubt_while_it_is_proven_is_not_lost(kept: KeptAnswers, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at before something was written proves nothing: it is looked at once more."""
    until(lambda: kept.look(QUESTION))
    looks = []

    def looked(root: Path, inputs: tuple[str, ...]) -> str:
        found = inputs_digest(root, inputs)
        looks.append(found)
        if len(looks) == 1:
            kept.doubt()
        return found

    monkeypatch.setattr("kitgen.page.kept.inputs_digest", looked)
    kept.doubt()
    kept.look(QUESTION)
    until(lambda: bool(looks) and not kept._entries[QUESTION.name].is_queued)
    assert not kept._entries[QUESTION.name].is_proven
    until(lambda: kept.look(QUESTION))
    assert len(looks) > 1


def test_names_times_and_sizes_are_looked_at(tmp_path: Path) -> None:
    """A new file, another content, a removed file: each is another digest; locks of programs are none."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("b")
    first = inputs_digest(tmp_path, ("a", "none"))
    (tmp_path / "a" / "~$b.txt").write_text("open")
    assert inputs_digest(tmp_path, ("a", "none")) == first
    (tmp_path / "a" / "c.txt").write_text("c")
    assert inputs_digest(tmp_path, ("a", "none")) != first
    (tmp_path / "a" / "c.txt").unlink()
    (tmp_path / "a" / "b.txt").write_text("bb")
    assert inputs_digest(tmp_path, ("a", "none")) != first
