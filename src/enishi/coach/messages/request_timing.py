"""Whether a request is timely: four sizes of request, and what is still missing for each.

The sizes are 1 a word or five minutes, 2 half an hour of advice, 3 an introduction, and 4 work,
which includes money and a reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from enishi.choices import REQUESTS
from enishi.coach.messages.lint import is_about_work, is_request
from enishi.coach.relations.answers import answers_to
from enishi.coach.relations.balance import balance
from enishi.coach.relations.facts import facts_about
from enishi.coach.relations.history import (
    NEVER,
    Frames,
    day_number,
    history,
    is_filled,
    isin,
    iter_rows,
)
from enishi.coach.relations.solicitation import soliciting_mask
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

_ASKING = dict(zip(REQUESTS, (2, 3), strict=True))
"""The size of each kind of draft that is a request by itself."""


def size_of(kind: str, text: str) -> int:
    """Return the size of a message's request, 1 to 4; 0 where it has no request.

    >>> size_of("advice", ""), size_of("news", "Could you send me work?"), size_of("news", "")
    (2, 4, 0)
    """
    if kind in ("decline", "refuse") or not (kind in _ASKING or is_request(text)):
        return 0
    return 4 if is_about_work(text) else _ASKING.get(kind, 1)


def required_standing(size: int, settings: Settings) -> tuple[int, int]:
    """Return the stage a size needs, and the least number of days between two requests.

    >>> required_standing(3, Settings())
    (3, 90)
    """
    return {
        1: (settings.ask_word_stage, settings.ask_word_days),
        2: (settings.ask_advice_stage, settings.ask_advice_days),
        3: (settings.ask_introduction_stage, settings.ask_introduction_days),
        4: (settings.ask_work_stage, settings.ask_work_days),
    }[size]


def weigh_ask(
    size: int,
    stage: int,
    *,
    gives_out: int = 0,
    gives_in: int = 0,
    days_since_ask: int | None = None,
    open_promise: bool = False,
    unanswered: int = 0,
    signs: bool = False,
    unsaid: bool = False,
    not_before: date | None = None,
    teaches: bool = False,
    settings: Settings | None = None,
) -> tuple[Reason, ...]:
    """Return the reasons against a request, given the history; none of them blocks it.

    Args:
        size: 1 to 4.
        stage: the stage of the tie, 0 to 4.
        gives_out: number of gives by the user to them.
        gives_in: number of gives by them to the user.
        days_since_ask: days since the user's last request, None if there was none.
        open_promise: whether a promise of the user to them is open.
        unanswered: number of the user's messages they have not answered.
        signs: whether they showed signs of solicitation.
        unsaid: whether the closeness is unknown: known from before, or no entries. The stage does
            not count then.
        not_before: the day until which the user leaves them in peace, None where it has passed.
        teaches: whether they said, or the user saw, that they like to teach: to ask them for advice
            rests on no stage (A24).
        settings: the disabled rules, stages, days and balance.
    """
    settings = settings or Settings()
    rests_on, gap = required_standing(size, settings)
    enough = (
        unsaid
        or stage >= rests_on
        or (teaches and size <= 2)
        or (size == 4 and stage == rests_on - 1 and gives_out >= settings.gives_for_work)
    )
    lean = float(balance(gives_out, gives_in))
    reasons = [reason_for("ask_signs")] if signs else []
    if not_before:
        reasons.append(reason_for("ask_quiet", on=not_before.isoformat()))
    if not enough:
        reasons.append(reason_for("ask_stage", stage=stage, needed=rests_on))
    if days_since_ask is not None and days_since_ask < gap:
        reasons.append(reason_for("ask_gap", days=gap))
    if open_promise:
        reasons.append(reason_for("ask_promise"))
    if unanswered >= settings.unanswered_most:
        reasons.append(reason_for("ask_unanswered"))
    if size >= 2 and lean < settings.balance_low:
        reasons.append(reason_for("ask_balance", balance=round(lean, 2)))
    return tuple(reason for reason in reasons if settings.is_enabled(reason.rule))


def may_ask(
    frames: Frames, contact_id: str, size: int, today: date, settings: Settings | None = None
) -> tuple[Reason, ...]:
    """Return the reasons against a request of `size` to one contact, by the entries in the book.

    Raises:
        KeyError: no active contact has the id `contact_id`.
    """
    settings = settings or Settings()
    seen = history(frames, today, settings)
    stage = int(stage_numbers(seen.loc[[contact_id]], settings)[0])
    row = next(values for _, values in iter_rows(seen.loc[[contact_id]]))
    last = int(row["last_ask"])
    ((_, person),) = iter_rows(frames["contact"].loc[[contact_id]])
    until = person["quiet_until"]
    return weigh_ask(
        size,
        stage,
        gives_out=int(row["gives_out"]),
        gives_in=int(row["gives_in"]),
        days_since_ask=day_number(today) - last if last > NEVER else None,
        open_promise=bool(row["open_mine"]),
        unanswered=int(row["unanswered"]),
        signs=any(soliciting_mask(frames["contact"].loc[[contact_id]])),
        unsaid=bool(row["known"] or not (row["days"] or row["stranger"])),
        not_before=until.date() if until > pd.Timestamp(today) else None,
        teaches=likes_to_teach(frames, contact_id),
        settings=settings,
    )


def likes_to_teach(frames: Frames, contact_id: str) -> bool:
    """Return whether a contact said, or the user saw, that they like to teach; a guess is not."""
    fact = facts_about(frames, contact_id)
    return bool((isin(fact["kind"], "teaches") & isin(fact["source"], "said", "seen")).any())


def is_early(reasons: Iterable[Reason]) -> bool:
    """Return whether a request asks for more than the tie bears yet, by the reasons against it."""
    return any(reason.rule == "ask_stage" for reason in reasons)


def last_early_request(frames: Frames) -> tuple[str, str] | None:
    """Return whom the user asked early last, and what they wrote about it; None for nothing.

    Args:
        frames: needs answer.
    """
    rows = answers_to(frames, "early_ask")
    rows = rows[is_filled(rows["words"])]
    return None if rows.empty else (rows["contact_id"].iloc[-1], rows["words"].iloc[-1].strip())
