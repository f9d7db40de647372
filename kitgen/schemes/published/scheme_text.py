"""The text of `scheme.yaml` for a published page, and the names of the folders it goes into.

Written line by line without a YAML library: the comments are half of the file's worth to the person who fills in
what the page does not give, and every text stands whole on one line, so that editions compare well.
"""

import re
import unicodedata
from typing import Final

from kitgen.base.digests import digest
from kitgen.load.locate import WINDOWS_NAMES
from kitgen.load.yaml.text import quoted
from kitgen.schemes.published.page import PublishedPage

_LONGEST_SLUG: Final = 60

_HEAD: Final = """\
# Skema: {plain_title}, edisi {edition}
# Diimpor dari halaman skema yang diterbitkan; kata demi kata, tanpa perbaikan.
# Teks ditulis utuh dalam satu baris. Koreksi ditulis sebagai `correction:` dengan `text`, `source`, `reason`.
title: {title}
title_source: {title_source}
number:                        # BELUM DIISI LSP: nomor skema
kind:                          # BELUM DIISI LSP: KKNI, Okupasi, atau Klaster
basic_requirements:            # BELUM DIISI LSP: persyaratan dasar pemohon, satu baris satu
administrative_requirements:   # BELUM DIISI LSP: bukti administratif, satu baris satu
clusters:                      # kelompok pekerjaan; tanpa isi: satu kelompok berisi semua unit
units:
"""
_UNIT: Final = """\
  - code: {code}
    title: {title}
    standard:                  # BELUM DIISI LSP: standar kompetensi kerja (SKKNI)
    workplace_standard:        # standar industri atau tempat kerja untuk FR.IA.01
    elements:
"""
_ELEMENT: Final = """\
      - number: {number}
        title: {title}
        criteria:
"""
_CRITERION: Final = """\
          - number: {number}
            text: {text}
"""


def scheme_slug(title: str) -> str:
    """The folder's name for a scheme; empty if the title has no letter or digit a folder's name can hold."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _LONGEST_SLUG:
        # Two long titles that begin alike must not share a folder.
        slug = f"{slug[: _LONGEST_SLUG - 7].rstrip('-')}-{digest(title.encode())[:6]}"
    return f"skema-{slug}" if slug in WINDOWS_NAMES else slug


def scheme_text(page: PublishedPage, title: str, title_source: str, edition: str) -> str:
    """The whole of `scheme.yaml`."""
    parts = [_HEAD.format(plain_title=title, edition=edition, title=quoted(title), title_source=quoted(title_source))]
    for unit in page.units:
        parts.append(_UNIT.format(code=quoted(unit.code), title=quoted(unit.title)))
        for element in unit.elements:
            parts.append(_ELEMENT.format(number=quoted(element.number), title=quoted(element.title)))
            parts += [
                _CRITERION.format(number=quoted(criterion.number), text=quoted(criterion.text))
                for criterion in element.criteria
            ]
    return "".join(parts)
