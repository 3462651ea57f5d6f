"""The messages between the server and the zygote, one packet each."""

from __future__ import annotations

import msgspec

LONGEST_PACKET = 1 << 18
"""Bytes; the system refuses to send packets as long as this."""


class Fork(msgspec.Struct, frozen=True, tag=True):
    """To the zygote: fork a kernel with these arguments, environment and folder."""

    id: int
    arguments: list[str]
    environment: dict[str, str]
    folder: str


class Retire(msgspec.Struct, frozen=True, tag=True):
    """To the zygote: a newer one replaces it; it ends when its last kernel has ended."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """To the server: all modules are imported, except those in `missing`.

    Attributes:
        seconds: how long the imports took.
    """

    seconds: float
    missing: list[str]


class Forked(msgspec.Struct, frozen=True, tag=True):
    """To the server: the requested fork; its pidfd comes with this packet."""

    id: int
    pid: int


class Refused(msgspec.Struct, frozen=True, tag=True):
    """To the server: the fork was not made, for `reason`."""

    id: int
    reason: str


class Bound(msgspec.Struct, frozen=True, tag=True):
    """To the server, from the kernel itself: its sockets are bound, clients can connect."""

    pid: int


class Ended(msgspec.Struct, frozen=True, tag=True):
    """To the server: a kernel has ended, with `code` as in `subprocess`."""

    pid: int
    code: int


encode = msgspec.json.encode
to_zygote = msgspec.json.Decoder(Fork | Retire)
to_server = msgspec.json.Decoder(Ready | Forked | Refused | Bound | Ended)
