"""Two pictures of the session for whoever leads: needs and offers, and who talked with whom."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from enishi.pictures.exchange import ShownWords, draw_exchange
from enishi.pictures.meetings import draw_meetings
from enishi.pictures.picture import Picture, Wording
from enishi.room.help_matching import list_needs
from enishi.room.pairing import count_meetings
from enishi.room.shown import RoomFrames, list_guests, shown_strengths
from widgets.base.sheet import Answer, ForbiddenError, Identifier, Part, query
from widgets.parts import picture
from widgets.parts.picture import describe_drawn, wording_on
from widgets.room.host import HostSheet
from widgets.room.host_time import HOST_TIME

KEYS = ("exchange", "meetings")


@query
def draw_room_picture(sheet: HostSheet, key: Identifier, is_masked: bool = False) -> Answer:
    """Return a picture of the room as it is now; masked, it has initials for names.

    Raises:
        ForbiddenError: there is no such picture.
        NotPermittedError: the person does not lead.
    """
    if key not in KEYS:
        raise ForbiddenError()
    sheet.check_leads()
    words = wording_on(sheet.workbook, key, is_masked=is_masked)
    drawn = draw_of_room(sheet.frames, key, words)
    return {"picture": describe_drawn(sheet.workbook, drawn), "text": " "}


ROOM_PICTURE = Part(picture.__file__, {"draw_picture": draw_room_picture})
"""What `PICTURE` is on a page of one's own book."""


class RoomPictures(HostSheet):
    """Shows what the group was shown as pictures; no page but that of whoever leads has them.

    Example:
        >>> RoomPictures(open_room_page("11-host"))     # doctest: +SKIP
    """

    name = "room_pictures"
    parts = (HOST_TIME, ROOM_PICTURE)

    def build_state(self) -> dict[str, Any]:
        """Return which pictures there are; `as_of` changes with what they are drawn from."""
        texts = self.workbook.texts_of("pictures")
        seen = repr((read_exchange(self.frames), read_meetings(self.frames)))
        return {
            "stage": self.workbook.stage(),
            "order": KEYS,
            "pictures": {
                "all": texts["all"],
                "titles": {key: texts["pictures"][key]["title"] for key in KEYS},
                "as_of": crc32(seen.encode()),
            },
        }


def draw_of_room(frames: RoomFrames, key: str, wording: Wording) -> Picture:
    """Return the picture `key` of a room."""
    if key == "exchange":
        return draw_exchange(*read_exchange(frames), wording)
    return draw_meetings(*read_meetings(frames), wording)


def read_exchange(frames: RoomFrames) -> tuple[list[ShownWords], list[ShownWords]]:
    """Return what people look for and what they are good at, as far as the group was shown it."""
    names = {each.id: each.name for each in list_guests(frames) if each.is_in}
    needs, offers = (
        [ShownWords(seat, names[seat], words) for seat in names for words in said.get(seat, ())]
        for said in (list_needs(frames), shown_strengths(frames))
    )
    return needs, offers


def read_meetings(frames: RoomFrames) -> tuple[dict[str, str], dict[frozenset[str], int]]:
    """Return the names of those who take part by seat, and how often pairs were in one party.

    Who leads is among them if they were in a party.
    """
    met = {**count_meetings(frames)}
    talked = {seat for pair in met for seat in pair}
    names = {
        each.id: each.name
        for each in list_guests(frames)
        if each.is_in and (not each.leads or each.id in talked)
    }
    return names, met
