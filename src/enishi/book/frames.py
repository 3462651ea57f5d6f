"""Pandas frames of the person's rows: one frame per table, with declared dtypes.

The index is the row's id. Texts are `str` ("" = not set), choices `category`, days and instants
`datetime64[s]` (NaT = not set), yes/no `bool`, numbers `int64`, or `float64` for nullable columns
(NaN = not set), lists `object`, links `str` ("" = none).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache, reduce
from operator import add
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

from enishi.book import errors, journal
from enishi.book.database_errors import redacted_url
from enishi.book.dialects import as_json_list, compile_sql
from enishi.book.room_tables import STORED
from enishi.book.tables import change, own_columns

if TYPE_CHECKING:
    import pandas as pd

PATCHED_ROWS = 200
"""Frames are patched up to this many changed rows; beyond that they are read again."""
UNLISTED = ("forget", "replace")
"""Verbs of calls that change rows which the journal does not list."""

Cells = Sequence[Any]


class FrameCache:
    """The frames of one owner, cached until the book's revision changes."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.revision = -1
        self.kept: dict[str, pd.DataFrame] = {}

    def get(self, connection: Connection, table: str) -> pd.DataFrame:
        """Return the frame of `table` at the revision of the last `catch_up`."""
        if table not in self.kept:
            self.kept[table] = read_frame(connection, self.owner, STORED[table])
        return self.kept[table]

    def catch_up(self, connection: Connection) -> None:
        """Update the cached frames to the current revision of the book."""
        revision = journal.journal_revision(connection, self.owner)
        if revision == self.revision:
            return
        newer = (change.c.owner == self.owner, change.c.seq > self.revision)
        gone_back = revision < self.revision  # the file was replaced by another
        if self.kept and not gone_back and not self._moved_far(connection, newer):
            for table, moved in movements_since(connection, newer).items():
                if table in self.kept:
                    self.kept[table] = self._patched(connection, table, moved)
        else:
            self.kept.clear()
        self.revision = revision

    def _patched(self, connection: Connection, table: str, moved: Movement) -> pd.DataFrame:
        frame, sql_table = self.kept[table], STORED[table]
        ids, fresh = _read_rows(connection, self.owner, sql_table, list(moved.ids), moved.fields)
        if have_other_words(frame, fresh):
            return read_frame(connection, self.owner, sql_table)
        if moved.fields is None:
            return patch(frame, ids, fresh, moved.ids)
        return rewrite(frame, ids, fresh)

    def _moved_far(self, connection: Connection, newer: Any) -> bool:
        moved = connection.scalar(select(func.sum(change.c.size)).where(*newer)) or 0
        unlisted = change.c.verb.in_(UNLISTED)
        found = select(change.c.seq).where(*newer, unlisted).limit(1)
        return moved > PATCHED_ROWS or connection.scalar(found) is not None


@dataclass
class Movement:
    """The changed rows of one table, and which columns; None if rows were created or removed."""

    ids: set[str] = field(default_factory=set)
    fields: set[str] | None = field(default_factory=set)


def movements_since(connection: Connection, newer: Any) -> dict[str, Movement]:
    """Return by table what the calls that match `newer` changed."""
    moved: dict[str, Movement] = defaultdict(Movement)
    for rows in connection.scalars(select(change.c.rows).where(*newer)):
        for row_change in rows:
            table = moved[row_change["table"]]
            table.ids.add(row_change["id"])
            if table.fields is not None and row_change["before"] and row_change["after"]:
                table.fields |= row_change["after"].keys()
            else:
                table.fields = None
    return moved


def dtype(column: Column[Any]) -> str:
    """Return the frame's dtype for `column`."""
    if "day" in column.info or "moment" in column.info:
        return "datetime64[s]"
    if isinstance(column.type, Boolean):
        return "bool"
    if isinstance(column.type, JSON):
        return "object"
    if isinstance(column.type, Integer):
        return "float64" if column.nullable else "int64"
    return "category" if "choices" in column.info else "str"


def shown_columns(sql_table: Table) -> list[Column[Any]]:
    """Return the columns of a frame of `sql_table`, in order."""
    return [sql_table.c.version, *own_columns(sql_table)]


def read_frame(connection: Connection, owner: str, sql_table: Table) -> pd.DataFrame:
    """Return the owner's rows of `sql_table` as a frame, in the order of creation."""
    query = select_all_sql(sql_table, connection.dialect.name)
    answer = connection.exec_driver_sql(query, {"owner": owner})
    with readable(connection):
        listed, *texts = answer.one()
        index: list[str] = msgspec.json.decode(listed)
        if not index:
            return empty_frame(sql_table)
        columns = shown_columns(sql_table)
        return frame_of(columns, index, columns_of_texts(columns, len(index), texts))


@contextmanager
def readable(connection: Connection) -> Iterator[None]:
    """Turn decoding errors inside the block into `DamagedBookError`.

    Raises:
        DamagedBookError: a cell holds a value that does not fit its column.
    """
    try:
        yield
    except (ValueError, TypeError, OverflowError) as error:
        raise errors.DamagedBookError(path=redacted_url(connection.engine.url)) from error


@cache
def empty_frame(sql_table: Table) -> pd.DataFrame:
    """Return the frame of `sql_table` without rows; cached, since a new book has many of them."""
    columns = shown_columns(sql_table)
    return frame_of(columns, [], {column.name: column_series(column, []) for column in columns})


def _read_rows(
    connection: Connection, owner: str, sql_table: Table, ids: list[str], fields: set[str] | None
) -> tuple[list[str], dict[str, Any]]:
    """Return those of `ids` that are rows of the owner, and their columns in `fields`, or all."""
    columns = [column for column in shown_columns(sql_table) if not fields or column.name in fields]
    query = some_rows_query(sql_table, tuple(columns), connection.dialect.name)
    answer = connection.execute(query, {"owner": owner, "ids": ids})
    with readable(connection):
        listed, *texts = answer.one()
        index: list[str] = msgspec.json.decode(listed)
        return index, columns_of_texts(columns, len(index), texts)


@lru_cache(maxsize=256)
def some_rows_query(
    sql_table: Table, columns: tuple[Column[Any], ...], database: str
) -> Select[*tuple[Any, ...]]:
    """Return the query for `columns` of the rows with `:ids`; cached, as building it takes long."""
    some = sql_table.c.id.in_(bindparam("ids", expanding=True))
    return frame_query(sql_table, columns, database).where(some)


@cache
def select_all_sql(sql_table: Table, database: str) -> str:
    """Return the SQL for all rows of `sql_table`; cached: compiling takes longer than running."""
    return compile_sql(frame_query(sql_table, shown_columns(sql_table), database), database)


def frame_query(
    sql_table: Table, columns: Sequence[Column[Any]], database: str
) -> Select[*tuple[Any, ...]]:
    """Return a query for the ids and `columns` of the rows of `:owner`.

    The database returns each column as one JSON list: a tenth of the calls, and no Python object
    per cell that the frame does not need. All yes/no columns are one list of numbers, with one bit
    for each.
    """
    plain, flags = split_flags(columns)
    asked: list[Any] = [sql_table.c.id, *map(as_plain_type, plain)]
    if flags:
        bits: Iterable[Any] = (
            cast(column, Integer) * literal_column(str(2**place))
            for place, column in enumerate(flags)
        )
        asked.append(reduce(add, bits))
    lists = (as_json_list(each, database) for each in asked)
    in_order = sql_table.c.id >= literal_column("''")  # SQLite goes through the rows by their ids
    return select(*lists).where(sql_table.c.owner == bindparam("owner"), in_order)


def split_flags(
    columns: Sequence[Column[Any]],
) -> tuple[list[Column[Any]], list[Column[Any]]]:
    """Return the columns that are read one by one, and the yes/no columns."""
    flags = [column for column in columns if isinstance(column.type, Boolean)]
    return [column for column in columns if not isinstance(column.type, Boolean)], flags


def frame_of(columns: Sequence[Column[Any]], index: Cells, arrays: dict[str, Any]) -> pd.DataFrame:
    """Build a frame from the ids and the array of each column."""
    import pandas as pd

    data = {column.name: arrays[column.name] for column in columns}
    frame = pd.DataFrame(data, index=pd.Index(index, dtype=_texts(), name="id"), copy=False)
    return frame if frame.index.is_monotonic_increasing else frame.sort_index()


def columns_of_texts(
    columns: Sequence[Column[Any]], count: int, texts: Sequence[str]
) -> dict[str, Any]:
    """Return the array of each column from what `frame_query` returned for `columns`.

    Args:
        columns: the columns asked for.
        count: the number of rows.
        texts: the JSON lists of the query, without that of the ids.
    """
    plain, flags = split_flags(columns)
    pairs = zip(plain, texts, strict=not flags)
    blanks: dict[tuple[str, ...], Any] = {}
    arrays = {column.name: column_array(column, count, text, blanks) for column, text in pairs}
    return arrays | flag_arrays(flags, count, texts[-1]) if flags else arrays


def column_array(
    column: Column[Any], count: int, text: str, blanks: dict[tuple[str, ...], Any]
) -> Any:
    """Return the array of a column of `count` rows from its JSON list.

    Most columns of most books are empty, which is seen without reading the list.

    Args:
        column: the column.
        count: the number of rows.
        text: the JSON list of its cells.
        blanks: the arrays of columns of so many rows in which nothing is set, to be shared.
    """
    kind = dtype(column)
    blank = _BLANKS.get(kind) if not (kind == "str" and column.nullable) else "null"
    if blank and is_all(text, blank, count):
        choices: tuple[str, ...] = column.info.get("choices", ())
        if (kind, *choices) not in blanks:
            blanks[kind, *choices] = blank_array(kind, choices, count)
        return blanks[kind, *choices]
    if kind == "datetime64[s]" and "moment" not in column.info:
        days = read_days(text, count)
        if days is not None:
            return days
    if kind == "int64":
        return read_integers(text, count)
    return column_series(column, msgspec.json.decode(text))


_BLANKS = {
    "str": '""',
    "category": '""',
    "datetime64[s]": '""',
    "float64": "null",
    "object": '"[]"',
}
"""The cell that is not set, in JSON, by the dtype of its column."""


def is_all(text: str, cell: str, count: int) -> bool:
    r"""Return whether a JSON list of `count` cells holds nothing but `cell`.

    >>> is_all('["",""]', '""', 2), is_all('["", "a"]', '""', 2), is_all(r'["","","\""]', '""', 3)
    (True, False, False)
    """
    gap = ", " if text.startswith(", ", 1 + len(cell)) else ","  # PostgreSQL puts spaces
    size = count * len(cell + gap) + 2 - len(gap)
    return len(text) == size and text == f"[{(cell + gap) * (count - 1)}{cell}]"


def blank_array(kind: str, choices: tuple[str, ...], count: int) -> Any:
    """Return the array of a column in which nothing is set."""
    import numpy as np
    import pandas as pd

    if kind == "str":
        return pd.array(np.full(count, "", dtype=object), _texts())
    if kind == "category":
        codes = np.full(count, choices.index(""), np.int8)
        return pd.Categorical.from_codes(codes, dtype=categories_of(choices), validate=False)
    if kind == "object":
        lists = np.empty(count, dtype=object)
        lists[:] = [[] for _ in range(count)]
        return lists
    return np.full(count, np.nan if kind == "float64" else "NaT", dtype=kind)


def read_days(text: str, count: int) -> Any:
    """Return the days of a JSON list of `YYYY-MM-DD` and empty texts; None if it holds others.

    >>> read_days('["2024-02-29",""]', 2).tolist()
    [datetime.datetime(2024, 2, 29, 0, 0), None]
    """
    import numpy as np

    if not count:
        return None
    filled = text.replace('""', f'"{_NO_DAY}"')
    width = len(_NO_DAY) + 3  # two quotes and a comma
    if len(filled) != count * width + 1 or not filled.isascii():
        return None
    letters = np.frombuffer(filled.encode()[1:-1] + b",", np.uint8).reshape(count, width)
    marks = letters[:, (0, 5, 8, 11)] == np.frombuffer(b'"--"', np.uint8)
    digits = [letters[:, at].astype(np.int32) - ord("0") for at in (1, 2, 3, 4, 6, 7, 9, 10)]
    if not marks.all() or any(one.min() < 0 or one.max() > 9 for one in digits):
        return None
    year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
    month, day = digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]
    is_set = year > 0
    months = np.where(is_set, (year - 1970) * 12 + month - 1, 0)
    least = months.min()
    starts = np.arange(least, months.max() + 2).astype("datetime64[M]").astype("datetime64[D]")
    begins = starts.astype(np.int64)  # of each month, and of the one after it
    numbers = begins[months - least] + day - 1
    is_real = (month >= 1) & (month <= 12) & (day >= 1) & (numbers < begins[months - least + 1])
    if not (is_real | ~is_set).all():
        return None
    days = numbers.astype("datetime64[D]")
    days[~is_set] = np.datetime64("NaT")
    return days.astype("datetime64[s]")


_NO_DAY = "0000-00-00"


def read_integers(text: str, count: int) -> Any:
    """Return the integers of a JSON list; of one digit each, they are read from its bytes.

    >>> read_integers("[1,2]", 2).tolist(), read_integers("[1,20]", 2).tolist()
    ([1, 2], [1, 20])
    """
    import numpy as np

    if len(text) == 2 * count + 1 and text.isascii():
        digits = np.frombuffer(text.encode(), np.uint8)[1::2].astype(np.int64) - ord("0")
        if count and digits.min() >= 0 and digits.max() <= 9:
            return digits
    return np.array(msgspec.json.decode(text), dtype=np.int64)


def flag_arrays(flags: Sequence[Column[Any]], count: int, text: str) -> dict[str, Any]:
    """Return the arrays of the yes/no columns from the list of their bits."""
    import numpy as np

    if is_all(text, "0", count):
        return {column.name: np.zeros(count, dtype=np.bool_) for column in flags}
    bits = read_integers(text, count)
    return {column.name: bits >> place & 1 > 0 for place, column in enumerate(flags)}


def as_plain_type(column: Column[Any]) -> Any:
    """Return `column` as text or number; a list column as its JSON text."""
    return cast(column, Text) if isinstance(column.type, JSON) else column


@cache
def _texts() -> Any:
    """Return pandas' dtype for texts; cached, since resolving "str" tries a dozen others first."""
    import pandas as pd

    return pd.api.types.pandas_dtype("str")


@lru_cache(maxsize=256)
def categories_of(words: tuple[str, ...]) -> pd.CategoricalDtype:
    """Return pandas' dtype for a choice among `words`; cached, so that equal ones are one."""
    import pandas as pd

    return pd.CategoricalDtype(pd.Index(words, dtype=_texts()))


class Numbering(dict[str, int]):
    """Words and their numbers; a word that is not in it gets the next number."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self)
        return self[word]


def choice_array(choices: tuple[str, ...], cells: Cells) -> pd.Categorical:
    """Return `cells` as a categorical of `choices`, and of whatever else they hold."""
    import numpy as np
    import pandas as pd

    numbers = Numbering(zip(choices, range(len(choices)), strict=True))
    codes = np.fromiter(map(numbers.__getitem__, cells), np.intp, len(cells))
    return pd.Categorical.from_codes(codes, dtype=categories_of(tuple(numbers)), validate=False)


def column_series(column: Column[Any], cells: Cells) -> Any:
    """Convert the cells of one column to an array of its dtype."""
    import numpy as np
    import pandas as pd

    kind = dtype(column)
    if kind == "datetime64[s]":
        if "moment" in column.info:
            cells = [cell[:19] for cell in cells]  # numpy has instants without a zone only
        return np.array(cells, dtype=kind)
    if kind == "str":
        return pd.array([cell or "" for cell in cells] if column.nullable else cells, _texts())
    if kind == "category":
        return choice_array(column.info["choices"], cells)
    if kind == "object":
        lists = np.empty(len(cells), dtype=object)
        lists[:] = msgspec.json.decode(f"[{','.join(cells)}]")
        return lists
    return np.array(cells, dtype=kind)


def _places(index: pd.Index[str], ids: Iterable[str]) -> list[int]:
    """Return the positions of those `ids` that are in a frame's sorted index."""
    wanted = sorted(ids)
    found = zip(wanted, index.searchsorted(wanted).tolist(), strict=True)
    return [at for id, at in found if at < len(index) and index[at] == id]


def have_other_words(frame: pd.DataFrame, fresh: dict[str, Any]) -> bool:
    """Return whether a choice in `frame` or in `fresh` holds a word that is not declared."""
    import pandas as pd

    choices = [name for name, cells in fresh.items() if isinstance(cells, pd.Categorical)]
    return any(frame[name].dtype is not fresh[name].dtype for name in choices)


def rewrite(frame: pd.DataFrame, ids: list[str], fresh: dict[str, Any]) -> pd.DataFrame:
    """Return `frame` with the columns `fresh` of the rows `ids` written in; all are in it."""
    rows = frame.index.searchsorted(ids)
    rewritten = frame.copy(deep=False)
    for name, written in fresh.items():
        cells = frame[name].array.copy()
        cells[rows] = written
        rewritten[name] = cells
    return rewritten


def patch(
    frame: pd.DataFrame, ids: list[str], fresh: dict[str, Any], touched: set[str]
) -> pd.DataFrame:
    """Return `frame` with its rows `touched` replaced by the rows `ids`, or removed if absent."""
    import numpy as np
    import pandas as pd

    if rows := _places(frame.index, touched):
        stay = np.ones(len(frame), dtype=bool)
        stay[rows] = False
        frame = frame[stay]
    if not ids:
        return frame
    data = {name: extend(cells, fresh[str(name)]) for name, cells in frame.items()}
    index = frame.index.append(pd.Index(ids, dtype=_texts(), name="id"))
    both = pd.DataFrame(data, index=index, copy=False)
    in_order = ids == sorted(ids) and (frame.empty or frame.index[-1] < ids[0])
    return both if in_order else both.sort_index()


def extend(cells: pd.Series[Any], fresh: Any) -> Any:
    """Return the array of `cells` followed by `fresh`.

    The dtype of a choice stays the same object. With its `concat`, pandas would make another one
    like it, and compare the two word by word at each edit.
    """
    import numpy as np
    import pandas as pd

    if isinstance(fresh, np.ndarray):
        return np.concatenate([cells.to_numpy(), fresh])
    if isinstance(fresh, pd.Categorical):
        codes = np.concatenate([cells.array.codes, fresh.codes])
        return pd.Categorical.from_codes(codes, dtype=fresh.dtype, validate=False)
    return cells.array._concat_same_type([cells.array, fresh])
