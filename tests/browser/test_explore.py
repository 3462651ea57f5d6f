"""The picture that can be explored: plotly.js comes from our own server, and only when asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import plotly
import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from enishi.i18n import texts
from enishi.paths import shared
from serving import Serving, Witness, serving, wait_until, watch

pytest_plugins = ["server_fixtures"]

PLOTLY = f"/voila/plotly/{plotly.__version__}/plotly.min.js"
WORDS = texts("contacts", "ja")["screens"]["circle"]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Serving]:
    """A server of the real workbooks, with the sample in its book."""
    data = tmp_path_factory.mktemp("explore") / "data"
    with serving(data, shared("workbooks")) as server, chromium.new_context(locale="ja") as context:
        tab = context.new_page()
        tab.goto(server.address)
        tab.goto(server.root + "/voila/render/06-settings.ipynb#sample")
        tab.locator("section#sample button.main").click()
        expect(tab.locator("section#sample a.main")).to_be_focused()
        yield server


@pytest.fixture
def circle(sampled: Serving, chromium: Browser) -> Iterator[Witness]:
    """The screen of the circle; at the end nothing went out and nothing broke."""
    with chromium.new_context(locale="ja", viewport={"width": 360, "height": 780}) as context:
        seen = watch(context)
        seen.page.goto(sampled.address)
        seen.page.goto("about:blank")
        seen.page.goto(sampled.root + "/voila/render/04-contacts.ipynb#circle")
        seen.page.get_by_text(WORDS["knowing"], exact=True).click(timeout=30_000)
        expect(button(seen.page)).to_be_visible()
        yield seen
        assert seen.strangers() == []
        assert seen.complaints == []


def button(tab: Tab) -> Locator:
    return tab.get_by_role("button", name=WORDS["explore"])


def marks(tab: Tab) -> Locator:
    return tab.locator(".explored .point")


def explored(tab: Tab) -> Locator:
    button(tab).click()
    expect(marks(tab).first).to_be_visible()
    return tab.get_by_role("img", name=WORDS["explored"])


def test_nobody_gets_it_without_the_token(server: Serving) -> None:
    refused = httpx.get(server.root + PLOTLY)

    assert refused.status_code == 302
    assert "/login" in refused.headers["location"]


def test_it_is_a_script_that_the_browser_keeps(server: Serving) -> None:
    with server.client() as client:
        found = client.get(PLOTLY)

    assert found.status_code == 200
    assert found.headers["content-type"].partition(";")[0].endswith("/javascript")
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["content-encoding"] == "gzip"
    assert (
        found.content == (Path(plotly.__file__).parent / "package_data/plotly.min.js").read_bytes()
    )


@pytest.mark.parametrize(
    "path",
    [
        PLOTLY.replace("plotly.min", "widgetbundle"),
        PLOTLY.replace(plotly.__version__, "0.0.0"),
        PLOTLY.replace("plotly.min.js", "..%2f__init__.py"),
    ],
)
def test_nothing_else_of_the_package_is_served(server: Serving, path: str) -> None:
    with server.client() as client:
        assert client.get(path).status_code == 404


@pytest.mark.browser
def test_plotly_comes_when_the_button_is_pressed_and_once(circle: Witness) -> None:
    tab = circle.page
    asked = [each for each in circle.requests if "plotly" in each]
    assert asked == []

    drawing = explored(tab)
    expect(marks(tab)).to_have_count(tab.locator(".net .mark").count() + 1)  # and me
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    button(tab).click()
    expect(drawing).to_have_count(0)
    expect(button(tab)).to_be_focused()
    explored(tab)

    assert [each for each in circle.requests if each.endswith(PLOTLY)] != []
    assert len([each for each in circle.requests if "plotly" in each]) == 1


@pytest.mark.browser
@pytest.mark.thorough
def test_the_picture_gets_larger_and_whole_again(circle: Witness) -> None:
    tab = circle.page
    explored(tab)
    apart = """() => {
      const marks = [...document.querySelectorAll(".explored .point")];
      const at = marks.map((mark) => mark.getBoundingClientRect().y);
      return Math.max(...at) - Math.min(...at);
    }"""
    whole = tab.evaluate(apart)
    tab.get_by_role("button", name=WORDS["larger"]).click()
    wait_until(lambda: tab.evaluate(apart) > 1.4 * whole)
    tab.get_by_role("button", name=WORDS["whole"]).click()
    wait_until(lambda: abs(tab.evaluate(apart) - whole) < 1)


@pytest.mark.browser
def test_a_mark_that_is_pointed_at_says_its_name_and_leads_to_the_card(circle: Witness) -> None:
    tab = circle.page
    explored(tab)
    name = tab.locator(".net .mark title").first.text_content() or ""
    marks(tab).first.hover(force=True)  # Plotly hears the pointer on a layer above the marks
    expect(tab.locator(".explored .hovertext")).to_have_text(name)
    marks(tab).first.click(force=True)
    expect(tab.locator("section#people")).to_be_visible()
    expect(tab.locator("section#people")).to_contain_text(name.removesuffix("さん"))


@pytest.mark.browser
@pytest.mark.thorough
def test_the_drawing_follows_light_and_dark(circle: Witness) -> None:
    tab = circle.page
    tab.emulate_media(color_scheme="light")
    explored(tab)
    fill = "getComputedStyle(document.querySelector('.explored .textpoint text')).fill"
    light = tab.evaluate(fill)
    tab.emulate_media(color_scheme="dark")
    wait_until(lambda: tab.evaluate(fill) != light)


@pytest.mark.browser
def test_what_does_not_come_is_said_and_may_be_asked_for_again(circle: Witness) -> None:
    tab = circle.page
    tab.route("**/plotly.min.js", lambda route: route.abort())
    button(tab).click()
    expect(tab.locator("section#circle .saved")).to_have_text(WORDS["not_explored"])
    expect(button(tab)).to_have_attribute("aria-expanded", "false")
    circle.complaints.clear()  # the browser's own word that it was not let through
    tab.unroute("**/plotly.min.js")
    explored(tab)
