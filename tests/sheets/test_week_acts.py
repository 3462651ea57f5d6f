"""What the person does on the sheets of the week, and what it changes on another sheet or day.

Each test begins with an empty book, acts as the page does, lets time pass, and reads another sheet.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from days import pass_days
from enishi import clock
from enishi.i18n.dates import format_month_day
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.draft import Draft
from widgets.contacts.introductions import Introductions
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.goal.places import Places
from widgets.goal.wish import Wish
from widgets.start.first_minutes import FirstMinutes
from widgets.start.matters import Matters
from widgets.strengths.introduce import Introduce
from widgets.strengths.inventory import Inventory
from widgets.strengths.offers import Offers
from widgets.week.before import Before
from widgets.week.gathering import Gathering
from widgets.week.letter import Letter
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


def meet(sheet: Sheet, name: str) -> str:
    """Add a person in a field that asks for one."""
    answer = ask(sheet, "meet", name=name)
    assert answer["ok"]
    return str(answer["id"])


def note(open_in: Open, *people: str, **values: Any) -> None:
    """Note a talk with people."""
    received, then = values.pop("received", []), values.pop("then", [])
    message = {"contact_ids": [*people], "meeting": {"kind": "met", **values}}
    assert ask(Note(open_in(PAGE)), "enter", **message, then=then, received=received)["ok"]


def week_rows(open_in: Open, *kinds: str, language: str = "ja") -> list[dict[str, Any]]:
    """Open my week and return its rows of some kinds."""
    week = MyWeek(open_in(PAGE, language))
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    return [row for row in [*rows, *week.state["waiting"]] if row["kind"] in kinds]


def letter_lines(open_in: Open, key: str, language: str = "ja") -> list[str]:
    """Open the letter and return the lines of one of its parts; none if it is not there."""
    parts = Letter(open_in(PAGE, language)).state["parts"]
    return [line for part in parts if part["key"] == key for line in part["lines"]]


def evening(open_in: Open, name: str, ahead: int = 0, **told: Any) -> str:
    """Plan a gathering and tell of it on its day, as the page does; return its id."""
    sheet = Gathering(open_in(PAGE))
    assert ask(sheet, "begin", name=name, on=day(ahead))["ok"]
    row = sheet.state["event"]
    plan = {key: told.pop(key) for key in ("kind", "guess", "bring") if key in told}
    if plan:
        write(sheet, "event", row, **plan)
    met = told.pop("met", [])
    assert ask(sheet, "keep", id=row["id"], on=day(ahead), met=met, **told)["ok"]
    return str(row["id"])


def plan_evening(open_in: Open, name: str, **values: Any) -> Gathering:
    """Plan a gathering three days from today."""
    sheet = Gathering(open_in(PAGE))
    assert ask(sheet, "begin", name=name, on=day(3))["ok"]
    if values:
        write(sheet, "event", sheet.state["event"], **values)
    return sheet


def month(open_in: Open) -> Review:
    """Open the look back."""
    return Review(open_in(PAGE))


# -- note ------------------------------------------------------------------------------------------


def test_news_through_somebody_stands_by_their_name_in_the_letter_and_its_sequel_is_asked_once(
    open_in: Open,
) -> None:
    sheet = Note(open_in(PAGE))
    ann, ben = meet(sheet, "架空 花子"), meet(sheet, "見本 太郎")
    news = {"what": "空き店舗がひとつ出る", "came": "news", "through": ben}
    note(open_in, ann, received=[news])
    assert Letter(open_in(PAGE)).state["sequels"] == []  # it is too early to ask

    pass_days(30)
    assert letter_lines(open_in, "came") == ["見本 太郎さんから：空き店舗がひとつ出る"]
    assert letter_lines(open_in, "received") == []
    letter = Letter(open_in(PAGE))
    (asked,) = letter.state["sequels"]
    assert ask(letter, "tell_effect", id=asked["id"], effect="春から借りることにした")["ok"]
    assert letter.state["sequels"] == []
    assert letter_lines(open_in, "came") == [
        "見本 太郎さんから：空き店舗がひとつ出る（そのあと：春から借りることにした）"
    ]
    assert week_rows(open_in, "effect") == []  # only what I gave is asked about there


def test_a_sequel_that_is_left_open_is_not_asked_again(open_in: Open) -> None:
    ann = meet(Note(open_in(PAGE)), "架空 花子")
    note(open_in, ann, received=[{"what": "一緒に出店", "came": "idea"}])
    pass_days(10)
    letter = Letter(open_in(PAGE))
    assert ask(letter, "tell_effect", id=letter.state["sequels"][0]["id"])["ok"]
    pass_days(40)
    assert Letter(open_in(PAGE)).state["sequels"] == []
    assert letter_lines(open_in, "came") == ["架空 花子さんから：一緒に出店"]


def test_what_a_meeting_changed_in_me_opens_the_next_one_and_stands_in_the_letter(
    open_in: Open,
) -> None:
    sheet = Note(open_in(PAGE))
    ann = meet(sheet, "架空 花子")
    note(open_in, ann, note="木の話", changed="朝、窓をあけるようになった")
    pass_days(20)
    before = Before(open_in(PAGE))
    ask(before, "prepare", id=ann)
    assert before.state["people"][0]["changed"] == "朝、窓をあけるようになった"
    assert letter_lines(open_in, "changed_by") == [
        "架空 花子さんと会って：朝、窓をあけるようになった"
    ]
    people = People(open_in("04-contacts"))
    ask(people, "choose", id=ann)
    assert any("窓をあけるようになった" in entry["said"] for entry in people.state["card"]["past"])


def test_a_hello_is_not_told_as_the_last_talk(open_in: Open) -> None:
    ann = meet(Note(open_in(PAGE)), "架空 花子")
    note(open_in, ann, note="木の話", depth="talk")
    pass_days(9)
    note(open_in, ann, note="駅ですれちがった", depth="hello")
    before = Before(open_in(PAGE))
    ask(before, "prepare", id=ann)
    (last,) = before.state["people"][0]["last"]
    assert "木の話" in last


def test_two_hard_meetings_offer_a_week_of_rest_with_the_last_line_of_my_letter(
    open_in: Open,
) -> None:
    letter = Letter(open_in(PAGE))
    write(letter, "review", letter.state["review"], next="急がなくていい")
    ann = meet(Note(open_in(PAGE)), "架空 花子")
    for _ in range(3):
        note(open_in, ann, hard=True)
    week = MyWeek(open_in(PAGE))
    assert week.state["hard"] and week.state["own_line"] == ""
    ask(week, "rest", rest=True)
    assert week.state["resting"] and week.state["own_line"] == "急がなくていい"
    assert (week.state["suggestions"], week.state["question"]) == ([], None)


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_whom_i_would_see_again_is_invited_next_morning_with_two_days_and_a_message(
    open_in: Open, language: str
) -> None:
    note = Note(open_in(PAGE, language))
    ann = meet(note, {"ja": "架空 花子", "en": "Maya Lind"}[language])
    met = {"contact_ids": [ann], "meeting": {"kind": "met"}, "then": []}
    assert ask(note, "enter", **met)["ok"]
    assert note.state["invite"]["id"] == ann
    message = {"id": ann, "form": "coffee", "first": day(6), "second": day(9)}
    assert not ask(note, "invite", **message | {"first": day(-1)})["ok"]
    assert ask(note, "invite", **message)["ok"]
    assert not note.state["invite"]
    week = MyWeek(open_in(PAGE, language))
    words = {"words": "read", "kind": "step", "on": day(1)}
    assert ask(week, "add_line", **words)["ok"]

    said = [format_month_day(clock.today() + timedelta(days=ahead), language) for ahead in (6, 9)]
    pass_days(1)
    week = MyWeek(open_in(PAGE, language))
    first = week.state["groups"][0]["rows"][0]
    assert first["invites"] and all(each in first["text"] for each in said)
    href = ask(week, "write_to", kind="step", id=first["id"])["href"]
    draft = Draft(open_in("04-contacts", language))
    ask(draft, "show", id=href.partition("=")[2])
    text = draft.state["open"]["text"]
    assert all(each in text for each in said)
    assert ask(note, "enter", **met)["ok"]
    assert not note.state["invite"]  # they are not new any more


# -- before we meet --------------------------------------------------------------------------------


def test_what_i_looked_up_becomes_a_fact_and_the_question_to_ask(open_in: Open) -> None:
    before = Before(open_in(PAGE))
    ann = meet(before, "架空 花子")
    assert ask(before, "look_up", id=ann, lately="若い職人の講座")["ok"]
    pass_days(5)
    again = Before(open_in(PAGE))
    ask(again, "prepare", id=ann)
    assert again.state["people"][0]["question"] == "「若い職人の講座」は、その後いかがですか。"


# -- gathering -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_what_i_would_do_otherwise_stands_on_top_before_the_next_of_its_kind(
    open_in: Open, language: str
) -> None:
    evening(open_in, "Hotel mixer", kind="mixer", otherwise="Say hello to the host first")
    pass_days(20)
    assert plan_evening(open_in, "Reading circle").state["earlier"]["otherwise"] == ""
    plan_evening(open_in, "Spring mixer", kind="mixer")
    sheet = Gathering(open_in(PAGE, language))
    ask(sheet, "choose", id=next(e["id"] for e in sheet.state["ahead"] if "Spring" in e["name"]))
    earlier = sheet.state["earlier"]
    assert earlier["otherwise"] == "Say hello to the host first"
    assert "Hotel mixer" in earlier["otherwise_at"]


def test_guess_outcome_and_a_small_good_thing_return_at_the_same_place(open_in: Open) -> None:
    sheet = Gathering(open_in(PAGE))
    assert ask(sheet, "begin", name="もくもく会（例）", on=day())["ok"]
    row = sheet.state["event"]
    write(sheet, "event", row, guess="learn")
    told = {"guess_was": "so", "note": "となりの人と笑った", "again": "yes"}
    assert ask(sheet, "keep", id=row["id"], on=day(), met=[], **told)["ok"]
    place = sheet.book.row("event", row["id"])["place_id"]
    assert sheet.state["earlier"]["lines"] == []  # it is the one being told
    assert Gathering(open_in(PAGE)).state["ahead"] == []  # nor is it to be prepared again

    pass_days(7)
    sheet.book.update("place", place, next_on=day(2))
    again = Gathering(open_in(PAGE))
    said = "\n".join(again.state["earlier"]["lines"])
    assert "となりの人と笑った" in said and "そのとおりだった" in said and "また行きたい" in said


def test_evenings_i_would_not_go_to_again_are_named_before_the_next_of_their_kind(
    open_in: Open,
) -> None:
    for at, name in enumerate(("会場A（例）", "会場B（例）")):
        pass_days(at)
        evening(open_in, name, kind="mixer", again="no")
    pass_days(9)
    sheet = plan_evening(open_in, "会場C（例）", kind="mixer")
    (line,) = sheet.state["earlier"]["lines"]
    assert "会場B（例）、会場A（例）" in line
    assert plan_evening(open_in, "読書会（例）").state["earlier"]["lines"] == []


def test_nobody_met_in_a_crowd_is_proposed_without_a_step_of_mine(open_in: Open) -> None:
    def suggested() -> set[str]:
        return {one["name"] for one in MyWeek(open_in(PAGE)).state["suggestions"]}

    sheet = Gathering(open_in(PAGE))
    ann, ben = meet(sheet, "架空 花子"), meet(sheet, "見本 太郎")
    for id, name, was in ((ann, "祭り（例）", "so"), (ben, "夜市（例）", "otherwise")):
        met = [{"contact_id": id, "known_as": "just_met"}]
        evening(open_in, name, guess="crowd", guess_was=was, met=met)
    pass_days(1)
    assert suggested() == {"見本 太郎さん"}
    note(open_in, ann, note="道で会って、木の話をした")
    pass_days(9)
    assert "架空 花子さん" in suggested()


def test_three_words_say_how_heavy_it_feels_and_the_heaviest_asks_for_one_talk(
    open_in: Open,
) -> None:
    sheet = plan_evening(open_in, "木工の夜（例）")
    values = [value for value, _ in sheet.state["weights"]]
    assert len(values) == 3 and sheet.state["weight"] is None
    talks = []
    for value in values:
        write(sheet, "event", sheet.state["event"], pressure=value)
        assert sheet.state["weight"] == value
        talks.append(sheet.state["talks"])
    assert talks == sorted(talks, reverse=True) and talks[-1] == 1
    (row,) = week_rows(open_in, "event")
    assert row["open"] == "#gathering"


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_what_i_do_not_know_of_a_place_is_asked_beside_its_day_until_the_tick_is_off(
    open_in: Open, language: str
) -> None:
    asks = {
        "ja": "先に聞く：だれがひらく会か、いくらかかるか",
        "en": "ask first: who invites, what it costs",
    }

    def beside(kind: str) -> str:
        (row,) = week_rows(open_in, kind, language=language)
        return str(row.get("asks", ""))

    places = Places(open_in("02-goal", language))
    values = {"name": "木工の夜（例）", "next_on": day(9), "rhythm": "once"}
    assert ask(places, "add", table="place", values=values)["ok"]
    write(places, "place", places.state["places"][0], unknown_organiser=True, unknown=["price"])
    pass_days(4)
    assert beside("place") == asks[language]
    sheet = Gathering(open_in(PAGE, language))
    write(sheet, "event", sheet.state["event"], pressure=2)
    assert beside("event") == asks[language]
    write(sheet, "place", sheet.state["place"], unknown_organiser=False, unknown=[])
    assert beside("event") == ""


# -- looking back ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_whom_to_thank_and_for_what_is_a_letter_that_waits_in_my_week(
    open_in: Open, language: str
) -> None:
    review = Review(open_in(PAGE, language))
    name, what = {"ja": ("架空 花子", "夜の相談"), "en": ("Maya Lind", "the long talk")}[language]
    ann = meet(review, name)
    assert not ask(review, "thank", contact_id=ann, what=" ")["ok"]
    answer = ask(review, "thank", contact_id=ann, what=what)
    assert answer["ok"] and what in review.state["review"]["thank_whom"]

    pass_days(3)
    (row,) = week_rows(open_in, "message", language=language)
    id = answer["href"].partition("=")[2]
    assert row["id"] == id and row["open"] == answer["href"]
    draft = Draft(open_in("04-contacts", language))
    ask(draft, "show", id=id)
    assert what in draft.book.row("message", id)["text"]
    assert what in str(letter_lines(open_in, "received", language))


def test_the_one_thing_for_next_week_and_the_experiment_stand_in_my_week(open_in: Open) -> None:
    review = month(open_in)
    write(review, "review", review.state["review"], next="椅子をしあげる")
    write(review, "review", review.state["month"]["review"], tried="朝市を歩く")
    pass_days(8)
    rows = week_rows(open_in, "review", "experiment")
    assert {row["kind"]: row["text"] for row in rows} == {
        "review": "椅子をしあげる",
        "experiment": "朝市を歩く",
    }
    week = MyWeek(open_in(PAGE))
    (tried,) = week_rows(open_in, "experiment")
    assert ask(week, "settle", kind="experiment", id=tried["id"])["ok"]
    assert week_rows(open_in, "experiment") == []


def test_the_month_opens_after_four_weeks_and_asks_first_what_came_of_the_experiment(
    open_in: Open,
) -> None:
    review = month(open_in)
    assert not review.state["month"]["due"]  # nothing is written yet
    write(review, "review", review.state["month"]["review"], tried="朝市を歩く", changed="聞く")
    for days, due in ((1, False), (27, False), (28, True)):
        pass_days(days)
        assert month(open_in).state["month"]["due"] is due
    later = month(open_in)
    asked = later.state["month"]["experiment"]
    assert asked["tried"] == "朝市を歩く"
    write(later, "review", asked, tried_result="店の人に名前を聞かれた")
    assert letter_lines(open_in, "tried") == ["朝市を歩く（店の人に名前を聞かれた）"]
    assert {row["changed"] for row in later.state["earlier"]} == {"聞く"}


def test_a_first_month_opens_four_weeks_after_the_first_entry(open_in: Open) -> None:
    meet(Note(open_in(PAGE)), "架空 花子")
    assert not month(open_in).state["month"]["due"]
    pass_days(28)
    assert month(open_in).state["month"]["due"]


def test_the_lowest_dial_asks_why_not_less_and_one_more_becomes_a_step(open_in: Open) -> None:
    review = month(open_in)
    dials: dict[str, Any] = review.state["dials"]
    assert dials["asked"] is None
    write(review, "review", review.state["dials"]["row"], dial_goal=6)
    write(review, "review", review.state["dials"]["row"], dial_time=3)
    asked = review.state["dials"]["asked"]
    assert (asked["value"], asked["less"], asked["more"]) == (3, 1, 4)
    write(review, "review", review.state["dials"]["row"], why_not_less="待てた日もあった")
    assert not ask(review, "take_step", words=" ")["ok"]
    assert ask(review, "take_step", words="急がず、返事を三日待つ")["ok"]
    pass_days(6)
    assert [row["text"] for row in week_rows(open_in, "step")] == ["急がず、返事を三日待つ"]
    pass_days(40)
    assert month(open_in).state["dials"]["asked"] is None  # of a reading of long ago


@pytest.mark.parametrize(("value", "less", "more"), [(0, None, 1), (1, 0, 2), (10, 8, None)])
def test_at_either_end_of_a_dial_only_one_way_is_asked(
    open_in: Open, value: int, less: int | None, more: int | None
) -> None:
    review = month(open_in)
    write(review, "review", review.state["dials"]["row"], dial_goal=value)
    asked = review.state["dials"]["asked"]
    assert (asked["less"], asked["more"]) == (less, more)


def test_a_strength_to_grow_is_an_if_then_in_my_week_and_becomes_a_way_to_help(
    open_in: Open,
) -> None:
    inventory = Inventory(open_in("03-strengths"))
    assert ask(inventory, "jot", prompt="easy", text="図を描く")["ok"]
    (card,) = inventory.state["cards"]
    write(inventory, "strength", card, good_at=3, like=5)
    review = month(open_in)
    growth: dict[str, Any] = review.state["month"]["grow"]
    ((id, name),) = growth["choices"]
    assert name == "図を描く" and review.state["month"]["grow"]["now"] is None
    assert not ask(review, "grow", id=id, cue="土曜の朝", act=" ")["ok"]
    assert ask(review, "grow", id=id, cue="土曜の朝", act="25分、図を描く")["ok"]
    (row,) = week_rows(open_in, "plan")
    assert (row["cue"], row["text"]) == ("土曜の朝", "25分、図を描く")

    pass_days(30)
    later = month(open_in)
    assert later.state["month"]["grow"]["now"]["name"] == "図を描く"
    assert ask(later, "offer", id=id, what="資料の図をなおす")["ok"]
    offers = Offers(open_in("03-strengths"))
    assert "資料の図をなおす" in str(offers.state)


def test_where_my_line_is_seen_is_asked_with_whom_i_met_there_and_can_be_left(
    open_in: Open,
) -> None:
    introduce = Introduce(open_in("03-strengths"))
    (first, *_) = introduce.state["texts"]
    write(introduce, "introduction_text", first, text="椅子を直しています。")
    (first, *_) = introduce.state["texts"]
    write(introduce, "introduction_text", first, seen_at=["工房の扉", "名刺"])
    introduce.book.add(
        "contact", name="架空 花子", known_as="just_met", how_met="工房の扉", acquired_on=day()
    )
    pass_days(30)
    review = month(open_in)
    assert review.state["month"]["spots"] == [
        {"place": "工房の扉", "found": "架空 花子"},
        {"place": "名刺", "found": ""},
    ]
    assert ask(review, "leave_spot", place="名刺")["ok"]
    assert [spot["place"] for spot in month(open_in).state["month"]["spots"]] == ["工房の扉"]


def test_while_one_deepens_nobody_hardly_known_is_proposed_for_the_goal(open_in: Open) -> None:
    wish = Wish(open_in("02-goal"))
    write(wish, "goal", wish.state["goal"], wish="木工の店をひらく")
    book = wish.book
    role = book.add("role", does="木工の店をひらいている人")
    book.add("contact", name="架空 花子", known_as="known", role_id=role)

    def suggested() -> list[str]:
        return [one["name"] for one in MyWeek(open_in(PAGE)).state["suggestions"]]

    assert suggested() == ["架空 花子さん"]
    review = month(open_in)
    write(review, "goal", review.state["month"]["goal"], phase="deepen")
    assert suggested() == []


# -- the beginning ---------------------------------------------------------------------------------


def begin_by(open_in: Open, start: str, does: str = "") -> None:
    """Choose what brought one here, and write a kind of person."""
    first = FirstMinutes(open_in("01-start"))
    write(first, "goal", first.state["goal"], start=start)
    if does:
        kinds = Kinds(open_in("02-goal"))
        assert ask(kinds, "add", table="role", values={"does": does})["ok"]


def test_who_came_to_be_introduced_is_asked_who_may_know_before_any_gathering(
    open_in: Open,
) -> None:
    begin_by(open_in, "introduced")
    assert MyWeek(open_in(PAGE)).state["beginning"] is None  # nobody is written yet
    begin_by(open_in, "introduced", does="活版印刷の店をひらいている")
    plan_evening(open_in, "印刷の夜（例）")
    pass_days(2)
    week = MyWeek(open_in(PAGE))
    asked = week.state["beginning"]
    assert "活版印刷の店をひらいている" in asked["reason"]["act"]
    assert asked["href"] == "04-contacts.ipynb#introductions"
    assert ask(week, "silence", rule="begin_introduced")["ok"]
    assert week.state["beginning"] is None
    assert ask(week, "hear", rule="begin_introduced")["ok"]
    desk = Introductions(open_in("04-contacts"))
    message = {"table": "introduction", "values": {"target_words": "活版印刷の人"}}
    assert ask(desk, "add", **message)["ok"]
    assert MyWeek(open_in(PAGE)).state["beginning"] is None


def test_who_came_for_work_sits_in_the_clients_chair_until_the_answer_is_written(
    open_in: Open,
) -> None:
    begin_by(open_in, "work", does="小さな店をひらいている")
    pass_days(1)
    asked = MyWeek(open_in(PAGE)).state["beginning"]
    assert asked["reason"]["rule"] == "begin_work" and asked["href"] == "02-goal.ipynb#kinds"
    kinds = Kinds(open_in("02-goal"))
    write(kinds, "role", kinds.state["roles"][0], gift_1="品書きの誤字を見る")
    assert MyWeek(open_in(PAGE)).state["beginning"] is None


def test_who_came_to_learn_asks_the_one_beside_them_for_a_weekly_question(open_in: Open) -> None:
    begin_by(open_in, "study")
    assert MyWeek(open_in(PAGE)).state["beginning"]["reason"]["rule"] == "begin_study"
    people = People(open_in("04-contacts"))
    ann = people.book.add("contact", name="架空 花子", known_as="known", ahead="near")
    pass_days(1)
    week = MyWeek(open_in(PAGE))
    said = week.state["beginning"]["reason"]["act"]
    assert "架空 花子さん" in said
    assert ask(week, "begin")["ok"]
    (step,) = week_rows(open_in, "step")
    assert (step["text"], step["who"]) == (said, "架空 花子さん")
    assert ask(week, "settle", kind="step", id=step["id"])["ok"]
    assert MyWeek(open_in(PAGE)).state["beginning"] is None  # it was taken up
    assert not ask(week, "begin")["ok"]
    assert people.book.row("step", step["id"])["contact_id"] == ann


# -- how far to go out -----------------------------------------------------------------------------


def to_monday(weeks: int) -> int:
    """Return how many days from today it is to the Monday of the week so many weeks on."""
    return 7 * weeks - clock.today().weekday()


def test_while_nobody_new_is_chosen_nobody_hardly_known_is_suggested_this_week(
    open_in: Open,
) -> None:
    def suggested() -> list[str]:
        return [one["name"] for one in MyWeek(open_in(PAGE)).state["suggestions"]]

    people = People(open_in("04-contacts"))
    ann = people.book.add("contact", name="架空 花子", known_as="just_met", met_on=day())
    pass_days(to_monday(1))
    people.book.add("encounter", contact_id=ann, kind="message", started_by="me", on=day())
    monday = to_monday(2) + 2
    pass_days(monday)
    assert suggested() == ["架空 花子さん"]
    week = MyWeek(open_in(PAGE))
    assert ask(week, "widen", choice="nobody")["ok"]
    assert suggested() == []
    held = ask(week, "held")["held"]
    assert [one["rule"] for one in held] == ["gate_widen"] and "架空 花子" in held[0]["why"]
    pass_days(monday + 7)
    assert suggested() == ["架空 花子さん"]


def first_choice(week: MyWeek) -> str:
    """Return the choice that is offered first for this week."""
    choices: list[list[str]] = week.state["widen"]["choices"]
    return choices[0][0]


def test_a_hello_missed_twice_running_offers_nobody_first_in_the_third_week(
    open_in: Open,
) -> None:
    start = to_monday(1)
    for weeks in (0, 7):
        pass_days(start + weeks)
        week = MyWeek(open_in(PAGE, "en"))
        assert first_choice(week) == "hello"
        assert ask(week, "widen", choice="hello")["ok"]
        (step,) = week_rows(open_in, "step", language="en")  # the one of last week made room
        assert step["text"] == "Say hello to one person"
    pass_days(start + 14)
    week = MyWeek(open_in(PAGE, "en"))
    assert first_choice(week) == "nobody"
    (step,) = week_rows(open_in, "step", language="en")
    assert ask(week, "let_go", kind="step", id=step["id"])["ok"]
    assert ask(week, "widen", choice="new_person")["ok"]
    (step,) = week_rows(open_in, "step", language="en")
    assert ask(week, "settle", kind="step", id=step["id"])["ok"]
    pass_days(start + 21)
    week = MyWeek(open_in(PAGE, "en"))
    assert first_choice(week) == "hello"


# -- this week, and the letter ---------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_promises_of_both_sides_are_all_readable_in_my_week(open_in: Open, language: str) -> None:
    week = MyWeek(open_in(PAGE, language))
    ann = meet(week, {"ja": "架空 花子", "en": "Maya Lind"}[language])
    for kind, words, on in (
        ("promise", "send the photos", day(2)),
        ("theirs", "bring the map", ""),
        ("promise", "mend the chair", day(60)),
        ("theirs", "show the shed", day(20)),
    ):
        assert ask(week, "add_line", words=words, kind=kind, contact_id=ann, on=on)["ok"]
    assert [row["text"] for row in week.state["later"]] == ["show the shed", "mend the chair"]
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    shown = {row["text"] for row in [*rows, *week.state["waiting"], *week.state["later"]]}
    assert shown == {"send the photos", "bring the map", "mend the chair", "show the shed"}
    pass_days(55)
    assert MyWeek(open_in(PAGE, language)).state["later"] == []


def test_the_letter_says_why_and_its_last_line_is_read_when_one_comes_back(open_in: Open) -> None:
    letter = Letter(open_in(PAGE))
    matters = Matters(open_in("01-start"))
    write(matters, "setting", matters.state["why"], value="人に磨かれたい")
    assert letter_lines(open_in, "why") == ["人に磨かれたい"]
    write(letter, "review", letter.state["review"], next="次も、ひとりずつ")
    pass_days(60)
    week = MyWeek(open_in(PAGE))
    assert week.state["back"] and week.state["own_line"] == "次も、ひとりずつ"
    pass_days(95)
    assert [row["next"] for row in Letter(open_in(PAGE)).state["earlier"]] == ["次も、ひとりずつ"]


def test_a_link_on_a_card_begins_a_note_with_that_person(open_in: Open) -> None:
    people, note = People(open_in("04-contacts")), Note(open_in("05-week"))
    id = people.book.add("contact", name="架空 花子", known_as="friend")
    ask(people, "choose", id=id)
    link = people.state["card"]["now"]["note"]
    assert link == f"05-week.ipynb#note={id}"
    assert ask(note, "begin_with", id=link.partition("=")[2])["ok"]
    assert note.state["with"] == {"id": id, "name": "架空 花子"}
    assert not ask(note, "begin_with", id="nobody")["ok"]


# -- asked afterwards ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_JAPANESE)
@pytest.mark.parametrize("chosen", ["keep", "drop"])
def test_what_came_of_a_step_of_a_book_is_asked_after_its_day_and_what_is_kept_stands_by_the_book(
    open_in: Open, chosen: str, language: str
) -> None:
    step = "tell Ines of the paper fair"
    matters = Matters(open_in("01-start", language))
    assert ask(matters, "put_in_week", book="giving", words=step)["ok"]
    (row,) = matters.workbook.rows("step")
    days = (date.fromisoformat(row["on"]) - clock.today()).days
    assert 1 <= days <= 7

    def asked() -> MyWeek | None:
        week = MyWeek(open_in(PAGE, language))
        return week if (week.state["asked"] or {}).get("code") == "book" else None

    pass_days(days)
    assert asked() is None
    pass_days(days + 1)
    week = asked()
    assert week is not None and step in week.state["asked"]["ask"]
    answer = {"code": "book", "about": row["id"], "chosen": chosen, "words": "she went there"}
    assert ask(week, "answer_question", **answer)["ok"]
    assert week_rows(open_in, "step", language=language) == []
    state = {"keep": "done", "drop": "let_go"}[chosen]
    assert week.book.row("step", row["id"])["state"] == state

    pass_days(days + 30)
    kept = Matters(open_in("01-start", language)).state["kept"]
    found = [{"step": step, "words": "she went there"}] if chosen == "keep" else []
    assert kept == {"giving": found, "picked": []}
    assert asked() is None


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_with_whom_i_thrive_is_asked_of_somebody_new_after_the_second_meeting(
    open_in: Open, language: str
) -> None:
    people = People(open_in("04-contacts", language))
    ann, ben = meet(people, "Ada Invented"), meet(people, "Ben Invented")
    for id in (ann, ben):
        people.book.update("contact", id, known_as="just_met")
        note(open_in, id, on=day())
    review = Review(open_in(PAGE, language))
    month = review.state["month"]["review"]
    write(review, "review", month, thrive_with="let a silence be")
    pass_days(20)
    note(open_in, ann, on=day())

    def asked() -> MyWeek | None:
        week = MyWeek(open_in(PAGE, language))
        return week if (week.state["asked"] or {}).get("code") == "thrive" else None

    assert asked() is None
    pass_days(21)
    week = asked()
    assert week is not None and week.state["asked"]["about"] == ann
    assert "let a silence be" in week.state["asked"]["ask"]
    assert ask(week, "answer_question", code="thrive", about=ann, chosen="yes")["ok"]

    pass_days(60)

    def card(id: str) -> str:
        later = People(open_in("04-contacts", language))
        ask(later, "choose", id=id)
        return str(later.state["card"]["thrives"])

    assert "let a silence be" in card(ann)
    assert card(ben) == ""
    assert asked() is None
