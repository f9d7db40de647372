"""Any document as text, a line for each paragraph, row or cell.

Doors: dump, word_lines, words.
May import: what `render` may.
"""
