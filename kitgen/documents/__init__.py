"""Finished documents: what lies there, how they stand, how they are made.

Doors: build.*, disk.*, kept.*, status.*, pdf.beside, pdf.pictures, pdf.seal, work.collecting, work.places, work.crew.
May import: load, render, kits, changes, model, base.
"""
