"""The header of every workbook."""
