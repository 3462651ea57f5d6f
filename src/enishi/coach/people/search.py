"""Search for contacts by text, in either kana, in romaji, any width and any form of a character."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from enishi.i18n.folding import search_form
from enishi.i18n.romaji import romaji_form

NAME_FIELDS = ("name", "called", "alias", "romaji")
"""The columns with a name, besides its reading."""
MATCH_FIELDS = (
    *("organisation", "department", "title", "circles", "where_met", "how_met"),
    *("email", "phone", "url", "note"),
)
"""The other columns that the search covers, the first to be named where several match."""
DETAIL_FIELDS = {"email": "email", "phone": "phone", "url": "url", "address": "address"}
"""The field of a detail by its kind; one of another kind is a `field` of the person's own."""
ROW, CELL = "\x00", "\x01"
"""The separators between two contacts and between two values; no text of the book has them."""
_PHONE_DIGITS = 6
"""Fewest digits, the first a 0, that are a telephone number although spaces stand between them."""
_PHONE = re.compile(r"[0-9()+\-./]*[0-9][0-9()+\-./]*")
_NO_DIGIT = re.compile(r"[^0-9]+")
_SENTENCE = re.compile(r"(?<=[。．.!?！？])|\n")


@dataclass(frozen=True)
class Found:
    """The result of a search.

    Attributes:
        ids: ids of the contacts, the best matches first.
        total: the number of matches, returned or not.
    """

    ids: tuple[str, ...]
    total: int


class FoldedPerson(NamedTuple):
    """The texts of one contact, folded; each value stands behind a `CELL`.

    Attributes:
        names: the names and the readings.
        readings: the readings in Latin letters.
        others: everything else.
    """

    names: str
    readings: str
    others: str


@dataclass(frozen=True)
class SearchIndex:
    """What is searched, folded once for many searches.

    Attributes:
        ids: the ids of what is found, in the order in which it is found.
        texts: for each, its folded texts.
        folded: the folded texts by the texts themselves, for the next index of the same people.
    """

    ids: tuple[str, ...]
    texts: tuple[FoldedPerson, ...]
    folded: Mapping[tuple[str, str, str], FoldedPerson] = field(default_factory=dict, repr=False)


class SoughtWord(NamedTuple):
    """One word of a search, folded: as it is, in Latin letters, and its digits; '' for none."""

    form: str
    latin: str
    digits: str


def search_people(
    people: pd.DataFrame, text: str, most: int = 20, detail: pd.DataFrame | None = None
) -> Found:
    """Return the contacts of a contact frame in which every word of `text` occurs.

    Contacts of whom a name begins with the text or its first word come first, then those with a
    word in their name, then all others. A blank text finds no contact.

    Args:
        people: a contact frame.
        text: the search text: a name, its reading (also in Latin letters), or any of the texts of
            `MATCH_FIELDS` and of the details.
        most: the most ids to return.
        detail: the frame of the details.
    """
    if not search_form(text):
        return Found((), 0)
    return search_index(index_people(people, detail), text, most)


def search_index(index: SearchIndex, text: str, most: int) -> Found:
    """Return what of `index` has every word of `text`, as `search_people` does."""
    found = match_places(index, text)
    ordered = sorted(found, key=found.__getitem__)
    return Found(tuple(index.ids[place] for place in ordered[:most]), len(found))


def match_places(
    index: SearchIndex, text: str, places: Iterable[int] | None = None
) -> dict[int, int]:
    """Return the positions in `index` that match `text`, each with how well it does.

    Args:
        index: what is searched.
        text: the search text.
        places: the positions to search, in order; all where it is None.

    Returns:
        0 where a name begins with the text, 1 where all words are in the names, 2 otherwise.
    """
    words = sought_words(text)
    if not words:
        return {}
    starts = [CELL + form for form in (words[0].form, search_form(text))]
    spoken = [CELL + form for form in (words[0].latin, romaji_form(text)) if words[0].latin]
    found = {}
    for place in range(len(index.ids)) if places is None else places:
        names, readings, others = index.texts[place]
        rank = 0
        for form, latin, digits in words:
            if form in names or (latin and latin in readings):
                continue
            if form not in others and not (digits and digits in others):
                break
            rank = 2
        else:
            begins = any(mark in names for mark in starts)
            begins = begins or any(mark in readings for mark in spoken)
            found[place] = 0 if begins and not rank else rank or 1
    return found


def sought_words(text: str) -> list[SoughtWord]:
    """Return the words of a search text, folded; a telephone number is one word."""
    words = []
    digits = phone_digits(text)
    is_phone = digits.startswith("0") and len(digits) >= _PHONE_DIGITS
    for word in [text] if is_phone else text.split():
        if form := search_form(word):
            latin = romaji_form(form) if form.isascii() else ""
            words.append(SoughtWord(form, latin, phone_digits(form)))
    return words


def phone_digits(text: str) -> str:
    """Return the digits of a telephone number as dialled in Japan; '' for any other text.

    >>> phone_digits("090-1234-5678"), phone_digits("+81 90 1234 5678"), phone_digits("3F-12")
    ('09012345678', '09012345678', '')
    """
    bare = text.replace("-", "").replace(" ", "")
    if bare.isdecimal() and bare.isascii():  # nearly all of them
        return bare if len(bare) > 2 else ""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("−", "-")
    if not _PHONE.fullmatch(plain):
        return ""
    digits = _NO_DIGIT.sub("", plain)
    if plain.startswith("+81"):
        digits = "0" + digits.removeprefix("81").removeprefix("0")
    return digits if len(digits) > 2 else ""


def index_people(
    people: pd.DataFrame, detail: pd.DataFrame | None = None, earlier: SearchIndex | None = None
) -> SearchIndex:
    """Return the index of a contact frame, in its order.

    Args:
        people: a contact frame.
        detail: the frame of the details.
        earlier: the index of the same people at an earlier time: only texts that it does not have
            are folded.
    """
    folded = earlier.folded if earlier else {}
    texts = list(_texts_of(people, detail))
    new = list(dict.fromkeys(each for each in texts if each not in folded))
    fresh = dict(zip(new, map(FoldedPerson, *_fold_all(new)), strict=True)) if new else {}
    known = {each: fresh.get(each) or folded[each] for each in texts}
    return SearchIndex(tuple(people.index), tuple(map(known.__getitem__, texts)), known)


def index_texts(texts: Mapping[str, Iterable[str]]) -> SearchIndex:
    """Return the index of things that have several texts each, by id."""
    rows = [CELL.join(each) for each in texts.values()]
    folded = _fold(rows, search_form)
    return SearchIndex(tuple(texts), tuple(FoldedPerson(each, "", "") for each in folded))


def explain_match(
    person: Mapping[str, Any], details: Iterable[Mapping[str, Any]], text: str
) -> tuple[str, str] | None:
    """Return why a contact matches a search text, where it is not by their name.

    Args:
        person: a row of the contact.
        details: the rows of their details.
        text: the search text.

    Returns:
        The field (of `MATCH_FIELDS` and `DETAIL_FIELDS`, or `field`) with the first word that is
        not in the name, and its text, of a note the sentence; None where all are in the name.
    """
    reading = f"{person['family_kana']}{person['given_kana']}"
    forms = search_form(CELL.join([*(person[name] for name in NAME_FIELDS), reading]))
    latin = romaji_form(f"{reading}{CELL}{person['romaji']}")
    words = [
        word
        for word in sought_words(text)
        if word.form not in forms and not (word.latin and word.latin in latin)
    ]
    for word in words[:1]:
        for name, value in _values_of(person, details):
            for line in filter(None, map(str.strip, _SENTENCE.split(value))):
                if _holds(line, word):
                    return name, line
    return None


def _holds(text: str, word: SoughtWord) -> bool:
    """Return whether a text has a word of a search."""
    if word.form in search_form(text):
        return True
    return bool(word.digits) and word.digits in phone_digits(text)


def _values_of(
    person: Mapping[str, Any], details: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Yield the field and the text of everything of a contact that is no name."""
    for name in MATCH_FIELDS:
        cell = person[name]
        for value in cell if isinstance(cell, list) else [cell]:
            yield name, str(value)
    for each in details:
        yield DETAIL_FIELDS.get(each["kind"], "field"), str(each["value"])


def _texts_of(people: pd.DataFrame, detail: pd.DataFrame | None) -> Iterator[tuple[str, str, str]]:
    """Yield the names, the readings and the other texts of each contact."""
    columns = {name: people[name].tolist() for name in (*NAME_FIELDS, *MATCH_FIELDS)}
    kana = (people[name].tolist() for name in ("family_kana", "given_kana"))
    readings = [f"{family}{given}{CELL}{given}" for family, given in zip(*kana, strict=True)]
    spoken = map(CELL.join, zip(readings, columns["romaji"], strict=True))
    columns["circles"] = [CELL.join(cell) for cell in columns["circles"]]
    columns["phone"] = [_with_digits(cell) if cell else "" for cell in columns["phone"]]
    names = map(CELL.join, zip(*(columns[name] for name in NAME_FIELDS), readings, strict=True))
    own = map(CELL.join, zip(*(columns[name] for name in MATCH_FIELDS), strict=True))
    more = _details_of(detail)
    others = (
        text + CELL + more[id] if id in more else text
        for id, text in zip(people.index.tolist(), own, strict=True)
    )
    return zip(names, spoken, others, strict=True)


def _details_of(detail: pd.DataFrame | None) -> dict[str, str]:
    """Return the texts of the details of each contact that has some, by its id."""
    if detail is None or detail.empty:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    cells = (detail[name].tolist() for name in ("contact_id", "kind", "value"))
    for contact_id, kind, value in zip(*cells, strict=True):
        found[contact_id].append(_with_digits(value) if kind == "phone" else value)
    return {contact_id: CELL.join(values) for contact_id, values in found.items()}


def _with_digits(phone: str) -> str:
    """Return a telephone number, and its digits beside it."""
    digits = phone_digits(phone)
    return f"{phone}{CELL}{digits}" if digits else phone


def _fold_all(texts: Sequence[tuple[str, str, str]]) -> tuple[list[str], list[str], list[str]]:
    """Return the names, the readings and the other texts folded."""
    names, readings, others = (list(column) for column in zip(*texts, strict=True))
    return _fold(names, search_form), _fold(readings, romaji_form), _fold(others, search_form)


def _fold(rows: list[str], fold: Callable[[str], str]) -> list[str]:
    """Return the rows folded, each behind a `CELL`.

    All are folded at once: one pass over one long text is many times faster.
    """
    return fold(ROW.join(CELL + row for row in rows)).split(ROW) if rows else []
