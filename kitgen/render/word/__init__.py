"""What is Word's own: runs, rows, check boxes, pictures, notes and blocks of a document.

Doors: block_files, blocks, bold_behind, cells, claims, fields, ids, lists, looped_notes, marking, mending,
other_parts, rich, signing, wording.
May import: what `render` may.
"""
