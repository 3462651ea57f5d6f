"""One picture a week on the home page: the one that says something now, and why."""

from __future__ import annotations

from enishi.coach.review.reminders import is_wish_away
from enishi.pictures.weekly import Occasion, choose_occasion, find_occasions, say_why
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Part, Sheet, command
from widgets.base.workbook import Workbook
from widgets.parts.picture import picture_words, wording_on

WEEKLY_PICTURE = "weekly_picture"
"""The setting that is `off` where the person wants no picture on the home page."""
OFF = "off"
_OF_THE_WISH = "whole_thread"
"""The picture that stays away on a day on which the wish is put away."""


@command
def hide_picture(sheet: Sheet) -> Answer:
    """Show no picture on the home page any more."""
    sheet.workbook.set_setting(WEEKLY_PICTURE, OFF)
    return {"text": sheet.workbook.texts_of("pictures")["weekly"]["hidden"]}


WEEK_PICTURE = Part(__file__, {"hide_picture": hide_picture})
"""Draws the picture of the week; needs the part `PICTURE`.

The state needs `describe_week_picture` beside its own keys.
"""


def describe_week_picture(workbook: Workbook) -> JsonRow:
    """Return `weekly`, which picture is shown and why, and `pictures`, the texts around it.

    Nothing where no row of the book is a reason for one, and where the person wants none.
    """
    if workbook.setting(WEEKLY_PICTURE) == OFF:
        return {}
    today = workbook.today
    chosen: Occasion | None = workbook.cached(
        "weekly picture", lambda: choose_occasion(find_occasions(workbook.frames(), today), today)
    )
    if chosen is None:
        return {}
    if chosen.key == _OF_THE_WISH and is_wish_away(workbook.frames(), today):
        return {}
    weekly = {
        "key": chosen.key,
        "why": say_why(chosen, wording_on(workbook, chosen.key)),
        "all": workbook.address("06-pictures", "pictures"),
        "words": workbook.texts_of("pictures")["weekly"],
    }
    return {"weekly": weekly, "pictures": picture_words(workbook, chosen.key)}
