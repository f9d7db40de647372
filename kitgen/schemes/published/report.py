"""The report of an import, in Indonesian, for the admin who checks it against the published page."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kitgen.schemes.published.line import PageLine
from kitgen.schemes.published.line_account import LineAccount, LinePart, Role, Verdict
from kitgen.schemes.published.oddities import Oddity, OddityKind
from kitgen.schemes.published.page import PublishedPage

ODDITY_SENTENCES: Final[Mapping[OddityKind, str]] = {
    OddityKind.NUMBER_SPLIT: "nomor {0} di tengah baris dibaca sebagai awal KUK; periksa: {1}",
    OddityKind.NUMBER_KEPT: "nomor {0} di dalam kalimat dibiarkan sebagai bagian kalimat; periksa: {1}",
    OddityKind.STRAY_LINE: "baris di luar tabel, tidak dipakai",
    OddityKind.STRAY_CELL: "sel yang tidak semestinya ada di sini, tidak dipakai: {0}",
    OddityKind.GLUED_FOOTER: "kaki halaman menempel pada teks dan dipisahkan: {0}",
    OddityKind.FOOTER_YEARS: "kaki halaman menyebut beberapa tahun ({0}), tidak ada yang dipakai sebagai edisi",
    OddityKind.UNREAD_FACT: "keterangan tentang skema yang tidak diambil; isikan sendiri di scheme.yaml",
    OddityKind.OTHER_TITLE: "halaman menyebut judul skema lain: {0}",
    OddityKind.UNUSUAL_CODE: "bentuk kode unit tidak lazim: {0}",
    OddityKind.UNIT_TITLE_DIFFERS: "judul unit di atas tabel `{0}`, di daftar `{1}`; yang dipakai dari daftar",
    OddityKind.UNIT_TITLE_TWICE: "judul unit sama dengan unit {0}",
    OddityKind.UNIT_ORDER: "urutan tabel berbeda dari urutan daftar unit; yang dipakai urutan daftar",
    OddityKind.LIST_NUMBERS: "nomor urut daftar unit tidak berurutan: {0}",
    OddityKind.MORE_UNITS: "halaman menyebut {0} unit, ditemukan {1}",
    OddityKind.REPEATED_WORD: "kata yang sama muncul dua kali: {0}",
    OddityKind.SAME_TEXT: "kalimat sama dengan {0}",
    OddityKind.NEAR_TWIN: "kalimat hampir sama dengan {0}: {1}",
    OddityKind.TWINS_NOT_SOUGHT: "lebih dari {0} KUK: kalimat yang hampir sama tidak dicari",
    OddityKind.KNOWLEDGE: "KUK pengetahuan, sulit diamati: {0}",
    OddityKind.DAMAGED_LETTERS: "huruf tampaknya rusak: {0}",
    OddityKind.REMOVED_SIGNS: "karakter kendali atau tak terlihat dibuang: {0}",
    OddityKind.NUMBERS_MADE: "KUK pada halaman tidak bernomor seperti 1.1; diberi nomor menurut urutannya",
    OddityKind.UNKNOWN_COLUMN: "kolom yang judulnya tidak dikenal, tidak dipakai: {0}",
    OddityKind.SOME_CLUSTERS: "hanya sebagian unit berada dalam Kelompok Pekerjaan; tidak ada yang diambil",
    OddityKind.LISTED_TITLE: "judul unit di daftar `{0}`, di atas tabel `{1}`; yang dipakai dari atas tabel",
    OddityKind.SHORT_NUMBER: "nomor {0} dibaca sebagai {1}, karena lembar kerja membuang nol di akhir",
    OddityKind.BENCHMARKS: "standar di samping KUK berbeda-beda; tidak ada yang diambil untuk unit ini",
    OddityKind.UNKNOWN_SECTION: "tabel berakhir pada judul yang tidak dikenal: {0}; isi sesudahnya disimpan",
}
_ROLES: Final[Mapping[Role, str]] = {
    Role.COUNT: "jumlah unit: {0}",
    Role.LISTED: "daftar unit: {0}",
    Role.UNIT: "awal unit {0}",
    Role.UNIT_TITLE: "judul unit, dibandingkan",
    Role.ELEMENT: "elemen {0}",
    Role.CRITERIA: "KUK {0}",
    Role.TITLE: "judul skema",
    Role.YEAR: "edisi {0} dari kaki halaman",
    Role.BLANK: "baris kosong",
    Role.RULE: "garis tabel",
    Role.HEADING: "kepala tabel",
    Role.FOOTER: "kaki halaman",
    Role.BEFORE: "sebelum daftar unit",
    Role.AFTER: "setelah kaki halaman",
    Role.DROPPED: "bagian HTML: {0}",
    Role.STRAY: "tidak dikenali, tidak dipakai",
    Role.FACT: "keterangan skema, tidak diambil",
    Role.TAKEN: "keterangan: {0}",
    Role.CLUSTER: "kelompok pekerjaan {0}",
    Role.DESCRIPTION: "deskripsi unit",
    Role.SECTION: "{0}",
    Role.JOINED: "sambungan baris di atasnya",
    Role.ANSWER: "kolom isian formulir",
    Role.PERSON: "isian orang, tidak dibaca",
    Role.NOT_CHOSEN: "unit yang tidak dipilih",
    Role.FURNITURE: "kepala atau kaki halaman berulang",
}
_DROPPED: Final = {"markup": "hanya tanda HTML", "script": "skrip", "style": "gaya tampilan", "nav": "menu navigasi"}
_HIDDEN: Final = "(isian tentang orang)"
_VERDICTS: Final[Mapping[Verdict, str]] = {"used": "dipakai", "ignored": "diabaikan", "odd": "JANGGAL"}
_MOST_NOTES: Final = 3
"""Notes of one kind in the short report; the others are counted."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the report says at its top; each source tells in Indonesian where the fact comes from."""

    title: str
    title_source: str
    edition: str
    edition_source: str
    scheme_file: str


def report_text(page: PublishedPage, heading: Heading) -> str:
    """The whole report. The same page and options give the same text: no path, no clock."""
    return _together(_top(page, heading), _summary(page), _notes(page), _not_on_page(page), _lines(page))


def brief_text(page: PublishedPage, heading: Heading, report_file: str) -> str:
    """The report for the screen: without the account of every line, and with the first notes of each kind only.

    `report_file`: where all of it is to be read; empty where it is not written.
    """
    where = [f"Setiap baris halaman dan semua catatan: {report_file}"] if report_file else []
    sections = (_top(page, heading), _summary(page), _notes(page, _MOST_NOTES), _not_on_page(page), iter(where))
    return _together(*sections).rstrip("\n") + "\n"


def _together(*sections: Iterator[str]) -> str:
    return "\n".join("\n".join(section).rstrip("\n") + "\n" for section in sections)


def _not_on_page(page: PublishedPage) -> Iterator[str]:
    facts = page.facts
    missing = [
        name
        for name, is_given in (
            ("nomor skema", facts.number),
            ("jenis skema", facts.kind),
            ("persyaratan dasar", facts.basic),
            ("bukti administratif", facts.administrative),
            ("kelompok pekerjaan", page.clusters),
            ("standar (SKKNI) tiap unit", all(unit.standard for unit in page.units)),
        )
        if not is_given
    ]
    if missing:
        yield "BELUM DIISI LSP (tidak ada pada halaman; isikan di scheme.yaml)"
        yield f"  {', '.join(missing)}"
    else:
        yield "Semua keterangan skema ada pada halaman."


def _top(page: PublishedPage, heading: Heading) -> Iterator[str]:
    yield "LAPORAN IMPOR SKEMA"
    yield ""
    yield f"Halaman  : {page.source.file} (dibaca sebagai {page.source.reading})"
    yield f"Judul    : {heading.title} (sumber: {heading.title_source})"
    yield f"Edisi    : {heading.edition} (sumber: {heading.edition_source})"
    yield f"Hasil    : {heading.scheme_file}"


def _summary(page: PublishedPage) -> Iterator[str]:
    verdicts = Counter(account.verdict for account in page.accounts)
    yield f"RINGKASAN: {len(page.units)} unit, {page.elements} elemen, {page.criteria} KUK"
    width = max(len(unit.code) for unit in page.units)
    for unit in page.units:
        counts = f"{len(unit.elements):>2} elemen {len(unit.criteria):>3} KUK"
        yield f"  {unit.code:<{width}}  {counts}  {unit.title}"
    parts = ", ".join(f"{verdicts[verdict]} {word.lower()}" for verdict, word in _VERDICTS.items())
    yield f"  {len(page.accounts)} baris halaman: {parts}"


def _notes(page: PublishedPage, most: int = 0) -> Iterator[str]:
    yield f"CATATAN: {len(page.oddities)} hal yang janggal; dicatat, tidak diperbaiki"
    told: Counter[OddityKind] = Counter()
    for number, oddity in enumerate(page.oddities, start=1):
        told[oddity.kind] += 1
        if most and told[oddity.kind] > most:
            continue
        lines = ", ".join(dict.fromkeys(_number(page.accounts[line].line) for line in oddity.lines))
        places = [oddity.where, f"baris {lines}" if lines else ""]
        place = ", ".join(part for part in places if part) or "seluruh halaman"
        yield f"  {number:>2}. {place}: {ODDITY_SENTENCES[oddity.kind].format(*oddity.facts)}"
    rest = sum(max(0, count - most) for count in told.values()) if most else 0
    if rest:
        yield f"      … dan {rest} catatan lain yang sejenis"


def _lines(page: PublishedPage) -> Iterator[str]:
    notes = _notes_by_line(page.oddities)
    rows = [
        (
            _number(account.line),
            _VERDICTS[account.verdict],
            _as_what(account, notes.get(position, [])),
            _HIDDEN if any(part.role is Role.PERSON for part in account.parts) else account.line.text,
        )
        for position, account in enumerate(page.accounts)
    ]
    width = max(len(as_what) for _, _, as_what, _ in rows)
    yield "SETIAP BARIS HALAMAN (nomor baris, putusan, dibaca sebagai, isi)"
    for number, verdict, as_what, text in rows:
        yield f"{number:>7}  {verdict:<9}  {as_what:<{width}}  {text}".rstrip()


def _notes_by_line(oddities: tuple[Oddity, ...]) -> dict[int, list[int]]:
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, oddity in enumerate(oddities, start=1):
        for line in dict.fromkeys(oddity.lines):
            numbers[line].append(number)
    return numbers


def _as_what(account: LineAccount, notes: list[int]) -> str:
    text = "; ".join(_role(part) for part in account.parts)
    return f"{text} (catatan {', '.join(map(str, notes))})" if notes else text


def _role(part: LinePart) -> str:
    if part.role is Role.DROPPED and part.detail in _DROPPED:
        return _DROPPED[part.detail]
    return _ROLES[part.role].format(part.detail)


def _number(line: PageLine) -> str:
    if line.label:
        return line.label
    return str(line.number) if line.number == line.last else f"{line.number}-{line.last}"
