"""Finished documents read back: is everything there, in its row, and what does it prove?

Doors: verify.
May import: documents, load, render, changes, kits, model, base.
"""
