"""Names of people: the order of their parts, and honorifics."""

from __future__ import annotations

import re

EAST_ASIAN = re.compile(
    "[々〆\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff]"
)
"""Kanji, kana (of either width) and Hangul: in these scripts the family name comes first."""
HONORIFICS = ("さん", "様", "さま", "先生", "氏", "くん", "君", "ちゃん", "殿")
_WITH_HONORIFIC = re.compile(rf"(?:{'|'.join(HONORIFICS)})(?:\s?[（(][^（）()]*[)）])?$")


def is_east_asian(text: str) -> bool:
    """Return whether `text` contains kanji, kana or Hangul."""
    return EAST_ASIAN.search(text) is not None


def display_name(family: str, given: str) -> str:
    """Return the parts of a name joined in their usual order.

    The family name comes first if both parts are written in kanji, kana or Hangul, else the given
    name. Either part may be empty.

    >>> display_name("架空", "花子"), display_name("Kakuu", "Hanako"), display_name("", "花子")
    ('架空 花子', 'Hanako Kakuu', '花子')
    """
    if is_east_asian(family) and is_east_asian(given):
        return f"{family} {given}"
    return f"{given} {family}".strip()


def has_honorific(name: str) -> bool:
    """Return whether a name ends in an honorific; a remark in brackets may follow.

    >>> has_honorific("架空さん（粉屋）"), has_honorific("架空（粉屋）")
    (True, False)
    """
    return _WITH_HONORIFIC.search(name) is not None


def with_honorific(name: str, language: str, honorific: str = "さん") -> str:
    """Return `name` with an honorific: さん on a page, 様 in a letter.

    A space separates 様 from a Latin name only. English adds nothing, and a name that already ends
    in an honorific stays unchanged.

    >>> with_honorific("架空 花子", "ja"), with_honorific("架空 花子", "ja", "様")
    ('架空 花子さん', '架空 花子様')
    >>> with_honorific("Hanako Kakuu", "en")
    'Hanako Kakuu'
    """
    name = name.strip()
    if language != "ja" or not name or has_honorific(name):
        return name
    gap = " " if honorific == "様" and not is_east_asian(name) else ""
    return f"{name}{gap}{honorific}"


def reading_of(family_kana: str, given_kana: str, name: str) -> str:
    """Return the text that a person is sorted by: the reading if there is one, else the name.

    Pass the result to `enishi.i18n.kana.kana_key`.
    """
    return f"{family_kana} {given_kana}".strip() or name.strip()
