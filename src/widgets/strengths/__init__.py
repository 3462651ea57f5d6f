"""The sheets of the workbook on strengths."""
