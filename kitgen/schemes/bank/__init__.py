"""The bank of questions as a workbook and back, and papers drawn from it and recorded."""
