"""A message the person says they sent, and all that it settles, entered in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enishi.book.book import Book


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
        UnknownRow: there is no such message.
        BadValue: a value does not fit.
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
