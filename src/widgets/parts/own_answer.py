"""Answers that the person gives without being asked: a decision about a contact."""

from __future__ import annotations

from enishi.book.batch import Batch
from widgets.base.workbook import Workbook


def keep_answer(
    workbook: Workbook, batch: Batch, question: str, contact_id: str, chosen: str
) -> None:
    """Store a decision about a contact, in place of an earlier one on the same question."""
    answer = workbook.frames()["answer"]
    same = (answer["question"].astype(str) == question) & (answer["about"] == contact_id)
    said = {"chosen": chosen, "on": workbook.today.isoformat()}
    if same.any():
        batch.update("answer", str(answer.index[same][-1]), **said)
    else:
        batch.add("answer", question=question, about=contact_id, contact_id=contact_id, **said)
