"""The consent of two contacts to an introduction: no introduction without a yes from both."""

from __future__ import annotations

import pandas as pd

from enishi.coach.relations.history import Frames

ASKED = "asked"
"""The contact was asked and has not answered yet; other answers are `yes` and `not_now`."""


def answers(frames: Frames, a: str, b: str) -> dict[str, str]:
    """Return each contact's answer to meeting the other, by id: '', `asked`, `yes` or `not_now`."""
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
    """Return whether both contacts have agreed; only then may the user introduce them."""
    return all(word == "yes" for word in answers(frames, a, b).values()) and a != b


def between_two(frames: Frames, a: str, b: str) -> pd.DataFrame:
    """Return the last row of the tie frame about two contacts, or no row."""
    tie = frames["tie"]
    two = ((tie["a_id"] == a) & (tie["b_id"] == b)) | ((tie["a_id"] == b) & (tie["b_id"] == a))
    return tie[two].tail(1)


def declined_pairs(frames: Frames) -> dict[frozenset[str], str]:
    """Return the pairs in which one answered `not_now`, `{pair: tie id}`."""
    tie = frames["tie"]
    no = tie[(tie["a_says"] == "not_now") | (tie["b_says"] == "not_now")]
    return {
        frozenset((a, b)): str(id)
        for id, a, b in zip(no.index, no["a_id"], no["b_id"], strict=True)
    }


def acquainted_pairs(frames: Frames) -> set[frozenset[str]]:
    """Return the pairs who know each other, as the user answered or introduced them."""
    tie = frames["tie"]
    known = tie[tie["state"].isin(["acquainted", "close"])]
    return {frozenset(pair) for pair in zip(known["a_id"], known["b_id"], strict=True)}


def pairs_under_way(frames: Frames) -> set[frozenset[str]]:
    """Return the pairs in which at least one contact was asked or has agreed."""
    tie, message = frames["tie"], frames["message"]
    yes = tie[(tie["a_says"] == "yes") | (tie["b_says"] == "yes")]
    sent = message[message["sent"] & (message["kind"] == "consent")]
    pairs = [*zip(yes["a_id"], yes["b_id"], strict=True)]
    pairs += [*zip(sent["contact_id"], sent["other_id"], strict=True)]
    return {frozenset(pair) for pair in pairs}
