"""Words everyone uses: errors and messages, holes (blank, missing), digests, dates, places of a project.

Doors: all modules.
May import: nothing of kitgen.
"""
