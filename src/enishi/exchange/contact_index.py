"""Index of known people during an import: the book's contacts and earlier lines of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from enishi.exchange.csv_record import Detail
from enishi.exchange.match_keys import MatchIdentity, match_identity, names_contradict
from enishi.i18n.address_folding import plain_phone
from enishi.i18n.folding import fold_key, fold_spelling

SEVERAL = ("email", "phone", "url")
"""The fields of which a contact may have more: further ones are details."""
MOST_HOLDERS = 20
"""Most people by whom one address is held that still identifies one of them."""
MOST_ADDRESSES = 50
"""Most addresses of one kind by which a person is compared with others."""


Clue = tuple[str, str]
"""What identifies a person: its kind, and its value."""


@dataclass(eq=False, slots=True)  # two people with the same values are two people
class KnownPerson:
    """A person from the book (`id`) or from the file.

    `line` is the first line of the file that adds or fills them.
    """

    values: dict[str, Any]
    identity: MatchIdentity
    id: str | None = None
    line: int | None = None
    details: list[Detail] = field(default_factory=list)
    from_file: Collection[str] = ()
    """The fields that earlier lines of the file gave."""
    _folded: dict[str, str] | None = None
    _detail_signs: set[tuple[str, ...]] | None = None
    _clues: set[tuple[str, str]] | None = None

    def fold(self, name: str) -> str:
        """Return the text of a field, folded for comparison; cached for all lines that match."""
        if self._folded is None:
            self._folded = {}
        if name not in self._folded:
            self._folded[name] = fold_key(self.values[name])
        return self._folded[name]

    def detail_signs(self) -> set[tuple[str, ...]]:
        """Return the `detail_sign` of each detail, and of the addresses among the fields."""
        if self._detail_signs is None:
            self._detail_signs = address_signs(self.values)
            self._detail_signs |= {detail_sign(each) for each in self.details}
        return self._detail_signs

    def fill(
        self, filling: dict[str, Any], details: Sequence[Detail], key: str
    ) -> list[tuple[str, str]]:
        """Take over values and details, and return the clues that are new, with `key`.

        The time does not depend on how many details there are already.
        """
        if self._clues is None:
            self._clues = set(clues(self.identity, self.values))
        signs = self.detail_signs()
        signs |= address_signs(filling) | {detail_sign(each) for each in details}
        keys = self.values.get("source_key", "")
        self.values = {**self.values, **filling, "source_key": keys}
        self.details.extend(details)
        self.from_file = {*self.from_file, *filling}
        self._folded = None
        fresh = match_identity(self.values, details)
        new = [clue for clue in (("key", key), *clues(fresh, {})) if clue not in self._clues]
        self._clues.update(new)
        self.identity = fresh._replace(
            urls=join_addresses(self.identity.urls, fresh.urls),
            emails=join_addresses(self.identity.emails, fresh.emails),
            phones=join_addresses(self.identity.phones, fresh.phones),
        )
        return new


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
        self.people: dict[str, dict[str, KnownPerson]] = defaultdict(dict)
        """Who has a clue, by its kind and value; a list for each would take twice as much."""
        self._all: dict[Clue, list[KnownPerson]] = {}
        """Everybody who has a clue, where these are several."""
        self.book: dict[str, KnownPerson] = {}

    def add(self, person: KnownPerson, signs: Sequence[tuple[str, str]] | None = None) -> None:
        """Add `person` to the index; `signs` are their `clues`, if they are at hand."""
        if person.id is not None:
            self.book[person.id] = person
            self._put(("key", f"uid:{person.id}"), person)  # our own file
        for clue in clues(person.identity, person.values) if signs is None else signs:
            self._put(clue, person)

    def _put(self, clue: Clue, person: KnownPerson) -> None:
        kind, value = clue
        first = self.people[kind].setdefault(value, person)
        if first is not person or clue in self._all:
            self._all.setdefault(clue, [first]).append(person)

    def holders(self, clue: Clue) -> Sequence[KnownPerson]:
        """Return everybody who has this clue, the first one first."""
        if clue in self._all:
            return self._all[clue]
        kind, value = clue
        found = self.people[kind].get(value)
        return (found,) if found else ()

    def fill(
        self, person: KnownPerson, filling: dict[str, Any], details: Sequence[Detail], key: str
    ) -> None:
        """Add values to `person`, who is in the index, and index them by the new clues and `key`.

        The person's own `source_key` stays unchanged, since the user may still skip the line.
        """
        for clue in person.fill(filling, details, key):
            self._put(clue, person)

    def find(self, wanted: MatchIdentity, signs: Sequence[tuple[str, str]]) -> Match | None:
        """Return the person with these clues, matched by the most reliable one.

        The key of an earlier import is certain. A profile and an e-mail address are, unless the
        names contradict: a family shares an address. A telephone number with the family name, and
        an organisation with the full name, are certain only if one person has them and nothing
        contradicts it. A name alone never is.

        Args:
            wanted: the identity of the entry.
            signs: its `clues`.

        Returns:
            The first certain match, else the first possible one, else None.
        """
        perhaps: Match | None = None
        for sign in signs:
            found = self.holders(sign)
            if not found:
                continue
            by = sign[0]
            if by == "key":
                return Match(found[0], by, True)
            if by in ("url", "email"):
                person = choose_holder(found, wanted)
            elif by != "name" and len(found) == 1:
                person = None if contradicts(by, found[0].identity, wanted) else found[0]
            else:
                person = None
            if person is not None:
                return Match(person, by, True)
            perhaps = perhaps or Match(found[0], by, False)
        return perhaps

    def is_alone(self, person: KnownPerson, by: str, wanted: MatchIdentity) -> bool:
        """Return whether the clues down to `by`, which matched, lead only to `person`."""
        for sign, clue in clues(wanted, {}):
            found = self.holders((sign, clue))
            if any(one is not person for one in found):
                return False
            if found and sign == by:
                break
        return True


def choose_holder(found: Sequence[KnownPerson], wanted: MatchIdentity) -> KnownPerson | None:
    """Return who among the holders of an address is the one `wanted`; None if it is not certain.

    An address with more than `MOST_HOLDERS` is a shared one and identifies nobody.
    """
    if len(found) > MOST_HOLDERS:
        return None
    names = set(wanted.names)
    for person in found:
        if not names.isdisjoint(person.identity.names):
            return person
    others = [person for person in found if not names_contradict(person.identity, wanted)]
    return others[0] if len(others) == 1 else None


def join_addresses(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Return two lists of addresses as one; only the first ones identify the person."""
    return tuple(dict.fromkeys((*known, *more)))[:MOST_ADDRESSES]


def plain_detail(kind: str, value: str) -> str:
    """Return a detail's content normalised for comparison: a dot or a comma makes another one."""
    digits = plain_phone(value) if kind == "phone" else ""
    return digits or fold_spelling(value)


def detail_sign(detail: Detail) -> tuple[str, ...]:
    """Return what makes two details one: for a field or a day, its label too."""
    label = detail.label if detail.kind in ("field", "date") else ""
    return detail.kind, label, plain_detail(detail.kind, detail.value)


def address_signs(values: Mapping[str, Any]) -> set[tuple[str, ...]]:
    """Return the `detail_sign` of each address among the fields of a contact."""
    return {detail_sign(Detail(kind, "", values[kind])) for kind in SEVERAL if values.get(kind)}


def clues(who: MatchIdentity, values: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what identifies a person, as (kind, value), the most reliable first."""
    keys = values.get("source_key", "")
    return [
        *([("key", key) for key in keys.split()] if keys else ()),
        *[("url", url) for url in who.urls],
        *[("email", email) for email in who.emails],
        *[("phone", phone) for phone in who.phones],
        *[("employment", employment) for employment in who.employments],
        *[("name", name) for name in who.names],
    ]


def contradicts(by: str, one: MatchIdentity, other: MatchIdentity) -> bool:
    """Return whether anything contradicts that two people are the same.

    A household shares a telephone number and a family name, but not a given name. Two people of the
    same name in one organisation differ in their profile or their address.
    """
    if by == "phone":
        return bool(one.given and other.given) and one.given != other.given
    pairs = ((one.urls, other.urls), (one.emails, other.emails))
    return any(a and b and set(a).isdisjoint(b) for a, b in pairs)
