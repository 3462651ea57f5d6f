"""Introduction: the person introduces themselves in 10 seconds; also in 30 and 60."""

from __future__ import annotations

from typing import Any

from enishi.coach.strengths.self_introduction import PACE, IntroductionPart, facts, outline
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet

LENGTHS = ("10", "30", "60")


class Introduce(Sheet):
    """Offers a frame to start from, counts what is written, and asks where it can be seen.

    Example:
        >>> Introduce(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "introduce"
    writable = {"introduction_text": ("text", "seen_at")}

    def build_state(self) -> dict[str, Any]:
        """Return the three texts, each with its frame, and those for one kind of person.

        An unwritten text has its seconds as id, or is called after its kind.
        """
        columns = ("version", "seconds", "text", "seen_at", "role_id")
        written = self.workbook.rows("introduction_text", *columns)
        known = facts(self.workbook.frames())
        rows = {row["seconds"]: row for row in written}
        return {
            "texts": [
                rows.get(seconds, _unwritten(seconds))
                | {"frame": self.format_frame(outline(known, seconds, self.workbook.settings))}
                for seconds in LENGTHS
            ],
            "kinds": self.list_kinds(written),
            "pace": PACE,
        }

    def list_kinds(self, written: list[JsonRow]) -> list[JsonRow]:
        """Return a text for each kind of person to meet, with what the kind is called.

        One whose kind was removed stays as long as it has words; its kind is called ''.
        """
        texts = {row["role_id"]: row for row in written if not row["seconds"]}
        found = [
            texts.get(id, _unwritten("") | {"id": f"kind-{id}"}) | {"role_id": id, "kind": kind}
            for id, kind in self.workbook.role_choices()
        ]
        left = [
            row | {"kind": ""}
            for row in written
            if not row["seconds"] and not row["role_id"] and row["text"].strip()
        ]
        return [*found, *left]

    def format_frame(self, parts: tuple[IntroductionPart, ...]) -> list[str]:
        """Return the sentences of the frame, with blanks where nothing is written yet."""
        words = self.words
        return [_format_sentence(part, words) for part in parts]

    def row_defaults(self, table: str, id: str) -> dict[str, Any]:
        """Return the initial values of a text: its kind, or its length, which is its id."""
        kinds = {row["id"]: row["role_id"] for row in self.state["kinds"]}
        return {"role_id": kinds[id]} if id in kinds else {"seconds": id}


def _unwritten(seconds: str) -> JsonRow:
    """Return the row of a text that its first write makes."""
    return {"id": seconds, "seconds": seconds, "version": 0, "text": "", "seen_at": []}


def _format_sentence(part: IntroductionPart, words: JsonRow) -> str:
    """Return one sentence of the frame, with quotes from what the person wrote."""
    quoted = [format_text(words["quoted"], {"text": fact.rstrip("。.")}) for fact in part.facts]
    fact: str = words["and"].join(quoted) or words["blank"]
    return format_text(words["parts"][part.key], {"fact": fact})
