"""Files of `output/`: written whole, indexed, remembered; documents read with their records.

Doors: all modules.
May import: what `documents` may.
"""
