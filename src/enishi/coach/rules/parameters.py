"""The rules of thumb as the user sees and changes them: whole numbers, and their limits."""

from __future__ import annotations

from dataclasses import dataclass, fields

from enishi.coach.rules.limits import limits
from enishi.coach.rules.settings import Settings
from enishi.errors import EnishiError

IN_ORDER = (
    ("thanks_hours", "thanks_grace_hours"),
    ("second_touch_from_days", "second_touch_to_days"),
    ("effect_after_days", "effect_until_days"),
    ("first_month", "first_week"),
    ("first_week", "first_grace"),
    ("pressure_some", "pressure_high"),
    ("s3_meetings", "s4_meetings"),
    ("s3_span_days", "s4_span_days"),
    ("s3_gives", "s4_gives"),
    ("s3_comfort", "s4_comfort"),
    ("tie_acquainted", "tie_close"),
    ("trust_s1", "trust_s2"),
    ("trust_s2", "trust_s3"),
    ("trust_s3", "trust_s4"),
    ("evidence_feeling", "evidence_episode"),
    ("evidence_episode", "evidence_words"),
)
"""Pairs of settings of which the first is never greater than the second."""


class OutOfRangeError(EnishiError):
    """The number is outside the limits of the rule of thumb or not whole."""

    sentence = "Here a whole number from {least} to {most} makes sense."
    way_out = "What was there has been left as it was."


@dataclass(frozen=True)
class Parameter:
    """A rule of thumb.

    Attributes:
        name: the name of the setting.
        value: the present value; a share is in percent.
        usual: the default value.
        least, most: the limits, given the present values of the other rules of thumb.
    """

    name: str
    value: int
    usual: int
    least: int
    most: int


def read_parameters(settings: Settings) -> tuple[Parameter, ...]:
    """Return every rule of thumb that is a number."""
    usual = Settings()
    numbers = (field.name for field in fields(Settings) if is_number(field.default))
    return tuple(read_parameter(name, settings, usual) for name in numbers)


def read_parameter(name: str, settings: Settings, usual: Settings) -> Parameter:
    """Return the rule of thumb `name`; its limits respect `IN_ORDER`."""
    times = 100 if isinstance(getattr(usual, name), float) else 1
    least, most = limits(name, getattr(usual, name))
    for lower, higher in IN_ORDER:
        if name == lower:
            most = min(most, getattr(settings, higher))
        if name == higher:
            least = max(least, getattr(settings, lower))
    now, first = (round(times * getattr(each, name)) for each in (settings, usual))
    return Parameter(name, now, first, round(times * least), round(times * most))


def to_setting(name: str, value: float, settings: Settings) -> str:
    """Return the text in which a rule of thumb is stored as a setting.

    Args:
        name: the name of the setting.
        value: the user's input; a share is in percent.
        settings: the present values of the other rules of thumb.

    Raises:
        KeyError: no rule of thumb has this name.
        OutOfRangeError: the number is outside the limits or not whole.

    >>> to_setting("weight_goal", 20, Settings()), to_setting("meal_days", 10, Settings())
    ('0.2', '10')
    """
    known = {each.name: each for each in read_parameters(settings)}[name]
    if value != int(value) or not known.least <= value <= known.most:
        raise OutOfRangeError(least=known.least, most=known.most)
    return str(value / 100 if isinstance(getattr(settings, name), float) else int(value))


def is_number(default: object) -> bool:
    """Return whether a setting with this default is a number."""
    return isinstance(default, int | float) and not isinstance(default, bool)
