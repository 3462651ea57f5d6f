"""The sheets of the first workbook."""
