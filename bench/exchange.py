"""How long a contacts file takes from bytes to preview and to saved, and how that grows.

    python bench/exchange.py [rows …]
    python bench/exchange.py --attack [bytes …]

The attack reads files made to be slow, each in a process of its own that is ended after a minute.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import StringIO

import pandas as pd

from enishi import clock
from enishi.book import open_book
from enishi.book.import_history import VERB
from enishi.errors import EnishiError
from enishi.exchange import changes, preview, read_contacts
from enishi.exchange.contact_export_tables import write_csv, write_xlsx
from enishi.exchange.csv_record import Detail
from enishi.exchange.exported import ExportedContact
from enishi.exchange.import_preview import changes_by_person
from enishi.exchange.import_writing import PreparedImport
from enishi.exchange.reader import MOST_BYTES

LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Last Name,Organization Name,"
    "Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value"
)
SIZES = (100, 1_000, 10_000, 50_000)
TIMES = 3
ATTACKED = (25_000, 100_000, 1_000_000, 10_000_000)
"""Bytes of a file made to be slow; ten million are nearly as many as are read at all."""
PATIENCE = 60
"""Seconds after which a reading is ended."""
LINE = "花子,架空,https://linkedin.com/in/x,,,,,"
MADE: dict[str, Callable[[int], str]] = {
    "quotations that never close": lambda size: (
        f"{LINKEDIN}\n" + 'x","y\n' * (size // 6) + '"a"b,"c\n'
    ),
    "quotations within words": lambda size: f"{LINKEDIN}\n" + 'a"b,"c\n' * (size // 7),
    "quotations closed far below": lambda size: (
        f"{LINKEDIN}\n" + 'x,y,,,,,"z\n' * (size // 11) + 'x,y,,,,,"z",\n'
    ),
    "a line of commas": lambda size: f"{LINKEDIN}\n" + "," * size,
    "headings of commas": lambda size: "," * size,
    "one line": lambda size: f"{LINKEDIN}\n" + "x" * size,
    "empty lines": lambda size: f"{LINKEDIN}\n" + "\n" * size,
    "many columns, short lines": lambda size: (
        "First Name,Last Name,Labels"
        + "".join(f",Phone {n} - Label,Phone {n} - Value" for n in range(148))
        + "\n"
        + "a\n" * (size // 2)
    ),
    "long headings, full lines": lambda size: (
        f"{LINKEDIN}"
        + "".join(f",{'x' * 90}{n}" for n in range(290))
        + "\n"
        + ("a," * 296 + "a\n") * (size // 594)
    ),
    "cards in cards": lambda size: "BEGIN:VCARD\nFN:x\nAGENT:\n" * (size // 24),
    "folded lines": lambda size: "BEGIN:VCARD\nFN:x\nNOTE:" + "\n x" * (size // 3),
    "one card, many telephones": lambda size: "BEGIN:VCARD\nFN:x\n" + "TEL:1\n" * (size // 6),
    "one person, a long note": lambda size: (
        f"{LINKEDIN},Notes\n{LINE}{'長い' * 1900}\n"
        + "".join(f"{LINE}{n}\n" for n in range(size // 60))
    ),
}


def main() -> None:
    """Print one table a kind of file, or with --attack one of files made to be slow."""
    match sys.argv[1:]:
        case ["--attack", *words]:
            return attack(tuple(map(int, words)) or ATTACKED)
        case ["--read", kind, lines]:
            return read_one(MADE[kind](int(lines)))
    sizes = tuple(int(word) for word in sys.argv[1:]) or SIZES
    for kind, make in FILES.items():
        heads = f"{'read':>9} {'into empty':>11} {'into full':>10} {'sum':>9} {'to saved':>10}"
        print(f"\n{kind:9} {heads}  growth")
        before: tuple[int, float] | None = None
        for size in sizes:
            data = make(size)
            if len(data) > MOST_BYTES:
                print(f"{size:9}  more than {MOST_BYTES // 2**20} MB, refused")
                break
            read, empty, full = measure(data)
            saved = measure_saving(data)
            whole = read + full
            growth = ""
            if before:
                growth = f"rows ×{size / before[0]:.0f}, time ×{whole / before[1]:.1f}"
            times = f"{ms(read):>9} {ms(empty):>11} {ms(full):>10} {ms(whole):>9} {ms(saved):>10}"
            print(f"{size:9} {times}  {growth}")
            before = (size, whole)


def attack(sizes: tuple[int, ...]) -> None:
    """Print how long each file made to be slow takes, how much memory, and what came of it."""
    print(f"{'':28} {'bytes':>11} {'seconds':>8} {'MB':>5}  outcome")
    for kind in MADE:
        for size in sizes:
            command = [sys.executable, __file__, "--read", kind, str(size)]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                print(f"{kind:28} {size:11} {PATIENCE:>7}+      ended")
                break
            print(f"{kind:28} {done.stdout.strip() or done.stderr.strip()[-60:]}", flush=True)


def read_one(text: str) -> None:
    """Read one file and print its size, seconds, the most memory, and the outcome."""
    data = text.encode()
    start = time.perf_counter()
    try:
        reading = read_contacts(data, "bench.csv")
        shown = preview(reading, pd.DataFrame())
        outcome = f"{len(shown.entries)} lines"
    except EnishiError as error:
        outcome = type(error).__name__
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(data):11} {seconds:8.2f} {most:5}  {outcome}")


def measure(data: bytes) -> tuple[float, float, float]:
    """Return the best times in seconds: read, preview into an empty book, into a full one.

    The full book holds as many people as the file; half of them came from it.
    """
    nobody = pd.DataFrame()
    reading = read_contacts(data, "bench.csv")
    frame = pd.DataFrame([values for _, values, *_ in changes(preview(reading, nobody))])
    frame.index = pd.Index([f"id-{row}" for row in range(len(frame))])
    strangers = frame.index[1::2]
    for column in ("email", "url", "source_key", "phone"):
        if column in frame:
            frame.loc[strangers, column] = "other-" + frame.loc[strangers, column].astype(str)
    return (
        best(lambda: read_contacts(data, "bench.csv")),
        best(lambda: preview(reading, nobody)),
        best(lambda: preview(reading, frame)),
    )


def measure_saving(data: bytes) -> float:
    """Return the best time in seconds from the bytes to an import that is saved in a new book."""
    times = []
    for _ in range(TIMES):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["ENISHI_DATA"] = folder
            book = open_book()
            nobody = book.frame("contact")
            start = time.perf_counter()
            shown = preview(read_contacts(data, "bench.csv"), nobody)
            prepared = PreparedImport(changes_by_person(shown), [], clock.today())
            with book.batch(VERB) as batch:
                prepared.write(batch)
            times.append(time.perf_counter() - start)
            book.close()
    return min(times)


def best(work: Callable[[], object]) -> float:
    """Return the shortest of a few runs, in seconds."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def ms(seconds: float) -> str:
    """Return a time for the table."""
    return f"{seconds * 1000:.1f} ms"


def linkedin_file(rows: int) -> bytes:
    """Return a Connections.csv of invented people, every third in Latin letters."""
    return table(
        LINKEDIN,
        [
            [
                f"花子{n}" if n % 3 else f"Hanako{n}",
                f"架空{n % 97}" if n % 3 else f"Kakuu{n % 97}",
                f"https://www.linkedin.com/in/example-{n}",
                f"person{n}@example.com" if n % 10 == 0 else "",
                f"株式会社見本{n % 500}",
                "主任",
                "12 Mar 2024",
            ]
            for n in range(rows)
        ],
    )


def google_file(rows: int) -> bytes:
    """Return a Google file of invented people."""
    return table(
        GOOGLE,
        [
            [
                f"花子{n}",
                "",
                f"架空{n % 97}",
                "はなこ",
                "ｶｸｳ",
                f"株式会社見本{n % 500}",
                "主任",
                "--04-15",
                "会で会った\n次は本の話",
                "* myContacts ::: 勉強会",
                "* Work",
                f"person{n}@example.com",
                "Mobile",
                f"090-{n // 10_000:04}-{n % 10_000:04}",
            ]
            for n in range(rows)
        ],
    )


def vcard_file(rows: int) -> bytes:
    """Return contact cards of invented people, as a telephone writes them."""
    return "".join(
        "BEGIN:VCARD\r\nVERSION:3.0\r\n"
        f"N:架空{n % 97};花子{n};;;\r\nFN:架空{n % 97} 花子{n}\r\n"
        "X-PHONETIC-LAST-NAME:カクウ\r\nX-PHONETIC-FIRST-NAME:ハナコ\r\n"
        f"ORG:株式会社見本{n % 500};営業部\r\nTITLE:主任\r\n"
        f"TEL;TYPE=CELL:090-{n // 10_000:04}-{n % 10_000:04}\r\nTEL;TYPE=HOME:03-0000-0000\r\n"
        f"EMAIL;TYPE=INTERNET,WORK:person{n}@example.com\r\n"
        "ADR;TYPE=WORK:;;見本町1-2-3;千代田区;東京都;100-0000;日本\r\n"
        "BDAY:1990-04-15\r\nNOTE:もくもく会で会った\\n次は本の話\r\nCATEGORIES:勉強会\r\n"
        f"UID:bench-{n}\r\nEND:VCARD\r\n"
        for n in range(rows)
    ).encode()


def excel_file(rows: int) -> bytes:
    """Return the invented people of `vcard_file` as our own Excel workbook."""
    return write_xlsx(people_of(rows), "ja")


def own_csv_file(rows: int) -> bytes:
    """Return the same people as our own CSV."""
    return write_csv(people_of(rows), "ja", "utf-8")[0]


def people_of(rows: int) -> list[ExportedContact]:
    """Return invented people as they are exported."""
    return [
        ExportedContact(
            f"bench-{n}",
            {
                "name": f"架空{n % 97} 花子{n}",
                "family": f"架空{n % 97}",
                "given": f"花子{n}",
                "organisation": f"株式会社見本{n % 500}",
                "email": f"person{n}@example.com",
                "phone": f"090-{n // 10_000:04}-{n % 10_000:04}",
                "circles": ("勉強会",),
                "note": "会で会った\n次は本の話",
            },
            (Detail("phone", "home", "03-0000-0000"), Detail("field", "好きなもの", "読書")),
        )
        for n in range(rows)
    ]


def table(headers: str, rows: list[list[str]]) -> bytes:
    """Return a CSV file as bytes."""
    out = StringIO(newline="")
    out.write(headers + "\r\n")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


FILES: dict[str, Callable[[int], bytes]] = {
    "LinkedIn": linkedin_file,
    "Google": google_file,
    "vCard": vcard_file,
    "our CSV": own_csv_file,
    "our .xlsx": excel_file,
}
"""The files that are measured, by kind."""


if __name__ == "__main__":
    main()
