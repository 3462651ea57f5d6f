"""A page hears of each of its widgets once, and of nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from line import Line
from serving import COUNTER, Serving, serving, wait_until, write_notebook

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

WAITING = 200
LATE = 500


class Slow(NamedTuple):
    """A server of a page that becomes whole only when it is told to; the page counts meanwhile."""

    server: Serving
    go: Path
    counted: Path


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Slow]:
    folder, go, counted = tmp_path / "workbooks", tmp_path / "go", tmp_path / "counted"
    folder.mkdir()
    wait = f"if not Path({str(go)!r}).exists():\n    early.counted += 1\n    time.sleep(0.1)"
    write_notebook(
        folder / "01-start.ipynb",
        COUNTER,
        "import time\nfrom pathlib import Path\nearly = Counter()\nearly",
        *[wait] * WAITING,
        "late = Counter()\nlate",
        f"for _ in range({LATE}):\n    late.counted += 1\n    early.counted += 1",
        f"_ = Path({str(counted)!r}).write_text(str(early.counted))",
    )
    with serving(tmp_path / "data" / "own", folder) as server:
        yield Slow(server, go, counted)


class Frames:
    """What goes to and fro on a page's line."""

    def __init__(self, tab: Tab) -> None:
        self.sent: list[dict[str, Any]] = []
        self.received: list[dict[str, Any]] = []
        tab.on("websocket", self._hear)

    def _hear(self, line: Any) -> None:
        for event, frames in (("framesent", self.sent), ("framereceived", self.received)):
            line.on(event, lambda frame, frames=frames: self._note(frame, frames))

    def _note(self, frame: Any, frames: list[dict[str, Any]]) -> None:
        if len(frame) > 1:  # else it is a sign of life
            frames.append(json.loads(frame))

    def asked(self, method: str) -> list[str]:
        """Return the ids of the widgets, or of the control, that were asked by `method`."""
        data = [each["content"] for each in self.sent]
        return [each["comm_id"] for each in data if each["data"].get("method") == method]


def opened(slow: Slow, tab: Tab, address: str) -> Frames:
    """Open the page, and let it go on once it hears its kernel."""
    frames = Frames(tab)
    tab.goto(address, wait_until="commit")
    while not any("counted" in json.dumps(each["content"]) for each in frames.received):
        tab.wait_for_timeout(50)
    slow.go.touch()
    expect(tab.locator("#count")).to_have_count(3, timeout=60_000)
    return frames


def test_what_is_asked_for_is_asked_for_once_and_nothing_is_missed(
    slow: Slow, chromium: Browser
) -> None:
    with chromium.new_context() as context:
        tab = context.new_page()
        frames = opened(slow, tab, slow.server.address)
        expect(tab.locator("#count").nth(2)).to_have_text(f"counted {LATE}")
        wait_until(lambda: slow.counted.exists() and slow.counted.read_text() != "")
        expect(tab.locator("#count").nth(1)).to_have_text(f"counted {slow.counted.read_text()}")
        widgets = re.findall(r'"model_id": "(\w+)"', tab.content())
        assert len(widgets) == 3
        heard = [
            each["content"]["comm_id"]
            for each in frames.received
            if each["header"]["msg_type"] == "comm_open"
        ]
        assert widgets[2] in heard
        # With the layouts that they refer to, and what comes while their script is being fetched.
        asked = frames.asked("request_state")
        assert len(asked) == len(set(asked))
        assert set(widgets) - set(heard) <= set(asked)
        assert frames.asked("request_states") == []


@pytest.mark.thorough
def test_after_a_cut_everything_is_asked_for(slow: Slow, chromium: Browser) -> None:
    line = Line(slow.server.port)
    with chromium.new_context() as context:
        tab = context.new_page()
        port = f":{slow.server.port}/"
        frames = opened(slow, tab, slow.server.address.replace(port, f":{line.port}/"))
        tab.wait_for_load_state()  # what is cut off before is no page
        tab.evaluate("enishi.line.addEventListener('synced', () => { window.isCurrent = true; })")
        line.cut()
        expect(tab.locator("#enishi-line")).to_be_visible()
        line.mend()
        wait_until(lambda: bool(tab.evaluate("window.isCurrent")), seconds=60)  # it pauses up to 12
        assert len(frames.asked("request_states")) == 1
        tab.locator("#count").nth(2).click()
        expect(tab.locator("#count").nth(2)).to_have_text(f"counted {LATE + 1}")
    line.close()


def test_a_page_hears_of_widgets_alone_and_not_what_its_cells_are(
    slow: Slow, chromium: Browser
) -> None:
    with chromium.new_context() as context:
        frames = opened(slow, context.new_page(), slow.server.address)
        kinds = {each["header"]["msg_type"] for each in frames.received}
        assert kinds == {"comm_open", "comm_msg"}
