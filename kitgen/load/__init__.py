"""From files to the model, every problem collected with its place.

Doors: project_data, locate, identity, forms, records, edition.*, event.*, sheets.*, yaml.*.
May import: kits, changes, model, base; of render only the package.
"""
