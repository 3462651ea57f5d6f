"""Public holidays and days off on the sheets: said where a day is said, with the reason."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from enishi.coach.messages.message_review import review_message
from frames import frames
from sheets import Open, ask, book_of
from widgets import MyWeek, Rules
from widgets.base.workbook import Workbook

pytest_plugins = ["sheet_fixtures"]

LABOUR, FRIDAY = date(2026, 11, 23), date(2026, 11, 20)


@pytest.fixture(autouse=True)
def on_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workbook, "today", property(lambda _: FRIDAY))


def promised_for(workbook: Workbook, day: date) -> None:
    id = book_of(workbook).add("contact", name="架空 花子", organisation="見本商店")
    book_of(workbook).add("promise", contact_id=id, words="見本を送る", due=day.isoformat())
    workbook.refresh()


def test_on_a_holiday_the_list_says_that_work_waits_and_why(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workbook, "today", property(lambda _: LABOUR))
    today = MyWeek(open_in("05-week"))

    (why,) = today.state["off_today"]
    assert why["why"].startswith("勤労感謝の日は祝日なので")
    assert ask(today, "silence", rule="quiet_holiday")["ok"]
    assert today.state["off_today"] == []


@pytest.mark.parametrize(
    ("language", "country", "said"),
    [
        ("ja", "", "祝日（勤労感謝の日）"),
        ("ja", "none", ""),
        ("en", "", ""),
        ("en", "jp", "public holiday: Labour Thanksgiving Day"),
    ],
)
def test_a_day_that_is_a_holiday_is_named_with_its_promise(
    open_in: Open, language: str, country: str, said: str
) -> None:
    workbook = open_in("05-week", language)
    if country:
        book_of(workbook).set_setting("country", country)
    week = MyWeek(workbook)
    promised_for(workbook, LABOUR)

    assert week.state["groups"][0]["off"] == said


def test_days_off_are_kept_a_line_each_and_what_cannot_be_read_changes_nothing(
    open_in: Open,
) -> None:
    sheet = Rules(open_in("07-settings"))
    assert sheet.state["days"]["lines"].splitlines()[0] == "12/29-1/3 年末年始"

    assert ask(sheet, "take_off", lines="12/1 創立記念日\n\n8/10〜8/14")["ok"]
    assert sheet.state["days"]["lines"] == "12/1 創立記念日\n8/10〜8/14"
    refused = ask(sheet, "take_off", lines="12/1\nそのうち")
    assert not refused["ok"]
    assert "「そのうち」" in refused["text"]
    assert sheet.state["days"]["lines"] == "12/1 創立記念日\n8/10〜8/14"


@pytest.mark.parametrize(("language", "country"), [("ja", "jp"), ("en", "none")])
def test_the_language_decides_whose_holidays_until_the_person_does(
    open_in: Open, language: str, country: str
) -> None:
    sheet = Rules(open_in("07-settings", language))
    assert sheet.state["days"]["country"] == country
    assert bool(sheet.state["days"]["lines"]) == (country == "jp")

    assert ask(sheet, "live_in", country="jp")["ok"]
    assert sheet.state["days"]["country"] == "jp"
    assert not ask(sheet, "live_in", country="mars")["ok"]


@pytest.mark.parametrize(
    ("now", "at", "rule"),
    [
        (datetime(2026, 11, 20, 10), None, None),
        (datetime(2026, 11, 20, 21, 30), datetime(2026, 11, 24, 8), "quiet_holiday"),
        (datetime(2026, 11, 14, 10), datetime(2026, 11, 16, 8), "quiet_weekend"),
        (datetime(2026, 12, 30, 10), datetime(2027, 1, 4, 8), "quiet_own"),
    ],
)
def test_a_formal_message_waits_for_a_working_day_with_the_reason(
    now: datetime, at: datetime | None, rule: str | None
) -> None:
    message = {"contact_id": "c", "kind": "news", "level": "formal", "text": "お元気ですか。"}
    found = review_message(frames(contact=[{"id": "c", "name": "架空 花子"}]), message, FRIDAY, now)

    assert found.moment == at
    assert (found.waits and found.waits.rule) == rule
