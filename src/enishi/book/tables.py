"""The person's nouns: one table each, and what each of their columns may hold.

Everything is text, whole number, yes/no or a list of texts, so that SQLite and PostgreSQL keep
the same values and a row is plain JSON in the journal. A day is text, `2026-11-20`; an instant is
text in UTC, `2026-11-20T07:31:00Z`. Empty text means "not said".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

import msgspec
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

LINE = 300
"""Longest single-line text, in characters."""
NOTE = 4000
"""Longest text of several lines, in characters."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text_line(name: str, longest: int = LINE) -> Column[str]:
    """A text on one line."""
    return Column(name, Text, nullable=False, default="", info={"longest": longest, "lines": 1})


def text_block(name: str) -> Column[str]:
    """A text that may run over several lines."""
    return Column(name, Text, nullable=False, default="", info={"longest": NOTE})


def date_text(name: str) -> Column[str]:
    """A day as `YYYY-MM-DD`, or empty."""
    return Column(name, Text, nullable=False, default="", info={"day": True})


def timestamp(name: str) -> Column[str]:
    """An instant in UTC as `YYYY-MM-DDTHH:MM:SSZ`, or empty."""
    return Column(name, Text, nullable=False, default="", info={"moment": True})


def integer(name: str, least: int, most: int, default: int | None = None) -> Column[Any]:
    """A whole number from `least` to `most`; nothing said is None unless there is a default."""
    return Column(
        name, Integer, nullable=default is None, default=default, info={"range": (least, most)}
    )


def flag(name: str) -> Column[bool]:
    """Yes or no; no unless said."""
    return Column(name, Boolean, nullable=False, default=False)


def choice(name: str, *words: str, default: str = "") -> Column[str]:
    """One word of a few; empty while not chosen."""
    return Column(name, Text, nullable=False, default=default, info={"choices": ("", *words)})


def text_list(name: str, most: int = 40) -> Column[Any]:
    """A list of single-line texts."""
    return Column(name, JSON, nullable=False, default=list, info={"longest": LINE, "most": most})


def link(name: str, noun: str) -> Column[str | None]:
    """The id of a row of `declare_table`, or None."""
    return Column(name, Text, nullable=True, info={"noun": noun})


def declare_table(name: str, *columns: Column[Any]) -> Table:
    """One of the person's nouns: `owner` (whose book), `id`, `version`, then its own columns."""
    links = [
        ForeignKeyConstraint(
            ["owner", column.name],
            [f"{column.info['noun']}.owner", f"{column.info['noun']}.id"],
            deferrable=True,
            initially="DEFERRED",  # within a batch rows may name each other in any order
        )
        for column in columns
        if "noun" in column.info
    ]
    indexes = [Index(None, "owner", column) for column in columns if "noun" in column.info]
    return Table(
        name,
        metadata,
        Column("owner", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False, default=1),
        *columns,
        *links,
        *indexes,
        info={"noun": True},
    )


GIVES = (
    "teach",
    "connect",
    "make",
    "listen",
    "spread",
    "host",
    "research",
    "cheer",
    "try",
    "share",
)
"""The ten ways to give, G1 to G10."""
SIZES = ("small", "medium", "large")
"""How much a give asks of the giver: up to 5 minutes, 30 minutes, 2 hours."""

LETTERS = (
    "thanks",
    "second",
    "promise",
    "grateful",
    "impression",
    "hand",
    "wishes",
    "news",
    "advice",
    "ask_introduction",
    "forward",
    "introduced",
    "report",
    "consent",
    "introduce",
    "decline",
    "refuse",
)
"""The kinds of message that have a draft."""
LEVELS = ("friendly", "polite", "formal")
"""Three levels of politeness."""
KNOWN_AS = ("just_met", "known")
"""Somebody met just now, or known before they were written down."""

setting = declare_table(
    "setting",  # one row a name, its id: language, word, calendar, capacity, switched-off rules, …
    text_block("value"),
)

goal = declare_table(
    "goal",
    text_block("wish"),  # who I want to become
    date_text("by"),
    text_line("proof"),  # how I shall know it is done
    choice("area", "work", "private"),
    choice("start", "work", "study", "introduced"),  # the starting point chosen
    integer("rung", 0, 4),  # where I stand on the ladder myself
    text_line("rung_words"),  # the ladder's field, in the person's words
    text_block("obstacle"),  # what in me stands in the way
    text_block("outcome"),
    choice("phase", "explore", "deepen", "introduced", default="explore"),
    flag("closed"),
)

reflection = (
    declare_table(  # what the person noted at the end of a screen; its id is the screen's name
        "reflection",
        text_block("text"),
    )
)

plan = declare_table(  # an if-then plan
    "plan",
    link("goal_id", "goal"),
    text_line("cue"),  # if …
    text_line("act"),  # then …
    flag("for_obstacle"),
)

role = declare_table(  # a kind of person to meet
    "role",
    link("goal_id", "goal"),
    text_line("name"),
    text_line("does"),  # what they do
    integer("rung", 0, 4),
    text_line("question_1"),
    text_line("question_2"),
    text_line("question_3"),
    text_line("gift_1"),
    text_line("gift_2"),
    text_line("not_if"),  # what rules them out
)

contact = declare_table(
    "contact",
    text_line("name", 200),
    text_line("family"),
    text_line("given"),
    text_line("family_kana"),
    text_line("given_kana"),
    text_line("called"),  # how the person likes to be called
    text_line("organisation"),
    text_line("department"),
    text_line("title"),
    text_line("email"),
    text_line("phone"),
    text_line("url"),
    text_line("birthday"),
    choice("channel", "meet", "phone", "email", "line", "sns", "letter"),
    text_line("how_met"),
    text_line("where_met"),
    choice("known_as", *KNOWN_AS),  # since when we know each other; empty: not said
    date_text("met_on"),
    link("through_id", "contact"),  # who introduced us
    link("role_id", "role"),
    text_list("circles"),
    text_list("topics"),  # what they talk about, what they do, their hobbies
    text_list("needs"),  # what they are looking for
    integer("rung", 0, 4),
    integer("comfort", 1, 5),
    integer("respect", 1, 5),
    choice("afternoon", "gladly", "unsure", "rather_not"),  # a free afternoon together?
    flag("focus"),  # one of at most five
    text_block("pleases"),  # what would please them
    choice("pleases_source", "said", "seen", "guess"),
    text_block("own_idea"),  # my own idea of a gift, before the catalogue
    text_block("they_gain"),
    text_block("i_gain"),
    text_block("hope"),  # what I hope for, for myself alone
    text_block("respect_for"),  # what I respect in them
    flag("companion"),  # the person says: we are companions
    flag("closed"),  # let it rest
    flag("do_not_contact"),
    date_text("quiet_until"),
    text_list("signs"),  # warning signs of solicitation, by their code
    integer("cadence_days", 1, 3650),  # my own rhythm with this person
    choice("politeness", *LEVELS),  # how I write to them
    text_block("next_step"),
    date_text("next_on"),
    choice("source", "typed", "linkedin", "google", "sample", default="typed"),
    text_line("source_key"),  # recognises the same row of the same file
    date_text("acquired_on"),
    text_block("note"),
    date_text("trashed_on"),
)

place = declare_table(  # where such people appear
    "place",
    link("goal_id", "goal"),
    link("role_id", "role"),
    text_line("name"),
    choice("rhythm", "weekly", "monthly", "once"),
    integer("size", 1, 100000),
    integer("fit", 0, 3),  # could it become a place of mine?
    date_text("next_on"),
    link("entrance_id", "contact"),  # who can let me in
    choice("kind", "work", "study", "hobby", "online", "company"),
    text_list("signs"),  # warning signs of solicitation, by their code
    flag("unknown_organiser"),
    text_block("note"),
)

strength = declare_table(
    "strength",
    text_line("name"),
    choice("prompt", "thanked", "easy", "time_flies", "like"),  # where it came to mind
    choice("give", *GIVES),  # how it is given
    integer("good_at", 1, 5),
    integer("like", 1, 5),
    integer("level", 0, 4),  # claimed
    integer("energy", -1, 1),
    flag("grow"),  # the one to grow
    integer("grow_minutes", 5, 600),  # a week
    text_line("grow_how"),
    text_line("grow_when"),
    flag("core"),
    text_block("note"),
)

evidence = declare_table(  # what shows a strength
    "evidence",
    link("strength_id", "strength"),
    choice("grade", "feeling", "episode", "words", "record"),
    text_block("what"),
    date_text("on"),
    link("from_id", "contact"),
)

voice = declare_table(  # what somebody outside said when asked
    "voice",
    text_line("who", 200),
    link("contact_id", "contact"),
    date_text("asked_on"),
    date_text("answered_on"),
    text_block("words"),
    text_list("picks"),  # names of strengths they see
    integer("level", 0, 4),
    link("strength_id", "strength"),
)

offer = (
    declare_table(  # one of the ten ways to give, in three sizes, filled from one's own strengths
        "offer",
        choice("give", *GIVES),
        choice("size", *SIZES),
        text_line("what"),
        integer("minutes", 1, 600),
        link("strength_id", "strength"),
    )
)

introduction_text = declare_table(  # how I introduce myself
    "introduction_text",
    choice("seconds", "10", "30", "60"),
    text_block("text"),
)

tie = declare_table(  # who knows whom
    "tie",
    link("a_id", "contact"),
    link("b_id", "contact"),
    choice("state", "strangers", "acquainted", "close"),
    choice("a_says", "yes", "not_now"),  # would they like to meet the other?
    choice("b_says", "yes", "not_now"),
    text_line("kind"),
)

encounter = declare_table(
    "encounter",
    link("contact_id", "contact"),
    date_text("on"),
    timestamp("at"),
    choice(
        "kind", "met", "meal", "call", "video", "message", "letter", "sns", "event", default="met"
    ),
    choice("started_by", "me", "them", "other"),
    integer("minutes", 0, 1440),
    choice("setting", "leisure", "task", "duty"),
    flag("two_way"),
    flag("disclosed_out"),  # I spoke of myself
    flag("disclosed_in"),  # they did
    flag("act_in"),  # they relied on me, introduced me, encouraged me
    integer("ask_size", 1, 4),
    choice("ask_answer", "yes", "no", "open"),
    link("event_id", "event"),
    integer("comfort", 1, 5),
    flag("hard"),  # it was hard for me
    text_block("note"),
)

give = declare_table(
    "give",
    link("contact_id", "contact"),
    choice("direction", "out", "in", default="out"),
    choice("state", "planned", "done", "let_go", default="planned"),
    choice("way", *GIVES),
    choice("size", *SIZES),
    text_line("what"),
    integer("minutes", 1, 600),
    date_text("on"),
    choice("wanted", "yes", "no"),  # they said they want it, or their trouble can be seen
    choice("easy", "yes", "no"),  # I can do it without strain
    choice("no_strings", "yes", "no"),  # glad even if nothing ever comes back
    text_block("effect"),  # what it did for them
    link("strength_id", "strength"),
)

promise = declare_table(
    "promise",
    link("contact_id", "contact"),
    choice("by", "me", "them", default="me"),
    text_line("words"),  # in the words they were said
    choice("kind", "meal", "send", "introduce", "contact"),  # '': as the words sound
    date_text("said_on"),
    date_text("due"),
    choice("state", "open", "kept", "let_go", "broken", default="open"),
    date_text("closed_on"),
)

introduction = declare_table(
    "introduction",
    link("bridge_id", "contact"),  # who introduces
    link("target_id", "contact"),
    text_line("target_words"),  # whom, while not in the book
    choice(
        "state",
        "planned",
        "asked",
        "bridge_agreed",
        "target_agreed",
        "introduced",
        "thanked",
        "reported",
        "let_go",
        default="planned",
    ),
    date_text("on"),  # of the last step
    text_block("why"),  # to the one who introduces
    text_block("to_target"),  # to the one to be met
    text_block("for_them"),
    text_block("text"),  # to be forwarded
)

message = declare_table(  # what one writes to somebody; the workbook itself never sends anything
    "message",
    link("contact_id", "contact"),
    link("other_id", "contact"),  # the second of two who are introduced
    choice("kind", *LETTERS),
    choice("level", *LEVELS, default="polite"),
    choice("language", "ja", "en", default="ja"),  # of the message, not of the screen
    text_line("subject"),
    text_block("text"),
    link("promise_id", "promise"),  # what it keeps, gives or asks for
    link("give_id", "give"),
    link("introduction_id", "introduction"),
    date_text("on"),  # begun, or sent
    flag("sent"),  # the person says: I sent it
)

event = declare_table(
    "event",
    link("place_id", "place"),
    link("host_id", "contact"),  # whose event it is
    text_line("name"),
    date_text("on"),
    choice("kind", "mixer", "study", "hobby", "meal", "online", "work", default="study"),
    integer("pressure", 0, 10),
    choice("guess", "peers", "learn", "clients", "crowd", "teach"),  # why they are probably there
    text_block("why_here"),  # the same in my words
    choice("guess_was", "so", "partly", "otherwise"),  # what it turned out to be
    text_block("bring"),
    flag("done"),
    text_block("note"),
)

review = declare_table(
    "review",
    choice("kind", "week", "month", "quarter", "dials", default="week"),
    date_text("on"),
    integer("dial_goal", 0, 10),  # I know who I want to become
    integer("dial_benefit", 0, 10),  # I think of the other's benefit
    integer("dial_time", 0, 10),  # I give it time
    text_block("went_well"),
    text_block("thank_whom"),
    text_block("let_go"),
    text_block("next"),
    text_block("changed"),  # what changed in me
    text_block("tried"),  # the experiment of the month
    text_block("learned"),  # what did not work out, and what it taught
    text_line("book"),  # a book that was read
    text_line("book_act"),  # the one thing of it that is tried, and by when
    choice("still_mine", "yes", "reshape", "no"),  # is this goal still mine?
    flag("rest"),  # a week of rest
)


class Touched(TypedDict):
    """One row that a call touched; see `enishi.book.journal`."""

    noun: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Touches(TypeDecorator[list[Any]]):
    """A list of `Touched` as JSON; what is read and is none raises `msgspec.DecodeError`."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any, dialect: object) -> list[Any] | None:
        """Check what was read."""
        for touch in msgspec.convert(value, list[Touched]):
            for side in (touch["before"], touch["after"]):
                if side is not None and "version" not in side:
                    raise msgspec.DecodeError("A row of the journal has no version.")
        return value  # type: ignore[no-any-return]


change = Table(  # the journal: one row a call, written in the transaction of that call
    "change",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("owner", Text, nullable=False),
    Column("batch", Text, nullable=False),  # the call's own id; an import is one call of many rows
    Column("verb", Text, nullable=False),  # what was done: add, write, drop, import, undo, …
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("undoes", Text, nullable=True),  # the batch that this one takes back
    Column("size", Integer, nullable=False),  # how many rows it touched
    Column("rows", Touches, nullable=False),  # [{noun, id, before, after}]; see enishi.book.journal
    Index(None, "owner", "seq"),
    Index(None, "owner", "batch"),
    sqlite_autoincrement=True,  # a number once given is never given again
)

person = Table(  # who may enter a server for many persons; the owner of a book is a person's id
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),  # participant or facilitator
    Column("key_hash", Text, nullable=False),  # the key itself is known to its person alone
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),  # from then on the key opens nothing; empty is never
    Index(None, "key_hash", unique=True),
)

session = Table(  # a browser that a person entered with; leaving removes the row
    "session",
    metadata,
    Column("hash", Text, primary_key=True),  # the number itself is known to that browser alone
    Column("person_id", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Index(None, "person_id"),
)


def declared_tables() -> Iterator[Table]:
    """Yield the person's tables, each after those it refers to."""
    yield from (table for table in metadata.sorted_tables if table.info.get("noun"))


TABLES = {table.name: table for table in declared_tables()}
"""The person's tables by name."""


def own_columns(table: Table) -> list[Column[Any]]:
    """Return the columns a person fills, without owner, id and version."""
    return [column for column in table.columns if column.name not in ("owner", "id", "version")]
