"""Any document as text, a line for each paragraph, row or cell."""
