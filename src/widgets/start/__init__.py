"""The sheets of the workbook that begins."""
