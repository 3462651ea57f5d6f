"""What the coach works out of everything that has happened, once for all sheets of a page."""

from __future__ import annotations

from enishi.coach.goal.phase import Phase, phase
from widgets.base.workbook import Workbook

HISTORY = ("contact", "encounter", "give", "promise", "introduction")
"""The nouns that tell what has happened with people."""


def phase_of(page: Workbook) -> Phase:
    """Return the time the goal is in, and the one that suggests itself."""

    def make() -> Phase:
        return phase(page.frames(), page.today, page.settings)

    found: Phase = page.once("phase", make, *HISTORY, "goal")
    return found
