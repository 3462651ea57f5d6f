"""The agenda: everything the user wrote for these days, by its day or without one.

Entries stay until they are done, moved or let go. They are the user's own, so nothing keeps them
off: neither a contact's rest nor signs of solicitation. Only contacts in the trash take theirs
along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from enishi.coach.giving.effects import gifts_to_ask_about
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.goal.place_dates import date_of, occurrences
from enishi.coach.goal.plan_moments import plan_moments
from enishi.coach.goal.ways import chosen_ways
from enishi.coach.network.introduction_steps import introduction_tasks
from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import suggestible_contacts, suggestible_mask
from enishi.coach.rules.settings import Settings

KINDS = (
    "promise",
    "step",
    "gift",
    "event",
    "place",
    "plan",
    "review",
    "experiment",
    "way",
    "message",
    "introduction",
    "effect",
    "birthday",
    "theirs",
    "voice",
)
"""The kinds of entry, in their order within a day.

A promise, a step, a planned gift, an event, a place, an if-then plan, the one thing of a review,
the experiment of a month, the chosen way to the goal, an unsent message, an introduction, a given
gift whose effect is asked for, a birthday, a contact's own promise, and a contact who was asked
about the user's strengths.
"""


RETURNING = ("weekly", "monthly")
"""Rhythms of places that return."""


@dataclass(frozen=True)
class Item:
    """One entry of the agenda.

    Attributes:
        kind: one of `KINDS`.
        id: the id of the row it comes from.
        day: the date, in the past when it has passed; None where no date is written.
        words: the user's own text; '' where the kind and the name say it all.
        contact_id: the contact it is about, '' for none.
        said_on: the date a promise was made; None where it is not written.
        waiting: whether the next move is somebody else's.
    """

    kind: str
    id: str
    day: date | None
    words: str
    contact_id: str = ""
    said_on: date | None = None
    waiting: bool = False


@dataclass(frozen=True)
class Agenda:
    """The entries of some days, in groups.

    Attributes:
        today: entries of today.
        carried: entries whose day has passed, the user's promises first, then the latest.
        later: entries of later days, by day.
        any_day: entries without a day.
        waiting: entries where the next move is somebody else's.
    """

    today: tuple[Item, ...] = ()
    carried: tuple[Item, ...] = ()
    later: tuple[Item, ...] = ()
    any_day: tuple[Item, ...] = ()
    waiting: tuple[Item, ...] = ()

    @property
    def mine(self) -> tuple[Item, ...]:
        """All entries but those waited for, in the order of the page."""
        return self.today + self.carried + self.later + self.any_day


def group_items(items: tuple[Item, ...], today: date) -> Agenda:
    """Return the entries in groups; the order within each stays, but for `carried`."""
    mine = [item for item in items if not item.waiting]
    carried = [item for item in reversed(mine) if item.day and item.day < today]
    carried.sort(key=lambda item: item.kind != "promise")  # somebody waits for these
    return Agenda(
        today=tuple(item for item in mine if item.day == today),
        carried=tuple(carried),
        later=tuple(item for item in mine if item.day and item.day > today),
        any_day=tuple(item for item in mine if item.day is None),
        waiting=tuple(item for item in items if item.waiting),
    )


def agenda(
    frames: Frames, today: date, days: int = 7, settings: Settings | None = None
) -> tuple[Item, ...]:
    """Return the entries dated within `days` from today on, those passed and the undated ones.

    Args:
        frames: the book's frames.
        today: the user's current date, the first day of the range.
        days: the length of the range in days, today included.
        settings: the days after which an introduction is the user's to go on with, and after which
            an answer is waited for.

    Returns:
        The entries by date, undated ones last.
    """
    last = today + timedelta(days=days - 1)
    to = pd.Timestamp(last)
    sources: tuple[tuple[str, Callable[[], Iterator[Item]]], ...] = (
        ("step", lambda: step_items(frames, to)),
        ("promise", lambda: promise_items(frames, to)),
        ("give", lambda: gift_items(frames, to)),
        ("event", lambda: event_items(frames, to)),
        ("place", lambda: place_items(frames, today, last)),
        ("plan", lambda: plan_items(frames, today, last, settings)),
        ("review", lambda: review_items(frames, to)),
        ("way", lambda: read_items("way", chosen_ways(frames), "words", contact="")),
        ("message", lambda: message_items(frames)),
        ("introduction", lambda: introduction_items(frames, today, settings)),
        ("give", lambda: effect_items(frames, today, settings)),
        ("contact", lambda: birthday_items(frames, today, days)),
        ("voice", lambda: voice_items(frames, today, settings)),
    )
    # A new book has rows in hardly any table, and the home page of each visitor asks for all.
    found = (items() for table, items in sources if len(frames[table]))
    return arrange_items(frames, chain.from_iterable(found))


def arrange_items(frames: Frames, entries: Iterable[Item]) -> tuple[Item, ...]:
    """Return entries by date, undated ones last, without those about contacts in the trash."""
    contact, entries = frames["contact"], [*entries]
    if not entries:
        return ()
    trashed = set(contact.index[contact["trashed_on"].notna()])
    items = [item for item in entries if item.contact_id not in trashed]
    order = {kind: at for at, kind in enumerate(KINDS)}
    items.sort(key=lambda item: (item.day or date.max, order[item.kind], item.id))
    return tuple(items)


def read_items(
    kind: str,
    rows: pd.DataFrame,
    words: str,
    day: str = "",
    contact: str = "contact_id",
    said_on: str = "",
    waiting: bool = False,
) -> Iterator[Item]:
    """Yield an entry of `kind` for each row; '' names no column.

    Args:
        kind: the kind of all entries.
        rows: the rows.
        words: the column of the user's text.
        day: the column of the date.
        contact: the column of the contact.
        said_on: the column of the date on which a promise was made.
        waiting: whether the next move is somebody else's.
    """
    count = len(rows)
    columns = (
        rows.index.tolist(),
        cell_dates(rows[day]) if day else [None] * count,
        rows[words].tolist(),
        rows[contact].tolist() if contact else [""] * count,
        cell_dates(rows[said_on]) if said_on else [None] * count,
    )
    for id, on, text, contact_id, said in zip(*columns, strict=True):
        yield Item(kind, id, on, text, contact_id, said, waiting)


def cell_dates(days: pd.Series[Any]) -> list[date | None]:
    """Return the dates of a column, None where it is empty."""
    dates: list[date | None] = days.to_numpy("datetime64[D]").astype(object).tolist()
    return dates


def step_items(frames: Frames, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the user's open steps that are dated up to `last` or undated."""
    rows = open_steps(frames)
    yield from read_items("step", rows[~(rows["on"] > last)], "words", "on")


def promise_items(frames: Frames, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the open promises, the user's and theirs, due up to `last` or undated."""
    rows = frames["promise"]
    rows = rows[isin(rows["state"], "open") & ~(rows["due"] > last).to_numpy()]
    mine = isin(rows["by"], "me")
    yield from read_items("promise", rows[mine], "words", "due", said_on="said_on")
    theirs = rows[~mine]
    yield from read_items("theirs", theirs, "words", "due", said_on="said_on", waiting=True)


def later_promises(frames: Frames, last: date) -> tuple[Item, ...]:
    """Return the open promises of both sides that are due after `last`, by date."""
    if frames["promise"].empty:
        return ()
    every = promise_items(frames, pd.Timestamp(date.max).floor("D"))
    return arrange_items(frames, (item for item in every if item.day and item.day > last))


def gift_items(frames: Frames, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the planned gifts that are dated up to `last` or undated."""
    rows = planned_gifts(frames)
    yield from read_items("gift", rows[~(rows["on"] > last)], "what", "on")


def planned_gifts(frames: Frames) -> pd.DataFrame:
    """Return the user's planned gives that have a text, by date, undated last.

    Without those that the user would not be glad of if nothing came back (B67): none is due.
    """
    give = frames["give"]
    planned = isin(give["state"], "planned") & isin(give["direction"], "out")
    mine = give[planned & is_filled(give["what"]) & ~isin(give["no_strings"], "no")]
    return mine.sort_values("on", kind="stable")


def event_items(frames: Frames, last: pd.Timestamp) -> Iterator[Item]:
    """Yield the events that are not over, dated up to `last` or undated."""
    rows = frames["event"]
    rows = rows[~rows["done"].to_numpy() & is_filled(rows["name"]) & ~(rows["on"] > last)]
    yield from read_items("event", rows, "name", "on", "host_id")


def place_items(frames: Frames, today: date, last: date) -> Iterator[Item]:
    """Yield the dates of the named places up to `last`: all to come, and one that has passed.

    A place that returns is never carried over. An event at a place stands there by itself.
    """
    rows, event = rows_of_open_goals(frames, "place"), frames["event"]
    there = set(zip(event["place_id"], cell_dates(event["on"]), strict=True))
    for id, row in iter_rows(rows[is_filled(rows["name"])]):
        dates = occurrences(row, today, last)
        next_on = date_of(row["next_on"])
        if next_on and next_on < today and row["rhythm"] not in RETURNING:
            dates = (next_on,)
        for day in dates:
            if (id, day) not in there:
                yield Item("place", id, day, row["name"])


def plan_items(
    frames: Frames, today: date, last: date, settings: Settings | None
) -> Iterator[Item]:
    """Yield the if-then plans whose moment is expected up to `last`, or on no particular day."""
    for moment in plan_moments(frames, today, settings):
        if moment.day is None or moment.day <= last:
            yield Item("plan", moment.plan_id, moment.day, moment.act)


def review_items(frames: Frames, last: pd.Timestamp) -> Iterator[Item]:
    """Yield what each review put in the week and is open, dated up to `last` or undated.

    Of a month it is the experiment, of any other review the one thing for the time that follows.
    """
    rows = frames["review"]
    rows = rows[isin(rows["next_state"], "open") & ~(rows["next_on"] > last)]
    month = isin(rows["kind"], "month")
    for kind, of, column in (("review", ~month, "next"), ("experiment", month, "tried")):
        yield from read_items(kind, rows[of & is_filled(rows[column])], column, "next_on", "")


def message_items(frames: Frames) -> Iterator[Item]:
    """Yield the unsent messages that are about no entry of their own."""
    rows = frames["message"]
    about = rows["promise_id"].ne("") | rows["give_id"].ne("") | rows["introduction_id"].ne("")
    rows = rows[~rows["sent"].to_numpy() & is_filled(rows["text"]) & ~about.to_numpy()]
    yield from read_items("message", rows, "subject")


def introduction_items(frames: Frames, today: date, settings: Settings | None) -> Iterator[Item]:
    """Yield the introductions under way."""
    rows = frames["introduction"]
    if rows.empty:
        return
    named = dict(iter_rows(rows))
    for task in introduction_tasks(frames, today, settings):
        if task.next:
            row = named[task.introduction_id]
            yield Item(
                "introduction",
                task.introduction_id,
                None,
                row["target_words"],
                row["bridge_id"],
                waiting=not task.mine,
            )


def effect_items(frames: Frames, today: date, settings: Settings | None) -> Iterator[Item]:
    """Yield the given gifts whose effect can be asked about."""
    yield from read_items("effect", gifts_to_ask_about(frames, today, settings), "what")


def birthday_items(frames: Frames, today: date, days: int) -> Iterator[Item]:
    """Yield the birthdays in the range of contacts the coach may name."""
    contact = frames["contact"]
    noted = contact[is_filled(contact["birthday"])]
    coming = {f"{day:%m-%d}": day for day in (today + timedelta(days=n) for n in range(days))}
    noted = noted[np.array([day[-5:] in coming for day in noted["birthday"]], dtype=bool)]
    if noted.empty:
        return
    for id, row in iter_rows(noted[suggestible_mask(noted, frames) & noted["trashed_on"].isna()]):
        yield Item("birthday", id, coming[row["birthday"][-5:]], "", id)


def voice_items(frames: Frames, today: date, settings: Settings | None) -> Iterator[Item]:
    """Yield the contacts asked about the user's strengths long ago who have not answered yet."""
    rows = frames["voice"]
    wait = timedelta(days=(settings or Settings()).wait_voice_days)
    asked = (rows["asked_on"] <= pd.Timestamp(today - wait)) & rows["answered_on"].isna()
    silent = ~is_filled(rows["words"]) & ~rows["picks"].map(bool).to_numpy(bool)
    yield from read_items("voice", rows[asked.to_numpy() & silent], "who", waiting=True)


def contactable(frames: Frames) -> pd.DataFrame:
    """Return the contacts a suggestion may name that do not rest and may be contacted."""
    people = suggestible_contacts(frames)
    return people[~people["closed"] & ~people["do_not_contact"]]
