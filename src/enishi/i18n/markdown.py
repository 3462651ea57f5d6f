"""A small part of Markdown, read into plain values: nothing in a text becomes markup by itself.

Read are headings, paragraphs, lists, quotations, code blocks, bold and slanted text, code, and
links. Everything else, HTML among it, stays the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

Piece = str | list[Any]
"""A text, or `[tag, attributes, pieces…]`."""

_FENCE = re.compile(r"^ {0,3}```")
_HEADING = re.compile(r"^ {0,3}(#{1,4}) +(.+?)(?: +#+)? *$")
_ITEM = re.compile(r"^ {0,3}(?:([-*+])|(\d{1,3})[.)]) +(.*)$")
_QUOTE = re.compile(r"^ {0,3}> ?(.*)$")
_INLINE = re.compile(
    r"""
      \\(?P<plain>[\\`*_\[\]()#>!-])
    | `(?P<code>[^`]+)`
    | \*\*(?P<strong>\S(?:.*?\S)?)\*\*
    | \*(?P<em>[^\s*](?:[^*]*[^\s*])?)\*
    | (?<![!\w])\[(?P<text>[^\[\]]+)\]\((?P<href>[^()\s]+)\)
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(
    r"https?://[^\s/?#@]+(?:[/?#]\S*)?|mailto:[^\s?&]+@[^\s?&]+|(?:\d\d-[a-z0-9-]+\.ipynb)?(?:#[\w.=:-]+)?",
    re.IGNORECASE,
)
"""Addresses that a link may lead to: the web, a mailbox, or a page or sheet of the workbook."""
_OUTWARD = re.compile("https?:|mailto:", re.IGNORECASE)
_TAGS = {"#": "h2", "##": "h3", "###": "h4", "####": "h4"}
"""A page has one heading of the first level already."""
_MOST_DEPTH = 4
"""Deepest nesting of bold, slanted and linked text."""


def is_shown(metadata: Mapping[str, Any]) -> bool:
    """Return whether a notebook's cell of text is shown: unless its tags say it is for authors.

    >>> is_shown({}), is_shown({"tags": ["author"]})
    (True, False)
    """
    return "author" not in metadata.get("tags", ())


def read_markdown(text: str) -> list[Piece]:
    r"""Return a text as pieces, each a paragraph, a heading, a list, a quotation or a code block.

    >>> read_markdown("# Hello\n\nA *small* <b>step</b>.")
    [['h2', {}, 'Hello'], ['p', {}, 'A ', ['em', {}, 'small'], ' <b>step</b>.']]
    """
    return list(_blocks(text.expandtabs(4).splitlines()))


def _blocks(lines: list[str]) -> Iterator[Piece]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif _FENCE.match(line):
            end = next((i for i in range(at + 1, len(lines)) if _FENCE.match(lines[i])), len(lines))
            yield ["pre", {}, ["code", {}, "\n".join(lines[at + 1 : end])]]
            at = end + 1
        elif heading := _HEADING.match(line):
            yield [_TAGS[heading[1]], {}, *_inline(heading[2])]
            at += 1
        elif _QUOTE.match(line):
            end = _end_of(lines, at, lambda each: bool(_QUOTE.match(each)))
            said = [found[1] for each in lines[at:end] if (found := _QUOTE.match(each))]
            yield ["blockquote", {}, ["p", {}, *_inline("\n".join(said).strip())]]
            at = end
        elif item := _ITEM.match(line):
            end = _end_of(lines, at, lambda each: bool(each.strip()))
            tag = "ul" if item[1] else "ol"
            yield [tag, {}, *(["li", {}, *_inline(each)] for each in _items(lines[at:end]))]
            at = end
        else:
            end = _end_of(lines, at, _continues)
            yield ["p", {}, *_inline("\n".join(each.strip() for each in lines[at:end]))]
            at = end


def _continues(line: str) -> bool:
    """Return whether a line goes on with a paragraph."""
    begins = (_FENCE, _HEADING, _QUOTE, _ITEM)
    return bool(line.strip()) and not any(each.match(line) for each in begins)


def _end_of(lines: list[str], at: int, is_inside: Any) -> int:
    """Return the number of the first line after `at` that is no longer inside."""
    return next((i for i in range(at + 1, len(lines)) if not is_inside(lines[i])), len(lines))


def _items(lines: list[str]) -> list[str]:
    """Return the items of a list; a line without a mark belongs to the item above."""
    items: list[str] = []
    for line in lines:
        if found := _ITEM.match(line):
            items.append(found[3])
        else:
            items[-1] += "\n" + line.strip()
    return items


def _inline(text: str, depth: int = 0) -> Iterator[Piece]:
    """Yield the pieces of a line of text."""
    plain, at = "", 0
    for found in _INLINE.finditer(text):
        piece = _piece(found, depth)
        plain += text[at : found.start()]
        at = found.end()
        if isinstance(piece, str):
            plain += piece
            continue
        if plain:
            yield plain
        yield piece
        plain = ""
    plain += text[at:]
    if plain:
        yield plain


def _piece(found: re.Match[str], depth: int) -> Piece:
    """Return what a mark of a line stands for; one that is none of ours stays text."""
    if found["plain"]:
        return found["plain"]
    if found["code"]:
        return ["code", {}, found["code"]]
    if depth >= _MOST_DEPTH:
        return found[0]
    for tag in ("strong", "em"):
        if found[tag]:
            return [tag, {}, *_inline(found[tag], depth + 1)]
    if not is_link_address(found["href"]):
        return found[0]
    return ["a", link_attributes(found["href"]), *_inline(found["text"], depth + 1)]


def is_link_address(href: str) -> bool:
    """Return whether a link may lead there.

    >>> [is_link_address(each) for each in ("https://a.example", "02-goal.ipynb", "data:1")]
    [True, True, False]
    """
    return bool(href) and bool(_ADDRESS.fullmatch(href))


def link_attributes(href: str) -> dict[str, str]:
    """Return the attributes of a link; one that leads elsewhere opens beside the page."""
    if not _OUTWARD.match(href):
        return {"href": href}
    return {"href": href, "target": "_blank", "rel": "noreferrer noopener"}


def render_markdown(text: str) -> str:
    """Return a text as HTML, for a page without sheets.

    >>> render_markdown("**a** <b>")
    '<p><strong>a</strong> &lt;b&gt;</p>'
    """
    return "".join(map(_html, read_markdown(text)))


def _html(piece: Piece) -> str:
    if isinstance(piece, str):
        return escape(piece)
    tag, attributes, *inside = piece
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{said}>{''.join(map(_html, inside))}</{tag}>"
