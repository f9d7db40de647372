"""Tags of templates: found as tokens in the tree, compiled by a sandboxed, bounded Jinja.

Doors: advice, environment, filters, joined, left_over, marks, places, reads, state, syntax, tags, tree, walk.
May import: what `render` may.
"""
