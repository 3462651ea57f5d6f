"""Ring: what the others ask for, what one offers, and who does what by when."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import pandas as pd

from enishi.room.errors import NotPermittedError
from enishi.room.shown import (
    Shown,
    offers_by,
    offers_to,
    promises_by,
    promises_to,
    ring_requests,
    shown_requests,
)
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, ShortText, command
from widgets.room.participant import ParticipantSheet

OFFERS_MOST = 4
"""Most offers of one seat for one request."""
PROMISES_MOST = 40
"""Most promises of one seat."""


class Ring(ParticipantSheet):
    """Shows the requests of one's ring; the offers for one's own request are shown to nobody else.

    Example:
        >>> Ring(open_room_page("10-room"))     # doctest: +SKIP
    """

    name = "ring"

    def describe(self) -> dict[str, Any]:
        """Return the others' requests with one's offers, and one's own with what was offered."""
        frames, seat = self.workbook.read_room(), self.workbook.seat_id
        phase = self.workbook.stage()["phase_id"]
        given, received = offers_by(frames, seat), offers_to(frames, seat)
        promised = [*promises_by(frames, seat), *promises_to(frames, seat)]
        shown = shown_requests(frames, "participant")
        return {
            "mine": [
                self._describe_request(each, received, promised)
                for each in shown
                if each.row["seat_id"] == seat
            ],
            "others": [
                self._describe_request(each, given, promised)
                for each in ring_requests(frames, seat, phase, shown)
            ],
            "kinds": self.workbook.texts_of("room")["offer_kinds"],
        }

    def _describe_request(
        self, request: Shown, offers: tuple[Shown, ...], promised: list[Shown]
    ) -> JsonRow:
        """Return a request with the offers for it, each with what came of it."""
        found = [each for each in offers if each.row["request_id"] == request.id]
        texts = self.workbook.texts_of("room")["offer_kinds"]
        return {
            "id": request.id,
            "who": request.who,
            "words": request.words,
            "why": request.row["why"],
            "by": self._say_day(request.row["by"]),
            "small_step": request.row["small_step"],
            "offers": [
                {
                    "id": each.id,
                    "who": each.who,
                    "kind": texts[each.row["kind"]],
                    "words": each.words,
                    "first": bool(each.row["first"]),
                    "promises": [
                        {"words": one.words, "due": self._say_day(one.row["due"])}
                        for one in promised
                        if one.row["request_id"] == request.id
                        and one.row["seat_id"] == each.row["seat_id"]
                    ],
                }
                for each in found
            ],
            "room": len(found) < OFFERS_MOST,
        }

    def _say_day(self, day: Any) -> str:
        """Return a day of a frame as text; '' for none."""
        return "" if pd.isna(day) or not day else self.workbook.short_date(_day(day))

    @command
    def offer(
        self,
        request_id: Identifier,
        kind: Literal["know", "info", "hands", "listen"],
        words: ShortText = "",
    ) -> Answer:
        """Offer something for a request that one sees.

        Raises:
            NotPermittedError: one does not see it, or has offered enough.
        """
        frames, seat = self.workbook.read_room(), self.workbook.seat_id
        phase = self.workbook.stage()["phase_id"]
        seen = {each.id for each in ring_requests(frames, seat, phase)}
        given = [each for each in offers_by(frames, seat) if each.row["request_id"] == request_id]
        if request_id not in seen or len(given) >= OFFERS_MOST:
            raise NotPermittedError()
        with self.room.command() as hand:
            hand.add("room_offer", request_id=request_id, kind=kind, words=words.strip())
        return {"text": self.say("offered"), "focus": f"{request_id}.offer"}

    @command
    def take_back(self, id: Identifier) -> Answer:
        """Take an offer of one's own back."""
        with self.room.command() as hand:
            hand.delete("room_offer", id)
        return {"text": self.say("taken_back")}

    @command
    def begin_with(self, id: Identifier) -> Answer:
        """Begin with one offer for one's own request; whoever made it sees that."""
        offers = offers_to(self.workbook.read_room(), self.workbook.seat_id)
        chosen = next((each for each in offers if each.id == id), None)
        if chosen is None:
            raise NotPermittedError()
        with self.room.command() as hand:
            for each in offers:
                if each.row["request_id"] == chosen.row["request_id"]:
                    hand.update("room_offer", each.id, first=each.id == id)
        return {"text": self.say("begun", name=chosen.who)}

    @command
    def promise(self, offer_id: Identifier, words: ShortText, due: ShortText = "") -> Answer:
        """Promise what comes of an offer: to who asked, or, of one's own request, to who offered.

        Raises:
            ForbiddenError: nothing is written.
            NotPermittedError: the offer is between others.
        """
        if not words.strip():
            raise ForbiddenError()
        frames, seat = self.workbook.read_room(), self.workbook.seat_id
        between = (*offers_by(frames, seat), *offers_to(frames, seat))
        offer = next((each for each in between if each.id == offer_id), None)
        if offer is None or len(promises_by(frames, seat)) >= PROMISES_MOST:
            raise NotPermittedError()
        to = {"to_id": offer.row["seat_id"], "request_id": offer.row["request_id"]}
        with self.room.command() as hand:
            hand.add("room_promise", **to, words=words.strip(), due=due)
        return {"text": self.say("promised")}


def _day(day: Any) -> date:
    """Return a day of a frame."""
    found: date = pd.Timestamp(day).date()
    return found
