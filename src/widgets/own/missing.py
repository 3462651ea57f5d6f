"""What stands in for a sheet that does not exist, so that the rest of the page is shown."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from widgets.base.workbook import Workbook
from widgets.own.errors import UnknownSheetError

_NEAREST = 3
"""Most names that are suggested."""


class MissingSheet:
    """Shows nothing: the page's header tells the author."""

    def _ipython_display_(self) -> None:
        """Display nothing."""


def missing_sheet(name: str, known: list[str]) -> Callable[..., MissingSheet]:
    """Return what stands in for the sheet `name`, which is none of the `known` ones."""
    near = get_close_matches(name, known, _NEAREST, cutoff=0.0)

    def stand_in(workbook: Workbook, *_: Any, **__: Any) -> MissingSheet:
        workbook.tell_author(UnknownSheetError(name=name, names=", ".join(near)))
        return MissingSheet()

    return stand_in
