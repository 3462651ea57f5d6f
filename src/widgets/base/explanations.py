"""Put the coach's suggestions into the person's language: reasons, acts and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from enishi import clock
from enishi.book.tables import LINE
from enishi.coach.giving.fact_gifts import FactGift, quotable, read_fact_gifts
from enishi.coach.giving.gift_ideas import GiftSuggestion, Idea, read_ideas
from enishi.coach.rules.advice import Advice, read_pieces
from enishi.coach.rules.catalogue import MANDATORY
from enishi.coach.rules.reason import DAYS, Reason, TextIssue
from enishi.coach.rules.settings import Settings
from enishi.coach.today.next_action import NextAction
from enishi.coach.today.quiet_hours import why_quiet
from enishi.coach.today.suggestions import Suggestion, suggest_contacts
from enishi.i18n import format_text, read_advice, read_texts, texts
from enishi.i18n.chosen_word import texts_with_word, word_forms
from enishi.i18n.dates import format_span
from widgets.base.json_rows import JsonRow
from widgets.base.workbook import Workbook


@cache
def ideas() -> tuple[Idea, ...]:
    """Return the catalogue of gives."""
    return read_ideas(read_texts("gives"))


@cache
def fact_gifts() -> dict[str, tuple[FactGift, ...]]:
    """Return the gifts that facts about a contact open, by kind of fact."""
    return read_fact_gifts(read_texts("gives"))


@cache
def pieces_of_advice() -> dict[str, Advice]:
    """Return every piece of advice by its id."""
    return read_pieces(read_advice())


def describe_sources(sources: Iterable[str], language: str, word: str) -> JsonRow:
    """Return the sources of a rule: advice as `{id, said}` and studies as `{cite, said}`."""
    pieces, studies = pieces_of_advice(), texts_with_word("studies", language, word)
    return {
        "advice": [
            {"id": id, "said": say_advice(pieces[id], language, word)}
            for id in sources
            if id in pieces
        ],
        "studies": [studies[key] for key in sources if key in studies],
    }


def say_advice(piece: Advice, language: str, word: str) -> str:
    """Return the sentence of a piece of advice, with the word of choice filled in."""
    return format_text(piece.say[language], word_forms(language, word), partial=True)


def suggestions(workbook: Workbook) -> tuple[Suggestion, ...]:
    """Return the coach's suggestions; computed once for all sheets of the workbook."""

    def choose() -> tuple[Suggestion, ...]:
        return suggest_contacts(
            workbook.frames(), workbook.today, clock.now(), workbook.settings, ideas()
        )

    found: tuple[Suggestion, ...] = workbook.cached("suggestions", choose)
    return found


def describe_reason(workbook: Workbook, reason: Reason) -> JsonRow:
    """Return a reason as a sheet shows it.

    Returns:
        `rule` its key, `name` and `why` as texts, `always` whether the rule is mandatory, and its
        sources as `describe_sources` returns them.
    """
    rule = workbook.texts_of("rules")[reason.rule]
    return {
        "rule": reason.rule,
        "name": rule["name"],
        "why": format_text(rule["why"], describe_facts(workbook, reason.facts)),
        "always": reason.rule in MANDATORY,
    } | describe_sources(reason.source, workbook.language, workbook.chosen_word)


def describe_facts(workbook: Workbook, facts: Mapping[str, Any]) -> JsonRow:
    """Return the facts of a sentence, with days, a holiday, a channel and an idea as texts."""
    said = dict(facts)
    for name in DAYS:
        if facts.get(name):
            said[name] = workbook.short_date(date.fromisoformat(facts[name]))
    if "days" in facts:
        since = workbook.today - timedelta(days=int(facts["days"]))
        said["span"] = format_span(since, workbook.today, workbook.language)
    if "holiday" in facts:
        said["holiday"] = describe_holiday(facts["holiday"], workbook.language)
    if "last_talk" in facts:
        said["last_talk"] = workbook.texts_of("coach")["last_talks"][facts["last_talk"]]
    if "channel" in facts:
        channels = workbook.texts_of("contacts")["screens"]["people"]["channels"]
        said["channel"] = channels[facts["channel"]]
    if "idea" in facts:
        said["idea"] = describe_idea(facts["idea"], workbook.language)
    return said


def describe_holiday(name: str, language: str) -> str:
    """Return the name of a holiday in `language`; a name the person chose stays as it is.

    >>> [describe_holiday(name, "en") for name in ("海の日", "振替休日", "夏")]
    ['Marine Day', 'Substitute Holiday', '夏']
    """
    said: str = texts("coach", language)["quiet"]["holidays"].get(name, name)
    return said


def off(workbook: Workbook, day: date) -> str:
    """Return a note that `day` is a public holiday or the person's day off; '' if it is neither."""
    why = why_quiet(day, workbook.settings)
    words = workbook.texts_of("coach")["quiet"]["beside"]
    if why is None or why.rule not in words:
        return ""
    return format_text(words[why.rule], describe_facts(workbook, why.facts))


def describe_issues(
    findings: Iterable[TextIssue], settings: Settings, rules: Mapping[str, Any]
) -> list[JsonRow]:
    """Return the issues found in a text, without those of rules that are switched off.

    Args:
        findings: the issues.
        settings: which rules are on.
        rules: the texts of `data/words/rules.yaml`.

    Returns:
        For each issue `rule` its key, `quote` the passage it refers to, and `name`, `why` and `act`
        as texts.
    """
    return [
        {"rule": finding.rule, "quote": finding.quote}
        | {part: rules[finding.rule][part] for part in ("name", "why", "act")}
        for finding in findings
        if settings.is_enabled(finding.rule)
    ]


def describe_action(workbook: Workbook, ready: NextAction) -> str:
    """Return the sentence of an act that is ready."""
    sentence = workbook.texts_of("coach")["acts"][ready.key]
    return format_text(sentence, describe_facts(workbook, ready.facts))


def describe_idea(key: str, language: str) -> str:
    """Return the text of an idea of the catalogue; its key is `<way>_<size>_<number>`."""
    way, size, number = key.split("_")
    text: str = texts("gives", language)["ways"][way]["ideas"][size][int(number) - 1]["text"]
    return text


def describe_gift(gift: GiftSuggestion, language: str) -> str:
    """Return a suggested gift as a text: the person's words, or those of the catalogue."""
    if gift.reason.rule == "gift_gladdened":
        again: str = texts("coach", language)["acts"]["gift_again"]
        return format_text(again, {"what": gift.what})
    return gift.what or describe_idea(gift.key, language)


def describe_fact_gift(key: str, language: str, strength: str = "") -> str:
    """Return what to do for a gift that a fact opens; its key is `<kind>.<number>`."""
    kind, number = key.split(".")
    text: str = texts("gives", language)["for_facts"][kind][int(number) - 1]["text"]
    return format_text(text, {"strength": strength})


def word_fact_gift(key: str, words: str, language: str, strength: str = "") -> str:
    """Return a gift that a fact opens as the person plans it: what to do, then their own words."""
    sentence = texts("coach", language)["facts"]["gift"]
    act = describe_fact_gift(key, language, strength)
    room = LINE - len(format_text(sentence, {"act": act, "words": ""}))
    return format_text(sentence, {"act": act, "words": quotable(words, room)})
