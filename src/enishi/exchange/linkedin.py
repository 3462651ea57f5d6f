"""Reader for LinkedIn's Connections.csv: one connection per line."""

from __future__ import annotations

from enishi.exchange.csv_record import Record, Value, note_line
from enishi.exchange.date_parsing import UNREAD_DAY, read_day
from enishi.i18n.names import display_name, is_east_asian


def linkedin_values(record: Record, swap_names: bool) -> dict[str, Value]:
    """Return the fields of a contact from one line of Connections.csv.

    Args:
        record: the line; the cells that are used are removed from it.
        swap_names: True swaps family and given name if both are in kanji, kana or Hangul, since
            members type them in either order.
    """
    given, family = record.take("first name"), record.take("last name")
    if swap_names and is_east_asian(given) and is_east_asian(family):
        given, family = family, given
    values: dict[str, Value] = {
        "name": display_name(family, given),
        "family": family,
        "given": given,
        "organisation": record.take("company"),
        "title": record.take("position"),
        "email": record.take("email address"),
        "url": record.take("url"),
    }
    notes = []
    if connected := record.take("connected on"):
        values["met_on"] = read_day(connected)
        if not values["met_on"]:
            record.add_problem(UNREAD_DAY, text=connected)
            notes.append(note_line(record.labels["connected on"], connected))
    values["note"] = "\n".join(notes + record.left_over())
    return values
