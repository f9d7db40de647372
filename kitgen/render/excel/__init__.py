"""What is Excel's own: rows and loops of sheets, formulas, what stands around cells and belongs to sheets."""
