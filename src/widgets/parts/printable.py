"""Printing: a page that fills one A4 when printed.

It is an element of the class `page`; controls that are not printed stand beside it, in elements of
the class `tools`. A part of a sheet can also be saved as a page, by the script `savePageButton`.
"""

from __future__ import annotations

from widgets.base.sheet import Part

PRINTABLE = Part(__file__)
