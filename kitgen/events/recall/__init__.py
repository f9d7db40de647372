"""Which printed sheets are void, and the lists and errata that say so."""
