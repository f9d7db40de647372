"""What a role play is made of, worked out from its texts: structure, load, and how much one tells of another.

Doors: `structure`, `told`, `load`, `sheet`, `pasted`.
May import: model, base.
"""
