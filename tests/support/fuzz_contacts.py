"""Read contacts files that are damaged at random, and count whom the reader loses.

    python tests/support/fuzz_contacts.py [--inputs 200000] [--seed 1] [format …]

Each person of a file carries an address that occurs nowhere else. What is left of these addresses
is counted in the bytes of the damaged file, without anything of the reader: each must be in a row,
then in what an import writes, or the reader must tell of a problem. A file that is refused is told
of as a whole. The exit code is 1 if anybody is lost, at any exception that is not ours, at a
reading that takes more than two seconds beside what its lines may take, and above 400 MB.
"""

from __future__ import annotations

import argparse
import base64
import csv
import re
import resource
import signal
import sys
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from types import FrameType

import pandas as pd

from enishi.errors import EnishiError
from enishi.exchange import FileReading, changes, preview, read_contacts
from enishi.exchange.contact_export_tables import write_csv, write_xlsx
from enishi.exchange.csv_record import Detail
from enishi.exchange.exported import ExportedContact
from enishi.exchange.own_archive import read_archive
from enishi.exchange.room_part import is_part, read_part

INPUTS = 200_000
MOST_SECONDS = 2.0
SECONDS_A_LINE = 4 / 50_000
"""So long may a line take, by the aim for large files: a span blown up may be 40 000 lines."""
MOST_MEGABYTES = 400
LARGE_EVERY = 2_000
"""One input in so many is blown up to `LARGE_BYTES`, for what takes time or memory."""
LARGE_BYTES = 200_000
SHOWN = 12
"""Findings of a format that are printed."""
FILES = Path(__file__).parents[1] / "files"
MARK = re.compile(
    r"(?<![\w.+%=\"\ufeff\x00-\x08\x0b-\x1f-])p\d{3}@example\.com"
    r"(?![\w.@%=\"\ufeff\x00-\x08\x0b\x0c\x0e-\x1f-])",
    re.ASCII,
)
FOLD = re.compile(r"(?:\r\n?|\n)[ \t]")
"""What splits one line of a card into two."""
FULL_NAME = re.compile(r"^FN:[^\s;:=\\<>\x00-\x1f][^\r\n]*", re.MULTILINE)
PASSED_LINE = re.compile(
    r"^(?:VERSION|UID|KIND|MEMBER|BEGIN|END|item1.X-ABLabel)\b.*$", re.MULTILINE
)
"""Lines of a card that say nothing of the person."""
AS_A_WHOLE = (
    *("There is nobody below the headings.", "There is nobody in this file."),
    "This card has more than one name; perhaps it is of several people: {names}",
    "This line belongs to no card and is passed over.",
)
"""What is told once, of however many people."""

HEADINGS = {
    "linkedin": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "google-new": (
        "First Name,Last Name,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,"
        "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Formatted"
    ),
    "google-old": "Name,Given Name,Family Name,Notes,Group Membership,E-mail 1 - Value",
    "outlook": "First Name,Last Name,Company,Business Phone,E-mail Address,Notes,Birthday",
    "outlook-ja": "名,姓,会社名,会社電話,電子メール アドレス,メモ,誕生日,番地 (会社)",
    "eight": "会社名,部署名,役職,氏名,e-mail,TEL直通,名刺交換日,Eightでつながっている人,勉強会",
    "sansan": "会社名,氏名,住所(1)［全て］,Email(1),名刺交換日,メモ",
    "thunderbird": "First Name,Last Name,Primary Email,Mobile Number,Notes,Birth Year",
    "linkedin-translated": "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
    "linkedin-imported": "FirstName,LastName,Emails,PhoneNumbers,FullName,Companies",
    "table": "お名前,会社,メールアドレス,備考,好きな色",
}
ADDRESS_HEADING = re.compile("mail|メール", re.IGNORECASE)
CELLS = (
    *("", "", "架空", "花子", "Hanako", "株式会社見本", "髙﨑", "ﾊﾅｺ", "〜", "03-0000-0000", "1"),
    *("03/04/2024", "25/12/2024", "00/0/0", "1990-04-15", "--04-15", "12 Mar 2024", "Zoë"),
    *("a\nb", 'say "x" y', "=1+1", "'=1", "a,b", "a;b", "a\tb", "* Work", "a ::: b", "氏名", " "),
)
PIECES = (
    *(b"", b'"', b'""', b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"\n\n", b"'", b"=", b"@"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\x1b$B", b"\x1b(B", b"\x82", b"\x8f", b"\x0c"),
    *("架空".encode(), "架".encode()[:2], "髙".encode("cp932"), b"\xc2\xa0", "\u2028".encode()),
    *(b"First Name,Last Name,Connected On\n", "会社名,氏名,tel直通\n".encode(), b"Notes:\n"),
    *(b"9" * 30, b"x" * 200, b"," * 40, b'"' * 9, b"\x85", b"\xe2\x80\xae,", b"1/1/1\n"),
)
CARD_PIECES = (
    *PIECES,
    *(b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"VERSION:2.1\n", b"VERSION:4.0\n", b"AGENT:\r\n"),
    *(b";ENCODING=QUOTED-PRINTABLE", b";ENCODING=b", b";CHARSET=SHIFT_JIS", b"=\r\n", b"\r\n "),
    *(b"item1.", b"item1.X-ABLabel:_$!<Home>!$_\n", b"BDAY:--0230\n", b"KIND:group\n", b":"),
    *(b"MEMBER:urn:uuid:1\n", b"PHOTO;ENCODING=b:AAAA\n", b"UID:1\n", b"\\", b"\\n", b"<a>"),
    *(b"X-CUSTOM(CHARSET=UTF-8,", b"X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;"),
    *(b";PREF=99999999999999999999", b"ADR:;;\n", b"SOUND;X-IRMC-N:", b";SORT-AS=", b"=ZZ"),
)
XML_PIECES = (
    *PIECES,
    *(b"<", b">", b"/>", b"</c>", b"<row>", b"</row>", b'r="', b't="s"', b't="b"', b's="9"'),
    *(b'r="ZZZ9"', b'r="A1"', b"<v>1e999</v>", b"<v>-1</v>", b"&#0;", b"&lt;", b"<!DOCTYPE"),
)
JSON_PIECES = (
    *PIECES,
    *(b"null", b"{}", b"[", b"]", b"1e999", b"-1", b"\\ud800", b"true", b'":', b"[[[[[["),
)


@dataclass
class Made:
    """A file before it is damaged: its bytes, and how to put it together once it is.

    Attributes:
        content: the bytes that are damaged.
        pieces: what is put into them.
        is_cards: whether they are contact cards.
        codec: how these are encoded.
        finish: makes the file of the damaged bytes.
        read: reads the file; the reading is None if it is no file of contacts.
    """

    content: bytes
    pieces: tuple[bytes, ...] = PIECES
    codec: str = "utf-8"
    is_cards: bool = False
    finish: Callable[[bytes], bytes] = bytes
    read: Callable[[bytes], FileReading | None] = lambda data: read_contacts(data, "any")


@dataclass
class Report:
    """What came of the inputs of one format."""

    inputs: int = 0
    refused: int = 0
    people: int = 0
    told: int = 0
    slowest: float = 0.0
    findings: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, data: bytes, more: str = "") -> None:
        """Keep a finding; the first of them with their files."""
        self.kinds[kind] += 1
        if self.kinds[kind] <= SHOWN:
            written = base64.b85encode(data).decode() if len(data) < 4_000 else f"{len(data)} bytes"
            self.findings.append(f"{kind}: {more}\n    {written}")


class SlowReadingError(BaseException):
    """A reading took longer than it may."""


def mark(number: int) -> str:
    """Return the address of one person."""
    return f"p{number:03}@example.com"


def table_file(kind: str, chance: Random) -> Made:
    """Return a table of some people in one of the encodings."""
    headings = HEADINGS[kind].split(",")
    if chance.random() < 0.3:
        chance.shuffle(headings)
    place = next(at for at, heading in enumerate(headings) if ADDRESS_HEADING.search(heading))
    out = StringIO(newline="")
    end = chance.choice(["\n", "\r\n"])
    writer = csv.writer(out, delimiter=chance.choice(",,,;\t"), lineterminator=end)
    writer.writerow(headings)
    for number in range(chance.randint(1, 5)):
        cells = [chance.choice(CELLS) for _ in headings]
        cells[place] = mark(number)
        writer.writerow(cells)
    codec = chance.choice(["utf-8", "utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp", "cp1252"])
    return Made(out.getvalue().encode(codec, "ignore"), codec=codec)


def card_file(version: str, chance: Random) -> Made:
    """Return some contact cards of one version."""
    cards = []
    for number in range(chance.randint(1, 4)):
        family, given = (
            chance.choice(["架空", "Kakuu", "髙"]),
            f"{chance.choice(['花子', 'Hanako'])}{number}",
        )
        lines = [
            f"N:{family};{given};;;",
            f"FN:{family} {given}",
            f"EMAIL;TYPE=WORK:{mark(number)}",
        ]
        lines += chance.sample(
            [
                *("TEL;TYPE=CELL:090-0000-0000", "ORG:株式会社見本;営業部", "BDAY:1990-04-15"),
                *(
                    "NOTE:もくもく会\\nで",
                    "CATEGORIES:勉強会,\\,山",
                    f"UID:{number}",
                    "NICKNAME:花",
                ),
                *("ADR;TYPE=WORK:;;見本町1;千代田区;東京都;100-0000;日本", "X-UNKNOWN;A=1:x;y"),
                *("item1.URL:https://example.com", "item1.X-ABLabel:_$!<HomePage>!$_"),
                *("X-PHONETIC-LAST-NAME:カクウ", "PHOTO;ENCODING=b:AAAA", "SOUND;X-IRMC-N:ｶｸｳ;ﾊﾅｺ"),
                "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=8A=B1=\r\n=E5=AD=90",
            ],
            chance.randint(0, 5),
        )
        chance.shuffle(lines)
        cards.append(
            "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]) + "\r\n"
        )
    text = "".join(cards)
    codecs = ["utf-8", "cp932", "euc_jp"] if version == "2.1" else ["utf-8", "utf-8-sig", "utf-16"]
    codec = chance.choice(codecs)
    return Made(text.encode(codec, "ignore"), CARD_PIECES, codec, is_cards=True)


def exported_people(chance: Random) -> list[ExportedContact]:
    """Return some people as they are exported."""
    return [
        ExportedContact(
            f"fuzz-{number}",
            {
                "name": f"架空 花子{number}",
                "family": "架空",
                "given": f"花子{number}",
                "email": mark(number),
                "circles": ("勉強会",),
                "note": chance.choice(["", "会で\n会った"]),
            },
            (Detail("phone", "home", "03-0000-0000"), Detail("field", "色", "青")),
        )
        for number in range(chance.randint(1, 4))
    ]


def own_table_file(chance: Random) -> Made:
    """Return our own CSV."""
    codec = chance.choice(["utf-8", "cp932"])
    return Made(write_csv(exported_people(chance), chance.choice(["ja", "en"]), codec)[0])


NOBODY = pd.DataFrame()
"""The contacts of an empty book, made once: it takes a tenth of a reading."""
BOOKS: dict[str, list[bytes]] = {}
"""Workbooks to damage, made once; to make one takes longer than to read a hundred."""


def workbook_file(chance: Random) -> Made:
    """Return a workbook of which one part is damaged, or the archive itself."""
    if "workbooks" not in BOOKS:
        made = [write_xlsx(exported_people(chance), "ja") for _ in range(20)]
        files = [path.read_bytes() for path in sorted(FILES.glob("*.xlsx"))]
        BOOKS["workbooks"] = made + [data for data in files if zipfile.is_zipfile(BytesIO(data))]
    whole = chance.choice(BOOKS["workbooks"])
    if chance.random() < 0.1:
        return Made(whole)
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [name for name in parts if "sheet" in name]
    chosen = chance.choice(sheets if chance.random() < 0.7 else sorted(parts))

    def finish(content: bytes) -> bytes:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, content if name == chosen else part)
        return packed.getvalue()

    return Made(parts[chosen], XML_PIECES, finish=finish)


def part_file(chance: Random) -> Made:
    """Return what somebody takes home from a room."""
    people = ",".join(
        f'{{"id": "s{number}", "name": "花子{number}", "reach": "{mark(number)}"}}'
        for number in range(chance.randint(1, 4))
    )
    line = '{"id": "l1", "kind": "given", "words": "本", "person": "s0", "due": "2026-12-24"}'
    text = (
        '{"enishi_room_part": 1, "what": "", "title": "会", "on": "2026-12-02",\n'
        f'"people": [{people}],\n"lines": [{line}]}}'
    )

    def read(data: bytes) -> None:
        if is_part(data):
            read_part(data, "any")

    return Made(text.encode(), JSON_PIECES, read=read)


def archive_file(chance: Random) -> Made:
    """Return a backup of a book, packed or not."""
    if "backups" not in BOOKS:
        BOOKS["backups"] = [
            path.read_bytes()
            for path in sorted((FILES / "backups").glob("own-*"))
            if path.suffix != ".enishi"  # sealed: any change is refused after a second of work
        ]

    def read(data: bytes) -> None:
        read_archive(data, "any")

    return Made(chance.choice(BOOKS["backups"]), JSON_PIECES, read=read)


FORMATS: dict[str, Callable[[Random], Made]] = {
    **{kind: lambda chance, kind=kind: table_file(kind, chance) for kind in HEADINGS},  # type: ignore[misc]
    **{
        f"vcard-{version}": lambda chance, version=version: card_file(version, chance)  # type: ignore[misc]
        for version in ("2.1", "3.0", "4.0")
    },
    "own-csv": own_table_file,
    "xlsx": workbook_file,
    "room-part": part_file,
    "backup": archive_file,
}


def damaged(made: Made, chance: Random) -> bytes:
    """Return the bytes of a file with up to four damages."""
    content = bytearray(made.content)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 4))):
        at = chance.randrange(len(content) + 1)
        end = min(len(content), at + chance.choice((0, 1, 1, 2, 4, 12, 40)))
        match chance.randrange(6):
            case 0:
                content[at:end] = b""
            case 1:
                content[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
            case 2:
                content[at:at] = content[at:end] * chance.choice((1, 2, 5))
            case 3:
                if chance.random() < 0.2:
                    del content[at:]
            case _:
                content[at:end] = chance.choice(made.pieces)
    return bytes(content)


def blown_up(content: bytes, chance: Random) -> bytes:
    """Return the bytes with one span of them repeated many times."""
    at = chance.randrange(len(content) + 1)
    end = min(len(content), at + chance.choice((1, 2, 8, 100, 1_000)))
    span = content[at:end] or b"x"
    return content[:at] + span * (LARGE_BYTES // len(span)) + content[end:]


def marks_in(texts: Iterable[object]) -> set[str]:
    """Return the addresses of people in some texts, or in tuples of them."""
    parts = (text if isinstance(text, (tuple, list)) else (text,) for text in texts)
    return set(MARK.findall(" ".join(str(each) for part in parts for each in part)))


def examine(made: Made, content: bytes, data: bytes, report: Report) -> None:
    """Read one damaged file, and keep what is wrong in the report."""
    try:
        reading = made.read(data)
    except EnishiError:
        report.refused += 1
        return
    if reading is None:
        return
    text = content.decode(made.codec, "replace").removeprefix("\ufeff")
    if made.is_cards:
        text = PASSED_LINE.sub("", FOLD.sub("", text))
    expected = marks_in([text])
    if reading.encoding:  # some bytes are the end of one character or an address, by the encoding
        expected &= marks_in([content.decode(reading.encoding, "replace")])
    rows = text.replace('"a\nb"', '"a b"').split("\n")  # without the cell that is of two lines
    lines = {found: at for at, line in enumerate(rows) for found in marks_in([line])}
    told_lines = {problem.line for problem in reading.problems}
    found: set[str] = set()
    for row in reading.rows:
        in_row = marks_in([*row.values.values(), *(one.value for one in row.details)])
        found |= in_row
        if row.values and not row.values.get("name"):
            report.add("a person without a name", data)
        joined = len({lines[one] for one in in_row if one in lines}) > 1
        if joined and row.line not in told_lines and not made.is_cards:
            report.add("several people in one row", data, f"line {row.line} of {reading.kind}")
    report.people += len(found)
    report.told += bool(reading.problems)
    kept = "\n".join(
        str(text)
        for row in reading.rows
        for text in (*row.values.values(), *(one.value for one in row.details))
    )
    lost = {one for one in expected - found if one not in kept}  # it may stand within a word
    people = sum(bool(row.values) for row in reading.rows)
    names = {name.strip() for name in FULL_NAME.findall(text) if reading.kind == "vcard"}
    is_told = any(problem.sentence in AS_A_WHOLE for problem in reading.problems)
    if not is_told and people + len(reading.problems) < len(names):
        report.add("fewer people than names", data)
    if not is_told and len(reading.problems) < len({lines.get(one) for one in lost}):
        report.add("lost by the reader", data, f"{sorted(lost)} of {reading.kind}")
    shown = preview(reading, NOBODY)
    written = marks_in(
        text
        for change in changes(shown)
        for text in (*change.values.values(), *(one.value for one in change.details))
    )
    told = marks_in(one for entry in shown.entries for one in entry.differences)
    if silent := found - written - told:
        report.add("lost by the import", data, f"{sorted(silent)} of {reading.kind}")


def run(name: str, inputs: int, seed: int) -> Report:
    """Damage and read files of one format."""
    chance = Random(f"{name} {seed}")
    report = Report()

    def stop(_: int, frame: FrameType | None) -> None:
        raise SlowReadingError("".join(traceback.format_stack(frame)[-2:]))

    signal.signal(signal.SIGPROF, stop)
    for number in range(inputs):
        made = FORMATS[name](chance)
        content = damaged(made, chance)
        if number % LARGE_EVERY == LARGE_EVERY - 1:
            content = blown_up(content, chance)
        data = made.finish(content)
        report.inputs += 1
        most = MOST_SECONDS + data.count(b"\n") * SECONDS_A_LINE
        signal.setitimer(signal.ITIMER_PROF, most)
        try:
            examine(made, content, data, report)
        except SlowReadingError as slow:
            report.add("longer than two seconds", data, str(slow))
        except Exception as foreign:
            frames = traceback.extract_tb(foreign.__traceback__)[-2:]
            places = ", ".join(f"{Path(one.filename).name}:{one.lineno}" for one in frames)
            report.add("foreign exception", data, f"{type(foreign).__name__} {foreign} {places}")
        left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
        report.slowest = max(report.slowest, most - left)
    return report


def most_megabytes() -> int:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print a line a format, and what was found."""
    parser = argparse.ArgumentParser(description="Damage contacts files and read them.")
    parser.add_argument("formats", nargs="*", metavar="format", help=", ".join(FORMATS))
    parser.add_argument("--inputs", type=int, default=INPUTS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    failed = False
    print(
        f"{'':18} {'inputs':>8} {'refused':>8} {'told':>8} {'people':>8} {'slowest':>8} {'MB':>5}"
    )
    for name in asked.formats or FORMATS:
        report = run(name, asked.inputs, asked.seed)
        print(
            f"{name:18} {report.inputs:8} {report.refused:8} {report.told:8} {report.people:8}"
            f" {report.slowest:7.2f}s {most_megabytes():5}  {dict(report.kinds) or ''}",
            flush=True,
        )
        for finding in report.findings:
            print("   ", finding)
        failed |= bool(report.kinds) or most_megabytes() > MOST_MEGABYTES
    sys.exit(failed)


if __name__ == "__main__":
    main()
