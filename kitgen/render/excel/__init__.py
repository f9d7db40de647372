"""What is Excel's own: rows and loops of sheets, formulas, what stands around cells and belongs to sheets.

Doors: additions, book_facts, carry_over, compile_book, formulas, layout, looped_tables, needs, number_formats,
reference_tokens, sheet_cells, workbook, writing.
May import: what `render` may.
"""
