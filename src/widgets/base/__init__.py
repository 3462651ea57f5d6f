"""Base of all sheets: the sheet class, its workbook, JSON rows, scripts and texts."""
