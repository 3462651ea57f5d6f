"""What a person does on one sheet, and what it changes on another sheet or day.

Acts that no other module of tests shows; `data/advice.yaml` names the test of each act. Each test
begins with an empty book, acts as the page does, and reads a later screen.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from days import days, pass_days
from desk import laid
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.circle import Circle
from widgets.contacts.draft import Draft
from widgets.contacts.gift import Gift
from widgets.contacts.introductions import Introductions
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.goal.places import Places
from widgets.goal.wish import Wish
from widgets.settings.rules import Rules
from widgets.start.first_minutes import FirstMinutes
from widgets.week.before import Before
from widgets.week.gathering import Gathering
from widgets.week.letter import Letter
from widgets.week.my_week import MyWeek
from widgets.week.note import Note
from widgets.week.review import Review

pytest_plugins = ["server_fixtures", "sheet_fixtures"]
pytestmark = pytest.mark.usefixtures("present_day")


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> None:
    """Write on a row as its fields do."""
    message = {"table": table, "id": row["id"], "version": row["version"], "values": values}
    assert ask(sheet, "write", **message)["ok"]


def add(sheet: Sheet, table: str, **values: Any) -> str:
    """Add a row as the page does; return its id."""
    answer = ask(sheet, "add", table=table, values=values)
    assert answer["ok"]
    return str(answer["focus"])


def meet(sheet: Sheet, name: str) -> str:
    """Add a person in a field that asks for one."""
    answer = ask(sheet, "meet", name=name)
    assert answer["ok"]
    return str(answer["id"])


def on_card(open_in: Open, id: str, language: str = "ja", **values: Any) -> People:
    """Write on the card of somebody."""
    people = People(open_in("04-contacts", language))
    ask(people, "choose", id=id)
    write(people, "contact", people.state["card"], **values)
    return people


def somebody(open_in: Open, name: str, language: str = "ja", **values: Any) -> str:
    """Add somebody, and write on their card."""
    id = meet(People(open_in("04-contacts", language)), name)
    if values:
        on_card(open_in, id, language, **values)
    return id


def note_fact(open_in: Open, id: str, kind: str, words: str, source: str) -> Gift:
    """Write on the sheet of gifts what one knows of somebody."""
    sheet = Gift(open_in("04-contacts"))
    ask(sheet, "choose", id=id)
    add(sheet, "fact", contact_id=id, kind=kind, words=words, source=source)
    return sheet


def week_rows(open_in: Open, kind: str) -> list[dict[str, Any]]:
    """Open my week and return its rows of a kind."""
    week = MyWeek(open_in("05-week"))
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    return [row for row in rows if row["kind"] == kind]


def suggested(open_in: Open) -> list[str]:
    """Open my week and return whom it suggests."""
    return [one["name"] for one in MyWeek(open_in("05-week")).state["suggestions"]]


# -- the beginning ---------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["work", "study", "introduced"])
def test_what_brought_me_here_chooses_the_example_beside_the_wish(
    open_in: Open, start: str, chromium: Browser
) -> None:
    first = FirstMinutes(open_in("01-start", "en"))
    write(first, "goal", first.state["goal"], start=start)
    wish = Wish(open_in("02-goal", "en"))
    traits = {"state": wish.state, "words": wish.words, "position": wish.position}
    with laid(chromium, wish._esm, traits) as desk:
        shown = desk.page.content()
    examples = wish.words["examples"]
    assert [key for key, one in examples.items() if one["wish"] in shown] == [start]


@pytest.mark.parametrize("rule", ["due", "talk_remembered"])
def test_a_rule_switched_off_in_the_settings_suggests_nobody(open_in: Open, rule: str) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend", closeness="close")
    sheet = MyWeek(open_in("05-week"))
    if rule == "due":
        sheet.book.add("encounter", contact_id=ann, on=days(0), kind="meal")
    else:
        on_card(open_in, ann, last_talk="today", last_talk_said_on=days(0))
    pass_days(120)
    rules = Rules(open_in("07-settings"))
    assert ask(rules, "silence", rule=rule)["ok"]
    assert suggested(open_in) == []
    assert ask(rules, "hear", rule=rule)["ok"]
    assert suggested(open_in) == ["架空 花子さん"]


# -- the road ahead --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_to_learn_from_the_one_a_step_ahead_is_proposed_before_the_one_far_ahead(
    open_in: Open, language: str
) -> None:
    wish, kinds = Wish(open_in("02-goal", language)), Kinds(open_in("02-goal", language))
    write(wish, "goal", wish.state["goal"], wish="a bindery of my own")
    kinds.workbook.refresh()
    role = add(kinds, "role", does="bookbinding")
    people = People(open_in("04-contacts", language))
    for name, ahead in (("Ada Far", "far"), ("Zoe Near", "steps")):
        on_card(open_in, meet(people, name), language, known_as="known", role_id=role, ahead=ahead)
    week = MyWeek(open_in("05-week", language))
    (first,) = week.state["suggestions"]
    assert first["name"].startswith("Zoe Near")
    said = {"ja": "少し先を歩いている", "en": "a step or two ahead"}[language]
    assert said in first["reason"]["why"] and "bookbinding" in first["reason"]["why"]

    assert ask(week, "silence", rule="goal_step")["ok"]
    assert said not in week.state["suggestions"][0]["reason"]["why"]


def test_somebody_of_a_kind_one_wants_to_meet_is_proposed_and_nobody_for_no_reason(
    open_in: Open,
) -> None:
    wish, kinds = Wish(open_in("02-goal")), Kinds(open_in("02-goal"))
    write(wish, "goal", wish.state["goal"], wish="小さな活版印刷の店をひらく")
    kinds.workbook.refresh()
    role = add(kinds, "role", does="町で活版印刷をしている")
    ann, ben = (somebody(open_in, name, known_as="known") for name in ("架空 花子", "見本 太郎"))
    assert suggested(open_in) == []
    on_card(open_in, ann, role_id=role)
    kinds.workbook.refresh()
    assert kinds.state["roles"][0]["known"]["count"] == 1
    pass_days(9)
    assert suggested(open_in) == ["架空 花子さん"]
    on_card(open_in, ben, afternoon="gladly")
    assert suggested(open_in) == ["架空 花子さん"]


# -- what they are glad of -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "way", "letter"),
    [
        ("book", "雨の日の喫茶店", "try", "impression"),
        ("product", "丸い小皿", "try", "impression"),
        ("event", "春の写真展", "make", "hand"),
        ("appeal", "雨もりのする集会所の寄付", "spread", "news"),
    ],
)
def test_what_somebody_made_or_wants_spread_becomes_a_gift_with_its_day_and_its_letter(
    open_in: Open, kind: str, words: str, way: str, letter: str
) -> None:
    sheet = note_fact(open_in, somebody(open_in, "架空 花子"), kind, words, "seen")
    (fact,) = sheet.state["people"][0]["facts"]
    ways = {key: text for key, text in fact["gifts"]}
    for key in ways:
        assert ask(sheet, "plan_for_fact", id=fact["id"], key=key)["ok"]
    (give,) = [row for row in sheet.workbook.rows("give") if row["way"] == way]
    write(sheet, "give", give, on=days(4))

    pass_days(3)
    rows = [row for row in week_rows(open_in, "gift") if words in row["text"]]
    (row,) = [row for row in rows if row["id"] == give["id"]]
    assert row["who"] == "架空 花子さん"
    week = MyWeek(open_in("05-week"))
    href = ask(week, "write_to", kind="gift", id=give["id"])["href"]
    assert week.book.row("message", href.partition("=")[2])["kind"] == letter


def test_what_they_said_is_asked_about_when_we_meet_and_what_i_guess_is_asked_first(
    open_in: Open,
) -> None:
    ann = somebody(open_in, "架空 花子")
    sheet = note_fact(open_in, ann, "looking_for", "古い活字", "guess")
    (fact,) = sheet.state["people"][0]["facts"]
    asking = fact["gifts"][0][0]

    def question() -> tuple[str, bool]:
        before = Before(open_in("05-week"))
        ask(before, "prepare", id=ann)
        return before.state["people"][0]["question"], before.state["people"][0]["unknown"]

    assert question()[1] and "古い活字" not in question()[0]
    assert ask(sheet, "plan_for_fact", id=fact["id"], key=asking)["ok"]
    (row,) = week_rows(open_in, "gift")
    assert "本人に聞いてみる" in row["text"] and "古い活字" in row["text"]

    pass_days(3)
    write(sheet, "fact", sheet.state["people"][0]["facts"][0], source="said")
    assert asking not in dict(sheet.state["people"][0]["facts"][0]["gifts"])
    assert "古い活字" in question()[0] and not question()[1]


def test_a_small_gift_that_gladdened_leads_before_a_great_one(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend")
    sheet = Gift(open_in("04-contacts"))
    ask(sheet, "choose", id=ann)
    for what, size in (("屋根を直す", "large"), ("飴をひとつ渡す", "small")):
        assert ask(sheet, "plan", contact_id=ann, what=what, way="make", size=size)["ok"]
        (give,) = sheet.state["planned"]
        assert ask(sheet, "hand_over", id=give["id"], version=give["version"])["ok"]
    pass_days(8)
    sheet.workbook.refresh()
    said = {"屋根を直す": "助かったと言われた", "飴をひとつ渡す": "一日笑っていた"}
    for give in list(sheet.state["asks"]):
        assert ask(sheet, "tell_effect", id=give["id"], effect=said[give["what"]])["ok"]

    pass_days(40)
    later = Gift(open_in("04-contacts"))
    ask(later, "choose", id=ann)
    first = later.state["people"][0]["ideas"][0]
    assert "飴をひとつ渡す" in first["what"] and "一日笑っていた" in first["why"]


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_way_of_giving_that_was_worth_it_twice_leads_among_the_small_ones(
    open_in: Open, language: str
) -> None:
    names = ("Ada Invented", "Ben Invented", "Zoe Invented")
    ada, ben, zoe = (somebody(open_in, name, language, known_as="friend") for name in names)
    sheet = Gift(open_in("04-contacts", language))

    def give(id: str, way: str, effect: str) -> None:
        ask(sheet, "choose", id=id)
        what = f"{way}, {effect}"
        assert ask(sheet, "plan", contact_id=id, what=what, way=way, size="small")["ok"]
        (row,) = sheet.state["planned"]
        assert ask(sheet, "hand_over", id=row["id"], version=row["version"])["ok"]
        assert ask(sheet, "tell_effect", id=row["id"], effect=effect)["ok"]

    def first() -> dict[str, Any]:
        later = Gift(open_in("04-contacts", language))
        ask(later, "choose", id=zoe)
        found: dict[str, Any] = later.state["people"][-1]["ideas"][0]
        return found

    give(ada, "spread", "it went round")
    give(ada, "cheer", "she read it twice")
    before = first()
    assert before["reason"]["rule"] == "gift_gladdened_other"
    leads, other = ("spread", "cheer") if before["way"] == "cheer" else ("cheer", "spread")
    pass_days(1)
    give(ben, leads, "he put it on the wall")
    pass_days(9)
    after = first()
    assert (after["way"], after["reason"]["rule"]) == (leads, "gift_worth_twice")
    assert "he put it on the wall" in after["why"] and "2" in after["why"]
    assert ask(Gift(open_in("04-contacts", language)), "silence", rule="gift_worth_twice")["ok"]
    assert first()["way"] == other


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_a_gift_for_which_something_is_expected_is_never_called_due(
    open_in: Open, language: str
) -> None:
    ann = somebody(open_in, "架空 花子", language)
    sheet = Gift(open_in("04-contacts", language))
    ask(sheet, "choose", id=ann)
    assert ask(sheet, "plan", contact_id=ann, what="屋根を直す", size="large", on=days(2))["ok"]
    assert [row["text"] for row in week_rows(open_in, "gift")] == ["屋根を直す"]

    write(sheet, "give", sheet.state["planned"][0], no_strings="no")
    (doubt,) = sheet.state["doubts"]["no_strings"]
    said = {"ja": "今週の予定には並びません", "en": "does not stand in your week"}
    assert said[language] in doubt["act"]
    pass_days(9)
    assert week_rows(open_in, "gift") == []
    assert [give["what"] for give in sheet.state["planned"]] == ["屋根を直す"]  # nothing is lost

    write(sheet, "give", sheet.state["planned"][0], no_strings="yes")
    assert [row["text"] for row in week_rows(open_in, "gift")] == ["屋根を直す"]


# -- asking ----------------------------------------------------------------------------------------


def test_the_more_a_request_asks_for_the_nearer_one_has_to_be(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="just_met", met_on=days(0))

    def against(kind: str, text: str = "") -> list[str]:
        draft = Draft(open_in("04-contacts"))
        ask(draft, "turn_to", id=ann)
        id = draft.state["open"]["id"]
        assert ask(draft, "shape", id=id, kind=kind)["ok"]
        if text:
            write(draft, "message", draft.state["open"], text=text)
        found = [one["rule"] for one in draft.state["open"]["read"]["kindly"]]
        assert ask(draft, "drop", table="message", id=id)["ok"]
        return found

    work = "花子さん、見本です。お仕事をいただけないでしょうか。"
    assert against("ask_introduction") == against("news", work) == ["ask_stage"]
    pass_days(90)
    on_card(open_in, ann, closeness="close")
    assert against("ask_introduction") == []
    assert against("news", work) == ["ask_stage"]
    on_card(open_in, ann, closeness="companion")
    assert against("news", work) == []


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_before_the_day_i_set_a_request_is_told_to_wait_and_on_it_no_more(
    open_in: Open, language: str
) -> None:
    known = {"known_as": "friend", "closeness": "close", "quiet_until": days(60)}
    ann = somebody(open_in, "Mara Example", language, **known)

    def against() -> list[dict[str, Any]]:
        draft = Draft(open_in("04-contacts", language))
        ask(draft, "turn_to", id=ann)
        assert ask(draft, "shape", id=draft.state["open"]["id"], kind="ask_introduction")["ok"]
        return list(draft.state["open"]["read"]["kindly"])

    pass_days(59)
    (wait,) = against()
    assert wait["rule"] == "ask_quiet" and days(60) not in wait["why"]  # a day in words
    pass_days(60)
    assert against() == []


# -- near, and through whom ------------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_whom_i_call_a_companion_is_called_so_whatever_is_counted(
    open_in: Open, language: str
) -> None:
    ann, ben = (
        somebody(open_in, name, language, known_as="known") for name in ("架空 花子", "見本 太郎")
    )
    on_card(open_in, ann, language, closeness="companion")
    pass_days(200)
    sheet = Introductions(open_in("04-contacts", language))
    sheet.book.add("tie", a_id=ann, b_id=ben, state="close")
    sheet.workbook.refresh()
    add(sheet, "introduction", target_id=ben)
    ((way,),) = [one["ways"] for one in sheet.state["open"]]
    said = {"ja": "仲間", "en": "On each other’s side"}[language]
    assert way["steps"][0][1] == said


def test_who_brought_us_together_is_thanked_and_named_in_the_letter(open_in: Open) -> None:
    bridge = somebody(open_in, "架空 橋子", known_as="friend")
    for name in ("見本 一", "見本 二"):
        somebody(open_in, name, known_as="just_met", met_on=days(0), through_id=bridge)
    circle = Circle(open_in("04-contacts"))
    (note,) = [note for note in circle.state["notes"] if note["rule"] == "net_broker"]
    assert ask(circle, "take", key=note["does"]["take"])["ok"]

    pass_days(30)
    (step,) = week_rows(open_in, "step")
    assert (step["who"], step["text"]) == ("架空 橋子さん", "紹介のお礼と、その後のことを伝える")
    (new,) = [part for part in Letter(open_in("05-week")).state["parts"] if part["key"] == "new"]
    assert "紹介で" in new["text"] and "見本 一さん" in new["text"] and "見本 二さん" in new["text"]


def test_how_we_met_and_what_i_respect_come_back_before_we_meet_and_when_we_have_not_for_long(
    open_in: Open,
) -> None:
    ann = somebody(
        open_in, "架空 花子", how_met="橋の上で", respect_for="最後まで聴く", known_as="known"
    )
    ben = somebody(open_in, "見本 太郎", afternoon="gladly", known_as="known")
    circle = Circle(open_in("04-contacts"))
    for id in (ann, ben):
        circle.book.add("encounter", contact_id=id, on=days(0), kind="meal")
    pass_days(1500)
    before = Before(open_in("05-week"))
    ask(before, "prepare", id=ann)
    assert before.state["people"][0]["how"] == "橋の上で"

    circle.workbook.refresh()
    found = circle.state["dormant"]
    assert "「最後まで聴く」" in found["why"]
    assert ask(circle, "take", key=found["does"]["take"])["ok"]
    (step,) = week_rows(open_in, "step")
    assert step["who"] == "架空 花子さん"


def test_what_is_thought_over_again_rests_on_what_is_written_now(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", respect_for="最後まで聴く", known_as="known")
    ben = somebody(open_in, "見本 太郎", afternoon="gladly", known_as="known")
    circle = Circle(open_in("04-contacts"))
    for id in (ann, ben):
        circle.book.add("encounter", contact_id=id, on=days(-1500), kind="meal")
    assert ask(circle, "favour", id=ben)["ok"]
    assert "最後まで聴く" in circle.state["dormant"]["why"]
    on_card(open_in, ann, respect_for="まっすぐな字")
    circle.workbook.refresh()
    assert "まっすぐな字" in circle.state["dormant"]["why"]


def test_a_rhythm_of_my_own_brings_somebody_up_when_it_is_over(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend", closeness="close")
    week = MyWeek(open_in("05-week"))
    week.book.add("encounter", contact_id=ann, on=days(0), kind="meal")
    for days_ago in (0, 21):
        pass_days(days_ago)
        assert suggested(open_in) == []
    on_card(open_in, ann, cadence_days=20)
    assert suggested(open_in) == ["架空 花子さん"]


def test_a_tie_at_rest_is_in_no_suggestion_until_it_is_woken(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="just_met", met_on=days(0))
    pass_days(1)
    assert suggested(open_in) == ["架空 花子さん"]
    on_card(open_in, ann, closed=True)
    for later in (1, 20, 40):
        pass_days(later)
        week = MyWeek(open_in("05-week"))
        assert (week.state["suggestions"], week.state["question"]) == ([], None)
    on_card(open_in, ann, closed=False)
    assert suggested(open_in) == ["架空 花子さん"]


def test_somebody_put_off_comes_up_again_after_two_weeks(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend", closeness="close")
    week = MyWeek(open_in("05-week"))
    week.book.add("encounter", contact_id=ann, on=days(0), kind="meal")
    pass_days(200)
    week.workbook.refresh()
    assert ask(week, "not_now", id=ann)["ok"]
    for later, names in ((200, []), (213, []), (214, ["架空 花子さん"])):
        pass_days(later)
        assert suggested(open_in) == names


def test_somebody_of_another_world_is_named_as_one_who_may_know(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend", closeness="close")
    sheet = Introductions(open_in("04-contacts"))
    add(sheet, "introduction", target_words="合唱の会を手伝う人")
    assert sheet.state["open"][0]["ways"] == []
    on_card(open_in, ann, circles=["合唱の会"])
    pass_days(3)
    (way,) = Introductions(open_in("04-contacts")).state["open"][0]["ways"]
    assert way["steps"][0][0] == "架空 花子" and "合唱" in way["why"]


def test_how_they_like_to_be_reached_is_how_a_message_is_noted(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend", channel="letter")
    draft = Draft(open_in("04-contacts"))
    ask(draft, "turn_to", id=ann)
    assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    pass_days(20)
    before = Before(open_in("05-week"))
    ask(before, "prepare", id=ann)
    assert "手紙" in before.state["people"][0]["letter"]


# -- the few ---------------------------------------------------------------------------------------


def test_the_few_i_choose_come_up_sooner_and_begin_the_letter(open_in: Open) -> None:
    known = {"known_as": "friend", "closeness": "friendly"}
    ann, ben = (somebody(open_in, name, **known) for name in ("架空 花子", "見本 太郎"))
    people = People(open_in("04-contacts"))
    for id in (ann, ben):
        people.book.add("encounter", contact_id=id, kind="meal", on=days(0))
    pass_days(15)
    on_card(open_in, ann, topics=["本棚"])
    pass_days(25)
    assert suggested(open_in) == []
    assert ask(people, "gather", id=ben)["ok"]
    assert suggested(open_in) == ["見本 太郎さん"]
    parts = Letter(open_in("05-week")).state["parts"]
    assert [part["text"] for part in parts if part["key"] == "next"] == [
        "次の三か月、まず声をかけるのは、見本 太郎さん。"
    ]


def test_with_whom_i_would_gladly_spend_an_afternoon_is_proposed_for_the_few(
    open_in: Open,
) -> None:
    somebody(open_in, "見本 太郎", known_as="friend")
    ann = somebody(open_in, "架空 花子", known_as="friend")
    people = People(open_in("04-contacts"))
    assert people.state["focus"]["proposed"] == []
    on_card(open_in, ann, afternoon="gladly")
    pass_days(30)
    (proposed,) = People(open_in("04-contacts")).state["focus"]["proposed"]
    assert proposed["id"] == ann and "架空 花子" in proposed["why"]


# -- places ----------------------------------------------------------------------------------------


def test_a_place_of_mine_comes_round_in_every_week(open_in: Open) -> None:
    places = Places(open_in("02-goal"))
    add(places, "place", name="土曜の合唱", kind="hobby", rhythm="weekly", next_on=days(2))
    for later in (0, 7, 28):
        pass_days(later)
        assert [row["text"] for row in week_rows(open_in, "place")] == ["土曜の合唱"]


@pytest.mark.parametrize("kind", ["company", "study", "online"])
def test_a_kind_of_place_never_tried_is_proposed_and_its_day_stands_in_my_week(
    open_in: Open, kind: str
) -> None:
    workbook = open_in("02-goal")
    wish, places = Wish(workbook), Places(workbook)
    write(wish, "goal", wish.state["goal"], wish="小さな活版印刷の店をひらく")
    add(places, "place", name="朝の散歩の会", kind="hobby", rhythm="weekly")
    assert kind in places.state["untried"]
    add(places, "place", name="となりの部署の昼の会", kind=kind, next_on=days(12))
    assert kind not in places.state["untried"]
    pass_days(9)
    assert [row["text"] for row in week_rows(open_in, "place")] == ["となりの部署の昼の会"]


# -- evenings --------------------------------------------------------------------------------------


def evening(open_in: Open, name: str, met: list[dict[str, Any]]) -> None:
    """Plan a gathering for today, and tell of whom one met there."""
    sheet = Gathering(open_in("05-week"))
    assert ask(sheet, "begin", name=name, on=days(0))["ok"]
    assert ask(sheet, "keep", id=sheet.state["event"]["id"], on=days(0), met=met)["ok"]


def test_a_step_noted_after_an_evening_waits_in_my_week_and_who_has_none_is_named(
    open_in: Open,
) -> None:
    ann, ben = (somebody(open_in, name, known_as="known") for name in ("架空 花子", "見本 太郎"))
    then = [{"words": "駅前でお茶", "by": "step", "due": days(5)}]
    evening(open_in, "木工の夜（例）", [{"contact_id": ann, "then": then}, {"contact_id": ben}])
    pass_days(4)
    (step,) = week_rows(open_in, "step")
    assert (step["who"], step["text"]) == ("架空 花子さん", "駅前でお茶")
    sheet = Gathering(open_in("05-week"))
    ask(sheet, "choose", id=sheet.state["past"][0]["id"])
    assert sheet.state["waiting"] == "見本 太郎さん"
    week = MyWeek(open_in("05-week"))
    line = {"words": "本棚を見に行く", "kind": "step", "contact_id": ben}
    assert ask(week, "add_line", **line)["ok"]
    sheet.workbook.refresh()
    assert sheet.state["waiting"] == ""


def test_what_i_learnt_of_somebody_at_an_evening_stands_in_the_next_brief(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="known")
    evening(open_in, "木工の夜（例）", [{"contact_id": ann, "note": "苔を育てている"}])
    pass_days(21)
    before = Before(open_in("05-week"))
    ask(before, "prepare", id=ann)
    (last,) = before.state["people"][0]["last"]
    assert "苔を育てている" in last


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_an_unknown_organiser_is_a_reason_for_care_before_the_gathering(
    open_in: Open, language: str
) -> None:
    places = Places(open_in("02-goal", language))
    add(places, "place", name="木工の夜（例）", next_on=days(9), rhythm="once")
    pass_days(6)

    def care() -> list[str]:
        sheet = Gathering(open_in("05-week", language))
        return [reason["rule"] for reason in sheet.state["why_not"]]

    before = care()
    write(places, "place", places.state["places"][0], unknown_organiser=True)
    assert set(care()) - set(before) == {"event_unknown"}


def test_while_one_deepens_no_mixer_is_a_reason_to_go(open_in: Open) -> None:
    wish, review = Wish(open_in("02-goal")), Review(open_in("05-week"))
    write(wish, "goal", wish.state["goal"], wish="小さな活版印刷の店をひらく")
    host = somebody(
        open_in, "架空 花子", known_as="friend", last_talk="today", last_talk_said_on=days(0)
    )
    sheet = Gathering(open_in("05-week"))
    assert ask(sheet, "begin", name="港の交流会（例）", on=days(8))["ok"]
    write(sheet, "event", sheet.state["event"], kind="mixer", host_id=host)
    pass_days(7)
    assert suggested(open_in) == ["架空 花子さん"]
    review.workbook.refresh()
    write(review, "goal", review.state["month"]["goal"], phase="deepen")
    assert suggested(open_in) == []
    (row,) = week_rows(open_in, "event")
    assert row["text"] == "港の交流会（例）"  # what I entered myself stays


# -- what came -------------------------------------------------------------------------------------


def note(open_in: Open, id: str, what: str = "", **values: Any) -> None:
    """Note a talk with somebody, and what they gave."""
    received = [{"what": what}] if what else []
    message = {"contact_ids": [id], "meeting": {"kind": "met", **values}, "then": []}
    assert ask(Note(open_in("05-week")), "enter", **message, received=received)["ok"]


def test_of_a_note_only_what_they_said_enters_a_message(open_in: Open) -> None:
    ann = somebody(open_in, "Mara Example", "en", known_as="just_met", met_on=days(0))
    note(open_in, ann, note="A little tiring. She said “show three pages first”.")
    pass_days(1)
    draft = Draft(open_in("04-contacts", "en"))
    ask(draft, "turn_to", id=ann)
    text = draft.state["open"]["text"]
    assert "show three pages first" in text and "tiring" not in text


def test_where_only_they_gave_my_week_suggests_giving_in_return(open_in: Open) -> None:
    known = {"known_as": "friend", "closeness": "close"}
    ann, ben = (somebody(open_in, name, **known) for name in ("架空 花子", "見本 太郎"))
    for what in ("本", "りんご", "夜の相談", "地図"):
        note(open_in, ann, what)
        note(open_in, ben)
    pass_days(20)
    week = MyWeek(open_in("05-week"))
    (one,) = week.state["suggestions"]
    assert one["name"] == "架空 花子さん" and one["reason"]["rule"] == "give_back"
    assert ask(week, "silence", rule="give_back")["ok"]
    assert suggested(open_in) == []


def test_who_only_received_is_told_so_before_asking_until_something_is_given(
    open_in: Open,
) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend", closeness="close")
    for what in ("本", "りんご", "夜の相談"):
        note(open_in, ann, what)
    pass_days(9)

    def against() -> list[str]:
        draft = Draft(open_in("04-contacts"))
        ask(draft, "turn_to", id=ann)
        assert ask(draft, "shape", id=draft.state["open"]["id"], kind="advice")["ok"]
        return [one["rule"] for one in draft.state["open"]["read"]["kindly"]]

    assert against() == ["ask_balance"]
    gift = Gift(open_in("04-contacts"))
    for what in ("写真を送る", "本の感想を送る"):
        assert ask(gift, "plan", contact_id=ann, what=what)["ok"]
        (give,) = gift.state["planned"]
        assert ask(gift, "hand_over", id=give["id"], version=give["version"])["ok"]
    pass_days(12)
    assert against() == []


def test_a_gift_of_long_ago_stands_in_the_letter_when_something_comes_from_them(
    open_in: Open,
) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend")
    gift = Gift(open_in("04-contacts"))
    assert ask(gift, "plan", contact_id=ann, what="引っ越しを手伝う")["ok"]
    (give,) = gift.state["planned"]
    assert ask(gift, "hand_over", id=give["id"], version=give["version"])["ok"]

    def letter() -> dict[str, list[str]]:
        parts = Letter(open_in("05-week")).state["parts"]
        return {part["key"]: part["lines"] for part in parts}

    pass_days(500)
    assert "returned" not in letter()
    note(open_in, ann, "夜の相談")
    pass_days(510)
    assert "引っ越しを手伝う" in letter()["returned"][0]
