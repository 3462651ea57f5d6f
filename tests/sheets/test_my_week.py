from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from days import day_in, days
from enishi.book import Book
from enishi.coach.today.agenda import agenda
from enishi.i18n import texts
from enishi.i18n.dates import format_date, format_month_day
from languages import FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.base.explanations import suggestions
from widgets.contacts.draft import Draft
from widgets.week import ahead
from widgets.week.my_week import MyWeek
from widgets.week.note import Note
from widgets.week.review import Review

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def week(open_in: Open) -> MyWeek:
    return MyWeek(open_in("05-week"))


@pytest.fixture
def ann(week: MyWeek) -> str:
    """Somebody to whom something was promised for today."""
    id = week.book.add("contact", name="架空 花子", family="架空", given="花子", known_as="known")
    promise(week.book, id)
    week.workbook.refresh()
    return id


def promise(book: Book, contact_id: str, **values: str) -> str:
    start = {"words": "本を送る", "due": days(0), "said_on": days(-7)}
    return book.add("promise", contact_id=contact_id, **(start | values))


def shown(week: MyWeek) -> dict[str, list[str]]:
    """Return the words of each group by its name; days that follow are one group."""
    week.workbook.refresh()
    found: dict[str, list[str]] = {}
    for group in week.state["groups"]:
        found.setdefault(group["name"], []).extend(row["text"] for row in group["rows"])
    return found


def row_of(week: MyWeek, kind: str) -> dict[str, Any]:
    week.workbook.refresh()
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    (row,) = [row for row in rows + week.state["waiting"] if row["kind"] == kind]
    return row


def newly_met(book: Book, *names: str) -> list[str]:
    """People met yesterday, to whom thanks are suggested."""
    known = {"known_as": "just_met", "met_on": days(-1)}
    return [book.add("contact", name=name, **known) for name in names]


def test_an_empty_book_says_so_and_suggests_nothing(week: MyWeek) -> None:
    assert (week.state["groups"], week.state["suggestions"]) == ([], [])
    assert week.state["nobody"] and week.state["question"] is None


# -- own words ---------------------------------------------------------------------------------


def test_what_was_written_stands_in_its_place_in_its_own_words(week: MyWeek, ann: str) -> None:
    book = week.book
    book.add("step", contact_id=ann, words="駅前でお茶", on=days(-3))
    book.add("step", words="名刺を注文する")
    book.add("give", contact_id=ann, what="展示の感想を三行で", on=days(2))
    book.add("promise", contact_id=ann, by="them", words="店を教えてくれる")
    book.add("event", name="木工の夜（例）", on=days(2))

    assert shown(week) == {
        "today": ["本を送る"],
        "carried": ["駅前でお茶"],
        "day": ["展示の感想を三行で", "木工の夜（例）"],
        "any_day": ["名刺を注文する"],
    }
    assert [row["text"] for row in week.state["waiting"]] == ["店を教えてくれる"]
    assert row_of(week, "promise")["who"] == "架空 花子さん"


def test_a_promise_says_why_and_a_step_needs_no_reason(week: MyWeek, ann: str) -> None:
    week.book.add("step", contact_id=ann, words="電話する")
    reason = row_of(week, "promise")["reason"]
    assert reason["why"].startswith("「本を送る」と約束しています。期日は")
    assert [piece["id"] for piece in reason["advice"]] == ["B48", "B49"]
    assert "reason" not in row_of(week, "step")
    ask(week, "silence", rule="promise")
    assert "reason" not in row_of(week, "promise")


@pytest.mark.parametrize(
    ("words", "kind", "key"),
    [
        ("また食事でも", "", "keep_meal"),
        ("また食事でも", "send", ""),
        ("編集の人を紹介しますね", "", "keep_introduce"),
        ("また連絡します", "", "keep_contact"),
        ("写真", "meal", "keep_meal"),
    ],
)
def test_a_promise_is_kept_in_its_own_way_as_it_sounds_or_as_the_person_says(
    week: MyWeek, words: str, kind: str, key: str
) -> None:
    ann = week.book.add("contact", name="架空 花子")
    promise(week.book, ann, words=words, kind=kind)
    said = row_of(week, "promise")["reason"]["act"]
    usual = texts("rules", "ja")["promise"]["act"]
    assert said == (texts("coach", "ja")["acts"][key] if key else usual)


@pytest.mark.parametrize("kind", ["step", "promise", "theirs", "gift", "review"])
def test_a_row_stays_until_it_is_done_and_one_undo_brings_it_back(week: MyWeek, kind: str) -> None:
    ann = week.book.add("contact", name="架空 花子", known_as="known")
    id = {
        "step": lambda: week.book.add("step", contact_id=ann, words="電話する", on=days(-9)),
        "promise": lambda: promise(week.book, ann, due=days(-9)),
        "theirs": lambda: promise(week.book, ann, by="them", due=days(-9)),
        "gift": lambda: week.book.add("give", contact_id=ann, what="手紙", on=days(-9)),
        "review": lambda: week.book.add(
            "review", kind="week", next="椅子をしあげる", next_state="open"
        ),
    }[kind]()
    assert row_of(week, kind)["id"] == id

    assert ask(week, "settle", kind=kind, id=id)["ok"]

    assert (shown(week), week.state["waiting"]) == ({}, [])
    assert week.book.frame("encounter").empty  # nobody said that they met
    week.book.undo()
    assert row_of(week, kind)["id"] == id
    assert ask(week, "let_go", kind=kind, id=id)["ok"]
    assert (shown(week), week.state["waiting"]) == ({}, [])


def test_what_is_done_has_its_day(week: MyWeek, ann: str) -> None:
    step = week.book.add("step", contact_id=ann, words="電話する")
    gift = week.book.add("give", contact_id=ann, what="手紙")
    ask(week, "settle", kind="step", id=step)
    ask(week, "settle", kind="gift", id=gift)
    row = week.book.row("step", step)
    assert (row["state"], row["closed_on"]) == ("done", days(0))
    assert (week.book.row("give", gift)["state"], week.book.row("give", gift)["on"]) == (
        "done",
        days(0),
    )


def test_after_a_step_with_somebody_the_note_is_offered_and_knows_whom(
    week: MyWeek, ann: str
) -> None:
    log = Note(week.workbook)
    step = week.book.add("step", contact_id=ann, words="駅前でお茶")
    assert ask(week, "settle", kind="step", id=step)["note"]
    assert log.state["with"] == {"id": ann, "name": "架空 花子"}
    assert week.book.frame("encounter").empty

    ask(log, "enter", contact_ids=[ann], meeting={"kind": "meal"}, then=[])
    assert list(week.book.frame("encounter")["kind"]) == ["meal"]
    assert log.state["with"] is None


def test_a_row_moves_to_another_day_or_to_none(week: MyWeek, ann: str) -> None:
    step = week.book.add("step", contact_id=ann, words="駅前でお茶", on=days(-3))
    for on, group in ((days(4), "day"), ("", "any_day"), (days(0), "today")):
        row = row_of(week, "step")
        written = ask(
            week, "write", table="step", id=step, version=row["version"], values={"on": on}
        )
        assert written["ok"]
        assert "駅前でお茶" in shown(week)[group]


def test_words_can_be_changed_where_they_stand(week: MyWeek, ann: str) -> None:
    row = row_of(week, "promise")
    values = {"words": "本と地図を送る"}
    assert ask(week, "write", table="promise", id=row["id"], version=row["version"], values=values)[
        "ok"
    ]
    assert shown(week)["today"] == ["本と地図を送る"]


def test_all_that_was_carried_over_can_be_let_go_at_once_but_promises(
    week: MyWeek, ann: str
) -> None:
    promise(week.book, ann, words="写真を送る", due=days(-5))
    for words in ("お茶", "電話", "手紙"):
        week.book.add("step", contact_id=ann, words=words, on=days(-5))
    week.book.add("step", words="あとで", on=days(3))
    week.workbook.refresh()
    assert week.state["can_let_go"] == 3

    assert ask(week, "let_all_go")["ok"]
    assert shown(week)["carried"] == ["写真を送る"]
    assert shown(week)["day"] == ["あとで"]
    week.book.undo()
    assert len(shown(week)["carried"]) == 4


def test_the_one_thing_of_the_review_waits_in_the_week(week: MyWeek, open_in: Open) -> None:
    review = Review(open_in("05-week"))
    id = review.state["review"]["id"]
    assert ask(
        review, "write", table="review", id=id, version=0, values={"next": "椅子をしあげる"}
    )["ok"]
    assert shown(week) == {"any_day": ["椅子をしあげる"]}


def test_beside_somebody_who_smells_of_selling_stand_own_rows_and_the_refusals(
    week: MyWeek, ann: str
) -> None:
    week.book.update("contact", ann, signs=["pay_first"])
    row = row_of(week, "promise")
    assert row["flagged"] and row["card"].endswith(f"people={ann}")
    assert (week.state["suggestions"], week.state["question"]) == ([], None)


def test_a_place_that_returns_rolls_on_and_one_that_was_once_is_carried_over(week: MyWeek) -> None:
    weekly = week.book.add("place", name="木曜の会（例）", next_on=days(-12), rhythm="weekly")
    week.book.add("place", name="展示会（例）", next_on=days(-2), rhythm="once")
    assert shown(week) == {"carried": ["展示会（例）"], "day": ["木曜の会（例）"]}
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    assert {row["text"]: row["been"] for row in rows} == {
        "展示会（例）": True,
        "木曜の会（例）": False,
    }
    week.book.update("place", weekly, next_on=days(0))
    assert shown(week)["today"] == ["木曜の会（例）"]
    assert ask(week, "go_on", id=weekly)["ok"]
    assert week.book.row("place", weekly)["next_on"] == days(7)
    assert week.book.frame("encounter").empty


def test_a_gathering_at_a_place_stands_there_instead_of_the_place(week: MyWeek) -> None:
    place = week.book.add("place", name="木曜の会（例）", next_on=days(2), rhythm="weekly")
    week.book.add("event", name="木曜の会、忘年会（例）", place_id=place, on=days(2))
    assert shown(week) == {"day": ["木曜の会、忘年会（例）"]}


def test_a_plan_comes_back_at_its_cue_and_is_asked_about_afterwards(week: MyWeek) -> None:
    goal = week.book.add("goal", wish="木工で暮らす")
    plan = week.book.add(
        "plan", goal_id=goal, cue="席に着いたら", act="となりの人に名前を言う", on=days(2)
    )
    assert shown(week) == {"day": ["となりの人に名前を言う"]}
    assert row_of(week, "plan")["cue"] == "席に着いたら"
    assert not row_of(week, "plan")["ask"]
    week.book.update("plan", plan, on=days(-1))
    assert shown(week) == {"carried": ["となりの人に名前を言う"]}
    assert row_of(week, "plan")["ask"]

    answer = {"came": "yes", "did": "名前を言えた", "keep": "先に会釈をする"}
    assert ask(week, "answer_plan", id=plan, **answer)["ok"]
    stored = week.book.row("plan", plan)
    assert (stored["did"], stored["keep"], stored["asked_on"]) == (
        "名前を言えた",
        "先に会釈をする",
        days(0),
    )
    assert shown(week) == {}


def test_a_week_after_a_gift_it_is_asked_once_what_it_did(
    week: MyWeek, ann: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gift = week.book.add("give", contact_id=ann, what="展示の感想")
    ask(week, "settle", kind="gift", id=gift)
    assert "展示の感想" not in str(week.state["groups"])
    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "7")
    row = row_of(week, "effect")
    assert (row["text"], row["who"]) == ("展示の感想", "架空 花子さん")
    assert ask(week, "tell_effect", id=gift, effect="とても喜んでいた")["ok"]
    assert week.book.row("give", gift)["effect"] == "とても喜んでいた"
    assert "展示の感想" not in str(week.state["groups"])


# -- one line ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("木曜に、架空さんとお茶", "step", True),
        ("花子さんに写真を送ります", "promise", True),
        ("名刺を注文する", "step", False),
        ("架空 次郎さんが本を貸してくれると言っていた", "theirs", False),
    ],
)
def test_a_line_shows_what_it_says_before_it_is_stored(
    week: MyWeek, ann: str, text: str, kind: str, named: bool
) -> None:
    if "次郎" in text:
        week.book.add("contact", name="架空 次郎", family="架空", given="次郎")
        named = True
    answer = ask(week, "read", text=text)
    assert (answer["kind"], bool(answer["contact_id"])) == (kind, named)
    assert len(week.workbook.rows("step")) == 0
    assert len(week.workbook.rows("promise")) == 1


def test_a_line_about_anothers_day_has_no_day_of_its_own(week: MyWeek) -> None:
    assert ask(week, "read", text="膝の手術が明日。落ち着いたら花を持っていく")["on"] == ""
    assert ask(week, "read", text="明日、手術の見舞いに行く")["on"] == days(1)


def test_the_day_of_writing_is_not_called_the_day_of_a_promise(week: MyWeek, ann: str) -> None:
    words = week.words["said"]
    assert ask(week, "add_line", words="本を貸してくれる", kind="theirs", contact_id=ann)["ok"]
    row = row_of(week, "theirs")
    assert row["said"] == words["written"].format(on=week.workbook.relative_date(day_in(0)))

    week.book.add("encounter", contact_id=ann, on=days(0), note="本の話")
    week.workbook.refresh()
    row = row_of(week, "theirs")
    assert row["said"] == words["theirs"].format(on=week.workbook.relative_date(day_in(0)))


@pytest.mark.parametrize(
    ("text", "unreal"),
    [
        ("2026-02-31に架空さんに電話", "2026-02-31"),
        ("２月３１日に電話する", "2月31日"),
        ("call Ann on 2026-02-31", "2026-02-31"),
        ("tea with Ann on June 31st", "June 31st"),
        ("tea with Ann on 31 March", ""),
        ("2月29日に電話する", ""),
        ("資料2026-13号の2月号を読む", ""),
    ],
)
def test_a_day_that_no_calendar_has_is_named_and_not_taken(
    week: MyWeek, text: str, unreal: str
) -> None:
    read = ask(week, "read", text=text)
    assert read["no_day"] == (f"日付「{unreal}」は、暦にありません。" if unreal else "")
    assert not (unreal and read["on"])


def test_two_people_of_the_same_name_are_left_for_the_person_to_choose(week: MyWeek) -> None:
    for given in ("花子", "次郎"):
        week.book.add("contact", name=f"架空 {given}", family="架空", given=given)
    assert ask(week, "read", text="架空さんに電話")["contact_id"] == ""
    assert ask(week, "read", text="架空 次郎さんに電話")["name"] == "架空 次郎"


def test_a_line_is_stored_in_the_persons_words(week: MyWeek, ann: str) -> None:
    text = "木曜に、架空さんとお茶"
    read = ask(week, "read", text=text)
    kept = {name: read[name] for name in ("kind", "contact_id", "on")}
    assert ask(week, "add_line", words=text, **kept)["ok"]
    (row,) = week.workbook.rows("step", "contact_id", "words", "on")
    assert (row["contact_id"], row["words"]) == (ann, text)
    assert date.fromisoformat(row["on"]).weekday() == 3

    assert ask(week, "add_line", words="本を貸してくれる", kind="theirs", contact_id=ann)["ok"]
    promised = week.workbook.rows("promise", "by", "words", "said_on")[-1]
    assert (promised["by"], promised["words"]) == ("them", "本を貸してくれる")
    assert promised["said_on"] == days(0)


# -- writing -----------------------------------------------------------------------------------


def test_each_row_opens_its_own_persons_message_whatever_was_begun_since(
    week: MyWeek, open_in: Open
) -> None:
    people = [week.book.add("contact", name=name) for name in ("髙橋 文", "Mara Lind", "見本 次郎")]
    promised = {person: promise(week.book, person) for person in people}
    drafts = Draft(open_in("04-contacts"))
    ask(drafts, "turn_to", id=people[2])
    week.workbook.refresh()

    def hrefs() -> dict[str, str]:
        return {
            person: ask(week, "write_to", kind="promise", id=promised[person])["href"]
            for person in people
        }

    first = hrefs()
    assert len(set(first.values())) == 3
    for person in people:
        assert ask(drafts, "show", id=first[person].partition("=")[2])["ok"]
        assert drafts.state["open"]["contact_id"] == person
    assert hrefs() == first
    for person in people:
        mine = [row for row in week.workbook.rows("message", "contact_id", "promise_id")]
        (about,) = [row["promise_id"] for row in mine if f"={row['id']}" in first[person]]
        assert about == promised[person]


def test_nothing_is_written_to_nobody(week: MyWeek) -> None:
    step = week.book.add("step", words="名刺を注文する")
    assert not ask(week, "write_to", kind="step", id=step)["ok"]
    assert week.book.frame("message").empty


# -- suggestions -------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "most"), [(0, 1), (1, 2), (3, 2), (4, 1), (6, 1), (7, 0)])
def test_suggestions_are_few_and_fewer_the_more_one_has_planned(
    week: MyWeek, rows: int, most: int
) -> None:
    newly_met(week.book, "Amira", "Bram", "Chiyo")
    for number in range(rows):
        week.book.add("step", words=f"{number}")
    week.workbook.refresh()
    assert len(week.state["suggestions"]) == most


def test_a_suggestion_becomes_a_step_of_ones_own(week: MyWeek) -> None:
    (amira,) = newly_met(week.book, "Amira")
    week.workbook.refresh()
    (one,) = week.state["suggestions"]
    assert one["reason"]["why"]

    assert ask(week, "take", id=amira)["ok"]

    assert shown(week) == {"any_day": [one["ready"]]}
    assert week.state["suggestions"] == []
    (step,) = week.workbook.rows("step", "contact_id")
    assert step["contact_id"] == amira


def test_not_now_is_silent_for_two_weeks(week: MyWeek) -> None:
    (amira,) = newly_met(week.book, "Amira")
    week.workbook.refresh()
    assert "Amira" in ask(week, "not_now", id=amira)["text"]
    assert week.book.row("contact", amira)["quiet_until"] == days(14)
    assert week.state["suggestions"] == []


def test_only_what_is_suggested_can_be_taken(week: MyWeek, ann: str) -> None:
    assert not ask(week, "take", id=ann)["ok"]
    assert week.book.frame("step").empty


def test_a_question_counts_as_one_and_the_answer_is_one_tap(week: MyWeek) -> None:
    newly_met(week.book, "Amira", "Bram")
    mara = week.book.add("contact", name="Mara")
    week.book.add("step", words="名刺を注文する")
    week.workbook.refresh()
    question = week.state["question"]
    assert (question["id"], len(week.state["suggestions"])) == (mara, 1)

    known = {"known_as": "friend"}
    assert ask(week, "write", table="contact", id=mara, version=question["version"], values=known)[
        "ok"
    ]
    assert (week.state["question"], len(week.state["suggestions"])) == (None, 2)
    assert week.book.row("contact", mara)["met_on"] == ""


@pytest.mark.parametrize(
    "said",
    [
        {"source": "linkedin"},
        {"signs": ["pay_first"]},
        {"closed": True},
        {"do_not_contact": True},
        {"trashed_on": "2026-01-01"},
        {"quiet_until": "2100-01-01"},
        {"known_as": "family"},
    ],
)
def test_nobody_is_asked_about_who_is_to_be_left_alone(week: MyWeek, said: dict[str, Any]) -> None:
    week.book.add("contact", name="Mara", **said)
    week.workbook.refresh()
    assert week.state["question"] is None


def test_suggestions_are_made_once_for_all_sheets_and_anew_when_the_book_moves(
    week: MyWeek,
) -> None:
    (amira,) = newly_met(week.book, "Amira")
    before = suggestions(week.workbook)
    assert before and suggestions(week.workbook) is before
    week.book.update("contact", amira, closed=True)
    assert suggestions(week.workbook) == ()


def test_who_is_left_out_is_named_with_the_reason_on_request(week: MyWeek) -> None:
    (amira,) = newly_met(week.book, "Amira")
    ask(week, "not_now", id=amira)
    (held,) = ask(week, "held")["held"]
    assert (held["id"], held["name"], held["rule"]) == (amira, "Amira", "gate_quiet")


# -- rest and return ---------------------------------------------------------------------------


def test_a_week_of_rest_shows_only_promises_with_a_day_and_can_be_ended(
    week: MyWeek, ann: str
) -> None:
    newly_met(week.book, "Amira")
    week.book.add("step", words="名刺を注文する", on=days(1))
    promise(week.book, ann, words="地図を送る", due="")
    ask(week, "rest", rest=True)
    assert week.state["resting"] and shown(week) == {"today": ["本を送る"]}
    assert (week.state["suggestions"], week.state["question"]) == ([], None)

    ask(week, "rest", rest=False)
    assert not week.state["resting"] and shown(week)["any_day"] == ["地図を送る"]
    assert len(week.workbook.rows("review")) == 1


def test_three_hard_meetings_make_it_offer_a_rest(week: MyWeek, ann: str) -> None:
    for step in (-1, -2, -3):
        week.book.add("encounter", contact_id=ann, on=days(step), hard=True)
    week.workbook.refresh()
    assert week.state["hard"]


def test_after_three_weeks_without_an_entry_it_says_welcome_back_and_suggests_nothing(
    week: MyWeek, ann: str, open_in: Open
) -> None:
    newly_met(week.book, "Amira")
    assert MyWeek(open_in("05-week")).state["back"] == ""
    long_ago = f"{days(-30)}T09:00:00Z"
    with week.book.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE change SET at = ?", (long_ago,))
    sheet = MyWeek(open_in("05-week"))
    assert sheet.state["back"] == format_date(day_in(-30), "ja")
    assert sheet.state["suggestions"] == []
    assert sheet.state["groups"]


# -- rules of thumb ----------------------------------------------------------------------------


def test_a_rule_of_thumb_is_kept_as_the_person_changed_it(week: MyWeek) -> None:
    newly_met(week.book, "Amira")
    ask(week, "measure", name="suggestions_shown", value=0)
    assert (week.state["numbers"]["suggestions_shown"], week.state["suggestions"]) == (0, [])


@pytest.mark.parametrize(
    ("name", "value"), [("language", 3), ("suggestions_shown", 3), ("reach_outs_per_week", 366)]
)
def test_no_other_setting_and_no_odd_value_is_taken(week: MyWeek, name: str, value: int) -> None:
    assert not ask(week, "measure", name=name, value=value)["ok"]
    assert week.book.frame("setting").empty


def test_a_rule_that_is_switched_off_stays_silent_until_it_is_switched_on(week: MyWeek) -> None:
    newly_met(week.book, "Amira")
    ask(week, "silence", rule="first_thanks")
    assert week.state["suggestions"] == []
    assert [off["rule"] for off in week.state["off"]] == ["first_thanks"]
    ask(week, "hear", rule="first_thanks")
    assert (len(week.state["suggestions"]), week.state["off"]) == (1, [])


def test_there_is_no_rule_of_that_name_to_switch_off(week: MyWeek) -> None:
    assert not ask(week, "silence", rule="everything")["ok"]
    assert week.book.setting("switched_off") == ""


def test_nothing_else_is_written_to(week: MyWeek, ann: str) -> None:
    version = week.book.row("contact", ann)["version"]
    values = {"name": "だれか"}
    assert not ask(week, "write", table="contact", id=ann, version=version, values=values)["ok"]
    assert week.book.row("contact", ann)["name"] == "架空 花子"


def test_what_the_rhythms_add_up_to_is_weighed_when_somebody_wants_to_know(week: MyWeek) -> None:
    assert ask(week, "weigh")["heavy"] == []
    for number in range(3):
        id = week.book.add("contact", name=f"見本 {number}", focus=True)
        for day in (50, 40):
            on = (date.today() - timedelta(days=day)).isoformat()
            week.book.add("encounter", contact_id=id, on=on, kind="meal")
    week.book.set_setting("grow_s2_days", "1")

    (heavy,) = ask(week, "weigh")["heavy"]
    assert heavy["rule"] == "load_over"
    assert heavy["why"] == "いまのペースでは、週に21回ほどの連絡になります。心地よい目安は7回です。"
    ask(week, "silence", rule="load_over")
    assert ask(week, "weigh")["heavy"] == []


def test_people_brought_in_are_one_row_that_goes_for_good(week: MyWeek) -> None:
    for name in ("Amira Haddad", "Bram Visser"):
        week.book.add("contact", name=name, source="linkedin", acquired_on=days(-400))
    week.workbook.refresh()
    assert "2" in week.state["remembering_offer"]
    assert (week.state["suggestions"], week.state["question"]) == ([], None)
    assert ask(week, "dismiss_remembering")["ok"]
    assert week.state["remembering_offer"] == ""


def test_a_line_that_may_name_two_people_asks_which(week: MyWeek) -> None:
    printer = week.book.add("contact", name="髙橋 花子", organisation="例の印刷所")
    cousin = week.book.add("contact", name="高橋 花子", known_as="family")
    week.workbook.refresh()
    read = ask(week, "read", text="金曜に花子 高橋さんと昼ごはん")

    assert read["contact_id"] == ""
    assert [(one["id"], one["note"]) for one in read["perhaps"]] == [
        (printer, "例の印刷所"),
        (cousin, "家族"),
    ]


@pytest.mark.parametrize(
    "text", ["髙橋さんに電話", "タカハシ　ハナコさんに電話", "花子高橋さんに電話"]
)
def test_a_line_names_somebody_however_the_name_is_written(week: MyWeek, text: str) -> None:
    reading = {"family_kana": "たかはし", "given_kana": "はなこ"}
    known = week.book.add("contact", name="高橋 花子", family="高橋", given="花子", **reading)
    week.workbook.refresh()

    read = ask(week, "read", text=text)
    assert read["contact_id"] == known and read["perhaps"] == []


# -- a promise whose day has passed --------------------------------------------------------------


def missed(week: MyWeek, **values: str) -> tuple[str, str]:
    """Promise somebody a thing for yesterday; return the contact and the promise."""
    who = week.book.add("contact", name="架空 花子", known_as="friend")
    said = {"words": "展示の写真を送る", "due": days(-1), "said_on": days(-8)} | values
    id = week.book.add("promise", contact_id=who, **said)
    week.workbook.refresh()
    return who, id


@pytest.mark.parametrize(
    ("way", "said", "state"),
    [
        ("promise_late", "遅くなってごめんなさい", "kept"),
        ("promise_off", "できそうにありません", "let_go"),
    ],
)
def test_a_missed_promise_is_mended_by_a_message_that_says_so_honestly(
    open_in: Open, way: str, said: str, state: str
) -> None:
    week = MyWeek(open_in("05-week"))
    _, id = missed(week)
    row = row_of(week, "promise")
    assert row["late"] and week.words["late"][way]
    address = ask(week, "mend", id=id, way=way)["href"]
    draft = Draft(open_in("04-contacts"))
    ask(draft, "show", id=address.partition("=")[2])
    text = draft.state["open"]["text"]
    assert said in text and "「展示の写真を送る」" in text and "約束したこと" not in text
    assert week.book.row("promise", id)["state"] == "open"
    assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]

    closed = week.book.row("promise", id)
    assert (closed["state"], closed["closed_on"]) == (state, days(0))
    assert shown(week) == {}


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_new_day_is_stored_said_in_the_message_and_carried_on_in_the_week(
    open_in: Open, language: str
) -> None:
    week = MyWeek(open_in("05-week", language))
    _, id = missed(week, words={"ja": "写真を送る", "en": "I’ll send the photos"}[language])
    assert not ask(week, "mend", id=id, way="promise_day", on=days(-2))["ok"]
    assert not ask(week, "mend", id=id, way="promise_day")["ok"]
    assert ask(week, "mend", id=id, way="promise_day", on=days(3))["ok"]
    week.book.undo()
    assert week.book.row("promise", id)["due"] != days(3)
    assert week.workbook.frames()["message"].empty, "one undo takes back both"
    week.workbook.refresh()
    answer = ask(week, "mend", id=id, way="promise_day", on=days(3))
    draft = Draft(open_in("04-contacts", language))
    ask(draft, "shape", id=answer["href"].partition("=")[2], language=language)
    ask(draft, "show", id=answer["href"].partition("=")[2])

    assert format_month_day(day_in(3), language) in draft.state["open"]["text"]
    assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    promise_now = week.book.row("promise", id)
    assert (promise_now["state"], promise_now["due"]) == ("open", days(3))
    row = row_of(week, "promise")
    assert not row["late"] and not row["was_for"]


def test_only_a_promise_of_mine_past_its_day_is_mended(week: MyWeek) -> None:
    _, early = missed(week, due=days(0))
    _, theirs = missed(week, by="them")

    for id in (early, theirs):
        assert not ask(week, "mend", id=id, way="promise_off")["ok"]
    assert not row_of(week, "promise")["late"]


def test_to_write_about_a_missed_promise_begins_with_an_apology(open_in: Open) -> None:
    week = MyWeek(open_in("05-week"))
    _, id = missed(week)
    address = ask(week, "write_to", kind="promise", id=id)["href"].partition("=")[2]
    message = week.book.row("message", address)

    assert (message["kind"], message["promise_id"]) == ("promise_late", id)
    draft = Draft(open_in("04-contacts"))
    ask(draft, "show", id=address)
    assert {"promise_late", "promise_day", "promise_off"} <= set(draft.state["open"]["choices"])
    week.book.update("promise", id, due=days(2))
    draft.workbook.refresh()
    assert "promise_off" not in draft.state["open"]["choices"]


def test_what_lies_ahead_is_read_once_for_the_screen_the_page_and_the_calendar(
    open_in: Open,
) -> None:
    workbook = open_in("05-week")
    MyWeek(workbook)
    book_of(workbook).add("step", words="写真を送る", on=days(1))
    with patch.object(ahead, "agenda", wraps=agenda) as reads:
        workbook.refresh()

    assert reads.call_count == 1
