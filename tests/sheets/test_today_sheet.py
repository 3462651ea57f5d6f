from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from days import day_in, days
from enishi.book import Book
from enishi.i18n.dates import format_date
from sheets import Open, ask
from widgets.base.explanations import suggestions
from widgets.contacts.draft import Draft
from widgets.contacts.gift import Gift
from widgets.week.plan import Plan
from widgets.week.today import Today

pytest_plugins = ["sheet_fixtures"]


def promise(book: Book, contact_id: str, **values: str) -> str:
    start = {"words": "本を送る", "due": days(0), "said_on": days(-7)}
    return book.add("promise", contact_id=contact_id, **(start | values))


@pytest.fixture
def today(open_in: Open) -> Today:
    return Today(open_in("05-week"))


@pytest.fixture
def ann(today: Today) -> str:
    """Somebody to whom something was promised for today."""
    id = today.book.add("contact", name="架空 花子")
    promise(today.book, id)
    today.workbook.refresh()
    return id


def test_an_empty_book_invites_to_write_down_a_name(today: Today) -> None:
    assert today.state["rows"] == []
    assert today.state["nobody"]
    assert today.state["capture"] == "04-contacts.ipynb#capture"


def test_a_row_says_whom_why_and_what(today: Today, ann: str) -> None:
    (row,) = today.state["rows"]

    assert (row["id"], row["name"], row["kind"], row["due"]) == (ann, "架空 花子", "約束", "きょう")
    assert row["ready"] == "「本を送る」を果たす。"
    assert row["reason"]["why"].startswith("「本を送る」と約束しています。")
    advice = row["reason"]["advice"]
    assert [piece["id"] for piece in advice] == ["B48", "B49"]
    assert advice[1]["said"] == "小さな約束ほど、忘れずに守る。"


def test_a_row_is_said_in_english_too(today: Today, ann: str) -> None:
    today.workbook.set_language("en")
    today.workbook.refresh()

    (row,) = today.state["rows"]
    assert (row["kind"], row["due"], row["ready"]) == ("Promise", "today", "Keep it: “本を送る”.")


def test_at_most_five_rows_are_shown(today: Today) -> None:
    for number in range(7):
        promise(today.book, today.book.add("contact", name=f"架空{number}"))
    today.workbook.refresh()

    assert len(today.state["rows"]) == 5


def test_done_enters_what_was_done_in_one_call_and_asks_for_the_next_step(
    today: Today, ann: str
) -> None:
    assert ask(today, "done", id=ann)["ok"]

    (encounter,) = today.workbook.rows("encounter")
    (kept,) = today.workbook.rows("promise")
    assert (encounter["contact_id"], encounter["on"]) == (ann, days(0))
    assert (encounter["kind"], encounter["started_by"]) == ("message", "me")
    assert (kept["state"], kept["closed_on"]) == ("kept", days(0))
    assert today.workbook.requests == {"log": encounter["id"]}
    assert today.state["rows"] == []
    today.book.undo()
    assert today.book.frame("encounter").empty
    assert today.book.frame("promise")["state"].tolist() == ["open"]


def test_done_clears_the_step_that_was_taken(today: Today) -> None:
    id = today.book.add("contact", name="架空 花子", next_step="電話する", next_on=days(0))
    today.workbook.refresh()

    ask(today, "done", id=id)

    assert today.book.row("contact", id)["next_step"] == ""


def test_a_gift_that_was_given_is_noted_as_given(today: Today) -> None:
    id = today.book.add("contact", name="架空 花子", own_idea="写真を送る")
    for step in (-250, -200):
        today.book.add("encounter", contact_id=id, on=days(step), started_by="them")
    today.workbook.refresh()
    assert [row["ready"] for row in today.state["rows"]] == ["写真を送る"]

    ask(today, "done", id=id)

    (given,) = today.workbook.rows("give", "contact_id", "direction", "state", "what", "on")
    assert list(given.values())[1:] == [id, "out", "done", "写真を送る", days(0)]


def test_a_row_begins_the_message_that_fits_for_the_page_of_the_people(
    today: Today, ann: str, open_in: Open
) -> None:
    answer = ask(today, "letter", id=ann)
    (id,) = today.book.frame("message").index
    assert answer["href"] == f"04-contacts.ipynb#draft={id}"
    draft = Draft(open_in("04-contacts"))
    ask(draft, "show", id=id)
    there = draft.state["open"]
    assert (there["contact_id"], there["kind"]) == (ann, "promise")


def test_each_row_opens_its_own_persons_message_whatever_was_begun_since(
    today: Today, open_in: Open
) -> None:
    people = [
        today.book.add("contact", name=name) for name in ("髙橋 文", "Mara Lind", "見本 次郎")
    ]
    for person in people:
        promise(today.book, person)
    drafts = Draft(open_in("04-contacts"))
    ask(drafts, "turn_to", id=people[2])
    today.workbook.refresh()
    hrefs = {person: ask(today, "letter", id=person)["href"] for person in people}
    assert len(set(hrefs.values())) == 3

    for person in people:
        assert ask(drafts, "show", id=hrefs[person].partition("=")[2])["ok"]
        assert drafts.state["open"]["contact_id"] == person
    assert hrefs == {person: ask(today, "letter", id=person)["href"] for person in people}
    assert len(today.workbook.rows("message")) == 3


def test_not_this_week_leaves_somebody_in_peace_for_seven_days(today: Today, ann: str) -> None:
    assert "架空 花子" in ask(today, "snooze", id=ann)["text"]

    assert today.book.row("contact", ann)["quiet_until"] == days(7)
    assert today.state["rows"] == []


def test_to_let_rest_closes_nothing_for_good(today: Today, ann: str) -> None:
    assert ask(today, "let_rest", id=ann)["ok"]
    assert (today.book.row("contact", ann)["closed"], today.state["rows"]) == (True, [])

    today.book.undo()
    today.workbook.refresh()
    assert len(today.state["rows"]) == 1


@pytest.mark.parametrize("verb", ["done", "snooze", "let_rest"])
def test_only_who_is_shown_can_be_acted_upon(today: Today, ann: str, verb: str) -> None:
    other = today.book.add("contact", name="見本 次郎")

    assert not ask(today, verb, id=other)["ok"]
    assert today.book.row("contact", other)["version"] == 1


def test_a_rule_that_is_switched_off_stays_silent_until_it_is_switched_on(
    today: Today, ann: str
) -> None:
    ask(today, "silence", rule="promise")
    assert today.state["rows"] == []
    assert [off["rule"] for off in today.state["off"]] == ["promise"]

    ask(today, "hear", rule="promise")
    assert (len(today.state["rows"]), today.state["off"]) == (1, [])


def test_there_is_no_rule_of_that_name_to_switch_off(today: Today) -> None:
    assert not ask(today, "silence", rule="everything")["ok"]
    assert today.book.setting("switched_off") == ""


def test_a_week_of_rest_urges_nothing_and_can_be_ended(today: Today, ann: str) -> None:
    ask(today, "rest", rest=True)
    assert (today.state["resting"], today.state["rows"], today.state["due"]) == (True, [], 1)

    ask(today, "rest", rest=False)
    assert (today.state["resting"], len(today.state["rows"])) == (False, 1)
    assert len(today.workbook.rows("review")) == 1


def test_three_hard_meetings_make_it_offer_a_rest(today: Today, ann: str) -> None:
    for step in (-1, -2, -3):
        today.book.add("encounter", contact_id=ann, on=days(step), hard=True)
    today.workbook.refresh()

    assert today.state["hard"]


def test_a_rule_of_thumb_is_kept_as_the_person_changed_it(today: Today) -> None:
    assert today.state["numbers"]["reach_outs_per_week"] == 5

    ask(today, "measure", name="reach_outs_per_week", value=3)

    assert today.state["numbers"]["reach_outs_per_week"] == 3


@pytest.mark.parametrize(
    ("name", "value"), [("language", 3), ("rows_shown", 0), ("rows_shown", 366)]
)
def test_no_other_setting_and_no_odd_value_is_taken(today: Today, name: str, value: int) -> None:
    assert not ask(today, "measure", name=name, value=value)["ok"]
    assert today.book.frame("setting").empty


def test_a_full_week_says_that_it_is_enough(today: Today) -> None:
    ask(today, "measure", name="reach_outs_per_week", value=1)
    id = today.book.add("contact", name="架空 花子", met_on=days(-90))
    today.book.add("encounter", contact_id=id, on=days(0), kind="message", started_by="me")
    today.workbook.refresh()

    assert (today.state["rows"], today.state["full"]) == ([], True)


def test_who_is_left_out_is_told_with_the_reason_on_request(today: Today, ann: str) -> None:
    ask(today, "snooze", id=ann)

    (held,) = ask(today, "held")["held"]
    assert (held["id"], held["rule"]) == (ann, "gate_quiet")
    assert "そっとしておく" in held["why"]


def test_after_three_weeks_without_an_entry_it_says_welcome_back(
    today: Today, ann: str, open_in: Open
) -> None:
    assert Today(open_in("05-week")).state["back"] == ""
    long_ago = f"{days(-30)}T09:00:00Z"
    with today.book.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE change SET at = ?", (long_ago,))

    sheet = Today(open_in("05-week"))

    assert sheet.state["back"] == format_date(day_in(-30), "ja")


def test_the_list_is_not_written_to(today: Today, ann: str) -> None:
    version = today.book.row("contact", ann)["version"]

    refused = ask(
        today, "write", table="contact", id=ann, version=version, values={"name": "だれか"}
    )

    assert not refused["ok"]
    assert today.book.row("contact", ann)["name"] == "架空 花子"


def test_the_list_is_made_once_for_all_sheets_and_anew_when_the_book_moves(
    today: Today, ann: str
) -> None:
    before = suggestions(today.workbook)
    assert suggestions(today.workbook) is before

    today.book.update("contact", ann, closed=True)

    assert suggestions(today.workbook) == ()


def test_what_the_rhythms_add_up_to_is_weighed_when_somebody_wants_to_know(today: Today) -> None:
    assert ask(today, "weigh")["heavy"] == []
    for number in range(3):
        id = today.book.add("contact", name=f"見本 {number}", focus=True)
        for day in (50, 40):
            on = (date.today() - timedelta(days=day)).isoformat()
            today.book.add("encounter", contact_id=id, on=on, kind="meal")
    today.book.set_setting("grow_s2_days", "1")

    (heavy,) = ask(today, "weigh")["heavy"]
    assert heavy["rule"] == "load_over"
    assert heavy["why"] == "いまの間合いでは、週に21回ほどの連絡になります。心地よい目安は7回です。"
    ask(today, "silence", rule="load_over")
    assert ask(today, "weigh")["heavy"] == []


def newly_met(book: Book, *names: str) -> list[str]:
    """People met yesterday, to whom thanks are suggested."""
    known = {"known_as": "just_met", "met_on": days(-1)}
    return [book.add("contact", name=name, **known) for name in names]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_the_person_planned_comes_before_suggestions_and_stays_until_it_is_done(
    open_in: Open, language: str
) -> None:
    """A step without a day, one a week late and a planned gift, beside six people just met."""
    people, today, plan = (
        Gift(open_in("04-contacts", language)),
        Today(open_in("05-week", language)),
        Plan(open_in("05-week", language)),
    )
    book = people.book
    newly_met(book, "Amira", "Bram", "Chiyo", "Dita", "Edda", "Femi")
    mara = book.add("contact", name="Mara", known_as="known", next_step="return the ladder")
    tomas = book.add("contact", name="Tomas", known_as="known", next_on=days(-7))
    book.update("contact", tomas, next_step="coffee at the station")
    ines = book.add("contact", name="Ines", known_as="known", comfort=2)
    gift = {"what": "a bag of seeds", "wanted": "yes", "easy": "yes", "no_strings": "yes"}
    assert ask(people, "plan", contact_id=ines, **gift)["ok"]
    for sheet in (today, plan):
        sheet.workbook.refresh()

    def own() -> list[str]:
        return [row["ready"] for row in today.state["rows"] if row["own"]]

    rows = today.state["rows"]
    assert [row["own"] for row in rows] == [True, True, True, False, False]
    assert set(own()) == {"return the ladder", "coffee at the station", "a bag of seeds"}
    planned = [row["words"] for row in plan.state["people"][:3]]
    assert planned == ["coffee at the station", "a bag of seeds", "return the ladder"]
    file = ask(plan, "calendar", hide=False)["calendar"].replace("\r\n ", "")
    events = Calendar.from_ical(file).walk("VEVENT")
    entries = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}
    assert len(entries) == 3 and set(entries.values()) == {day_in(0)}
    undated = {"ja": "（日は決めていません）", "en": "(no day yet)"}[language]
    assert sum(undated in summary for summary in entries) == 2

    assert ask(today, "done", id=ines)["ok"]
    (given,) = today.workbook.rows("give", "state", "on", "what")
    assert (given["state"], given["on"]) == ("done", days(0))
    assert ask(today, "let_go", id=tomas)["ok"]
    assert own() == ["return the ladder"]
    book.undo()
    today.workbook.refresh()
    assert set(own()) == {"return the ladder", "coffee at the station"}
    assert not ask(today, "let_go", id=today.state["rows"][-1]["id"])["ok"]
    assert ask(today, "done", id=mara)["ok"]
    assert own() == ["coffee at the station"]


def test_own_words_beyond_the_list_and_beside_a_promise_are_shown_too(today: Today) -> None:
    book = today.book
    for number in range(7):
        book.add("contact", name=f"架空{number}", known_as="known", next_step=f"電話{number}")
    first = book.add("contact", name="髙橋 文", next_step="返す本を選ぶ")
    promise(book, first)
    book.add("give", contact_id=first, what="種の袋")
    newly_met(book, "例田 新")
    today.workbook.refresh()

    (row,) = [row for row in today.state["rows"] if row["id"] == first]
    assert row["also"] == ["返す本を選ぶ", "種の袋"]
    assert len(today.state["rows"]) == 5 and len(today.state["further"]) == 3
    words = {one["words"] for one in today.state["further"]}
    assert words < {f"電話{number}" for number in range(7)}


def test_a_step_of_ones_own_does_not_keep_thanks_from_fitting(open_in: Open) -> None:
    sheet = Draft(open_in("04-contacts"))
    (id,) = newly_met(sheet.book, "例田 新")
    sheet.book.update("contact", id, next_step="本の名前を送る")
    assert ask(sheet, "turn_to", id=id)["ok"]
    assert sheet.state["open"]["kind"] == "thanks"
