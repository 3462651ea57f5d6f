"""Complete removal of a person or of a whole book: every row, and every trace in the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Text, cast, delete, false, func, or_, select, update

from enishi.book.errors import UnknownRowError
from enishi.book.journal import Key, Values, delete_rows, links_to, read_rows
from enishi.book.room_tables import STORED
from enishi.book.share_tables import remove_shares, share, share_comment, share_page, shares_of
from enishi.book.tables import TABLES, change
from enishi.book.undo import rows_of
from enishi.book.validation import columns_of, links_of

THEIRS = {
    *("detail", "distinct_pair", "encounter", "fact", "give", "introduction", "message", "promise"),
    *("relation", "step", "tie", "voice"),
}
"""Tables whose rows are about the contact they link to, or are their words; removed with it."""
IDENTIFYING = ("name", "email", "phone", "url")
"""Columns that identify a contact; journal cells that contain one of their texts are removed."""
_SHORTEST = {"name": 2, "email": 5, "phone": 5, "url": 5}
"""Minimum text length in characters; shorter texts would match cells about other people."""
IDENTITY = {
    *IDENTIFYING,
    *("family", "given", "family_kana", "given_kana", "romaji", "alias", "called"),
    *("organisation", "department", "title"),
}
"""Columns that identify a contact: a match in another contact's column is another person."""

StoredRowChange = dict[str, Any]


@dataclass(frozen=True)
class Erasure:
    """What was removed, and what remains for the person to check.

    Attributes:
        name: the removed contact's name; empty if the whole book was erased.
        rows: how many rows were removed, by table.
        traces: how many row changes in the journal were removed or edited.
        named_in: how many rows, by table, still contain the name in the person's own sentences.
        names: the names of all removed contacts.
        copies: copies of the book that may still hold the same texts, left unchanged, because they
            could not be cleaned or the person's own sentences name them there.
        cleaned: how many copies were rewritten without the texts, or removed.
        upgraded: how many copies of an older version are of this one now.
        swept: True if the file was rewritten without the texts. False if another connection blocked
            that; the file may then hold some of their bytes until the book is closed.
        on_server: the book is on a server, whose logs and copies only its administrator can clear.
    """

    name: str
    rows: dict[str, int]
    traces: int
    named_in: dict[str, int]
    names: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    cleaned: int = 0
    upgraded: int = 0
    swept: bool = True
    on_server: bool = False


def erase_contact(connection: Connection, owner: str, contact_id: str) -> Erasure:
    """Remove the contact, the rows about them, and what the journal holds of both.

    Rows that only refer to them (a place they can give access to) stay, with the link cleared.

    Raises:
        UnknownRowError: there is no such contact.
    """
    contact = ("contact", contact_id)
    found = read_rows(connection, owner, TABLES["contact"], [contact_id])
    if contact_id not in found:
        raise UnknownRowError()
    about = {row for row, _, _ in links_to(connection, owner, [contact]) if row[0] in THEIRS}
    going = {contact} | about
    going |= settings_naming(connection, owner, {id for _, id in going})
    clear_links(connection, owner, going)
    delete_rows(connection, owner, going)
    gone, texts = journal_traces(connection, owner, contact)
    traces = clean_journal(connection, owner, going | gone, contact_id, texts)
    clear_shares(connection, owner, contact_id)
    name = str(found[contact_id]["name"])
    counts = Counter(table for table, _ in going)
    named_in = find_mentions(connection, owner, name)
    return Erasure(name, dict(counts), traces, named_in, (name,))


def erase_contacts(connection: Connection, owner: str, contact_ids: Iterable[str]) -> Erasure:
    """Remove several contacts as `erase_contact` does, and return what was removed in all.

    Raises:
        UnknownRowError: one of them is not in the book.
    """
    return _sum_up([erase_contact(connection, owner, id) for id in contact_ids])


def erase_contacts_there(connection: Connection, owner: str, contact_ids: Iterable[str]) -> Erasure:
    """Remove those of several contacts that are there, as in a copy from before some of them."""
    each = []
    for id in contact_ids:
        with suppress(UnknownRowError):
            each.append(erase_contact(connection, owner, id))
    return _sum_up(each)


def _sum_up(each: list[Erasure]) -> Erasure:
    """Return several erasures as one."""
    rows: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for one in each:
        rows.update(one.rows)
        named.update(one.named_in)
    name = ", ".join(one.name for one in each)
    names = tuple(one.name for one in each)
    traces = sum(one.traces for one in each)
    return Erasure(name, dict(rows), traces, dict(named), names)


def erase_book(connection: Connection, owner: str) -> Erasure:
    """Remove every row of `owner`, every call of the journal, and what they show to a coach."""
    counts = {}
    for sql_table in reversed(STORED.values()):  # links before what they refer to
        found = connection.execute(delete(sql_table).where(sql_table.c.owner == owner))
        counts[sql_table.name] = found.rowcount
    traces = connection.execute(delete(change).where(change.c.owner == owner)).rowcount
    remove_shares(connection, shares_of(owner))
    rows = {table: count for table, count in counts.items() if count}
    return Erasure("", rows, traces, {})


def clear_shares(connection: Connection, owner: str, contact_id: str) -> None:
    """Remove a contact from what `owner` shows to a coach.

    Their card goes with its comments. Other pages may name them, so they are emptied until they are
    copied anew, and comments lose what they quote.
    """
    card = f"contact:{contact_id}"
    for sql_table in (share_comment, share_page):
        its = sql_table.c.share_id.in_(shares_of(owner))
        connection.execute(delete(sql_table).where(its, sql_table.c.key == card))
    pages = update(share_page).where(share_page.c.share_id.in_(shares_of(owner)))
    connection.execute(pages.values(content=""))
    comments = update(share_comment).where(share_comment.c.share_id.in_(shares_of(owner)))
    connection.execute(comments.values(quote=""))
    raised = update(share).where(share.c.person_id == owner)
    connection.execute(raised.values(revision=share.c.revision + 1))


def settings_naming(connection: Connection, owner: str, ids: set[str]) -> set[Key]:
    """Return the settings whose name or value contains one of `ids`."""
    sql_table = TABLES["setting"]
    rows = connection.execute(
        select(sql_table.c.id, sql_table.c.value).where(sql_table.c.owner == owner)
    )
    return {
        ("setting", name) for name, value in rows if any(id in name or id in value for id in ids)
    }


def clear_links(connection: Connection, owner: str, going: set[Key]) -> None:
    """Clear the links from rows that stay to the rows in `going`."""
    for (table, id), column, _ in list(links_to(connection, owner, going)):
        if (table, id) not in going:
            sql_table = TABLES[table]
            values = {sql_table.c.version: sql_table.c.version + 1, sql_table.c[column]: None}
            row = (sql_table.c.owner == owner, sql_table.c.id == id)
            connection.execute(update(sql_table).where(*row).values(values))


def journal_pages(
    connection: Connection, owner: str
) -> Iterator[tuple[int, list[StoredRowChange]]]:
    """Yield each call's number and row changes; the call may be rewritten during the iteration."""
    last = 0
    while True:
        newer = (change.c.owner == owner, change.c.seq > last)
        query = select(change.c.seq, change.c.rows).where(*newer).order_by(change.c.seq)
        page = connection.execute(query.limit(20)).all()
        yield from ((row.seq, row.rows) for row in page)
        if not page:
            return
        last = page[-1].seq


def journal_traces(connection: Connection, owner: str, contact: Key) -> tuple[set[Key], set[str]]:
    """Return what else the journal holds about a contact who is no longer in the tables.

    Returns:
        The rows about them that were removed earlier, and every text that identified them.
    """
    texts: set[str] = set()
    once: set[Key] = set()
    for _, row_changes in journal_pages(connection, owner):
        for row_change in row_changes:
            key = (row_change["table"], row_change["id"])
            for values in values_of(row_change):
                if key == contact:
                    said = {name: str(values.get(name, "")) for name in IDENTIFYING}
                    texts |= {text for name, text in said.items() if len(text) >= _SHORTEST[name]}
                elif key[0] in THEIRS and contact[1] in values.values():
                    once.add(key)
    return once - rows_of(connection, owner, once).keys(), texts


def clean_journal(
    connection: Connection, owner: str, going: set[Key], contact_id: str, texts: set[str]
) -> int:
    """Remove the changes of rows in `going` from the journal, and the id and `texts` from others.

    A column that held one of `texts` is removed from the row's earlier changes as well: they no
    longer tell what the row holds.

    Returns:
        How many row changes were removed or edited.
    """
    last: dict[Key, dict[str, int]] = {}
    for seq, row_changes in journal_pages(connection, owner):
        for row_change in row_changes:
            key = (row_change["table"], row_change["id"])
            for name in columns_naming(row_change, texts):
                last.setdefault(key, {})[name] = seq
    traces = 0
    for seq, row_changes in journal_pages(connection, owner):
        kept = [
            row_change
            for row_change in row_changes
            if (row_change["table"], row_change["id"]) not in going
        ]
        left = []
        for row_change in kept:
            until = last.get((row_change["table"], row_change["id"]), {})
            names = {name for name, newest in until.items() if newest >= seq}
            left.append(redact(row_change, contact_id, names))
        moved = sum(was != now for was, now in zip(kept, left, strict=True))
        if moved or len(left) < len(row_changes):
            traces += len(row_changes) - len(left) + moved
            values = {"rows": left, "size": len(left)}
            connection.execute(update(change).where(change.c.seq == seq).values(values))
    return traces


def values_of(row_change: StoredRowChange) -> list[Values]:
    """Return the values a row change holds, from before and after it, without missing ones."""
    return [values for values in (row_change["before"], row_change["after"]) if values is not None]


def columns_naming(row_change: StoredRowChange, texts: set[str]) -> set[str]:
    """Return the columns in which `row_change` holds one of `texts`; links are no texts.

    Another contact's name may hold the name of the one removed: that is another person.
    """
    skipped = _links(row_change).keys() | (IDENTITY if row_change["table"] == "contact" else set())

    def holds(cell: Any) -> bool:
        cells = cell if isinstance(cell, list) else [cell]
        return any(isinstance(one, str) and text in one for one in cells for text in texts)

    return {
        name
        for values in values_of(row_change)
        for name, cell in values.items()
        if name not in skipped and holds(cell)
    }


def redact(row_change: StoredRowChange, contact_id: str, names: set[str]) -> StoredRowChange:
    """Return `row_change` without links to the contact, and without the columns `names`."""
    links = _links(row_change)

    def clean(values: Values | None) -> Values | None:
        if values is None:
            return None
        return {
            name: None if name in links and cell == contact_id else cell
            for name, cell in values.items()
            if name not in names
        }

    return row_change | {"before": clean(row_change["before"]), "after": clean(row_change["after"])}


def _links(row_change: StoredRowChange) -> Mapping[str, str]:
    sql_table = TABLES.get(row_change["table"])
    return links_of(sql_table) if sql_table is not None else {}


def find_mentions(connection: Connection, owner: str, name: str) -> dict[str, int]:
    """Count by table the rows whose texts still contain `name`.

    They are the person's own sentences: the count is reported, the rows are not changed.
    """
    if len(name) < _SHORTEST["name"]:
        return {}
    counts = {}
    for sql_table in TABLES.values():
        free = [
            cast(column, Text).icontains(name, autoescape=True)  # “anna” matches Anna as well
            for column in columns_of(sql_table).values()
            if "longest" in column.info
        ]
        query = (
            select(func.count())
            .select_from(sql_table)
            .where(sql_table.c.owner == owner, or_(false(), *free))
        )
        counts[sql_table.name] = connection.scalar(query) if free else 0
    return {table: count for table, count in counts.items() if count}
