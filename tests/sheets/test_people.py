from __future__ import annotations

from datetime import date, timedelta

import pytest

from enishi.book.erasure import THEIRS
from enishi.choices import FACTS
from enishi.i18n.dates import months_between
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets import People
from widgets.contacts.card import CARD

pytest_plugins = ["sheet_fixtures"]


def names(sheet: People) -> list[str]:
    return [person["name"] for person in sheet.state["people"]]


def test_an_empty_book_is_a_calm_state(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    assert sheet.state["everyone"] == 0 and sheet.state["card"] is None


def test_people_are_searched_sorted_and_narrowed(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    sheet.book.add("contact", name="見本 太郎", family_kana="みほん", circles=["勉強会（例）"])
    sheet.book.add("contact", name="架空 花子", family_kana="カクウ", organisation="株式会社見本")
    sheet.workbook.refresh()
    assert names(sheet) == ["架空 花子", "見本 太郎"]
    assert "2" in ask(sheet, "show", text="見本")["text"]
    ask(sheet, "show", text="勉強会")
    assert names(sheet) == ["見本 太郎"]
    ask(sheet, "show", letter="か")
    assert names(sheet) == ["架空 花子"]
    assert sheet.state["letters"] == {"か": 1, "ま": 1}


def test_the_last_meeting_comes_first_when_asked_for(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    for name, on in (("架空", "2020-01-01"), ("見本", "2024-01-01"), ("例", "2022-01-01")):
        id = sheet.book.add("contact", name=name)
        sheet.book.add("encounter", contact_id=id, on=on)
    ask(sheet, "show", order="last")
    assert names(sheet) == ["見本", "例", "架空"]


def test_fifty_people_are_sent_whatever_part_of_the_list_is_asked_for(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    with sheet.book.batch("add") as batch:
        batch.add_many("contact", [{"name": f"見本 {n}"} for n in range(120)])
    sheet.workbook.refresh()
    assert (len(names(sheet)), sheet.state["total"]) == (50, 120)
    ask(sheet, "show", first=100)
    assert (len(names(sheet)), sheet.state["first"]) == (20, 100)
    ask(sheet, "show", first=5000)
    assert (len(names(sheet)), sheet.state["first"]) == (20, 100)
    assert not ask(sheet, "show", first=-1)["ok"]


def test_a_card_tells_since_when_and_when_last(open_in: Open) -> None:
    sheet = People(open_in("04-contacts", "en"))
    today = sheet.workbook.today
    friend = sheet.book.add("contact", name="Friend")
    id = sheet.book.add(
        "contact", name="Kakuu", met_on=str(today - timedelta(days=100)), through_id=friend
    )
    sheet.book.add("encounter", contact_id=id, on=str(today))
    sheet.book.add("encounter", contact_id=id, on=str(today + timedelta(days=3)))
    ask(sheet, "choose", id=id)
    card = sheet.state["card"]
    assert card["last"] == "today" and card["known_for"] == "Known for 3 months"
    assert sheet.state["names"] == {friend: "Friend"}
    ask(sheet, "choose", id="")
    assert sheet.state["card"] is None


def test_every_column_of_the_card_can_be_written_and_no_other(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子")
    ask(sheet, "choose", id=id)
    values = {"closeness": "close", "ahead": "steps", "afternoon": "gladly", "circles": ["例の会"]}
    assert ask(sheet, "write", table="contact", id=id, version=1, values=values)["ok"]
    assert sheet.state["card"] | values == sheet.state["card"]
    assert set(CARD) <= sheet.state["card"].keys()
    for column in ("focus", "trashed_on", "source", "own_idea", "comfort", "respect"):
        sent = ask(sheet, "write", table="contact", id=id, version=2, values={column: ""})
        assert not sent["ok"]


def test_who_goes_into_the_bin_can_come_back(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子")
    ask(sheet, "choose", id=id)
    ask(sheet, "drop", table="contact", id=id)
    assert (sheet.state["card"], names(sheet)) == (None, [])
    assert sheet.state["bin"] == [{"id": id, "name": "架空 花子"}]
    ask(sheet, "restore", id=id)
    assert sheet.state["card"]["id"] == id
    assert names(sheet) == ["架空 花子"] and sheet.state["bin"] == []


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_who_is_forgotten_is_gone_and_it_is_told_what_went(open_in: Open, language: str) -> None:
    sheet = People(open_in("04-contacts", language))
    id = sheet.book.add("contact", name="架空 花子")
    sheet.book.add("promise", contact_id=id, words="本を送る")
    sheet.book.add("step", contact_id=id, words="電話する")
    sheet.book.add("fact", contact_id=id, words="展示の感想")
    sheet.book.add("goal", wish="架空 花子のような人になる")
    ask(sheet, "choose", id=id)
    ask(sheet, "forget", id=id)
    told = sheet.state["forgotten"]
    assert told["name"] == "架空 花子" and "1" in told["rows"] and told["traces"] >= 2
    assert told["named"]
    assert sheet.words["tables"].keys() >= THEIRS
    assert sheet.workbook.rows("step") == sheet.workbook.rows("fact") == []
    assert sheet.workbook.rows("contact") == [] and sheet.workbook.rows("promise") == []
    ask(sheet, "choose", id="")
    assert sheet.state["forgotten"] is None


def test_months_are_whole_months() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 0
    assert months_between(date(2025, 11, 20), date(2026, 11, 20)) == 12


def test_a_card_tells_what_two_did_for_each_other_and_rates_nobody(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="見本 次郎")
    sheet.book.add("introduction", target_id=id, state="asked")
    sheet.book.add("give", contact_id=id, what="本", state="done", on="2026-01-05")
    ask(sheet, "choose", id=id)
    card = sheet.state["card"]

    assert card["closer"] is None
    assert card["past"][0]["said"] == "渡した「本」"


def test_a_nearer_word_is_offered_with_ones_own_line_and_taken_by_ones_own_press(
    open_in: Open,
) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="見本 次郎", known_as="friend")
    for month in range(3, 9):
        sheet.book.add(
            "encounter", contact_id=id, on=f"2026-{month:02}-10", kind="meal", started_by="them"
        )
    moved = {"direction": "in", "what": "引っ越しの手伝い", "state": "done", "on": "2026-05-02"}
    sheet.book.add("give", contact_id=id, **moved)
    ask(sheet, "choose", id=id)
    closer = sheet.state["card"]["closer"]
    assert closer["closeness"] == "friendly" and sheet.state["card"]["closeness"] == ""
    assert (
        "引っ越しの手伝い" in closer["text"] and "何もしなければ、いまのままです" in closer["text"]
    )

    values = {"closeness": closer["closeness"]}
    assert ask(sheet, "write", table="contact", id=id, version=1, values=values)["ok"]
    assert sheet.state["card"]["closeness"] == "friendly"
    assert sheet.state["card"]["closer"] is None


def test_what_was_once_answered_with_sliders_can_still_be_read(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子", comfort=4, respect=5)
    new = sheet.book.add("contact", name="見本 太郎")
    ask(sheet, "choose", id=id)
    assert sheet.state["card"]["earlier"] == [
        "いっしょにいるときの心地よさ：心地よい",
        "尊敬の気持ち：心から",
    ]
    ask(sheet, "choose", id=new)
    assert sheet.state["card"]["earlier"] == []


def test_what_one_knows_of_somebody_stands_on_their_card_and_opens_a_gift(open_in: Open) -> None:
    sheet = People(open_in("04-contacts", "en"))
    id = sheet.book.add("contact", name="Kakuu")
    ask(sheet, "choose", id=id)
    values = {"contact_id": id, "kind": "product", "words": "small bowls", "source": "seen"}
    assert ask(sheet, "add", table="fact", values=values)["ok"]
    (fact,) = sheet.state["card"]["facts"]
    assert {name: fact[name] for name in values} == values
    assert sheet.book.row("fact", fact["id"])["on"] == str(sheet.workbook.today)
    assert sheet.state["fact_texts"]["kinds"].keys() == {"pleases", *FACTS}
    ((key, _),) = fact["gifts"]
    assert ask(sheet, "plan_for_fact", id=fact["id"], key=key)["ok"]
    (give,) = sheet.workbook.rows("give")
    assert (give["contact_id"], give["fact_id"]) == (id, fact["id"])
    assert sheet.state["card"]["facts"][0]["planned"] == [give["what"]]
    write = {"table": "fact", "id": fact["id"], "version": 1, "values": {"source": "said"}}
    assert ask(sheet, "write", **write)["ok"]
    assert ask(sheet, "drop", table="fact", id=fact["id"])["ok"]
    assert sheet.state["card"]["facts"] == []


def test_on_a_card_with_signs_a_fact_opens_no_gift(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子", signs=["purpose_hidden", "sure_profit"])
    sheet.book.add("fact", contact_id=id, kind="event", words="説明会")
    ask(sheet, "choose", id=id)
    (fact,) = sheet.state["card"]["facts"]
    assert fact["words"] == "説明会" and fact["gifts"] == []


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_how_somebody_likes_to_be_reached_is_on_the_card_and_line_only_in_japan(
    open_in: Open, language: str
) -> None:
    sheet = People(open_in("04-contacts", language))
    id = sheet.book.add("contact", name="架空 花子")
    ask(sheet, "choose", id=id)
    here = {"meet", "phone", "email", "sns", "letter"} | ({"line"} if language == "ja" else set())
    assert set(sheet.state["card"]["channels"]) == here
    change = {"table": "contact", "id": id, "version": 1, "values": {"channel": "line"}}
    assert ask(sheet, "write", **change)["ok"]
    assert "line" in sheet.state["card"]["channels"]  # what is chosen can always be read


def test_the_card_says_in_one_sentence_what_is_written_and_nothing_else(open_in: Open) -> None:
    sheet = People(open_in("04-contacts", "en"))
    bridge = sheet.book.add("contact", name="Owen Clarke")
    id = sheet.book.add("contact", name="Maya Lindqvist")
    ask(sheet, "choose", id=id)
    assert sheet.state["card"]["sentence"] == ""
    known = {"known_as": "friend", "known_since": 2009, "through_id": bridge}
    sheet.book.update("contact", id, last_talk="unsure", **known)
    sheet.workbook.refresh()
    said = "Old friend. Known since 2009. Introduced by Owen Clarke."
    assert sheet.state["card"]["sentence"] == said
