"""What releases and deliveries were made with: templates, forms and look, kept until a person asks for others.

Doors: all modules.
May import: what `documents` may.
"""
