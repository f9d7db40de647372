"""The evening before an event, in a real browser: all an admin does, and what happens to them on the way."""

import io
import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest
import pyzipper
import segno
from browser import Browser, Served
from event_cases import column, event_project
from harness import ROOT, SLUG, KitProject
from scheme_files import made_units, word_file
from selenium.webdriver.common.by import By

from kitgen.documents.disk.jobs import find_jobs, read_job

pytestmark = pytest.mark.slow
FORMS = {"FR.APL.01", "FR.AK.01", "FR.IA.01", "FR.IA.05B", "Kartu Asesor", "Daftar Hadir", "Rekap Jadwal", "SK Hasil"}
PATHS = ("/", "/jadwal", "/jadwal/contoh", "/perangkat", "/perangkat/Jadwal/contoh", f"/perangkat/{SLUG}/2024", "/skema",
         f"/skema/{SLUG}/2024", f"/skema/{SLUG}/2024/fakta", "/kode", "/edisi", "/templat", "/perintah",
         "/pekerjaan", "/tidak-ada")  # fmt: skip

LABELLED_CODE = "//li[span='Kode Dokumen']/span[@class!='label' or not(@class)]"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    made = Browser(tmp_path_factory.mktemp("unduhan"))
    yield made
    made.close()


@pytest.fixture
def project(tmp_path: Path) -> KitProject:
    made = event_project(ROOT, tmp_path / "proyek").keep_forms(FORMS)
    type_in({(number, "status"): "mundur" for number in range(4, 12)}, made.root / "events/contoh/jadwal.xlsx")
    return made


@pytest.fixture
def served(project: KitProject) -> Iterator[Served]:
    made = Served(project.root).start()
    yield made
    made.go.touch()
    made.stop()


def type_in(cells: dict[tuple[int, str], object], file: Path) -> None:
    """Type into rows of candidates of a workbook, as an admin does: by number and heading."""
    book = openpyxl.load_workbook(file)
    sheet = book["Asesi"]
    head, key = column(sheet, "no", "no.")
    rows = {str(sheet.cell(row, key).value): row for row in range(head + 1, 100)}
    for (number, heading), value in cells.items():
        sheet.cell(rows[str(number)], column(sheet, heading)[1]).value = value  # type: ignore[assignment]
    book.save(file)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """The page of a project that has templates and nothing else, as on the first day."""
    shutil.copytree(ROOT / "templates", tmp_path / "proyek/templates")
    (tmp_path / "proyek/scheme").mkdir()
    made = Served(KitProject(tmp_path / "proyek").keep_forms(FORMS).root).start()
    yield made
    made.go.touch()
    made.stop()


def test_the_evening_of_an_admin(browser: Browser, fresh: Served, tmp_path: Path) -> None:
    """From a Word scheme to results: report, facts, workbook, faults by cell, packs, delivery, a late change, codes."""
    browser.open(fresh).sees("Beranda", "Belum ada skema di sini")

    # the scheme of a Word file: read, looked at, taken over, its facts filled in, its kit made
    word = tmp_path / "Skema Penata Meja.docx"
    word.write_bytes(word_file(made_units(2)))
    browser.press("Baca skema").fill("berkas", str(word)).fill("judul", "Penata Meja").fill("edisi-baru", "2026")
    browser.press("Baca").sees(
        "Selesai.", "2 unit, 5 elemen, 24 KUK", "Belum ada yang ditulis", "Skema Penata Meja.docx"
    )
    assert not list(fresh.root.glob("scheme/*/*/scheme.yaml"))
    browser.picture("skema-laporan")
    browser.press("Terima sebagai penata-meja, edisi 2026").sees("Menerima skema Penata Meja").works()
    browser.sees("Skema penata-meja 2026", "X.00ABC00.002.1")
    browser.press("Isi fakta").sees("9 fakta belum diisi")
    browser.fill_facts({"Nama LSP": "LSP Contoh", "Nomor lisensi": "BNSP-LSP-0000-ID", "Alamat": "Jalan Contoh 1",
                        "Judul skema": ""}).press("Simpan fakta")  # fmt: skip
    browser.sees("Belum ada yang disimpan: 1 isian", "`Judul skema` kosong")
    browser.picture("fakta-salah")
    assert not (fresh.root / "scheme/identity.yaml").exists()
    browser.fill_facts({"Judul skema": "Penata Meja", "Nomor skema": "SKM-01", "Jenis skema": "Okupasi"})
    browser.press("Simpan fakta").sees("Tersimpan: 5 fakta", "4 fakta belum diisi")
    assert 'name: "LSP Contoh"' in (fresh.root / "scheme/identity.yaml").read_text("utf-8")
    browser.go("/perangkat/penata-meja/2026").press("Buat dokumen").works().sees("FR.IA.01", "mutakhir")

    # a new event, whose workbook is fetched and brought back filled, first with a slip
    browser.press("Jadwal", "nav").fill("nama", "jadwal-uji").fill("asesi", "3").tick("contoh")
    browser.press("Buka jadwal").works().forget_downloads().press("Unduh buku kerja")
    filled = Path(shutil.copy(browser.fetched(".xlsx"), tmp_path / "isian.xlsx"))
    type_in({(1, "jenis kelamin"): "tidak tahu"}, filled)
    browser.fill("berkas", str(filled), "#buku").press("Unggah buku kerja")
    browser.sees("Buku kerja sudah diterima").sees("Asesi F4", "kesalahan")
    browser.picture("jadwal-salah")
    type_in({(1, "jenis kelamin"): "L"}, filled)
    browser.fill("berkas", str(filled), "#buku").press("Unggah buku kerja").sees(
        "Tidak ada yang salah dalam buku kerja."
    )
    browser.go("/").sees("jadwal-uji").settled().picture("beranda")
    browser.go("/jadwal/jadwal-uji")

    # documents, looked through
    browser.press("Buat dokumen").works().sees("perlu dibuat")
    browser.go("/perangkat/Jadwal/jadwal-uji").sees("mutakhir", "Asesi Contoh 01").settled()
    browser.picture("perangkat")
    browser.fill("cari", "contoh 02 APL.01").press("Tampilkan").sees("1 dari", "FR.APL.01")
    browser.driver.find_element(By.CSS_SELECTOR, "main a.file").click()
    browser.sees("Kode Dokumen").press("Tampilkan gambar halamannya").works()
    browser.until(lambda: browser.driver.execute_script(
        "const each = document.querySelector('.pages img'); return each && each.complete && each.naturalWidth"))  # fmt: skip
    code = browser.driver.find_element(By.XPATH, LABELLED_CODE).text

    # packs, those of assessors only after a click
    browser.go("/jadwal/jadwal-uji").press("Buat paket cetak").works().sees("paket", "rahasia")
    browser.forget_downloads().press("Unduh semua paket (tanpa yang rahasia)").fetched(".zip")
    browser.press("Buka dokumen rahasia selama 15 menit", "#cetak").sees("Tutup dokumen rahasia")
    browser.picture("jadwal-cetak")
    browser.press("Buat daftar cetak").sees("Selesai.", "lembar kertas", "FR.APL.01").press("Lanjut").sees(
        "Daftar Cetak.docx"
    )

    # handed over; then a candidate is called otherwise
    browser.press("Serah Terima", "#serah").works().sees("Serah terima 01")
    type_in({(2, "nama lengkap"): "Asesi Contoh Berganti"}, filled)
    browser.fill("berkas", str(filled), "#buku").press("Unggah buku kerja").sees("Mana yang perlu dibuat, dan mengapa")
    browser.press("Buat dokumen", "#dokumen").works()
    browser.press("Lembar mana yang tidak berlaku?").until(lambda: "Selesai." in browser.text)
    browser.sees(code).press("Lanjut")

    # the code of the page that was withdrawn, typed, then photographed
    browser.go("/kode").fill("kode", code.lower().replace("-", " ")).press("Cari")
    browser.until(
        lambda: "berlaku lagi" in browser.text or "ditarik" in browser.text or "tidak dikenal" in browser.text
    )
    assert "tidak dikenal" not in browser.text
    segno.make(code, error="m").save(str(tmp_path / "foto.png"), scale=6, border=6)
    browser.go("/kode").fill("foto", str(tmp_path / "foto.png")).press("Baca gambar").sees(
        "Ditemukan pada gambar", code
    )
    browser.picture("kode")

    # results
    browser.go("/jadwal/jadwal-uji").forget_downloads().press("Unduh rekap")
    recap = browser.fetched(".xlsx")
    _type_results(recap, {1: "K", 2: "K", 3: "BK"})
    browser.fill("berkas", str(recap), "#hasil").press("Unggah rekap").sees("Rekap sudah diterima").press("Baca hasil")
    browser.until(lambda: "Selesai." in browser.text or "masalah" in browser.text)
    assert "2 K, 1 BK" in browser.text, browser.text
    browser.press("Lanjut").press("Buat dokumen", "#dokumen").works().sees("mutakhir")

    # a sheet was spilled upon; it is printed again, and the reason stays
    event = fresh.root / "output/Jadwal/jadwal-uji"
    browser.go("/perangkat/Jadwal/jadwal-uji").fill("cari", "contoh 01 APL.01").press("Tampilkan").sees("1 dari")
    browser.driver.find_element(By.CSS_SELECTOR, "main a.file").click()
    valid = browser.sees("Kode Dokumen").driver.find_element(By.XPATH, LABELLED_CODE).text
    known = set(event.rglob("*.pdf"))
    browser.go("/jadwal/jadwal-uji")
    browser.press("Cetak ulang satu halaman").fill("kode", valid, "#ulang").fill("alasan", "kertas basah", "#ulang")
    browser.press("Cetak ulang", "#ulang").works()
    (again,) = set(event.rglob("*.pdf")) - known
    assert len(pypdf.PdfReader(again).pages) >= 1
    assert "kertas basah" in (fresh.root / "events/jadwal-uji/cetak-ulang.json").read_text("utf-8")

    # archived, and the archive holds it; then nothing of these people is left, and the page says so
    browser.fill("sandi", "kata sandi contoh", "#simpan").press("Arsipkan jadwal").works().sees("arsip/jadwal-uji")
    (archive,) = (fresh.root / "arsip").iterdir()
    with pyzipper.AESZipFile(archive) as opened:
        opened.setpassword(b"kata sandi contoh")
        (inner,) = opened.namelist()
        held = zipfile.ZipFile(io.BytesIO(opened.read(inner)))
    assert held.testzip() is None and any(name.endswith(".docx") for name in held.namelist())
    browser.press("Apa yang akan dihapus?").sees("Selesai.").press("Lanjut")
    assert (fresh.root / "events/jadwal-uji/jadwal.xlsx").is_file()
    browser.fill("ketik", "jadwal-uji", "#simpan").tick("semua", "#simpan").press("Hapus selamanya")
    browser.sees("Selesai.")
    left = [path for path in fresh.root.rglob("*") if path.is_file() and b"Asesi Contoh" in path.read_bytes()]
    assert left == [] and not list(event.rglob("*.docx"))
    browser.go("/").sees("penata-meja")


def _type_results(recap: Path, results: dict[int, str]) -> None:
    """Type the result of each candidate into the recap, for every unit."""
    book = openpyxl.load_workbook(recap)
    sheet = book.worksheets[0]
    head = next(row for row in range(1, 30) if "." in str(sheet.cell(row, 4).value))
    units = [at for at in range(4, 24) if sheet.cell(head, at).value]
    for row in range(head + 1, head + 12):
        number = sheet.cell(row, 1).value
        for at in units if number in results else ():
            sheet.cell(row, at).value = results[int(number)]
    book.save(recap)


def test_a_job_outlives_the_page_and_eight_tabs(browser: Browser, served: Served, project: KitProject) -> None:
    """Killed in mid-work, the page's server leaves the job at work; the next one finds it, shows it, and can stop one."""
    browser.open(served).go("/jadwal/contoh").press("Buat dokumen", "#dokumen").works()
    served.go.unlink()
    browser.press("Buat paket cetak").sees("sedang berjalan")
    job = find_jobs(project.root)[0]
    browser.until(lambda: read_job(job).process is not None)  # type: ignore[union-attr]
    number = read_job(job).process  # type: ignore[union-attr]

    first = browser.driver.current_window_handle
    address = f"/pekerjaan/{job.name}"
    for _ in range(8):
        browser.driver.switch_to.new_window("tab")
        browser.go(address)
    started = time.monotonic()
    browser.go("/jadwal").sees("contoh")
    assert time.monotonic() - started < 10
    browser.go("/jadwal/contoh").press("Buat dokumen", "#dokumen").sees(
        "Mohon tunggu", "Pekerjaan lain sedang berjalan"
    )
    for handle in browser.driver.window_handles:
        if handle != first:
            browser.driver.switch_to.window(handle)
            browser.driver.close()
    browser.driver.switch_to.window(first)

    served.kill()
    assert number is not None and _lives(number)
    served.start()
    browser.open(served).sees("Ada pekerjaan yang sedang berjalan").press("lihat kemajuannya")
    served.go.touch()
    browser.works().sees("paket")
    assert read_job(job).state == "done"  # type: ignore[union-attr]

    served.go.unlink()
    (project.root / "output/Jadwal/contoh/Paket Cetak").rename(project.root / "lama")
    for pdf in (project.root / "output/Jadwal/contoh").rglob("*.pdf"):
        pdf.unlink()
    known = find_jobs(project.root)
    browser.press("Buat paket cetak")
    stopped = browser.until(
        lambda: next((each for each in find_jobs(project.root) if each not in known), None), "a job"
    )
    browser.until(lambda: read_job(stopped).process)  # type: ignore[union-attr]
    browser.press("Hentikan").sees("Pekerjaan dihentikan")
    assert read_job(stopped).state == "stopped"  # type: ignore[union-attr]
    browser.until(lambda: not _lives(read_job(stopped).process or 0))  # type: ignore[union-attr]


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except OSError:
        return False
    return Path(f"/proc/{number}/stat").read_text("utf-8").split(")")[-1].split()[0] != "Z"


def test_no_page_hinders_anybody(browser: Browser, served: Served) -> None:
    """Axe finds nothing serious; nothing is wider than a telephone; each has one heading and a language."""
    browser.open(served).go("/jadwal/contoh").press("Buat dokumen", "#dokumen").works()
    browser.go(f"/skema/{SLUG}/2024").until(lambda: "pertama kali" not in browser.text)
    browser.go("/perangkat/Jadwal/contoh").until(lambda: "diperiksa lagi" not in browser.text)
    job = next(iter(find_jobs(served.root))).name
    faults: dict[str, list[str]] = {}
    for path in (*PATHS, f"/pekerjaan/{job}"):
        browser.go(path)
        found = browser.faults()
        if len(browser.driver.find_elements(By.TAG_NAME, "h1")) != 1:
            found.append("not one heading")
        with browser.narrow():
            if int(browser.driver.execute_script("return document.documentElement.scrollWidth")) > 360:
                found.append("wider than 360 pixels")
        if found:
            faults[path] = found
    assert faults == {}


def test_the_keyboard_reaches_everything(browser: Browser, served: Served) -> None:
    """The first stop leads to the content; each stop shows where it is."""
    browser.open(served).go("/jadwal").sees("contoh")
    script = (
        "const e = document.activeElement; return [e.tagName, getComputedStyle(e).outlineStyle, e.textContent.trim()]"
    )
    seen = []
    for _ in range(20):
        browser.driver.switch_to.active_element.send_keys("\ue004")
        seen.append(browser.driver.execute_script(script))
    assert seen[0][0] == "A" and seen[0][2] == "Ke isi"
    assert "Buka jadwal" in [text for _, _, text in seen]
    assert all(outline != "none" for tag, outline, _ in seen if tag != "BODY")
