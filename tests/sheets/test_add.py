from __future__ import annotations

from datetime import date

import pytest

from enishi.choices import KNOWN_AS
from enishi.coach.language.quick_entry import contact_values, step_values
from enishi.coach.relations.history import NEVER, history
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets import Add, Draft, MyWeek, People
from widgets.base.workbook import LINK_MOST

pytest_plugins = ["sheet_fixtures"]

DAY = date(2026, 11, 20)


def test_a_name_is_enough(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    answer = ask(sheet, "keep", name="架空 花子")
    assert answer["ok"] and "架空 花子" in answer["text"]
    assert [row["name"] for row in sheet.state["recent"]] == ["架空 花子"]


def test_what_is_jotted_down_is_one_change(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(
        sheet,
        "keep",
        name="架空 花子",
        reading="かくう はなこ",
        words="本の感想を送る",
        on="2026-12-03",
    )
    (row,) = sheet.workbook.rows("contact")
    assert (row["family_kana"], row["given_kana"]) == ("かくう", "はなこ")
    (step,) = sheet.workbook.rows("step", "contact_id", "words", "on")
    assert (step["contact_id"], step["words"]) == (row["id"], "本の感想を送る")
    assert step["on"] == "2026-12-03"
    assert row["acquired_on"] == sheet.workbook.today.isoformat()
    sheet.book.undo()
    assert sheet.workbook.rows("contact") == []


def test_the_day_is_read_from_the_words_of_the_step() -> None:
    assert step_values("来週、写真を送る", DAY)["on"] == "2026-11-27"
    assert step_values("Write by tomorrow", DAY)["on"] == "2026-11-21"
    assert step_values("tomorrow", DAY, "2026-12-01")["on"] == "2026-12-01"
    assert step_values("写真を送る", DAY)["on"] == ""


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("膝の手術が12/9。落ち着いたらあんぱんを持っていく", ""),
        ("母の手術が12月9日なので、落ち着いたら電話する", ""),
        ("12/9の手術のあと、電話する", ""),
        ("12/9に退院してから花を送る", ""),
        ("ゆきさんの試験は12/11。終わったら電話", ""),
        ("翔太くんのバイトは今月末まで", ""),
        ("her hip surgery is on December 14; send flowers once she is home", ""),
        ("send flowers once she is home on December 14", ""),
        ("call Yuki after her exam on December 11", ""),
        ("Sho’s job runs until the end of December", ""),
        ("手術が12/9。12/14に花を送る", "2026-12-14"),
        ("her surgery is on December 9; send flowers on December 14", "2026-12-14"),
        ("12/9に手術の見舞いに行く", "2026-12-09"),
        ("12/9に会ったら本を渡す", "2026-12-09"),
        ("自転車は12/9、花子さんに返す", "2026-12-09"),
        ("返事は12/9まで", "2026-12-09"),
        ("after work on Friday call Tom", "2026-11-27"),
        ("金曜の仕事のあと、トムに電話", "2026-11-27"),
        ("once she is home, send flowers by Friday", "2026-11-27"),
    ],
)
def test_the_day_of_another_event_is_not_the_day_of_the_step(words: str, on: str) -> None:
    assert step_values(words, DAY)["on"] == on


def test_only_a_name_of_two_east_asian_parts_is_taken_apart() -> None:
    assert contact_values("架空 花子", DAY)["family"] == "架空"
    assert contact_values("Hanako Kakuu", DAY)["family"] == ""
    assert contact_values("花子", DAY)["given"] == ""
    assert contact_values("架空　見本　花子", DAY)["family"] == ""


def test_only_who_was_just_met_has_a_day_of_meeting_and_unsaid_stays_unsaid() -> None:
    met = contact_values("例", DAY, known_as="just_met", met_on="2026-11-19")
    known = contact_values("例", DAY, known_as="known", met_on="2026-11-19")
    assert (met["known_as"], met["met_on"]) == ("just_met", "2026-11-19")
    assert (known["known_as"], known["met_on"]) == ("known", "")
    assert (contact_values("例", DAY)["known_as"], contact_values("例", DAY)["met_on"]) == ("", "")


def test_a_name_that_stands_in_the_book_is_asked_about_before_a_second_row(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts", "en"))
    sheet.book.add(
        "contact", name="髙橋 花子", family="髙橋", given="花子", organisation="例の印刷所"
    )
    typed = {"name": "花子 高橋", "words": "send the photos", "known_as": "friend"}
    answer = ask(sheet, "keep", **typed)

    (known,) = answer["namesakes"]
    assert (known["name"], known["note"]) == ("髙橋 花子", "例の印刷所")
    assert len(sheet.workbook.rows("contact")) == 1 and not sheet.workbook.rows("step")

    answer = ask(sheet, "keep", **typed, is_other=True)
    assert "another" in answer["text"] and len(sheet.workbook.rows("contact")) == 2


def test_that_one_adds_what_was_typed_to_the_person_in_the_book(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子", circles=["読書会（例）"])
    typed = {"name": "架空 花子", "reading": "かくう はなこ", "words": "来週、写真を送る"}
    typed |= {"known_as": "colleague", "last_talk": "week"}
    (known,) = ask(sheet, "keep", **typed)["namesakes"]
    assert (known["id"], known["note"]) == (id, "読書会（例）")
    assert ask(sheet, "keep", **typed, same_id=id)["ok"]

    (row,) = sheet.workbook.rows("contact", "known_as", "family_kana", "last_talk", "circles")
    assert (row["known_as"], row["family_kana"], row["last_talk"]) == (
        "colleague",
        "かくう",
        "week",
    )
    assert row["circles"] == ["読書会（例）"]
    (step,) = sheet.workbook.rows("step", "contact_id", "words")
    assert (step["contact_id"], step["words"]) == (id, "来週、写真を送る")
    sheet.book.undo()
    assert not sheet.workbook.rows("step")
    assert not sheet.workbook.rows("contact", "known_as")[0]["known_as"]


def test_a_second_entry_changes_nothing_that_was_said_before(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子", known_as="family")
    ask(sheet, "keep", name="架空 花子", known_as="just_met", met_on="2026-11-02", same_id=id)

    (row,) = sheet.workbook.rows("contact", "known_as", "met_on")
    assert (row["known_as"], row["met_on"]) == ("family", "")


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_somebody_without_a_workplace_is_told_apart_by_how_they_are_known(
    open_in: Open, language: str
) -> None:
    sheet = Add(open_in("04-contacts", language))
    sheet.book.add("contact", name="架空 花子", known_as="family")
    (known,) = ask(sheet, "keep", name="架空 花子")["namesakes"]

    assert known["note"] == {"ja": "家族", "en": "Family"}[language]


def test_nothing_is_added_to_somebody_who_is_not_in_the_book(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    gone = sheet.book.add("contact", name="架空 花子", trashed_on="2026-11-01")

    assert not ask(sheet, "keep", name="架空 花子", same_id=gone)["ok"]
    assert not ask(sheet, "keep", name="架空 花子", same_id="nobody")["ok"]
    assert len(sheet.workbook.rows("contact")) == 1


def test_a_name_is_kept_letter_by_letter(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "keep", name="<img src=x onerror=alert(1)> {name}")
    assert sheet.state["recent"][0]["name"] == "<img src=x onerror=alert(1)> {name}"


def test_nobody_is_noted_without_a_name(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    assert not ask(sheet, "keep", name="")["ok"]
    assert not ask(sheet, "keep", name="   ")["ok"]
    assert sheet.workbook.rows("contact") == []


def test_a_day_that_is_none_is_refused_and_nothing_is_kept(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    answer = ask(sheet, "keep", name="架空 花子", words="写真を送る", on="soon")
    assert not answer["ok"] and answer["text"]
    assert sheet.workbook.rows("contact") == []


def test_only_the_last_few_are_shown_and_none_that_was_imported(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    for number in range(7):
        ask(sheet, "keep", name=f"見本 {number}")
    sheet.book.add("contact", name="取り込み", source="linkedin")
    sheet.workbook.refresh()
    shown = [row["name"] for row in sheet.state["recent"]]
    assert shown == ["見本 6", "見本 5", "見本 4", "見本 3", "見本 2"]


def test_more_is_written_on_the_card_and_nothing_is_changed_or_removed_here(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts"))
    ask(sheet, "keep", name="架空 花子")
    (row,) = sheet.state["recent"]
    assert row["card"] == f"#people={row['id']}"
    write = {"table": "contact", "id": row["id"], "version": 1}
    assert not ask(sheet, "write", **write, values={"how_met": "勉強会（例）"})["ok"]
    assert not ask(sheet, "drop", table="contact", id=row["id"])["ok"]


def test_where_through_whom_and_where_they_work_are_said_with_the_name(open_in: Open) -> None:
    workbook = open_in("04-contacts")
    sheet = Add(workbook)
    bridge = sheet.book.add("contact", name="見本 太郎")
    said = {"where_met": "朝の読書会（例）", "through_id": bridge, "organisation": "例の印刷所"}
    assert ask(sheet, "keep", name="架空 花子", **said)["ok"]
    row = workbook.rows("contact")[-1]
    assert {name: row[name] for name in said} == said


@pytest.mark.parametrize(
    ("words", "kind", "kept"),
    [
        ("金曜までに写真を送ります", "", ("promise", "me")),
        ("写真を選ぶ", "", ("step", "")),
        ("また連絡すると言われた", "theirs", ("promise", "them")),
    ],
)
def test_one_line_is_a_step_or_a_promise_of_either_side(
    open_in: Open, words: str, kind: str, kept: tuple[str, str]
) -> None:
    sheet = Add(open_in("04-contacts"))
    heard = ask(sheet, "hear_line", text=words)
    assert not sheet.workbook.rows("step") and not sheet.workbook.rows("promise")
    assert ask(sheet, "keep", name="架空 花子", words=words, kind=kind)["ok"]
    table, by = kept
    (row,) = sheet.workbook.rows(table)
    assert (row["words"], row.get("by", "")) == (words, by)
    if not kind:
        assert heard["kind"] == table
        assert row["due" if by else "on"] == heard["on"]
    assert sheet.state["recent"][0]["lines"] == [words]


def test_just_after_one_thing_is_asked_and_only_once(open_in: Open) -> None:
    sheet = Add(open_in("04-contacts", "en"))
    ask(sheet, "keep", name="Maya Lindqvist")
    id = sheet.state["after"]["id"]
    assert "Maya Lindqvist" in sheet.state["after"]["question"]
    assert ask(sheet, "tell", id=id, words="photographs bridges", kind="loves")["ok"]
    assert not sheet.state["after"]
    (fact,) = sheet.workbook.rows("fact")
    said = {"contact_id": id, "words": "photographs bridges", "kind": "loves", "source": "said"}
    assert {name: fact[name] for name in said} == said

    ask(sheet, "keep", name="Owen Clarke")
    assert ask(sheet, "tell", id=sheet.state["after"]["id"])["ok"]
    assert not sheet.state["after"] and len(sheet.workbook.rows("fact")) == 1


def test_only_the_japanese_edition_asks_how_a_name_is_read(open_in: Open) -> None:
    assert Add(open_in("04-contacts")).state["reads_kana"]
    assert not Add(open_in("04-contacts", "en")).state["reads_kana"]


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_somebody_known_for_years_is_never_just_met(open_in: Open, language: str) -> None:
    """A brother, a colleague of nine years, an imported name, and one who was met today."""
    people = open_in("04-contacts", language)
    sheet, cards, draft = Add(people), People(people), Draft(people)
    today = sheet.workbook.today.isoformat()
    assert ask(sheet, "keep", name="Jonas Lind", known_as="known", met_on=today)["ok"]
    assert ask(sheet, "keep", name="Mara Lind")["ok"]  # the question was passed over
    assert ask(sheet, "keep", name="Priya Rao", known_as="just_met", met_on=today)["ok"]
    book = sheet.book
    nine = book.add("contact", name="Ola Berg", known_as="known", met_on="2016-04-01")
    old = book.add("contact", name="Pia Holm", source="linkedin", met_on="2016-04-01")
    sheet.workbook.refresh()
    ids = {row["name"]: row["id"] for row in people.rows("contact", "name")}
    assert [row["known_as"] for row in people.rows("contact", "name", "known_as")] == [
        *("known", "", "just_met", "known", ""),
    ]

    week = MyWeek(open_in("05-week", language))
    assert [row["id"] for row in week.state["suggestions"]] == []
    assert week.state["question"]["id"] == ids["Mara Lind"]
    book.update("contact", ids["Mara Lind"], known_as="family")
    week.workbook.refresh()
    assert [row["id"] for row in week.state["suggestions"]] == [ids["Priya Rao"]]
    kinds = {}
    for name, id in ids.items():
        assert ask(draft, "turn_to", id=id)["ok"]
        message = draft.state["open"]
        kinds[name] = message["kind"]
        if name != "Priya Rao":
            claims = ("where you met", "どこで会ったか", "been a while", "ご無沙汰")
            assert not any(claim in message["text"] for claim in claims)
            rules = {one["rule"] for one in message["read"]["findings"]}
            assert not rules & {"lint_unnamed", "lint_business_early"}
            assert message["read"]["chair"]["sees"] == []
            assert "0日" not in message["read"]["payer"] and " 0 " not in message["read"]["payer"]
        ask(cards, "choose", id=id)
        card = cards.state["card"]
        assert "last" not in card
        assert card["closer"] is None
    assert kinds == dict.fromkeys(ids, "news") | {"Priya Rao": "thanks"}
    ask(cards, "choose", id=nine)
    assert "10" in cards.state["card"]["known_for"]
    ask(cards, "choose", id=old)
    assert "known_for" not in cards.state["card"]


def test_a_talk_that_was_noted_is_the_last_one_and_may_be_long_ago(open_in: Open) -> None:
    people = open_in("04-contacts", "en")
    sheet, draft = People(people), Draft(people)
    known = {"known_as": "known", "met_on": "2016-04-01", "where_met": "the old office"}
    id = sheet.book.add("contact", name="Ola Berg", **known)
    sheet.book.add("encounter", contact_id=id, on="2024-03-05", kind="call")
    people.refresh()
    ask(sheet, "choose", id=id)
    assert "2024" in sheet.state["card"]["last"]

    ask(draft, "turn_to", id=id)
    assert "It has been a while" in draft.state["open"]["text"]


def test_the_card_asks_and_its_answer_can_be_taken_back(open_in: Open) -> None:
    sheet = People(open_in("04-contacts"))
    id = sheet.book.add("contact", name="見本 太郎")
    sheet.workbook.refresh()
    ask(sheet, "choose", id=id)
    card = sheet.state["card"]
    assert card["known_as"] == "" and set(sheet.words["known_ases"]) == set(KNOWN_AS)
    answer = {"table": "contact", "id": id, "version": card["version"]}
    assert ask(sheet, "write", **answer, values={"known_as": "known"})["ok"]
    assert sheet.state["card"]["known_as"] == "known"
    sheet.book.undo()
    sheet.workbook.refresh()
    assert sheet.state["card"]["known_as"] == ""


def test_how_we_know_each_other_is_entered_with_the_name_and_stands_on_the_card(
    open_in: Open,
) -> None:
    workbook = open_in("04-contacts")
    capture, people = Add(workbook), People(workbook)
    goal = capture.book.add("goal", wish="制作者になる")
    role = capture.book.add("role", goal_id=goal, does="本をつくる人")
    workbook.refresh()
    assert capture.state["roles"] == [[role, "本をつくる人"]]

    said = {"known_as": "friend", "last_talk": "year", "role_id": role, "ahead": "steps"}
    assert ask(capture, "keep", name="架空 花子", **said)["ok"]
    row = workbook.rows("contact")[0]
    today = workbook.today.isoformat()
    assert {name: row[name] for name in said} == said and row["last_talk_said_on"] == today
    assert row["met_on"] == "" and row["known_since"] is None

    ask(people, "choose", id=row["id"])
    card = {"table": "contact", "id": row["id"]}
    assert ask(people, "write", **card, version=1, values={"known_since": 2009})["ok"]
    assert people.state["card"]["known_for"] == "2009年からの知り合い"
    assert "last" not in people.state["card"]  # what is remembered is no talk with a day


def test_since_when_is_said_with_the_name_and_not_of_somebody_just_met(open_in: Open) -> None:
    workbook = open_in("04-contacts", "en")
    capture, people = Add(workbook), People(workbook)
    assert ask(capture, "keep", name="Ola Berg", known_as="known", known_since=2011)["ok"]
    assert ask(capture, "keep", name="Priya Rao", known_as="just_met", known_since=2011)["ok"]
    assert not ask(capture, "keep", name="Jonas Lind", known_as="known", known_since=20)["ok"]
    ola, priya = workbook.rows("contact", "known_since")
    assert (ola["known_since"], priya["known_since"]) == (2011, None)
    ask(people, "choose", id=ola["id"])
    assert people.state["card"]["known_for"] == "Known since 2011"


def test_the_card_asks_one_unknown_at_a_time_and_a_last_talk_stays_unknown(open_in: Open) -> None:
    """A last talk that is not remembered is an answer, and still no day."""
    workbook = open_in("04-contacts")
    capture, people = Add(workbook), People(workbook)
    assert ask(capture, "keep", name="見本 太郎")["ok"]
    (row,) = workbook.rows("contact", "version")
    ask(people, "choose", id=row["id"])
    asked = []
    for values in (
        {"known_as": "known"},
        {"last_talk": "unsure", "last_talk_said_on": workbook.today.isoformat()},
        {"known_since": 2011},
    ):
        card = people.state["card"]
        asked.append(card["asks"])
        answer = {"table": "contact", "id": row["id"], "version": card["version"]}
        assert ask(people, "write", **answer, values=values)["ok"]
    card = people.state["card"]
    assert (*asked, card["asks"]) == ("known_as", "last_talk", "known_since", "")
    assert "last" not in card
    known = history(workbook.frames(), workbook.today)
    assert (known[["last", "last_said"]] == NEVER).all(axis=None)


def test_of_somebody_just_met_no_last_talk_and_no_year_is_asked(open_in: Open) -> None:
    workbook = open_in("04-contacts")
    capture, people = Add(workbook), People(workbook)
    assert ask(capture, "keep", name="見本 太郎", known_as="just_met")["ok"]
    ask(people, "choose", id=workbook.rows("contact")[0]["id"])
    assert people.state["card"]["asks"] == ""


def test_what_one_remembers_of_a_last_talk_is_not_kept_for_somebody_just_met(open_in: Open) -> None:
    capture = Add(open_in("04-contacts"))
    assert ask(capture, "keep", name="見本 太郎", known_as="just_met", last_talk="year")["ok"]
    row = capture.workbook.rows("contact")[0]
    assert (row["last_talk"], row["last_talk_said_on"]) == ("", "")


def test_a_kind_of_person_that_is_gone_is_refused_in_a_sentence(open_in: Open) -> None:
    capture = Add(open_in("04-contacts"))
    answer = ask(capture, "keep", name="見本 太郎", role_id="gone")
    assert not answer["ok"] and answer["text"]
    assert capture.workbook.rows("contact") == []


def test_a_kind_of_person_is_called_by_its_short_name_else_by_its_first_words(
    open_in: Open,
) -> None:
    sheet = Add(open_in("04-contacts", "en"))
    long = "builds sites for small shops and works alone from a room above a bakery"
    named = sheet.book.add("role", name="Site builder", does=long)
    unnamed = sheet.book.add("role", does=long)
    sheet.workbook.refresh()
    said = dict(sheet.state["roles"])

    assert said[named] == "Site builder"
    assert len(said[unnamed]) <= LINK_MOST and long.startswith(said[unnamed].rstrip("…"))
