"""What the verb of a KUK says of how it can be shown: a table of the Indonesian verbs that standards use.

Each row: the method, what may step in for it, why, and the verbs (their passive forms without `di-`).
"""

import re
from dataclasses import dataclass
from typing import Final

from kitgen.model.methods import Method


@dataclass(frozen=True, slots=True)
class VerbRow:
    """Baris kata kerja: verbs that ask for the same kind of proof."""

    method: Method
    reserves: tuple[Method, ...]
    reason: str
    roots: frozenset[str]


def _row(method: Method, reserves: tuple[Method, ...], reason: str, roots: str) -> VerbRow:
    return VerbRow(method, reserves, reason, frozenset(roots.split()))


VERBS: Final[tuple[VerbRow, ...]] = (
    _row("written", ("oral",), "meminta pengetahuan, yang tidak tampak dalam perbuatan",
         "jelaskan uraikan jabarkan sebutkan definisikan deskripsikan pahami ketahui bedakan rincikan artikan"),
    _row("product", ("oral", "written"), "menghasilkan pengenalan atau penilaian yang dapat dituliskan",
         "identifikasi kenali klasifikasikan kelompokkan golongkan simpulkan bandingkan analisis evaluasi tentukan"
         " tetapkan prioritaskan telaah kaji"),
    _row("product", ("observed", "oral"), "meninggalkan hasil tertulis atau benda yang dapat diperiksa",
         "susun buat tulis catat dokumentasikan rancang laporkan rekam isi hitung rencanakan rumuskan gambar"
         " tuangkan arsipkan cetak terbitkan dokumentasi buktikan petakan jadwalkan rekapitulasi verifikasi"
         " validasi hasilkan kembangkan desain formulasikan inventarisasi daftar data kumpulkan"),
    _row("observed", ("oral",), "berupa perbuatan yang tampak ketika dikerjakan",
         "lakukan laksanakan operasikan gunakan terapkan pasang potong bersihkan periksa ukur atur sampaikan"
         " komunikasikan konfirmasi tawarkan dengarkan tunjukkan jaga kendalikan berikan siapkan persiapkan"
         " jalankan ikuti patuhi perhatikan sesuaikan uji cek rawat perbaiki pantau awasi koordinasikan"
         " pertimbangkan layani sapa sambut tanggapi serahkan simpan angkat pindahkan rakit sambung las jahit masak"
         " sajikan olah campur kemas beri peragakan praktikkan hadapi bimbing pimpin ajarkan negosiasikan"
         " promosikan jual kirim terima ambil tata rapikan amankan nyalakan matikan hidupkan hentikan setel"
         " kalibrasi lepas bongkar ganti tangani tindak tindaklanjuti hubungi informasikan jawab bantu dampingi"
         " arahkan antar pilih lindungi pakai kenakan optimalkan upayakan selesaikan ciptakan wujudkan bangun tanam"
         " panen semprot siram cuci setrika pijat rias"),
)  # fmt: skip
"""The first row that knows a verb counts."""
UNKNOWN_REASON: Final = "tidak ada kata kerja yang dikenal; diusulkan diamati"
PEOPLE: Final = frozenset(
    "pelanggan konsumen nasabah pasien klien tamu pembeli pengguna peserta penumpang pengunjung keluhan wawancara"
    " komunikasi berkomunikasi negosiasi presentasi konseling".split()
)
"""Words of criteria that speak of another person: what such a unit asks for can be played."""
_QUALIFYING: Final = frozenset({"yang"})
"""A verb behind it says which thing is meant, not what is done: `pola yang ditetapkan`."""
_WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Usulan metode: the method, what may step in for it, and the verb with its reason."""

    method: Method
    reserves: tuple[Method, ...]
    reason: str


def suggested(text: str) -> Suggestion:
    """How a criterion can be shown, by its verb: the passive one nearest to its end, else an active one."""
    words = [word.lower() for word in _WORD.findall(text)]
    places = [place for place, word in enumerate(words) if word.startswith("di")]
    main = [place for place in places if _QUALIFYING.isdisjoint(words[max(0, place - 2) : place])]
    passive = [(words[place], words[place].removeprefix("di")) for place in (*reversed(main), *reversed(places))]
    for word, root in passive:
        for row in VERBS:
            if row.roots.intersection(_shapes(root)):
                return Suggestion(row.method, row.reserves, f"kata kerja “{word}” {row.reason}")
    actives = {active_of(root): row for row in reversed(VERBS) for root in row.roots}
    for word in words:
        known = next((actives[each] for each in _shapes(word) if each in actives), None)
        if known is not None:
            return Suggestion(known.method, known.reserves, f"kata kerja “{word}” {known.reason}")
    return Suggestion("observed", ("oral",), UNKNOWN_REASON)


def active_of(root: str) -> str:
    """The active form of a verb: `susun` is `menyusun`, `potong` is `memotong`."""
    first, rest = root[0], root[1:]
    if first in "aeiou":
        return f"meng{root}"
    if first in "kpts" and rest[:1] in "aeiou":
        return {"k": "meng", "p": "mem", "t": "men", "s": "meny"}[first] + rest
    prefix = {"b": "mem", "f": "mem", "v": "mem", "p": "mem", "c": "men", "d": "men", "j": "men", "t": "men",
              "s": "men", "z": "men", "g": "meng", "h": "meng", "k": "meng"}.get(first, "me")  # fmt: skip
    return prefix + root


def _shapes(word: str) -> tuple[str, ...]:
    """A verb without what hangs on its end, and with or without `-kan`."""
    bare = word.removesuffix("lah").removesuffix("nya") if len(word) > 6 else word
    return bare, bare.removesuffix("kan"), f"{bare}kan"
