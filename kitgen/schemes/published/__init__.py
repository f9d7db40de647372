"""A published page read into a scheme, each of its lines accounted for."""
