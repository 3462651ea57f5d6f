"""Contacts and gives week by week, to look back on rather than to count up."""

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
        monday: the first day of the week.
        met: ids of the contacts with an encounter, each once, in the order of the days.
        given: the number of gives by the user.
        received: the number of gives to the user.
    """

    monday: date
    met: tuple[str, ...]
    given: int
    received: int


def weeks(frames: Frames, today: date, count: int = 8) -> tuple[Week, ...]:
    """Return the last `count` weeks up to the present one, the oldest first.

    Args:
        frames: needs encounter and give.
        today: the user's current date; later entries are plans and do not count.
        count: the number of weeks.
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
