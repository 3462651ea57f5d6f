"""Shared pages and comments as files: read back as they were, and refused where they are not."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.sharing.comments import Comment
from enishi.sharing.errors import (
    DamagedShareFileError,
    ForeignShareFileError,
    LargeShareFileError,
    NewerShareFileError,
)
from enishi.sharing.pages import SharedLine, SharedPage, SharedPicture
from enishi.sharing.share_file import (
    MOST_KILOBYTES,
    read_comments_file,
    read_pages_file,
    write_comments,
    write_pages,
)
from enishi.sharing.shares import PageShare, ShareParty
from payloads import PAYLOADS

DAY = date(2026, 12, 1)
SHARE = PageShare(
    "s-1",
    ShareParty("me", "Aki Sample"),
    ShareParty("", "Ren"),
    date(2026, 12, 24),
    False,
    "",
    "",
    1,
)
WORDS = {"title": "Pages", "until": "Until", "keep": "Keep", "nothing": "Nothing yet"}
WORDS |= {"reply": "Reply", "table": "As a table"}
PICTURE = SharedPicture("x", (), {}, (), ("Who",), (("架空 花子",),))


def pages(words: str = "工房をひらく") -> list[SharedPage]:
    line = SharedLine("goal:g:wish", "願い", words)
    picture = msgspec.structs.replace(PICTURE, rows=((words,),))
    return [
        SharedPage("wish", words, DAY, (line,)),
        SharedPage("week", "Week", DAY),
        SharedPage("picture:giving", "Given", DAY, (line,), picture),
    ]


def file(words: str = "工房をひらく") -> bytes:
    return write_pages(SHARE, pages(words), "ja", WORDS).encode()


class Elements(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.shown = ""
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._hidden = tag in ("script", "style")
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.shown += "" if self._hidden else data


def test_pages_are_read_back_as_they_were() -> None:
    read = read_pages_file(file(), "x.html")
    assert (read.share, read.name, read.until) == ("s-1", "Aki Sample", date(2026, 12, 24))
    assert [(page.key, page.lines) for page in read.pages] == [
        (page.key, page.lines) for page in pages()
    ]


def test_anybody_reads_them_in_a_browser() -> None:
    told = Elements()
    told.feed(file().decode())
    assert "工房をひらく" in told.shown and "Nothing yet" in told.shown
    assert {"main", "dl", "table"} <= {*told.tags}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_others_wrote_is_never_markup(payload: str) -> None:
    told = Elements()
    told.feed(file(payload).decode())
    plain = Elements()
    plain.feed(file("x").decode())
    assert told.tags == plain.tags
    assert payload.replace("\r\n", "\n").replace("\r", "\n") in told.shown.replace("\r", "\n")
    assert read_pages_file(file(payload), "x.html").pages[0].lines[0].words == payload


def test_no_file_asks_for_anything_from_elsewhere() -> None:
    assert not re.search(rb"https?://|src=|href=|url\(|@import", file())


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_file_with_another_byte_is_read_whole_or_refused(at: int, byte: int) -> None:
    data = bytearray(file())
    data[at % len(data)] = byte
    try:
        read = read_pages_file(bytes(data), "x.html")
    except (DamagedShareFileError, ForeignShareFileError, NewerShareFileError):
        return
    assert [page.key for page in read.pages]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", ForeignShareFileError),
        (b"\x89PNG\r\n", ForeignShareFileError),
        (b"<html><p>Hello</p></html>", ForeignShareFileError),
        (file()[:-200], DamagedShareFileError),
        (file().replace(b'"enishi_pages": 1', b'"enishi_pages": 2'), NewerShareFileError),
        (file().replace(b'"enishi_pages": 1', b'"enishi_pages": 0'), DamagedShareFileError),
        (file().replace(b'"key": "week"', b'"key": "../x"'), DamagedShareFileError),
        (file().replace(b'"key": "week"', b'"key": "wish"'), DamagedShareFileError),
        (b"x" * (MOST_KILOBYTES * 1024 + 1), LargeShareFileError),
    ],
)
def test_a_file_that_is_no_whole_file_of_pages_is_refused(
    data: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        read_pages_file(data, "x.html")


def drawn(**other: Any) -> bytes:
    """Return a file whose picture somebody wrote otherwise."""
    plain = json.dumps(msgspec.to_builtins(PICTURE) | {"rows": [["工房をひらく"]]})
    data = write_pages(SHARE, pages(), "ja", WORDS)
    before = data[data.index('"picture": {') + 11 : data.rindex("}]}</script>")]
    assert json.loads(before) == json.loads(plain)
    return data.replace(before, json.dumps(json.loads(plain) | other)).encode()


def test_a_picture_that_somebody_else_drew_leads_nowhere() -> None:
    away = "https://elsewhere.example"
    mark = {"x": 1, "y": 1.5, "says": "Press", "href": away, "choice": "c", "row": "r"}
    data = drawn(act={"words": "Press", "href": away}, marks=[mark], images=[away])
    picture = read_pages_file(data, "x.html").pages[2].picture
    assert picture is not None and away not in json.dumps(picture.to_plain())
    assert picture.to_plain()["marks"] == [
        {"x": 1.0, "y": 1.5, "says": "Press", "label": "", "row": "", "href": ""}
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"data": [{"text": "<A href='https://elsewhere.example'>Press</A>"}]},
        {"layout": {"title": {"text": "< a href=''>"}}},
        {"rows": [[["Who"]]]},
        {"rows": None},
        {"marks": [{"says": "nowhere"}]},
        {"data": 1},
    ],
)
def test_a_picture_that_is_none_of_ours_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(DamagedShareFileError):
        read_pages_file(drawn(**other), "x.html")


# -- comments --------------------------------------------------------------------------------------


def comment(id: str, author: str = "reader", words: str = "よいですね") -> Comment:
    at = "2026-12-01T10:00:00Z"
    return Comment(id, "wish", "goal:g:wish", "工房", author, "comment", words, at, "", "open")


def test_comments_are_read_back_and_answers_stay_with_the_person() -> None:
    written = write_comments(SHARE, [comment("a"), comment("b", "person")])
    read = read_comments_file(written.encode(), "x.json")
    assert (read.share, read.name) == ("s-1", "Ren")
    assert [(each.id, each.line, each.words) for each in read.comments] == [
        ("a", "goal:g:wish", "よいですね")
    ]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda data: data[:-3], DamagedShareFileError),
        (lambda data: b"{}", ForeignShareFileError),
        (lambda data: data.replace(b'"kind": "comment"', b'"kind": "run"'), DamagedShareFileError),
        (lambda data: data.replace("よい".encode(), "よ".encode() * 2001), DamagedShareFileError),
        (
            lambda data: data.replace(b'"enishi_comments": 1', b'"enishi_comments": 9'),
            NewerShareFileError,
        ),
    ],
)
def test_comments_that_are_not_whole_are_refused(change: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_comments_file(change(write_comments(SHARE, [comment("a")]).encode()), "x.json")
