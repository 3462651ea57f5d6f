"""The end of a workbook: one thing to do today, and where to go next."""

from __future__ import annotations

from typing import Any

from enishi.coach.today.first_step import nearest_step
from widgets.base.sheet import Sheet
from widgets.base.workbook import PAGES
from widgets.parts.resume import RESUME


class Closing(Sheet):
    """Names one thing to do today, and shows the thread of the goal with its first missing link.

    A workbook whose texts have `todays` names the thing that fits that link; one that has
    `today_step`, `today_promise` and `today_gift` names the next step with a contact.

    Example:
        >>> Closing(open_workbook("02-goal"))     # doctest: +SKIP
    """

    name = "closing"
    parts = (RESUME,)

    def build_state(self) -> dict[str, Any]:
        """Return the thread, its missing link, if this is the first workbook, the nearest step."""
        thread = self.workbook.thread()
        return {
            "thread": [link for link in thread if link["text"]],
            "missing": next((link for link in thread if not link["text"]), None),
            "first": self.workbook.name == PAGES[0],
            "nearest": self._describe_step(),
        }

    def _describe_step(self) -> str | None:
        """Return the next step with a contact, if this workbook has the texts for it; else None."""
        workbook = self.workbook
        if "today_step" not in self.words:
            return None
        thing = nearest_step(workbook.frames(), workbook.today)
        if thing is None:
            return None
        return self.say(f"today_{thing.kind}", name=thing.name, words=thing.words)
