"""What an answer to a question writes beside itself, or opens."""

from __future__ import annotations

from enishi import clock
from enishi.book.batch import Batch
from enishi.coach.asking.question import Question
from widgets.base.message_draft import start_message
from widgets.base.workbook import Workbook


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


def keep_kind(batch: Batch, question: Question, chosen: str, words: str) -> None:
    """Write the kind of person a contact is; "just because" only ends the asking."""
    if chosen in dict(question.options):
        batch.update("contact", question.contact_id, role_id=chosen)


def let_rest(batch: Batch, question: Question, chosen: str, words: str) -> None:
    """Let a tie rest of which the user says that it is enough."""
    if chosen == "enough":
        batch.update("contact", question.contact_id, closed=True)


def begin_thanks(workbook: Workbook, question: Question) -> str:
    """Begin the thanks for a lesson, and return the address of the letter."""
    message = start_message(workbook, question.contact_id, "grateful")
    return workbook.address("04-contacts", "draft", message)
