"""The documents of the project: their links, headings and commands."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from enishi.paths import CHECKOUT

FOLDER = CHECKOUT / "docs"
ALL_DOCUMENTS = sorted(
    [*CHECKOUT.glob("*.md"), *FOLDER.rglob("*.md"), CHECKOUT / "bench" / "README.md"]
)
"""Every document people read."""
_FENCE = re.compile(r"^( *)(```+)(.*)\n(?s:.*?)\n\1\2 *$", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_TARGET = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+?) *$", re.MULTILINE)
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


class Block(NamedTuple):
    """A fenced block: its language and further words behind the fence, and its lines."""

    kind: str
    lines: tuple[str, ...]


def prose(file: Path) -> str:
    """Return a document without its blocks of code."""
    return _FENCE.sub("", file.read_text(encoding="utf-8"))


def links_of_document(file: Path) -> list[str]:
    """Return where each link and picture of a document leads."""
    return _TARGET.findall(_CODE.sub("", prose(file)))


def inline_code(file: Path) -> list[str]:
    """Return what stands between backticks in the sentences and tables of a document."""
    return [code[1:-1] for code in _CODE.findall(prose(file))]


@cache
def anchors_of(file: Path) -> frozenset[str]:
    """Return the anchors of a document's headings, as they are made where files are shown."""
    found: dict[str, int] = {}
    anchors = set()
    for heading in _HEADING.findall(prose(file)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        anchor = _NOT_IN_ANCHOR.sub("", plain.lower()).replace(" ", "-")
        count = found.get(anchor, 0)
        found[anchor] = count + 1
        anchors.add(f"{anchor}-{count}" if count else anchor)
    return frozenset(anchors)


def blocks_of(file: Path) -> list[Block]:
    """Return the fenced blocks of a document."""
    blocks = []
    for match in _FENCE.finditer(file.read_text(encoding="utf-8")):
        lines = match[0].splitlines()[1:-1]
        blocks.append(
            Block(match[3].strip(), tuple(line.strip() for line in lines if line.strip()))
        )
    return blocks
