"""The tables of whom the person knows, and what they are to each other."""

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
from enishi.choices import (
    CLOSENESS,
    DETAILS,
    FACTS,
    FILE_SOURCES,
    KNOWN_AS,
    LAST_TALKS,
    LEVELS,
    RELATIONS,
    STEPS_AHEAD,
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

tie = declare_table(  # which contacts know each other
    "tie",
    link("a_id", "contact"),
    link("b_id", "contact"),
    choice("state", "strangers", "acquainted", "close"),
    choice("a_says", "yes", "not_now"),  # does this one want to meet the other?
    choice("b_says", "yes", "not_now"),
    text_line("kind"),
)
