"""The rows of a week as its page shows them: words, name, day, and what can be done with each."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from enishi.coach.giving.first_gifts import gifts_before_asks
from enishi.coach.giving.gift_ideas import GiftSuggestion
from enishi.coach.giving.promises import promise_kind, promise_reason
from enishi.coach.goal.places import questions_to_organiser
from enishi.coach.language.meeting_words import read_invitation
from enishi.coach.language.promise_titles import promise_title
from enishi.coach.messages.draft import gaps
from enishi.coach.network.introductions import Path
from enishi.coach.network.who_may_know import find_bridges
from enishi.coach.relations.history import isin, name_of
from enishi.coach.relations.solicitation import is_soliciting
from enishi.coach.review.reminders import Reminder, lacks_reason
from enishi.coach.today.agenda import Agenda, Item
from enishi.coach.today.item_summary import PROMISES
from enishi.i18n import format_list, format_text
from widgets.base.explanations import describe_gift, ideas, off
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet
from widgets.base.workbook import Workbook
from widgets.parts.explanation import describe_reasons
from widgets.parts.wrong_ways import describe_reminders

ROW_LIMIT = 100
"""Most rows shown of a group."""
COLUMNS = {
    "step": ("step", "words", "on"),
    "promise": ("promise", "words", "due"),
    "theirs": ("promise", "words", "due"),
    "gift": ("give", "what", "on"),
    "event": ("event", "name", "on"),
    "place": ("place", "name", "next_on"),
    "review": ("review", "next", "next_on"),
    "experiment": ("review", "tried", "next_on"),
    "way": ("way", "words", ""),
}
"""The table of each kind of row that can be changed here, and its columns of words and day."""
ELSEWHERE = {
    "event": ("05-week", "gathering"),
    "introduction": ("04-contacts", "introductions"),
    "voice": ("03-strengths", "evidence"),
    "plan": ("02-goal", "ways"),
    "way": ("02-goal", "ways"),
}
"""The sheet on which a row of a kind goes on."""
HEAVY = ("duty", "used", "why_me")
"""How a draft reads from the other's chair if it is not ready to be sent (A19)."""
ASKING = ("step", "message")
"""Kinds of row that may ask something of somebody new."""


def describe_groups(sheet: Sheet, week: Agenda, resting: bool) -> list[JsonRow]:
    """Return the groups that have rows; in a week of rest only own promises with a day."""
    groups: list[tuple[str, str, tuple[Item, ...]]] = [
        ("today", "", week.today),
        ("carried", "", week.carried),
        *(
            ("day", sheet.workbook.short_date(day), tuple(items))
            for day, items in groupby(week.later, lambda item: item.day)
        ),
        ("any_day", "", week.any_day),
    ]
    if resting:
        groups = [
            (name, title, tuple(item for item in items if item.kind == "promise"))
            for name, title, items in groups
            if name != "any_day"
        ]
    return [
        {
            "name": name,
            "title": title or sheet.words["groups"][name],
            "off": off(sheet.workbook, items[0].day)
            if name in ("today", "day") and items[0].day
            else "",
            "rows": describe_rows(sheet, items),
            "more": max(0, len(items) - ROW_LIMIT),
        }
        for name, title, items in groups
        if items
    ]


def describe_rows(sheet: Sheet, items: tuple[Item, ...]) -> list[JsonRow]:
    """Return the first rows of a group as the page shows them."""
    return [describe_row(sheet, item) for item in items[:ROW_LIMIT]]


def describe_row(sheet: Sheet, item: Item) -> JsonRow:
    """Return one row: its words, name, day, and what can be done with it."""
    workbook = sheet.workbook
    frames = workbook.frames()
    contact = frames["contact"]
    known = item.contact_id in contact.index
    person: pd.Series[Any] | None = contact.loc[item.contact_id] if known else None
    table, words, day = COLUMNS.get(item.kind, ("", "", ""))
    passed = item.day is not None and item.day < workbook.today
    row: JsonRow = {
        "key": f"{item.kind}-{item.id}-{item.day}",
        "id": item.id,
        "kind": item.kind,
        "text": promise_title(item.words) if item.kind in PROMISES else item.words,
        "who": workbook.address_contact(item.contact_id) if known else "",
        "card": workbook.address("04-contacts", "people", item.contact_id) if known else "",
        "flagged": person is not None and is_soliciting(person),
        "late": item.kind == "promise" and passed and person is not None,
        "undone": item.kind == "step" and passed,
        "was_for": workbook.short_date(item.day) if passed else "",
        "for_day": workbook.short_date(item.day) if item.waiting and not passed else "",
        "said": _describe_day_said(sheet, item),
        "table": table,
        "columns": {"words": words, "day": day},
        "open": workbook.address(*ELSEWHERE[item.kind]) if item.kind in ELSEWHERE else "",
    }
    if item.kind == "plan":
        plan = frames["plan"].loc[item.id]
        came = item.day is None or item.day <= workbook.today
        row |= {"cue": plan["cue"], "keep": plan["keep"], "ask": came}
        if plan["place_id"]:
            row["open"] = workbook.address("02-goal", "places")
    if item.kind in ASKING and (gift := find_first_gifts(workbook).get(item.contact_id)):
        row["first"] = describe_first_gift(sheet, item.contact_id, gift)
    if item.kind in ("gift", "effect"):
        row["well_done"] = frames["give"].at[item.id, "well_done"]
    if item.kind == "step" and known:
        row["invites"] = read_invitation(item.words, workbook.today) is not None
    if item.kind == "place":
        row["been"] = item.day is not None and item.day <= workbook.today
        row["meets"] = describe_kind(workbook, frames["place"].at[item.id, "role_id"])
        if bridge := find_bridge(workbook, frames["place"].at[item.id, "role_id"]):
            (row["reason"],) = describe_reasons(workbook, [bridge.reason])
    if item.kind in ("event", "place") and (asks := list_asks(sheet, item)):
        row["asks"] = " · ".join(asks)
    if item.kind == "message":
        row["open"] = workbook.address("04-contacts", "draft", item.id)
        row["asks"] = describe_feeling(sheet, frames["message"].loc[item.id])
    if table:
        stored = frames[table].loc[item.id]
        row |= {
            "version": int(stored["version"]),
            words: stored[words],
        }
        if day:
            row[day] = item.day.isoformat() if item.day else ""
    if item.kind == "promise" and person is not None:
        reason = promise_reason(name_of(person), item.words, item.day)
        if workbook.settings.is_enabled(reason.rule):
            row["reason"] = describe_reasons(workbook, [reason])[0]
            row["reason"]["act"] = describe_keeping(workbook, item.id) or row["reason"]["act"]
    return row


def _describe_day_said(sheet: Sheet, item: Item) -> str:
    """Return when a promise was made; without a talk on that day it is only when it was written."""
    if item.said_on is None:
        return ""
    talks = sheet.workbook.frames()["encounter"]
    days = talks["on"][isin(talks["contact_id"], item.contact_id)]
    key = item.kind if (days == pd.Timestamp(item.said_on)).any() else "written"
    on = sheet.workbook.relative_date(item.said_on)
    return format_text(sheet.words["said"][key], {"on": on})


def find_first_gifts(workbook: Workbook) -> dict[str, GiftSuggestion]:
    """Return a small gift for each contact whom the person asks first, by id."""
    found: dict[str, GiftSuggestion] = workbook.cached(
        "first gifts", lambda: gifts_before_asks(workbook.frames(), ideas(), workbook.settings)
    )
    return found


def describe_first_gift(sheet: Sheet, contact_id: str, gift: GiftSuggestion) -> JsonRow:
    """Return the small gift that stands above what the person asks of a contact."""
    what = describe_gift(gift, sheet.workbook.language)
    said = {"id": contact_id, "text": sheet.say("gift_first", what=what)}
    return said | {"reason": describe_reasons(sheet.workbook, [gift.reason])[0]}


def describe_kind(workbook: Workbook, role_id: str) -> str:
    """Return what the people one would meet at a place do; '' where it is not written."""
    return dict(workbook.role_choices()).get(role_id, "")


def describe_feeling(sheet: Sheet, message: pd.Series[Any]) -> str:
    """Return what to do with a draft, by how it read from the other's chair; '' if unread."""
    if message["felt"] in HEAVY:
        return sheet.say("lighter")
    is_ready = message["felt"] == "glad" and not gaps(message["text"])
    return sheet.say("ready") if is_ready else ""


def find_bridge(workbook: Workbook, role_id: str) -> Path | None:
    """Return who may know somebody of a kind, where one would rather be introduced to it."""
    role = workbook.frames()["role"]
    through = [str(id) for id in role.index[isin(role["reach"], "somebody")]]
    if role_id not in through:
        return None
    found: dict[str, Path] = workbook.cached(
        "bridges",
        lambda: find_bridges(workbook.frames(), through, workbook.today, workbook.settings),
    )
    return found.get(role_id)


def list_asks(sheet: Sheet, item: Item) -> list[str]:
    """Return what to find out first about a gathering, and what it asks of the person."""
    workbook, frames = sheet.workbook, sheet.workbook.frames()
    event = frames["event"].loc[item.id] if item.kind == "event" else None
    place_id = item.id if event is None else event["place_id"]
    asks = []
    if place_id in frames["place"].index:
        words = workbook.texts_of("coach")["organiser"]
        unknown = questions_to_organiser(frames["place"].loc[place_id])
        what = format_list((words["what"][each] for each in unknown), workbook.language)
        asks += [format_text(words["ask"], {"what": what})] if unknown else []
    if event is not None and lacks_reason(frames, event):
        asks += describe_reminders(workbook, [Reminder("bring", {})])
    if event is None and (bridge := find_bridge(workbook, frames["place"].at[item.id, "role_id"])):
        asks.append(sheet.say("ask_first", name=workbook.address_contact(bridge.through[0])))
    return asks


def describe_keeping(workbook: Workbook, id: str) -> str:
    """Return how a promise of its kind is kept well; '' where the kind says nothing."""
    kind = promise_kind(workbook.frames()["promise"].loc[id])
    acts = workbook.texts_of("coach")["acts"]
    return str(acts.get(f"keep_{kind}", ""))
