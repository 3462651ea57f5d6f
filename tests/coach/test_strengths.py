import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.strengths.strengths import (
    grades,
    johari,
    quadrant,
    strengths,
    supported_level,
    weight_by_energy,
)
from frames import frames


@pytest.mark.parametrize(
    ("claimed", "grade", "supported"),
    [(3, 0.85, 3), (4, 0.5, 2), (4, 0.85, 3), (4, 1.0, 4), (2, 0.7, 2)],
)
def test_a_level_counts_as_far_as_its_evidence_carries(
    claimed: int, grade: float, supported: int
) -> None:
    assert supported_level(claimed, grade) == supported


@given(st.integers(0, 4), st.sampled_from(sorted(grades().values())))
def test_what_is_supported_is_never_more_than_what_is_claimed(claimed: int, grade: float) -> None:
    assert supported_level(claimed, grade) <= claimed


def test_what_two_others_name_and_i_do_not_is_blind() -> None:
    own = {"聴く", "調べる", "書く"}
    voices = [{"聴く", "つなぐ"}, {"つなぐ", "書く"}, {"聴く", "つなぐ", "励ます"}]
    window = johari(own, voices, every={"聴く", "調べる", "書く", "つなぐ", "励ます", "貸す"})

    assert window.open == {"聴く"}
    assert window.blind == {"つなぐ"}
    assert window.once == {"書く", "励ます"}
    assert window.hidden == {"調べる"}
    assert window.unknown == {"貸す"}


def test_what_lifts_is_offered_before_what_tires() -> None:
    assert weight_by_energy(2.25, 1) == 2.8125
    assert weight_by_energy(3, -1) == 2.25


def test_good_at_and_like_make_four_fields() -> None:
    assert quadrant(5, 5) == "shine"
    assert quadrant(5, 1) == "spare"
    assert quadrant(1, 5) == "grow"
    assert quadrant(1, 1) == "leave"


def test_a_strength_shows_the_highest_level_its_evidence_supports_and_what_is_still_needed() -> (
    None
):
    f = frames(
        strength=[{"id": "s", "name": "写真", "level": 4, "energy": 1}],
        evidence=[{"strength_id": "s", "grade": "episode", "what": "例の展示で頼まれた"}],
    )
    row = strengths(f).loc["s"]

    assert row["supported"] == 2
    assert row["need"] == "record"
    assert row["estimate"] == pytest.approx(1.4)
    assert row["weight"] == pytest.approx(1.75)


def test_two_people_who_named_a_strength_are_evidence_enough_for_level_three() -> None:
    voice = [{"who": who, "picks": ["聴く"]} for who in ("見本A", "見本B")]
    strength = [{"id": "s", "name": "聴く", "level": 3}]
    row = strengths(frames(strength=strength, voice=voice)).loc["s"]

    assert (row["supported"], row["need"], row["seen"], row["proven"]) == (3, "", 2, True)
    assert not row["backed"]  # no moment is told
    row = strengths(frames(strength=strength, voice=voice[:1])).loc["s"]
    assert (row["supported"], row["need"], row["seen"], row["proven"]) == (2, "words", 1, False)


def test_without_a_level_a_strength_weighs_by_what_shows_it() -> None:
    strength = [{"id": id, "name": id} for id in ("told", "felt", "unsaid")]
    evidence = [
        {"strength_id": "told", "grade": "episode", "what": "見本"},
        {"strength_id": "felt", "grade": "feeling", "what": "見本"},
    ]
    found = strengths(frames(strength=strength, evidence=evidence))

    told, felt, unsaid = found["weight"].tolist()
    assert told > felt == unsaid
    assert found["proven"].tolist() == [True, False, False]
    assert found["claimed"].tolist() == [0, 0, 0]


def test_a_strength_nothing_was_said_about_is_kept_calmly() -> None:
    row = strengths(frames(strength=[{"id": "s", "name": "歩く"}])).loc["s"]

    assert (row["supported"], row["seen"], row["backed"], row["quadrant"]) == (0, 0, False, "")


def test_no_strengths_make_an_empty_table() -> None:
    assert strengths(frames()).empty
