"""openpyxl's tokenizer of formulas by itself: its package would bring all of openpyxl, which takes as long as compiling
a dozen templates.
"""

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Final

_MODULE: Final = "openpyxl.formula.tokenizer"


@cache
def _tokenizer() -> ModuleType:
    """The module; it needs no other of its package."""
    package = find_spec("openpyxl")
    if _MODULE in sys.modules or package is None or not package.submodule_search_locations:
        return import_module(_MODULE)
    path = Path(package.submodule_search_locations[0], "formula", "tokenizer.py")
    spec = spec_from_file_location("openpyxl_tokenizer", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tokens_of(formula: str) -> list[Any]:
    """The tokens of a formula (with its `=`): each has a `value`, a `type` and a `subtype`.

    Raises `ValueError` if it cannot be taken apart.
    """
    tokenizer = _tokenizer()
    try:
        return list(tokenizer.Tokenizer(formula).items)
    except (tokenizer.TokenizerError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from error


def token_kind() -> Any:
    """The class of tokens, which has the words for their types."""
    return _tokenizer().Token
