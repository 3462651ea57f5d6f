"""Whether somebody near thinks so, too, as the user says when asked (A1)."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import Frames, is_filled, isin, names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts

NOT_YET = "not_yet"
"""The answer that nothing has shown it yet."""


def mutual_ids(frames: Frames) -> set[str]:
    """Return the ids of the contacts of whom the user said that they think so, too."""
    rows = answers_to(frames, "mutual").drop_duplicates("about", keep="last")
    return set(rows["contact_id"][~isin(rows["chosen"], NOT_YET)]) if len(rows) else set()


def mutual_words(frames: Frames, since: date, until: date) -> tuple[tuple[str, str], ...]:
    """Return the name of each such contact and what showed it, as answered between two dates."""
    rows = answers_to(frames, "mutual")
    if rows.empty:
        return ()
    rows = rows[rows["on"].between(pd.Timestamp(since), pd.Timestamp(until)).to_numpy()]
    rows = rows[is_filled(rows["words"]) & ~isin(rows["chosen"], NOT_YET)]
    who = names_by_id(suggestible_contacts(frames))
    pairs = zip(rows["contact_id"], rows["words"], strict=True)
    return tuple((who[id], " ".join(words.split())) for id, words in pairs if id in who)
