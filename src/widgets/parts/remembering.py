"""Remembering: a few words about imported people, one at a time, for at most three minutes.

The state of a sheet with this part has `remembering`, which `remembering_state` returns. The page
keeps the round and sends it with each message, so that a new kernel can go on with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
import pandas as pd

from enishi import clock
from enishi.coach.people.remembering import next_contact, remembered_contact
from enishi.coach.relations.history import CONNECTION_SOURCES, IMPORTED, active_contacts, isin
from enishi.coach.relations.suggestible import unreviewed_contacts
from enishi.i18n import format_text
from widgets.base.json_rows import JsonRow, rows
from widgets.base.sheet import Answer, Identifier, Part, Sheet, ShortText, command, query
from widgets.base.workbook import Workbook
from widgets.parts.quick_line import hear_day

PEOPLE = 5
"""Number of people about whom something is said in one round."""
ROUND = timedelta(minutes=3)
"""How long a round takes; the person who is shown then is the last one."""
DISMISSED = "remembering_dismissed"
"""The setting by which the row on the home page stays away."""
_MOST_ASKED = 1000
KnownAs = Literal["", "just_met", "known", "friend", "family", "colleague"]
Year = Annotated[int, msgspec.Meta(ge=1900, le=2200)]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True)
class RememberingRound:
    """A round as the page keeps it.

    Attributes:
        started: when it began; None before its first person.
        said: about how many people something was said.
        asked: the ids of everybody shown; none of them is shown again.
    """

    started: Instant | None = None
    said: Annotated[int, msgspec.Meta(ge=0, le=PEOPLE)] = 0
    asked: Annotated[tuple[Identifier, ...], msgspec.Meta(max_length=_MOST_ASKED)] = ()


_NEW_ROUND = RememberingRound()


@query
def recall(sheet: Sheet, so_far: RememberingRound = _NEW_ROUND) -> Answer:
    """Begin a round, or go on to the next person and say nothing about the one before."""
    return {"text": " "} | _go_on(sheet.workbook, so_far, so_far.said)


@command
def remember(
    sheet: Sheet,
    id: Identifier,
    version: int,
    so_far: RememberingRound,
    known_as: KnownAs = "",
    known_since: Year | None = None,
    met_on: ShortText = "",
    where_met: ShortText = "",
    loves: ShortText = "",
    trying: ShortText = "",
    promise: ShortText = "",
    due: ShortText | None = None,
) -> Answer:
    """Write what was said about one person as one change, and go on to the next.

    The day of the promise is read from its words where `due` is None.
    """
    workbook = sheet.workbook
    said = remembered_contact(
        workbook.today,
        known_as=known_as,
        known_since=known_since,
        met_on=met_on,
        where_met=where_met,
        loves=loves,
        trying=trying,
        promise=promise,
        due=due,
    )
    if said.is_empty:
        return {"text": " "} | _go_on(workbook, so_far, so_far.said)
    name = sheet.book.row("contact", id)["name"]
    with sheet.book.batch("write") as batch:
        if said.contact:
            batch.update("contact", id, version, **said.contact)
        for row in said.facts:
            batch.add("fact", contact_id=id, **row)
        for row in said.promises:
            batch.add("promise", contact_id=id, **row)
    kept = format_text(_words(workbook)["kept"], {"name": name})
    return {"text": kept} | _go_on(workbook, so_far, so_far.said + 1)


@command
def dismiss_remembering(sheet: Sheet) -> Answer:
    """Keep the row off the home page from now on."""
    sheet.workbook.set_setting(DISMISSED, "1")
    return {"text": " "}


REMEMBERING = Part(
    __file__,
    {
        "recall": recall,
        "remember": remember,
        "dismiss_remembering": dismiss_remembering,
        "hear_day": hear_day,
    },
)
"""Asks about imported people; gives the script `remembering(sheet)`."""


def remembering_state(workbook: Workbook) -> dict[str, Any] | None:
    """Return the texts and what is offered; None while nobody in the book was imported.

    `offer` is '' when something is said about everybody; `begun`: about somebody.
    """
    frames = workbook.frames()
    people = active_contacts(frames)
    if people.empty or not (imported := int(isin(people["source"], *IMPORTED).sum())):
        return None
    words, labels = _words(workbook), workbook.texts_of("contacts")["labels"]
    waiting = len(_unreviewed(workbook))
    key = "offer_rest" if waiting < imported else "offer" if waiting >= PEOPLE else "offer_few"
    return {
        "words": words | {name: labels[name] for name in ("known_as", "known_ases", "known_since")},
        "offer": format_text(words[key], {"count": waiting}) if waiting else "",
        "begun": waiting < imported,
        "today": workbook.today.isoformat(),
    }


def remembering_offer(workbook: Workbook, state: Mapping[str, Any] | None) -> str:
    """Return the text of the one row on the home page; '' for no row.

    It stands there after an import until the user dismisses it or has said something about anybody
    imported. `state` is the workbook's `remembering_state`.
    """
    if state is None or state["begun"] or workbook.setting(DISMISSED):
        return ""
    return str(state["offer"])


def _unreviewed(workbook: Workbook) -> pd.DataFrame:
    found: pd.DataFrame = workbook.cached(
        "unreviewed", lambda: unreviewed_contacts(workbook.frames())
    )
    return found


def _words(workbook: Workbook) -> dict[str, Any]:
    words: dict[str, Any] = workbook.texts_of("coach")["remembering"]
    return words


def _go_on(workbook: Workbook, so_far: RememberingRound, said: int) -> Answer:
    """Return the next person, or why the round is over, with the round as it is then."""
    now = clock.now()
    started = so_far.started or now
    over = "people" if said >= PEOPLE else "minutes" if now - started >= ROUND else ""
    people = _unreviewed(workbook)
    id = None if over else next_contact(people, so_far.asked)
    asked = so_far.asked if id is None else (*so_far.asked, id)
    return {
        "round": {"started": started.isoformat(), "said": said, "asked": asked},
        "person": None if id is None else _describe_imported(workbook, people.loc[[id]]),
        "over": over or ("" if id else "nobody"),
        "seconds": max(0, int((started + ROUND - now).total_seconds())),
    }


def _describe_imported(workbook: Workbook, person: pd.DataFrame) -> JsonRow:
    """Return the name of the one contact in `person`, and what the file says of them.

    `connected` is the day of a connection, as text; `met_on` a day of meeting.
    """
    (row,) = rows(person, "version", "name", "met_on", "organisation", "title", "source")
    said = (row.pop("organisation"), row.pop("title"))
    connected = row.pop("source") in CONNECTION_SOURCES and row["met_on"]
    return row | {
        "about": "　".join(text for text in said if text),
        "met_on": "" if connected else row["met_on"],
        "connected": workbook.short_date(date.fromisoformat(connected)) if connected else "",
    }
