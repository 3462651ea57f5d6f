"""A person at the workbook while things go wrong: what they see, what is kept, how it goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, expect

from enishi.i18n import read_texts, texts
from line import SAID, without_pauses
from serving import Serving, wait_until, watch
from walking import LOCALES, Walk

LISTEN = """
window.sockets = []; window.sent = []; window.got = [];
window.WebSocket = class extends WebSocket {
  constructor(...how) {
    super(...how);
    sockets.push(this);
    this.addEventListener("message", ({ data }) => got.push(String(data)));
  }
  send(data) { if (String(data).includes('"do":"write"')) sent.push(data); super.send(data); }
};
"""
"""What a script that got into the page could get hold of: its sockets, and what goes through."""


class Person(Walk):
    """Writes on the sheet of the wish, and looks what is said and what is kept."""

    data: Path

    @property
    def wish(self) -> Locator:
        return self.page.locator("section#wish")

    @property
    def banner(self) -> Locator:
        return self.page.locator("#enishi-line")

    @property
    def trouble(self) -> Locator:
        return self.wish.locator("div.trouble")

    def field(self, column: str) -> Locator:
        return self.wish.get_by_label(self.words("wish")[column], exact=True)

    def says(self, key: str) -> str:
        """What the page says of its line."""
        said: str = read_texts("pages")["line"][key][self.language]
        return said

    def common(self, key: str) -> str:
        said: str = texts("common", self.language)[key]
        return said

    def keep(self, column: str, text: str) -> None:
        """Write something, and see that it is said to be saved, and is."""
        self.write(self.wish, self.words("wish")[column], text)
        wait_until(lambda: bool(self.kept(column) == text))

    def begin_kind(self) -> None:
        """Add a kind of person to meet, if there is none, so that there is something to choose."""
        kinds = self.turn("kinds")
        if not kinds.locator("li.card").count():
            kinds.get_by_role("button", name=self.words("kinds")["add"], exact=True).click()
        expect(kinds.locator("li.card").first).to_be_visible()
        self.turn("wish")

    def try_to_keep(self, column: str, text: str) -> None:
        """Write something while it cannot be saved."""
        self.field(column).fill(text)
        self.field(column).press("Tab")

    def kept(self, column: str) -> Any:
        """What is in the book, asked past the server."""
        with closing(sqlite3.connect(f"file:{self.data}/book.sqlite3?mode=ro", uri=True)) as book:
            return book.execute(f"SELECT {column} FROM goal").fetchone()[0]

    def after(self, seconds: float) -> None:
        """Let time pass on the page; what was due by then happens now, once."""
        self.page.clock.fast_forward(round(seconds * 1000))

    def without_pauses(self, claim: Callable[[], bool]) -> None:
        """Wait until `claim` holds; what the page would try again in a while, it tries at once."""
        without_pauses(self.page, claim)

    def leave(self) -> None:
        """Go, and wait until the server knows, if need be until its patience is over."""
        for page in self.page.context.pages:
            page.goto("about:blank")
        wait_until(lambda: self.server.kernels() == 0, seconds=120)


@contextmanager
def somebody(
    server: Serving, data: Path, chromium: Browser, language: str, root: str = ""
) -> Iterator[Person]:
    """Let a person open the goal and write a wish; nothing may break in the page meanwhile.

    `root` is where they reach the server, if not at its own address.
    """
    with chromium.new_context(locale=LOCALES[language]) as context:
        context.add_init_script(LISTEN + SAID)
        witness = watch(context)
        witness.page.clock.install()
        thrown: list[str] = []
        witness.page.on("pageerror", lambda error: thrown.append(str(error)))
        person = Person(server, witness, language, root)
        person.data = data
        person.open("02-goal")
        person.keep("wish", f"見本の願い {id(person)}")
        yield person
        assert thrown == []
        assert witness.strangers() == []
