"""Every button of the page: what it makes of its form is the command line a person would type, and nothing else passes."""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from harness import ROOT
from page_client import Page
from small_scheme import SMALL, small_project
from werkzeug.exceptions import HTTPException

from kitgen.cli import cli
from kitgen.documents.disk.jobs import ORDER_NAME, OUTPUT_NAME, jobs_folder
from kitgen.page.actions import ACTIONS
from kitgen.page.children import GIVEN, RESULT, TODAY
from kitgen.page.orders import Order
from kitgen.page.unfit import UnfitForm

EVENT, EDITION = {"jadwal": "uji"}, {"edisi": f"{SMALL}/2026"}
OF = f"--scheme {SMALL} --edition 2026"
READ = "20300101-000000-000000-abcdef"
IN_OWN_WORDS = {
    " kertas  sobek ": ("KITGEN_REASON", "kertas sobek"), "salah cetak": ("KITGEN_REASON", "salah cetak"),
    "Skema  <b>\u202e.docx": ("KITGEN_CALLED", "Skema <b>.docx"), "a.xlsx": ("KITGEN_CALLED", "a.xlsx"),
    f"{'panjang' * 40}.docx": ("KITGEN_CALLED", ("panjang" * 40 + ".docx")[-120:]),
    "isian a.xlsx": ("KITGEN_CALLED", "isian a.xlsx"), READ: ("KITGEN_CALLED", "unggahan.docx"),
    "rahasia sekali": ("KITGEN_PASSPHRASE", "rahasia sekali"),
}  # fmt: skip
"""What people write in their own words, and what of the run's environment says it."""
Fields = dict[str, Any]
ORDERS: list[tuple[str, Fields, str]] = [
    ("buat-jadwal", EVENT, "build --event uji"),
    ("buat-perangkat", EDITION, f"build {OF}"),
    ("buat-perangkat", {**EDITION, "unit": "C.14REK01.001.1"}, f"build {OF} --unit C.14REK01.001.1"),
    ("paket-jadwal", EVENT, "pack --event uji"),
    ("paket-jadwal", {**EVENT, "bolak-balik": "ya", "satu": "ya"}, "pack --event uji --duplex --in-one"),
    ("paket-jadwal", {**EVENT, "sejak": "2", "satu": "ya"}, "pack --event uji --since 2"),
    ("paket-perangkat", EDITION, f"pack {OF}"),
    ("pdf", {"berkas": "a/b/01 FR.docx"}, "pdf -"),
    ("daftar-cetak", EVENT, "event print --json uji"),
    ("cetak-ulang", {**EVENT, "kode": "7XR4-07AN-2JY", "halaman": "2", "salinan": "3", "alasan": " kertas  sobek "},
     "event reprint --page 2 --copies 3 -- uji 7XR4-07AN-2JY"),
    ("jadwal-baru", {**EDITION, "nama": "jadwal 2", "asesi": "7", "contoh": "ya"},
     f"event new {OF} --candidates 7 --sample -- 'jadwal 2'"),
    ("periksa-jadwal", EVENT, "event check --annotate uji"),
    ("baca-ulang-jadwal", EVENT, "verify --event uji"),
    ("baca-ulang-perangkat", EDITION, f"verify {OF}"),
    ("serahkan", {**EVENT, "cadangan": "1"}, "event deliver --spare 1 -- uji"),
    ("serahkan", {**EVENT, "cadangan": "0", "sandi": "rahasia sekali"}, "event deliver --spare 0 --password -- uji"),
    ("hasil", EVENT, "event results uji"),
    ("penarikan", EVENT, "recall --json uji"),
    ("tulis-penarikan", {**EVENT, "tanggal": "2026-11-30", "alasan": "salah cetak"},
     "recall --write --date=2026-11-30 -- uji"),
    ("arsip-jadwal", {**EVENT, "sandi": "rahasia sekali"}, "event archive -- uji 'arsip/uji TODAY.zip'"),
    ("lihat-hapus", EVENT, "event purge uji"),
    ("hapus", {**EVENT, "ketik": " uji "}, "event purge --yes -- uji"),
    ("hapus", {**EVENT, "ketik": "uji", "semua": "ya"}, "event purge --yes --with-edited -- uji"),
    ("kode", {"kode": "7xr4 07an 2jy"}, "explain --json -- '7xr4 07an 2jy'"),
    ("baca-skema", {"judul": "Penata", "edisi-baru": "2027", "berkas": "Skema  <b>\u202e.docx"},
     "import --dry-run --json --title=Penata --edition=2027 -- GIVEN"),
    ("baca-skema", {"berkas": f"{'panjang' * 40}.docx"}, "import --dry-run --json -- GIVEN"),
    ("impor", {"dari": READ, "benar": ["X:1.2", "Y:9"], "ganti": "ya"},
     "import --accept=X:1.2 --replace -- GIVEN"),
    ("bank-unduh", EDITION, f"bank export {OF} --replace RESULT.xlsx"),
    ("bank-unggah", {**EDITION, "berkas": "a.xlsx", "coba-soal": "ya"}, f"bank import {OF} --dry-run GIVEN"),
    ("skema-unduh", EDITION, f"scheme export {OF} --replace RESULT.xlsx"),
    ("skema-unggah", {**EDITION, "berkas": "isian a.xlsx"},
     f"scheme import {OF} GIVEN"),
    ("usulan", EDITION, f"scheme draft {OF} --without scenarios"),
    ("usulan", {**EDITION, "peran": "ya", "coba-usulan": "ya"}, f"scheme draft {OF} --dry-run"),
    ("kurang-word", EDITION, f"kurang {OF} --docx RESULT.docx"),
    ("edisi-baru", {**EDITION, "baru": "2027"}, f"edition new --from 2026 -- {SMALL} 2027"),
    ("ikuti", EDITION, f"edition follow -- {SMALL} 2026"),
    ("rilis", {**EDITION, "tanggal": "2026-11-30"}, f"edition release --date=2026-11-30 -- {SMALL} 2026"),
    ("banding", {**EDITION, "dengan": "2026"}, f"diff --json --scheme {SMALL} -- 2026 2026"),
    ("banding-word", {**EDITION, "dengan": "2026"}, f"diff --scheme {SMALL} --docx RESULT.docx -- 2026 2026"),
    ("periksa-templat", {"kode": "FR.AK.03"}, "template check -- FR.AK.03"),
    ("contoh-templat", {"templat": "docx/FR.AK.03.docx"}, "template preview --replace FR.AK.03.docx RESULT.docx"),
]  # fmt: skip
WRONG: list[tuple[str, Fields]] = [
    ("buat-jadwal", {"jadwal": "--yes"}), ("buat-jadwal", {"jadwal": "../uji"}), ("buat-jadwal", {}),
    ("buat-perangkat", {"edisi": f"{SMALL}/2031"}), ("buat-perangkat", {"edisi": "../2026"}),
    ("buat-perangkat", {**EDITION, "unit": "--replace"}), ("paket-jadwal", {**EVENT, "sejak": "-1"}),
    ("cetak-ulang", {**EVENT, "kode": "7XR4", "halaman": "1", "salinan": "1", "alasan": " "}),
    ("cetak-ulang", {**EVENT, "kode": "--help", "halaman": "1", "salinan": "1", "alasan": "sobek"}),
    ("cetak-ulang", {**EVENT, "kode": "7XR4-07AN-2JY", "halaman": "0", "salinan": "1", "alasan": "sobek"}),
    ("jadwal-baru", {**EDITION, "nama": "../a", "asesi": "3"}), ("jadwal-baru", {**EDITION, "nama": "a", "asesi": "0"}),
    ("serahkan", {**EVENT, "cadangan": "x"}), ("tulis-penarikan", {**EVENT, "tanggal": "30-11-2026"}),
    ("arsip-jadwal", {**EVENT, "sandi": "pendek"}), ("hapus", {**EVENT, "ketik": "uj"}), ("kode", {"kode": "--json"}),
    ("impor", {"dari": "20300101-000000-000000-aaaaaa"}), ("impor", {"dari": f"../pekerjaan/{READ}"}),
    ("baca-skema", {"berkas": "a.exe"}), ("bank-unggah", {**EDITION, "berkas": "a.docx"}),
    ("edisi-baru", {**EDITION, "baru": "-x"}), ("rilis", {**EDITION, "tanggal": "kemarin"}),
    ("banding", {**EDITION, "dengan": ".."}), ("periksa-templat", {"kode": "--help"}),
    ("contoh-templat", {"templat": "../forms.yaml"}), ("pdf", {"berkas": "../../scheme/identity.yaml"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page of a small project with an event, a document, and a scheme that was read."""
    project = small_project(tmp_path_factory.mktemp("tombol") / "proyek")
    for path in ("events/uji/jadwal.xlsx", "output/a/b/01 FR.docx"):
        (project.root / path).parent.mkdir(parents=True)
        (project.root / path).write_bytes(b"PK")
    (project.root / "templates/docx").mkdir(parents=True)
    shutil.copy(ROOT / "templates/docx/FR.AK.03.docx", project.root / "templates/docx")
    read = jobs_folder(project.root) / READ
    read.mkdir(parents=True)
    (read / ORDER_NAME).write_text(json.dumps({"action": "baca-skema", "arguments": []}))
    (read / OUTPUT_NAME).write_text(json.dumps({"scheme": SMALL, "edition": "2027", "doubts": [{"key": "X:1.2"}]}))
    (read / "akhir").write_text("0")
    (read / "unggahan.docx").write_bytes(b"PK yang dibaca")
    made = Page(project.root).enter()
    yield made
    made.close()


def order_of(page: Page, action: str, fields: Fields) -> Order:
    data = {name: (io.BytesIO(b"PK"), value) if name == "berkas" and "/" not in value else value
            for name, value in fields.items()}  # fmt: skip
    with page.app.test_request_context(method="POST", data=data):
        return ACTIONS[action].order(page.site)


def spelled(page: Page, order: Order) -> str:
    """The arguments as they would be typed; files by their names."""
    words = []
    for each in order.arguments:
        word = (
            each.replace(GIVEN, "GIVEN")
            .replace(RESULT, "RESULT")
            .replace(TODAY, "TODAY")
            .replace(f"{page.site.root}/", "")
        )
        word = Path(word).name if word.startswith("templates/") else word
        words.append(f"'{word}'" if " " in word else word)
    return " ".join(words)


@pytest.mark.parametrize(
    ("action", "fields", "line"), ORDERS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_button_is_the_command_a_person_would_type(page: Page, action: str, fields: Fields, line: str) -> None:
    """With its options, each name behind `--` where it could be taken for one; what is in people's own words is not
    among them, but in the environment of the run. Nothing is begun or made by that."""
    before = sorted(page.site.root.rglob("*"))
    order = order_of(page, action, fields)
    assert spelled(page, order) == line
    assert line.startswith(ACTIONS[action].command)
    assert dict(order.settings) == dict(
        IN_OWN_WORDS[each] for each in fields.values() if isinstance(each, str) and each in IN_OWN_WORDS
    )
    assert not any(text in " ".join(order.arguments) for text in order.settings.values())
    assert sorted(page.site.root.rglob("*")) == before


def test_every_button_is_tried() -> None:
    """A new one is entered above."""
    assert {action for action, _, _ in ORDERS} == set(ACTIONS)


@pytest.mark.parametrize(("action", "fields"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_what_a_form_cannot_say_starts_nothing(page: Page, action: str, fields: Fields) -> None:
    """Another name, an option in place of one, a path that leads elsewhere, a number out of its bounds."""
    with pytest.raises((HTTPException, UnfitForm)) as refused:
        order_of(page, action, fields)
    assert isinstance(refused.value, UnfitForm) or refused.value.code in (400, 404)


def test_what_is_taken_over_is_what_was_read(page: Page) -> None:
    """The file of the job whose report a person looked at, not another one."""
    order = order_of(page, "impor", {"dari": READ, "berkas": "lain.docx"})
    assert order.given == (".docx", b"PK yang dibaca") and order.then == f"/skema/{SMALL}/2027"
    page.site.children._besides[READ] = {"KITGEN_CALLED": "Skema Kami.docx"}  # as the page that read it remembers
    assert order_of(page, "impor", {"dari": READ}).settings == {"KITGEN_CALLED": "Skema Kami.docx"}
    page.site.children._besides.clear()


WORDS = "milik Budi Rahasia"


@pytest.mark.parametrize(("action", "fields"), [
    ("cetak-ulang", {**EVENT, "kode": "7XR4-07AN-2JY", "halaman": "2", "salinan": "3", "alasan": WORDS}),
    ("tulis-penarikan", {**EVENT, "alasan": WORDS}), ("skema-unggah", {**EDITION, "berkas": f"{WORDS}.xlsx"}),
])  # fmt: skip
def test_what_is_written_in_own_words_is_listed_nowhere(page: Page, action: str, fields: Fields) -> None:
    """Neither in the list of processes, nor among the jobs, nor in what is kept of the job before it prints anything."""
    files = {"berkas": (io.BytesIO(b"PK"), fields["berkas"])} if "berkas" in fields else {}
    answer = page.post(f"/kerja/{action}", {**fields, **files})
    assert answer.status_code == 303
    name = answer.headers["Location"].rpartition("/")[2]
    process = page.site.children._processes[name]
    assert isinstance(process.args, list) and not any("Budi" in str(each) for each in process.args)
    process.wait(60)
    folder = page.site.children.folder(name)
    assert folder is not None
    told = () if "berkas" in fields else folder.iterdir()  # a problem of a file calls it as its person does
    kept = [folder / ORDER_NAME, *told, *(path for path in folder.iterdir() if "Budi" in path.name)]
    assert not any(b"Budi" in path.read_bytes() for path in kept)
    assert "Budi" not in page.get("/pekerjaan").text
    if "berkas" not in fields:
        assert "Budi" not in page.get(f"/pekerjaan/{name}").text
    assert page.site.children.besides(name).get("KITGEN_CALLED", "") == fields.get("berkas", "")


def test_what_is_in_the_environment_is_taken_for_the_option(page: Page) -> None:
    """A reason, and the name of a file: as if they were typed."""

    def run(*arguments: str, **words: str) -> str:
        return CliRunner(env=words).invoke(cli, ["-C", str(page.site.root), *arguments]).output

    reprint = ("event", "reprint", "uji", "7XR4-07AN-2JY", "--page", "1")
    assert "--reason" in run(*reprint) and "--reason" not in run(*reprint, KITGEN_REASON="sobek")
    given = str(page.site.root / "events/uji/jadwal.xlsx")
    for group in ("bank", "scheme"):
        assert "isian kami.xlsx" in run(group, "import", given, KITGEN_CALLED="isian kami.xlsx")
    options = {name: each.envvar for name in ("recall", "import") for each in cli.commands[name].params
               if each.name in ("reason", "called")}  # fmt: skip
    assert options == {"recall": "KITGEN_REASON", "import": "KITGEN_CALLED"}


def test_what_is_remembered_goes_with_the_job(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of one project forgets nothing of another's, and grows by no job that is gone."""
    children = page.site.children
    made = [jobs_folder(page.site.root) / f"2031010{number}-000000-000000-aaaaaa" for number in (1, 2)]
    for folder in made:
        folder.mkdir()
        (folder / ORDER_NAME).write_text("{}")
        (folder / "akhir").write_text("0")
        children._besides[folder.name] = {"then": "/x"}
    monkeypatch.setattr("kitgen.page.children._MOST", 1)
    children._prune()
    assert not made[0].exists() and children.besides(made[0].name) == {}
    assert children.besides(made[1].name) == {"then": "/x"}
    shutil.rmtree(made[1])
