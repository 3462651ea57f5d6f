"""The texts of pictures, on a phone and on a desk: none lies on another, and none is cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from desk import Desk, laid
from drawing import TODAY, draw
from enishi.choices import CLOSENESS
from enishi.pictures.catalogue import PICTURES
from enishi.serve.handlers.static_files import PLOTLY_FILE, PLOTLY_FILES
from picture_desk import STYLES, as_json, picture_traits
from widgets.base.assets import WIDGETS, module

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

NAMES = (
    "伊集院 龍之介",
    "Aleksandra Kowalczyk-Brzezińska",
    "勅使河原 千代子エリザベス",
    "Maximilian von Hohenberg-Lichtenau",
    "武者小路 さくら",
    "Bartholomew Featherstonehaugh",
    "長宗我部 健太郎左衛門",
    "Guðrún Sigríður Þorvaldsdóttir",
    "東久世 美智子",
    "Christopher Montgomery-Richardson",
    "小比類巻 かほる",
    "Venkatanarasimharajuvaripeta Rao",
    "万里小路 由美子",
    "María Fernanda González de la Vega",
    "Tom O'Hara",
)
BOXES = """key => {
  const canvas = document.querySelector(`[data-picture="${key}"] .canvas`);
  const box = (node, name) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return { left, top, right, bottom, name };
  };
  return {
    canvas: box(canvas, ""),
    texts: [...canvas.querySelectorAll(".annotation-text-g text")].map(
      (node) => box(node, node.textContent)),
    points: [...canvas.querySelectorAll(".point")].map((node) => box(node, "point")),
  };
}"""
WHOLE = (None, "around", "inside")
"""Names of the texts that are never cut and never left out."""
SLACK = 2.0
"""Pixels of a box that are not ink."""


def crowded_book() -> dict[str, list[dict[str, Any]]]:
    """Fifteen people with long names, about each of whom something is written."""

    def ago(days: int) -> str:
        return (TODAY - timedelta(days=days)).isoformat()

    people = [
        {
            **{"id": f"c{n:02}", "name": name, "known_as": "known", "focus": n < 8},
            **{"closeness": ("", *CLOSENESS)[n * 7 % 5], "role_id": "r0" if n < 3 else None},
            **{"circles": [("読書会", "Neighbours and friends", "大学の同級生")[n % 3]]},
            **{"through_id": f"c{n - 1:02}" if n % 4 == 2 else None},
        }
        for n, name in enumerate(NAMES)
    ]
    done = {"state": "done", "what": "資料"}
    return {
        "goal": [{"id": "g", "wish": "地域の小さな店が続く仕組みをつくる人になる"}],
        "role": [
            {"id": "r0", "goal_id": "g", "does": "店を10年続けている人"},
            {"id": "r1", "goal_id": "g", "does": "A patient bookkeeper who explains"},
        ],
        "contact": people,
        "tie": [{"a_id": f"c{n:02}", "b_id": f"c{n + 3:02}", "state": "close"} for n in range(6)],
        "give": [
            {"contact_id": f"c{n:02}", "direction": way, "on": ago(20 * n + 9), **done}
            for n in range(6)
            for way in ("out", "in")
        ],
        "encounter": [
            {"contact_id": f"c{n:02}", "on": ago(40 * n + 5), "kind": "met"} for n in range(6)
        ],
        "step": [{"contact_id": "c01", "words": "手紙", "on": ago(-4)}],
        "strength": [
            {"id": f"s{n}", "name": name, "good_at": 5 - n % 2 * 3, "like": 5 - n // 2 * 3}
            for n, name in enumerate(
                (
                    "司会進行とファシリテーションの準備",
                    "Explaining tax to shop owners",
                    "写真",
                    "Cooking",
                )
            )
        ],
        "review": [
            {"kind": "dials", "on": ago(9), "dial_goal": 4, "dial_benefit": 9, "dial_time": 0}
        ],
    }


@contextmanager
def gallery(chromium: Browser, keys: list[str], language: str, **how: Any) -> Iterator[Desk]:
    """The page of pictures with these of them, of a server that has plotly.js."""
    traits = picture_traits(keys, language, order=keys, away=[])
    script = module(WIDGETS / "pictures" / "gallery.js")
    with laid(chromium, script, traits, STYLES, **how) as desk:
        bundle = (PLOTLY_FILES / PLOTLY_FILE).read_text(encoding="utf-8")
        desk.page.route("**/plotly.js", lambda route: route.fulfill(body=bundle))
        desk.page.evaluate(
            """() => document.head.append(Object.assign(document.createElement("script"), {
                 id: "jupyter-config-data", type: "application/json",
                 textContent: '{"plotlyUrl": "/plotly.js"}' }))"""
        )
        yield desk


def overlaps(one: dict[str, float], other: dict[str, float]) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    along = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > SLACK and along > SLACK


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.thorough)])
def test_no_text_of_a_picture_lies_on_another_or_is_cut(chromium: Browser, language: str) -> None:
    book = crowded_book()
    pictures = {key: draw(key, book, language=language) for key in PICTURES}
    with gallery(chromium, [*PICTURES], language, viewport={"width": 1280, "height": 9000}) as desk:
        for n in range(1, len(PICTURES) + 1):
            desk.page.wait_for_function("n => model.sent.length === n", arg=n)
            desk.answer(n, picture=as_json(pictures[desk.sent(n)[-1]["key"]]))
        for width in (1280, 360):
            desk.page.set_viewport_size({"width": width, "height": 9000})
            for key, picture in pictures.items():
                shown = desk.page.locator(f'[data-picture="{key}"]')
                expect(shown.locator(".canvas .point").first).to_be_visible()
                wide = shown.locator(".canvas svg.main-svg").first
                room = shown.locator(".canvas").bounding_box()
                assert room
                expect(wide).to_have_attribute("width", f"{round(room['width'], 3):g}")
                found = desk.page.evaluate(BOXES, key)
                names = [each["name"] for each in found["texts"]]
                for at, text in enumerate(found["texts"]):
                    where = (key, width, text["name"])
                    assert text["left"] >= found["canvas"]["left"] - SLACK, where
                    assert text["right"] <= found["canvas"]["right"] + SLACK, where
                    assert text["top"] >= found["canvas"]["top"] - SLACK, where
                    assert text["bottom"] <= found["canvas"]["bottom"] + SLACK, where
                    hit = [b["name"] for b in found["texts"][at + 1 :] if overlaps(text, b)]
                    assert not hit, (*where, hit)
                    is_inside = key == "dials" and text["name"].isdigit()
                    hit = [p["name"] for p in found["points"] if overlaps(text, p)]
                    assert is_inside or not hit, where
                beside = shown.locator(".numbered li").all_inner_texts()
                said = {"".join(text.split()) for text in [*names, *beside]}
                layout = picture.layout or {}
                written = [each for each in layout["annotations"] if each.get("name") in WHOLE]
                for label in (
                    *(mark.label for mark in picture.marks),
                    *(each["text"] for each in written),
                ):
                    plain = "".join(label.split())
                    assert any(text.endswith(plain) for text in said), (key, width, label)
