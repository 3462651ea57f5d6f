"""Labelled texts, and how far a detector reads them as the labels say.

`texts/open` was there while the rules were written. `texts/unread` was written by others and not
read by those who wrote the rules, so only its figures say how the rules do on texts of strangers.
Its texts with `round: 2` are by further writers, added when rules and weights were finished.
`texts/held` was written with texts of `texts/open` and `texts/training`, and kept aside meanwhile.
`texts/written` are further texts that those who wrote the rules made up, hard on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from enishi.coach.giving.promises import detect_promises
from enishi.coach.goal.vague_wish import find_vague
from enishi.coach.language.date_phrases import find_date, find_days
from enishi.coach.language.solicitation_signs import find_signs
from enishi.coach.language.words import compare_words
from enishi.coach.messages.lint import find_issues
from enishi.i18n.texts import read_yaml

TEXTS = Path(__file__).parents[1] / "language" / "texts"
PARTS = ("open", "unread")
SUNDAY = 6
FRIDAY = date(2026, 11, 20)
"""Today for texts whose labels do not depend on the day."""

Text = dict[str, Any]
Figures = dict[str, float]
Misses = list[str]


def read_labelled(part: str, kind: str) -> list[Text]:
    """Return the labelled texts of one kind."""
    texts: list[Text] = read_yaml(TEXTS / part / f"{kind}.yaml")
    return texts


def measure(kind: str, texts: Iterable[Text]) -> tuple[Figures, Misses]:
    """Return the figures of a detector over labelled texts, and what it reads wrongly."""
    return KINDS[kind](list(texts))


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def measure_promises(texts: list[Text]) -> tuple[Figures, Misses]:
    made = found = owned = innocent = false = 0
    misses = []
    for text in texts:
        by = [each.by for each in detect_promises(text["text"], FRIDAY)]
        expected = text["promises"]
        if not expected:
            innocent += 1
            false += bool(by)
        made += len(expected)
        both = min(len(by), len(expected))
        found += both
        owned += sum(a == b for a, b in zip(by, expected, strict=False))
        if by != expected:
            misses.append(f"{expected} read as {by}: {text['text']}")
    figures = {
        "recall": share(found, made),
        "false alarms": share(false, innocent),
        "right owner": share(owned, found),
    }
    return figures, misses


def measure_dates(texts: list[Text]) -> tuple[Figures, Misses]:
    """Return how often first and last day are right; `one day`: the last, but of a week."""
    named = right = none = invented = spans = one_day = 0
    misses = []
    for text in texts:
        today = text["today"]
        days = find_days(text["text"], today)
        found = (days.first, days.last) if days else None
        expected = (text["first"], text["last"]) if "last" in text else None
        if expected is None:
            none += 1
            invented += found is not None
        else:
            named += 1
            right += found == expected
            if not (expected[1].weekday() == SUNDAY and (days and days.sort == "week")):
                spans += 1
                one_day += find_date(text["text"], today) == expected[1]
        if found != expected:
            misses.append(f"{expected} read as {found} on {today}: {text['text']}")
    figures = {
        "right": share(right, named),
        "invented": share(invented, none),
        "one day": share(one_day, spans),
    }
    return figures, misses


def measure_flags(
    texts: list[Text], is_flagged: Callable[[Text], bool], is_seen: Callable[[Text], bool]
) -> tuple[Figures, Misses]:
    """Return recall and false alarms of a detector that says yes or no."""
    flagged = [text for text in texts if is_flagged(text)]
    clear = [text for text in texts if not is_flagged(text)]
    found = [text for text in flagged if is_seen(text)]
    false = [text for text in clear if is_seen(text)]
    misses = [f"missed: {text}" for text in flagged if text not in found]
    misses += [f"false alarm: {text}" for text in false]
    figures = {
        "recall": share(len(found), len(flagged)),
        "false alarms": share(len(false), len(clear)),
    }
    return figures, misses


def measure_wishes(texts: list[Text]) -> tuple[Figures, Misses]:
    return measure_flags(
        texts, lambda text: text["vague"], lambda text: bool(find_vague(text["text"]))
    )


def find_draft_problems(text: Text) -> set[str]:
    """Return the problems found in a labelled draft, by the names of the labels."""
    found = find_issues(
        text["text"], stage=text["stage"], me=text["me"], first=text["first"], kind=text["kind"]
    )
    return {each.rule.removeprefix("lint_") for each in found}


def measure_drafts(texts: list[Text]) -> tuple[Figures, Misses]:
    problems = found = clean = flagged = said = 0
    misses = []
    for text in texts:
        expected, seen = set(text["problems"]), find_draft_problems(text)
        problems += len(expected)
        found += len(expected & seen)
        said += len(seen)
        if not expected:
            clean += 1
            flagged += bool(seen)
        if seen != expected:
            misses.append(f"{sorted(expected)} read as {sorted(seen)}: {text}")
    figures = {
        "recall": share(found, problems),
        "clean ones flagged": share(flagged, clean),
        "precision": share(found, said),
    }
    return figures, misses


def measure_matches(texts: list[Text]) -> tuple[Figures, Misses]:
    belong = found = said = 0
    misses = []
    for text in texts:
        match = compare_words(text["one"], text["other"])
        seen = match is not None and match.is_sure
        belong += text["belong"]
        found += text["belong"] and seen
        said += seen
        if seen != text["belong"]:
            misses.append(f"{text['belong']} read as {seen}: {text['one']} × {text['other']}")
    return {"recall": share(found, belong), "precision": share(found, said)}, misses


def measure_solicitation(texts: list[Text]) -> tuple[Figures, Misses]:
    """Return the figures, with how often the right sign is among those found in such a text."""
    signs = {text["text"]: {each.sign for each in find_signs(text["text"])} for text in texts}
    figures, misses = measure_flags(
        texts, lambda text: bool(text["signs"]), lambda text: bool(signs[text["text"]])
    )
    seen = [text for text in texts if text["signs"] and signs[text["text"]]]
    right = [text for text in seen if signs[text["text"]] & set(text["signs"])]
    return figures | {"right sign": share(len(right), len(seen))}, misses


KINDS: dict[str, Callable[[list[Text]], tuple[Figures, Misses]]] = {
    "promises": measure_promises,
    "dates": measure_dates,
    "wishes": measure_wishes,
    "drafts": measure_drafts,
    "solicitation": measure_solicitation,
    "matches": measure_matches,
}
