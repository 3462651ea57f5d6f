"""Finding a person, a page or something to do by typing, from any page with the person's book.

A keystroke asks this once; nothing of it is sent with a page.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from enishi.coach.people.directory import find_in_directory
from enishi.coach.people.search import index_texts, search_index
from enishi.coach.relations.solicitation import soliciting_mask
from enishi.i18n import LANGUAGES, format_text
from enishi.i18n.chosen_word import texts_with_word
from widgets.base.json_rows import JsonRow
from widgets.base.pages import PAGES, list_steps, page_title, reachable_pages, stem_of_page
from widgets.base.sheet import Answer, ForbiddenError, Part, Sheet, ShortText, command, query
from widgets.base.workbook import Workbook
from widgets.parts.person_picker import Name, add_person, contact_directory, describe_people

_MOST_PEOPLE = 8
"""Most people shown at once."""
_MOST_OTHERS = 6
"""Most pages shown at once, and most things to do."""
_FIRST_ACTS = ("note", "add", "draft", "my_week")
"""What is offered before anything is typed."""
_ADD = "add_name"
"""The row that offers to add a person."""
_SENT = ("id", "title", "note", "href", "message", "event")
_ROOM_PAGES = ("10-room", "11-host", "12-projector")
_SHARED = ("11-host", "12-projector")
"""Pages that others look at, too: a person's names are not for them."""


@query
def seek(sheet: Sheet, text: ShortText) -> Answer:
    """Find people, things to do and pages by a text; before anything is typed, offer a few.

    Returns:
        `groups`, each with a `name`, a `title` and `rows`. A row has an `id`, a `title`, perhaps a
        `note`, and either `href`, where it leads, `message`, what it asks of the header, or
        `event`, what the page does itself.
        `found` says how much there is.

    Raises:
        ForbiddenError: nothing is found from this page.
    """
    workbook = sheet.workbook
    if not finds_things(workbook):
        raise ForbiddenError()
    with workbook.snapshot():
        groups = _find(sheet, text.strip()) if text.strip() else _offer(sheet)
    words = workbook.texts_of("palette")
    count = sum(len(group["rows"]) for group in groups)
    is_nothing = groups[0]["rows"][0]["id"] == _ADD
    said = "nothing" if is_nothing else "found" if text.strip() else "offered"
    return {"groups": groups, "found": format_text(words[said], {"count": count})}


@command
def add_found(sheet: Sheet, name: Name) -> Answer:
    """Add the person of whom nobody was found, and lead to their card.

    Raises:
        ForbiddenError: nobody is added from this page.
    """
    workbook = sheet.workbook
    if not finds_things(workbook):
        raise ForbiddenError()
    added = add_person(sheet, name, is_other=True)
    words = workbook.texts_of("palette")
    return {"href": _address(workbook, "contacts", "people", added["id"]), "text": words["added"]}


PALETTE = Part(__file__, {"seek": seek, "add_found": add_found})
"""The header's way to everything; its script is fetched when it is first opened."""


def finds_things(workbook: Workbook) -> bool:
    """Return whether something is found from this page: it has a book and is the person's own.

    Which of an author's pages of a room are shown to others cannot be known: none of them finds.
    """
    is_unknown_room = "open_room_page" in workbook.openers and workbook.name not in _ROOM_PAGES
    return workbook.book is not None and workbook.name not in _SHARED and not is_unknown_room


def _offer(sheet: Sheet) -> list[JsonRow]:
    """Return what is offered before anything is typed."""
    workbook = sheet.workbook
    contact_directory(workbook)  # now, and not at the first keystroke
    acts = _acts(workbook)
    rows = [*(acts[name] for name in _FIRST_ACTS if name in acts), *_header_acts(sheet)]
    return _groups(workbook, {"acts": rows, "pages": _sheets(workbook, workbook.name)})


def _find(sheet: Sheet, text: str) -> list[JsonRow]:
    """Return what has every word of `text`; if nothing has, the offer to add a person."""
    workbook = sheet.workbook
    words = workbook.texts_of("palette")
    contact = workbook.frames()["contact"]
    is_active = contact["trashed_on"].isna().to_numpy()
    found = find_in_directory(contact_directory(workbook), is_active, text, _MOST_PEOPLE)
    people = _describe(workbook, contact.loc[list(found.ids)])
    acts = _pick([*_acts(workbook).values(), *_header_acts(sheet)], text)
    if len(people) == 1 and not people[0]["is_left_out"]:
        acts = _person_acts(workbook, people[0]["id"]) + acts
    groups = _groups(
        workbook, {"people": people, "acts": acts, "pages": _pick(_pages(workbook), text)}
    )
    if found.total > len(people):
        facts = {"count": len(people), "total": found.total}
        groups[0]["note"] = format_text(words["shown"], facts)
    if groups:
        return groups
    title = format_text(words["add_name"], {"name": text})
    add = {"id": _ADD, "title": title, "message": {"do": "add_found", "name": text[:200]}}
    return _groups(workbook, {"acts": [add]})


def _pick(rows: list[JsonRow], text: str) -> list[JsonRow]:
    """Return those of `rows` that are found by one of their `names`."""
    by_id = {row["id"]: row for row in rows}
    index = index_texts({row["id"]: row["names"] for row in rows})
    return [by_id[id] for id in search_index(index, text, _MOST_OTHERS).ids]


def _groups(workbook: Workbook, rows: dict[str, list[JsonRow]]) -> list[JsonRow]:
    """Return the groups that are not empty, as the page is sent them."""
    titles = workbook.texts_of("palette")["groups"]
    return [
        {
            "name": name,
            "title": titles[name],
            "rows": [{key: row[key] for key in _SENT if row.get(key)} for row in found],
        }
        for name, found in rows.items()
        if found
    ]


def _describe(workbook: Workbook, people: pd.DataFrame) -> list[JsonRow]:
    """Return rows that lead to the cards of people; those left out of suggestions say so."""
    left_out = soliciting_mask(people) | (people["closed"] | people["do_not_contact"]).to_numpy()
    said = workbook.texts_of("palette")["left_out"]
    return [
        {
            "id": row["id"],
            "title": row["name"],
            "note": "　".join(filter(None, (row["note"], said if is_left_out else ""))),
            "href": _address(workbook, "contacts", "people", row["id"]),
            "is_left_out": bool(is_left_out),
        }
        for row, is_left_out in zip(describe_people(workbook, people), left_out, strict=True)
    ]


def _person_acts(workbook: Workbook, id: str) -> list[JsonRow]:
    """Return what can be done with one person."""
    name = {"name": workbook.address_contact(id)}
    return [
        {
            "id": f"{act}_person",
            "title": format_text(at["name"], name),
            "href": href,
        }
        for act, at in workbook.texts_of("palette")["person"].items()
        if (href := _address(workbook, at["page"], at["screen"], id))
    ]


def _acts(workbook: Workbook) -> dict[str, JsonRow]:
    """Return the things to do that a page has a sheet for, by name."""
    acts: dict[str, Any] = workbook.texts_of("palette")["acts"]
    other = [each["acts"] for each in _every_language(workbook, "palette")]
    return {
        name: {
            "id": name,
            "title": at["name"],
            "href": href,
            "names": [
                text for each in other for text in (each[name]["name"], *each[name]["also"].split())
            ],
        }
        for name, at in acts.items()
        if (href := _address(workbook, at["page"], at["screen"]))
    }


def _header_acts(sheet: Sheet) -> list[JsonRow]:
    """Return what the header itself can do now."""
    state, heads = (
        sheet.state,
        [each["head"] for each in _every_language(sheet.workbook, "workbook")],
    )
    rows = [
        {
            "id": name,
            "title": sheet.words[name],
            "names": [head[name] for head in heads],
            "message": {"do": name},
        }
        for name in ("undo", "redo")
        if state.get(name)
    ]
    mask = {
        "id": "mask",
        "title": sheet.words["hide_names"],
        "note": sheet.words["hide_names_key"],
        "names": [text for head in heads for text in (head["hide_names"], head["show_names"])],
        "event": "enishi:mask",
    }
    rows.append(mask)
    return rows + [
        {
            "id": f"speak_{code}",
            "title": name,
            "note": sheet.words["language"],
            "names": [name, *(head["language"] for head in heads)],
            "message": {"do": "speak", "language": code},
        }
        for code, name in state["languages"].items()
        if code != state["language"]
    ]


def _pages(workbook: Workbook) -> list[JsonRow]:
    """Return the sheets of all workbooks the person may open; a page of a room has its own, too."""
    pages = reachable_pages(workbook)
    own = [] if workbook.name in pages else [workbook.name]
    return [row for page in [*own, *pages] for row in _sheets(workbook, page)]


def _sheets(workbook: Workbook, page: str) -> list[JsonRow]:
    """Return the sheets of one workbook."""
    title = page_title(workbook, page)
    if workbook.is_authored:
        return _own_sheets(workbook, page, title)
    page_of = workbook.texts_of("palette")["page_of"]
    stem = workbook.stem if page == workbook.name else stem_of_page(page)
    pages = [each["pages"][page] for each in _every_language(workbook, "workbook")]
    screens = [each["screens"] for each in _every_language(workbook, stem)]
    rows = []
    for step in list_steps(workbook, page):
        name, sheet = step["name"], step["title"]
        names = [sheet, *pages, *(each[name]["name"] for each in screens if name in each)]
        facts = {"page": title, "sheet": sheet}
        rows.append(
            {
                "id": f"{page}#{name}",
                "title": title if sheet == title else format_text(page_of, facts),
                "href": workbook.address(page, name),
                "names": names,
            }
        )
    return rows


def _own_sheets(workbook: Workbook, page: str, title: str) -> list[JsonRow]:
    """Return the rows of an author's page: the page itself, or the sheets of the one that is open.

    They are found by the language that is shown: an author may write in one only.
    """
    if page != workbook.name:
        return [{"id": page, "title": title, "href": f"{page}.ipynb", "names": [title]}]
    return [
        {
            "id": f"{page}#{step['name']}",
            "title": step["title"],
            "href": f"#{step['name']}",
            "names": [step["title"], title],
        }
        for step in list_steps(workbook, page)
    ]


def _every_language(workbook: Workbook, name: str) -> list[Any]:
    """Return the texts `name` in each language: what is typed may be in another one."""
    return [texts_with_word(name, language, workbook.chosen_word) for language in LANGUAGES]


def _address(workbook: Workbook, stem: str, screen: str, row: str = "") -> str:
    """Return the address of a sheet of the workbook whose texts are `stem`."""
    page = next(page for page in PAGES if page.partition("-")[2] == stem)
    return workbook.address(page, screen, row)
