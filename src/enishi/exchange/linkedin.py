"""Reader for LinkedIn's Connections.csv: one connection per line."""

from __future__ import annotations

from enishi.exchange.csv_record import Record, Value
from enishi.exchange.file_days import FileDays
from enishi.exchange.table_reader import TAGS, URLS
from enishi.i18n.names import display_name, is_east_asian


def linkedin_values(record: Record, days: FileDays, swap_names: bool) -> dict[str, Value]:
    """Return the fields of a contact from one line of Connections.csv.

    Args:
        record: the line; the cells are removed from it.
        days: how the days of the file are read.
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
        "url": record.take("url") or record.take("profile url"),
    }
    if connected := record.take("connected on"):
        values["met_on"] = days.read(record, record.labels["connected on"], connected)
    if record.cells:
        tags = (one.strip() for one in TAGS.split(record.take_text("tags")))
        values["circles"] = tuple(dict.fromkeys(one for one in tags if one))
        record.add_detail("address", "", record.take("address"))
        for page in URLS.split(record.take_text("websites")):
            record.add_detail("url", record.labels.get("websites", ""), page.strip())
        record.keep_rest()
    return values
