"""Frozen data: a scheme, its bank and scenarios, an event, forms; each field says what it is and who may see it.

Doors: all modules.
May import: base.
"""
