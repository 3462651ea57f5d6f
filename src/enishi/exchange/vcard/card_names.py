"""The name of a person from a vCard: its parts, its readings, nicknames."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from enishi.exchange.vcard.card_draft import CardDraft
from enishi.exchange.vcard.card_lines import CardLine
from enishi.exchange.vcard.card_properties import ANDROID, PHONETIC
from enishi.i18n.kana import to_katakana
from enishi.i18n.names import HONORIFICS, display_name, is_east_asian

IN_KANA = re.compile(r"[\s\u3000・ー\u3041-\u309f\u30a0-\u30ff\uff65-\uff9f]+")
"""A text in kana."""
BRACKETED = re.compile(r"\s*<([^<>]*)>\s*")
"""A reading within the name, as old telephones wrote it."""
_OTHER_FORM = frozenset({"ALTID", "LANGUAGE", "PHONETIC"})
"""Parameters of a name that say that it is another form of the first."""
SEVERAL_NAMES = "This card has more than one name; perhaps it is of several people: {names}"


class NameParts(NamedTuple):
    """The parts of a name, each on one line.

    Attributes:
        family, given: the family name, and the given and middle ones.
        prefix, suffix: what stands before and behind the name.
        rest: parts that no version knows.
        reading: what stood in brackets, as old telephones wrote how the name is read.
    """

    family: str = ""
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    rest: str = ""
    reading: str = ""


def read_names(draft: CardDraft) -> None:
    """Read the name, its parts, its readings, and its form in Latin letters."""
    values = draft.values
    full_lines = draft.named.get("FN", [])
    full_line = main_name(full_lines)
    line = main_name([one for one in draft.named.get("N", ()) if "PHONETIC" not in one.head.params])
    family, given, prefix, suffix, rest, reading = split_card_name(draft, line)
    full = draft.line_text(full_line) if full_line else ""
    if not draft.is_own:
        full, _ = take_brackets(full)
    name = full
    bare = full.removeprefix(prefix).removesuffix(suffix)
    if not full or (not draft.is_own and same_parts(bare, family, given)):
        name = display_name(family, given) or full
    if suffix in HONORIFICS:
        values["honorific"] = suffix
    elif line:
        draft.add(line, "field", "Suffix", suffix)
    if line:
        draft.add(line, "field", "Prefix", prefix)
        draft.add(line, "field", "N", rest)
    others = [one for one in full_lines if one is not full_line]
    latin = next((draft.line_text(one) for one in others if "ALTID" in one.head.params), "")
    values |= {"family": family, "given": given, "romaji": "" if is_east_asian(latin) else latin}
    for one in others:
        if draft.line_text(one) not in ("", values["romaji"], full):
            draft.add(one, "field", "FN", draft.line_text(one))
    tell_other_names(draft, line, full_line)
    read_readings(draft, line, reading)
    nickname = read_nicknames(draft)
    values["name"] = name or nickname
    values["alias"] = nickname


def split_card_name(draft: CardDraft, line: CardLine | None) -> NameParts:
    """Return the parts of a name; a name of two words in one part is split."""
    if not line:
        return NameParts()
    parts = draft.parts(line, joined=" ")
    readings = []
    for at, part in enumerate(parts[:2] if not draft.is_own else ()):
        parts[at], reading = take_brackets(part)
        readings.append(reading)
    family, given, middle, prefix, suffix = (
        " ".join(one.split()) for one in (parts + [""] * 5)[:5]
    )
    given = f"{given} {middle}".strip()
    is_whole = not given and not draft.is_own and is_east_asian(family)
    if is_whole and len(words := family.split()) == 2:
        family, given = words
    rest = " ".join(filter(None, parts[5:]))
    return NameParts(family, given, prefix, suffix, rest, " ".join(readings).strip())


def take_brackets(text: str) -> tuple[str, str]:
    """Return a name without its reading in brackets, and the reading, "" if there is none.

    >>> take_brackets("架空<カクウ>"), take_brackets("架空")
    (('架空', 'カクウ'), ('架空', ''))
    """
    found = BRACKETED.search(text) if "<" in text else None
    return (BRACKETED.sub(" ", text).strip(), found[1]) if found else (text, "")


def tell_other_names(draft: CardDraft, name: CardLine | None, full: CardLine | None) -> None:
    """Tell of names that are not said to be another form of the first, and keep their parts.

    A card into which another one runs has them.
    """
    if len(draft.named.get("N", ())) < 2 and len(draft.named.get("FN", ())) < 2:
        return
    said = {"".join(draft.text(one).split()) for one in (name, full) if one}
    others: list[str] = []
    for line in (*draft.named.get("N", ()), *draft.named.get("FN", ())):
        text = " ".join(filter(None, draft.parts(line))) if line.head.name == "N" else ""
        is_known = "".join(draft.text(line).split()) in said
        if is_known or not (text or draft.line_text(line)):
            continue
        if line.head.params:
            if text and not line.head.params.keys() & _OTHER_FORM:
                draft.add(line, "field", "N", text)
            continue
        others.append(text or draft.line_text(line))
        if line.head.name == "N":
            draft.add(line, "field", "N", text)
    if others:
        names = " / ".join(dict.fromkeys(others))[:80]
        draft.record.add_problem(SEVERAL_NAMES, names=names)


def main_name(lines: Iterable[CardLine]) -> CardLine | None:
    """Return the first of several forms of a name, one in kanji or kana before others."""
    filled = [line for line in lines if line.value.strip("; ")]
    if len(filled) < 2:
        return filled[0] if filled else None
    return next((line for line in filled if is_east_asian(line.value)), filled[0])


def same_parts(written: str, family: str, given: str) -> bool:
    """Return whether `written` consists of these two parts in either order."""
    if written == f"{family} {given}":  # by far the most frequent
        return True
    plain, one, two = (re.sub(r"[\s,、・]", "", text) for text in (written, family, given))
    return plain in (one + two, two + one)


def read_readings(draft: CardDraft, line: CardLine | None, bracketed: str) -> None:
    """Read how the name is read, from the first of the places that say it."""
    values = draft.values
    for name, column in PHONETIC.items():
        if reading := draft.first(name):
            values[column] = reading if draft.is_own else to_katakana(reading)
    middle = draft.first("X-PHONETIC-MIDDLE-NAME")
    if middle:
        values["given_kana"] = f"{values.get('given_kana', '')} {to_katakana(middle)}".strip()
    if values.get("family_kana") or values.get("given_kana"):
        return
    for one in reading_parts(draft, line, bracketed):
        if any(one) and all(not part or IN_KANA.fullmatch(part) for part in one):
            values["family_kana"], values["given_kana"] = map(to_katakana, one)
            return


def reading_parts(
    draft: CardDraft, line: CardLine | None, bracketed: str
) -> Iterable[tuple[str, str]]:
    """Yield the readings of family and given name that a card offers, the most reliable first."""
    sounds = (
        one
        for one in draft.named.get("SOUND", ())
        if "irmc-n" in (word.lower() for word in one.head.types)  # TYPE=X-IRMC-N
    )
    phonetic = (one for one in draft.named.get("N", ()) if "PHONETIC" in one.head.params)
    for one in chain(sounds, phonetic):
        family, given, *_ = [*draft.parts(one), ""]
        yield split_reading(family, given)
    if line and (order := line.head.params.get("SORT-AS")):
        family, _, given = order.partition(",")
        yield split_reading(family, given)
    yield split_reading(draft.first("SORT-STRING"), "")
    yield split_reading(draft.first("X-KANA"), "")
    yield split_reading(bracketed, "")


def split_reading(family: str, given: str) -> tuple[str, str]:
    """Return a reading in two parts; one text is split at its gap.

    >>> split_reading("カクウ ハナコ", ""), split_reading("カクウ", "ハナコ")
    (('カクウ', 'ハナコ'), ('カクウ', 'ハナコ'))
    """
    family, given = " ".join(family.replace(",", " ").split()), " ".join(given.split())
    if family and not given:
        family, _, given = family.partition(" ")
    return family, given


def read_nicknames(draft: CardDraft) -> str:
    """Return the first nickname; further ones become details."""
    found: list[tuple[CardLine, str]] = []
    for line in draft.named.get("NICKNAME", ()):
        names = [draft.line_text(line)] if draft.old else draft.parts(line, ",")
        found.extend((line, name) for name in names if name)
    for line in draft.named.get("X-ANDROID-CUSTOM", ()):
        kind, name, *_ = [*draft.parts(line), "", ""]
        if kind.removeprefix(ANDROID) == "nickname" and name:
            found.append((line, name))
    for line, name in found[1:]:
        draft.add(line, "field", "NICKNAME", name)
    return found[0][1] if found else ""
