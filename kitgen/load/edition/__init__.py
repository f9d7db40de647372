"""One edition of a scheme: its files, what holds them together, its seal.

Doors: bank, blueprint, edition, origin, references, rulings, scheme, seal, stations, upkeep.
May import: what `load` may.
"""
