"""Take home: whom one met, what was offered and promised, into the person's own workbook."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

import msgspec

from enishi.book.journal import Key
from enishi.book.tables import LINE
from enishi.room.deletion import goes_with_room
from enishi.room.entries import keep_book, make_one_time_code
from enishi.room.errors import NotPermittedError
from enishi.room.hosting import read_hosting
from enishi.room.shown import (
    Shown,
    contact_means,
    name_shown,
    offers_by,
    offers_to,
    own_parties,
    promises_by,
    promises_to,
)
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, command
from widgets.parts.printable import PRINTABLE
from widgets.room.participant import ParticipantSheet, due_day

Ticked = Annotated[list[Identifier], msgspec.Meta(max_length=300)]
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"\+?[\d\s().-]{6,20}")


class TakeHome(ParticipantSheet):
    """Lists what one takes home, and puts what is ticked into the person's own book.

    A row there has the id of the row here, so that nothing is put in twice.

    Example:
        >>> TakeHome(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "home"
    parts = (PRINTABLE,)
    writable = {"room_promise": ("state",)}

    def describe_anew(self) -> dict[str, Any]:
        """Add when the person's own book goes: it is written in no table that a page looks at."""
        delete_on = self.workbook.stage()["delete_on"]
        return super().describe_anew() | {"ends": self._describe_end(delete_on)}

    def describe(self) -> dict[str, Any]:
        """Return partners, offers and promises, each with whether the person's book has it."""
        frames, seat = self.workbook.read_room(), self.workbook.seat_id
        kinds = self.workbook.texts_of("room")["offer_kinds"]
        means, stage = contact_means(frames), self.workbook.stage()
        return {
            "title": stage["title"],
            "day": self.workbook.short_date(self.workbook.today),
            "name": name_shown(self.own_seat()),
            "partners": [
                {
                    "id": id,
                    "who": who,
                    "means": means.get(id, ""),
                    "is_in": self._has("contact", id),
                }
                for id, who in self._list_met().items()
            ],
            **{
                name: [
                    {
                        "id": each.id,
                        "who": each.who,
                        "words": each.words,
                        "kind": kinds[each.row["kind"]],
                        "first": bool(each.row["first"]),
                        "is_in": self._has(table, each.id),
                    }
                    for each in found
                ]
                for name, table, found in (
                    ("given", "give", offers_by(frames, seat)),
                    ("received", "step", offers_to(frames, seat)),
                )
            },
            **{
                name: [self._describe_promise(each) for each in found]
                for name, found in (
                    ("promises", promises_by(frames, seat)),
                    ("promised_me", promises_to(frames, seat)),
                )
            },
            "workbook": self.workbook.address("05-week", "my_week"),
        }

    def _describe_end(self, delete_on: str) -> JsonRow | None:
        """Return when the person's own book goes, and how it may stay; None where it stays."""
        with self.room.book.reading() as connection:
            if not goes_with_room(connection, self.room.id, self.room.person_id):
                return None
        day = date.fromisoformat(delete_on) if delete_on else None
        return {
            "day": self.workbook.short_date(day),
            "can_stay": read_hosting().join.startswith("https:"),  # no key is taken without it
            "data": self.workbook.address("06-settings", "my_data"),
        }

    @command
    def keep(self) -> Answer:
        """Keep the person's own book for good, and show its address once.

        Raises:
            NotPermittedError: it would not go, or nobody could sign in here by an address.
        """
        with self.room.command() as hand:
            connection, person_id = hand.batch.connection, self.room.person_id
            goes = goes_with_room(connection, self.room.id, person_id)
            if not goes or not read_hosting().join.startswith("https:"):
                raise NotPermittedError()
            key = keep_book(connection, person_id)
        return {"address": f"{read_hosting().join.removesuffix('join')}login#{key}", "text": " "}

    def _describe_promise(self, promise: Shown) -> JsonRow:
        return {
            "id": promise.id,
            "version": int(promise.row["version"]),
            "who": promise.who,
            "words": promise.words,
            "due": self.workbook.short_date(due_day(promise.row["due"])),
            "state": promise.row["state"],
            "is_in": self._has("promise", promise.id),
        }

    def _has(self, table: str, id: str) -> bool:
        return id in self.workbook.frames()[table].index

    def _list_met(self) -> dict[str, str]:
        """Return the seats of everybody one talked with so far, with their names."""
        frames = self.workbook.read_room()
        began = frames["room_phase"]["began"]
        begun = set(began.index[began.notna() & (began != "")])
        found: dict[str, str] = {}
        for party in own_parties(frames, self.workbook.seat_id):
            found |= party.others if party.phase_id in begun else {}
        return found

    @command
    def put(self, ids: Ticked) -> Answer:
        """Put what is ticked into the person's own book, as one step; what is there stays as it is.

        Its people come along, by the name they are called here, and how to reach them only where
        they agreed to that.
        """
        wanted = {key: row for key, row in self._rows_of(set(ids)).items() if not self._has(*key)}
        if not ids:
            return {"text": self.say("put_empty")}
        if not wanted:
            return {"text": self.say("put_before")}
        with self.book.batch("add") as batch:
            batch.create(wanted)
        return {"text": self.say("put_done")}

    def _rows_of(self, ids: set[str]) -> dict[Key, JsonRow]:
        """Return the rows of the person's book for what is ticked, people first."""
        frames, seat = self.workbook.read_room(), self.workbook.seat_id
        today = self.workbook.today.isoformat()
        people: dict[Key, JsonRow] = {}
        found: dict[Key, JsonRow] = {}

        def person(id: str, who: str) -> dict[str, str]:
            if who:
                people.setdefault(("contact", id), self._contact(id, who))
            return {"contact_id": id} if who else {}

        for id, who in self._list_met().items():
            if id in ids:
                person(id, who)
        for each in offers_by(frames, seat):
            if each.id in ids:
                found["give", each.id] = person(each.row["seat_id"], each.who) | {
                    "direction": "out",
                    "state": "planned",
                    "what": each.words or self._say_kind(each),
                    "wanted": "yes",
                }
        for each in offers_to(frames, seat):
            if each.id in ids:
                said = self.say("answer_offer", words=each.words or self._say_kind(each))
                found["step", each.id] = person(each.row["seat_id"], each.who) | {"words": said}
        for by, promises in (("me", promises_by), ("them", promises_to)):
            for each in promises(frames, seat):
                if each.id in ids:
                    day, state = due_day(each.row["due"]), str(each.row["state"])
                    found["promise", each.id] = person(each.row["seat_id"], each.who) | {
                        "by": by,
                        "words": each.words,
                        "said_on": today,
                        "due": day.isoformat() if day else "",
                        "state": state,
                        "closed_on": "" if state == "open" else today,
                    }
        return people | found

    def _say_kind(self, offer: Shown) -> str:
        """Return the kind of an offer that was made without words."""
        kinds: dict[str, str] = self.workbook.texts_of("room")["offer_kinds"]
        return kinds[offer.row["kind"]]

    def _contact(self, id: str, who: str) -> JsonRow:
        """Return the columns of somebody one met here."""
        means = contact_means(self.workbook.read_room()).get(id, "")
        column = (
            "email" if _EMAIL.fullmatch(means) else "phone" if _PHONE.fullmatch(means) else "note"
        )
        today = self.workbook.today.isoformat()
        how = self.say("how_met", title=self.workbook.stage()["title"])[:LINE]
        return {
            "name": who,
            "how_met": how,
            "met_on": today,
            "known_as": "just_met",
            "acquired_on": today,
        } | ({column: means} if means else {})

    @command
    def make_code(self) -> Answer:
        """Return a code by which the person goes on with another device; it is good once."""
        with self.room.command() as hand:
            room = self.room
            code = make_one_time_code(hand.batch.connection, room.id, "seat", room.person_id)
        return {"code": code, "text": " "}
