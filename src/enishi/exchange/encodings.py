"""Detection of a file's text encoding."""

from __future__ import annotations

import codecs
import re
from functools import cache
from math import log
from typing import NamedTuple

from enishi.exchange.csv_record import Problem
from enishi.exchange.errors import ControlCharactersError, NotTextError, UnknownEncodingError
from enishi.exchange.headings.synonyms import suggest_target
from enishi.i18n.texts import read_phrases

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, which determine the encoding; Excel's "Unicode text" is UTF-16."""
ENCODINGS = (
    *("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "iso2022_jp_ext", "cp1252"),
    *("utf-16", "utf-16-le", "utf-16-be", "cp949", "gb18030", "cp950", "cp1250", "cp1251"),
    *("cp1254", "koi8_r", "iso8859_2"),
)
"""The codecs that a file may be read with."""
ESCAPE = re.compile(rb"\x1b(?:\$[@AB]|\$\([CD]|\([BJI])")
"""An escape sequence of ISO-2022-JP, whose bytes are all below 0x80."""
NOT_CP932 = re.compile("[\x80-\x9f\xa0\uf8f0-\uf8f3]")
"""Characters that Python's cp932 returns for bytes that Shift_JIS leaves undefined."""
EAST_CODECS = {
    "cp932": ("ja", 2_965),
    "euc_jp": ("ja", 2_965),
    "cp949": ("ko", 2_350),
    "gb18030": ("zh-Hans", 3_755),
    "cp950": ("zh-Hant", 5_401),
}
"""The codecs of East Asia: language, and how many characters their table of usual ones has."""
_TABLES = {
    "cp932": (b"\x88", b"\x97", 0x40),
    "euc_jp": (b"\xb0", b"\xcf", 0xA1),
    "cp949": (b"\xb0", b"\xc8", 0xA1),
    "gb18030": (b"\xb0", b"\xd7", 0xA1),
    "cp950": (b"\xa4", b"\xc6", 0x40),
}
"""The first and last lead byte of each of these tables, and the lowest second byte."""
_KANA = re.compile("[\u3041-\u30ff]")
_SIGN = re.compile("[\u3000-\u303f\uff01-\uff60]")
_CHANCE = {"frequent": 0.6, "kana": 0.3, "table": 0.35, "sign": 0.05, "half": 0.02, "rare": 0.01}
"""About how many of a text's characters are of each sort; the rest of them is rounding."""
PRIOR = {"cp932": 3.0, "euc_jp": 4.0}
"""How much more often a file of ours is in such a codec, in nats."""
HEADING = 12.0
"""What a known heading counts, in nats: by chance, two characters are none in a million cases."""
SURE_DISTANCE = 10.0
"""The distance in nats from which the more likely of two codecs is taken without a question."""
_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞŠŽŒ", "a-zß-öø-ÿšžœ"
WESTERN = re.compile(
    f"[{_UPPER}]?[{_LOWER}]+|[{_UPPER}]+|[{_UPPER}][{_LOWER}]+[{_UPPER}][{_LOWER}]+"
)
"""A word in letters of cp1252, cased as words are."""
LETTER_RUN = re.compile(r"[^\s,;\t\"'<>()@/|&’‘“”–—.:+°ºª·€©®™\d-]+")
CENTRAL = re.compile(
    "[øìùòïèØÌÈÏ].*[áíýúšžÁÝŠŽ]|[áíýúšžÁÝŠŽ].*[øìùòïèØÌÈÏ]|[³¹£¿¼¾¥][a-z]|[a-z][³¹¿¼¾]"
)
"""What words of Central Europe look like in cp1252: "Dvoøák" is Dvořák, "£ukasz" is Łukasz."""
TURKISH = re.compile(
    "[^áéíóúæðÁÉÍÓÚÆ]*(?:[a-zöüç]þ|[bcdfghjklmnprstvyzBCDFGKPSTY]ý[a-z]|^Ý)[^áéíóúæðÁÉÍÓÚÆ]*"
)
"""What words of Turkish look like in cp1252: "Yýlmaz" is Yılmaz, "Güneþ" is Güneş."""
DOUBTFUL = re.compile("[^áéíóúæþÞ]*[aeiou]ð[aeiou][^áéíóúæþÞ]*|.*[õû](?:cs|z.*)?")
"""What looks Western, and may be Turkish or Hungarian: "Doðan", "Gyõzõ"."""
_WIDE = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff"
_HALF = "\uff61-\uff9f"
MISREAD = re.compile(
    f"(?<=[A-Za-z])[{_WIDE}{_HALF}]{{1,2}}(?=[a-z])"
    f"|(?<![{_WIDE}{_HALF}])[\u3400-\u9fff](?=[a-z])"
    f"|(?<![{_WIDE}{_HALF}])[{_WIDE}{_HALF}]{{1,3}}(?=[A-Za-z])"
    f"|(?<=[A-Za-z])[{_WIDE}{_HALF}]{{1,3}}(?![{_WIDE}{_HALF}])"
)
"""Where Western text read as cp932 has its foreign letters: "Fran輟is" is François."""
USUAL_KANJI = b"\x98"
"""First byte of cp932 from which on kanji are rare; a Western letter gives one of these."""
CYRILLIC = re.compile("[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+")
_VOWEL = re.compile("[аеёиоуыэюя]", re.IGNORECASE)
_LATIN = ("cp1252", "cp1250", "cp1254", "iso8859_2")
_CYRILLIC = ("cp1251", "koi8_r")
FOREIGN_LINE = re.compile(rb"[\t\x20-\x7e]*[^\x00-\x7f][^\r\n]*[\r\n]*")
HALF_WIDTH = re.compile(f"[{_HALF}]")
EUC_PAIR = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
RARE_KANJI = b"\xd0"
"""First byte of EUC-JP from which on kanji are rare in names."""
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters, which no text file holds."""
MOST_CONTROLS = 0.02
"""The share of them from which a file is no text; stray ones are left out of the cells."""
DOUBT = (
    "It is not certain in which encoding this file is; it was read as {encoding}. If the names look"
    " wrong, please choose another one."
)
REPLACED = "\ufffd"
_HEAD = 2_000
"""Characters among which headings are looked for."""
_SEEN = 65_536
"""Bytes, or characters, from which an encoding is judged."""


class Decoded(NamedTuple):
    """A file's text and its encoding, as a Python codec name.

    Attributes:
        text: the text, without a byte order mark.
        encoding: the codec.
        others: further codecs that can decode the file, the most likely first.
        damaged: the lines with characters that could not be decoded, from 1.
        sure: False if another codec is about as likely, so that the person has to look.
    """

    text: str
    encoding: str
    others: tuple[str, ...] = ()
    damaged: tuple[int, ...] = ()
    sure: bool = True


def decode(data: bytes, name: str, encoding: str = "") -> Decoded:
    """Detect the encoding of `data` and decode it.

    A byte order mark decides. Otherwise UTF-8, with which other texts hardly ever fit, goes before
    the codecs of one language, between which the characters and the headings decide. A file cut
    within its last character, and one with a few broken bytes, is UTF-8 nevertheless.

    Args:
        data: the whole file.
        name: the file's name, for the sentence of an error.
        encoding: the codec that the person chose, one of `ENCODINGS`.

    Raises:
        UnknownEncodingError: none of the codecs can decode the bytes.
        NotTextError: the text holds NUL characters.
        ControlCharactersError: it holds other characters of no text.
    """
    fitting, sure = guess_encodings(data)
    if encoding in ENCODINGS:
        sure = True
        fitting = [encoding, *(one for one in fitting if one != encoding)]
    if not fitting:
        raise UnknownEncodingError(name=name)
    text = data.decode(fitting[0], "replace").removeprefix("\ufeff")
    if "\0" in text:
        raise NotTextError(name=name)
    found = len(UNREADABLE.findall(text, 0, _SEEN))
    if found > MOST_CONTROLS * min(len(text), _SEEN):
        raise ControlCharactersError(name=name, count=found)
    return Decoded(text, fitting[0], tuple(fitting[1:]), damaged_lines(text), sure)


def possible_encodings(data: bytes) -> list[str]:
    """Return the codecs that can decode `data`, the most likely first.

    >>> possible_encodings("François,Jörg".encode("cp1252"))[0]
    'cp1252'
    """
    return guess_encodings(data)[0]


def guess_encodings(data: bytes) -> tuple[list[str], bool]:
    """Return the codecs that can decode `data`, the most likely first, and if that one is sure."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return [codec] if decodes(data, codec) or len(data) > len(mark) + 1 else [], True
    if data[:_SEEN].isascii() and ESCAPE.search(data) and data.isascii():
        return [one for one in ("iso2022_jp", "iso2022_jp_ext") if decodes(data, one)][:1], True
    if wide := utf_16_without_mark(data):
        return [wide], True
    if data.isascii():
        return ["utf-8"], True
    if decodes(data, "utf-8") or mostly_utf_8(data):
        others = [one for one in ("cp932", "euc_jp", "cp1252") if decodes(data, one)]
        return ["utf-8", *others], True
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


def eight_bit_encodings(data: bytes) -> tuple[list[str], bool]:
    """Return the codecs of one language that can decode `data`, as `guess_encodings` does."""
    sample = foreign_lines(data)
    texts = {one: sample.decode(one, "replace") for one in (*EAST_CODECS, *_LATIN, *_CYRILLIC)}
    fitting = {one for one in texts if decodes(data, one)}
    fitting -= {"cp932"} if NOT_CP932.search(texts["cp932"]) else set()
    fitting -= {"iso8859_2"} if NOT_CP932.search(texts["iso8859_2"]) else set()
    if fitting >= {"cp932", "euc_jp"}:
        fitting.remove("cp932" if looks_like_euc(sample, texts["cp932"]) else "euc_jp")
    likely = {one: likelihood(texts[one], one) for one in EAST_CODECS if one in fitting}
    east = sorted(likely, key=lambda one: -likely[one])
    best, is_latin, sure = guess_latin(texts)
    western = sorted(
        fitting.intersection(_LATIN), key=lambda one: (one != best, one != "cp1252", one)
    )
    slavic = sorted(_CYRILLIC, key=lambda one: not looks_cyrillic(texts[one]))
    if looks_cyrillic(texts[slavic[0]]):
        return [*slavic, *western[:1], *east[:1]], True
    if "cp932" in fitting:
        is_latin = is_latin and looks_misread(texts["cp932"])
    if western and (is_latin or not east):
        return [*western, *slavic[:1], *east[:1]], sure and is_latin
    if not east:
        return [], False
    apart = likely[east[0]] - likely[east[1]] if len(east) > 1 else SURE_DISTANCE
    return [*east, *western[:1], *slavic[:1]], apart >= SURE_DISTANCE


def foreign_lines(data: bytes) -> bytes:
    """Return the beginning of `data` and further lines that are not in ASCII, in all `_SEEN`."""
    found, size = [data[:_HEAD]], _HEAD
    for line in FOREIGN_LINE.finditer(data, _HEAD):
        found.append(line[0])
        size += len(line[0])
        if size > _SEEN:
            break
    return b"".join(found)[:_SEEN]


def looks_misread(text: str) -> bool:
    """Return whether `text`, decoded as cp932, looks as Western text does with that codec.

    >>> looks_misread("Si穗 Lloyd"), looks_misread("Alex様")
    (True, False)
    """
    wrong = 0
    for found in MISREAD.finditer(text):
        run = found[0]
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        is_inside = after.isascii() and after.islower() and (len(run) == 1 or before.isalpha())
        is_rare = all(
            HALF_WIDTH.match(letter) or letter.encode("cp932", "replace")[:1] >= USUAL_KANJI
            for letter in run
        )
        wrong += len(run) if is_inside or is_rare else 0
    return 2 * wrong > foreign_count(text)


def guess_latin(texts: dict[str, str]) -> tuple[str, bool, bool]:
    """Return which codec of Latin letters fits best, if the text is in such letters, and if sure.

    Args:
        texts: the text as decoded by each codec.
    """
    text = texts["cp1252"]
    words = {word for word in LETTER_RUN.findall(text) if not word.isascii()}
    central = {word for word in words if CENTRAL.search(word) and has_plain_letters(word)}
    turkish = {word for word in words - central if TURKISH.fullmatch(word)}
    western = {word for word in words if is_western_word(word)}
    signs = {"cp1250": len(central), "cp1254": len(turkish) - 1}
    found = {one: heading_count(texts[one]) for one in ("cp1252", "cp1250", "cp1254")}
    best = max(found, key=lambda one: (found[one], 10 * signs.get(one, 0) > len(words)))
    foreign = sum(map(foreign_count, words))
    is_latin = not words or 2 * sum(map(foreign_count, western | central | turkish)) > foreign
    sure = (
        found[best] > 0
        if central or turkish or best != "cp1252"
        else not any(map(DOUBTFUL.fullmatch, words))
    )
    return best, is_latin, sure


def is_western_word(word: str) -> bool:
    """Return whether a word has letters of cp1252, cased as words are, beside as many of ASCII.

    >>> [is_western_word(one) for one in ("Siân", "Åsa", "‰ÔŽq", "ÊÍ")]
    [True, True, False, False]
    """
    return has_plain_letters(word) and WESTERN.fullmatch(word) is not None


def has_plain_letters(word: str) -> bool:
    """Return whether a word has at least as many letters of ASCII as others, but perhaps one."""
    return 2 * foreign_count(word) <= len(word) + 1


def looks_cyrillic(text: str) -> bool:
    """Return whether nearly all of a text's foreign words are Cyrillic, cased as words are."""
    words = {word for word in LETTER_RUN.findall(text) if foreign_count(word) > 1}
    good = {word for word in words if CYRILLIC.fullmatch(word) and _VOWEL.search(word)}
    is_cased = any(len(one) > 2 and one.istitle() for one in good)
    return is_cased and 10 * len(good) >= 8 * len(words)


def likelihood(text: str, codec: str) -> float:
    """Return the logarithm of how likely `text` is in the language of a codec of East Asia.

    Args:
        text: what the codec made of the bytes.
        codec: one of `EAST_CODECS`.
    """
    language, size = EAST_CODECS[codec]
    frequent = frequent_characters(language)
    weight = {
        "frequent": log(_CHANCE["frequent"] / len(frequent)),
        "kana": log((_CHANCE["kana"] if language == "ja" else _CHANCE["rare"]) / 170),
        "table": log(_CHANCE["table"] / size),
        "sign": log(_CHANCE["sign"] / 160),
        "half": log(_CHANCE["half"] / 63),
        "rare": log(_CHANCE["rare"] / 15_000),
    }
    seen: dict[str, int] = {}
    for letter in text:
        if not letter.isascii():
            seen[letter] = seen.get(letter, 0) + 1
    total = PRIOR.get(codec, 0.0) + HEADING * heading_count(text)
    return total + sum(
        count * weight[character_sort(one, codec, frequent)] for one, count in seen.items()
    )


def character_sort(letter: str, codec: str, frequent: frozenset[str]) -> str:
    """Return which sort of `likelihood` a character of a codec is."""
    if letter in frequent:
        return "frequent"
    if _KANA.match(letter):
        return "kana"
    if _SIGN.match(letter):
        return "sign"
    if HALF_WIDTH.match(letter):
        return "half"
    written = letter.encode(codec, "replace")
    first, last, low = _TABLES[codec]
    return "table" if first <= written[:1] <= last and written[-1] >= low else "rare"


@cache
def frequent_characters(language: str) -> frozenset[str]:
    """Return the characters of `data/language/encodings.yaml` that are frequent in a language."""
    return frozenset(read_phrases("encodings")["frequent"][language])


def heading_count(text: str) -> int:
    """Return how many foreign cells among the first lines are words that headings consist of."""
    cells = {cell.strip() for cell in re.split(r'[,;\t\r\n"]', text[:_HEAD])}
    return sum(
        1 < len(cell) <= 20 and not cell.isascii() and suggest_target(cell) != "" for cell in cells
    )


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


def doubt_of(line: int, encoding: str) -> Problem:
    """Return the problem of a text that may be in another encoding; `line` is where it begins."""
    return Problem(max(line, 1), DOUBT, {"encoding": encoding})


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
