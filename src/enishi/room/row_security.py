"""Row-level security on PostgreSQL: a backstop below the commands, made from the same rights.

A process of a page says when it connects whose it is and which room it may open (`for_person` in
`enishi.book.postgresql`); without that there are no rows. Which seat it has, and whether that
leads, each statement reads anew. Policies choose the rows, a trigger on rooms' tables the columns.

| what | a page sees | a page writes |
|---|---|---|
| a private book, its journal | its person's | the same |
| a room, its journal | if it has or had a seat, or projects | as in `rights`; calls are added |
| `entry` | its person's, and the codes that it shows | for its own seat; a host for the room |
| `share` and its pages, comments | of both its sides | as `SHARES` says |
| `person` | its own | the key, when a book is kept |
| `session` | nothing | nothing |

The owner of the tables, the keeper, passes by a policy of its own. It installs all this whenever a
server starts whose code makes it otherwise; a hash in a comment tells.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import URL, Connection, Engine, NullPool, Table, text

from enishi.book.database_errors import translate_errors
from enishi.book.dialects import lock_owner
from enishi.book.errors import DatabaseUnreachableError
from enishi.book.postgresql import check_account, engine_for, read_account
from enishi.book.room_tables import ROOM_TABLES
from enishi.book.share_tables import SHARE_TABLES
from enishi.book.tables import TABLES, metadata
from enishi.book.validation import default_row, links_of
from enishi.room.rights import ANNOUNCED, CLEARED_BY_HOST, RIGHTS, SETTLED, WITH_A_SEAT, Actor

SEAT, LEADS, HERE = "(SELECT enishi_seat())", "(SELECT enishi_leads())", "(SELECT enishi_is_here())"
"""The seat of whoever asks, whether it leads, and whether they may read: once a statement."""
FUNCTIONS = """
CREATE FUNCTION enishi_person() RETURNS text STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('enishi.person', true), '') $$;

CREATE FUNCTION enishi_room() RETURNS text STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('enishi.room', true), '') $$;

CREATE FUNCTION enishi_seat() RETURNS text STABLE SECURITY DEFINER {path} LANGUAGE sql AS
$$ SELECT id FROM room_seat WHERE owner = enishi_room() AND person_id = enishi_person()
   AND NOT "left" AND let_in LIMIT 1 $$;

CREATE FUNCTION enishi_leads() RETURNS boolean STABLE SECURITY DEFINER {path} LANGUAGE sql AS
$$ SELECT EXISTS (SELECT FROM room_seat WHERE owner = enishi_room() AND id = enishi_seat()
   AND leads) $$;

CREATE FUNCTION enishi_projects() RETURNS boolean STABLE SECURITY DEFINER {path} LANGUAGE sql AS
$$ SELECT EXISTS (SELECT FROM entry WHERE room = enishi_room() AND person_id = enishi_person()
   AND kind = 'screen') $$;

CREATE FUNCTION enishi_is_here() RETURNS boolean STABLE SECURITY DEFINER {path} LANGUAGE sql AS
$$ SELECT EXISTS (SELECT FROM room_seat WHERE owner = enishi_room() AND person_id = enishi_person())
   OR enishi_projects() $$;

CREATE FUNCTION enishi_is_invented(seat text) RETURNS boolean
STABLE SECURITY DEFINER {path} LANGUAGE sql AS
$$ SELECT EXISTS (SELECT FROM room_seat WHERE owner = enishi_room() AND id = seat AND invented) $$;

CREATE FUNCTION enishi_coaches() RETURNS TABLE (id text, name text)
STABLE SECURITY DEFINER {path} LANGUAGE sql AS
$$ SELECT id, name FROM person WHERE role = 'facilitator' AND (ends_at = ''
   OR ends_at > to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) $$;

CREATE FUNCTION enishi_gives(asked text) RETURNS boolean STABLE SECURITY DEFINER {path} LANGUAGE sql
AS $$ SELECT EXISTS (SELECT FROM share WHERE id = asked AND (person_id = enishi_person()
   OR person_id = '' AND reader_id = enishi_person())) $$;

CREATE FUNCTION enishi_reads(asked text) RETURNS boolean STABLE SECURITY DEFINER {path} LANGUAGE sql
AS $$ SELECT EXISTS (SELECT FROM share WHERE id = asked AND reader_id = enishi_person()
   AND until >= to_char(now() - interval '1 day', 'YYYY-MM-DD')
   AND NOT EXISTS (SELECT FROM person p WHERE p.id = person_id AND p.ends_at <> ''
     AND p.ends_at <= to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
   AND EXISTS (SELECT FROM enishi_coaches() c WHERE c.id = enishi_person()) $$;

CREATE FUNCTION enishi_is_keeper() RETURNS boolean STABLE {path} LANGUAGE sql AS
$$ SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class
   WHERE oid = 'change'::regclass $$;
"""
"""What policies ask; a page cannot read the seats and codes that decide about its own rights."""
ACCOUNTS = f"""
CREATE POLICY own ON person FOR SELECT USING (id = enishi_person());

CREATE POLICY kept ON person FOR UPDATE USING (id = enishi_person()
  AND ends_at > to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
WITH CHECK (id = enishi_person());

CREATE POLICY shown ON entry FOR SELECT USING (person_id = enishi_person()
  OR room = enishi_room() AND ({LEADS} OR enishi_projects() AND kind IN ('join', 'key')));

CREATE POLICY made ON entry FOR INSERT WITH CHECK (room = enishi_room() AND (
  {SEAT} IS NOT NULL AND kind = 'seat' AND person_id = enishi_person()
  OR {LEADS} AND (kind IN ('join', 'projector') AND person_id = ''
    OR kind = 'seat' AND person_id IN
      (SELECT s.person_id FROM room_seat s WHERE s.owner = room AND NOT s.leads))));

CREATE POLICY replaced ON entry FOR DELETE USING (room = enishi_room() AND (
  {SEAT} IS NOT NULL AND kind = 'seat' AND person_id = enishi_person()
  OR {LEADS} AND kind IN ('join', 'seat', 'projector')));

CREATE POLICY own ON change USING (owner = enishi_person());

CREATE POLICY room ON change FOR SELECT USING (owner = enishi_room() AND {HERE});

CREATE POLICY added ON change FOR INSERT
WITH CHECK (owner = enishi_room() AND {SEAT} IS NOT NULL);
"""
"""The policies of the tables that are neither a book's nor a room's, and of the journal."""
SHARES = """
CREATE POLICY given ON share USING (person_id = enishi_person());

CREATE POLICY coached ON share AS RESTRICTIVE FOR INSERT
WITH CHECK (enishi_is_keeper() OR person_id = '' OR reader_id = '' OR person_id <> reader_id
  AND EXISTS (SELECT FROM enishi_coaches() c WHERE c.id = reader_id));

CREATE POLICY filed ON share USING (person_id = '' AND reader_id = enishi_person());

CREATE POLICY received ON share FOR SELECT USING (reader_id = enishi_person() AND enishi_reads(id));

CREATE POLICY looked ON share FOR UPDATE USING (reader_id = enishi_person() AND enishi_reads(id))
WITH CHECK (reader_id = enishi_person());

CREATE FUNCTION enishi_check_share() RETURNS trigger {path} LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.person_id <> enishi_person() AND to_jsonb(OLD) - '{{looked_at,revision}}'::text[]
      <> to_jsonb(NEW) - '{{looked_at,revision}}'::text[] THEN
    RAISE insufficient_privilege;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER enishi_check BEFORE UPDATE ON share FOR EACH ROW
WHEN (NOT enishi_is_keeper()) EXECUTE FUNCTION enishi_check_share();

CREATE POLICY given ON share_page USING (enishi_gives(share_id));

CREATE POLICY received ON share_page FOR SELECT USING (enishi_reads(share_id));

CREATE POLICY seen ON share_comment FOR SELECT
USING (enishi_gives(share_id) OR enishi_reads(share_id));

CREATE POLICY answered ON share_comment FOR INSERT
WITH CHECK (enishi_gives(share_id) AND author = 'person');

CREATE POLICY commented ON share_comment FOR INSERT
WITH CHECK (enishi_reads(share_id) AND author = 'reader' AND state = 'open');

CREATE POLICY settled ON share_comment FOR UPDATE USING (enishi_gives(share_id));

CREATE POLICY removed ON share_comment FOR DELETE
USING (enishi_gives(share_id) OR enishi_reads(share_id));
"""
"""The policies of what is shown to a coach."""
CHECK = """
CREATE FUNCTION enishi_check_{table}() RETURNS trigger {path} LANGUAGE plpgsql AS $$
DECLARE
  allowed text[] := '{{version}}';
  was jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF {invented} THEN RETURN NEW; END IF;
    was := to_jsonb(NEW) || '{defaults}';
    allowed := '{{{made}}}';
  ELSE
    was := to_jsonb(OLD);
{steps}
  END IF;
  IF EXISTS (SELECT FROM jsonb_each(was) a JOIN jsonb_each(to_jsonb(NEW)) b USING (key)
      WHERE a.value <> b.value AND key <> ALL (allowed)) THEN
    RAISE insufficient_privilege;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER enishi_check BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW
WHEN (NOT enishi_is_keeper()) EXECUTE FUNCTION enishi_check_{table}();
"""
"""The trigger that lets each actor write their columns alone; a new row has defaults elsewhere."""
INSTALLED = "SELECT obj_description(to_regprocedure('enishi_person()'), 'pg_proc')"
REMOVAL = """
DO $$ DECLARE each regprocedure; BEGIN
  FOR each IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND proname ~ '^enishi_' LOOP
    EXECUTE 'DROP FUNCTION IF EXISTS ' || each || ' CASCADE';
  END LOOP;
END $$;
"""
"""Removes the functions, and with them the policies and triggers that use them."""


def admit_pages(keeper: Engine, pages: URL) -> None:
    """Make a database on a server ready for the account of the pages at `pages`.

    Raises:
        PagesAccountError: row-level security would not hold that account; nothing was changed.
        BookError: the server cannot be reached, or the keeper lacks a right.
    """
    if keeper.dialect.name != "postgresql":
        return
    if pages.get_backend_name() == "sqlite":  # the pages would open other books
        raise DatabaseUnreachableError()
    with translate_errors(pages), engine_for(pages, poolclass=NullPool).connect() as connection:
        account = read_account(connection)
        check_account(account, "page")
        quoted = connection.dialect.identifier_preparer.quote(account.name)
    with translate_errors(keeper.url), keeper.begin() as connection:
        lock_owner(connection, "")
        secure_rows(connection)
        for statement in list_grants(quoted):
            connection.exec_driver_sql(statement)


def secure_rows(connection: Connection) -> None:
    """Install the policies as the owner of the tables, unless they are what this code makes."""
    quote = connection.dialect.identifier_preparer.quote
    schema = quote(connection.scalar(text("SELECT current_schema()")))
    keeper = quote(
        connection.scalar(
            text("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'change'::regclass")
        )
    )
    statements = [*list_statements(f"SET search_path = {schema}, pg_temp", keeper)]
    mark = hashlib.sha256("".join(statements).encode()).hexdigest()
    if connection.scalar(text(INSTALLED)) == mark:
        return
    connection.exec_driver_sql(REMOVAL)
    for statement in (*statements, f"COMMENT ON FUNCTION enishi_person() IS '{mark}'"):
        connection.exec_driver_sql(statement)


def list_statements(path: str, keeper: str) -> Iterator[str]:
    """Yield all that makes the policies.

    Args:
        path: the clause that sets where functions look for tables.
        keeper: the owner of the tables, quoted.
    """
    yield FUNCTIONS.format(path=path)
    for table in metadata.tables:
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS keeper ON "{table}"'
        yield f'CREATE POLICY keeper ON "{table}" TO {keeper} USING (true)'
    yield ACCOUNTS
    yield SHARES.format(path=path)
    for table in TABLES:
        yield f'CREATE POLICY own ON "{table}" USING (owner = enishi_person())'
    for table, sql_table in ROOM_TABLES.items():
        yield from _room_policies(table)
        yield _column_check(sql_table, path)


def list_grants(account: str) -> Iterator[str]:
    """Yield what gives the account of the pages, quoted, the rights that policies narrow down."""
    rows = ", ".join(f'"{table}"' for table in (*TABLES, *ROOM_TABLES, "change"))
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {rows} TO {account}"
    shares = ", ".join(each.name for each in SHARE_TABLES)
    yield f"GRANT SELECT, INSERT, DELETE ON {shares} TO {account}"
    yield f"GRANT UPDATE ON share, share_page TO {account}"
    yield f"GRANT UPDATE (state, quote) ON share_comment TO {account}"
    yield f"GRANT USAGE ON SEQUENCE change_seq_seq TO {account}"
    yield f"GRANT SELECT, INSERT, DELETE ON entry TO {account}"
    yield f"GRANT SELECT (id, name, role, made_at, ends_at) ON person TO {account}"
    yield f"GRANT UPDATE (key_hash, ends_at) ON person TO {account}"
    yield f"GRANT SELECT ON alembic_version TO {account}"


def _room_policies(table: str) -> Iterator[str]:
    """Yield the policies of a table of rooms."""
    here = "owner = enishi_room()"
    own = " OR person_id = enishi_person()" if table == "room_seat" else ""
    yield f"CREATE POLICY seen ON {table} FOR SELECT USING ({here} AND {HERE}{own})"
    yield f"CREATE POLICY made ON {table} FOR INSERT WITH CHECK ({here} AND ({_maker(table)}))"
    yield f"CREATE POLICY removed ON {table} FOR DELETE USING ({here} AND ({_remover(table)}))"
    writers = [_actor(table, actor, table) for actor in RIGHTS[table]]
    writers += [f"{SEAT} IS NOT NULL"] if table in ANNOUNCED else []
    writers += [clears for _, clears in _clearings(table, table)]
    yield (
        f"CREATE POLICY written ON {table} FOR UPDATE USING ({here} AND ({' OR '.join(writers)})) "
        f"WITH CHECK ({here})"
    )


def _actor(table: str, actor: str, row: str) -> str:
    """Return the condition that whoever asks is an actor towards `row` of a table."""
    if actor == "host":
        return LEADS
    if actor == "own":
        return f"{row}.{'id' if table == 'room_seat' else 'seat_id'} = {SEAT}"
    return (
        f"EXISTS (SELECT FROM room_request r WHERE r.owner = {row}.owner "
        f"AND r.id = {row}.request_id AND r.seat_id = {SEAT})"
    )


def _maker(table: str, row: str = "") -> str:
    """Return the condition that whoever asks may add `row`: the host also for the invented."""
    row = row or table
    if table == "room_stage":
        return "false"
    if table == "room_seat":
        return f"{LEADS} AND {row}.invented"
    if table in WITH_A_SEAT:
        return f"{_actor(table, 'own', row)} OR {_is_invented(row, 'seat_id')}"
    return LEADS


def _remover(table: str, row: str = "") -> str:
    """Return the condition that whoever asks may remove `row`."""
    row = row or table
    seats = [name for name, target in links_of(ROOM_TABLES[table]).items() if target == "room_seat"]
    invented = [_is_invented(row, name) for name in seats if name != "seat_id"]
    by_host = [LEADS] if table in CLEARED_BY_HOST else []
    return " OR ".join([_maker(table, row), *invented, *by_host])


def _is_invented(row: str, column: str) -> str:
    return f"{LEADS} AND enishi_is_invented({row}.{column})"


def _clearings(table: str, row: str) -> Iterator[tuple[str, str]]:
    """Yield each link of a table, and the condition that whoever asks may remove its target.

    Then the link goes with it, on rows that are others'.
    """
    for column, target in links_of(ROOM_TABLES[table]).items():
        yield (
            column,
            f"EXISTS (SELECT FROM {target} t WHERE t.owner = {row}.owner "
            f"AND t.id = {row}.{column} AND ({_remover(target, 't')}))",
        )


def _column_check(sql_table: Table, path: str) -> str:
    """Return the trigger of a table of rooms that lets each actor write their columns alone."""
    table, rights = sql_table.name, RIGHTS[sql_table.name]
    maker: Actor = "own" if table in WITH_A_SEAT else "host"
    steps = [
        (_actor(table, actor, "OLD"), columns - {SETTLED.get(table, "")})
        for actor, columns in rights.items()
    ]
    steps += [(f"{SEAT} IS NOT NULL", columns) for columns in (ANNOUNCED.get(table),) if columns]
    steps += [
        (f"NEW.{column} IS NULL AND {clears}", frozenset({column}))
        for column, clears in _clearings(table, "OLD")
    ]
    invented = "NEW.invented" if table == "room_seat" else "enishi_is_invented(NEW.seat_id)"
    return CHECK.format(
        table=table,
        path=path,
        invented=f"{LEADS} AND {invented}" if table in WITH_A_SEAT else "false",
        defaults=json.dumps(dict(default_row(sql_table)), ensure_ascii=False),
        made=_listed({"id", "owner", "version", "seat_id"} | rights.get(maker, frozenset())),
        steps="\n".join(
            f"    IF {condition} THEN allowed := allowed || '{{{names}}}'::text[]; END IF;"
            for condition, names in ((condition, _listed(columns)) for condition, columns in steps)
        ),
    )


def _listed(columns: set[str] | frozenset[str]) -> str:
    """Return columns as the elements of an array, always in one order."""
    return ",".join(f'"{each}"' for each in sorted(columns))
