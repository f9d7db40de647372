"""How long things take beside what papers and scenarios say themselves, each with its reason; and how an event may be
arranged."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from kitgen.model.bank import QUESTION_KINDS, QuestionKind

TimeKey = Literal[
    "consultation", "adjustments", "agreement", "opening", "handing_out", "reset", "review_scene", "review_criterion",
    "portfolio", "interview", "product_review", "follow_up", "decision", "break",
]  # fmt: skip
TIME_KEYS: Final[tuple[TimeKey, ...]] = get_args(TimeKey)


@dataclass(frozen=True, slots=True)
class Minutes:
    """Lama satu kegiatan: so many minutes, and why; printed with every sum they enter."""

    minutes: int
    why: str


DEFAULT_TIMES: Final[Mapping[TimeKey, Minutes]] = MappingProxyType({
    "consultation": Minutes(10, "pra-asesmen: APL.02 dan bukti dibaca bersama asesi, rencana asesmen dijelaskan"),
    "adjustments": Minutes(5, "pra-asesmen: FR.AK.07 ditanyakan butir demi butir dan dicatat"),
    "agreement": Minutes(5, "pra-asesmen: FR.AK.01 dibaca, dicentang, dan ditandatangani"),
    "opening": Minutes(20, "identitas diperiksa, tata tertib, keselamatan, dan hak banding dijelaskan kepada semua"),
    "handing_out": Minutes(5, "soal dan lembar jawaban dibagikan, Kode Dokumen dicocokkan"),
    "reset": Minutes(2, "setelah setiap adegan: lembar ditukar, alat peraga dihitung, pemeran kembali ke keadaan awal"),
    "review_scene": Minutes(3, "setiap kerja meja: lembarnya dibuka, dibaca, dan disandingkan dengan jawaban acuan"),
    "review_criterion": Minutes(1, "setiap KUK hasil tertulis: dicari, dibandingkan dengan contoh, ditandai"),
    "portfolio": Minutes(10, "setiap KP: bukti portofolio diperiksa keaslian, kecukupan, dan kemutakhirannya"),
    "interview": Minutes(15, "setiap KP: wawancara tentang bukti portofolio"),
    "product_review": Minutes(10, "setiap KP: produk yang dipakai di tempat kerja direviu"),
    "follow_up": Minutes(10, "susunan ringkas: pertanyaan hanya untuk KUK yang belum tampak, paling lama sekian"),
    "decision": Minutes(15, "keputusan, umpan balik, FR.AK.02, dan FR.AK.03 bagi setiap asesi"),
    "break": Minutes(15, "istirahat di tengah pagi dan di tengah siang (salat Asar); pemeran dan asesor beristirahat"),
})  # fmt: skip
"""What an edition's blueprint may say otherwise, each with a reason of its own."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Susunan asesmen: how an event shows the units of a scheme.

    `integrated`: units are shown together by the scenarios that assess most of them at once; else by the smaller ones,
    one beside another. `reserve`: kinds of questions that are asked only for what was not shown.
    """

    key: str
    title: str
    integrated: bool = False
    reserve: tuple[QuestionKind, ...] = ()


FULL: Final = "lengkap"
SHORT: Final = "ringkas"
DEFAULT_ARRANGEMENTS: Final = (
    Arrangement(FULL, "Susunan lengkap"),
    Arrangement(SHORT, "Susunan ringkas", True, QUESTION_KINDS),
)
"""The arrangements of an edition whose blueprint names none."""
