"""The workbook of a new event, and notes in the cells of one people filled in.

Doors: workbook.
May import: what `events` may.
"""
