"""The rules the coach speaks by: their catalogue, reasons, settings and limits."""
