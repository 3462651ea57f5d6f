"""The sheets of the workbook on the goal."""
