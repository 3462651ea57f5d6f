"""The letter: a summary of the quarter on one page, which the person writes to themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from enishi.coach.relations.history import names_by_id
from enishi.coach.review.contact_sources import Sources, sources
from enishi.coach.review.summary import QuarterlyLetter as Told
from enishi.coach.review.summary import build_letter
from enishi.i18n.dates import format_date, format_range, format_short_date
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow
from widgets.parts.past_reviews import Recalling
from widgets.parts.printable import Printed
from widgets.week.month import this_time

LETTER_LINES = 3
"""Most lines under one sentence, so that the letter fits on one page."""


class Letter(Recalling, Printed):
    """Summarises the last three months with names, and asks for a last line.

    Example:
        >>> Letter(open_workbook("05-week"))     # doctest: +SKIP
    """

    name = "letter"
    writable = {"review": ("next",)}  # noqa: RUF012 - never changed

    def build_state(self) -> dict[str, Any]:
        """Return the letter's parts, its last line, and those of earlier letters."""
        workbook = self.workbook
        today = workbook.today
        told, found = workbook.cached("letter", self.told)
        review = this_time(workbook, "quarter", f"{today.year}-{(today.month + 2) // 3}")
        parts = [part for part in self.parts(told, found) if part]
        return {
            "span": format_range(told.since, told.until, workbook.language),
            "on": format_date(today, workbook.language),
            "parts": parts,
            "quiet": len(parts) < 2,
            "review": review,
            "earlier": self.earlier("quarter", review["on"], ("next",), self.until),
        }

    def told(self) -> tuple[Told, Sources]:
        """Return what happened in the quarter, and where new contacts came from."""
        workbook = self.workbook
        told = build_letter(workbook.frames(), "quarter", workbook.today, workbook.settings)
        return told, sources(workbook.frames(), told.since, told.until)

    def parts(self, told: Told, found: Sources) -> list[JsonRow | None]:
        """Return the parts of the letter in order; None for a part with no content."""
        return [
            self.part("gave", told.gave, self.given, names=self.named(row[0] for row in told.gave)),
            self.part(
                "received",
                told.received,
                lambda row: self.line("received_line", name=row[0], what=row[1]),
                names=self.named(row[0] for row in told.received),
            ),
            self.part(
                "introduced",
                told.introduced,
                lambda row: self.line("introduced_line", bridge=row[0], target=row[1]),
            ),
            self.part("pleasant", told.pleasant, None, names=self.named(told.pleasant)),
            self.part(
                "returned",
                told.returned,
                lambda row: self.line(
                    "returned_line",
                    name=row[0],
                    what=row[1],
                    on=format_date(row[2], self.workbook.language),
                ),
            ),
            self.newcomers(found),
            self.part(
                "kept", told.kept, lambda row: self.line("kept_line", name=row[0], words=row[1])
            ),
            self.part("open", told.open, None, names=self.named(row[0] for row in told.open)),
            self.part("changed", told.changed, str),
            self.part("went_well", told.went_well, str),
            self.hours(told.depth),
            self.part("thank", told.thank, None, names=self.named(told.thank)),
            self.part("next", told.next, None, names=self.named(told.next)),
        ]

    def part(
        self, key: str, rows: Sequence[Any], line: Callable[[Any], str] | None, **facts: str
    ) -> JsonRow | None:
        """Return one sentence of the letter with the lines under it; None without rows."""
        if not rows:
            return None
        said = [line(row) for row in rows[:LETTER_LINES]] if line else []
        more = len(rows) - LETTER_LINES if line and len(rows) > LETTER_LINES else 0
        text = str(self.words[key]).format(**facts)
        return {"key": key, "text": text, "lines": said, "more": more}

    def hours(self, depth: float | None) -> JsonRow | None:
        """Return the part on whom the time was spent with; None if no time was noted."""
        if depth is None:
            return None
        return self.part("depth" if depth > 0.5 else "wider", [depth], None)

    def newcomers(self, found: Sources) -> JsonRow | None:
        """Return the part on where new contacts came from; None if there are none."""
        workbook = self.workbook
        new = [*found.introduced, *found.events, *found.otherwise]
        who = names_by_id(workbook.frames()["contact"].loc[new])
        facts = {
            name: self.named(who[id] for id in getattr(found, name))
            for name in ("introduced", "events", "otherwise")
        }
        kinds = [name for name in ("introduced", "events") if facts[name]]
        key = "new_both" if len(kinds) == 2 else "".join(f"new_{name}" for name in kinds)
        said = [self.words[key]] if key else []
        said += [self.words["new_otherwise"]] if facts["otherwise"] else []
        if not said:
            return None
        gap = "" if workbook.language == "ja" else " "
        return {"key": "new", "text": gap.join(said).format(**facts), "lines": [], "more": 0}

    def given(self, row: tuple[str, str, str]) -> str:
        """Return the line for one give and its effect."""
        key = "gave_effect" if row[2] else "gave_line"
        return self.line(key, name=row[0], what=row[1], effect=row[2])

    def line(self, key: str, **facts: str) -> str:
        """Return the line `key` with its facts; Japanese adds さん to the names."""
        said = {
            name: self.addressed(value) if name in ("name", "bridge", "target") else value
            for name, value in facts.items()
        }
        return str(self.words[key]).format(**said)

    def addressed(self, name: str) -> str:
        """Return a name with its honorific in the person's language."""
        return with_honorific(name, self.workbook.language)

    def named(self, found: Any) -> str:
        """Return people's names as one text, each once."""
        return self.listed([self.addressed(name) for name in dict.fromkeys(found) if name])

    def until(self, on: str) -> str:
        """Return the sentence that dates a letter."""
        day = format_short_date(date.fromisoformat(on), self.workbook.today, self.workbook.language)
        return str(self.words["until"]).format(on=day)

    def row_defaults(self, table: str) -> dict[str, Any]:
        """Return the initial values of a letter of today."""
        return {"kind": "quarter", "on": self.workbook.today.isoformat()}
