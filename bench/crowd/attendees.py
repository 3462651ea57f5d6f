"""Light people in a room: whoever leads it, its projector, and participants; they draw nothing."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from crowd.jupyter import NUMBERS, Enishi
from crowd.servers import Server
from crowd.web import Refused

PATIENCE_SECONDS = 60.0


class Passing(Refused):
    """Something was not done, but may be if it is tried again."""


Come = TypeVar("Come")
Holds = Callable[[dict[str, Any]], object]


class CountedConnection(ClientConnection):
    """A line that counts the bytes that come over it, as they come: compressed."""

    heard = 0

    def data_received(self, data: bytes) -> None:
        """Count, and go on as usual."""
        self.heard += len(data)
        super().data_received(data)


class Attendee(Enishi):
    """Somebody at a page of a room, who goes on listening while they do something.

    Attributes:
        sheets: the state of every sheet on the page by its id, as it is now.
    """

    line_options: ClassVar[dict[str, Any]] = {"create_connection": CountedConnection}

    def __init__(self, server: Server, page: str, door: str, form: Mapping[str, str]) -> None:
        """Take the page, and what is put into the form at the door."""
        super().__init__(server)
        self.files: Sequence[str] = ()
        self.sheets: dict[str, Any] = {}
        self._page, self._door, self._form = f"/voila/render/{page}.ipynb", door, form
        self._name = form.get("called") or page
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._waits: dict[str, list[tuple[Holds, asyncio.Future[float]]]] = defaultdict(list)

    @property
    def heard(self) -> int:
        """Bytes that came over the line so far."""
        assert isinstance(self.line, CountedConnection)
        return self.line.heard

    async def show(self) -> None:
        """Come in by the door, and take the page."""
        await self.submit(self._door, self._form)
        await super().show()

    async def page(self) -> AsyncGenerator[bytes, None]:
        """Give as much of the page as is there, until it is whole."""
        async for so_far in self.read_page(self._page):
            yield so_far

    async def meet(self) -> None:
        """Take the next message: the whole state of a sheet, or what changed of one since."""
        kind, content = await self.hear()
        state = content["data"].get("state", {}) if kind in ("comm_open", "comm_msg") else {}
        if "_model_name" in state or content.get("comm_id") in self.sheets:
            self.sheets.setdefault(content["comm_id"], {}).update(state)

    async def change(self) -> None:
        """Change nothing; see that the first sheet is there."""
        shown = [each["state"] for each in self.sheets.values() if each["state"]]
        if not shown or any(each.get("closed") for each in shown):
            raise Refused("the page shows no room")

    def stay(self) -> None:
        """Go on listening, and remember what the sheets show."""
        if self.line and not self.trouble:
            self._ear = asyncio.create_task(self._listen())

    def shows(self, name: str) -> dict[str, Any]:
        """Return what a sheet shows."""
        found: dict[str, Any] = self.sheets[self.id_of(name)]["state"]
        return found

    def id_of(self, name: str) -> str:
        """Return the id of a sheet."""
        return next(id for id, each in self.sheets.items() if each["position"]["name"] == name)

    async def until(self, name: str, holds: Holds) -> float:
        """Return the moment at which a sheet began to show something that `holds`.

        Raises:
            Refused: it never did.
        """
        if holds(self.shows(name)):
            return time.perf_counter()
        moment: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waits[self.id_of(name)].append((holds, moment))
        return await self._patiently(moment, f"its sheet {name} to show something")

    async def ask(self, name: str, do: str, **message: Any) -> dict[str, Any]:
        """Ask a sheet for something, and return its answer.

        Raises:
            Passing: it was not done just now.
            Refused: it was not done.
        """
        number = next(NUMBERS)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        content = {"method": "custom", "content": {"do": do, **message, "n": number}}
        await self.say("comm_msg", {"comm_id": self.id_of(name), "data": content})
        told = await self._patiently(answer, f"an answer to {name} {do}")
        if not told["ok"]:
            kind = Passing if told.get("passes") else Refused
            raise kind(f"{name} {do}: {told.get('text')}")
        return told

    async def turn_to(self, name: str, files: Sequence[str] = ()) -> float:
        """Turn the page to a sheet, as a browser does; return the moment it was there."""
        if not self.shows(name):
            await asyncio.gather(self.ask(name, "build"), *map(self.fetch, files))
        return time.perf_counter()

    async def _patiently(self, coming: asyncio.Future[Come], what: str) -> Come:
        """Wait for something that this page is going to hear, with `what` it is.

        Raises:
            Refused: it did not come in time, or the line broke.
        """
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await coming
        except TimeoutError:
            why = self.trouble or f"{PATIENCE_SECONDS:.0f} s passed"
            raise Refused(f"{self._name} waited for {what}: {why}") from None

    async def _listen(self) -> None:
        try:
            while True:
                kind, content = await self.hear()
                if kind == "comm_msg" and content["data"].get("method") == "update":
                    self._take(content["comm_id"], content["data"]["state"])
        except (ConnectionClosed, Refused, KeyError) as problem:
            self.trouble = f"the line: {type(problem).__name__}: {problem}"[:200]

    def _take(self, id: str, change: dict[str, Any]) -> None:
        """Take in a change of a sheet, and wake those who waited for it."""
        now = time.perf_counter()
        self.sheets[id] |= change
        if answer := self._answers.pop(change.get("answer", {}).get("n"), None):
            answer.set_result(change["answer"])
        for wait in [each for each in self._waits[id] if each[0](self.sheets[id]["state"])]:
            self._waits[id].remove(wait)
            if not wait[1].done():
                wait[1].set_result(now)
