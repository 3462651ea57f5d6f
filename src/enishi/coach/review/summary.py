"""The letter about the user's network: a week, a month or a quarter, with names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    active_contacts,
    days_met,
    is_filled,
    isin,
    iter_rows,
    names_by_id,
)
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.settings import Settings

SPAN_DAYS = {"week": 7, "month": 28, "quarter": 91}
"""The number of days each kind of review covers."""


@dataclass(frozen=True)
class OldGift:
    """A give of long ago to a contact who gave now.

    Attributes:
        give_id: the give.
        contact_id: who it went to.
        name, what, on: their name, the give in the user's words, and its day.
        is_open: whether the user has not said yet how the two belong together.
    """

    give_id: str
    contact_id: str
    name: str
    what: str
    on: date
    is_open: bool


@dataclass(frozen=True)
class QuarterlyLetter:
    """The data of a review; entries name people and never rank them.

    Attributes:
        since, until: first and last date.
        gave: `(name, what, effect on the contact)` of the user's gives.
        received: `(name, what)` of gives to the user.
        came: `(name, what, sequel)` of the chances, news, ideas and work that came through a
            contact; `sequel` is '' where the user has not said what followed.
        introduced: `(who introduced, whom)`.
        kept: `(name, words)` of the user's promises kept.
        open: `(name, words)` of the user's promises whose written day has passed.
        met: names of contacts met for the first time.
        changed: what the user noted as changed in themselves.
        changed_by: `(names, words)` of the meetings after which they noted it, with who was there.
        tried: `(experiment, result)` of the months.
        thank: names to thank: who gave, introduced or encouraged.
        next: names of contacts in focus, those with a next step first, at most `next_shown`: the
            user chose them, and nobody is added to them.
        next_lines: what the user wrote in reviews to do next, and has neither done nor let go.
        went_well: what the user noted as gone well.
        returned: the user's gives long ago to contacts who gave now.
        wishes: the wishes of the open goals.
        steps: `(name, words)` of the open steps with those in `next`.
        thank_whom, learned: what the user wrote in reviews.
        plans: `(cue, did, keep)` of the if-then plans answered, as far as written.
        voices: `(name, who, words)` of the answers about the user's strengths; `name` is '' for
            somebody who is no contact.
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
    went_well: tuple[str, ...]
    returned: tuple[OldGift, ...] = ()
    wishes: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    thank_whom: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    plans: tuple[tuple[str, str, str], ...] = ()
    voices: tuple[tuple[str, str, str], ...] = ()
    next_lines: tuple[str, ...] = ()
    came: tuple[tuple[str, str, str], ...] = ()
    changed_by: tuple[tuple[tuple[str, ...], str], ...] = ()
    tried: tuple[tuple[str, str], ...] = ()


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
    came = into[~isin(into["came"], "")]
    into = into[isin(into["came"], "")]
    met = of_theirs(within(frames["encounter"]))
    met = met[is_filled(met["changed"])]
    made = of_theirs(within(frames["introduction"]), "bridge_id")
    made = made[made["state"].isin(["introduced", "thanked", "reported"])]
    made = made[~made["target_id"].isin(unwelcome)]
    mine = of_theirs(frames["promise"])
    mine = mine[mine["by"] == "me"]
    kept = within(mine[mine["state"] == "kept"], "closed_on")
    waiting = mine[(mine["state"] == "open") & (mine["due"] < pd.Timestamp(today))]
    review = within(frames["review"])
    settings = settings or Settings()
    open_ones = of_theirs(open_steps(frames))
    focused = live.index[live["focus"] & ~live["closed"]]
    planned = [id for id in open_ones["contact_id"] if id in focused]
    begin = list(dict.fromkeys([*planned, *focused]))[: settings.next_shown]
    ahead = open_ones[open_ones["contact_id"].isin(begin)]
    goal = frames["goal"]
    voice = within(frames["voice"], "answered_on")
    heard = voice[is_filled(voice["words"]) & ~voice["contact_id"].isin(unwelcome)]

    ended = isin(review["kind"], "quarter") | isin(review["next_state"], "done", "let_go")

    def own_lines(column: str, rows: pd.DataFrame = review) -> tuple[str, ...]:
        return tuple(text for text in rows[column] if text.strip())

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
        changed=own_lines("changed"),
        thank=thanks(frames, kind, today),
        next=tuple(who[str(key)] for key in begin),
        went_well=own_lines("went_well"),
        steps=tuple((who[row["contact_id"]], row["words"]) for _, row in iter_rows(ahead)),
        thank_whom=own_lines("thank_whom"),
        learned=own_lines("learned"),
        plans=plans_answered(within(frames["plan"], "asked_on")),
        voices=tuple(
            (who.get(row["contact_id"], ""), row["who"], row["words"])
            for _, row in iter_rows(heard)
        ),
        returned=find_returned(frames, since, today, settings),
        next_lines=own_lines("next", review[~ended]),
        came=tuple(
            (who[row["contact_id"]], row["what"], row["effect"]) for _, row in iter_rows(came)
        ),
        changed_by=tuple(
            (tuple(who[id] for id in dict.fromkeys(rows["contact_id"])), str(words).strip())
            for words, rows in met.groupby("changed", sort=False)
        ),
        tried=tuple(
            (row["tried"].strip(), row["tried_result"].strip())
            for _, row in iter_rows(review[is_filled(review["tried"])])
        ),
        wishes=tuple(wish for wish in goal.loc[~goal["closed"], "wish"] if wish.strip()),
    )


def find_returned(
    frames: Frames, since: date, until: date, settings: Settings | None = None
) -> tuple[OldGift, ...]:
    """Return the user's first gives, long ago, to those who helped between two dates (B14).

    Of those about which the user said how the two belong together, only these stay. Once they said
    that they need not know, no other is found.

    Returns:
        The oldest first; it does not imply that a contact owes anything.
    """
    long_ago = timedelta(days=(settings or Settings()).long_ago_days)
    live = suggestible_contacts(frames)
    who = names_by_id(live)
    came = set(helpers(frames, since, until)) & set(live.index)
    give = frames["give"]
    mine = give[(give["direction"] == "out") & (give["state"] == "done") & (give["what"] != "")]
    old = mine[mine["contact_id"].isin(came) & (mine["on"] <= pd.Timestamp(until - long_ago))]
    first = old.sort_values("on", kind="stable").drop_duplicates("contact_id")
    answers = answers_to(frames, "together")
    said = dict(zip(answers["about"], answers["chosen"], strict=True))
    kept = {"together"} if "need_not_know" in said.values() else {"together", ""}
    return tuple(
        OldGift(
            id,
            row["contact_id"],
            who[row["contact_id"]],
            row["what"],
            row["on"].date(),
            is_open=id not in said,
        )
        for id, row in iter_rows(first)
        if said.get(id, "") in kept
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


def people_met(frames: Frames, since: date, until: date) -> list[str]:
    """Return the ids of those with an encounter from `since` to `until`, in order, each once."""
    encounter = frames["encounter"]
    rows = encounter[encounter["on"].between(pd.Timestamp(since), pd.Timestamp(until))]
    rows = rows[is_filled(rows["contact_id"])].sort_values("on", kind="stable")
    return list(dict.fromkeys(rows["contact_id"]))


def own_actions(encounter: pd.DataFrame) -> list[str]:
    """Return the ids of those who relied on, introduced or encouraged the user."""
    return [str(person) for person in encounter.loc[encounter["act_in"], "contact_id"]]


def plans_answered(plan: pd.DataFrame) -> tuple[tuple[str, str, str], ...]:
    """Return `(cue, did, keep)` of the plans of which the user wrote what they did or keep."""
    told = plan[is_filled(plan["did"]) | is_filled(plan["keep"])]
    return tuple(zip(told["cue"], told["did"], told["keep"], strict=True))
