"""The first ten minutes: five small questions that end in one thing to do for one person."""

from __future__ import annotations

from enishi.coach.relations.history import Frames, is_filled

STEPS = ("reason", "wish", "person", "idea", "day")
"""The questions, in their order."""
FIRST_GIFT = "first-minutes"
"""The id of the gift that the last three questions fill in."""
OWN_REASON = "why"
"""The setting that holds the reason in the user's own words."""


def steps_written(frames: Frames) -> dict[str, bool]:
    """Return for each of `STEPS` whether its answer is written.

    Args:
        frames: needs goal, give and setting.
    """
    goal, give = frames["goal"], frames["give"]
    goal = goal[~goal["closed"]]
    gift = give[give.index == FIRST_GIFT]
    reason = str(frames["setting"]["value"].get(OWN_REASON, ""))
    return {
        "reason": bool((goal["start"] != "").any() or reason.strip()),
        "wish": bool(is_filled(goal["wish"]).any()),
        "person": bool((gift["contact_id"] != "").any()),
        "idea": bool(is_filled(gift["what"]).any()),
        "day": bool(gift["on"].notna().any()),
    }


def count_unfinished(frames: Frames) -> int:
    """Return how many steps are written, if the user began and has not finished; else 0.

    Someone whose book holds contacts, but not the first gift, began elsewhere.
    """
    if all(frames[table].empty for table in ("goal", "give", "setting")):
        return 0
    written = sum(steps_written(frames).values())
    elsewhere = FIRST_GIFT not in frames["give"].index and len(frames["contact"]) > 0
    return 0 if elsewhere or written == len(STEPS) else written
