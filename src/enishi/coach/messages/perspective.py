"""The recipient's view: what they see, gain and may fear; and the view of a payer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enishi.coach.messages.lint import find_issues
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.balance import balance_direction
from enishi.coach.relations.history import (
    NEVER,
    FrameRow,
    Frames,
    day_number,
    day_of,
    days_met,
    history,
    isin,
    iter_rows,
    name_of,
)
from enishi.coach.relations.stage import STAGES, stage_numbers
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class PerspectiveLine:
    """One sentence: its key in `take_perspective` of `data/words/coach.yaml`, and its facts."""

    key: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Perspective:
    """The user's plan or draft from the recipient's view, with sentences in the first person.

    Attributes:
        sees: what the user is to them so far.
        gains: what they gain; a question where nothing is written.
        fears: what may make them hesitate.
    """

    sees: tuple[PerspectiveLine, ...]
    gains: tuple[PerspectiveLine, ...]
    fears: tuple[PerspectiveLine, ...]


FEARS = {
    "lint_business_early": "fear_sold",
    "lint_joint_venture": "fear_sold",
    "lint_only_requests": "fear_used",
    "lint_many_requests": "fear_used",
    "lint_no_way_out": "fear_no_way_out",
    "lint_pressing": "fear_no_way_out",
    "lint_unnamed": "fear_who",
    "lint_mentor": "fear_burden",
    "lint_widen": "fear_one_of_many",
    "lint_empty_thanks": "fear_one_of_many",
    "lint_meet_without_why": "fear_why_me",
    "lint_only_me": "fear_unseen",
    "lint_long": "fear_burden",
}
"""The fear that each issue in a draft may cause in the recipient."""


def take_perspective(
    frames: Frames,
    contact_id: str,
    today: date,
    text: str = "",
    settings: Settings | None = None,
    me: str = "",
    kind: str = "",
) -> Perspective:
    """Return the contact's view of the user (A19, A71: the same card from their side).

    Args:
        frames: the book's frames.
        contact_id: the contact whose view to take.
        today: the user's current date.
        text: a draft to them, or ''.
        settings: rules of thumb.
        me: the sender's name.
        kind: the kind of the draft, '' where it is unknown.

    Raises:
        KeyError: no active contact has this id.
    """
    settings = settings or Settings()
    evidence = history(frames, today, settings)
    stage = int(stage_numbers(evidence.loc[[contact_id]], settings)[0])
    contact_history = next(values for _, values in iter_rows(evidence.loc[[contact_id]]))
    person = next(values for _, values in iter_rows(frames["contact"].loc[[contact_id]]))
    return Perspective(
        sees=tuple(what_they_see(contact_history, person, today)),
        gains=tuple(what_they_gain(frames, contact_id, person)),
        fears=tuple(
            what_they_fear(
                contact_history,
                stage_or_default(contact_history, stage, today, settings),
                text,
                settings,
                me,
                kind,
            )
        ),
    )


def what_they_see(
    contact_history: dict[str, Any], person: dict[str, Any], today: date
) -> list[PerspectiveLine]:
    """Return what the user is to them so far, as far as the book holds it."""
    if contact_history["stranger"]:
        return [PerspectiveLine("sees_stranger")]
    lines = []
    if contact_history["days"] == 1 and contact_history["new_on"] > NEVER:
        lines.append(PerspectiveLine("sees_once"))
    elif contact_history["days"] > 1 and not contact_history["known"]:
        lines.append(PerspectiveLine("sees_days", {"count": int(contact_history["days"])}))
    if person["through_id"]:
        lines.append(PerspectiveLine("sees_friend_of_friend"))
    if contact_history["last"] > NEVER and day_number(today) - contact_history["last"] > 90:
        lines.append(
            PerspectiveLine("sees_long_ago", {"on": day_of(contact_history["last"]).isoformat()})
        )
    if contact_history["kept"]:
        lines.append(PerspectiveLine("sees_kept"))
    if contact_history["open_mine"]:
        lines.append(PerspectiveLine("sees_open_promise"))
    if contact_history["gives_out"]:
        lines.append(PerspectiveLine("sees_gave"))
    return lines


def what_they_gain(
    frames: Frames, contact_id: str, person: dict[str, Any]
) -> list[PerspectiveLine]:
    """Return what they gain, in the user's own words, else one question (A20, B27)."""
    lines = (
        [PerspectiveLine("gains", {"what": person["they_gain"]})]
        if person["they_gain"].strip()
        else []
    )
    give = frames["give"]
    planned = give[(give["contact_id"] == contact_id) & (give["state"] == "planned")]
    lines += [
        PerspectiveLine("gains_give", {"what": what})
        for what in planned.loc[planned["direction"] == "out", "what"]
        if what
    ]
    return lines or [PerspectiveLine("gains_question", {"name": name_of(person)})]


def payers_answer(frames: Frames, contact_id: str) -> tuple[str, str]:
    """Return the user's answer whether a contact would pay them today, and what is missing.

    Returns:
        `yes`, `not_yet` or '' while it is not answered, and their own words, '' for none. Of two
        contacts who were made one, the later answer counts.
    """
    rows = answers_to(frames, "would_pay")
    rows = rows[isin(rows["contact_id"], contact_id)]
    if rows.empty:
        return "", ""
    return str(rows["chosen"].iloc[-1]), str(rows["words"].iloc[-1]).strip()


def what_is_missing(frames: Frames, contact_id: str) -> str:
    """Return what the user thinks is missing until a contact would pay them; '' where none is said.

    It is their answer to the payer's question, in their own words (A39, A40, B22).
    """
    chosen, words = payers_answer(frames, contact_id)
    return words if chosen == "not_yet" else ""


def what_they_fear(
    contact_history: dict[str, Any],
    stage: int,
    text: str,
    settings: Settings,
    me: str,
    kind: str = "",
) -> list[PerspectiveLine]:
    """Return what may make them hesitate, each once."""
    keys = []
    if (
        balance_direction(
            int(contact_history["gives_out"]), int(contact_history["gives_in"]), settings
        )
        == "receiving"
    ):
        keys.append("fear_used")
    if contact_history["unanswered"]:
        keys.append("fear_pressed")
    findings = find_issues(
        text,
        stage=stage,
        me=me,
        first=bool(contact_history["stranger"]),
        kind=kind,
        settings=settings,
    )
    keys += [FEARS[finding.rule] for finding in findings]
    return [PerspectiveLine(key) for key in dict.fromkeys(keys)]


def stage_or_default(contact_history: FrameRow, stage: int, today: date, settings: Settings) -> int:
    """Return the stage, 0 to 4, that the checks of a message use.

    A contact who was not met lately and is no stranger counts at least as acquainted (S2), because
    the book does not state that they have only just met.
    """
    lately = contact_history["new_on"] > day_number(today) - settings.news_until_days
    return (
        stage if lately or contact_history["stranger"] else max(stage, STAGES.index("acquainted"))
    )


PAYER_DAYS = (0, 30, 180)
"""Days since the first meeting at which the payer's question changes (A40)."""


def payer(frames: Frames, contact_id: str, today: date) -> PerspectiveLine:
    """Return the payer's question: would I hire a person I have known for so long?

    Returns:
        `payer_0`, `payer_30` or `payer_180`, with the days since the first meeting in `days`;
        `payer_unknown` where the date of the meeting is not written.
    """
    contact = frames["contact"].loc[[contact_id]]
    new = history(frames, today)["new_on"].loc[contact_id]
    since = max(int(days_met(contact)[0]), int(new))
    if since <= NEVER:
        return PerspectiveLine("payer_unknown")
    days = max(0, day_number(today) - since)
    step = max(limit for limit in PAYER_DAYS if days >= limit)
    return PerspectiveLine(f"payer_{step}", {"days": days})
