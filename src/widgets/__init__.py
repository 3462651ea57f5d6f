"""What can be seen and touched: one stem, three files.

`open_page` opens a workbook on the person's book; each sheet is then one line in a cell. A sheet
is imported when it is first asked for: a page pays only for what it shows.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

WHERE = {
    "Page": "page",
    "open_page": "page",
    "Header": "header",
    "Closing": "closing",
    # 01 start
    "Meaning": "meaning",
    "Word": "word",
    "Dials": "dials",
    "Starting": "starting",
    "Sample": "sample",
    "MadeOf": "made_of",
    # 02 goal
    "Wish": "wish",
    "Ladder": "ladder",
    "Roles": "roles",
    "Places": "places",
    "Plans": "plans",
    "Clarity": "clarity",
    # 03 strengths
    "Jotting": "jotting",
    "Sorting": "sorting",
    "Evidence": "evidence",
    "Voices": "voices",
    "Gives": "gives",
    "Introduce": "introduce",
    "Growth": "growth",
    # 04 contacts
    "Capture": "capture",
    "Bring": "bring",
    "People": "people",
    "Focus": "focus",
    "Gift": "gift",
    "Promises": "promises",
    "Draft": "draft",
    "Ties": "ties",
    "Introductions": "introductions",
    "Circle": "circle",
    # 05 week
    "Today": "today",
    "Log": "log",
    "Due": "due",
    "Before": "before",
    "Event": "event",
    "Review": "review",
    "Month": "month",
    "Letter": "letter",
    "Plan": "plan",
}
"""The public names, and the module each is found in."""

__all__ = sorted(WHERE)


def __getattr__(name: str) -> Any:
    if name not in WHERE:
        raise AttributeError(f"module 'widgets' has no attribute {name!r}")
    return getattr(import_module(f"widgets.{WHERE[name]}"), name)
