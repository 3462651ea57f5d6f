"""What reading a file costs grows with the file, not with its square. Work is counted."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import pytest

from enishi.exchange import csv_table, preview, read_contacts

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On,Notes\n"
GOOGLE = "First Name,Last Name,Labels"


def never_closed(lines: int) -> str:
    """Each line opens a quotation, and nothing below it closes any."""
    return HEADER + 'x","y\n' * lines + '"a"b,"c\n'


def opened_twice(lines: int) -> str:
    """Each line opens a quotation, and the one below closes it within a word."""
    return HEADER + 'a"b,"c\n' * lines


def closed_far_below(lines: int) -> str:
    """Each line opens a quotation, and one at the end closes them all."""
    return HEADER + 'x,y,,,,,,"z\n' * lines + 'x,y,,,,,"z",\n'


def numbered(lines: int) -> str:
    """As many telephone columns as lines, and hardly anything in them."""
    columns = "".join(f",Phone {n} - Label,Phone {n} - Value" for n in range(lines // 2))
    return f"{GOOGLE}{columns}\n" + "花子\n" * lines


def addresses(lines: int) -> str:
    """As many addresses in one line as there are columns."""
    count = lines // 2
    columns = "".join(f",Address {n} - Formatted,Address {n} - City" for n in range(count))
    return f"{GOOGLE}{columns}\n花子,架空," + ",見本県見本市,見本市" * count + "\n"


def one_person(lines: int) -> str:
    """Every line is about the same person, of whom a long note is known."""
    line = "花子,架空,https://linkedin.com/in/x,,,,,"
    short = "".join(f"{line}みじかい{n}\n" for n in range(lines))
    return f"{HEADER}{line}{'長い' * 1900}\n{short}"


class Work:
    """Counts calls, jumps and the characters that are parsed or folded while it is entered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps = 0
        self.characters = 0
        monkeypatch.setattr(csv_table, "csv", self)
        self.Error, self.field_size_limit = csv.Error, csv.field_size_limit
        self.QUOTE_NONE = csv.QUOTE_NONE

    def reader(self, rows: Iterable[str], **options: Any) -> Any:
        """The CSV reader itself, over rows that are counted as it takes them."""
        return csv.reader(map(self._weighed, rows), **options)

    def _weighed(self, row: str) -> str:
        self.characters += len(row)
        return row

    def _step(self, frame: Any, event: str, _: Any) -> Callable[..., Any]:
        self.steps += 1
        if event == "call" and frame.f_code.co_name == "fold":
            self.characters += len(frame.f_locals.get("text", ""))
        return self._step

    def __enter__(self) -> Work:
        self.before = sys.gettrace()
        sys.settrace(self._step)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.before)


@pytest.mark.parametrize(
    "make", [never_closed, opened_twice, closed_far_below, numbered, addresses, one_person]
)
def test_twice_the_file_is_at_most_twice_the_work(
    make: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    for lines in (100, 200):
        data = make(lines).encode()
        with monkeypatch.context() as patch, Work(patch) as work:
            preview(read_contacts(data, "people.csv"), pd.DataFrame())
        done.append((work.steps, work.characters))
    (steps, characters), (more_steps, more_characters) = done

    assert more_steps < 2.3 * steps
    assert more_characters < 2.3 * characters
    assert more_characters < 20 * len(data)


def test_below_a_quotation_that_never_closes_every_line_is_read_and_told() -> None:
    reading = read_contacts(never_closed(3).encode(), "people.csv")

    assert [row.line for row in reading.rows] == [2, 3, 4, 5]
    assert [told.line for told in reading.problems if "never closed" in told.sentence] == [2, 3, 4]


def test_a_quotation_over_several_lines_is_one_record_beside_one_that_never_closes() -> None:
    text = HEADER + '花子,架空,,,,,,"会で\n会った"\nx,"y\n次郎,架空\n'
    reading = read_contacts(text.encode(), "people.csv")

    assert [(row.line, row.values["name"]) for row in reading.rows] == [
        (2, "架空 花子"),
        (4, 'x "y'),
        (5, "架空 次郎"),
    ]
