"""A bare websocket to a kernel, and what is sent on it."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
from websocket import WebSocket, create_connection

from serving import Serving

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


def replies_until(line: WebSocket, last: str) -> set[str]:
    """Return the kinds of everything that arrives until `last` does."""
    seen = set()
    while last not in seen:
        seen.add(json.loads(line.recv())["header"]["msg_type"])
    return seen
