from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from book_states import State, state
from enishi.book import Book, NewerBookError, NotUpgradedError, StaleVersionError, open_book
from enishi.book.backup import examine
from enishi.book.database import database_url, open_database
from enishi.book.revisions import MIGRATIONS, head, revision
from enishi.book.sqlite import connect
from enishi.book.tables import metadata
from enishi.i18n import error_text
from postgresql import PASSWORD
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

NEXT = '''"""A step that changes a table others refer to, and words already written."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    copied = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("contact", recreate="always" if copied else "auto") as contact:
        contact.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="green"))
    op.execute("UPDATE role SET name = name || '（例）'")
{failure}
'''


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a later version of the product, with one step more."""
    return with_a_step(tmp_path / "later", failure="")


def with_a_step(folder: Path, failure: str) -> Path:
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = head()
    number = f"{int(before) + 1:04}"
    step = NEXT.format(revision=number, before=before, failure=f"    {failure}")
    (folder / "versions" / f"{number}_a_later_step.py").write_text(step, encoding="utf-8")
    return folder


@pytest.fixture
def filled(book: Book) -> Book:
    role = book.add("role", name="編集者")
    ann = book.add("contact", name="架空 花子", role_id=role)
    book.add("contact", name="架空 次郎", through_id=ann)
    book.add("encounter", contact_id=ann, note="本を借りた")
    book.close()
    return book


def rows_of(file: Path) -> State:
    copy = Book(open_database(database_url().set(database=str(file))), "me")
    try:
        return state(copy, versions=True)
    finally:
        copy.close()


def test_the_steps_make_exactly_the_tables(book: Book) -> None:
    with book.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_the_head_of_the_steps(book: Book) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [head()]
    with book.reading() as connection:
        assert revision(connection) == head()


@pytest.mark.stores("file")
def test_an_older_book_is_brought_up_to_date_and_a_copy_kept(
    filled: Book, data_dir: Path, later: Path
) -> None:
    before = state(filled, versions=True)
    filled.close()
    engine = open_database(database_url(), later)
    with engine.connect() as connection:
        assert revision(connection) == head(later)
        colours = connection.exec_driver_sql("SELECT name, colour FROM contact ORDER BY id").all()
        assert colours == [("架空 花子", "green"), ("架空 次郎", "green")]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()
    (copy,) = [file for file in data_dir.iterdir() if "before" in file.name]
    assert oct(stat.S_IMODE(copy.stat().st_mode)) == "0o600"
    assert rows_of(copy) == before
    assert {file.name for file in data_dir.iterdir()} == {"book.sqlite3", copy.name}


def test_an_updated_book_still_undoes_what_was_done_before(filled: Book, later: Path) -> None:
    engine = open_database(database_url(), later)
    book = Book(engine, "me")
    book.undo()
    book.undo()
    assert list(book.frame("contact")["name"]) == ["架空 花子"]
    assert book.frame("encounter").empty
    book.redo()
    assert list(book.frame("contact")["name"]) == ["架空 花子", "架空 次郎"]
    book.close()


@pytest.mark.stores("file")
def test_an_updated_book_is_not_updated_again(filled: Book, data_dir: Path, later: Path) -> None:
    for _ in range(3):
        open_database(database_url(), later).dispose()
    assert len([file for file in data_dir.iterdir() if "before" in file.name]) == 1


def test_the_earlier_version_says_that_the_book_is_newer(filled: Book, later: Path) -> None:
    open_database(database_url(), later).dispose()
    with pytest.raises(NewerBookError) as told:
        open_book()
    assert PASSWORD not in error_text("en", told.value)


@pytest.mark.parametrize(
    "failure",
    [
        "raise ValueError('a mistake in the step')",
        "op.execute('DELETE FROM contact')",  # rows that others refer to
        "op.execute('no such statement')",
    ],
)
def test_an_update_that_fails_leaves_the_book_as_it_was(
    filled: Book, data_dir: Path, store: Store, tmp_path: Path, failure: str
) -> None:
    def left() -> object:
        if store.is_file:
            return {file.name: file.read_bytes() for file in data_dir.iterdir()}
        return state(filled, versions=True)

    before = left()
    broken = with_a_step(tmp_path / "broken", failure)
    with pytest.raises(NotUpgradedError) as told:
        open_database(database_url(), broken)
    assert PASSWORD not in error_text("en", told.value)
    assert left() == before
    book = open_book()
    assert len(book.frame("contact")) == 2
    book.close()


@pytest.mark.stores("file")
def test_a_book_in_use_is_updated_with_what_was_just_written(
    filled: Book, data_dir: Path, later: Path
) -> None:
    """Its last words are still in the log beside the file; the copy has them, too."""
    carl = filled.add("contact", name="架空 三郎")
    engine = open_database(database_url(), later)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM contact").scalar() == 3
    engine.dispose()
    filled.close()
    (copy,) = [file for file in data_dir.iterdir() if "before" in file.name]
    assert ("contact", carl) in rows_of(copy)


@pytest.mark.stores("file")
def test_the_file_says_whose_it_is(book: Book, data_dir: Path) -> None:
    connection = connect(data_dir / "book.sqlite3", "ro")
    try:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x456E6973,)
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("DELETE FROM contact")
    finally:
        connection.close()


EARLIER = """
INSERT INTO contact (owner, id, version, name, family, given, family_kana, given_kana, called,
  organisation, department, title, email, phone, url, birthday, channel, how_met, where_met, met_on,
  circles, topics, needs, afternoon, focus, pleases, pleases_source, own_idea, they_gain, i_gain,
  hope, respect_for, companion, closed, do_not_contact, quiet_until, signs, politeness, next_step,
  next_on, source, source_key, acquired_on, note, trashed_on)
VALUES ('me', 'ann', 2, '架空 花', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
  '2016-04-01', '[]', '[]', '[]', '', true, '', '', '', '', '', '', '', false, false, false, '',
  '[]', '', '', '', 'typed', '', '2024-01-01', 'sagt "noun":"名詞"', '');
INSERT INTO change (owner, batch, verb, at, by, undoes, size, rows) VALUES
  ('me', 'b1', 'add', '2026-01-01T00:00:00Z', 'me', NULL, 1, '[{"noun":"contact","id":"ann",
   "before":null,"after":{"name":"架空 花子","met_on":"2016-04-01","focus":true,"source":"typed",
   "acquired_on":"2024-01-01","note":"sagt \\"noun\\":\\"名詞\\"","version":1}}]');
INSERT INTO change (owner, batch, verb, at, by, undoes, size, rows) VALUES
  ('me', 'b2', 'write', '2026-01-02T00:00:00Z', 'me', NULL, 1, '[{"noun":"contact","id":"ann",
   "before":{"name":"架空 花子","version":1},"after":{"name":"架空 花","version":2}}]');
"""
"""What a book of the first version holds, in its own words."""


@pytest.fixture
def nothing(
    store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """A place for a book where there is not even an empty one."""
    if store.is_file:
        yield store
        return
    with request.getfixturevalue("postgresql").database() as url:
        monkeypatch.setenv("ENISHI_DATABASE", url.render_as_string(hide_password=False))
        yield store


def test_a_book_of_the_first_version_goes_on_with_every_row_undo_and_conflict(
    nothing: Store, tmp_path: Path
) -> None:
    first = tmp_path / "first"
    shutil.copytree(MIGRATIONS, first, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*"))
    engine = open_database(database_url(), first)
    with engine.begin() as connection:
        for statement in EARLIER.split(";\n")[:-1]:
            connection.exec_driver_sql(statement)
    engine.dispose()
    if nothing.is_file:  # it kept a write-ahead log
        with sqlite3.connect(str(nothing.url.database)) as file:
            file.execute("PRAGMA journal_mode=WAL")
        file.close()
    book = open_book()
    row = book.row("contact", "ann")
    assert (row["name"], row["met_on"], row["version"]) == ("架空 花", "2016-04-01", 2)
    assert row["note"] == 'sagt "noun":"名詞"'
    with pytest.raises(StaleVersionError):
        book.update("contact", "ann", 1, name="架空 はな")
    assert book.update("contact", "ann", 1, note="本を借りた") == 3
    book.undo()
    book.undo()
    assert book.row("contact", "ann")["name"] == "架空 花子"
    book.undo()
    assert book.frame("contact").empty
    book.redo()
    assert list(book.frame("contact")["name"]) == ["架空 花子"]
    assert list(book.frame("contact")["note"]) == ['sagt "noun":"名詞"']
    book.close()
    assert examine(database_url()) == []


NEW_COLUMNS = {
    "contact": {
        *("known_as", "known_since", "last_talk", "last_talk_said_on"),
        *("ahead", "closeness", "closeness_word"),
    },
    "introduction": {"to_target"},
    "goal": {"closed_on", "closing"},
    "plan": {"place_id", "on", "came", "did", "keep", "asked_on"},
    "give": {"effect_asked_on", "fact_id"},
    "review": {"next_on", "next_state"},
}
"""What later migrations added to the first tables."""
MOVED = {"contact": {"next_step", "next_on", "pleases", "pleases_source"}}
"""What they moved into tables of their own."""


@pytest.mark.stores("file")
def test_a_book_of_the_first_tables_opens_with_every_row_and_its_undo(
    data_dir: Path, tmp_path: Path
) -> None:
    """What was dropped before a column was added comes back without it, and can be written on."""
    first = tmp_path / "first"
    shutil.copytree(MIGRATIONS, first, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]_*"))
    engine = open_database(database_url(), first)
    with engine.begin() as connection:
        for table, new in NEW_COLUMNS.items():
            columns = {column.name for column in metadata.tables[table].columns}
            named = {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
            assert named == columns - new | MOVED.get(table, set())
    engine.dispose()
    old = open_book()
    kept, gone = (old.add("contact", name=name) for name in ("架空 花子", "見本 太郎"))
    old.delete("contact", gone)
    with old.engine.begin() as connection:  # as the journal of the first tables has it
        connection.exec_driver_sql(
            """UPDATE change SET rows = replace(rows, '"known_as": "", ', '')"""
        )
        held = connection.exec_driver_sql("SELECT group_concat(rows) FROM change").scalar()
        assert "known_as" not in str(held)
    old.undo()
    assert sorted(old.frame("contact")["name"]) == ["架空 花子", "見本 太郎"]
    assert set(old.frame("contact")["last_talk"]) == set(old.frame("contact")["closeness"]) == {""}
    assert old.frame("contact")["known_since"].isna().all()
    version = old.row("contact", gone)["version"]
    old.update("contact", gone, version, known_as="known")
    assert old.row("contact", gone)["known_as"] == "known"
    assert old.row("contact", kept)["known_as"] == ""
    old.close()


STEPS = """
INSERT INTO contact (owner, id, version, name, family, given, family_kana, given_kana, called,
  organisation, department, title, email, phone, url, birthday, channel, how_met, where_met, met_on,
  circles, topics, needs, afternoon, focus, pleases, pleases_source, own_idea, they_gain, i_gain,
  hope, respect_for, companion, closed, do_not_contact, quiet_until, signs, politeness, next_step,
  next_on, source, source_key, acquired_on, note, trashed_on, known_as, last_talk,
  last_talk_said_on, ahead, closeness, closeness_word)
VALUES ('me', 'ann', 4, '架空 花', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
  '', '[]', '[]', '[]', '', false, '展示の感想', 'said', '', '', '', '', '', false, false, false, '',
  '[]', '', '駅前でお茶', '2026-01-09', 'typed', '', '2024-01-01', '', '', '', '', '', '', '', '');
INSERT INTO change (owner, batch, verb, at, by, undoes, size, rows) VALUES
  ('me', 'b1', 'add', '2026-01-01T00:00:00Z', 'me', NULL, 1, '[{"table":"contact","id":"ann",
   "before":null,"after":{"name":"架空 花","source":"typed","acquired_on":"2024-01-01",
   "next_step":"電話する","version":1}}]');
INSERT INTO change (owner, batch, verb, at, by, undoes, size, rows) VALUES
  ('me', 'b2', 'write', '2026-01-02T00:00:00Z', 'me', NULL, 1, '[{"table":"contact","id":"ann",
   "before":{"next_step":"電話する","next_on":"","version":1},
   "after":{"next_step":"駅前でお茶","next_on":"2026-01-09","version":2}}]');
INSERT INTO change (owner, batch, verb, at, by, undoes, size, rows) VALUES
  ('me', 'b3', 'write', '2026-01-03T00:00:00Z', 'me', NULL, 1, '[{"table":"contact","id":"ann",
   "before":{"pleases":"","pleases_source":"","version":2},
   "after":{"pleases":"展示の感想","pleases_source":"said","version":3}}]');
INSERT INTO change (owner, batch, verb, at, by, undoes, size, rows) VALUES
  ('me', 'b4', 'write', '2026-01-04T00:00:00Z', 'me', NULL, 1, '[{"table":"contact","id":"ann",
   "before":{"note":"","version":3},"after":{"note":"","version":4}}]');
INSERT INTO review (owner, id, version, kind, "on", went_well, thank_whom, let_go, next, changed,
  tried, learned, book, book_act, still_mine, rest)
VALUES ('me', 'r1', 1, 'week', '2026-01-05', '', '', '', '写真を送る', '', '', '', '', '', '', false),
  ('me', 'r0', 1, 'week', '2025-12-29', '', '', '', '古いこと', '', '', '', '', '', '', false);
"""
"""A book of the fifth version whose contact has a step and something that would please them."""


def test_a_step_and_what_pleases_become_rows_that_undo_goes_on_working_on(
    nothing: Store, tmp_path: Path
) -> None:
    fifth = tmp_path / "fifth"
    shutil.copytree(MIGRATIONS, fifth, ignore=shutil.ignore_patterns("__pycache__", "000[6-9]_*"))
    engine = open_database(database_url(), fifth)
    with engine.begin() as connection:
        for statement in STEPS.split(";\n")[:-1]:
            connection.exec_driver_sql(statement)
    engine.dispose()
    book = open_book()
    step, fact = book.row("step", "ann"), book.row("fact", "ann")
    assert (step["words"], step["on"], step["state"]) == ("駅前でお茶", "2026-01-09", "open")
    assert (fact["words"], fact["source"], fact["contact_id"]) == ("展示の感想", "said", "ann")
    assert dict(book.frame("review")["next_state"]) == {"r1": "open", "r0": ""}
    with pytest.raises(StaleVersionError):
        book.update("step", "ann", 1, words="電話する")
    for _ in range(2):
        book.undo()
    assert book.frame("fact").empty
    assert book.row("step", "ann")["words"] == "駅前でお茶"
    book.undo()
    assert (book.row("step", "ann")["words"], book.row("step", "ann")["on"]) == ("電話する", "")
    book.undo()
    assert book.frame("step").empty
    assert book.frame("contact").empty
    book.redo()
    assert list(book.frame("step")["words"]) == ["電話する"]
    book.close()
    assert examine(database_url()) == []
