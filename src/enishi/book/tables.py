"""The tables of a book, and what each of their columns may hold.

Every value is text, an integer, yes/no or a list of texts, so that SQLite and PostgreSQL store the
same values and a row is plain JSON in the journal. A day is text, `2026-11-20`; an instant is text
in UTC, `2026-11-20T07:31:00Z`. Empty text means "not set".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
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

from enishi.choices import (
    ASKED_LATER,
    CAME,
    CLOSENESS,
    COLOURS,
    DEPTHS,
    DETAILS,
    FACTS,
    FILE_SOURCES,
    GIVES,
    INTRODUCTION_STEPS,
    KNOWN_AS,
    LAST_TALKS,
    LETTERS,
    LEVELS,
    RELATIONS,
    SIZES,
    STEPS_AHEAD,
    WAY_KINDS,
)

LINE = 300
"""Maximum length of a single-line text in characters."""
NOTE = 4000
"""Maximum length of a multi-line text in characters."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text_line(name: str, longest: int = LINE) -> Column[str]:
    """Declare a single-line text."""
    return Column(name, Text, nullable=False, default="", info={"longest": longest, "lines": 1})


def text_block(name: str) -> Column[str]:
    """Declare a text of several lines."""
    return Column(name, Text, nullable=False, default="", info={"longest": NOTE})


def date_text(name: str) -> Column[str]:
    """Declare a day as `YYYY-MM-DD`, or empty."""
    return Column(name, Text, nullable=False, default="", info={"day": True})


def timestamp(name: str) -> Column[str]:
    """Declare an instant in UTC as `YYYY-MM-DDTHH:MM:SSZ`, or empty."""
    return Column(name, Text, nullable=False, default="", info={"moment": True})


def integer(name: str, least: int, most: int, default: int | None = None) -> Column[Any]:
    """Declare an integer from `least` to `most`; None means "not set" unless there is a default."""
    kind = Integer() if most < 2**31 else BigInteger().with_variant(Integer(), "sqlite")
    return Column(
        name, kind, nullable=default is None, default=default, info={"range": (least, most)}
    )


def flag(name: str) -> Column[bool]:
    """Declare a yes/no value, no by default."""
    return Column(name, Boolean, nullable=False, default=False)


def choice(name: str, *words: str, default: str = "") -> Column[str]:
    """Declare a text that is one of `words`, or empty."""
    return Column(name, Text, nullable=False, default=default, info={"choices": ("", *words)})


def text_list(name: str, most: int = 40) -> Column[Any]:
    """Declare a list of at most `most` single-line texts."""
    return Column(name, JSON, nullable=False, default=list, info={"longest": LINE, "most": most})


def link(name: str, table: str) -> Column[str | None]:
    """Declare a link: the id of a row of `table`, or None."""
    return Column(name, Text, nullable=True, info={"links_to": table})


def retired(column: Column[Any]) -> Column[Any]:
    """Mark a column that no sheet asks for any longer; what was written there can still be read."""
    column.info["retired"] = True
    return column


def declare_table(name: str, *columns: Column[Any], kind: str = "person") -> Table:
    """Declare a table: `owner` (whose book), `id` and `version`, then its own columns.

    `kind` says whose rows it holds: a person's, or a room's (`enishi.book.room_tables`).
    """
    links = [
        ForeignKeyConstraint(
            ["owner", column.name],
            [f"{column.info['links_to']}.owner", f"{column.info['links_to']}.id"],
            deferrable=True,
            initially="DEFERRED",  # within a batch rows may refer to each other in any order
        )
        for column in columns
        if "links_to" in column.info
    ]
    indexes = [Index(None, "owner", column) for column in columns if "links_to" in column.info]
    return Table(
        name,
        metadata,
        Column("owner", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False, default=1),
        *columns,
        *links,
        *indexes,
        info={"kind": kind},
    )


setting = declare_table(
    "setting",  # one row per setting, its id is the name: language, capacity, switched-off rules, …
    text_block("value"),
)

goal = declare_table(
    "goal",
    text_block("wish"),  # who the person wants to become
    date_text("by"),
    text_line("proof"),  # how the person recognises that it is reached
    choice("area", "work", "private", "both"),  # empty: not said
    choice("start", "work", "study", "introduced", "keep"),  # what brought the person here
    retired(integer("rung", 0, 4)),
    retired(text_line("rung_words")),
    text_block("obstacle"),  # the person's inner obstacle
    text_block("outcome"),
    text_line("curious"),  # a circle of somebody near that the person would like to know
    choice("phase", "explore", "deepen", "introduced", default="explore"),
    flag("closed"),
    date_text("closed_on"),
    text_block("closing"),  # the person's last words on it
)

way = declare_table(  # a way to the goal
    "way",
    link("goal_id", "goal"),
    choice("kind", *WAY_KINDS),  # empty: one more
    text_line("words"),
    text_line("heard_from"),  # who named it; empty: found alone
    flag("chosen"),  # at most one of a goal
)

reflection = declare_table(  # the person's note at the end of a sheet; its id is the sheet's name
    "reflection",
    text_block("text"),
)

plan = declare_table(  # an if-then plan
    "plan",
    link("goal_id", "goal"),
    text_line("cue"),  # if …
    text_line("act"),  # then …
    flag("for_obstacle"),
    link("place_id", "place"),  # the moment is when the person arrives there
    date_text("on"),  # the day the moment is expected next
    choice("came", "yes", "no"),  # whether it came, as answered on `asked_on`
    text_block("did"),  # what the person did then
    text_block("keep"),  # what they will keep of it
    date_text("asked_on"),
)

role = declare_table(  # a kind of person to meet
    "role",
    link("goal_id", "goal"),
    text_line("name"),
    text_line("does"),  # what they do
    choice("ahead", *STEPS_AHEAD),  # empty: not said
    text_line("nearer"),  # of one far ahead: who is between, as the person says it
    text_line("directly"),  # or why they turn to that one directly all the same
    flag("needed_now"),  # the one the goal needs now; at most one of a goal
    choice("reach", "somebody", "place", "either"),  # how to meet one; empty: not said
    retired(integer("rung", 0, 4)),
    text_line("question_1"),
    text_line("question_2"),
    text_line("question_3"),
    text_line("gift_1"),
    text_line("gift_2"),
    retired(text_line("not_if")),
)

contact = declare_table(
    "contact",
    text_line("name", 200),
    text_line("family"),
    text_line("given"),
    text_line("family_kana"),
    text_line("given_kana"),
    text_line("romaji"),  # the name in Latin letters
    text_line("alias"),  # another name they are known by
    text_line("honorific"),  # what follows the name, as 先生; empty: the usual
    text_line("called"),  # how the contact likes to be called
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
    choice("known_as", *KNOWN_AS),  # empty: not said
    integer("known_since", 1900, 2200),  # a year
    date_text("met_on"),
    choice("last_talk", *LAST_TALKS),  # empty: not said
    date_text("last_talk_said_on"),  # the day on which `last_talk` was chosen
    link("through_id", "contact"),  # who introduced them
    link("role_id", "role"),
    text_list("circles"),
    text_list("topics"),  # their topics, activities and hobbies
    text_list("needs"),  # what they are looking for
    choice("ahead", *STEPS_AHEAD),  # empty: not said
    choice("closeness", *CLOSENESS),  # empty: not said
    text_line("closeness_word"),  # the person's own word for it
    retired(integer("rung", 0, 4)),
    retired(integer("comfort", 1, 5)),
    retired(integer("respect", 1, 5)),
    choice("afternoon", "gladly", "unsure", "rather_not"),  # a free afternoon together?
    flag("focus"),  # one of at most five
    flag("cheer"),  # the person and they encourage each other
    text_list("passes"),  # what else passes between them, of `enishi.choices.PASSES`
    date_text("closeness_on"),  # the day they became near, as far as it is known
    retired(text_block("own_idea")),
    text_block("they_gain"),
    retired(text_block("i_gain")),
    text_block("hope"),  # the person's private hope
    text_block("respect_for"),  # what the person respects in them
    text_block("they_respect"),  # what they respect in the person
    retired(flag("companion")),
    flag("closed"),  # the relationship is paused
    flag("do_not_contact"),
    date_text("quiet_until"),
    text_list("signs"),  # warning signs of solicitation, by their code
    integer("cadence_days", 1, 3650),  # days between contacts, as the person chose
    choice("politeness", *LEVELS),  # level of politeness in messages to them
    choice("source", "typed", *FILE_SOURCES, "sample", default="typed"),
    text_line("source_key"),  # identifies the same row of a file in later imports
    date_text("acquired_on"),
    date_text("checked_on"),  # the day work and addresses were last written, or said to be true
    text_block("note"),
    date_text("trashed_on"),
)

fact = declare_table(  # something written about a contact: what they love, make, look for, …
    "fact",
    link("contact_id", "contact"),
    choice("kind", *FACTS),  # empty: what would please them
    text_block("words"),
    choice("source", "said", "seen", "guess"),
    date_text("on"),  # the day it was written
)

detail = declare_table(  # one more address, day or field of a contact, beside its own columns
    "detail",
    link("contact_id", "contact"),
    choice("kind", *DETAILS),
    text_line("label"),  # what the person, or the file, calls it: "home", "会社", "Skype"
    text_block("value"),  # of a day: YYYY-MM-DD, or --MM-DD without a year
)

relation = declare_table(  # what one contact is to another; several a pair
    "relation",
    link("a_id", "contact"),
    link("b_id", "contact"),
    choice("kind", *RELATIONS),  # what a is to b; empty: only in words
    text_line("words"),  # in the person's words: a is b's …
    text_line("inverse"),  # b is a's …
)

distinct_pair = declare_table(  # two contacts who look alike, and are two as the person said
    "distinct_pair",
    link("a_id", "contact"),
    link("b_id", "contact"),
    date_text("on"),
)

circle_colour = declare_table(  # the colour of a circle; its name stands with each contact
    "circle_colour",
    text_line("name"),
    choice("colour", *COLOURS),
)

saved_filter = declare_table(  # a choice among the contacts, kept under a name
    "saved_filter",
    text_line("name"),
    text_block("conditions"),  # JSON; see `enishi.coach.people.filters`
)

column_mapping = declare_table(  # what the columns of a table mean, as the person chose
    "column_mapping",
    text_line("headings_key"),  # identifies the headings
    text_block("fields"),  # JSON: the field of each column that has one
)

step = declare_table(  # something the person means to do, with a contact or alone
    "step",
    link("contact_id", "contact"),
    text_block("words"),
    date_text("on"),
    choice("state", "open", "done", "let_go", default="open"),
    date_text("closed_on"),
)

place = declare_table(  # a place where such people can be met
    "place",
    link("goal_id", "goal"),
    link("role_id", "role"),
    text_line("name"),
    choice("rhythm", "weekly", "monthly", "once"),
    retired(integer("size", 1, 100000)),
    retired(integer("fit", 0, 3)),
    date_text("next_on"),
    link("entrance_id", "contact"),  # who can give access
    choice("kind", "work", "study", "hobby", "online", "company"),
    text_list("signs"),  # warning signs of solicitation, by their code
    flag("unknown_organiser"),
    text_list("unknown"),  # what else is not known of it, of `enishi.choices.UNKNOWN`
    text_block("note"),
)

strength = declare_table(
    "strength",
    text_line("name"),
    choice("prompt", "thanked", "easy", "time_flies", "like"),  # the question it answers
    retired(choice("give", *GIVES)),  # the way of giving it is used for
    integer("good_at", 1, 5),
    integer("like", 1, 5),
    integer("level", 0, 4),  # by the person's own estimate
    integer("energy", -1, 1),
    flag("grow"),  # the strength chosen to grow
    retired(integer("grow_minutes", 5, 600)),  # per week
    retired(text_line("grow_how")),
    retired(text_line("grow_when")),
    flag("core"),
    text_block("note"),
)

evidence = declare_table(  # evidence of a strength
    "evidence",
    link("strength_id", "strength"),
    choice("grade", "feeling", "episode", "words", "record"),
    text_block("what"),
    date_text("on"),
    link("from_id", "contact"),  # who saw it
)

voice = declare_table(  # an answer from another person about the person's strengths
    "voice",
    text_line("who", 200),
    link("contact_id", "contact"),
    date_text("asked_on"),
    date_text("answered_on"),
    text_block("words"),
    text_list("picks"),  # names of the strengths they see
    retired(integer("level", 0, 4)),
    retired(link("strength_id", "strength")),
)

offer = declare_table(  # something the person can do for a contact
    "offer",
    choice("give", *GIVES),  # empty: not said
    choice("size", *SIZES),
    text_line("what"),
    retired(integer("minutes", 1, 600)),
    link("strength_id", "strength"),
)

introduction_text = declare_table(  # the person's self-introduction
    "introduction_text",
    choice("seconds", "10", "30", "60"),
    text_block("text"),
    text_list("seen_at"),  # where others can read it
    link("role_id", "role"),  # the kind of person it is for; None: for everybody
)

tie = declare_table(  # which contacts know each other
    "tie",
    link("a_id", "contact"),
    link("b_id", "contact"),
    choice("state", "strangers", "acquainted", "close"),
    choice("a_says", "yes", "not_now"),  # does this one want to meet the other?
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
    choice("depth", *DEPTHS),  # empty: not said
    retired(integer("minutes", 0, 1440)),
    retired(choice("setting", "leisure", "task", "duty")),
    retired(flag("two_way")),
    retired(flag("disclosed_out")),  # the person talked about themselves
    retired(flag("disclosed_in")),  # the contact talked about themselves
    flag("act_in"),  # they relied on, introduced or encouraged the person
    integer("ask_size", 1, 4),
    retired(choice("ask_answer", "yes", "no", "open")),
    link("event_id", "event"),
    retired(integer("comfort", 1, 5)),
    flag("hard"),  # it was hard for the person
    text_block("note"),
    text_block("changed"),  # what it changed in the person
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
    choice("wanted", "yes", "no"),  # they asked for it, or their need is visible
    choice("easy", "yes", "no"),  # the person can do it without strain
    choice("no_strings", "yes", "no"),  # glad to give even if nothing comes back
    text_line("well_done"),  # of a larger give: when it is done well
    text_block("moved"),  # of a book or product: the lines that moved the person
    choice("came", *CAME),  # of what came to the person: its kind; empty: a gift
    text_block("effect"),  # its effect for the recipient; of what came: what followed from it
    date_text("effect_asked_on"),  # the day the question about it was put aside or answered
    link("fact_id", "fact"),  # what it answers
    link("strength_id", "strength"),
)

promise = declare_table(
    "promise",
    link("contact_id", "contact"),
    choice("by", "me", "them", default="me"),
    text_line("words"),  # the promise as it was worded
    choice("kind", "meal", "send", "introduce", "contact"),  # '': derived from the wording
    date_text("said_on"),
    date_text("due"),
    choice("state", "open", "kept", "let_go", "broken", default="open"),
    date_text("closed_on"),
)

introduction = declare_table(
    "introduction",
    link("bridge_id", "contact"),  # who introduces
    link("target_id", "contact"),
    text_line("target_words"),  # the target, if not in the book
    choice(
        "state",
        *INTRODUCTION_STEPS,
        "let_go",
        default="planned",
    ),
    date_text("on"),  # of the last step
    text_block("why"),  # the reason, for the bridge
    text_block("to_target"),  # the text for the target
    text_block("for_them"),
    text_block("text"),  # the text to be forwarded
)

message = declare_table(  # a draft to a contact; the workbook itself never sends anything
    "message",
    link("contact_id", "contact"),
    link("other_id", "contact"),  # the second of two who are introduced
    choice("kind", *LETTERS),
    choice("level", *LEVELS, default="polite"),
    choice("language", "ja", "en", default="ja"),  # of the message, not of the page
    text_line("subject"),
    text_block("text"),
    link("promise_id", "promise"),  # the promise, give or introduction it is about
    link("give_id", "give"),
    link("introduction_id", "introduction"),
    choice("meant", "for_them", "like", "gain", "mixed"),  # why it is written; empty: not said
    choice("felt", "glad", "duty", "used", "why_me"),  # read from their chair; empty: not said
    date_text("on"),  # the day it was begun or sent
    flag("sent"),  # the person marked it as sent
)

event = declare_table(
    "event",
    link("place_id", "place"),
    link("host_id", "contact"),  # whose event it is
    text_line("name"),
    date_text("on"),
    choice("kind", "mixer", "study", "hobby", "meal", "online", "work", default="study"),
    integer("pressure", 0, 10),
    choice("guess", "peers", "learn", "clients", "crowd", "teach"),  # likely reason to attend
    retired(text_block("why_here")),  # the same in the person's words
    choice("guess_was", "so", "partly", "otherwise"),  # whether the guess was right
    text_block("bring"),
    flag("done"),
    text_block("note"),
    choice("again", "yes", "unsure", "no"),  # would the person go again?
    text_block("otherwise"),  # what they would do otherwise the next time
)

review = declare_table(
    "review",
    choice("kind", "week", "month", "quarter", "dials", default="week"),
    date_text("on"),
    integer("dial_goal", 0, 10),  # "I know who I want to become"
    integer("dial_benefit", 0, 10),  # "I think of the other's benefit"
    integer("dial_time", 0, 10),  # "I give it time"
    text_block("went_well"),
    text_block("thank_whom"),
    text_block("let_go"),
    text_block("next"),  # the one thing for the time that follows
    date_text("next_on"),
    choice("next_state", "open", "done", "let_go"),  # empty: not in the week
    text_block("changed"),  # what changed in the person
    text_block("tried"),  # the experiment of the month; in the week while `next_state` is open
    text_block("tried_result"),  # what came of it
    text_block("why_not_less"),  # why a dial does not stand lower
    text_block("learned"),  # what failed, and what it taught
    retired(text_line("book")),  # a book that was read
    retired(text_line("book_act")),  # the one thing from it to try, and by when
    choice("still_mine", "yes", "reshape", "no"),  # is this goal still mine?
    flag("rest"),  # a week of rest
    choice("widen", "nobody", "hello", "new_person"),  # how far to go out this week
    date_text("look_again_on"),  # the day to look at the phase of the goal again
    text_line("thrive_with"),  # "I thrive with people who …"
)

answer = declare_table(  # an answer to a question that is asked after something was written
    "answer",
    choice("question", *ASKED_LATER),
    text_line("about"),  # the id of the row it is about
    link("contact_id", "contact"),  # whom it is about, so that it goes where they go
    text_line("chosen", 40),  # the code of the choice; empty: none
    text_block("words"),
    date_text("on"),  # the day it was answered, or last put aside
    integer("aside", 0, 2, 0),  # how often it was put aside; twice is for good
)

word_pair = declare_table(  # whether two words or phrases belong together, as the person said
    "word_pair",
    text_line("one"),
    text_line("other"),
    choice("verdict", "together", "apart"),
)

own_answer = declare_table(  # the answer to a question of an author's; its id is the question's key
    "own_answer",
    text_line("question"),  # as it was asked
    text_block("words"),
    date_text("on"),  # the day it was written last
    flag("in_letter"),  # shown in the letter, as the author wished
)


class StoredChange(TypedDict):
    """One row change of a call; see `enishi.book.journal`."""

    table: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class StoredChanges(TypeDecorator[list[Any]]):
    """A list of `StoredChange` as JSON.

    Raises:
        msgspec.DecodeError: on reading a value that is not such a list.
    """

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any, dialect: object) -> list[Any] | None:
        """Validate and return a value that was read."""
        for row_change in msgspec.convert(value, list[StoredChange]):
            for side in (row_change["before"], row_change["after"]):
                if side is not None and "version" not in side:
                    raise msgspec.DecodeError("A row of the journal has no version.")
        return value  # type: ignore[no-any-return]


change = Table(  # the journal: one row per call, written in the call's transaction
    "change",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("owner", Text, nullable=False),
    Column("batch", Text, nullable=False),  # the call's id; an import is one call of many rows
    Column("verb", Text, nullable=False),  # the kind of call: add, write, drop, import, undo, …
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("undoes", Text, nullable=True),  # the batch that this call takes back
    Column("size", Integer, nullable=False),  # how many rows it changed
    Column(
        "rows", StoredChanges, nullable=False
    ),  # [{table, id, before, after}]; see enishi.book.journal
    Index(None, "owner", "seq"),
    Index(None, "owner", "batch"),
    sqlite_autoincrement=True,  # numbers are never reused
)

person = Table(  # who may enter a server for many persons; the owner of a book is a person's id
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),  # participant or facilitator
    Column("key_hash", Text, nullable=False),  # the key is not stored; or whom a provider signs in
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),  # end of access; empty: never
    Index(None, "key_hash", unique=True),
)

session = Table(  # a browser a person signed in with; signing out deletes the row
    "session",
    metadata,
    Column("hash", Text, primary_key=True),  # the session number itself is not stored
    Column("person_id", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Index(None, "person_id"),
)


def declared_tables() -> Iterator[Table]:
    """Yield the person's tables, each after the tables it refers to."""
    yield from (
        sql_table for sql_table in metadata.sorted_tables if sql_table.info.get("kind") == "person"
    )


TABLES = {sql_table.name: sql_table for sql_table in declared_tables()}
"""The person's tables by name."""


def own_columns(sql_table: Table) -> list[Column[Any]]:
    """Return the columns a person fills: all but owner, id and version."""
    return [column for column in sql_table.columns if column.name not in ("owner", "id", "version")]
