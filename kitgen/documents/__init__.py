"""Finished documents: what lies there, how they stand, how they are made.

Doors: build.*, disk.*, kept.*, pdf.beside, pdf.seal, status.*, work.collecting, work.crew, work.places.
May import: load, render, kits, changes, model, base.
"""
