"""Packages of Office files: read with distrust, written fast; properties, relations and media."""
