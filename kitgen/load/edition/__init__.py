"""One edition of a scheme: its files, what holds them together, its seal."""
