"""How documents stand and why: rendered, held against the disk, explained.

Doors: data_words, explain, folder_status, judge, orphan, overview, own_templates, parallel, reasons, reports,
shared_inputs, status, templates, why.
May import: what `documents` may.
"""
