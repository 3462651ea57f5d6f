"""One picture a week on the home page: the one that says something now, and why."""

from __future__ import annotations

from enishi.coach.review.reminders import is_wish_away
from enishi.pictures.catalogue import PICTURES
from enishi.pictures.weekly import Occasion, choose_occasion, find_occasions, say_why
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Part, Sheet, command, query
from widgets.base.workbook import Workbook
from widgets.parts.picture import picture_words, wording_on

WEEKLY_PICTURE = "weekly_picture"
"""The setting that is `off` where the person wants no picture on the home page."""
OFF = "off"
_OF_THE_WISH = "whole_thread"
"""The picture that stays away on a day on which the wish is put away."""


@query
def choose_picture(sheet: Sheet) -> Answer:
    """Return which picture is shown this week and why; `weekly` is None where nothing speaks.

    Asked when the place of the picture comes into view, so that no page waits for it.
    """
    workbook = sheet.workbook
    frames, today = workbook.frames(), workbook.today
    chosen: Occasion | None = workbook.cached(
        "weekly picture", lambda: choose_occasion(find_occasions(frames, today), today)
    )
    if chosen and chosen.key == _OF_THE_WISH and is_wish_away(frames, today):
        chosen = None
    weekly = chosen and {
        "key": chosen.key,
        "why": say_why(chosen, wording_on(workbook, chosen.key)),
        "all": workbook.address("06-pictures", "pictures"),
        "words": workbook.texts_of("pictures")["weekly"],
    }
    return {"weekly": weekly, "text": " "}


@command
def hide_picture(sheet: Sheet) -> Answer:
    """Show no picture on the home page any more."""
    sheet.workbook.set_setting(WEEKLY_PICTURE, OFF)
    return {"text": sheet.workbook.texts_of("pictures")["weekly"]["hidden"]}


WEEK_PICTURE = Part(__file__, {"choose_picture": choose_picture, "hide_picture": hide_picture})
"""Draws the picture of the week; needs the part `PICTURE`.

The state needs `week_picture_words` under `pictures`.
"""


def week_picture_words(workbook: Workbook) -> JsonRow | None:
    """Return the texts around the picture of the week; None where the person wants none."""
    is_off = workbook.setting(WEEKLY_PICTURE) == OFF
    return None if is_off else picture_words(workbook, *PICTURES)
