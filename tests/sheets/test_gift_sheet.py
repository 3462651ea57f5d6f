"""A gift goes all the way: from what is known of somebody to what it did for them."""

from __future__ import annotations

from typing import Any

import pytest

from days import days
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets import Draft, Gift, MyWeek

pytest_plugins = ["sheet_fixtures"]

SIGNS = ["purpose_hidden", "sure_profit"]


def one(sheet: Gift, **values: Any) -> str:
    id = sheet.book.add("contact", name="架空 花子", **({"focus": True} | values))
    sheet.workbook.refresh()
    return id


def noted(sheet: Gift, id: str, words: str, kind: str = "", source: str = "said") -> dict[str, Any]:
    """Write a fact down with the page's own line, and return it as the sheet shows it."""
    values = {"contact_id": id, "kind": kind, "words": words, "source": source}
    assert ask(sheet, "add", table="fact", values=values)["ok"]
    (person,) = [person for person in sheet.state["people"] if person["id"] == id]
    fact: dict[str, Any] = person["facts"][-1]
    return fact


def planned(sheet: Gift, id: str, what: str, **more: Any) -> dict[str, Any]:
    assert ask(sheet, "plan", contact_id=id, what=what, **more)["ok"]
    (give,) = [give for give in sheet.state["planned"] if give["what"] == what]
    found: dict[str, Any] = give
    return found


# -- the people ---------------------------------------------------------------------------------


def test_without_anybody_in_focus_somebody_can_be_chosen(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    assert sheet.state["people"] == []
    id = one(sheet, focus=False)
    assert sheet.state["people"] == []
    assert ask(sheet, "choose", id=id)["ok"]
    assert [person["id"] for person in sheet.state["people"]] == [id]


def test_people_in_focus_come_before_those_chosen(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    other = one(sheet, focus=False)
    ask(sheet, "choose", id=other)
    focused = one(sheet)
    ask(sheet, "choose", id=focused)
    assert [person["id"] for person in sheet.state["people"]] == [focused, other]


def test_another_sheet_can_ask_for_somebody(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet, focus=False)
    sheet.workbook.requests["gift"] = id
    sheet.workbook.refresh()
    assert [person["id"] for person in sheet.state["people"]] == [id]


# -- what is known of somebody ------------------------------------------------------------------


def test_a_fact_is_written_in_one_line_changed_and_removed(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    fact = noted(sheet, id, "窯を探している", "looking_for")
    assert (fact["kind"], fact["words"], fact["source"]) == (
        "looking_for",
        "窯を探している",
        "said",
    )
    assert sheet.book.row("fact", fact["id"])["on"] == days(0)
    write = {"table": "fact", "id": fact["id"], "version": 1}
    assert ask(sheet, "write", **write, values={"words": "電気窯", "source": "guess"})["ok"]
    (fact,) = sheet.state["people"][0]["facts"]
    assert (fact["words"], fact["source"]) == ("電気窯", "guess")
    assert ask(sheet, "drop", table="fact", id=fact["id"])["ok"]
    assert sheet.state["people"][0]["facts"] == []


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_a_fact_opens_a_gift_that_quotes_it_and_can_be_reworded(
    open_in: Open, language: str
) -> None:
    sheet = Gift(open_in("04-contacts", language))
    fact = noted(sheet, one(sheet), "Cafés for a Rainy Day", "book")
    ((key, text),) = fact["gifts"]
    answer = ask(sheet, "plan_for_fact", id=fact["id"], key=key)
    (give,) = sheet.state["planned"]
    assert answer["ok"] and answer["focus"] == f"{give['id']}.what"
    quoted = {"ja": "「Cafés for a Rainy Day」", "en": "“Cafés for a Rainy Day”"}[language]
    assert text in give["what"] and give["what"].endswith(quoted)
    row = sheet.book.row("give", give["id"])
    assert (row["fact_id"], row["state"], row["way"]) == (fact["id"], "planned", "try")
    write = {"table": "give", "id": give["id"], "version": 1}
    assert ask(sheet, "write", **write, values={"what": "日曜に読んで、葉書を書く"})["ok"]
    assert sheet.state["planned"][0]["what"] == "日曜に読んで、葉書を書く"
    assert sheet.state["planned"][0]["fact"] == "Cafés for a Rainy Day"


def test_a_fact_says_what_is_planned_for_it_and_pressing_twice_plans_it_once(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    fact = noted(sheet, one(sheet), "春の写真展", "event")
    (go, _), (help, _) = fact["gifts"]
    first, second = (ask(sheet, "plan_for_fact", id=fact["id"], key=go) for _ in range(2))
    assert first["ok"] and first["focus"] == second["focus"]
    (give,) = sheet.state["planned"]
    (fact,) = sheet.state["people"][0]["facts"]
    assert fact["planned"] == [give["what"]]
    assert [key for key, _ in fact["gifts"]] == [help]


def test_a_fact_too_long_for_a_gift_is_quoted_as_far_as_it_fits(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    words = "山の話。" * 100
    fact = noted(sheet, one(sheet), words, "loves")
    assert ask(sheet, "plan_for_fact", id=fact["id"], key="loves.1")["ok"]
    (give,) = sheet.state["planned"]
    assert len(give["what"]) <= 300 and give["what"].endswith("…」")
    assert give["fact"] == words


def test_a_removed_fact_leaves_the_gift_planned_for_it(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    fact = noted(sheet, one(sheet), "春の写真展", "event")
    ask(sheet, "plan_for_fact", id=fact["id"], key="event.1")
    assert ask(sheet, "drop", table="fact", id=fact["id"])["ok"]
    (give,) = sheet.state["planned"]
    assert "春の写真展" in give["what"] and give["fact"] == ""


def test_a_rule_switched_off_opens_no_gift_from_a_fact(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    fact = noted(sheet, one(sheet), "春の写真展", "event")
    assert "春の写真展" in fact["reason"]["why"]
    assert ask(sheet, "silence", rule=fact["reason"]["rule"])["ok"]
    (fact,) = sheet.state["people"][0]["facts"]
    assert fact["gifts"] == [] and fact["words"] == "春の写真展"


# -- one's own idea, and examples ---------------------------------------------------------------


def test_ones_own_idea_is_planned_by_one_line_alone(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    give = planned(sheet, id, "本を貸す", on=days(4))
    assert give["name"] == "架空 花子" and give["day"]
    row = sheet.book.row("give", give["id"])
    assert (row["direction"], row["on"], row["wanted"], row["size"]) == ("out", days(4), "", "")


def test_the_three_questions_stand_behind_a_planned_gift_and_block_nothing(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    give = planned(sheet, one(sheet), "引っ越しを一日手伝う")
    write = {"table": "give", "id": give["id"], "version": 1}
    assert ask(sheet, "write", **write, values={"no_strings": "no"})["ok"]
    assert sheet.state["planned"][0]["no_strings"] == "no"
    assert [doubt["rule"] for doubt in sheet.state["doubts"]["no_strings"]] == ["give_strings"]
    assert ask(sheet, "hand_over", id=give["id"], version=2)["ok"]


def test_before_a_large_gift_one_is_asked_whether_one_would_be_glad_anyway(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    assert planned(sheet, id, "屋根を直す", size="large")["large"]
    assert not planned(sheet, id, "本を貸す")["large"]


def test_small_gifts_come_with_their_reason_and_without_ones_own_idea(open_in: Open) -> None:
    for language in ("ja", "en"):
        sheet = Gift(open_in("04-contacts", language))
        if not sheet.state["people"]:
            planned(sheet, one(sheet, topics=["展示"]), "絵の感想を伝える")
        ideas = sheet.state["people"][0]["ideas"]
        assert ideas and all(idea["what"] and idea["why"] for idea in ideas)
        assert "絵の感想を伝える" not in [idea["what"] for idea in ideas]


def test_a_need_is_met_with_a_strength(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts", "en"))
    one(sheet, needs=["確定申告"])
    strength = sheet.book.add("strength", name="確定申告", good_at=5, level=3)
    sheet.book.add("offer", give="teach", size="small", what="確定申告の表を見せる", minutes=5)
    sheet.book.add("evidence", strength_id=strength, grade="words", what="助かったと言われた")
    sheet.workbook.refresh()
    ideas = sheet.state["people"][0]["ideas"]
    assert "確定申告の表を見せる" in [idea["what"] for idea in ideas]
    assert "確定申告" in ideas[0]["why"]


def test_an_idea_of_the_catalogue_is_planned_as_it_was_shown(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    idea = dict(sheet.state["people"][0]["ideas"][0])
    del idea["why"], idea["reason"], idea["match"]
    assert ask(sheet, "plan", contact_id=id, **idea)["ok"]
    row = sheet.workbook.rows("give")[0]
    assert (row["what"], row["way"], row["size"], row["direction"]) == (
        idea["what"],
        idea["way"],
        idea["size"],
        "out",
    )


@pytest.mark.parametrize(
    ("columns", "excluded"),
    [
        ({"comfort": 1}, "distance"),
        ({"afternoon": "rather_not"}, "held"),
        ({"do_not_contact": True}, "held"),
        ({"signs": SIGNS}, "signs"),
    ],
)
def test_where_nothing_is_suggested_ones_own_idea_can_still_be_planned(
    open_in: Open, columns: dict[str, Any], excluded: str
) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet, focus=False, **columns)
    ask(sheet, "choose", id=id)
    fact = noted(sheet, id, "春の写真展", "event")
    (person,) = sheet.state["people"]
    assert person["excluded"] == excluded and person["ideas"] == [] == fact["gifts"]
    assert excluded in sheet.words["excluded"]
    assert not ask(sheet, "plan_for_fact", id=fact["id"], key="event.1")["ok"]
    assert planned(sheet, id, "返すと言った傘を返す")["name"] == "架空 花子"


def test_somebody_with_signs_stands_only_among_ones_own_plans(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet, signs=SIGNS)
    sheet.book.add("give", contact_id=id, what="傘を返す")
    past = {"contact_id": id, "state": "done"}
    sheet.book.add("give", **past, what="本", on=days(-9))
    sheet.book.add("give", **past, what="絵", on=days(-9), effect="喜んでいた")
    sheet.workbook.refresh()
    assert sheet.state["people"] == [] == sheet.state["asks"] == sheet.state["gladdened"]
    (give,) = sheet.state["planned"]
    assert give["what"] == "傘を返す" and not give["letter"]
    assert not ask(sheet, "letter", id=give["id"])["ok"]


def test_somebody_imported_gets_examples_once_something_is_written(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet, focus=False, source="linkedin")
    ask(sheet, "choose", id=id)
    assert sheet.state["people"][0]["ideas"] == []
    noted(sheet, id, "登山", "loves")
    assert sheet.state["people"][0]["ideas"]


# -- an idea of an older book -------------------------------------------------------------------


def test_an_earlier_idea_becomes_a_planned_gift(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet, own_idea="写真の整理を手伝う。\n夏の分から。")
    assert sheet.state["people"][0]["own_idea"] == "写真の整理を手伝う。\n夏の分から。"
    assert ask(sheet, "plan_earlier", contact_id=id)["ok"]
    (give,) = sheet.state["planned"]
    assert give["what"] == "写真の整理を手伝う。 夏の分から。"
    assert sheet.state["people"][0]["own_idea"] == ""


def test_an_earlier_idea_can_be_let_go(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet, own_idea="写真の整理を手伝う。")
    assert ask(sheet, "leave_earlier", contact_id=id)["ok"]
    assert sheet.state["people"][0]["own_idea"] == "" and not sheet.state["planned"]


def test_an_earlier_idea_that_is_too_long_loses_no_word(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    text = "写真の整理を手伝う。" * 40
    id = one(sheet, own_idea=text)
    assert ask(sheet, "plan_earlier", contact_id=id)["ok"]
    (give,) = sheet.state["planned"]
    assert len(give["what"]) == 300 and give["what"].endswith("…")
    assert sheet.state["people"][0]["own_idea"] == text


# -- the letter, the day, and what it did -------------------------------------------------------


def test_write_opens_the_letter_of_this_gift_and_again_the_same(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    draft = Draft(sheet.workbook)
    id = one(sheet)
    fact = noted(sheet, id, "雨の日の喫茶店", "book")
    ask(sheet, "plan_for_fact", id=fact["id"], key="book.1")
    other = planned(sheet, id, "本を貸す")
    (give,) = [give for give in sheet.state["planned"] if give["id"] != other["id"]]
    assert ask(sheet, "letter", id=give["id"])["ok"]
    opened = draft.state["open"]
    assert (opened["contact_id"], opened["give_id"], opened["kind"]) == (
        id,
        give["id"],
        "impression",
    )
    ask(draft, "shape", id=opened["id"], kind="wishes")
    ask(sheet, "letter", id=other["id"])
    assert draft.state["open"]["give_id"] == other["id"]
    ask(sheet, "letter", id=give["id"])
    assert draft.state["open"]["id"] == opened["id"]
    assert len(sheet.workbook.rows("message")) == 2


def test_the_letter_that_is_sent_marks_its_gift_as_given(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    draft = Draft(sheet.workbook)
    give = planned(sheet, one(sheet), "本の感想を送る")
    ask(sheet, "letter", id=give["id"])
    assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    assert sheet.state["planned"] == []
    assert sheet.state["given"][0]["on"] == days(0)


def test_a_gift_is_given_today_whatever_day_was_planned(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    give = planned(sheet, one(sheet), "本を貸す", on=days(4))
    assert ask(sheet, "hand_over", id=give["id"], version=give["version"])["ok"]
    assert sheet.state["planned"] == sheet.state["asks"] == []
    assert sheet.state["given"][0]["on"] == days(0)


def test_a_week_later_one_is_asked_once_what_it_did(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    for what in ("本を貸す", "写真を渡す"):
        give = planned(sheet, id, what)
        ask(sheet, "hand_over", id=give["id"], version=give["version"])
    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "6")
    sheet.workbook.refresh()
    assert sheet.state["asks"] == []
    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "7")
    sheet.workbook.refresh()
    book, photo = sheet.state["asks"]
    assert ask(sheet, "tell_effect", id=book["id"], effect="「一晩で読んだ」と返事があった")["ok"]
    assert ask(sheet, "tell_effect", id=photo["id"])["ok"]
    assert sheet.state["asks"] == []
    assert [(give["what"], give["effect"]) for give in sheet.state["gladdened"]] == [
        ("本を貸す", "「一晩で読んだ」と返事があった")
    ]
    answered = [sheet.book.row("give", give["id"])["effect_asked_on"] for give in (book, photo)]
    assert answered == [str(sheet.workbook.today)] * 2


def test_what_is_let_go_is_not_shown_and_what_others_gave_neither(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    sheet.book.add("give", contact_id=id, what="a", state="let_go")
    sheet.book.add("give", contact_id=id, what="b", state="done", direction="in")
    sheet.workbook.refresh()
    assert sheet.state["planned"] == sheet.state["given"] == []


def test_whom_a_gift_is_for_cannot_be_changed_afterwards(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    give = planned(sheet, one(sheet), "本を貸す")
    write = {"table": "give", "id": give["id"], "version": 1}
    assert not ask(sheet, "write", **write, values={"contact_id": ""})["ok"]
    assert not ask(sheet, "add", table="give", values={})["ok"]


# -- what gladdened leads ------------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_what_gladdened_leads_the_next_gift_and_the_week(
    open_in: Open, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """A gift is given, its effect is asked a week later, and months later it leads."""
    workbook = open_in("04-contacts", language)
    sheet = Gift(workbook)
    id = one(sheet, known_as="friend")
    gift = planned(sheet, id, "本の題を送る")
    assert ask(sheet, "hand_over", id=gift["id"], version=gift["version"])["ok"]
    assert all(idea["reason"] is None for idea in sheet.state["people"][0]["ideas"])

    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "8")
    workbook.refresh()
    assert [give["id"] for give in sheet.state["asks"]] == [gift["id"]]
    assert ask(sheet, "tell_effect", id=gift["id"], effect="図書館で三冊借りたそう")["ok"]
    first = sheet.state["people"][0]["ideas"][0]
    assert "本の題を送る" in first["what"] and first["minutes"] is None
    assert "図書館で三冊借りたそう" in first["why"] == first["reason"]["why"]

    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "60")
    for day in (-60, 10):
        sheet.book.add("encounter", contact_id=id, kind="meal", on=days(day))
    week = MyWeek(open_in("05-week", language))
    (suggestion,) = week.state["suggestions"]
    assert "本の題を送る" in suggestion["ready"]
    assert "図書館で三冊借りたそう" in suggestion["because"]["why"]
    assert ask(week, "silence", rule="gift_gladdened")["ok"]
    assert all(one["because"] is None for one in week.state["suggestions"])


def test_taking_what_gladdened_plans_it_with_words_to_change(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts"))
    id = one(sheet)
    given = {"direction": "out", "state": "done", "what": "写真を送る", "effect": "飾ってあった"}
    sheet.book.add("give", contact_id=id, on=days(-20), **given)
    sheet.workbook.refresh()
    idea = sheet.state["people"][0]["ideas"][0]
    gift = {name: idea[name] for name in ("what", "way", "size", "minutes", "strength_id")}
    assert ask(sheet, "plan", contact_id=id, **gift)["ok"]

    assert sheet.state["planned"][0]["what"] == "「写真を送る」のようなことを、もう一度"
    assert all(one["reason"] is None for one in sheet.state["people"][0]["ideas"])


# -- phrases of which it is unsure whether they belong together -----------------------------------


def asked_about(sheet: Gift) -> Any:
    [person] = sheet.state["people"]
    return person["pair"]


@pytest.mark.parametrize("verdict, fits", [("together", True), ("apart", False)])
def test_an_unsure_match_is_a_question_once_and_the_answer_decides(
    open_in: Open, verdict: str, fits: bool
) -> None:
    sheet = Gift(open_in("04-contacts", "en"))
    id = one(sheet)
    sheet.book.add("strength", name="garden parties")
    noted(sheet, id, "the garden is a jungle", kind="loves")
    pair = asked_about(sheet)
    assert pair == {"one": "garden parties", "other": "the garden is a jungle"}
    before = sheet.state["people"][0]["ideas"]
    assert "garden parties" not in str(before), "nothing is suggested on an unsure match"
    assert ask(sheet, "judge_pair", **pair, verdict=verdict)["ok"]
    assert asked_about(sheet) is None
    assert ("garden parties" in str(sheet.state["people"][0]["ideas"])) == fits
    again = Gift(open_in("04-contacts", "en"))
    assert asked_about(again) is None


def test_nobody_is_asked_about_a_guess_nor_about_somebody_who_solicits(open_in: Open) -> None:
    sheet = Gift(open_in("04-contacts", "en"))
    id = one(sheet)
    sheet.book.add("strength", name="garden parties")
    noted(sheet, id, "the garden is a jungle", kind="loves", source="guess")
    assert asked_about(sheet) is None
    noted(sheet, id, "the garden is a jungle", kind="loves")
    assert asked_about(sheet)
    sheet.book.update("contact", id, signs=SIGNS)
    sheet.workbook.refresh()
    assert all(person["pair"] is None for person in sheet.state["people"])
