"""The sheets of the workbook for the week."""
