"""The sheets of the workbooks: each one is a Python file, a script and, if needed, a style sheet.

`open_workbook` opens a workbook on the person's book; each sheet is then one line in a cell. Each
sheet is imported on first use, so that a page loads only the sheets it shows. Sheets that installed
packages offer under the entry points `enishi.sheets` are imported from here as well.
"""

from __future__ import annotations

import os
import re
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from enishi.paths import SHEETS

ENTRY_GROUP = "enishi.sheets"
"""The group of entry points by which an installed package offers its sheets."""
_CLASS_NAME = re.compile("[A-Z][A-Za-z0-9]*")

WHERE = {
    "Workbook": "base.workbook",
    "open_workbook": "base.workbook",
    "Header": "frame.header",
    # 01 start
    "FirstMinutes": "start.first_minutes",
    "Matters": "start.matters",
    # 02 goal
    "Wish": "goal.wish",
    "Ways": "goal.ways",
    "Kinds": "goal.kinds",
    "Places": "goal.places",
    # 03 strengths
    "Inventory": "strengths.inventory",
    "Evidence": "strengths.evidence",
    "Offers": "strengths.offers",
    "Introduce": "strengths.introduce",
    # 04 contacts
    "Add": "contacts.add",
    "People": "contacts.people",
    "Gift": "contacts.gift",
    "Draft": "contacts.draft",
    "Introductions": "contacts.introductions",
    "Circle": "contacts.circle",
    # 05 week
    "MyWeek": "week.my_week",
    "Note": "week.note",
    "Before": "week.before",
    "Gathering": "week.gathering",
    "Review": "week.review",
    "Letter": "week.letter",
    # 06 pictures
    "Gallery": "pictures.gallery",
    # 07 settings
    "Word": "settings.word",
    "Rules": "settings.rules",
    "Sample": "settings.sample",
    "MyData": "settings.my_data",
    # 08 sharing
    "open_sharing_page": "sharing.sharing_page",
    "Sharing": "sharing.sharing",
    # 09 received
    "ReceivedPages": "sharing.received",
    # 10 room
    "open_room_page": "room.room_page",
    "Here": "room.here",
    "Consents": "room.consents",
    "Partner": "room.partner",
    "Request": "room.request",
    "Ring": "room.ring",
    "Notes": "room.notes",
    "Poll": "room.poll",
    "TakeHome": "room.take_home",
    # 11 host
    "Lead": "room.host_lead",
    "Guests": "room.host_guests",
    "Rounds": "room.host_rounds",
    "Board": "room.host_board",
    "RoomPictures": "room.host_pictures",
    "After": "room.host_after",
    # 12 projector
    "Wall": "room.projector_wall",
    # pages of one's own
    "Text": "own.text",
    "Ask": "own.ask",
}
"""The public names, with the module that defines each."""

_OPENERS = ("Workbook", "open_workbook", "open_room_page", "open_sharing_page")
SHEETS_OF_PAGES = frozenset(WHERE) - {*_OPENERS, "Header", "Text", "Ask"}
"""The names of our own sheets, each of which stands on a page under one name."""

__all__ = sorted(WHERE)


def __getattr__(name: str) -> Any:
    if name in WHERE:
        return getattr(import_module(f"widgets.{WHERE[name]}"), name)
    if _CLASS_NAME.fullmatch(name):
        for entry in entry_points(group=ENTRY_GROUP, name=name):
            return entry.load()
        if SHEETS in os.environ:  # on a page; elsewhere the error is an ordinary one
            return import_module("widgets.own.missing").missing_sheet(name, __all__)
    raise AttributeError(f"module 'widgets' has no attribute {name!r}")
