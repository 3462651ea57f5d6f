from datetime import date, timedelta

import pytest

from enishi.i18n.dates import format_date, format_range, format_relative, format_short_date

FRIDAY = date(2026, 11, 20)


def test_a_day_is_said_with_its_weekday() -> None:
    assert format_date(FRIDAY, "ja") == "2026年11月20日(金)"
    assert format_date(FRIDAY, "en") == "Fri 20 Nov 2026"


def test_the_year_is_left_out_only_while_it_is_this_one() -> None:
    assert format_short_date(date(2026, 12, 3), FRIDAY, "ja") == "12月3日(木)"
    assert format_short_date(date(2026, 12, 3), FRIDAY, "en") == "Thu 3 Dec"
    assert format_short_date(date(2027, 1, 4), FRIDAY, "ja") == "2027年1月4日(月)"
    assert format_short_date(date(2027, 1, 4), FRIDAY, "en") == "Mon 4 Jan 2027"


@pytest.mark.parametrize(
    ("away", "ja", "en"),
    [
        (0, "きょう", "today"),
        (1, "あした", "tomorrow"),
        (2, "あさって", "the day after tomorrow"),
        (3, "3日後", "in 3 days"),
        (6, "6日後", "in 6 days"),
        (7, "11月27日(金)", "Fri 27 Nov"),
        (-1, "きのう", "yesterday"),
        (-2, "おととい", "the day before yesterday"),
        (-3, "3日前", "3 days ago"),
        (-7, "11月13日(金)", "Fri 13 Nov"),
    ],
)
def test_a_near_day_is_said_by_its_distance(away: int, ja: str, en: str) -> None:
    day = FRIDAY + timedelta(days=away)

    assert (format_relative(day, FRIDAY, "ja"), format_relative(day, FRIDAY, "en")) == (ja, en)


def test_a_span_says_its_year_once_unless_it_crosses_into_the_next() -> None:
    week = FRIDAY, date(2026, 11, 26)
    turn = date(2026, 12, 28), date(2027, 1, 3)

    assert format_range(*week, "ja") == "2026年11月20日(金)〜11月26日(木)"
    assert format_range(*week, "en") == "Fri 20 Nov – Thu 26 Nov 2026"
    assert format_range(*turn, "ja") == "2026年12月28日(月)〜2027年1月3日(日)"
    assert format_range(*turn, "en") == "Mon 28 Dec 2026 – Sun 3 Jan 2027"
