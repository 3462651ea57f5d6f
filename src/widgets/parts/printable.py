"""Printing: a page that fills one A4 when printed.

It is an element of the class `page`; controls that are not printed stand beside it, in elements of
the class `tools`.
"""

from __future__ import annotations

from widgets.base.sheet import Part

PRINTABLE = Part(__file__)
