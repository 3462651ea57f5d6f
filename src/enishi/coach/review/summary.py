"""The letter about the user's network: a week, a month or a quarter, with names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from enishi.coach.relations.history import (
    NEVER,
    Frames,
    active_contacts,
    days_met,
    history,
    iter_rows,
    names_by_id,
)
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.settings import Settings

SPAN_DAYS = {"week": 7, "month": 28, "quarter": 91}
"""The number of days each kind of review covers."""
DEPTH_FROM_STAGE = 3
"""Hours with contacts at this stage or a higher one count as depth."""


@dataclass(frozen=True)
class QuarterlyLetter:
    """The data of a review; entries name people and never rank them.

    Attributes:
        since, until: first and last date.
        gave: `(name, what, effect on the contact)` of the user's gives.
        received: `(name, what)` of gives to the user.
        introduced: `(who introduced, whom)`.
        kept: `(name, words)` of the user's promises kept.
        open: `(name, words)` of the user's promises whose written day has passed.
        met: names of contacts met for the first time.
        changed: what the user noted as changed in themselves.
        thank: names to thank: who gave, introduced or encouraged.
        next: names of contacts in focus, those with a next step first, then of others with a next
            step, at most `next_shown`.
        depth: share of hours with contacts at stage S3 or more, 0 to 1; None without hours.
        went_well: what the user noted as gone well.
        pleasant: names of those who made an introduction and whose comfort is good; one alone is
            no pattern, and leaves it empty.
        returned: `(name, what, day)` of the user's gives long ago to contacts who gave now.
        wishes: the wishes of the open goals.
    """

    since: date
    until: date
    gave: tuple[tuple[str, str, str], ...]
    received: tuple[tuple[str, str], ...]
    introduced: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    open: tuple[tuple[str, str], ...]
    met: tuple[str, ...]
    changed: tuple[str, ...]
    thank: tuple[str, ...]
    next: tuple[str, ...]
    depth: float | None
    went_well: tuple[str, ...]
    pleasant: tuple[str, ...] = ()
    returned: tuple[tuple[str, str, date], ...] = ()
    wishes: tuple[str, ...] = ()


def build_letter(
    frames: Frames, kind: str, today: date, settings: Settings | None = None
) -> QuarterlyLetter:
    """Return the data of a review that ends today.

    Args:
        frames: the book's frames.
        kind: week, month or quarter.
        today: the last day of the review.
        settings: rules of thumb.

    Raises:
        KeyError: no review has this kind.
    """
    since = today - timedelta(days=SPAN_DAYS[kind] - 1)
    live = suggestible_contacts(frames)
    unwelcome = active_contacts(frames).index.difference(live.index)
    who = names_by_id(live)

    def within(rows: pd.DataFrame, column: str = "on") -> pd.DataFrame:
        days = rows[column]
        return rows[(days >= pd.Timestamp(since)) & (days <= pd.Timestamp(today))]

    def of_theirs(rows: pd.DataFrame, link: str = "contact_id") -> pd.DataFrame:
        return rows[rows[link].isin(live.index)]

    give = of_theirs(within(frames["give"]))
    out = give[(give["direction"] == "out") & (give["state"] == "done")]
    into = give[(give["direction"] == "in") & (give["state"] != "let_go")]
    made = of_theirs(within(frames["introduction"]), "bridge_id")
    made = made[made["state"].isin(["introduced", "thanked", "reported"])]
    made = made[~made["target_id"].isin(unwelcome)]
    mine = of_theirs(frames["promise"])
    mine = mine[mine["by"] == "me"]
    kept = within(mine[mine["state"] == "kept"], "closed_on")
    waiting = mine[(mine["state"] == "open") & (mine["due"] < pd.Timestamp(today))]
    review = within(frames["review"])
    settings = settings or Settings()
    at_ease = set(live.index[live["comfort"] >= settings.ease_comfort])
    steps = list(dict.fromkeys(of_theirs(open_steps(frames))["contact_id"]))
    focused = live.index[live["focus"] & ~live["closed"]]
    planned = [id for id in steps if id in focused]
    begin = list(dict.fromkeys([*planned, *focused, *steps]))
    goal = frames["goal"]
    pleasant = tuple(dict.fromkeys(who[id] for id in made["bridge_id"] if id in at_ease))
    return QuarterlyLetter(
        since=since,
        until=today,
        gave=tuple(
            (who[row["contact_id"]], row["what"], row["effect"]) for _, row in iter_rows(out)
        ),
        received=tuple((who[row["contact_id"]], row["what"]) for _, row in iter_rows(into)),
        introduced=tuple(
            (who[row["bridge_id"]], who.get(row["target_id"], "") or row["target_words"])
            for _, row in iter_rows(made)
        ),
        kept=tuple((who[row["contact_id"]], row["words"]) for _, row in iter_rows(kept)),
        open=tuple((who[row["contact_id"]], row["words"]) for _, row in iter_rows(waiting)),
        met=tuple(who[str(key)] for key in within(live[days_met(live) > NEVER], "met_on").index),
        changed=tuple(text for text in review["changed"] if text.strip()),
        thank=thanks(frames, kind, today),
        next=tuple(who[str(key)] for key in begin[: settings.next_shown]),
        depth=depth(frames, within(frames["encounter"]), today, settings),
        went_well=tuple(text for text in review["went_well"] if text.strip()),
        pleasant=pleasant if len(pleasant) > 1 else (),
        returned=find_returned(frames, since, today, settings),
        wishes=tuple(wish for wish in goal.loc[~goal["closed"], "wish"] if wish.strip()),
    )


def find_returned(
    frames: Frames, since: date, until: date, settings: Settings | None = None
) -> tuple[tuple[str, str, date], ...]:
    """Return the user's first gives, long ago, to those who helped between two dates (B14).

    Returns:
        `(name, what, day)`, the oldest first; it does not imply that a contact owes anything.
    """
    long_ago = timedelta(days=(settings or Settings()).long_ago_days)
    live = suggestible_contacts(frames)
    who = names_by_id(live)
    came = set(helpers(frames, since, until)) & set(live.index)
    give = frames["give"]
    mine = give[(give["direction"] == "out") & (give["state"] == "done") & (give["what"] != "")]
    old = mine[mine["contact_id"].isin(came) & (mine["on"] <= pd.Timestamp(until - long_ago))]
    first = old.sort_values("on", kind="stable").drop_duplicates("contact_id")
    return tuple(
        (who[row["contact_id"]], row["what"], row["on"].date()) for _, row in iter_rows(first)
    )


def thanks(frames: Frames, kind: str, today: date) -> tuple[str, ...]:
    """Return the names of those who gave, introduced or encouraged within the span of `kind`."""
    helped = helpers(frames, today - timedelta(days=SPAN_DAYS[kind] - 1), today)
    live = suggestible_contacts(frames)
    who = names_by_id(live.loc[live.index.isin(helped)])
    return tuple(dict.fromkeys(who[key] for key in helped if key in who))


def helpers(frames: Frames, since: date, until: date) -> list[str]:
    """Return the ids of those who gave, introduced or encouraged from `since` to `until`."""

    def within(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["on"].between(pd.Timestamp(since), pd.Timestamp(until))]

    give, made = within(frames["give"]), within(frames["introduction"])
    into = give[(give["direction"] == "in") & (give["state"] != "let_go")]
    done = made[made["state"].isin(["introduced", "thanked", "reported"])]
    return [*into["contact_id"], *done["bridge_id"], *own_actions(within(frames["encounter"]))]


def own_actions(encounter: pd.DataFrame) -> list[str]:
    """Return the ids of those who relied on, introduced or encouraged the user."""
    return [str(person) for person in encounter.loc[encounter["act_in"], "contact_id"]]


def depth(
    frames: Frames, encounter: pd.DataFrame, today: date, settings: Settings | None = None
) -> float | None:
    """Return the share of hours with contacts at S3 or more, 0 to 1; None without noted hours."""
    minutes = encounter["minutes"].fillna(0)
    total = float(minutes.sum())
    if not total:
        return None
    histories = history(frames, today, settings)
    trusted = histories.index[stage_numbers(histories, settings) >= DEPTH_FROM_STAGE]
    close = encounter["contact_id"].isin(trusted)
    return float(minutes[close].sum()) / total
