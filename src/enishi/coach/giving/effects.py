"""What gifts did for those who got them: when to ask, and what truly gladdened."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.history import Frames, active_contacts, is_filled, isin
from enishi.coach.relations.suggestible import suggestible_mask
from enishi.coach.rules.settings import Settings

_REGRET = re.compile(
    r"ない|なかっ|ません|ずに|困|迷惑|負担|重かっ|気まず|微妙|いまひとつ|断られ|返され|捨て"
    r"|\b(?:not?|never|nothing|nobody|unused|useless|unwanted|sorry|awkward|embarrassed|annoyed"
    r"|returned it|gave it back|refused|declined|too much)\b|n't\b",
    re.IGNORECASE,
)
"""Words in an effect that may tell of something that did not please."""


def gifts_to_ask_about(
    frames: Frames, today: date, settings: Settings | None = None
) -> pd.DataFrame:
    """Return the gives whose effect the user can be asked about today, the oldest first.

    Args:
        frames: needs contact, give and what `suggestible_mask` needs.
        today: the user's current date.
        settings: for how many days after a give the question waits, and stands.

    Returns:
        Rows of the give frame: the user's, done `effect_after_days` to `effect_until_days` days
        ago, for contacts that may be named, without an effect, and not asked about before.
    """
    settings = settings or Settings()
    give = frames["give"]
    first = pd.Timestamp(today - timedelta(days=settings.effect_until_days))
    last = pd.Timestamp(today - timedelta(days=settings.effect_after_days))
    waiting = (
        _given(give)
        & give["on"].between(first, last).to_numpy()
        & ~is_filled(give["effect"])
        & give["effect_asked_on"].isna().to_numpy()
    )
    return _to_suggestible(frames, give[waiting]).sort_values("on", kind="stable")


def things_to_follow(frames: Frames, today: date, settings: Settings | None = None) -> pd.DataFrame:
    """Return what came to the user through contacts and may be asked about: what followed from it?

    Args:
        frames: as for `gifts_to_ask_about`.
        today: the user's current date.
        settings: for how many days the question waits.

    Returns:
        Rows of the give frame, the oldest first. Each is asked about once.
    """
    give = frames["give"]
    last = pd.Timestamp(today - timedelta(days=(settings or Settings()).effect_after_days))
    waiting = (
        isin(give["direction"], "in")
        & ~isin(give["came"], "")
        & (give["on"] <= last).to_numpy()
        & ~is_filled(give["effect"])
        & give["effect_asked_on"].isna().to_numpy()
    )
    return _to_suggestible(frames, give[waiting]).sort_values("on", kind="stable")


def gifts_that_gladdened(
    frames: Frames, since: date | None = None, until: date | None = None
) -> pd.DataFrame:
    """Return the user's gives whose effect is written, the latest first, undated ones last.

    Args:
        frames: as for `gifts_to_ask_about`.
        since: the first day of the gives; None for no limit.
        until: the last day of the gives; None for no limit.

    Returns:
        Rows of the give frame, for contacts that may be named. With a limit, gives without a day
        are left out, and so is any whose effect may tell of something that did not please.
    """
    give = frames["give"]
    rows = _to_suggestible(frames, give[_given(give) & is_filled(give["effect"])])
    rows = rows[~np.fromiter(map(may_be_regretted, rows["effect"]), np.bool_, len(rows))]
    if since is not None:
        rows = rows[rows["on"] >= pd.Timestamp(since)]
    if until is not None:
        rows = rows[rows["on"] <= pd.Timestamp(until)]
    return rows.sort_values("on", ascending=False, kind="stable")


def may_be_regretted(effect: str) -> bool:
    """Return whether the words about an effect may tell of something that did not please.

    Nothing is proposed on such words. Any "not" counts, so that some good words are left out, too.

    >>> may_be_regretted("She never used it"), may_be_regretted("一度も使わなかったらしい")
    (True, True)
    >>> may_be_regretted("They wrote “that helped a lot”"), may_be_regretted("一日笑っていた")
    (False, False)
    """
    return bool(_REGRET.search(effect.replace("’", "'")))


def smallest_first(gladdened: pd.DataFrame) -> pd.DataFrame:
    """Return gives whose effect is written, small ones first, those of one size the latest first.

    A give without a size is one the user put into their own words; it counts as small.
    """
    size = gladdened["size"].map({"medium": 1, "large": 2}).fillna(0)
    order = gladdened.assign(effort=size)
    return order.sort_values(["effort", "on"], ascending=[True, False], kind="stable")


def _given(give: pd.DataFrame) -> NDArray[np.bool_]:
    """Return a mask of the gives of the user that are done and have a text."""
    return isin(give["direction"], "out") & isin(give["state"], "done") & is_filled(give["what"])


def _to_suggestible(frames: Frames, give: pd.DataFrame) -> pd.DataFrame:
    """Return those of the gives that went to contacts a suggestion may name."""
    people = active_contacts(frames)
    people = people[people.index.isin(give["contact_id"])]
    named = people.index[suggestible_mask(people, frames)]
    return give[give["contact_id"].isin(named)]
