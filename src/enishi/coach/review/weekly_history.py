"""Weeks: whom one met and what one gave, week by week, to look back on and not to count up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from enishi.coach.relations.history import Frames
from enishi.coach.today.rest import monday_of


@dataclass(frozen=True)
class Week:
    """One week.

    Attributes:
        monday: its first day.
        met: ids of the people there was contact with, each once, in the order of the days.
        given: how many gives went out.
        received: how many came in.
    """

    monday: date
    met: tuple[str, ...]
    given: int
    received: int


def weeks(frames: Frames, today: date, count: int = 8) -> tuple[Week, ...]:
    """Return the last `count` weeks up to today's, the oldest first.

    Args:
        frames: needs encounter and give.
        today: the person's day; later entries are plans and do not count.
        count: how many weeks.
    """
    first = monday_of(today) - timedelta(weeks=count - 1)
    span = pd.Timestamp(first), pd.Timestamp(today)
    encounter, give = frames["encounter"], frames["give"]
    met = encounter.loc[encounter["on"].between(*span), ["contact_id", "on"]]
    met = met[met["contact_id"] != ""].sort_values("on", kind="stable")
    gifts = give[give["on"].between(*span) & (give["state"] == "done")]
    met_week, gift_week = ((rows["on"] - span[0]).dt.days // 7 for rows in (met, gifts))
    return tuple(
        Week(
            first + timedelta(weeks=number),
            tuple(dict.fromkeys(met["contact_id"][met_week == number])),
            int((gifts["direction"][gift_week == number] == "out").sum()),
            int((gifts["direction"][gift_week == number] == "in").sum()),
        )
        for number in range(count)
    )
