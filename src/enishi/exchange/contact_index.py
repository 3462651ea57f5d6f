"""Everybody known while a file is looked through: who is in the book, and who came before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from enishi.exchange.match_keys import MatchIdentity, match_identity
from enishi.i18n.folding import fold_key


@dataclass(eq=False, slots=True)  # two people with the same values are two people
class KnownPerson:
    """Somebody known: by the book's `id`, and by the first `line` that adds or fills them."""

    values: dict[str, Any]
    identity: MatchIdentity
    id: str | None = None
    line: int | None = None
    folded: dict[str, str] = field(default_factory=dict)
    """Values as they are compared, by field: folded once, however many lines match. What somebody
    has stays as it is (only what is empty is filled), so this never has to be made anew."""

    def fold(self, name: str) -> str:
        """Return the text of a field as it is compared."""
        if name not in self.folded:
            self.folded[name] = fold_key(self.values[name])
        return self.folded[name]


class Match(NamedTuple):
    """Who an entry of the file is, or may be.

    Attributes:
        person: somebody known.
        by: what told: "key", "url", "email", "phone", "employment" or "name".
        sure: False when the person of the workbook has to say.
    """

    person: KnownPerson
    by: str
    sure: bool


class Directory:
    """Looks people up by what they are recognised by; each look-up costs the same."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], list[KnownPerson]] = {}
        self.book: dict[str, KnownPerson] = {}

    def add(self, person: KnownPerson) -> None:
        """Let `person` be found from now on."""
        if person.id is not None:
            self.book[person.id] = person
        for clue in clues(person.identity, person.values):
            self.people.setdefault(clue, []).append(person)

    def fill(self, person: KnownPerson, filling: dict[str, Any], key: str) -> None:
        """Give `person`, who is in here, more values; they are found by these and by `key` as well.

        The keys that the book has stay as they are, for the line may still be left out.
        """
        before = set(clues(person.identity, person.values))
        keys = person.values.get("source_key", "")
        person.values = {**person.values, **filling, "source_key": keys}
        person.identity = match_identity(person.values)
        for clue in (("key", key), *clues(person.identity, person.values)):
            if clue not in before:
                self.people.setdefault(clue, []).append(person)

    def find(self, values: dict[str, Any], wanted: MatchIdentity) -> Match | None:
        """Return who has these values, the surest sign first.

        The key of an earlier import, the profile and the e-mail address tell for certain. A
        telephone number with the family name, and an organisation with the full name, do so
        only where one person has them and nothing speaks against it. A name alone never does.
        """
        perhaps: Match | None = None
        for by, clue in clues(wanted, values):
            found = self.people.get((by, clue))
            if not found:
                continue
            first = found[0]
            sure = by in ("key", "url", "email") or (
                by != "name" and len(found) == 1 and not contradicts(by, first.identity, wanted)
            )
            if sure:
                return Match(first, by, True)
            perhaps = perhaps or Match(first, by, False)
        return perhaps

    def is_alone(self, person: KnownPerson, by: str, wanted: MatchIdentity) -> bool:
        """Do these signs, down to `by`, which told, lead to `person` and to nobody else?"""
        for sign, clue in clues(wanted, {}):
            found = self.people.get((sign, clue), [])
            if any(one is not person for one in found):
                return False
            if found and sign == by:
                break
        return True


def clues(who: MatchIdentity, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a person can be found by, the surest first."""
    for key in values.get("source_key", "").split():
        yield "key", key
    for by, clue in (("url", who.url), ("email", who.email), ("phone", who.phone)):
        if clue:
            yield by, clue
    for employment in who.employments:
        yield "employment", employment
    for name in who.names:
        yield "name", name


def contradicts(by: str, one: MatchIdentity, other: MatchIdentity) -> bool:
    """Does something speak against two people being one?

    A household shares a telephone number and a family name, but not a given name. Two people of
    one name in one organisation differ in their profile or their address.
    """
    pairs: Iterable[tuple[str, str]] = (
        [(one.given, other.given)]
        if by == "phone"
        else [(one.url, other.url), (one.email, other.email)]
    )
    return any(a and b and a != b for a, b in pairs)
