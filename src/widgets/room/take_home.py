"""Take home: whom one met, what was offered and promised, into the person's own workbook."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec

from enishi.exchange import Preview
from enishi.exchange.room_part import (
    VERSION,
    Acquaintance,
    PartKind,
    PartLine,
    RoomPart,
    part_changes,
    preview_part,
    write_part,
)
from enishi.room.deletion import goes_with_room
from enishi.room.entries import keep_book, make_one_time_code
from enishi.room.errors import NotPermittedError
from enishi.room.hosting import read_hosting
from enishi.room.shown import (
    RoomFrames,
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
from widgets.base.sheet import Answer, Identifier, command, query
from widgets.contacts.file_import import write_part_changes
from widgets.parts.printable import PRINTABLE
from widgets.room.participant import ParticipantSheet, due_day

Ticked = Annotated[list[Identifier], msgspec.Meta(max_length=300)]
_LINES: Mapping[PartKind, Callable[[RoomFrames, str], tuple[Shown, ...]]] = {
    "given": offers_by,
    "received": offers_to,
    "promised": promises_by,
    "promised_me": promises_to,
}


class TakeHome(ParticipantSheet):
    """Lists what one takes home, and puts what is ticked into the person's own book.

    A row there has the id of the row here, and a person a key, so that nothing is put in twice.

    Example:
        >>> TakeHome(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "home"
    parts = (PRINTABLE,)
    writable = {"room_promise": ("state",)}

    def build_state(self) -> dict[str, Any]:
        """Add when the person's own book goes: it is written in no table that a page looks at."""
        delete_on = self.workbook.stage()["delete_on"]
        return super().build_state() | {"ends": self._describe_end(delete_on)}

    def describe(self) -> dict[str, Any]:
        """Return partners, offers and promises, each with whether the person's book has it."""
        frames, seat = self.workbook.read_room(), self.workbook.seat_id
        kinds = self.workbook.texts_of("room")["offer_kinds"]
        means, stage = contact_means(frames), self.workbook.stage()
        is_in = self._find_known()
        return {
            "title": stage["title"],
            "day": self.workbook.short_date(self.workbook.today),
            "name": name_shown(self.own_seat()),
            "partners": [
                {
                    "id": id,
                    "who": who,
                    "means": means.get(id, ""),
                    "is_in": id in is_in,
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
                        "is_in": each.id in is_in,
                    }
                    for each in found
                ]
                for name, found in (
                    ("given", offers_by(frames, seat)),
                    ("received", offers_to(frames, seat)),
                )
            },
            **{
                name: [self._describe_promise(each, is_in) for each in found]
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
            "data": self.workbook.address("07-settings", "my_data"),
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

    def _describe_promise(self, promise: Shown, is_in: Container[str]) -> JsonRow:
        return {
            "id": promise.id,
            "version": int(promise.row["version"]),
            "who": promise.who,
            "words": promise.words,
            "due": self.workbook.short_date(due_day(promise.row["due"])),
            "state": promise.row["state"],
            "is_in": promise.id in is_in,
        }

    def _find_known(self) -> set[str]:
        """Return the ids of the people and lines that the person's own book has already."""
        part = self._part()
        ids = [*(each.id for each in part.people), *(each.id for each in part.lines)]
        found = zip(ids, self._plan(part).entries, strict=True)
        return {id for id, entry in found if entry.action == "same"}

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
        if not ids:
            return {"text": self.say("put_empty")}
        part = self._part(ids)
        found = part_changes(part, self._plan(part), self.workbook.today)
        if not any(found):
            return {"text": self.say("put_before")}
        with self.book.batch("add") as batch:
            write_part_changes(batch, found)
        return {"text": self.say("put_done")}

    @query
    def take_file(self, ids: Ticked) -> Answer:
        """Return what is ticked as the text of a file that another Enishi brings in.

        Raises:
            LargePartError: it is more than one file may hold.
        """
        if not ids:
            return {"text": self.say("put_empty")}
        name = f"enishi-room-{self.workbook.today}.json"
        content = write_part(self._part(ids), name)
        return {"content": content, "file": name, "text": self.say("file_taken", file=name)}

    def _plan(self, part: RoomPart) -> Preview:
        texts = {name: self.words[name] for name in ("how_met", "answer_offer")}
        return preview_part(part, self.workbook.frames(), texts)

    def _part(self, ids: Container[str] | None = None) -> RoomPart:
        """Return what one takes home of `ids`, or all of it, with the people it is about.

        How to reach somebody is there only for whom one talked with, and where they agreed to it.
        """
        frames, seat = self.workbook.read_room(), self.workbook.seat_id
        met, means = self._list_met(), contact_means(frames)
        people = {id: who for id, who in met.items() if ids is None or id in ids}
        lines = []
        for kind, find in _LINES.items():
            for each in find(frames, seat):
                if ids is not None and each.id not in ids:
                    continue
                if each.who:
                    people.setdefault(each.row["seat_id"], each.who)
                words = each.words or self._say_kind(each)
                line = PartLine(
                    each.id,
                    kind,
                    words,
                    person=each.row["seat_id"] if each.who else "",
                    due=due_day(each.row.get("due")),
                    state=each.row.get("state", "open"),
                )
                lines.append(line)
        found = [
            Acquaintance(id, who, means.get(id, "") if id in met else "")
            for id, who in people.items()
        ]
        title = self.workbook.stage()["title"]
        what = self.say("file_what", title=title, name=name_shown(self.own_seat()))
        return RoomPart(VERSION, what, title, self.workbook.today, found, lines)

    def _say_kind(self, offer: Shown) -> str:
        """Return the kind of an offer that was made without words."""
        kinds: dict[str, str] = self.workbook.texts_of("room")["offer_kinds"]
        return kinds.get(offer.row.get("kind", ""), "")

    @command
    def make_code(self) -> Answer:
        """Return a code by which the person goes on with another device; it is good once."""
        with self.room.command() as hand:
            room = self.room
            code = make_one_time_code(hand.batch.connection, room.id, "seat", room.person_id)
        return {"code": code, "text": " "}
