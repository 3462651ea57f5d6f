"""Before one meets somebody: who is to be met, what is known, what is open, one question."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from days import day_in, days
from enishi.coach.relations.talks import Exchange
from enishi.coach.review.meeting_brief import brief_meeting, meetings_ahead
from enishi.coach.rules.settings import Settings
from frames import Row, frames
from languages import FIRST_ENGLISH
from sheets import Open, ask
from widgets import Before
from widgets.base.explanations import ideas

pytest_plugins = ["sheet_fixtures"]

TODAY = date(2026, 11, 20)
ANN = {"id": "ann", "name": "架空 花子"}
BOB = {"id": "bob", "name": "見本 太郎"}


def ahead(*contacts: Row, **rows: list[Row]) -> list[tuple[str, str, str]]:
    found = meetings_ahead(frames(contact=list(contacts), **rows), TODAY)
    return [(meeting.contact_id, str(meeting.on), meeting.words) for meeting in found]


def test_what_is_entered_for_a_later_day_is_a_meeting_ahead_and_what_was_is_not() -> None:
    entries = [
        {"contact_id": "ann", "on": "2026-11-20", "kind": "met"},
        {"contact_id": "bob", "on": "2026-11-24", "kind": "meal", "note": "昼に駅で"},
        {"contact_id": "bob", "on": "2026-11-22", "kind": "message"},
    ]

    assert ahead(ANN, BOB, encounter=entries) == [("bob", "2026-11-24", "昼に駅で")]


def test_a_step_to_meet_with_its_day_is_one_and_one_person_stands_there_once() -> None:
    step = [{"contact_id": "ann", "words": "駅前でお茶", "on": "2026-11-21"}]
    later = [{"contact_id": "ann", "on": "2026-11-25", "kind": "met"}]

    assert ahead(ANN, step=step, encounter=later) == [("ann", "2026-11-21", "駅前でお茶")]


@pytest.mark.parametrize(
    ("words", "meets"),
    [
        ("駅前でお茶", True),
        ("会って写しを渡す", True),
        ("工房を訪ねる", True),
        ("ランチ、本を返す", True),
        ("小包を送る", False),
        ("手紙を書く", False),
        ("お茶のお礼を書く", False),
        ("食事に誘う", False),
        ("会う日を決める", False),
        ("会議の資料を直す", False),
        ("本を返す", False),
        ("coffee near the station", True),
        ("Lunch with her brother", True),
        ("visit the workshop", True),
        ("see Ben at the library", True),
        ("send the parcel", False),
        ("write a letter", False),
        ("ask about lunch", False),
        ("see the website", False),
        ("meeting notes", False),
        ("letter about our coffee", False),
        ("don’t meet this week", False),
        ("return the book", False),
    ],
)
def test_a_step_is_a_meeting_only_where_its_words_say_so(words: str, meets: bool) -> None:
    step = [{"contact_id": "ann", "words": words, "on": "2026-11-23"}]

    assert bool(ahead(ANN, step=step)) == meets


def test_at_an_event_one_meets_whose_it_is_and_who_lets_one_in() -> None:
    place = [{"id": "p", "name": "もくもく会", "entrance_id": "bob"}]
    event = [{"place_id": "p", "host_id": "ann", "name": "木曜の会", "on": "2026-11-26"}]

    assert ahead(ANN, BOB, place=place, event=event) == [
        ("ann", "2026-11-26", "木曜の会"),
        ("bob", "2026-11-26", "木曜の会"),
    ]
    assert ahead(ANN, event=[event[0] | {"place_id": "", "done": True}]) == []


@pytest.mark.parametrize(
    "more",
    [
        {"do_not_contact": True},
        {"closed": True},
        {"signs": ["pay_first"]},
    ],
)
def test_who_is_left_in_peace_is_not_prepared_for(more: Row) -> None:
    step = [{"contact_id": "ann", "words": "会う", "on": "2026-11-21"}]

    assert ahead(ANN, step=step) and ahead(ANN | more, step=step) == []


@pytest.mark.parametrize(
    "change", [{"on": "2026-12-20"}, {"on": "2026-11-19"}, {"state": "done"}, {"state": "let_go"}]
)
def test_what_is_far_away_or_over_is_not_prepared(change: Row) -> None:
    assert ahead(ANN, step=[{"contact_id": "ann", "words": "会う"} | change]) == []


def test_a_brief_holds_how_we_met_the_last_talk_and_the_promises_of_both() -> None:
    ann = ANN | {
        "how_met": "勉強会で",
        "met_on": "2026-05-01",
        "through_id": "bob",
    }
    entries = [
        {"contact_id": "ann", "on": "2026-06-01", "note": "庭の話"},
        {"contact_id": "ann", "on": "2026-10-01", "note": "展示の話"},
        {"contact_id": "ann", "on": "2026-10-05", "note": ""},
        {"contact_id": "ann", "on": "2026-11-02", "kind": "letter", "note": "庭の便り"},
        {"contact_id": "ann", "on": "2026-11-25", "note": "これから"},
        {"contact_id": "bob", "on": "2026-11-01", "note": "ほかの人"},
    ]
    promises = [
        {"contact_id": "ann", "words": "本を貸す", "by": "me", "due": "2026-11-30"},
        {"contact_id": "ann", "words": "地図を送る", "by": "me", "due": "2026-11-22"},
        {"contact_id": "ann", "words": "店を教える", "by": "them"},
        {"contact_id": "ann", "words": "済んだ", "by": "me", "state": "kept"},
    ]
    give = [{"contact_id": "ann", "state": "planned", "what": "写真"}]
    book = frames(contact=[ann, BOB], encounter=entries, promise=promises, give=give)
    found = brief_meeting(book, "ann", TODAY)

    assert (found.how, found.through, found.since) == ("勉強会で", "見本 太郎", date(2026, 5, 1))
    assert found.last == Exchange(date(2026, 10, 5), "met", "")
    assert found.noted == Exchange(date(2026, 10, 1), "met", "展示の話")
    assert found.letter == Exchange(date(2026, 11, 2), "letter", "庭の便り")
    assert found.mine == ("地図を送る", "本を貸す")
    assert found.theirs == ("店を教える",)
    assert found.planned == ("写真",)
    assert found.gift is None, "what is to be given already stands there once"


@pytest.mark.parametrize(
    ("more", "question"),
    [
        ({"role_id": "r", "needs": ["部屋"]}, ("own", {"question": "何から始めましたか"})),
        ({"needs": ["部屋"], "topics": ["写真"]}, ("need", {"need": "部屋"})),
        ({"topics": ["写真"]}, ("topic", {"topic": "写真"})),
    ],
)
def test_there_is_one_question_ones_own_before_any_other(
    more: Row, question: tuple[str, dict[str, str]]
) -> None:
    role = [{"id": "r", "question_1": " ", "question_2": "何から始めましたか"}]

    assert brief_meeting(frames(contact=[ANN | more], role=role), "ann", TODAY).question == question


def test_of_somebody_hardly_known_it_says_what_there_is_to_find_out_and_praises_nobody() -> None:
    found = brief_meeting(frames(contact=[ANN]), "ann", TODAY, Settings(), ideas())

    assert found.question == ("find_out", {})
    assert found.gift is None and found.last is None and found.remembered is None


def test_something_to_bring_rests_on_a_written_fact() -> None:
    fact = [{"contact_id": "ann", "kind": "looking_for", "words": "本の感想", "source": "said"}]
    offer = [{"give": "cheer", "size": "small", "what": "本の感想を書く"}]
    book = frames(contact=[ANN], fact=fact, offer=offer)
    found = brief_meeting(book, "ann", TODAY, Settings(), ideas())

    assert found.gift is not None and found.gift.reason.facts["need"] == "本の感想"
    assert found.question == ("need", {"need": "本の感想"})
    guess = [fact[0] | {"source": "guess"}]
    assert brief_meeting(frames(contact=[ANN], fact=guess), "ann", TODAY).question == (
        "find_out",
        {},
    )


def test_a_remembered_talk_is_said_as_it_was_remembered_until_a_later_one_is_entered() -> None:
    ann = ANN | {"last_talk": "year", "last_talk_said_on": "2026-11-03", "met_on": "2016-04-01"}
    talk = {"contact_id": "ann", "kind": "call", "on": "2026-11-03"}
    written = talk | {"kind": "letter", "on": "2026-11-10"}

    def remembered(*entries: Row) -> tuple[str, date] | None:
        book = frames(contact=[ann], encounter=list(entries))
        return brief_meeting(book, "ann", TODAY).remembered

    assert remembered() == remembered(written) == ("year", date(2026, 11, 3))
    assert remembered(talk) is None


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_the_sheet_shows_those_ahead_and_whoever_is_asked_for(open_in: Open, language: str) -> None:
    sheet = Before(open_in("05-week", language))
    assert sheet.state["people"] == []
    today = sheet.workbook.today
    on = (today + timedelta(days=2)).isoformat()
    said = {"last_talk": "longer", "last_talk_said_on": today.isoformat()}
    ann = sheet.book.add("contact", name="架空 花子", met_on="2016-04-01", **said)
    bob = sheet.book.add("contact", name="見本 太郎", needs=["部屋"])
    words = {"ja": "駅前でお茶", "en": "coffee near the station"}[language]
    sheet.book.add("step", contact_id=ann, words=words, on=on)
    sheet.book.add("step", contact_id=bob, words="小包を送る", on=on)
    letter = {"kind": "letter", "on": today.isoformat(), "note": "庭の便り"}
    sheet.book.add("encounter", contact_id=ann, **letter)
    sheet.workbook.refresh()
    (person,) = sheet.state["people"]
    assert (person["id"], person["words"]) == (ann, words)
    assert person["day"] and person["question"] and person["unknown"] and not person["gift"]
    (last,) = person["last"]
    assert {"ja": "より一年以上前", "en": "more than a year before"}[language] in last
    assert {"ja": "手紙", "en": "a letter"}[language] in person["letter"]

    assert ask(sheet, "prepare", id=bob)["ok"]
    assert [person["id"] for person in sheet.state["people"]] == [bob, ann]
    assert sheet.state["people"][0]["day"] == ""
    assert "部屋" in sheet.state["people"][0]["question"]
    assert ask(sheet, "look_up", id=bob, lately="写真")["ok"]
    assert not ask(sheet, "look_up", id="nobody", lately="写真")["ok"]
    (fact,) = sheet.workbook.rows("fact", "contact_id", "kind", "words", "source")
    assert list(fact.values())[1:] == [bob, "trying", "写真", "seen"]
    assert ask(sheet, "prepare", id="")["ok"]
    assert [person["id"] for person in sheet.state["people"]] == [ann]


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "{on}までの一年のうち"), ("en", "in the year up to {on}")],
)
def test_a_remembered_talk_is_told_from_the_day_on_which_it_was_said(
    open_in: Open, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    sheet = Before(open_in("05-week", language))
    remembered = {"last_talk": "year", "last_talk_said_on": days(0)}
    id = sheet.book.add("contact", name="架空 花子", known_as="friend", **remembered)
    monkeypatch.setenv("ENISHI_DAYS_AHEAD", "30")
    sheet.workbook.refresh()
    ask(sheet, "prepare", id=id)
    on = sheet.workbook.short_date(day_in(0))

    assert sheet.state["people"][0]["last"] == [said.format(on=on)]


def test_what_gladdened_is_brought_along_as_something_like_it(open_in: Open) -> None:
    sheet = Before(open_in("05-week"))
    id = sheet.book.add("contact", name="架空 花子", known_as="friend")
    given = {"direction": "out", "state": "done", "what": "飴を渡す", "effect": "喜んでいた"}
    sheet.book.add("give", contact_id=id, **given)
    sheet.workbook.refresh()
    ask(sheet, "prepare", id=id)

    assert sheet.state["people"][0]["gift"] == "「飴を渡す」のようなことを、もう一度"
