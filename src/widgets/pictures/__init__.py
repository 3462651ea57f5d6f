"""The sheets of the workbook of pictures."""
