"""The head and the end of every workbook."""
