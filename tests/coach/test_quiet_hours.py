import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.language.days_off import DaysOffSyntaxError, read_span, read_spans
from enishi.coach.rules.limits import CHOICES
from enishi.coach.rules.settings import Settings
from enishi.coach.today.quiet_hours import good_moment, holiday, is_quiet, why_quiet, working_day

HERE = Settings()
NOWHERE = Settings(country="none", days_off=())
TUESDAY, LABOUR = date(2026, 11, 24), date(2026, 11, 23)


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
def test_new_year_golden_week_obon_and_weekends_are_quiet(day: date) -> None:
    assert is_quiet(day)


def test_an_ordinary_friday_is_not() -> None:
    assert not is_quiet(date(2026, 11, 20))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (LABOUR, "勤労感謝の日"),
        (date(2026, 9, 22), "国民の休日"),
        (date(2026, 3, 20), "春分の日"),
        (date(2027, 3, 22), "振替休日"),
        (TUESDAY, ""),
    ],
)
def test_the_public_holidays_of_japan_are_known_by_name(day: date, name: str) -> None:
    assert holiday(day, "jp") == name
    assert holiday(day, "none") == ""


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("gb", date(2026, 8, 31), "Late Summer Bank Holiday"),
        ("us", date(2026, 11, 26), "Thanksgiving Day"),
        ("de", date(2026, 10, 3), "German Unity Day"),
        ("fr", date(2026, 7, 14), "National Day"),
        ("in", date(2026, 1, 26), "Republic Day"),
        ("sg", date(2026, 8, 9), "National Day"),
        ("au", date(2026, 1, 26), "Australia Day"),
        ("ca", date(2026, 7, 1), "Canada Day"),
    ],
)
def test_the_public_holidays_of_other_countries_have_english_names(
    country: str, day: date, name: str
) -> None:
    assert holiday(day, country) == name
    assert holiday(date(2026, 11, 25), country) == ""


def test_every_country_one_can_choose_has_holidays() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    for country in CHOICES["country"]:
        assert any(holiday(day, country) for day in days) == (country != "none"), country


def test_a_public_holiday_is_quiet_and_says_its_name() -> None:
    why = why_quiet(LABOUR)

    assert why is not None
    assert (why.rule, why.facts) == ("quiet_holiday", {"holiday": "勤労感謝の日"})
    assert why_quiet(LABOUR, NOWHERE) is None
    assert why_quiet(LABOUR, Settings(switched_off=frozenset({"quiet_holiday"}))) is None


def test_own_days_off_are_quiet_and_say_what_they_are_called() -> None:
    rule = Settings(days_off=read_spans(["11/24-11/25 文化祭", "2026-12-01"]))

    for day, name in ((TUESDAY, "文化祭"), (date(2026, 12, 1), "2026-12-01")):
        why = why_quiet(day, rule)
        assert why is not None and why.facts == {"holiday": name}
    assert not is_quiet(date(2027, 12, 1), rule)
    assert is_quiet(date(2027, 11, 24), rule)


def test_after_the_year_end_work_waits_for_the_first_working_day() -> None:
    assert working_day(date(2026, 12, 29)) == date(2027, 1, 4)


def test_at_night_a_message_waits_for_the_morning_and_work_for_tuesday_after_a_holiday() -> None:
    friday_night = datetime(2026, 11, 20, 22, 30)
    work = good_moment(friday_night, work=True)
    night = good_moment(friday_night)

    assert night.reason is not None and work.reason is not None
    assert (night.at, night.reason.rule) == (datetime(2026, 11, 21, 8), "quiet_night")
    assert (work.at, work.reason.rule) == (datetime(2026, 11, 24, 8), "quiet_holiday")
    assert good_moment(friday_night, True, NOWHERE).at == datetime(2026, 11, 23, 8)
    assert good_moment(datetime(2026, 11, 20, 6)).at == datetime(2026, 11, 20, 8)
    assert good_moment(datetime(2026, 11, 20, 15)) == (datetime(2026, 11, 20, 15), None)


def test_the_hours_of_the_day_are_ones_own() -> None:
    early = Settings(morning_hour=6, night_hour=18)

    assert good_moment(datetime(2026, 11, 20, 6, 30), settings=early).reason is None
    assert good_moment(datetime(2026, 11, 20, 18), settings=early).at == datetime(2026, 11, 21, 6)


def test_a_year_off_does_not_hold_a_message_back_for_ever() -> None:
    rule = Settings(days_off=read_spans(["1/1-12/31"]))

    assert working_day(TUESDAY, rule) > TUESDAY


@pytest.mark.parametrize(
    ("line", "inside", "outside", "name"),
    [
        ("12/29-1/3 年末年始", date(2027, 1, 2), date(2027, 1, 4), "年末年始"),
        ("８月１３日〜８月１６日　お盆", date(2026, 8, 16), date(2026, 8, 17), "お盆"),
        ("2026-12-24 – 2027-01-04 travels", date(2027, 1, 1), date(2027, 12, 25), "travels"),
        ("2/29", date(2028, 2, 29), date(2027, 3, 1), ""),
        ("29 December to 3 January, family", date(2027, 1, 2), date(2027, 1, 4), "family"),
        ("大晦日", date(2026, 12, 31), date(2026, 12, 30), ""),
        ("10 August 2040 dentist", date(2040, 8, 10), date(2041, 8, 10), "dentist"),
    ],
)
def test_days_off_are_read_as_people_write_them(
    line: str, inside: date, outside: date, name: str
) -> None:
    span = read_span(line)

    assert inside in span
    assert outside not in span
    assert span.name == name


@pytest.mark.parametrize(
    "line",
    ["soon", "next week", "金曜", "5日", "13/1", "2/30", "2026-12-24-1", "2027-1-4-2026-12-1"],
)
def test_what_tells_no_days_is_refused_with_a_way_to_write_it(line: str) -> None:
    with pytest.raises(DaysOffSyntaxError) as refused:
        read_span(line)
    assert "12/29-1/3" in refused.value.way_out


def test_days_off_and_country_are_read_from_the_book_and_nonsense_leaves_them() -> None:
    read = Settings.from_rows({"country": "none", "days_off": '["8/1-8/2 夏"]'})

    assert read.country == "none"
    assert [span.name for span in read.days_off] == ["夏"]
    assert Settings.from_rows({"country": "mars", "days_off": '["someday"]'}) == Settings()


def test_the_library_is_only_loaded_by_who_asks_for_a_day() -> None:
    modules = "enishi.coach.messages.message_review, enishi.coach.today.suggestions"
    code = f"import sys, {modules}; sys.exit('holidays' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_a_good_moment_is_never_at_night_nor_in_the_past(now: datetime) -> None:
    moment = good_moment(now, work=True).at

    assert moment >= now
    assert 8 <= moment.hour < 21
    assert not is_quiet(moment.date())
