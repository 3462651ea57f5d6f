"""Cells that hold more than one value, or more than the value."""
