from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from days import day_in, days
from desk import laid
from sheets import Open, ask
from widgets.week.my_week import MyWeek
from widgets.week.week_page import PAGE_LINES

pytest_plugins = ["server_fixtures", "sheet_fixtures"]


@pytest.fixture
def plan(open_in: Open) -> MyWeek:
    return MyWeek(open_in("05-week"))


@pytest.fixture
def full(plan: MyWeek) -> MyWeek:
    """A week with a bit of everything."""
    book = plan.book
    goal = book.add("goal", wish="頼まれる制作者になる")
    book.add("role", goal_id=goal, does="小さなお店のサイトを作っている")
    book.add("role", goal_id=goal, name="商店街の店主")
    ann = book.add("contact", name="架空 花子")
    book.add("step", contact_id=ann, words="花子さんに電話する", on=days(2))
    book.add("promise", contact_id=ann, words="架空さんに本を送る", due=days(-3))
    book.add("promise", contact_id=ann, words="店を紹介してくれる", due=days(4), by="them")
    book.add("place", name="もくもく会（例）", next_on=days(6))
    book.add("place", name="来月の会（例）", next_on=days(20))
    book.add("plan", goal_id=goal, cue="席に着いたら", act="名前を言う")
    plan.workbook.refresh()
    return plan


def events(answer: dict[str, Any]) -> list[Any]:
    return Calendar.from_ical(answer["calendar"]).walk("VEVENT")


def words_of(week: MyWeek, *kinds: str) -> list[str]:
    """Return the words of the rows of my week, which are those of the page."""
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    return [row["text"] for row in [*rows, *week.state["waiting"]] if row["kind"] in kinds]


def test_an_empty_week_is_a_page_to_write_on(plan: MyWeek) -> None:
    page = plan.state["page"]
    assert (page["wish"], page["meet"], page["entries"]) == ("", "", 0)
    assert plan.state["groups"] == []


def test_the_page_holds_whom_to_meet_and_the_next_seven_days(full: MyWeek) -> None:
    page = full.state["page"]

    assert page["wish"] == "頼まれる制作者になる"
    assert page["meet"] == "小さなお店のサイトを作っている、商店街の店主"
    assert words_of(full, "step") == ["花子さんに電話する"]
    assert words_of(full, "promise") == ["架空さんに本を送る"]
    assert words_of(full, "theirs") == ["店を紹介してくれる"]
    assert words_of(full, "place") == ["もくもく会（例）"]
    assert words_of(full, "plan") == ["名前を言う"]


def test_the_calendar_holds_what_my_week_holds(plan: MyWeek) -> None:
    """All kinds of row, dated, undated and carried over; and nothing that the coach suggests."""
    book = plan.book
    book.add("contact", name="見本 次郎", known_as="just_met", met_on=days(-1))
    ann = book.add("contact", name="架空 花子", known_as="known")
    book.add("step", words="名刺を注文する")
    book.add("step", contact_id=ann, words="駅前でお茶", on=days(-3))
    book.add("give", contact_id=ann, what="展示の感想", on=days(2))
    book.add("promise", contact_id=ann, words="本を送る", due=days(1))
    book.add("event", name="木工の夜（例）", on=days(2))
    book.add("review", kind="week", next="椅子をしあげる", next_state="open")
    plan.workbook.refresh()
    assert plan.state["suggestions"]
    book.add("review", kind="month", tried="朝市を歩く", next_state="open")
    plan.workbook.refresh()

    rows = [row["text"] for group in plan.state["groups"] for row in group["rows"]]
    summaries = [str(event["summary"]) for event in events(ask(plan, "calendar", hide=False))]
    assert len(summaries) == len(rows) == 7
    assert all(any(words in summary for summary in summaries) for words in rows)


def test_a_place_that_returns_has_an_entry_for_each_of_its_days(plan: MyWeek) -> None:
    plan.book.add("place", name="木曜の会（例）", next_on=days(-4), rhythm="weekly")
    plan.workbook.refresh()
    made = {str(e["uid"]): e.decoded("dtstart") for e in events(ask(plan, "calendar"))}
    assert sorted(made.values()) == [day_in(3), day_in(10), day_in(17), day_in(24)]
    assert set(made) == {str(e["uid"]) for e in events(ask(plan, "calendar"))}


@pytest.mark.parametrize(
    ("words", "said"),
    [("明日、写真を送る", "写真を送る"), ("Call the joiner next week", "Call the joiner")],
)
def test_words_that_count_from_today_stay_out_of_the_calendar(
    plan: MyWeek, words: str, said: str
) -> None:
    plan.book.add("step", words=words, on=days(3))
    plan.workbook.refresh()
    (event,) = events(ask(plan, "calendar"))
    assert str(event["summary"]) == said
    assert words_of(plan, "step") == [words]


def test_a_promise_stands_in_the_week_as_its_act(plan: MyWeek) -> None:
    ann = plan.book.add("contact", name="架空 花子")
    said = "明日、写真を送ると約束した"
    plan.book.add("promise", contact_id=ann, words=said, due=days(1))
    plan.workbook.refresh()

    (event,) = events(ask(plan, "calendar", hide=False))
    assert str(event["summary"]).endswith("：写真を送る")
    assert words_of(plan, "promise") == ["写真を送る"]
    assert [row["words"] for row in plan.workbook.rows("promise")] == [said]


def test_the_calendar_holds_four_weeks_and_hides_the_names(full: MyWeek) -> None:
    answer = ask(full, "calendar")
    made = {str(event["summary"]): event.decoded("dtstart").isoformat() for event in events(answer)}

    assert made == {
        "約束 架○さん：架○さんに本を送る": days(0),
        "架○さん：花○さんに電話する": days(2),
        "架○さんからの約束：店を紹介してくれる": days(4),
        "もくもく会（例）": days(6),
        "来月の会（例）": days(20),
    }
    assert full.state["page"]["entries"] == len(made) == 5
    assert answer["file"] == f"今週の予定-{days(0)}.ics"


def test_names_stand_in_the_calendar_only_when_asked_for(full: MyWeek) -> None:
    summaries = [str(event["summary"]) for event in events(ask(full, "calendar", hide=False))]

    assert "約束 架空 花子さん：架空さんに本を送る" in summaries


def test_the_calendar_speaks_the_persons_language(full: MyWeek) -> None:
    full.workbook.set_language("en")
    full.workbook.refresh()

    answer = ask(full, "calendar", hide=False)

    assert answer["file"] == f"my-week-{days(0)}.ics"
    assert "Promise to 架空 花子: 架空さんに本を送る" in [
        str(event["summary"]) for event in events(answer)
    ]


def test_an_entry_keeps_its_place_in_the_calendar_when_its_day_moves(full: MyWeek) -> None:
    before = {str(event["uid"]) for event in events(ask(full, "calendar"))}
    (promise, *_) = full.workbook.rows("promise")
    full.book.update("promise", promise["id"], due=days(9))

    assert {str(event["uid"]) for event in events(ask(full, "calendar"))} == before


def test_nothing_is_written_on_the_plan(full: MyWeek) -> None:
    assert not ask(full, "add", table="plan", values={"cue": "x"})["ok"]
    assert len(full.workbook.rows("plan")) == 1


def test_a_page_says_how_many_lines_of_a_group_it_has_room_for(full: MyWeek) -> None:
    assert full.state["page"]["lines"] == PAGE_LINES


def test_a_letter_day_every_friday_goes_along_only_when_asked_for(full: MyWeek) -> None:
    plain = events(ask(full, "calendar"))
    with_letter = events(ask(full, "calendar", letter=True))
    fridays = [
        event["dtstart"].dt for event in with_letter if str(event["uid"]).startswith("letter-")
    ]

    assert len(with_letter) == len(plain) + 4
    assert len(fridays) == 4
    assert {day.weekday() for day in fridays} == {4}


def test_initials_hide_everybody_of_the_book_in_everything_that_was_written(full: MyWeek) -> None:
    book = full.book
    book.add("contact", name="見本 太郎", family_kana="ミホン", given_kana="タロウ")
    book.add("contact", name="Ann Example", called="Annie")
    other = book.add("contact", name="仮名 例子")
    book.add("step", contact_id=other, words="太郎さんとAnnに紹介", on=days(1))
    book.add("promise", contact_id=other, words="みほんさんの本をAnnie Exampleへ", due=days(3))
    book.add("place", name="たろうさんと花子さんの会（Annual）", next_on=days(5))
    full.workbook.refresh()

    hidden = {str(event["summary"]) for event in events(ask(full, "calendar"))}
    shown = {str(event["summary"]) for event in events(ask(full, "calendar", hide=False))}

    assert hidden >= {
        "仮○さん：太○さんとA.に紹介",
        "約束 仮○さん：み○さんの本をA. E.へ",
        "た○さんと花○さんの会（Annual）",
    }
    assert "たろうさんと花子さんの会（Annual）" in shown


def test_three_are_carried_over_at_once_and_paper_holds_all(
    plan: MyWeek, chromium: Browser
) -> None:
    for number in range(5):
        plan.book.add("step", words=f"手紙{number}を書く", on=days(-number - 1))
    plan.workbook.refresh()
    words = plan.words
    traits = {"state": plan.state, "words": words, "position": plan.position}
    with laid(chromium, plan._esm, traits) as desk:
        carried = desk.page.locator(".of-carried")
        expect(carried.locator("> ul > li")).to_have_count(3)
        expect(carried.locator("summary")).to_have_text(words["more"].format(n=2))
        paper = desk.page.locator("article.page")
        expect(paper).to_have_count(0)
        desk.page.get_by_role("button", name=words["print"], exact=True).click()
        expect(paper.locator("li")).to_have_count(5)
        expect(desk.page.get_by_label(words["paper"]["initials"])).to_be_checked()
        desk.page.get_by_role("button", name=words["paper"]["file_make"]).click()
        (asked,) = desk.sent(1)
        assert asked["do"] == "choose_picture"
        desk.answer(1, weekly=None)
        file = desk.sent(2)[1]
    assert (file["do"], file["hide"], file["letter"]) == ("calendar", True, False)


def test_on_fridays_one_looks_back_first(open_in: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for ahead in range(7):
        monkeypatch.setenv("ENISHI_DAYS_AHEAD", str(ahead))
        week = MyWeek(open_in("05-week"))
        assert week.state["friday"] == (week.workbook.today.weekday() == 4)
