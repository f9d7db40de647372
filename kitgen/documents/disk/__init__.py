"""Files of `output/`: written whole, indexed, remembered; documents read with their records."""
