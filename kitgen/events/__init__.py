"""Care of an event after it is read: workbook, results, hand-over, recall, purge.

Doors: workbook.workbook, results, archive, purge, handover.*, recall.*.
May import: documents, load, render, changes, kits, model, base.
"""
