"""The rules the coach applies: their catalogue, reasons, settings and limits."""
