"""What is said of the cells of an event's workbook, in Indonesian: for the notes an admin reads in the copy. Pure.

Commands speak English; the notes are read by the people who fill the workbook. Each text stands here as the code that
finds the fault writes it, `{}` for what differs; a test holds the table against that code.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

_WRITE_DATE: Final = "write it with the month in words, such as 12 Maret 2001"

TEXTS: Final[Mapping[str, str]] = {
    # one cell
    "{} is a formula, which is never worked out; the cell is left blank":
        "{} berisi rumus, yang tidak pernah dihitung; pada formulir dikosongkan",
    "copy the cell and paste it as a value, or type what it should say":
        "salin sel ini lalu tempel sebagai nilai, atau ketik isinya",
    "{} is an error of Excel; the cell is left blank": "{} berisi galat Excel; pada formulir dikosongkan",
    "type what it should say": "ketik isinya",
    "{} holds control characters; they are taken out": "{} memuat karakter kendali; karakter itu dibuang",
    "type the cell anew": "ketik ulang sel ini",
    "{} is not a whole number from {} to {}; the cell is left blank":
        "{} bukan bilangan bulat dari {} sampai {}; dikosongkan",
    "write digits only": "tulis angka saja",
    "{} is stored as a number, which keeps 15 digits: it is damaged, and left blank":
        "{} tersimpan sebagai bilangan, padahal bilangan hanya menyimpan 15 angka: nomor ini rusak dan dikosongkan",
    "{} has {} digits, not 16; the cell is left blank": "{} terdiri atas {} angka, bukan 16; dikosongkan",
    "{} ends in 0000, as only one that was a number once does; it is left blank":
        "{} berakhir 0000, tanda pernah tersimpan sebagai bilangan; dikosongkan",
    "{} is neither 16 digits nor the number of a passport; the cell is left blank":
        "{} bukan 16 angka dan bukan nomor paspor; dikosongkan",
    "format the column as text, then type the cell anew": "ubah format kolom menjadi Teks, lalu ketik ulang sel ini",
    "type it from the KTP": "ketik ulang dari KTP",
    "type it from the KTP or the passport": "ketik ulang dari KTP atau paspor",
    "{} is a number; it is read as the date Excel counts so":
        "{} berupa bilangan; dibaca sebagai tanggal menurut hitungan Excel",
    "format the cell as a date": "ubah format sel menjadi Tanggal",
    "{} is a number and no date; the cell is left blank": "{} berupa bilangan, bukan tanggal; dikosongkan",
    "{} has a year of two digits; the cell is left blank": "{} memakai tahun dua angka; dikosongkan",
    "{} is a day that does not exist; the cell is left blank": "{} menyebut tanggal yang tidak ada; dikosongkan",
    "{} cannot be read as a date; the cell is left blank": "{} tidak terbaca sebagai tanggal; dikosongkan",
    "{} has the month before the day; it is read so": "{} menulis bulan sebelum hari; dibaca demikian",
    "{} can mean two days; it is read with the day first": "{} dapat berarti dua tanggal; dibaca hari lebih dahulu",
    _WRITE_DATE: "tulis bulannya dengan huruf, misalnya 12 Maret 2001",
    "{} holds no date that can be read; the date is left blank":
        "{} tidak memuat tanggal yang terbaca; tanggalnya dikosongkan",
    "write it as Bandung, 12 Maret 2001": "tulis seperti Bandung, 12 Maret 2001",
    "{} is no time; the cell is left blank": "{} bukan waktu; dikosongkan",
    "write it as 08.00": "tulis seperti 08.00",
    "{} is neither L nor P; the cell is left blank": "{} bukan L atau P; dikosongkan",
    "write {} or {}": "tulis {} atau {}",
    "{} is stored as a number, so its first digits are not known; it is left blank":
        "{} tersimpan sebagai bilangan sehingga angka depannya hilang; dikosongkan",
    "{} is stored as a number; the leading zero it lost is put back":
        "{} tersimpan sebagai bilangan; angka 0 di depan yang hilang dikembalikan",
    "{} is no telephone number; the cell is left blank": "{} bukan nomor telepon; dikosongkan",
    "write digits, such as 0812 3456 7890": "tulis angkanya, misalnya 0812 3456 7890",
    "{} is no e-mail address; the cell is left blank": "{} bukan alamat e-mail; dikosongkan",
    "write one address, such as nama@contoh.id": "tulis satu alamat, misalnya nama@contoh.id",
    "{} is no postal code; the cell is left blank": "{} bukan kode pos; dikosongkan",
    "write 5 digits": "tulis 5 angka",
    "{} does not have 5 digits": "{} tidak terdiri atas 5 angka",
    "write 5 digits, unless it is of another country": "tulis 5 angka, kecuali kode pos negara lain",
    "{} says a word that is not known; the cell is left blank": "{} berisi kata yang tidak dikenal; dikosongkan",
    "write one of: {}": "tulis salah satu: {}",
    # rows, columns and names
    "the sheet is hidden; it is read all the same": "lembar ini tersembunyi, tetapi tetap dibaca",
    "the row is hidden; it is read all the same": "baris ini tersembunyi, tetapi tetap dibaca",
    "show it, or delete it": "tampilkan, atau hapus",
    "column {} is hidden; it is read all the same": "kolom {} tersembunyi, tetapi tetap dibaca",
    "show it: it is the column of `{}`": "tampilkan kolom ini",
    "cells {} are merged; what stands there is taken for each of these rows":
        "sel {} digabung; isinya dipakai untuk setiap baris itu",
    "cells {} are merged; what stands there is taken for its first cell only":
        "sel {} digabung; isinya dipakai untuk sel pertama saja",
    "take the merge apart to be sure": "pisahkan sel gabungan supaya pasti",
    "a second column is headed `{}`; it is not read": "ada kolom kedua berjudul `{}`; kolom ini tidak dibaca",
    "the heading of this column is not known; it is not read": "judul kolom ini tidak dikenal; kolomnya tidak dibaca",
    "did you mean `{}`?": "maksudnya `{}`?",
    "keep one of the two": "pertahankan salah satu",
    "the list has no column No; its rows are numbered 1 to {} in their order":
        "daftar tidak mempunyai kolom No; barisnya diberi nomor 1 sampai {} menurut urutan",
    "add the column, so that numbers stay when rows are moved":
        "tambahkan kolom itu, supaya nomor tetap bila baris dipindahkan",
    "No stands in row {} already; this row is given {}": "No ini sudah ada di baris {}; baris ini diberi nomor {}",
    "No is empty; the row is given {}": "No kosong; baris ini diberi nomor {}",
    "No is a formula; the row is given {}": "No berisi rumus; baris ini diberi nomor {}",
    "No is not a whole number; the row is given {}": "No bukan bilangan bulat; baris ini diberi nomor {}",
    "write the number into the cell, so that it stays when rows are moved":
        "ketik nomor itu ke dalam sel, supaya tetap bila baris dipindahkan",
    "the name is a formula, which is never worked out; without a name the row is dropped":
        "nama berisi rumus, yang tidak pernah dihitung; tanpa nama baris ini dilewati",
    "the name is an error of Excel; without a name the row is dropped":
        "nama berisi galat Excel; tanpa nama baris ini dilewati",
    "the row has no name; it is dropped": "baris ini tidak mempunyai nama; baris dilewati",
    "the name is only a mark for an empty cell": "nama ini hanya tanda untuk sel kosong",
    "type the name, or delete the row": "ketik namanya, atau hapus baris ini",
    "only a name stands in this row": "baris ini hanya berisi nama",
    "fill in the other columns, or delete it": "lengkapi kolom lainnya, atau hapus baris ini",
    "only a name stands in this row, below the list; it is taken for a signature, not for a person":
        "baris di bawah daftar ini hanya berisi nama; dianggap tanda tangan, bukan peserta",
    "move it to another sheet; of a person fill in the other columns":
        "pindahkan ke lembar lain; bila peserta, lengkapi kolom lainnya",
    "the sheet holds a list of people, too, and is not read": "lembar ini juga memuat daftar orang dan tidak dibaca",
    "put all into one sheet": "gabungkan semuanya dalam satu lembar",
    "the name is a number; it is printed all the same": "nama berupa bilangan; tetap dicetak",
    "the name begins with =, as formulas do; it is printed as text":
        "nama diawali =, seperti rumus; dicetak sebagai teks",
    "the name is longer than {} characters; it is printed all the same":
        "nama lebih panjang dari {} huruf; tetap dicetak",
    "type the name into the cell": "ketik namanya ke dalam sel",
    "check it, and look at the pages it stands on": "periksa, dan lihat halaman yang memuatnya",
    # assessors
    "the registration (No. Reg. MET) of the assessor is missing": "No. Reg. MET asesor belum ada",
    "write it; until then it is filled in by hand": "tulis; selama kosong diisi dengan tangan",
    "the same registration stands in row {}": "No. Reg. yang sama ada di baris {}",
    "check both": "periksa keduanya",
    "the assessor's certificate is not valid any more on the day of the event":
        "sertifikat asesor sudah tidak berlaku pada hari asesmen",
    "name another assessor, or write the new date": "tunjuk asesor lain, atau tulis tanggal yang baru",
    "no assessor has this number; the cell is left blank": "tidak ada asesor bernomor ini; dikosongkan",
    "write a number of the sheet Asesor": "tulis nomor dari lembar Asesor",
    "two assessors are named; the first is taken": "disebut dua asesor; yang pertama dipakai",
    "name the one who signs the candidate's forms": "sebut yang menandatangani formulir asesi",
    "no assessor of the sheet Asesor has this registration; the cell is left blank":
        "tidak ada asesor di lembar Asesor dengan No. Reg. ini; dikosongkan",
    "enter the assessor there, or correct the registration": "tambahkan asesornya di sana, atau betulkan No. Reg.",
    # candidates
    "the date of birth is in no year a candidate was born in; the date is left blank":
        "tahun lahir tidak mungkin; tanggal dikosongkan",
    "the date of birth is not before the event; the date is left blank":
        "tanggal lahir tidak sebelum hari asesmen; dikosongkan",
    "the candidate would be younger than {} on the day of the event; the date is left blank":
        "menurut tanggal ini asesi belum berumur {} tahun pada hari asesmen; dikosongkan",
    "the candidate would be older than {} on the day of the event; the date is left blank":
        "menurut tanggal ini asesi lebih dari {} tahun pada hari asesmen; dikosongkan",
    "check the year": "periksa tahunnya",
    "Skenario names one that is not in use; it is left out":
        "Skenario menyebut kode yang tidak dipakai; kode itu dilewati",
    "write of: {}": "pilih dari: {}",
    "{} is not in the sheet Kode; the cell is left blank": "{} tidak ada di lembar Kode; dikosongkan",
    "write a code of the list, or add it there": "tulis kode dari daftar, atau tambahkan di sana",
    "{} is stored as a number; leading zeros may be lost":
        "{} tersimpan sebagai bilangan; angka 0 di depan mungkin hilang",
    "{} is stored as a number; the zeros it lost are put back":
        "{} tersimpan sebagai bilangan; angka 0 yang hilang dikembalikan",
    "format the column as text": "ubah format kolom menjadi Teks",
    "the code of the event is not that of the sheet Jadwal, which is printed":
        "kode jadwal tidak sama dengan lembar Jadwal; yang dicetak adalah lembar Jadwal",
    "the day is not one of the sheet Jadwal, which are printed":
        "tanggal ini tidak sama dengan lembar Jadwal; yang dicetak adalah lembar Jadwal",
    # what was agreed with a candidate
    "the scheme has no cluster {}; the cell is not read": "skema tidak mempunyai KP {}; sel ini tidak dibaca",
    "write it at a cluster there is": "tulis pada KP yang ada",
    "{} gives no reason; it is not followed": "{} tanpa alasan; tidak diikuti",
    "write in the column beside it why it was agreed": "tulis di kolom sebelahnya mengapa disepakati",
    "{} cannot be read; that part is left out": "{} tidak terbaca; bagian itu dilewati",
    "write it as: KP 2 + FR.IA.07; KP 1 - FR.IA.05": "tulis seperti: KP 2 + FR.IA.07; KP 1 - FR.IA.05",
    "the scheme has no cluster {}; that part is left out": "skema tidak mempunyai KP {}; bagian itu dilewati",
    "{} names no instrument of FR.MAPA.02; that part is left out":
        "{} menyebut perangkat yang tidak ada pada FR.MAPA.02; bagian itu dilewati",
    "{} says a word that is not known; it is left out": "{} berisi kata yang tidak dikenal; dilewati",
    "write of: huruf besar, waktu +25%, pembaca, chat": "pilih dari: huruf besar, waktu +25%, pembaca, chat",
    # held against each other
    "no role play in use shows unit {} to candidates {}":
        "tidak ada skenario yang dipakai untuk unit {} bagi asesi {}",
    "write ya at one of {}, or agree another instrument":
        "tulis ya pada salah satu dari {}, atau sepakati perangkat lain",
    "digits 7 to 12 of the NIK are no day of birth": "angka ke-7 sampai ke-12 NIK bukan tanggal lahir",
    "compare it with the KTP": "bandingkan dengan KTP",
    "the NIK has another date of birth than the row": "tanggal lahir dalam NIK berbeda dengan baris ini",
    "compare both with the KTP": "bandingkan keduanya dengan KTP",
    "the NIK is that of a man where the row says woman, or the other way round":
        "jenis kelamin dalam NIK berbeda dengan baris ini",
    "the NIK stands in row {} already; it is left blank here": "NIK ini sudah ada di baris {}; di sini dikosongkan",
    "the NIK stands in row {} already, with the same name and birth; it is left blank here":
        "NIK ini sudah ada di baris {}, dengan nama dan tanggal lahir yang sama; di sini dikosongkan",
    "delete the row if it is the same person, else type the right NIK":
        "hapus baris ini bila orangnya sama; bila tidak, ketik NIK yang benar",
    "the same name and date of birth stand in row {}": "nama dan tanggal lahir yang sama ada di baris {}",
    "delete one of the rows if it is the same person": "hapus salah satu baris bila orangnya sama",
    "the assessor has {} candidates, more than {}": "asesor ini mendapat {} asesi, lebih dari {}",
    "{} candidates are more than {} for each of {} assessors": "{} asesi lebih dari {} untuk setiap asesor ({} asesor)",
    "the assessor has {} candidates, more than {}; it is accepted in the sheet Jadwal, and printed so in the minutes":
        "asesor ini mendapat {} asesi, lebih dari {}; disetujui di lembar Jadwal dan dicetak di Berita Acara",
    "{} candidates are more than {} for each of {} assessors; it is accepted in the sheet Jadwal, and printed so in the"
    " minutes":
        "{} asesi lebih dari {} untuk setiap asesor ({} asesor); disetujui di lembar Jadwal dan dicetak di Berita"
        " Acara",
    "give some to another assessor, or write in the sheet Jadwal who accepts it and why":
        "bagi kepada asesor lain, atau tulis di lembar Jadwal siapa yang menyetujui dan alasannya",
    "a turn of a role play is longer than the hours of a day of the event":
        "satu giliran bermain peran lebih lama daripada waktu asesmen dalam sehari",
    "write longer hours in the sheet Jadwal": "tulis waktu yang lebih panjang di lembar Jadwal",
    "the turns of the role plays need {} days, and the event has {}":
        "giliran bermain peran memerlukan {} hari, sedangkan jadwal ini {} hari",
    "it takes {} days, or longer hours in the sheet Jadwal": "perlu {} hari, atau waktu yang lebih panjang",
    "it takes {} days, or {} assessors, or longer hours in the sheet Jadwal":
        "perlu {} hari, atau {} asesor, atau waktu yang lebih panjang",
    # the sheets Jadwal, Pilihan, Kode
    "{} is in no year of an event; the cell is left blank": "{}: tahunnya tidak mungkin; dikosongkan",
    "{} is missing": "{} belum diisi",
    "write the name of the folder the scheme lies in, and that of its edition":
        "tulis nama folder skema dan nama folder edisinya",
    "the label of this line is not known; the line is not read": "label baris ini tidak dikenal; barisnya tidak dibaca",
    "a second line is labelled `{}`; it is not read": "ada baris kedua berlabel `{}`; baris ini tidak dibaca",
    "the assessment ends before it starts; its end is left blank":
        "asesmen selesai sebelum mulai; tanggal selesai dikosongkan",
    "the assessment ends, but the day it starts is missing": "tanggal selesai ada, tetapi tanggal mulai belum diisi",
    "write the first day too": "tulis juga hari pertamanya",
    "the pre-assessment is after the assessment; it is left blank": "pra-asesmen sesudah asesmen; dikosongkan",
    "the decision is before the assessment ends; it is left blank":
        "rapat pleno sebelum asesmen selesai; dikosongkan",
    "check both dates": "periksa kedua tanggal",
    "the time of the end is not after that of the start; it is left blank":
        "waktu selesai tidak sesudah waktu mulai; dikosongkan",
    "check both times": "periksa kedua waktu",
    "{} is not known; the cell is left blank": "{} tidak dikenal; dikosongkan",
    "the name of the venue is a kind of venue": "nama TUK berisi jenis TUK",
    "write its kind at Jenis TUK": "tulis jenisnya pada Jenis TUK",
    "more candidates are accepted by a named person for a reason; one of the two is missing":
        "kelebihan asesi disetujui oleh seseorang dengan alasan; salah satunya belum diisi",
    "fill both {} and {}": "isi {} dan {}",
    "no paper of the edition is in use; all of them are taken": "tidak ada paket yang dipakai; semua paket diambil",
    "no scenario of the edition is in use; all of them are taken":
        "tidak ada skenario yang dipakai; semua skenario diambil",
    "write ya at those to be used": "tulis ya pada yang dipakai",
    "the edition has no such paper; it is left out": "edisi ini tidak mempunyai paket itu; dilewati",
    "the edition has no such scenario; it is left out": "edisi ini tidak mempunyai skenario itu; dilewati",
    "known: {}": "yang ada: {}",
    "the code stands in this list already": "kode ini sudah ada dalam daftar",
}  # fmt: skip
"""What is said of a cell, and what to do about it: English, as the code says it, and Indonesian."""


def indonesian(text: str) -> str | None:
    """A message or its advice as a note says it; None for a text that has no translation, an empty one for an empty."""
    if text in TEXTS or not text:
        return TEXTS.get(text, "")
    for pattern, translated in _patterns():
        if (found := pattern.fullmatch(text)) is not None:
            return translated.format(*(_THE_NAME.get(word, word) for word in found.groups()))
    return None


_THE_NAME: Final[Mapping[str, str]] = {"the name": "nama"}
"""The one thing a message names in English that is no heading."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The texts with something in them that differs, those with the most words of their own first."""
    open_ones = sorted((text for text in TEXTS if "{}" in text), key=lambda text: -len(text))
    return tuple(
        (re.compile("(.+?)".join(map(_of_one_or_more, text.split("{}"))), re.DOTALL), TEXTS[text]) for text in open_ones
    )


def _of_one_or_more(words: str) -> str:
    """The words behind a number as a pattern: `{} assessors` means `1 assessor`, too."""
    return re.sub(r"^(\\ (?:assessor|candidate|day))s", r"\1s?", re.escape(words))
