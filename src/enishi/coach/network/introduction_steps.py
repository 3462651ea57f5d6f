"""The steps of an introduction, each with both sides' consent, up to thanks and a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.choices import INTRODUCTION_STEPS
from enishi.coach.relations.history import Frames, active_contacts, iter_rows, names_by_id
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class IntroductionTask:
    """One introduction under way.

    Attributes:
        introduction_id: the id of the introduction.
        state: one of `INTRODUCTION_STEPS`, or `let_go`.
        next: the state that follows, '' at the end.
        mine: whether the next move is the user's, rather than one to wait for.
        reason: what to do, or None while the user only waits.
    """

    introduction_id: str
    state: str
    next: str
    mine: bool
    reason: Reason | None


def step_after(state: str) -> str:
    """Return the state after `state`; '' after the last one and for `let_go`.

    >>> step_after("asked"), step_after("reported"), step_after("let_go")
    ('bridge_agreed', '', '')
    """
    if state not in INTRODUCTION_STEPS[:-1]:
        return ""
    return INTRODUCTION_STEPS[INTRODUCTION_STEPS.index(state) + 1]


LETTER_OF = {
    "planned": ("ask_introduction", "bridge"),
    "asked": ("", "bridge"),
    "bridge_agreed": ("grateful", "bridge"),
    "target_agreed": ("introduced", "target"),
    "introduced": ("grateful", "bridge"),
    "thanked": ("report", "bridge"),
}
"""The kind of message to write at each state, and its recipient; '' for no message."""
MOVES = {
    ("ask_introduction", "planned"): "asked",
    ("introduced", "target_agreed"): "introduced",
    ("grateful", "introduced"): "thanked",
    ("report", "introduced"): "reported",
    ("report", "thanked"): "reported",
}
"""The state after a message is sent, by the kind of the message and the state before."""


def moved_by(kind: str, state: str) -> str:
    """Return the state of an introduction after a message of `kind` is sent.

    >>> moved_by("ask_introduction", "planned"), moved_by("grateful", "bridge_agreed")
    ('asked', 'bridge_agreed')
    """
    return MOVES.get((kind, state), state)


def _days_to_wait(settings: Settings) -> dict[str, int]:
    """Return the days after which the next step is the user's, by state.

    A state that is not a key has no wait: planned is the user's to begin, thanks are due at once.
    """
    return {
        "asked": settings.wait_asked_days,
        "bridge_agreed": settings.wait_bridge_days,
        "target_agreed": settings.wait_target_days,
        "thanked": settings.wait_report_days,
    }


def introduction_tasks(
    frames: Frames, today: date, settings: Settings | None = None
) -> tuple[IntroductionTask, ...]:
    """Return all introductions: those with the user's move first, closed ones last.

    Args:
        frames: needs introduction and contact.
        today: the user's current date.
        settings: the days to wait and the disabled rules.
    """
    settings = settings or Settings()
    contact, rows = frames["contact"], frames["introduction"]
    unwelcome = set(active_contacts(frames).index.difference(suggestible_contacts(frames).index))
    linked = {*rows["bridge_id"], *rows["target_id"]}
    who = names_by_id(contact.loc[[id for id in sorted(linked) if id in contact.index]])
    tasks, waits = [], _days_to_wait(settings)
    for key, row in iter_rows(rows):
        after = step_after(row["state"])
        waited = 9999 if pd.isna(row["on"]) else (today - row["on"].date()).days
        mine = after != "" and (row["state"] not in waits or waited >= waits[row["state"]])
        name = f"desk_{row['state']}"
        reason = None
        solicits = row["bridge_id"] in unwelcome or row["target_id"] in unwelcome
        if mine and settings.is_enabled(name) and not solicits:
            reason = step_reason(
                row["state"],
                bridge=who.get(row["bridge_id"], ""),
                target=who.get(row["target_id"], "") or row["target_words"],
            )
        tasks.append(IntroductionTask(key, row["state"], after, mine, reason))
    done = {"reported": 1, "let_go": 2}
    return tuple(sorted(tasks, key=lambda e: (done.get(e.state, 0), not e.mine)))


def step_reason(state: str, bridge: str, target: str) -> Reason:
    """Return the reason for the step after `state`.

    Args:
        state: one of `INTRODUCTION_STEPS` with a rule `desk_<state>`.
        bridge: name of the contact who makes the introduction.
        target: name or description of the person to be introduced to.
    """
    facts = {"bridge": bridge, "target": target}
    return reason_for(f"desk_{state}", **facts)
