"""What the user would ask somebody of a kind, one question after the other, and the answers."""

from __future__ import annotations

from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import FrameRow, Frames, iter_rows

KIND_QUESTIONS = ("question_1", "question_2", "question_3")
"""The columns of a kind that hold its questions, in their order."""


def kind_answers(frames: Frames, role_id: str) -> list[tuple[str, str]]:
    """Return what people of a kind answered: the contact's id and the words, the first first.

    Args:
        frames: needs answer and contact.
        role_id: the kind.
    """
    rows, contact = answers_to(frames, "kind_answer"), frames["contact"]
    if rows.empty:
        return []
    of_kind = set(contact.index[(contact["role_id"] == role_id) & contact["trashed_on"].isna()])
    pairs = zip(rows["contact_id"], rows["words"], strict=True)
    return [(id, words.strip()) for id, words in pairs if id in of_kind and words.strip()]


def open_question(role: FrameRow, answered: int) -> str:
    """Return the question of a kind that is put next, '' where every one is answered (A15).

    Args:
        role: the row of the kind.
        answered: how many answers there are.
    """
    written = [text for name in KIND_QUESTIONS if (text := str(role[name]).strip())]
    return written[answered] if answered < len(written) else ""


def next_kind_question(frames: Frames, role_id: str) -> str:
    """Return the question to put next to somebody of a kind; '' for none.

    Raises:
        KeyError: there is no such kind.
    """
    ((_, role),) = iter_rows(frames["role"].loc[[role_id]])
    return open_question(role, len(kind_answers(frames, role_id)))
