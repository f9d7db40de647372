"""What buttons come to: the command runs, and its result is shown or fetched."""

import io
import re
import shutil
import time
import zipfile
from collections.abc import Iterator

import pytest
from event_cases import event_project
from harness import ROOT, SLUG, KitProject
from page_client import Page, text_of
from werkzeug.test import TestResponse

from kitgen.page.actions import ACTIONS

pytestmark = pytest.mark.slow
PAGE = """Terdapat 1 unit dalam skema ini:
No. | Kode Unit | Nama Unit |
---|---|---|
1 | X.000000.001.01 | Menata meja contoh |
Kode unit: X.000000.001.01
Elemen Kompetensi | Kriteria Unjuk Kerja |
---|---|
1. Menyiapkan meja contoh |
1.1. Meja contoh dibersihkan 1.2. Alat contoh disiapkan |
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    made = event_project(ROOT, tmp_path_factory.mktemp("hasil") / "proyek").keep_forms({"FR.APL.01", "Rekap Jadwal"})
    shutil.copytree(made.edition, made.edition.with_name("2025"))
    text = (made.edition.with_name("2025") / "scheme.yaml").read_text("utf-8")
    assert "Tujuan penulisan ditentukan" in text
    (made.edition.with_name("2025") / "scheme.yaml").write_text(
        text.replace("Tujuan penulisan ditentukan", "Tujuan penulisan dirumuskan")
    )
    return made


@pytest.fixture
def page(project: KitProject) -> Iterator[Page]:
    made = Page(project.root, "id").enter()
    yield made
    made.close()


def done(page: Page, action: str, fields: dict[str, object]) -> tuple[str, TestResponse]:
    """The address of a job that was started, and its page once it is over."""
    started = page.post(f"/kerja/{action}", fields)
    assert started.status_code == 303, text_of(started)
    address = started.headers["Location"]
    end = time.monotonic() + 120
    while not page.get(f"{address}/keadaan").json["over"]:  # type: ignore[index]
        assert time.monotonic() < end
        time.sleep(0.1)
    return address, page.get(address)


def test_two_editions_are_shown_side_by_side(page: Page) -> None:
    """Words that went are struck, those that came underlined; the same in a Word file."""
    fields: dict[str, object] = {"edisi": f"{SLUG}/2024", "dengan": "2025"}
    _, shown = done(page, "banding", fields)
    assert "<del>ditentukan</del>" in shown.text and "<ins>dirumuskan</ins>" in shown.text
    address, shown = done(page, "banding-word", fields)
    fetched = page.get(f"{address}/hasil")
    assert fetched.status_code == 200 and "word/document.xml" in zipfile.ZipFile(io.BytesIO(fetched.data)).namelist()


def test_an_unknown_code_is_told_as_one(page: Page) -> None:
    """Not as a fault of the page."""
    _, shown = done(page, "kode", {"kode": "0000-0000-000"})
    assert "tidak dikenal" in shown.text or "kesalahan" in shown.text


def test_a_scheme_is_read_looked_at_and_taken_over(page: Page, project: KitProject) -> None:
    """The report first, with nothing written; then the very file that was read; a file with faults says where."""
    given = {"berkas": (io.BytesIO(PAGE.encode()), "halaman.txt"), "judul": "Penata Contoh", "edisi-baru": "2026"}
    address, shown = done(page, "baca-skema", given)
    assert "Selesai." in shown.text and "1 unit, 1 elemen, 2 KUK" in shown.text, text_of(shown)
    assert "Terima sebagai penata-contoh, edisi 2026" in shown.text
    assert not (project.root / "scheme/penata-contoh").exists()
    fields: dict[str, object] = {"dari": address.rpartition("/")[2], "judul": "Penata Contoh", "edisi-baru": "2026"}
    _, shown = done(page, "impor", fields)
    assert "Selesai." in shown.text, text_of(shown)
    assert "Alat contoh disiapkan" in page.get("/skema/penata-contoh/2026").text
    _, shown = done(page, "baca-skema", {"berkas": (io.BytesIO(b"tidak ada skema"), "halaman.txt"), "judul": "Lain"})
    assert "berakhir dengan masalah" in shown.text and not (project.root / "scheme" / "lain").exists()
    assert page.post("/kerja/baca-skema", {"berkas": (io.BytesIO(b"MZ"), "halaman.exe")}).status_code == 400
    for other in ("", "../..", address.rpartition("/")[2][:-1]):
        assert page.post("/kerja/impor", {"dari": other}).status_code == 404


def test_numbers_in_doubt_and_differences_are_taken_over_by_a_tick(page: Page, project: KitProject) -> None:
    """Each is told with its place; without the tick the scheme stays as it is."""
    file = project.root / "scheme/penata-ragu/2026/scheme.yaml"
    text = PAGE.replace("Alat contoh disiapkan", "Alat sesuai pasal 1.2 peraturan disiapkan")
    known = {"judul": "Penata Ragu", "edisi-baru": "2026"}
    address, shown = done(page, "baca-skema", {"berkas": (io.BytesIO(text.encode()), "halaman.txt"), **known})
    job: dict[str, object] = {"dari": address.rpartition("/")[2], **known}
    assert "Selesai." in shown.text, text_of(shown)
    (key,) = re.findall(r'name="benar" value="([^"]+)" required', shown.text)
    _, shown = done(page, "impor", job)
    assert "berakhir dengan masalah" in shown.text and not file.exists()
    _, shown = done(page, "impor", {**job, "benar": key})
    assert "Selesai." in shown.text and "pasal 1.2 peraturan" in file.read_text("utf-8")
    address, shown = done(page, "baca-skema", {"berkas": (io.BytesIO(PAGE.encode()), "halaman.txt"), **known})
    assert "Yang berbeda dari edisi yang sudah ada" in shown.text, text_of(shown)
    job = {"dari": address.rpartition("/")[2], **known}
    _, shown = done(page, "impor", job)
    assert "berakhir dengan masalah" in shown.text and "pasal 1.2 peraturan" in file.read_text("utf-8")
    _, shown = done(page, "impor", {**job, "ganti": "ya"})
    assert "Selesai." in shown.text and "pasal 1.2 peraturan" not in file.read_text("utf-8")
    assert list(file.parent.glob("scheme-sebelum-impor*"))


def test_the_questions_go_out_and_come_back(page: Page) -> None:
    """As a workbook; brought back unchanged, nothing would change."""
    address, _ = done(page, "bank-unduh", {"edisi": f"{SLUG}/2024"})
    book = page.get(f"{address}/hasil").data
    _, shown = done(
        page, "bank-unggah", {"edisi": f"{SLUG}/2024", "coba-soal": "ya", "berkas": (io.BytesIO(book), "soal.xlsx")}
    )
    assert "Selesai." in shown.text, text_of(shown)


def test_the_scheme_goes_out_and_comes_back(page: Page, project: KitProject) -> None:
    """As a workbook; brought back unchanged, nothing would change; a proposal is looked at first."""
    before = (project.edition / "scheme.yaml").read_bytes()
    address, _ = done(page, "skema-unduh", {"edisi": f"{SLUG}/2024"})
    book = page.get(f"{address}/hasil").data
    fields: dict[str, object] = {"edisi": f"{SLUG}/2024", "berkas": (io.BytesIO(book), "skema.xlsx")}
    _, shown = done(page, "skema-unggah", fields)
    assert "Selesai." in shown.text, text_of(shown)
    _, shown = done(page, "usulan", {"edisi": f"{SLUG}/2024", "coba-usulan": "ya"})
    assert "Selesai." in shown.text, text_of(shown)
    assert (project.edition / "scheme.yaml").read_bytes() == before


@pytest.mark.parametrize("action", ["bank-unggah", "skema-unggah", "usulan"])
def test_the_box_of_a_form_that_only_tells_is_heard(page: Page, action: str) -> None:
    """It is ticked before anybody touches it, nothing is written then, and no two boxes of the page share a name."""
    shown = page.get(f"/skema/{SLUG}/2024").text
    boxes = re.findall(r'type="checkbox" name="([^"]+)" value="ya" checked', shown)
    assert len(set(boxes)) == len(boxes) == 3
    (form,) = re.findall(rf'action="/kerja/{action}".*?</form>', shown, flags=re.DOTALL)
    (box,) = (each for each in boxes if f'name="{each}"' in form)
    for ticked in ({box: "ya"}, {}):
        fields = {"edisi": f"{SLUG}/2024", "berkas": (io.BytesIO(b"PK"), "buku.xlsx"), **ticked}
        with page.app.test_request_context(method="POST", data=fields):
            assert ("--dry-run" in ACTIONS[action].order(page.site).arguments) == bool(ticked)


def test_a_second_job_waits_for_the_first(page: Page) -> None:
    """Two tabs that start something at once: one is told of the other, and nothing is lost."""
    first = page.post("/kerja/buat-jadwal", {"jadwal": "contoh"})
    second = page.post("/kerja/buat-perangkat", {"edisi": f"{SLUG}/2024"})
    assert first.status_code == 303 and second.status_code == 409
    assert "Pekerjaan lain sedang berjalan" in second.text and first.headers["Location"] in second.text
    address = first.headers["Location"]
    end = time.monotonic() + 120
    while not page.get(f"{address}/keadaan").json["over"]:  # type: ignore[index]
        assert time.monotonic() < end
        time.sleep(0.1)
    assert "Selesai." in page.get(address).text


def test_what_a_purge_would_remove_is_looked_at_first(page: Page, project: KitProject) -> None:
    """And it is done only where the name is typed."""
    _, shown = done(page, "lihat-hapus", {"jadwal": "contoh"})
    assert "tidak ada yang dihapus" in shown.text.lower(), text_of(shown)
    assert page.post("/kerja/hapus", {"jadwal": "contoh", "ketik": "conto"}).status_code == 400
    assert (project.root / "events/contoh/jadwal.xlsx").is_file()
