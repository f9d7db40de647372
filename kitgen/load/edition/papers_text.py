"""The text of `papers.yaml`: the papers that were drawn and are kept, as `load.blueprint.load_papers` reads them."""

from collections.abc import Iterable
from typing import Final

from kitgen.load.yaml.text import quoted
from kitgen.model.blueprint import RecordedPaper
from kitgen.model.scheme import Scheme

_HEAD: Final = """\
# Paket soal skema {title}, edisi {edition}: sudah ditarik, dan tetap walaupun bank soal bertambah.
# Ditulis oleh `kitgen bank draw`; jangan diubah dengan tangan.
#
# id         huruf paket, benih, dan empat huruf yang mewakili bunyi soalnya: berubah bila satu soal saja berubah bunyi
# kit        scheme (paket seluruh skema) atau kode unit (paket satu unit)
# questions  kode butir menurut nomor soal, lalu urutan pilihannya: "bdac" berarti pilihan b pada bank soal dicetak
#            sebagai a, pilihan d sebagai b, dan seterusnya
papers:
"""


def papers_text(scheme: Scheme, papers: Iterable[RecordedPaper]) -> str:
    """The whole file: an entry for each paper, its questions one to a line."""
    lines: list[str] = []
    for paper in papers:
        lines += [
            f"  - id: {quoted(paper.id)}",
            f"    kit: {quoted(paper.kit)}",
            f"    kind: {quoted(paper.kind)}",
            "    questions:",
            *(f"      - {quoted(f'{id} {order}'.rstrip())}" for id, order in paper.questions),
        ]
    return _HEAD.format(title=scheme.title, edition=scheme.edition) + "".join(f"{line}\n" for line in lines)
