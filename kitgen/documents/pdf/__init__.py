"""Finished documents as PDF, and many PDFs as one: the only place that starts other programs.

It knows files, not forms: what is to be converted and joined is decided in `documents/build/pdfs` and `packs`.

Doors: beside, convert, job, join, pictures, seal.
May import: what `documents` may.
"""
