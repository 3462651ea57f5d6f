"""A bare websocket to a kernel, and what is sent on it."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress
from typing import Any

import httpx
from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    deserialize_msg_from_ws_v1,
    serialize_binary_message,
    serialize_msg_to_ws_v1,
)
from websocket import WebSocket, WebSocketTimeoutException, create_connection

from serving import Serving, kernel_of

PAGE = "/voila/render/01-start.ipynb"


def connect(
    server: Serving, kernel_id: str, cookie: str, base: str = "/api/kernels", **options: Any
) -> WebSocket:
    """Open a bare websocket to a kernel."""
    return create_connection(
        f"ws://127.0.0.1:{server.port}{base}/{kernel_id}/channels?session_id=bare",
        cookie=cookie,
        timeout=20,
        **options,
    )


def cookie_of(client: httpx.Client) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)


def message(kind: str, channel: str = "shell", **content: Any) -> str:
    """Write a kernel message as the front end would."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "session": "bare",
        "username": "",
        "date": "2026-01-01T00:00:00Z",
        "version": "5.3",
    }
    parts: dict[str, Any] = {"parent_header": {}, "metadata": {}, "buffers": []}
    return json.dumps({"header": header, "channel": channel, "content": content, **parts})


def said(kind: str, content: dict[str, Any], **header: Any) -> dict[str, Any]:
    """Return a message as a page sends it, in parts."""
    return json.loads(message(kind)) | {"content": content, "buffers": []} | header


def framed(told: dict[str, Any], buffers: list[bytes], protocol: str | None) -> str | bytes:
    """Frame a message as Jupyter's own code does."""
    if protocol is None:
        text = json.dumps({name: part for name, part in told.items() if name != "buffers"})
        return serialize_binary_message(told | {"buffers": buffers}) if buffers else text
    names = ("header", "parent_header", "metadata", "content")
    parts = [json.dumps(told[name]).encode() for name in names]
    return bytes(serialize_msg_to_ws_v1([*parts, *buffers], told["channel"]))


def unframed(frame: str | bytes, protocol: str | None) -> tuple[dict[str, Any], list[bytes]]:
    """Take a frame from the server apart: header, parent and content in one, and the buffers."""
    if protocol is not None:
        assert isinstance(frame, bytes)
        _, parts = deserialize_msg_from_ws_v1(frame)
        parent, content = json.loads(parts[1]), json.loads(parts[3])
        return json.loads(parts[0]) | {"parent": parent, "content": content}, parts[4:]
    told = deserialize_binary_message(frame) if isinstance(frame, bytes) else json.loads(frame)
    both = {"parent": told["parent_header"], "content": told["content"]}
    return told["header"] | both, told.get("buffers", [])


def replies_until(line: WebSocket, last: str) -> set[str]:
    """Return the kinds of everything that arrives until `last` does."""
    seen = set()
    while last not in seen:
        seen.add(json.loads(line.recv())["header"]["msg_type"])
    return seen


CONTROL = "jupyter.widget.control"
SECONDS_BEFORE_ASKING_AGAIN = 4.0
"""How long ipywidgets waits for the states of all widgets."""
TIMES_TO_ASK = 5


class RawPage:
    """A page without a browser: its kernel, a bare websocket to it, and all that came from there.

    Attributes:
        heard: every frame that has arrived, as bytes.
        sheets: the ids of the page's sheets, by name.
    """

    def __init__(
        self, server: Serving, client: httpx.Client, path: str, protocol: str | None = None
    ) -> None:
        self.protocol = protocol
        self.html = client.get(path, timeout=60).text
        self.kernel = kernel_of(self.html)
        ways: dict[str, Any] = {"subprotocols": [protocol]} if protocol else {}
        self.line = connect(server, self.kernel, cookie_of(client), **ways)
        self.heard: list[bytes] = []
        try:
            states = self.states()
        except BaseException:  # nothing may stay open that fails another test
            self.close()
            raise
        self.sheets = {
            state["position"]["name"]: id for id, state in states.items() if state.get("position")
        }

    def send(self, kind: str, content: dict[str, Any], channel: str = "shell") -> str:
        """Send a message in the page's protocol; return its id."""
        version = "1.0.0" if content.get("target_name") == CONTROL else "2.1.0"
        header = {"channel": channel, "metadata": {"version": version}}
        told = said(kind, content, **header)
        frame = framed(told, [], self.protocol)
        if isinstance(frame, bytes):
            self.line.send_binary(frame)
        else:
            self.line.send(frame)
        return str(told["header"]["msg_id"])

    def close(self) -> None:
        """Hang up."""
        self.line.shutdown()

    def hear(self) -> dict[str, Any]:
        """Return the next message: its header, and its content."""
        frame = self.line.recv()
        self.heard.append(frame if isinstance(frame, bytes) else frame.encode())
        return unframed(frame, self.protocol)[0]

    def states(self) -> dict[str, Any]:
        """Return the state of every widget, as a page asks for it.

        Like ipywidgets, ask again where no answer comes: the first one may be sent before the
        kernel knows that this websocket listens.
        """
        began, patience = len(self.heard), self.line.gettimeout()
        self.line.settimeout(SECONDS_BEFORE_ASKING_AGAIN)
        try:
            for _ in range(TIMES_TO_ASK):
                comm = uuid.uuid4().hex
                self.send("comm_open", {"comm_id": comm, "target_name": CONTROL, "data": {}})
                self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
                with suppress(WebSocketTimeoutException):
                    return self._states_sent_to(comm)
        finally:
            self.line.settimeout(patience)
        came = [frame[:200] for frame in self.heard[began:]]
        raise AssertionError(f"no states came; what came: {came}")

    def _states_sent_to(self, comm: str) -> dict[str, Any]:
        while True:
            told = self.hear()
            if told["msg_type"] == "comm_msg" and told["content"]["comm_id"] == comm:
                states: dict[str, Any] = told["content"]["data"]["states"]
                return {id: each["state"] for id, each in states.items()}

    def tell(self, sheet: str, **content: Any) -> None:
        """Send what a sheet's script would send, by the sheet's name or any id."""
        data = {"method": "custom", "content": content}
        self.send("comm_msg", {"comm_id": self.sheets.get(sheet, sheet), "data": data})

    def ask(self, sheet: str, do: str, n: int, **content: Any) -> dict[str, Any]:
        """Give a command to a sheet and return its answer."""
        self.tell(sheet, do=do, n=n, **content)
        while True:
            for answer in answers_in(self.hear()):
                if answer["n"] == n:
                    return answer

    def settle(self) -> list[dict[str, Any]]:
        """Wait until the kernel has dealt with all that was sent; return its answers meanwhile."""
        asked = self.send("kernel_info_request", {})
        answers: list[dict[str, Any]] = []
        while True:  # until it is idle again: the reply itself comes by another channel
            told = self.hear()
            answers += answers_in(told)
            is_of_it = told["parent"].get("msg_id") == asked and told["msg_type"] == "status"
            if is_of_it and told["content"]["execution_state"] == "idle":
                return answers


def answers_in(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answer of a sheet that a message carries, if it carries one."""
    if told["msg_type"] != "comm_msg":
        return []
    answer = told["content"]["data"].get("state", {}).get("answer")
    return [answer] if answer else []
