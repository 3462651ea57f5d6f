"""This week on paper and in a calendar: the same rows as on the screen."""

from __future__ import annotations

from calendar import FRIDAY
from datetime import timedelta
from typing import Any

from enishi import clock
from enishi.coach.review.reminders import is_wish_away
from enishi.coach.today.agenda import Item
from enishi.coach.today.item_summary import find_name_forms, summarise_item
from enishi.exchange.ical import CalendarEntry, write_calendar
from enishi.i18n import format_list, format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Part, Sheet, query
from widgets.base.workbook import Workbook
from widgets.week.ahead import CALENDAR_DAYS, read_ahead

PAGE_LINES = 8
"""Most lines of one group on the page."""


def calendar_key(item: Item) -> str:
    """Return what identifies an item in the calendar, also after its day has moved.

    A place has an entry for each of its days.
    """
    key = f"{item.kind}-{item.id}"
    return f"{key}-{item.day}" if item.kind == "place" else key


def describe_page(workbook: Workbook) -> JsonRow:
    """Return what stands on the page beside the rows of the week: the wish, whom to meet.

    Both are '' on the day of a gathering for which the wish is put away (`away`). `entries` is how
    many rows the calendar of the next weeks holds, `lines` how many rows of a group the page has
    room for.
    """
    goal = workbook.goal()
    away = is_wish_away(workbook.frames(), workbook.today)
    return {
        "wish": "" if away else goal["wish"],
        "meet": "" if away else _describe_roles(workbook, goal["id"]),
        "away": away,
        "entries": len(list_entries(workbook)),
        "lines": PAGE_LINES,
    }


def _describe_roles(workbook: Workbook, goal_id: str) -> str:
    """Return the kinds of person the goal asks for, as one text."""
    roles = workbook.rows("role", "goal_id", "name", "does")
    mine = [row for row in roles if row["goal_id"] in ("", goal_id)]
    kinds = (row["does"] or row["name"] for row in mine)
    return format_list(filter(None, kinds), workbook.language)


def calendar_words(workbook: Workbook) -> dict[str, Any]:
    """Return the texts of the calendar."""
    words: dict[str, Any] = workbook.texts_of("week")["calendar"]
    return words


def list_entries(workbook: Workbook) -> tuple[Item, ...]:
    """Return the entries of the next weeks that a calendar holds."""
    kinds = calendar_words(workbook)["summaries"]
    return tuple(item for item in read_ahead(workbook) if item.kind in kinds)


@query
def make_calendar(sheet: Sheet, hide: bool = True, letter: bool = False) -> Answer:
    """Return the .ics file; with `hide`, names are initials; with `letter`, Fridays are added.

    An item without a day, or past its day, is put on the day the file is made, because calendars
    leave tasks out. If it gets a day later, the next file moves it there: its key stays the same.
    """
    workbook = sheet.workbook
    words, people = calendar_words(workbook), workbook.frames()["contact"]
    forms = find_name_forms(people) if hide else None
    entries = [
        CalendarEntry(
            calendar_key(item),
            max(item.day or workbook.today, workbook.today),
            summarise_item(item, people, words["summaries"], workbook.language, forms),
        )
        for item in list_entries(workbook)
    ]
    entries += _list_letter_days(workbook) if letter else []
    return {
        "calendar": write_calendar(entries, workbook.language, clock.now()),
        "file": f"{words['file_name']}-{workbook.today}.ics",
        "text": format_text(words["written_to_file"], {"count": len(entries)}),
    }


WEEK_PAGE = Part(__file__, {"calendar": make_calendar})
"""Draws the week as a page to print, and hands out its calendar; needs the part `PRINTABLE`.

The state needs `describe_page` under `page`.
"""


def _list_letter_days(workbook: Workbook) -> list[CalendarEntry]:
    """Return the Fridays ahead, as entries to open the letter and read what went well."""
    ahead = (workbook.today + timedelta(days=step) for step in range(CALENDAR_DAYS))
    words = calendar_words(workbook)["letter_day"]
    return [CalendarEntry(f"letter-{day}", day, words) for day in ahead if day.weekday() == FRIDAY]
