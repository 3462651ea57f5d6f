"""The sheets of the workbook on people."""
