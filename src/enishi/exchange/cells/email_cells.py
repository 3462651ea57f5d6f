"""E-mail addresses in a cell, each perhaps with a name or a remark beside it."""

from __future__ import annotations

import re

from enishi.exchange.cells.cell_words import CellValue, narrow_text, words_beside
from enishi.i18n.names import EAST_ASIAN

_EAST = EAST_ASIAN.pattern.strip("[]")
_PART = rf"[^\s@<>()\[\]{{}},;:\"'/|\\、。・「」【】{_EAST}]"
_HOST = r"[^\s@<>()\[\],;:\"/|、。]"
MAIL_INSIDE_CELL = re.compile(
    rf"(?<!{_PART}){_PART}{{1,64}}@"
    rf"(?:(?:[a-z0-9-]{{1,63}}\.){{1,9}}[a-z][a-z0-9-]{{1,62}}(?!{_PART})"
    rf"|{_HOST}{{1,200}}\.{_HOST}{{1,63}})",
    re.IGNORECASE,
)
"""An e-mail address within a text; words in kanji or kana may stand right beside it.

A local part has at most 64 characters, a label of a host 63 (RFC 5321).
"""
LONE_ADDRESS = re.compile(r"[\w.+-]{1,64}@[a-z0-9.-]+\.[a-z0-9-]+", re.ASCII | re.IGNORECASE)
"""What nearly all cells hold, which is seen through at once."""
SCHEME = re.compile(r"\bmailto:", re.IGNORECASE)
PLAIN_MAIL = re.compile(r"(?:e-?mail|mail|メール|メールアドレス|アドレス)?", re.IGNORECASE)
"""Words that say only that an e-mail address follows."""
EXCHANGE_ADDRESS = re.compile(r"/o=[^/]*/(?:ou|cn)=.*", re.IGNORECASE | re.DOTALL)
"""The name of a mailbox within an Exchange server, which Outlook writes for an address."""


def read_emails(cell: str) -> list[CellValue]:
    """Return the addresses of a cell; a cell without any is one value.

    >>> read_emails('"Lee, Ann" <ann@example.com>; mailto:b@example.com (work)')[1]
    CellValue(value='b@example.com', words='work', is_name=False)
    >>> [one.value for one in read_emails("ａ＠example.com、b@example.com／none yet")]
    ['a@example.com', 'b@example.com']
    """
    if LONE_ADDRESS.fullmatch(cell):
        return [CellValue(cell)]
    cell = SCHEME.sub("", cell)
    text = narrow_text(cell)
    found = list(MAIL_INSIDE_CELL.finditer(text))
    if not found:
        return [CellValue(" ".join(text.split()))]
    spans = [one.span() for one in found]
    values: dict[str, CellValue] = {}
    for one, words in zip(found, words_beside(cell, text, spans), strict=True):
        said = "" if PLAIN_MAIL.fullmatch(words) else words
        is_name = bool(said) and text[: one.start()].endswith("<")
        values.setdefault(one[0].rstrip("."), CellValue(one[0].rstrip("."), said, is_name))
    return list(values.values())
