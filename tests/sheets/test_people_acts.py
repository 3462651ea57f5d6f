"""What the person does on the sheets of people, and what it changes on another sheet or day.

Each test begins with an empty book, acts as the page does, lets time pass, and reads another sheet.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from days import days, pass_days
from desk import laid
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.add import Add
from widgets.contacts.circle import Circle
from widgets.contacts.draft import Draft
from widgets.contacts.gift import Gift
from widgets.contacts.introductions import Introductions
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.goal.wish import Wish
from widgets.week.before import Before
from widgets.week.letter import Letter
from widgets.week.my_week import MyWeek
from widgets.week.note import Note
from widgets.week.review import Review

pytest_plugins = ["server_fixtures", "sheet_fixtures"]


def add(open_in: Open, name: str, language: str = "ja", **said: Any) -> str:
    """Add a person as the form does; return their id."""
    sheet = Add(open_in("04-contacts", language))
    assert ask(sheet, "keep", name=name, **said)["ok"]
    return str(sheet.workbook.rows("contact")[-1]["id"])


def card(open_in: Open, id: str, language: str = "ja") -> People:
    """Open the card of a person."""
    sheet = People(open_in("04-contacts", language))
    assert ask(sheet, "choose", id=id)["ok"]
    return sheet


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> None:
    """Write on a row as the page does."""
    version = row["version"]
    assert ask(sheet, "write", table=table, id=row["id"], version=version, values=values)["ok"]


def week_in(open_in: Open, ahead: int = 0, language: str = "ja") -> MyWeek:
    """Open my week `ahead` days from today."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DAYS_AHEAD", str(ahead))
        return MyWeek(open_in("05-week", language))


def on_card(open_in: Open, id: str, language: str = "ja", **values: Any) -> People:
    """Write on the card of a person."""
    sheet = card(open_in, id, language)
    write(sheet, "contact", sheet.state["card"], **values)
    return sheet


def rows(week: MyWeek) -> list[tuple[str, str]]:
    """Return the kind and the words of every row of my week."""
    groups = [group["rows"] for group in week.state["groups"]] + [week.state["waiting"]]
    return [(row["kind"], row["text"]) for group in groups for row in group]


@pytest.mark.parametrize(
    ("words", "kind", "shown"),
    [
        ("金曜までに写真を送ります", "", ("promise", "金曜までに写真を送ります")),
        ("本を貸してくれる", "theirs", ("theirs", "本を貸してくれる")),
        ("展示を見に行く", "", ("step", "展示を見に行く")),
    ],
)
def test_the_line_beside_a_new_name_stands_in_my_week_until_it_is_done(
    open_in: Open, words: str, kind: str, shown: tuple[str, str]
) -> None:
    id = add(open_in, "架空 花子", known_as="friend", words=words, kind=kind)
    assert shown in rows(week_in(open_in))
    assert shown in rows(week_in(open_in, 40))  # nothing leaves by itself
    people = card(open_in, id)
    now = people.state["card"]["now"]
    if shown[0] == "step":
        (step,) = now["steps"]
        assert ask(week_in(open_in), "settle", kind="step", id=step["id"])["ok"]
    else:
        (promise,) = now["promises"]
        assert ask(people, "settle", id=promise["id"], state="kept")["ok"]
    assert shown not in rows(week_in(open_in))


def test_one_thing_they_said_opens_a_gift_and_a_brief(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "keep", name="架空 花子", known_as="friend")
    id = sheet.state["after"]["id"]
    assert ask(sheet, "tell", id=id, words="朝の散歩", kind="loves")["ok"]

    gift = Gift(open_in("04-contacts"))
    ask(gift, "choose", id=id)
    (person,) = gift.state["people"]
    assert [fact["words"] for fact in person["facts"]] == ["朝の散歩"]
    before = Before(open_in("05-week"))
    ask(before, "prepare", id=id)
    assert "朝の散歩" in str(before.state["people"])


def test_what_they_look_for_and_another_loves_makes_two_to_introduce(open_in: Open) -> None:
    """Facts of the card do what the fields of earlier books did; a guess does not."""
    ids = [add(open_in, name, known_as="friend") for name in ("架空 花子", "見本 太郎")]
    people = card(open_in, ids[0])

    def tell(id: str, kind: str, source: str) -> None:
        fact = {"contact_id": id, "kind": kind, "source": source, "words": "植物の写真"}
        assert ask(people, "add", table="fact", values=fact)["ok"]

    tell(ids[0], "looking_for", "said")
    tell(ids[1], "loves", "guess")
    assert Introductions(open_in("04-contacts")).state["pairs"] == []
    tell(ids[1], "loves", "seen")
    (pair,) = Introductions(open_in("04-contacts")).state["pairs"]
    assert {pair["a"], pair["b"]} == set(ids) and "植物の写真" in pair["why"]


def test_my_own_idea_is_what_is_proposed_when_we_meet_and_stands_in_my_week(open_in: Open) -> None:
    id = add(open_in, "架空 花子", known_as="friend")
    gift = Gift(open_in("04-contacts"))
    assert ask(gift, "plan", contact_id=id, what="図書館の部屋を三つ調べる")["ok"]

    assert ("gift", "図書館の部屋を三つ調べる") in rows(week_in(open_in, 30))
    before = Before(open_in("05-week"))
    ask(before, "prepare", id=id)
    assert [*before.state["people"][0]["planned"]] == ["図書館の部屋を三つ調べる"]
    now = card(open_in, id).state["card"]["now"]
    assert [row["what"] for row in now["gifts"]] == ["図書館の部屋を三つ調べる"]


def test_a_large_gift_that_wants_something_back_is_answered_with_less(open_in: Open) -> None:
    id = add(open_in, "架空 花子")
    gift = Gift(open_in("04-contacts"))
    assert ask(gift, "plan", contact_id=id, what="引っ越しを一日手伝う", size="large")["ok"]
    (planned,) = gift.state["planned"]
    assert planned["large"]
    write(gift, "give", planned, no_strings="no")
    assert [doubt["rule"] for doubt in gift.state["doubts"]["no_strings"]] == ["give_strings"]


def test_a_sixth_in_focus_asks_who_may_rest_and_home_counts_nobody(open_in: Open) -> None:
    people = People(open_in("04-contacts", "en"))
    ids = [add(open_in, f"Person {letter}", "en") for letter in "ABCDEF"]
    people.workbook.refresh()
    assert not any(ask(people, "gather", id=id).get("full") for id in ids[:5])
    assert ask(people, "gather", id=ids[5])["full"]
    assert "full" not in ask(people, "gather", id=ids[5], instead=ids[0])

    chosen = {person["id"] for person in people.state["focus"]["chosen"]}
    assert chosen == set(ids[1:])
    shown = {person["id"] for person in Gift(open_in("04-contacts", "en")).state["people"]}
    assert shown == chosen
    assert "6" not in str(week_in(open_in, language="en").state["suggestions"])


def test_what_i_respect_presents_them_and_brings_back_who_was_not_seen_for_long(
    open_in: Open,
) -> None:
    ids = [add(open_in, name, known_as="known") for name in ("見本 気楽", "架空 花子")]
    easy, other = ids
    people = card(open_in, easy)
    for id, said in ((easy, {"closeness": "close"}), (other, {"respect_for": "最後まで聴く"})):
        people.book.add("encounter", contact_id=id, on=days(-1500), kind="meal")
        ask(people, "choose", id=id)
        write(people, "contact", people.state["card"], **said)

    dormant = Circle(open_in("04-contacts")).state["dormant"]
    assert "最後まで聴く" in dormant["why"]
    assert dormant["does"]["take"] == f"net_dormant.{other}"


def test_where_i_place_somebody_is_said_on_their_card_and_sets_the_tone(open_in: Open) -> None:
    id = add(open_in, "架空 花子", known_as="known")
    circle = Circle(open_in("04-contacts"))
    ask(circle, "think_of", id=id)
    (person,) = circle.state["unplaced"]
    write(circle, "contact", person, closeness="close", closeness_word="朝の散歩の友")

    shown = card(open_in, id).state["card"]
    assert (shown["closeness"], shown["closeness_word"]) == ("close", "朝の散歩の友")
    draft = Draft(open_in("04-contacts"))
    ask(draft, "turn_to", id=id)
    assert draft.state["open"]["level"] == "friendly"


def test_whom_i_draw_nearer_waits_in_my_week_in_my_words(open_in: Open) -> None:
    id = add(open_in, "架空 花子", known_as="friend")
    circle = Circle(open_in("04-contacts"))
    assert ask(circle, "draw_nearer", id=id, words="駅前でお茶に誘う", on=days(3))["ok"]

    assert ("step", "駅前でお茶に誘う") in rows(week_in(open_in))
    assert ("step", "駅前でお茶に誘う") in rows(week_in(open_in, 9))  # carried over


def test_rather_not_outside_work_ends_every_suggestion_but_no_promise(open_in: Open) -> None:
    id = add(open_in, "架空 花子", known_as="friend", last_talk="longer")
    people = card(open_in, id)
    write(people, "contact", people.state["card"], closeness="close")
    assert [one["id"] for one in week_in(open_in, 9).state["suggestions"]] == [id]
    write(people, "contact", people.state["card"], afternoon="rather_not")
    assert week_in(open_in, 9).state["suggestions"] == []

    line = {"words": "写真を送ります", "kind": "promise", "on": days(12)}
    assert ask(people, "add_line", contact_id=id, **line)["ok"]
    assert ("promise", "写真を送ります") in rows(week_in(open_in, 9))


def test_both_who_said_yes_are_introduced_and_one_not_now_is_left_alone(open_in: Open) -> None:
    ids = [add(open_in, name, known_as="friend") for name in ("架空 花子", "見本 太郎")]
    sheet = Introductions(open_in("04-contacts"))
    for id in ids:
        sheet.book.add("fact", contact_id=id, kind="loves", source="said", words="植物の写真")
    sheet.workbook.refresh()
    (pair,) = sheet.state["pairs"]
    a, b = pair["a"], pair["b"]
    assert not ask(sheet, "bring_together", a=a, b=b)["ok"]
    for one, other in ((a, b), (b, a)):
        assert ask(sheet, "says", a=one, b=other, word="yes")["ok"]
    assert ask(sheet, "bring_together", a=a, b=b)["ok"]
    (message,) = sheet.workbook.rows("message", "contact_id", "other_id")
    assert {message["contact_id"], message["other_id"]} == {a, b}

    assert ask(sheet, "says", a=b, b=a, word="not_now")["ok"]
    later = Introductions(open_in("04-contacts"))
    assert later.state["pairs"] == [] and [one["two"] for one in later.state["declined"]]


def test_two_of_my_own_choosing_are_asked_and_stay_until_they_answer(open_in: Open) -> None:
    a, b = sorted(add(open_in, name, known_as="friend") for name in ("架空 花子", "見本 太郎"))
    sheet = Introductions(open_in("04-contacts"))
    assert sheet.state["pairs"] == []
    assert ask(sheet, "think_of_two", a=b, b=a)["ok"]
    (pair,) = sheet.state["pairs"]
    assert (pair["a"], pair["b"], pair["agreed"]) == (a, b, False)
    assert not ask(sheet, "think_of_two", a=a, b=a)["ok"]
    assert Introductions(open_in("04-contacts")).state["pairs"] == []  # nothing was written yet

    assert ask(sheet, "says", a=a, b=b, word="yes")["ok"]
    (pair,) = Introductions(open_in("04-contacts")).state["pairs"]
    assert pair["says"] == {a: "yes", b: ""}
    assert ask(sheet, "says", a=b, b=a, word="not_now")["ok"]
    assert Introductions(open_in("04-contacts")).state["pairs"] == []


def test_two_who_know_each_other_are_not_brought_together(open_in: Open) -> None:
    a, b = sorted(add(open_in, name, known_as="friend") for name in ("架空 花子", "見本 太郎"))
    sheet = Introductions(open_in("04-contacts", "en"))
    assert ask(sheet, "tell", a=a, b=b, state="acquainted")["ok"]
    assert "know each other" in ask(sheet, "think_of_two", a=a, b=b)["text"]
    assert sheet.state["pairs"] == []


# -- near, and what passes between us -------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_JAPANESE)
@pytest.mark.usefixtures("present_day")
def test_after_something_hard_whoever_listens_is_named_before_whoever_encourages(
    open_in: Open, language: str
) -> None:
    names = ("Ann Example", "Ben Sample", "Kim Specimen")
    ann, ben, kim = (add(open_in, name, language, known_as="friend") for name in names)
    circle = Circle(open_in("04-contacts", language))
    assert circle.state["seats"] == ""  # nothing is ticked: nothing is said
    on_card(open_in, ann, language, cheer=True)
    on_card(open_in, ben, language, passes=["ear"])
    circle.workbook.refresh()
    seats = circle.words["seats"]
    empty = {kind for kind, name in seats.items() if name in circle.state["seats"]}
    assert empty == {"work", "free_days"}

    pass_days(9)
    meeting = {"kind": "met", "hard": True}
    note = Note(open_in("05-week", language))
    assert ask(note, "enter", contact_ids=[kim], meeting=meeting, then=[], received=[])["ok"]
    cheer = MyWeek(open_in("05-week", language)).state["cheer"]
    assert cheer["id"] == ben and {"ja": "聞いて", "en": "listens"}[language] in cheer["text"]
    on_card(open_in, ben, language, passes=[])
    assert MyWeek(open_in("05-week", language)).state["cheer"]["id"] == ann


@pytest.mark.parametrize("language", FIRST_ENGLISH)
@pytest.mark.usefixtures("present_day")
def test_the_respect_of_both_stands_above_a_large_request_or_asks_for_what_is_missing(
    open_in: Open, language: str
) -> None:
    ann = add(open_in, "Ann Example", language, known_as="friend")
    on_card(open_in, ann, language, respect_for="hears one out", quiet_until=days(20))

    def above(kind: str) -> list[str]:
        draft = Draft(open_in("04-contacts", language))
        ask(draft, "turn_to", id=ann)
        assert ask(draft, "shape", id=draft.state["open"]["id"], kind=kind)["ok"]
        return list(draft.state["open"]["reminders"])

    pass_days(15)
    assert above("news") == above("advice") == []
    (asked,) = above("ask_introduction")
    assert "hears one out" in asked and {"ja": "でしょう", "en": "?"}[language] in asked
    on_card(open_in, ann, language, they_respect="keeps her word")
    pass_days(20)  # the day until which they are left in peace is over
    (both,) = above("advice")
    assert "hears one out" in both and "keeps her word" in both


@pytest.mark.parametrize("language", FIRST_JAPANESE)
@pytest.mark.usefixtures("present_day")
def test_three_near_of_each_way_of_meeting_stand_side_by_side_in_the_letter(
    open_in: Open, language: str
) -> None:
    bridge = add(open_in, "Kim Specimen", language, known_as="friend")
    new = {"known_as": "just_met", "met_on": days(0)}
    brought = [
        add(open_in, f"Brought {n}", language, through_id=bridge, **new) for n in ("One", "Two")
    ]
    found = [add(open_in, f"Found {n}", language, where_met="at the market", **new) for n in "ABC"]

    def cases() -> list[list[str]]:
        parts = Letter(open_in("05-week", language)).state["parts"]
        return [part["lines"] for part in parts if part["key"] == "cases"]

    pass_days(40)
    for id in (*brought, *found):
        on_card(open_in, id, language, closeness="close")
    assert cases() == []  # two and three: nothing is said
    third = add(open_in, "Brought Three", language, through_id=bridge, **new)
    circle = Circle(open_in("04-contacts", language))
    ask(circle, "think_of", id=third)
    (person,) = circle.state["unplaced"]
    write(circle, "contact", person, closeness="companion")
    assert card(open_in, third).state["card"]["closeness_on"] == days(40)
    ((first, second),) = cases()
    assert all(name in first for name in ("Brought One", "Brought Two", "Brought Three"))
    assert "Found A" in second and "40" in second and "Brought" not in second

    on_card(open_in, third, language, closeness_on="")  # the person may leave it out
    assert cases() == []


@pytest.mark.usefixtures("present_day")
def test_one_undo_takes_back_the_closeness_with_its_day(open_in: Open) -> None:
    id = add(open_in, "架空 花子", known_as="known")
    people = on_card(open_in, id, closeness="close")
    assert people.state["card"]["closeness_on"] == days(0)
    people.book.undo()
    people.workbook.refresh()
    shown = people.state["card"]
    assert (shown["closeness"], shown["closeness_on"]) == ("", "")
    old = add(open_in, "見本 太郎", known_as="friend")
    assert on_card(open_in, old, closeness="close").state["card"]["closeness_on"] == ""


@pytest.mark.parametrize("language", FIRST_ENGLISH)
@pytest.mark.usefixtures("present_day")
def test_whoever_moves_in_the_world_i_picked_leads_the_introductions(
    open_in: Open, language: str
) -> None:
    ann, ben = (
        add(open_in, name, language, known_as="friend") for name in ("Ann Example", "Ben Sample")
    )
    on_card(open_in, ann, language, circles=["the bell ringers"])
    on_card(open_in, ben, language, circles=["the rowing club"])
    circle = Circle(open_in("04-contacts", language))
    assert [world for world, *_ in circle.state["worlds"]] == [
        "the bell ringers",
        "the rowing club",
    ]
    assert Introductions(open_in("04-contacts", language)).state["along"] == []
    write(circle, "goal", circle.state["goal"], curious="the rowing club")

    pass_days(12)
    sheet = Introductions(open_in("04-contacts", language))
    (one,) = sheet.state["along"]
    assert one["id"] == ben and "the rowing club" in one["why"]
    assert {"ja": "連れて", "en": "take me along"}[language] in one["act"]
    assert not ask(sheet, "go_along", id=ann)["ok"]
    assert ask(sheet, "go_along", id=ben)["ok"]
    (row,) = (text for kind, text in rows(week_in(open_in, 12, language)) if kind == "step")
    assert "the rowing club" in row


@pytest.mark.parametrize("language", FIRST_JAPANESE)
@pytest.mark.usefixtures("present_day")
def test_my_week_keeps_to_the_way_in_which_somebody_is_usually_reached(
    open_in: Open, language: str
) -> None:
    ann = add(open_in, "Ann Example", language, known_as="known")
    people = on_card(open_in, ann, language, closeness="close")
    people.book.add("encounter", contact_id=ann, on=days(0), kind="meal")
    acts = people.workbook.texts_of("coach")["acts"]
    channels = people.words["channels"]

    pass_days(1500)
    ready = {
        "email": acts["write_again"],
        "letter": acts["write_again"],
        "phone": acts["ring_again"],
        "meet": acts["meet_again"],
        "": acts["call_again"],
        "sns": acts["write_again"],
    }
    for channel, act in ready.items():
        on_card(open_in, ann, language, channel=channel)
        week = MyWeek(open_in("05-week", language))
        (one,) = week.state["suggestions"]
        assert one["ready"] == act
        assert bool(one["because"]) == bool(channel)
        assert not channel or channels[channel] in one["because"]["why"]
    assert ask(week, "silence", rule="usual_channel")["ok"]
    assert week.state["suggestions"][0]["ready"] == acts["call_again"]


# -- asked later ----------------------------------------------------------------------------------


def asked(open_in: Open, ahead: int, code: str, language: str = "ja") -> MyWeek:
    """Open my week so many days from today, where a question of a code stands.

    Something was written the day before: whoever comes back after weeks is asked nothing. Another
    question that stands there is put aside, and the next day asks its own.
    """
    pass_days(ahead - 1)
    book = MyWeek(open_in("05-week", language)).book
    book.add("step", words="water the plants", state="done")
    for later in (ahead, ahead + 1):
        pass_days(later)
        week = MyWeek(open_in("05-week", language))
        found = week.state["asked"]
        if found["code"] == code:
            return week
        other = {name: found[name] for name in ("code", "about")}
        assert ask(week, "put_question_aside", **other)["ok"]
    raise AssertionError(f"{code} is not asked")


def answer(week: MyWeek, **said: str) -> dict[str, Any]:
    """Answer the question of my week as its form does."""
    question = {name: week.state["asked"][name] for name in ("code", "about")}
    done = ask(week, "answer_question", **question, **said)
    assert done["ok"]
    return done


@pytest.mark.parametrize("language", FIRST_ENGLISH)
@pytest.mark.usefixtures("present_day")
def test_what_shows_that_they_think_so_too_closes_the_ring_and_stands_in_the_letter(
    open_in: Open, language: str
) -> None:
    ann, ben = (
        add(open_in, name, language, known_as="known") for name in ("Ann Example", "Ben Sample")
    )
    for id in (ann, ben):
        on_card(open_in, id, language, closeness="companion")

    def rings() -> dict[str, str]:
        rows = Circle(open_in("04-contacts", language)).state["rows"]
        return {person["id"]: person["ring"] for row in rows for person in row["people"]}

    assert rings() == {ann: "open", ben: "open"}
    week = asked(open_in, 28, "mutual", language)
    first = week.state["asked"]["about"]
    answer(week, chosen="shown", words="came on moving day")
    week = asked(open_in, 29, "mutual", language)
    second = week.state["asked"]["about"]
    answer(week, chosen="not_yet")
    assert {first, second} == {ann, ben}
    assert rings() == {first: "closed", second: "open"}, "both still stand where I put them"
    parts = Letter(open_in("05-week", language)).state["parts"]
    ((line,),) = [part["lines"] for part in parts if part["key"] == "mutual"]
    assert "came on moving day" in line


@pytest.mark.parametrize("language", FIRST_JAPANESE)
@pytest.mark.usefixtures("present_day")
def test_a_name_without_a_kind_is_asked_about_and_just_because_ends_the_asking(
    open_in: Open, language: str
) -> None:
    kinds = Kinds(open_in("02-goal", language))
    assert ask(kinds, "add", table="role", values={"does": "bookbinding"})["ok"]
    (role,) = kinds.workbook.rows("role")
    add(open_in, "Ann Example", language, known_as="known", role_id=role["id"])
    ben = add(open_in, "Ben Sample", language, known_as="known")
    kim = add(open_in, "Kim Specimen", language, known_as="known")
    pass_days(6)
    assert MyWeek(open_in("05-week", language)).state["asked"] is None
    week = asked(open_in, 7, "why_known", language)
    assert week.state["asked"]["about"] == ben
    assert [*week.state["asked"]["choices"][0]] == [role["id"], "bookbinding"]
    answer(week, chosen="just_because")
    week = asked(open_in, 14, "why_known", language)
    assert week.state["asked"]["about"] == kim
    answer(week, chosen=role["id"])
    assert card(open_in, kim, language).state["card"]["role_id"] == role["id"]
    pass_days(21)
    assert MyWeek(open_in("05-week", language)).state["asked"] is None


@pytest.mark.parametrize(
    ("why", "ready"),
    [("life", "call_again"), ("nothing", "ask_of_them"), ("hurt", "repair"), ("enough", "")],
)
@pytest.mark.usefixtures("present_day")
def test_why_a_tie_fades_decides_what_is_proposed(open_in: Open, why: str, ready: str) -> None:
    ann = add(open_in, "Ann Example", "en", known_as="friend")
    people = on_card(open_in, ann, "en", cadence_days=30)
    people.book.add("encounter", contact_id=ann, on=days(0), kind="meal")
    pass_days(80)
    assert MyWeek(open_in("05-week", "en")).state["asked"] is None
    week = asked(open_in, 95, "fading", "en")
    answer(week, chosen=why)

    pass_days(100)
    week = MyWeek(open_in("05-week", "en"))
    acts = week.workbook.texts_of("coach")["acts"]
    assert [one["ready"] for one in week.state["suggestions"]] == ([acts[ready]] if ready else [])
    assert card(open_in, ann, "en").state["card"]["closed"] == (why == "enough")
    if ready:
        draft = Draft(open_in("04-contacts", "en"))
        assert ask(draft, "turn_to", id=ann)["ok"]
        assert draft.state["open"]["kind"] == ("repair" if why == "hurt" else "news")


@pytest.mark.parametrize("language", FIRST_ENGLISH)
@pytest.mark.usefixtures("present_day")
def test_a_week_after_a_lesson_what_came_of_it_opens_a_thanks_that_says_so(
    open_in: Open, language: str
) -> None:
    name, came = {
        "ja": ("架空 花子", "見積もりを一枚で出せました"),
        "en": ("Ann Example", "my quotes fit on one page"),
    }[language]
    id = add(open_in, name, language, known_as="just_met", met_on=days(0))

    def against() -> list[str]:
        draft = Draft(open_in("04-contacts", language))
        ask(draft, "turn_to", id=id)
        row = draft.state["open"]["id"]
        assert ask(draft, "shape", id=row, kind="advice")["ok"]
        found = [one["rule"] for one in draft.state["open"]["read"]["kindly"]]
        assert ask(draft, "drop", table="message", id=row)["ok"]
        return found

    gift = note_fact(open_in, id, language, kind="teaches", words="quotes", source="guess")
    assert against() == ["ask_stage"], "what I only hope eases nothing"
    write(gift, "fact", gift.state["people"][0]["facts"][0], source="said")
    assert against() == []

    note = Note(open_in("05-week", language))
    meeting = {"kind": "met", "note": "how she writes a quote"}
    assert ask(note, "enter", contact_ids=[id], meeting=meeting, then=[], received=[])["ok"]
    week = asked(open_in, 7, "lesson", language)
    done = answer(week, words=came)
    draft = Draft(open_in("04-contacts", language))
    ask(draft, "show", id=done["href"].partition("=")[2])
    opened = draft.state["open"]
    assert opened["kind"] == "grateful" and came in opened["text"]
    assert "how she writes a quote" not in opened["text"], "a note of mine stays with me"


# -- giving ---------------------------------------------------------------------------------------


def note_fact(open_in: Open, id: str, language: str = "ja", **fact: str) -> Gift:
    """Write on the sheet of gifts what one knows of a person."""
    gift = Gift(open_in("04-contacts", language))
    ask(gift, "choose", id=id)
    assert ask(gift, "add", table="fact", values={"contact_id": id, **fact})["ok"]
    return gift


@pytest.mark.usefixtures("present_day")
def test_what_well_done_is_stands_with_a_larger_gift_in_my_week_and_is_asked_after(
    open_in: Open, chromium: Browser
) -> None:
    id = add(open_in, "Ann Example", "en", known_as="friend")
    gift = Gift(open_in("04-contacts", "en"))
    assert ask(gift, "plan", contact_id=id, what="build a shelf", size="large", on=days(2))["ok"]
    (planned,) = gift.state["planned"]
    assert planned["large"]
    write(gift, "give", planned, well_done="it holds her big books")

    pass_days(2)
    week = MyWeek(open_in("05-week", "en"))
    traits = {"state": week.state, "words": week.words, "position": week.position}
    with laid(chromium, week._esm, traits) as desk:
        expect(desk.page.locator(".group")).to_contain_text("it holds her big books")
        desk.page.get_by_role("button", name=week.words["print"]).click()
        expect(desk.page.locator(".page.week")).to_contain_text("it holds her big books")
    gift.workbook.refresh()
    (planned,) = gift.state["planned"]
    assert ask(gift, "hand_over", id=planned["id"], version=planned["version"])["ok"]

    pass_days(12)
    (asked,) = Gift(open_in("04-contacts", "en")).state["asks"]
    assert asked["well_done"] == "it holds her big books"
    effects = [
        row["well_done"]
        for group in MyWeek(open_in("05-week", "en")).state["groups"]
        for row in group["rows"]
        if row["kind"] == "effect"
    ]
    assert effects == ["it holds her big books"]


@pytest.mark.parametrize("language", FIRST_JAPANESE)
@pytest.mark.usefixtures("present_day")
def test_an_impression_quotes_my_lines_and_of_the_unread_sets_a_day_instead(
    open_in: Open, language: str
) -> None:
    name, title, line = {
        "ja": ("架空 花子", "雨の日の喫茶店", "傘を忘れた人の話"),
        "en": ("Ann Example", "The Rainy-Day Café", "the woman who forgot her umbrella"),
    }[language]
    id = add(open_in, name, language, known_as="friend")
    gift = note_fact(open_in, id, language, kind="book", words=title, source="seen")
    (fact,) = gift.state["people"][0]["facts"]
    assert ask(gift, "plan_for_fact", id=fact["id"], key="book.1")["ok"]
    (planned,) = gift.state["planned"]
    assert ask(gift, "letter", id=planned["id"])["ok"]
    draft = Draft(gift.workbook)
    opened = draft.state["open"]
    assert title in opened["reading"]["what"]
    assert ask(draft, "read_first", id=opened["id"], on=days(5))["ok"]
    assert draft.state["open"] is None and draft.state["begun"] == []

    pass_days(5)
    week = week_in(open_in, 5, language)
    (row,) = (text for kind, text in rows(week) if kind == "gift")
    assert title in row
    gift = Gift(open_in("04-contacts", language))
    (planned,) = gift.state["planned"]
    assert planned["work"]
    write(gift, "give", planned, moved=line)
    assert ask(gift, "letter", id=planned["id"])["ok"]
    opened = Draft(gift.workbook).state["open"]
    assert opened["kind"] == "impression" and opened["reading"] is None
    assert {"ja": f"「{line}」が", "en": f"“{line}” stayed"}[language] in opened["text"]


def decide(open_in: Open, id: str, chosen: str, language: str = "ja") -> Gift:
    """Decide on the sheet of gifts who makes the first move with somebody new."""
    gift = Gift(open_in("04-contacts", language))
    ask(gift, "choose", id=id)
    assert ask(gift, "decide_first_move", id=id, chosen=chosen)["ok"]
    (person,) = (one for one in gift.state["people"] if one["id"] == id)
    assert person["first_move"]["row"]["chosen"] == chosen
    return gift


@pytest.mark.parametrize("language", FIRST_ENGLISH)
@pytest.mark.usefixtures("present_day")
def test_above_what_i_ask_of_somebody_new_stands_a_small_gift_until_one_is_planned(
    open_in: Open, language: str
) -> None:
    line = {"words": "ask which paper she uses", "kind": "step"}
    new = {"known_as": "just_met", "met_on": days(0)}
    ann = add(open_in, "Ann Example", language, **new, **line)

    def above() -> list[str]:
        week = MyWeek(open_in("05-week", language))
        rows = [row for group in week.state["groups"] for row in group["rows"]]
        return [row["first"]["text"] for row in rows if row["kind"] == "step" and "first" in row]

    pass_days(1)
    assert above() == []
    decide(open_in, ann, "ask", language)
    (first,) = above()
    week = MyWeek(open_in("05-week", language))
    assert ask(week, "give_first", id=ann)["ok"]
    (gift,) = (text for kind, text in rows(week) if kind == "gift")
    assert gift in first and above() == []


@pytest.mark.usefixtures("present_day")
def test_whoever_is_to_begin_is_not_proposed_for_the_goal_until_they_do(open_in: Open) -> None:
    wish, kinds = Wish(open_in("02-goal")), Kinds(open_in("02-goal"))
    write(wish, "goal", wish.state["goal"], wish="小さな活版印刷の店をひらく")
    kinds.workbook.refresh()
    assert ask(kinds, "add", table="role", values={"does": "活版印刷"})["ok"]
    (role,) = kinds.workbook.rows("role")
    new = {"known_as": "just_met", "met_on": days(0), "role_id": role["id"]}
    ann = add(open_in, "架空 花子", **new)

    def enter(**meeting: Any) -> None:
        message = {"contact_ids": [ann], "meeting": meeting, "then": [], "received": []}
        assert ask(Note(open_in("05-week")), "enter", **message)["ok"]

    def suggested() -> list[str]:
        week = MyWeek(open_in("05-week"))
        return [one["reason"]["rule"] for one in week.state["suggestions"]]

    enter(kind="message", started_by="me")
    pass_days(40)
    decide(open_in, ann, "give")
    assert suggested() == ["goal"]
    decide(open_in, ann, "they")
    assert suggested() == []
    week = MyWeek(open_in("05-week"))
    assert [one["rule"] for one in ask(week, "held")["held"]] == ["gate_they_begin"]
    for later, rules in ((69, []), (70, ["goal"])):  # nobody is waited for longer than a month
        pass_days(later)
        week.book.add("step", words="水やり", state="done")
        assert suggested() == rules

    decide(open_in, ann, "they")
    assert suggested() == []
    enter(kind="message", started_by="them")
    pass_days(85)
    week.book.add("step", words="水やり", state="done")
    assert suggested() == ["goal"]


@pytest.mark.parametrize("language", FIRST_JAPANESE)
@pytest.mark.usefixtures("present_day")
def test_the_month_names_one_whom_i_asked_before_i_gave_anything(
    open_in: Open, language: str
) -> None:
    ann = add(open_in, "Ann Example", language, known_as="just_met", met_on=days(0))
    decide(open_in, ann, "ask", language)
    draft = Draft(open_in("04-contacts", language))
    ask(draft, "turn_to", id=ann)
    assert ask(draft, "shape", id=draft.state["open"]["id"], kind="advice")["ok"]
    month = Review(open_in("05-week", language))
    assert month.state["month"]["asked_first"] == ""
    assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    pass_days(20)
    month.workbook.refresh()
    assert "Ann Example" in month.state["month"]["asked_first"]
    pass_days(40)
    month.workbook.refresh()
    assert month.state["month"]["asked_first"] == ""


@pytest.mark.usefixtures("present_day")
def test_fine_as_it_is_silences_the_one_sided_balance_for_half_a_year(open_in: Open) -> None:
    ann = add(open_in, "Ann Example", "en", known_as="friend")
    note = Note(open_in("05-week", "en"))
    for what in ("a book", "apples", "an evening", "a map"):
        message = {"contact_ids": [ann], "meeting": {"kind": "met"}, "then": []}
        assert ask(note, "enter", **message, received=[{"what": what}])["ok"]

    def told() -> tuple[bool, bool]:
        people = card(open_in, ann, "en")
        people.book.add("step", words="water the plants", state="done")
        kindly = [one["rule"] for one in people.state["card"]["kindly"]]
        week = MyWeek(open_in("05-week", "en"))
        back = [one["reason"]["rule"] for one in week.state["suggestions"]]
        return "guard_one_way" in kindly, "give_back" in back

    pass_days(20)
    assert told() == (True, True)
    people = card(open_in, ann, "en")
    offered = [key for key, _ in people.state["balance"]["guard_one_way"]]
    assert offered == ["give", "thank", "fine"]
    assert ask(people, "settle_balance", id=ann, chosen="fine")["ok"]
    for later, silent in ((20, True), (202, True), (203, False)):
        pass_days(later)
        assert told() == (not silent, not silent), later
    assert "draft" in ask(people, "settle_balance", id=ann, chosen="thank")["href"]
