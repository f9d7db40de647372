"""The words by which tables, labels and sections of a scheme's page are known, in Indonesian and in English."""

import re
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What stands in a column of a table, or behind a label."""

    NUMBER = "number"
    CODE = "code"
    TITLE = "title"
    STANDARD = "standard"
    CLUSTER = "cluster"
    ELEMENT = "element"
    ELEMENT_NUMBER = "element-number"
    CRITERION = "criterion"
    CRITERION_NUMBER = "criterion-number"
    BENCHMARK = "benchmark"
    ANSWER = "answer"
    """A column of a form that is filled in when somebody is assessed."""
    TEXT = "text"
    """A column that holds elements and criteria below each other."""
    DESCRIPTION = "description"
    SCHEME_TITLE = "scheme-title"
    SCHEME_NUMBER = "scheme-number"
    SCHEME_KIND = "scheme-kind"
    BASIC = "basic-requirements"
    ADMINISTRATIVE = "administrative-requirements"
    PERSON = "person"
    UNKNOWN = "unknown"


class Section(StrEnum):
    """A part of a unit's standard that stands behind its table."""

    VARIABLES = "variables"
    GUIDE = "assessment-guide"
    CRITICAL = "critical-aspects"


_HEADINGS: Final = (
    (Field.BENCHMARK, r"benchmark.*|standar (?:industri|tempat kerja).*|(?:standar )?sop\b.*"),
    (Field.CRITERION_NUMBER, r"(?:no|nomor|kode)\.? (?:kuk|kriteria.*)|(?:pc|kuk|criteria|criterion) (?:no|number)"
                             r"|(?:no|number)\.? (?:of )?(?:pc|performance criteri(?:a|on))"),
    (Field.ELEMENT_NUMBER, r"(?:no|nomor|kode)\.? (?:elemen|element)(?: kompetensi)?|element (?:no|number)"),
    (Field.NUMBER, r"no|nomor|no urut|nr|number|#"),
    (Field.CODE, r"(?:(?:no|nomor)\.? )?kode(?: unit)?(?: kompetensi)?|(?:nomor|no)\.? unit(?: kompetensi)?"
                 r"|(?:unit )?code|unit of competency code|code of unit|competency code"),
    (Field.CRITERION, r"(?:pernyataan |uraian |bunyi |daftar )?(?:kriteria (?:unjuk|untuk) kerja|kuk|kriteria kinerja)"
                      r"(?: kuk)?|kriteria|performance criteri(?:a|on)|kriteria unjuk"),
    (Field.ELEMENT, r"(?:judul |nama |uraian )?elemen(?: kompetensi)?|sub ?kompetensi"
                    r"|elements?(?: of competenc(?:y|e|ies)| title)?|competency elements?"),
    (Field.TITLE, r"(?:judul|nama)(?: unit)?(?: kompetensi)?|unit kompetensi|(?:unit )?title|unit name"
                  r"|units? of competenc(?:y|ies)|competency (?:unit|title)|unit"),
    (Field.CLUSTER, r"kelompok (?:pekerjaan|kerja)(?: kp)?|kp|klaster|cluster"),
    (Field.STANDARD, r"(?:jenis )?standar(?:d)?\b.*|skkni\b.*|acuan(?: standar)?|sumber(?: standar)?"),
    (Field.TEXT, r"dapatkah saya.*|(?:elemen|element)(?: kompetensi)? (?:dan|and|&) (?:kriteria.*|kuk|performance.*)"),
    (Field.ANSWER, r"k|bk|ya|tidak|yes|y|t|kompeten|belum kompeten|competent|not yet competent|pencapaian|penilaian.*"
                   r"|bukti.*|catatan|keterangan|rekomendasi|asesmen mandiri|evidence.*|remarks?|l|tl"),
)  # fmt: skip
_HEADING_PATTERNS: Final = tuple((field, re.compile(pattern)) for field, pattern in _HEADINGS)
_LABELS: Final = (
    (Field.CODE, r"(?:(?:no|nomor)\.? )?kode\s+unit(?:\s+kompetensi)?|unit\s+code|unit of competency code"
                 r"|(?:nomor|no)\.?\s+unit(?:\s+kompetensi)?"),
    (Field.TITLE, r"(?:judul|nama)\s+unit(?:\s+kompetensi)?|unit\s+(?:title|name)|unit of competency(?: title)?"),
    (Field.DESCRIPTION, r"(?:deskripsi|uraian)(?:\s+singkat)?(?:\s+unit)?(?:\s+kompetensi)?"
                        r"|unit\s+descript(?:or|ion)|description(?: of unit)?"),
    (Field.SCHEME_TITLE, r"(?:judul|nama)\s+skema(?:\s+sertifikasi)?(?:\s*\([^)]*\))?"
                         r"|skema(?:\s+sertifikasi)?(?:\s*\([^)]*\))?|(?:certification\s+)?scheme(?:\s+title)?"),
    (Field.SCHEME_NUMBER, r"(?:nomor|no\.?|kode)\s+skema(?:\s+sertifikasi)?|scheme\s+(?:number|no)"),
    (Field.SCHEME_KIND, r"(?:jenis|kategori)\s+skema(?:\s+sertifikasi)?|(?:scheme\s+(?:type|kind)|kind\s+of\s+scheme)"),
    (Field.STANDARD, r"standar(?:\s+kompetensi)?(?:\s+kerja)?(?:\s+acuan)?|acuan\s+standar|skkni"
                     r"|(?:nomor|no\.?)\s+skkni|(?:competency\s+)?standard"),
    (Field.BASIC, r"persyaratan\s+(?:dasar|peserta|pemohon|umum)(?:\s+(?:pemohon|peserta))?"
                  r"(?:\s+(?:sertifikasi|skema|asesmen))?|(?:basic|entry)\s+requirements?"),
    (Field.ADMINISTRATIVE, r"(?:persyaratan|bukti|kelengkapan)\s+administra(?:tif|si)(?:\s+(?:pemohon|peserta))?"
                           r"|administrative\s+(?:requirements?|evidence)"),
    (Field.PERSON, r"nama\s+(?:asesi|asesor|peserta|kandidat|pemohon|lengkap)"
                   r"|no(?:mor)?\.?\s+(?:reg|registrasi|met)\b.*"
                   r"|asesi|asesor|nik|no\.?\s*ktp(?:/nik/paspor)?|tuk|tanggal(?:\s+asesmen)?|hari\s*/\s*tanggal"),
)  # fmt: skip
LABELS: Final = {field: pattern for field, pattern in _LABELS}
_SECTIONS: Final = (
    (Section.CRITICAL, r"aspek(?:\s*-\s*aspek)?\s+(?:kritis|penting).*|critical\s+aspects?.*"),
    (Section.VARIABLES, r"batasan?\s+variab(?:el|le)s?|ruang\s+lingkup(?:\s+unit(?:\s+kompetensi)?)?"
                        r"|rentang\s+variabel|kondisi\s+unjuk\s+kerja|range\s+(?:of\s+variables?|statements?)"),
    (Section.GUIDE, r"(?:panduan|acuan|pedoman)\s+(?:penilaian|asesmen|bukti)(?:\s+unit(?:\s+kompetensi)?)?"
                    r"|(?:evidence|assessment)\s+guid(?:e|elines?|ance)|kompetensi\s+kunci|key\s+competenc(?:y|ies)"
                    r"|persyaratan\s+kompetensi|konteks\s+penilaian|sikap\s+kerja(?:\s+yang\s+diperlukan)?"
                    r"|pengetahuan(?:\s+dan\s+ke?terampilan)?(?:\s+yang\s+(?:diperlukan|dibutuhkan))?"
                    r"|required\s+(?:knowledge|skills)(?:\s+and\s+(?:knowledge|skills))?"),
)  # fmt: skip
_SECTION_PATTERNS: Final = tuple((section, re.compile(pattern, re.IGNORECASE)) for section, pattern in _SECTIONS)
_ORDINAL: Final = re.compile(r"(?:[A-Z]|[IVX]{1,4})[.)]\s+")
_NUMBERED: Final = re.compile(r"([0-9]{1,2})[.)]?\s+(?=[^\W\d_])")
_END: Final = re.compile(
    r"BAB\s+(?:[IVX]+|[0-9]+)\b.*|LAMPIRAN\b.*|MENTERI\s+(?:KETENAGAKERJAAN|TENAGA KERJA)\b.*"
    r"|(?:Ditetapkan|DITETAPKAN)\s+di\b.*|PENUTUP|(?i:rekomendasi(?:\s+(?:untuk\s+)?asesi\b|\s*:)).*"
)
_LONGEST_NAME: Final = 80


def heading_field(cell: str) -> Field | None:
    """What a column holds by its heading; None for a text that is no heading known."""
    plain = re.sub(r"[().:?*/…]+|\s+", " ", cell.casefold()).strip()
    if not plain or len(plain) > _LONGEST_NAME:
        return None
    return next((field for field, pattern in _HEADING_PATTERNS if pattern.fullmatch(plain)), None)


def section_of(text: str) -> tuple[Section, str] | None:
    """The section a line begins, and what stands on the line behind its name. A line with a number begins none."""
    name, colon, rest = text.partition(":")
    plain = _ORDINAL.sub("", name.strip(" *#|.-–"), count=1).strip(" .")
    if len(plain) > _LONGEST_NAME or not plain:
        return None
    for section, pattern in _SECTION_PATTERNS:
        if pattern.fullmatch(plain):
            return section, rest.strip() if colon else ""
    return None


def numbered_section(text: str) -> tuple[int, Section] | None:
    """The number and the section of an item such as `5. Aspek kritis`, inside a guide."""
    number = _NUMBERED.match(text)
    found = section_of(text[number.end() :]) if number else None
    return (int(number[1]), found[0]) if number and found else None


def item_number(text: str) -> int | None:
    """The number of an item of the highest level inside a section."""
    number = _NUMBERED.match(text)
    return int(number[1]) if number else None


def ends_standards(*texts: str) -> bool:
    """Whether a line (its text, or its first cell) begins what stands behind the units of a decree or a form."""
    return any(_END.fullmatch(text) and len(text) < 2 * _LONGEST_NAME for text in texts)
