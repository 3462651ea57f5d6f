"""What the book knows for a draft; an unknown fact is left out, and stays a gap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from enishi.coach.giving.fact_gifts import quotable
from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.goal.place_dates import date_of
from enishi.coach.language.meeting_words import read_invitation
from enishi.coach.language.promise_titles import promise_title
from enishi.coach.language.words import NO_ANSWERS, WordAnswers, read_answers, shared_words
from enishi.coach.messages.draft import (
    draft_sentence,
    form_of_address,
    given_name,
    own_honorific,
    plain_name,
    promised_thing,
    sender_name,
    short_address,
)
from enishi.coach.messages.gift_letters import work_gift
from enishi.coach.messages.phrases import (
    is_in_language,
    noun_phrase,
    quotable_words,
    quoted_lines,
    quoted_words,
    told_to,
)
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import (
    NEVER,
    FrameRow,
    Frames,
    day_number,
    day_of,
    frames_of,
    history,
    is_filled,
    isin,
    iter_rows,
)
from enishi.coach.relations.steps import steps_with
from enishi.coach.relations.talks import TOGETHER
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.self_introduction import line_for_kind, shortest_line
from enishi.coach.today.priorities import occasions
from enishi.i18n.dates import format_month_day
from enishi.i18n.names import with_honorific
from enishi.i18n.texts import format_text

_WELL_KNOWN = ("friend", "family", "colleague")
"""Values of `known_as` of contacts whose drafts do not mention how they met the user."""
RESPECT_CHARACTERS = 80
"""The most characters of what the user respects in a contact that an introduction quotes."""
HONORIFIC = {"friendly": "さん", "polite": "さん", "formal": "様"}
"""The honorific of a third person in a Japanese message, by the level of politeness."""


def draft_facts(
    frames: Frames,
    message: Mapping[str, Any],
    words: Mapping[str, Any],
    today: date,
    me: str,
    settings: Settings | None = None,
) -> dict[str, str]:
    """Return what the book knows for a message, by the names of the blanks.

    Names appear unchanged in a message of any language; other texts only if they are in its
    language and fit into its sentences. What the user noted about a contact for themselves never
    enters a message: only words noted as said by the contact do, and in an introduction what the
    user respects in them.

    Args:
        frames: the book's frames.
        message: the message's row: `contact_id`, `kind`, `level`, `language` and its links.
        words: `texts("drafts", language)`, for the phrases that are made of several facts.
        today: the user's current date.
        me: the sender's name, '' where it is unknown.
        settings: the days after which a talk is long ago.

    Raises:
        KeyError: no contact has the id `contact_id`.
    """
    settings = settings or Settings()
    id, level, language = message["contact_id"], message["level"], message["language"]
    contact = frames["contact"]
    person = person_of(frames, id)
    seen = history(frames_of(frames, id), today, settings).iloc[0]
    just_met = bool(seen["new_on"] > NEVER)
    facts = {"to": form_of_address(person, level, language)}
    facts["me"] = sender_name(me, person["known_as"])
    facts["name"] = short_address(person, level, language)
    facts |= meeting_facts(frames, id, message, words, day_of(seen["new_on"]) if just_met else None)
    long_ago = day_number(today) - settings.news_after_days
    last = max(seen["last"], seen["last_said"], seen["new_on"])
    facts["long"] = "yes" if NEVER < last <= long_ago else ""
    facts["remembered"] = remembered(frames, id, language, words)
    facts["question"] = question_about(frames, person, id, language, words)
    facts |= invitation_facts(frames, id, message, words, today)
    facts["got"] = noun_phrase(last_gift(frames, id), language)
    facts |= lesson_facts(frames, message, words)
    facts |= promise_facts(frames, message, today, language)
    facts |= given_facts(frames, message, today, language)
    facts |= introduction_facts(frames, message, words)
    other = message.get("other_id") or ""
    if other in contact.index:
        facts["a"] = plain_name(person, level, language)
        both = person_of(frames, other)
        facts["b"] = facts["target"] = plain_name(both, level, language)
        facts["common"] = noun_phrase(common_interest(person, both, read_answers(frames)), language)
        facts["about_a"] = respect_quoted(person, language, words)
        facts["about_b"] = respect_quoted(both, language, words)
    if message["kind"] == "wishes" and occasions(contact.loc[[id]], today, settings).any():
        facts["occasion"] = words["birthday"]
    return {name: text for name, text in facts.items() if text}


def person_of(frames: Frames, id: str) -> dict[str, Any]:
    """Return a contact's row."""
    ((_, person),) = iter_rows(frames["contact"].loc[[id]])
    return person


def name_for(frames: Frames, id: str | None, level: str, language: str) -> str:
    """Return a contact's name for a message; '' where no contact has this id."""
    known = id is not None and id in frames["contact"].index
    return plain_name(person_of(frames, str(id)), level, language) if known else ""


def meeting_facts(
    frames: Frames, id: str, message: Mapping[str, Any], words: Mapping[str, Any], on: date | None
) -> dict[str, str]:
    """Return where and how the user met a contact: `where`, `bridge` and the phrase `met`.

    Args:
        frames: the book's frames.
        id: the contact's id.
        message: the message's row.
        words: the texts of the drafts.
        on: the day of a first meeting just noted, None for all others.
    """
    language, level = message["language"], message["level"]
    person = person_of(frames, id)
    where = noun_phrase(str(person["where_met"]), language) or first_event(frames, id, language)
    if where and on is not None:
        facts = {"where": where, "day": format_month_day(on, language)}
        where = format_text(words["where_and_when"], facts)
    bridge = name_for(frames, person["through_id"], level, language)
    said = words["met"][level]
    met = ""
    if where:
        met = format_text(said["where"], {"where": where})
    elif bridge:
        met = format_text(said["through"], {"bridge": bridge})
    if person["known_as"] in _WELL_KNOWN:
        met = ""
    return {"where": where, "bridge": bridge, "met": met}


def first_event(frames: Frames, id: str, language: str) -> str:
    """Return the name of the event at which a contact was first met; '' where none is written."""
    encounter, event = frames["encounter"], frames["event"]
    theirs = encounter[(encounter["contact_id"] == id) & encounter["on"].notna()]
    for event_id in theirs.sort_values("on", kind="stable")["event_id"].head(1):
        if event_id in event.index:
            return noun_phrase(str(event.at[event_id, "name"]), language)
    return ""


def remembered(frames: Frames, id: str, language: str, words: Mapping[str, Any]) -> str:
    """Return a phrase about something the contact said, in the words noted; '' where none are."""
    encounter = frames["encounter"]
    talks = encounter[(encounter["contact_id"] == id) & isin(encounter["kind"], *TOGETHER)]
    for note in reversed(talks.sort_values("on", kind="stable")["note"].tolist()):
        if said := quoted_words(note, language):
            return format_text(words["remembered"]["quote"], {"words": said})
    for kind, said in said_facts(frames, id, language, "said"):
        if kind in words["remembered"]:
            return format_text(words["remembered"][kind], {"words": said})
    return ""


def question_about(
    frames: Frames, person: FrameRow, id: str, language: str, words: Mapping[str, Any]
) -> str:
    """Return a question about what a contact looks for, tries or loves; '' where that is unknown.

    What the user only guesses is not asked about.
    """
    known = said_facts(frames, id, language, "said", "seen")
    known += [("looking_for", noun_phrase(need, language)) for need in person["needs"]]
    known += [("loves", noun_phrase(topic, language)) for topic in person["topics"]]
    found = {kind: said for kind, said in reversed(known) if said}
    for kind in ("looking_for", "trying", "loves"):
        if kind in found:
            return format_text(words["questions"][kind], {"words": found[kind]})
    return ""


def said_facts(frames: Frames, id: str, language: str, *sources: str) -> list[tuple[str, str]]:
    """Return `(kind, phrase)` of the facts from `sources`, the latest first.

    Japanese quotes what a contact is trying, so that there any short text fits.
    """
    fact = facts_about(frames, id)
    fact = fact[isin(fact["source"], *sources)].sort_values("on", kind="stable")
    found = []
    for _, row in reversed(list(iter_rows(fact))):
        fit = quotable_words if language == "ja" and row["kind"] == "trying" else noun_phrase
        if phrase := fit(row["words"], language):
            found.append((str(row["kind"]), phrase))
    return found


def respect_quoted(person: FrameRow, language: str, words: Mapping[str, Any]) -> str:
    """Return what the user respects in a contact, quoted in their words; '' where nothing fits.

    It presents the contact to another one (B13).
    """
    said = quotable(str(person["respect_for"]), RESPECT_CHARACTERS)
    if not is_in_language(said, language) or said.endswith("…"):
        return ""
    inner = str.maketrans("「」“”", "『』‘’")
    return format_text(words["respect"], {"words": said.translate(inner).rstrip("。.")})


def invitation_facts(
    frames: Frames, id: str, message: Mapping[str, Any], words: Mapping[str, Any], today: date
) -> dict[str, str]:
    """Return the invitation of an open step with a contact: `next`, `offer` and `question`.

    Only what one is invited to and the days enter the message, not the step's words.
    """
    language, level = message["language"], message["level"]
    read = (read_invitation(step, today) for step in steps_with(frames, id)["words"])
    found = next(filter(None, read), None)
    if found is None:
        return {}
    said = words["invitation"]
    days = [format_month_day(day, language) for day in found.days[:2]]
    either = format_text(said["either"], {"first": days[0], "second": days[-1]})
    facts = {"form": said["forms"][found.form], "days": either if len(days) > 1 else days[0]}
    offer = format_text(said["offer"][level], facts)
    return {"next": format_text(said["next"][level], facts), "offer": offer, "question": offer}


def last_gift(frames: Frames, id: str) -> str:
    """Return what the contact did for the user last; '' where nothing is written."""
    give = frames["give"]
    came = isin(give["direction"], "in") & ~isin(give["state"], "let_go")
    rows = give[came & (give["contact_id"] == id).to_numpy()]
    return "".join(rows.sort_values("on", kind="stable")["what"].tail(1))


def lesson_facts(
    frames: Frames, message: Mapping[str, Any], words: Mapping[str, Any]
) -> dict[str, str]:
    """Return what thanks for a lesson say: what it was for, and what came of it, as answered.

    Nothing once thanks were sent after the answer.
    """
    id, language = message["contact_id"], message["language"]
    answer = answers_to(frames, "lesson")
    if message["kind"] != "grateful" or answer.empty:
        return {}
    theirs = answer[isin(answer["contact_id"], id) & is_filled(answer["words"])].tail(1)
    message_rows = frames["message"]
    thanked = message_rows["sent"].to_numpy() & isin(message_rows["kind"], "grateful")
    sent = message_rows[thanked & isin(message_rows["contact_id"], id)]
    for _, row in iter_rows(theirs):
        said = draft_sentence(row["words"], language)
        if is_in_language(said, language) and not (sent["on"] >= row["on"]).any():
            return {"got": words["lesson"], "changed": said}
    return {}


def promise_facts(
    frames: Frames, message: Mapping[str, Any], today: date, language: str
) -> dict[str, str]:
    """Return the thing that was promised, `item`, and the title of the promise, `promised`.

    `act` means that it names no thing.

    `new_day` is its day, where that is still ahead.
    """
    promise = frames["promise"]
    if message.get("promise_id") not in promise.index:
        return {}
    said = promise_title(str(promise.at[message["promise_id"], "words"]))
    if language == "en":
        person = person_of(frames, message["contact_id"])
        said = told_to(said, (person["name"], person["called"], given_name(person)))
    item = noun_phrase(promised_thing(said, language), language)
    due = date_of(promise.at[message["promise_id"], "due"])
    day = format_month_day(due, language) if due and due >= today else ""
    act = "" if item else "yes"
    return {"item": item, "act": act, "promised": quotable_words(said, language), "new_day": day}


def given_facts(
    frames: Frames, message: Mapping[str, Any], today: date, language: str
) -> dict[str, str]:
    """Return the work or the event of the contact's that a message is about, and the help in it.

    It is the fact that the message's gift answers, else the one book or product, or the next event
    of the contact's, that is written down; a hand is offered to what they look for, too. With a
    work go the lines of it that moved the user, as far as they are written.
    """
    id, kind = message["contact_id"], message["kind"]
    fact, give, event = facts_about(frames, id), frames["give"], frames["event"]
    gift = give[give.index == (message.get("give_id") or "")]
    answered = fact[fact.index.isin(gift["fact_id"])]
    found = {}
    if kind == "impression":
        works = fact[isin(fact["kind"], "book", "product")]
        works = answered if len(answered) else works
        found["work"] = noun_phrase(works["words"].iloc[0], language) if len(works) == 1 else ""
        read = work_gift(frames, message)
        found["moved"] = quoted_lines(read["moved"], language) if read else ""
    if kind == "hand":
        ahead = (event["host_id"] == id) & (event["on"] >= pd.Timestamp(today)) & ~event["done"]
        events = fact.loc[isin(fact["kind"], "event"), "words"].tolist()
        events = events or event[ahead].sort_values("on", kind="stable")["name"].head(1).tolist()
        events = events or fact.loc[isin(fact["kind"], "looking_for"), "words"].tolist()
        events = answered["words"].tolist() or events
        found["event"] = noun_phrase(events[0], language) if len(events) == 1 else ""
        found["help"] = noun_phrase("".join(gift["what"]), language)
    return found


def introduction_facts(
    frames: Frames, message: Mapping[str, Any], words: Mapping[str, Any]
) -> dict[str, str]:
    """Return what an introduction says to the addressee of a message, and nothing else of it.

    The bridge reads the reason and what is in it for the target; the target reads what the user
    wrote to them, else what the user tells people of their kind, else the line for everybody.
    """
    introduction = frames["introduction"]
    if message.get("introduction_id") not in introduction.index:
        return {}
    ((_, row),) = iter_rows(introduction.loc[[message["introduction_id"]]])
    level, language, kind = message["level"], message["language"], message["kind"]

    def sentence(said: str) -> str:
        return draft_sentence(said, language) if is_in_language(said, language) else ""

    target = name_for(frames, row["target_id"], level, language)
    bridge = name_for(frames, row["bridge_id"], level, language)
    own = ""
    if row["target_id"] in frames["contact"].index:
        ((_, person),) = iter_rows(frames["contact"].loc[[row["target_id"]]])
        own = own_honorific(person, language)
    named = with_honorific(target, language, (own if language == "ja" else "") or HONORIFIC[level])
    facts = {"target": target, "bridge": bridge, "them": named or words["them"]}
    if kind in ("forward", "introduced"):
        of_kind = line_for_kind(frames, kind_of_target(frames, row))
        said = row["to_target"] if row["to_target"].strip() else of_kind or shortest_line(frames)
        return facts | {"to_target": sentence(said)}
    facts["kind"] = named or noun_phrase(str(row["target_words"]), language)
    return facts | {"reason": sentence(row["why"]), "for_them": sentence(row["for_them"])}


def kind_of_target(frames: Frames, introduction: Mapping[str, Any]) -> str:
    """Return the id of the kind of person an introduction is to; '' where that is not known.

    It is the kind noted on the contact, else the one whose words the introduction has.
    """
    contact, role = frames["contact"], rows_of_open_goals(frames, "role")
    if introduction["target_id"] in contact.index:
        return str(contact.at[introduction["target_id"], "role_id"])
    words = str(introduction["target_words"]).strip()
    named = role[(role["does"] == words) | (role["name"] == words) | (role["nearer"] == words)]
    return str(named.index[0]) if words and len(named) else ""


def common_interest(person: FrameRow, other: FrameRow, answers: WordAnswers = NO_ANSWERS) -> str:
    """Return what two contacts share, in the user's words; '' where nothing matches."""
    common = shared_words([*person["needs"], *person["topics"]], other["topics"], answers)
    return common or shared_words(other["needs"], person["topics"], answers)
