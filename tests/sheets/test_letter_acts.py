"""What the person does while writing to somebody, and what it changes on another sheet or day.

Each test begins with an empty book, acts as the page does, lets time pass, and reads another sheet.
"""

from __future__ import annotations

from typing import Any

import pytest

from days import days, pass_days
from enishi.i18n import LANGUAGES, texts
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.draft import Draft
from widgets.contacts.gift import Gift
from widgets.contacts.introductions import Introductions
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.goal.wish import Wish
from widgets.start.matters import Matters
from widgets.week.before import Before
from widgets.week.letter import Letter
from widgets.week.my_week import MyWeek
from widgets.week.note import Note

pytest_plugins = ["sheet_fixtures"]
pytestmark = pytest.mark.usefixtures("present_day")

NAMES = {"ja": "架空 花子", "en": "Mara Example"}
every_language = pytest.mark.parametrize("language", LANGUAGES)


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> None:
    """Write on a row as its fields do."""
    message = {"table": table, "id": row["id"], "version": row["version"], "values": values}
    assert ask(sheet, "write", **message)["ok"]


def somebody(open_in: Open, name: str, language: str = "ja", **values: Any) -> str:
    """Add somebody, and write on their card."""
    people = People(open_in("04-contacts", language))
    answer = ask(people, "meet", name=name)
    assert answer["ok"] and ask(people, "choose", id=answer["id"])["ok"]
    if values:
        write(people, "contact", people.state["card"], **values)
    return str(answer["id"])


def letter_to(
    open_in: Open, id: str, kind: str = "", text: str = "", language: str = "ja"
) -> Draft:
    """Begin a letter to somebody, of a kind and with a text."""
    draft = Draft(open_in("04-contacts", language))
    assert ask(draft, "turn_to", id=id)["ok"]
    if kind:
        assert ask(draft, "shape", id=draft.state["open"]["id"], kind=kind)["ok"]
    if text:
        write(draft, "message", draft.state["open"], text=text)
    return draft


def week_rows(open_in: Open, kind: str, language: str = "ja") -> list[dict[str, Any]]:
    """Open my week and return its rows of a kind."""
    week = MyWeek(open_in("05-week", language))
    rows = [row for group in week.state["groups"] for row in group["rows"]]
    return [row for row in rows if row["kind"] == kind]


def brief(open_in: Open, id: str, language: str = "ja") -> dict[str, Any]:
    """Open the brief before meeting somebody."""
    before = Before(open_in("05-week", language))
    assert ask(before, "prepare", id=id)["ok"]
    found: dict[str, Any] = before.state["people"][0]
    return found


# -- their side ------------------------------------------------------------------------------------


def test_why_they_would_be_glad_of_a_talk_stands_in_the_brief(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="known")
    draft = letter_to(open_in, ann)
    assert brief(open_in, ann)["gain"] == ""
    write(draft, "contact", draft.state["open"]["person"], they_gain="展示の裏側を話せる")
    pass_days(12)
    assert brief(open_in, ann)["gain"] == "展示の裏側を話せる"


@every_language
def test_who_does_not_know_what_is_in_a_request_for_them_asks_them_first(
    open_in: Open, language: str
) -> None:
    ann = somebody(open_in, NAMES[language], language, known_as="friend")
    assert letter_to(open_in, ann, language=language).state["open"]["first_ask"] is None
    draft = letter_to(open_in, ann, "advice", language=language)
    first = draft.state["open"]["first_ask"]
    assert first["text"] and not first["planned"]
    assert ask(draft, "ask_first", id=draft.state["open"]["id"])["ok"]
    assert draft.state["open"]["first_ask"]["planned"]

    pass_days(2)
    (step,) = week_rows(open_in, "step", language)
    assert first["text"] in step["text"] and NAMES[language] in step["who"]
    met = brief(open_in, ann, language)
    assert met["question"] == first["text"] and not met["unknown"]

    draft.workbook.refresh()
    write(draft, "contact", draft.state["open"]["person"], they_gain="a hand with the fair")
    assert draft.state["open"]["first_ask"] is None
    assert brief(open_in, ann, language)["question"] != first["text"]


# -- how it reads from their chair -----------------------------------------------------------------


@every_language
def test_a_request_that_read_as_a_duty_is_to_be_made_lighter_in_my_week(
    open_in: Open, language: str
) -> None:
    ann = somebody(open_in, NAMES[language], language, known_as="friend", closeness="close")
    text = {"ja": "三十分、相談にのっていただけますか。", "en": "Could you give me half an hour?"}
    draft = letter_to(open_in, ann, "advice", text[language], language)
    words = texts("week", language)["screens"]["my_week"]

    def said() -> str:
        pass_days(1)
        (row,) = week_rows(open_in, "message", language)
        return str(row["asks"])

    assert said() == ""
    for felt in ("duty", "used", "why_me"):
        write(draft, "message", draft.state["open"], felt=felt)
        assert said() == words["lighter"]
    write(draft, "message", draft.state["open"], felt="glad")
    assert said() == words["ready"]


# -- why I write -----------------------------------------------------------------------------------


def test_three_letters_for_a_gain_are_pointed_at_once_and_a_meeting_for_no_reason_is_offered(
    open_in: Open,
) -> None:
    ben = somebody(open_in, "見本 太郎", known_as="friend", afternoon="gladly")
    ann = somebody(open_in, "架空 花子", known_as="friend", closeness="close")

    def send(meant: str, after: int) -> Draft:
        pass_days(after)
        draft = letter_to(open_in, ann, "news")
        assert draft.state["purpose"]["asked"]
        write(draft, "message", draft.state["open"], meant=meant)
        return draft

    for after, meant in ((0, "gain"), (10, "for_them"), (20, "gain"), (30, "gain")):
        draft = send(meant, after)
        assert draft.state["purpose"]["no_reason"] == ""
        assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    draft = send("gain", 40)
    offer = draft.state["purpose"]["no_reason"]
    assert "見本 太郎さん" in offer
    assert ask(draft, "let_gains_be")["ok"]
    assert draft.state["purpose"]["no_reason"] == ""
    assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]

    for after in (50, 60, 70):
        draft = send("gain", after)
        assert draft.state["purpose"]["no_reason"] == "", "a quarter of silence"
        assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    draft = send("gain", 131)
    assert draft.state["purpose"]["no_reason"] == offer
    assert ask(draft, "plan_no_reason")["ok"]
    assert draft.state["purpose"]["no_reason"] == ""
    (step,) = week_rows(open_in, "step")
    assert (step["text"], step["who"]) == (offer, "見本 太郎さん")
    draft.book.undo()
    draft.workbook.refresh()
    assert draft.state["purpose"]["no_reason"] == offer and not week_rows(open_in, "step")
    assert ben


def test_thanks_a_promise_and_a_refusal_need_no_reason(open_in: Open) -> None:
    ann = somebody(open_in, "架空 花子", known_as="just_met", met_on=days(0))
    for kind in ("thanks", "promise", "decline"):
        assert not letter_to(open_in, ann, kind).state["purpose"]["asked"]


# -- would they pay me -----------------------------------------------------------------------------


@every_language
def test_what_is_missing_until_they_would_pay_stands_above_the_next_request_for_work(
    open_in: Open, language: str
) -> None:
    ann = somebody(open_in, NAMES[language], language, known_as="friend", closeness="close")
    work = {"ja": "お仕事をいただけないでしょうか。", "en": "Could you send me work?"}[language]
    missing = {"ja": "作ったものを見せていない", "en": "They have seen no work of mine"}[language]
    draft = letter_to(open_in, ann, "news", work, language)

    def shown() -> Any:
        return draft.state["open"]["missing"]

    assert shown() is None
    pay = {"id": draft.state["open"]["id"], "chosen": "not_yet", "words": missing}
    assert ask(draft, "say_would_pay", **pay)["ok"]
    assert ask(draft, "drop", table="message", id=pay["id"])["ok"]

    pass_days(60)
    draft = letter_to(open_in, ann, "news", language=language)
    assert shown() is None, "news ask for nothing"
    write(draft, "message", draft.state["open"], text=work)
    assert missing in shown()["text"] and not shown()["planned"]
    id = draft.state["open"]["id"]
    assert ask(draft, "show_one_piece", id=id)["ok"]
    assert shown()["planned"]
    (step,) = week_rows(open_in, "step", language)
    assert missing in step["text"]

    assert ask(draft, "say_would_pay", id=id, chosen="yes")["ok"]
    assert shown() is None
    assert not ask(draft, "show_one_piece", id=id)["ok"]


# -- asked afterwards ------------------------------------------------------------------------------


def asked(open_in: Open, code: str, language: str = "ja") -> MyWeek | None:
    """Open my week; return it where it asks the question of a code, and else None."""
    week = MyWeek(open_in("05-week", language))
    question = week.state["asked"]
    return week if question and question["code"] == code else None


def answer(week: MyWeek | None, **values: str) -> None:
    """Answer the question that my week asks."""
    assert week is not None
    question = {name: week.state["asked"][name] for name in ("code", "about")}
    assert ask(week, "answer_question", **question, **values)["ok"]


def talk(open_in: Open, id: str) -> None:
    """Note a talk with somebody."""
    message = {"contact_ids": [id], "meeting": {"kind": "met"}, "then": []}
    assert ask(Note(open_in("05-week")), "enter", **message)["ok"]


@every_language
def test_the_side_of_a_hope_that_is_empty_is_asked_for_a_week_later(
    open_in: Open, language: str
) -> None:
    matters = Matters(open_in("01-start", language))
    assert ask(matters, "take_stand", question="hope", choice="openly")["ok"]
    ann = somebody(open_in, NAMES[language], language, known_as="friend")
    draft = letter_to(open_in, ann, "advice", language=language)
    write(draft, "contact", draft.state["open"]["person"], hope="a page in the magazine")
    pass_days(6)
    assert not asked(open_in, "their_side", language)
    pass_days(7)
    week = asked(open_in, "their_side", language)
    assert week and "a page in the magazine" in week.state["asked"]["ask"]
    draft.workbook.refresh()
    (line,) = draft.state["open"]["reminders"]
    said = texts("stands", language)["reminders"]["hope_openly_gain"]
    assert line == said.replace("{name}", NAMES[language])

    answer(week, words="a hand with the fair")
    draft.workbook.refresh()
    assert draft.state["open"]["reminders"] == []
    pass_days(20)
    assert brief(open_in, ann, language)["gain"] == "a hand with the fair"
    assert not asked(open_in, "their_side", language)


@every_language
def test_what_came_of_an_early_request_is_asked_and_my_words_stand_at_the_next(
    open_in: Open, language: str
) -> None:
    ann = somebody(open_in, NAMES[language], language, known_as="just_met", met_on=days(0))
    ben = somebody(open_in, "Sam Doyle", language, known_as="friend", closeness="companion")
    for id in (ann, ben):
        draft = letter_to(open_in, id, "ask_introduction", language=language)
        assert draft.state["open"]["early"] == ""
        assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    pass_days(13)
    assert not asked(open_in, "early_ask", language)
    pass_days(14)
    week = asked(open_in, "early_ask", language)
    assert week and NAMES[language] in week.state["asked"]["ask"]
    answer(week, chosen="silence", words="Thank them first")
    pass_days(15)
    assert not asked(open_in, "early_ask", language), "the request to a companion was not early"

    cid = somebody(open_in, "Ada Third", language, known_as="just_met", met_on=days(15))
    draft = letter_to(open_in, cid, "ask_introduction", language=language)
    assert "Thank them first" in draft.state["open"]["early"]
    assert ask(draft, "shape", id=draft.state["open"]["id"], kind="impression")["ok"]
    assert draft.state["open"]["early"] == ""


@every_language
def test_the_answer_to_the_question_of_a_letter_begins_the_next_brief(
    open_in: Open, language: str
) -> None:
    ann = somebody(open_in, NAMES[language], language, known_as="friend")
    text = {
        "ja": "花子さん、元気です。\n店を始めました。個展の準備は、その後いかがですか。",
        "en": "Hi Mara,\nI opened the shop. How is the show coming along?",
    }[language]
    question = {"ja": "個展の準備は、その後いかがですか。", "en": "How is the show coming along?"}
    draft = letter_to(open_in, ann, "news", text, language)
    pass_days(3)
    talk(open_in, ann)
    assert not asked(open_in, "their_answer", language), "the letter was not sent"
    assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    pass_days(5)
    assert not asked(open_in, "their_answer", language), "nobody met since"
    talk(open_in, ann)
    week = asked(open_in, "their_answer", language)
    assert week and question[language] in week.state["asked"]["ask"]
    answer(week, words="Two rooms, from May")

    pass_days(25)
    heard = brief(open_in, ann, language)["heard"]
    assert "Two rooms, from May" in heard and question[language] in heard
    talk(open_in, ann)
    assert brief(open_in, ann, language)["heard"] == ""


@every_language
def test_a_letter_about_oneself_alone_is_asked_for_one_question_once(
    open_in: Open, language: str
) -> None:
    ann = somebody(open_in, NAMES[language], language, known_as="friend", closeness="close")
    text = {
        "ja": "わたしは元気です。わたしの店は忙しいです。わたしは春に本を出します。",
        "en": "I am well. My shop is busy. I bring out a book in May. I look forward to it.",
    }[language]
    draft = letter_to(open_in, ann, "news", text, language)
    (finding,) = draft.state["open"]["read"]["findings"]
    assert finding["rule"] == "lint_only_me"
    assert ask(draft, "soften", id=draft.state["open"]["id"], rule="lint_only_me")["ok"]
    now = draft.state["open"]
    assert now["read"]["findings"] == [] and finding["after"] in now["text"]


@every_language
def test_the_second_question_for_a_kind_follows_the_answer_to_the_first(
    open_in: Open, language: str
) -> None:
    wish, kinds = (sheet(open_in("02-goal", language)) for sheet in (Wish, Kinds))
    write(wish, "goal", wish.state["goal"], wish="a bindery of my own")
    kinds.workbook.refresh()
    first, second = "Where did the first order come from?", "What was hard?"
    values = {"does": "bookbinding", "question_1": first}
    role = ask(kinds, "add", table="role", values=values)["focus"]
    people = [
        somebody(open_in, name, language, known_as="known", role_id=role)
        for name in (NAMES[language], "Sam Doyle")
    ]
    kinds.workbook.refresh()
    assert (kinds.state["roles"][0]["answers"], kinds.state["roles"][0]["asked"]) == ([], 1)
    assert brief(open_in, people[0], language)["question"] == first
    assert not asked(open_in, "kind_answer", language)
    talk(open_in, people[0])
    week = asked(open_in, "kind_answer", language)
    assert week and first in week.state["asked"]["ask"]
    answer(week, words="The shop next door")

    kinds.workbook.refresh()
    row = kinds.state["roles"][0]
    assert [one["words"] for one in row["answers"]] == ["The shop next door"]
    assert NAMES[language] in row["answers"][0]["name"] and row["asked"] == 2
    write(kinds, "role", row, question_2=second)
    pass_days(30)
    assert brief(open_in, people[1], language)["question"] == second
    assert not asked(open_in, "kind_answer", language)
    talk(open_in, people[1])
    answer(asked(open_in, "kind_answer", language), words="The first winter")
    assert brief(open_in, people[1], language)["question"] not in (first, second)


# -- admired from afar -----------------------------------------------------------------------------


@every_language
@pytest.mark.parametrize("came", ["came", "nothing"])
def test_somebody_admired_from_afar_is_written_to_in_one_go_and_asked_after_once(
    open_in: Open, language: str, came: str
) -> None:
    week = MyWeek(open_in("05-week", language))
    assert week.state["nobody"] and "#draft" in week.state["admire"]
    draft = Draft(open_in("04-contacts", language))
    work = {"ja": "雨の日の短編集", "en": "the rainy-day stories"}[language]
    assert ask(draft, "admire", name=NAMES[language], work=work)["ok"]
    row = draft.state["open"]
    assert row["kind"] == "impression" and work in row["text"]
    draft.book.undo()
    assert all(draft.workbook.frames()[table].empty for table in ("contact", "fact", "message"))
    draft.book.redo()
    draft.workbook.refresh()
    assert ask(draft, "admire", name=NAMES[language])["known"]
    id = draft.workbook.rows("contact")[0]["id"]

    assert [NAMES[language] in one["who"] for one in week_rows(open_in, "message", language)]
    assert ask(draft, "show", id=row["id"])["ok"]
    assert ask(draft, "sent", id=row["id"])["ok"]
    for after in (1, 13):
        pass_days(after)
        week = MyWeek(open_in("05-week", language))
        assert (week.state["asked"], week.state["question"]) == (None, None)
    pass_days(14)
    answer(asked(open_in, "reply", language), chosen=came, words="Glad you read it")
    pass_days(16)
    letter = brief(open_in, id, language)["letter"]
    assert ("Glad you read it" in letter) == (came == "came")
    for after in (21, 40, 90):
        pass_days(after)
        assert not asked(open_in, "reply", language)


# -- introducing them ------------------------------------------------------------------------------


@every_language
def test_an_introduction_presents_them_with_what_i_respect_in_them(
    open_in: Open, language: str
) -> None:
    respect = {"ja": "最後まで聴く", "en": "Listens to the end"}[language]
    other = {"ja": "見本 太郎", "en": "Sam Doyle"}[language]
    ann = somebody(open_in, NAMES[language], language, known_as="friend", respect_for=respect)
    ben = somebody(open_in, other, language, known_as="friend")
    pass_days(30)
    workbook = open_in("04-contacts", language)
    introductions, draft = Introductions(workbook), Draft(workbook)
    for a, b in ((ann, ben), (ben, ann)):
        assert ask(introductions, "says", a=a, b=b, word="yes")["ok"]
    assert ask(introductions, "bring_together", a=ann, b=ben)["ok"]
    text = draft.state["open"]["text"]
    quoted = {"ja": f"「{respect}」", "en": f"“{respect}”"}[language]
    assert quoted in text

    on_card = People(workbook)
    assert ask(on_card, "choose", id=ann)["ok"]
    write(on_card, "contact", on_card.state["card"], respect_for="")
    assert ask(draft, "compose", id=draft.state["open"]["id"])["ok"]
    assert quoted not in draft.state["open"]["text"]


# -- the letter to oneself -------------------------------------------------------------------------


def letter_lines(open_in: Open, key: str, language: str = "ja") -> list[str]:
    """Open the letter and return the lines of one of its parts."""
    parts = Letter(open_in("05-week", language)).state["parts"]
    return [line for part in parts if part["key"] == key for line in part["lines"]]


def give(open_in: Open, id: str, what: str) -> None:
    """Plan a gift and give it."""
    gift = Gift(open_in("04-contacts"))
    assert ask(gift, "plan", contact_id=id, what=what)["ok"]
    row = gift.state["planned"][0]
    assert ask(gift, "hand_over", id=row["id"], version=row["version"])["ok"]


def receive(open_in: Open, id: str, what: str) -> None:
    """Note a talk with what came of it."""
    message = {"contact_ids": [id], "meeting": {"kind": "met"}, "then": []}
    assert ask(Note(open_in("05-week")), "enter", **message, received=[{"what": what}])["ok"]


@pytest.mark.parametrize(
    ("chosen", "first", "second"),
    [("together", 1, 2), ("chance", 0, 1), ("need_not_know", 0, 0)],
)
def test_only_an_old_gift_that_belongs_to_what_came_stays_in_the_letter(
    open_in: Open, chosen: str, first: int, second: int
) -> None:
    ann, ben = (somebody(open_in, name, known_as="friend") for name in ("架空 花子", "見本 太郎"))
    for id, what in ((ann, "引っ越しを手伝う"), (ben, "地図を描く")):
        give(open_in, id, what)
    pass_days(500)
    receive(open_in, ann, "夜の相談")
    letter = Letter(open_in("05-week"))
    (pair,) = letter.state["pairs"]
    assert "引っ越しを手伝う" in pair["text"]
    assert len(letter_lines(open_in, "returned")) == 1
    assert ask(letter, "say_together", id=pair["id"], chosen=chosen)["ok"]
    assert letter.state["pairs"] == []
    assert not ask(letter, "say_together", id=pair["id"], chosen=chosen)["ok"]

    pass_days(520)
    assert len(letter_lines(open_in, "returned")) == first
    receive(open_in, ben, "写真")
    letter = Letter(open_in("05-week"))
    assert len(letter.state["pairs"]) == (chosen != "need_not_know")
    assert len(letter_lines(open_in, "returned")) == second


@every_language
def test_the_letter_tells_a_stand_i_had_before_and_changed(open_in: Open, language: str) -> None:
    def take(choice: str) -> None:
        matters = Matters(open_in("01-start", language))
        assert ask(matters, "take_stand", question="mixers", choice=choice)["ok"]

    words = texts("stands", language)["questions"]["mixers"]
    take("reason")
    pass_days(30)
    for choice in ("go", "reason"):
        take(choice)
    assert letter_lines(open_in, "stands", language) == [], "taken back at once"
    pass_days(40)
    for choice in ("go", "not_for_me"):
        take(choice)
    pass_days(60)
    (line,) = letter_lines(open_in, "stands", language)  # what was tried on one day is none
    assert words["ask"] in line and words["choices"]["reason"] in line
    pass_days(140)
    assert letter_lines(open_in, "stands", language) == []


# -- what did not please ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "again"), [("一日笑っていた", True), ("一度も使わなかったらしい", False)]
)
def test_nothing_like_a_gift_that_did_not_please_is_proposed_again(
    open_in: Open, effect: str, again: bool
) -> None:
    ann = somebody(open_in, "架空 花子", known_as="friend")
    give(open_in, ann, "大きな壺を贈る")
    pass_days(8)
    gift = Gift(open_in("04-contacts"))
    (row,) = gift.state["asks"]
    assert ask(gift, "tell_effect", id=row["id"], effect=effect)["ok"]
    pass_days(40)
    gift = Gift(open_in("04-contacts"))
    assert ask(gift, "choose", id=ann)["ok"]
    ideas = [idea["what"] for idea in gift.state["people"][0]["ideas"]]
    assert any("大きな壺" in what for what in ideas) == again
