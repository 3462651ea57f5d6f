"""The brief before a meeting: what is known of the contact, what is open, a gift, a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from enishi.choices import REQUESTS
from enishi.coach.giving.gift_ideas import FOR_ANYONE, GiftSuggestion, Idea, suggest_gifts
from enishi.coach.giving.promises import open_promises
from enishi.coach.goal.kind_questions import next_kind_question
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.language.meeting_words import says_meeting
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import (
    NEVER,
    WRITTEN,
    FrameRow,
    Frames,
    day_of,
    days_met,
    frames_of,
    is_filled,
    isin,
    iter_rows,
    names_by_id,
)
from enishi.coach.relations.steps import open_steps
from enishi.coach.relations.talks import (
    TOGETHER,
    Exchange,
    last_exchange,
    remembered_talk,
)
from enishi.coach.review.earlier_answers import helpful_kinds, questions_that_led
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.hobbies import SharedHobby, shared_hobbies
from enishi.coach.today.agenda import contactable


@dataclass(frozen=True)
class Meeting:
    """A meeting ahead.

    Attributes:
        contact_id: the contact to meet.
        on: the date.
        words: the note, the planned step or the event's name; '' where only the date is written.
        kind: the kind of encounter it will be; '' where it is not known.
    """

    contact_id: str
    on: date
    words: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Brief:
    """What to have in mind when meeting a contact; what is not written stays empty.

    Attributes:
        how: how or where they met, in the user's own words.
        through: the name of the person who introduced them, or ''.
        since: the date they met, None where unknown, as for imported contacts.
        last: the last talk that is entered, with or without a note.
        noted: the last talk before it with a note, where `last` has none.
        remembered: when the user remembers the last talk, and the day they said so; None where a
            later talk is entered.
        letter: the last letter or message with a note.
        changed: what the last meeting with such a note changed in the user, in their words.
        mine, theirs: the texts of the open promises of the user and of the contact, the soonest
            first.
        planned: what the user planned to give.
        gain: why the contact may be glad of a talk with the user, in the user's words.
        shared: the hobbies of both.
        gift: something small to bring, not planned yet, that rests on what is written about them.
        question: `own`, `gain`, `need`, `trying`, `topic`, `led` or `find_out`, and the facts that
            fill its sentence.
    """

    how: str
    through: str
    since: date | None
    last: Exchange | None
    noted: Exchange | None
    remembered: tuple[str, date] | None
    letter: Exchange | None
    changed: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    planned: tuple[str, ...]
    gain: str
    shared: tuple[SharedHobby, ...]
    gift: GiftSuggestion | None
    question: tuple[str, dict[str, Any]]


def meetings_ahead(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[Meeting, ...]:
    """Return the meetings within the next `brief_days` days, each contact once, the soonest first.

    A meeting is an encounter entered for a later day, a dated step whose words say that they meet,
    or an event that the contact hosts or to whose place they give access. A step to write or to
    send something is no meeting. Contacts at rest or not to be contacted are left out.
    """
    settings = settings or Settings()
    last = pd.Timestamp(today + timedelta(days=settings.brief_days))
    near = contactable(frames)
    every = [
        *entered_meetings(frames, near, today, last),
        *planned_meetings(frames, near, today, last),
    ]
    every += event_meetings(frames, near, today, last)
    soonest: dict[str, Meeting] = {}
    for meeting in sorted(every, key=lambda each: (each.on, not each.words, each.contact_id)):
        soonest.setdefault(meeting.contact_id, meeting)
    return tuple(soonest.values())


def entered_meetings(
    frames: Frames, near: pd.DataFrame, today: date, last: pd.Timestamp
) -> Iterator[Meeting]:
    """Yield the encounters entered for a later day; one of today may already be over."""
    rows = frames["encounter"]
    rows = rows[(rows["on"] > pd.Timestamp(today)) & (rows["on"] <= last)]
    rows = rows[rows["kind"].isin(TOGETHER) & rows["contact_id"].isin(near.index)]
    for _, row in iter_rows(rows):
        yield Meeting(row["contact_id"], row["on"].date(), row["note"], str(row["kind"]))


def planned_meetings(
    frames: Frames, near: pd.DataFrame, today: date, last: pd.Timestamp
) -> Iterator[Meeting]:
    """Yield the open steps dated from today to `last` whose words say that they meet."""
    steps = open_steps(frames)
    steps = steps[steps["on"].between(pd.Timestamp(today), last)]
    for _, row in iter_rows(steps[steps["contact_id"].isin(near.index)]):
        if says_meeting(row["words"]):
            yield Meeting(row["contact_id"], row["on"].date(), row["words"], "met")


def event_meetings(
    frames: Frames, near: pd.DataFrame, today: date, last: pd.Timestamp
) -> Iterator[Meeting]:
    """Yield the events that a contact hosts, or to whose place a contact gives access."""
    event, place = frames["event"], frames["place"]
    ahead = event[~event["done"] & event["on"].between(pd.Timestamp(today), last)]
    for _, row in iter_rows(ahead):
        entrance = place["entrance_id"].get(row["place_id"], "")
        for who in dict.fromkeys((row["host_id"], entrance)):
            if who in near.index:
                yield Meeting(who, row["on"].date(), row["name"], "event")


def brief_meeting(
    frames: Frames,
    contact_id: str,
    today: date,
    settings: Settings | None = None,
    ideas: tuple[Idea, ...] = (),
) -> Brief:
    """Return what to have in mind when meeting a contact.

    Args:
        frames: the book's frames.
        contact_id: the contact to meet.
        today: the user's current date.
        settings: the days until a promise without a date is due, and disabled rules.
        ideas: the catalogue of gives.

    Raises:
        KeyError: no contact has this id.
    """
    near = frames_of(frames, contact_id)
    ((_, person),) = iter_rows(near["contact"])
    last = last_exchange(near, contact_id, today, *TOGETHER)
    noted = last_exchange(near, contact_id, today, *TOGETHER, noted=True)
    promise = open_promises(near, today, settings)
    through = frames["contact"].loc[frames["contact"].index == person["through_id"]]
    found = suggest_gifts(contact_id, frames, ideas, minutes=5, settings=settings)
    (met,) = days_met(near["contact"])
    give = near["give"]
    is_planned = isin(give["direction"], "out") & isin(give["state"], "planned")
    planned = tuple(give.loc[is_planned & is_filled(give["what"]), "what"])
    new = (
        gift for gift in found if gift.reason.rule not in FOR_ANYONE and gift.what not in planned
    )
    return Brief(
        how=" ".join(filter(None, (person["how_met"].strip(), person["where_met"].strip()))),
        through=next(iter(names_by_id(through).values()), ""),
        since=day_of(met) if met > NEVER else None,
        last=last,
        noted=noted if noted != last else None,
        remembered=remembered_talk(near, contact_id, last.on if last else None),
        letter=last_exchange(near, contact_id, today, *WRITTEN, noted=True),
        changed=last_change(near, today),
        mine=tuple(promise.loc[promise["by"] == "me", "words"]),
        theirs=tuple(promise.loc[promise["by"] == "them", "words"]),
        planned=planned,
        gain=person["they_gain"].strip(),
        shared=shared_hobbies(frames, contact_id),
        gift=next(new, None),
        question=question(frames, person | {"id": contact_id}),
    )


def last_change(near: Frames, today: date) -> str:
    """Return what the user last noted as changed in them by a meeting; '' where nothing is."""
    rows = near["encounter"]
    rows = rows[is_filled(rows["changed"]) & (rows["on"] <= pd.Timestamp(today))]
    return "".join(rows.sort_values("on", kind="stable")["changed"].tail(1)).strip()


_QUESTIONS = {
    "looking_for": ("need", "need"),
    "trying": ("trying", "topic"),
    "loves": ("topic", "topic"),
}
"""The question about each kind of fact, and the name of the fact in its sentence."""


def question(frames: Frames, person: FrameRow) -> tuple[str, dict[str, Any]]:
    """Return one question: the next of the user's own for their kind, else on a need or a topic.

    While a request to them is begun and the user does not know what they would gain, that is asked
    before a need (A17, A20). Of needs and topics that kind comes first which helped most often when
    it was looked up. Where nothing is written about them, it is a question after which others told
    of themselves, or `find_out`; neither is a statement about anybody.
    """
    role = rows_of_open_goals(frames, "role")
    if person["role_id"] in role.index and (mine := next_kind_question(frames, person["role_id"])):
        return "own", {"question": mine}
    if not person["they_gain"].strip() and _is_request_begun(frames, person["id"]):
        return "gain", {}
    fact = facts_about(frames, str(person["id"]))
    sure = fact[isin(fact["source"], "said", "seen")]
    needs = [*person["needs"], *sure.loc[isin(sure["kind"], "looking_for"), "words"]]
    tried = sure.loc[isin(sure["kind"], "trying"), "words"].tolist()
    topics = [*person["topics"], *sure.loc[isin(sure["kind"], "loves"), "words"]]
    known = {"looking_for": needs, "trying": tried, "loves": topics}
    for kind in dict.fromkeys((*helpful_kinds(frames), *known)):
        if words := known.get(kind):
            code, placeholder = _QUESTIONS[kind]
            return code, {placeholder: words[0]}
    for led in questions_that_led(frames):
        return "led", {"question": led}
    return "find_out", {}


def _is_request_begun(frames: Frames, contact_id: str) -> bool:
    """Return whether an unsent message asks something of a contact."""
    message = frames["message"]
    begun = isin(message["kind"], *REQUESTS) & ~message["sent"].to_numpy()
    return bool((begun & isin(message["contact_id"], contact_id)).any())
