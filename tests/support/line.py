"""The line between a page and its server: how a test cuts and mends it, and what the page says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error, Page

from serving import wait_until

SAID = """
new MutationObserver(() => {
  for (const { dataset } of document.querySelectorAll("#enishi-line [data-say]")) {
    sessionStorage.setItem("said", `${sessionStorage.getItem("said") ?? ""} ${dataset.say}`);
  }
}).observe(document, { childList: true, subtree: true, attributes: true });
"""
"""Remembers everything the page said of its line, also what was to be seen for a moment only."""
LONGEST_PAUSE_MS = 12_000
"""Milliseconds between two attempts of a page to find its server again, at most."""


class Line:
    """The line between a browser and the server, which a test can cut and mend."""

    def __init__(self, port: int) -> None:
        self.server = port
        self.open: set[socket.socket] = set()
        self.is_cut = False
        self.is_asleep = False
        self.websockets: set[socket.socket] = set()
        self.dead: set[socket.socket] = set()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.door.getsockname()[1]
        threading.Thread(target=self._answer, daemon=True).start()

    def cut(self) -> None:
        """Break every connection and take no new one."""
        self.is_cut = True
        for end in list(self.open):
            self._hang_up(end)

    def mend(self) -> None:
        """Take connections again."""
        self.is_cut = False

    def fall_asleep(self) -> None:
        """Let the server find everybody gone; a websocket of the browser's hears and tells nothing.

        So it is when a lid was closed for a while, or a router has forgotten a connection.
        """
        self.is_asleep = True
        self.dead |= self.websockets & self.open
        for end in self.open - self.dead:
            self._hang_up(end)

    def wake(self) -> None:
        """Carry new connections again; the old ones stay dead, and nobody is told."""
        self.is_asleep = False

    def close(self) -> None:
        """Give the port back."""
        self.cut()
        self.door.close()

    def _answer(self) -> None:
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            if self.is_asleep:
                self.open.add(near)
                continue
            far = socket.create_connection(("127.0.0.1", self.server))
            self.open |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if data.startswith(b"GET ") and b"Upgrade: websocket" in data:
                    self.websockets.add(source)
                if source not in self.dead:
                    sink.sendall(data)
        except OSError:
            pass
        self._hang_up(source)
        if sink not in self.dead:
            self._hang_up(sink)

    def _hang_up(self, end: socket.socket) -> None:
        self.open.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def said(page: Page) -> list[str]:
    """Return what a page that remembers (`SAID`) has said of its line so far."""
    return str(page.evaluate("sessionStorage.getItem('said') ?? ''")).split()


def without_pauses(page: Page, claim: Callable[[], bool]) -> None:
    """Wait until `claim` holds; what the page would try again in a while, it tries at once.

    The page's clock has to be a test's own: `page.clock.install()`, before it is opened.
    """

    def holds() -> bool:
        with suppress(Error):  # the page may just be opening again
            if page.evaluate("!enishi.line.socket"):  # a server that is just being asked needs time
                page.clock.fast_forward(LONGEST_PAUSE_MS)
        return claim()

    wait_until(holds, seconds=60)
