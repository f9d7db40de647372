"""YAML: read with places, changed letter by letter, written."""
