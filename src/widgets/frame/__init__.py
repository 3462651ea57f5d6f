"""The header and the closing of every workbook."""
