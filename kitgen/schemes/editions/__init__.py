"""Editions opened, followed, compared and released.

Doors: all modules.
May import: what `schemes` may.
"""
