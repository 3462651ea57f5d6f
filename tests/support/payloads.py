"""Texts that people with bad intent, or with other scripts, write into every field they find."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from enishi.book import Book
from enishi.book.room_tables import ROOM_TABLES, STAGE
from enishi.book.validation import UNKEPT, columns_of
from enishi.choices import CONSENTS
from enishi.room.entries import add_seat, clean_name

MARKED = "attacked"
"""What a script among the payloads would set on `window`."""
_SET = f"window.{MARKED}=1"
PAYLOADS = (
    f"<script>{_SET}</script>",
    f"<img src=x onerror='{_SET}'>",
    f"</p></textarea><svg onload={_SET}>",
    f"<iframe srcdoc='<script>parent.{MARKED}=1</script>'>",
    f"[tea](javascript:{_SET}) ![x](http://example.invalid/x.png) **bold**",
    f'" onfocus="{_SET}" autofocus x="',
    f"{{{{constructor.constructor('{_SET}')()}}}} {{name}} {{0}} ${{{_SET}}} %(name)s <%= 1 %>",
    '"}]},"state":{"leads":true},{"a":"\\u0000\\',
    "'; DROP TABLE room_note; -- % _ \\",
    '=HYPERLINK("http://example.invalid/?"&A1;"tea")',
    "+81 90 0000 0000",
    "-1+1|cmd'/c calc'!A0",
    "@SUM(1+1)",
    "＝１＋１",
    "tea;=1+1;\t@SUM(1)\n+1",
    "\t=1+1",
    "\r=1+1",
    "\u202eabc\u202d \u2066def\u2069\u200f",
    "\u200b\u200d\ufeff\u00ad\u2060tea",
    "W" * 4000,
    "縁" * 4000,
    "مرحبا" * 60,
    "e\u0301\u0323\u0489" * 70,
    "👩‍👩‍👧‍👦🏴\U000e0067\U000e007f" * 20,
    "\x00\x07\x1b[31mred\x7f\x85\u2028tea",
)
"""Markup, handlers, links, templates, SQL, formulas, bidirectional and invisible marks, texts
without a space, and control characters."""
DRAWN = (*PAYLOADS[:6], *PAYLOADS[17:])
"""Those that a browser could take for something else than text, or that take room."""
NAMES = tuple(clean_name(f"{number}{each}"[:24]) for number, each in enumerate(PAYLOADS))
"""What people with such intent want to be called: each begins with its number."""
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
"""How a cell begins that a spreadsheet runs."""
TEXTS: dict[str, tuple[str, ...]] = {
    "room_stage": ("title",),
    "room_phase": ("title", "say"),
    "room_seat": ("called", "contact_means", "strengths", "needs"),
    "room_request": ("words", "why", "small_step"),
    "room_offer": ("words",),
    "room_promise": ("words",),
    "room_note": ("words",),
    "room_poll": ("question", "options"),
}
"""Every text that somebody writes in a room, by table."""
AGENDA: list[dict[str, Any]] = [
    {"kind": kind, "title": "", "minutes": 5, "grouping": grouping, "shows": shows}
    for kind, grouping, shows in (
        ("partner", "pair", "named"),
        ("request", "alone", "named"),
        ("ring", "all", "named"),
        ("notes", "all", "anonymous"),
        ("notes", "all", "named"),
        ("poll", "all", "named"),
        ("home", "alone", "named"),
    )
]
"""The phases of a room that is filled with payloads."""


def kept_block(text: str) -> str:
    """Return a text as a book keeps it: without control characters."""
    return UNKEPT.sub("", text.replace("\r", "\n"))


def kept(text: str) -> str:
    """Return a text of one line as a book keeps it."""
    return " ".join(kept_block(text).split())


def written(table: str, payload: str) -> dict[str, Any]:
    """Return a payload for each text of a table but names, as much of it as fits."""
    values: dict[str, Any] = {}
    for name in TEXTS[table]:
        column = columns_of(ROOM_TABLES[table])[name]
        text = payload[: column.info["longest"]]
        values[name] = [text, f"1{text}"[: len(text)]] if "most" in column.info else text
    values.pop("called", None)
    return values


def fill_with_payloads(book: Book, payloads: Iterable[str] = PAYLOADS) -> None:
    """Let one person a payload write it into every text and show it.

    Each offers something for the request of the one before, promises it to them, and is in a party
    with them. In each phase everybody writes a note and is asked their own question.
    """
    phases = book.frame("room_phase").sort_values("place")
    notes, polls = (list(phases.index[phases["kind"] == kind]) for kind in ("notes", "poll"))
    given = {PAYLOADS.index(each): each for each in payloads}
    agreed = dict.fromkeys(CONSENTS, True) | {"let_in": True}
    with book.batch("add") as batch:
        batch.update("room_stage", STAGE, **written("room_stage", PAYLOADS[0]))
        for id, payload in zip(phases.index, PAYLOADS, strict=False):
            batch.update("room_phase", id, **written("room_phase", payload), revealed="all")
        seats = [
            add_seat(batch, NAMES[at], NAMES[at], **written("room_seat", payload), **agreed)
            for at, payload in given.items()
        ]
        [pairs] = phases.index[phases["kind"] == "partner"]
        round_id = batch.add("room_round", phase_id=pairs)
        befores = [*seats[-1:], *seats[:-1]]
        for seat, before, payload in zip(seats, befores, given.values(), strict=True):
            mine = {"seat_id": seat}
            request = written("room_request", payload)
            asked = batch.add("room_request", **mine, **request, shown=True)
            offer = written("room_offer", payload)
            batch.add(
                "room_offer", seat_id=before, request_id=asked, kind="hands", **offer, first=True
            )
            promise = written("room_promise", payload)
            batch.add("room_promise", seat_id=before, to_id=seat, request_id=asked, **promise)
            for phase in notes:
                batch.add("room_note", **mine, phase_id=phase, **written("room_note", payload))
            poll = batch.add("room_poll", phase_id=polls[0], **written("room_poll", payload))
            batch.add("room_vote", **mine, poll_id=poll, option=0)
            shared = written("room_seat", payload)
            facts = {"who": seat, "strength": shared["strengths"][0], "whom": before}
            facts |= {"need": shared["needs"][0]}
            why = ["fits", *(f"{key}={text}"[:300] for key, text in facts.items())]
            members = {"members": [seat, before], "why": why, "first": seat}
            batch.add("room_party", round_id=round_id, **members)
