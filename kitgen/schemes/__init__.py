"""Care of a scheme's data: published pages imported, the bank, checks, editions, and how a project begins.

Doors: published.import_page, bank.*, check.*, editions.*, start.*.
May import: documents, load, changes, render, kits, model, base.
"""
