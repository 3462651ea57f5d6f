"""A pause until a day, chosen at the foot of my week."""

from __future__ import annotations

from typing import Any

from enishi.coach.rules.pause import PAUSED_UNTIL, pause_end
from enishi.i18n import format_text
from widgets.base.sheet import Part
from widgets.base.workbook import Workbook

PAUSE = Part(__file__)
"""Gives the script `paused` and `choosePause`; the state needs `describe_pause` under `pause`, and
the sheet `PAUSED_UNTIL` among its settings."""


def describe_pause(workbook: Workbook) -> dict[str, Any]:
    """Return the setting, and until when nothing is suggested; `said` is '' without a pause."""
    words = workbook.texts_of("coach")["pause"]
    until = pause_end(workbook.frames()["setting"], workbook.today)
    said = format_text(words["until"], {"day": workbook.short_date(until)}) if until else ""
    return {"row": workbook.setting_row(PAUSED_UNTIL), "said": said, "words": words}
