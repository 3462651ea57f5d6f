"""The month within the look back: the dials, the experiment, and what else is asked monthly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from enishi.book.tables import TABLES
from enishi.book.validation import defaults
from enishi.coach.goal.goal_check import is_goal_asked
from enishi.coach.relations.first_move import asked_before_giving
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.relations.thriving import thriving_sentence
from enishi.coach.review.months import (
    is_month_due,
    last_experiment,
    look_again_day,
    wants_other_phase,
)
from enishi.coach.review.self_ratings import DIALS
from enishi.coach.strengths.growth import candidates
from enishi.coach.strengths.self_introduction import list_spots
from enishi.coach.today.first_minutes import OWN_REASON
from enishi.i18n import format_list, format_text
from widgets.base.json_rows import JsonRow
from widgets.base.phase import phase_of
from widgets.base.workbook import Workbook
from widgets.parts.explanation import describe_reasons
from widgets.parts.self_rating import dials_state

MONTH_LINES = ("changed", "learned", "tried")
"""The columns of a month's review that are asked at once."""
_GROWN = 5
"""Most strengths proposed to grow."""
_QUARTER = timedelta(days=91)
"""How far back one looks for somebody who came by the line about oneself."""


def find_month(workbook: Workbook) -> JsonRow:
    """Return the review of this month, or an unmade one; two windows write to the same row.

    It is the one begun within the last four weeks, as long as these have not passed.
    """
    since = (workbook.today - timedelta(days=workbook.settings.dials_days)).isoformat()
    found = [row for row in workbook.rows("review") if row["kind"] == "month" and row["on"] > since]
    id = f"month-{workbook.today}"
    unmade = {"id": id, "version": 0} | defaults(TABLES["review"])
    return found[-1] if found else unmade | {"on": workbook.today.isoformat()}


def describe_month(workbook: Workbook) -> JsonRow:
    """Return the month's review, and what is asked in it."""
    frames, today, settings = workbook.frames(), workbook.today, workbook.settings
    review = find_month(workbook)
    just_said = bool(review["still_mine"]) and review["on"] == today.isoformat()
    asked = is_goal_asked(frames, today, settings) or just_said
    other = wants_other_phase(frames, today, settings)
    return {
        "due": is_month_due(frames, today, settings) or other,
        "other_phase": other,
        "look_again": _find_look_again(workbook, review),
        "review": review,
        "experiment": _describe_experiment(workbook, review["id"]),
        "thriving": thriving_sentence(frames, today),
        "goal": workbook.goal(),
        "phase": _describe_phase(workbook),
        "asked": asked,
        "why": workbook.setting(OWN_REASON).strip(),
        "matters_at": workbook.address("01-start", "matters"),
        "wish_at": workbook.address("02-goal", "wish"),
        "grow": _describe_growth(workbook),
        "spots": _describe_spots(workbook),
        "asked_first": _describe_asked_first(workbook),
        "introduce_at": workbook.address("03-strengths", "introduce"),
    }


def _find_look_again(workbook: Workbook, month: JsonRow) -> JsonRow:
    """Return the review that holds the day to look at the phase again; at first this month's."""
    found = look_again_day(workbook.frames())
    if found is None:
        return month
    return next(row for row in workbook.rows("review") if row["id"] == found.review_id)


def describe_dials(workbook: Workbook) -> dict[str, Any]:
    """Return the dials, and the one that is asked about: why it is not lower, what more would be.

    It is the lowest of today's reading; as long as none is set today, nothing is asked.
    """
    found = dials_state(workbook)
    last = {name: value for name in DIALS if (value := found["row"][name]) is not None}
    at = min(last, key=lambda name: last[name], default="")
    asked = None
    if at:
        value = last[at]
        asked = {
            "dial": found["words"][at],
            "value": value,
            "less": max(0, value - 2) if value else None,
            "more": value + 1 if value < 10 else None,
        }
    return found | {"asked": asked}


def _describe_experiment(workbook: Workbook, this_month: str) -> JsonRow | None:
    found = last_experiment(workbook.frames(), this_month, workbook.today, workbook.settings)
    if found is None:
        return None
    return next(row for row in workbook.rows("review") if row["id"] == found.id)


def _describe_phase(workbook: Workbook) -> JsonRow:
    """Return the phases a goal can be in, and the proposed one with its reason."""
    found = phase_of(workbook)
    said = workbook.texts_of("coach")
    return {
        "names": said["phases"],
        "says": said["phase_says"],
        "proposed": found.proposed,
        "reason": describe_reasons(workbook, [found.reason])[0] if found.reason else None,
    }


def _describe_growth(workbook: Workbook) -> JsonRow:
    """Return the strengths one might grow, and the one chosen."""
    found = [each for each in candidates(workbook.frames(), workbook.settings) if each.proposed]
    chosen = [row for row in workbook.rows("strength", "name", "grow") if row["grow"]]
    return {
        "choices": [[each.id, each.name] for each in found[:_GROWN]],
        "now": chosen[-1] if chosen else None,
    }


def _describe_asked_first(workbook: Workbook) -> str:
    """Return the sentence about one person asked before anything was given; '' for none."""
    frames, days = workbook.frames(), workbook.settings.dials_days
    id = asked_before_giving(frames, workbook.today, days)
    if id not in suggestible_contacts(frames).index:
        return ""
    return format_text(
        workbook.words("review")["asked_first"], {"name": workbook.address_contact(id)}
    )


def _describe_spots(workbook: Workbook) -> list[JsonRow]:
    """Return where the line about oneself can be seen, and who came by it in three months."""
    language = workbook.language
    spots = list_spots(workbook.frames(), workbook.today - _QUARTER)
    return [{"place": spot.place, "found": format_list(spot.found, language)} for spot in spots]
