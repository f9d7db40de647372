"""Care of a scheme's data: pages imported, workbook, bank, checks, editions, and how a project begins.

Doors: published.import_page, bank.*, book.book, book.facts, book.logo, draft.*, check.*, editions.*, start.*.
May import: documents, load, changes, render, kits, model, base.
"""
