"""How long a contacts file takes from bytes to preview, and how that grows with the file.

python bench/exchange.py [rows …]
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from io import StringIO

import pandas as pd

from enishi.exchange import changes, preview, read_contacts

LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Last Name,Organization Name,"
    "Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value"
)
SIZES = (100, 1_000, 10_000, 50_000)
TIMES = 3


def main() -> None:
    """Print one table a kind of file."""
    sizes = tuple(int(word) for word in sys.argv[1:]) or SIZES
    for kind, make in (("LinkedIn", linkedin_file), ("Google", google_file)):
        print(f"\n{kind:9} {'read':>9} {'into empty':>11} {'into full':>10} {'sum':>9}  growth")
        before: tuple[int, float] | None = None
        for size in sizes:
            read, empty, full = measure(make(size))
            whole = read + full
            growth = ""
            if before:
                growth = f"rows ×{size / before[0]:.0f}, time ×{whole / before[1]:.1f}"
            print(f"{size:9} {ms(read):>9} {ms(empty):>11} {ms(full):>10} {ms(whole):>9}  {growth}")
            before = (size, whole)


def measure(data: bytes) -> tuple[float, float, float]:
    """Return the best times in seconds: read, preview into an empty book, into a full one.

    The full book holds as many people as the file; half of them came from it.
    """
    nobody = pd.DataFrame()
    reading = read_contacts(data, "bench.csv")
    frame = pd.DataFrame([values for _, values in changes(preview(reading, nobody))])
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


def table(headers: str, rows: list[list[str]]) -> bytes:
    """Return a CSV file as bytes."""
    out = StringIO(newline="")
    out.write(headers + "\r\n")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


if __name__ == "__main__":
    main()
