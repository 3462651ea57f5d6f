"""The coach's rules of thumb: every number that no study fixes; the user can change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from enishi.coach.language.days_off import Span, read_spans
from enishi.coach.rules.limits import read_value

USUAL_DAYS_OFF = ("12/29-1/3 年末年始", "4/29-5/5 大型連休", "8/13-8/16 お盆")
"""New Year, Golden Week and Obon: the usual days off in Japan."""


@dataclass(frozen=True)
class Settings:
    """The settings the user may change; each default is a rule of thumb (目安), never a verdict.

    `data/words/settings.yaml` explains each number to the user.
    """

    switched_off: frozenset[str] = frozenset()
    """Keys of the rules that are disabled."""
    country: str = "jp"
    """The country whose public holidays count as days off, or `none`; see `limits.CHOICES`."""
    days_off: tuple[Span, ...] = read_spans(USUAL_DAYS_OFF)
    """Days off in addition to the public holidays."""

    # the list of today
    suggestions_shown: int = 2
    reach_outs_per_week: int = 5
    focus_most: int = 5
    gifts_shown: int = 3
    minutes_per_week: int = 30
    worth_times: int = 2
    effect_after_days: int = 7
    effect_until_days: int = 60
    snooze_days: int = 14
    plan_ask_days: int = 7
    questions_per_week: int = 2
    went_on_days: int = 14
    once_enough_days: int = 91
    question_again_days: int = 7
    question_open_days: int = 60

    # what is asked about people, and how long an answer holds
    mutual_after_days: int = 28
    why_known_after_days: int = 7
    lesson_after_days: int = 7
    first_move_days: int = 30
    balance_fine_days: int = 183
    idle_days: int = 21
    dials_days: int = 28
    still_mine_days: int = 28
    stand_days: int = 91
    brief_days: int = 14
    next_shown: int = 3
    long_ago_days: int = 365

    # hours of the day
    morning_hour: int = 8
    night_hour: int = 21

    # days between contacts (layers of friendship), and the health of a tie
    keep_s2_days: int = 180
    keep_s3_days: int = 90
    keep_s4_days: int = 30
    grow_s1_days: int = 14
    grow_s2_days: int = 30
    grow_s3_days: int = 21
    grow_s4_days: int = 14
    due_from: float = 0.8
    health_asleep: float = 0.25
    dormant_days: int = 1095

    # after a first meeting
    thanks_hours: int = 24
    thanks_grace_hours: int = 48
    second_touch_from_days: int = 7
    second_touch_to_days: int = 14
    news_after_days: int = 30
    news_until_days: int = 90
    first_tries: int = 2
    first_characters: int = 400

    # promises
    promise_days: int = 7
    meal_days: int = 14
    broken_days: int = 90

    # weights for the order of the list
    weight_first: float = 0.25
    weight_due: float = 0.20
    weight_goal: float = 0.15
    weight_occasion: float = 0.10
    first_grace: float = 0.8
    first_week: float = 0.5
    first_month: float = 0.2
    occasion_before_days: int = 1
    occasion_after_days: int = 3
    give_back_days: int = 7
    goal_days: int = 14

    # limits that protect the user and the ties
    capacity_per_week: int = 7
    answer_days: int = 7
    unanswered_most: int = 2
    unanswered_days: int = 60
    comfort_least: int = 3
    ease_comfort: int = 4
    hard_most: int = 3
    hard_days: int = 14
    balance_low: float = -1 / 3
    balance_high: float = 0.5
    over_giving_least: int = 5
    one_sided_share: float = 0.15
    one_sided_least: int = 6
    collecting_least: int = 5
    collecting_times: int = 2

    # events
    mixers_most: int = 2
    mixer_days: int = 30
    follow_up_days: int = 3
    follow_up_least: float = 0.2
    pressure_high: int = 7
    pressure_some: int = 4
    talks_most: int = 3
    names_most: int = 3

    # the goal, its places and its people
    phase_known: int = 3
    phase_trusted: int = 2

    # requirements of each stage
    s2_two_way: int = 2
    s3_meetings: int = 4
    s3_span_days: int = 28
    s3_gives: int = 1
    s3_kept: int = 1
    s3_started: int = 1
    s3_comfort: int = 3
    s4_meetings: int = 8
    s4_span_days: int = 90
    s4_gives: int = 2
    s4_received: int = 1
    s4_acts: int = 1
    s4_comfort: int = 4

    # before a request
    ask_word_stage: int = 1
    ask_advice_stage: int = 2
    ask_introduction_stage: int = 3
    ask_work_stage: int = 4
    ask_word_days: int = 7
    ask_advice_days: int = 30
    ask_introduction_days: int = 90
    ask_work_days: int = 180
    gives_for_work: int = 3

    # introductions under way
    wait_asked_days: int = 10
    wait_bridge_days: int = 10
    wait_target_days: int = 7
    wait_report_days: int = 30
    bridge_rest_days: int = 90
    between_most: int = 2
    hop_penalty: float = 0.75
    trust_s1: float = 0.2
    trust_s2: float = 0.4
    trust_s3: float = 0.7
    trust_s4: float = 0.9

    # own cases, side by side
    cases_least: int = 3

    # the net
    nearest_most: int = 15
    tie_acquainted: float = 0.5
    tie_close: float = 0.8
    alike_share: float = 0.35
    warmth_half_days: int = 90
    warmth_message: float = 0.5
    warmth_together: int = 2

    # strengths
    evidence_feeling: float = 0.5
    evidence_episode: float = 0.7
    evidence_words: float = 0.85
    wait_voice_days: int = 7
    energy_share: float = 0.25
    strengths_said: int = 2

    @classmethod
    def from_rows(cls, rows: Mapping[str, Any]) -> Self:
        """Return settings from stored rows, `{name: value}`; an invalid value keeps the default.

        Args:
            rows: values as text, number or list; unknown names are ignored, also those of settings
                that no longer exist.
        """
        read = {
            field.name: read_value(field.name, rows[field.name], field.default)
            for field in fields(cls)
            if field.name in rows
        }
        return cls(**{name: value for name, value in read.items() if value is not None})

    def is_enabled(self, rule: str) -> bool:
        """Return whether `rule` is enabled, that is not in `switched_off`."""
        return rule not in self.switched_off
