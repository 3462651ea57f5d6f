"""The pieces of advice the product follows: each sentence, with the sheets and rules it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enishi.coach.rules.catalogue import RULES
from enishi.errors import EnishiError


class UnknownAdviceError(EnishiError):
    """The requested id belongs to no piece of advice."""

    sentence = "There is no advice “{id}”."
    way_out = "The pieces are A1 to A59 and B1 to B79."


@dataclass(frozen=True)
class Advice:
    """One piece of advice.

    Attributes:
        id: `A26`, `B49`, …
        group: its topic, a key of `groups` in `data/advice.yaml`.
        say: the sentence, by language.
        screens: the sheets on which the user can follow it, `04-contacts/gift`, …
        rules: keys of the rules that have it as a source.
    """

    id: str
    group: str
    say: Mapping[str, str]
    screens: tuple[str, ...]
    rules: tuple[str, ...]


def read_pieces(tree: Mapping[str, Any]) -> dict[str, Advice]:
    """Return every piece of advice by its id, in order.

    Args:
        tree: the content of `data/advice.yaml`, from `enishi.i18n.texts.read_advice`.
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
    """Return the pieces with these ids, in their order; all pieces when `ids` is empty.

    Ids match in upper and lower case: `a26` finds A26.

    Raises:
        UnknownAdviceError: one of the ids belongs to no piece.
    """
    missing = next((id for id in ids if id.upper() not in pieces), None)
    if missing is not None:
        raise UnknownAdviceError(id=missing)
    return [pieces[id.upper()] for id in ids] or list(pieces.values())
