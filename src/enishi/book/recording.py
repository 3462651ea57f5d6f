"""What happened, entered as one call each: a meeting, an event, a sent message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from enishi.book.batch import Batch
from enishi.book.book import Book


@dataclass(frozen=True)
class FollowUp:
    """What comes next.

    Attributes:
        words: in the words they were said.
        by: `step` is a next step of one's own, `me` my promise, `them` theirs.
        due: a day as `YYYY-MM-DD`, or empty.
    """

    words: str
    by: Literal["step", "me", "them"] = "step"
    due: str = ""


def enter_meeting(
    book: Book,
    contact_id: str,
    meeting: Mapping[str, Any],
    then: Sequence[FollowUp] = (),
    gift: Mapping[str, Any] | None = None,
    kept: Sequence[str] = (),
    step_done: bool = False,
    given: Sequence[str] = (),
) -> str:
    """Enter a meeting with all that belongs to it, and return the id of the encounter.

    Args:
        book: the person's book.
        contact_id: whom.
        meeting: columns of `encounter`; `on` is the day of everything else as well.
        then: next step and promises.
        gift: columns of `give`, done that day; None where there was none.
        kept: ids of the promises kept by it.
        step_done: the contact's next step is done.
        given: ids of the planned gives that were given by it.

    Raises:
        UnknownRowError: there is no such contact, promise or give.
        InvalidValueError: a value does not fit.
    """
    with book.batch("log") as batch:
        batch.row("contact", contact_id)
        encounter_id = batch.add("encounter", contact_id=contact_id, **meeting)
        if gift is not None:
            batch.add("give", contact_id=contact_id, state="done", on=meeting["on"], **gift)
        for promise_id in kept:
            batch.write("promise", promise_id, state="kept", closed_on=meeting["on"])
        for give_id in given:
            batch.write("give", give_id, state="done", on=meeting["on"])
        if step_done:
            batch.write("contact", contact_id, next_step="", next_on="")
        add_next(batch, contact_id, then, meeting["on"])
    return encounter_id


def enter_next(book: Book, contact_id: str, then: Sequence[FollowUp], on: str) -> None:
    """Enter what comes next with a contact, said on the day `on`."""
    with book.batch("log") as batch:
        add_next(batch, contact_id, then, on)


def add_next(batch: Batch, contact_id: str, then: Sequence[FollowUp], on: str) -> None:
    """Add next steps and promises; of several steps the last one stands."""
    for each in then:
        if not each.words.strip():
            continue
        if each.by == "step":
            batch.write("contact", contact_id, next_step=each.words, next_on=each.due)
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
    """Somebody met at an event.

    Attributes:
        contact_id: whom.
        note: the line they said.
        comfort: how at ease one felt, 1 to 5, or None.
        then: next step and promises.
        known_as: whether they were just met there or known before; '' where it is not said.
    """

    contact_id: str
    note: str = ""
    comfort: int | None = None
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
    """Enter an event that is over.

    Args:
        book: the person's book.
        event_id: one that is not in the book yet is made from `fresh` and `event`.
        event: columns of `event` to write; it is marked as done.
        met: whom one met.
        on: the day, `YYYY-MM-DD`.
        version: the event's when it was last seen, as in `Batch.put`.
        fresh: what an event that is made holds besides.

    Raises:
        StaleVersionError: the event was changed elsewhere since `version`.
        UnknownRowError: there is no such contact.
        InvalidValueError: a value does not fit.
    """
    with book.batch("log") as batch:
        batch.put("event", event_id, version, fresh, **{**event, "on": on, "done": True})
        for each in met:
            person = batch.row("contact", each.contact_id)
            if each.known_as:
                day = {"met_on": on} if each.known_as == "just_met" and not person["met_on"] else {}
                batch.write("contact", each.contact_id, known_as=each.known_as, **day)
            batch.add(
                "encounter",
                contact_id=each.contact_id,
                event_id=event_id,
                kind="event",
                on=on,
                two_way=True,
                note=each.note,
                comfort=each.comfort,
            )
            add_next(batch, each.contact_id, each.then, on)


def enter_sent(
    book: Book,
    message_id: str,
    meeting: Mapping[str, Any],
    introduction: str = "",
    tie_id: str = "",
) -> None:
    """Enter that a message was sent: one undo takes all of it back.

    The exchange is noted with everybody it went to, the promise it keeps is kept, the give it is
    was given; two who were introduced know each other from then on.

    Args:
        book: the person's book.
        message_id: the message.
        meeting: columns of `encounter`; `on` is the day of everything else as well.
        introduction: the state the message's introduction is in now; '' leaves it as it is.
        tie_id: what was said before of the two who are introduced, if anything was.

    Raises:
        UnknownRowError: there is no such message.
        InvalidValueError: a value does not fit.
    """
    on = meeting["on"]
    with book.batch("log") as batch:
        row = batch.row("message", message_id)
        two = row["kind"] == "introduce"
        readers = [row["contact_id"], row["other_id"]] if two else [row["contact_id"]]
        batch.write("message", message_id, sent=True, on=on)
        for id in filter(None, readers):
            batch.add("encounter", contact_id=id, **meeting)
        if row["promise_id"]:
            batch.write("promise", row["promise_id"], state="kept", closed_on=on)
        if row["give_id"]:
            batch.write("give", row["give_id"], state="done", on=on)
        if row["introduction_id"] and introduction:
            batch.write("introduction", row["introduction_id"], state=introduction, on=on)
        if two and all(readers) and tie_id:
            batch.write("tie", tie_id, state="acquainted")
        elif two and all(readers):
            a, b = sorted(readers)
            batch.add("tie", a_id=a, b_id=b, state="acquainted")
