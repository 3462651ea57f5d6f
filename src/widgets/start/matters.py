"""What matters to the person: why, in their own words, and what this workbook holds to."""

from __future__ import annotations

from typing import Any

from enishi.coach.today.first_minutes import OWN_REASON
from widgets.base.sheet import Sheet


class Matters(Sheet):
    """Asks why; tells what good ties have in common, and what this workbook never does.

    Example:
        >>> Matters(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "matters"
    settings = (OWN_REASON,)

    def build_state(self) -> dict[str, Any]:
        """Return the reason."""
        return {"why": self.workbook.setting_row(OWN_REASON)}
