"""What this workbook is made of: everything can be seen, switched and changed there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from desk import Desk, laid
from enishi.coach.rules.catalogue import MANDATORY, RULES, families
from enishi.coach.rules.parameters import read_parameters
from enishi.coach.rules.settings import Settings
from enishi.i18n import read_advice, read_texts, texts
from languages import FIRST_ENGLISH
from sheets import Open, ask, book_of
from widgets.base.pages import PAGES
from widgets.frame.header import Header
from widgets.settings.rules import Rules
from widgets.week.my_week import MyWeek

pytest_plugins = ["server_fixtures", "sheet_fixtures"]


def rows(sheet: Rules, part: str) -> dict[str, Any]:
    return {row["id"]: row for group in sheet.state[part] for row in group["rows"]}


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_all_advice_all_rules_and_all_rules_of_thumb_are_there(
    open_in: Open, language: str
) -> None:
    sheet = Rules(open_in("07-settings", language))

    assert len(rows(sheet, "advice")) == 138
    assert list(rows(sheet, "rules")) == list(RULES)
    assert set(rows(sheet, "thumbs")) == {thumb.name for thumb in read_parameters(Settings())}
    for part in ("advice", "rules", "thumbs"):
        assert all(group["name"] and group["rows"] for group in sheet.state[part])


def test_a_piece_of_advice_leads_to_the_screens_that_serve_it(open_in: Open) -> None:
    sheet = Rules(open_in("07-settings"))
    piece = rows(sheet, "advice")["A9"]

    assert piece["places"][0] == {
        "href": "01-start.ipynb#matters",
        "label": "はじめに › 大切にすること",
    }
    for row in rows(sheet, "advice").values():
        for place in row["places"]:
            page = place["href"].partition(".ipynb#")[0]
            assert page.startswith("#") or page in PAGES


def test_a_rule_tells_its_why_and_its_sources_without_anybodys_data(open_in: Open) -> None:
    rule = rows(Rules(open_in("07-settings", "en")), "rules")["first_thanks"]

    assert rule["why"] == "You met … on …; nothing you wrote to them is noted yet."
    assert [piece["id"] for piece in rule["advice"]] == ["B46", "B47"]
    assert rule["studies"][0]["cite"].startswith("Vergara Hidd")


def test_a_rule_switched_off_here_is_off_on_the_list_of_today(open_in: Open) -> None:
    sheet = Rules(open_in("07-settings"))

    assert ask(sheet, "silence", rule="due")["ok"]
    assert not rows(sheet, "rules")["due"]["on"]
    assert [off["rule"] for off in MyWeek(open_in("05-week")).state["off"]] == ["due"]
    ask(sheet, "hear", rule="due")
    assert rows(sheet, "rules")["due"]["on"]


@pytest.mark.parametrize("rule", sorted(MANDATORY))
def test_what_keeps_somebody_safe_cannot_be_switched_off(open_in: Open, rule: str) -> None:
    sheet = Rules(open_in("07-settings"))

    assert rows(sheet, "rules")[rule]["always"]
    assert not ask(sheet, "silence", rule=rule)["ok"]
    assert sheet.workbook.settings == Settings()


def test_a_rule_of_thumb_is_changed_and_goes_back_to_how_it_came(open_in: Open) -> None:
    sheet = Rules(open_in("07-settings"))

    assert ask(sheet, "measure", name="weight_goal", value=20)["ok"]
    assert sheet.workbook.settings.weight_goal == 0.2
    assert rows(sheet, "thumbs")["weight_goal"]["value"] == 20
    assert rows(sheet, "thumbs")["weight_goal"]["usual"] == 15
    assert ask(sheet, "usual", name="weight_goal")["focus"] == "weight_goal"
    assert sheet.workbook.settings == Settings()


def test_undo_takes_a_rule_of_thumb_back(open_in: Open) -> None:
    workbook = open_in("07-settings")
    header, sheet = Header(workbook), Rules(workbook)
    ask(sheet, "measure", name="meal_days", value=10)
    ask(sheet, "usual", name="meal_days")

    ask(header, "undo")
    assert rows(sheet, "thumbs")["meal_days"]["value"] == 10
    ask(header, "undo")
    assert rows(sheet, "thumbs")["meal_days"]["value"] == 14


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "ここに入るのは、1から5までの整数です。前の数のままにしてあります。"),
        (
            "en",
            "Here a whole number from 1 to 5 makes sense. What was there has been left as it was.",
        ),
    ],
)
def test_nonsense_is_refused_in_a_kind_sentence(open_in: Open, language: str, said: str) -> None:
    sheet = Rules(open_in("07-settings", language))
    answer = ask(sheet, "measure", name="focus_most", value=77)

    assert (answer["ok"], answer["text"]) == (False, said)
    assert rows(sheet, "thumbs")["focus_most"]["value"] == 5


@pytest.mark.parametrize("name", ["switched_off", "language", "owner", "nothing"])
def test_only_rules_of_thumb_can_be_changed_here(open_in: Open, name: str) -> None:
    sheet = Rules(open_in("07-settings"))

    assert not ask(sheet, "measure", name=name, value=3)["ok"]
    assert not ask(sheet, "usual", name=name)["ok"]
    assert sheet.workbook.rows("setting") == []


def test_what_was_never_changed_can_be_put_back_without_harm(open_in: Open) -> None:
    sheet = Rules(open_in("07-settings"))

    assert ask(sheet, "usual", name="meal_days")["ok"]
    assert sheet.workbook.settings == Settings()


def test_a_setting_of_a_former_version_does_no_harm(open_in: Open) -> None:
    book = book_of(open_in("07-settings"))
    for name, value in {"ladder_peers": "7", "wait_thanks_days": "3", "focus_most": "3"}.items():
        book.set_setting(name, value)

    sheet = Rules(open_in("07-settings"))

    assert sheet.workbook.settings == Settings(focus_most=3)
    assert "ladder_peers" not in rows(sheet, "thumbs")
    assert not ask(sheet, "measure", name="ladder_peers", value=5)["ok"]
    assert ask(sheet, "measure", name="focus_most", value=4)["ok"]
    assert MyWeek(open_in("05-week")).workbook.settings == Settings(focus_most=4)


# -- in the browser ------------------------------------------------------------------------------

browser = pytest.mark.browser


@pytest.fixture
def desk(open_in: Open, chromium: Browser) -> Iterator[Desk]:
    """The sheet on a narrow page."""
    sheet = Rules(open_in("07-settings", "en"))
    traits = {"state": sheet.state, "words": sheet.words, "position": sheet.position}
    with laid(chromium, sheet._esm, traits, viewport={"width": 360, "height": 780}) as desk:
        yield desk


@browser
def test_every_group_is_closed_at_first_and_draws_its_rows_only_when_opened(desk: Desk) -> None:
    groups = desk.page.locator("section > details")
    parts = read_advice()["groups"], families(), read_texts("parameters")["groups"]
    assert groups.count() == sum(map(len, parts))
    assert desk.page.locator(".made > li").count() == 0

    groups.first.locator("summary").press("Enter")
    expect(desk.page.get_by_text("Depth of trust rather than numbers.")).to_be_visible()
    assert desk.page.locator(".made > li").count() == 9


@browser
def test_a_word_finds_advice_rules_and_rules_of_thumb_at_once(desk: Desk) -> None:
    desk.field("Find").fill("PROMISE ")

    expect(desk.page.get_by_role("heading", name="The advice")).to_be_visible()
    expect(desk.page.get_by_text("Remember the small promises most of all.").first).to_be_visible()
    expect(desk.field("A promise without a day")).to_have_value("7")
    desk.field("Find").fill("zzz")
    expect(desk.page.get_by_text("Nothing found. A shorter word may help.")).to_be_visible()


@browser
def test_what_was_refused_stays_in_its_field_beside_the_reason(desk: Desk) -> None:
    desk.field("Find").fill("focus_most")
    number = desk.field("People in focus at a time")
    number.fill("77")
    number.press("Tab")
    (sent,) = desk.sent(1)
    assert (sent["do"], sent["name"], sent["value"]) == ("measure", "focus_most", 77)

    desk.answer(1, ok=False, text="Here a whole number from 1 to 5 makes sense.")
    expect(number).to_have_value("77")
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(desk.page.locator("div.trouble")).to_have_text(
        "Here a whole number from 1 to 5 makes sense."
    )
    desk.page.get_by_role("button", name="Back to the usual – People in focus at a time").click()
    assert desk.sent(2)[1]["do"] == "usual"
    desk.answer(2)
    expect(number).to_have_value("5")


@browser
def test_a_rule_is_switched_with_its_tick(desk: Desk) -> None:
    desk.field("Find").fill("first_thanks")
    tick = desk.page.get_by_role("checkbox")
    expect(tick).to_be_checked()
    tick.uncheck()

    (sent,) = desk.sent(1)
    assert (sent["do"], sent["rule"]) == ("silence", "first_thanks")


@browser
def test_days_off_that_cannot_be_read_are_said_beside_the_field_and_stay_there(desk: Desk) -> None:
    words = texts("settings", "en")["screens"]["rules"]["days"]
    field = desk.field(words["own"])
    field.fill("someday")
    desk.page.get_by_role("button", name=words["keep"], exact=True).click()
    (asked,) = desk.sent(1)
    assert (asked["do"], asked["lines"]) == ("take_off", "someday")
    desk.answer(1, ok=False, text="“someday” cannot be read as days.")

    expect(desk.page.locator(".field .trouble")).to_contain_text("“someday” cannot be read")
    expect(field).to_have_value("someday")
