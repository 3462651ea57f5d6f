"""Which message fits now: the kind of draft that the history calls for, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from enishi.choices import LETTERS, REPAIRS
from enishi.coach.giving.promises import open_promises, promise_reason
from enishi.coach.goal.place_dates import date_of
from enishi.coach.network.introduction_steps import LETTER_OF, step_reason
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    frames_of,
    history,
    isin,
    iter_rows,
    name_of,
    names_by_id,
)
from enishi.coach.relations.solicitation import is_soliciting, soliciting_mask
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings
from enishi.coach.today.priorities import build_priorities
from enishi.coach.today.suggestions import suggest

LETTER_KINDS = {
    "thank": "thanks",
    "second": "second",
    "third": "news",
    "news": "news",
    "give": "grateful",
    "occasion": "wishes",
    "reconnect": "news",
    "catch_up": "news",
    "talk": "news",
    "goal": "news",
}
"""The kind of draft for each kind of act that the coach suggests."""


REPAIR = "repair"
"""The act, and the kind of draft, where something hurt: no news before a word about that (B12)."""


@dataclass(frozen=True)
class MessageSuggestion:
    """A kind of message that fits now.

    Attributes:
        kind: the kind of the draft.
        reason: why now.
        promise_id: the id of the promise it keeps, or ''.
        introduction_id: the id of the introduction it belongs to, or ''.
    """

    kind: str
    reason: Reason
    promise_id: str = ""
    introduction_id: str = ""


def suggest_kinds(
    frames: Frames,
    contact_id: str,
    today: date,
    now: datetime,
    settings: Settings | None = None,
) -> tuple[MessageSuggestion, ...]:
    """Return the kinds of message that fit a contact now, the best first; may be empty.

    First meetings have their window: thanks within a day or so, a second message after one to two
    weeks, and then news. A contact with signs of solicitation gets only a refusal. Other exclusions
    do not count, because here the user has chosen whom to write to.

    Args:
        frames: the book's frames.
        contact_id: the recipient.
        today: the user's current date.
        now: the current moment; naive means UTC.
        settings: rules of thumb and disabled rules.

    Raises:
        KeyError: no contact has this id.
    """
    settings = settings or Settings()
    near = frames_of(frames, contact_id)
    found = list(introduction_kinds(near, frames, contact_id, settings))
    view = build_priorities(near["contact"], near, today, now, settings)
    person = near["contact"].iloc[0]
    if is_soliciting(person):
        return (MessageSuggestion("refuse", reason_for("guard_signs", name=name_of(person))),)
    if view.act[0] in LETTER_KINDS:
        row = suggest(person, 0, view, near, today, settings, ())
        hurt = row.ready.key == REPAIR
        because = row.ready.reason or row.reason
        kind, reason = (REPAIR, because) if hurt else (LETTER_KINDS[row.act], row.reason)
        found.append(MessageSuggestion(kind, reason))
    return (*promise_kinds(near, today, settings), *found)


def promise_kinds(near: Frames, today: date, settings: Settings) -> tuple[MessageSuggestion, ...]:
    """Return the messages for the user's soonest promise to a contact; () where none is open.

    Once its written day has passed, these are the three that mend it.

    Args:
        near: the frames reduced to the contact, from `frames_of`.
        today: the user's current date.
        settings: the disabled rules.
    """
    promise = open_promises(near, today, settings)
    for id, row in iter_rows(promise[promise["by"] == "me"].head(1)):
        due = row["due"].date() if row["dated"] else None
        reason = promise_reason(name_of(near["contact"].iloc[0]), row["words"], due)
        if settings.is_enabled(reason.rule):
            late = due is not None and due < today
            kinds = REPAIRS if late else ("promise",)
            return tuple(MessageSuggestion(kind, reason, promise_id=id) for kind in kinds)
    return ()


def promise_letter_kind(frames: Frames, promise_id: str, today: date) -> str:
    """Return the kind of the message that keeps a promise: late, once its day has passed.

    Raises:
        KeyError: no promise has this id.
    """
    due = date_of(frames["promise"].at[promise_id, "due"])
    return "promise_late" if due and due < today else "promise"


def default_kind(frames: Frames, contact_id: str, today: date) -> str:
    """Return the kind of message where no other kind fits.

    `impression` (of their work, needs no reply) for a contact the user has yet to be introduced
    to, else `news`.
    """
    histories = history(frames_of(frames, contact_id), today)
    return "impression" if histories["stranger"].iloc[0] else "news"


FIRST_KINDS = ("thanks", "second")
"""Kinds of message for contacts just met."""
REFUSALS = ("decline", "refuse")
"""Kinds of message for a contact with signs of solicitation."""


def open_kinds(frames: Frames, contact_id: str, today: date) -> tuple[str, ...]:
    """Return the kinds of message that may be chosen for a contact.

    Texts of a first meeting are only for a contact noted as just met, those that mend a promise
    only where its day has passed, and a contact with signs of solicitation gets only refusals.
    `forward` goes along with a request.

    Raises:
        KeyError: no contact has this id.
    """
    near = frames_of(frames, contact_id)
    if is_soliciting(near["contact"].iloc[0]):
        return REFUSALS
    just_met = history(near, today)["new_on"].iloc[0] > NEVER
    without = {"forward"} if just_met else {"forward", *FIRST_KINDS}
    promise = near["promise"]
    mine = isin(promise["state"], "open") & isin(promise["by"], "me")
    if not (promise["due"][mine] < pd.Timestamp(today)).any():
        without |= set(REPAIRS)
    return tuple(kind for kind in LETTERS if kind not in without)


def introduction_kinds(
    near: Frames, frames: Frames, contact_id: str, settings: Settings
) -> tuple[MessageSuggestion, ...]:
    """Return the messages to this contact that the introductions under way need.

    Args:
        near: the frames reduced to the contact, from `frames_of`.
        frames: the book's frames.
        contact_id: the recipient.
        settings: the disabled rules.
    """
    contact = frames["contact"]
    named = contact.loc[sorted(introduced_ids(near) & set(contact.index))]
    unwelcome = set(named.index[soliciting_mask(named)])
    who = names_by_id(named)
    found = []
    for key, row in iter_rows(near["introduction"]):
        kind, to = LETTER_OF.get(row["state"], ("", ""))
        if unwelcome & {row["bridge_id"], row["target_id"]}:
            continue
        if (
            not kind
            or row[f"{to}_id"] != contact_id
            or not settings.is_enabled(f"desk_{row['state']}")
        ):
            continue
        target = who.get(row["target_id"], "") or row["target_words"]
        reason = step_reason(row["state"], bridge=who.get(row["bridge_id"], ""), target=target)
        found.append(MessageSuggestion(kind, reason, introduction_id=key))
    return tuple(found)


def introduced_ids(near: Frames) -> set[str]:
    """Return the ids of the contacts in the introductions, as bridge or target."""
    introduction = near["introduction"]
    return {*introduction["bridge_id"], *introduction["target_id"]}
