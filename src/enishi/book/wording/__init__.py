"""A book in words: what its tables, columns, values and rows are called."""
