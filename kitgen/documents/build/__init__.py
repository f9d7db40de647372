"""Whole runs that write: build, PDFs, packs, archives, typed facts adopted into data.

Doors: adopt, archive, as_before, build, event_packs, fill, first_template, keep, kit_packs, own_templates, pdfs,
read_first, retemplate, upgrade, wording.
May import: what `documents` may.
"""
