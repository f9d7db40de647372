"""Workbooks written from a description, and notes written into the cells of one.

Doors: all modules.
May import: what `render` may.
"""
