"""Promises: detection in a text, and the dates they are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from enishi.coach.language.date_phrases import find_date
from enishi.coach.language.phrase_rules import plain_text, read_phrase_rules
from enishi.coach.language.promise_titles import promise_title
from enishi.coach.language.spoken_promises import find_promises
from enishi.coach.relations.history import FrameRow, Frames, active_contacts, is_filled, isin
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class DetectedPromise:
    """A promise detected in a text, to be offered to the user, never stored without a yes.

    Attributes:
        words: the sentence as written.
        kind: meal, send, introduce or contact; '' for another act.
        by: `me` or `them`.
        due: the date named in the sentence, or a suggestion.
        named: whether the sentence names the date.
        reason: why it counts as a promise.
    """

    words: str
    kind: str
    by: str
    due: date
    named: bool
    reason: Reason


def detect_kind(words: str) -> str:
    """Return what a promise in these words is about; '' for another act.

    >>> detect_kind("また食事でも"), detect_kind("写真を送ります"), detect_kind("手伝います")
    ('meal', 'send', '')
    """
    rules = read_phrase_rules("promise_kinds")
    return next((rule.section for rule in rules if rule.find(words)), "")


def promise_kind(promise: FrameRow) -> str:
    """Return the kind of a promise, as stored or else as its words say; '' for another act."""
    return str(promise["kind"]) or detect_kind(str(promise["words"]))


def detect_promises(
    text: str, today: date, settings: Settings | None = None
) -> tuple[DetectedPromise, ...]:
    """Return the promises detected in `text`, in its order.

    >>> [(h.kind, h.by) for h in detect_promises("また食事でも。", date(2026, 11, 20))]
    [('meal', 'me')]
    """
    settings = settings or Settings()
    heard = []
    for spoken in find_promises(text):
        kind = detect_kind(spoken.words)
        rule = f"heard_{kind or 'other'}"
        if not settings.is_enabled(rule):
            continue
        named = find_date(plain_text(spoken.words), today)
        days = settings.meal_days if kind == "meal" else settings.promise_days
        why = reason_for(rule, words=spoken.words)
        due = named or today + timedelta(days=days)
        heard.append(DetectedPromise(spoken.words, kind, spoken.by, due, named is not None, why))
    return tuple(heard)


def open_promises(frames: Frames, today: date, settings: Settings | None = None) -> pd.DataFrame:
    """Return the open promises to and from active contacts, with a due date for each.

    Returns:
        Rows of the promise frame, the soonest first, with `dated` (whether `due` is written). For
        their order, an empty `due` is filled with `said_on` + `promise_days`, or `today` +
        `promise_days` where `said_on` is empty; no sentence may say such a day.
    """
    settings = settings or Settings()
    promise = frames["promise"]
    rows = promise[
        (promise["state"] == "open") & promise["contact_id"].isin(active_contacts(frames).index)
    ]
    said = rows["said_on"].fillna(pd.Timestamp(today)) + pd.Timedelta(days=settings.promise_days)
    rows = rows.assign(due=rows["due"].fillna(said), dated=rows["due"].notna())
    return rows.sort_values("due", kind="stable")


def promises_with(frames: Frames, contact_id: str) -> pd.DataFrame:
    """Return the open promises of either side with one contact, by date, undated ones last."""
    promise = frames["promise"]
    rows = promise[isin(promise["state"], "open") & isin(promise["contact_id"], contact_id)]
    return rows[is_filled(rows["words"])].sort_values("due", kind="stable")


def promise_reason(name: str, words: str, due: date | None) -> Reason:
    """Return why an open promise is shown: its title, and its day where one is written."""
    words = promise_title(words)
    if due is None:
        return reason_for("promise_undated", name=name, words=words)
    return reason_for("promise", name=name, words=words, due=due.isoformat())
