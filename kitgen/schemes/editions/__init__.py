"""Editions opened, followed, compared and released."""
