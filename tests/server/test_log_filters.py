"""What is written to the log: one line a record, whatever text is in it, and no flood."""

from __future__ import annotations

import logging
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from enishi.serve.log_format import (
    AT_ONCE,
    LONGEST_LINE,
    Allowance,
    OneLineFormatter,
    RecordLimiter,
)

FORGED = "\x1b[31mred\n[Workbook] ERROR | nobody wrote this\r\x85\u2028\u202e\x00"


def record(text: str, *args: object, line: int = 1, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("Workbook", logging.WARNING, "file.py", line, text, args, None)
    vars(made).update(more)
    return made


def written(each: logging.LogRecord) -> str:
    return OneLineFormatter("[%(name)s]%(highlevel)s %(message)s").format(each)


@given(st.text())
def test_a_record_is_one_line_whatever_text_is_in_it(text: str) -> None:
    for each in (record("%s", text), record(text.replace("%", "%%"), *())):
        line = written(each)
        assert line.isprintable()
        assert line.startswith("[Workbook] WARNING | ")


def test_line_ends_and_colours_are_shown_and_not_obeyed() -> None:
    line = written(record("Refused: %s", FORGED))
    assert line.startswith(r"[Workbook] WARNING | Refused: \x1b[31mred\n[Workbook] ERROR")
    assert "日本語 é" in written(record("%s", "日本語 é"))


def test_the_lines_of_a_traceback_are_indented_and_cannot_pass_for_a_record() -> None:
    try:
        raise ValueError(FORGED)
    except ValueError as error:
        raised = record("It failed", exc_info=(ValueError, error, error.__traceback__))
    for each in (raised, record("It failed", where=f"one\n{FORGED}")):
        first, *others = written(each).split("\n")
        assert first == "[Workbook] WARNING | It failed"
        assert len(others) > 1
        assert all(line.startswith("    ") and line.isprintable() for line in others)


def test_what_is_endless_is_cut() -> None:
    assert len(written(record("%s", "x" * 10_000_000))) < LONGEST_LINE + 100
    assert len(written(record("deep", where="line\n" * 10_000)).splitlines()) < 100


def test_a_flood_becomes_a_number_and_hides_nothing_else() -> None:
    allowances = RecordLimiter()
    shown = sum(allowances.filter(record("again")) for _ in range(5000))
    assert AT_ONCE <= shown < 1000
    assert allowances.filter(record("something else", line=2))


def test_the_record_after_a_flood_says_how_many_were_left_out() -> None:
    allowances, flooded = RecordLimiter(), Allowance(left=0.0, omitted=7)
    allowances._by_call["file.py", 1] = flooded
    flooded.left, flooded.at = 5.0, flooded.at
    after = record("again: %s", "x")
    assert allowances.filter(after)
    assert after.getMessage() == "again: x (7 more such records were left out)"
    assert flooded.omitted == 0
