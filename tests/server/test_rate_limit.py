from __future__ import annotations

from enishi.serve.handlers.rate_limit import AT_ONCE, RateLimiter


def say(pace: RateLimiter, times: int, seconds: float, start: float = 0.0) -> list[float]:
    """Say something `times` times, every so many seconds; return how long each had to wait."""
    return [pace.pause(500, start + number * seconds) for number in range(times)]


def test_nobody_who_types_has_to_wait() -> None:
    pace = RateLimiter()
    assert set(say(pace, 1000, 0.1)) == {0.0}
    assert not pace.is_too_much(100.0)


def test_a_page_that_opens_may_say_much_at_once() -> None:
    assert set(say(RateLimiter(), int(AT_ONCE), 0.0)) == {0.0}


def test_a_flood_is_slowed_down_and_then_too_much() -> None:
    pace, now = RateLimiter(), 0.0
    while not pace.is_too_much(now):
        now += max(0.001, pace.pause(500, now))
        assert now < 60
    assert now > 10


def test_a_page_that_pauses_is_not_taken_for_a_flood() -> None:
    pace = RateLimiter()
    for second in range(0, 60, 12):
        assert say(pace, 210, 0.0, float(second))[-1] > 0
        assert not pace.is_too_much(second)


def test_two_long_files_after_each_other_are_taken_slowly() -> None:
    pace, longest = RateLimiter(), 10 * 1024 * 1024
    assert pace.pause(longest, 0.0) == 0.0
    wait = pace.pause(longest, 1.0)
    assert 0 < wait < 10
    assert not pace.is_too_much(1.0 + wait)
