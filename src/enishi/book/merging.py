"""Two contacts that are one person become one contact, field by field."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import JSON

from enishi.book.batch import Batch
from enishi.book.erasure import settings_naming
from enishi.book.errors import UnknownRowError
from enishi.book.journal import Values, links_to
from enishi.book.tables import NOTE, TABLES
from enishi.book.undo import rows_of
from enishi.book.validation import columns_of, links_of
from enishi.book.wording.column_texts import is_said

if TYPE_CHECKING:
    from enishi.book.book import Book

Choice = Literal["stays", "goes", "both"]
"""Which value of a field is kept: that of the contact that stays, of the one that goes, or both."""

UNASKED = (
    *("last_talk_said_on", "source", "source_key", "acquired_on", "checked_on", "trashed_on"),
)
"""Columns the person does not choose between: computed from others, or set by a command."""
KEPT_APART = ("email", "phone", "url")
"""Columns that hold one value of several: the other one is kept as a detail of this kind."""
_PAIRS = ("tie", "relation", "distinct_pair")
"""Tables whose rows are about two contacts, and about nothing once the two are one."""
_TIES = ("close", "acquainted", "strangers", "")
"""How two contacts know each other, the closest first."""


@dataclass(frozen=True)
class ContactDifference:
    """A field in which two contacts differ.

    Attributes:
        column: its name.
        stays: the value of the contact that stays.
        goes: the value of the other one.
        both: both texts together; '' if both cannot be kept.
        choice: what is kept unless the person says otherwise.
    """

    column: str
    stays: Any
    goes: Any
    both: str
    choice: Choice

    @property
    def is_conflict(self) -> bool:
        """Return whether something is written on both sides."""
        column = TABLES["contact"].c[self.column]
        return is_said(column, self.stays) and is_said(column, self.goes)

    def chosen(self, choice: str) -> Any:
        """Return the value of the column for a choice; one that is not possible is the default."""
        both = self.stays if self.column in KEPT_APART else self.both
        return {"stays": self.stays, "goes": self.goes, "both": both}[self.possible(choice)]

    def possible(self, choice: str) -> str:
        """Return a choice, or the default where it is not possible."""
        return (
            choice
            if choice in ("stays", "goes") or (choice, bool(self.both)) == ("both", True)
            else self.choice
        )


def compare_contacts(stays: Values, goes: Values) -> list[ContactDifference]:
    """Return the fields in which two contacts differ and of which one value has to be chosen.

    By default the value that is written is kept, of two that of the contact that stays; of two
    notes and two addresses, both. Lists are united and not among the differences.
    """
    return [
        difference(name, stays[name], goes[name])
        for name, column in columns_of(TABLES["contact"]).items()
        if name not in UNASKED and not isinstance(column.type, JSON) and stays[name] != goes[name]
    ]


def difference(name: str, stays: Any, goes: Any) -> ContactDifference:
    """Return the difference in one field, with its default."""
    column = TABLES["contact"].c[name]
    is_text = column.info.get("longest") == NOTE and stays and goes
    both = joined(stays, goes) if is_text else ""
    if name in KEPT_APART and stays and goes and _plain(stays) != _plain(goes):
        both = f"{stays}\n{goes}"
    if not is_said(column, stays):
        choice: Choice = "goes"
    else:
        choice = "both" if both and name in ("note", *KEPT_APART) else "stays"
    return ContactDifference(name, stays, goes, both, choice)


def _plain(address: str) -> str:
    """Return an address or a number without what writers differ in."""
    return re.sub(r"[\s()/-]|^https?:", "", address).casefold()


def joined(first: str, second: str) -> str:
    r"""Return two texts as one; '' if they do not fit into one field.

    >>> joined("likes tea", "has a dog"), joined("likes tea, has a dog", "has a dog")
    ('likes tea\n\nhas a dog', 'likes tea, has a dog')
    """
    if second in first:
        return first
    text = second if first in second else f"{first}\n\n{second}"
    return text if len(text) <= NOTE else ""


def merge_contacts(
    batch: Batch, stays: str, goes: str, choices: Mapping[str, str] | None = None
) -> None:
    """Make one contact of two: what is about `goes` becomes about `stays`; `goes` is removed.

    A link to oneself is cleared; a tie, a relation to oneself and that the two are not one are
    removed, and of two ties or relations to the same third person that say the same one is left, as
    of two details. Settings that name `goes` name `stays`. Undoing the batch brings both back.

    Args:
        batch: the batch that becomes the call.
        stays: the id of the contact that stays.
        goes: the id of the contact that is removed.
        choices: for columns in which they differ, which value is kept; see `compare_contacts`.

    Raises:
        UnknownRowError: one of them is not in the book, or both are the same.
        TooLongError: a united list has too many lines.
    """
    if stays == goes:
        raise UnknownRowError()
    rows = batch.row("contact", stays), batch.row("contact", goes)
    values = merged_values(*rows, choices or {})
    name = str(rows[1]["name"])
    for each in compare_contacts(*rows):
        choice = each.possible((choices or {}).get(each.column, ""))
        if each.column in KEPT_APART and choice == "both":
            batch.add("detail", contact_id=stays, kind=each.column, value=each.goes)
    move_links(batch, stays, goes)
    clear_own_links(batch, stays, name)
    unite_ties(batch, stays)
    remove_repeated(batch, stays)
    move_settings(batch, stays, goes)
    batch.delete("contact", goes)
    own = {name: None for name in links_of(TABLES["contact"]) if values[name] in (stays, goes)}
    batch.update("contact", stays, **values | own)


def merged_values(stays: Values, goes: Values, choices: Mapping[str, str]) -> Values:
    """Return the values of the one contact that two become."""
    columns = columns_of(TABLES["contact"])
    values = {name: stays[name] for name in columns}
    for each in compare_contacts(stays, goes):
        values[each.column] = each.chosen(choices.get(each.column, each.choice))
    for name, column in columns.items():
        if isinstance(column.type, JSON):
            values[name] = list(dict.fromkeys([*stays[name], *goes[name]]))
    values["last_talk_said_on"] = max(
        row["last_talk_said_on"] for row in (stays, goes) if row["last_talk"] == values["last_talk"]
    )
    if not stays["source_key"] and goes["source_key"]:
        values |= {name: goes[name] for name in ("source", "source_key")}
    values["acquired_on"] = min(
        filter(None, (stays["acquired_on"], goes["acquired_on"])), default=""
    )
    values["checked_on"] = max(stays["checked_on"], goes["checked_on"])
    values["trashed_on"] = stays["trashed_on"] and goes["trashed_on"]
    return values


def move_links(batch: Batch, stays: str, goes: str) -> None:
    """Let every link to `goes` lead to `stays`."""
    for (table, id), column, _ in list(
        links_to(batch.connection, batch.owner, [("contact", goes)])
    ):
        if (table, id) != ("contact", stays):
            batch.update(table, id, **{column: stays})


def clear_own_links(batch: Batch, contact: str, name: str) -> None:
    """Clear the second of two links of one row to `contact`; remove what relates it to itself.

    An introduction keeps in words whom it was to.
    """
    for (table, id), columns in columns_linking(batch, contact).items():
        if len(columns) < 2:
            continue
        if table in _PAIRS:
            batch.delete(table, id)
            continue
        values: dict[str, Any] = {columns[1]: None}
        if table == "introduction" and not batch.row(table, id)["target_words"]:
            values["target_words"] = name
        batch.update(table, id, **values)


def columns_linking(batch: Batch, contact: str) -> dict[tuple[str, str], list[str]]:
    """Return by row the columns that link to `contact`, in their order in the table."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row, column, _ in links_to(batch.connection, batch.owner, [("contact", contact)]):
        found[row].append(column)
    return {row: [name for name in links_of(TABLES[row[0]]) if name in found[row]] for row in found}


def unite_ties(batch: Batch, contact: str) -> None:
    """Make one tie of several between `contact` and the same other one: the closest, filled."""
    keys = [key for key in columns_linking(batch, contact) if key[0] == "tie"]
    by_other: dict[str, list[tuple[str, Values]]] = defaultdict(list)
    for (_, id), row in rows_of(batch.connection, batch.owner, keys).items():
        by_other[row["b_id"] if row["a_id"] == contact else row["a_id"]].append((id, row))
    for ties in by_other.values():
        (id, first), *rest = sorted(ties, key=lambda tie: (_TIES.index(tie[1]["state"]), tie[0]))
        if rest:
            batch.update("tie", id, **filled_tie(first, [row for _, row in rest]))
        for other, _ in rest:
            batch.delete("tie", other)


def remove_repeated(batch: Batch, contact: str) -> None:
    """Remove details of `contact`, relations and distinct pairs that another row repeats.

    A detail without a label repeats one with a label.
    """
    tables = ("detail", "relation", "distinct_pair")
    keys = [key for key in columns_linking(batch, contact) if key[0] in tables]
    rows = rows_of(batch.connection, batch.owner, keys)
    seen: set[tuple[Any, ...]] = set()
    for (table, id), row in sorted(rows.items(), key=lambda each: not each[1].get("label")):
        if table == "distinct_pair":
            said: tuple[Any, ...] = (table, frozenset((row["a_id"], row["b_id"])))
        else:
            said = (table, *(row[name] for name in columns_of(TABLES[table]) if name != "label"))
        label = row.get("label", "")
        if (*said, label) in seen or (not label and said in seen):
            batch.delete(table, id)
        seen |= {said, (*said, label)}


def filled_tie(tie: Values, others: Iterable[Values]) -> Values:
    """Return what a tie takes over of others between the same two, where it says nothing itself."""
    values = {name: tie[name] for name in ("a_says", "b_says", "kind")}
    for other in others:
        is_turned = other["a_id"] != tie["a_id"]
        said = {
            "a_says": other["b_says" if is_turned else "a_says"],
            "b_says": other["a_says" if is_turned else "b_says"],
            "kind": other["kind"],
        }
        values = {name: values[name] or said[name] for name in values}
    return values


def move_settings(batch: Batch, stays: str, goes: str) -> None:
    """Let settings that name `goes` name `stays`; one that `stays` has already is left as it is."""
    keys = settings_naming(batch.connection, batch.owner, {goes})
    for (table, name), row in rows_of(batch.connection, batch.owner, keys).items():
        renamed = name.replace(goes, stays)
        if renamed == name:
            batch.update(table, name, value=row["value"].replace(goes, stays))
            continue
        batch.delete(table, name)
        if not rows_of(batch.connection, batch.owner, [(table, renamed)]):
            batch.upsert(table, renamed, value=row["value"].replace(goes, stays))


def count_links(book: Book, contact: str) -> dict[str, int]:
    """Return how many rows of each table link to a contact."""
    with book.reading() as connection:
        rows = {row for row, _, _ in links_to(connection, book.owner, [("contact", contact)])}
    counts = Counter(table for table, _ in rows)
    return {table: counts[table] for table in TABLES if counts[table]}
