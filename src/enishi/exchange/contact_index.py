"""Index of known people during an import: the book's contacts and earlier lines of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from enishi.exchange.match_keys import MatchIdentity, match_identity
from enishi.i18n.folding import fold_key


@dataclass(eq=False, slots=True)  # two people with the same values are two people
class KnownPerson:
    """A person from the book (`id`) or from the file.

    `line` is the first line of the file that adds or fills them.
    """

    values: dict[str, Any]
    identity: MatchIdentity
    id: str | None = None
    line: int | None = None
    folded: dict[str, str] = field(default_factory=dict)
    """Folded values by field, cached for all lines that match.

    An import fills only empty fields, so an entry never becomes stale.
    """

    def fold(self, name: str) -> str:
        """Return the text of a field, folded for comparison."""
        if name not in self.folded:
            self.folded[name] = fold_key(self.values[name])
        return self.folded[name]


class Match(NamedTuple):
    """The person an entry of the file is, or may be.

    Attributes:
        person: the known person.
        by: what matched: "key", "url", "email", "phone", "employment" or "name".
        sure: False if the user has to decide.
    """

    person: KnownPerson
    by: str
    sure: bool


class Directory:
    """Index of people by the clues that identify them; a look-up takes constant time."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], list[KnownPerson]] = {}
        self.book: dict[str, KnownPerson] = {}

    def add(self, person: KnownPerson) -> None:
        """Add `person` to the index."""
        if person.id is not None:
            self.book[person.id] = person
            self.people.setdefault(("key", f"uid:{person.id}"), []).append(person)  # our own file
        for clue in clues(person.identity, person.values):
            self.people.setdefault(clue, []).append(person)

    def fill(self, person: KnownPerson, filling: dict[str, Any], key: str) -> None:
        """Add values to `person`, who is in the index, and index them by the new clues and `key`.

        The person's own `source_key` stays unchanged, since the user may still skip the line.
        """
        before = set(clues(person.identity, person.values))
        keys = person.values.get("source_key", "")
        person.values = {**person.values, **filling, "source_key": keys}
        person.identity = match_identity(person.values)
        for clue in (("key", key), *clues(person.identity, person.values)):
            if clue not in before:
                self.people.setdefault(clue, []).append(person)

    def find(self, values: dict[str, Any], wanted: MatchIdentity) -> Match | None:
        """Return the person with these values, matched by the most reliable clue.

        The key of an earlier import, the profile and the e-mail address are certain. A telephone
        number with the family name, and an organisation with the full name, are certain only if one
        person has them and nothing contradicts it. A name alone never is.

        Returns:
            The first certain match, else the first possible one, else None.
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
        """Return whether the clues down to `by`, which matched, lead only to `person`."""
        for sign, clue in clues(wanted, {}):
            found = self.people.get((sign, clue), [])
            if any(one is not person for one in found):
                return False
            if found and sign == by:
                break
        return True


def clues(who: MatchIdentity, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what identifies a person, as (kind, value), the most reliable first."""
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
    """Return whether anything contradicts that two people are the same.

    A household shares a telephone number and a family name, but not a given name. Two people of the
    same name in one organisation differ in their profile or their address.
    """
    pairs: Iterable[tuple[str, str]] = (
        [(one.given, other.given)]
        if by == "phone"
        else [(one.url, other.url), (one.email, other.email)]
    )
    return any(a and b and a != b for a, b in pairs)
