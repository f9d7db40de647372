"""From files to the model, every problem collected with its place.

Doors: all modules.
May import: kits, changes, model, base, render.package.
"""
