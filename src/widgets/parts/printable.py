"""Printing: the base of sheets that hold a page for paper."""

from __future__ import annotations

from widgets.base.sheet import Sheet


class Printed(Sheet):
    """A sheet with a page: an element of the class `page` that fills one A4 when printed.

    Controls that are not printed stand beside it, in elements of the class `tools`.

    Example:
        >>> class Plan(Printed): ...     # doctest: +SKIP
    """
