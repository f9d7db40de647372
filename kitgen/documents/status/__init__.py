"""How documents stand and why: rendered, held against the disk, explained."""
