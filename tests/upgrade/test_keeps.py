"""Releases and deliveries keep what they were made with: neither another kitgen nor other templates void a page."""

import json
import lzma
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from harness import KitProject, accept_questions, rewrite_parts, tree_digests

pytestmark = pytest.mark.slow

SLUG, EVENT = "penata-rak", "contoh"
HOME = Path("scheme") / SLUG / "2024"
Later = Callable[[], None]


@pytest.fixture(scope="module")
def now_kept(left: KitProject, tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The same story told by this kitgen: an edition released and built, an event delivered, all of it kept."""
    project = left.copy_to(tmp_path_factory.mktemp("kini") / "proyek")
    for path in (HOME / "segel.json", Path("output"), Path("riwayat"), Path("arsip-2024.zip")):
        target = project.root / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    home = project.root / "events" / EVENT
    for name in ("serah-terima.json", "riwayat.json", "hasil.json"):
        (home / name).unlink()
    accept_questions(project.root / HOME)
    project.run("edition", "release", SLUG, "2024", "--date", "2026-01-15").build()
    return project.build("--event", EVENT).run("event", "deliver", EVENT)


@pytest.fixture
def kept(now_kept: KitProject, tmp_path: Path) -> KitProject:
    return now_kept.copy_to(tmp_path / "proyek")


@pytest.fixture(params=["of this kitgen", "of 0.1"])
def either(request: pytest.FixtureRequest, now_kept: KitProject, left: KitProject, tmp_path: Path) -> KitProject:
    """A project with a release and a delivery: made by this kitgen, and by 0.1."""
    source = now_kept if request.param == "of this kitgen" else left
    return source.copy_to(tmp_path / "proyek")


def edit_block(project: KitProject) -> None:
    """One full stop, in a block nearly every form shows."""
    for name in ("header", "header-time", "header-short", "header-assessor", "stamp"):
        change_template(project, f"docx/blocks/{name}.docx", "Skema Sertifikasi", "Skema Sertifikasi.")
    change_template(project, "docx/blocks/stamp.docx", "Halaman", "Halaman.")


def change_template(project: KitProject, name: str, old: str, new: str) -> None:
    rewrite_parts(project.root / "templates" / name, lambda _, content: content.replace(old.encode(), new.encode()))


def stale(project: KitProject, *arguments: str) -> int:
    return int(project.json("plan", *arguments)["summary"]["stale"])


def void(project: KitProject) -> list[Any]:
    return list(project.json("recall", EVENT)["recalled"])


def all_good(project: KitProject) -> bool:
    """Nothing to be made of the release and the delivery, nothing void."""
    return not stale(project) and not stale(project, "--event", EVENT) and not void(project)


def serials(project: KitProject, *arguments: str) -> dict[str, str]:
    return {each["path"] + each["form"]: each["serial"] for each in project.json("plan", *arguments)["documents"]}


def change_person(project: KitProject, row: int, heading: str, text: str) -> None:
    path = project.root / "events" / EVENT / "jadwal.xlsx"
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["Asesi"][2]}
    book["Asesi"].cell(row, heads[heading]).value = text
    book.save(path)


def test_a_release_and_a_delivery_lie_with_what_they_were_made_with(kept: KitProject) -> None:
    """Beside the seal and in the event's folder; equal releases, equal bytes; no name of a person, little room."""
    home, event = kept.root / HOME, kept.root / "events" / EVENT
    for folder in (home, event):
        record = (folder / "tetap.json").read_text("utf-8")
        assert "Contoh 0" not in record and "MET" not in record
        assert (folder / "templat.tar.xz").stat().st_size < 300_000
    assert json.loads((home / "segel.json").read_text("utf-8"))["format"] == 2
    before = {name: (home / name).read_bytes() for name in ("segel.json", "tetap.json", "templat.tar.xz")}
    (home / "segel.json").unlink()
    kept.run("edition", "release", SLUG, "2024", "--date", "2026-01-15")
    assert {name: (home / name).read_bytes() for name in before} == before


def test_a_full_stop_in_a_block_voids_nothing_and_the_next_edition_has_it(either: KitProject) -> None:
    """The header of nearly every form; the draft is made with it."""
    either.build("--edition", "2025")
    edit_block(either)
    assert all_good(either)
    assert stale(either, "--edition", "2025") > 30
    either.build("--edition", "2025")
    made = next((either.root / "output" / SLUG / "2025").rglob("*FR.IA.01*.docx"))
    assert "Skema Sertifikasi." in either.text(made.relative_to(either.root / "output").as_posix())


def test_another_kitgen_with_another_renderer_voids_nothing(either: KitProject, later_kitgen: Later) -> None:
    """Nor does a build of it write anything, with the indexes there or gone."""
    before = tree_digests(either.root / "output")
    orphan = {path for path, state in either.states().items() if state == "orphan"}
    later_kitgen()
    assert all_good(either)
    either.build().build("--event", EVENT)
    after = tree_digests(either.root / "output")
    assert {name for name in before if after.get(name) != before[name] and not name.endswith("manifest.json")} == orphan
    for index in (either.root / "output").rglob("manifest.json"):
        index.unlink()
    assert all_good(either)


def test_what_was_deleted_comes_back_with_its_serial(either: KitProject, later_kitgen: Later) -> None:
    """From a copy that was handed over, or made again with the template that was kept: the same words, the same serial."""
    before = serials(either), serials(either, "--event", EVENT)
    later_kitgen()
    for folder in (f"{SLUG}/2024", f"Jadwal/{EVENT}"):
        for path in (either.root / "output" / folder).rglob("*FR.IA.01*.docx"):
            path.unlink()
    assert stale(either) and stale(either, "--event", EVENT) and not void(either)
    either.build().build("--event", EVENT)
    assert all_good(either)
    after = serials(either), serials(either, "--event", EVENT)
    assert {key: after[0].get(key) for key in before[0] if "Salinan" not in key} == {
        key: serial for key, serial in before[0].items() if "Salinan" not in key
    }
    assert after[1] == before[1]


def test_a_template_that_cannot_be_filled_any_more_leaves_its_pages_good(
    either: KitProject, later_kitgen: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later kitgen does not know a name the kept template reads: kept as made, not made anew."""
    later_kitgen()
    monkeypatch.setattr("kitgen.documents.status.templates.find_word", _without("assessor.name"))
    assert all_good(either)


def _without(gone: str) -> Callable[..., Any]:
    from kitgen.kits.vocabulary import find_word

    def find(path: str, *rest: Any) -> Any:
        return find_word("assessor.nama_lama" if path == gone else path, *rest)

    return find


def test_a_name_mended_late_changes_its_own_pages_only(either: KitProject, later_kitgen: Later) -> None:
    """Data that change make void what says them, and nothing else; the new pages are made with the old templates."""
    later_kitgen()
    either.build("--event", EVENT)  # what 0.1 left is kept by the first build
    edit_block(either)
    before = serials(either, "--event", EVENT)
    change_person(either, 4, "Nama lengkap", "Asesi Contoh 01 Dibetulkan")
    recalled = void(either)
    assert {each["candidate"] for each in recalled} == {1, None}
    forms = {each["form"] for each in recalled}
    assert "FR.AK.01" in forms and not forms & {"FR.IA.05A", "FR.IA.05B", "Kartu Pemeran", "FR.MAPA.02", "Lembar Skor"}
    either.build("--event", EVENT)
    page = next(
        path for path in (either.root / "output/Jadwal" / EVENT).rglob("10 FR.IA.01*.docx") if "Dibetulkan" in str(path)
    )
    text = either.text(page.relative_to(either.root / "output").as_posix())
    assert "Asesi Contoh 01 Dibetulkan" in text and "Skema Sertifikasi." not in text
    shared = {key: serial for key, serial in before.items() if "FR.IA.05A" in key or "Kartu Pemeran" in key}
    after = serials(either, "--event", EVENT)
    assert {key: after[key] for key in shared} == shared


def test_what_a_later_kitgen_plans_otherwise_stays_as_it_was(
    either: KitProject, later_kitgen: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the same data a later kitgen would make a form for fewer people: nobody asked for that."""
    import kitgen.documents.status.status as status

    plan = status.plan_documents

    def fewer(*arguments: Any) -> Any:
        return [each for each in plan(*arguments) if each.form.code != "FR.IA.05C"]

    later_kitgen()
    either.build("--event", EVENT)  # what 0.1 left is noted by the first build
    before = tree_digests(either.root / "output/Jadwal")
    monkeypatch.setattr(status, "plan_documents", fewer)
    assert not stale(either, "--event", EVENT) and not void(either)
    either.build("--event", EVENT)
    after = tree_digests(either.root / "output/Jadwal")
    assert {name for name in before if not name.endswith("manifest.json")} <= after.keys()
    change_person(either, 4, "Nama lengkap", "Asesi Contoh 01 Dibetulkan")
    assert "FR.IA.05C" not in {each["form"] for each in void(either)}


@pytest.mark.parametrize("where", [HOME, Path("events") / EVENT])
@pytest.mark.parametrize("what", ["gone", "changed", "record changed", "later format"])
def test_what_was_kept_is_refused_if_tampered_with(kept: KitProject, where: Path, what: str) -> None:
    """Templates that are gone or changed, a record changed by hand, one of a later kitgen: told, with what to do."""
    bundle, record = kept.root / where / "templat.tar.xz", kept.root / where / "tetap.json"
    text = record.read_text("utf-8")
    if what == "gone":
        bundle.unlink()
    elif what == "changed":
        content = bytearray(lzma.decompress(bundle.read_bytes()))
        content[2000] ^= 1
        bundle.write_bytes(lzma.compress(bytes(content)))
    elif what == "record changed":
        record.write_text(text.replace('"renderer": ', '"renderer": 1'), "utf-8")
    else:
        record.write_text(text.replace('"format": 1', '"format": 7'), "utf-8")
    kept.run("plan", *(("--event", EVENT) if where != HOME else ()), expect=1)
    said = kept.said
    assert "update kitgen" in said if what == "later format" else "kitgen edition retemplate" in said


def test_an_archive_holds_what_the_release_keeps(kept: KitProject, tmp_path: Path, later_kitgen: Later) -> None:
    """Opened elsewhere, the edition is made with its own templates."""
    edit_block(kept)
    archive = str(tmp_path / "arsip.zip")
    kept.run("archive", archive)
    kept.run("archive", archive, "--open", str(tmp_path / "dibuka"))
    opened = KitProject(tmp_path / "dibuka")
    assert serials(opened) == serials(kept)


def test_a_purge_takes_what_the_event_kept(kept: KitProject) -> None:
    """Nothing of it is left but the record of what was handed over."""
    kept.run("event", "purge", EVENT, "--yes")
    assert [path.name for path in (kept.root / "events" / EVENT).iterdir()] == ["serah-terima.json"]


@pytest.mark.parametrize("arguments", [(SLUG, "2024"), ("--event", EVENT)], ids=["edition", "event"])
def test_retemplate_does_exactly_what_it_said(either: KitProject, arguments: tuple[str, ...]) -> None:
    """Said of every document, and of the sheets in people's hands; then the plan, the recall and the build agree."""
    of_event = ("--event", EVENT) if arguments[0] == "--event" else ()
    edit_block(either)
    before = tree_digests(either.root)
    said = either.json("edition", "retemplate", *arguments, "--check")
    assert tree_digests(either.root) == before
    to_make = {(row["path"], row["state"], row["serial"]) for row in said["documents"] if row["state"] != "same"}
    assert said["summary"]["stale"] > 15
    assert bool(said.get("recalled")) == bool(of_event)
    either.run("edition", "retemplate", *arguments)
    planned = either.json("plan", *of_event)
    assert {
        (row["path"], row["state"], row["serial"]) for row in planned["documents"] if row["state"] != "same"
    } == to_make
    if of_event:
        assert {(row["serial"], row["replaced_by"]) for row in void(either)} == {
            (row["serial"], row["replaced_by"]) for row in said["recalled"]
        }
        assert not stale(either)
    else:
        assert not stale(either, "--event", EVENT) and not void(either)
    built = either.json("build", *of_event)
    assert built["summary"]["written"] == said["summary"]["stale"]
    assert not stale(either, *of_event)


def test_after_a_retemplate_a_late_change_is_made_with_the_new_templates(kept: KitProject) -> None:
    """Built or not: no page of before passes for one that is made with what is kept now."""
    edit_block(kept)
    kept.run("edition", "retemplate", "--event", EVENT)
    change_person(kept, 4, "Nama lengkap", "Asesi Contoh 01 Dibetulkan")
    kept.build("--event", EVENT)
    for page in (kept.root / "output/Jadwal" / EVENT / "4 Untuk Asesor").rglob("10 FR.IA.01*.docx"):
        assert "Skema Sertifikasi." in kept.text(page.relative_to(kept.root / "output").as_posix())


def test_a_release_is_what_would_be_made_when_it_was_released(kept: KitProject) -> None:
    """Documents of a draft that was changed since are not taken for those of the release."""
    draft = kept.root / "scheme" / SLUG / "2025"
    (draft / "padanan.yaml").unlink()
    path = draft / "scheme.yaml"
    text = path.read_text("utf-8").replace("Rak dibersihkan lebih dahulu", "Rak dibersihkan")
    path.write_text(text, "utf-8")
    kept.build("--edition", "2025")
    path.write_text(text.replace("Penata Rak Contoh", "Penata Rak Baru"), "utf-8")
    edit_block(kept)
    before = stale(kept, "--edition", "2025")
    accept_questions(draft)
    kept.run("edition", "release", SLUG, "2025")
    assert stale(kept, "--edition", "2025") == before > 20


def test_retemplate_refuses_what_keeps_nothing(kept: KitProject) -> None:
    """A draft is made with the templates of now anyhow, an event that was not delivered with those of its edition."""
    kept.run("edition", "retemplate", SLUG, "2025", expect=1)
    assert "is a draft" in kept.said
    kept.run("edition", "retemplate", expect=2)
    (kept.root / "events" / EVENT / "serah-terima.json").unlink()
    kept.run("edition", "retemplate", "--event", EVENT, expect=1)
    assert "nothing of event" in kept.said


def test_what_0_1_left_stays_whatever_is_planned_of_it_now(
    project: KitProject, later_kitgen: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is noted of it: a form for fewer people and one for more make nothing void, nothing new."""
    import dataclasses

    import kitgen.documents.status.status as status

    plan = status.plan_documents

    def otherwise(*arguments: Any) -> Any:
        made = [each for each in plan(*arguments) if each.form.code != "FR.IA.05C"]
        cards = [each for each in made if each.form.code == "Kartu Pemeran"]
        return [*made, *map(other_card, cards)]

    def other_card(card: Any) -> Any:
        other = dataclasses.replace(card.scenario, id="RAK-02")
        file, plain = (each.replace("RAK-01", "RAK-02") for each in (card.file, card.plain_file))
        return dataclasses.replace(card, file=file, plain_file=plain, scenario=other)

    later_kitgen()
    before = tree_digests(project.root / "output")
    monkeypatch.setattr(status, "plan_documents", otherwise)
    orphans = {path for path, state in project.states().items() if state == "orphan"}
    assert len(orphans) == 1 and not stale(project) and not stale(project, "--event", EVENT) and not void(project)
    project.build().build("--event", EVENT)
    after = tree_digests(project.root / "output")
    assert {
        name for name in before if after.get(name) != before[name] and not name.endswith("manifest.json")
    } == orphans
    assert (stale(project), stale(project, "--event", EVENT), void(project)) == (0, 0, [])


def test_a_candidate_who_withdraws_after_the_upgrade_leaves_nothing_behind(
    project: KitProject, later_kitgen: Later
) -> None:
    """What 0.1 left is not held against what people change."""
    later_kitgen()
    change_person(project, 4, "Status", "mundur")
    assert {each["gone"] for each in void(project) if each["candidate"] == 1} == {"withdrew"}
    project.build("--event", EVENT)
    folders = [path.name for path in (project.root / "output/Jadwal" / EVENT / "3 Untuk Asesi").iterdir()]
    assert "01 Asesi Contoh 01" not in folders
