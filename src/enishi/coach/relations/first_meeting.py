"""The days after a first meeting: thanks, a second touch, and later news."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enishi.coach.rules.settings import Settings


def first_weight(hours: ArrayLike, settings: Settings | None = None) -> NDArray[np.float64]:
    """Return the urgency of a first message, 0 to 1, by hours since the meeting.

    >>> first_weight([20, 40, 100, 400, 800]).tolist()
    [1.0, 0.8, 0.5, 0.2, 0.0]
    """
    settings = settings or Settings()
    h = np.asarray(hours, dtype=float)
    steps = [settings.thanks_hours, settings.thanks_grace_hours, 168, settings.news_after_days * 24]
    return np.select(
        [h <= most for most in steps],
        [1.0, settings.first_grace, settings.first_week, settings.first_month],
        0.0,
    )


def text_kind(
    hours: ArrayLike,
    thanked: ArrayLike,
    reaches: ArrayLike,
    settings: Settings | None = None,
    tries: int | None = None,
) -> NDArray[np.str_]:
    """Return the kind of message that fits the time since a first meeting.

    Args:
        hours: hours since the first meeting.
        thanked: whether the user wrote since the meeting.
        reaches: how often the user wrote or called since the meeting.
        settings: the days of the window.
        tries: how many messages may follow the meeting; `first_tries` by default. A third one
            waits until the end of the window for the second.

    Returns:
        `thanks`, `second` (second touch), `third` (a further one), `news` (ご無沙汰, too late for
        thanks) or '' (none).
    """
    settings = settings or Settings()
    h, said, wrote = np.asarray(hours, float), np.asarray(thanked, bool), np.asarray(reaches)
    most = settings.first_tries if tries is None else tries
    since = np.where(wrote < 2, settings.second_touch_from_days, settings.second_touch_to_days)
    again = said & (wrote < most) & (h >= since * 24) & (h <= 720)
    return np.select(
        [
            ~said & (h <= settings.news_after_days * 24),
            again & (wrote < 2),
            again,
            ~said,
        ],
        ["thanks", "second", "third", "news"],
        "",
    )
