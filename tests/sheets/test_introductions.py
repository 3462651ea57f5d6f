from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from enishi.choices import LETTERS, LEVELS
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets import Draft, Introductions
from widgets.base.message_draft import composed

pytest_plugins = ["sheet_fixtures"]


def trusted(sheet: Introductions, name: str, **more: object) -> str:
    """Write somebody into the book who trusts me."""
    talk = {"kind": "meal", "started_by": "them", "two_way": True}
    talk |= {"disclosed_out": True, "disclosed_in": True}
    with sheet.book.batch("add") as batch:
        id = batch.add("contact", name=name, comfort=5, **more)
        for days in (300, 250, 200, 150, 10):
            on = (sheet.workbook.today - timedelta(days=days)).isoformat()
            batch.add("encounter", contact_id=id, on=on, **talk)
        batch.add("give", contact_id=id, state="done", what="本")
        batch.add("promise", contact_id=id, words="電話します", state="kept")
    return id


def wished(sheet: Introductions, **values: object) -> dict[str, Any]:
    id = ask(sheet, "add", table="introduction", values=values)["focus"]
    return next(one for one in sheet.state["open"] if one["id"] == id)


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_an_empty_book_is_a_calm_state(open_in: Open, language: str) -> None:
    state = Introductions(open_in("04-contacts", language)).state

    assert state["open"] == state["past"] == state["pairs"] == []


def test_a_way_is_told_with_its_reason_and_closeness_in_words_without_a_number(
    open_in: Open,
) -> None:
    sheet = Introductions(open_in("04-contacts"))
    bridge, target = (
        trusted(sheet, "架空 橋子", closeness="close"),
        sheet.book.add("contact", name="見本 的"),
    )
    sheet.book.add("tie", a_id=bridge, b_id=target, state="close")
    (way,) = wished(sheet, target_id=target)["ways"]

    assert way["steps"] == [["架空 橋子", "親しい"], ["見本 的", "親しい"]]
    assert "架空 橋子さんは、見本 的さんを知っています。" in way["why"] and way["act"]
    assert not any(isinstance(value, float) for value in way.values())


def test_with_two_ways_the_longer_one_names_both_in_between(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    bridge = trusted(sheet, "架空 橋子", closeness="companion")
    second = sheet.book.add("contact", name="見本 中")
    target = sheet.book.add("contact", name="見本 的")
    sheet.book.add("tie", a_id=bridge, b_id=second, state="close")
    sheet.book.add("tie", a_id=second, b_id=target, state="acquainted")
    (way,) = wished(sheet, target_id=target)["ways"]

    assert [word for _, word in way["steps"]] == ["仲間", "親しい", "知り合い"]
    assert way["bridge_id"] == bridge


def test_for_a_kind_of_person_those_of_trust_who_may_know_are_named(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    trusted(sheet, "架空 橋子", topics=["お店のサイト"])
    one = wished(sheet, target_words="お店のサイトを手がける人")
    (way,) = one["ways"]

    assert one["reason"] is None and one["letter"] == ""
    assert way["steps"] == [["架空 橋子", ""]] and "お店のサイト" in way["why"]


def test_who_does_not_trust_me_yet_may_be_asked_after_a_kind_word(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    bridge = sheet.book.add("contact", name="見本 新", met_on=sheet.workbook.today.isoformat())
    one = wished(sheet, target_words="編集者", bridge_id=bridge)

    assert [reason["rule"] for reason in one["kindly"]] == ["ask_stage"]
    assert one["reason"]["rule"] == "desk_planned"
    assert one["letter"] == "紹介のお願い"


def test_the_desk_is_walked_from_planned_to_reported_back(open_in: Open) -> None:
    workbook = open_in("04-contacts")
    sheet, draft = Introductions(workbook), Draft(workbook)
    bridge, target = trusted(sheet, "架空 橋子"), sheet.book.add("contact", name="見本 的")
    one = wished(sheet, target_id=target, bridge_id=bridge)
    written = []
    while sheet.state["open"]:
        (one,) = sheet.state["open"]
        if one["letter"] and one["state"] != "bridge_agreed":
            assert ask(sheet, "letter", id=one["id"])["ok"]
            message = draft.state["open"]
            written.append((message["kind"], message["contact_id"] == target))
            assert ask(draft, "sent", id=message["id"])["ok"]
            assert workbook.rows("introduction")[0]["state"] == one["next"]
        else:
            step = {"id": one["id"], "version": one["version"], "state": one["next"]}
            assert ask(sheet, "move", **step)["ok"]
        assert workbook.rows("introduction")[0]["on"] == workbook.today.isoformat()

    assert written == [
        ("ask_introduction", False),
        ("introduced", True),
        ("grateful", False),
        ("report", False),
    ]
    assert [one["state"] for one in sheet.state["past"]] == ["reported"]


def test_while_they_think_it_over_one_waits_without_a_reminder(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    bridge = trusted(sheet, "架空 橋子")
    one = wished(sheet, target_words="編集者", bridge_id=bridge)
    ask(sheet, "move", id=one["id"], version=one["version"], state="asked")

    (one,) = sheet.state["open"]
    assert not one["mine"] and one["reason"] is None and one["since"]


def test_a_step_that_does_not_exist_is_refused(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    one = wished(sheet, target_words="編集者")

    assert not ask(sheet, "move", id=one["id"], version=one["version"], state="won")["ok"]
    assert not ask(sheet, "letter", id=one["id"])["ok"]
    assert not ask(sheet, "forwardable", id=one["id"])["ok"]


def test_the_text_to_forward_goes_along_with_the_request(open_in: Open) -> None:
    workbook = open_in("04-contacts")
    sheet, draft = Introductions(workbook), Draft(workbook)
    bridge = trusted(sheet, "架空 橋子")
    one = wished(
        sheet,
        target_words="編集者",
        bridge_id=bridge,
        to_target="本の作り方を聞きたいです。",
        for_them="展示の写真をお渡しできる",
    )
    assert ask(sheet, "forwardable", id=one["id"])["ok"]
    text = sheet.state["open"][0]["text"]
    assert "本の作り方を聞きたいです。" in text and "そのままでかまいません" in text
    ask(sheet, "letter", id=one["id"])

    written = draft.state["open"]["text"]
    assert "編集者に会ってみたい" in written and written.endswith(text)


def test_two_who_may_meet_are_both_asked_first_and_then_introduced(open_in: Open) -> None:
    workbook = open_in("04-contacts")
    sheet, draft = Introductions(workbook), Draft(workbook)
    a = trusted(sheet, "架空 一", needs=["写真"], focus=True)
    b = trusted(sheet, "架空 二", topics=["写真"], focus=True)
    workbook.refresh()
    (pair,) = sheet.state["pairs"]
    assert {pair["a"], pair["b"]} == {a, b} and "写真" in pair["why"] and not pair["agreed"]
    for one, other in ((a, b), (b, a)):
        assert ask(sheet, "ask_first", a=one, b=other)["ok"]
        assert draft.state["open"]["kind"] == "consent" and "写真" in draft.state["open"]["text"]
        assert "introduce" not in draft.state["open"]["choices"]
        assert not ask(draft, "shape", id=draft.state["open"]["id"], kind="introduce")["ok"]
        ask(draft, "sent", id=draft.state["open"]["id"])
    assert sheet.state["pairs"][0]["says"] == {a: "asked", b: "asked"}
    refused = ask(sheet, "bring_together", a=a, b=b)
    assert not refused["ok"] and "ふたりとも" in refused["text"]
    assert ask(sheet, "says", a=b, b=a, word="yes")["ok"]
    assert not sheet.state["pairs"][0]["agreed"]
    assert ask(sheet, "says", a=a, b=b, word="yes")["ok"]
    assert sheet.state["pairs"][0]["says"] == {a: "yes", b: "yes"}
    assert ask(sheet, "bring_together", a=a, b=b)["ok"]
    assert draft.state["open"]["kind"] == "introduce" and draft.state["open"]["other"]
    ask(draft, "sent", id=draft.state["open"]["id"])

    assert sheet.state["pairs"] == []
    assert [tie["state"] for tie in workbook.rows("tie")] == ["acquainted"]


def test_what_was_let_go_can_be_thought_of_again(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    one = wished(sheet, target_words="編集者")
    ask(sheet, "move", id=one["id"], version=one["version"], state="let_go")
    (past,) = sheet.state["past"]
    assert sheet.state["open"] == []
    ask(sheet, "move", id=past["id"], version=past["version"], state="planned")

    assert sheet.state["open"][0]["id"] == one["id"]
    assert ask(sheet, "drop", table="introduction", id=one["id"])["ok"]
    assert sheet.state["open"] == sheet.state["past"] == []


def test_who_would_rather_not_now_is_left_in_peace_until_one_thinks_of_it_again(
    open_in: Open,
) -> None:
    sheet = Introductions(open_in("04-contacts"))
    a = trusted(sheet, "架空 一", needs=["写真"], focus=True)
    b = trusted(sheet, "架空 二", topics=["写真"], focus=True)
    sheet.workbook.refresh()
    assert ask(sheet, "says", a=a, b=b, word="yes")["ok"]
    assert ask(sheet, "says", a=b, b=a, word="not_now")["ok"]

    assert sheet.state["pairs"] == []
    (no,) = sheet.state["declined"]
    assert sorted(no["two"]) == sorted([a, b])
    assert not ask(sheet, "bring_together", a=a, b=b)["ok"]
    assert ask(sheet, "again", id=no["id"])["ok"]
    assert sheet.state["pairs"][0]["says"] == {a: "", b: ""}
    assert len(sheet.workbook.rows("tie")) == 1


def test_a_pair_that_was_asked_stays_in_sight_before_others(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    people = [trusted(sheet, f"架空 {n}", needs=["写真"], focus=True) for n in range(3)]
    for id in people:
        sheet.book.update("contact", id, topics=["写真"])
    sheet.workbook.refresh()
    shown = [{pair["a"], pair["b"]} for pair in sheet.state["pairs"]]
    hidden = next({x, y} for x in people for y in people if x < y and {x, y} not in shown)
    one, other = sorted(hidden)
    assert ask(sheet, "says", a=one, b=other, word="yes")["ok"]

    assert {sheet.state["pairs"][0]["a"], sheet.state["pairs"][0]["b"]} == hidden


@pytest.mark.parametrize("state", ["asked", "bridge_agreed"])
def test_a_no_of_either_side_is_noted_kindly_and_ends_it(open_in: Open, state: str) -> None:
    sheet = Introductions(open_in("04-contacts"))
    bridge = trusted(sheet, "架空 橋子")
    one = wished(sheet, target_words="編集者", bridge_id=bridge)
    ask(sheet, "move", id=one["id"], version=one["version"], state=state)
    (one,) = sheet.state["open"]
    said = ask(sheet, "move", id=one["id"], version=one["version"], state="let_go")

    assert said["ok"] and "お礼" in said["text"]
    assert sheet.state["open"] == []


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_what_is_told_the_bridge_never_reaches_the_one_to_be_met(
    open_in: Open, language: str
) -> None:
    workbook = open_in("04-contacts", language)
    sheet, draft = Introductions(workbook), Draft(workbook)
    said = {
        "ja": ("髙橋 税子", "確定申告を頼める人がほかにいない。", "写真の仕事をしています。"),
        "en": ("Tomasz Nowak", "Nobody else I know does taxes.", "I photograph small shops."),
    }[language]
    bridge = trusted(sheet, {"ja": "架空 橋子", "en": "Mara Example"}[language])
    target = sheet.book.add("contact", name=said[0])
    one = wished(sheet, target_id=target, bridge_id=bridge, why=said[1], to_target=said[2])
    assert ask(sheet, "forwardable", id=one["id"])["ok"]
    (one,) = sheet.state["open"]
    assert said[2] in one["text"] and said[1] not in one["text"]
    assert ask(sheet, "letter", id=one["id"])["ok"]
    request = draft.state["open"]["text"]
    assert said[1] in request and said[0] in request
    assert request.index(said[1]) < request.index(said[2])

    sheet.book.update("introduction", one["id"], state="target_agreed")
    assert ask(sheet, "letter", id=one["id"])["ok"]
    first = draft.state["open"]
    assert first["kind"] == "introduced"
    assert said[2] in first["text"] and said[1] not in first["text"]


def test_a_known_name_is_filled_in_whatever_the_language_of_the_letter(open_in: Open) -> None:
    workbook = open_in("04-contacts", "en")
    sheet, draft = Introductions(workbook), Draft(workbook)
    bridge = trusted(sheet, "Mara Example")
    target = sheet.book.add("contact", name="髙橋 税子")
    one = wished(sheet, target_id=target, bridge_id=bridge)
    assert ask(sheet, "letter", id=one["id"])["ok"]

    message = draft.state["open"]
    assert message["language"] == "en"
    assert "I would love to meet 髙橋 税子" in message["text"]
    assert "the kind of person" not in message["text"]


def test_a_signature_is_filled_into_the_text_to_forward_as_well(open_in: Open) -> None:
    workbook = open_in("04-contacts", "en")
    sheet, draft = Introductions(workbook), Draft(workbook)
    bridge, target = trusted(sheet, "Mara Example"), sheet.book.add("contact", name="Tomasz Nowak")
    one = wished(sheet, target_id=target, bridge_id=bridge)
    ask(sheet, "forwardable", id=one["id"])
    ask(sheet, "letter", id=one["id"])
    assert ask(draft, "sign", id=draft.state["open"]["id"], me="Robin Sample")["ok"]

    (one,) = sheet.state["open"]
    assert "My name is Robin Sample." in one["text"]
    assert "your name" not in one["text"] + draft.state["open"]["text"]


BRIDGE_READS = ("仕事の始め方を聞いてみたい", "本の感想を、作り手の側から伝えられる")
TARGET_READS = "小さな店のサイトを作っています。最初の見積もりの話を聞きたいです"


@pytest.mark.parametrize("kind", LETTERS)
def test_no_message_mixes_what_the_bridge_reads_with_what_the_target_reads(
    open_in: Open, kind: str
) -> None:
    sheet = Introductions(open_in("04-contacts"))
    bridge, target = trusted(sheet, "架空 橋子"), sheet.book.add("contact", name="見本 的")
    why, for_them = BRIDGE_READS
    id = sheet.book.add(
        "introduction",
        **{"bridge_id": bridge, "target_id": target, "why": why},
        **{"for_them": for_them, "to_target": TARGET_READS},
    )
    sheet.workbook.refresh()
    for level in LEVELS:
        about_it = {"introduction_id": id, "kind": kind, "level": level, "language": "ja"}
        to_bridge = composed(sheet.workbook, {"contact_id": bridge} | about_it).body
        to_target = composed(sheet.workbook, {"contact_id": target} | about_it).body

        if kind in ("forward", "introduced"):
            assert not any(words in to_target for words in BRIDGE_READS), level
            assert TARGET_READS in to_target, level
        else:
            assert TARGET_READS not in to_bridge, level
        if kind == "ask_introduction":
            assert all(words in to_bridge for words in BRIDGE_READS) and "見本" in to_bridge, level


@pytest.mark.parametrize("language", FIRST_ENGLISH)
@pytest.mark.parametrize(
    "kind", ["ask_introduction", "introduced", "report", "consent", "introduce"]
)
def test_whoever_is_named_in_an_introduction_leaves_no_blank(
    open_in: Open, kind: str, language: str
) -> None:
    sheet = Introductions(open_in("04-contacts"))
    bridge, target = trusted(sheet, "架空 橋子"), sheet.book.add("contact", name="Mara Example")
    id = sheet.book.add("introduction", bridge_id=bridge, target_id=target)
    sheet.workbook.refresh()
    to, other = (bridge, target) if kind != "introduced" else (target, bridge)
    row = {"contact_id": to, "kind": kind, "language": language}
    row |= {"other_id": other} if kind in ("consent", "introduce") else {"introduction_id": id}
    for level in LEVELS:
        draft = composed(sheet.workbook, row | {"level": level})

        known = {"target", "them", "bridge", "a", "b", "kind", "to", "name"}
        assert not known & set(draft.blanks), level
        assert ("架空" if kind == "introduced" else "Mara") in draft.body, level
