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


def line(name: str, longest: int = LINE) -> Column[str]:
    """A text on one line."""
    return Column(name, Text, nullable=False, default="", info={"longest": longest, "lines": 1})


def note(name: str) -> Column[str]:
    """A text that may run over several lines."""
    return Column(name, Text, nullable=False, default="", info={"longest": NOTE})


def day(name: str) -> Column[str]:
    """A day as `YYYY-MM-DD`, or empty."""
    return Column(name, Text, nullable=False, default="", info={"day": True})


def moment(name: str) -> Column[str]:
    """An instant in UTC as `YYYY-MM-DDTHH:MM:SSZ`, or empty."""
    return Column(name, Text, nullable=False, default="", info={"moment": True})


def number(name: str, least: int, most: int, default: int | None = None) -> Column[Any]:
    """A whole number from `least` to `most`; nothing said is None unless there is a default."""
    return Column(
        name, Integer, nullable=default is None, default=default, info={"range": (least, most)}
    )


def yes(name: str) -> Column[bool]:
    """Yes or no; no unless said."""
    return Column(name, Boolean, nullable=False, default=False)


def choice(name: str, *words: str, default: str = "") -> Column[str]:
    """One word of a few; empty while not chosen."""
    return Column(name, Text, nullable=False, default=default, info={"choices": ("", *words)})


def texts(name: str, most: int = 40) -> Column[Any]:
    """A list of single-line texts."""
    return Column(name, JSON, nullable=False, default=list, info={"longest": LINE, "most": most})


def other(name: str, noun: str) -> Column[str | None]:
    """The id of a row of `noun`, or None."""
    return Column(name, Text, nullable=True, info={"noun": noun})


def noun(name: str, *columns: Column[Any]) -> Table:
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

setting = noun(
    "setting",  # one row a name, its id: language, word, calendar, capacity, switched-off rules, …
    note("value"),
)

goal = noun(
    "goal",
    note("wish"),  # who I want to become
    day("by"),
    line("proof"),  # how I shall know it is done
    choice("area", "work", "private"),
    choice("start", "work", "study", "introduced"),  # the starting point chosen
    number("rung", 0, 4),  # where I stand on the ladder myself
    line("rung_words"),  # the ladder's field, in the person's words
    note("obstacle"),  # what in me stands in the way
    note("outcome"),
    choice("phase", "explore", "deepen", "introduced", default="explore"),
    yes("closed"),
)

reflection = noun(  # what the person noted at the end of a screen; its id is the screen's name
    "reflection",
    note("text"),
)

plan = noun(  # an if-then plan
    "plan",
    other("goal_id", "goal"),
    line("cue"),  # if …
    line("act"),  # then …
    yes("for_obstacle"),
)

role = noun(  # a kind of person to meet
    "role",
    other("goal_id", "goal"),
    line("name"),
    line("does"),  # what they do
    number("rung", 0, 4),
    line("question_1"),
    line("question_2"),
    line("question_3"),
    line("gift_1"),
    line("gift_2"),
    line("not_if"),  # what rules them out
)

contact = noun(
    "contact",
    line("name", 200),
    line("family"),
    line("given"),
    line("family_kana"),
    line("given_kana"),
    line("called"),  # how the person likes to be called
    line("organisation"),
    line("department"),
    line("title"),
    line("email"),
    line("phone"),
    line("url"),
    line("birthday"),
    choice("channel", "meet", "phone", "email", "line", "sns", "letter"),
    line("how_met"),
    line("where_met"),
    choice("known_as", *KNOWN_AS),  # since when we know each other; empty: not said
    day("met_on"),
    other("through_id", "contact"),  # who introduced us
    other("role_id", "role"),
    texts("circles"),
    texts("topics"),  # what they talk about, what they do, their hobbies
    texts("needs"),  # what they are looking for
    number("rung", 0, 4),
    number("comfort", 1, 5),
    number("respect", 1, 5),
    choice("afternoon", "gladly", "unsure", "rather_not"),  # a free afternoon together?
    yes("focus"),  # one of at most five
    note("pleases"),  # what would please them
    choice("pleases_source", "said", "seen", "guess"),
    note("own_idea"),  # my own idea of a gift, before the catalogue
    note("they_gain"),
    note("i_gain"),
    note("hope"),  # what I hope for, for myself alone
    note("respect_for"),  # what I respect in them
    yes("companion"),  # the person says: we are companions
    yes("closed"),  # let it rest
    yes("do_not_contact"),
    day("quiet_until"),
    texts("signs"),  # warning signs of solicitation, by their code
    number("cadence_days", 1, 3650),  # my own rhythm with this person
    choice("politeness", *LEVELS),  # how I write to them
    note("next_step"),
    day("next_on"),
    choice("source", "typed", "linkedin", "google", "sample", default="typed"),
    line("source_key"),  # recognises the same row of the same file
    day("acquired_on"),
    note("note"),
    day("trashed_on"),
)

place = noun(  # where such people appear
    "place",
    other("goal_id", "goal"),
    other("role_id", "role"),
    line("name"),
    choice("rhythm", "weekly", "monthly", "once"),
    number("size", 1, 100000),
    number("fit", 0, 3),  # could it become a place of mine?
    day("next_on"),
    other("entrance_id", "contact"),  # who can let me in
    choice("kind", "work", "study", "hobby", "online", "company"),
    texts("signs"),  # warning signs of solicitation, by their code
    yes("unknown_organiser"),
    note("note"),
)

strength = noun(
    "strength",
    line("name"),
    choice("prompt", "thanked", "easy", "time_flies", "like"),  # where it came to mind
    choice("give", *GIVES),  # how it is given
    number("good_at", 1, 5),
    number("like", 1, 5),
    number("level", 0, 4),  # claimed
    number("energy", -1, 1),
    yes("grow"),  # the one to grow
    number("grow_minutes", 5, 600),  # a week
    line("grow_how"),
    line("grow_when"),
    yes("core"),
    note("note"),
)

evidence = noun(  # what shows a strength
    "evidence",
    other("strength_id", "strength"),
    choice("grade", "feeling", "episode", "words", "record"),
    note("what"),
    day("on"),
    other("from_id", "contact"),
)

voice = noun(  # what somebody outside said when asked
    "voice",
    line("who", 200),
    other("contact_id", "contact"),
    day("asked_on"),
    day("answered_on"),
    note("words"),
    texts("picks"),  # names of strengths they see
    number("level", 0, 4),
    other("strength_id", "strength"),
)

offer = noun(  # one of the ten ways to give, in three sizes, filled from one's own strengths
    "offer",
    choice("give", *GIVES),
    choice("size", *SIZES),
    line("what"),
    number("minutes", 1, 600),
    other("strength_id", "strength"),
)

introduction_text = noun(  # how I introduce myself
    "introduction_text",
    choice("seconds", "10", "30", "60"),
    note("text"),
)

tie = noun(  # who knows whom
    "tie",
    other("a_id", "contact"),
    other("b_id", "contact"),
    choice("state", "strangers", "acquainted", "close"),
    choice("a_says", "yes", "not_now"),  # would they like to meet the other?
    choice("b_says", "yes", "not_now"),
    line("kind"),
)

encounter = noun(
    "encounter",
    other("contact_id", "contact"),
    day("on"),
    moment("at"),
    choice(
        "kind", "met", "meal", "call", "video", "message", "letter", "sns", "event", default="met"
    ),
    choice("started_by", "me", "them", "other"),
    number("minutes", 0, 1440),
    choice("setting", "leisure", "task", "duty"),
    yes("two_way"),
    yes("disclosed_out"),  # I spoke of myself
    yes("disclosed_in"),  # they did
    yes("act_in"),  # they relied on me, introduced me, encouraged me
    number("ask_size", 1, 4),
    choice("ask_answer", "yes", "no", "open"),
    other("event_id", "event"),
    number("comfort", 1, 5),
    yes("hard"),  # it was hard for me
    note("note"),
)

give = noun(
    "give",
    other("contact_id", "contact"),
    choice("direction", "out", "in", default="out"),
    choice("state", "planned", "done", "let_go", default="planned"),
    choice("way", *GIVES),
    choice("size", *SIZES),
    line("what"),
    number("minutes", 1, 600),
    day("on"),
    choice("wanted", "yes", "no"),  # they said they want it, or their trouble can be seen
    choice("easy", "yes", "no"),  # I can do it without strain
    choice("no_strings", "yes", "no"),  # glad even if nothing ever comes back
    note("effect"),  # what it did for them
    other("strength_id", "strength"),
)

promise = noun(
    "promise",
    other("contact_id", "contact"),
    choice("by", "me", "them", default="me"),
    line("words"),  # in the words they were said
    choice("kind", "meal", "send", "introduce", "contact"),  # '': as the words sound
    day("said_on"),
    day("due"),
    choice("state", "open", "kept", "let_go", "broken", default="open"),
    day("closed_on"),
)

introduction = noun(
    "introduction",
    other("bridge_id", "contact"),  # who introduces
    other("target_id", "contact"),
    line("target_words"),  # whom, while not in the book
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
    day("on"),  # of the last step
    note("why"),  # to the one who introduces
    note("to_target"),  # to the one to be met
    note("for_them"),
    note("text"),  # to be forwarded
)

message = noun(  # what one writes to somebody; the workbook itself never sends anything
    "message",
    other("contact_id", "contact"),
    other("other_id", "contact"),  # the second of two who are introduced
    choice("kind", *LETTERS),
    choice("level", *LEVELS, default="polite"),
    choice("language", "ja", "en", default="ja"),  # of the message, not of the screen
    line("subject"),
    note("text"),
    other("promise_id", "promise"),  # what it keeps, gives or asks for
    other("give_id", "give"),
    other("introduction_id", "introduction"),
    day("on"),  # begun, or sent
    yes("sent"),  # the person says: I sent it
)

event = noun(
    "event",
    other("place_id", "place"),
    other("host_id", "contact"),  # whose event it is
    line("name"),
    day("on"),
    choice("kind", "mixer", "study", "hobby", "meal", "online", "work", default="study"),
    number("pressure", 0, 10),
    choice("guess", "peers", "learn", "clients", "crowd", "teach"),  # why they are probably there
    note("why_here"),  # the same in my words
    choice("guess_was", "so", "partly", "otherwise"),  # what it turned out to be
    note("bring"),
    yes("done"),
    note("note"),
)

review = noun(
    "review",
    choice("kind", "week", "month", "quarter", "dials", default="week"),
    day("on"),
    number("dial_goal", 0, 10),  # I know who I want to become
    number("dial_benefit", 0, 10),  # I think of the other's benefit
    number("dial_time", 0, 10),  # I give it time
    note("went_well"),
    note("thank_whom"),
    note("let_go"),
    note("next"),
    note("changed"),  # what changed in me
    note("tried"),  # the experiment of the month
    note("learned"),  # what did not work out, and what it taught
    line("book"),  # a book that was read
    line("book_act"),  # the one thing of it that is tried, and by when
    choice("still_mine", "yes", "reshape", "no"),  # is this goal still mine?
    yes("rest"),  # a week of rest
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


def nouns() -> Iterator[Table]:
    """Yield the person's tables, each after those it refers to."""
    yield from (table for table in metadata.sorted_tables if table.info.get("noun"))


NOUNS = {table.name: table for table in nouns()}
"""The person's tables by name."""


def own_columns(table: Table) -> list[Column[Any]]:
    """Return the columns a person fills, without owner, id and version."""
    return [column for column in table.columns if column.name not in ("owner", "id", "version")]
