"""What is done on the sheets of strengths changes what another sheet shows, or another day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from days import pass_days
from enishi import clock
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.draft import Draft
from widgets.contacts.gift import Gift
from widgets.contacts.introductions import Introductions
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.strengths.evidence import Evidence
from widgets.strengths.introduce import Introduce
from widgets.strengths.inventory import Inventory
from widgets.strengths.offers import Offers
from widgets.week.before import Before
from widgets.week.gathering import Gathering
from widgets.week.my_week import MyWeek

pytest_plugins = ["sheet_fixtures"]
pytestmark = pytest.mark.usefixtures("present_day")


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> None:
    """Write columns of a row as its fields do."""
    message = {"table": table, "id": row["id"], "version": row["version"], "values": values}
    assert ask(sheet, "write", **message)["ok"]


def gifts_for(open_in: Open, contact_id: str) -> list[dict[str, Any]]:
    """Open the sheet of gifts and return what it suggests for a contact."""
    gift = Gift(open_in("04-contacts"))
    ask(gift, "choose", id=contact_id)
    (person,) = (each for each in gift.state["people"] if each["id"] == contact_id)
    found: list[dict[str, Any]] = person["ideas"]
    return found


def add_contact(open_in: Open, **values: Any) -> str:
    """Add a contact whom the person met just now."""
    book = Inventory(open_in("03-strengths")).book
    return book.add("contact", name="架空 花子", known_as="just_met", **values)


def test_three_small_offers_are_what_is_suggested_for_somebody_hardly_known(
    open_in: Open,
) -> None:
    ann = add_contact(open_in)
    before = gifts_for(open_in, ann)
    said = ["本を一冊すすめる", "駅まで送る", "近所の店を教える"]
    assert ask(Offers(open_in("03-strengths")), "offer", size="small", text="\n".join(said))["ok"]

    gifts = gifts_for(open_in, ann)
    assert {gift["what"] for gift in gifts} == set(said)
    assert not {gift["what"] for gift in before} & set(said)
    assert all(gift["minutes"] <= 5 for gift in gifts)


def test_an_offer_in_ones_own_words_is_suggested_where_it_is_needed(open_in: Open) -> None:
    ann = add_contact(open_in, needs=["エクセルの表"])
    assert ask(Offers(open_in("03-strengths")), "offer", size="medium", text="エクセルの表を直す")[
        "ok"
    ]
    (first, *_) = gifts_for(open_in, ann)

    assert (first["what"], first["minutes"]) == ("エクセルの表を直す", 30)
    assert "エクセルの表" in first["why"]


def test_in_a_week_of_five_minutes_no_gift_takes_longer(open_in: Open) -> None:
    ann = add_contact(open_in, needs=["エクセルの表", "棚"])
    offers = Offers(open_in("03-strengths"))
    assert offers.state["week"]["minutes"] == ""  # not said
    said = {"large": "棚をつくる", "medium": "エクセルの表を直す", "small": "本を貸す"}
    for size, text in said.items():
        assert ask(offers, "offer", size=size, text=text)["ok"]

    def proposed() -> set[str]:
        return {gift["what"] for gift in gifts_for(open_in, ann)}

    def longest() -> int:
        return max(gift["minutes"] for gift in gifts_for(open_in, ann))

    assert longest() == 30
    assert ask(offers, "give_time", minutes="120")["ok"]
    assert longest() == 120 and "棚をつくる" in proposed()
    assert ask(offers, "give_time", minutes="5")["ok"]
    assert longest() == 5 and "本を貸す" in proposed()
    assert offers.state["week"]["minutes"] == "5"


def test_an_own_idea_that_gladdened_joins_the_ways_to_help_and_is_proposed_for_others(
    open_in: Open,
) -> None:
    ann, ben = add_contact(open_in), add_contact(open_in)
    gift = Gift(open_in("04-contacts"))
    assert ask(gift, "plan", contact_id=ann, what="朝の市場を案内する")["ok"]
    (give,) = gift.state["planned"]
    assert ask(gift, "hand_over", id=give["id"], version=give["version"])["ok"]
    assert not ask(gift, "offer_gift", id=give["id"])["ok"]  # nothing is known of its effect
    assert "朝の市場を案内する" not in {each["what"] for each in gifts_for(open_in, ben)}

    pass_days(8)
    week = MyWeek(open_in("05-week"))
    answer = ask(week, "tell_effect", id=give["id"], effect="うれしそうだった")
    assert answer["may_offer"] == "朝の市場を案内する"
    assert ask(week, "offer_gift", id=give["id"])["ok"]
    pass_days(20)
    (offer,) = Offers(open_in("03-strengths")).state["offers"]
    assert (offer["what"], offer["size"]) == ("朝の市場を案内する", "small")
    assert "朝の市場を案内する" in {each["what"] for each in gifts_for(open_in, ben)}
    assert not ask(week, "offer_gift", id=give["id"])["ok"]  # it is there already


@pytest.mark.parametrize("source", ["offer", "strength"])
def test_a_match_that_was_refused_never_comes_back_for_them_but_does_for_others(
    open_in: Open, source: str
) -> None:
    ann, ben = (add_contact(open_in, needs=["写真を選ぶ人"]) for _ in range(2))
    if source == "offer":
        assert ask(Offers(open_in("03-strengths")), "offer", size="small", text="写真を選ぶ")["ok"]
    else:
        ask(Inventory(open_in("03-strengths")), "jot", prompt="easy", text="写真を選ぶ")
    gift = Gift(open_in("04-contacts"))
    ask(gift, "choose", id=ann)
    idea = gift.state["people"][0]["ideas"][0]
    assert idea["what"] == "写真を選ぶ"
    assert ask(gift, "refuse_match", contact_id=ann, match=idea["match"])["ok"]
    assert not ask(gift, "refuse_match", contact_id=ann, match=idea["match"])["ok"]

    def proposed(id: str) -> list[str]:
        return [gift["what"] for gift in gifts_for(open_in, id)]

    pass_days(60)
    assert "写真を選ぶ" not in proposed(ann)
    assert "写真を選ぶ" in proposed(ben)
    gift.book.undo()
    assert "写真を選ぶ" in proposed(ann)


def test_a_feeling_is_offered_as_a_try_and_a_moment_makes_more_of_it(open_in: Open) -> None:
    ann = add_contact(open_in, needs=["写真を選ぶ人"])
    ask(Inventory(open_in("03-strengths")), "jot", prompt="easy", text="写真を選ぶ")
    (first, *_) = gifts_for(open_in, ann)
    assert (first["what"], first["size"]) == ("写真を選ぶ", "small")

    evidence = Evidence(open_in("03-strengths"))
    (strength,) = evidence.state["others"]
    row = {"strength_id": strength["id"], "grade": "episode"}
    assert ask(evidence, "add", table="evidence", values=row)["ok"]
    (moment,) = evidence.state["shown"][0]["moments"]
    write(evidence, "evidence", moment, what="展示の三枚を選んだ")
    (first, *_) = gifts_for(open_in, ann)
    assert (first["what"], first["size"]) == ("写真を選ぶ", "medium")


def test_a_strength_only_they_named_counts_when_gifts_are_sought_and_says_who_saw_it(
    open_in: Open,
) -> None:
    ann = add_contact(open_in, needs=["席をなごませる人"])
    evidence = Evidence(open_in("03-strengths"))
    assert ask(evidence, "add", table="voice", values={"who": "姉のみち"})["ok"]
    (voice,) = evidence.state["voices"]
    assert ask(evidence, "pick", id=voice["id"], name="席をなごませる", seen=True)["ok"]

    why = {gift["what"]: gift["why"] for gift in gifts_for(open_in, ann)}
    assert "姉のみち" in why["席をなごませる"]

    assert ask(evidence, "take", name="席をなごませる")["ok"]
    (card,) = Inventory(open_in("03-strengths")).state["cards"]
    assert (card["name"], card["mark"], card["good_at"]) == (
        "席をなごませる",
        "ひとりが挙げた",
        None,
    )


def test_somebody_asked_stands_in_my_week_after_seven_days_until_they_answer(
    open_in: Open,
) -> None:
    evidence = Evidence(open_in("03-strengths"))
    assert ask(evidence, "add", table="voice", values={"who": "姉のみち"})["ok"]
    (voice,) = evidence.state["voices"]
    write(evidence, "voice", voice, asked_on=evidence.state["today"])

    def waiting() -> list[tuple[str, str]]:
        week = MyWeek(open_in("05-week"))
        return [(row["text"], row["open"]) for row in week.state["waiting"]]

    assert waiting() == []
    pass_days(6)
    assert waiting() == []
    pass_days(7)
    assert waiting() == [("姉のみち", "03-strengths.ipynb#evidence")]

    later = Evidence(open_in("03-strengths"))
    (voice,) = later.state["voices"]
    assert voice["remind"]
    write(later, "voice", voice, words="席がなごむ")
    assert later.state["voices"][0]["answered_on"] == clock.today().isoformat()
    assert waiting() == []


def test_who_saw_a_moment_is_whom_to_ask_next(open_in: Open) -> None:
    ann = add_contact(open_in)
    evidence = Evidence(open_in("03-strengths"))
    ask(Inventory(evidence.workbook), "jot", prompt="thanked", text="議事録を書く")
    (strength,) = evidence.state["others"]
    row = {"strength_id": strength["id"], "grade": "words", "what": "助かったと言われた"}
    assert ask(evidence, "add", table="evidence", values=row)["ok"]
    (moment,) = evidence.state["shown"][0]["moments"]
    write(evidence, "evidence", moment, from_id=ann)

    (proposed,) = Evidence(open_in("03-strengths")).state["to_ask"]
    assert proposed == {"id": ann, "name": "架空 花子"}


def test_a_starter_that_was_taken_waits_as_a_card_when_the_board_opens(open_in: Open) -> None:
    inventory = Inventory(open_in("03-strengths", "en"))
    starter = inventory.words["starters"]["items"][0]
    assert ask(inventory, "jot", prompt="easy", text=starter)["ok"]

    (card,) = Inventory(open_in("03-strengths", "en")).state["cards"]
    assert (card["name"], card["good_at"], card["like"]) == (starter, None, None)


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_shared_hobby_opens_the_brief_and_stands_on_the_card(
    open_in: Open, language: str
) -> None:
    ann = add_contact(open_in)
    inventory = Inventory(open_in("03-strengths", language))
    people, before = People(open_in("04-contacts", language)), Before(open_in("05-week", language))

    def shown() -> tuple[list[str], list[str]]:
        for sheet in (people, before):
            sheet.workbook.refresh()
        ask(people, "choose", id=ann)
        ask(before, "prepare", id=ann)
        return people.state["card"]["shared"], before.state["people"][0]["shared"]

    assert ask(inventory, "jot", prompt="like", text="bouldering")["ok"]
    assert shown() == ([], [])
    fact = {"contact_id": ann, "kind": "loves", "source": "said", "words": "Bouldering"}
    assert ask(people, "add", table="fact", values=fact)["ok"]

    said = {"ja": "「bouldering」が、ふたりとも好きです。", "en": "You both like “bouldering”."}
    assert shown() == ([said[language]], [said[language]])


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_a_day_with_a_shared_hobby_is_proposed_and_stands_in_my_week_by_one_press(
    open_in: Open, language: str
) -> None:
    ann = add_contact(open_in)
    gift = Gift(open_in("04-contacts", language))
    ask(gift, "choose", id=ann)
    fact = {"contact_id": ann, "kind": "loves", "source": "guess", "words": "Bouldering"}
    assert ask(gift, "add", table="fact", values=fact)["ok"]
    inventory = Inventory(open_in("03-strengths", language))
    assert ask(inventory, "jot", prompt="like", text="bouldering")["ok"]
    gift.workbook.refresh()
    assert gift.state["people"][0]["days"] == []  # what I only guess proposes nothing

    row = gift.state["people"][0]["facts"][0]
    write(gift, "fact", row, source="said")
    (day,) = gift.state["people"][0]["days"]
    assert "bouldering" in day["why"]
    assert ask(gift, "plan_day", contact_id=ann, hobby=day["hobby"])["ok"]
    assert gift.state["people"][0]["days"] == []  # it is planned
    week = MyWeek(open_in("05-week", language))
    texts = [row["text"] for group in week.state["groups"] for row in group["rows"]]
    assert texts == [day["words"]] and "bouldering" in texts[0]


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_an_appeal_can_always_be_passed_on_and_an_angle_needs_a_strength_that_shows(
    open_in: Open, language: str
) -> None:
    ann = add_contact(open_in)
    gift = Gift(open_in("04-contacts", language))
    ask(gift, "choose", id=ann)
    fact = {"contact_id": ann, "kind": "appeal", "source": "said", "words": "save the old library"}
    assert ask(gift, "add", table="fact", values=fact)["ok"]

    def offered() -> dict[str, str]:
        gift.workbook.refresh()
        return dict(gift.state["people"][0]["facts"][0]["gifts"])

    assert set(offered()) == {"appeal.1"}
    inventory = Inventory(open_in("03-strengths", language))
    assert ask(inventory, "jot", prompt="thanked", text="drawing maps")["ok"]
    assert set(offered()) == {"appeal.1"}, "a strength that only feels so adds nothing"
    (strength,) = inventory.workbook.rows("strength")
    told = {"strength_id": strength["id"], "grade": "episode", "what": "a map for the fair"}
    assert ask(Evidence(open_in("03-strengths", language)), "add", table="evidence", values=told)[
        "ok"
    ]
    pass_days(30)
    assert "drawing maps" in offered()["appeal.2"]

    id = gift.state["people"][0]["facts"][0]["id"]
    for key in ("appeal.1", "appeal.2"):
        assert ask(gift, "plan_for_fact", id=id, key=key)["ok"]
    both = [give["what"] for give in gift.state["planned"]]
    assert all("save the old library" in what[-len("save the old library") - 1 :] for what in both)
    assert len(both) == 2 and sum("drawing maps" in what for what in both) == 1


def test_the_ten_seconds_go_with_an_introduction_and_to_a_gathering(open_in: Open) -> None:
    ann = add_contact(open_in)
    introduce = Introduce(open_in("03-strengths"))
    (first, *_) = introduce.state["texts"]
    write(introduce, "introduction_text", first, text="椅子を直しています。")
    assert ask(Offers(open_in("03-strengths")), "offer", size="small", text="道具を貸す")["ok"]

    introductions = Introductions(open_in("04-contacts"))
    book = introductions.book
    ben = book.add("contact", name="見本 太郎", known_as="friend")
    id = book.add("introduction", bridge_id=ben, target_id=ann)
    message = book.add("message", contact_id=ben, kind="forward", introduction_id=id)
    draft = Draft(open_in("04-contacts"))
    ask(draft, "show", id=message)
    assert "椅子を直しています。" in draft.state["open"]["text"]

    book.add("event", name="道具市", on=(clock.today() + timedelta(days=3)).isoformat())
    event = Gathering(open_in("05-week"))
    assert any("道具を貸す" in line for line in event.state["could_bring"])
    assert any("椅子を直しています。" in line for line in event.state["could_bring"])


@pytest.mark.parametrize("known", [True, False], ids=["somebody in the book", "a kind in words"])
def test_a_line_for_one_kind_of_person_stands_in_messages_to_them_and_no_other(
    open_in: Open, known: bool
) -> None:
    kinds = Kinds(open_in("02-goal"))
    does = "町で活版印刷をしている"
    added = ask(kinds, "add", table="role", values={"does": does})
    role = added["focus"]
    introduce = Introduce(open_in("03-strengths"))
    (first, *_), (of_kind,) = introduce.state["texts"], introduce.state["kinds"]
    write(introduce, "introduction_text", first, text="椅子を直しています。")
    write(introduce, "introduction_text", of_kind, text="活字を組む練習をしています。")
    assert [text["text"] for text in introduce.state["texts"]] == ["椅子を直しています。", "", ""]

    ann, ben = add_contact(open_in, role_id=role), add_contact(open_in)
    introductions = Introductions(open_in("04-contacts"))
    whom = {"target_id": ann} if known else {"target_words": does}

    def forwarded(**target: str) -> str:
        added = ask(introductions, "add", table="introduction", values={"bridge_id": ben, **target})
        assert ask(introductions, "forwardable", id=added["focus"])["ok"]
        text: str = introductions.book.row("introduction", added["focus"])["text"]
        return text

    assert "活字を組む練習をしています。" in forwarded(**whom)
    assert "椅子を直しています。" not in forwarded(**whom)
    assert "椅子を直しています。" in forwarded(target_words="大工")

    draft = Draft(open_in("04-contacts"))
    for id, offered in ((ann, ["活字を組む練習をしています。"]), (ben, [])):
        ask(draft, "turn_to", id=id)
        notes = draft.state["open"]["notes"]
        assert [text for key, text in notes if key == "line"] == offered

    assert ask(kinds, "drop", table="role", id=role)["ok"]
    (left,) = Introduce(open_in("03-strengths")).state["kinds"]
    assert (left["kind"], left["text"]) == ("", "活字を組む練習をしています。")
