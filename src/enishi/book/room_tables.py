"""The tables of a room, a book that several people write in, and the codes that lead into one.

The owner of a room's rows is the room's id, so that transactions, journal, versions, conflicts and
frames are those of a book. What is private never enters these tables.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from enishi.book.tables import TABLES
from enishi.book.tables.columns import (
    choice,
    date_text,
    declare_table,
    flag,
    integer,
    link,
    metadata,
    text_block,
    text_line,
    text_list,
    timestamp,
)
from enishi.choices import (
    CONSENTS,
    DOORS,
    GROUPINGS,
    OFFER_KINDS,
    PHASE_KINDS,
    REVEALS,
    SHOWS,
)

CALLED_MOST = 24
"""Most characters of the name by which one wants to be called."""
STAGE = "stage"
"""The id of the one row of `room_stage`."""
_INSTANT = (0, 10_000_000_000_000)
"""Milliseconds since 1970."""

room_stage = declare_table(  # one row; its version is what phones look at
    "room_stage",
    text_line("title", 80),
    choice("language", "ja", "en", default="ja"),
    text_line("phase_id"),  # the phase everybody is in; empty: not begun
    integer("ends_at", *_INSTANT),  # when the phase ends; None: not running
    integer("left_ms", *_INSTANT),  # what was left when it was paused; None: not paused
    flag("focus"),  # pages turn with the stage
    choice("door", *DOORS, default="open"),
    choice("state", "waiting", "running", "over", default="waiting"),
    date_text("delete_on"),
    integer("touched", 0, 1_000_000_000, 0),  # raised by what every page has to show at once
    kind="room",
)

room_phase = declare_table(
    "room_phase",
    integer("place", 0, 1000, 0),
    choice("kind", *PHASE_KINDS),
    text_line("title", 80),
    integer("minutes", 1, 180, 5),
    choice("grouping", *GROUPINGS, default="alone"),
    choice("shows", *SHOWS, default="named"),
    text_block("say"),  # what the facilitator may say
    flag("skipped"),
    choice("revealed", *REVEALS, default="no"),
    timestamp("began"),
    timestamp("ended"),
    kind="room",
)

room_seat = declare_table(  # one person in the room
    "room_seat",
    text_line("person_id", 64),
    text_line("called", CALLED_MOST),
    integer("mark", 1, 1000, 1),  # 2 for the second of one name
    flag("leads"),  # a co-facilitator
    flag("let_in"),  # after a knock
    flag("left"),  # removed by the facilitator
    flag("away"),  # does not take part in rounds for now
    flag("invented"),  # a participant of a rehearsal
    text_line("ready_phase"),  # the phase with which they are done
    timestamp("hand_at"),  # since when a hand is up
    *(flag(name) for name in CONSENTS),
    text_line("contact_means", 120),
    text_list("strengths", 5),  # only what was chosen to be shared
    text_list("needs", 3),
    kind="room",
)

room_rule = declare_table(  # two people to be kept apart, or together
    "room_rule",
    link("a_id", "room_seat"),
    link("b_id", "room_seat"),
    choice("kind", "apart", "together"),
    kind="room",
)

room_decline = declare_table(  # with whom a participant would rather not share a party
    "room_decline",
    link("seat_id", "room_seat"),
    link("other_id", "room_seat"),
    kind="room",
)

room_round = declare_table(
    "room_round",
    link("phase_id", "room_phase"),
    integer("number", 1, 100, 1),
    integer("repeats", 0, 10000, 0),  # pairs who had met before in this room
    kind="room",
)

room_party = declare_table(  # the people who talk together in a round
    "room_party",
    link("round_id", "room_round"),
    integer("place", 0, 1000, 0),
    text_list("members", 60),  # ids of seats
    text_list("why", 5),  # key and facts of the reason, one a line
    text_line("first"),  # the id of the seat that begins
    kind="room",
)

room_request = declare_table(
    "room_request",
    link("seat_id", "room_seat"),
    text_block("words"),
    text_line("why"),
    date_text("by"),
    text_line("small_step"),
    flag("shown"),  # the person showed it to the group
    flag("hidden"),
    flag("pinned"),
    integer("turn", 0, 1000),  # its place in the ring; None: not yet
    choice("state", "open", "done", "let_go", default="open"),
    kind="room",
)

room_offer = declare_table(
    "room_offer",
    link("seat_id", "room_seat"),
    link("request_id", "room_request"),
    choice("kind", *OFFER_KINDS),
    text_line("words"),
    flag("first"),  # the requester begins with this one
    kind="room",
)

room_promise = declare_table(  # who does what by when
    "room_promise",
    link("seat_id", "room_seat"),
    link("to_id", "room_seat"),
    link("request_id", "room_request"),
    text_line("words"),
    date_text("due"),
    choice("state", "open", "kept", "let_go", default="open"),
    kind="room",
)

room_note = declare_table(
    "room_note",
    link("seat_id", "room_seat"),
    link("phase_id", "room_phase"),
    text_line("words"),
    flag("hidden"),
    flag("pinned"),
    kind="room",
)

room_poll = declare_table(
    "room_poll",
    link("phase_id", "room_phase"),
    text_line("question"),
    text_list("options", 8),
    kind="room",
)

room_vote = declare_table(
    "room_vote",
    link("poll_id", "room_poll"),
    link("seat_id", "room_seat"),
    integer("option", 0, 7),
    kind="room",
)

entry = Table(  # what leads into a room: codes as hashes
    "entry",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("room", Text, nullable=False),
    Column("kind", Text, nullable=False),  # join, key, seat or projector
    Column("shown", Text, nullable=False),  # of join and key: what stands on the screen anyway
    Column("person_id", Text, nullable=False),  # whose seat it gives back; empty for others
    Column("ends_at", Text, nullable=False),  # empty: never
    Column("wrong", Integer, nullable=False),  # of join: wrong guesses so far
    Index(None, "room"),
)

ROOM_TABLES = {
    sql_table.name: sql_table
    for sql_table in metadata.sorted_tables
    if sql_table.info.get("kind") == "room"
}
"""The tables of a room by name, each after the tables it refers to."""
STORED = TABLES | ROOM_TABLES
"""All tables whose rows are in the journal, by name."""
