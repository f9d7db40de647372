"""The official form set of 2023: every form with its labels, its boxes and its own guidance; how far a page bends."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from harness import KitProject, W
from lxml import etree
from office import convert, needs_office

from kitgen.documents.disk.document import document_parts
from kitgen.documents.status.templates import templates_of
from kitgen.kits.kit import kits_of
from kitgen.kits.plain import Plain
from kitgen.kits.plan import plan_documents
from kitgen.kits.values import template_values
from kitgen.load.locate import find_project
from kitgen.load.project_data import load_data
from kitgen.model.given import Assessor, Candidate, Participant, UploadCodes
from kitgen.render.dump.dump import dump_parts

pytestmark = pytest.mark.slow

LABELS = {
    "FR.APL.01": "Bagian 1|Rincian Data Pemohon Sertifikasi|Nama lengkap|No. KTP/NIK/Paspor|Tujuan Asesmen|Standar Kompetensi"
    " Kerja|Bukti Persyaratan Dasar|Bukti Administratif|Memenuhi Syarat|Tidak Ada|Rekomendasi|Admin LSP",
    "FR.APL.02": "PANDUAN ASESMEN MANDIRI|Unit Kompetensi 1|Dapatkah Saya|Bukti yang relevan|Kriteria Unjuk Kerja|Ditinjau Oleh"
    " Asesor",
    "FR.MAPA.01": "Menentukan Pendekatan Asesmen|Tujuan Asesmen|Lingkungan|Siapa yang melakukan asesmen|Standar Industri atau"
    " Tempat Kerja|Mempersiapkan Rencana Asesmen|Jenis Bukti|Observasi langsung|Kegiatan Terstruktur|Tanya Jawab|Verifikasi"
    " Portofolio|Reviu Produk|Verifikasi Pihak Ketiga|Mengidentifikasi Persyaratan Modifikasi|Karakteristik Kandidat|Orang yang"
    " relevan|PENYUSUN|VALIDATOR",
    "FR.MAPA.02": "INSTRUMEN ASESMEN|Potensi Asesi|Kelompok Pekerjaan|Nama Penyusun|Nama Validator|otodidak",
    "FR.AK.01": "Bukti yang akan dikumpulkan|Hasil Verifikasi Portofolio|Hasil Observasi Langsung|Hasil Pertanyaan Wawancara|"
    "Pelaksanaan asesmen disepakati pada|Hari/Tanggal|Tanda tangan Asesor|Tanda tangan Asesi",
    "FR.AK.02": "Mulai|Selesai|Observasi|Portofolio|Pertanyaan Lisan|Pertanyaan Tertulis|Proyek Kerja|Rekomendasi hasil asesmen|"
    "Tindak lanjut yang dibutuhkan|LAMPIRAN DOKUMEN",
    "FR.AK.03": "KOMPONEN|Hasil|Catatan/Komentar Asesi|Catatan/komentar lainnya",
    "FR.AK.04": "Nama Asesi|Nama Asesor|Tanggal Asesmen|YA|TIDAK|alasan|Tanda tangan Asesi",
    "FR.AK.05": "Nama Asesi|Rekomendasi|Keterangan|Aspek Negatif dan Positif dalam Asesmen|Pencatatan Penolakan Hasil Asesmen|"
    "Saran Perbaikan|Catatan",
    "FR.AK.06": "Aspek yang ditinjau|Validitas|Reliabel|Fleksibel|Adil|Task Skills|Task Management Skills|Contingency Management"
    " Skills|Transfer Skills|Rekomendasi untuk peningkatan|Komentar",
    "FR.AK.07": "Potensi Asesi|Diperlukan penyesuaian|Keterangan|Hasil|Acuan Pembanding Asesmen|Metode Asesmen|Instrumen Asesmen",
    "FR.IA.01": "PANDUAN BAGI ASESOR|Elemen|Kriteria Unjuk Kerja|Standar Industri atau Tempat Kerja|Pencapaian|Penilaian Lanjut|"
    "Umpan Balik untuk asesi|Rekomendasi",
    "FR.IA.02": "Petunjuk|Skenario Tugas Praktik Demonstrasi|Perlengkapan dan Peralatan|Durasi Waktu|PENYUSUN",
    "FR.IA.03": "Pertanyaan|Tanggapan|Pencapaian|Tdk|Umpan balik",
    "FR.IA.04A": "Hal yang harus disiapkan|Hal yang perlu didemonstrasikan|Umpan Balik|Supervisor|PENYUSUN",
    "FR.IA.04B": "Judul Kegiatan Terstruktur|Lingkup Penyajian|Daftar Pertanyaan|Kesesuaian dengan standar kompetensi kerja|"
    "Rekomendasi Asesor|PENYUSUN",
    "FR.IA.05A": "Waktu|PENYUSUN",
    "FR.IA.05B": "Kunci Jawaban|PENYUSUN",
    "FR.IA.05C": "Waktu|Jawaban|Pencapaian|tercapai/belum tercapai",
    "FR.IA.06A": "Waktu|PENYUSUN",
    "FR.IA.06B": "PENYUSUN",
    "FR.IA.06C": "Waktu|Jawaban|Pencapaian|tercapai/belum tercapai",
    "FR.IA.07": "Instruksi|Kunci Jawaban|Jawaban Asesi|Pencapaian|PENYUSUN",
    "FR.IA.08": "Bukti Portofolio|Aturan Bukti|Valid|Asli|Terkini|Memadai|Bukti tambahan diperlukan|Rekomendasi Asesor",
    "FR.IA.09": "Bukti Portofolio|Daftar Pertanyaan Wawancara|Sesuai dengan bukti no|Kesimpulan Jawaban Asesi|PENYUSUN",
    "FR.IA.10": "Informasi Rahasia|Tempat kerja|Alamat|Telepon|Tdk",
    "FR.IA.11": "Spesifikasi|Performa|Rekomendasi|Catatan|PENYUSUN",
    "FR.VA": "Tim Validasi|Hari/Tanggal|Periode|Menyiapkan Proses Validasi|Orang yang Relevan|Acuan Pembanding|Aturan Bukti|"
    "Prinsip Asesmen|Temuan|Rencana Implementasi",
    "Daftar Periksa": "PELAKSANAAN ASESMEN|INSTRUMEN ASESMEN|KEPUTUSAN|LAPORAN ASESMEN|VALIDASI",
    "Surat Tugas": "SURAT TUGAS|No. Reg. MET",
    "SK Hasil": "Menimbang|Mengingat|Memperhatikan|MEMUTUSKAN",
    "Berita Acara": "BERITA ACARA|Nama Asesi|Hasil",
    "Daftar Hadir": "DAFTAR HADIR|Tanda Tangan",
}  # fmt: skip
"""Titles, heads and labels of the blank forms, as an assessor looks for them."""


@pytest.fixture(scope="module")
def shipped(shipped_kit: KitProject) -> KitProject:
    return shipped_kit


def finished(project: KitProject, code: str, kit: str = "Skema Lengkap") -> Path:
    return next(
        iter(
            sorted((project.output / kit).rglob(f"?? {code}*.*x"))
            or sorted((project.output / kit).rglob(f"??? {code}*.*x"))
        )
    )


def text_of(path: Path) -> str:
    return " ".join(
        "\n".join(map(str, dump_parts(document_parts(path), path.name))).replace("¶", " ").replace("*", "").split()
    )


@pytest.mark.parametrize("code", LABELS)
def test_the_official_labels_are_there(shipped: KitProject, code: str) -> None:
    """On the form of the whole scheme, in the words of the blank form."""
    text = text_of(finished(shipped, code)).lower()
    missing = [label for label in LABELS[code].split("|") if " ".join(label.lower().split()) not in text]
    assert missing == []


def test_every_form_of_the_set_is_declared_and_numbered(root: Path) -> None:
    """28 forms of the 2023 set (05 and 06 in three parts), the lists and the letters; each stage has some."""
    forms = {form.code: form for form in load_data(find_project(root)).forms}
    assert set(LABELS) <= set(forms)
    assert len([code for code in forms if code.startswith("FR.")]) == 28
    assert {form.stage for form in forms.values()} == {"pendaftaran", "pra-asesmen", "asesmen", "keputusan", "laporan"}


BOXES = {
    "FR.APL.01": lambda n: 16, "FR.APL.02": lambda n: 2 * n["elements"], "FR.MAPA.02": lambda n: 60 * n["clusters"],
    "FR.AK.01": lambda n: 8, "FR.AK.02": lambda n: 2, "FR.AK.03": lambda n: 20, "FR.AK.04": lambda n: 6,
    "FR.AK.05": lambda n: 20, "FR.AK.06": lambda n: 22, "FR.IA.01": lambda n: 2 * n["criteria"] + 2,
    "FR.IA.02": lambda n: 0, "FR.IA.03": lambda n: 2 * n["supporting"], "FR.IA.04B": lambda n: 2 * n["aspects"] + 2,
    "FR.IA.05A": lambda n: 0, "FR.IA.05B": lambda n: 0, "FR.IA.05C": lambda n: 2 * n["multiple_choice"],
    "FR.IA.06A": lambda n: 0, "FR.IA.06B": lambda n: 0, "FR.IA.06C": lambda n: 2 * n["essay"],
    "FR.IA.07": lambda n: 2 * n["oral"], "FR.IA.10": lambda n: 12,
}  # fmt: skip


def test_boxes_are_where_they_belong_and_only_there(shipped: KitProject, root: Path) -> None:
    """As many content controls as the form asks for, no loose box; ticked only where the plan says so."""
    (edition,) = load_data(find_project(root)).editions
    scheme, kit = edition.scheme, kits_of(edition)[0]
    elements = [element for unit in scheme.units for element in unit.elements]
    counts: dict[str, int] = {
        "elements": len(elements), "criteria": sum(len(element.criteria) for element in elements),
        "clusters": len(scheme.clusters),
        "aspects": sum(len(each.aspects) for cluster in scheme.clusters for each in cluster.activities),
        **{str(kind): len(papers[0].questions) for kind, papers in (kit.printed.booklets | {"oral": kit.drawn["oral"], "supporting": kit.drawn["supporting"]}).items()},
    }  # fmt: skip
    ticked = {"FR.MAPA.02": sum(len(i.backgrounds) for c in edition.plan.clusters for i in c.instruments)}
    for code in [code for code in LABELS if code.startswith("FR.")]:
        xml = zipfile.ZipFile(finished(shipped, code)).read("word/document.xml").decode()
        boxes = xml.count("<w14:checkbox>")
        assert len(re.findall("[☐☑]", xml)) == boxes, f"{code} has a box that is no control"
        assert xml.count("☑") == ticked.get(code, 0), code
        if code in BOXES:
            assert boxes == BOXES[code](counts), code  # type: ignore[no-untyped-call]


def test_no_form_has_the_guidance_of_another(root: Path) -> None:
    """A sentence of guidance stands on one form only, but for the recommendation 08 and 11 share officially."""
    seen: dict[str, set[str]] = defaultdict(set)
    for path in sorted((root / "templates/docx").glob("FR.*.docx")):
        body = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
        for paragraph in body.iter(f"{W}p"):
            text = "".join(found.text or "" for found in paragraph.iter(f"{W}t")).strip()
            if len(text) > 45 and "{" not in text and not text.startswith("Disadur dari templat"):
                seen[text].add(path.stem)
    shared = {text: codes for text, codes in seen.items() if len(codes) > 1}
    assert list(shared.values()) in ([], [{"FR.IA.08", "FR.IA.11"}])


LONG = "Raden Ajeng Contoh Nama Panjang Sekali Enam Puluh Huruf Tepat"


def stretched(project: KitProject) -> Iterator[tuple[str, bytes, bytes]]:
    """Each form of the scheme's kit as it is, and with names of 60 letters everywhere a person stands."""
    opened = find_project(project.root)
    data = load_data(opened)
    templates = templates_of(opened, data)
    candidate = Candidate(name=LONG, institution=LONG, address=f"{LONG}, {LONG}", email="contoh@contoh.id")
    assessor = Assessor(name=LONG, registration="MET.000.000001 2024")
    participants = tuple(Participant(n, candidate, assessor, UploadCodes()) for n in range(1, 11))
    for document in plan_documents(data.forms, kits_of(data.editions[0])[:1]):
        if not document.form.template.endswith(".docx") or (document.paper and document.paper.letter != "A"):
            continue
        if document.scenario is not None and document.scenario.id != "LYN-01":
            continue
        plain = Plain()
        values: dict[str, Any] = dict(template_values(document, data.body, plain, templates.signers))
        template = templates.compiled(document.form)
        short = template.render(values)
        given = {
            "candidate": candidate,
            "assessor": assessor,
            "assessors": (assessor,) * 3,
            "participants": participants,
        }
        values |= {name: plain(value) for name, value in given.items() if name in values}
        yield document.form.code, short, template.render(values)


def test_long_names_are_printed_whole(shipped: KitProject) -> None:
    """Nothing shortens a name of 60 letters, on any form that prints one."""
    printed = set()
    for code, _, content in stretched(shipped):
        text = "".join(node.text or "" for node in docx.Document(io.BytesIO(content)).element.body.iter(f"{W}t"))
        if "Raden Ajeng" in text:
            assert LONG in text, code
            printed.add(code)
    assert len(printed) > 20


@needs_office
@pytest.mark.office
def test_no_form_grows_by_more_than_a_page_with_long_names(shipped: KitProject, tmp_path: Path) -> None:
    """A torn or overflowing table would show as pages: each form keeps its number of pages, or needs one more."""
    pairs: list[tuple[str, Path, Path]] = []
    for number, (code, plain, content) in enumerate(stretched(shipped)):
        long, short = tmp_path / f"l{number}.docx", tmp_path / f"s{number}.docx"
        long.write_bytes(content)
        short.write_bytes(plain)
        pairs.append((code, long, short))
    made = convert([path for _, long, short in pairs for path in (long, short)], "pdf", tmp_path)
    pages = {path.stem: len(re.findall(rb"/Type\s*/Page\b(?!s)", path.read_bytes())) for path in made}
    for code, long, short in pairs:
        assert pages[long.stem] - pages[short.stem] <= (
            0 if code not in ("FR.AK.05", "Berita Acara", "Daftar Hadir") else 1
        ), code


def test_a_scheme_of_one_unit_and_of_twenty_is_made(kit_project: KitProject) -> None:
    """With and without clusters, without bank, tasks, methods or scenarios: every form that needs no more is made."""
    for name in ("methods.yaml", "papers.yaml", "tasks.yaml", "stations.yaml"):
        (kit_project.edition / name).unlink(missing_ok=True)
    for folder in ("questions", "scenarios"):
        for path in (kit_project.edition / folder).iterdir():
            path.unlink()
    criteria = "".join(
        f'          - {{number: "1.{n}", text: "{"Kriteria yang sangat panjang " * 9}nomor {n}"}}\n'
        for n in range(1, 4)
    )
    for count in (1, 20):
        units = "".join(
            f'  - code: "M.702090.{n:03}.01"\n    title: "Unit {n}"\n    elements:\n      - number: "1"\n'
            f'        title: "Elemen"\n        criteria:\n{criteria}'
            for n in range(1, count + 1)
        )
        (kit_project.edition / "scheme.yaml").write_text(f'title: "Skema {count}"\nunits:\n{units}', "utf-8")
        kit_project.build()
        made = {row["form"] for row in kit_project.json("plan")["documents"]}
        assert {"FR.APL.01", "FR.APL.02", "FR.MAPA.01", "FR.AK.02", "FR.IA.01", "FR.VA", "Rekap Jadwal"} <= made
        text = text_of(finished(kit_project, "FR.AK.02"))
        assert all(f"M.702090.{n:03}.01" in text for n in range(1, count + 1))
