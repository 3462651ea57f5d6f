"""Questions that follow from an event, or from the visits to a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from enishi.coach.asking.question import Question
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.history import Frames, is_filled, iter_rows
from enishi.coach.rules.settings import Settings
from enishi.coach.today.agenda import contactable


def ask_went_on(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask a fortnight after an event whether anything went on with those noted there (A13, A37)."""
    wait = timedelta(days=settings.went_on_days)
    rows = _events_told(frames, today - wait, settings)
    if rows.empty:
        return
    encounter, near = frames["encounter"], contactable(frames).index
    there = encounter[encounter["event_id"].isin(rows.index) & encounter["contact_id"].isin(near)]
    met = there.groupby("event_id")["contact_id"].unique()
    for id, row in iter_rows(rows[rows.index.isin(met.index)]):
        facts = {"event": row["name"], "names": tuple(met[id])}
        yield Question("went_on", id, row["on"].date() + wait, facts=facts)


def ask_came_to(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask the day after an event whether people came to give or to get (B17)."""
    for id, row in iter_rows(_events_told(frames, today - timedelta(days=1), settings)):
        yield Question("came_to", id, _day_after(row["on"]), facts={"event": row["name"]})


def ask_eased(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask the day after an event that felt heavy beforehand what made it easier (B30)."""
    rows = _events_told(frames, today - timedelta(days=1), settings)
    for id, row in iter_rows(rows[rows["pressure"] >= settings.pressure_high]):
        yield Question("eased", id, _day_after(row["on"]), facts={"event": row["name"]})


def ask_discovered(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask after the first event at a kind of place what the user discovered (B10, B44, B45)."""
    rows = _events_told(frames, today - timedelta(days=1), settings)
    if rows.empty:
        return
    place, event = frames["place"], frames["event"]
    known = place["kind"].astype(str).to_dict()
    kinds = pd.Series([known.get(id, "") for id in event["place_id"]], event.index, dtype="str")
    seen = event[event["done"] & event["on"].notna() & (kinds != "")]
    seen = seen.sort_values("on", kind="stable")
    first = seen[~kinds[seen.index].duplicated()]
    for id, row in iter_rows(first[first.index.isin(rows.index)]):
        facts = {"place": place.at[row["place_id"], "name"]}
        yield Question("discovered", id, _day_after(row["on"]), facts=facts)


def ask_whom_there(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask after the third visit to a place, before the fourth, whom the user knows there (B59)."""
    if _events_told(frames, today - timedelta(days=1), settings).empty:
        return
    event, place = frames["event"], rows_of_open_goals(frames, "place")
    visits = event[event["done"] & event["on"].notna() & event["place_id"].isin(place.index)]
    visits = visits.sort_values("on", kind="stable")
    third = visits[visits.groupby("place_id").cumcount() == 2]
    for _, row in iter_rows(third):
        due, facts = _day_after(row["on"]), {"place": place.at[row["place_id"], "name"]}
        yield Question("whom_there", row["place_id"], due, facts=facts)


def _day_after(on: pd.Timestamp) -> date:
    return on.date() + timedelta(days=1)


def _events_told(frames: Frames, until: date, settings: Settings) -> pd.DataFrame:
    """Return the events the user told of, up to `until`, that are not long past."""
    event = frames["event"]
    if event.empty:
        return event
    since = until - timedelta(days=settings.question_open_days)
    lately = event["on"].between(pd.Timestamp(since), pd.Timestamp(until))
    return event[event["done"] & lately & is_filled(event["name"])]
