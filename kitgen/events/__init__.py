"""Care of an event after it is read: workbook, print list, reprints, results, hand-over, recall, purge.

Doors: print_list, reprint, replace_paper, results, purge, archive, workbook.*, handover.*, recall.*.
May import: documents, load, render, changes, kits, model, base.
"""
