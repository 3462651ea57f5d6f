"""The drawing code that all sheets share, in a real browser with nothing behind it but a model.

What happens between a key and an answer can be looked at step by step.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from desk import HOME, Desk, laid
from enishi.js_bundle import bundle_modules
from widgets.base.assets import WIDGETS

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

SHEET = """
import { defineSheet, h } from "./base/sheet.js";

function draw(sheet) {
  window.board = sheet;
  window.drawings = (window.drawings ?? 0) + 1;
  const goal = sheet.fields("goal", sheet.state.goal);
  return [
    h("p", { id: "said" }, sheet.state.said),
    goal.text("wish", { label: "wish" }),
    goal.text("proof", { label: "proof" }),
    goal.choose("area", [["work", "work"], ["home", "home"]]),
    goal.select("kind", [["a", "A"], ["b", "B"]], { label: "kind" }),
    goal.textList("topics", { label: "topics" }),
    goal.slider("dial", { label: "dial" }),
    sheet.details("fold", "a fold", () => goal.text("area", { label: "in the fold" })),
    h("ul", {}, sheet.state.roles.map((role) => h("li", { key: role.id, id: role.id },
      sheet.fields("role", role).text("name", { label: role.id })))),
  ];
}

export default defineSheet({ draw });
"""
GOAL = {"id": "g", "version": 1, "wish": "", "proof": "", "area": "", "kind": "", "dial": None}
COMMON = {
    "saved": "saved",
    "saving": "saving",
    "not_said": "not said",
    "save_again": "save again",
    "too_long": "too long",
    "theirs": "theirs: {text}",
    "keep_mine": "mine",
    "keep_theirs": "theirs",
    "keep_first": "keep the first {n}",
    "keep_lines": "keep {most} lines of {n}",
}
BEHIND = {"behind": True, "passes": True, "text": "saved, but not shown"}
TRAITS = {
    "state": {"said": "", "goal": GOAL, "roles": [], "reflection": {"id": "wish", "version": 0}},
    "words": {"name": "wish", "question": "?", "area": "area", "common": COMMON},
    "position": {"name": "wish", "index": 1, "of": 1, "names": ["wish"]},
}


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Desk]:
    with laid(chromium, bundle_modules(SHEET, WIDGETS), TRAITS) as ready:
        yield ready


def test_what_is_written_is_saved_after_a_pause_and_said_to_be(desk: Desk) -> None:
    desk.field("wish").press_sequentially("a designer")
    (message,) = desk.sent(1)
    del message["n"]
    values = {"wish": "a designer"}
    assert message == {
        "do": "write", "table": "goal", "id": "g", "version": 1, "values": values,
    }  # fmt: skip
    desk.answer(1, version=2)
    expect(desk.page.locator(".saved")).to_have_text("saved")


def test_leaving_a_field_saves_it_at_once(desk: Desk) -> None:
    desk.field("wish").press_sequentially("a designer")
    desk.field("wish").blur()
    assert desk.page.evaluate("model.sent.length") == 1


def test_text_typed_while_another_answer_arrives_is_not_lost(desk: Desk) -> None:
    desk.field("wish").press_sequentially("half a sen")
    desk.state(said="another sheet was answered")
    expect(desk.page.locator("#said")).to_have_text("another sheet was answered")
    desk.field("wish").press_sequentially("tence")
    assert desk.field("wish").input_value() == "half a sentence"


def test_text_typed_while_its_own_answer_is_on_its_way_is_not_lost(desk: Desk) -> None:
    desk.field("wish").press_sequentially("one")
    desk.sent(1)
    desk.field("wish").press_sequentially(" two")
    desk.state(goal=GOAL | dict(wish="one", version=2))
    desk.answer(1, version=2)
    desk.field("wish").blur()
    assert desk.field("wish").input_value() == "one two"
    assert desk.sent(2)[1]["values"] == {"wish": "one two"}


def test_what_was_left_but_is_not_saved_yet_stays_as_it_was_written(desk: Desk) -> None:
    desk.field("wish").press_sequentially("mine")
    desk.field("wish").blur()
    desk.state(said="a state that does not hold it yet")
    expect(desk.page.locator("#said")).not_to_be_empty()
    assert desk.field("wish").input_value() == "mine"


def test_a_message_in_flight_holds_the_next_back(desk: Desk) -> None:
    desk.field("wish").press_sequentially("first")
    desk.field("wish").blur()
    desk.field("proof").press_sequentially("second")
    desk.field("proof").blur()
    assert desk.sent(1)[0]["values"] == {"wish": "first"}
    desk.answer(1, version=2)
    assert desk.sent(2)[1]["values"] == {"proof": "second"}


def test_two_quick_edits_of_one_field_do_not_conflict_with_themselves(desk: Desk) -> None:
    wish = desk.field("wish")
    wish.press_sequentially("one")
    wish.blur()
    wish.press("End")
    wish.press_sequentially(" two")  # while the first is in flight
    wish.blur()
    desk.state(goal=GOAL | dict(wish="one", version=2))
    desk.answer(1, version=2)
    second = desk.sent(2)[1]
    assert (second["version"], second["values"]) == (2, {"wish": "one two"})
    assert wish.input_value() == "one two"
    desk.state(goal=GOAL | dict(wish="one two", version=3))
    desk.answer(2, version=3)
    wish.fill("one two!")
    wish.blur()
    assert desk.sent(3)[2]["version"] == 3


def test_two_quick_choices_do_not_conflict_with_themselves(desk: Desk) -> None:
    desk.page.get_by_role("radio", name="work").click()
    desk.page.get_by_role("radio", name="home").click()
    desk.answer(1, version=2)
    second = desk.sent(2)[1]
    assert (second["version"], second["values"]) == (2, {"area": "home"})


def test_a_choice_replaces_what_was_still_being_moved_there(desk: Desk) -> None:
    slide = "dial => { dial.value = 7; dial.dispatchEvent(new Event('input')); }"  # not let go yet
    desk.page.get_by_role("slider").evaluate(slide)
    desk.page.evaluate("board.write('goal', model.get('state').goal, { dial: 3 })")
    assert [message["values"] for message in desk.sent(1)] == [{"dial": 3}]


def test_another_windows_change_of_a_field_is_not_passed_over_by_ones_own_of_another(
    desk: Desk,
) -> None:
    desk.field("wish").press_sequentially("mine")  # at version 1
    desk.page.get_by_role("radio", name="work").click()  # leaves the field: both are sent
    desk.answer(1, version=4)  # meanwhile others wrote versions 2 and 3
    assert [message["version"] for message in desk.sent(2)] == [1, 1]


def test_what_another_window_wrote_in_a_field_that_has_the_focus_is_not_passed_over(
    desk: Desk,
) -> None:
    wish = desk.field("wish")
    wish.focus()
    desk.state(goal=GOAL | dict(wish="theirs", version=2))
    assert wish.input_value() == ""  # nothing changes under somebody's hands
    wish.press_sequentially("mine")
    wish.blur()
    assert desk.sent(1)[0]["version"] == 1


def test_a_field_that_is_left_shows_what_another_window_wrote_there(desk: Desk) -> None:
    wish = desk.field("wish")
    wish.focus()
    desk.state(goal=GOAL | dict(wish="theirs", version=2))
    wish.blur()
    expect(wish).to_have_value("theirs")
    wish.press_sequentially("!")
    wish.blur()
    assert desk.sent(1)[0]["version"] == 2


def test_a_message_that_the_cut_line_lost_goes_again_under_its_number(desk: Desk) -> None:
    desk.field("wish").press_sequentially("first")
    desk.field("wish").blur()
    desk.page.evaluate("enishi.line.dispatchEvent(new Event('synced'))")
    first, again = desk.sent(2)
    assert first == again
    desk.answer(1, version=2)
    desk.page.evaluate("enishi.line.dispatchEvent(new Event('synced'))")
    desk.sent(2)


def test_a_row_that_the_first_word_makes_is_made_once(desk: Desk) -> None:
    desk.state(goal=GOAL | dict(id="new", version=0))
    desk.field("wish").press_sequentially("first")
    desk.field("wish").blur()
    desk.field("proof").press_sequentially("second")
    desk.field("proof").blur()
    assert desk.sent(1)[0]["version"] == 0
    desk.answer(1, version=1)
    assert desk.sent(2)[1]["version"] == 1


def test_a_refused_value_keeps_the_text_and_says_why(desk: Desk) -> None:
    wish = desk.field("wish")
    wish.press_sequentially("too long")
    wish.blur()
    desk.sent(1)
    desk.state(said="the book is as it was")
    desk.answer(1, ok=False, text="at most 4 characters")
    expect(desk.page.get_by_role("alert")).to_have_text("at most 4 characters")
    assert wish.input_value() == "too long"
    assert wish.get_attribute("aria-invalid") == "true"
    described = str(wish.get_attribute("aria-describedby"))
    assert desk.page.locator(f"#{described}").text_content() == "at most 4 characters"
    wish.fill("less")
    wish.blur()
    desk.sent(2)
    desk.answer(2, version=2)
    expect(desk.page.get_by_role("alert")).to_have_count(0)


def test_where_two_windows_disagree_one_can_keep_ones_own_or_take_theirs(desk: Desk) -> None:
    desk.field("wish").press_sequentially("mine")
    desk.field("wish").blur()
    desk.sent(1)
    desk.answer(1, ok=False, text="changed elsewhere", theirs={"wish": "hers"}, version=5)
    expect(desk.page.get_by_role("alert")).to_contain_text("theirs: hers")
    desk.page.get_by_role("button", name="mine").click()
    second = desk.sent(2)[1]
    assert (second["version"], second["values"]) == (5, {"wish": "mine"})
    assert desk.field("wish").input_value() == "mine"
    desk.state(goal=GOAL | dict(wish="mine", version=6))
    desk.answer(2, version=6)
    expect(desk.page.get_by_role("alert")).to_have_count(0)


def test_focus_stays_in_the_field_when_a_row_is_added_above(desk: Desk) -> None:
    desk.state(roles=[{"id": "b", "version": 1, "name": ""}])
    desk.field("b").press_sequentially("wri")
    desk.state(roles=[{"id": "a", "version": 1, "name": ""}, {"id": "b", "version": 1, "name": ""}])
    expect(desk.field("a")).to_be_attached()
    desk.page.keyboard.type("ting")
    expect(desk.field("b")).to_be_focused()
    assert desk.field("b").input_value() == "writing"


def test_rows_keep_their_elements_and_the_caret_when_they_are_reordered(desk: Desk) -> None:
    rows = [{"id": key, "version": 1, "name": key * 3} for key in "abc"]
    desk.state(roles=rows)
    desk.field("c").focus()
    desk.page.evaluate(
        "() => { for (const item of document.querySelectorAll('li')) item.mark = item.id;"
        " document.activeElement.setSelectionRange(1, 1); }"
    )
    desk.state(roles=rows[::-1])
    expect(desk.page.locator("li").first).to_have_id("c")
    assert desk.page.evaluate("[...document.querySelectorAll('li')].map(item => item.mark)") == [
        "c", "b", "a",
    ]  # fmt: skip
    desk.page.keyboard.type("-")
    assert desk.field("c").input_value() == "c-cc"


def test_text_is_never_markup(desk: Desk) -> None:
    nasty = '<img src=x onerror="window.hurt = 1"><script>window.hurt = 1</script>'
    desk.state(said=nasty, roles=[{"id": "r", "version": 1, "name": nasty}])
    expect(desk.page.locator("#said")).to_have_text(nasty)
    assert desk.field("r").input_value() == nasty
    desk.field("wish").fill(nasty)
    desk.field("wish").blur()
    desk.answer(1, ok=False, text=nasty)
    expect(desk.page.get_by_role("alert")).to_have_text(nasty)
    assert desk.page.locator("main img, main script").count() == 0
    assert desk.page.evaluate("window.hurt") is None


def test_what_was_just_written_is_sent_when_the_page_is_left(desk: Desk) -> None:
    desk.field("wish").press_sequentially("first")
    desk.sent(1)  # in flight, and never answered
    desk.field("wish").press_sequentially(", then more")
    desk.page.goto(HOME + "elsewhere")
    sent = json.loads(desk.page.evaluate("sessionStorage.getItem('sent')"))
    assert [message["values"]["wish"] for message in sent] == ["first", "first, then more"]
    assert [message["version"] for message in sent] == [1, 2]


def test_a_sheet_that_is_taken_away_sends_what_was_written_and_hears_no_more(desk: Desk) -> None:
    desk.field("wish").press_sequentially("last words")
    desk.page.evaluate("leave()")
    assert desk.page.evaluate("model.sent.length") == 1
    assert desk.sent(1)[0]["values"] == {"wish": "last words"}
    desk.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    desk.sent(1)


def test_traits_that_arrive_together_make_one_drawing(desk: Desk) -> None:
    assert desk.page.evaluate("drawings") == 1
    desk.page.evaluate("model.set({ state: model.get('state'), words: model.get('words') })")
    desk.pause()
    assert desk.page.evaluate("drawings") == 2


def test_what_failed_for_a_reason_that_passes_is_tried_again_by_itself(desk: Desk) -> None:
    desk.field("wish").press_sequentially("mine")
    desk.field("wish").blur()
    desk.sent(1)
    desk.answer(1, ok=False, passes=True, text="the disk is full")
    expect(desk.page.get_by_role("alert")).to_contain_text("the disk is full")
    assert desk.field("wish").input_value() == "mine"
    desk.page.clock.run_for(10_000)
    assert desk.sent(2)[1]["values"] == {"wish": "mine"}
    desk.answer(2, version=2)
    expect(desk.page.get_by_role("alert")).to_have_count(0)
    expect(desk.page.locator(".saved")).to_have_text("saved")


def test_what_failed_can_be_saved_at_once_when_its_reason_has_passed(desk: Desk) -> None:
    desk.field("wish").press_sequentially("mine")
    desk.field("wish").blur()
    desk.sent(1)
    desk.answer(1, ok=False, passes=True, text="the disk is full")
    desk.page.get_by_role("button", name="save again").click()
    assert desk.sent(2)[1]["values"] == {"wish": "mine"}
    desk.answer(2, version=2)
    desk.page.clock.run_for(20_000)
    desk.sent(2)


def test_a_choice_that_was_refused_is_not_left_as_if_it_were_taken(desk: Desk) -> None:
    home = desk.page.get_by_role("radio", name="home")
    home.click()
    desk.sent(1)
    expect(home).to_be_checked()
    desk.answer(1, ok=False, text="the disk is full")
    expect(home).not_to_be_checked()
    expect(desk.page.locator(".saved")).to_have_text("the disk is full")


def test_a_dial_that_was_refused_says_so_beside_it(desk: Desk) -> None:
    dial = desk.page.get_by_role("slider")
    dial.focus()
    dial.press("ArrowRight")
    desk.sent(1)
    desk.answer(1, ok=False, passes=True, text="the disk is full")
    expect(desk.page.get_by_role("alert")).to_contain_text("the disk is full")
    expect(dial).to_have_value("6")


# -- what is saved while the page cannot be drawn anew ---------------------------------------------


def test_what_is_saved_stays_in_its_field_while_the_page_cannot_be_drawn_anew(desk: Desk) -> None:
    desk.field("wish").press_sequentially("mine")
    desk.field("wish").blur()
    desk.sent(1)
    desk.answer(1, version=2, **BEHIND)  # no state comes with it
    expect(desk.page.locator(".saved")).to_have_text("saved, but not shown")
    desk.field("kind").select_option("b")
    desk.sent(2)
    desk.answer(2, version=3, **BEHIND)
    assert desk.field("wish").input_value() == "mine"
    assert desk.field("kind").input_value() == "b"


def test_a_page_that_could_not_be_drawn_asks_again_until_it_can(desk: Desk) -> None:
    desk.field("wish").press_sequentially("mine")
    desk.field("wish").blur()
    desk.sent(1)
    desk.answer(1, version=2, **BEHIND)
    desk.page.clock.run_for(10_000)
    assert desk.sent(2)[1]["do"] == "catch_up"
    desk.answer(2, ok=False, passes=True, text="the database does not answer")
    expect(desk.page.locator(".saved")).to_have_text("saved, but not shown")
    desk.page.clock.run_for(10_000)
    assert desk.sent(3)[2]["do"] == "catch_up"
    desk.state(goal=GOAL | dict(wish="mine, as the book has it", version=2))
    desk.answer(3, text="up to date")
    expect(desk.field("wish")).to_have_value("mine, as the book has it")
    expect(desk.page.locator(".saved")).to_have_text("up to date")
    desk.page.clock.run_for(30_000)
    desk.sent(3)


def test_what_is_written_before_the_page_is_drawn_anew_builds_on_what_was_saved(
    desk: Desk,
) -> None:
    desk.field("wish").press_sequentially("mine")
    desk.field("wish").blur()
    desk.sent(1)
    desk.answer(1, version=7, **BEHIND)
    desk.field("wish").press("End")
    desk.field("wish").press_sequentially(", and more")
    desk.field("wish").blur()
    second = desk.sent(2)[1]
    assert (second["version"], second["values"]) == (7, {"wish": "mine, and more"})


def test_a_write_that_is_shown_ends_the_waiting(desk: Desk) -> None:
    desk.field("wish").press_sequentially("mine")
    desk.field("wish").blur()
    desk.sent(1)
    desk.answer(1, version=2, **BEHIND)
    desk.field("proof").press_sequentially("a sign")
    desk.field("proof").blur()
    desk.sent(2)
    desk.state(goal=GOAL | dict(wish="hers", proof="a sign", version=4))
    desk.answer(2, version=4)
    expect(desk.field("wish")).to_have_value("hers")
    desk.page.clock.run_for(30_000)
    desk.sent(2)


# -- what is too long ------------------------------------------------------------------------------


def test_a_paste_that_is_too_long_stays_whole_until_the_person_keeps_its_first_part(
    desk: Desk,
) -> None:
    whole = "😀" * 305  # two UTF-16 units each
    desk.field("wish").fill(whole)
    desk.field("wish").blur()
    assert desk.sent(1)[0]["values"] == {"wish": whole}
    desk.answer(1, ok=False, text="305, and 300 fit", fits={"longest": 300, "most": None})
    expect(desk.page.get_by_role("alert")).to_contain_text("305, and 300 fit")
    expect(desk.page.locator(".saved")).to_be_empty()
    assert desk.field("wish").input_value() == whole
    desk.page.get_by_role("button", name="keep the first 300").click()
    assert desk.sent(2)[1]["values"] == {"wish": "😀" * 300}
    expect(desk.field("wish")).to_have_value("😀" * 300)
    expect(desk.field("wish")).to_be_focused()
    desk.answer(2, version=2)
    expect(desk.page.get_by_role("alert")).to_have_count(0)


def test_of_a_list_that_is_too_long_what_fits_can_be_kept(desk: Desk) -> None:
    desk.field("topics").fill("\n".join(["a", "b" * 9, "c"]))
    desk.field("topics").blur()
    desk.sent(1)
    desk.answer(1, ok=False, text="too long", fits={"longest": 4, "most": 2})
    desk.page.get_by_role("button", name="keep 2 lines of 4").click()
    assert desk.sent(2)[1]["values"] == {"topics": ["a", "bbbb"]}
    assert desk.field("topics").input_value() == "a\nbbbb"


def test_what_is_too_long_for_a_message_is_not_sent_and_says_so(desk: Desk) -> None:
    save = "text => board.write('goal', model.get('state').goal, { area: text })"
    desk.page.evaluate(f"({save})('x'.repeat(11e6))")
    desk.sent(0)
    expect(desk.page.locator(".saved")).to_have_text("too long")
    desk.page.evaluate(f"({save})('work')")
    desk.sent(1)


# -- many children ---------------------------------------------------------------------------------

KEYED = """
import { h, patch } from "./base/dom.js";

let reads = 0; // of what tells one node from another
const names = new WeakMap();
const { get } = Object.getOwnPropertyDescriptor(Element.prototype, "localName");
Object.defineProperty(Element.prototype, "localName", {
  get() { reads++; return get.call(this); },
});
Object.defineProperty(Node.prototype, "_name", {
  get() { reads++; return names.get(this); },
  set(name) { names.set(this, name); },
});

function render({ el }) {
  window.patched = (keys) => {
    const before = new Set(el.children);
    reads = 0;
    patch(el, keys.map((key) => h("p", { key }, `${key}`)));
    const kept = [...el.children].filter((child) => before.has(child));
    return { reads, kept: kept.length, texts: kept.map((child) => Number(child.textContent)) };
  };
}

export default { render };
"""


def test_two_thousand_children_find_their_elements_with_linear_work(chromium: Browser) -> None:
    keys = list(range(2_000))
    with laid(chromium, bundle_modules(KEYED, WIDGETS), TRAITS) as desk:
        first = desk.page.evaluate("keys => patched(keys)", keys)
        again = desk.page.evaluate("keys => patched(keys)", keys[::-1])
    assert first["kept"] == 0
    assert again["texts"] == keys[::-1]
    assert 0 < again["reads"] <= 5 * len(keys)


def test_a_fold_is_filled_once_it_is_opened_and_keeps_what_was_written_in_it(desk: Desk) -> None:
    within, fold = desk.field("in the fold"), desk.page.get_by_text("a fold")
    expect(within).not_to_be_attached()
    fold.click()
    within.fill("mine")
    fold.click()
    desk.state(said="drawn again")
    expect(within).to_be_hidden()
    assert within.input_value() == "mine"
