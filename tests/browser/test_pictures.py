"""Pictures in a browser: drawn when they come into view, reached by key, moved, and saved."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab
from plotly.offline import get_plotlyjs_version

from enishi.i18n import texts
from enishi.paths import shared
from enishi.serve.handlers.static_files import PLOTLY, PLOTLY_FILE, PLOTLY_FILES
from serving import Serving, Witness, serving, wait_until, watch

pytest_plugins = ["server_fixtures"]

ADDRESS = f"/{PLOTLY}/{PLOTLY_FILE}"
WORDS = texts("pictures", "ja")
CLOSENESS = [*texts("coach", "ja")["closeness"].values()]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Serving]:
    """A server of the real workbooks, with the sample in its book."""
    data = tmp_path_factory.mktemp("pictures") / "data"
    with serving(data, shared("workbooks")) as server, chromium.new_context(locale="ja") as context:
        tab = context.new_page()
        tab.goto(server.address)
        tab.goto(server.root + "/voila/render/07-settings.ipynb#sample")
        tab.locator("section#sample button.main").click()
        expect(tab.locator("section#sample a.main")).to_be_focused()
        yield server


@pytest.fixture
def phone(sampled: Serving, chromium: Browser) -> Iterator[Witness]:
    """A phone; at the end nothing went out and nothing broke."""
    with chromium.new_context(locale="ja", viewport={"width": 360, "height": 780}) as context:
        seen = watch(context)
        seen.page.goto(sampled.address)
        yield seen
        assert seen.strangers() == []
        assert seen.complaints == []


def shown(server: Serving, tab: Tab, page: str, key: str) -> Locator:
    """Open a page, and wait until a picture of it is drawn."""
    tab.goto("about:blank")
    tab.goto(f"{server.root}/voila/render/{page}")
    picture = tab.locator(f'[data-picture="{key}"]')
    picture.scroll_into_view_if_needed()
    expect(picture.locator(".canvas .point").first).to_be_visible()
    return picture


def test_the_bundle_is_the_one_that_belongs_to_the_package(server: Serving) -> None:
    script = (PLOTLY_FILES / PLOTLY_FILE).read_bytes()
    checksum = (PLOTLY_FILES / "SHA256").read_text().split()[0]
    assert hashlib.sha256(script).hexdigest() == checksum
    assert f"v{get_plotlyjs_version()}".encode() in script[:300]
    with server.client() as client:
        found = client.get(ADDRESS)
    assert found.content == script
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["content-encoding"] == "gzip"


def test_nobody_gets_the_bundle_without_the_token_and_nothing_beside_it(server: Serving) -> None:
    refused = httpx.get(server.root + ADDRESS)
    assert refused.status_code == 302 and "/login" in refused.headers["location"]
    with server.client() as client:
        for path in (ADDRESS.replace(PLOTLY_FILE, "SHA256"), ADDRESS.replace("/voila", "/voila/x")):
            assert client.get(path).status_code == 404


@pytest.mark.browser
def test_the_bundle_comes_once_and_only_with_a_picture(sampled: Serving, phone: Witness) -> None:
    tab = phone.page
    tab.goto(sampled.root + "/voila/render/04-contacts.ipynb#people")
    expect(tab.locator("section#people")).to_be_visible()
    assert not [each for each in phone.requests if "plotly" in each]
    first = shown(sampled, tab, "06-pictures.ipynb", "whole_thread")
    expect(first.locator("figcaption p")).to_have_text(
        WORDS["pictures"]["whole_thread"]["sentence"]
    )
    asked = [each for each in phone.requests if "plotly" in each]
    assert len(asked) == 1 and asked[0].endswith(ADDRESS)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_the_home_page_draws_its_picture_only_once_it_comes_into_view(
    sampled: Serving, phone: Witness
) -> None:
    tab = phone.page
    tab.goto(sampled.root + "/voila/render/05-week.ipynb")
    weekly = tab.locator("section#my_week .weekly")
    expect(weekly).to_be_attached()
    tab.wait_for_load_state("networkidle")
    expect(weekly).to_be_empty()
    assert not [each for each in phone.requests if "plotly" in each]
    weekly.scroll_into_view_if_needed()
    expect(weekly.locator(".why")).not_to_be_empty()
    weekly.locator(".picture").scroll_into_view_if_needed()
    expect(weekly.locator(".canvas .point").first).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
def test_the_marks_are_one_stop_of_the_tab_key_and_lead_to_the_card(
    sampled: Serving, phone: Witness
) -> None:
    tab = phone.page
    picture = shown(sampled, tab, "06-pictures.ipynb", "giving")
    marks = picture.locator(".marks a")
    expect(picture.locator('.marks a[tabindex="0"]')).to_have_count(1)
    marks.first.focus()
    tab.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    says = marks.nth(1).get_attribute("aria-label") or ""
    expect(picture.locator(".pointed")).to_have_text(says)
    tab.keyboard.press("Enter")
    expect(tab.locator("section#people")).to_be_visible()


@pytest.mark.browser
def test_somebody_is_moved_to_another_ring_by_pointer_and_by_key(
    sampled: Serving, phone: Witness
) -> None:
    tab = phone.page
    picture = shown(sampled, tab, "04-contacts.ipynb#circle", "bullseye")
    mark = picture.locator(".marks a[draggable]").first
    name = (mark.get_attribute("aria-label") or "").partition("：")[0]

    def ring() -> str:
        of_person = picture.locator(f'.marks a[aria-label^="{name}：" i]')
        said = re.search("：(.*?)。", of_person.get_attribute("aria-label") or "")
        return said[1] if said else ""

    middle = picture.locator(".marks").bounding_box()
    at = mark.bounding_box()
    assert middle and at
    tab.mouse.move(at["x"] + 16, at["y"] + 22)
    tab.mouse.down()
    to_x, to_y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2 + 8
    tab.mouse.move(to_x + 20, to_y, steps=4)
    assert "dragged" in (mark.get_attribute("class") or "")  # before any answer
    tab.mouse.move(to_x, to_y)
    tab.mouse.up()
    companion = CLOSENESS[-1]
    wait_until(lambda: ring() == companion)
    expect(tab.locator("section#circle dd").first).to_contain_text(name.removesuffix("さん"))

    picture.locator(f'.marks a[aria-label^="{name}："]').focus()
    tab.keyboard.press("-")
    wait_until(lambda: ring() == CLOSENESS[-2])


@pytest.mark.browser
def test_a_picture_is_saved_as_a_file_without_any_server(sampled: Serving, phone: Witness) -> None:
    tab = phone.page
    picture = shown(sampled, tab, "06-pictures.ipynb", "giving")
    for key, start in (("save_png", b"\x89PNG"), ("save_svg", b"<svg")):
        with tab.expect_download() as saving:
            picture.get_by_role("button", name=WORDS["all"][key]).click()
        content = saving.value.path().read_bytes()
        assert content.startswith(start)
        assert b"<script" not in content


@pytest.mark.browser
def test_where_the_bundle_does_not_come_the_table_says_the_same(
    sampled: Serving, phone: Witness
) -> None:
    tab = phone.page
    tab.route(f"**{ADDRESS}", lambda route: route.abort())
    tab.goto(sampled.root + "/voila/render/06-pictures.ipynb")
    picture = tab.locator('[data-picture="giving"]')
    picture.scroll_into_view_if_needed()
    expect(picture.locator(".trouble")).to_have_text(WORDS["all"]["not_drawn"])
    picture.get_by_text(WORDS["all"]["table"], exact=True).click()
    expect(picture.locator("tbody tr").first).to_be_visible()
    phone.complaints.clear()  # the browser's own word that it was not let through


@pytest.mark.browser
@pytest.mark.thorough
def test_the_drawing_follows_light_and_dark(sampled: Serving, phone: Witness) -> None:
    tab = phone.page
    tab.emulate_media(color_scheme="light")
    picture = shown(sampled, tab, "06-pictures.ipynb", "giving")
    fill = "node => getComputedStyle(node).fill"
    point = picture.locator(".canvas .point").first
    light = point.evaluate(fill)
    tab.emulate_media(color_scheme="dark")
    wait_until(lambda: picture.locator(".canvas .point").first.evaluate(fill) != light)
