"""How far a contact fits the goal: by the kind of person noted, or by topics."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.language.words import NO_ANSWERS, WordAnswers, matches_of_each
from enishi.coach.relations.history import Frames, iter_rows


def goal_needs(frames: Frames) -> dict[str, str]:
    """Return the kinds of person that the open goals need, `{role id: what they do}`.

    The name of the role stands in where what they do is not written.
    """
    rows = rows_of_open_goals(frames, "role")
    return {
        key: row["does"] or row["name"]
        for key, row in iter_rows(rows)
        if row["does"] or row["name"]
    }


def kinds_needed_now(frames: Frames) -> set[str]:
    """Return the ids of the kinds of person that the user marked as the one needed now (A11)."""
    rows = rows_of_open_goals(frames, "role")
    return {str(id) for id in rows.index[rows["needed_now"]]}


def goal_fit(
    people: pd.DataFrame, needs: dict[str, str], answers: WordAnswers = NO_ANSWERS
) -> NDArray[np.float64]:
    """Return the share of the goal's kinds of person that each contact matches, 0 to 1.

    A contact noted as one of those kinds has a fit of 1.

    Args:
        people: contacts with their topics.
        needs: from `goal_needs`.
        answers: what the user has said about words that belong together.

    Returns:
        One value per contact, in the order of `people`.
    """
    if not needs:
        return np.zeros(len(people))
    every = people["topics"].tolist()
    topics = list(chain.from_iterable(every))
    whose = np.repeat(np.arange(len(every)), list(map(len, every)))
    matched = np.zeros(len(people))
    for touching in matches_of_each(needs.values(), topics, answers):
        if touching:
            hit = np.fromiter(map(touching.__contains__, topics), np.bool_, len(topics))
            matched += np.bincount(whose[hit], minlength=len(people)) > 0
    fit: NDArray[np.float64] = matched / len(needs)
    fit[people["role_id"].isin(list(needs)).to_numpy()] = 1.0
    return fit
