"""The tables of what the person has set: settings, colours, filters, columns of files."""

from __future__ import annotations

from enishi.book.tables.columns import choice, declare_table, text_block, text_line
from enishi.choices import COLOURS

setting = declare_table(
    "setting",  # one row per setting, its id is the name: language, capacity, switched-off rules, …
    text_block("value"),
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
