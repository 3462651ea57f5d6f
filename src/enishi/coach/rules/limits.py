"""The limits of the rules of thumb, and the parsing of their stored values."""

from __future__ import annotations

import json
from typing import Any

from enishi.coach.language.days_off import DaysOffSyntaxError, read_spans

LIMITS: dict[str, tuple[float, float]] = {
    "_days": (1, 3650),
    "_hours": (1, 1000),
    "_per_week": (1, 100),
    "_tries": (1, 10),
    "_most": (1, 30),
    "_least": (1, 30),
    "_shown": (1, 10),
    "_stage": (1, 4),
    "_comfort": (1, 5),
    "minutes_per_week": (5, 600),
    "suggestions_shown": (0, 2),
    "focus_most": (1, 5),
    "between_most": (1, 2),
    "talks_most": (1, 3),
    "comfort_least": (1, 5),
    "follow_up_least": (0, 1),
    "morning_hour": (5, 11),
    "night_hour": (17, 23),
    "first_characters": (100, 4000),
    "pressure_high": (1, 10),
    "pressure_some": (1, 10),
    "balance_low": (-1, 0),
    "balance_high": (0, 1),
}
"""Least and most allowed value, by the end of a setting's name; the later line wins."""
COUNTS = (1, 50)
"""Least and most of any other count; any other share is 0 to 1."""
CHOICES = {"country": ("jp", "gb", "us", "de", "fr", "in", "sg", "au", "ca", "none")}
"""The allowed values of each text setting."""


def limits(name: str, default: object = 0.5) -> tuple[float, float]:
    """Return the least and the most allowed value of a setting.

    >>> limits("meal_days"), limits("focus_most"), limits("weight_goal"), limits("s3_kept", 1)
    ((1, 3650), (1, 5), (0, 1), (1, 50))
    """
    plain = COUNTS if isinstance(default, int) else (0, 1)
    return next((span for end, span in reversed(LIMITS.items()) if name.endswith(end)), plain)


def read_value(name: str, value: Any, default: object) -> Any:
    """Return a stored value in the type of its default, or None where it is invalid.

    >>> read_value("focus_most", "4", 5), read_value("focus_most", "9", 5)
    (4, None)
    >>> read_value("hop_penalty", "0.5", 0.3), read_value("country", "jp", "none")
    (0.5, 'jp')
    """
    try:
        if isinstance(default, frozenset | tuple):
            listed = list(map(str, json.loads(value) if isinstance(value, str) else value))
            return frozenset(listed) if isinstance(default, frozenset) else read_spans(listed)
        if isinstance(default, str):
            return value if value in CHOICES[name] else None
        number = int(value) if isinstance(default, int) else float(value)
        least, most = limits(name, default)
        return number if least <= number <= most else None
    except (TypeError, ValueError, DaysOffSyntaxError):
        return None
