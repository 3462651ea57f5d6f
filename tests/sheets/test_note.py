from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from days import days
from desk import laid
from enishi.book.tables import LINE
from sheets import Open, ask
from widgets.week.note import LAST_SHOWN, NEXT_MOST, TOGETHER_MOST, Note

pytest_plugins = ["server_fixtures", "sheet_fixtures"]


def meeting(**values: Any) -> dict[str, Any]:
    return {"kind": "meal", "on": days(0), "note": "写真の話で笑った"} | values


@pytest.fixture
def note(open_in: Open) -> Note:
    return Note(open_in("05-week"))


@pytest.fixture
def ann(note: Note) -> str:
    return note.book.add("contact", name="架空 花子")


def enter(note: Note, contact_id: str, **values: Any) -> dict[str, Any]:
    return ask(
        note, "enter", **({"contact_ids": [contact_id], "meeting": meeting(), "then": []} | values)
    )


def test_an_empty_log_has_nothing_to_show(note: Note) -> None:
    assert (note.state["last"], note.state["with"]) == ([], None)
    assert note.state["today"] == days(0)


def test_a_meeting_and_the_next_step_and_the_promises_are_one_change(note: Note, ann: str) -> None:
    then = [
        {"words": "近況を聞く", "by": "step", "due": days(14)},
        {"words": "本を送る", "by": "me", "due": days(3)},
        {"words": "店を紹介してくれる", "by": "them", "due": ""},
    ]

    answer = enter(note, ann, then=then)

    assert (answer["ok"], answer["text"]) == (True, "架空 花子さんとのことを書きとめました。")
    (step,) = note.workbook.rows("step", "contact_id", "words", "on")
    assert (step["contact_id"], step["words"], step["on"]) == (ann, "近況を聞く", days(14))
    promised = note.workbook.rows("promise", "by", "words", "due", "said_on", "state")
    assert [list(row.values())[1:] for row in promised] == [
        ["me", "本を送る", days(3), days(0), "open"],
        ["them", "店を紹介してくれる", "", days(0), "open"],
    ]
    note.book.undo()
    assert note.book.frame("encounter").empty
    assert note.book.frame("promise").empty
    assert note.book.frame("step").empty


def test_the_last_entries_are_shown_the_newest_first(note: Note, ann: str) -> None:
    for step in range(-LAST_SHOWN - 1, 1):
        enter(note, ann, meeting=meeting(on=days(step)))

    shown = [row["on"] for row in note.state["last"]]
    assert shown == [days(step) for step in range(0, -LAST_SHOWN, -1)]
    assert note.state["names"] == {ann: "架空 花子"}


def test_todays_meeting_has_its_hour_and_an_earlier_one_has_not(note: Note, ann: str) -> None:
    enter(note, ann)
    enter(note, ann, meeting=meeting(on=days(-1)))

    now, before = note.workbook.rows("encounter", "at")
    assert (bool(now["at"]), before["at"]) == (True, "")


def test_what_is_not_said_is_left_open(note: Note, ann: str) -> None:
    enter(note, ann, meeting={"kind": "met", "on": "", "note": ""})

    (row,) = note.workbook.rows("encounter", "on", "depth", "started_by")
    assert list(row.values())[1:] == [days(0), "", ""]


def test_help_is_entered_as_a_gift_that_came_and_on_the_meeting(note: Note, ann: str) -> None:
    bob = note.book.add("contact", name="見本 太郎")
    enter(note, ann, contact_ids=[ann, bob], received=[{"what": "りんご", "through": bob}])

    (gift,) = note.workbook.rows("give", "contact_id", "direction", "state", "what", "on", "came")
    assert list(gift.values())[1:] == [bob, "in", "done", "りんご", days(0), ""]
    helped = {row["contact_id"]: row["act_in"] for row in note.workbook.rows("encounter")}
    assert helped == {ann: False, bob: True}


def test_news_came_through_somebody_who_need_not_have_been_there(note: Note, ann: str) -> None:
    bob = note.book.add("contact", name="見本 太郎")
    news = {"what": "空き店舗が出る", "came": "news", "through": bob}
    enter(note, ann, received=[news, {"what": "一緒に出店", "came": "idea"}])

    rows = note.workbook.rows("give", "contact_id", "direction", "what", "came")
    assert [list(row.values())[1:] for row in rows] == [
        [bob, "in", "空き店舗が出る", "news"],
        [ann, "in", "一緒に出店", "idea"],
    ]
    (met,) = note.workbook.rows("encounter", "contact_id", "act_in")
    assert (met["contact_id"], met["act_in"]) == (ann, False)


def test_several_people_are_one_entry_and_one_undo(note: Note, ann: str) -> None:
    bob = note.book.add("contact", name="見本 太郎")
    then = [{"words": "本を送る", "by": "me"}, {"words": "会う", "contact_id": bob}]
    answer = enter(note, ann, contact_ids=[ann, bob, ann], then=then)

    assert answer["text"] == "架空 花子さん、見本 太郎さんとのことを書きとめました。"
    met = note.workbook.rows("encounter", "contact_id", "note")
    assert [row["contact_id"] for row in met] == [ann, bob]
    assert {row["note"] for row in met} == {"写真の話で笑った"}
    (promise,), (step,) = note.workbook.rows("promise"), note.workbook.rows("step")
    assert (promise["contact_id"], step["contact_id"]) == (ann, bob)
    note.book.undo()
    assert note.book.frame("encounter").empty and note.book.frame("step").empty


def test_what_was_open_can_be_settled_with_the_meeting(note: Note, ann: str) -> None:
    step = note.book.add("step", contact_id=ann, words="電話する", on=days(0))
    kept = note.book.add("promise", contact_id=ann, words="本を送る")
    note.book.add("promise", contact_id=ann, words="写真を送る")

    about = ask(note, "about", id=ann)
    assert about["steps"] == [{"id": step, "words": "電話する"}]
    assert [row["words"] for row in about["promises"]] == ["本を送る", "写真を送る"]
    enter(note, ann, kept=[kept], steps=[step])

    assert [row["words"] for row in ask(note, "about", id=ann)["promises"]] == ["写真を送る"]
    assert ask(note, "about", id=ann)["steps"] == []
    assert (note.book.row("step", step)["state"], note.book.row("step", step)["closed_on"]) == (
        "done",
        days(0),
    )


def test_a_promise_in_the_line_is_heard_and_not_entered(note: Note) -> None:
    answer = ask(note, "listen", text="楽しかった。今度また食事でも。")
    (heard,) = answer["heard"]
    assert answer["caution"] is None
    touching = ask(note, "listen", text="心療内科に通っているそう")
    assert touching["caution"]["rule"] == "guard_note"

    assert (heard["words"], heard["by"]) == ("今度また食事でも。", "me")
    assert heard["due"] == ""  # no day was named
    assert note.book.frame("promise").empty


def test_the_day_that_a_next_step_names_is_shown_before_it_is_entered(note: Note) -> None:
    assert ask(note, "hear_day", text="明日までに本を送る")["on"] == days(1)
    assert ask(note, "hear_day", text="明日香さんに本を送る")["on"] == ""
    assert note.book.frame("step").empty


def test_a_promise_that_is_heard_fits_where_it_is_kept(note: Note) -> None:
    (heard,) = ask(note, "listen", text="今度また食事でも" + "ね" * 400)["heard"]

    assert len(heard["words"]) == LINE


@pytest.mark.parametrize(
    "values",
    [
        {"contact_ids": ["nobody"]},
        {"contact_ids": []},
        {"contact_ids": ["nobody"] * (TOGETHER_MOST + 1)},
        {"meeting": meeting(kind="duel")},
        {"meeting": meeting(on="yesterday")},
        {"meeting": meeting(contact_id="nobody")},
        {"then": [{"words": "x", "by": "everybody"}]},
        {"then": [{"words": "x", "due": "soon"}]},
        {"then": [{"words": "x"}] * (NEXT_MOST + 1)},
        {"received": [{"what": "x", "came": "luck"}]},
        {"received": [{"what": "x", "through": "nobody"}]},
        {"kept": ["nothing"]},
    ],
)
def test_what_does_not_fit_changes_nothing(note: Note, ann: str, values: dict[str, Any]) -> None:
    assert not enter(note, ann, **values)["ok"]

    assert note.book.frame("encounter").empty
    assert note.book.frame("promise").empty


def test_an_entry_can_be_written_anew_and_removed(note: Note, ann: str) -> None:
    enter(note, ann)
    (row,) = note.state["last"]

    change = {"table": "encounter", "id": row["id"], "version": row["version"]}
    written = ask(note, "write", **change, values={"hard": True})
    assert written["ok"]
    assert note.book.row("encounter", row["id"])["hard"]

    assert ask(note, "drop", table="encounter", id=row["id"])["ok"]
    assert note.state["last"] == []


def test_nobody_elses_columns_are_written_here(note: Note, ann: str) -> None:
    enter(note, ann)
    (row,) = note.state["last"]

    assert not ask(
        note, "write", table="encounter", id=row["id"], version=1, values={"contact_id": "other"}
    )["ok"]
    assert not ask(note, "write", table="contact", id=ann, version=1, values={"name": "x"})["ok"]
    assert not ask(note, "drop", table="contact", id=ann)["ok"]


def test_two_people_and_what_came_are_sent_as_one_message(note: Note, chromium: Browser) -> None:
    words = note.words
    traits = {"state": note.state, "words": words, "position": note.position}
    with laid(chromium, note._esm, traits) as desk:
        for n, (id, name) in enumerate((("ann", "架空 花子"), ("ben", "見本 太郎"))):
            who = desk.page.locator('[data-focus="who"]')
            who.fill(name)
            desk.sent(1 + 2 * n)
            desk.answer(1 + 2 * n, found=[{"id": id, "name": name, "note": ""}])
            who.press("Enter")
            about = desk.sent(2 + 2 * n)[-1]
            assert (about["do"], about["id"]) == ("about", id)
            desk.answer(
                2 + 2 * n, steps=[], promises=[{"id": f"p-{id}", "words": "本", "by": "me"}]
            )
        expect(desk.page.locator(".met li")).to_have_count(2)
        desk.field(words["mine_was"].format(words="本")).last.check()
        desk.page.locator("summary", has_text=words["more"]).click()
        desk.field(words["cames"]["news"]).check()
        desk.field(words["came_what"]).fill("空き店舗が出る")
        desk.page.get_by_role("button", name=words["save"], exact=True).click()
        sent = desk.sent(5)[-1]

    assert (sent["do"], sent["contact_ids"], sent["kept"]) == ("enter", ["ann", "ben"], ["p-ben"])
    assert sent["received"] == [{"what": "空き店舗が出る", "came": "news", "through": ""}]
