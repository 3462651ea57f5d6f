"""Questions asked some days after something was written, and what their answers change later.

Each test begins with an empty book, acts as the page does, lets time pass, answers the question of
my week, and reads another sheet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from days import pass_days
from enishi import clock
from enishi.coach.asking.queue import open_questions
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.circle import Circle
from widgets.contacts.gift import Gift
from widgets.goal.places import Places
from widgets.goal.wish import Wish
from widgets.parts.asked_later import describe_question
from widgets.week.before import Before
from widgets.week.gathering import Gathering
from widgets.week.my_week import MyWeek
from widgets.week.note import Note
from widgets.week.review import Review

pytest_plugins = ["sheet_fixtures"]

PAGE = "05-week"
pytestmark = pytest.mark.usefixtures("present_day")


def day(ahead: int = 0) -> str:
    """Return a day from the person's today on."""
    return (clock.today() + timedelta(days=ahead)).isoformat()


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> None:
    """Write on a row as its fields do."""
    message = {"table": table, "id": row["id"], "version": row["version"], "values": values}
    assert ask(sheet, "write", **message)["ok"]


def asked(open_in: Open, code: str) -> list[str]:
    """Return the questions of a code that are open today, in English."""
    workbook = MyWeek(open_in(PAGE, "en")).workbook
    found = open_questions(workbook.frames(), workbook.today, workbook.settings)
    return [describe_question(workbook, each)["ask"] for each in found if each.code == code]


def tell(open_in: Open, code: str, *facts: str, language: str = "ja", **answer: Any) -> None:
    """Answer the one open question of a code in my week; its text quotes some facts."""
    week = MyWeek(open_in(PAGE, language))
    frames, today = week.workbook.frames(), week.workbook.today
    (question,) = [each for each in open_questions(frames, today) if each.code == code]
    said = describe_question(week.workbook, question)
    assert all(fact in said["ask"] for fact in facts) and "{" not in said["ask"]
    message = {"code": code, "about": question.about} | answer
    assert ask(week, "answer_question", **message)["ok"]


# -- the phase of the goal -------------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_on_the_day_i_set_my_week_asks_whether_the_phase_holds_and_still_moves_it_on(
    open_in: Open, language: str
) -> None:
    wish = Wish(open_in("02-goal", language))
    write(wish, "goal", wish.state["goal"], wish="木工の店をひらく")
    review = Review(open_in(PAGE, language))
    write(review, "goal", review.state["month"]["goal"], phase="deepen")
    write(review, "review", review.state["month"]["look_again"], look_again_on=day(20))
    pass_days(19)
    assert MyWeek(open_in(PAGE, language)).state["asked"] is None
    pass_days(20)
    assert MyWeek(open_in(PAGE, language)).state["asked"]["code"] == "phase"
    phase = {"ja": "少しの人と深く", "en": "Deepen"}[language]
    tell(open_in, "phase", phase, language=language, chosen="still")
    moved = Review(open_in(PAGE, language)).state["month"]["look_again"]
    assert moved["look_again_on"] == day(91)
    pass_days(20 + 90)
    assert asked(open_in, "phase") == []
    pass_days(20 + 91)
    tell(open_in, "phase", phase, language=language, chosen="change")
    month = Review(open_in(PAGE, language)).state["month"]
    assert month["due"] and month["other_phase"]  # the month opens with the choice
    pass_days(20 + 93)
    review = Review(open_in(PAGE, language))
    write(review, "review", review.state["month"]["look_again"], look_again_on=day(30))
    assert not review.state["month"]["other_phase"]


# -- after a gathering -----------------------------------------------------------------------------


def evening(open_in: Open, name: str, on: str = "", **told: Any) -> str:
    """Plan a gathering for today and tell of it, as the page does; return its id."""
    sheet = Gathering(open_in(PAGE))
    assert ask(sheet, "begin", name=name, on=on or day())["ok"]
    row = sheet.state["event"]
    plan = {key: told.pop(key) for key in ("kind", "pressure") if key in told}
    if plan:
        write(sheet, "event", row, **plan)
    assert ask(sheet, "keep", id=row["id"], on=day(), met=told.pop("met", []), **told)["ok"]
    return str(row["id"])


def plan_evening(open_in: Open, name: str, language: str = "ja", **values: Any) -> Gathering:
    """Plan a gathering three days from today."""
    sheet = Gathering(open_in(PAGE, language))
    assert ask(sheet, "begin", name=name, on=day(3))["ok"]
    write(sheet, "event", sheet.state["event"], **values)
    return sheet


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_after_three_that_ended_there_the_next_of_its_kind_shows_two_other_ways(
    open_in: Open, language: str
) -> None:
    book = MyWeek(open_in(PAGE)).book
    for at in range(3):
        pass_days(30 * at)
        ann = book.add("contact", name=f"架空 花子{at}", known_as="just_met")
        evening(open_in, f"交流会{at}（例）", kind="mixer", met=[{"contact_id": ann}])
        pass_days(30 * at + 13)
        assert asked(open_in, "went_on") == []
        pass_days(30 * at + 14)
        assert plan_evening(open_in, "もうひとつ（例）", kind="mixer").state["ended"] is None
        fact = f"交流会{at}（例）"
        tell(open_in, "went_on", fact, f"架空 花子{at}", language=language, chosen="ended")
    assert plan_evening(open_in, "読書会（例）", kind="study").state["ended"] is None
    sheet = plan_evening(open_in, "四度目（例）", language, kind="mixer")
    ended = sheet.state["ended"]
    assert {way["href"].partition("#")[2] for way in ended["ways"]} == {"places", "introductions"}
    assert ask(sheet, "silence", rule="event_ended")["ok"]
    assert sheet.state["ended"] is None


def test_where_people_came_to_get_twice_that_kind_of_place_comes_last_and_says_why(
    open_in: Open,
) -> None:
    places = Places(open_in("02-goal"))
    for name, kind in (("交流の夜（例）", "work"), ("読書会（例）", "study")):
        values = {"name": name, "kind": kind, "rhythm": "weekly", "next_on": day()}
        assert ask(places, "add", table="place", values=values)["ok"]
    for week in range(2):
        pass_days(7 * week)
        sheet = MyWeek(open_in(PAGE))
        rows = [row for group in sheet.state["groups"] for row in group["rows"]]
        (visit,) = [row for row in rows if row["text"] == "交流の夜（例）" and row["been"]]
        assert ask(sheet, "go_on", id=visit["id"])["ok"]
        pass_days(7 * week + 1)
        order = [place["name"] for place in Places(open_in("02-goal")).state["places"]]
        assert order == ["交流の夜（例）", "読書会（例）"]
        tell(open_in, "came_to", "交流の夜（例）", chosen="get")
    found = Places(open_in("02-goal")).state["places"]
    assert [place["name"] for place in found] == ["読書会（例）", "交流の夜（例）"]
    assert [bool(place["last"]) for place in found] == [False, True]
    gathering = Gathering(open_in(PAGE))
    ahead = {one["name"]: one["id"] for one in gathering.state["ahead"]}
    assert ask(gathering, "choose", id=ahead["交流の夜（例）"])["ok"]
    assert gathering.state["takers"]["rule"] == "event_takers"
    assert ask(gathering, "choose", id=ahead["読書会（例）"])["ok"]
    assert gathering.state["takers"] is None


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_what_made_a_heavy_evening_easier_stands_beside_the_weight_of_the_next(
    open_in: Open, language: str
) -> None:
    evening(open_in, "軽い会（例）", pressure=4)
    pass_days(1)
    assert asked(open_in, "eased") == []
    evening(open_in, "大きな会（例）", pressure=7)
    pass_days(2)
    tell(open_in, "eased", "大きな会（例）", language=language, words="駅で待ち合わせた")
    pass_days(20)
    said = plan_evening(open_in, "次の会（例）", language, pressure=7).state["eased"]
    assert "大きな会（例）" in said and "駅で待ち合わせた" in said


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_what_i_discovered_at_a_new_kind_of_place_stands_there_and_before_the_next_time(
    open_in: Open, language: str
) -> None:
    places = Places(open_in("02-goal"))
    values = {"name": "夜の講座（例）", "kind": "study", "rhythm": "weekly", "next_on": day()}
    assert ask(places, "add", table="place", values=values)["ok"]
    (place,) = places.state["places"]
    week = MyWeek(open_in(PAGE))
    assert ask(week, "go_on", id=place["id"])["ok"]
    pass_days(1)
    found = {"chosen": "again", "words": "道具の話ならできる"}
    tell(open_in, "discovered", "夜の講座（例）", language=language, **found)
    (shown,) = Places(open_in("02-goal", language)).state["places"]
    assert "道具の話ならできる" in shown["lines"][0]
    pass_days(5)
    before = Gathering(open_in(PAGE, language)).state["earlier"]
    assert "道具の話ならできる" in before["lines"][0]
    assert ask(MyWeek(open_in(PAGE)), "go_on", id=place["id"])["ok"]
    pass_days(9)
    assert asked(open_in, "discovered") == []  # only the first of its kind


def test_where_once_was_enough_the_place_leaves_my_week_and_its_kind_is_not_proposed(
    open_in: Open,
) -> None:
    wish, places = Wish(open_in("02-goal")), Places(open_in("02-goal"))
    write(wish, "goal", wish.state["goal"], wish="木工の店をひらく")
    for name, kind in (("朝の散歩（例）", "hobby"), ("夜の講座（例）", "study")):
        values = {"name": name, "kind": kind, "rhythm": "weekly", "next_on": day()}
        assert ask(places, "add", table="place", values=values)["ok"]
    ids = {place["name"]: place["id"] for place in places.state["places"]}
    assert ask(MyWeek(open_in(PAGE)), "go_on", id=ids["夜の講座（例）"])["ok"]
    pass_days(1)
    tell(open_in, "discovered", "夜の講座（例）", chosen="once")
    week = MyWeek(open_in(PAGE))
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    assert {row["text"] for row in rows} == {"朝の散歩（例）"}
    again = Places(open_in("02-goal"))
    assert ask(again, "drop", table="place", id=ids["夜の講座（例）"])["ok"]
    assert set(again.state["untried"]) == {"work", "online", "company"}
    pass_days(95)
    assert "study" in Places(open_in("02-goal")).state["untried"]


def test_after_an_experiment_that_was_enough_nothing_untried_is_proposed_for_a_season(
    open_in: Open,
) -> None:
    wish, places = Wish(open_in("02-goal")), Places(open_in("02-goal"))
    write(wish, "goal", wish.state["goal"], wish="木工の店をひらく")
    values = {"name": "朝の散歩（例）", "kind": "hobby"}
    assert ask(places, "add", table="place", values=values)["ok"]
    review = Review(open_in(PAGE))
    write(review, "review", review.state["month"]["review"], tried="ふだん行かない市を歩く")
    pass_days(6)
    week = MyWeek(open_in(PAGE))
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    (tried,) = [row for row in rows if row["kind"] == "experiment"]
    assert ask(week, "settle", kind="experiment", id=tried["id"])["ok"]
    pass_days(7)
    assert Places(open_in("02-goal")).state["untried"]
    tell(open_in, "once_enough", "ふだん行かない市を歩く", chosen="once")
    pass_days(90)
    assert Places(open_in("02-goal")).state["untried"] == []
    pass_days(99)
    assert Places(open_in("02-goal")).state["untried"]


@pytest.mark.parametrize("chosen", ["somebody", "stay", "leave"])
def test_before_the_fourth_visit_it_is_asked_whom_i_know_there_and_i_may_leave(
    open_in: Open, chosen: str
) -> None:
    places = Places(open_in("02-goal"))
    values = {"name": "土曜の合唱（例）", "rhythm": "weekly", "next_on": day()}
    assert ask(places, "add", table="place", values=values)["ok"]
    (place,) = places.state["places"]
    for week in range(3):
        assert asked(open_in, "whom_there") == []
        pass_days(7 * week)
        assert ask(MyWeek(open_in(PAGE)), "go_on", id=place["id"])["ok"]
    pass_days(16)
    words = {"words": "受付の見本さん"} if chosen == "somebody" else {}
    tell(open_in, "whom_there", "土曜の合唱（例）", chosen=chosen, **words)
    (shown,) = Places(open_in("02-goal")).state["places"]
    assert ("受付の見本さん" in str(shown["lines"])) is (chosen == "somebody")
    pass_days(20)
    week = MyWeek(open_in(PAGE))
    rows = [row["text"] for group in week.state["groups"] for row in group["rows"]]
    assert rows == ([] if chosen == "leave" else ["土曜の合唱（例）"])


# -- after a talk, and a step ----------------------------------------------------------------------


def note(open_in: Open, id: str, **values: Any) -> None:
    """Note a talk with somebody."""
    message = {"contact_ids": [id], "meeting": {"kind": "met", **values}, "then": []}
    assert ask(Note(open_in(PAGE)), "enter", **message)["ok"]


def brief(open_in: Open, id: str, language: str = "ja") -> dict[str, Any]:
    """Prepare for somebody, and return the brief."""
    before = Before(open_in(PAGE, language))
    assert ask(before, "prepare", id=id)["ok"]
    found: dict[str, Any] = before.state["people"][0]
    return found


def look_up(open_in: Open, id: str, **values: str) -> None:
    """Write what was looked up about somebody before meeting them."""
    assert ask(Before(open_in(PAGE)), "look_up", id=id, **values)["ok"]


def somebody(open_in: Open, name: str, **values: Any) -> str:
    """Add somebody who is known."""
    return str(MyWeek(open_in(PAGE)).book.add("contact", name=name, known_as="known", **values))


def test_what_i_would_do_otherwise_stands_before_we_meet_again_and_before_the_next_of_its_kind(
    open_in: Open,
) -> None:
    ann, ben = (somebody(open_in, name) for name in ("架空 花子", "見本 太郎"))
    note(open_in, ann, kind="meal", hard=True)
    pass_days(1)
    tell(open_in, "otherwise", "架空 花子さん", words="一時間で切り上げる")
    assert brief(open_in, ann)["otherwise"] == "一時間で切り上げる"
    assert brief(open_in, ben)["otherwise"] == ""
    book = MyWeek(open_in(PAGE)).book
    planned = book.add("encounter", contact_id=ben, kind="meal", on=day(3))
    assert brief(open_in, ben)["otherwise"] == "一時間で切り上げる"
    book.update("encounter", planned, kind="call")
    assert brief(open_in, ben)["otherwise"] == ""


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_the_question_that_led_to_what_they_told_comes_first_at_the_next_evening_and_brief(
    open_in: Open, language: str
) -> None:
    ann, ben = (somebody(open_in, name) for name in ("架空 花子", "見本 太郎"))
    note(open_in, ann)
    gift = Gift(open_in("04-contacts"))
    assert ask(gift, "choose", id=ann)["ok"]
    fact = {"contact_id": ann, "kind": "loves", "words": "夜の市を歩く", "source": "said"}
    assert ask(gift, "add", table="fact", values=fact)["ok"]
    usual = brief(open_in, ben, language)["question"]
    pass_days(1)
    led = "休みの日は、どこを歩きますか"
    tell(open_in, "led_there", "夜の市を歩く", language=language, words=led)
    pass_days(20)
    assert plan_evening(open_in, "次の会（例）", pressure=4).state["cards"][0]["ask"] == led
    assert brief(open_in, ben, language)["question"] == led != usual


def test_the_kind_of_fact_that_helped_comes_first_before_the_next_meeting(open_in: Open) -> None:
    ann, ben = (somebody(open_in, name) for name in ("架空 花子", "見本 太郎"))
    for id in (ann, ben):
        look_up(open_in, id, hobby="早朝の水泳", lately="若い職人の講座")
    assert "若い職人の講座" in brief(open_in, ben)["question"]
    assert Before(open_in(PAGE)).state["fields"] == ["work", "hobby", "lately"]
    pass_days(3)
    note(open_in, ann)
    pass_days(4)
    week = MyWeek(open_in(PAGE))
    options = {text: value for value, text in week.state["asked"]["choices"]}
    tell(open_in, "which_helped", "架空 花子さん", chosen=options["早朝の水泳"])
    pass_days(9)
    assert "早朝の水泳" in brief(open_in, ben)["question"]
    assert Before(open_in(PAGE)).state["fields"] == ["hobby", "work", "lately"]


def test_after_a_step_that_was_too_much_the_next_suggestion_is_lighter_and_says_why(
    open_in: Open,
) -> None:
    def suggested() -> dict[str, Any]:
        (one,) = MyWeek(open_in(PAGE)).state["suggestions"]
        return dict(one)

    ann = somebody(open_in, "架空 花子", closeness="friendly", cadence_days=15)
    circle = Circle(open_in("04-contacts"))
    words = "一日いっしょに山を歩く"
    assert ask(circle, "draw_nearer", id=ann, words=words, on=day())["ok"]
    note(open_in, ann)
    week = MyWeek(open_in(PAGE))
    (step,) = [row for group in week.state["groups"] for row in group["rows"]]
    assert ask(week, "settle", kind="step", id=step["id"])["ok"]
    pass_days(1)
    tell(open_in, "closer", words, "架空 花子さん", chosen="too_much")
    pass_days(19)
    one = suggested()
    assert one["because"]["rule"] == "lighter" and "会う約束も" in one["ready"]
    assert ask(MyWeek(open_in(PAGE)), "silence", rule="lighter")["ok"]
    assert suggested()["because"] is None
    assert ask(MyWeek(open_in(PAGE)), "hear", rule="lighter")["ok"]
    note(open_in, ann)
    pass_days(38)
    assert suggested()["because"] is None  # we have met since
