"""A notebook as a page, in a real browser: it opens, mends its line, and goes quietly."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, expect
from playwright.sync_api import Page as Tab

from line import Line, without_pauses
from serving import COUNTER, Serving, kernel_of, serving, wait_until, watch, write_notebook

pytest_plugins = ["server_fixtures"]

pytestmark = pytest.mark.browser


@pytest.fixture
def line(server: Serving) -> Iterator[Line]:
    """A line to the server that can be cut."""
    line = Line(server.port)
    yield line
    line.close()


def through(line: Line, server: Serving) -> str:
    """Return the server's address by way of `line`."""
    return server.address.replace(f":{server.port}/", f":{line.port}/")


def count(tab: Tab) -> None:
    """Press the counter once and see that the kernel answered."""
    button = tab.locator("#count")
    before = int(button.inner_text().split()[1])
    button.click()
    expect(button).to_have_text(f"counted {before + 1}", timeout=15000)


def test_a_page_opens_works_and_asks_nobody_else(
    server: Serving, japanese_context: BrowserContext
) -> None:
    seen = watch(japanese_context)
    seen.page.goto(server.address)
    count(seen.page)
    expect(seen.page.locator("#enishi-opening")).to_have_count(0)
    assert seen.page.url == server.root + "/voila/render/01-start.ipynb"
    assert seen.page.title() == "見本"
    assert seen.page.locator("main").count() == 1
    assert seen.page.locator("main #count").count() == 1
    assert seen.strangers() == []
    assert seen.complaints == []


def test_a_page_without_a_picture_does_not_fetch_plotly(
    server: Serving, japanese_context: BrowserContext
) -> None:
    seen = watch(japanese_context)
    seen.page.goto(server.address)
    count(seen.page)
    assert [each for each in seen.requests if "plotly" in each] == []


def test_a_page_seen_before_fetches_hardly_anything(
    server: Serving, japanese_context: BrowserContext
) -> None:
    seen = watch(japanese_context)
    seen.page.goto(server.address)
    count(seen.page)
    fetched: list[Request] = []

    def note(request: Request) -> None:
        response = request.response()
        if response is None or not response.from_service_worker:
            fetched.append(request)

    seen.page.on("requestfinished", note)
    seen.page.goto(server.root + "/voila/render/01-start.ipynb")
    count(seen.page)
    sent = sum(request.sizes()["responseBodySize"] for request in fetched)
    assert sent < 20_000


def test_nothing_that_fails_in_a_click_is_told_to_the_browser(
    server: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    heard: list[str] = []
    tab.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))),
    )
    tab.goto(server.address)
    tab.locator("#fail").click()
    count(tab)  # the page still hears its kernel, and by now the failure has been answered
    assert any("counted" in frame for frame in heard)
    assert not any(word in frame for word in ("the-secret", "ValueError") for frame in heard)
    assert "the-secret" not in tab.content()


def test_a_script_in_somebody_s_text_does_not_run(tmp_path: Path, chromium: Browser) -> None:
    folder = tmp_path / "workbooks"
    folder.mkdir()
    attack = "<img src=x onerror='window.struck=1'><script>window.struck=2</script>"
    write_notebook(
        folder / "01-start.ipynb",
        f"from IPython.display import HTML\nHTML({attack!r})",
        f"import ipywidgets\nipywidgets.HTML({attack!r})",
        COUNTER,
        title="</title><script>window.struck=3</script>",
    )
    with serving(tmp_path / "data", folder) as server, chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(server.address)
        count(tab)
        expect(tab.locator("main img").first).to_be_attached()
        assert tab.evaluate("window.struck") is None


def test_a_closed_tab_frees_its_kernel(server: Serving, japanese_context: BrowserContext) -> None:
    tab = japanese_context.new_page()
    tab.goto(server.address)
    count(tab)
    kernel = kernel_of(tab.content())
    assert server.has_kernel(kernel)
    tab.close()
    wait_until(lambda: not server.has_kernel(kernel))


@pytest.fixture
def pen(tmp_path: Path) -> Iterator[Serving]:
    """A server of a page with a pen: what is written there is in the file `told` a second later."""
    folder, told = tmp_path / "workbooks", tmp_path / "told"
    folder.mkdir()
    write_notebook(
        folder / "01-start.ipynb",
        f"""
        import anywidget, pathlib, time

        class Pen(anywidget.AnyWidget):
            _esm = \"""
            export default {{ render({{ model, el }}) {{
              el.innerHTML = "<textarea id=pen></textarea>";
              addEventListener("enishi:leave", () => model.send(el.firstChild.value));
            }} }};
            \"""
            def __init__(self, **kwargs):
                super().__init__(**kwargs)
                self.on_msg(self.hear)
            def hear(self, widget, content, buffers):
                time.sleep(1)  # a slow disk
                pathlib.Path({str(told)!r}).write_text(content)

        Pen()
        """,
    )
    with serving(tmp_path / "data", folder) as server:
        yield server


def test_what_a_page_writes_while_it_closes_arrives(
    pen: Serving, japanese_context: BrowserContext, tmp_path: Path
) -> None:
    tab = japanese_context.new_page()
    tab.goto(pen.address)
    tab.locator("#pen").fill("the last words")
    tab.close()
    wait_until(lambda: pen.kernels() == 0)
    assert (tmp_path / "told").read_text() == "the last words"


@pytest.mark.thorough
def test_a_kernel_that_is_slow_to_hear_the_last_words_is_waited_for(
    pen: Serving, japanese_context: BrowserContext, tmp_path: Path
) -> None:
    tab = japanese_context.new_page()
    tab.goto(pen.address)
    tab.locator("#pen").fill("the last words")
    kernel = pen.kernel_process()
    kernel.suspend()  # so busy is this computer
    tab.close()
    wait_until(lambda: "POST /voila/api/shutdown" in pen.log.read_text())
    time.sleep(3)  # longer than a kernel that has nothing to say is given
    kernel.resume()
    wait_until(lambda: pen.kernels() == 0)
    assert (tmp_path / "told").read_text() == "the last words"


def test_going_to_another_page_frees_the_kernel_of_the_first(
    server: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.goto(server.address)
    count(tab)
    kernel = kernel_of(tab.content())
    tab.goto(server.root + "/nothing")
    expect(tab.get_by_role("heading", name="ページが見つかりません")).to_be_visible()
    wait_until(lambda: not server.has_kernel(kernel))


def test_a_link_that_does_not_leave_the_page_leaves_the_kernel_alone(
    server: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.goto(server.address)
    count(tab)
    tab.evaluate("dispatchEvent(new Event('beforeunload'))")  # as before a download
    count(tab)


def test_a_cut_line_is_said_and_mended(
    server: Serving, japanese_context: BrowserContext, line: Line
) -> None:
    tab = japanese_context.new_page()
    tab.clock.install()
    tab.goto(through(line, server))
    count(tab)
    banner = tab.locator("#enishi-line")
    expect(banner).to_be_hidden()
    tab.evaluate(
        """() => {
          window.heard = [];
          for (const name of ["disconnected", "synced"])
            enishi.line.addEventListener(name, () => heard.push(name));
        }"""
    )
    line.cut()
    expect(banner).to_contain_text("接続が切れました。")
    assert banner.get_attribute("role") == "status"
    tab.evaluate("document.documentElement.lang = 'en'")
    expect(banner).to_contain_text("The connection was lost.")
    line.mend()
    without_pauses(tab, banner.is_hidden)
    wait_until(lambda: bool(tab.evaluate("heard.length == 2")))
    assert tab.evaluate("heard") == ["disconnected", "synced"]
    assert tab.locator("#count").inner_text() == "counted 1"  # the same kernel: nothing is lost
    count(tab)


def test_a_line_is_mended_at_once_when_the_person_comes_back(
    server: Serving, japanese_context: BrowserContext, line: Line
) -> None:
    tab = japanese_context.new_page()
    tab.clock.install()
    tab.goto(through(line, server))
    count(tab)
    line.cut()
    expect(tab.locator("#enishi-line")).to_be_visible()
    tab.clock.pause_at(tab.evaluate("Date.now() + 1000"))  # what it would do later never comes
    line.mend()

    def is_back() -> bool:
        tab.evaluate("dispatchEvent(new Event('online'))")
        return tab.locator("#enishi-line").is_hidden()

    wait_until(is_back)  # not at the first time, if it had just tried in vain
    tab.clock.resume()
    count(tab)


def test_when_the_kernel_has_died_the_page_opens_again(
    private_server: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.goto(private_server.address)
    count(tab)
    private_server.kernel_process().kill()
    expect(tab.locator("#enishi-line")).to_contain_text("ページの動きが止まりました。")
    expect(tab.locator("#count")).to_have_text("counted 0", timeout=20000)
    count(tab)
    assert private_server.kernels() == 1


@pytest.mark.thorough
def test_a_page_that_keeps_dying_stops_and_offers_a_button(
    private_server: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.clock.install()
    tab.goto(private_server.address)
    for _ in range(3):
        count(tab)
        private_server.kernel_process().kill()
        expect(tab.locator("#count")).to_have_text("counted 0", timeout=20000)
    count(tab)
    private_server.kernel_process().kill()
    banner = tab.locator("#enishi-line")
    expect(banner).to_contain_text("何度か開き直しましたが、うまくいきません。")
    tab.clock.fast_forward("01:00:00")
    expect(tab.locator("#count")).to_have_text("counted 1")  # it has not been reloaded
    banner.get_by_role("button", name="開き直す").click()
    expect(tab.locator("#count")).to_have_text("counted 0", timeout=20000)


def test_after_a_restart_of_the_server_the_open_page_comes_back(
    tmp_path: Path, small_workbooks: Path, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.clock.install()
    with serving(tmp_path / "data", small_workbooks) as server:
        tab.goto(server.address)
        count(tab)
    expect(tab.locator("#enishi-line")).to_be_visible(timeout=15000)
    again = ("--no-browser", "--port", str(server.port), "--verbose")
    with serving(tmp_path / "data", small_workbooks, *again):
        without_pauses(tab, lambda: tab.locator("#count").inner_text() == "counted 0")
        count(tab)
        tab.close()


def test_the_way_past_the_frame_leads_to_the_content(
    server: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.goto(server.address)
    count(tab)
    tab.reload()
    expect(tab.locator("#count")).to_be_visible()
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="本文へ移動")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()


def test_a_language_chosen_on_the_page_is_remembered(
    server: Serving, japanese_context: BrowserContext
) -> None:
    tab = japanese_context.new_page()
    tab.goto(server.address)
    expect(tab.locator("html")).to_have_attribute("lang", "ja")
    tab.evaluate("document.documentElement.lang = 'en'")
    expect(tab.locator(".enishi-skip")).to_have_text("Skip to the content")
    tab.reload()
    expect(tab.locator("html")).to_have_attribute("lang", "en")


def test_a_page_that_fails_half_way_still_stands(
    server: Serving, japanese_context: BrowserContext
) -> None:
    seen = watch(japanese_context)
    seen.page.goto(server.address)
    seen.page.goto(server.root + "/voila/render/02-broken.ipynb")
    expect(seen.page.get_by_role("alert")).to_contain_text("この先を表示できませんでした。")
    expect(seen.page.locator("#enishi-opening")).to_have_count(0)
    expect(seen.page.get_by_text("before", exact=True)).to_be_visible()
    with seen.page.expect_navigation():
        seen.page.get_by_role("button", name="もう一度開く").click()
    assert seen.complaints == []


def test_the_page_flows_and_does_not_scroll_sideways(server: Serving, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 640}) as context:
        tab = context.new_page()
        tab.goto(server.address)
        count(tab)
        width, height = tab.evaluate(
            "[document.documentElement.scrollWidth, document.querySelector('main').offsetHeight]"
        )
        assert width == 360
        assert height < 640  # as high as its content, not a panel of the window's height
