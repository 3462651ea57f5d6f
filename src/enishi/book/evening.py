"""How an event went and whom one met there, entered in one call: one undo takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enishi.book.book import Book
from enishi.book.meeting import Then, add_next


@dataclass(frozen=True)
class Met:
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
    then: tuple[Then, ...] = ()
    known_as: str = ""


def enter_evening(
    book: Book,
    event_id: str,
    event: Mapping[str, Any],
    met: Sequence[Met],
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
        StaleVersion: the event was changed elsewhere since `version`.
        UnknownRow: there is no such contact.
        BadValue: a value does not fit.
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
