"""Which command of the command line is on the page, and why the others are not: the table people can read there."""

from typing import Final

from kitgen.base.messages import Message, said

ON_PAGE: Final[dict[str, str]] = {
    "bank export": "/skema",
    "bank import": "/skema",
    "build": "/perangkat",
    "check": "/",
    "diff": "/edisi",
    "edition follow": "/edisi",
    "edition list": "/edisi",
    "edition new": "/edisi",
    "edition release": "/edisi",
    "event archive": "/jadwal",
    "event check": "/jadwal",
    "event deliver": "/jadwal",
    "event new": "/jadwal",
    "event print": "/jadwal",
    "event purge": "/jadwal",
    "event reprint": "/jadwal",
    "event results": "/jadwal",
    "explain": "/kode",
    "import": "/skema",
    "kurang": "/",
    "pack": "/jadwal",
    "pdf": "/perangkat",
    "plan": "/",
    "recall": "/jadwal",
    "scheme draft": "/skema",
    "scheme export": "/skema",
    "scheme import": "/skema",
    "template check": "/templat",
    "template list": "/templat",
    "template preview": "/templat",
    "verify": "/perangkat",
}
"""Commands a button or a page stands for, and where."""

_EXPERT: Final = said("for those who write data or templates by hand, beside their editor")
_ITSELF: Final = said("the page hands templates out, takes them in and puts them back itself")
_RARE: Final = said("done once, with a decision that needs its full explanation in the guide")

NOT_ON_PAGE: Final[dict[str, Message]] = {
    "adopt": said("mends data out of an edited document; its questions are better answered beside the file"),
    "archive": said("for keeping a released edition for years; done by the quality manager on a disk of their choice"),
    "bank draw": said("decides which questions are on the papers; done by the quality manager with a seed they record"),
    "bank stats": said("needs several events and a statistician's eye; writes a workbook"),
    "buka": said("opens this page"),
    "edition cleared": said("takes review marks out by name, which needs the question in view"),
    "edition retemplate": _RARE,
    "event paper": said("puts another paper in place of one that leaked; decided with the quality manager at hand"),
    "event held": said("a long list, for the day papers are lost; read in the terminal or kept as JSON"),
    "init": said("begins a project; the page opens one that is there"),
    "render": _EXPERT,
    "scenario new": _EXPERT,
    "serve": said("opens this page"),
    "template dump": _EXPERT,
    "template export": _ITSELF,
    "template new": _EXPERT,
    "template reset": _ITSELF,
    "template status": said("the page marks what was changed; the differences are read beside the templates"),
    "template vars": _EXPERT,
    "template wording": _RARE,
    "upgrade": _RARE,
}
"""The other ones, and why each is not."""


def rows_of_commands() -> list[tuple[str, str, Message | None]]:
    """Each command, its page where it has one, else why it has none."""
    rows: list[tuple[str, str, Message | None]] = [(name, address, None) for name, address in ON_PAGE.items()]
    rows += [(name, "", why) for name, why in NOT_ON_PAGE.items()]
    return sorted(rows, key=lambda row: row[0])
