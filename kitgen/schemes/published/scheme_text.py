"""The text of `scheme.yaml` for a published page, and the names of the folders it goes into.

Written line by line without a YAML library: the comments are half of the file's worth to the person who fills in
what the page does not give, and every text stands whole on one line, so that editions compare well.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from kitgen.base.digests import digest
from kitgen.load.locate import WINDOWS_NAMES
from kitgen.load.yaml.text import quoted, written
from kitgen.schemes.published.page import PublishedPage
from kitgen.schemes.published.units import PublishedUnit

EMPTY: Final[Mapping[str, Any]] = MappingProxyType({})


_LONGEST_SLUG: Final = 60

_HEAD: Final = """\
# Skema: {plain_title}, edisi {edition}
# Diimpor dari halaman skema yang diterbitkan; kata demi kata, tanpa perbaikan.
# Teks ditulis utuh dalam satu baris. Koreksi ditulis sebagai `correction:` dengan `text`, `source`, `reason`.
title: {title}
title_source: {title_source}
"""
_SCHEME_FACTS: Final = (
    ("number", "number:                        # BELUM DIISI LSP: nomor skema"),
    ("kind", "kind:                          # BELUM DIISI LSP: KKNI, Okupasi, atau Klaster"),
    ("basic_requirements",
     "basic_requirements:            # BELUM DIISI LSP: persyaratan dasar pemohon, satu baris satu"),
    ("administrative_requirements",
     "administrative_requirements:   # BELUM DIISI LSP: bukti administratif, satu baris satu"),
    ("clusters",
     "clusters:                      # kelompok pekerjaan; tanpa isi: satu kelompok berisi semua unit"),
)  # fmt: skip
_UNIT_FACTS: Final = (
    ("standard", "    standard:                  # BELUM DIISI LSP: standar kompetensi kerja (SKKNI)"),
    ("workplace_standard", "    workplace_standard:        # standar industri atau tempat kerja untuk FR.IA.01"),
)
_UNIT: Final = """\
  - code: {code}
    title: {title}
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


def unit_facts(unit: PublishedUnit) -> dict[str, Any]:
    """What the page gives of a unit beside its elements, by the keys of `scheme.yaml`."""
    given: dict[str, Any] = {
        "standard": unit.standard,
        "workplace_standard": unit.workplace_standard,
        "description": unit.description,
        "variables": list(unit.variables),
        "assessment_guide": list(unit.assessment_guide),
        "critical_aspects": list(unit.critical_aspects),
    }
    return {key: value for key, value in given.items() if value}


def scheme_text(
    page: PublishedPage, title: str, title_source: str, edition: str, facts: Mapping[str, Any] = EMPTY
) -> str:
    """The whole of `scheme.yaml`; `facts` are those of the scheme, by its keys."""
    parts = [_HEAD.format(plain_title=title, edition=edition, title=quoted(title), title_source=quoted(title_source))]
    known = {**facts, **({"clusters": page.clusters} if page.clusters else {})}
    parts += [_fact(key, known.get(key), line, 0) for key, line in _SCHEME_FACTS]
    parts.append("units:\n")
    for unit in page.units:
        parts.append(_UNIT.format(code=quoted(unit.code), title=quoted(unit.title)))
        of_unit = unit_facts(unit)
        parts += [_fact(key, of_unit.pop(key, None), line, 2) for key, line in _UNIT_FACTS]
        parts += [_fact(key, value, "", 2) for key, value in of_unit.items()]
        parts.append("    elements:\n")
        for element in unit.elements:
            parts.append(_ELEMENT.format(number=quoted(element.number), title=quoted(element.title)))
            parts += [
                _CRITERION.format(number=quoted(criterion.number), text=quoted(criterion.text))
                for criterion in element.criteria
            ]
    return "".join(parts)


def _fact(key: str, value: Any, empty: str, indent: int) -> str:
    """The lines of a fact, or the line that asks for it."""
    return "\n".join(written({key: value}, indent)) + "\n" if value else f"{empty}\n"
