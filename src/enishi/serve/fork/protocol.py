"""What the server and the zygote say to each other, one packet a message."""

from __future__ import annotations

import msgspec

LONGEST_PACKET = 1 << 18
"""Bytes; the system refuses to send packets as long as this."""


class Fork(msgspec.Struct, frozen=True, tag=True):
    """To the zygote: be born, as a kernel with these arguments, environment and folder."""

    id: int
    arguments: list[str]
    environment: dict[str, str]
    folder: str


class Retire(msgspec.Struct, frozen=True, tag=True):
    """To the zygote: there is a younger one; end when your last kernel has."""


class Awake(msgspec.Struct, frozen=True, tag=True):
    """To the server: all is imported, but for the modules in `missing`."""

    seconds: float
    missing: list[str]


class Born(msgspec.Struct, frozen=True, tag=True):
    """To the server: the fork that was asked for; its pidfd comes with this packet."""

    id: int
    pid: int


class Refused(msgspec.Struct, frozen=True, tag=True):
    """To the server: the fork was not made."""

    id: int
    reason: str


class Bound(msgspec.Struct, frozen=True, tag=True):
    """To the server, from the kernel itself: whoever connects now is heard."""

    pid: int


class Ended(msgspec.Struct, frozen=True, tag=True):
    """To the server: a kernel has ended, with `code` as `subprocess` gives it."""

    pid: int
    code: int


encode = msgspec.json.encode
to_zygote = msgspec.json.Decoder(Fork | Retire)
to_server = msgspec.json.Decoder(Awake | Born | Refused | Bound | Ended)
