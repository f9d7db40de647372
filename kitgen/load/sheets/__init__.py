"""Workbooks and lists people filled in, read with distrust; cells carry their places.

Doors: cell_values, csv_grid, grid, headings, list_table, numbering, person_names, text_rows, typed_text,
workbook_files, workbook_grids.
May import: what `load` may.
"""
