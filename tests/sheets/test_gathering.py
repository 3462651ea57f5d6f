from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser

from days import days
from desk import laid
from languages import FIRST_JAPANESE
from sheets import Open, ask
from widgets.week.gathering import AHEAD, Gathering
from widgets.week.my_week import MyWeek

pytest_plugins = ["server_fixtures", "sheet_fixtures"]


@pytest.fixture
def event(open_in: Open) -> Gathering:
    return Gathering(open_in("05-week"))


@pytest.fixture
def quiet(event: Gathering) -> str:
    """A place with a next date."""
    id = event.book.add("place", name="もくもく会（例）", next_on=days(6), kind="hobby")
    event.workbook.refresh()
    return id


def planned(event: Gathering, **values: Any) -> str:
    id = event.book.add("event", name="例の会", on=days(-1), **values)
    event.workbook.refresh()
    return id


def write(event: Gathering, **values: Any) -> dict[str, Any]:
    row = event.state["event"]
    return ask(event, "write", table="event", id=row["id"], version=row["version"], values=values)


def test_an_empty_book_invites_to_write_a_gathering_down(event: Gathering) -> None:
    assert event.state["ahead"] == event.state["past"] == []
    assert event.state["event"] is None


def test_a_place_with_a_date_is_a_gathering_to_prepare_for_and_nothing_is_made_by_looking(
    event: Gathering, quiet: str
) -> None:
    (ahead,) = event.state["ahead"]

    assert (ahead["id"], ahead["name"], ahead["day"]) == (quiet, "もくもく会（例）", "6日後")
    assert event.state["event"]["kind"] == "hobby"
    assert event.state["event"]["version"] == 0
    assert event.workbook.rows("event") == []


def test_the_first_answer_makes_the_event_of_its_place(event: Gathering, quiet: str) -> None:
    assert write(event, pressure=8)["ok"]

    (row,) = event.workbook.rows("event", "place_id", "name", "on", "kind", "pressure")
    assert (row["place_id"], row["name"], row["on"]) == (quiet, "もくもく会（例）", days(6))
    assert (row["kind"], row["pressure"]) == ("hobby", 8)
    assert [choice["id"] for choice in event.state["ahead"]] == [row["id"]]


def test_a_heavy_heart_makes_the_evening_one_friendly_talk(event: Gathering, quiet: str) -> None:
    assert event.state["talks"] == 2
    write(event, pressure=9)

    assert event.state["talks"] == 1
    assert event.state["talks_said"] == "今回は、ひとりと楽しく話せたら十分です。"
    assert "ひとりと話せたら、帰ってよい。" in event.state["ritual"]


def test_why_to_go_is_said_with_its_reason_and_what_to_do(event: Gathering, quiet: str) -> None:
    write(event, bring="菓子")

    (bring,) = event.state["why"]
    assert bring["rule"] == "event_bring"
    assert "菓子" in bring["why"] and bring["act"] and bring["advice"]


def test_a_rule_that_is_switched_off_no_longer_speaks(event: Gathering, quiet: str) -> None:
    (nothing,) = event.state["why_not"]
    ask(event, "silence", rule=nothing["rule"])

    assert event.state["why_not"] == []


def test_the_signs_of_recruiting_are_those_of_the_place(event: Gathering, quiet: str) -> None:
    place = event.state["place"]
    values = {"signs": ["pay_first"]}
    ask(event, "write", table="place", id=quiet, version=place["version"], values=values)

    assert event.state["place"]["result"] == "stop"
    assert "188" in event.state["place"]["caution"]["act"]
    assert "signs_stop" in [reason["rule"] for reason in event.state["why_not"]]


def test_with_its_day_an_event_moves_the_next_date_of_its_place(
    event: Gathering, quiet: str
) -> None:
    write(event, on=days(9))
    assert event.book.row("place", quiet)["next_on"] == days(9)
    write(event, on=days(10))

    assert event.book.row("place", quiet)["next_on"] == days(10)
    event.book.undo()
    assert event.book.row("place", quiet)["next_on"] == days(9)
    assert event.workbook.rows("event", "on")[0]["on"] == days(9)


def test_a_new_gathering_and_its_place_are_one_change(event: Gathering) -> None:
    answer = ask(event, "begin", name="商店街の朝そうじ（例）", on=days(3))

    assert answer["ok"] and event.state["event"]["name"] == "商店街の朝そうじ（例）"
    assert event.state["event"]["version"] == 1
    event.book.undo()
    assert event.workbook.rows("event") == event.workbook.rows("place") == []


def test_another_event_can_be_turned_to(event: Gathering, quiet: str) -> None:
    other = event.book.add("event", name="来月の会（例）", on=days(20))
    ask(event, "choose", id=other)

    assert event.state["event"]["id"] == other


def keep(event: Gathering, id: str, *met: dict[str, Any], **more: Any) -> dict[str, Any]:
    return ask(event, "keep", id=id, on=days(-1), met=list(met), **more)


def test_three_names_with_a_promise_each_are_kept_as_one(event: Gathering) -> None:
    id = planned(event, guess="crowd")
    people = [event.book.add("contact", name=f"架空 {name}") for name in "一二三"]
    promise = [{"words": "本の名前を送る", "by": "me", "due": days(3)}]
    met = [{"contact_id": one, "note": "植物の話", "then": promise} for one in people]

    assert keep(event, id, *met, guess_was="partly", note="よい席だった")["ok"]

    row = event.book.row("event", id)
    assert (row["done"], row["guess_was"], row["note"]) == (True, "partly", "よい席だった")
    assert len(event.workbook.rows("encounter")) == len(event.workbook.rows("promise")) == 3
    assert event.state["met"] == "架空 一さん、架空 二さん、架空 三さん"
    assert (event.state["answered"], event.state["waiting"], event.state["room"]) == ("", "", 0)
    event.book.undo()
    event.workbook.refresh()
    assert event.workbook.rows("encounter") == event.workbook.rows("promise") == []
    assert not event.book.row("event", id)["done"]


def test_who_waits_for_a_next_step_is_named(event: Gathering) -> None:
    id = planned(event)
    keep(event, id, {"contact_id": event.book.add("contact", name="架空 花子")})

    assert event.state["waiting"] == "架空 花子さん"


def test_an_evening_with_no_name_is_kept_too(event: Gathering) -> None:
    id = planned(event)

    assert keep(event, id, note="少し話せた")["ok"]
    assert event.state["event"]["done"] and event.state["met"] == ""


def test_four_names_are_one_too_many(event: Gathering) -> None:
    id = planned(event)
    people = [event.book.add("contact", name=f"架空 {name}") for name in "一二三四"]

    assert not keep(event, id, *({"contact_id": one} for one in people))["ok"]
    assert event.workbook.rows("encounter") == []


def test_an_event_that_is_not_shown_cannot_be_kept(event: Gathering, quiet: str) -> None:
    other = event.book.add("event", name="ほか（例）", on=days(20))

    assert not keep(event, other)["ok"]
    assert not event.book.row("event", other)["done"]


def test_a_place_that_was_visited_becomes_an_event_when_it_is_told_of(
    event: Gathering, quiet: str
) -> None:
    event.book.update("place", quiet, next_on=days(0))
    event.workbook.refresh()
    assert keep(event, event.state["event"]["id"], note="行ってみた")["ok"]

    (row,) = event.workbook.rows("event", "place_id", "done", "on")
    assert (row["place_id"], row["done"], row["on"]) == (quiet, True, days(-1))


def test_the_gathering_chosen_stays_chosen_whatever_is_written_there(event: Gathering) -> None:
    """Two people's evenings: the second is chosen, its dial is moved, then its day and its line."""
    first = event.book.add("place", name="Thursday choir", next_on=days(3), kind="hobby")
    second = event.book.add("place", name="Letterpress open day", next_on=days(9), kind="work")
    event.workbook.refresh()
    ask(event, "choose", id=second)
    assert event.state["event"]["name"] == "Letterpress open day"

    for values in ({"pressure": 7}, {"bring": "my notebook"}, {"on": days(1)}, {"note": "early"}):
        assert write(event, **values)["ok"]
        assert event.state["event"]["place_id"] == second
        assert event.state["chosen"] == event.state["event"]["id"]

    (row,) = event.workbook.rows("event", "place_id", "pressure", "bring", "on", "note")
    assert list(row.values())[1:] == [second, 7, "my notebook", days(1), "early"]
    assert event.book.row("place", first)["next_on"] == days(3)
    for _ in range(4):
        event.book.undo()
        event.workbook.refresh()
        assert event.state["event"]["name"] == "Letterpress open day"
    assert event.workbook.rows("event") == []


def test_the_first_gathering_stays_as_well_when_another_one_comes_before_it(
    event: Gathering, quiet: str
) -> None:
    assert event.state["event"]["place_id"] == quiet
    event.book.add("place", name="Breakfast with the neighbours", next_on=days(1))
    event.workbook.refresh()
    assert event.state["event"]["place_id"] == quiet

    assert write(event, on=days(-60))["ok"]
    assert event.state["event"]["on"] == days(-60)
    assert event.state["chosen"] in [choice["id"] for choice in event.state["ahead"]]


def test_a_line_that_arrives_late_is_written_where_it_was_typed(
    event: Gathering, quiet: str
) -> None:
    other = event.book.add("place", name="Letterpress open day", next_on=days(9), kind="work")
    event.workbook.refresh()
    typed = event.state["event"]["id"]
    ask(event, "choose", id=other)
    values = {"bring": "cake"}
    assert ask(event, "write", table="event", id=typed, version=0, values=values)["ok"]

    (row,) = event.workbook.rows("event", "place_id", "bring")
    assert (row["place_id"], row["bring"]) == (quiet, "cake")
    assert event.state["event"]["place_id"] == other


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_gathering_ahead_cannot_be_told_of_before_its_day(open_in: Open, language: str) -> None:
    event = Gathering(open_in("05-week", language))
    id = event.book.add("event", name="Quiet evening", on=days(5), pressure=3)
    event.workbook.refresh()

    assert not event.state["over"] and not event.state["undated"]  # no button is drawn
    refused = [keep(event, id, note="It was lovely"), ask(event, "been", id=id)]
    said = {"ja": "この集まりは、これからです。", "en": "This gathering is still ahead."}[language]
    assert all(not answer["ok"] and answer["text"].startswith(said) for answer in refused)
    assert not event.book.row("event", id)["done"]

    event.book.update("event", id, on=days(0))
    event.workbook.refresh()
    assert event.state["over"]
    tomorrow = ask(event, "keep", id=id, on=days(1), met=[])
    assert not tomorrow["ok"] and tomorrow["text"].startswith(said)
    assert ask(event, "keep", id=id, on=days(0), met=[])["ok"]


def test_to_have_been_at_a_gathering_without_a_day_is_a_step_that_undo_takes_back(
    event: Gathering,
) -> None:
    assert ask(event, "begin", name="Somebody's birthday")["ok"]
    id = event.state["event"]["id"]
    assert write(event, bring="a cake")["ok"]
    assert event.state["undated"] and not event.state["over"]

    assert ask(event, "been", id=id)["ok"]
    assert event.state["over"] and event.book.row("event", id)["on"] == days(0)
    event.book.undo()
    event.workbook.refresh()
    assert event.state["undated"] and not event.state["over"]
    assert event.book.row("event", id)["bring"] == "a cake"


def test_columns_that_are_not_asked_here_are_refused(event: Gathering, quiet: str) -> None:
    assert not write(event, done=True)["ok"]
    values = {"name": "x"}
    assert not ask(event, "write", table="place", id=quiet, version=1, values=values)["ok"]
    assert event.workbook.rows("event") == []


def test_of_many_places_only_the_next_ones_are_shown(event: Gathering) -> None:
    for step in range(AHEAD + 5):
        event.book.add("place", name=f"会{step}（例）", next_on=days(step + 1))
    event.workbook.refresh()

    assert len(event.state["ahead"]) == AHEAD
    assert event.state["ahead"][0]["name"] == "会0（例）"


def test_it_speaks_english_too(event: Gathering, quiet: str) -> None:
    event.workbook.set_language("en")
    event.workbook.refresh()

    assert event.state["talks_said"] == "This time, two friendly talks are plenty."
    assert event.state["ahead"][0]["day"] == "in 6 days"


def test_a_card_is_turned_by_a_press_and_the_next_one_comes_by_key(
    event: Gathering, quiet: str, chromium: Browser
) -> None:
    traits = {"state": event.state, "words": event.words, "position": event.position}
    first, second = event.state["cards"][:2]
    with laid(chromium, event._esm, traits) as desk:
        desk.page.locator("summary", has_text=event.words["deck"]).click()
        face = desk.page.locator(".face")
        assert first["ask"] in face.inner_text()
        face.click()
        assert first["more"] in face.inner_text()
        face.press("ArrowRight")
        assert second["ask"] in face.inner_text()
        face.press("ArrowLeft")
        assert first["ask"] in face.inner_text()
        assert desk.page.evaluate("model.sent") == []


def test_whom_one_met_is_sent_as_one_message(event: Gathering, chromium: Browser) -> None:
    id = planned(event)
    traits = {"state": event.state, "words": event.words, "position": event.position}
    with laid(chromium, event._esm, traits) as desk:
        who = desk.page.get_by_role("combobox")
        who.fill("花子")
        (find,) = desk.sent(1)
        assert find["text"] == "花子"
        desk.answer(1, found=[{"id": "ann", "name": "架空 花子", "note": ""}])
        who.press("Enter")
        desk.field(event.words["said"]).fill("植物の話")
        desk.field(event.words["then"]).fill("本の名前を送る")
        desk.page.get_by_role("button", name=event.words["keep"]).click()
        hear = desk.sent(2)[1]
        assert (hear["do"], hear["text"]) == ("hear_day", "本の名前を送る")
        desk.answer(2, on="")
        sent = desk.sent(3)[2]

    (met,) = sent["met"]
    assert (sent["do"], sent["id"], met["contact_id"]) == ("keep", id, "ann")
    assert (met["note"], met["then"]) == (
        "植物の話",
        [{"words": "本の名前を送る", "by": "me", "due": ""}],
    )


def test_who_was_just_met_at_a_gathering_is_thanked_and_an_old_friend_is_not(
    event: Gathering, open_in: Open
) -> None:
    id = planned(event)
    new, friend = (event.book.add("contact", name=name) for name in ("例田 新", "髙橋 文"))
    met = [
        {"contact_id": new, "known_as": "just_met"},
        {"contact_id": friend, "known_as": "known"},
    ]
    assert keep(event, id, *met)["ok"]

    assert event.book.row("contact", new)["met_on"] == days(-1)
    assert event.book.row("contact", friend)["met_on"] == ""
    rows = MyWeek(open_in("05-week")).state["suggestions"]
    assert [row["id"] for row in rows] == [new]
    event.book.undo()
    assert event.book.row("contact", new)["known_as"] == ""


def test_by_wednesday_is_shown_as_that_wednesday_before_the_gathering_is_kept(
    event: Gathering,
) -> None:
    on = ask(event, "hear_day", text="水曜までに写真を送る")["on"]

    assert date.fromisoformat(on).weekday() == 2 and days(0) < on <= days(7)
    assert ask(event, "hear_day", text="写真を送る")["on"] == ""
    assert event.book.frame("promise").empty


def test_the_day_that_the_words_name_stands_in_its_field_and_is_sent(
    event: Gathering, chromium: Browser
) -> None:
    planned(event)
    traits = {"state": event.state, "words": event.words, "position": event.position}
    with laid(chromium, event._esm, traits) as desk:
        who = desk.page.get_by_role("combobox")
        who.fill("花子")
        desk.sent(1)
        desk.answer(1, found=[{"id": "ann", "name": "架空 花子", "note": ""}])
        who.press("Enter")
        desk.field(event.words["then"]).fill("水曜までに本の名前を送る")
        desk.field(event.words["then"]).press("Tab")
        desk.sent(2)
        desk.answer(2, on="2040-01-04")
        due = desk.field(event.words["due"])
        assert due.input_value() == "2040-01-04"
        due.fill("2040-01-05")
        desk.page.get_by_role("button", name=event.words["keep"]).click()
        (met,) = desk.sent(3)[2]["met"]

    assert met["then"] == [{"words": "水曜までに本の名前を送る", "by": "me", "due": "2040-01-05"}]
