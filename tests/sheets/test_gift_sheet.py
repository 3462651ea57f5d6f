from __future__ import annotations

from typing import Any

from sheets import Open, ask
from widgets import Gift

pytest_plugins = ["sheet_fixtures"]

YES = {"wanted": "yes", "easy": "yes", "no_strings": "yes"}


def one(sheet: Gift, **values: Any) -> str:
    id = sheet.book.add("contact", name="架空 花子", focus=True, **values)
    sheet.workbook.refresh()
    return id


def test_nobody_in_focus_is_an_invitation(open_in: Open) -> None:
    assert Gift(open_in("04-contacts")).state["people"] == []


def test_small_gifts_come_with_their_reason_and_without_ones_own_idea(open_in: Open) -> None:
    for language in ("ja", "en"):
        sheet = Gift(open_in("04-contacts", language))
        if not sheet.state["people"]:
            one(sheet, own_idea="絵の感想を伝える", topics=["展示"])
        ideas = sheet.state["people"][0]["ideas"]
        assert ideas and all(idea["what"] and idea["why"] for idea in ideas)
        assert "絵の感想を伝える" not in [idea["what"] for idea in ideas]


def test_a_need_is_met_with_a_strength(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts", "en"))
    one(sheet, needs=["確定申告"])
    strength = sheet.book.add("strength", name="確定申告", give="teach", good_at=5, level=3)
    sheet.book.add("offer", give="teach", size="small", what="確定申告の表を見せる", minutes=5)
    sheet.book.add("evidence", strength_id=strength, grade="words", what="助かったと言われた")
    sheet.workbook.refresh()
    ideas = sheet.state["people"][0]["ideas"]
    assert "確定申告の表を見せる" in [idea["what"] for idea in ideas]
    assert "確定申告" in ideas[0]["why"]


def test_for_somebody_one_does_not_feel_well_with_there_are_no_ideas(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    one(sheet, comfort=1)
    (person,) = sheet.state["people"]
    assert person["distant"] and person["ideas"] == []


def test_a_gift_is_planned_after_three_questions_and_marked_as_given(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    assert not ask(sheet, "plan", contact_id=id, what="本を貸す")["ok"]
    assert not ask(sheet, "plan", contact_id=id, what="本を貸す", **(YES | {"easy": "?"}))["ok"]
    answer = ask(sheet, "plan", contact_id=id, what="本を貸す", on="2026-12-03", **YES)
    (give,) = sheet.state["planned"]
    assert answer["focus"] == give["id"] and give["name"] == "架空 花子" and give["day"]
    write = {"table": "give", "id": give["id"]}
    ask(sheet, "write", **write, version=1, values={"state": "done", "on": "2026-11-20"})
    ask(sheet, "write", **write, version=2, values={"effect": "「助かりました」"})
    assert sheet.state["planned"] == []
    assert sheet.state["given"][0]["effect"] == "「助かりました」"


def test_an_idea_of_the_catalogue_is_planned_as_it_was_shown(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    idea = dict(sheet.state["people"][0]["ideas"][0])
    idea.pop("why")
    assert ask(sheet, "plan", contact_id=id, **idea, **YES)["ok"]
    row = sheet.workbook.rows("give")[0]
    assert (row["what"], row["way"], row["size"], row["direction"]) == (
        idea["what"],
        idea["way"],
        idea["size"],
        "out",
    )


def test_what_is_let_go_is_not_shown_and_what_others_gave_neither(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    sheet.book.add("give", contact_id=id, what="a", state="let_go")
    sheet.book.add("give", contact_id=id, what="b", state="done", direction="in")
    sheet.workbook.refresh()
    assert sheet.state["planned"] == sheet.state["given"] == []


def test_whom_a_gift_is_for_cannot_be_changed_afterwards(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    ask(sheet, "plan", contact_id=id, what="本を貸す", **YES)
    give = sheet.state["planned"][0]
    write = {"table": "give", "id": give["id"], "version": 1}
    assert not ask(sheet, "write", **write, values={"contact_id": ""})["ok"]
    assert not ask(sheet, "add", table="give", values={})["ok"]


def test_where_a_kind_word_reaches_somebody_is_said_with_the_gift(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子", focus=True)
    change = {"table": "contact", "id": id, "version": 1, "values": {"channel": "sns"}}
    assert ask(sheet, "write", **change)["ok"]

    assert sheet.state["people"][0]["channel"] == "sns"
    assert set(sheet.state["channels"]) == {"meet", "phone", "email", "line", "sns", "letter"}
