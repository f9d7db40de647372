"""Whole runs that write: build, PDFs, packs, archives, typed facts adopted into data."""
