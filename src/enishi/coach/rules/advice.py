"""The pieces of advice the product follows: each sentence, its sheets and rules, and its act."""

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


@dataclass(frozen=True)
class Act:
    """What a person does to follow some pieces of advice, and what it changes later.

    Attributes:
        advice: ids of the pieces; each belongs to one act.
        sheet: where it is done, `02-goal/places`.
        act: what the person does.
        later: what it changes on another sheet or day; '' where it is not built or refused.
        test: the tests that perform it and read the later screen, `tests/…py::test_…`.
        missing: what of it is not there yet; '' where nothing is.
        not_built: why there is no such act.
        refused: why the product declines to have one.
    """

    advice: tuple[str, ...]
    sheet: str
    act: str
    later: str = ""
    test: tuple[str, ...] = ()
    missing: str = ""
    not_built: str = ""
    refused: str = ""


def read_acts(tree: Mapping[str, Any]) -> tuple[Act, ...]:
    """Return every act, in the order of `acts` in `data/advice.yaml`, the content of `tree`."""
    return tuple(
        Act(**row | {"advice": tuple(row["advice"]), "test": tuple(row.get("test", ()))})
        for row in tree["acts"]
    )


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
