"""Detection of a file's text encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from enishi.exchange.csv_headers import ENOUGH, KNOWN, PREAMBLE_LINES, plain_header
from enishi.exchange.errors import NotTextError, UnknownEncodingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, which determine the encoding; Excel's "Unicode text" is UTF-16."""
GUESSES = ("utf-8", "cp932")
"""Tried in this order: Shift_JIS bytes are rarely valid UTF-8, the reverse is common."""
NOT_CP932 = re.compile("[\x80-\x9f\xa0\uf8f0-\uf8f3]")
"""Characters that Python's cp932 returns for bytes that Shift_JIS leaves undefined."""
CELL_ENDS = re.compile("[,;\t\r\n]")


class Decoded(NamedTuple):
    """A file's text and its encoding, as a Python codec name."""

    text: str
    encoding: str


def decode(data: bytes, name: str) -> Decoded:
    """Detect the encoding of `data` and decode it.

    A byte order mark decides. Otherwise it is the first of UTF-8 and Shift_JIS (Windows' variant
    cp932) with which the headings are recognised, else the first that can decode the bytes.

    Args:
        data: the whole file.
        name: the file's name, for the sentence of an error.

    Raises:
        UnknownEncodingError: none of these can decode the bytes.
        NotTextError: the text holds NUL characters.
    """
    fitting = list(possible_decodings(data))
    if not fitting:
        raise UnknownEncodingError(name=name)
    decoded = next((one for one in fitting if has_headers(one.text)), fitting[0])
    if "\0" in decoded.text:
        raise NotTextError(name=name)
    return decoded


def possible_decodings(data: bytes) -> Iterator[Decoded]:
    """Yield every possible decoding of `data`, the most likely first."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else GUESSES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp932" or not NOT_CP932.search(text):
            yield Decoded(text, encoding)


def has_headers(text: str) -> bool:
    """Return whether one of the first lines of `text` has enough known headings."""
    lines = islice(text[:100_000].splitlines(), PREAMBLE_LINES)
    return any(
        len({plain_header(cell.strip('" ')) for cell in CELL_ENDS.split(line)} & KNOWN) >= ENOUGH
        for line in lines
    )
