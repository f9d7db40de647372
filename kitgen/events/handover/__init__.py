"""What goes out to whom, in which parcels, and who holds what.

Doors: deliver, holdings, parcels, since.
May import: what `events` may.
"""
