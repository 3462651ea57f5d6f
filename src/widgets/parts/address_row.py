"""The row that a sheet shows, named in its address (`#people=…`)."""

from __future__ import annotations

from widgets.base.sheet import Part

ADDRESS_ROW = Part(__file__)
"""Gives the script `addressRow(verb, shownRow)`; `verb` is the sheet's command that shows a row."""
