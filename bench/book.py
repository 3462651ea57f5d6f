"""How the book bears many people: opening, one edit, frames, today's list, memory.

    python bench/book.py [--sizes 100 1000 10000 100000] [--database postgresql://…]

Each size has ten times as many encounters and is measured in a process of its own. Aims on a
laptop of two cores at 10 000 people: one edit saved and visible again within 20 ms, the frames of
people and encounters read anew within 100 ms, the people that match what is typed found within
50 ms, and no cost that grows faster than the book. On a database server each size is a person of
its own, in one and the same database.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

SIZES = (100, 1_000, 10_000, 100_000)
ENCOUNTERS_EACH = 10
AT_ONCE = 10_000
TODAY = date(2026, 11, 20)
OWNER = "BENCH_OWNER"
"""Environment variable that says whose book is measured, where several lie in one database."""
ROWS = {
    "import": "everything brought in, s",
    "open": "book opened",
    "edit": "one edit saved",
    "again": "… and both frames show it",
    "added": "one encounter added and shown",
    "rebuilt": "both frames read anew",
    "folded": "the list of people and all its texts, once",
    "followed": "… and after one edit",
    "typed": "people who match what is typed, at worst",
    "filtered": "people chosen by three conditions",
    "rank": "today's list, from frames",
    "memory": "memory, MB",
}
AIMS = {"edit": 20, "again": 20, "rebuilt": 100, "typed": 50}
TYPED = ("m", "mi", "みほん", "見本", "見本 12", "例の会社3", "感想", "person12", "nobody")
"""What is typed in the search, one after the other: of nearly all, of some, of nobody."""


def person(number: int, chance: random.Random) -> dict[str, Any]:
    """An invented person, about as full as an import and some care leave one."""
    return {
        "name": f"見本 {number}番",
        "family": "見本",
        "given": f"{number}番",
        "organisation": f"例の会社{number % 400}",
        "title": chance.choice(["編集者", "設計", "営業", ""]),
        "email": f"person{number}@example.org",
        "how_met": chance.choice(["勉強会(例)", "前の職場", "", ""]),
        "met_on": str(TODAY - timedelta(days=chance.randrange(4000))),
        "topics": chance.sample(["料理", "山", "本", "音楽"], chance.randrange(3)),
        "comfort": chance.choice([None, 3, 4, 5]),
        "note": chance.choice(["", "", "本を貸している。次に会うときに感想を聞く。"]),
        "source": "linkedin",
    }


def meeting(contact: str, chance: random.Random) -> dict[str, Any]:
    """An invented meeting with one of them."""
    return {
        "contact_id": contact,
        "on": str(TODAY - timedelta(days=chance.randrange(2000))),
        "kind": chance.choice(["met", "meal", "call", "message"]),
        "minutes": chance.choice([None, 10, 30, 60]),
        "two_way": chance.random() < 0.5,
        "note": chance.choice(["", "", "最近読んだ本の話をした。"]),
    }


def milliseconds(work: Callable[[], Any], times: int = 7) -> float:
    """Return the middle of several runs of `work`."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken) * 1000


def memory() -> float:
    """Return how much this process holds at present, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines() if os.name == "posix" else ():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(size: int) -> float:
    """Bring invented people and their meetings into the book, and return the seconds taken."""
    from enishi.book import open_book

    chance = random.Random(size)
    book = open_book(os.environ.get(OWNER))
    book.quota = None  # years of writing in a few minutes
    start = time.perf_counter()
    people = [person(number, chance) for number in range(size)]
    ids: list[str] = []
    for at in range(0, size, AT_ONCE):
        with book.batch("import") as batch:
            ids += batch.add_many("contact", people[at : at + AT_ONCE])
    for at in range(0, size * ENCOUNTERS_EACH, AT_ONCE):
        count = min(AT_ONCE, size * ENCOUNTERS_EACH - at)
        with book.batch("import") as batch:
            batch.add_many("encounter", [meeting(chance.choice(ids), chance) for _ in range(count)])
    book.close()
    return time.perf_counter() - start


def measure(size: int) -> dict[str, float]:
    """Measure the book that `fill` made."""
    from enishi.book import open_book
    from enishi.book.frames import read_frame
    from enishi.book.tables import TABLES
    from enishi.coach.today.suggestions import suggest_contacts

    tables = ("contact", "encounter")
    found = {"open": milliseconds(lambda: open_book(os.environ.get(OWNER)).close())}
    book = open_book(os.environ.get(OWNER))
    frames = {table: book.frame(table) for table in TABLES}
    found["memory"] = memory()
    some = list(book.frame("contact").index[:: max(1, size // 50)])
    words = iter(range(10**9))

    def edit() -> None:
        book.update("contact", random.choice(some), how_met=f"勉強会{next(words)}")

    def shown() -> None:
        for table in tables:
            book.frame(table)

    def edit_and_show() -> None:
        edit()
        shown()

    def add_and_show() -> None:
        book.add("encounter", contact_id=random.choice(some), on=str(TODAY))
        shown()

    def rebuild() -> None:
        with book.reading() as connection:
            for table in tables:
                read_frame(connection, book.owner, TABLES[table])

    found["edit"] = milliseconds(edit, 21)
    shown()
    found["again"] = milliseconds(edit_and_show, 21)
    found["added"] = milliseconds(add_and_show, 21)
    found["rebuilt"] = milliseconds(rebuild)
    frames = {table: book.frame(table) for table in TABLES}

    def edited() -> Any:
        edit()
        return book.frame("contact")

    found |= measure_list(frames, edited)
    found["rank"] = milliseconds(lambda: suggest_contacts(frames, TODAY, datetime(2026, 11, 20, 3)))
    book.close()
    return found


def measure_list(frames: dict[str, Any], edit: Callable[[], Any]) -> dict[str, float]:
    """Measure the list of people: made, made again after an edit, searched, and filtered."""
    from enishi.coach.people.directory import list_people, make_directory
    from enishi.coach.people.filters import FilterCondition, PeopleFilter, filter_mask

    people, detail = frames["contact"], frames["detail"]
    made = make_directory(people, detail)
    everybody = people["trashed_on"].isna().to_numpy()
    edited = edit()
    conditions = (
        FilterCondition("how", "勉強会"),
        FilterCondition("unmet", "6"),
        FilterCondition("no_step", is_not=True),
    )
    return {
        "folded": milliseconds(lambda: make_directory(people, detail), 3),
        "followed": milliseconds(lambda: make_directory(edited, detail, made), 3),
        "typed": max(
            milliseconds(lambda text=text: list_people(made, everybody, text))  # type: ignore[misc]
            for text in TYPED
        ),
        "filtered": milliseconds(lambda: filter_mask(frames, PeopleFilter(conditions), TODAY)),
    }


def in_a_process_of_its_own(step: str, size: int, place: dict[str, str]) -> Any:
    """Run one of the steps above on the book at `place`."""
    done = subprocess.run(
        [sys.executable, __file__, f"--{step}", str(size)],
        env=os.environ | place,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def growth(before: float, after: float) -> str:
    """Return how much more it is, for a book ten times as large."""
    return f"×{after / before:.1f}" if before > 0 else ""


def report(sizes: list[int], database: str) -> None:
    """Measure each size and print one table."""
    found: dict[int, dict[str, float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = {"ENISHI_DATA": folder}
            if database:
                person = f"{size}-{Path(folder).name}"
                place |= {"ENISHI_DATABASE": database, OWNER: person}
            taken = in_a_process_of_its_own("fill", size, place)
            found[size] = in_a_process_of_its_own("measure", size, place) | {"import": taken}
    print("| ms unless said | " + " | ".join(f"{size:,} people" for size in sizes) + " | aim |")
    print("|---|" + "---:|" * (len(sizes) + 1))
    for key, name in ROWS.items():
        cells = [
            f"{found[size][key]:.1f}"
            + (f" ({growth(found[sizes[at - 1]][key], found[size][key])})" if at else "")
            for at, size in enumerate(sizes)
        ]
        aim = f"≤ {AIMS[key]} at 10,000" if key in AIMS else ""
        print(f"| {name} | " + " | ".join(cells) + f" | {aim} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--database", default="", help="the address of an empty database")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill:
        print(json.dumps(fill(asked.fill)))
    elif asked.measure:
        print(json.dumps(measure(asked.measure)))
    else:
        report(sorted(asked.sizes), asked.database)


if __name__ == "__main__":
    main()
