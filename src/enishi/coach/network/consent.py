"""Two whom one might introduce: what each of them says; nobody is introduced unasked."""

from __future__ import annotations

import pandas as pd

from enishi.coach.relations.history import Frames

ASKED = "asked"
"""They were asked and have not answered yet; other answers are `yes` and `not_now`."""


def answers(frames: Frames, a: str, b: str) -> dict[str, str]:
    """Return what each of two says to meeting the other: '', `asked`, `yes` or `not_now`."""
    message = frames["message"]
    sent = message[message["sent"] & (message["kind"] == "consent")]
    asked = sent[sent["contact_id"].isin([a, b]) & sent["other_id"].isin([a, b])]
    said = {who: ASKED if who in set(asked["contact_id"]) else "" for who in (a, b)}
    between = between_two(frames, a, b)
    for side in ("a", "b"):
        for who, word in zip(between[f"{side}_id"], between[f"{side}_says"], strict=True):
            said[who] = word or said[who]
    return said


def have_agreed(frames: Frames, a: str, b: str) -> bool:
    """Return whether both have said yes: before that there is nothing to introduce."""
    return all(word == "yes" for word in answers(frames, a, b).values()) and a != b


def between_two(frames: Frames, a: str, b: str) -> pd.DataFrame:
    """Return the tie between two, or no row where nothing is said of them; the last one counts."""
    tie = frames["tie"]
    two = ((tie["a_id"] == a) & (tie["b_id"] == b)) | ((tie["a_id"] == b) & (tie["b_id"] == a))
    return tie[two].tail(1)


def declined(frames: Frames) -> dict[frozenset[str], str]:
    """Return the pairs of which one would rather not meet the other now, each with its tie's id."""
    tie = frames["tie"]
    no = tie[(tie["a_says"] == "not_now") | (tie["b_says"] == "not_now")]
    return {
        frozenset((a, b)): str(id)
        for id, a, b in zip(no.index, no["a_id"], no["b_id"], strict=True)
    }


def under_way(frames: Frames) -> set[frozenset[str]]:
    """Return the pairs of which one was asked, or has said yes."""
    tie, message = frames["tie"], frames["message"]
    yes = tie[(tie["a_says"] == "yes") | (tie["b_says"] == "yes")]
    sent = message[message["sent"] & (message["kind"] == "consent")]
    pairs = [*zip(yes["a_id"], yes["b_id"], strict=True)]
    pairs += [*zip(sent["contact_id"], sent["other_id"], strict=True)]
    return {frozenset(pair) for pair in pairs}
