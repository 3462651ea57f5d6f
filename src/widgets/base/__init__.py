"""What every sheet is made of: the sheet itself, its workbook, its rows, scripts and texts."""
