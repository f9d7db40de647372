"""People who do not exist, for the sample event: nothing of them can be taken for a real person's."""

import datetime
from collections.abc import Mapping
from typing import Final

Row = Mapping[str, str | int | datetime.date | datetime.time]

SAMPLE_CANDIDATES: Final = 12
FIRST_DAY: Final = datetime.date(2026, 3, 2)
LAST_DAY: Final = FIRST_DAY + datetime.timedelta(3)
"""So many days the role plays of twelve candidates take two assessors."""
_LEVELS: Final = ("SMA/SMK", "D3", "S1")
_JOBS: Final = ("Staf Penjualan", "Staf Layanan Pelanggan", "Penyelia Toko")


def sample_event() -> Row:
    """The lines of the sheet Jadwal, but for the scheme."""
    return {
        "code": "JADWAL-CONTOH-01", "pre_date": FIRST_DAY - datetime.timedelta(3), "pre_start": datetime.time(9),
        "pre_end": datetime.time(11), "start_date": FIRST_DAY, "end_date": LAST_DAY, "start": datetime.time(8),
        "end": datetime.time(16), "zone": "WIB", "venue_name": "TUK Contoh", "venue_kind": "Sewaktu",
        "city": "Kota Contoh", "assignment_number": "001/ST/CONTOH/2026", "most_candidates": 10,
    }  # fmt: skip


def sample_assessors() -> list[Row]:
    """Two assessors, the first with titles."""
    return [
        {"number": 1, "name": "Asesor Contoh 01", "title_before": "Dr.", "title_after": "S.E., M.M.",
         "registration": "MET.000.000001 2020", "valid_until": datetime.date(2029, 12, 31),
         "letter_number": "001/ST/CONTOH/2026"},
        {"number": 2, "name": "Asesor Contoh 02", "registration": "MET.000.000002 2020",
         "valid_until": datetime.date(2029, 12, 31), "letter_number": "002/ST/CONTOH/2026"},
    ]  # fmt: skip


def sample_candidates() -> list[Row]:
    """Twelve candidates, one of whom withdrew. Their NIK begin with 99, which no province has."""
    return [_candidate(number) for number in range(1, SAMPLE_CANDIDATES + 1)]


def _candidate(number: int) -> Row:
    is_woman = number % 2 == 0
    birth = datetime.date(1984 + number, number, 10 + number)
    day = birth.day + 40 * is_woman
    return {
        "number": number,
        "name": f"Asesi Contoh {number:02}",
        "identity_number": f"990101{day:02}{birth:%m%y}{number:04}",
        "birth_place": "Kota Contoh",
        "birth_date": birth,
        "gender": "Wanita" if is_woman else "Laki-laki",
        "nationality": "Indonesia",
        "address": f"Jalan Contoh {number}, Kota Contoh",
        "postal_code": "00000",
        "phone_mobile": f"0800000000{number:02}",
        "email": f"asesi{number:02}@contoh.example",
        "education": _LEVELS[number % len(_LEVELS)],
        "institution": "Perusahaan Contoh",
        "job": _JOBS[number % len(_JOBS)],
        "office_address": "Jalan Kantor Contoh 1, Kota Contoh",
        "office_postal_code": "00000",
        "office_phone": "0210000000",
        "office_email": "kantor@contoh.example",
        "assessor": 1 if number <= SAMPLE_CANDIDATES // 2 else 2,
        "status": "mundur" if number == SAMPLE_CANDIDATES else "ikut",
        "purpose": "Sertifikasi",
        "background": str(1 + number % 5),
    }
