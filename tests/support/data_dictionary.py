"""Writes `docs/data-dictionary.md` and its Japanese edition: `make docs` runs this.

The columns and what they may hold are read from the tables, what they are called from
`data/words/columns.yaml` and `docs/data-dictionary.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, Table

from enishi.book.room_tables import ROOM_TABLES
from enishi.book.share_tables import SHARE_TABLES
from enishi.book.tables import TABLES, metadata
from enishi.exchange.exported import EXPORT_COLUMNS
from enishi.i18n import LANGUAGES, format_text, texts
from enishi.i18n.texts import in_language, read_yaml
from enishi.paths import CHECKOUT
from enishi.sharing import pages

FOLDER = CHECKOUT / "docs"
PAGES = {"en": FOLDER / "data-dictionary.md", "ja": FOLDER / "data-dictionary.ja.md"}
"""The pages by language."""
COMMON = ("owner", "id", "version")
"""Columns that the head of the page explains once."""
CODES = {"contact.passes", "contact.signs", "place.signs", "place.unknown"}
"""Lists that hold codes of choices."""
OTHER_TABLES = {
    sql_table.name: sql_table
    for sql_table in metadata.sorted_tables
    if sql_table.name not in TABLES | ROOM_TABLES
}
"""The tables that are neither a person's nor a room's."""
GROUPS: Mapping[str, Mapping[str, Table]] = {
    "person": {name: TABLES[name] for name in texts("columns", "en")["tables"] if name in TABLES},
    "room": ROOM_TABLES,
    "other": OTHER_TABLES,
}
"""All tables, by whose they are."""
OPENED_TO_A_COACH = {
    (table, column)
    for tables in (*pages.SHOWN_COLUMNS.values(), pages.ABOUT_A_PERSON)
    for table, columns in tables.items()
    for column in columns
} | {("contact", column) for column in pages.CARD_COLUMNS}
IN_A_CONTACT_FILE = {
    *(("contact", column) for column in EXPORT_COLUMNS),
    *(("detail", column) for column in ("kind", "label", "value")),
    *(("relation", column) for column in ("kind", "words", "inverse")),
}
IN_THE_CALENDAR = {
    *(("step", "words"), ("step", "on"), ("promise", "words"), ("promise", "due")),
    *(("give", "what"), ("give", "on"), ("event", "name"), ("event", "on")),
    *(("place", "name"), ("place", "next_on"), ("review", "next"), ("review", "next_on")),
    *(("review", "tried"), ("contact", "name"), ("contact", "called")),
}
IN_A_ROOM_FILE = {
    *(("room_seat", "called"), ("room_seat", "contact_means"), ("room_stage", "title")),
    *(("room_offer", "words"), ("room_offer", "kind"), ("room_promise", "words")),
    *(("room_promise", "due"), ("room_promise", "state")),
}


class WordsMissingError(Exception):
    """A table or a column has no words; the way out is in the sentence."""

    def __init__(self, name: str) -> None:
        """Name what has none."""
        super().__init__(
            f"{name} has no words: add them to data/words/columns.yaml (what a person fills)"
            " or to docs/data-dictionary.yaml (the rest)."
        )


@cache
def dictionary_words(language: str) -> Any:
    """Return `docs/data-dictionary.yaml` in one language."""
    return in_language(read_yaml(FOLDER / "data-dictionary.yaml"), language)


def write_dictionary(language: str, groups: Mapping[str, Mapping[str, Table]] = GROUPS) -> str:
    """Return the page of all tables.

    Raises:
        WordsMissingError: a table or a column has no words.
    """
    words = dictionary_words(language)
    parts = [f"# {words['page']['title']}\n\n{words['page']['lead'].strip()}"]
    for group, tables in groups.items():
        said = words["groups"][group]
        parts.append(f"## {said['title']}\n\n{said['lead']}")
        parts += (describe_table(sql_table, language) for sql_table in tables.values())
    return "\n\n".join(parts) + "\n"


def describe_table(sql_table: Table, language: str) -> str:
    """Return the section of one table.

    Raises:
        WordsMissingError: it, or a column, has no words.
    """
    words, name = dictionary_words(language), sql_table.name
    if name not in words["tables"]:
        raise WordsMissingError(name)
    label = texts("columns", language)["tables"].get(name, "")
    is_own = "kind" in sql_table.info
    rows = [
        _describe_column(column, language)
        for column in sql_table.columns
        if not (is_own and column.name in COMMON)
    ]
    head = [words["page"][key] for key in ("column", "holds", "kind", "empty", "leaves")]
    lines = [_line(head), "|---|---|---|---|---|", *map(_line, rows)]
    said = f"**{label}**{'　' if language == 'ja' else ' – '}" if label else ""
    return f"### {name}\n\n{said}{words['tables'][name]}\n\n" + "\n".join(lines)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _describe_column(column: Column[Any], language: str) -> list[str]:
    """Return the cells of a column's line."""
    words, table = dictionary_words(language), column.table.name
    named = texts("columns", language)["columns"].get(table) or words["columns"].get(table, {})
    if column.name not in named:
        raise WordsMissingError(str(column))
    page = words["page"]
    retired = f" {page['retired']}" if column.info.get("retired") else ""
    return [
        f"`{column.name}`",
        f"{named[column.name]}{retired}",
        "".join(_describe_kind(column, language)),
        page["yes" if may_be_empty(column) else "no"],
        page["comma"].join(words["marks"][mark] for mark in leaves_with(column)),
    ]


def may_be_empty(column: Column[Any]) -> bool:
    """Return whether a column may say nothing: None, an empty text, an empty list."""
    if column.nullable or "choices" in column.info:
        return True
    return isinstance(_default_of(column), str) or _is_list(column)


def _default_of(column: Column[Any]) -> Any:
    """Return what a column holds at first; None if nothing, or if it is made each time."""
    default: Any = column.default
    return default.arg if default is not None and default.is_scalar else None


def _is_list(column: Column[Any]) -> bool:
    return "most" in column.info


def leaves_with(column: Column[Any]) -> Iterator[str]:
    """Yield how a column may leave a book, beside with the whole of it."""
    key = (column.table.name, str(column.name))
    if key in IN_A_CONTACT_FILE:
        yield "contacts"
    if key in OPENED_TO_A_COACH or column.table in SHARE_TABLES:
        yield "coach"
    if key in IN_THE_CALENDAR:
        yield "calendar"
    if key in IN_A_ROOM_FILE:
        yield "room"


def _describe_kind(column: Column[Any], language: str) -> Iterator[str]:
    """Yield what a column may hold, with its choices and what it holds at first."""
    info, kinds = column.info, dictionary_words(language)["kinds"]
    coded = str(column) in CODES
    if "links_to" in info:
        yield format_text(kinds["link"], {"table": info["links_to"]})
    elif "choices" in info or coded:
        yield kinds["choices" if coded else "choice"]
        yield "<br>" + "<br>".join(_describe_choices(column, language))
    elif "day" in info:
        yield kinds["day"]
    elif "moment" in info:
        yield kinds["moment"]
    elif "range" in info:
        least, most = info["range"]
        yield format_text(kinds["number"], {"least": least, "most": most})
        yield "".join(f"<br>{said}" for said in _describe_choices(column, language))
    elif _is_list(column):
        yield format_text(kinds["list"], {"most": info["most"]})
    elif "longest" in info:
        yield format_text(kinds["line" if "lines" in info else "block"], info)
    elif isinstance(column.type, Boolean):
        yield kinds["flag"]
    elif isinstance(column.type, JSON) or isinstance(getattr(column.type, "impl", None), JSON):
        yield kinds["json"]
    else:
        yield kinds["count" if isinstance(column.type, Integer) else "text"]
    first = _default_of(column)
    if first not in (None, "", False) or (first == 0 and "range" in info):
        page = dictionary_words(language)["page"]
        yield "<br>" if "choices" in info else page["comma"]
        yield format_text(page["starts"], {"value": f"`{first}`"})


def _describe_choices(column: Column[Any], language: str) -> Iterator[str]:
    """Yield each choice by its code, with its words if it has any."""
    words = choice_words(column, language)
    for code in filter(None, column.info.get("choices", words)):
        yield f"`{code}` {words[code]}" if code in words else f"`{code}`"


def choice_words(column: Column[Any], language: str) -> dict[str, str]:
    """Return the words of a column's choices by their codes; of a language there are none."""
    table, name = column.table.name, str(column.name)
    room = texts("room", language)
    elsewhere = {
        "answer.question": lambda: {
            key: format_text(each["ask"], _Dots())
            for key, each in texts("asking", language)["questions"].items()
        },
        "room_phase.kind": lambda: {key: each["name"] for key, each in room["phases"].items()},
        "room_phase.grouping": lambda: room["groupings"],
        "room_offer.kind": lambda: room["offer_kinds"],
    }
    if found := elsewhere.get(str(column)):
        return dict(found())
    own = texts("columns", language)["values"].get(table, {}).get(name)
    return dict(own or dictionary_words(language)["values"].get(table, {}).get(name, {}))


class _Dots(dict[str, object]):
    """Facts that nobody knows yet: each is “…”."""

    def __missing__(self, key: str) -> object:
        return "…"

    def __contains__(self, key: object) -> bool:
        return True


def write_files(files: Mapping[str, Path] = PAGES) -> None:
    """Write the page in each language."""
    for language in LANGUAGES:
        files[language].write_text(write_dictionary(language), encoding="utf-8")


if __name__ == "__main__":
    write_files()
