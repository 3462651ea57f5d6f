"""Gifts that answer what is written about a contact: each fact opens its own (A28 to A31, A35)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from enishi.coach.language.words import is_sure_match, read_answers
from enishi.coach.relations.history import FrameRow, Frames, is_filled, isin, iter_rows
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.strengths import strengths

PLEASES = "pleases"
"""The key in the catalogue of a fact without a kind: what would please the contact."""
GUESS = "guess"
"""The key in the catalogue for a fact that is only guessed; also the value of its `source`."""
QUOTES = (("「", "」"), ("『", "』"), ("“", "”"), ('"', '"'))
"""Pairs of quotation marks that a user may have put around their words."""


class FactGift(NamedTuple):
    """How a gift can begin that answers a fact.

    Attributes:
        key: `<kind>.<number>`, the key of its text; numbers start at 1.
        way: one of the ten ways to give.
        size: small, medium or large.
        strength: whether it rests on a strength of the user that something shows.
    """

    key: str
    way: str
    size: str
    strength: bool = False


def read_fact_gifts(catalogue: Mapping[str, Any]) -> dict[str, tuple[FactGift, ...]]:
    """Return the gifts by kind of fact; the catalogue is the result of `read_texts("gives")`."""
    return {
        kind: tuple(
            FactGift(f"{kind}.{number}", gift["way"], gift["size"], gift.get("strength", False))
            for number, gift in enumerate(gifts, 1)
        )
        for kind, gifts in catalogue["for_facts"].items()
    }


class Angle(NamedTuple):
    """The strength from which the user can add something to a fact; both '' for none.

    Attributes:
        strength_id: the id of the strength.
        name: its name, in the user's words.
    """

    strength_id: str = ""
    name: str = ""


NO_ANGLE = Angle()
"""No strength that something shows."""


def gifts_for_fact(
    fact: FrameRow, gifts: Mapping[str, tuple[FactGift, ...]], angle: Angle = NO_ANGLE
) -> tuple[FactGift, ...]:
    """Return the gifts that a fact opens; for a guess, asking the contact comes first.

    Args:
        fact: a row of the fact frame.
        gifts: all gifts by kind of fact, from `read_fact_gifts`.
        angle: the strength for gifts that rest on one, from `find_angle`.
    """
    first = gifts[GUESS] if fact["source"] == GUESS else ()
    ready = (gift for gift in gifts[fact["kind"] or PLEASES] if angle.name or not gift.strength)
    return (*first, *ready)


def find_angle(frames: Frames, fact: FrameRow, settings: Settings | None = None) -> Angle:
    """Return the strength from which the user can add something to an appeal (A31, A35).

    It is one that more than a feeling shows; of several, one that the appeal's words name, else the
    one of most weight. What the user only likes, or would leave to others, is none.

    Args:
        frames: needs strength, evidence, voice and contact.
        fact: a row of the fact frame.
        settings: the weight of each kind of evidence.
    """
    if fact["kind"] != "appeal" or frames["strength"].empty:
        return NO_ANGLE
    known = strengths(frames, settings)
    hobby = isin(frames["strength"]["prompt"], "like")
    fits = known["proven"] & ~hobby & (known["quadrant"] != "leave") & is_filled(known["name"])
    found = known[fits].sort_values("weight", ascending=False, kind="stable")
    if found.empty:
        return NO_ANGLE
    answers = read_answers(frames)
    named = [
        id for id, row in iter_rows(found) if is_sure_match(fact["words"], row["name"], answers)
    ]
    id = next(iter(named), str(found.index[0]))
    return Angle(id, str(found.at[id, "name"]))


def planned_for_fact(frames: Frames, fact_id: str) -> pd.DataFrame:
    """Return the planned gives that answer a fact, in the order of the book."""
    give = frames["give"]
    rows = give[isin(give["fact_id"], fact_id) & isin(give["state"], "planned")]
    return rows[is_filled(rows["what"])]


def quotable(words: str, longest: int) -> str:
    r"""Return the user's words on one line, without quotation marks around them.

    Words that are too long are cut, with an ellipsis as their last character.

    >>> quotable(" 「春の\n個展」 ", 20), quotable("Rainy-Day Cafés", 6)
    ('春の 個展', 'Rainy…')
    """
    line = " ".join(words.split())
    for opening, closing in QUOTES:
        inner = line[1:-1]
        if (line[:1], line[-1:]) == (opening, closing) and not {opening, closing} & set(inner):
            line = inner.strip()
            break
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
