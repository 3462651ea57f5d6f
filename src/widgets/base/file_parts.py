"""A file that a sheet hands out in several answers; `download.js` puts it together."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated, NamedTuple

import msgspec

PART_BYTES = 1_500_000
"""Most bytes of a file in one answer; a server disconnects a page behind by 16 MB.

It is a multiple of three, so that each part is whole as Base64.
"""
PartNumber = Annotated[int, msgspec.Meta(ge=0)]


class FilePart(NamedTuple):
    """A part of a file as Base64, and whether it is the last one."""

    copy: str
    is_last: bool


def part_of(data: bytes, part: int) -> FilePart:
    """Return a part of a file by its number, from 0."""
    start, end = part * PART_BYTES, (part + 1) * PART_BYTES
    return FilePart(b64encode(data[start:end]).decode(), end >= len(data))
