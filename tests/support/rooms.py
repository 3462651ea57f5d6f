"""A proxy, the servers behind it, and those who come there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import Engine

from enishi.book import accounts
from enishi.i18n import texts
from fronts import Front, Replica
from hosting import enter
from line import SAID, said


@dataclass
class Room:
    """What people come to: a proxy, the servers behind it, and the database behind them."""

    front: Front
    replicas: list[Replica]
    engine: Engine

    def invite(self, name: str) -> tuple[str, str]:
        """Invite somebody; return their id and their key."""
        person, key = accounts.invite(self.engine, name)
        return person.id, key

    @contextmanager
    def client(self, name: str = "Sample Ann") -> Iterator[httpx.Client]:
        """Give a client that has entered."""
        with self.front.client() as client:
            assert enter(client, self.invite(name)[1]).status_code == 302
            yield client

    def of(self, kernel: str) -> Replica:
        """Return the server a kernel runs on."""
        [found] = [each for each in self.replicas if f"Kernel started: {kernel}" in made(each)]
        return found

    def elsewhere(self, replica: Replica) -> Replica:
        """Return the other server."""
        [other] = [each for each in self.replicas if each is not replica]
        return other


def made(replica: Replica) -> str:
    """Return what a server wrote down: the pages it was asked for."""
    return replica.server.log.read_text(encoding="utf-8")


def here(page: httpx.Response) -> str:
    """Return what the page says of who is here."""
    found = re.search(r"here is (\S+)", page.text)
    return found[1] if found else page.text


class Visit:
    """Somebody who came by a browser and opened their goal."""

    def __init__(self, room: Room, context: BrowserContext, name: str = "Sample Ann") -> None:
        self.room, self.context = room, context
        self.words = texts("goal", "en")["screens"]["wish"]
        self.asked: list[str] = []
        self.page: Page = context.new_page()
        self.page.add_init_script(SAID)
        self.page.clock.install()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda line: self.asked.append(line.url))
        self.page.goto(f"{room.front.address}login#{room.invite(name)[1]}")
        self.page.get_by_role("button", name="Enter").click()
        expect(self.page.locator(".enishi-person")).to_contain_text(name)
        self.page.goto(f"{room.front.address}voila/render/02-goal.ipynb#wish")
        expect(self.field).to_be_visible(timeout=60_000)

    @property
    def field(self) -> Locator:
        """The field of the wish."""
        return self.page.get_by_label(self.words["wish"], exact=True).first

    @property
    def kernel(self) -> str:
        """The kernel of the page as it is open now."""
        facts = json.loads(self.page.locator("#jupyter-config-data").text_content() or "")
        return str(facts["kernelId"])

    def write(self, text: str) -> None:
        """Write, and see that it is saved."""
        self.field.fill(text)
        self.field.press("Tab")
        saved = self.page.locator("section#wish .saved")
        expect(saved).to_have_text(texts("common", "en")["saved"])

    def said(self) -> list[str]:
        """Return what the page has said of its line so far."""
        return said(self.page)


@contextmanager
def visit(room: Room, chromium: Browser) -> Iterator[Visit]:
    """Let somebody come, and go."""
    with chromium.new_context(locale="en-GB", ignore_https_errors=True) as context:
        yield Visit(room, context)
