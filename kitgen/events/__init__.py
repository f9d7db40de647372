"""Care of an event after it is read: workbook, print list, reprints, results, hand-over, recall, purge.

Doors: workbook.workbook, print_list, reprint, results, archive, purge, handover.*, recall.*.
May import: documents, load, render, changes, kits, model, base.
"""
