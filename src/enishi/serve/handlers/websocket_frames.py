"""The frames that a page sends over its websocket, in both of Jupyter's protocols.

A page may send five kinds of message, all on the channel "shell". The header of a message is
decoded, and so is the target of one that opens a comm; the content goes to the kernel as the bytes
that arrived. So nothing that a page sends becomes a large object in the server, and every count or
offset in a frame is checked against the frame's length before it is used.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, MsgspecError, Raw, Struct
from msgspec.json import Decoder, decode, encode

BINARY_PROTOCOL = "v1.kernel.websocket.jupyter.org"
"""The subprotocol in which every frame is binary; without it a frame is JSON, or, with buffers,
binary with the JSON in it."""
WIDGET_CONTROL = "jupyter.widget.control"
"""The only target of a comm that a page opens, to request the state of all widgets."""
MOST_BUFFERS = 16
MESSAGE_PARTS = 4
"""Header, parent header, metadata and content."""

HeaderText = Annotated[str, Meta(max_length=100)]
MessageKind = Literal[
    "comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"
]


class FrameError(ValueError):
    """A frame that is not passed on. The text gives the reason, and quotes nothing of the frame."""


class MessageHeader(Struct):
    """The header of a message; other fields than these are not passed on."""

    msg_id: HeaderText
    msg_type: MessageKind
    session: HeaderText = ""
    username: HeaderText = ""
    date: HeaderText = ""
    version: HeaderText = "5.3"


class Metadata(Struct, frozen=True, omit_defaults=True):
    """The metadata of a message: the version of the widgets' protocol."""

    version: HeaderText = ""


class Content(Struct):
    """The fields of a message's content that the server checks."""

    target_name: str = ""
    comm_id: HeaderText = ""


class JsonFrame(Struct):
    """A message in the protocol without a name."""

    channel: Literal["shell"]
    header: MessageHeader
    content: Raw
    metadata: Metadata = Metadata()


class Message(NamedTuple):
    """A message for the kernel.

    Attributes:
        parts: header, parent header, metadata and content, each as JSON, then the buffers.
    """

    kind: MessageKind
    parts: list[bytes]


_JSON_DECODER = Decoder(JsonFrame)


def parse_frame(frame: str | bytes, protocol: str | None) -> Message:
    """Return the message in a frame, read by the protocol that its websocket has negotiated.

    Args:
        frame: as it arrived.
        protocol: `BINARY_PROTOCOL`, or None for the protocol without a name.

    Raises:
        FrameError: it is malformed, or nothing that a page may send.
    """
    try:
        if protocol == BINARY_PROTOCOL:
            return read_binary(frame)
        if isinstance(frame, str):
            return read_json(frame)
        text, *buffers = split(frame, struct.Struct("!I"), 1, has_end=False)
        return read_json(text, buffers)
    except (MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FrameError("malformed, or of a kind that no page sends") from error


def read_json(text: str | bytes, buffers: list[bytes] | None = None) -> Message:
    """Return the message in one JSON text, with its buffers."""
    message = _JSON_DECODER.decode(text)
    return kernel_message(message.header, message.metadata, bytes(message.content), buffers or [])


def read_binary(frame: str | bytes) -> Message:
    """Return the message in a frame of `BINARY_PROTOCOL`.

    Raises:
        FrameError: it is a text, malformed, or nothing that a page may send.
    """
    if isinstance(frame, str):
        raise FrameError("a text where every frame is binary")
    channel, *parts = split(frame, struct.Struct("<Q"), 1 + MESSAGE_PARTS, has_end=True)
    if channel != b"shell" or len(parts) < MESSAGE_PARTS:
        raise FrameError("not on the channel of a page, or without its four parts")
    header, _, metadata, content, *buffers = parts
    return kernel_message(
        decode(header, type=MessageHeader), decode(metadata, type=Metadata), content, buffers
    )


def kernel_message(
    header: MessageHeader, metadata: Metadata, content: bytes, buffers: list[bytes]
) -> Message:
    """Return the message in the form the kernel receives, if it is allowed.

    Raises:
        FrameError: it opens a comm that a page may not open.
    """
    checked = decode(content, type=Content)
    if header.msg_type == "comm_open" and checked.target_name != WIDGET_CONTROL:
        raise FrameError("it opens a comm that no page opens")
    return Message(header.msg_type, [encode(header), b"{}", encode(metadata), content, *buffers])


def split(frame: bytes, number: struct.Struct, fixed: int, has_end: bool) -> list[bytes]:
    """Split a frame that begins with a count and that many offsets.

    Args:
        frame: the frame.
        number: the format of the count and of each offset.
        fixed: how many parts are not buffers.
        has_end: whether the last offset is the end of the last part, and not its beginning.

    Raises:
        FrameError: the offsets do not fit the frame.
    """
    if len(frame) < number.size:
        raise FrameError("shorter than its count")
    (count,) = number.unpack_from(frame)
    most = fixed + MOST_BUFFERS + has_end
    if not has_end < count <= most or len(frame) < number.size * (1 + count):
        raise FrameError("its count does not fit")
    offsets = [number.unpack_from(frame, number.size * (1 + each))[0] for each in range(count)]
    ends = offsets if has_end else [*offsets, len(frame)]
    if ends != sorted(ends) or ends[0] < number.size * (1 + count) or ends[-1] > len(frame):
        raise FrameError("its offsets do not fit")
    return [frame[begin:end] for begin, end in pairwise(ends)]
