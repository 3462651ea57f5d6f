"""Contacts who may be one person, each pair with what speaks for it; nothing is ever merged here.

Candidates are found by keys (blocking): only contacts that share an address, a number, a name or a
reading are compared, so that the time grows with the number of contacts and not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any, Literal, NamedTuple

import pandas as pd

from enishi.i18n.address_folding import plain_email, plain_phone, plain_url
from enishi.i18n.folding import fold_key, search_form
from enishi.i18n.names import HONORIFICS, is_east_asian
from enishi.i18n.romaji import romaji_form

ClueKind = Literal[
    "email", "url", "phone", "name", "variant", "alias", "reading", "part", "organisation"
]
"""What two contacts share: an address, a page, a number, a name as written or in another writing,
another name, a reading, a family name where no more is written, where they work."""
MOST_ALIKE = 6
"""Most contacts that share a name before the name alone no longer makes a pair to look at."""
MOST_SHARING = 6
"""Most contacts that share an address or a number before it is one of a house or an office."""
_WEIGHTS: dict[ClueKind, int] = {
    **{"url": 6, "email": 6, "phone": 5, "name": 4, "variant": 4},
    **{"alias": 3, "reading": 3, "organisation": 2, "part": 1},
}
"""Orders the pairs, those with most in common first; never shown."""
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fc\uff66-\uff9f・\s]+")
_CONTACT_COLUMNS = (
    *("name", "family", "given", "family_kana", "given_kana", "romaji", "alias"),
    *("organisation", "email", "phone", "url", "birthday"),
)


@dataclass(frozen=True)
class SharedClue:
    """Something that two contacts share.

    Attributes:
        kind: what it is.
        value: the first contact's value as written; the second one's may be written otherwise.
    """

    kind: ClueKind
    value: str


@dataclass(frozen=True)
class LikelyPair:
    """Two contacts who may be one person.

    Attributes:
        one: the id of the contact that comes first in the book.
        other: the id of the other one.
        clues: what they share, the clearest first.
    """

    one: str
    other: str
    clues: tuple[SharedClue, ...]


class _NamePart(NamedTuple):
    """A family or given name, folded; what is not known is ''."""

    han: str = ""
    latin: str = ""
    sound: str = ""

    def __bool__(self) -> bool:
        return bool(self.han or self.latin or self.sound)


class _Clues(NamedTuple):
    """What of a contact is compared, folded."""

    row: dict[str, str]
    emails: dict[str, str]
    phones: dict[str, str]
    pages: dict[str, str]
    family: _NamePart
    given: _NamePart
    single: _NamePart
    written: frozenset[str]
    sounds: frozenset[str]
    alias: str
    organisation: str


def find_duplicates(
    people: pd.DataFrame, details: pd.DataFrame, distinct: pd.DataFrame, contact_id: str = ""
) -> tuple[LikelyPair, ...]:
    """Return the pairs of contacts who may be one person, those with most in common first.

    An address of a mailbox that many read is no clue, and a personal one none if the given names
    differ: a family shares an address and a number. Pairs that the person called two people are
    left out.

    Args:
        people: a contact frame, without those in the bin.
        details: the detail frame, whose further addresses and numbers count, too.
        distinct: the frame of the pairs that are two people.
        contact_id: return only the pairs of this contact; '' for all.
    """
    memo = _Folds()
    clues = _clues_of(people, details, memo)
    apart = {frozenset(pair) for pair in zip(distinct["a_id"], distinct["b_id"], strict=True)}
    found = []
    for one, other in _candidates(clues, contact_id):
        if frozenset((one, other)) in apart:
            continue
        if shared := _shared(clues[one], clues[other]):
            found.append(LikelyPair(one, other, shared))
    found.sort(key=lambda pair: -sum(_WEIGHTS[clue.kind] for clue in pair.clues))
    return tuple(found)


class _Folds:
    """Folds texts, each of them once: names and companies repeat."""

    def __init__(self) -> None:
        self.fold = _Memo(fold_key)
        self.sound = _Memo(romaji_form)
        self.part = _Memo(_split_script)


class _Memo(dict[str, Any]):
    """The results of a function of one text."""

    def __init__(self, function: Callable[[str], Any]) -> None:
        self.function = function

    def __missing__(self, text: str) -> Any:
        result = self[text] = self.function(text)
        return result


def _split_script(text: str) -> _NamePart:
    """Return a part of a name by its script: kana are a sound, anything else is also a writing."""
    if not text:
        return _NamePart()
    if not is_east_asian(text):
        return _NamePart(latin=fold_key(text), sound=romaji_form(text))
    if _KANA.fullmatch(text):
        return _NamePart(sound=romaji_form(text))
    return _NamePart(han=search_form(text))


def _clues_of(people: pd.DataFrame, details: pd.DataFrame, memo: _Folds) -> dict[str, _Clues]:
    """Return what is compared of each contact, by id."""
    more: dict[str, list[tuple[str, str]]] = defaultdict(list)
    columns = (details[name].tolist() for name in ("contact_id", "kind", "value"))
    for id, kind, value in zip(*columns, strict=True):
        more[id].append((kind, value))
    cells = (people[name].tolist() for name in _CONTACT_COLUMNS)
    return {
        id: _clues(dict(zip(_CONTACT_COLUMNS, values, strict=True)), more.get(id, ()), memo)
        for id, *values in zip(people.index.tolist(), *cells, strict=True)
    }


def _clues(row: dict[str, str], more: Iterable[tuple[str, str]], memo: _Folds) -> _Clues:
    """Return what is compared of one contact."""
    family, given, single, whole = _parts(row, memo)
    written = {form for part in (whole, single) if (form := part.han or part.latin)}
    sounds = {single.sound} if single.sound and not single.latin else set()
    parts = [part.han or part.latin for part in (family, given)]
    if all(parts):
        written |= {"".join(parts), "".join(reversed(parts))}
    heard = [part.sound for part in (family, given)]
    if all(heard):
        sounds |= {"".join(heard), "".join(reversed(heard))}
    latin = row["romaji"].split()
    if len(latin) > 1:
        heard = [memo.sound[part] for part in latin]
        sounds |= {"".join(heard), "".join(reversed(heard))}
    emails, phones, pages = {}, {}, {}
    first = next(iter(written), "")
    for kind, value in (
        *(("email", row["email"]), ("phone", row["phone"]), ("url", row["url"])),
        *more,
    ):
        if kind == "email" and (key := plain_email(value)):
            emails[key] = value
        elif kind == "phone" and (key := plain_phone(value)):
            phones[key] = value
        elif kind == "url" and (key := plain_url(value, first)):
            pages[key] = value
    return _Clues(
        *(row, emails, phones, pages, family, given, single),
        frozenset(written),
        frozenset(sounds),
        memo.fold[row["alias"]] if row["alias"] else "",
        memo.fold[row["organisation"]] if row["organisation"] else "",
    )


def _parts(row: dict[str, str], memo: _Folds) -> tuple[_NamePart, _NamePart, _NamePart, _NamePart]:
    """Return the family name, the given name, a name of one part only, and the name in one."""
    name = row["name"] if "@" not in row["name"] else ""
    ending = next((one for one in HONORIFICS if name.endswith(one)), "")
    name = name.removesuffix(ending).strip() or name
    words = name.replace("・", " ").split()
    family, given = row["family"], row["given"]
    if not (family and given) and len(words) == 2:
        family, given = words if is_east_asian(name) else reversed(words)
    whole = memo.part["".join(words)]
    if not (family and given):
        return _NamePart(), _NamePart(), whole, whole
    both = []
    for part, kana in ((family, row["family_kana"]), (given, row["given_kana"])):
        folded = memo.part[part]
        both.append(folded._replace(sound=memo.sound[kana]) if kana else folded)
    return both[0], both[1], _NamePart(), whole


def _candidates(clues: dict[str, _Clues], contact_id: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs that share a key, each once, in the order of the book."""
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    wanted = set(_keys(clues[contact_id])) if contact_id in clues else None
    if contact_id and wanted is None:
        return
    for id, one in clues.items():
        for key in _keys(one):
            if wanted is None or key in wanted:
                blocks[key].append(id)
    seen: set[tuple[str, str]] = set()
    for (kind, _), ids in blocks.items():
        most = MOST_SHARING if kind == "address" else MOST_ALIKE
        groups = [ids]
        if len(ids) > most:  # of many with one name, only those who work together are compared
            groups = _colleagues(ids, clues) if kind == "name" else []
        for pair in chain.from_iterable(combinations(group, 2) for group in groups):
            if pair not in seen and (not contact_id or contact_id in pair):
                seen.add(pair)
                yield pair


def _colleagues(ids: Iterable[str], clues: dict[str, _Clues]) -> list[list[str]]:
    """Return the groups of `ids` who work in one organisation; groups too large are left out."""
    groups: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        if organisation := clues[id].organisation:
            groups[organisation].append(id)
    return [group for group in groups.values() if len(group) <= MOST_ALIKE]


def _keys(one: _Clues) -> Iterator[tuple[str, str]]:
    """Yield the keys under which a contact is looked for."""
    for key in (*one.emails, *one.phones, *one.pages):
        yield "address", key
    names = one.written | one.sounds | ({one.alias} if len(one.alias) > 2 else set())
    for name in names:
        yield "name", name
    family = one.single or one.family
    if one.organisation and (form := family.han or family.latin):
        yield "family", f"{one.organisation} {form}"


def _shared(one: _Clues, other: _Clues) -> tuple[SharedClue, ...]:
    """Return what two contacts share; nothing if they are no likely pair."""
    if _are_two(one, other):
        return ()
    found: list[SharedClue] = []
    for kind, mine, theirs in (
        ("url", one.pages, other.pages),
        ("email", one.emails, other.emails),
        ("phone", one.phones, other.phones),
    ):
        if key := next((key for key in mine if key in theirs), ""):
            found.append(SharedClue(kind, mine[key]))  # type: ignore[arg-type]  # of the three
    if name := _shared_name(one, other):
        found.append(name)
    if not _suffices(found, one, other):
        return ()
    if one.organisation and one.organisation == other.organisation:
        found.append(SharedClue("organisation", one.row["organisation"]))
    return tuple(sorted(found, key=lambda clue: -_WEIGHTS[clue.kind]))


def _suffices(found: list[SharedClue], one: _Clues, other: _Clues) -> bool:
    """Return whether what two contacts share, beside where they work, makes a likely pair."""
    kinds = {clue.kind for clue in found}
    if kinds & {"url", "email", "name", "variant", "alias"}:
        return True
    works_together = bool(one.organisation) and one.organisation == other.organisation
    if "phone" in kinds:
        return bool(kinds - {"phone"}) or _are_alike(one, other)
    if "reading" in kinds:
        return works_together or not (_is_han(one) and _is_han(other))
    return "part" in kinds and works_together


def _shared_name(one: _Clues, other: _Clues) -> SharedClue | None:
    """Return what of two names is the same; None if nothing is."""
    name = one.row["name"] or f"{one.row['family']} {one.row['given']}".strip()
    if one.written & other.written:
        raw = [sorted(each.row["name"].split()) for each in (one, other)]
        is_same = raw[0] == raw[1] or "".join(raw[0]) == "".join(raw[1])
        return SharedClue("name" if is_same else "variant", name)
    if _share_alias(one, other):
        return SharedClue("alias", one.row["alias"] or other.row["alias"])
    if one.sounds & other.sounds and not (_is_latin(one) and _is_latin(other)):
        return SharedClue("reading", name)
    if bool(one.single) != bool(other.single):
        short, full = (one, other) if one.single else (other, one)
        if _differ(short.single, full.family) is False:
            return SharedClue("part", short.row["name"])
    return None


def _share_alias(one: _Clues, other: _Clues) -> bool:
    """Return whether the other name of a contact is a name of the other one."""
    mine, theirs = one.alias, other.alias
    return bool(mine and mine in other.written | {theirs}) or bool(theirs and theirs in one.written)


def _is_han(one: _Clues) -> bool:
    """Return whether a name is written in kanji."""
    return bool(one.family.han or one.given.han or one.single.han)


def _are_two(one: _Clues, other: _Clues) -> bool:
    """Return whether the names or the birthdays of two contacts contradict each other."""
    born = [each.row["birthday"].strip() for each in (one, other)]
    if all(len(day) == 10 for day in born) and born[0] != born[1]:
        return True
    if one.written & other.written:
        heard = [each.family.sound and each.given.sound for each in (one, other)]
        return all(heard) and not one.sounds & other.sounds and not _is_latin(one)
    if one.sounds & other.sounds or _share_alias(one, other):
        return False
    if one.single or other.single:
        short, full = (one, other) if one.single else (other, one)
        if full.single:
            return _differ(short.single, full.single) is True
        told = [_differ(short.single, part) for part in (full.family, full.given)]
        begins = full.family.han and short.single.han.startswith(full.family.han)
        return told == [True, True] and not begins
    given = _differ(one.given, other.given)
    return given is True or (given is None and _differ(one.family, other.family) is True)


def _is_latin(one: _Clues) -> bool:
    return bool(one.family.latin)


def _are_alike(one: _Clues, other: _Clues) -> bool:
    """Return whether a family or a given name of two contacts is the same."""
    if one.single or other.single:
        short, full = (one, other) if one.single else (other, one)
        parts = [full.single] if full.single else [full.family, full.given]
        return any(_differ(short.single, part) is False for part in parts)
    return any(
        _differ(mine, theirs) is False
        for mine, theirs in ((one.family, other.family), (one.given, other.given))
    )


def _differ(one: _NamePart, other: _NamePart) -> bool | None:
    """Return whether two parts of names differ; None if that cannot be told from their writing."""
    if one.latin and other.latin:
        return not (one.latin.startswith(other.latin) or other.latin.startswith(one.latin))
    heard = bool(one.sound and other.sound)
    if one.han and other.han:
        if one.han == other.han:
            return heard and one.sound != other.sound
        return None if heard and one.sound == other.sound else True
    if not heard:
        return None
    if one.latin or other.latin:
        return not (one.sound.startswith(other.sound) or other.sound.startswith(one.sound))
    return one.sound != other.sound
