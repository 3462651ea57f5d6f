"""Voices: ask others which strengths they see, and write down their answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from enishi.coach.strengths.strengths import johari
from enishi.i18n import LANGUAGES, texts
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, Sheet, ShortText, command
from widgets.parts.person_picker import PERSON_PICKER, contact_names

PATIENCE = 7
"""Days to wait for an answer before asking once more (.2.3)."""
_HONORIFICS = {"close": "さん", "polite": "さん", "formal": "様"}
"""The Japanese honorific for each tone."""


class Voices(Sheet):
    """Helps to ask others what they see, and compares their answers with the person's own list.

    Example:
        >>> Voices(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "voices"
    parts = (PERSON_PICKER,)
    writable = {
        "voice": (
            *("who", "contact_id", "asked_on", "answered_on"),
            *("words", "level", "strength_id"),
        ),
        "strength": ("name",),
    }
    creatable = ("voice", "strength")

    def build_state(self) -> dict[str, Any]:
        """Return who was asked, what they answered, and where answers and the own list agree."""
        voices = self.workbook.rows("voice", "version", "picks", *self.writable["voice"])
        strengths = self.workbook.rows("strength", "name")
        names = contact_names(self.workbook, (voice["contact_id"] for voice in voices))
        own = [row["name"] for row in strengths if row["name"].strip()]
        heard = [voice["picks"] for voice in voices if voice["picks"]]
        sets = johari(own, heard)
        return {
            "voices": [self.describe_voice(voice, names) for voice in voices],
            "names": names,
            "strengths": [row for row in strengths if row["name"].strip()],
            "people": bool(len(self.book.frame("contact"))),
            "texts": {
                code: texts("strengths", code)["screens"]["voices"]["texts"] for code in LANGUAGES
            },
            "levels": list(texts("coach", self.workbook.language)["levels"].values()),
            "answers": len(heard),
            "sets": {
                "open": sorted(sets.open, key=own.index),
                "blind": sorted(sets.blind),
                "once": sorted(sets.once),
                "hidden": sorted(sets.hidden, key=own.index),
            },
            "today": self.workbook.today.isoformat(),
            "language": self.workbook.language,
        }

    @command
    def pick(self, id: Identifier, name: ShortText, seen: bool) -> Answer:
        """Note that a voice sees the strength `name`, or remove that note."""
        picks = [pick for pick in self.book.row("voice", id)["picks"] if pick != name]
        return {"version": self.book.update("voice", id, picks=[*picks, name] if seen else picks)}

    def describe_voice(self, voice: JsonRow, names: dict[str, str]) -> JsonRow:
        """Return a voice with the forms of address, and whether it is time for a reminder."""
        name = names.get(voice["contact_id"], "") or voice["who"]
        answered = bool(voice["answered_on"] or voice["words"] or voice["picks"])
        asked_on = voice["asked_on"]
        days = (self.workbook.today - date.fromisoformat(asked_on)).days if asked_on else 0
        to = {
            "ja": {tone: with_honorific(name, "ja", end) for tone, end in _HONORIFICS.items()},
            "en": dict.fromkeys(_HONORIFICS, name),
        }
        return {
            **voice,
            "to": to,
            "name": name,
            "answered": answered,
            "remind": days >= PATIENCE and not answered,
        }
