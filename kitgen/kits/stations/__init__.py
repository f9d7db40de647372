"""What a role play is made of, worked out from its texts: structure, load, and how much one tells of another.

Doors: agreement, load, pasted, sheet, structure, told.
May import: what `kits` may.
"""
