"""Decisions: what became of each criterion, question and cue between two editions. Pure.

Doors: all modules.
May import: model, base.
"""
