"""The days that texts name, in Japanese and English, and texts that only look as if they did."""

from __future__ import annotations

import time
from datetime import date, timedelta
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.language.date_phrases import (
    find_date,
    find_days,
    without_relative_dates,
    written_dates,
)
from enishi.coach.language.date_words import date_words
from enishi.coach.language.phrase_rules import PhraseRule, read_phrase_rules
from labelled_texts import Text, read_labelled

FRIDAY = date(2026, 11, 20)
WRITTEN = read_labelled("written", "dates")
NAMED = [text for text in WRITTEN if "last" in text]
NONE = [text for text in WRITTEN if "last" not in text]
SHOWN = itemgetter("text")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("text", NAMED, ids=SHOWN)
def test_days_said_in_words_are_found(text: Text) -> None:
    days = find_days(text["text"], text["today"])

    assert days is not None
    assert (days.first, days.last) == (text["first"], text["last"])
    assert text["text"][days.start :].startswith(days.quote)


@pytest.mark.parametrize("text", NONE, ids=SHOWN)
def test_no_day_is_read_where_none_is_named(text: Text) -> None:
    assert find_days(text["text"], text["today"]) is None
    assert find_date(text["text"], text["today"]) is None


@pytest.mark.parametrize("rule", read_phrase_rules("no_dates"), ids=lambda rule: rule.key)
def test_phrases_without_a_day_are_told_from_what_only_looks_like_them(rule: PhraseRule) -> None:
    assert [text for text in rule.examples if find_days(text, FRIDAY)] == []
    assert [text for text in rule.counterexamples if not find_days(text, FRIDAY)] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("来週", date(2026, 11, 27)),
        ("今週中に", FRIDAY),
        ("next week", date(2026, 11, 27)),
        ("来月", date(2026, 12, 31)),
        ("来月の頭に", date(2026, 12, 10)),
        ("12月3日〜5日", date(2026, 12, 5)),
        ("週末に", date(2026, 11, 22)),
    ],
)
def test_one_day_of_a_week_is_its_friday_and_of_another_span_its_last(text: str, day: date) -> None:
    assert find_date(text, FRIDAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "給料日は25日です",
        "父の命日は十月十日だそうです",
        "五月五日は娘の誕生日です",
        "稽古は火曜と金曜の夜",
        "Payday is the 25th",
        "Their anniversary is 14 February",
        "We're closed on Wednesdays and shut Monday",
        "Friday's my day off",
    ],
)
def test_what_is_so_each_week_or_year_names_no_day(text: str) -> None:
    assert find_days(text, FRIDAY) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Can we shift our usual Monday to Tuesday?", date(2026, 11, 24)),
        ("I couldn't make Monday, so we're doing Tuesday", date(2026, 11, 24)),
        ("12月1日は満席とのことで、12月8日に取り直しました", date(2026, 12, 8)),
        ("土曜は仕事なので日曜の夜にしましょう", date(2026, 11, 22)),
        ("She always calls Sundays but this time it'll be Saturday", date(2026, 11, 21)),
    ],
)
def test_a_day_that_is_moved_gives_the_one_it_is_moved_to(text: str, expected: date) -> None:
    assert find_date(text, FRIDAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "金曜までに仕上げるはずが、間に合わなかったそうだ",
        "来週会おうと言ったきり音沙汰がない",
        "It was supposed to be finished by Tuesday, but the rain came",
        "He'd hoped to be home by Christmas",
    ],
)
def test_what_was_meant_and_did_not_come_about_names_no_day(text: str) -> None:
    assert find_days(text, FRIDAY) is None


def test_a_date_that_has_just_been_is_no_day_of_next_year_unless_somebody_means_one() -> None:
    assert find_days("11/3の展覧会の感想", FRIDAY) is None
    assert find_days("Met 3 November at the harbour fair", FRIDAY) is None
    assert find_date("11月3日に展覧会をします", FRIDAY) == date(2027, 11, 3)
    assert find_date("We'll marry on 3 November", FRIDAY) == date(2027, 11, 3)
    assert find_date("3 November", FRIDAY) == date(2027, 11, 3)
    assert find_date("by 3 November", FRIDAY) == date(2027, 11, 3)


def test_a_week_that_is_nearly_over_gives_no_day_that_is_past() -> None:
    saturday = date(2026, 11, 21)

    assert find_date("今週中に", saturday) == saturday


@pytest.mark.parametrize(
    ("text", "is_deadline"),
    [
        ("金曜までに送る", True),
        ("by Friday", True),
        ("締め切りは30日", True),
        ("20日必着", True),
        ("金曜に送る", False),
        ("on Friday", False),
    ],
)
def test_a_time_limit_is_told_from_a_day(text: str, is_deadline: bool) -> None:
    days = find_days(text, FRIDAY)

    assert days is not None and days.is_deadline == is_deadline


def test_several_days_that_a_text_names_are_kept_in_its_order() -> None:
    assert written_dates("12月8日か12月10日", FRIDAY) == (date(2026, 12, 8), date(2026, 12, 10))
    assert written_dates("12月8日か12月9日", FRIDAY) == (date(2026, 12, 8), date(2026, 12, 9))
    assert written_dates("Wed 9 Dec or Sat 12 Dec", FRIDAY) == (
        date(2026, 12, 9),
        date(2026, 12, 12),
    )
    assert written_dates("今週末にお茶", FRIDAY) == written_dates("this weekend", FRIDAY) == ()
    assert written_dates("8 December or the 10th", FRIDAY) == (
        date(2026, 12, 8),
        date(2026, 12, 10),
    )


def test_the_weekend_of_a_day_is_its_saturday_and_sunday() -> None:
    for text in ("the weekend of the 10th of December", "the weekend of 12 December"):
        days = find_days(text, FRIDAY)

        assert days is not None, text
        assert (days.first, days.last) == (date(2026, 12, 12), date(2026, 12, 13)), text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("明日、写真を送る", "写真を送る"),
        ("来週の金曜までに写真を送る", "写真を送る"),
        ("来月の頭に会う", "会う"),
        ("三日以内に返事をする", "返事をする"),
        ("今日中に電話する", "電話する"),
        ("あさっての会の手土産", "会の手土産"),
        ("Call Ann tomorrow", "Call Ann"),
        ("Call Ann by next Friday", "Call Ann"),
        ("Next week, write to Ben", "write to Ben"),
        ("Write to Ben in two weeks", "Write to Ben"),
        ("12月3日に会う", "12月3日に会う"),
        ("Meet Ann on 3 December", "Meet Ann on 3 December"),
        ("明日香さんに電話", "明日香さんに電話"),
        ("明日", "明日"),
    ],
)
def test_a_title_loses_words_that_are_true_on_one_day_only(text: str, title: str) -> None:
    assert without_relative_dates(text) == title


WORDS = st.sampled_from(
    [
        *date_words(),
        *("12月3日", "2/29", "31日", "第二", "3", "十", "〜", "から", "まで", "に", "の", "(火)"),
        *("the", "of", "in", "on", "by", "next", "this", "-", "/", "3rd", "2026", " ", "、"),
    ]
)


@given(st.text() | st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS).map("".join), DAYS)
def test_any_text_names_no_day_or_days_in_order_that_are_not_over(text: str, today: date) -> None:
    days = find_days(text, today)
    day = find_date(text, today)
    written_dates(text, today)
    without_relative_dates(text)

    if days is None:
        assert day is None
    else:
        assert today <= days.first <= days.last
        assert day is not None and days.first <= day <= days.last
        assert text[days.start : days.start + len(days.quote)] == days.quote


WIDE = str.maketrans("0123456789/()", "０１２３４５６７８９／（）")


@given(DAYS, DAYS)
def test_a_day_with_its_month_is_the_next_such_day_in_any_way_of_writing(
    day: date, today: date
) -> None:
    year = today.year if (day.month, day.day) >= (today.month, today.day) else today.year + 1
    while (day.month, day.day) == (2, 29) and year % 4:
        year += 1
    expected = date(year, day.month, day.day)
    kanji = f"{_kanji(day.month)}月{_kanji(day.day)}日"
    for text in (
        f"{day.month}月{day.day}日",
        f"{day.month}/{day.day}",
        f"{day.month}月{day.day}日".translate(WIDE),
        f"{day.month}/{day.day}".translate(WIDE),
        kanji,
        f"ほな、{kanji}に行くわ。",
        f"{expected:%Y-%m-%d}",
        f"{day:%B} {day.day}",
        f"I will come on {day.day} {day:%B}, I think.",
        f"{day:%d %b}",
    ):
        days = find_days(text, today)
        assert days and (days.first, days.last) == (expected, expected), text


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else "一二三"[tens - 1])
        + "十" * bool(tens)
        + "〇一二三四五六七八九"[ones].replace("〇", "")
    )


@given(DAYS, st.sampled_from(["今月末", "月末", "by the last day of the month"]))
def test_the_end_of_a_month_is_its_last_day(today: date, text: str) -> None:
    days = find_days(text, today)

    assert days and (days.last + timedelta(1)).day == 1
    assert (days.last.year, days.last.month) == (today.year, today.month)


@given(
    st.sampled_from(["2月30日に", "4/31", "31 June", "2026-02-29", "November 31", "13月1日"]), DAYS
)
def test_a_day_that_the_calendar_does_not_have_is_none(text: str, today: date) -> None:
    assert find_days(text, today) is None


@pytest.mark.parametrize(
    "part", ["1", "毎週", "12/", "三", "every ", "月曜、", "a ", "to the ", "の"]
)
def test_a_long_text_takes_time_in_proportion_to_its_length(part: str) -> None:
    find_days(part, FRIDAY)
    begun = time.process_time()
    find_days(part * (20_000 // len(part)), FRIDAY)

    assert time.process_time() - begun < 5
