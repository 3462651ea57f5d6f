"""Detection of a file's text encoding."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from enishi.exchange.errors import ControlCharactersError, NotTextError, UnknownEncodingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, which determine the encoding; Excel's "Unicode text" is UTF-16."""
ENCODINGS = (
    *("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "iso2022_jp_ext", "cp1252"),
    *("utf-16", "utf-16-le", "utf-16-be"),
)
"""The codecs that a file may be read with."""
ESCAPE = re.compile(rb"\x1b(?:\$[@AB]|\$\([CD]|\([BJI])")
"""An escape sequence of ISO-2022-JP, whose bytes are all below 0x80."""
NOT_CP932 = re.compile("[\x80-\x9f\xa0\uf8f0-\uf8f3]")
"""Characters that Python's cp932 returns for bytes that Shift_JIS leaves undefined."""
_WIDE = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
_HALF = "\uff61-\uff9f"
_PRIVATE = "\ue000-\uf8ff"
NOT_JAPANESE = re.compile(
    f"[{_PRIVATE}]"
    f"|(?<=[A-Za-z])[{_WIDE}{_HALF}]{{1,2}}(?=[a-z])"
    f"|(?<=[A-Za-z])[{_HALF}]{{1,3}}(?![{_WIDE}{_HALF}])"
    f"|(?<![{_WIDE}{_HALF}])[{_HALF}]{{1,2}}(?=[a-z])"
)
"""What Western text read as cp932 looks like: "Fran輟is" is François, "ﾅsa" is Åsa."""
HALF_WIDTH = re.compile(f"[{_HALF}]")
EUC_PAIR = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
RARE_KANJI = b"\xd0"
"""First byte of EUC-JP from which on kanji are rare in names."""
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters, which no text file holds."""
MOST_CONTROLS = 0.02
"""The share of them from which a file is no text; stray ones are left out of the cells."""
REPLACED = "\ufffd"
_SEEN = 65_536
"""Bytes, or characters, from which an encoding is judged."""


class Decoded(NamedTuple):
    """A file's text and its encoding, as a Python codec name.

    Attributes:
        text: the text, without a byte order mark.
        encoding: the codec.
        others: further codecs that can decode the file, the most likely first.
        damaged: the lines with characters that could not be decoded, from 1.
    """

    text: str
    encoding: str
    others: tuple[str, ...] = ()
    damaged: tuple[int, ...] = ()


def decode(data: bytes, name: str, encoding: str = "") -> Decoded:
    """Detect the encoding of `data` and decode it.

    A byte order mark decides. Otherwise UTF-8, with which other texts hardly ever fit, goes before
    the Japanese and the Western codecs, between which the characters decide. A file cut within its
    last character, and one with a few broken bytes, is UTF-8 nevertheless.

    Args:
        data: the whole file.
        name: the file's name, for the sentence of an error.
        encoding: the codec that the person chose, one of `ENCODINGS`.

    Raises:
        UnknownEncodingError: none of the codecs can decode the bytes.
        NotTextError: the text holds NUL characters.
        ControlCharactersError: it holds other characters of no text.
    """
    fitting = possible_encodings(data)
    if encoding in ENCODINGS:
        fitting = [encoding, *(one for one in fitting if one != encoding)]
    if not fitting:
        raise UnknownEncodingError(name=name)
    text = data.decode(fitting[0], "replace").removeprefix("\ufeff")
    if "\0" in text:
        raise NotTextError(name=name)
    found = len(UNREADABLE.findall(text, 0, _SEEN))
    if found > MOST_CONTROLS * min(len(text), _SEEN):
        raise ControlCharactersError(name=name, count=found)
    return Decoded(text, fitting[0], tuple(fitting[1:]), damaged_lines(text))


def possible_encodings(data: bytes) -> list[str]:
    """Return the codecs that can decode `data`, the most likely first.

    >>> possible_encodings("François,Jörg".encode("cp1252"))
    ['cp1252', 'cp932']
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return [codec] if decodes(data, codec) or len(data) > len(mark) + 1 else []
    if data[:_SEEN].isascii() and ESCAPE.search(data) and data.isascii():
        return [one for one in ("iso2022_jp", "iso2022_jp_ext") if decodes(data, one)][:1]
    if wide := utf_16_without_mark(data):
        return [wide]
    if data.isascii():
        return ["utf-8"]
    if decodes(data, "utf-8") or mostly_utf_8(data):
        return ["utf-8", *eight_bit_encodings(data)]
    return eight_bit_encodings(data)


def decodes(data: bytes, codec: str) -> bool:
    """Return whether `codec` can decode `data`, but perhaps a cut last character or a few bytes."""
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    else:
        return True
    wrong = text.count(REPLACED)
    is_cut = wrong == 1 and text.endswith(REPLACED) and foreign_count(text) > 1
    return is_cut or wrong <= 0.01 * foreign_count(text)


def utf_16_without_mark(data: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" if every other byte of the beginning is often NUL."""
    beginning = data[:2_000]
    half = max(1, len(beginning) // 2)
    low, high = beginning[1::2].count(0) / half, beginning[0::2].count(0) / half
    if len(data) < 4 or len(data) % 2 or max(low, high) < 0.4 or min(low, high) > 0.1:
        return ""
    codec = "utf-16-le" if low > high else "utf-16-be"
    return codec if decodes(data, codec) else ""


def mostly_utf_8(data: bytes) -> bool:
    """Return whether only a few bytes of `data` are no UTF-8, far fewer than are."""
    text = data.decode("utf-8", "replace")
    wrong = text.count(REPLACED)
    return 0 < wrong <= 0.1 * foreign_count(text)


def eight_bit_encodings(data: bytes) -> list[str]:
    """Return those of cp932, EUC-JP and cp1252 that can decode `data`, the most likely first."""
    fitting = [one for one in ("cp932", "euc_jp", "cp1252") if decodes(data, one)]
    as_cp932 = data.decode("cp932", "replace") if "cp932" in fitting else ""
    if NOT_CP932.search(as_cp932):
        fitting.remove("cp932")
    if "euc_jp" in fitting and ("cp932" not in fitting or looks_like_euc(data, as_cp932)):
        fitting.sort(key=lambda one: one != "euc_jp")
    elif "cp932" not in fitting or looks_western(as_cp932):
        fitting.sort(key=lambda one: one != "cp1252")
    return fitting


def looks_western(text: str) -> bool:
    """Return whether `text`, decoded as cp932, looks as Western text does with that codec."""
    wrong = sum(len(found) for found in NOT_JAPANESE.findall(text))
    return 2 * wrong > foreign_count(text)


def looks_like_euc(data: bytes, as_cp932: str) -> bool:
    """Return whether `data`, which both codecs can decode, is EUC-JP rather than cp932.

    EUC-JP read as cp932 is full of half-width kana. Half-width kana of cp932 read as EUC-JP are
    mostly rare kanji.
    """
    half = len(HALF_WIDTH.findall(as_cp932))
    if 2 * half <= foreign_count(as_cp932):
        return False
    pairs = EUC_PAIR.findall(data)
    rare: list[bytes] = [pair for pair in pairs if pair >= RARE_KANJI]
    return 3 * len(rare) < len(pairs)


def foreign_count(text: str) -> int:
    """Return the number of characters of `text` beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def damaged_lines(text: str) -> tuple[int, ...]:
    """Return the lines of `text` with a character that could not be decoded, from 1."""
    if REPLACED not in text:
        return ()
    lines: dict[int, None] = {}
    line, seen, at = 1, 0, text.find(REPLACED)
    while at >= 0:
        line += text.count("\n", seen, at)
        lines[line] = None
        seen, at = at, text.find(REPLACED, at + 1)
    return tuple(lines)
