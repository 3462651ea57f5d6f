from datetime import date

import pytest

from enishi.coach.language.date_phrases import find_date

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今日中に", FRIDAY),
        ("明日送ります", date(2026, 11, 21)),
        ("あさって", date(2026, 11, 22)),
        ("明後日", date(2026, 11, 22)),
        ("3日後に", date(2026, 11, 23)),
        ("二週間以内に", date(2026, 12, 4)),
        ("来週", date(2026, 11, 27)),
        ("来週の火曜", date(2026, 11, 24)),
        ("火曜日までに", date(2026, 11, 24)),
        ("12月3日に", date(2026, 12, 3)),
        ("1/15まで", date(2027, 1, 15)),
        ("月末までに", date(2026, 11, 30)),
        ("来月", date(2026, 12, 31)),
        ("tomorrow", date(2026, 11, 21)),
        ("the day after tomorrow", date(2026, 11, 22)),
        ("in two weeks", date(2026, 12, 4)),
        ("by Friday", date(2026, 11, 27)),
        ("next Tuesday", date(2026, 11, 24)),
        ("on December 3", date(2026, 12, 3)),
        ("3 Dec", date(2026, 12, 3)),
        ("next month", date(2026, 12, 31)),
    ],
)
def test_a_day_said_in_words_is_found(text: str, day: date) -> None:
    assert find_date(text, FRIDAY) == day


@pytest.mark.parametrize("text", ["", "また今度", "some time", "25/40まで", "2月30日"])
def test_no_day_is_guessed_where_none_is_said(text: str) -> None:
    assert find_date(text, FRIDAY) is None
