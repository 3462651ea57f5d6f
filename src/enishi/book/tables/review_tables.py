"""The tables of what the person looks back on, and of answers to questions."""

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
)
from enishi.choices import ASKED_LATER

reflection = declare_table(  # the person's note at the end of a sheet; its id is the sheet's name
    "reflection",
    text_block("text"),
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
