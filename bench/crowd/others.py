"""Visitors of what people would use instead and is no notebook server."""

from __future__ import annotations

import json
import re
import struct
from uuid import uuid4

from crowd.visitor import Visitor


class Streamlit(Visitor):
    """Streamlit speaks protocol buffers; these are the few fields a page sends."""

    async def show(self) -> None:
        """Take the page."""
        await self.web.get(self.path)

    async def begin(self) -> None:
        """Run the script, and wait for the chart."""
        self.line = await self.web.socket("/_stcore/stream", subprotocols=["streamlit"])
        self.heard = b""
        await self.rerun(b"", b'"y":[3,5,2')

    async def change(self) -> None:
        """Move the first slider."""
        before = self.heard[: self.heard.index(b"Clarity")]
        slider = re.findall(rb"\$\$ID-[0-9a-f]+-[\w-]+", before)[-1]
        moved = field(1, slider) + field(7, field(1, struct.pack("<d", 4.0)))
        await self.rerun(field(2, field(1, moved)), b'"y":[4,5,2')

    async def rerun(self, state: bytes, chart: bytes) -> None:
        """Have the script run with `state`, and wait until `chart` has come."""
        assert self.line
        await self.line.send(field(11, state))
        while True:
            heard = await self.line.recv()
            assert isinstance(heard, bytes)
            self.heard += heard
            if chart in heard:
                return


class Panel(Visitor):
    """Panel: Bokeh's protocol."""

    async def show(self) -> None:
        """Take the page, and the token of its session."""
        page = (await self.web.get(self.path)).text
        self.token = re.findall(r'"token":"([^"]+)"', page)[0]

    async def begin(self) -> None:
        """Pull the document."""
        self.line = await self.web.socket(f"{self.path}/ws", subprotocols=["bokeh", self.token])
        await self.until('"ACK"')
        await self.say("PULL-DOC-REQ", {})
        document = await self.until('"roots"')
        self.slider = re.findall(r'"name":"[^"]*Slider[^"]*","id":"([^"]+)"', document)[0]
        self.chart = re.findall(
            r'"name":"panel.models.plotly.PlotlyPlot","id":"([^"]+)"', document
        )[0]

    async def change(self) -> None:
        """Move the first slider, and wait for the chart."""
        event = {"kind": "ModelChanged", "model": {"id": self.slider}, "attr": "value", "new": 4}
        await self.say("PATCH-DOC", {"events": [event]})
        await self.until(f'"id":"{self.chart}"')

    async def say(self, kind: str, content: object) -> None:
        """Send a message: three frames."""
        assert self.line
        for part in ({"msgid": uuid4().hex, "msgtype": kind}, {}, content):
            await self.line.send(json.dumps(part))

    async def until(self, word: str) -> str:
        """Return the first frame in which `word` stands."""
        assert self.line
        while word not in (heard := str(await self.line.recv())):
            pass
        return heard


class Marimo(Visitor):
    """marimo: messages come by websocket, changes go by HTTP."""

    async def show(self) -> None:
        """Take the page."""
        page = (await self.web.get(self.path)).text
        found = re.search(r'"serverToken":\s*"([^"]+)"', page) or re.search(
            r'data-token="([^"]+)"', page
        )
        self.token = found[1] if found else ""

    async def begin(self) -> None:
        """Have the cells run, and wait for the chart."""
        self.session = f"s_{uuid4().hex[:6]}"
        self.line = await self.web.socket(f"/ws?session_id={self.session}")
        sliders = ""
        while "marimo-plotly" not in (heard := str(await self.line.recv())):
            if "marimo-slider" in heard:
                sliders = heard
        self.first = re.findall(r"object-id='([^']+)'|object-id=\\?\"([^\"\\]+)", sliders)[0]

    async def change(self) -> None:
        """Move the first slider, and wait for the chart."""
        assert self.line
        body = json.dumps({"objectIds": ["".join(self.first)], "values": [{"0": 4}]}).encode()
        told = {"Marimo-Session-Id": self.session, "Marimo-Server-Token": self.token}
        told["Content-Type"] = "application/json"
        await self.web.ask("POST", "/api/kernel/set_ui_element_value", body, told)
        while "[4,5,2" not in str(await self.line.recv()):
            pass


class Dash(Visitor):
    """Dash: plain requests, no line that stays open."""

    async def show(self) -> None:
        """Take the page and its layout."""
        await self.web.get(self.path)
        await self.web.get("/_dash-layout")
        await self.web.get("/_dash-dependencies")

    async def begin(self) -> None:
        """Ask for the chart."""
        await self.ask(3)

    async def change(self) -> None:
        """Move the first slider."""
        await self.ask(4)

    async def ask(self, first: int) -> None:
        """Ask for the chart with the first slider at `first`."""
        values = (first, 5, 2, 4, 6, 3, 5, 4)
        body = {
            "output": "chart.figure",
            "outputs": {"id": "chart", "property": "figure"},
            "inputs": [
                {"id": f"dial-{at}", "property": "value", "value": value}
                for at, value in enumerate(values)
            ],
            "changedPropIds": ["dial-0.value"],
            "parsedChangedPropsIds": ["dial-0.value"],
        }
        kind = {"Content-Type": "application/json"}
        await self.web.ask("POST", "/_dash-update-component", json.dumps(body).encode(), kind)


def field(number: int, content: bytes) -> bytes:
    """Encode a field of a protocol buffer that holds bytes."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(number: int) -> bytes:
    """Encode a whole number as protocol buffers do."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out) + bytes([number])
