"""What matters: each answer given there changes something on a later day or another sheet."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from days import days
from desk import laid
from enishi.coach.rules.stands import STANDS, UNDECIDED
from enishi.i18n import texts
from languages import FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.contacts.circle import Circle
from widgets.contacts.draft import Draft
from widgets.contacts.gift import Gift
from widgets.contacts.introductions import Introductions
from widgets.contacts.people import People
from widgets.goal.kinds import Kinds
from widgets.goal.places import Places
from widgets.start.matters import Matters
from widgets.strengths.offers import Offers
from widgets.week.gathering import Gathering
from widgets.week.letter import Letter
from widgets.week.my_week import MyWeek
from widgets.week.note import Note
from widgets.week.review import Review

pytest_plugins = ["server_fixtures", "sheet_fixtures"]


@pytest.fixture
def matters(open_in: Open) -> Matters:
    return Matters(open_in("01-start", "en"))


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Move the clock to so many days from today."""

    def move(count: int) -> None:
        monkeypatch.setenv("ENISHI_DAYS_AHEAD", str(count))

    return move


def take(sheet: Matters, question: str, choice: str, words: str = "") -> None:
    assert ask(sheet, "take_stand", question=question, choice=choice)["ok"]
    if words:
        row = sheet.state["stands"]["each"][question]["own"]
        change = {"table": "setting", "id": row["id"], "version": row["version"]}
        assert ask(sheet, "write", **change, values={"value": words})["ok"]


def suggested(week: MyWeek) -> list[str]:
    week.workbook.refresh()
    return [one["name"] for one in week.state["suggestions"]]


# -- the sheet -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_every_choice_says_what_follows_from_it(open_in: Open, language: str) -> None:
    sheet = Matters(open_in("01-start", language))
    for question, choices in STANDS.items():
        assert sheet.state["stands"]["each"][question]["follows"] == ""
        said = set()
        for choice in (*choices, UNDECIDED):
            assert ask(sheet, "take_stand", question=question, choice=choice)["ok"]
            one = sheet.state["stands"]["each"][question]
            assert one["row"]["choice"] == choice and one["chosen"]
            said.add(one["follows"])
        assert "" not in said and len(said) == len(choices) + 1


def test_a_choice_that_a_question_does_not_have_is_refused(matters: Matters) -> None:
    assert not ask(matters, "take_stand", question="mixers", choice="narrow")["ok"]
    assert matters.workbook.rows("setting") == []


def test_own_words_on_a_stand_are_read_where_the_question_is_asked(
    matters: Matters, open_in: Open
) -> None:
    take(matters, "first", "small", "a line costs nothing")

    one = Offers(open_in("03-strengths", "en")).state["stands"]["each"]["first"]
    assert (one["own"]["value"], one["chosen"]) == ("a line costs nothing", "Small things first")


def test_undo_takes_back_a_stand_with_its_day(matters: Matters) -> None:
    take(matters, "pace", "one")
    matters.book.undo()

    assert matters.workbook.rows("setting") == []


def test_a_stand_changed_in_another_window_is_not_overwritten(open_in: Open) -> None:
    one, other = (Matters(open_in("01-start", "en")) for _ in range(2))
    take(one, "pace", "one")

    answer = ask(other, "take_stand", question="pace", choice="three")
    assert not answer["ok"] and "another window" in answer["text"]
    assert other.state["stands"]["each"]["pace"]["row"]["choice"] == "one"


def test_wider_or_deeper_is_the_phase_of_the_goal(matters: Matters, open_in: Open) -> None:
    assert matters.state["depth"]["phase"] == ""
    goal = matters.book.add("goal", wish="a bookbinder people come back to", phase="deepen")
    matters.workbook.refresh()
    phases = texts("coach", "en")["phases"]
    assert matters.state["depth"]["phase"] == phases["deepen"]

    month = Review(open_in("05-week", "en"))
    change = {"table": "goal", "id": goal, "version": month.state["month"]["goal"]["version"]}
    assert ask(month, "write", **change, values={"phase": "introduced"})["ok"]
    matters.workbook.refresh()
    assert matters.state["depth"]["phase"] == phases["introduced"]


def test_my_reason_is_read_again_in_the_month_and_in_the_letter(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    change = {"table": "setting", "id": "why", "version": 0}
    assert ask(matters, "write", **change, values={"value": "I decide everything alone"})["ok"]
    ahead(80)
    assert Review(open_in("05-week", "en")).state["month"]["why"] == "I decide everything alone"
    letter = Letter(open_in("05-week", "en"))
    lines = [line for part in letter.state["parts"] for line in part["lines"]]
    assert lines == ["I decide everything alone"]
    assert letter.state["quiet"], "a reason alone is no season that happened"


def test_help_is_named_only_for_a_country_it_is_known_of(open_in: Open) -> None:
    assert "188" in Matters(open_in("01-start", "ja")).state["help"]
    matters = Matters(open_in("01-start", "en"))
    assert matters.state["help"] == ""
    matters.workbook.set_setting("country", "sg")
    matters.workbook.refresh()
    assert "1799" in matters.state["help"] and "188" not in matters.state["help"]


def test_where_to_ask_follows_the_country(open_in: Open) -> None:
    places = Places(open_in("02-goal", "en"))
    assert (
        "somebody you trust" in places.state["signs"]["help"] and not places.state["signs"]["law"]
    )
    for country, number in (("gb", "0808 223 1133"), ("jp", "188")):
        places.workbook.set_setting("country", country)
        places.workbook.refresh()
        assert number in places.state["signs"]["help"]
        assert bool(places.state["signs"]["law"]) == (country == "jp")


# -- with whom at all ----------------------------------------------------------------------------


def test_by_a_narrow_rule_somebody_rather_not_met_is_named_nowhere_but_in_my_own_rows(
    matters: Matters, open_in: Open
) -> None:
    book = matters.book
    role = book.add("role", does="binds books")
    mara = book.add(
        "contact", name="Mara", known_as="just_met", met_on=days(-1), role_id=role, focus=True
    )
    week, people = MyWeek(open_in("05-week", "en")), People(open_in("04-contacts", "en"))
    assert suggested(week) == ["Mara"]
    ask(people, "choose", id=mara)
    change = {"table": "contact", "id": mara, "version": people.state["card"]["version"]}
    assert ask(people, "write", **change, values={"afternoon": "rather_not"})["ok"]
    assert suggested(week) == ["Mara"], "the thanks after a first meeting are still suggested"

    take(matters, "whom", "narrow")
    assert suggested(week) == []
    assert ask(week, "silence", rule="gate_afternoon")["ok"]
    assert suggested(week) == [], "my own rule is no rule of the coach"
    introductions = Introductions(open_in("04-contacts", "en"))
    assert not ask(introductions, "find", text="Mara", welcomed=True)["found"]
    circle, letter = Circle(open_in("04-contacts", "en")), Letter(open_in("05-week", "en"))
    assert all("Mara" not in str(sheet.state) for sheet in (circle, letter))
    roles = Kinds(open_in("02-goal", "en"))
    assert roles.state["roles"][0]["known"]["count"] == 0
    book.add("promise", contact_id=mara, words="send the address", due=days(1))
    week.workbook.refresh()
    (row,) = (row for group in week.state["groups"] for row in group["rows"])
    assert (row["text"], row["who"]) == ("send the address", "Mara")

    take(matters, "whom", "open")
    book.update("promise", row["id"], state="kept")
    assert suggested(week) == ["Mara"]


def test_with_an_open_door_rather_not_keeps_nobody_out(matters: Matters, open_in: Open) -> None:
    noor = matters.book.add(
        "contact",
        name="Noor",
        known_as="friend",
        last_talk="longer",
        last_talk_said_on=days(0),
        afternoon="rather_not",
        focus=True,
    )
    week, gift = MyWeek(open_in("05-week", "en")), Gift(open_in("04-contacts", "en"))
    assert suggested(week) == []
    assert gift.state["people"][0]["excluded"] == "held"

    take(matters, "whom", "open")

    assert suggested(week) == ["Noor"]
    gift.workbook.refresh()
    (person,) = gift.state["people"]
    assert (person["id"], person["excluded"]) == (noor, "")


# -- must I be able to do something --------------------------------------------------------------


def test_small_first_or_strengths_first_orders_the_ideas_for_a_gift(
    matters: Matters, open_in: Open
) -> None:
    book = matters.book
    skill = book.add("strength", name="lettering", give="make", good_at=5, like=5, level=3)
    book.add("evidence", strength_id=skill, grade="words", what="signs for the fair")
    book.add("offer", give="make", size="medium", what="lettering for a sign", strength_id=skill)
    book.add("offer", give="research", size="small", what="an article on signs")
    book.add("contact", name="Ines", needs=["a sign", "lettering"], topics=["signs"], focus=True)
    gift = Gift(open_in("04-contacts", "en"))

    def ideas() -> list[tuple[str, bool]]:
        gift.workbook.refresh()
        return [
            (idea["size"], bool(idea["strength_id"])) for idea in gift.state["people"][0]["ideas"]
        ]

    take(matters, "first", "small")
    small = ideas()
    assert small[0][0] == "small"
    assert [size for size, _ in small] == sorted((size for size, _ in small), reverse=True)
    take(matters, "first", "strength")
    assert ideas()[0] == ("medium", True)


# -- mixers --------------------------------------------------------------------------------------


def test_only_with_a_reason_a_mixer_asks_in_my_week_what_i_bring_until_it_is_written(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    take(matters, "mixers", "reason", "one person I want to meet")
    event = Gathering(open_in("05-week", "en"))
    assert ask(event, "begin", name="Harbour mixer", on=days(9))["ok"]
    change = {"table": "event", "id": event.state["event"]["id"]}
    version = event.state["event"]["version"]
    assert ask(event, "write", **change, version=version, values={"kind": "mixer"})["ok"]
    first, own = event.state["reminders"]
    assert "only with a reason" in first and own == "“one person I want to meet”"

    ahead(5)
    week = MyWeek(open_in("05-week", "en"))
    (row,) = (row for group in week.state["groups"] for row in group["rows"])
    assert row["text"] == "Harbour mixer" and "what do I bring" in row["asks"]

    event.workbook.refresh()
    version = event.state["event"]["version"]
    bring = {"bring": "the plan of the tool library"}
    assert ask(event, "write", **change, version=version, values=bring)["ok"]
    assert event.state["reminders"] == []
    week.workbook.refresh()
    (row,) = (row for group in week.state["groups"] for row in group["rows"])
    assert "asks" not in row


def test_not_for_me_means_that_nothing_is_proposed_at_a_mixer_or_to_go_to_one(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    host = matters.book.add(
        "contact", name="Teo", known_as="known", last_talk="today", last_talk_said_on=days(7)
    )
    event = Gathering(open_in("05-week", "en"))
    matters.book.add("event", name="Harbour mixer", on=days(8), kind="mixer", host_id=host)
    event.workbook.refresh()
    assert [reason["rule"] for reason in event.state["why"]] == ["event_host"]
    assert not event.state["declined"]
    ahead(7)
    week = MyWeek(open_in("05-week", "en"))
    assert suggested(week) == ["Teo"]

    take(matters, "mixers", "not_for_me", "I come home empty")

    event.workbook.refresh()
    assert event.state["declined"] and event.state["why"] == []
    assert event.state["reminders"][1] == "“I come home empty”"
    assert suggested(week) == []
    week.workbook.refresh()
    (row,) = (row for group in week.state["groups"] for row in group["rows"])
    assert row["text"] == "Harbour mixer", "what I entered myself stays"


# -- purpose -------------------------------------------------------------------------------------


def test_a_wish_put_away_at_the_door_is_hidden_on_the_day_of_a_gathering_and_back_on_the_next(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    matters.book.add("goal", wish="a bookbinder people come back to")
    matters.book.add("place", name="Quiet-work evening", next_on=days(2), rhythm="once")
    take(matters, "purpose", "away")

    def wishes() -> list[str]:
        week = MyWeek(open_in("05-week", "en"))
        printed = week.state["page"]["wish"]
        shown = [link["text"] for link in week.state["thread"] if link["name"] == "goal"]
        assert shown == ([printed] if printed else []), "on paper as on the screen"
        return shown

    assert wishes() == ["a bookbinder people come back to"]
    ahead(2)
    assert wishes() == []
    assert "waits outside" in Gathering(open_in("05-week", "en")).state["reminders"][0]
    ahead(3)
    assert wishes() == ["a bookbinder people come back to"]


def test_a_wish_kept_with_me_stands_on_the_sheet_of_the_gathering(
    matters: Matters, open_in: Open
) -> None:
    matters.book.add("goal", wish="a bookbinder people come back to")
    matters.book.add("place", name="Quiet-work evening", next_on=days(2))
    event = Gathering(open_in("05-week", "en"))
    assert event.state["reminders"] == []
    take(matters, "purpose", "keep")

    event.workbook.refresh()
    (line,) = event.state["reminders"]
    assert "a bookbinder people come back to" in line


# -- how fast ------------------------------------------------------------------------------------


def met_and_thanked(open_in: Open) -> str:
    """Meet somebody today and thank them, as a person does on the sheet."""
    log = Note(open_in("05-week", "en"))
    book = book_of(log.workbook)
    id = book.add("contact", name="Pia", known_as="just_met", met_on=days(0))
    for day, kind in ((0, "met"), (1, "message")):
        book.add("encounter", contact_id=id, on=days(day), kind=kind, started_by="me", two_way=True)
    return id


@pytest.mark.parametrize(
    ("choice", "second", "third"), [("one", [], []), ("", ["Pia"], []), ("three", ["Pia"], ["Pia"])]
)
def test_one_touch_or_three_follow_a_first_meeting(
    matters: Matters, open_in: Open, ahead: Any, choice: str, second: list[str], third: list[str]
) -> None:
    id = met_and_thanked(open_in)
    if choice:
        take(matters, "pace", choice)

    def touches(kind: str = "") -> list[str]:
        said = texts("coach", "en")["kinds"].get(kind, "")
        week = MyWeek(open_in("05-week", "en"))
        return [one["name"] for one in week.state["suggestions"] if said in one["kind"]]

    ahead(8)
    assert touches() == touches("second") == second
    matters.book.add(
        "encounter", contact_id=id, on=days(8), kind="message", started_by="me", two_way=True
    )
    ahead(10)
    assert touches() == [], "the third waits a while"
    ahead(16)
    assert touches() == touches("third") == third


def test_two_messages_without_an_answer_are_the_end_of_three_touches(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    id = met_and_thanked(open_in)
    take(matters, "pace", "three")
    for row in matters.workbook.rows("encounter"):
        if row["kind"] == "message":
            matters.book.update("encounter", row["id"], two_way=False)
    matters.book.add("encounter", contact_id=id, on=days(8), kind="message", started_by="me")
    ahead(16)
    assert suggested(MyWeek(open_in("05-week", "en"))) == []


# -- who is within reach -------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "first"), [("beside", "Zoe"), ("step", "Ada")])
def test_of_two_equally_due_the_one_my_stand_names_comes_first(
    matters: Matters, open_in: Open, choice: str, first: str
) -> None:
    due = {"focus": True, "known_as": "friend", "last_talk": "longer", "last_talk_said_on": days(0)}
    matters.book.add("contact", name="Ada", ahead="steps", **due)
    matters.book.add("contact", name="Zoe", ahead="near", **due)
    matters.book.add("contact", name="Abe", **due)
    week = MyWeek(open_in("05-week", "en"))
    take(matters, "reach", choice)

    assert suggested(week)[0] == first


def test_who_goes_straight_to_somebody_far_is_not_told_to_look_for_a_bridge(
    matters: Matters, open_in: Open
) -> None:
    id = matters.book.add("contact", name="Ann Far", ahead="far", focus=True, known_as="known")
    people = People(open_in("04-contacts", "en"))
    ask(people, "choose", id=id)

    def told() -> list[str]:
        people.workbook.refresh()
        return [one["rule"] for one in people.state["card"]["kindly"]]

    assert told() == ["guard_reaching"]
    take(matters, "reach", "directly")
    assert told() == []


# -- do I say what I hope for --------------------------------------------------------------------


def request_to(open_in: Open, name: str, text: str = "Could you give me half an hour?") -> Draft:
    """Begin a request for advice to somebody, as a person writes it."""
    draft = Draft(open_in("04-contacts", "en"))
    id = draft.book.add("contact", name=name, known_as="known")
    ask(draft, "turn_to", id=id)
    ask(draft, "shape", id=draft.state["open"]["id"], kind="advice")
    row = draft.state["open"]
    change = {"table": "message", "id": row["id"], "version": row["version"]}
    assert ask(draft, "write", **change, values={"text": text})["ok"]
    return draft


def test_a_hope_that_stays_with_me_is_pointed_at_when_it_stands_in_a_request(
    matters: Matters, open_in: Open
) -> None:
    draft = request_to(open_in, "Ida", "Could you help? I hope for a  page in your magazine.")
    person = draft.state["open"]["person"]
    change = {"table": "contact", "id": person["id"], "version": person["version"]}
    hope = {"hope": "a page in your magazine"}
    assert ask(draft, "write", **change, values=hope)["ok"]
    assert draft.state["open"]["reminders"] == []
    take(matters, "hope", "mine")
    draft.workbook.refresh()
    (line,) = draft.state["open"]["reminders"]
    assert "a page in your magazine" in line

    row = draft.state["open"]
    change = {"table": "message", "id": row["id"], "version": row["version"]}
    assert ask(draft, "write", **change, values={"text": "Could you give me half an hour?"})["ok"]
    assert draft.state["open"]["reminders"] == []


def test_who_says_what_they_want_is_asked_for_both_sides(matters: Matters, open_in: Open) -> None:
    take(matters, "hope", "openly")
    draft = request_to(open_in, "Ida")
    said = texts("stands", "en")["reminders"]
    for column, key in (("they_gain", "hope_openly_gain"), ("hope", "hope_openly_hope")):
        assert draft.state["open"]["reminders"] == [said[key].replace("{name}", "Ida")]
        person = draft.state["open"]["person"]
        change = {"table": "contact", "id": person["id"], "version": person["version"]}
        assert ask(draft, "write", **change, values={column: "a line"})["ok"]
    assert draft.state["open"]["reminders"] == []


def test_once_there_is_trust_means_that_the_other_chair_is_offered_before_a_request(
    matters: Matters, open_in: Open
) -> None:
    draft = request_to(open_in, "Ida")
    assert draft.state["open"]["reminders"] == []
    take(matters, "hope", "after_trust")
    draft.workbook.refresh()
    assert "Ida’s chair" in draft.state["open"]["reminders"][0]


# -- a season later ------------------------------------------------------------------------------


def test_a_stand_is_asked_about_once_a_season_later(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    take(matters, "pace", "one", "I write slowly")
    take(matters, "mixers", UNDECIDED)
    ahead(90)
    assert Review(open_in("05-week", "en")).state["stand_check"] is None
    ahead(91)
    month = Review(open_in("05-week", "en"))
    check = month.state["stand_check"]
    assert check["question"] == "pace" and "Thanks once" in check["text"]
    assert check["own"] == "I write slowly"
    assert ask(month, "confirm_stand", question="pace")["ok"]
    assert month.state["stand_check"] is None
    ahead(400)
    assert Review(open_in("05-week", "en")).state["stand_check"] is None

    matters.workbook.refresh()
    take(matters, "pace", "three")
    ahead(500)
    later = Review(open_in("05-week", "en")).state["stand_check"]
    assert later and "Three times" in later["text"]


# -- three wrong ways ----------------------------------------------------------------------------


def test_what_has_happened_to_me_comes_back_as_one_question_in_a_month(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    for way, answer in (("cards", "yes"), ("early", "yes"), ("taking", "no")):
        assert ask(matters, "answer_wrong_way", way=way, answer=answer)["ok"]
    ahead(27)
    assert Review(open_in("05-week", "en")).state["asked_again"] is None
    ahead(28)
    month = Review(open_in("05-week", "en"))
    first = month.state["asked_again"]
    assert first["way"] == "cards" and first["row"]["answer"] == ""
    assert ask(month, "answer_again", way="cards", answer="yes")["ok"]
    assert month.state["asked_again"]["way"] == "cards", "one question a month"
    assert month.state["asked_again"]["then"]

    ahead(60)
    month = Review(open_in("05-week", "en"))
    assert month.state["asked_again"]["way"] == "early"
    assert ask(month, "answer_again", way="early", answer="no")["ok"]
    ahead(100)
    month = Review(open_in("05-week", "en"))
    assert month.state["asked_again"]["way"] == "cards", "what did not happen again rests"


def test_an_answer_of_the_self_check_stays_changeable(matters: Matters) -> None:
    for answer in ("yes", "no", "yes"):
        assert ask(matters, "answer_wrong_way", way="cards", answer=answer)["ok"]
        assert matters.state["self_check"]["each"][0]["row"]["answer"] == answer
    assert not ask(matters, "answer_wrong_way", way="cards", answer="often")["ok"]


def test_collecting_cards_is_a_line_beside_the_next_gathering_until_it_happens_no_more(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    matters.book.add("place", name="Fair", next_on=days(40))
    event = Gathering(open_in("05-week", "en"))
    assert event.state["reminders"] == []
    assert ask(matters, "answer_wrong_way", way="cards", answer="yes")["ok"]
    ahead(35)
    event.workbook.refresh()
    (line,) = event.state["reminders"]
    assert "collected cards" in line

    month = Review(open_in("05-week", "en"))
    assert ask(month, "answer_again", way="cards", answer="no")["ok"]
    event.workbook.refresh()
    assert event.state["reminders"] == []


def test_talking_business_too_early_is_a_line_before_the_first_request_only(
    matters: Matters, open_in: Open, ahead: Any
) -> None:
    assert ask(matters, "answer_wrong_way", way="early", answer="yes")["ok"]
    ahead(3)
    text = "Could you send me work? I would be glad of an order."
    draft = request_to(open_in, "Ida", text)
    assert draft.state["open"]["read"]["size"] == 4
    line, *others = draft.state["open"]["reminders"]
    assert line.endswith("With Ida, is it time?")

    person = draft.state["open"]["contact_id"]
    assert ask(draft, "sent", id=draft.state["open"]["id"])["ok"]
    ask(draft, "turn_to", id=person)
    row = draft.state["open"]
    change = {"table": "message", "id": row["id"], "version": row["version"]}
    assert ask(draft, "write", **change, values={"text": text})["ok"]
    assert draft.state["open"]["read"]["size"] == 4
    assert draft.state["open"]["reminders"] == others


def test_coming_only_to_be_given_asks_what_is_in_the_first_request_for_them(
    matters: Matters, open_in: Open
) -> None:
    draft = request_to(open_in, "Ida")
    assert draft.state["open"]["reminders"] == []
    assert ask(matters, "answer_wrong_way", way="taking", answer="yes")["ok"]
    draft.workbook.refresh()
    (line,) = draft.state["open"]["reminders"]
    assert line.endswith("What is there in this for Ida?")


# -- two books -----------------------------------------------------------------------------------


def test_one_step_of_a_book_goes_into_the_week_in_my_own_words(
    matters: Matters, open_in: Open
) -> None:
    assert [*matters.state["books"]["each"]["giving"]["steps"]] == [
        *("information", "present", "know_how", "connect"),
    ]
    assert [*matters.state["books"]["each"]["picked"]["steps"]] == [
        *("tag", "proof", "peers", "circulate", "seize"),
    ]
    assert not ask(matters, "put_in_week", book="giving", words="  ")["ok"]
    assert not ask(matters, "put_in_week", book="another", words="tell Ines")["ok"]
    words = "tell Ines of the paper fair "
    assert ask(matters, "put_in_week", book="giving", words=words)["ok"]

    week = MyWeek(open_in("05-week", "en"))
    (row,) = (row for group in week.state["groups"] for row in group["rows"])
    assert (row["kind"], row["text"]) == ("step", "tell Ines of the paper fair")


# -- we encourage each other ---------------------------------------------------------------------


def test_after_a_hard_meeting_my_week_names_once_somebody_who_encourages_me(
    open_in: Open, ahead: Any
) -> None:
    people, week = People(open_in("04-contacts", "en")), MyWeek(open_in("05-week", "en"))
    people.book.add("contact", name="A", known_as="friend")  # without the tick
    noor, rob = (people.book.add("contact", name=name, known_as="friend") for name in "NR")
    for id in (rob, noor):
        ask(people, "choose", id=id)
        change = {"table": "contact", "id": id, "version": people.state["card"]["version"]}
        assert ask(people, "write", **change, values={"cheer": True})["ok"]
    week.workbook.refresh()
    assert week.state["cheer"] is None, "nothing was hard"

    hard = {"contact_id": rob, "on": days(0), "kind": "met", "hard": True}
    people.book.add("encounter", **hard)
    week.workbook.refresh()
    cheer: dict[str, Any] = week.state["cheer"] or {}
    assert cheer["id"] == noor, "never the one with whom it was hard"
    assert "no reason" in cheer["text"]
    assert ask(week, "put_name_aside")["ok"]
    assert week.state["cheer"] is None
    ahead(8)
    later = MyWeek(open_in("05-week", "en"))
    assert later.state["cheer"] is None
    people.book.add("encounter", **hard | {"on": days(8)})
    later.workbook.refresh()
    cheer = later.state["cheer"] or {}
    assert cheer["id"] == noor


def test_a_hard_meeting_of_an_earlier_week_names_nobody_any_more(open_in: Open, ahead: Any) -> None:
    book = book_of(open_in("05-week", "en"))
    book.add("contact", name="Noor", known_as="friend", cheer=True)
    book.add("encounter", on=days(0), kind="met", hard=True)
    assert MyWeek(open_in("05-week", "en")).state["cheer"]
    ahead(7)
    assert MyWeek(open_in("05-week", "en")).state["cheer"] is None


def test_somebody_left_in_peace_is_not_named_for_encouragement(open_in: Open) -> None:
    book = book_of(open_in("05-week", "en"))
    id = book.add("contact", name="Noor", known_as="friend", cheer=True)
    book.add("encounter", on=days(0), kind="met", hard=True)
    for left in ({"closed": True}, {"closed": False, "quiet_until": days(3)}):
        book.update("contact", id, **left)
        assert MyWeek(open_in("05-week", "en")).state["cheer"] is None
    book.update("contact", id, quiet_until="")
    assert MyWeek(open_in("05-week", "en")).state["cheer"]


# -- a pause until a day -------------------------------------------------------------------------


def pause(week: MyWeek, until: str) -> dict[str, Any]:
    row = week.state["pause"]["row"]
    change = {"table": "setting", "id": row["id"], "version": row["version"]}
    return ask(week, "write", **change, values={"value": until})


def test_during_a_pause_nothing_is_suggested_and_my_own_rows_stay(
    open_in: Open, ahead: Any
) -> None:
    week = MyWeek(open_in("05-week", "en"))
    due = {"known_as": "friend", "last_talk": "longer", "last_talk_said_on": days(0)}
    for name in ("Ada", "Zoe"):
        week.book.add("contact", name=name, topics=["bookbinding"], focus=True, **due)
    week.book.add("contact", name="Kim", known_as="friend", afternoon="gladly", met_on=days(-40))
    week.book.add("step", words="return the ladder", on=days(10))
    asked = week.book.add("contact", name="Lou")
    desk, people = Introductions(open_in("04-contacts", "en")), People(open_in("04-contacts", "en"))

    def spoken() -> list[bool]:
        for sheet in (week, desk, people):
            sheet.workbook.refresh()
        return [
            bool(week.state["suggestions"] or week.state["question"]),
            bool(desk.state["pairs"]),
            bool(people.state["focus"]["proposed"]),
        ]

    assert spoken() == [True, True, True]
    assert (week.state["question"] or {})["id"] == asked

    assert pause(week, days(14))["ok"]
    assert spoken() == [False, False, False]
    ahead(8)
    assert spoken() == [False, False, False]
    (row,) = (row for group in week.state["groups"] for row in group["rows"])
    assert row["text"] == "return the ladder"
    ahead(14)
    assert spoken() == [True, True, True]


def test_a_pause_can_be_ended_before_its_day_and_nonsense_is_none(open_in: Open) -> None:
    week = MyWeek(open_in("05-week", "en"))
    week.book.add("contact", name="Lou")
    for text in ("soon", days(0), days(-3)):
        assert pause(week, text)["ok"]
        assert week.state["pause"]["said"] == "" and week.state["question"]
    assert pause(week, days(3))["ok"]
    assert week.state["pause"]["said"] and not week.state["question"]
    assert pause(week, "")["ok"]
    assert week.state["question"]


# -- by hand -------------------------------------------------------------------------------------


def test_the_words_of_a_step_are_changed_before_it_goes_into_the_week(
    matters: Matters, chromium: Browser
) -> None:
    traits = {"state": matters.state, "words": matters.words, "position": matters.position}
    with laid(chromium, matters._esm, traits) as desk:
        page = desk.page
        page.get_by_text(matters.words["books_title"]).click()
        page.get_by_text("Know-how", exact=True).click()
        field = desk.field(matters.state["books"]["act"])
        assert field.input_value().startswith("Show one person")
        field.fill("Show Ines how I fold maps")
        page.get_by_role("button", name=matters.state["books"]["add"]).click()
        (sent,) = desk.sent(1)
        assert (sent["do"], sent["words"]) == ("put_in_week", "Show Ines how I fold maps")
        desk.answer(1, text="It is in your week.")
        assert page.get_by_text(matters.state["books"]["added_hint"]).is_visible()
        assert page.get_by_label(matters.state["books"]["act"], exact=True).count() == 0


def test_a_stand_is_taken_with_one_choice_below_both_voices(
    matters: Matters, chromium: Browser
) -> None:
    traits = {"state": matters.state, "words": matters.words, "position": matters.position}
    with laid(chromium, matters._esm, traits) as desk:
        page, one = desk.page, matters.state["stands"]["each"]["mixers"]
        assert not page.get_by_text(one["warm"]).is_visible()
        page.get_by_text(matters.words["stands_title"]).click()
        page.get_by_text(one["ask"]).click()
        assert page.get_by_text(one["warm"]).is_visible()
        assert page.get_by_text(one["blunt"]).is_visible()
        page.get_by_text(one["choices"]["reason"], exact=True).click()
        (sent,) = desk.sent(1)
        assert (sent["do"], sent["question"], sent["choice"]) == ("take_stand", "mixers", "reason")
