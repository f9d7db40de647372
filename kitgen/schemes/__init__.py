"""Care of a scheme's data: published pages imported, the bank, checks, editions.

Doors: published.import_page, bank.*, check.*, editions.*.
May import: documents, load, changes, render, kits, model, base.
"""
