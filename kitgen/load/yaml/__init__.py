"""YAML: read with places, changed letter by letter, written.

Doors: edit, one_text, reshape, source, text, unfinished.
May import: what `load` may.
"""
