"""A page that is printed: what every sheet needs that lies on paper in the end."""

from __future__ import annotations

from widgets.base.sheet import Sheet


class Printed(Sheet):
    """A sheet with a page: an element of the class `page` that fills one A4 when printed.

    What is only for the screen stands beside it, in elements of the class `tools`.

    Example:
        >>> class Plan(Printed): ...     # doctest: +SKIP
    """
