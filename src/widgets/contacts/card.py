"""The card of a person: who they are, what is between the two now, and what has been."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from enishi.coach.giving.promises import detect_kind, promises_with
from enishi.coach.goal.place_dates import date_of
from enishi.coach.people.relationship import Relationship, TrailEntry, describe_relationship
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import (
    NEVER,
    FrameRow,
    active_contacts,
    day_number,
    day_of,
    days_met,
    frames_of,
    history,
    names_by_id,
)
from enishi.coach.relations.steps import steps_with
from enishi.coach.relations.thriving import thrives_with
from enishi.coach.strengths.hobbies import shared_hobbies
from enishi.i18n import format_text
from enishi.i18n.dates import format_span, months_between
from widgets.base.json_rows import JsonRow, rows
from widgets.base.workbook import Workbook
from widgets.contacts.details import describe_details
from widgets.contacts.relations import describe_relations
from widgets.parts.explanation import describe_note_caution, describe_reasons
from widgets.parts.fact_list import list_facts
from widgets.parts.first_move import describe_first_move
from widgets.parts.shared_hobbies import describe_hobbies, list_days
from widgets.parts.solicitation import describe_caution, describe_sign_question

CARD = (
    *("name", "family", "given", "family_kana", "given_kana", "romaji", "alias", "honorific"),
    "called",
    *("known_as", "known_since", "last_talk", "last_talk_said_on"),
    *("how_met", "where_met", "met_on", "through_id", "role_id", "ahead"),
    *("circles", "topics", "needs", "birthday", "note"),
    *("organisation", "department", "title", "email", "phone", "url", "channel"),
    *("closeness", "closeness_word", "closeness_on", "afternoon", "cheer", "passes"),
    *("respect_for", "they_respect"),
    *("cadence_days", "politeness"),
    *("do_not_contact", "closed", "quiet_until", "signs"),
)
"""The columns on a person's card."""
PROMISE = ("words", "due", "kind")
"""The columns of a promise that can be changed on the card."""
PAST = 200
"""Most entries shown of what has been."""
UNDER_WAY = ("planned", "asked", "bridge_agreed", "target_agreed", "introduced", "thanked")
"""The states of an introduction that goes on."""


def describe_card(workbook: Workbook, id: str) -> JsonRow | None:
    """Return a contact's card; None where the contact is not in the book."""
    frames, words = workbook.frames(), workbook.words("people")
    people = active_contacts(frames)
    if id not in people.index:
        return None
    (row,) = rows(people.loc[[id]], "version", "focus", *CARD)
    today = workbook.today
    last = int(history(frames_of(frames, id), today, workbook.settings)["last"].iloc[0])
    met = days_met(people.loc[[id]])[0]
    if last > NEVER:
        row["last"] = workbook.relative_date(day_of(last))
    if NEVER < met <= day_number(today):
        row["known_for"] = _describe_span(workbook, words, day_of(met))
    if row["known_since"]:
        facts = {"year": int(row["known_since"])}
        row["known_for"] = format_text(words["known_since_year"], facts)
    standing = describe_relationship(frames, id, today, workbook.settings)
    return (
        row
        | describe_caution(workbook, row)
        | {
            "sentence": _describe_person(workbook, words, row),
            "thrives": _describe_thriving(workbook, words, id),
            "asks": next_question(row),
            "facts": list_facts(workbook, id),
            "shared": describe_hobbies(workbook, shared_hobbies(frames, id), row["name"]),
            "days": list_days(workbook, id),
            "first_move": describe_first_move(workbook, id),
            "now": _describe_now(workbook, words, id),
            "closer": _describe_proposal(workbook, words, standing),
            "kindly": describe_reasons(workbook, standing.warnings),
            "past": [_describe_past(workbook, words, entry) for entry in standing.past[:PAST]],
            "earlier": _describe_sliders(words, frames["contact"].loc[id]),
            "channels": _list_channels(workbook, words, row["channel"]),
            "note_caution": describe_note_caution(workbook, row["note"]),
            "us_caution": describe_note_caution(
                workbook, "\n".join(row[name] for name in ("respect_for", "they_respect"))
            ),
            "details": describe_details(workbook, id),
            "relations": describe_relations(workbook, id),
            "merging": workbook.texts_of("merging"),
            "same_person": workbook.texts_of("address_book")["same_person"],
            "sign_questions": _list_sign_questions(workbook, id),
        }
    )


def _list_sign_questions(workbook: Workbook, id: str) -> list[JsonRow]:
    """Return the questions about signs of solicitation in the note and the facts of a contact."""
    facts = facts_about(workbook.frames(), id).index
    asked = (
        describe_sign_question(workbook, "contact", id),
        *(describe_sign_question(workbook, "fact", fact) for fact in facts),
    )
    return [question for question in asked if question]


def next_question(card: Mapping[str, Any]) -> str:
    """Return the one column to ask about on top of a card; '' when each is said.

    First how they know each other, then when they last talked, then since when. Of somebody just
    met, the other two are not asked.
    """
    if not card["known_as"]:
        return "known_as"
    if card["known_as"] == "just_met":
        return ""
    if not card["last_talk"] and "last" not in card:
        return "last_talk"
    is_dated = card["known_since"] or "known_for" in card
    return "known_since" if card["known_as"] == "known" and not is_dated else ""


def _describe_person(workbook: Workbook, words: Mapping[str, Any], row: JsonRow) -> str:
    """Return one sentence from what is written of a contact; '' where nothing is."""
    names = workbook.frames()["contact"]["name"]
    said = [words["known_ases"].get(row["known_as"], ""), row.get("known_for", "")]
    if row["through_id"] in names.index:
        said.append(format_text(words["known_through"], {"name": names[row["through_id"]]}))
    if "last" in row:
        said.append(format_text(words["last_met"], {"on": row["last"]}))
    elif row["last_talk"] and row["last_talk"] != "unsure":
        last_talk = workbook.texts_of("coach")["last_talks"][row["last_talk"]]
        on = workbook.short_date(date_of(row["last_talk_said_on"]))
        key = "last_said_on" if on else "last_said"
        said.append(format_text(words[key], {"last_talk": last_talk, "on": on}))
    return "".join(f"{text}{words['full_stop']}" for text in said if text).strip()


def _describe_thriving(workbook: Workbook, words: Mapping[str, Any], id: str) -> str:
    """Return that a contact is one of those with whom the person thrives, where they said so."""
    sentence = thrives_with(workbook.frames(), id)
    return format_text(words["thrives"], {"words": sentence}) if sentence else ""


def _describe_span(workbook: Workbook, words: Mapping[str, Any], met: date) -> str:
    """Return for how long a contact has been known; '' for less than a month."""
    if not months_between(met, workbook.today):
        return ""
    span = format_span(met, workbook.today, workbook.language)
    return format_text(words["known_span"], {"span": span})


def _describe_now(workbook: Workbook, words: Mapping[str, Any], id: str) -> JsonRow:
    """Return what is between the two now: steps, promises, planned gifts, introductions."""
    frames = workbook.frames()
    promise, give = promises_with(frames, id), frames["give"]
    planned = (give["contact_id"] == id) & (give["state"] == "planned")
    planned &= give["direction"] == "out"
    return {
        "steps": rows(steps_with(frames, id), "version", "words", "on"),
        "promises": [
            row | _describe_promise(workbook, row)
            for row in rows(promise, "version", "by", *PROMISE)
        ],
        "gifts": [
            row | {"day": workbook.short_date(date_of(row["on"]))}
            for row in rows(give[planned], "what", "on")
        ],
        "introductions": _describe_introductions(workbook, words, id),
        "note": workbook.address("05-week", "note", id),
    }


def _describe_promise(workbook: Workbook, row: JsonRow) -> JsonRow:
    """Return what a promise sounds like, and its day as text."""
    due = date_of(row["due"])
    return {
        "sounds": detect_kind(row["words"]),
        "day": workbook.relative_date(due),
        "late": row["by"] == "me" and due is not None and due < workbook.today,
    }


def _describe_introductions(
    workbook: Workbook, words: Mapping[str, Any], id: str
) -> list[dict[str, str]]:
    """Return the introductions under way by a contact or to them, as texts."""
    frames = workbook.frames()
    frame = frames["introduction"]
    theirs = (frame["bridge_id"] == id) | (frame["target_id"] == id)
    found = rows(
        frame[theirs & frame["state"].isin(UNDER_WAY)],
        *("bridge_id", "target_id", "target_words", "state"),
    )
    people = frames["contact"]
    named = [row[column] for row in found for column in ("bridge_id", "target_id")]
    names = names_by_id(people.loc[[one for one in named if one in people.index]])
    steps = workbook.texts_of("coach")["desk"]
    said = []
    for row in found:
        bridge, target = names.get(row["bridge_id"], ""), names.get(row["target_id"], "")
        other = bridge if row["target_id"] == id else target or row["target_words"]
        key = "introduction_of" if row["target_id"] != id else "introduction_by"
        key = key if other else "introduction_open"
        facts = {"other": other, "step": steps[row["state"]]}
        said.append({"id": row["id"], "text": format_text(words[key], facts)})
    return said


def _describe_proposal(
    workbook: Workbook, words: Mapping[str, Any], found: Relationship
) -> dict[str, str] | None:
    """Return the closeness to propose, with what speaks for it in the person's own words."""
    if found.because is None:
        return None
    facts = {
        "on": workbook.short_date(found.because.on),
        "what": found.because.what,
        "word": workbook.texts_of("coach")["closeness"][found.closer],
    }
    key = "closer_on" if facts["on"] else "closer"
    return {
        "closeness": found.closer,
        "text": format_text(words[key], facts),
        "yes": format_text(words["closer_yes"], facts),
    }


def _describe_past(
    workbook: Workbook, words: Mapping[str, Any], entry: TrailEntry
) -> dict[str, str]:
    """Return one thing that has been, as texts; a promise has its id."""
    return {
        "on": workbook.short_date(entry.on),
        "said": format_text(words["trail"][entry.key], {"what": entry.what}),
        "promise": entry.promise_id,
    }


def _describe_sliders(words: Mapping[str, Any], person: FrameRow) -> list[str]:
    """Return what the person once answered with sliders, which newer cards no longer have."""
    said = {name: person[name] for name in ("comfort", "respect")}
    return [
        format_text(
            words["earlier_note"],
            {"label": words[name], "word": words[f"{name}_words"][int(value) - 1]},
        )
        for name, value in said.items()
        if value == value
    ]


def _list_channels(workbook: Workbook, words: Mapping[str, Any], chosen: str) -> JsonRow:
    """Return the ways to keep in touch; LINE is one of them in Japanese, or once it is chosen."""
    here = {"line"} if workbook.language == "ja" or chosen == "line" else set()
    return {key: text for key, text in words["channels"].items() if key != "line" or key in here}
