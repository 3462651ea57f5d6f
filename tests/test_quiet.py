from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.quiet import good_moment, is_quiet, working_day


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 12, 29),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 1, 3),
        date(2026, 4, 29),
        date(2026, 5, 5),
        date(2026, 8, 13),
        date(2026, 8, 16),
        date(2026, 11, 21),
        date(2026, 11, 22),
    ],
)
def test_new_year_golden_week_obon_and_weekends_are_quiet(day):
    assert is_quiet(day)


def test_an_ordinary_friday_is_not():
    assert not is_quiet(date(2026, 11, 20))


def test_a_holiday_one_knows_of_is_quiet():
    assert is_quiet(date(2026, 11, 23), {date(2026, 11, 23)})


def test_after_the_year_end_work_waits_for_the_first_working_day():
    assert working_day(date(2026, 12, 29)) == date(2027, 1, 4)


def test_at_night_a_message_waits_for_the_morning_and_work_for_monday():
    friday_night = datetime(2026, 11, 20, 22, 30)

    assert good_moment(friday_night) == datetime(2026, 11, 21, 8)
    assert good_moment(friday_night, work=True) == datetime(2026, 11, 23, 8)
    assert good_moment(datetime(2026, 11, 20, 6)) == datetime(2026, 11, 20, 8)
    assert good_moment(datetime(2026, 11, 20, 15)) == datetime(2026, 11, 20, 15)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_a_good_moment_is_never_at_night_nor_in_the_past(now):
    moment = good_moment(now, work=True)

    assert moment >= now
    assert 8 <= moment.hour < 21
    assert not is_quiet(moment.date())
