"""Which printed sheets are void, and the lists and errata that say so.

Doors: by_serial, recall, sheets.
May import: what `events` may.
"""
