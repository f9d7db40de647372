"""The bank of questions as a workbook and back, and papers drawn from it and recorded.

Doors: bank, changes, draw_papers, exposure, stats.
May import: what `schemes` may.
"""
