"""The plan: this week on one page, to print or to put in a calendar."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import Any

from enishi import clock
from enishi.coach.goal.ways import chosen_ways
from enishi.coach.language.date_phrases import without_relative_dates
from enishi.coach.relations.history import name_of
from enishi.coach.today.agenda import Item
from enishi.exchange.ical import CalendarEntry, write_calendar
from enishi.i18n import format_list, format_text
from enishi.i18n.dates import format_range, format_relative, format_short_date
from enishi.i18n.initials import Forms, forms_of, hide_names, initials
from enishi.i18n.names import with_honorific
from widgets.base.explanations import off
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Sheet, query
from widgets.parts.printable import PRINTABLE
from widgets.week.ahead import CALENDAR_DAYS, read_ahead

_DAYS = 7
"""Days on the page."""
_KINDS = {
    "people": ("step", "gift", "review", "experiment"),
    "promises": ("promise",),
    "theirs": ("theirs",),
    "places": ("event", "place"),
}
"""The kinds of item under each heading of the page."""
NAMELESS = ("event", "place", "review", "experiment")
"""Kinds of item whose text in the calendar names no contact."""
NAMES_OF_PLACES = ("event", "place")
"""Kinds of item whose words are a name and stay as they are."""
FRIDAY = 4
PLAN_LINES = 8
"""Most lines of one kind on the page."""
NAMES = ("name", "called", "family", "given", "family_kana", "given_kana")


def calendar_key(item: Item) -> str:
    """Return what identifies an item in the calendar, also after its day has moved.

    A place has an entry for each of its days.
    """
    key = f"{item.kind}-{item.id}"
    return f"{key}-{item.day}" if item.kind == "place" else key


class Plan(Sheet):
    """Shows the week as a page to print; exports it as an .ics file.

    Example:
        >>> Plan(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "plan"
    parts = (PRINTABLE,)

    def build_state(self) -> dict[str, Any]:
        """Return the content of the page."""
        workbook, today = self.workbook, self.workbook.today
        ahead = self.list_ahead()
        last = today + timedelta(days=_DAYS - 1)
        items = tuple(item for item in ahead if item.day is None or item.day <= last)
        goal = workbook.goal()
        return {
            "span": format_range(today, last, workbook.language),
            "wish": goal["wish"],
            "meet": self.describe_roles(goal["id"]),
            "ways": chosen_ways(workbook.frames())["words"].tolist(),
            "more": {
                name: max(0, sum(item.kind in kinds for item in items) - PLAN_LINES)
                for name, kinds in _KINDS.items()
            },
            "people": self.list_items(items, "people"),
            "promises": self.list_items(items, "promises"),
            "theirs": self.list_items(items, "theirs"),
            "places": self.list_items(items, "places"),
            "plans": [
                {name: row[name] for name in ("id", "cue", "act")}
                for row in workbook.of_goal("plan")
                if row["cue"] or row["act"]
            ],
            "days": len(ahead),
        }

    def describe_roles(self, goal_id: str) -> str:
        """Return the kinds of person the goal asks for, as one text."""
        roles = self.workbook.rows("role", "goal_id", "name", "does")
        mine = [row for row in roles if row["goal_id"] in ("", goal_id)]
        kinds = (row["does"] or row["name"] for row in mine)
        return format_list(filter(None, kinds), self.workbook.language)

    def list_items(self, items: tuple[Item, ...], name: str) -> list[JsonRow]:
        """Return the first items under a heading, as many as the page holds."""
        these = [item for item in items if item.kind in _KINDS[name]]
        return [self.describe_item(item) for item in these[:PLAN_LINES]]

    def describe_item(self, item: Item) -> JsonRow:
        """Return one item as a line: day, name, words."""
        workbook, day = self.workbook, item.day
        say = format_relative if day and day < workbook.today else format_short_date
        return {
            "day": say(day, workbook.today, workbook.language) if day else "",
            "off": off(workbook, day) if day else "",
            "name": workbook.address_contact(item.contact_id) if item.contact_id else "",
            "words": item.words,
        }

    def list_ahead(self) -> tuple[Item, ...]:
        """Return the entries of the next weeks that a calendar holds."""
        ahead = read_ahead(self.workbook)
        return tuple(item for item in ahead if item.kind in self.words["summaries"])

    @query
    def calendar(self, hide: bool = True, letter: bool = False) -> Answer:
        """Return the .ics file; with `hide`, names are initials; with `letter`, Fridays are added.

        An item without a day, or past its day, is put on the day the file is made, because
        calendars leave tasks out. If it gets a day later, the next file moves it there: its key
        stays the same.
        """
        workbook = self.workbook
        items = self.list_ahead()
        forms = self.find_name_forms() if hide else None
        entries = [
            CalendarEntry(
                calendar_key(item),
                max(item.day or workbook.today, workbook.today),
                self.summarise_item(item, forms),
            )
            for item in items
        ]
        entries += self.list_letter_days() if letter else []
        return {
            "calendar": write_calendar(entries, workbook.language, clock.now()),
            "file": f"{self.words['file_name']}-{workbook.today}.ics",
            "text": self.say("written_to_file", count=len(entries)),
        }

    def list_letter_days(self) -> list[CalendarEntry]:
        """Return the Fridays ahead, as entries to open the letter and read what went well."""
        ahead = (self.workbook.today + timedelta(days=step) for step in range(CALENDAR_DAYS))
        words = self.words["letter_day"]
        return [
            CalendarEntry(f"letter-{day}", day, words) for day in ahead if day.weekday() == FRIDAY
        ]

    def find_name_forms(self) -> Forms:
        """Return all forms of all contacts' names, as they may appear in a text."""
        people = self.workbook.frames()["contact"]
        parts = people["family"] + " " + people["given"]
        readings = people["family_kana"] + " " + people["given_kana"]
        return forms_of(chain(*(people[name].tolist() for name in NAMES), parts, readings))

    def summarise_item(self, item: Item, forms: Forms | None) -> str:
        """Return the calendar's text of an item; with `forms`, names are initials."""
        words, name = item.words, ""
        if item.kind not in NAMES_OF_PLACES:
            words = without_relative_dates(words)
        if item.contact_id:
            name = name_of(self.workbook.frames()["contact"].loc[item.contact_id])
        if forms is not None:
            name, words = initials(name), hide_names(words, forms)
        name = with_honorific(name, self.workbook.language) if name else ""
        summaries = self.words["summaries"]
        kind = item.kind if name or item.kind in NAMELESS else "alone"
        said = format_text(summaries[kind], {"name": name, "words": words})
        return said if item.day else format_text(summaries["undated"], {"said": said})
