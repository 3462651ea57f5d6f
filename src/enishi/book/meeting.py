"""A meeting and what it leads to, entered in one call: one undo takes all of it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from enishi.book.batch import Batch
from enishi.book.book import Book


@dataclass(frozen=True)
class Then:
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
    then: Sequence[Then] = (),
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
        UnknownRow: there is no such contact, promise or give.
        BadValue: a value does not fit.
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


def enter_next(book: Book, contact_id: str, then: Sequence[Then], on: str) -> None:
    """Enter what comes next with a contact, said on the day `on`."""
    with book.batch("log") as batch:
        add_next(batch, contact_id, then, on)


def add_next(batch: Batch, contact_id: str, then: Sequence[Then], on: str) -> None:
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
