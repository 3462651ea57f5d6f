"""The words of dates, from `data/language/dates.yaml`, and a text as a line of such words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import normalize

from enishi.coach.language.phrase_rules import plain_text
from enishi.i18n.texts import read_phrases

_KANJI = "〇一二三四五六七八九"
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(r"(\d{1,4})(st|nd|rd|th)?(?![a-z\d])|(\d+)|([〇零一二三四五六七八九十百千]+)")
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)*")
_KANA = re.compile(r"[ぁ-んー]+")
_BEFORE_KANA = r"(?:(?<![ぁ-んー])|(?<=[はもをがにでとのしらかねよ]))"
_BEFORE_KANA_NAME = r"(?:(?<![ぁ-んー一-龥])|(?<=[のはも]))"  # not 見ようか
_AFTER_KANA = r"(?:(?![ぁ-んー])|(?=[はにのもまがで]|から|より|じゅう|ちゅう|ごろ|って|や(?!す)))"


@dataclass(frozen=True, slots=True)
class DateToken:
    """A word, number or other character of a text.

    Attributes:
        text: as written, without differences of width and case.
        start, end: where it stands in the plain text.
        means: the values of the word by kind, such as `{"month": 3}`.
    """

    text: str
    start: int
    end: int
    means: Mapping[str, Any]

    def get(self, kind: str) -> Any:
        """Return the value of the word as `kind`; None if it is no such word."""
        return self.means.get(kind)


NO_TOKEN = DateToken("", -1, -1, {})


@dataclass(frozen=True, slots=True)
class DateLine:
    """A text as tokens.

    Attributes:
        text: the plain text in lower case.
        cased: the plain text.
        origin: for each character of the plain text, and its end, where it stood in the original.
        tokens: the tokens in order, without spaces.
    """

    text: str
    cased: str
    origin: tuple[int, ...]
    tokens: tuple[DateToken, ...]

    def at(self, index: int) -> DateToken:
        """Return a token; beyond the ends an empty one."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else NO_TOKEN

    def after(self, index: int) -> str:
        """Return the text behind the token before `index`, up to 60 characters."""
        end = self.at(index - 1).end if index else 0
        return self.text[end : end + 60]

    def before(self, index: int) -> str:
        """Return the text before the token at `index`, up to 60 characters."""
        start = self.at(index).start
        return self.text[max(0, start - 60) : start]


def read_line_of_dates(text: str) -> DateLine:
    """Return `text` as tokens.

    >>> [token.text for token in read_line_of_dates("１２月３日(Thu)").tokens]
    ['12', '月', '3', '日', '(', 'thu', ')']
    """
    parts, origin = [], []
    for at, character in enumerate(text):
        plain = plain_text(character)
        parts.append(plain)
        origin += [at] * len(plain)
    cased = "".join(parts)
    low = "".join(each.lower() if len(each.lower()) == 1 else each for each in cased)
    return DateLine(low, cased, (*origin, len(text)), tuple(_tokens(low)))


def _tokens(text: str) -> Iterator[DateToken]:
    """Yield the tokens of a plain text in lower case."""
    words, patterns = date_words(), _patterns()
    at = 0
    while at < len(text):
        first = text[at]
        if first.isspace():
            at += 1
            continue
        means: Mapping[str, Any] = {}
        if (pattern := patterns.get(first)) and (hit := pattern.match(text, at)):
            means = words[_key(hit[0])]
        elif hit := _NUMBER.match(text, at):
            means = _number(hit)
        else:
            hit = _LATIN.match(text, at)
        end = hit.end() if hit else at + 1
        yield DateToken(text[at:end], at, end, means)
        at = end


def _number(hit: re.Match[str]) -> Mapping[str, Any]:
    """Return what a number means: `ordinal` for 3rd, `kanji` for 三, else `digits`."""
    digits, suffix, long, kanji = hit.groups()
    if suffix:
        return {"ordinal": int(digits)}
    if kanji:
        value = _from_kanji(kanji)
        return {} if value is None else {"number": value, "kanji": value}
    figures = digits or long
    return {"number": int(figures), "digits": len(figures)} if len(figures) < 9 else {}


def _from_kanji(text: str) -> int | None:
    """Return the number that kanji numerals write: 二十四, 二〇二六; None if they write none."""
    text = text.replace("零", "〇")
    if not any(sign in text for sign in _TENS):
        return int("".join(str(_KANJI.index(each)) for each in text)) if len(text) < 5 else None
    total = digit = 0
    for sign in text:
        if sign in _TENS:
            total, digit = total + (digit or 1) * _TENS[sign], 0
        else:
            digit = _KANJI.index(sign)
    return total + digit


@cache
def date_words() -> Mapping[str, Mapping[str, Any]]:
    """Return the values of each word by kind."""
    found: dict[str, dict[str, Any]] = {}
    for kind, words in read_phrases("dates")["words"].items():
        read = _VALUES.get(kind, int)
        for value, surfaces in words.items():
            for surface in surfaces:
                found.setdefault(_key(surface), {})[kind] = read(value)
    return found


@cache
def date_marks(name: str) -> re.Pattern[str]:
    """Return what matches one of the marks of a name."""
    return re.compile("|".join(f"(?:{mark})" for mark in read_phrases("dates")["marks"][name]))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Return by first character what matches a word, the longest first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(date_words(), key=len, reverse=True):
        by_first.setdefault(word[0], []).append(word)
    return {first: re.compile("|".join(map(_pattern, by_first[first]))) for first in by_first}


def _pattern(word: str) -> str:
    """Return what matches a word: Latin ones whole, kana ones not inside of other kana."""
    if word.isascii():
        return rf"(?<![a-z0-9])(?:{re.escape(word).replace(chr(92) + ' ', '[ -]+')})(?![a-z])"
    means = date_words()[word]
    if _KANA.fullmatch(word) and means.keys() & {"day_name", "weekday"} and word[-1] != "び":
        return _BEFORE_KANA_NAME + word + _AFTER_KANA
    if _KANA.fullmatch(word) and means.keys() & {"day", "past", "year_from_now", "week"}:
        return _BEFORE_KANA + word + _AFTER_KANA
    if word[0] == "月":  # of 3月末, 月末 is no word
        return r"(?<![\d〇一二三四五六七八九十])" + re.escape(word)
    return re.escape(word) + ("(?!曜)" if word.endswith("曜日") else "")  # 土曜日曜


def _key(surface: str) -> str:
    return re.sub(r"[\s-]+", " ", normalize("NFKC", surface).replace("’", "'"))


def _three(value: str) -> tuple[int, ...]:
    return tuple(map(int, value.split("/")))


def _pair(value: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", value)))


_VALUES: Mapping[str, Callable[[str], Any]] = {
    "until": str,
    "movable_holiday": _three,
    **dict.fromkeys(
        ("part", "part_of", "month_end", "week_part", "week_part_of", "holiday"),
        _pair,
    ),
}
"""How the values of some kinds of words are read; those of all others are numbers."""
