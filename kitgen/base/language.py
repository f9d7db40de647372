"""The languages kitgen speaks: Indonesian and English, and how a message is put into one of them.

English stands in the code; the other words stand in `locale/<language>/LC_MESSAGES/kitgen.po`, compiled beside it.
"""

from functools import cache
from gettext import translation
from pathlib import Path
from typing import Final

from kitgen.base.messages import Translate, told

DOMAIN: Final = "kitgen"
DEFAULT: Final = "id"
LANGUAGES: Final = ("id", "en")
LOCALES: Final = Path(__file__).with_name("locale")


@cache
def translator(language: str, locales: Path = LOCALES) -> Translate:
    """Gives texts in a language; a text that has no translation, and every text in English, stays as it is."""
    return translation(DOMAIN, locales, [language], fallback=True).gettext


def in_indonesian(text: str) -> str:
    """A message in Indonesian, for what Indonesian readers find in a workbook; a plain text as it is."""
    return str(told(text, translator(DEFAULT)))
