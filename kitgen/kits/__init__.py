"""Decisions: which documents there are, for whom, what each is given; papers, rotation, packs. Pure.

Doors: all modules.
May import: model, base.
"""
