"""The thread of the open goal: a kind of person, one such person, and what is under way with them.

Its links are connected by the ids of their rows, never by words they have in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from enishi.choices import INTRODUCTION_STEPS
from enishi.coach.goal.open_goals import open_goal, rows_of_open_goals
from enishi.coach.goal.place_dates import date_of
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    active_contacts,
    day_number,
    day_numbers,
    is_filled,
    isin,
    iter_rows,
    names_by_id,
)
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.suggestible import suggestible_mask

LINKS = ("goal", "role", "person", "gift", "step", "promise", "introduction")
"""The links in order; keys of `thread` in `data/words/workbook.yaml`."""


@dataclass(frozen=True)
class ThreadRow:
    """The row of the book that is one link of the thread.

    Attributes:
        id: the row's id; of `person` the contact's.
        words: the user's own text; of `person` and `introduction` a name.
        day: the day of a gift, a step or a promise; None where none is written.
    """

    id: str
    words: str
    day: date | None = None


def goal_thread(frames: Frames, today: date) -> dict[str, ThreadRow | None]:
    """Return the row of each link, by its name in the order of `LINKS`; None where it is missing.

    Of several people, or of several rows about one, the thread takes the one with the nearest day:
    the next from today on, else the latest before. Where no day is written it takes the newest; of
    several kinds of person without anybody, the one needed now.

    Args:
        frames: the book's frames.
        today: the user's current date.

    Returns:
        Only people the user has looked at and who do not rest, are not closed, not in the trash
        and showed no signs of solicitation.
    """
    goal = open_goal(frames)
    role = rows_of_open_goals(frames, "role")
    found: dict[str, ThreadRow | None] = dict.fromkeys(LINKS)
    if goal is not None:
        found["goal"] = ThreadRow(str(getattr(goal, "name", "")), str(goal["wish"]))
    role = role[is_filled(role["does"]) | is_filled(role["name"])] if len(role) else role
    if role.empty:
        return found
    people = _people_of(frames, role, today)
    under_way = {
        "gift": _gifts_to(frames, people),
        "step": _rows_with(open_steps(frames), people),
        "promise": _open_promises_with(frames, people),
    }
    introductions = _introductions_with(frames, people)
    person = _choose_person(people, [*under_way.values(), introductions], today)
    needed = _newest(role[role["needed_now"]]) or _newest(role)
    role_id = str(people.at[person, "role_id"]) if person else needed
    if role_id:
        does, name = (str(role.at[role_id, column]) for column in ("does", "name"))
        found["role"] = ThreadRow(role_id, does if does.strip() else name)
    if not person:
        return found
    found["person"] = ThreadRow(person, names_by_id(people.loc[[person]])[person])
    for name, rows in under_way.items():
        found[name] = _choose_row(rows[rows["with"] == person], today)
    found["introduction"] = _choose_row(introductions[introductions["with"] == person], today)
    return found


def _people_of(frames: Frames, role: pd.DataFrame, today: date) -> pd.DataFrame:
    """Return the contacts noted as one of the kinds in `role` whom the thread may name."""
    people = active_contacts(frames)
    people = people[people["role_id"].isin(role.index)]
    return people[suggestible_mask(people, frames) & ~_resting_mask(people, today)]


def _resting_mask(people: pd.DataFrame, today: date) -> pd.Series[bool]:
    """Return a mask of the contacts who are closed, not to be contacted, or in peace for now."""
    quiet = people["quiet_until"] > pd.Timestamp(today)
    return people["closed"] | people["do_not_contact"] | quiet


def _rows(rows: pd.DataFrame, words: str, day: str, who: str = "contact_id") -> pd.DataFrame:
    """Return `rows` with the columns `with` (a contact), `words`, `day` and `done` (no)."""
    columns = {"with": rows[who], "words": rows[words], "day": rows[day], "done": False}
    return pd.DataFrame(columns, index=rows.index)


def _rows_with(steps: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return the steps with one of `people`."""
    return _rows(steps[steps["contact_id"].isin(people.index)], "words", "on")


def _gifts_to(frames: Frames, people: pd.DataFrame) -> pd.DataFrame:
    """Return the gifts planned for one of `people` or given to them; the given ones are `done`."""
    give = frames["give"]
    mine = isin(give["direction"], "out") & isin(give["state"], "planned", "done")
    give = give[mine & give["contact_id"].isin(people.index) & is_filled(give["what"])]
    return _rows(give, "what", "on").assign(done=isin(give["state"], "done"))


def _open_promises_with(frames: Frames, people: pd.DataFrame) -> pd.DataFrame:
    """Return the open promises of either side with one of `people`."""
    promise = frames["promise"]
    open_ = isin(promise["state"], "open") & is_filled(promise["words"])
    return _rows(promise[open_ & promise["contact_id"].isin(people.index)], "words", "due")


def _introductions_with(frames: Frames, people: pd.DataFrame) -> pd.DataFrame:
    """Return the introductions under way by one of `people` or to one; `words` name the other."""
    rows = frames["introduction"]
    rows = rows[isin(rows["state"], *INTRODUCTION_STEPS[:-1])]
    both = rows["bridge_id"].isin(people.index) | rows["target_id"].isin(people.index)
    contact = active_contacts(frames)
    named = contact[contact.index.isin([*rows["bridge_id"][both], *rows["target_id"][both]])]
    named = named[suggestible_mask(named, frames)]
    names = names_by_id(named)
    found = []
    for id, row in iter_rows(rows[both]):
        target = names.get(row["target_id"], "" if row["target_id"] else row["target_words"])
        others = {"bridge_id": target, "target_id": names.get(row["bridge_id"], "")}
        found += [
            {"id": id, "with": row[who], "words": words, "day": pd.NaT, "done": False}
            for who, words in others.items()
            if row[who] in people.index and words.strip()
        ]
    columns = ["id", "with", "words", "day", "done"]
    table = pd.DataFrame(found, columns=columns).set_index("id")
    return table.astype({"day": "datetime64[s]", "done": "bool"})


def _choose_person(people: pd.DataFrame, under_way: list[pd.DataFrame], today: date) -> str:
    """Return the id of the person of the nearest row, else of the newest person; '' if none."""
    filled = [rows for rows in under_way if len(rows)]
    if not filled:
        return _newest(people)
    rows = pd.concat(filled)
    return str(rows["with"].iloc[_nearest(rows, today)])


def _choose_row(rows: pd.DataFrame, today: date) -> ThreadRow | None:
    """Return the nearest of `rows` as a link, one that is not done first; None if there is none."""
    if rows.empty:
        return None
    at = _nearest(rows, today)
    words, day = rows["words"].iloc[at], rows["day"].iloc[at]
    return ThreadRow(str(rows.index[at]), str(words), date_of(day))


def _nearest(rows: pd.DataFrame, today: date) -> int:
    """Return the place of the nearest of `rows`, which are not empty; see `goal_thread`."""
    days, now = day_numbers(rows["day"]), day_number(today)
    dated, past = days > NEVER, days < now
    away = np.where(dated, np.abs(days - now), 0)
    newest = np.argsort(np.argsort(rows.index.to_numpy(object)))
    return int(np.lexsort((-newest, away, past, ~dated, rows["done"].to_numpy(bool)))[0])


def _newest(rows: pd.DataFrame) -> str:
    """Return the id of the last of `rows`; '' if there is none."""
    return "" if rows.empty else str(rows.index[-1])
