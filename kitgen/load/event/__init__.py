"""An event: found, read from its workbook or list, checked; results and records of it.

Doors: assignment_file, choices, columns, event, handover_record, marks_file, replaced_file, reprints_file,
results_file, schedule, secret.
May import: what `load` may.
"""
