"""The websocket of a page: what passes in either protocol, and what it may not cost the server."""

from __future__ import annotations

import json
import struct
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from websocket import WebSocket, WebSocketBadStatusException, WebSocketConnectionClosedException

from enishi.serve.handlers.websocket import MOST_WEBSOCKETS
from enishi.serve.handlers.websocket_frames import (
    BINARY_PROTOCOL,
    MOST_BUFFERS,
    FrameError,
    Message,
    parse_frame,
)
from kernel_lines import CONTROL, PAGE, connect, cookie_of, framed, said, unframed
from serving import Serving, kernel_of, serving, wait_until, watch, write_notebook

pytest_plugins = ["server_fixtures"]

ECHO = '''
import anywidget, traitlets

class Echo(anywidget.AnyWidget):
    """Sends back what it is sent, and as much more as it is asked for."""

    _esm = """
    export default { render({ model, el }) {
      el.textContent = "echo";
      el.onclick = () => model.send({ bytes: true });
    } }
    """
    picture = traitlets.Any(None).tag(sync=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.on_msg(lambda _, content, buffers: self.answer(content, buffers))

    def answer(self, content, buffers):
        self.send({"back": content}, buffers)
        if content.get("bytes"):
            self.picture = b"picture"
        if more := content.get("more"):
            self.send({"text": "x" * more})

Echo()
'''
FIGURE = """
import numpy, plotly.graph_objects
figure = plotly.graph_objects.FigureWidget()
figure.add_scatter(x=numpy.arange(500.0), y=numpy.arange(500.0) ** 2)
figure
"""


CUT = (WebSocketConnectionClosedException, ConnectionError)
PROTOCOLS = pytest.mark.parametrize("protocol", [None, BINARY_PROTOCOL])


# -- frames -------------------------------------------------------------------------------------


@PROTOCOLS
@given(content=st.dictionaries(st.text(), st.text()), buffers=st.lists(st.binary(), max_size=3))
def test_a_message_passes_as_it_is_with_its_buffers(
    protocol: str | None, content: dict[str, str], buffers: list[bytes]
) -> None:
    content |= {"comm_id": "1", "target_name": "any"}
    read = parse_frame(framed(said("comm_msg", content), buffers, protocol), protocol)
    header, parent, metadata, found, *left = read.parts
    assert json.loads(header)["msg_type"] == read.kind == "comm_msg"
    assert (json.loads(parent), json.loads(metadata)) == ({}, {})
    assert (json.loads(found), left) == (content, buffers)


NUMBERS = st.sampled_from([0, 1, 2, 5, 7, 50, 2**31 - 1, 2**32 - 1])
FRAMES = st.one_of(
    st.text(),
    st.binary(),
    st.tuples(st.lists(NUMBERS, max_size=12), st.binary(max_size=99)).map(
        lambda each: struct.pack(f"!{len(each[0])}I", *each[0]) + each[1]
    ),
    st.tuples(st.lists(NUMBERS, max_size=12), st.binary(max_size=99)).map(
        lambda each: struct.pack(f"<{len(each[0])}Q", *each[0]) + each[1]
    ),
)


@PROTOCOLS
@example(frame=struct.pack("<Q", 10**17) + b"x" * 64)
@example(frame=struct.pack("!i", 2**31 - 1) + b"x" * 64)
@example(frame=struct.pack("!II", 1, 2**32 - 1))
@example(frame="[" * 100_000)
@example(frame='{"channel": "shell", "header": {}, "content": ' + '{"a": ' * 10_000)
@given(frame=FRAMES)
def test_what_is_no_message_is_refused_whatever_it_announces(
    protocol: str | None, frame: str | bytes
) -> None:
    try:
        assert isinstance(parse_frame(frame, protocol), Message)
    except FrameError as refusal:
        assert str(refusal).isascii() and len(str(refusal)) < 80


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("comm_open", {"comm_id": "1", "target_name": "jupyter.widget", "data": {}}),
    ("comm_open", {"comm_id": "1", "target_name": "jupyter.widget.version", "data": {}}),
    ("comm_open", {"comm_id": "1"}),
    ("comm_msg", {"comm_id": "1" * 101, "data": {}}),
    ("comm_msg", {"comm_id": ["1"], "data": {}}),
    *(
        (kind, {})
        for kind in (
            "execute_request",
            "shutdown_request",
            "input_reply",
            "create_subshell_request",
        )
    ),
]


@PROTOCOLS
@pytest.mark.parametrize(("kind", "content"), REFUSED)
def test_a_page_may_send_only_what_a_page_needs(
    protocol: str | None, kind: str, content: dict[str, Any]
) -> None:
    with pytest.raises(FrameError):
        parse_frame(framed(said(kind, content), [], protocol), protocol)
    control = said("comm_open", {"comm_id": "1", "target_name": CONTROL, "data": {}})
    assert parse_frame(framed(control, [], protocol), protocol).kind == "comm_open"
    with pytest.raises(FrameError):
        parse_frame(framed(control | {"channel": "control"}, [], protocol), protocol)
    with pytest.raises(FrameError):
        parse_frame(framed(control, [b"x"] * (MOST_BUFFERS + 1), protocol), protocol)


@PROTOCOLS
@pytest.mark.parametrize("name", ["msg_id", "session", "username", "date", "version"])
@pytest.mark.parametrize("value", ["x" * 101, 7, {}, ["x"]])
def test_what_is_remembered_of_a_message_is_short(
    protocol: str | None, name: str, value: object
) -> None:
    told = said("comm_msg", {"comm_id": "1", "data": {}})
    told["header"][name] = value
    with pytest.raises(FrameError):
        parse_frame(framed(told, [], protocol), protocol)


def test_what_nobody_knows_in_a_header_is_left_out() -> None:
    told = said("comm_msg", {"comm_id": "1"})
    told["header"]["more"] = told["metadata"]["more"] = told["parent_header"]["more"] = "x" * 1000
    assert b"more" not in b"".join(parse_frame(json.dumps(told), None).parts[:3])


# -- a server -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server with a notebook that answers."""
    place = tmp_path_factory.mktemp("echo")
    folder = place / "workbooks"
    folder.mkdir()
    write_notebook(folder / "01-start.ipynb", ECHO)
    with serving(place / "data", folder) as server:
        yield server


class Echo:
    """A page with the widget that answers."""

    def __init__(self, server: Serving, stack: ExitStack) -> None:
        self.server, self.stack = server, stack
        client = stack.enter_context(server.client())
        page = client.get(PAGE, timeout=60).text
        self.kernel, self.cookie = kernel_of(page), cookie_of(client)
        self.comm = page.split('"model_id": "')[1][:32]

    def line(self, protocol: str | None = None, session: str = "") -> WebSocket:
        """Open a websocket to the kernel."""
        ways = {"subprotocols": [protocol]} if protocol else {}
        base, kernel = "/api/kernels", self.kernel
        address = f"{base}/{kernel}/channels?session_id={session or uuid.uuid4()}&x="
        line = connect(self.server, "", self.cookie, base=address, **ways)
        assert line.getsubprotocol() == protocol
        self.stack.callback(line.shutdown)
        return line

    def say(self, content: dict[str, Any], buffers: list[bytes], protocol: str | None) -> Any:
        """Return the frame in which a message is sent to the widget."""
        data = {"method": "custom", "content": content}
        return framed(said("comm_msg", {"comm_id": self.comm, "data": data}), buffers, protocol)

    def is_answered(self, line: WebSocket, protocol: str | None = None) -> bool:
        """Tell whether a message with bytes comes back as it was sent."""
        sent = {"n": str(uuid.uuid4())}
        buffers = [b"\xff\x00" * 5000, b"", b"abc"]
        line.send_binary(self.say(sent, buffers, protocol))
        while True:
            told, got = unframed(line.recv(), protocol)
            if told["msg_type"] == "comm_msg":
                content = told["content"]["data"]["content"]
                if content.get("back") == sent:
                    return bool([bytes(each) for each in got] == buffers)


@pytest.fixture
def page(echo: Serving) -> Iterator[Echo]:
    with ExitStack() as stack:
        yield Echo(echo, stack)


@PROTOCOLS
def test_bytes_go_to_the_kernel_and_back_in_the_protocol_of_the_socket(
    page: Echo, protocol: str | None
) -> None:
    assert page.is_answered(page.line(protocol), protocol)


@PROTOCOLS
def test_frames_that_announce_more_than_there_is_stop_nobody(
    page: Echo, protocol: str | None
) -> None:
    line = page.line(protocol)
    for count in (struct.pack("<Q", 10**17), struct.pack("!i", 2**31 - 1), b"", b"\xff" * 500):
        line.send_binary(count + b"x" * 64)
    assert page.is_answered(line, protocol)
    assert page.server.kernels() > 0


def test_a_kernel_has_only_so_many_websockets_and_the_page_before_makes_room(page: Echo) -> None:
    lines = [page.line(session=f"s{number}") for number in range(MOST_WEBSOCKETS)]
    with pytest.raises(WebSocketBadStatusException, match="429"):
        page.line()
    lines[0].close()

    def is_there_room() -> bool:
        try:
            return page.is_answered(page.line(session="s1"))
        except WebSocketBadStatusException:
            return False

    wait_until(is_there_room)
    with suppress(*CUT):
        while lines[1].recv():  # it comes to an end: that of the same session replaced it
            pass
    assert page.is_answered(lines[2])


@pytest.mark.parametrize("session", ["x" * 65, "a%20b", "%0a"])
def test_a_session_has_a_short_name(page: Echo, session: str) -> None:
    with pytest.raises(WebSocketBadStatusException, match="400"):
        page.line(session=session)


def test_a_page_that_never_reads_is_hung_up_on(page: Echo) -> None:
    deaf = page.line()
    with suppress(*CUT):
        for _ in range(30):
            deaf.send(page.say({"more": 2_000_000}, [], None))
    log = page.server.log
    wait_until(lambda: "its page does not read its messages" in log.read_text(), seconds=60)

    def is_answered() -> bool:
        with suppress(*CUT):  # what the kernel says is for this line, too
            return page.is_answered(page.line())
        return False

    wait_until(is_answered, seconds=60)


def test_a_flood_of_pings_is_hung_up_on(page: Echo) -> None:
    line = page.line()
    with pytest.raises(CUT):
        for _ in range(100_000):
            line.ping("x")
    assert page.is_answered(page.line())


@pytest.mark.browser
@pytest.mark.thorough
def test_a_figure_of_numpys_numbers_is_drawn(
    tmp_path: Path, japanese_context: BrowserContext
) -> None:
    """ipywidgets gives a kernel four seconds to send a page's states; a busy machine takes more."""
    folder = tmp_path / "workbooks"
    folder.mkdir()
    write_notebook(folder / "01-start.ipynb", FIGURE)
    with serving(tmp_path / "data", folder) as server:
        witness = watch(japanese_context)
        witness.page.goto(server.root + "/?token=" + server.token)
        line = witness.page.locator(".js-plotly-plot .scatterlayer .js-line")

        def is_drawn() -> bool:
            witness.page.goto(server.root + "/voila/render/01-start.ipynb")
            with suppress(PlaywrightTimeout):
                line.wait_for(timeout=30_000)
            return line.is_visible()

        wait_until(is_drawn, seconds=150)
