"""Entry of things that happened, one call each: a meeting, an event, a sent message, a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from enishi.book.batch import Batch
from enishi.book.book import Book


@dataclass(frozen=True)
class FollowUp:
    """A next step or a promise.

    Attributes:
        words: the text of the step, or the wording of the promise.
        by: `step` is the person's own next step, `me` their promise, `them` the contact's promise.
        due: a day as `YYYY-MM-DD`, or empty.
    """

    words: str
    by: Literal["step", "me", "them"] = "step"
    due: str = ""


@dataclass(frozen=True)
class Received:
    """What came to the person through a contact.

    Attributes:
        contact_id: the contact's id.
        what: what it is, in the person's words.
        came: one of `CAME`; '' if the contact helped the person.
    """

    contact_id: str
    what: str
    came: str = ""


def enter_meeting(
    book: Book,
    contact_ids: Sequence[str],
    meeting: Mapping[str, Any],
    then: Sequence[tuple[str, FollowUp]] = (),
    received: Sequence[Received] = (),
    kept: Sequence[str] = (),
    steps: Sequence[str] = (),
) -> None:
    """Record a meeting with all that belongs to it, as one call with one undo.

    Args:
        book: the person's book.
        contact_ids: the contacts who were met; each gets an encounter.
        meeting: columns of `encounter`; `on` is also the day of everything else.
        then: next steps and promises, each with the contact it concerns.
        received: what came to the person; help is noted on the encounter with the helper as well.
        kept: ids of the promises kept by the meeting.
        steps: ids of the steps done by the meeting.

    Raises:
        UnknownRowError: there is no such contact, promise, give or step.
        InvalidValueError: a value does not fit.
    """
    with book.batch("log") as batch:
        helpers = {each.contact_id for each in received if not each.came}
        for id in contact_ids:
            batch.row("contact", id)
            batch.add("encounter", **{**meeting, "contact_id": id, "act_in": id in helpers})
        for each in received:
            batch.add(
                "give",
                contact_id=each.contact_id,
                direction="in",
                state="done",
                what=each.what,
                came=each.came,
                on=meeting["on"],
            )
        for promise_id in kept:
            batch.update("promise", promise_id, state="kept", closed_on=meeting["on"])
        for step_id in steps:
            batch.update("step", step_id, state="done", closed_on=meeting["on"])
        for id, follow_up in then:
            add_next(batch, id, [follow_up], meeting["on"])


def enter_next(book: Book, contact_id: str, then: Sequence[FollowUp], on: str) -> None:
    """Record next steps and promises with a contact, agreed on the day `on`."""
    with book.batch("log") as batch:
        add_next(batch, contact_id, then, on)


def add_next(batch: Batch, contact_id: str, then: Sequence[FollowUp], on: str) -> None:
    """Add next steps and promises."""
    for each in then:
        if not each.words.strip():
            continue
        if each.by == "step":
            batch.add("step", contact_id=contact_id, words=each.words, on=each.due)
        else:
            batch.add(
                "promise",
                contact_id=contact_id,
                by=each.by,
                words=each.words,
                said_on=on,
                due=each.due,
            )


@dataclass(frozen=True)
class EventContact:
    """A contact met at an event.

    Attributes:
        contact_id: the contact's id.
        note: the note on the conversation.
        then: next steps and promises.
        known_as: `just_met` if they met there, `known` if they met before; '' if not recorded.
    """

    contact_id: str
    note: str = ""
    then: tuple[FollowUp, ...] = ()
    known_as: str = ""


def enter_event(
    book: Book,
    event_id: str,
    event: Mapping[str, Any],
    met: Sequence[EventContact],
    on: str,
    version: int | None = None,
    fresh: Mapping[str, Any] | None = None,
) -> None:
    """Record an event that is over.

    Args:
        book: the person's book.
        event_id: an event that is not in the book yet is created from `fresh` and `event`.
        event: columns of `event` to write; it is marked as done.
        met: the contacts met there.
        on: the day, `YYYY-MM-DD`.
        version: the event's version when it was last read, as in `Batch.put`.
        fresh: further columns of an event that is created.

    Raises:
        StaleVersionError: the event was changed elsewhere since `version`.
        UnknownRowError: there is no such contact.
        InvalidValueError: a value does not fit.
    """
    with book.batch("log") as batch:
        batch.upsert("event", event_id, version, fresh, **{**event, "on": on, "done": True})
        for each in met:
            person = batch.row("contact", each.contact_id)
            if each.known_as:
                day = {"met_on": on} if each.known_as == "just_met" and not person["met_on"] else {}
                batch.update("contact", each.contact_id, known_as=each.known_as, **day)
            batch.add(
                "encounter",
                contact_id=each.contact_id,
                event_id=event_id,
                kind="event",
                on=on,
                depth="talk",
                note=each.note,
            )
            add_next(batch, each.contact_id, each.then, on)


def enter_sent(
    book: Book,
    message_id: str,
    meeting: Mapping[str, Any],
    introduction: str = "",
    tie_id: str = "",
    early: bool = False,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Record that a message was sent, as one call with one undo.

    Adds an encounter with every recipient, marks the message's promise as kept and its give as
    done. A message that says the promise will not work out lets it go, one that names a new day
    leaves it open. Two contacts who were introduced to each other are recorded as acquainted.

    Args:
        book: the person's book.
        message_id: the message.
        meeting: columns of `encounter`; `on` is also the day of everything else.
        introduction: the new state of the message's introduction; '' leaves it unchanged.
        tie_id: the existing tie of the two who are introduced, or '' to create one.
        early: whether it asks for more than the tie bears yet; what came of it is asked later.
        texts: its `subject` and `text` where only its draft was shown so far.

    Raises:
        UnknownRowError: there is no such message.
        InvalidValueError: a value does not fit.
    """
    on = meeting["on"]
    with book.batch("log") as batch:
        row = batch.row("message", message_id)
        two = row["kind"] == "introduce"
        readers = [row["contact_id"], row["other_id"]] if two else [row["contact_id"]]
        batch.update("message", message_id, sent=True, on=on, **(texts or {}))
        for id in filter(None, readers):
            batch.add("encounter", contact_id=id, **meeting)
        if early:
            batch.add(
                "answer", question="early_ask", about=message_id, contact_id=row["contact_id"]
            )
        if row["promise_id"] and row["kind"] != "promise_day":
            state = "let_go" if row["kind"] == "promise_off" else "kept"
            batch.update("promise", row["promise_id"], state=state, closed_on=on)
        if row["give_id"]:
            batch.update("give", row["give_id"], state="done", on=on)
        if row["introduction_id"] and introduction:
            batch.update("introduction", row["introduction_id"], state=introduction, on=on)
        if two and all(readers) and tie_id:
            batch.update("tie", tie_id, state="acquainted")
        elif two and all(readers):
            a, b = sorted(readers)
            batch.add("tie", a_id=a, b_id=b, state="acquainted")


def answer_plan(
    book: Book,
    plan_id: str,
    came: Literal["yes", "no"],
    did: str,
    keep: str,
    today: str,
    next_on: str = "",
    smaller: str = "",
) -> None:
    """Record what became of an if-then plan, as one call with one undo.

    Args:
        book: the person's book.
        plan_id: the plan.
        came: whether its moment came.
        did: what the person did then.
        keep: what they will keep of it.
        today: the day of the answer, `YYYY-MM-DD`.
        next_on: the day the moment is expected next; empty if none is known, or if the dates of
            the plan's place decide.
        smaller: what the person means to do from now on in place of the plan's act; empty if
            that stays.

    Raises:
        UnknownRowError: there is no such plan.
        InvalidValueError: a value does not fit.
    """
    act = {"act": smaller} if smaller else {}
    with book.batch("log") as batch:
        batch.update(
            "plan", plan_id, came=came, did=did, keep=keep, asked_on=today, on=next_on, **act
        )
