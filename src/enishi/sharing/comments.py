"""Comments on shared pages: what a coach marks, says and asks, and what the person answers."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from enishi.book.accounts import read_connection
from enishi.book.database_errors import translate_errors
from enishi.book.ids import new_id
from enishi.book.share_tables import share, share_comment
from enishi.sharing.errors import (
    CommentError,
    ManyCommentsError,
    NotSharedError,
    OtherShareError,
)
from enishi.sharing.shares import (
    PageShare,
    find_page,
    find_share,
    moment_now,
    raise_revision,
    writing_share,
)

LONGEST = 2000
"""Most characters of a comment."""
MOST_COMMENTS = 500
"""Most comments of one share."""
LONGEST_QUOTE = 300
"""Most characters of a line that are kept beside a comment."""

CommentKind = Literal["mark", "comment", "question"]
CommentState = Literal["open", "taken", "closed"]


@dataclass(frozen=True)
class Comment:
    """A comment, a question, a mark, or the answer to one.

    Attributes:
        id: its id.
        key: the page.
        line: the id of the line, '' for the page as a whole.
        quote: the line as it was when this was written.
        author: `reader` or `person`.
        kind: `mark`, `comment`, `question` or `answer`.
        words: the text; a mark may have none.
        made_at: the instant, as it is stored.
        answers: of an answer, the id of what it answers.
        state: `open`, `taken` (into the week) or `closed`.
    """

    id: str
    key: str
    line: str
    quote: str
    author: str
    kind: str
    words: str
    made_at: str
    answers: str
    state: str


def add_comment(
    engine: Engine,
    share_id: str,
    reader_id: str,
    key: str,
    line: str,
    kind: CommentKind,
    words: str,
    today: date,
) -> str:
    """Add what the reader says about a page or a line of it, and return its id.

    Raises:
        NotSharedError: the share, the page or the line is not open to them.
        CommentError: the text is empty or too long.
        ManyCommentsError: there are too many.
    """
    words = _checked(words, 0 if kind == "mark" else 1)
    with writing_share(engine, share_id) as connection:
        found = find_share(connection, share_id, reader_id, today)
        if found.reader.id != reader_id:
            raise NotSharedError()
        page = find_page(connection, share_id, key)
        quotes = {each.id: each.words for each in page.lines} | {"": ""}
        if line not in quotes:
            raise NotSharedError()
        values = {"key": key, "line": line, "quote": quotes[line][:LONGEST_QUOTE], "kind": kind}
        return _add(connection, found, values | {"author": "reader", "words": words, "answers": ""})


def receive_comments(
    engine: Engine, person_id: str, share_id: str, comments: Sequence[Comment], today: date
) -> int:
    """Add comments that came by a file to a person's own share; return how many are new.

    Raises:
        OtherShareError: the share is not this person's.
        ManyCommentsError: there would be too many; none is added.
    """
    with writing_share(engine, share_id) as connection:
        found, new = _missing(connection, person_id, share_id, comments, today)
        for each in new:
            values = asdict(each) | {"author": "reader", "answers": "", "state": "open"}
            _add(connection, found, values | {"id": _id_here(share_id, each.id)})
    return len(new)


def preview_comments(
    engine: Engine, person_id: str, share_id: str, comments: Sequence[Comment], today: date
) -> tuple[PageShare, list[Comment]]:
    """Return a person's own share, and which comments of a file `receive_comments` would add.

    Raises:
        OtherShareError: the share is not this person's.
    """
    with translate_errors(engine.url), read_connection(engine) as connection:
        return _missing(connection, person_id, share_id, comments, today)


def _missing(
    connection: Connection,
    person_id: str,
    share_id: str,
    comments: Sequence[Comment],
    today: date,
) -> tuple[PageShare, list[Comment]]:
    try:
        found = find_share(connection, share_id, person_id, today)
    except NotSharedError as error:
        raise OtherShareError() from error
    if found.person.id != person_id:
        raise OtherShareError()
    its = select(share_comment.c.id).where(share_comment.c.share_id == share_id)
    ids = set(connection.scalars(its))
    return found, [each for each in comments if _id_here(share_id, each.id) not in ids]


def _id_here(share_id: str, id: str) -> str:
    """Return the id of a comment from a file: the same each time, and never that of another row."""
    return hashlib.sha256(f"{share_id} {id}".encode()).hexdigest()[:32]


def answer_comment(
    engine: Engine, share_id: str, person_id: str, comment_id: str, words: str, today: date
) -> str:
    """Add the person's answer to a comment, and return its id.

    Raises:
        NotSharedError: it is no comment on their pages.
        CommentError: the text is empty or too long.
        ManyCommentsError: there are too many.
    """
    words = _checked(words, 1)
    with writing_share(engine, share_id) as connection:
        found, row = _asked(connection, share_id, person_id, comment_id, today)
        values = {"key": row.key, "line": row.line, "quote": "", "kind": "answer"}
        values |= {"author": "person", "words": words, "answers": comment_id}
        return _add(connection, found, values)


def set_comment_state(
    engine: Engine,
    share_id: str,
    person_id: str,
    comment_id: str,
    state: CommentState,
    today: date,
) -> None:
    """Note that the person took a comment into their week, or closed it, or opened it again.

    Raises:
        NotSharedError: it is no comment on their pages.
    """
    with writing_share(engine, share_id) as connection:
        _asked(connection, share_id, person_id, comment_id, today)
        one = update(share_comment).where(share_comment.c.id == comment_id)
        connection.execute(one.values(state=state))
        raise_revision(connection, share_id)


def reopen_untaken(engine: Engine, share_id: str, person_id: str, steps: Container[str]) -> None:
    """Open each comment again whose step is no longer among `steps`, as after an undo.

    Raises:
        NotSharedError: the share is not this person's, or was withdrawn.
    """
    is_taken = share_comment.c.share_id == share_id, share_comment.c.state == "taken"
    with translate_errors(engine.url), read_connection(engine) as connection:
        taken = list(connection.scalars(select(share_comment.c.id).where(*is_taken)))
    gone = [id for id in taken if id not in steps]
    if not gone:
        return
    with writing_share(engine, share_id) as connection:
        own = select(share.c.id).where(share.c.id == share_id, share.c.person_id == person_id)
        if connection.scalar(own) is None:
            raise NotSharedError()
        its = update(share_comment).where(*is_taken, share_comment.c.id.in_(gone))
        connection.execute(its.values(state="open"))
        raise_revision(connection, share_id)


def remove_comment(
    engine: Engine, share_id: str, reader_id: str, comment_id: str, today: date
) -> None:
    """Remove a comment of the reader's with the answers to it.

    Raises:
        NotSharedError: it is not theirs.
    """
    with writing_share(engine, share_id) as connection:
        found = find_share(connection, share_id, reader_id, today)
        row = _find(connection, share_id, comment_id)
        if found.reader.id != reader_id or row.author != "reader":
            raise NotSharedError()
        is_it = (share_comment.c.id == comment_id) | (share_comment.c.answers == comment_id)
        its = share_comment.c.share_id == share_id
        connection.execute(delete(share_comment).where(its, is_it))
        raise_revision(connection, share_id)


def list_comments(engine: Engine, share_id: str, who: str, today: date) -> list[Comment]:
    """Return the comments of a share for one of its two sides, the oldest first.

    Raises:
        NotSharedError: it is not open to them.
    """
    rows = select(share_comment).where(share_comment.c.share_id == share_id)
    oldest = share_comment.c.made_at, share_comment.c.id
    with translate_errors(engine.url), read_connection(engine) as connection:
        find_share(connection, share_id, who, today)
        return [to_comment(row) for row in connection.execute(rows.order_by(*oldest))]


def to_comment(row: Row[Any]) -> Comment:
    """Return a row as a comment."""
    told = row._mapping
    return Comment(**{name: str(told[name]) for name in Comment.__dataclass_fields__})


def _checked(words: str, least: int) -> str:
    words = words.strip()
    if not least <= len(words) <= LONGEST:
        raise CommentError(count=len(words), longest=LONGEST)
    return words


def _asked(
    connection: Connection, share_id: str, person_id: str, comment_id: str, today: date
) -> tuple[PageShare, Row[Any]]:
    """Return a person's own share, and what the reader wrote in it."""
    found = find_share(connection, share_id, person_id, today)
    row = _find(connection, share_id, comment_id)
    if found.person.id != person_id or row.author != "reader":
        raise NotSharedError()
    return found, row


def _find(connection: Connection, share_id: str, comment_id: str) -> Row[Any]:
    one = share_comment.c.share_id == share_id, share_comment.c.id == comment_id
    row = connection.execute(select(share_comment).where(*one)).one_or_none()
    if row is None:
        raise NotSharedError()
    return row


def _add(connection: Connection, found: PageShare, values: dict[str, str]) -> str:
    there = select(func.count()).where(share_comment.c.share_id == found.id)
    if (connection.scalar(there) or 0) >= MOST_COMMENTS:
        raise ManyCommentsError(most=MOST_COMMENTS)
    row = {"id": new_id(), "share_id": found.id, "made_at": moment_now(), "state": "open"}
    connection.execute(insert(share_comment).values(row | values))
    raise_revision(connection, found.id)
    return (row | values)["id"]
