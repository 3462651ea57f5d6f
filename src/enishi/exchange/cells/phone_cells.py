"""Telephone numbers in a cell, each perhaps with its kind or an extension beside it."""

from __future__ import annotations

import re

from enishi.exchange.cells.cell_words import MASK, CellValue, narrow_text, words_beside

DIGIT_RUN = re.compile(r"[+(]{0,3}\d(?:(?:[\d().+-]| (?! )){0,60}\d)?")
"""A run of digits as a number is written, with single spaces within it."""
LONE_NUMBER = re.compile(r"\+?[\d-]{8,15}")
"""What most cells hold, which is seen through at once."""
LEAST, LEAST_NAMED, MOST = 8, 5, 15
"""Fewest digits of a number, of one whose kind stands before it, and most (ITU-T E.164)."""
EXTENSION = re.compile(
    r"(?:; ?ext=|内線(?:番号)?|\bext(?:ension)?\b\.?|\bextn?\.|(?<=[\d )])x\.?|\bdurchwahl\b)"
    r"[ :.]{0,3}\d{1,6}(?!\d)",
    re.IGNORECASE,
)
URI_EXTENSION = re.compile(r"; ?ext=", re.IGNORECASE)
"""The extension in an address such as tel:+81-3-0000-0000;ext=12 (RFC 3966)."""
SCHEME_OF_NUMBER = re.compile(r"\btel:(?=\+)", re.IGNORECASE)
JOINING = re.compile(r"[ \t\u3000/・、,~〜-]*")
"""What may stand within one number whose parts are too short for numbers."""
BEFORE_NUMBER = re.compile(r" (?=[+(0])")
NEVER_MAIN = re.compile(
    r"fax|ファックス|ファクス|telex|テレックス|pager|ポケットベル|^f$", re.IGNORECASE
)
SPOKEN = re.compile(r"tel(?!ex)|phone|電話", re.IGNORECASE)
MOBILE_WORDS = re.compile(r"携帯|ケータイ|スマホ|mobile?|\bcell|handy|^m$", re.IGNORECASE)
PLAIN_PHONE = re.compile(
    r"(?:tel|tel\.|t|m|f|fax|phones?|telephone|phone number|mobile"
    r"|電話|電話番号|連絡先|携帯|携帯電話|☎|℡)?",
    re.IGNORECASE,
)
"""Words that say no more than what the number itself or its place does."""


def read_phones(cell: str) -> list[CellValue]:
    """Return the telephone numbers of a cell; a cell without any is one value.

    >>> read_phones("自宅 03-0000-1111 携帯 090-0000-2222")[1]
    CellValue(value='090-0000-2222', words='携帯', is_name=False)
    >>> read_phones("tel:+81-3-0000-0000;ext=12")
    [CellValue(value='+81-3-0000-0000', words='ext. 12', is_name=False)]
    """
    if LONE_NUMBER.fullmatch(cell):
        return [CellValue(cell)]
    cell = SCHEME_OF_NUMBER.sub("", cell)
    narrowed = EXTENSION.sub(lambda found: MASK * len(found[0]), narrow_text(cell))
    spans = find_numbers(narrowed)
    if not spans:
        return [CellValue(" ".join(cell.split()))]
    values: dict[str, CellValue] = {}
    for (start, end), words in zip(spans, words_beside(cell, narrowed, spans), strict=True):
        number = " ".join(cell[start:end].split())
        said = URI_EXTENSION.sub(" ext. ", f";{words}" if words.startswith("ext=") else words)
        values.setdefault(number, CellValue(number, said.strip()))
    return list(values.values())


def find_numbers(text: str) -> list[tuple[int, int]]:
    """Return where each number of a narrowed text begins and ends."""
    runs: list[tuple[int, int]] = []
    for found in DIGIT_RUN.finditer(text):
        for start, end in split_run(text, *found.span()):
            if runs and is_one_number(text, runs[-1], (start, end)):
                runs[-1] = runs[-1][0], end
            else:
                runs.append((start, end))
    end_before = [0, *(end for _, end in runs)]
    return [
        (start, end)
        for before, (start, end) in zip(end_before, runs, strict=False)
        if LEAST <= (count := count_digits(text[start:end])) <= 2 * MOST
        or (LEAST_NAMED <= count < LEAST and is_phone_kind(text[before:start]))
    ]


def split_run(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the numbers in a run of digits: two in a row have more digits than any number."""
    run = text[start:end]
    for gap in BEFORE_NUMBER.finditer(run):
        left, right = run[: gap.start()], run[gap.end() :]
        is_next = right[0] == "+" or count_digits(run) > MOST
        if is_next and count_digits(left) > LEAST and count_digits(right) >= LEAST:
            middle = start + gap.start()
            return [(start, middle), *split_run(text, middle + 1, end)]
    return [(start, end)]


def is_one_number(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two runs of digits are parts of one number, as in 0711 / 555-010."""
    first, second = count_digits(text[slice(*one)]), count_digits(text[slice(*other)])
    is_joined = JOINING.fullmatch(text, one[1], other[0]) is not None
    return is_joined and min(first, second) < LEAST and first + second <= MOST


def count_digits(text: str) -> int:
    """Return the number of digits in a text."""
    return sum(letter.isdecimal() for letter in text)


def is_phone_kind(words: str) -> bool:
    """Return whether words say that a telephone number follows."""
    return any(form.search(words) for form in (NEVER_MAIN, SPOKEN, MOBILE_WORDS))


def is_never_main(words: str) -> bool:
    """Return whether words name a fax or pager and no telephone, as "TEL/FAX" does."""
    return NEVER_MAIN.search(words) is not None and not SPOKEN.search(words)
