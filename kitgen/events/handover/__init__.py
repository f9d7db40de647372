"""What goes out to whom, in which parcels, and who holds what."""
