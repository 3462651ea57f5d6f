"""Kind warnings: what might strain a tie or the user, each with an alternative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.balance import balance, settled_ids
from enishi.coach.relations.history import (
    Frames,
    active_contacts,
    day_number,
    history,
    is_filled,
    isin,
    name_of,
)
from enishi.coach.relations.solicitation import soliciting_mask
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.rules.stands import stand


@dataclass(frozen=True)
class Caution:
    """A warning about one tie (`contact_id`), or about the user's own pace ('')."""

    contact_id: str
    reason: Reason


def find_cautions(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[Caution, ...]:
    """Return every warning that applies, those about the user's own pace first.

    A warning never blocks; the act of its rule is the alternative.
    """
    settings = settings or Settings()
    every = [*pace_cautions(frames, today, settings), *tie_cautions(frames, today, settings)]
    return tuple(caution for caution in every if settings.is_enabled(caution.reason.rule))


def pace_reasons(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[Reason, ...]:
    """Return only the warnings about the user's own pace: mixers, cards, hard days."""
    settings = settings or Settings()
    return tuple(
        caution.reason
        for caution in pace_cautions(frames, today, settings)
        if settings.is_enabled(caution.reason.rule)
    )


def tie_cautions(frames: Frames, today: date, settings: Settings) -> Iterator[Caution]:
    """Yield the warnings about single ties."""
    people = active_contacts(frames)
    histories = history(frames, today, settings)
    out, into = histories["gives_out"].to_numpy(), histories["gives_in"].to_numpy()
    lean = balance(out, into)
    met, began = histories["meetings"].to_numpy(), histories["they_started"].to_numpy()
    signs = soliciting_mask(people)
    open_ = ~people["closed"].to_numpy() & ~signs  # no alternative for contacts with signs
    told = open_ & ~people.index.isin(settled_ids(frames, today, settings))
    tired = twice_uneasy(people, frames["encounter"], today)
    wanted = (people["focus"] | (people["role_id"] != "")).to_numpy()
    bridged = stand(frames["setting"], "reach") != "directly"
    applies = {
        "guard_signs": signs,
        "guard_one_way": told & (lean < settings.balance_low),
        "guard_over_giving": told
        & (lean > settings.balance_high)
        & (out >= settings.over_giving_least),
        "guard_one_sided": open_
        & (met >= settings.one_sided_least)
        & (began < settings.one_sided_share * met),
        "guard_reaching": open_ & far_mask(people, frames["role"]) & wanted & bridged,
        "guard_fit": open_ & tired,
        "guard_too_often": open_
        & (histories["unanswered"].to_numpy() >= settings.unanswered_most)
        & (histories["last_reach"].to_numpy() > day_number(today) - settings.unanswered_days),
    }
    for key, where in applies.items():
        for place in np.flatnonzero(where):
            person = people.iloc[int(place)]
            yield Caution(str(person.name), reason_for(key, name=name_of(person)))


def far_mask(people: pd.DataFrame, roles: pd.DataFrame) -> NDArray[np.bool_]:
    """Return a mask of the contacts far ahead, by what the user said of them, else of their kind.

    Left out are the kinds of which the user wrote why they turn to them directly.
    """
    far = roles.index[isin(roles["ahead"], "far")]
    direct = roles.index[is_filled(roles["directly"])]
    by_kind = isin(people["ahead"], "") & people["role_id"].isin(far).to_numpy()
    found: NDArray[np.bool_] = isin(people["ahead"], "far") | by_kind
    return found & ~people["role_id"].isin(direct).to_numpy()


def twice_uneasy(
    people: pd.DataFrame, encounter: pd.DataFrame, today: date
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return a mask of the contacts with whom the last two talks were both hard for the user.

    Books of an earlier version have a comfort of 2 or less in its place.
    """
    talks = isin(encounter["kind"], *TOGETHER) & (encounter["on"] <= pd.Timestamp(today))
    talked = encounter[talks].sort_values("on", kind="stable")
    uneasy = talked["hard"] | (talked["comfort"] <= 2)
    last_two = uneasy.groupby(talked["contact_id"]).tail(2)
    counted = last_two.groupby(talked["contact_id"].loc[last_two.index]).agg(["sum", "size"])
    return people.index.isin(counted.index[(counted["sum"] == 2) & (counted["size"] == 2)])


def pace_cautions(frames: Frames, today: date, settings: Settings) -> Iterator[Caution]:
    """Yield the warnings about the user's own pace: mixers, cards, hard days."""
    event, encounter = frames["event"], frames["encounter"]
    mixers = event[event["kind"] == "mixer"]
    near = mixers[
        (mixers["on"] > pd.Timestamp(today - timedelta(days=settings.mixer_days)))
        & (mixers["on"] <= pd.Timestamp(today + timedelta(days=14)))
    ]
    if len(near) > settings.mixers_most:
        yield Caution("", reason_for("guard_mixers", count=len(near)))
    past = mixers[mixers["on"] <= pd.Timestamp(today)]
    rate = follow_up_rate(past, encounter, settings.follow_up_days)
    if rate is not None and rate < settings.follow_up_least:
        yield Caution("", reason_for("guard_mixer_follow_up"))
    histories = history(frames, today, settings)
    new = histories["new_on"].to_numpy() > day_number(today) - 30
    thanked = int((new & histories["thanked"].to_numpy()).sum())
    if new.sum() >= settings.collecting_least and new.sum() > settings.collecting_times * thanked:
        yield Caution("", reason_for("guard_collecting", count=int(new.sum())))
    hard = int(histories["hard"].sum())
    if hard >= settings.hard_most:
        yield Caution("", reason_for("guard_heart", count=hard))


def follow_up_rate(mixers: pd.DataFrame, encounter: pd.DataFrame, within: int) -> float | None:
    """Return the share (0 to 1) of people met at the last three mixers the user followed up with.

    A follow-up is an encounter that the user started within `within` days after the mixer.
    None while fewer than three mixers have people noted.
    """
    met = encounter[encounter["event_id"].isin(mixers.index)]
    last = mixers.loc[mixers.index.isin(met["event_id"])].sort_values("on").tail(3)
    if len(last) < 3:
        return None
    met = met[met["event_id"].isin(last.index)]
    wrote = encounter[(encounter["started_by"] == "me") & (encounter["event_id"] == "")]
    both = met.merge(wrote, on="contact_id", suffixes=("", "_after"))
    passed = (both["on_after"] - both["on"]).dt.days
    followed = both.loc[(passed >= 0) & (passed <= within), "contact_id"].nunique()
    return followed / met["contact_id"].nunique()
