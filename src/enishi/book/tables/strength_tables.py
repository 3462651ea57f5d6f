"""The tables of what the person can do and give, and how they introduce themselves."""

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
    text_list,
)
from enishi.choices import GIVES, SIZES

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
