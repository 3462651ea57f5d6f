"""Begin a message: its recipient, the kind that fits, and the draft for both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enishi import clock
from enishi.book.batch import Batch
from enishi.book.errors import UnknownRowError
from enishi.book.tables import LINE, NOTE
from enishi.coach.messages.draft import (
    CLOSE_TIES,
    MessageDraft,
    compose_draft,
    form_of_address,
)
from enishi.coach.messages.draft_facts import draft_facts
from enishi.coach.messages.gift_letters import gift_letter_kind
from enishi.coach.messages.message_kind import MessageSuggestion, default_kind, suggest_kinds
from enishi.coach.messages.phrases import noun_phrase
from enishi.coach.relations.history import Frames, active_contacts, history
from enishi.coach.relations.history import frames_of as single
from enishi.coach.relations.stage import stage_numbers
from enishi.errors import EnishiError
from enishi.i18n import texts
from enishi.i18n.names import is_east_asian
from widgets.base.sheet import ForbiddenError
from widgets.base.workbook import Workbook


class ConsentMissingError(EnishiError):
    """A person wants to introduce two contacts, but not both have agreed."""

    sentence = "Both have to say yes first."
    way_out = "Ask each of them, and note their answer under “Introductions”."


TRUST = 3
"""From this stage on a draft begins in the friendly tone."""


def fits(workbook: Workbook, contact_id: str) -> tuple[MessageSuggestion, ...]:
    """Return the kinds of message that fit a contact now."""
    return suggest_kinds(
        workbook.frames(), contact_id, workbook.today, clock.now(), workbook.settings
    )


def start_message(
    workbook: Workbook,
    contact_id: str,
    kind: str = "",
    *,
    batch: Batch | None = None,
    **links: str | None,
) -> str:
    """Begin a message, or reopen the unsent one of that kind, and show it next.

    Only a message to the same contact about the same things is reopened. No text is stored before
    the person changes something of the draft: see `with_draft`.

    Args:
        workbook: the workbook; its sheet `draft` shows the message.
        contact_id: the recipient.
        kind: the kind of draft; '' takes the one that fits best.
        batch: the call it belongs to; None makes it a call of its own.
        links: `other_id`, `promise_id`, `give_id` and `introduction_id`, if the message is about
            one.

    Returns:
        The message's id.

    Raises:
        UnknownRowError: the recipient, or the other person of the message, is not in the book or in
            the bin, or a link leads to a row about somebody else.
    """
    assert workbook.book is not None
    writer = workbook.book if batch is None else batch
    require_own_links(workbook.frames(), contact_id, links)
    if not kind:
        best = next(iter(fits(workbook, contact_id)), None)
        kind = best.kind if best else default_kind(workbook.frames(), contact_id, workbook.today)
    about = message_links(workbook, contact_id, kind) | {
        name: id for name, id in links.items() if id
    }
    message = workbook.frames()["message"]
    same = ~message["sent"] & (message["contact_id"] == contact_id) & (message["kind"] == kind)
    for name in ("other_id", "introduction_id"):
        same &= message[name].fillna("") == about.get(name, "")
    for name, id in about.items():
        same &= message[name] == id
    if same.any():
        id = str(message.index[same][-1])
        writer.update("message", id, on=workbook.today.isoformat())
    else:
        row = {"contact_id": contact_id, "kind": kind} | about | tone_for(workbook, contact_id)
        id = writer.add("message", **row, on=workbook.today.isoformat())
    workbook.requests["draft"] = id
    return id


def require_own_links(frames: Frames, contact_id: str, links: Mapping[str, str | None]) -> None:
    """Raise an error unless a message's links lead to rows about its recipient.

    Raises:
        UnknownRowError: one of them does not, or a person is not in the book.
    """
    people = active_contacts(frames).index
    if not {contact_id, links.get("other_id") or contact_id} <= set(people):
        raise UnknownRowError()
    ends = {
        "promise": ("contact_id",),
        "give": ("contact_id",),
        "introduction": ("bridge_id", "target_id"),
    }
    for table, columns in ends.items():
        id, rows = links.get(f"{table}_id"), frames[table]
        about = rows.loc[rows.index == id, list(columns)].to_numpy() if id else [contact_id]
        if contact_id not in about:
            raise UnknownRowError()


def start_gift_message(workbook: Workbook, give_id: str) -> str:
    """Begin the message that goes with a planned gift, or reopen the unsent one, and show it next.

    Args:
        workbook: the workbook; its sheet `draft` shows the message.
        give_id: the gift.

    Returns:
        The message's id.

    Raises:
        UnknownRowError: the gift is not in the book.
        ForbiddenError: no letter goes with it: the contact showed signs of solicitation.
    """
    frames = workbook.frames()
    if give_id not in frames["give"].index:
        raise UnknownRowError()
    kind = gift_letter_kind(frames, give_id)
    if not kind:
        raise ForbiddenError()
    contact_id = str(frames["give"].at[give_id, "contact_id"])
    message = frames["message"]
    begun = message[~message["sent"] & (message["give_id"] == give_id)]
    begun = begun[begun["contact_id"] == contact_id]
    if len(begun):
        workbook.requests["draft"] = str(begun.index[-1])
        return workbook.requests["draft"]
    return start_message(workbook, contact_id, kind, give_id=give_id)


def message_links(workbook: Workbook, contact_id: str, kind: str) -> dict[str, str]:
    """Return what a message of `kind` to a contact is about now: a promise or an introduction."""
    fit = next((fit for fit in fits(workbook, contact_id) if fit.kind == kind), None)
    found = (
        {}
        if fit is None
        else {"promise_id": fit.promise_id, "introduction_id": fit.introduction_id}
    )
    return {name: id for name, id in found.items() if id}


def tone_for(workbook: Workbook, contact_id: str) -> dict[str, str]:
    """Return the tone and the language of a message to a contact.

    The tone is the one on the contact's card, else that of the last message, else friendly to
    family and an old friend, else it follows from the stage of the relationship. The language is
    that of the last message, else that of the name.
    """
    frames = workbook.frames()
    message = frames["message"]
    person = frames["contact"].loc[contact_id]
    said = {"level": person["politeness"]} if person["politeness"] else {}
    before = message[message["contact_id"] == contact_id]
    if len(before):
        return {name: before[name].iloc[-1] for name in ("level", "language")} | said
    stage = int(
        stage_numbers(
            history(single(frames, contact_id), workbook.today, workbook.settings),
            workbook.settings,
        )[0]
    )
    reads = workbook.language == "ja" and person["family_kana"]
    latin = not (is_east_asian(person["name"]) or reads)
    return {
        "level": "friendly" if stage >= TRUST or person["known_as"] in CLOSE_TIES else "polite",
        "language": "en" if latin else "ja",
    } | said


def composed(workbook: Workbook, row: Mapping[str, Any]) -> MessageDraft:
    """Return the draft of a message, filled from the book; unknown facts stay as blanks."""
    words = texts("drafts", row["language"])
    facts = facts_for(workbook, row)
    draft = compose_draft(words, row["kind"], row["level"], facts)
    body = draft.body
    forwarded = introduction_of(workbook, row)["text"].strip()
    if row["kind"] == "ask_introduction" and forwarded:
        body = f"{body}\n\n{words['forwarded']}\n{forwarded}"
    return MessageDraft(draft.subject[:LINE], body[:NOTE], draft.blanks)


def with_draft(workbook: Workbook, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a message's row, with its draft as the text where the person has written none."""
    if row["text"].strip():
        return {**row}
    draft = composed(workbook, row)
    return {**row, "subject": draft.subject, "text": draft.body}


def compose_impression(workbook: Workbook, person: Mapping[str, Any], work: str) -> dict[str, Any]:
    """Return the columns of a first message to somebody who is not in the book yet (A55).

    Args:
        workbook: the workbook.
        person: the columns of their contact.
        work: what they made, in the person's words; '' leaves a gap.
    """
    tone = {"level": "polite", "language": "ja" if is_east_asian(person["name"]) else "en"}
    language, words = tone["language"], texts("drafts", tone["language"])
    facts = {
        "to": form_of_address(person, tone["level"], language),
        "me": signature(workbook, language),
        "work": noun_phrase(work, language),
    }
    draft = compose_draft(words, "impression", tone["level"], facts)
    return tone | {"kind": "impression", "subject": draft.subject[:LINE], "text": draft.body[:NOTE]}


def facts_for(workbook: Workbook, row: Mapping[str, Any]) -> dict[str, str]:
    """Return what the book knows for a message, by the names of the blanks."""
    words, me = texts("drafts", row["language"]), signature(workbook, row["language"])
    frames, today = workbook.frames(), workbook.today
    return draft_facts(frames, row, words, today, me, workbook.settings)


def signature(workbook: Workbook, language: str) -> str:
    """Return the person's signature for messages in `language`; '' if there is none yet."""
    return workbook.setting(f"me_{language}").strip()


def introduction_of(workbook: Workbook, row: Mapping[str, Any]) -> dict[str, str]:
    """Return the introduction a message is about; without one, its id and texts are empty."""
    frame = workbook.frames()["introduction"]
    names = (
        *("bridge_id", "target_id", "target_words", "state"),
        *("why", "to_target", "for_them", "text"),
    )
    id = row.get("introduction_id") or ""
    if id not in frame.index:
        return {"id": ""} | dict.fromkeys(names, "")
    return {"id": id} | {name: str(frame.at[id, name]) for name in names}
