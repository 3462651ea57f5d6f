"""How a vCard writes a text: escapes, the parts of a value, days, and labels."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enishi.exchange.date_parsing import day_text, read_birthday

TEXT_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
OLD_ESCAPED = re.compile(r"\\([;,:])")
"""Version 2.1 escapes separators only; its other backslashes are characters."""
OLD_BACKSLASH = re.compile(r"\\(?![;,:])")
NEEDS_ESCAPE = re.compile(r"[\\,;\n]")
BREAK = re.compile(r"\\([nN])|\\(.)", re.DOTALL)
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
TIME_OF_DAY = re.compile(r"[T ]\d{2}:?\d{2}.*")
APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
APPLE_LABELS = {
    **{
        name.lower(): name
        for name in (
            *("Home", "Work", "Mobile", "Main", "Other", "Pager", "School", "Anniversary"),
            *("Mother", "Father", "Parent", "Brother", "Sister", "Child", "Friend", "Spouse"),
            *("Partner", "Assistant", "Manager"),
        )
    },
    "home page": "HomePage",
    "home fax": "HomeFAX",
    "work fax": "WorkFAX",
}
"""Labels that Apple writes in a form of its own and shows in the language of the telephone."""
IGNORED_TYPES = frozenset({"pref", "voice", "internet", "msg", "x400", "uri", "text", "date"})
"""Types that tell a person nothing."""
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Marks for the direction of writing, which telephones put around numbers."""


def unescape(text: str, old: bool = False) -> str:
    r"""Return the text that a value stands for.

    >>> unescape(r"tea\, coffee\nand cake"), unescape(r"C:\new", old=True)
    ('tea, coffee\nand cake', 'C:\\new')
    """
    if "\\" not in text:
        return text
    if old:
        return OLD_ESCAPED.sub(r"\1", text)
    return TEXT_ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def escape_text(text: str) -> str:
    r"""Return a text as versions 3.0 and 4.0 write it.

    >>> escape_text("tea, coffee\nand cake")
    'tea\\, coffee\\nand cake'
    """
    return NEEDS_ESCAPE.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", text)


def split_escaped(text: str, separator: str) -> list[str]:
    r"""Split a value at `separator`, except where a backslash stands before it.

    >>> split_escaped(r"a\;b;c", ";")
    ['a\\;b', 'c']
    """
    if "\\" not in text:
        return text.split(separator)
    parts, start = [], 0
    for found in re.finditer(rf"\\.|{separator}", text, re.DOTALL):
        if found[0] == separator:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def show_breaks(value: str, old: bool) -> str:
    r"""Return the value of a property whose parts are unknown: only its line breaks are solved.

    >>> show_breaks(r"35.6;139.7\, about\nhere", old=False)
    '35.6;139.7\\, about\nhere'
    """
    if "\\" not in value:
        return value
    if old:
        return OLD_BACKSLASH.sub(r"\\\\", value)
    return BREAK.sub(lambda found: "\n" if found[1] else found[0], value)


def hide_breaks(value: str) -> str:
    """Return such a value as it is written; see `show_breaks`."""
    return value.replace("\n", "\\n")


def without_marks(text: str) -> str:
    r"""Return a number or an address without invisible marks, on one line.

    >>> without_marks("\u202a+81 90\u20110000\u202c")
    '+81 90-0000'
    """
    if not text.isascii():
        text = INVISIBLE.sub("", text).replace("\u2010", "-").replace("\u2011", "-")
    return " ".join(text.split())


UNKNOWN_YEAR = "1604"
"""The year by which Apple says that a day has none; it was a leap year. Some programs write it
without the parameter that tells so."""


def read_card_day(text: str, unknown_year: str = UNKNOWN_YEAR) -> str:
    """Return a day as `YYYY-MM-DD`, without a year as `--MM-DD`, or "" if it is neither.

    >>> [read_card_day(day) for day in ("19900415", "1990-04-15T00:00:00Z", "--0415", "1990")]
    ['1990-04-15', '1990-04-15', '--04-15', '']
    >>> read_card_day("1604-04-15")
    '--04-15'

    Args:
        text: the value of the property.
        unknown_year: the year that stands for none.
    """
    bare = TIME_OF_DAY.sub("", text.strip())
    if found := COMPACT_DAY.fullmatch(bare):
        bare = "-".join(found.groups())
    if unknown_year and bare.startswith(f"{unknown_year}-"):
        leap = day_text(2000, *map(int, parts)) if len(parts := bare.split("-")[1:]) == 2 else ""
        return leap and f"-{leap[4:]}"
    return read_birthday(bare)


def plain_label(label: str) -> str:
    """Return a label as a person writes it.

    >>> plain_label("_$!<HomePage>!$_"), plain_label("Studio")
    ('home page', 'Studio')
    """
    label = " ".join(label.split())
    if found := APPLE_LABEL.fullmatch(label):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", found[1]).lower()
    return label


def type_label(types: Iterable[str]) -> str:
    """Return the label that the types of a property make: "home fax"."""
    return " ".join(dict.fromkeys(word for word in types if word not in IGNORED_TYPES))
