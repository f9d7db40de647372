"""What is Word's own: runs, rows, check boxes, pictures, notes and blocks of a document."""
