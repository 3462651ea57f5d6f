"""What keeps contacts off the suggestions, computed for all contacts at once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.relations.history import day_number, day_numbers, isin
from enishi.coach.relations.solicitation import soliciting_mask
from enishi.coach.rules.catalogue import MANDATORY
from enishi.coach.rules.settings import Settings
from enishi.coach.today.rest import contacted_this_week, is_resting
from enishi.coach.today.widening import chosen_widening

FOR_GOAL = "goal"
"""The act that rests on the user's goal alone."""
POLITE = "thank"
"""The act that stays due to every contact, also to those with low comfort."""


def find_exclusions(
    people: pd.DataFrame,
    histories: pd.DataFrame,
    act: NDArray[np.object_],
    review: pd.DataFrame,
    today: date,
    settings: Settings,
    hardly_known: NDArray[np.bool_],
    whom: str = "",
    they_begin: NDArray[np.bool_] | None = None,
) -> NDArray[np.object_]:
    """Return the key of the rule that keeps each contact off the list; '' where none does.

    Args:
        people: the active contacts.
        histories: rows of `history`, in the order of `people`.
        act: the kind of act for each contact, as in `RULE_OF`.
        review: the review frame.
        today: the user's current date.
        settings: rules of thumb and disabled rules; rules in `MANDATORY` always apply.
        hardly_known: a mask of those whom a week without anybody new leaves out.
        whom: the user's stand on whom to have to do with: `narrow` leaves out thanks as well and
            cannot be disabled as a rule, `open` lets everybody in.
        they_begin: who is to make the first move, from `they_begin_mask`; nobody by default.
    """
    number = day_number(today)
    polite = act == POLITE
    reach = histories["last_reach"].to_numpy()
    unanswered = histories["unanswered"].to_numpy()
    enough = (unanswered >= settings.unanswered_most) & (reach > number - settings.unanswered_days)
    waiting = enough | ((unanswered == 1) & (reach > number - settings.answer_days))
    full = contacted_this_week(histories, today) >= settings.reach_outs_per_week
    aloof = isin(people["afternoon"], "rather_not") & (whom != "open")
    conditions = {
        "gate_do_not_contact": people["do_not_contact"].to_numpy(),
        "gate_signs": soliciting_mask(people),
        "gate_closed": people["closed"].to_numpy(),
        "gate_they_begin": (act == FOR_GOAL) & (False if they_begin is None else they_begin),
        "gate_quiet": day_numbers(people["quiet_until"]) > number,
        "gate_unanswered": waiting & ~(polite & (unanswered < settings.unanswered_most)),
        "gate_afternoon": aloof & (~polite | (whom == "narrow")),
        "gate_comfort": (people["comfort"].to_numpy() < settings.comfort_least) & ~polite,
        "gate_widen": hardly_known & ~polite & (chosen_widening(review, today) == "nobody"),
        "gate_rest": np.full(len(people), is_resting(review, today)),
        "gate_week_full": np.full(len(people), full) & ~polite,
    }
    always = MANDATORY | ({"gate_afternoon"} if whom == "narrow" else set())
    heard = {
        key: where for key, where in conditions.items() if key in always or settings.is_enabled(key)
    }
    return np.select(list(heard.values()), list(heard), "").astype(object)
