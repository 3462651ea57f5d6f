"""Questions that follow from what the user wrote about a contact."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.asking.question import Question
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.cadence import rhythms
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    active_contacts,
    day_number,
    day_numbers,
    day_of,
    history,
    is_filled,
    isin,
    iter_rows,
    name_of,
)
from enishi.coach.relations.nearness import NEAR_WORDS
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.rules.settings import Settings

WITHOUT_A_REASON = ("family", "friend")
"""Values of `known_as` for which the question `why_known` is not asked."""


def ask_mutual(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask, some weeks after a contact was called near, what shows that they think so, too (A1).

    The weeks begin on the day they became near; where none is written, on the day they were added.
    Family is not asked about.
    """
    people = active_contacts(frames)
    since = people["closeness_on"].fillna(people["acquired_on"])
    near = isin(people["closeness"], *NEAR_WORDS) & ~isin(people["known_as"], "family")
    asked = near & _due_mask(since, settings.mutual_after_days, today, settings)
    for (id, row), on in zip(iter_rows(people[asked]), since[asked], strict=True):
        due = on.date() + timedelta(days=settings.mutual_after_days)
        yield Question("mutual", id, due, id, {"name": name_of(row)})


def ask_why_known(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask, a week after a name was typed in, which kind they are for, or "just because" (A10, B73).

    Nobody asks while no kind is written, nor about family and old friends.
    """
    kinds = rows_of_open_goals(frames, "role")
    named = ((id, str(row["name"] or row["does"])) for id, row in iter_rows(kinds))
    options = tuple((id, " ".join(text.split())) for id, text in named if text.strip())
    if not options:
        return
    people = active_contacts(frames)
    bare = isin(people["source"], "typed") & ~is_filled(people["role_id"])
    bare &= ~isin(people["known_as"], *WITHOUT_A_REASON)
    bare &= _due_mask(people["acquired_on"], settings.why_known_after_days, today, settings)
    for id, row in iter_rows(people[bare]):
        due = row["acquired_on"].date() + timedelta(days=settings.why_known_after_days)
        yield Question("why_known", id, due, id, {"name": name_of(row)}, options)


def ask_fading(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask why a tie fades (B12): one that is near or has its own rhythm, and is long overdue.

    It is long overdue when its health is that of a tie asleep; the question is about the last
    meaningful meeting, or about the contact where none is entered.
    """
    people = active_contacts(frames)
    kept = isin(people["closeness"], *NEAR_WORDS) | people["cadence_days"].notna().to_numpy()
    people = people[kept & ~people["closed"].to_numpy()]
    if people.empty:
        return
    encounter = frames["encounter"]
    encounter = encounter[encounter["contact_id"].isin(people.index)]
    near: Frames = ChainMap({"contact": people, "encounter": encounter}, frames)  # type: ignore[arg-type]
    seen = history(near, today, settings)
    every = rhythms(people, stage_numbers(seen, settings), settings)
    last = np.maximum(seen["last_meaningful"].to_numpy(), seen["last_said"].to_numpy())
    due_on = last + np.floor(every * (1 + np.log2(1 / settings.health_asleep))) + 1
    late = day_number(today) - due_on  # NaN where there is no rhythm
    asked = (last > NEVER) & (late >= 0) & (late <= settings.question_open_days)
    for place in np.flatnonzero(asked):
        id, row, due = str(people.index[place]), people.iloc[place], day_of(int(due_on[place]))
        there = encounter[isin(encounter["contact_id"], id)]
        there = there[day_numbers(there["on"]) == last[place]]
        about = str(there.index[-1]) if len(there) else id
        yield Question("fading", about, due, id, {"name": name_of(row)})


def ask_lesson(frames: Frames, today: date, settings: Settings) -> Iterator[Question]:
    """Ask what followed from a talk with a contact who likes to teach, a week after it (A24).

    They said so, or the user saw it, and something was noted of the talk.
    """
    fact, contact = frames["fact"], frames["contact"]
    sure = isin(fact["kind"], "teaches") & isin(fact["source"], "said", "seen")
    if not sure.any():
        return
    encounter = frames["encounter"]
    talks = isin(encounter["kind"], *TOGETHER) & is_filled(encounter["note"])
    talks &= encounter["contact_id"].isin(fact["contact_id"][sure]).to_numpy()
    talks &= _due_mask(encounter["on"], settings.lesson_after_days, today, settings)
    for id, row in iter_rows(encounter[talks]):
        on = row["on"].date()
        facts = {"name": name_of(contact.loc[row["contact_id"]]), "day": on}
        due = on + timedelta(days=settings.lesson_after_days)
        yield Question("lesson", id, due, row["contact_id"], facts)


def _due_mask(
    since: pd.Series[Any], after: int, today: date, settings: Settings
) -> NDArray[np.bool_]:
    """Return a mask of the days of which a question, so many days later, may be asked today."""
    last = today - timedelta(days=after)
    first = last - timedelta(days=settings.question_open_days)
    return np.asarray(since.between(pd.Timestamp(first), pd.Timestamp(last)), dtype=bool)
