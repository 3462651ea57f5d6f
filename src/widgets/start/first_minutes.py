"""The first ten minutes: five questions on one sheet, and in the end one thing in my week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enishi.coach.today.first_minutes import FIRST_GIFT, OWN_REASON, steps_written
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet
from widgets.parts.person_picker import PERSON_PICKER, contact_names

SATURDAY = 5
"""As `date.weekday` counts."""


class FirstMinutes(Sheet):
    """Asks why, for a wish, a person, something they would be glad of, and a day.

    The last three are one planned gift, which stands in my week as soon as it has words.

    Example:
        >>> FirstMinutes(open_workbook("01-start"))     # doctest: +SKIP
    """

    name = "first"
    parts = (PERSON_PICKER,)
    settings = (OWN_REASON,)
    writable = {
        "goal": ("start", "wish"),
        "contact": ("known_as",),
        "give": ("contact_id", "what", "on"),
    }

    def build_state(self) -> dict[str, Any]:
        """Return the rows that the questions fill, which of them are written, and what is held."""
        workbook = self.workbook
        gift = self.find_gift()
        person = self.find_person(gift)
        return {
            "is_hosted": workbook.is_hosted,
            "goal": workbook.goal(),
            "reason": workbook.setting_row(OWN_REASON),
            "gift": gift,
            "person": person,
            "names": contact_names(workbook, [gift["contact_id"] or ""]),
            "written": steps_written(workbook.frames()),
            "known_ases": workbook.texts_of("contacts")["labels"]["known_ases"],
            "days": self.list_days(),
            "day": self.workbook.short_date(date.fromisoformat(gift["on"])) if gift["on"] else "",
            "held": self.describe_held(gift, person),
            "week": workbook.address("05-week", "my_week"),
            "sample": workbook.address("07-settings", "sample"),
            "path": [
                {
                    "href": workbook.address(step["page"], step["screen"]),
                    "title": workbook.texts_of(step["page"].partition("-")[2])["screens"][
                        step["screen"]
                    ]["name"],
                }
                for step in self.words["hour"]["path"]
            ],
        }

    def find_gift(self) -> JsonRow:
        """Return the gift of this sheet; version 0 until something of it is written."""
        found = [row for row in self.workbook.rows("give") if row["id"] == FIRST_GIFT]
        return found[0] if found else self.workbook.unsaved_row("give", FIRST_GIFT)

    def find_person(self, gift: JsonRow) -> JsonRow | None:
        """Return the gift's contact: id, version, how they are known, and how they are addressed.

        The question how they are known stays after its answer, so that it can be changed.
        """
        contact = self.workbook.frames()["contact"]
        id = gift["contact_id"]
        if id not in contact.index:
            return None
        row = contact.loc[id]
        return {
            "id": id,
            "version": int(row["version"]),
            "known_as": str(row["known_as"]),
            "name": self.workbook.address_contact(id),
        }

    def list_days(self) -> list[list[str]]:
        """Return the days to choose from with one tap, each with its text."""
        today = self.workbook.today
        saturday = today + timedelta(days=(SATURDAY - today.weekday()) % 7)
        said = {today: "today", today + timedelta(days=1): "tomorrow"}
        said.setdefault(saturday, "saturday")
        return [[day.isoformat(), self.words["day"][key]] for day, key in said.items()]

    def describe_held(self, gift: JsonRow, person: JsonRow | None) -> JsonRow | None:
        """Return the one thing in my week as a sentence; None until it has words and a day."""
        if gift["state"] != "planned":
            return {"line": "", "past": True}
        if not (gift["what"].strip() and gift["on"]):
            return None
        facts = {
            "on": self.workbook.short_date(date.fromisoformat(gift["on"])),
            "what": gift["what"].strip(),
        }
        if person is not None:
            facts["name"] = person["name"]
        line = self.words["held"]["line_with" if person else "line"]
        return {"line": format_text(line, facts), "past": False}
