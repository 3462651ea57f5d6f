"""What the person does on the sheets of the goal, and what it changes on another sheet or day.

Each test begins with an empty book, acts as the page does, lets time pass, and reads another sheet.
"""

from __future__ import annotations

from typing import Any

import pytest

from days import day_in, days
from enishi.i18n.dates import WEEKDAYS
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.base.sheet import Sheet
from widgets.base.workbook import Workbook
from widgets.contacts.introductions import Introductions
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.goal.places import Places
from widgets.goal.ways import Ways
from widgets.goal.wish import Wish
from widgets.week.before import Before
from widgets.week.my_week import MyWeek
from widgets.week.review import Review

pytest_plugins = ["sheet_fixtures"]

WISH = "小さな活版印刷の店をひらく"
WAY = "印刷所の人とふたりで、年賀状を刷る"
DOES = "町で活版印刷をしている"


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> None:
    """Write on a row as the page does."""
    version = row["version"]
    assert ask(sheet, "write", table=table, id=row["id"], version=version, values=values)["ok"]


def add(sheet: Sheet, table: str, **values: Any) -> str:
    """Add a row as the page does; return its id."""
    answer = ask(sheet, "add", table=table, values=values)
    assert answer["ok"]
    return str(answer["focus"])


def wishes(workbook: Workbook, **values: Any) -> Wish:
    """Write a wish."""
    wish = Wish(workbook)
    write(wish, "goal", wish.state["goal"], **{"wish": WISH, **values})
    return wish


def week_in(open_in: Open, ahead: int, language: str = "ja") -> MyWeek:
    """Open my week `ahead` days from today."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DAYS_AHEAD", str(ahead))
        return MyWeek(open_in("05-week", language))


def rows_of(week: MyWeek, group: str = "") -> list[dict[str, Any]]:
    """Return the rows of my week, or of one group of it."""
    return [
        row for each in week.state["groups"] if group in ("", each["name"]) for row in each["rows"]
    ]


def told(week: MyWeek, kind: str) -> list[dict[str, Any]]:
    """Return the rows of a kind in my week."""
    return [row for row in rows_of(week) if row["kind"] == kind]


# -- ways forward ----------------------------------------------------------------------------------


def test_the_way_that_is_chosen_stands_in_my_week_on_any_day_and_is_printed(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wishes(workbook)
    ways = Ways(workbook)
    for way, words in zip(ways.state["ways"], ("夜に刷る", WAY, "店を借りる"), strict=True):
        write(ways, "way", way, words=words)
    assert [way["kind"] for way in workbook.rows("way")] == ["alone", "bold", "together"]
    assert told(week_in(open_in, 0), "way") == []

    assert ask(ways, "choose", id=ways.state["ways"][2]["id"], chosen=True)["ok"]
    assert ask(ways, "choose", id=ways.state["ways"][1]["id"], chosen=True)["ok"]
    week = week_in(open_in, 9)
    (row,) = told(week, "way")
    assert row in rows_of(week, "any_day")
    assert (row["text"], row["open"]) == (WAY, "02-goal.ipynb#ways")
    assert ask(week, "let_go", kind="way", id=row["id"])["ok"]
    assert told(week_in(open_in, 9), "way") == []
    workbook.refresh()
    assert ways.state["chosen"] is None
    assert [way["words"] for way in ways.state["ways"]] == ["夜に刷る", WAY, "店を借りる"]


def test_a_way_is_changed_in_my_week_but_never_ticked_off_there(open_in: Open) -> None:
    workbook = open_in("02-goal")
    ways = Ways(workbook)
    id = add(ways, "way", words="夜に刷る")
    ask(ways, "choose", id=id, chosen=True)
    week = week_in(open_in, 0)
    write(week, "way", told(week, "way")[0], words=WAY)
    assert told(week, "way")[0]["text"] == WAY
    assert not ask(week, "settle", kind="way", id=id)["ok"]
    assert book_of(workbook).row("way", id)["chosen"]


def test_a_way_without_words_or_of_an_earlier_goal_is_not_chosen(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wish, ways = wishes(workbook), Ways(workbook)
    old = add(ways, "way", words=WAY)
    assert ask(ways, "choose", id=old, chosen=True)["ok"]
    assert not ask(ways, "choose", id=ways.state["ways"][0]["id"], chosen=True)["ok"]
    assert ask(wish, "close_open_goal")["ok"]
    assert told(week_in(open_in, 0), "way") == []
    assert not ask(ways, "choose", id=old, chosen=False)["ok"]


def test_a_first_step_on_the_way_waits_in_my_week_until_it_is_done(open_in: Open) -> None:
    ways = Ways(open_in("02-goal"))
    assert not ask(ways, "begin", words=" ")["ok"]
    assert ask(ways, "begin", words="印刷所に電話する")["ok"]
    week = week_in(open_in, 20)
    (row,) = told(week, "step")
    assert row["text"] == "印刷所に電話する"
    ask(week, "settle", kind="step", id=row["id"])
    assert told(week, "step") == []


def test_a_first_step_left_undone_is_offered_smaller_and_that_is_for_today(open_in: Open) -> None:
    ways = Ways(open_in("02-goal"))
    assert ask(ways, "begin", words="印刷所に電話する", on=days(1))["ok"]
    (row,) = told(week_in(open_in, 1), "step")
    assert not row["undone"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DAYS_AHEAD", "3")
        week = MyWeek(open_in("05-week"))
        (row,) = rows_of(week, "carried")
        assert row["undone"]
        assert not ask(week, "make_smaller", id=row["id"], words=" ")["ok"]
        assert ask(week, "make_smaller", id=row["id"], words="番号を調べる")["ok"]
        (now,) = rows_of(week, "today")
        assert (now["id"], now["text"]) == (row["id"], "番号を調べる")
        assert rows_of(week, "carried") == []
        assert not ask(week, "make_smaller", id=row["id"], words="もっと")["ok"]
        week.book.undo()
    (row,) = rows_of(week_in(open_in, 4), "carried")
    assert row["text"] == "印刷所に電話する"


def test_the_obstacle_becomes_the_if_of_a_plan_that_my_week_shows_and_asks_about(
    open_in: Open,
) -> None:
    workbook = open_in("02-goal")
    wishes(workbook, outcome="店先で、子どもが活字をのぞきこんでいる")
    ways = Ways(workbook)
    assert ways.state["goal"]["outcome"]  # pictured before the obstacle
    day = WEEKDAYS["ja"][day_in(3).weekday()]
    write(ways, "goal", ways.state["goal"], obstacle="知らない人の前だと、だまってしまう")
    write(ways, "plan", ways.state["plan"], act="名前を言う")
    plan = ways.state["plan"]
    assert (plan["cue"], plan["for_obstacle"]) == ("知らない人の前だと、だまってしまう", True)
    write(ways, "goal", ways.state["goal"], obstacle="人前でのだんまり")
    assert ways.state["plan"]["asks"] == []  # that it comes is a cue
    write(ways, "goal", ways.state["goal"], obstacle="人が多いと、だまってしまう")
    assert ways.state["plan"]["cue"] == "人が多いと、だまってしまう"

    write(ways, "plan", ways.state["plan"], cue=f"{day}曜の会でだまってしまったら")
    write(ways, "goal", ways.state["goal"], obstacle="眠くなる")
    assert ways.state["plan"]["cue"] == f"{day}曜の会でだまってしまったら"
    (row,) = told(week_in(open_in, 0), "plan")
    assert (row["text"], row["ask"]) == ("名前を言う", False)
    week = week_in(open_in, 4)
    (row,) = told(week, "plan")
    assert row["ask"] and row["open"] == "02-goal.ipynb#ways"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DAYS_AHEAD", "4")
        assert ask(week, "answer_plan", id=row["id"], came="yes", keep="先に名のる")["ok"]
    workbook.refresh()
    assert ways.state["plan"]["keep"] == "先に名のる"


def test_a_way_heard_from_somebody_bears_their_name_and_is_asked_once_to_become_a_step(
    open_in: Open,
) -> None:
    workbook = open_in("02-goal")
    ways = Ways(workbook)
    for way, words in zip(ways.state["ways"], ("夜に刷る", WAY, "店を借りる"), strict=True):
        write(ways, "way", way, words=words)
    heard = [add(ways, "way", words=words) for words in ("商工会の相談に行く", "朝市に出る")]
    assert [way["id"] for way in ways.state["more"]] == heard
    assert ways.state["heard"] is None  # they may be my own
    for way in ways.state["more"]:
        write(ways, "way", way, heard_from="見本さん")
    asked = {"id": heard[0], "words": "商工会の相談に行く", "heard_from": "見本さん"}
    assert ways.state["heard"] == asked

    ask(ways, "choose", id=heard[1], chosen=True)
    assert ways.state["heard"] is None
    assert [row["text"] for row in told(week_in(open_in, 30), "way")] == ["朝市に出る"]
    ask(ways, "choose", id=ways.state["ways"][0]["id"], chosen=True)
    assert ask(ways, "answer_heard", id=heard[0], step=True)["ok"]
    assert [row["text"] for row in told(week_in(open_in, 20), "step")] == ["商工会の相談に行く"]
    assert not ask(ways, "answer_heard", id=heard[0], step=True)["ok"]
    assert ways.state["heard"]["id"] == heard[1]
    assert ask(ways, "answer_heard", id=heard[1], step=False)["ok"]
    assert ways.state["heard"] is None
    assert len(told(week_in(open_in, 20), "step")) == 1


# -- the wish --------------------------------------------------------------------------------------


def test_a_misty_wish_asks_whom_to_ring_and_the_answer_is_the_first_kind(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wish, kinds = wishes(workbook, wish="フリーになって、人脈を広げたい"), Kinds(workbook)
    assert wish.state["whom"]
    assert not ask(wish, "begin_kind", does=" ")["ok"]
    assert ask(wish, "begin_kind", does=DOES)["ok"]
    assert [role["does"] for role in kinds.state["roles"]] == [DOES]
    assert not wish.state["whom"]
    assert MyWeek(open_in("05-week")).state["page"]["meet"] == DOES


VAGUE = {"ja": "いつか、すごい人とつながりたい", "en": "Someday I want to meet successful people"}
CLEAR = {
    "ja": "来年の春までに、隣町の活版所で名刺を三十枚刷る",
    "en": "By next spring I have printed thirty cards at the press in the next village",
}


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_clear_wish_is_left_alone(open_in: Open, language: str) -> None:
    wish = wishes(open_in("02-goal", language), wish=CLEAR[language])
    assert wish.state["missing"] is None and not wish.state["whom"]
    assert not ask(wish, "leave_as_it_is")["ok"]


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_a_vague_wish_is_asked_for_one_thing_at_a_time_until_it_is_written(
    open_in: Open, language: str
) -> None:
    """A kind of person, a day and a sign may be written elsewhere on the page."""
    wish = wishes(open_in("02-goal", language), wish=VAGUE[language])
    asked = []
    for table, values in [
        ("role", {}),
        ("goal", {"outcome": "店先にいる"}),
        ("goal", {"by": days(200)}),
        ("goal", {"proof": "一枚売れる"}),
    ]:
        missing = wish.state["missing"]
        assert missing["quote"] in VAGUE[language]
        asked.append(missing["rule"])
        if table == "role":
            assert ask(wish, "begin_kind", does=DOES)["ok"]
        else:
            write(wish, "goal", wish.state["goal"], **values)
    assert asked == ["vague_person", "vague_act", "vague_time", "vague_sign"]
    assert wish.state["missing"] is None


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_question_that_is_closed_is_not_asked_again_about_this_wish(
    open_in: Open, language: str
) -> None:
    workbook = open_in("02-goal", language)
    wish = wishes(workbook, wish=VAGUE[language])
    assert ask(wish, "leave_as_it_is")["ok"]
    assert wish.state["missing"] is None
    write(wish, "goal", wish.state["goal"], wish=VAGUE[language] + "!")
    assert wish.state["missing"] is None
    assert Wish(open_in("02-goal", language)).state["missing"] is None
    book_of(workbook).undo()
    book_of(workbook).undo()
    workbook.refresh()
    assert wish.state["missing"]

    assert ask(wish, "leave_as_it_is")["ok"]
    assert ask(wish, "close_open_goal")["ok"]
    write(wish, "goal", wish.state["goal"], wish=VAGUE[language])
    assert wish.state["missing"]  # another wish


def test_without_a_wish_places_ask_for_one_and_propose_nothing(open_in: Open) -> None:
    workbook = open_in("02-goal")
    places = Places(workbook)
    add(places, "place", name="ただ好きな喫茶店", next_on=days(2), kind="hobby")
    assert not places.state["wish"]
    assert [row["text"] for row in told(week_in(open_in, 0), "place")] == ["ただ好きな喫茶店"]
    wishes(workbook)
    assert places.state["wish"]


def test_a_changed_kind_stands_on_top_of_the_printed_week(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wishes(workbook)
    kinds = Kinds(workbook)
    add(kinds, "role", does="本をつくっている")
    write(kinds, "role", kinds.state["roles"][0], does=DOES)
    page = MyWeek(open_in("05-week")).state["page"]
    assert (page["wish"], page["meet"]) == (WISH, DOES)


def test_a_wish_for_both_sides_asks_in_the_look_back_after_the_one_left_out(
    open_in: Open,
) -> None:
    wish = wishes(open_in("02-goal"))
    book = book_of(wish.workbook)
    friend = book.add("contact", name="架空 花子", known_as="friend")
    colleague = book.add("contact", name="見本 太郎", known_as="colleague")
    stranger = book.add("contact", name="例 次郎", known_as="known")

    def asked(language: str = "ja") -> dict[str, Any]:
        found: dict[str, Any] = Review(open_in("05-week", language)).state["missing_side"] or {}
        return found

    book.add("encounter", contact_id=colleague, kind="meal", on=days(-3))
    assert asked() == {}  # which side the wish is on was not said
    write(wish, "goal", wish.state["goal"], area="both")
    assert asked()["rule"] == "wish_private"
    assert [person["card"] for person in asked("en")["people"]] == [
        f"04-contacts.ipynb#people={friend}"
    ]
    book.add("encounter", contact_id=stranger, kind="meal", on=days(-2))
    assert asked()  # nothing says on which side a stranger is
    book.add("encounter", contact_id=friend, kind="call", on=days(-1))
    assert asked() == {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DAYS_AHEAD", "30")
        assert asked() == {}  # four weeks of which nothing is known
    write(wish, "goal", wish.state["goal"], area="work")
    assert asked() == {}


# -- kinds and places ------------------------------------------------------------------------------


def test_a_kind_and_the_place_to_meet_it_stand_together_in_my_week(open_in: Open) -> None:
    workbook = open_in("02-goal")
    kinds, places = Kinds(workbook), Places(workbook)
    role = add(kinds, "role", does=DOES)
    assert kinds.state["roles"][0]["ways"] == [{"by": "place", "name": ""}]
    add(places, "place", name="活字の会", role_id=role, rhythm="weekly", next_on=days(-2))
    assert kinds.state["roles"][0]["ways"] == []
    (row,) = told(week_in(open_in, 0), "place")
    assert (row["text"], row["meets"]) == ("活字の会", DOES)
    (later,) = told(week_in(open_in, 14), "place")
    assert later["meets"] == DOES


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_of_several_kinds_the_one_needed_now_is_suggested_first_and_says_so(
    open_in: Open, language: str
) -> None:
    workbook = open_in("02-goal", language)
    wishes(workbook)
    kinds, book = Kinds(workbook), book_of(workbook)
    for does, name in (("bookbinding", "Ada Invented"), ("letterpress", "Zoe Invented")):
        role = add(kinds, "role", does=does)
        book.add("contact", name=name, known_as="known", role_id=role)

    def suggested() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = week_in(open_in, 9, language).state["suggestions"]
        return found

    assert suggested()[0]["name"].startswith("Ada Invented")
    write(kinds, "role", kinds.state["roles"][0], needed_now=True)
    write(kinds, "role", kinds.state["roles"][1], needed_now=True)
    assert [role["needed_now"] for role in kinds.state["roles"]] == [False, True]
    assert [link["text"] for link in workbook.thread() if link["name"] == "role"] == ["letterpress"]
    first = suggested()[0]
    assert first["name"].startswith("Zoe Invented")
    assert (first["reason"]["rule"], "letterpress" in first["reason"]["why"]) == ("goal_now", True)
    book.set_setting("switched_off", '["goal_now"]')
    assert suggested()[0]["name"].startswith("Ada Invented")


def test_through_somebody_puts_the_one_who_may_know_before_the_place(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wishes(workbook)
    kinds, places = Kinds(workbook), Places(workbook)
    role = add(kinds, "role", does=DOES)
    add(kinds, "role", does="和紙をすいている")
    add(places, "place", name="活字の会", role_id=role, rhythm="weekly", next_on=days(2))
    friend = {"known_as": "friend", "closeness": "close", "circles": ["活版印刷"]}
    book_of(workbook).add("contact", name="架空 花子", **friend)

    def ways() -> list[tuple[str, str]]:
        return [(way["by"], way["name"]) for way in kinds.state["roles"][0]["ways"]]

    def week_says() -> str:
        (row,) = told(week_in(open_in, 0), "place")
        return str(row.get("asks", ""))

    somebody, place = ("somebody", "架空 花子さん"), ("place", "活字の会")
    assert (ways(), week_says()) == ([], "")  # nothing was said
    write(kinds, "role", kinds.state["roles"][0], reach="somebody")
    assert ways() == [somebody, place]
    assert "架空 花子さん" in week_says()
    write(kinds, "role", kinds.state["roles"][0], reach="place")
    assert (ways(), week_says()) == ([place, somebody], "")
    offered = [kind["words"] for kind in Introductions(open_in("04-contacts")).state["kinds"]]
    assert offered == ["和紙をすいている", DOES]


def test_the_question_for_a_kind_is_put_to_somebody_of_that_kind(open_in: Open) -> None:
    kinds = Kinds(open_in("02-goal"))
    role = add(kinds, "role", does=DOES, question_1="最初の注文は、どこから来ましたか")
    book = book_of(kinds.workbook)
    person = book.add("contact", name="架空 花子", role_id=role)
    book.add("step", contact_id=person, words="工房で会う", on=days(1))
    (meeting,) = Before(open_in("05-week")).state["people"]
    assert "最初の注文は、どこから来ましたか" in str(meeting)


def test_of_a_kind_far_ahead_introductions_look_for_the_one_that_is_nearer(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wishes(workbook)
    kinds, introductions = Kinds(workbook), Introductions(open_in("04-contacts"))

    def offered() -> list[dict[str, str]]:
        introductions.workbook.refresh()
        return [dict(kind) for kind in introductions.state["kinds"]]

    add(kinds, "role", does="上場企業の社長")
    assert offered() == [{"words": "上場企業の社長", "towards": "", "why": ""}]
    write(kinds, "role", kinds.state["roles"][0], ahead="far")
    assert offered() == []  # it waits for an answer
    write(kinds, "role", kinds.state["roles"][0], directly="来月、近くで講演がある")
    assert offered() == [
        {"words": "上場企業の社長", "towards": "", "why": "来月、近くで講演がある"}
    ]
    write(kinds, "role", kinds.state["roles"][0], nearer="その会社の広報の人")
    assert offered() == [{"words": "その会社の広報の人", "towards": "上場企業の社長", "why": ""}]

    add(introductions, "introduction", target_words="その会社の広報の人")
    assert offered() == []  # it is under way
    (row,) = told(week_in(open_in, 21), "introduction")
    assert row["text"] == "その会社の広報の人"
    assert kinds.state["roles"][0]["does"] == "上場企業の社長"  # the wish stays


def test_a_kind_of_place_never_tried_is_proposed_until_one_is_written(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wishes(workbook)
    places = Places(workbook)
    assert places.state["untried"] == []  # nothing is known yet
    add(places, "place", name="活字の会", kind="study")
    assert places.state["untried"] == ["work", "hobby", "online", "company"]
    id = add(places, "place", kind="online")
    assert "online" in places.state["untried"]
    (row,) = [place for place in places.state["places"] if place["id"] == id]
    write(places, "place", row, name="印刷好きの集まり", next_on=days(5))
    assert places.state["untried"] == ["work", "hobby", "company"]
    assert [row["text"] for row in told(week_in(open_in, 5), "place")] == ["印刷好きの集まり"]


def test_a_department_where_one_knows_nobody_gets_a_day_or_leaves_the_list_by_a_card(
    open_in: Open,
) -> None:
    workbook = open_in("02-goal")
    wishes(workbook)
    places = Places(workbook)
    assert ask(places, "list_departments", text="経理\n開発\n経理")["ok"]
    assert ask(places, "list_departments", text="営業")["ok"]

    def unknown(sheet: Places) -> list[str]:
        return [row["name"] for row in sheet.state["departments"]]

    assert unknown(places) == ["経理", "開発", "営業"]
    assert places.state["places"] == []
    write(places, "place", places.state["departments"][1], next_on=days(4))
    assert unknown(places) == ["経理", "営業"]
    assert [row["text"] for row in told(week_in(open_in, 3), "place")] == ["開発"]

    people = People(open_in("04-contacts"))
    ann = ask(people, "meet", name="架空 花子")["id"]
    ask(people, "choose", id=ann)
    write(people, "contact", people.state["card"], department="経理部")
    later = Places(open_in("02-goal"))
    assert unknown(later) == ["営業"]
    (known,) = later.state["known_departments"]
    assert (known["name"], known["who"]) == ("経理", "架空 花子さん")
    assert [place["name"] for place in later.state["places"]] == ["開発"]


def test_a_place_in_the_company_that_was_just_written_keeps_its_card(open_in: Open) -> None:
    workbook = open_in("02-goal")
    wishes(workbook)
    places = Places(workbook)
    add(places, "place", kind="company")
    write(places, "place", places.state["places"][0], name="社内の昼食会")
    assert [place["name"] for place in places.state["places"]] == ["社内の昼食会"]


def test_what_to_do_on_arriving_stands_beside_the_day_of_the_place(open_in: Open) -> None:
    places = Places(open_in("02-goal"))
    add(places, "place", name="活字の会", rhythm="weekly", next_on=days(3))
    (plan,) = places.state["places"][0]["plans"]
    write(places, "plan", plan, cue="席に着いたら", act="となりの人に名前を言う")
    (row,) = told(week_in(open_in, 0), "plan")
    assert (row["cue"], row["text"], row["open"]) == (
        "席に着いたら",
        "となりの人に名前を言う",
        "02-goal.ipynb#places",
    )
    (asked,) = told(week_in(open_in, 4), "plan")
    assert asked["ask"]


def test_what_was_not_done_on_arriving_is_offered_smaller_and_that_stands_next_time(
    open_in: Open,
) -> None:
    places = Places(open_in("02-goal"))
    add(places, "place", name="活字の会", rhythm="weekly", next_on=days(3))
    (plan,) = places.state["places"][0]["plans"]
    write(places, "plan", plan, cue="席に着いたら", act="となりの人に自己紹介する")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DAYS_AHEAD", "4")
        week = MyWeek(open_in("05-week"))
        (row,) = told(week, "plan")
        answer = {"id": row["id"], "came": "missed", "smaller": "会釈して、名前を言う"}
        assert ask(week, "answer_plan", **answer)["ok"]
    (row,) = told(week_in(open_in, 9), "plan")
    assert row["text"] == "会釈して、名前を言う"
    stored = book_of(week.workbook).row("plan", row["id"])
    assert (stored["came"], stored["did"]) == ("yes", "")
    week.book.undo()
    (row,) = told(week_in(open_in, 4), "plan")
    assert row["text"] == "となりの人に自己紹介する" and row["ask"]


def test_the_time_is_chosen_by_the_month_alone(open_in: Open) -> None:
    assert "goal" not in Places.writable
    month = Review(open_in("05-week"))
    write(month, "goal", month.state["month"]["goal"], phase="deepen")
    month.workbook.refresh()
    assert month.state["month"]["goal"]["phase"] == "deepen"
    assert set(month.state["month"]["phase"]["names"]) == {"explore", "deepen", "introduced"}
