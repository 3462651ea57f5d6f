"""Visitors of pages that are notebooks: they speak Jupyter's protocol, as their pages do."""

from __future__ import annotations

import asyncio
import json
import re
import struct
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from functools import cached_property
from itertools import count, pairwise
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from crowd.servers import HOME, SMALL
from crowd.visitor import Visitor
from crowd.web import Refused

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BYTEWISE = "v1.kernel.websocket.jupyter.org"
"""The way of framing messages that JupyterLab's front end asks for; Jupyter's old one is JSON."""
KERNEL = re.compile(rb'"kernelId":\s*"([0-9a-f-]{36})"')
VIEW = re.compile(rb'widget-view\+json":\s*\{[^}]*?"model_id":\s*"([0-9a-f]{32})"')
NUMBERS = count(int(time.time() * 1000))
"""No two messages share a number."""


class Notebook(Visitor):
    """What visitors of Enishi and of Voilà have in common."""

    bytewise = False
    wants = ""
    line_options: ClassVar[dict[str, Any]] = {}
    session = ""
    kernel = ""

    async def open_line(self) -> None:
        """Open the websocket to the page's kernel."""
        self.session = str(uuid4())
        path = f"/api/kernels/{self.kernel}/channels?session_id={self.session}{self.wants}"
        ways = {"subprotocols": [BYTEWISE]} if self.bytewise else {}
        self.line = await self.web.socket(path, **ways, **self.line_options)

    async def say(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message to the kernel."""
        assert self.line
        header = {
            "msg_id": str(uuid4()),
            "msg_type": kind,
            "session": self.session,
            "username": "",
            "date": "2026-11-20T00:00:00.000Z",
            "version": "5.3",
        }
        metadata = {"version": "1.0.0" if "control" in str(content.get("target_name")) else "2.1.0"}
        if self.bytewise:
            await self.line.send(framed("shell", header, {}, metadata, content))
            return
        message = {"channel": "shell", "header": header, "parent_header": {}}
        await self.line.send(json.dumps({**message, "metadata": metadata, "content": content}))

    async def hear(self) -> tuple[str, dict[str, Any]]:
        """Return the next message: its kind and its content."""
        kind, content = await self.message()
        if kind == "status" and content["execution_state"] in ("dead", "restarting"):
            raise Refused("the kernel has ended")
        return kind, content

    async def message(self) -> tuple[str, dict[str, Any]]:
        """Take the next message apart."""
        assert self.line
        heard = await self.line.recv()
        if isinstance(heard, str):
            message = json.loads(heard)
            return message["header"]["msg_type"], message["content"]
        if not self.bytewise:
            message = json.loads(old_frame(heard)[0])
            return message["header"]["msg_type"], message["content"]
        _, header, _, _, content, *_ = unframed(heard)
        return json.loads(header)["msg_type"], json.loads(content)

    async def states(self) -> dict[str, Any]:
        """Ask for the state of every widget, as a page does."""
        comm = str(uuid4())
        await self.say(
            "comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control"} | {"data": {}}
        )
        await self.say("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        while True:
            kind, content = await self.hear()
            if kind == "comm_msg" and content["comm_id"] == comm:
                found: dict[str, Any] = content["data"]["states"]
                return {model: each["state"] for model, each in found.items()}

    async def update(self) -> dict[str, Any]:
        """Return the next change of a widget's state: the id and what changed."""
        while True:
            kind, content = await self.hear()
            if kind == "comm_msg" and content["data"].get("method") == "update":
                return {"id": content["comm_id"], **content["data"]["state"]}


class Enishi(Notebook):
    """A visitor of ours: does what `static/kernel_client.js` and a sheet do.

    These visitors share a book, and each writes a goal of its own, so that nobody meets a version
    that somebody else has just made.
    """

    version = 0
    wants = "&only=widgets"

    @cached_property
    def goal(self) -> str:
        """The id of this visitor's goal."""
        return uuid4().hex

    async def show(self) -> None:
        """Take the page as it arrives, and open the line meanwhile."""
        page = b""
        async for page in self.page():
            if not self.kernel and (found := KERNEL.search(page)):
                self.kernel = found[1].decode()
                await self.open_line()
        self.placed = {each.decode() for each in VIEW.findall(page)}
        if not self.placed:
            raise Refused("the page has no sheets")

    async def page(self) -> AsyncGenerator[bytes, None]:
        """Come in by the token, and give as much of the page as is there, until it is whole."""
        address = urlsplit(self.server.address)
        entered = await self.web.get(f"{address.path}?{address.query}")
        async for so_far in self.read_page(entered.headers["location"]):
            yield so_far

    async def read_page(self, address: str) -> AsyncGenerator[bytes, None]:
        """Give as much of the page at `address` as is there, until it is whole."""
        so_far = b""
        async with aclosing(self.web.pieces("GET", address)) as pieces:
            async for piece in pieces:
                if isinstance(piece, bytes):
                    so_far += piece
                    yield so_far
                elif piece[0] != 200:
                    raise Refused(f"the page: {piece[0]}")

    async def submit(self, path: str, fields: Mapping[str, str]) -> None:
        """Send the form of a page, as a browser does."""
        shown = await self.web.get(path)
        crumb = re.search(r'name="_xsrf" value="([^"]+)"', shown.text)
        if crumb is None:
            raise Refused(shown.text[:200])
        await self.web.ask("POST", path, urlencode({**fields, "_xsrf": crumb[1]}).encode(), FORM)

    async def hurry(self) -> None:
        """Be gone as soon as the page has a kernel."""
        async with aclosing(self.page()) as page:
            async for so_far in page:
                if KERNEL.search(so_far):
                    break
        self.web.close()

    async def begin(self) -> None:
        """Get the state of every sheet on the page, asking for those that did not come alone."""
        self.sheets: dict[str, Any] = {}
        with suppress(TimeoutError):
            while True:  # what has arrived while the page did
                async with asyncio.timeout(0):
                    await self.meet()
        if not self.sheets and len(self.placed) > 1:
            self.sheets = await self.states()
        for sheet in self.placed - set(self.sheets):
            await self.say("comm_msg", {"comm_id": sheet, "data": {"method": "request_state"}})
        while not self.placed <= set(self.sheets):
            await self.meet()

    async def meet(self) -> None:
        """Take the next message; if it tells all of a sheet's state, remember it."""
        _, content = await self.hear()
        state = content["data"].get("state", {})
        if "_model_name" in state:
            self.sheets[content["comm_id"]] = state

    async def change(self) -> None:
        """Write a wish, or at home a line; on the small screen, move a slider."""
        if self.server.name == SMALL:
            (screen,) = self.placed
            await self.do(screen, {"do": "move", "at": 0, "value": 4})
            return
        name = "my_week" if self.server.name == HOME else "wish"
        wish = next(each for each in self.placed if self.sheets[each]["position"]["name"] == name)
        if self.server.name == HOME:
            await self.do(wish, {"do": "read", "text": f"cook for {next(NUMBERS)} on Friday"})
            return
        words = {"wish": f"I want to cook for {next(NUMBERS)} people. (sample)"}
        row = {"table": "goal", "id": self.goal, "version": self.version}
        answer = await self.do(wish, {"do": "write", **row, "values": words})
        self.version = answer["version"]

    async def do(self, sheet: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send a message to a sheet and return its answer, once it is done."""
        number = next(NUMBERS)
        content = {"method": "custom", "content": {**message, "n": number}}
        await self.say("comm_msg", {"comm_id": sheet, "data": content})
        while True:
            told = await self.update()
            if told["id"] == sheet and told.get("answer", {}).get("n") == number:
                answer: dict[str, Any] = told["answer"]
                if not answer["ok"]:
                    raise Refused(str(answer))
                return answer

    async def leave(self) -> None:
        """Say goodbye as a page does that is closed, and hang up."""
        form = urlencode({"_xsrf": self.web.cookies["_xsrf"], "last": "[]"}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        await self.web.ask("POST", f"/voila/api/shutdown/{self.kernel}", form, kind)
        await super().leave()

    async def come_back(self) -> None:
        """Open the line again after a cut, and get what the sheets show now."""
        await self.web.get(f"/api/kernels/{self.kernel}")
        await self.open_line()
        self.sheets = await self.states()


class Voila(Notebook):
    """A visitor of plain Voilà with ipywidgets and a FigureWidget."""

    bytewise = True

    async def show(self) -> None:
        """Take the page."""
        page = (await self.web.get(self.path)).body
        self.kernel = KERNEL.search(page)[1].decode()  # type: ignore[index]  # then it failed

    async def begin(self) -> None:
        """Get the state of every widget."""
        await self.open_line()
        await self.say("kernel_info_request", {})
        states = await self.states()
        self.slider = next(
            model for model, state in states.items() if state["_model_name"] == "IntSliderModel"
        )

    async def change(self) -> None:
        """Move a slider, and wait for the chart."""
        state = {"method": "update", "state": {"value": 4}, "buffer_paths": []}
        await self.say("comm_msg", {"comm_id": self.slider, "data": state})
        while "_py2js_restyle" not in await self.update():
            pass

    async def leave(self) -> None:
        """Say goodbye as Voilà's page does."""
        with suppress(Refused):
            form = urlencode({"_xsrf": self.web.cookies.get("_xsrf", "")}).encode()
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            await self.web.ask("POST", f"/voila/api/shutdown/{self.kernel}", form, kind)
        await super().leave()


class Solara(Visitor):
    """A visitor of Solara, which speaks the same protocol without a kernel behind it."""

    async def show(self) -> None:
        """Take the page."""
        await self.web.get(self.path)

    async def begin(self) -> None:
        """Run the page, and wait until all its widgets are there."""
        self.session = str(uuid4())
        self.line = await self.web.socket(
            f"/jupyter/api/kernels/{uuid4()}/channels?session_id={self.session}"
        )
        await self.say("kernel_info_request", {})
        comm = str(uuid4())
        await self.say("comm_open", {"comm_id": comm, "target_name": "solara.control", "data": {}})
        themes: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
        run = {"path": "/", "dark": False, "themes": themes, "appName": None}
        await self.say("comm_msg", {"comm_id": comm, "data": {"method": "run", "args": run}})
        self.slider, chart, finished = "", False, False
        while not (self.slider and chart and finished):
            heard = await self.heard()
            if '"comm_open"' in heard[:400]:
                chart = chart or '"_widget_data"' in heard
                if not self.slider and '"SliderModel"' in heard:
                    self.slider = re.findall(r'"content": \{.*?"comm_id": "([0-9a-f]+)"', heard)[0]
            finished = finished or '"finished"' in heard

    async def change(self) -> None:
        """Move a slider, and wait for the chart."""
        state = {"method": "update", "state": {"v_model": 4}, "buffer_paths": []}
        await self.say("comm_msg", {"comm_id": self.slider, "data": state})
        while "4, 5, 2, 4, 6, 3, 5, 4" not in await self.heard():
            pass

    async def say(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message."""
        assert self.line
        header = {"msg_id": str(uuid4()), "msg_type": kind, "session": self.session}
        header |= {"username": "", "version": "5.2", "date": "2026-11-20T00:00:00.000Z"}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}}
        await self.line.send(json.dumps({**message, "content": content, "buffers": []}))

    async def heard(self) -> str:
        """Return the next message as text; what is not text in it does not matter here."""
        assert self.line
        heard = await self.line.recv()
        return heard if isinstance(heard, str) else heard.decode("utf-8", "replace")


def framed(channel: str, *parts: dict[str, Any]) -> bytes:
    """Frame a message: how many offsets, the offsets, the parts."""
    texts = [channel.encode(), *(json.dumps(part).encode() for part in parts)]
    at = [8 * (len(texts) + 2)]
    for text in texts:
        at.append(at[-1] + len(text))
    return struct.pack(f"<{len(at) + 1}Q", len(at), *at) + b"".join(texts)


def unframed(frame: bytes) -> list[bytes]:
    """Take a frame apart: channel, header, parent, metadata, content, buffers."""
    (many,) = struct.unpack_from("<Q", frame)
    at = struct.unpack_from(f"<{many}Q", frame, 8)
    return [frame[begin:end] for begin, end in pairwise(at)]


def old_frame(frame: bytes) -> list[bytes]:
    """Take a frame with buffers apart as Jupyter's old way has it: the JSON, the buffers."""
    (many,) = struct.unpack_from("!I", frame)
    at = [*struct.unpack_from(f"!{many}I", frame, 4), len(frame)]
    return [frame[begin:end] for begin, end in pairwise(at)]
