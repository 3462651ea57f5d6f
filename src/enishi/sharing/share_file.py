"""Shared pages and comments as files, for a coach who is on no server.

The pages are one HTML file: anybody reads it in a browser, and an Enishi reads the JSON inside. The
comments travel back as JSON. Nothing in either is markup of somebody else's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Annotated, Literal, TypeVar

import msgspec
from jinja2 import Environment, StrictUndefined, Template
from jinja2.utils import htmlsafe_json_dumps

from enishi.paths import shared
from enishi.sharing.comments import LONGEST, LONGEST_QUOTE, MOST_COMMENTS, Comment
from enishi.sharing.errors import (
    DamagedShareFileError,
    ForeignShareFileError,
    LargeShareFileError,
    NewerShareFileError,
)
from enishi.sharing.pages import KEY, MOST_SHARED_LINES, SharedPage
from enishi.sharing.shares import MOST_PAGES, PageShare

_VERSION = 1
MOST_KILOBYTES = 4096
"""Maximum size of a file."""
_PAGES, _COMMENTS = "enishi_pages", "enishi_comments"
_PART = re.compile(rb'<script type="application/json" id="enishi-pages">(.*?)</script>', re.DOTALL)
_LINK = re.compile(rb"<\s*a\b", re.IGNORECASE)
"""A link in a text that Plotly draws; none of our pictures has one."""
_Words = Mapping[str, str]
_Content = TypeVar("_Content", bound=msgspec.Struct)
FileText = Annotated[str, msgspec.Meta(max_length=LONGEST)]
Id = Annotated[str, msgspec.Meta(pattern=r"\A[\w:.-]{1,200}\Z")]


class SharedFile(msgspec.Struct, frozen=True):
    """The content of a file of pages: its version, the share, whose it is, the last day, pages."""

    enishi_pages: int
    share: Id
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    until: date
    language: Literal["ja", "en"]
    pages: Annotated[list[SharedPage], msgspec.Meta(max_length=MOST_PAGES)]


class FiledComment(msgspec.Struct, frozen=True):
    """A comment of a coach in a file."""

    id: Id
    key: Annotated[str, msgspec.Meta(max_length=80)]
    line: Annotated[str, msgspec.Meta(max_length=200)]
    quote: Annotated[str, msgspec.Meta(max_length=LONGEST_QUOTE)]
    kind: Literal["mark", "comment", "question"]
    words: FileText
    made_at: Annotated[str, msgspec.Meta(pattern=r"\A20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z\Z")]


class CommentFile(msgspec.Struct, frozen=True):
    """The content of a file of comments: its version, the share, who wrote them, the comments."""

    enishi_comments: int
    share: Id
    name: Annotated[str, msgspec.Meta(max_length=80)]
    comments: Annotated[list[FiledComment], msgspec.Meta(max_length=MOST_COMMENTS)]


def write_pages(
    share: PageShare, pages: Sequence[SharedPage], language: Literal["ja", "en"], words: _Words
) -> str:
    """Return pages as a file of HTML.

    Args:
        share: the share.
        pages: its pages.
        language: of the headings.
        words: what stands around them: `title`, `until`, `keep`, `reply`, `table`, `nothing`.

    Raises:
        LargeShareFileError: it would be larger than a file that can be read.
    """
    told = SharedFile(_VERSION, share.id, share.person.name, share.until, language, list(pages))
    text = _template().render(
        language=language,
        words=words,
        pages=pages,
        part=htmlsafe_json_dumps(msgspec.to_builtins(told), ensure_ascii=False),
    )
    _check_size(text.encode(), words["title"])
    return text


def read_pages_file(data: bytes, name: str) -> SharedFile:
    """Return the content of a file of pages.

    Raises:
        LargeShareFileError, ForeignShareFileError, NewerShareFileError, DamagedShareFileError: it
            cannot be read; `name` is in the sentence.
    """
    _check_size(data, name)
    found = _PART.search(data)
    if found is None:
        raise (DamagedShareFileError if b"enishi-pages" in data else ForeignShareFileError)(
            name=name
        )
    read = _decode(found[1], SharedFile, _PAGES, name)
    keys = [page.key for page in read.pages]
    lines = [[line.id for line in page.lines] for page in read.pages]
    is_whole = len(set(keys)) == len(keys) and all(KEY.fullmatch(key) for key in keys)
    is_whole &= all(len(set(ids)) == len(ids) <= MOST_SHARED_LINES for ids in lines)
    drawn = [(page.picture.data, page.picture.layout) for page in read.pages if page.picture]
    if not is_whole or _LINK.search(msgspec.json.encode(drawn)):
        raise DamagedShareFileError(name=name)
    return read


def write_comments(share: PageShare, comments: Sequence[Comment]) -> str:
    """Return what the reader said as a file of JSON; the person's answers stay with them."""
    own = [
        FiledComment(each.id, each.key, each.line, each.quote, each.kind, each.words, each.made_at)  # type: ignore[arg-type]
        for each in comments
        if each.author == "reader"
    ]
    told = CommentFile(_VERSION, share.origin or share.id, share.reader.name, own)
    return json.dumps(msgspec.to_builtins(told), ensure_ascii=False, indent=2) + "\n"


def read_comments_file(data: bytes, name: str) -> CommentFile:
    """Return the content of a file of comments.

    Raises:
        LargeShareFileError, ForeignShareFileError, NewerShareFileError, DamagedShareFileError: it
            cannot be read; `name` is in the sentence.
    """
    _check_size(data, name)
    if b'"enishi_comments"' not in data[:400]:
        raise ForeignShareFileError(name=name)
    read = _decode(data.removeprefix(b"\xef\xbb\xbf"), CommentFile, _COMMENTS, name)
    try:
        for each in read.comments:
            datetime.fromisoformat(each.made_at)
    except ValueError as error:
        raise DamagedShareFileError(name=name) from error
    if len({each.id for each in read.comments}) < len(read.comments):
        raise DamagedShareFileError(name=name)
    return read


def _decode(data: bytes, kind: type[_Content], mark: str, name: str) -> _Content:
    try:
        found = msgspec.json.decode(data)
        version = found[mark]
        if isinstance(version, int) and version > _VERSION:
            raise NewerShareFileError(name=name)
        if version != _VERSION:
            raise DamagedShareFileError(name=name)
        return msgspec.convert(found, kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, KeyError, TypeError) as error:
        raise DamagedShareFileError(name=name) from error


def _check_size(data: bytes, name: str) -> None:
    if len(data) > MOST_KILOBYTES * 1024:
        raise LargeShareFileError(name=name, kilobytes=MOST_KILOBYTES)


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.from_string(
        (shared("data") / "sharing" / "pages.html.j2").read_text("utf-8")
    )
