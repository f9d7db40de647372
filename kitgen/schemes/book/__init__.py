"""The data of an edition as one workbook for people who know Excel, written from YAML and read back into it.

Doors: book, facts, logo, trial.
May import: what `schemes` may.
"""
