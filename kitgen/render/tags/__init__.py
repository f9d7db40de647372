"""Tags of templates: found as tokens in the tree, compiled by a sandboxed, bounded Jinja.

Doors: advice, assembling, environment, filters, joined, left_over, marks, places, reads, state, syntax, tags, walk.
May import: what `render` may.
"""
