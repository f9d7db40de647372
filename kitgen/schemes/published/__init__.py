"""A published page read into a scheme, each of its lines accounted for.

Doors: import_page.
May import: what `schemes` may.
"""
