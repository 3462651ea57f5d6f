from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.coach.giving.gift_ideas import read_ideas
from enishi.coach.relations.cadence import due
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings
from enishi.coach.today.priorities import priority
from enishi.coach.today.suggestions import Suggestion, explain_exclusions, suggest_contacts
from enishi.i18n import read_texts, texts
from enishi.i18n.texts import format_text
from examples import max_examples
from frames import Row, frames

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 3, 0)  # UTC: noon in Tokyo
IDEAS = read_ideas(read_texts("gives"))


def listed(
    f: Frames, rule: Settings | None = None, today: date = TODAY, now: datetime = NOON
) -> tuple[Suggestion, ...]:
    return suggest_contacts(f, today, now, rule, IDEAS)


def test_the_ranking_of_the_worked_example() -> None:
    """A met 20 h ago; C a day late of 90 with a birthday; B and D by rhythm."""
    worked = {
        "a": (1, 0, 2 / 3, 0),
        "c": (0, float(due(100, 90)), 1, 1),
        "b": (0, float(due(45, 30)), 0, 0),
        "d": (0, float(due(30, 180)), 1 / 3, 0),
    }

    ranked = {name: round(float(priority(*parts, Settings())), 1) for name, parts in worked.items()}
    assert ranked == {"a": 35.0, "c": 30.2, "b": 11.7, "d": 5.0}


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_the_priority_lies_between_nothing_and_a_hundred(parts: list[float]) -> None:
    warm, near, far, more = parts
    assert 0 <= priority(warm, near, far, more, Settings()) <= 100.000001


def book() -> Frames:
    """A met yesterday, B long not met, E promised something, plus somebody of every gate."""
    known = {"known_as": "just_met", "met_on": "2026-11-19"}
    return frames(
        contact=[
            {"id": "a", "name": "あ見本", "called": "A", "known_as": "just_met"},
            {"id": "b", "name": "び見本", "focus": True},
            {"id": "e", "name": "え見本", **known},
            {"id": "never", "name": "見本", "do_not_contact": True, **known},
            {"id": "rest", "name": "見本", "closed": True, **known},
            {"id": "quiet", "name": "見本", "quiet_until": "2026-12-01", **known},
            {"id": "wait", "name": "見本", "focus": True},
            {"id": "gone", "name": "見本", "trashed_on": "2026-11-01", **known},
        ],
        encounter=[
            {"contact_id": "a", "on": "2026-11-19", "at": "2026-11-19T07:00:00Z"},
            {"contact_id": "b", "on": "2026-08-01", "kind": "met"},
            {"contact_id": "b", "on": "2026-09-01", "kind": "meal", "started_by": "me"},
            {"contact_id": "wait", "on": "2026-07-01", "kind": "met"},
            {"contact_id": "wait", "on": "2026-08-01", "kind": "meal"},
            *(
                {"contact_id": "wait", "on": on, "kind": "message", "started_by": "me"}
                for on in ("2026-11-01", "2026-11-10")
            ),
        ],
        promise=[{"contact_id": "e", "words": "本を送る", "due": "2026-12-17"}],
    )


def test_a_suggestion_names_whom_why_and_the_act_that_is_ready() -> None:
    first, second = listed(book())

    assert (first.contact_id, first.act, first.due) == ("a", "thank", TODAY)
    assert first.reason.facts == {"name": "A", "on": "2026-11-19", "where": ""}
    assert first.ready.key == "say_thanks"
    assert (second.contact_id, second.act) == ("b", "catch_up")
    assert second.ready.key == "ask_news"


def test_whoever_has_an_idea_of_mine_waiting_is_not_suggested_beside_it() -> None:
    give = [{"contact_id": "b", "state": "planned", "what": "展示の話をする"}]
    mine = {**book(), "give": frames(give=give)["give"]}

    assert [row.contact_id for row in listed(mine)] == ["a"]


def test_whoever_is_kept_off_the_list_is_kept_off_for_a_reason() -> None:
    held = explain_exclusions(book(), TODAY, NOON)

    assert {who: reason.rule for who, reason in held.items()} == {
        "never": "gate_do_not_contact",
        "rest": "gate_closed",
        "quiet": "gate_quiet",
        "wait": "gate_unanswered",
    }


def test_the_same_book_gives_the_same_list() -> None:
    assert listed(book()) == listed(book())


def test_somebody_met_yesterday_is_thanked_today() -> None:
    f = frames(
        contact=[{"id": "c", "name": "見本", "known_as": "just_met", "met_on": "2026-11-19"}]
    )
    (row,) = listed(f)

    assert (row.act, row.ready.key, row.due) == ("thank", "say_thanks", TODAY)
    assert row.reason.facts["on"] == "2026-11-19"


def test_after_the_thanks_a_second_touch_comes_within_two_weeks() -> None:
    f = frames(
        contact=[{"id": "c", "name": "見本", "known_as": "just_met"}],
        encounter=[
            {"contact_id": "c", "on": "2026-11-10", "kind": "met"},
            {
                "contact_id": "c",
                "on": "2026-11-11",
                "kind": "message",
                "started_by": "me",
                "two_way": True,
            },
        ],
    )
    (row,) = listed(f)

    assert (row.act, row.due) == ("second", date(2026, 11, 24))


def test_after_a_month_a_first_word_is_news_and_no_longer_thanks() -> None:
    f = frames(
        contact=[{"id": "c", "name": "見本", "known_as": "just_met", "met_on": "2026-10-10"}]
    )

    assert [row.act for row in listed(f)] == ["news"]


def test_people_met_years_ago_do_not_flood_the_list() -> None:
    f = frames(
        contact=[{"name": "見本", "met_on": "2021-04-01", "source": "linkedin"} for _ in range(9)]
    )

    assert listed(f) == ()


def test_who_has_been_receiving_is_reminded_to_give_in_return() -> None:
    f = frames(
        contact=[{"id": "c", "name": "見本"}],
        fact=[{"contact_id": "c", "words": "ブログの感想"}],
        encounter=[
            {"contact_id": "c", "on": "2026-10-01", "kind": "met", "started_by": "me"},
            {"contact_id": "c", "on": "2026-11-01", "kind": "meal", "started_by": "me"},
        ],
        give=[{"contact_id": "c", "direction": "in", "state": "done"} for _ in range(4)],
    )
    (row,) = listed(f)

    assert row.act == "give"
    assert row.ready.key == "gift_idea"


def test_after_three_rhythms_a_call_rather_than_one_line() -> None:
    f = frames(
        contact=[{"id": "c", "name": "見本", "focus": True}],
        encounter=[
            {"contact_id": "c", "on": "2026-01-05", "kind": "met", "started_by": "me"},
            {"contact_id": "c", "on": "2026-02-01", "kind": "meal", "started_by": "me"},
        ],
    )
    (row,) = listed(f)

    assert (row.act, row.ready.key) == ("reconnect", "call_again")


def test_a_ping_does_not_count_as_contact() -> None:
    quiet = {"contact_id": "c", "kind": "met", "started_by": "me"}
    f = frames(
        contact=[{"id": "c", "name": "見本", "focus": True}],
        encounter=[
            quiet | {"on": "2026-08-01"},
            quiet | {"on": "2026-09-01", "kind": "meal"},
            {"contact_id": "c", "on": "2026-11-18", "kind": "sns", "two_way": True},
        ],
    )
    (row,) = listed(f)

    assert row.reason.facts["on"] == "2026-09-01"


def test_with_little_comfort_only_politeness_is_suggested() -> None:
    tired = {"name": "見本", "comfort": 2}
    f = frames(
        contact=[
            {"id": "due", "focus": True, **tired},
            {"id": "thanks", "known_as": "just_met", "met_on": "2026-11-19", **tired},
        ],
        encounter=[
            {"contact_id": "due", "on": "2026-08-01", "kind": "met"},
            {"contact_id": "due", "on": "2026-09-01", "kind": "meal"},
        ],
    )

    assert [(row.contact_id, row.act) for row in listed(f)] == [("thanks", "thank")]
    assert explain_exclusions(f, TODAY, NOON)["due"].rule == "gate_comfort"


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (19, "見本さんの誕生日が近づいています。", "見本’s birthday is near."),
        (20, "きょうは、見本さんの誕生日です。", "It is 見本’s birthday today."),
        (21, "見本さんの誕生日は、過ぎたばかりです。", "見本’s birthday is just past."),
    ],
)
def test_a_birthday_is_near_today_or_just_past(day: int, ja: str, en: str) -> None:
    f = frames(
        contact=[{"id": "c", "name": "見本", "birthday": "1990-11-20", "met_on": "2020-01-01"}]
    )
    (reason,) = [row.reason for row in listed(f, today=date(2026, 11, day))]
    for language, said in (("ja", ja), ("en", en)):
        assert format_text(texts("rules", language)[reason.rule]["why"], reason.facts) == said


def test_a_birthday_is_an_occasion_from_the_day_before_to_three_days_after() -> None:
    def acts(on: date) -> list[str]:
        f = frames(
            contact=[{"id": "c", "name": "見本", "birthday": "1990-11-20", "met_on": "2020-01-01"}]
        )
        return [row.act for row in listed(f, today=on)]

    assert acts(date(2026, 11, 18)) == []
    assert acts(date(2026, 11, 19)) == acts(date(2026, 11, 23)) == ["occasion"]
    assert acts(date(2026, 11, 24)) == []


def test_somebody_who_touches_the_goal_comes_up_and_the_touching_point_is_named() -> None:
    f = frames(
        goal=[{"id": "g", "wish": "制作者になる"}],
        role=[{"id": "r", "goal_id": "g", "does": "独立したWeb制作者"}],
        contact=[
            {"id": "topic", "name": "あ見本", "topics": ["山歩き", "Web制作"]},
            {"id": "kind", "name": "い見本", "role_id": "r"},
            {"id": "other", "name": "う見本", "topics": ["山歩き"]},
        ],
    )
    rows = {row.contact_id: row for row in listed(f)}

    assert set(rows) == {"topic", "kind"}
    assert rows["topic"].reason.facts["topic"] == "Web制作"
    assert rows["kind"].reason.facts["topic"] == "独立したWeb制作者"


def test_at_most_two_are_shown_and_ties_are_broken_by_reading() -> None:
    f = frames(
        contact=[
            {
                "id": str(i),
                "name": "見本",
                "family_kana": kana,
                "known_as": "just_met",
                "met_on": "2026-11-20",
            }
            for i, kana in enumerate("せすしさそたち")
        ]
    )

    assert [row.contact_id for row in listed(f)] == ["3", "2"]
    assert [row.contact_id for row in listed(f, Settings(suggestions_shown=1))] == ["3"]
    assert listed(f, Settings(suggestions_shown=0)) == ()


PLANNED: list[dict[str, list[Row]]] = [
    {"step": [{"contact_id": "c", "words": "電話する", "on": "2027-01-08"}]},
    {"promise": [{"contact_id": "c", "words": "本を送る", "by": "me"}]},
    {"give": [{"contact_id": "c", "what": "展示の感想", "state": "planned"}]},
]


@pytest.mark.parametrize("planned", PLANNED)
def test_nothing_is_suggested_beside_what_one_planned_with_somebody(
    planned: dict[str, list[Row]],
) -> None:
    person = {"id": "c", "name": "見本", "known_as": "just_met", "met_on": "2026-11-19"}
    assert [row.contact_id for row in listed(frames(contact=[person]))] == ["c"]

    assert listed(frames(contact=[person], **planned)) == ()
    assert explain_exclusions(frames(contact=[person], **planned), TODAY, NOON) == {}
    ((table, rows),) = planned.items()
    over = [row | {"state": "kept" if table == "promise" else "done"} for row in rows]
    assert len(listed(frames(contact=[person], **{table: over}))) == 1


def test_in_a_week_of_rest_nothing_is_suggested() -> None:
    f = dict(book()) | {"review": frames(review=[{"on": "2026-11-16", "rest": True}])["review"]}

    assert listed(book()) and listed(f) == ()
    assert explain_exclusions(f, TODAY, NOON)["a"].rule == "gate_rest"


def test_when_the_week_is_full_catching_up_waits_but_thanks_do_not() -> None:
    reached = [
        {"contact_id": f"r{i}", "on": "2026-11-18", "kind": "call", "started_by": "me"}
        for i in range(5)
    ]
    first = [{"contact_id": f"r{i}", "on": "2026-10-01", "kind": "met"} for i in range(5)]
    f = frames(
        contact=[
            *({"id": f"r{i}", "name": "見本"} for i in range(5)),
            {"id": "late", "name": "見本", "focus": True},
            {"id": "new", "name": "見本", "known_as": "just_met", "met_on": "2026-11-19"},
        ],
        encounter=[
            *reached,
            *first,
            {"contact_id": "late", "on": "2026-08-01", "kind": "met"},
            {"contact_id": "late", "on": "2026-09-01", "kind": "meal"},
        ],
    )

    assert [row.contact_id for row in listed(f)] == ["new"]
    assert explain_exclusions(f, TODAY, NOON)["late"].rule == "gate_week_full"


@pytest.mark.parametrize("rule", ["due", "first_thanks"])
def test_a_rule_switched_off_no_longer_speaks(rule: str) -> None:
    assert rule in {row.reason.rule for row in listed(book())}
    rows = listed(book(), Settings(switched_off=frozenset({rule})))

    assert rule not in {row.reason.rule for row in rows}


def test_an_aware_moment_is_read_in_its_own_zone() -> None:
    f = frames(
        contact=[{"id": "c", "name": "見本", "known_as": "just_met"}],
        encounter=[{"contact_id": "c", "on": "2026-11-18", "at": "2026-11-18T23:00:00Z"}],
    )
    (row,) = listed(f, now=datetime(2026, 11, 19, 20, 0, tzinfo=UTC))

    assert row.act == "thank"


def test_an_empty_book_has_an_empty_calm_list() -> None:
    assert listed(frames()) == ()
    assert explain_exclusions(frames(), TODAY, NOON) == {}


def test_every_ready_act_and_kind_has_its_words() -> None:
    from enishi.coach.today.next_action import PLAIN
    from enishi.coach.today.priorities import RULE_OF

    words = read_texts("coach")

    assert set(words["kinds"]) == set(RULE_OF)
    assert set(PLAIN.values()) <= set(words["acts"])
    assert {"gift", "gift_idea", "thank_for", "ask_news"} <= set(words["acts"])


days = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(str)
people = st.lists(
    st.fixed_dictionaries(
        {
            "focus": st.booleans(),
            "closed": st.booleans(),
            "do_not_contact": st.booleans(),
            "comfort": st.integers(1, 5) | st.none(),
            "met_on": days | st.none(),
            "known_as": st.sampled_from(["", "just_met", "known"]),
            "quiet_until": days | st.none(),
        }
    ),
    max_size=12,
)


@settings(max_examples=min(400, max_examples() * 2 // 5))  # each is a whole book
@given(people, st.lists(st.tuples(st.integers(1, 12), days), max_size=30), st.integers(0, 2))
def test_any_book_gives_few_rows_each_with_its_reason_and_nobody_who_is_to_be_left_alone(
    contacts: list[Row], meetings: list[tuple[int, str]], most: int
) -> None:
    f = frames(
        contact=[{"name": "見本", **row} for row in contacts],
        encounter=[{"contact_id": str(who), "on": on} for who, on in meetings],
    )
    rows = listed(f, Settings(suggestions_shown=most))
    held = explain_exclusions(f, TODAY, NOON)

    assert len(rows) <= most
    assert not {row.contact_id for row in rows} & set(held)
    for row in rows:
        person = f["contact"].loc[row.contact_id]
        assert not person["closed"]
        assert not person["do_not_contact"]
        assert row.reason.source
    assert all(reason.source for reason in held.values())


def test_who_is_not_met_gladly_in_private_is_not_suggested() -> None:
    person = {"id": "c", "name": "見本", "focus": True, "afternoon": "rather_not"}
    met = [{"contact_id": "c", "on": on, "kind": "meal"} for on in ("2026-03-01", "2026-04-01")]
    quiet = frames(contact=[person], encounter=met)
    assert suggest_contacts(quiet, TODAY, NOON) == ()
    assert explain_exclusions(quiet, TODAY, NOON)["c"].rule == "gate_afternoon"

    undecided = frames(contact=[person | {"afternoon": "unsure"}], encounter=met)
    assert [row.contact_id for row in suggest_contacts(undecided, TODAY, NOON)] == ["c"]


def test_a_last_talk_one_remembers_is_said_as_such_and_only_when_it_is_long_enough_ago() -> None:
    def seen(last_talk: str, said_on: str = "2026-11-01", **person: Any) -> list[tuple[str, str]]:
        known = {"id": "c", "name": "見本", "known_as": "friend", "closeness": "close", **person}
        book = frames(contact=[known | {"last_talk": last_talk, "last_talk_said_on": said_on}])
        return [
            (row.act, row.reason.facts["last_talk"]) for row in suggest_contacts(book, TODAY, NOON)
        ]

    assert seen("longer") == [("talk", "longer")]
    assert seen("year") == []  # it may have been a month ago, sooner than the 90 days of a rhythm
    assert seen("year", cadence_days=30) == [("talk", "year")]
    assert seen("week", cadence_days=30) == seen("today") == seen("unsure") == seen("") == []
    assert seen("week", said_on="2026-08-01", cadence_days=30) == [("talk", "week")]


def test_a_talk_that_was_noted_speaks_before_one_that_is_remembered() -> None:
    known = {"id": "c", "name": "見本", "closeness": "close", "last_talk": "longer"}
    book = frames(
        contact=[known | {"last_talk_said_on": "2026-10-01"}],
        encounter=[{"contact_id": "c", "on": "2026-11-18", "kind": "meal"}],
    )
    assert suggest_contacts(book, TODAY, NOON) == ()
