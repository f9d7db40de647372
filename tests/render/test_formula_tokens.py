"""The tokenizer of formulas without the package it lies in."""

import subprocess
import sys


def test_formulas_are_taken_apart_without_all_of_openpyxl() -> None:
    code = (
        "import sys; from kitgen.render.excel.formulas import parse_formula; "
        "print(len(parse_formula('SUM(B2:B5)')), 'openpyxl' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["3", "False"]
