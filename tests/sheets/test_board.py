from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from desk import Desk, laid
from sheets import Open, ask, book_of
from widgets.base.assets import style
from widgets.frame.header import Header
from widgets.strengths.inventory import Inventory

pytest_plugins = ["server_fixtures", "sheet_fixtures"]

CARDS: dict[str, tuple[int | None, int | None]] = {
    "聴く": (4, 5),
    "電話": (4, 1),
    "写真": (2, 4),
    "計画": (None, None),
}


@pytest.fixture
def inventory(open_in: Open) -> Inventory:
    workbook = open_in("03-strengths")
    for name, (good_at, like) in CARDS.items():
        book_of(workbook).add("strength", name=name, good_at=good_at, like=like)
    return Inventory(workbook)


def test_moving_a_card_asks_nobody_for_its_field(inventory: Inventory) -> None:
    fields = inventory.state["fields"]
    corners = [fields[4][4], fields[4][0], fields[0][4], fields[0][0]]
    assert corners == ["shine", "grow", "spare", "leave"]
    assert set(inventory.words["fields"]) == set(corners)
    assert len(inventory.words["good_words"]) == len(inventory.words["like_words"]) == 5


def test_a_card_without_a_name_is_not_laid_out(inventory: Inventory) -> None:
    inventory.book.add("strength", name="")
    inventory.refresh()
    assert [card["name"] for card in inventory.state["cards"]] == list(CARDS)


def test_a_place_is_kept_and_taken_back_and_nothing_beyond_the_board_is(
    inventory: Inventory,
) -> None:
    card = inventory.state["cards"][0]
    written = {"table": "strength", "id": card["id"]}

    assert ask(inventory, "write", **written, version=1, values={"good_at": 5, "like": 2})["ok"]
    assert ask(inventory, "write", **written, version=2, values={"good_at": None, "like": None})[
        "ok"
    ]
    assert not ask(inventory, "write", **written, version=3, values={"good_at": 6})["ok"]
    assert not ask(inventory, "write", **written, version=3, values={"level": 4})["ok"]
    assert inventory.book.row("strength", card["id"])["good_at"] is None


def test_a_card_says_to_whom_the_strength_last_went(inventory: Inventory) -> None:
    listening = inventory.state["cards"][0]["id"]
    with inventory.book.batch("add") as batch:
        for name, on in (("架空 花子", "2026-03-01"), ("見本 太郎", "2026-02-01")):
            who = batch.add("contact", name=name, known_as="known")
            gift = {"direction": "out", "state": "done", "strength_id": listening, "on": on}
            batch.add("give", contact_id=who, what="話を聞いた", **gift)
    inventory.workbook.refresh()
    given = [card["given"] for card in inventory.state["cards"]]
    assert given == [inventory.words["given_to"].format(name="架空 花子さん"), "", "", ""]


def lay(inventory: Inventory, chromium: Browser, **how: Any) -> Any:
    traits = {"state": inventory.state, "words": inventory.words, "position": inventory.position}
    look = style((*Header.styles, *Inventory.styles))
    return laid(chromium, inventory._esm, traits, look, locale="ja-JP", **how)


@pytest.fixture
def board(inventory: Inventory, chromium: Browser) -> Iterator[Desk]:
    with lay(inventory, chromium, viewport={"width": 1000, "height": 1200}) as desk:
        yield desk


def card(board: Desk, name: str) -> Locator:
    return board.page.locator(".slip", has_text=name)


def place(board: Desk, name: str) -> str:
    """Where a card comes to lie, by what is under its middle; `tray` while it waits."""
    still(board)
    cell: str = card(board, name).evaluate(
        """slip => {
          const box = slip.getBoundingClientRect();
          return document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2)
            .map((node) => node.closest("[data-cell]")).find(Boolean).dataset.cell;
        }"""
    )
    return cell


def still(board: Desk) -> None:
    """Wait until no card moves any more."""
    board.page.wait_for_function("document.getAnimations().length === 0")


def middle(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def cell(board: Desk, where: str) -> Locator:
    return board.page.locator(f'[data-cell="{where}"]')


browser = pytest.mark.browser


@browser
def test_cards_lie_where_they_were_put_and_the_others_wait(board: Desk) -> None:
    assert [place(board, name) for name in CARDS] == ["4-5", "4-1", "2-4", "tray"]


@browser
def test_a_card_shows_energy_and_who_named_it_and_says_both(
    inventory: Inventory, chromium: Browser
) -> None:
    listening = inventory.state["cards"][0]
    with inventory.book.batch("add") as batch:
        batch.update("strength", listening["id"], energy=1)
        batch.add("voice", who="見本 恵", picks=["聴く"])
    inventory.workbook.refresh()
    with lay(inventory, chromium) as desk:
        expect(card(desk, "聴く")).to_contain_text("▲")
        expect(card(desk, "電話")).not_to_contain_text("▲")
        expect(desk.page.locator(".slip.named")).to_have_count(1)
        said = card(desk, "聴く").get_attribute("aria-label") or ""
        assert inventory.words["energies"][2] in said and "見本 恵" in said


@browser
def test_arrow_keys_move_a_card_one_step_and_say_where_it_is(board: Desk) -> None:
    card(board, "聴く").focus()
    board.page.keyboard.press("ArrowRight")
    board.page.keyboard.press("ArrowDown")

    expect(board.page.locator(".where[role=status]")).to_have_text(
        "「聴く」：得意は「とても得意」、好きは「好き」。「得意で好き」のところです。"
    )
    expect(card(board, "聴く")).to_be_focused()
    assert place(board, "聴く") == "5-4"
    assert board.sent(1)[0]["values"] == {"good_at": 5, "like": 5}
    board.answer(1, version=2)
    second = board.sent(2)[1]
    assert (second["version"], second["values"]) == (2, {"good_at": 5, "like": 4})


@browser
def test_a_card_stops_at_the_edge_of_the_board(board: Desk) -> None:
    card(board, "聴く").focus()
    board.page.keyboard.press("ArrowUp")
    assert place(board, "聴く") == "4-5"


@browser
def test_a_waiting_card_comes_to_the_board_by_an_arrow_and_goes_back_by_delete(board: Desk) -> None:
    card(board, "計画").focus()
    board.page.keyboard.press("ArrowRight")
    expect(card(board, "計画")).to_be_focused()
    assert place(board, "計画") == "4-3"

    board.page.keyboard.press("Delete")
    expect(card(board, "計画")).to_be_focused()
    assert place(board, "計画") == "tray"
    board.answer(1, version=2)
    assert board.sent(2)[1]["values"] == {"good_at": None, "like": None}


@browser
def test_a_card_is_dragged_with_the_mouse(board: Desk) -> None:
    mouse = board.page.mouse
    mouse.move(*middle(card(board, "計画")))
    mouse.down()
    mouse.move(*middle(cell(board, "2-2")), steps=8)
    expect(cell(board, "2-2")).to_have_class("cell leave over")
    expect(board.page.locator(".carried")).to_have_count(1)
    mouse.up()

    expect(board.page.locator(".carried")).to_have_count(0)
    assert place(board, "計画") == "2-2"
    assert board.sent(1)[0]["values"] == {"good_at": 2, "like": 2}
    assert card(board, "計画").get_attribute("aria-pressed") == "false"


@browser
def test_a_drag_that_is_broken_off_changes_nothing(board: Desk) -> None:
    mouse = board.page.mouse
    for broken_off in ("Escape", "beside"):
        mouse.move(*middle(card(board, "写真")))
        mouse.down()
        mouse.move(*middle(cell(board, "5-1")), steps=4)
        if broken_off == "Escape":
            board.page.keyboard.press("Escape")
        else:
            mouse.move(2, 2, steps=2)
        mouse.up()
        expect(board.page.locator(".carried, .lifted, .over")).to_have_count(0)
        assert place(board, "写真") == "2-4"
    board.sent(0)


@browser
def test_a_card_is_chosen_and_then_put_by_a_press(board: Desk) -> None:
    card(board, "電話").click()
    expect(card(board, "電話")).to_have_attribute("aria-pressed", "true")
    cell(board, "1-1").click()
    assert place(board, "電話") == "1-1"
    assert board.sent(1)[0]["values"] == {"good_at": 1, "like": 1}


@browser
def test_the_dials_of_a_chosen_card_move_it_as_well(board: Desk) -> None:
    card(board, "計画").click()
    board.page.get_by_label("得意", exact=True).fill("1")
    assert place(board, "計画") == "tray"  # only one of the two is said
    board.page.get_by_label("好き", exact=True).fill("5")
    assert place(board, "計画") == "1-5"
    assert [message["values"] for message in board.sent(1)] == [{"good_at": 1}]


@browser
def test_a_refused_move_lays_the_card_back_and_says_why(board: Desk) -> None:
    card(board, "聴く").focus()
    board.page.keyboard.press("ArrowRight")
    board.answer(1, ok=False, text="ディスクがいっぱいです。")
    assert place(board, "聴く") == "4-5"
    expect(board.page.locator(".saved")).to_have_text("ディスクがいっぱいです。")


@browser
def test_many_cards_share_a_place_without_hiding_each_other(
    inventory: Inventory, chromium: Browser
) -> None:
    for number in range(6):
        inventory.book.add("strength", name=f"例 {number}", good_at=3, like=3)
    inventory.refresh()
    with lay(inventory, chromium, viewport={"width": 360, "height": 800}) as board:
        boxes = [card(board, f"例 {number}").bounding_box() for number in range(6)]
        tops = [box["y"] for box in boxes if box]
        heights = [box["height"] for box in boxes if box]
        assert all(a + height <= b for a, height, b in zip(tops, heights, tops[1:], strict=False))
        assert min(heights) >= 44


PHONE = {"viewport": {"width": 360, "height": 800}, "has_touch": True, "is_mobile": True}


def swipe(board: Desk, *stations: tuple[float, float]) -> None:
    """Lay a finger on the first of `stations`, lead it to each of the others and lift it."""
    finger = board.page.context.new_cdp_session(board.page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", stations[0])
    for (x, y), (to_x, to_y) in pairwise(stations):
        for part in range(1, 9):
            touch("touchMove", (x + (to_x - x) * part / 8, y + (to_y - y) * part / 8))
    touch("touchEnd")
    still(board)


@browser
def test_on_a_narrow_screen_a_finger_drags_a_card_from_the_tray(
    inventory: Inventory, chromium: Browser
) -> None:
    with lay(inventory, chromium, **PHONE) as board:
        assert board.page.evaluate("document.documentElement.scrollWidth") == 360
        board.page.evaluate("scrollTo(0, 250)")
        swipe(board, middle(card(board, "計画")), middle(cell(board, "5-5")))

        assert place(board, "計画") == "5-5"
        assert board.sent(1)[0]["values"] == {"good_at": 5, "like": 5}
        assert board.page.evaluate("scrollY") == 250


@browser
def test_along_a_full_tray_a_finger_scrolls_it_and_then_takes_the_card_down(
    inventory: Inventory, chromium: Browser
) -> None:
    for number in range(8):
        inventory.book.add("strength", name=f"ながい名前の札 {number}")
    inventory.refresh()
    with lay(inventory, chromium, **PHONE) as board:
        board.page.evaluate("scrollTo(0, 250)")
        x, y = middle(card(board, "札 0"))
        swipe(board, (x, y), (x - 80, y))
        assert board.page.locator(".strip").evaluate("strip => strip.scrollLeft") == 80
        board.sent(0)

        x, y = middle(card(board, "札 1"))
        swipe(board, (x, y), (x - 60, y), middle(cell(board, "1-4")))
        assert place(board, "札 1") == "1-4"
        assert board.sent(1)[0]["values"] == {"good_at": 1, "like": 4}


@browser
def test_nothing_glides_for_a_person_who_asked_for_no_motion(
    inventory: Inventory, chromium: Browser
) -> None:
    with lay(inventory, chromium, reduced_motion="reduce") as board:
        card(board, "聴く").focus()
        board.page.keyboard.press("ArrowDown")
        assert board.page.evaluate("document.getAnimations().length") == 0
        assert place(board, "聴く") == "4-4"
