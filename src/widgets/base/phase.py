"""Compute the phase of the goal from the history, once for all sheets of a workbook."""

from __future__ import annotations

from enishi.coach.goal.phase import Phase, phase
from widgets.base.workbook import Workbook


def phase_of(workbook: Workbook) -> Phase:
    """Return the current phase of the goal, and the one the coach proposes."""

    def make() -> Phase:
        return phase(workbook.frames(), workbook.today, workbook.settings)

    found: Phase = workbook.cached("phase", make)
    return found
