"""How many examples a property test looks at."""

from __future__ import annotations

from hypothesis import settings


def max_examples() -> int:
    """Return the number of examples of the profile in use."""
    profile = settings.default
    assert profile is not None
    return profile.max_examples
