"""What an answer about a letter writes beside itself."""

from __future__ import annotations

from enishi import clock
from enishi.book.batch import Batch
from enishi.coach.asking.question import Question


def write_their_side(batch: Batch, question: Question, chosen: str, words: str) -> None:
    """Write on the contact what is in the hope for them."""
    batch.update("contact", question.contact_id, they_gain=words)


def note_reply(batch: Batch, question: Question, chosen: str, words: str) -> None:
    """Note what came back as a message of theirs; its day is the one on which it is told."""
    if chosen == "came":
        batch.add(
            "encounter",
            contact_id=question.contact_id,
            on=clock.today().isoformat(),
            kind="message",
            started_by="them",
            note=words,
        )
