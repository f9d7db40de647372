"""The page `00 Baca Dulu.html` of a kit or event: what lies there, for whom, when used, how printed. Pure.

It needs no program but a browser, and nothing but the folder it lies in. Keys are told of, and not linked.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Final
from urllib.parse import quote

from kitgen.kits.kit import Kit
from kitgen.kits.packs import words_of
from kitgen.kits.plan import PlannedDocument
from kitgen.model.audience import AUDIENCE_FACTS, KEYS
from kitgen.model.forms import KEYS_FOLDER, MOMENT_FOLDERS, MOMENTS, PACK_FOLDER, SHARED_FOLDER, Form

_STYLE: Final = """
body { font: 16px/1.5 Carlito, Calibri, "Segoe UI", sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1a1a1a; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 1.5rem 0 .25rem; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
th { background: #efefef; } a { color: #0b4f9e; } td.angka { text-align: right; white-space: nowrap; }
@media print { body { font-size: 11px; } a { color: inherit; text-decoration: none; } }
"""  # noqa: E501 # a style sheet
_FOLDERS: Final[dict[str, str]] = {
    folder: about
    for facts in AUDIENCE_FACTS.values()
    for folder, about in (
        (facts.early_folder, facts.early_about), (facts.folder, facts.about),
        (facts.event_folder, facts.event_about or facts.about),
    )
    if folder is not None and about
}  # fmt: skip
"""What lies in a folder of a kit or an event, and for whom."""


def read_first(kit: Kit, documents: Sequence[PlannedDocument]) -> Iterator[str]:
    """The page of a kit by all of its documents, line by line; links are relative to the folder of the kit."""
    prefix = "" if kit.event is not None else f"{kit.folder}/"
    keys = KEYS_FOLDER
    secret = sum(document.form.audience in KEYS for document in documents)
    open_ones = (
        (document, document.path.removeprefix(prefix)) for document in documents if document.form.audience not in KEYS
    )
    head = [
        '<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">',
        f"<title>Baca dahulu: {_text(_title(kit))}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_text(_title(kit))}</h1>",
        f"<p>{_text(kit.scheme.title)}. {_text(_what(kit))}</p>",
        *_printing(kit),
    ]
    of_keys = [
        f"<h2>{_text(keys)}</h2>",
        f"<p>{secret} berkas kunci. Sengaja tidak ditautkan di sini: folder itu tidak ikut disalin atau "
        "diserahkan bersama yang lain, dan dibuka hanya oleh pemegang kunci.</p>",
    ]
    for line in chain(head, _tables(open_ones), of_keys if secret else (), ("</body>", "</html>")):
        yield f"{line}\n"


def _title(kit: Kit) -> str:
    if kit.event is not None:
        return f"Perangkat asesmen jadwal {kit.name}"
    return f"Perangkat asesmen unit {kit.name}" if kit.kind == "unit" else "Perangkat asesmen skema lengkap"


def _what(kit: Kit) -> str:
    if kit.event is not None:
        return "Folder ini memuat semua dokumen satu jadwal asesmen, dengan data pribadi: simpan seperti berkas asesi."
    if kit.kind == "unit":
        return "Perangkat satu unit, untuk validasi dan latihan; keputusan sertifikasi memakai perangkat skema."
    return "Perangkat kosong untuk seluruh skema: contoh, validasi, dan isian dengan tangan."


def _printing(kit: Kit) -> Iterator[str]:
    yield "<h2>Mencetak</h2>"
    if kit.event is None:
        yield (
            f"<p>Untuk satu penerima, cetak paketnya di folder <em>{_text(PACK_FOLDER)}</em> bila sudah dibuat; selain "
            "itu cetak berkas di bawah ini satu per satu. Yang bermuka satu dicetak satu muka.</p>"
        )
        return
    yield (
        f"<p>Cetak dari folder <em>{_text(PACK_FOLDER)}</em>, satu folder pada saatnya; di situ juga ada <em>Daftar "
        "Cetak</em> dengan jumlah lembarnya. Jangan mencetak soal dan kartu sebelum waktunya.</p>"
    )
    folders = "".join(f"<li>{_text(MOMENT_FOLDERS[moment])}</li>" for moment in MOMENTS)
    yield f"<ul>{folders}</ul>"


def _tables(placed: Iterable[tuple[PlannedDocument, str]]) -> Iterator[str]:
    for folder, group in groupby(placed, lambda each: each[1].partition("/")[0]):
        members = sorted(group, key=lambda each: (each[0].form.number, each[0].form.code, each[1]))
        yield f"<h2>{_text(folder)}</h2>"
        if folder in _FOLDERS:
            yield f"<p>{_text(_FOLDERS[folder])}.</p>"
        yield (
            "<table>\n<thead><tr><th>No.</th><th>Formulir</th><th>Saat pakai</th><th>Cetak</th><th>Berkas</th></tr>"
            "</thead>\n<tbody>"
        )
        for form, of_form in groupby(members, lambda each: each[0].form):
            yield _row(form, list(of_form))
        yield "</tbody>\n</table>"


def _row(form: Form, members: Sequence[tuple[PlannedDocument, str]]) -> str:
    links = ", ".join(f'<a href="{quote(path)}">{_text(_label(document, path))}</a>' for document, path in members)
    how = f"{form.sides} muka" + (", kertas tebal" if form.stock == "tebal" else "")
    if form.template.endswith(".xlsx"):
        how = "diisi di Excel"
    cells = (form.number, f"{form.code} – {form.title}", words_of(MOMENT_FOLDERS[form.moment]), how)
    return f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}<td>{links}</td></tr>"


def _label(document: PlannedDocument, path: str) -> str:
    """What tells a file from the others of its form: the person's number, the paper or the scenario."""
    words = []
    if document.candidate is not None:
        words.append(f"asesi {document.candidate.number:02}")
    elif document.assessor is not None:
        words.append(f"asesor {document.assessor.number:02}")
    rest = document.code.removeprefix(document.form.code).strip()
    words += [rest] if rest else []
    return " ".join(words) or ("bersama" if f"/{SHARED_FOLDER}/" in path else "buka")


def _text(text: str) -> str:
    return html.escape(str(text))
