"""A restorer of furniture, who wants a workshop of her own in a year, begins with an empty book.

She comes back a week, a month and a quarter later. Each claim is one thing that an earlier version
said or did wrongly; what stays silent is paired with what is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Locator, expect

from days import days
from enishi.i18n import format_text, texts
from walking import Visits, Walk, visiting

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

ME = "Maeve Doyle"
NEW, COLLEAGUE, BROTHER, FRIEND = "Tomasz Wrona", "Ingrid Solheim", "Ben Doyle", "Priya Raman"
BRIDGE, TARGET, NEIGHBOUR = "Odile Marchand", "Nadia Haddad", "Walter Pym"
STEP, UNDATED = "coffee by the timber yard", "bring back the marquetry book"
PARCEL = "post him the sandpaper samples"
PROMISE = "I’ll send the photos of the chest of drawers"
PROMISED = "send the photos of the chest of drawers"  # what a list says of it
SAID = "She is looking for somebody to share a van with."
WROTE = "Sent her the map of the workshops."
WHY, MY_WORDS = (
    "Nadia has set up three workshops",
    "I restore chairs and would like to ask about leases",
)
FOR_THEM = "she may be glad of a restorer for her tenants"
CUE, ACT = "when the timber yard opens its doors", "I ask the first person what they build"
NEAR, FAR = "Timber yard open evening", "Repair café at the library"
STRENGTHS = ["spotting woodworm early", "explaining a finish", "matching veneers"]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Visits]:
    """Her book, in which nothing is written yet."""
    with visiting(chromium, tmp_path_factory.mktemp("english") / "data", "en") as visits:
        yield visits


@pytest.fixture(scope="module")
def first_day(visits: Visits) -> Walk:
    """The first visit: seven people who come to mind, with steps and a promise to two of them."""
    walk = visits.begin(0)
    walk.at("04-contacts", "add")
    walk.keep_person(NEW, "just_met")
    walk.keep_person(COLLEAGUE, "colleague", "year")
    walk.keep_person(BROTHER, "family", "unsure")
    walk.keep_person(FRIEND, "friend", "month", step=STEP, on=days(4))
    walk.keep_person(BRIDGE, "known", "week", step=UNDATED)
    walk.keep_person(TARGET)
    walk.keep_person(NEIGHBOUR, "known", "longer", step=PARCEL, on=days(9))
    walk.promise(BRIDGE, PROMISE, days(3))
    return walk


@pytest.fixture(scope="module")
def gatherings(first_day: Walk) -> None:
    """Two gatherings, both still ahead on the first day; the second is past a week later."""
    event = first_day.at("05-week", "gathering")
    words = first_day.words("gathering")
    event.get_by_label(words["event_name"], exact=True).fill(FAR)
    event.get_by_label(words["on"], exact=True).last.fill(days(10))
    event.get_by_role("button", name=words["begin"], exact=True).click()
    expect(event.locator("h3.which")).to_have_text(FAR)
    another = first_day.unfold(event, words["another"])
    another.get_by_label(words["event_name"], exact=True).fill(NEAR)
    another.get_by_label(words["on"], exact=True).fill(days(3))
    another.get_by_role("button", name=words["begin"], exact=True).click()
    expect(event.locator("h3.which")).to_have_text(NEAR)


@pytest.fixture(scope="module")
def plan(first_day: Walk) -> None:
    """An if-then plan for a day within the week."""
    ways = first_day.at("02-goal", "ways")
    said = texts("coach", "en")["if_then"]
    first_day.write(ways, said["cue"], CUE)
    first_day.write(ways, said["act"], ACT)
    first_day.write(ways, first_day.words("ways")["on"], days(5))


@pytest.fixture(scope="module")
def week_later(visits: Visits, first_day: Walk, gatherings: None, plan: None) -> Walk:
    """The second visit."""
    return visits.begin(7)


@pytest.fixture(scope="module")
def promise_kept(week_later: Walk) -> None:
    """What she had promised is done."""
    week_later.settle("promise", PROMISED)


@pytest.fixture(scope="module")
def month_later(visits: Visits, week_later: Walk, promise_kept: None) -> Walk:
    """The third visit."""
    return visits.begin(30)


@pytest.fixture(scope="module")
def quarter_later(visits: Visits, month_later: Walk) -> Walk:
    """The fourth visit."""
    return visits.begin(91)


def suggested(walk: Walk) -> Locator:
    """What is suggested and asked below my week."""
    return walk.home().locator(".suggested")


def text_of(draft: Locator) -> str:
    """The text of the message that is open."""
    return draft.locator('[data-focus="text"]').input_value()


# -- the first day ---------------------------------------------------------------------------------


def test_only_somebody_just_met_is_thanked_and_one_of_whom_nothing_is_said_is_asked_about(
    first_day: Walk,
) -> None:
    below = suggested(first_day)
    expect(below.locator(".ready")).to_have_count(1)
    expect(below).to_contain_text(NEW)
    asked = format_text(first_day.words("my_week")["asked"], {"name": TARGET})
    expect(below).to_contain_text(asked)
    for name in (COLLEAGUE, BROTHER):
        expect(below).not_to_contain_text(name)


def test_a_colleague_of_nine_years_is_known_since_that_year(first_day: Walk) -> None:
    words = texts("contacts", "en")["screens"]["people"]
    card = first_day.card(COLLEAGUE)
    met = first_day.unfold(card, words["part_met"])
    year = str(int(days(0)[:4]) - 9)
    met.get_by_label(words["known_since"], exact=True).select_option(year)
    expect(card).to_contain_text(format_text(words["known_since_year"], {"year": int(year)}))
    expect(card).not_to_contain_text(words["last_met"].partition("{")[0])


@pytest.mark.parametrize("name", [COLLEAGUE, BROTHER, TARGET])
def test_a_message_says_no_meeting_and_no_silence_that_was_not_written(
    first_day: Walk, name: str
) -> None:
    assert "we met" in first_day.first_text(NEW)
    text = first_day.first_text(name)
    assert name.split()[0] in text
    for untrue in ("we met", "been a while", "conversation", "talking with you"):
        assert untrue not in text


def test_write_beside_a_promise_opens_a_message_to_the_one_it_was_given_to(
    first_day: Walk,
) -> None:
    for name in (BRIDGE, COLLEAGUE):  # the message begun last is to somebody else
        first_day.write_to(name)
    week = first_day.home()
    words = first_day.words("my_week")
    for act in ("more_acts", "write"):
        name = words["act_name"].format(act=words[act], text=PROMISED)
        week.get_by_role("button", name=name, exact=True).click()
    first_day.page.wait_for_url("**/04-contacts.ipynb#draft=*")
    first_day.name = "04-contacts"
    draft = first_day.page.locator("section#draft")
    expect(draft.locator('[data-focus="draft"]')).to_contain_text(BRIDGE, timeout=60_000)
    first_day.throw_away(draft)


def test_what_is_written_on_a_gathering_stays_with_it_and_undo_takes_back_only_the_last(
    first_day: Walk, gatherings: None
) -> None:
    event = first_day.at("05-week", "gathering")
    words = first_day.words("gathering")
    which, bring = event.locator("h3.which"), event.get_by_label(words["bring"], exact=True)
    been = event.get_by_role("button", name=words["been"], exact=True)
    event.get_by_role("radio", name=FAR).check()
    expect(which).to_have_text(FAR)
    first_day.pick(event, words["pressure"], words["weights"]["some"])
    expect(which).to_have_text(FAR)
    first_day.saved(event)
    first_day.write(event, words["bring"], "a box of offcuts")
    expect(which).to_have_text(FAR)
    expect(been).to_have_count(0)

    event.get_by_role("radio", name=NEAR).check()
    expect(which).to_have_text(NEAR)
    expect(bring).to_have_value("")
    expect(been).to_have_count(0)
    event.get_by_role("radio", name=FAR).check()
    expect(bring).to_have_value("a box of offcuts")

    undo = texts("workbook", "en")["head"]["undo"]
    first_day.page.get_by_role("button", name=undo, exact=True).click()
    expect(bring).to_have_value("")
    expect(event.get_by_label(words["weights"]["some"], exact=True)).to_be_checked()
    expect(which).to_have_text(FAR)


def test_each_reason_of_an_introduction_reaches_only_the_one_it_was_written_for(
    first_day: Walk,
) -> None:
    draft = first_day.write_to(BRIDGE)
    words = first_day.words("draft")
    draft.get_by_label(words["me"], exact=True).fill(ME)
    draft.get_by_role("button", name=words["sign"], exact=True).click()
    expect(draft.get_by_label(words["me"], exact=True)).to_have_count(0)

    sheet = first_day.at("04-contacts", "introductions")
    words = first_day.words("introductions")
    first_day.choose_person(sheet, TARGET)
    errand = sheet.locator("li.introduction")
    more = first_day.unfold(errand, words["more"])
    picker = more.get_by_role("combobox", name=words["bridge_id"])
    picker.fill(BRIDGE)
    more.get_by_role("option", name=BRIDGE).first.click()
    expect(errand.locator("h3")).to_contain_text(BRIDGE)
    more = first_day.unfold(errand, words["more"])
    for column, said in (("why", WHY), ("to_target", MY_WORDS), ("for_them", FOR_THEM)):
        first_day.write(more, words[column], said)
    more.get_by_role("button", name=words["forwardable"], exact=True).click()
    forwarded = more.get_by_label(words["text"], exact=True)
    expect(forwarded).not_to_have_value("")
    passed_on = forwarded.input_value()
    assert MY_WORDS in passed_on and ME in passed_on and WHY not in passed_on

    request = texts("drafts", "en")["kinds"]["ask_introduction"]["name"]
    errand.get_by_role("button", name=request).click()
    to_bridge = first_day.page.locator("section#draft")
    kind = to_bridge.locator("select").first.locator("option:checked")
    expect(kind).to_have_text(request)
    asked = text_of(to_bridge).partition(texts("drafts", "en")["forwarded"])[0]
    assert WHY in asked and ME in asked and MY_WORDS not in asked


def test_a_strength_that_one_person_named_is_not_among_those_nobody_mentioned(
    first_day: Walk,
) -> None:
    inventory = first_day.at("03-strengths", "inventory")
    entry = inventory.locator("[data-prompt]").first
    entry.focus()
    for strength in STRENGTHS:
        first_day.page.keyboard.type(strength)
        first_day.page.keyboard.press("Enter")
        expect(inventory.locator(".jotted textarea").last).to_have_value(strength)
    evidence = first_day.at("03-strengths", "evidence")
    words = first_day.words("evidence")
    for nth, (who, named) in enumerate(((COLLEAGUE, STRENGTHS[0]), (FRIEND, STRENGTHS[1]))):
        evidence.get_by_role("button", name=words["add_voice"], exact=True).click()
        card = evidence.locator("section.card:not(.seen)").nth(nth)
        first_day.write(card, words["who"], who)
        card.get_by_role("button", name=words["asked_today"], exact=True).click()
        first_day.write(card, words["words"], f"You are good at {named}.")
        first_day.unfold(card, words["picks"])
        card.get_by_label(named, exact=True).check()
        expect(card.get_by_label(named, exact=True)).to_be_checked()
        first_day.saved(card)

    def listed(name: str) -> Locator:
        title = first_day.page.get_by_role("heading", name=words["seen"][name], exact=True)
        return evidence.locator(".seen section", has=title)

    for named in STRENGTHS[:2]:
        expect(listed("once")).to_contain_text(named)
        expect(listed("hidden")).not_to_contain_text(named)
    expect(listed("hidden")).to_contain_text(STRENGTHS[2])
    inventory = first_day.at("03-strengths", "inventory")
    mark = first_day.words("inventory")["named_by_one"]
    for named, count in zip(STRENGTHS, (1, 1, 0), strict=True):
        card = inventory.locator(".slip", has_text=named)
        expect(card.get_by_text(mark, exact=True)).to_have_count(count)


def note_talk(walk: Walk, kind: str, said: str) -> None:
    """Note what was exchanged with a friend today, and how."""
    log = walk.at("05-week", "note")
    words = walk.words("note")
    walk.choose_person(log, FRIEND)
    walk.pick(log.locator(".entry"), words["kind"], words["kinds"][kind])
    log.locator('[data-focus$=".note"]').first.fill(said)
    log.get_by_role("button", name=words["save"], exact=True).click()
    expect(log.locator(".last")).to_contain_text(said)


def test_a_brief_is_for_a_meeting_and_quotes_the_last_talk_not_the_last_letter(
    first_day: Walk,
) -> None:
    note_talk(first_day, "meal", SAID)
    note_talk(first_day, "letter", WROTE)
    before = first_day.at("05-week", "before")
    words = first_day.words("before")
    brief = before.locator("li.card", has_text=FRIEND)
    expect(brief).to_contain_text(STEP)
    talk = brief.locator("dt", has_text=words["terms"]["last"]).first.locator("+ dd")
    expect(talk).to_contain_text(SAID)
    expect(talk).not_to_contain_text(WROTE)
    expect(brief).not_to_contain_text(words["terms"]["gift"])  # nothing is written to rest it on
    expect(before).not_to_contain_text(NEIGHBOUR)  # a parcel is no meeting


def test_an_if_then_plan_stands_in_my_week_and_is_not_asked_about_before_its_day(
    first_day: Walk, plan: None
) -> None:
    expect(first_day.home()).to_contain_text(ACT)
    ways, words = first_day.at("02-goal", "ways"), texts("coach", "en")["if_then"]
    expect(ways.get_by_text(words["look_back"], exact=True)).to_be_visible()
    expect(ways).not_to_contain_text(words["moment_passed"].partition("{")[0])


# -- a week later ----------------------------------------------------------------------------------


def test_what_she_planned_is_carried_over_with_its_day_and_stands_in_the_plan(
    week_later: Walk,
) -> None:
    week = week_later.home()
    for words in (STEP, PROMISED):
        expect(week.locator(".of-carried")).to_contain_text(words)
    expect(week.locator(".of-any_day")).to_contain_text(UNDATED)
    week.get_by_role("button", name=week_later.words("my_week")["print"], exact=True).click()
    plan = week.locator("article.page")
    for words in (STEP, UNDATED, PROMISED):
        expect(plan).to_contain_text(words)


def test_a_gathering_is_told_of_from_its_day_on(week_later: Walk) -> None:
    event = week_later.at("05-week", "gathering")
    words = week_later.words("gathering")
    event.get_by_role("radio", name=NEAR).check()
    expect(event.locator("h3.which")).to_have_text(NEAR)
    expect(event.get_by_role("button", name=words["keep"], exact=True)).to_be_visible()
    event.get_by_role("radio", name=FAR).check()
    expect(event.locator("h3.which")).to_have_text(FAR)
    expect(event.get_by_label(words["bring"], exact=True)).to_be_visible()
    expect(event.get_by_role("button", name=words["keep"], exact=True)).to_have_count(0)


def test_an_if_then_plan_is_asked_about_once_its_day_has_passed(week_later: Walk) -> None:
    ways, words = week_later.at("02-goal", "ways"), texts("coach", "en")["if_then"]
    expect(ways).to_contain_text(words["moment_passed"].partition("{")[0])
    expect(ways.get_by_label(words["cue"], exact=True)).to_have_value(CUE)


def test_what_is_done_leaves_my_week_and_nothing_else_does(
    week_later: Walk, promise_kept: None
) -> None:
    week = week_later.home()
    expect(week).not_to_contain_text(PROMISED)
    expect(week).to_contain_text(STEP)
    expect(week).to_contain_text(UNDATED)


# -- a month and a quarter later -------------------------------------------------------------------


def test_a_month_later_a_step_is_still_there(month_later: Walk) -> None:
    week = month_later.home()
    expect(week).to_contain_text(STEP)
    expect(week).to_contain_text(UNDATED)
    expect(week).not_to_contain_text(PROMISED)


def test_a_quarter_later_the_letter_tells_what_she_kept_and_blames_for_nothing(
    quarter_later: Walk,
) -> None:
    letter = quarter_later.at("05-week", "letter").locator("article.letter")
    words = quarter_later.words("letter")
    expect(letter).to_contain_text(
        format_text(words["kept_line"], {"words": PROMISE, "name": BRIDGE})
    )
    expect(letter).not_to_contain_text(words["open"].partition("{")[0])
    expect(letter).not_to_contain_text(TARGET)


# -- leaving ---------------------------------------------------------------------------------------


def taken_home(walk: Walk, data: Locator, name: str) -> tuple[Path, dict[str, Any]]:
    """Take the book home, and return the file and the tables in it."""
    with walk.page.expect_download() as handed:
        data.get_by_role("button", name=name, exact=True).click()
    assert handed.value.suggested_filename == f"enishi-my-book-{days(91)}.zip"
    with ZipFile(handed.value.path()) as archive:
        return handed.value.path(), json.loads(archive.read("book.json"))["tables"]


def test_she_takes_her_own_words_home_erases_them_and_puts_them_back(quarter_later: Walk) -> None:
    data = quarter_later.at("07-settings", "my_data")
    words = quarter_later.words("my_data")
    file, tables = taken_home(quarter_later, data, words["take"])
    assert {STEP, UNDATED, PARCEL} <= {row["words"] for row in tables["step"]}
    assert PROMISE in {row["words"] for row in tables["promise"]}
    assert {NEW, COLLEAGUE, BROTHER, FRIEND} <= {row["name"] for row in tables["contact"]}

    fold = quarter_later.unfold(data, words["erase_title"])
    erase = fold.get_by_role("button", name=words["erase"], exact=True)
    expect(erase).to_be_disabled()
    field = fold.get_by_label(format_text(words["type_word"], {"word": words["erase_word"]}))
    field.fill("yes")
    erase.click()
    expect(data.get_by_role("status")).to_contain_text("nothing was erased")
    field.fill(words["erase_word"])
    erase.click()
    expect(data.get_by_text(words["erased"], exact=True)).to_be_visible()
    _, left = taken_home(quarter_later, data, words["take"])
    assert not any(left.values())
    people = quarter_later.at("04-contacts", "people")
    expect(people.locator("h2")).to_be_visible()
    expect(people).not_to_contain_text(FRIEND)

    data = quarter_later.at("07-settings", "my_data")
    chosen = quarter_later.unfold(data, words["back_title"]).get_by_label(words["back"])
    chosen.set_input_files({"name": "a.zip", "mimeType": "application/zip", "buffer": b"PK x"})
    expect(data.get_by_role("status")).to_contain_text("a.zip is not a book")
    chosen.set_input_files(file)
    preview = data.locator('[data-focus="chosen"]')
    expect(preview).to_contain_text(words["back_added"].partition("{")[0])
    preview.get_by_role("button", name=words["back_do"], exact=True).click()
    expect(data.get_by_role("status")).to_contain_text(words["put_back_done"].partition(":")[0])
    _, back = taken_home(quarter_later, data, words["take"])
    assert back == tables
