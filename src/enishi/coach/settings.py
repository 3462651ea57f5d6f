"""The coach's rules of thumb: every number that no study fixes, in one place, changeable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self


@dataclass(frozen=True)
class Settings:
    """What the person may change; each default is a rule of thumb (目安), never a verdict."""

    switched_off: frozenset[str] = frozenset()
    """Keys of the rules that are not to speak."""
    paused_until: date | None = None
    """The whole list is silent up to and with this day."""

    rows_shown: int = 5
    """Most rows on the list of today."""
    reach_outs_per_week: int = 5
    """People to reach out to in one week, beyond promises and first thanks."""
    capacity_per_week: int = 7
    """Contacts a week that feel right; more planned than this is said aloud."""
    focus_most: int = 5
    """People in focus at the same time."""
    gifts_shown: int = 3
    """Small gifts shown for one person."""
    idle_days: int = 21
    """After so many days without an entry the book says welcome back."""
    dials_days: int = 28
    """Days after which the three dials may say something new; never a duty."""

    keep_s2_days: int = 180
    """Days between contacts that keep an acquaintance (layers of friendship)."""
    keep_s3_days: int = 90
    """Days between contacts that keep trust."""
    keep_s4_days: int = 30
    """Days between contacts that keep companions."""
    grow_s1_days: int = 14
    """Days between contacts while a first meeting is fresh."""
    grow_s2_days: int = 30
    """Days between contacts with an acquaintance in focus."""
    grow_s3_days: int = 21
    """Days between contacts with a trusted person in focus."""
    grow_s4_days: int = 14
    """Days between contacts with a companion in focus."""
    first_tries: int = 2
    """Tries to reach somebody met once; afterwards the tie may rest."""

    thanks_hours: int = 24
    """Hours in which thanks after a first meeting are best said."""
    thanks_grace_hours: int = 48
    """Hours until which thanks are still quite natural."""
    second_touch_from_days: int = 7
    """First day of the window for a second touch after a first meeting."""
    second_touch_to_days: int = 14
    """Last day of the window for a second touch after a first meeting."""
    news_after_days: int = 30
    """From then on a first message is news of oneself, not thanks."""
    promise_days: int = 7
    """Due days for a promise that named no day."""
    meal_days: int = 14
    """Due days for "let us eat together some time"."""

    weight_promise: float = 0.30
    """Share of an open promise in the order of today."""
    weight_first: float = 0.25
    """Share of a fresh first meeting in the order of today."""
    weight_due: float = 0.20
    """Share of time gone by in the order of today."""
    weight_goal: float = 0.15
    """Share of the goal in the order of today."""
    weight_occasion: float = 0.10
    """Share of an occasion of theirs in the order of today."""

    unanswered_most: int = 2
    """Messages without an answer after which it is their turn."""
    unanswered_days: int = 60
    """Days to wait after that."""
    comfort_least: int = 3
    """Below this comfort only politeness is suggested (1 to 5)."""

    companion_hours: int = 20
    """Chosen hours together before companionship is asked about (Hall: 30-50 for friends)."""
    balance_low: float = -1 / 3
    """Below this balance, something in return comes first; one thing received is no debt."""
    balance_high: float = 0.5
    """Above this balance, asking whether the gives are wanted (-1 to 1)."""
    mixers_most: int = 2
    """Mixers in thirty days."""
    coverage_least: float = 0.6
    """Share of pairs answered before anything is said about circles."""
    bridge_rest_days: int = 90
    """Days before the same person is asked for another introduction."""
    hop_penalty: float = 0.75
    """What each further person between you and somebody takes from a path."""
    dormant_days: int = 1095
    """Days without contact after which a tie sleeps (three years)."""
    hard_most: int = 3
    """Hard meetings in two weeks after which a week of rest is offered."""

    @classmethod
    def from_rows(cls, rows: Mapping[str, Any]) -> Self:
        """Read settings from stored rows, `{name: value}`; nonsense leaves a default as it is.

        Args:
            rows: values as text, or already as number, list or day; unknown names are ignored.
        """
        read = {}
        for field in fields(cls):
            if field.name in rows:
                value = read_value(rows[field.name], field.default)
                if value is not None and is_sensible(field.name, value):
                    read[field.name] = value
        return cls(**read)

    def hears(self, rule: str) -> bool:
        """Return whether `rule` may speak."""
        return rule not in self.switched_off


LIMITS: dict[str, tuple[float, float]] = {
    "_days": (1, 3650),
    "_hours": (1, 1000),
    "_per_week": (1, 100),
    "_tries": (1, 10),
    "_most": (1, 30),
    "_shown": (1, 10),
    "rows_shown": (1, 5),
    "focus_most": (1, 5),
    "comfort_least": (1, 5),
    "balance_low": (-1, 0),
    "balance_high": (0, 1),
}
"""Least and most that make sense, by the end of a name; the later line wins. Shares are 0 to 1."""


def limits(name: str) -> tuple[float, float]:
    """Return the least and the most that make sense for a setting.

    >>> limits("meal_days"), limits("rows_shown"), limits("weight_goal")
    ((1, 3650), (1, 5), (0, 1))
    """
    return next((span for end, span in reversed(LIMITS.items()) if name.endswith(end)), (0, 1))


def is_sensible(name: str, value: object) -> bool:
    """Return whether a value makes sense for a setting; what is no number always does."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    least, most = limits(name)
    return least <= value <= most


def read_value(value: Any, default: object) -> Any:
    """Read one stored value as the kind of its default, or None where it is nonsense.

    >>> read_value("4", 5), read_value("-1", 5), read_value("soon", 5), read_value("0.5", 0.3)
    (4, None, None, 0.5)
    """
    try:
        if isinstance(default, frozenset):
            return frozenset(map(str, json.loads(value) if isinstance(value, str) else value))
        if default is None:
            return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
        if isinstance(default, int):
            return whole if 1 <= (whole := int(value)) <= 10_000 else None
        return share if -1 <= (share := float(value)) <= 1 else None
    except (TypeError, ValueError):
        return None
