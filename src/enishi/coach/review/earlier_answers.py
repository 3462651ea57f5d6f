"""What the user answered after talks and gatherings, to be read before the next of them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.history import Frames, is_filled


@dataclass(frozen=True)
class Eased:
    """What made a gathering easier that had felt heavy.

    Attributes:
        event: its name.
        words: the user's words.
    """

    event: str
    words: str


def what_eased(frames: Frames) -> Eased | None:
    """Return what last made a gathering easier (B30); None where nothing is written."""
    rows, event = _with_words(frames, "eased"), frames["event"]
    rows = rows[rows["about"].isin(event.index)].tail(1)
    for id, words in zip(rows["about"], rows["words"], strict=True):
        return Eased(str(event.at[id, "name"]), words.strip())
    return None


def questions_that_led(frames: Frames) -> tuple[str, ...]:
    """Return the user's questions after which people told of themselves, the latest first (B31)."""
    words = (each.strip() for each in reversed(_with_words(frames, "led_there")["words"].tolist()))
    return tuple(dict.fromkeys(words))


def otherwise_before(frames: Frames, contact_id: str, kind: str = "") -> str:
    """Return what the user would do otherwise when they meet a contact (A8).

    It is what they wrote after the last hard meeting with them, else after the last hard one of the
    same kind; '' where nothing is written.

    Args:
        frames: needs answer and encounter.
        contact_id: the contact.
        kind: the kind of encounter ahead; '' where it is not known.
    """
    rows, encounter = _with_words(frames, "otherwise"), frames["encounter"]
    if rows.empty:
        return ""
    theirs = rows[(rows["contact_id"] == contact_id).to_numpy()]
    kinds = encounter["kind"].astype(str).reindex(rows["about"]).to_numpy()
    alike = rows[(kinds == kind) & (kind != "")]
    found = theirs if len(theirs) else alike
    return "".join(found["words"].tail(1)).strip()


def helpful_kinds(frames: Frames) -> tuple[str, ...]:
    """Return the kinds of fact that helped when they were looked up, the most often first (B70)."""
    rows, fact = answers_to(frames, "which_helped"), frames["fact"]
    chosen = rows.loc[rows["chosen"].isin(fact.index).to_numpy(), "chosen"]
    kinds = fact.loc[chosen.tolist(), "kind"].astype(str)
    return tuple(kinds.value_counts().index)


def _with_words(frames: Frames, question: str) -> pd.DataFrame:
    """Return the answers to a question that have words, the latest last."""
    rows = answers_to(frames, question)
    return rows[is_filled(rows["words"])] if len(rows) else rows
