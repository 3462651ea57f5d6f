"""Inventory: what seems ordinary to the person, line by line, and a board to sort it on."""

from __future__ import annotations

from typing import Any, Literal

from enishi.coach.language.line_list import read_entries
from enishi.coach.strengths.strengths import last_given_to, quadrant
from enishi.coach.strengths.voices import people_naming
from enishi.i18n import format_list
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, LinkedChange, LongText, Sheet, command

PROMPTS = ("thanked", "easy", "time_flies", "like")
_STEPS = range(1, 6)
_COLUMNS = ("version", "name", "prompt", "good_at", "like", "energy", "core")


class Inventory(Sheet):
    """Writes strengths down, one per line, and sorts them on a board.

    A card is moved by touch, mouse, arrow keys or two dials.

    Example:
        >>> Inventory(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "inventory"
    writable = {"strength": ("name", "good_at", "like", "energy", "core")}
    creatable = ("strength",)

    def build_state(self) -> dict[str, Any]:
        """Return the lines under each prompt, the cards, and the field of each place on the board.

        `fields[like - 1][good_at - 1]` is the field's name, so moving a card needs no message.
        """
        rows = self.workbook.rows("strength", *_COLUMNS)
        frames = self.workbook.frames()
        named, given = people_naming(frames), last_given_to(frames)
        return {
            "prompts": [
                {"name": prompt, "rows": [row for row in rows if row["prompt"] == prompt]}
                for prompt in PROMPTS
            ],
            "heard": [row for row in rows if row["prompt"] not in PROMPTS],
            "cards": [
                row
                | self._describe_voices(named.get(row["name"], ()))
                | {"given": self._describe_gift(given.get(row["id"], ""))}
                for row in rows
                if row["name"].strip()
            ],
            "fields": [[quadrant(good_at, like) for good_at in _STEPS] for like in _STEPS],
            "picture": self.workbook.address("06-pictures", "pictures", "strength_fields"),
        }

    def _describe_gift(self, name: str) -> str:
        """Return to whom a strength was last given; '' for nobody."""
        return (
            self.say("given_to", name=with_honorific(name, self.workbook.language)) if name else ""
        )

    def _describe_voices(self, people: tuple[str, ...]) -> JsonRow:
        """Return the mark on a card that others named, and who they are; both '' for none."""
        if not people:
            return {"mark": "", "named": ""}
        listed = format_list([name for name in people if name], self.workbook.language)
        return {
            "mark": self.words["named_by_one" if len(people) == 1 else "named_by_more"],
            "named": self.say("named_by", names=listed) if listed else "",
        }

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Carry a new name into the answers that name the strength."""
        old = str(self.workbook.frames()["strength"]["name"].get(id, "")).strip()
        new = str(values.get("name", "")).strip()
        if not old or not new or old == new:
            return []
        picks = self.workbook.frames()["voice"]["picks"]
        return [
            ("voice", voice, {"picks": [new if pick == old else pick for pick in named]})
            for voice, named in picks.items()
            if old in named
        ]

    @command
    def jot(
        self, prompt: Literal["thanked", "easy", "time_flies", "like"], text: LongText
    ) -> Answer:
        """Write down each line of `text` as a strength, unless it is there already."""
        names = read_entries(text, self.book.frame("strength")["name"])
        if not names:
            return {"text": self.say("listed_before")}
        with self.book.batch("add") as batch:
            batch.add_many("strength", [{"name": name, "prompt": prompt} for name in names])
        listed = format_list(names, self.workbook.language)
        return {"text": self.say("written_down", names=listed)}
