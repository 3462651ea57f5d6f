"""The tables of what the person wants: goals, ways, plans, kinds of people, places."""

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
from enishi.choices import STEPS_AHEAD, WAY_KINDS

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
    text_line("curious"),  # a circle of a close contact that the person would like to know
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
