"""The advice this workbook follows: each piece in one sentence, and what serves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enishi.coach.rules.catalogue import RULES
from enishi.errors import EnishiError


class UnknownAdviceError(EnishiError):
    """Somebody asked for a piece of advice that there is not."""

    sentence = "There is no advice “{id}”."
    way_out = "The pieces are A1 to A59 and B1 to B79."


@dataclass(frozen=True)
class Advice:
    """One piece of advice.

    Attributes:
        id: `A26`, `B49`, …
        group: what it is about, a key of `groups` in `data/advice.yaml`.
        say: the sentence, by language.
        screens: the screens a person can follow it on, `04-contacts/gift`, …
        rules: keys of the rules that speak because of it.
    """

    id: str
    group: str
    say: Mapping[str, str]
    screens: tuple[str, ...]
    rules: tuple[str, ...]


def read_pieces(tree: Mapping[str, Any]) -> dict[str, Advice]:
    """Return every piece of advice by its id, in order.

    Args:
        tree: `data/advice.yaml` as it stands, from `enishi.i18n.read_advice`.
    """
    rules: dict[str, list[str]] = {}
    for rule, sources in RULES.items():
        for source in sources:
            rules.setdefault(source, []).append(rule)
    return {
        id: Advice(
            id,
            piece["group"],
            piece["say"],
            tuple(piece["served_by"]),
            tuple(rules.get(id, ())),
        )
        for id, piece in tree["advice"].items()
    }


def find_advice(pieces: Mapping[str, Advice], ids: Sequence[str]) -> list[Advice]:
    """Return the pieces with these ids, in the order asked; all of them when none is named.

    Raises:
        UnknownAdviceError: an id that nothing has; `a26` is understood as A26.
    """
    missing = next((id for id in ids if id.upper() not in pieces), None)
    if missing is not None:
        raise UnknownAdviceError(id=missing)
    return [pieces[id.upper()] for id in ids] or list(pieces.values())
