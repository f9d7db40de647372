"""A first draft of what a scheme lacks: proposals a person looks at, each marked as one.

Doors: all modules.
May import: what `schemes` may.
"""
