"""The tables of what the person does with others, and means to do."""

from __future__ import annotations

from enishi.book.tables.columns import (
    choice,
    date_text,
    declare_table,
    flag,
    integer,
    link,
    retired,
    text_block,
    text_line,
    timestamp,
)
from enishi.choices import CAME, DEPTHS, GIVES, INTRODUCTION_STEPS, LETTERS, LEVELS, SIZES

step = declare_table(  # something the person means to do, with a contact or alone
    "step",
    link("contact_id", "contact"),
    text_block("words"),
    date_text("on"),
    choice("state", "open", "done", "let_go", default="open"),
    date_text("closed_on"),
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
