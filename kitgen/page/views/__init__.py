"""What each part of the page shows, a module for each.

Doors: all modules.
May import: what `page` may.
"""
