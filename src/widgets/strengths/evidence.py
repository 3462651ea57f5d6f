"""Evidence: moments that show a strength, and what others say of the person's strengths."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enishi.coach.relations.history import iter_rows
from enishi.coach.strengths.growth import candidates
from enishi.coach.strengths.strengths import johari, strengths
from enishi.coach.strengths.voices import people_to_ask
from enishi.i18n import LANGUAGES, texts
from enishi.i18n.names import with_honorific
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import (
    Answer,
    Identifier,
    LinkedChange,
    Sheet,
    ShortText,
    command,
)
from widgets.parts.person_picker import PERSON_PICKER, contact_names

_HONORIFICS = {"close": "さん", "polite": "さん", "formal": "様"}
"""The Japanese honorific for each tone."""


class Evidence(Sheet):
    """Collects moments for strengths, and the words of people who were asked about them.

    Example:
        >>> Evidence(open_workbook("03-strengths"))     # doctest: +SKIP
    """

    name = "evidence"
    parts = (PERSON_PICKER,)
    writable = {
        "strength": ("level",),
        "evidence": ("strength_id", "grade", "what", "on", "from_id"),
        "voice": ("who", "contact_id", "asked_on", "answered_on", "words"),
    }
    creatable = ("evidence", "voice")

    def build_state(self) -> dict[str, Any]:
        """Return the strengths with their moments, whom to ask, who was asked, and the answers."""
        workbook = self.workbook
        frames = workbook.frames()
        moments = workbook.rows("evidence", "version", *self.writable["evidence"])
        voices = workbook.rows("voice", "version", "picks", *self.writable["voice"])
        asked = [voice["contact_id"] for voice in voices]
        names = contact_names(workbook, [*asked, *(row["from_id"] for row in moments)])
        shown = self.list_shown(moments)
        here = {row["id"] for row in shown}
        own = [name for name in frames["strength"]["name"].tolist() if name.strip()]
        coach = workbook.texts_of("coach")
        return {
            "shown": shown,
            "others": [
                {"id": one.id, "name": one.name}
                for one in candidates(frames, workbook.settings)
                if one.id not in here
            ],
            "levels": list(coach["levels"].values()),
            "grades": coach["grades"],
            "voices": [self.describe_voice(voice, names) for voice in voices],
            "names": names,
            "to_ask": [{"id": id, "name": name} for id, name in people_to_ask(frames).items()],
            "own": own,
            "people": bool(len(frames["contact"])),
            "texts": {
                code: texts("strengths", code)["screens"][self.name]["texts"] for code in LANGUAGES
            },
            **self.compare_voices(own, [voice["picks"] for voice in voices if voice["picks"]]),
            "today": workbook.today.isoformat(),
            "language": workbook.language,
        }

    def list_shown(self, moments: list[JsonRow]) -> list[JsonRow]:
        """Return the most important strengths and those with a moment, each with its moments.

        `supported` is the level that the moments support; None where the person said no level, or
        told no moment.
        """
        frames = self.workbook.frames()
        read = dict(iter_rows(strengths(frames, self.workbook.settings)))
        by_strength: dict[str, list[JsonRow]] = {}
        for moment in moments:
            by_strength.setdefault(moment["strength_id"], []).append(moment)
        shown = []
        for row in self.workbook.rows("strength", "version", "name", "level", "core"):
            told = by_strength.get(row["id"], [])
            if not row["name"].strip() or not (row["core"] or told):
                continue
            known = read[row["id"]]
            is_said = known["backed"] and row["level"] is not None
            shown.append(
                row
                | {
                    "moments": told,
                    "backed": known["backed"],
                    "supported": known["supported"] if is_said else None,
                    "need": known["need"] if is_said else "",
                }
            )
        return shown

    def compare_voices(self, own: list[str], heard: list[list[str]]) -> JsonRow:
        """Return how many answered, and where the answers and the person's own list agree."""
        sets = johari(own, heard)
        return {
            "answers": len(heard),
            "sets": {
                "open": sorted(sets.open, key=own.index),
                "blind": sorted(sets.blind),
                "once": sorted(sets.once),
                "hidden": sorted(sets.hidden, key=own.index),
            },
        }

    def describe_voice(self, voice: JsonRow, names: dict[str, str]) -> JsonRow:
        """Return a voice with the forms of address, and whether it is time for a reminder."""
        name = names.get(voice["contact_id"], "") or voice["who"]
        answered = bool(voice["answered_on"] or voice["words"] or voice["picks"])
        asked_on = date.fromisoformat(voice["asked_on"]) if voice["asked_on"] else None
        wait = timedelta(days=self.workbook.settings.wait_voice_days)
        to = {
            "ja": {tone: with_honorific(name, "ja", end) for tone, end in _HONORIFICS.items()},
            "en": dict.fromkeys(_HONORIFICS, name),
        }
        return voice | {
            "to": to,
            "name": name,
            "answered": answered,
            "asked": self.workbook.short_date(asked_on),
            "remind": bool(asked_on and asked_on + wait <= self.workbook.today) and not answered,
        }

    def before_write(self, table: str, id: str, values: dict[str, Any]) -> list[LinkedChange]:
        """Note the day of an answer with its first words."""
        if table == "voice" and str(values.get("words", "")).strip():
            voice = self.workbook.frames()["voice"]
            if id in voice.index and voice["answered_on"].isna()[id]:
                values.setdefault("answered_on", self.workbook.today.isoformat())
        return []

    @command
    def pick(self, id: Identifier, name: ShortText, seen: bool) -> Answer:
        """Note that a voice sees the strength `name`, or remove that note."""
        picks = [pick for pick in self.book.row("voice", id)["picks"] if pick != name]
        return {"version": self.book.update("voice", id, picks=[*picks, name] if seen else picks)}

    @command
    def take(self, name: ShortText) -> Answer | None:
        """Add a strength that only others named to the person's own."""
        self.book.add("strength", name=name)
        return None

    @command
    def ask_person(self, id: Identifier) -> Answer:
        """Add somebody who saw a moment to those who are asked."""
        name = self.book.row("contact", id)["name"]
        return {"focus": self.book.add("voice", contact_id=id, who=name)}
