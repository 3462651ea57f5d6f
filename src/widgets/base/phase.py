"""Compute the phase of the goal from the history, once for all sheets of a workbook."""

from __future__ import annotations

from enishi.coach.goal.phase import Phase, phase
from widgets.base.workbook import Workbook

HISTORY = ("contact", "encounter", "give", "promise", "introduction")
"""The tables that record what has happened with contacts."""


def phase_of(page: Workbook) -> Phase:
    """Return the current phase of the goal, and the one the coach proposes."""

    def make() -> Phase:
        return phase(page.frames(), page.today, page.settings)

    found: Phase = page.once("phase", make, *HISTORY, "goal")
    return found
