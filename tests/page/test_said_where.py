"""What was wrong is told on the page it happened on, in words a person can act on; a trial says that it was one."""

import io
import json
import shutil
import time
from collections.abc import Iterator
from typing import Any

import pytest
from page_client import HOME, Page, text_of
from small_scheme import SMALL, small_project

from kitgen.documents.disk.jobs import ORDER_NAME, OUTPUT_NAME, TALK_NAME, jobs_folder
from kitgen.documents.disk.locked import SHORTEST

EDITION = {"edisi": f"{SMALL}/2026"}
EVENT = {"jadwal": "uji"}


@pytest.fixture
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    project = small_project(tmp_path_factory.mktemp("kata") / "proyek")
    (project.root / "events/uji").mkdir(parents=True)
    (project.root / "events/uji/jadwal.xlsx").write_bytes(b"PK")
    made = Page(project.root, "id").enter()
    yield made
    made.close()


def left_by(page: Page, number: int, action: str, arguments: list[str], code: int = 0, **files: str) -> str:
    """A job that is over, as its folder tells it."""
    name = f"20300101-000000-00000{number}-abcdef"
    folder = jobs_folder(page.site.root) / name
    folder.mkdir(parents=True)
    order = {"action": action, "arguments": arguments, "told": {"subject": f"{SMALL} 2026", "then": "/skema"}}
    (folder / ORDER_NAME).write_text(json.dumps(order))
    (folder / "akhir").write_text(str(code))
    for file, text in files.items():
        (folder / file.replace("__", ".")).write_text(text)
    return name


def sent(page: Page, path: str, before: str, fields: dict[str, Any]) -> str:
    """What the page says that a form leads to, `before` being the page it stands on."""
    answer = page.post(path, fields, headers={"Referer": f"{HOME}{before}"})
    assert answer.status_code == 303 and answer.location.split("#")[0] == before
    return text_of(page.get(before))


@pytest.mark.parametrize(("action", "before", "fields", "said"), [
    ("arsip-jadwal", "/jadwal/uji", {**EVENT, "sandi": "sembilan9"}, f"sedikitnya {SHORTEST} huruf"),
    ("serahkan", "/jadwal/uji", {**EVENT, "cadangan": "0", "sandi": "pendek"}, f"sedikitnya {SHORTEST} huruf"),
    ("hapus", "/jadwal/uji", {**EVENT, "ketik": "uj"}, "bukan nama jadwal"),
    ("jadwal-baru", "/jadwal", {**EDITION, "nama": "uji/2", "asesi": "3"}, "Jadwal tidak dapat bernama `uji/2`"),
    ("jadwal-baru", "/jadwal", {**EDITION, "nama": "uji", "asesi": "3"}, "Jadwal `uji` sudah ada"),
    ("kode", "/kode", {"kode": "1234"}, "`1234` bukan Kode Dokumen"),
    ("baca-skema", "/skema", {"berkas": (io.BytesIO(b"x"), "foto.png")}, ".pdf, .docx, .xlsx"),
    ("baca-skema", "/skema", {}, "Belum ada berkas yang dipilih"),
    ("skema-unggah", f"/skema/{SMALL}/2026", {**EDITION, "berkas": (io.BytesIO(b"x"), "a.docx")}, "pilih berkas .xlsx"),
])  # fmt: skip
def test_what_a_person_can_put_right_is_told_where_it_happened(
    page: Page, action: str, before: str, fields: dict[str, Any], said: str
) -> None:
    """On the page of the form, with what to do, and nothing is started."""
    assert said in sent(page, f"/kerja/{action}", before, fields)
    assert not page.site.children.jobs()


def test_without_a_page_before_it_is_told_alone(page: Page) -> None:
    """Whatever calls itself the page before must be one of ours."""
    for referrer in ("", "https://contoh.invalid/kode"):
        answer = page.post("/kerja/kode", {"kode": "1234"}, headers={"Referer": referrer})
        assert answer.status_code == 400 and "bukan Kode Dokumen" in text_of(answer)


def test_the_label_says_how_long_a_passphrase_must_be(page: Page) -> None:
    """As long as what refuses it says, for archive and delivery."""
    answer = page.get("/jadwal/uji")
    assert answer.text.count(f'minlength="{SHORTEST}"') == 2
    assert text_of(answer).count(f"sedikitnya {SHORTEST} huruf") == 2


@pytest.mark.parametrize(
    ("action", "group"), [("usulan", "scheme"), ("skema-unggah", "scheme"), ("bank-unggah", "bank")]
)
def test_a_trial_says_that_nothing_is_written_and_has_the_button_that_writes(
    page: Page, action: str, group: str
) -> None:
    """Not `Selesai.`; what is written then is what was looked at, the same file."""
    arguments = [group, "import", "--scheme", SMALL, "--edition", "2026", "--dry-run", "given"]
    name = left_by(page, 1, action, arguments, **{TALK_NAME: "akan menulis scheme.yaml\n", "unggahan.xlsx": "PK"})
    answer = page.get(f"/pekerjaan/{name}")
    said = text_of(answer)
    assert "Belum ada yang ditulis" in said and "Selesai." not in said and "akan menulis scheme.yaml" in said
    assert f'action="/kerja/{action}"' in answer.text and "Tulis sekarang" in said
    assert ('name="peran"' in answer.text) == (action == "usulan"), "what was looked at had role plays"
    if action != "usulan":
        with page.app.test_request_context(method="POST", data={**EDITION, "dari": name}):
            from kitgen.page.actions import ACTIONS

            order = ACTIONS[action].order(page.site)
        assert order.given == (".xlsx", b"PK") and "--dry-run" not in order.arguments
        assert order.settings == {"KITGEN_CALLED": "unggahan.xlsx"}, "this page never heard what it is called"


def test_a_trial_that_would_write_nothing_has_no_such_button(page: Page) -> None:
    name = left_by(page, 1, "usulan", ["scheme", "draft", "--dry-run"], **{TALK_NAME: "tidak ada yang kurang\n"})
    assert "Tulis sekarang" not in text_of(page.get(f"/pekerjaan/{name}"))


def test_a_scheme_without_title_is_read_again_with_it(page: Page) -> None:
    """The page asks for title and edition and keeps the file; what was typed stays typed."""
    arguments = ["import", "--dry-run", "--edition=2031", "--", "given"]
    name = left_by(page, 1, "baca-skema", arguments, 2, **{TALK_NAME: "sebut: --title\n", "unggahan.docx": "PK"})
    answer = page.get(f"/pekerjaan/{name}")
    assert "tidak menyebut judul skema" in text_of(answer) and 'value="2031"' in answer.text
    with page.app.test_request_context(method="POST", data={"dari": name, "judul": "Barista", "edisi-baru": "2031"}):
        from kitgen.page.actions import ACTIONS

        order = ACTIONS["baca-skema"].order(page.site)
    assert order.given == (".docx", b"PK")
    assert "--title=Barista" in order.arguments


def test_two_workbooks_of_a_scheme_have_two_names_and_no_hidden_folder_is_told(page: Page) -> None:
    """The name a file is fetched under is the name the page tells."""
    names = {}
    for number, (action, group) in enumerate({"skema-unduh": "scheme", "bank-unduh": "bank"}.items()):
        name = left_by(page, number, action, [group, "export"], **{"hasil.xlsx": "PK"})
        folder = jobs_folder(page.site.root) / name
        (folder / TALK_NAME).write_text(f"menulis {folder / 'hasil.xlsx'}\n")
        (folder / OUTPUT_NAME).write_text(f"{(folder / 'hasil.xlsx').relative_to(page.site.root)}\n")
        said = text_of(page.get(f"/pekerjaan/{name}"))
        assert ".kitgen" not in said.replace(f"/pekerjaan/{name}", "")
        names[action] = page.get(f"/pekerjaan/{name}/hasil").headers["Content-Disposition"]
        assert f"{SMALL} 2026.xlsx" in said and f"{SMALL} 2026.xlsx" in names[action]
    assert len(set(names.values())) == 2


def test_a_button_pressed_twice_leads_to_its_own_job(page: Page) -> None:
    """It is no other job one has to wait for."""
    name = left_by(page, 1, "usulan", ["scheme", "draft"])
    folder = jobs_folder(page.site.root) / name
    (folder / "akhir").unlink()
    order = json.loads((folder / ORDER_NAME).read_text())
    order["told"] = {"subject": f"{SMALL} 2026", "then": f"/skema/{SMALL}/2026"}
    (folder / ORDER_NAME).write_text(json.dumps(order))
    assert page.site.children.running() is not None
    again = page.post("/kerja/usulan", EDITION)
    assert again.status_code == 303 and again.location == f"/pekerjaan/{name}"
    assert page.post("/kerja/buat-perangkat", EDITION).status_code == 409
    shutil.rmtree(folder)


def test_home_leads_to_proposals_where_nothing_assesses_a_scheme(page: Page) -> None:
    """Blank forms of a scheme without methods, tasks and questions are not the next thing to make."""
    shutil.rmtree(page.site.root / "events")
    end = time.monotonic() + 60
    while "/kerja/usulan" not in (answer := page.get("/")).text and time.monotonic() < end:
        time.sleep(0.2)
    assert "Usulkan yang kurang" in text_of(answer) and "Buat dokumen" not in text_of(answer)
    assert 'action="/kerja/usulan"' in answer.text


def test_a_notice_that_is_told_again_stands_once(page: Page) -> None:
    """Two uploads one after the other have one notice."""
    for _ in range(2):
        assert sent(page, "/kerja/kode", "/kode", {"kode": "1234"}).count("bukan Kode Dokumen") == 1
