"""The lines of a vCard file: bytes to properties, card by card, with folds and characters solved.

Versions 2.1, 3.0 and 4.0 share one grammar, `group.NAME;PARAMETERS:value`. They differ in how a
value is escaped, which `enishi.exchange.vcard.card_text` knows.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from enishi.book.validation import UNKEPT
from enishi.exchange.csv_record import Problem
from enishi.exchange.csv_table import MOST_FIELD_CHARACTERS, MOST_LINES, MOST_ROWS
from enishi.exchange.encodings import ENCODINGS, guess_encodings, utf_16_without_mark
from enishi.exchange.errors import FieldTooLargeError, NotTextError, TooManyRowsError
from enishi.exchange.vcard.card_text import type_label

CODECS = {
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "ms932", "cp932"), "cp932"),
    **dict.fromkeys(("windows-31j", "windows31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-jp", "euc_jp", "x-euc-jp", "eucjp"), "euc_jp"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("windows-1252", "cp1252", "iso-8859-1", "latin1", "us-ascii"), "cp1252"),
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-2": "iso8859_2",
    "iso-8859-15": "iso8859_15",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "euc-kr": "euc_kr",
    "ks_c_5601-1987": "euc_kr",
}
"""The Python codec for each CHARSET; Python knows others, some of which are slow on purpose."""
HEAD = re.compile(r"\s*(?:([\w-]+)\.)?([A-Za-z][\w-]*)((?:;.*)?)", re.ASCII | re.DOTALL)
"""What stands before the colon of a property: a group, the name, the parameters."""
UP_TO_COLON = re.compile(rb'(?:[^":]|"[^"]*")*')
PARAMETER = re.compile(r';((?:[^;"(]|"[^"]*"|\([^)]*\)|["(])*)')
CUSTOM = re.compile(r"X-CUSTOM\((?P<how>[^)]*),(?P<label>[^,)]*)\)", re.IGNORECASE)
"""A label of one's own as Android writes it in version 2.1."""
FILE_MARKS = (
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, which determine the encoding."""
WIDE = frozenset({"utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"})
"""Codecs of a whole file, which is read as UTF-8 from then on."""
BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
BINARY_CODES = frozenset({"b", "base64"})
GAPS = (b" ", b"\t")
BOUNDARIES = frozenset({"BEGIN", "END", "VERSION"})
_BEGIN, _END = b"BEGIN:VCARD", b"END:VCARD"
_SAMPLE = 65_536
"""Bytes of text from which the encoding is judged."""
BROKEN_LINE = "This line is not written as a card's lines are; it is kept in the note."
BROKEN_CHARACTERS = "Some characters of this line could not be read."
NO_CARD = "This line belongs to no card and is passed over."
NO_END = "This card has no end; it is read as far as it goes."
NO_BEGINNING = "The beginning of this card is missing; it is read from here on."


@dataclass(frozen=True, slots=True)
class CardHead:
    """What stands before the colon of a property.

    Attributes:
        group: the group whose properties belong together, such as "item1".
        name: the property's name in capitals, "" if the line is no property.
        params: the parameters by name in capitals, several values joined by commas.
        types: what kind it is, "home" or "cell"; words of one's own keep their capitals.
        label: the types as a label, "home fax".
        spelling: name and parameters as in the file, without those of its encoding.
        codec: the Python codec that the line declares, or "".
        is_quoted: whether the value is in quoted-printable.
        is_binary: whether it is a picture, a sound or the like.
    """

    group: str
    name: str
    params: dict[str, str]
    types: tuple[str, ...]
    label: str
    spelling: str
    codec: str
    is_quoted: bool
    is_binary: bool


class CardLine(NamedTuple):
    """One property of a card: its line of the file, its head, and the value, still escaped."""

    number: int
    head: CardHead
    value: str


@dataclass(slots=True)
class VCard:
    """One card: the line where it begins, its properties, and the problems of its lines."""

    line: int
    lines: list[CardLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    has_version: bool = False

    @property
    def is_old(self) -> bool:
        """Whether it is version 2.1, in which commas separate nothing."""
        found = next((one.value for one in self.lines if one.head.name == "VERSION"), "")
        return found.strip().startswith("2")


class CardText(NamedTuple):
    """A file as physical lines in one encoding.

    Attributes:
        rows: the lines, without their ends.
        encoding: the codec of the file as a whole, as a Python codec name.
        codecs: the codecs for lines that declare none, the most likely first.
        sure: False if another one is about as likely.
    """

    rows: list[bytes]
    encoding: str
    codecs: tuple[str, ...]
    sure: bool = True


@lru_cache(maxsize=4096)
def parse_head(line: bytes) -> CardHead:
    """Return the head of a property; its name is "" if there is none.

    >>> head = parse_head(b'item1.TEL;type=HOME;TYPE="fax,pref"')
    >>> head.group, head.name, head.types
    ('item1', 'TEL', ('home', 'fax', 'pref'))
    """
    found = HEAD.fullmatch(line.decode("utf-8", "replace"))
    if not found:
        return CardHead("", "", {}, (), "", "", "", False, False)
    params: dict[str, str] = {}
    types: list[str] = []
    spelled = [found[2].upper()]
    for written_param in PARAMETER.findall(found[3]):
        name, equals, value = written_param.partition("=")
        name = name.strip().upper()
        if custom := CUSTOM.fullmatch(written_param):
            types.append("X-" + custom_label(custom["how"], custom["label"]))
            continue
        if not equals:  # version 2.1 leaves out the name: TEL;HOME
            name, value = ("ENCODING" if name in ("QUOTED-PRINTABLE", "BASE64") else "TYPE"), name
            value = written_param.strip()
        value = value.replace('"', "").strip()
        if name == "TYPE":
            types.extend(word.strip() for word in value.split(",") if word.strip())
        params[name] = f"{params[name]},{value}" if name in params else value
        if name not in ("CHARSET", "ENCODING"):
            spelled.append(written_param.strip())
    encoding = params.get("ENCODING", "").lower()
    shown = tuple(word[2:] if word[:2] in ("X-", "x-") else word.lower() for word in types)
    return CardHead(
        group=found[1] or "",
        name=found[2].upper(),
        params=params,
        types=shown,
        label=type_label(shown),
        spelling=";".join(spelled),
        codec=CODECS.get(params.get("CHARSET", "").lower(), ""),
        is_quoted=encoding == "quoted-printable",
        is_binary=encoding in BINARY_CODES,
    )


def custom_label(how: str, label: str) -> str:
    """Return a label that Android wrote into the parameters, in quoted-printable."""
    codec = next(
        (CODECS.get(one[8:].lower()) for one in how.split(",") if one[:8] == "CHARSET="), None
    )
    return a2b_qp(label).decode(codec or "utf-8", "replace")


def split_line(line: bytes) -> tuple[CardHead, bytes]:
    """Return the head of a line and its value; the head has no name if it is no property."""
    written, colon, value = line.partition(b":")
    if colon and b'"' in written:
        found = UP_TO_COLON.match(line)
        end = found.end() if found and found.end() < len(line) else len(written)
        written, value = line[:end], line[end + 1 :]
    head = parse_head(written if colon else b"")
    return head, value if head.name else line


def logical_lines(rows: list[bytes], name: str) -> Iterator[tuple[int, CardHead, bytes]]:
    """Yield the number, head and value of each line, with its folds joined and without its blanks.

    The value of a picture is left empty. Folds are joined before anything is decoded, since they
    may stand within a character.

    Raises:
        FieldTooLargeError: a line is too long.
    """
    row, last = 0, len(rows)
    while row < last:
        line = rows[row]
        row += 1
        number = row
        head, value = split_line(line)
        if not head.name and not line.strip():
            continue
        if head.is_binary:
            row = after_binary(rows, row)
            value = b""
        elif row < last and (rows[row][:1] in GAPS or (head.is_quoted and value[-1:] == b"=")):
            row, value = join_folds(rows, row, head, value)
            if not head.name:  # the fold may stand within the head
                head, value = split_line(value)
        if len(value) > MOST_FIELD_CHARACTERS:
            raise FieldTooLargeError(name=name, line=number, megabytes=1)
        yield number, head, a2b_qp(value) if head.is_quoted else value


def after_binary(rows: list[bytes], row: int) -> int:
    """Return the first line from `row` on that does not go on with a picture."""
    while row < len(rows) and rows[row][:1] in GAPS:
        row += 1
    while row < len(rows) and BASE64.fullmatch(rows[row]):
        row += 1
    return row


def join_folds(rows: list[bytes], row: int, head: CardHead, value: bytes) -> tuple[int, bytes]:
    """Return the first line from `row` on that is no fold of a value, and the whole value."""
    parts = [value]
    while row < len(rows):
        if head.is_quoted and parts[-1].endswith(b"=") and not ends_card(rows[row]):
            parts[-1] = parts[-1][:-1]
            parts.append(rows[row])
        elif rows[row][:1] in GAPS:
            parts.append(rows[row][1:])
        else:
            break
        row += 1
    return row, b"".join(parts)


def ends_card(row: bytes) -> bool:
    """Return whether a line ends a card, whatever the line before it promised."""
    return row.strip().upper() == _END


def card_text(data: bytes, name: str, encoding: str = "") -> CardText:
    """Return the physical lines of a file and how they are encoded.

    Args:
        data: the whole file.
        name: its name, for the sentence of an error.
        encoding: the codec that the person chose.

    Raises:
        NotTextError: it holds NUL characters.
        TooManyRowsError: it has too many lines.
    """
    codec = encoding if encoding in ENCODINGS else ""
    marked = next(
        (one for mark, one in FILE_MARKS if data.startswith(mark)), utf_16_without_mark(data)
    )
    if (codec or marked) in WIDE:
        codec = codec or marked
        data = data.decode(codec, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
        codecs: tuple[str, ...] = ("utf-8",)
    else:
        codecs = (codec,) if codec else ()
    if b"\0" in data:
        raise NotTextError(name=name)
    if data.count(b"\n") + data.count(b"\r") > 2 * MOST_LINES:
        raise TooManyRowsError(name=name, rows=MOST_LINES)
    rows = data.splitlines()
    if len(rows) > MOST_LINES:
        raise TooManyRowsError(name=name, rows=MOST_LINES)
    sample, declared = (b"", {}) if is_plain(data) else sample_of(rows, name)
    fitting, sure = guess_encodings(sample) if sample else ([], True)
    fitting.sort(key=lambda one: one not in declared)
    codecs = tuple(dict.fromkeys((*codecs, *fitting, "utf-8")))
    whole = codec or (codecs[0] if sample else next(iter(declared), "utf-8"))
    return CardText(rows, whole, codecs, sure or bool(codec or declared))


def is_plain(data: bytes) -> bool:
    """Return whether a file is UTF-8 throughout, and no line of it declares anything else."""
    if b"\x1b" in data or b"CHARSET" in data or b"charset" in data or b"Charset" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b"QUOTED-PRINTABLE" not in data.upper()


def sample_of(rows: list[bytes], name: str) -> tuple[bytes, dict[str, None]]:
    """Return text whose lines declare no codec, and the codecs that other lines declare."""
    sample: list[bytes] = []
    size = 0
    declared: dict[str, None] = {}
    for _, head, value in logical_lines(rows, name):
        if head.codec:
            declared[head.codec] = None
        elif not value.isascii() or b"\x1b" in value:
            if size < _SAMPLE:
                sample.append(value)
            size += len(value)
    return b"\n".join(sample), declared


def read_cards(text: CardText, name: str) -> Iterator[VCard | Problem]:
    """Yield the cards of a file, each when it ends, and the problems of lines outside of them.

    A version or a name outside of the cards, and a second version in one, begins a card whose own
    beginning is damaged.

    Raises:
        TooManyRowsError, FieldTooLargeError: the file exceeds a limit.
    """
    open_cards: list[VCard] = []
    outside = False
    count = 0
    for number, head, value in logical_lines(text.rows, name):
        if open_cards and head.name not in BOUNDARIES:  # as nearly all are
            add_card_line(open_cards[-1], number, head, value, text.codecs)
            continue
        is_boundary = head.name in ("BEGIN", "END") and value.strip().upper() == b"VCARD"
        if is_boundary and head.name == "BEGIN":
            if open_cards and not is_agent(open_cards[-1]):
                yield without_end(open_cards.pop())
            open_cards.append(VCard(number))
            outside = False
            count += 1
        elif is_boundary and open_cards:
            yield open_cards.pop()
        elif begins_card(head, open_cards):
            if open_cards:
                yield without_end(open_cards.pop())
            found = VCard(number, problems=[Problem(number, NO_BEGINNING)])
            found.has_version = head.name == "VERSION"
            open_cards.append(found)
            add_card_line(found, number, head, value, text.codecs)
            count += 1
        elif open_cards:
            open_cards[-1].has_version |= head.name == "VERSION"
            add_card_line(open_cards[-1], number, head, value, text.codecs)
        elif not outside and not is_boundary:
            outside = True  # of several such lines, the first is told
            yield Problem(number, NO_CARD)
        if count > MOST_ROWS:
            raise TooManyRowsError(name=name, rows=MOST_ROWS)
    while open_cards:
        yield without_end(open_cards.pop())


def begins_card(head: CardHead, open_cards: list[VCard]) -> bool:
    """Return whether a line shows that the one before it, which began a card, is damaged."""
    if open_cards:
        return head.name == "VERSION" and open_cards[-1].has_version
    return head.name in ("VERSION", "N", "FN")


def is_agent(card: VCard) -> bool:
    """Return whether the card of somebody's assistant may follow, within the card."""
    return bool(card.lines) and card.lines[-1].head.name == "AGENT" and not card.lines[-1].value


def without_end(card: VCard) -> VCard:
    """Return a card whose last line is missing, with that problem."""
    card.problems.insert(0, Problem(card.line, NO_END))
    return card


def add_card_line(
    card: VCard, number: int, head: CardHead, value: bytes, codecs: tuple[str, ...]
) -> None:
    """Add a line to a card, decoded; one that is no property keeps its text under no name."""
    if not head.name and card.lines and not value.strip():
        return
    decoded = decode_value(value, (head.codec, *codecs) if head.codec else codecs)
    if decoded is None:
        decoded = value.decode(codecs[0], "replace")
        if not decoded.strip(" \ufffd") and head.name not in ("N", "FN"):
            decoded = ""
        card.problems.append(Problem(number, BROKEN_CHARACTERS))
    if not head.name:
        card.problems.append(Problem(number, BROKEN_LINE))
    if not decoded.isprintable():
        decoded = UNKEPT.sub("", decoded.replace("\r\n", "\n").replace("\r", "\n"))
    card.lines.append(CardLine(number, head, decoded))


def decode_value(value: bytes, codecs: tuple[str, ...]) -> str | None:
    """Return a value decoded by the first codec that can, or None."""
    if value.isascii() and b"\x1b" not in value:
        return value.decode("ascii")
    for codec in codecs:
        try:
            return value.decode(codec)
        except UnicodeDecodeError:
            continue
    return None
