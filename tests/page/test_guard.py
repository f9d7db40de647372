"""Who is let in: the browser with the first address, and nobody else, whatever they send."""

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from event_cases import event_project
from examples import examples
from file_names import named
from harness import ROOT, SLUG, KitProject
from hypothesis import example, given
from hypothesis import strategies as st
from page_client import HOME, PORT, Page, pretend

from kitgen.page.files import is_secret
from kitgen.page.guard import MOST_BYTES
from kitgen.page.site import is_local

KEYS = named(f"{SLUG}/2024/Skema Lengkap/9 KUNCI - RAHASIA/19b FR.IA.05B.docx")
CARD = named("Jadwal/contoh/4 Untuk Asesor/00 Bersama/11c Kartu Asesor KEL-01.docx")
SHEET = named(f"{SLUG}/2024/Skema Lengkap/2 Untuk Asesi/08 FR.APL.01.docx")


@pytest.fixture
def project(tmp_path: Path) -> KitProject:
    made = event_project(ROOT, tmp_path / "proyek")
    pretend(made, KEYS, CARD, SHEET)
    (tmp_path / "rahasia.docx").write_bytes(b"PK of another project")
    return made


@pytest.fixture
def page(project: KitProject) -> Iterator[Page]:
    made = Page(project.root)
    yield made
    made.close()


@pytest.mark.parametrize("path", ["/", "/jadwal", "/jadwal/contoh", "/perangkat", "/unduh?berkas=x", "/statis/page.css",
                                  "/keadaan?tanya=x", "/pekerjaan", "/kode"])  # fmt: skip
def test_without_the_cookie_nothing_is_shown(page: Page, path: str) -> None:
    """Not even whether there is such a page; the answer names no address and no project."""
    answer = page.get(path)
    assert answer.status_code == 401
    assert page.site.guard.token not in answer.text and page.site.root.name not in answer.text


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 5000])
def test_a_wrong_token_opens_nothing(page: Page, token: str) -> None:
    """And gives no cookie."""
    answer = page.get("/masuk", query_string={"kunci": token})
    assert answer.status_code == 401 and "Set-Cookie" not in answer.headers


def test_the_cookie_is_kept_from_scripts_and_other_sites(page: Page) -> None:
    """HttpOnly, SameSite=Strict, and not the token of the address."""
    answer = page.get("/masuk", query_string={"kunci": page.site.guard.token})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and page.site.guard.token not in cookie


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}",
                                  f"127.0.0.1.evil.example:{PORT}", f"[::1]:{PORT}"])  # fmt: skip
def test_a_wrong_host_is_refused(page: Page, host: str) -> None:
    """A name of somebody else's that leads to this computer (DNS rebinding) is no name of this server."""
    assert page.enter().get("/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"},
                                     {"Origin": f"https://127.0.0.1:{PORT}"}, {"Origin": f"http://127.0.0.1:{PORT + 1}"},
                                     {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])  # fmt: skip
def test_what_comes_from_another_page_is_refused(page: Page, headers: dict[str, str]) -> None:
    """Even with the cookie, and for reading, too."""
    page.enter()
    assert page.get("/", headers=headers).status_code == 403
    assert page.post("/kerja/buat-jadwal", {"jadwal": "contoh"}, headers=headers).status_code == 403
    assert page.site.children.jobs() == []


def test_a_form_without_the_token_of_the_page_changes_nothing(page: Page) -> None:
    """A cookie alone starts no job."""
    page.enter()
    assert page.post("/kerja/hapus", {"jadwal": "contoh", "ketik": "contoh"}, token=False).status_code == 403
    assert (
        page.post("/kerja/hapus", {"jadwal": "contoh", "ketik": "contoh", "tanda": "x"}, token=False).status_code == 403
    )
    assert page.get("/kerja/hapus").status_code == 405
    assert page.site.children.jobs() == []


@pytest.mark.parametrize("path", ["../../rahasia.docx", "..", f"{SLUG}/../../../rahasia.docx", "/etc/passwd",
                                  "C:/Windows/win.ini", "..\\..\\rahasia.docx", f"{SLUG}/2024/\0", "", ".kitgen/kunci",
                                  f"{SLUG}/2024/manifest.json", f"{SLUG}/2024", "%2e%2e/%2e%2e/rahasia.docx"], ids=range(12))  # fmt: skip
def test_no_path_leads_out_of_the_finished_documents(page: Page, path: str) -> None:
    """Neither for a file, nor a picture, nor a folder."""
    page.enter()
    for address in ("/unduh", "/dokumen", "/gambar"):
        assert page.get(address, query_string={"berkas": path}).status_code == 404
    if path != f"{SLUG}/2024":
        assert page.get("/unduh-map", query_string={"map": path}).status_code == 404
    assert page.post("/kerja/pdf", {"berkas": path}).status_code == 404


def test_a_link_is_not_followed(page: Page, project: KitProject) -> None:
    """Neither one that is a file, nor one that is a folder on the way."""
    made = project.root / "output" / SLUG / "2024"
    (made / "tautan.docx").symlink_to(project.root.parent / "rahasia.docx")
    (made / "lain").symlink_to(project.root.parent)
    page.enter()
    for name in ("tautan.docx", "lain/rahasia.docx"):
        assert page.get("/unduh", query_string={"berkas": f"{SLUG}/2024/{name}"}).status_code == 404
    assert page.get("/unduh-map", query_string={"map": f"{SLUG}/2024/lain"}).status_code == 404


@pytest.mark.parametrize("path", [KEYS, CARD])
def test_keys_are_shown_after_a_click_only(page: Page, path: str) -> None:
    """And only those of the kit that was clicked."""
    page.enter()
    assert page.get("/unduh", query_string={"berkas": path}).status_code == 403
    assert page.get("/dokumen", query_string={"berkas": path}).status_code == 403
    assert page.get("/gambar", query_string={"berkas": path}).status_code == 403
    assert page.get("/unduh-map", query_string={"map": path.rpartition("/")[0]}).status_code == 403
    page.open_secrets("/".join(path.split("/")[:2]))
    assert page.get("/unduh", query_string={"berkas": path}).status_code == 200
    other = CARD if path == KEYS else KEYS
    assert page.get("/unduh", query_string={"berkas": other}).status_code == 403


def test_a_folder_is_fetched_without_its_keys(page: Page) -> None:
    """As long as they are not opened."""
    page.enter()
    whole = page.get("/unduh-map", query_string={"map": f"{SLUG}/2024/Skema Lengkap"})
    assert whole.status_code == 200 and b"FR.APL.01" in whole.data and b"FR.IA.05B" not in whole.data
    page.open_secrets(f"{SLUG}/2024")
    assert b"FR.IA.05B" in page.get("/unduh-map", query_string={"map": f"{SLUG}/2024/Skema Lengkap"}).data


def test_a_huge_upload_is_refused_unread(page: Page, project: KitProject) -> None:
    """The workbook stays as it was."""
    before = (project.root / "events/contoh/jadwal.xlsx").read_bytes()
    page.enter()
    answer = page.client.post("/jadwal/contoh/buku", base_url=HOME, input_stream=io.BytesIO(b"--x"), buffered=True,
                              content_type="multipart/form-data; boundary=x", environ_overrides={"CONTENT_LENGTH": str(MOST_BYTES + 1)})  # fmt: skip
    assert answer.status_code == 413
    assert (project.root / "events/contoh/jadwal.xlsx").read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\3\4", (ROOT / "templates/docx/FR.APL.01.docx").read_bytes()],
                         ids=("empty", "text", "cut", "word"))  # fmt: skip
def test_what_is_no_workbook_is_not_taken(page: Page, project: KitProject, data: bytes) -> None:
    """The workbook stays as it was."""
    before = (project.root / "events/contoh/jadwal.xlsx").read_bytes()
    assert page.enter().post("/jadwal/contoh/buku", {"berkas": (io.BytesIO(data), "a.xlsx")}).status_code == 415
    assert (project.root / "events/contoh/jadwal.xlsx").read_bytes() == before


@pytest.mark.parametrize("name", ["--yes", "../contoh", "-C", "contoh/..", "x" * 300, "", "\0"])
def test_no_name_becomes_an_option_or_a_path(page: Page, name: str) -> None:
    """What is not there, or cannot be a name, starts nothing."""
    page.enter()
    for action, fields in {
        "buat-jadwal": {"jadwal": name}, "buat-perangkat": {"edisi": f"{name}/2024"}, "jadwal-baru": {"nama": name},
        "edisi-baru": {"edisi": f"{SLUG}/2024", "baru": name}, "kode": {"kode": name}, "hapus": {"jadwal": name},
        "periksa-templat": {"kode": name or "-"}, "contoh-templat": {"templat": name}, "tidak-ada": {},
    }.items():  # fmt: skip
        assert page.post(f"/kerja/{action}", fields).status_code in (400, 404), action
    assert page.get(f"/perangkat/{name or '-'}/2024").status_code in (400, 404)
    assert page.site.children.jobs() == []


ELSEWHERE = ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/\t/evil.example/x",
             "/\r/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/\x00/evil.example",
             "/\x7f/x", "/a\r\nX: y", "///evil.example", "//[", "", "jadwal")  # fmt: skip


@pytest.mark.parametrize("back", ELSEWHERE)
def test_no_form_leads_elsewhere(page: Page, back: str) -> None:
    """Where a form says to go back to is on this server, or the first page."""
    answer = page.enter().post("/rahasia", {"map": "a/b", "kembali": back})
    assert answer.headers["Location"] in ("/", f"{HOME}/")


def as_a_browser_reads(address: str) -> str:
    """The address a browser goes to from this page: tidied as the standard of URLs says."""
    tidy = re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    return urljoin(f"{HOME}/jadwal/x", tidy.replace("\\", "/"))


@examples(400)
@given(st.text(st.sampled_from("/\\:@?#.[]ahtps \t\r\n\x00\u2028é"), max_size=12) | st.text(max_size=12))
@example("/\t/evil.example/x")
@example("/jadwal/jadwal uji#buku")
def test_what_counts_as_local_is_on_this_server(address: str) -> None:
    """Whatever is let through, a browser asks this server for it, and it can stand in a header."""
    if is_local(address):
        parts = urlsplit(as_a_browser_reads(address))
        assert (parts.scheme, parts.netloc) == ("http", f"127.0.0.1:{PORT}")
        assert not any(unicodedata.category(letter) == "Cc" for letter in address)
    assert is_local("/jadwal/jadwal uji#buku") and is_local("/perangkat/a/2024?penerima=asesi&cari=é")


def test_every_answer_says_what_a_browser_may_do_with_it(page: Page) -> None:
    """No script but ours, no frame, no copy kept; the refused ones, too."""
    for answer in (page.get("/"), page.enter().get("/"), page.get("/tidak-ada")):
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script>" not in answer.text and " onclick" not in answer.text and "style=" not in answer.text


def test_what_people_typed_is_no_markup(page: Page, project: KitProject) -> None:
    """A name of a folder is a text, whatever it says."""
    pretend(project, f"{SLUG}/2024/Skema Lengkap/1 Admin/<b onclick=x>&.docx")
    assert "<b onclick" not in page.enter().get(f"/perangkat/{SLUG}/2024").text
    assert "<script" not in page.get("/jadwal/<script>alert(1)</script>").text.replace("<script src=", "")


@pytest.mark.parametrize(("path", "expected"), [
    ("Jadwal/x/Paket Cetak/3 Untuk Asesi/01 Asesi.pdf", False), ("Jadwal/x/Paket Cetak/Paket Cetak 1 Admin.pdf", False),
    ("Jadwal/x/Paket Cetak/4 Untuk Asesor/01 Asesor.pdf", True), ("Jadwal/x/Paket Cetak/Paket Cetak 5 Pemeran.pdf", True),
    ("Jadwal/x/Paket Cetak/Cetak Ulang/01.pdf", True), ("Jadwal/x/Paket Cetak/3 Adegan/Paket Cetak Urut - Adegan.pdf", True),
    ("Jadwal/x/9 KUNCI - RAHASIA/Paket Cetak 9 KUNCI - RAHASIA.pdf", True), ("Jadwal/x/1 Admin/a.docx", False),
    ("Jadwal/x/Paket Cetak/Daftar Cetak.docx", False),
    ("s/2024/Skema Lengkap/Paket Cetak/Paket Cetak 2 Untuk Asesi.pdf", False), ("s/2024/Per Unit/U/4 Pemeran/a.docx", True),
    ("Jadwal/x/2 Pendaftaran dan Pra-Asesmen/01 A/a.docx", False), ("Jadwal/x/Serah Terima/01/4 Untuk Asesor 01.zip", True),
])  # fmt: skip
def test_what_is_secret_is_told_by_its_place(path: str, expected: bool) -> None:
    """Whatever may hold a page of assessors, actors or keys is: packs that join everybody's, single pages, too."""
    assert is_secret(path) is expected
