from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.network.introductions import (
    best_paths,
    find_likely_contacts,
    my_trust,
    paths_to,
    suggest_pairs,
)
from enishi.coach.rules.settings import Settings
from introduced import book

TODAY = date(2026, 11, 20)

TIES = {
    ("Me", "Sato"): 0.9,
    ("Me", "Kato"): 0.6,
    ("Me", "Ito"): 0.4,
    ("Sato", "Mori"): 0.5,
    ("Kato", "Mori"): 0.9,
    ("Sato", "Abe"): 0.8,
    ("Abe", "Mori"): 0.8,
    ("Ito", "Goal"): 0.9,
    ("Mori", "Goal"): 0.7,
    ("Abe", "Goal"): 0.5,
    ("Sato", "Goal"): 0.2,
}


def both_ways(ties: Mapping[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    trust: dict[str, dict[str, float]] = {}
    for (a, b), t in ties.items():
        trust.setdefault(a, {})[b] = trust.setdefault(b, {})[a] = t
    return trust


TRUST = both_ways(TIES)


def ways(**rule: Any) -> list[tuple[float, tuple[str, ...]]]:
    return best_paths(TRUST, "Me", "Goal", **rule)


def test_with_two_steps_ito_is_the_way() -> None:
    assert ways(most_edges=2)[0] == (0.36, ("Ito",))


def test_with_three_steps_the_shorter_way_still_wins_after_the_penalty() -> None:
    found = ways()

    assert found[0] == (0.36, ("Ito",))
    assert (0.2835, ("Kato", "Mori")) in found
    assert (0.27, ("Sato", "Abe")) in found
    assert (0.23625, ("Sato", "Mori")) in found
    assert (0.18, ("Sato",)) in found


def test_without_penalty_a_chain_of_four_steps_would_have_won() -> None:
    best, through = ways(most_edges=4, penalty=1.0)[0]

    assert (best, through) == (0.4032, ("Sato", "Abe", "Mori"))
    assert ways(most_edges=4)[0][1] == ("Ito",)
    assert dict((t, w) for w, t in ways(most_edges=4))["Sato", "Abe", "Mori"] == 0.2268


def test_with_a_first_step_of_trust_ito_drops_out() -> None:
    assert [through for _, through in ways(first_hop=0.6)] == [
        ("Kato", "Mori"),
        ("Sato", "Abe"),
        ("Sato", "Mori"),
        ("Sato",),
    ]


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=4), st.floats(0.01, 1))
def test_one_more_person_in_between_never_makes_a_way_better(
    steps: list[float], added: float
) -> None:
    def chain(trusts: list[float]) -> float:
        way = ["Me", *(f"p{i}" for i in range(len(trusts) - 1)), "Goal"]
        ties = dict(zip(pairwise(way), trusts, strict=True))
        ((weight, _),) = best_paths(both_ways(ties), "Me", "Goal", most_edges=6)
        return weight

    assert chain([*steps, added]) <= chain(steps)


@given(st.dictionaries(st.sampled_from(sorted(TIES)), st.floats(0.01, 1)))
def test_a_way_weighs_the_product_of_its_trust_less_a_penalty_for_each_further_person(
    changed: dict[tuple[str, str], float],
) -> None:
    trust = both_ways(TIES | changed)
    for weight, through in best_paths(trust, "Me", "Goal", most_edges=4):
        product = prod(trust[a][b] for a, b in pairwise(("Me", *through, "Goal")))
        assert weight == pytest.approx(product * 0.75 ** (len(through) - 1), abs=1e-6)


def test_somebody_known_directly_is_no_introduction() -> None:
    assert best_paths(both_ways({("Me", "Goal"): 0.9}), "Me", "Goal") == []


@pytest.mark.parametrize(
    ("last", "trust"), [(10, 0.7), (90, 0.7), (180, 0.7 * 0.75), (270, 0.7 * 0.625)]
)
def test_a_tie_carries_as_far_as_its_stage_and_health(last: int, trust: float) -> None:
    f = book(other={"met_on": "2026-01-01", "cadence_days": 30})
    mine = my_trust(f, date(2026, 11, 10) + timedelta(days=last), Settings())

    assert mine.to_dict() == pytest.approx({"bridge": trust, "other": 0.2})


def test_somebody_who_trusts_me_and_knows_them_can_introduce_me() -> None:
    (path,) = paths_to(book(ties=[("bridge", "goal", "close")]), "goal", TODAY)

    assert path.through == ("bridge",)
    assert path.reason.rule == "path_direct"
    assert path.reason.facts["bridge"] == "見本 bridge"


def test_over_two_people_both_are_named() -> None:
    f = book(ties=[("bridge", "second", "acquainted"), ("second", "goal", "close")])
    (path,) = paths_to(f, "goal", TODAY)

    assert path.through == ("bridge", "second")
    assert path.reason.rule == "path_two"


def test_who_does_not_trust_me_yet_is_asked_only_when_i_say_so() -> None:
    f = book(bridges=(), ties=[("bridge", "goal", "close")], bridge={"met_on": "2026-11-01"})

    assert paths_to(f, "goal", TODAY) == ()
    (path,) = paths_to(f, "goal", TODAY, also_through=["bridge"])
    assert path.through == ("bridge",)


def test_who_introduced_me_lately_is_left_in_peace() -> None:
    asked = [{"bridge_id": "bridge", "state": "thanked", "on": "2026-10-20"}]
    f = book(ties=[("bridge", "goal", "close")], introduction=asked)

    assert paths_to(f, "goal", TODAY) == ()
    assert paths_to(f, "goal", date(2027, 1, 30)) != ()


def test_not_knowing_whether_two_know_each_other_is_no_way() -> None:
    assert paths_to(book(ties=[("bridge", "goal", "")]), "goal", TODAY) == ()
    assert paths_to(book(ties=[("bridge", "goal", "strangers")]), "goal", TODAY) == ()


def test_two_ways_at_most_are_shown_and_the_shorter_one_is_among_them() -> None:
    f = book(
        bridges=("bridge", "other"),
        ties=[
            ("bridge", "second", "close"),
            ("second", "goal", "close"),
            ("bridge", "goal", "acquainted"),
            ("other", "second", "close"),
        ],
    )
    found = paths_to(f, "goal", TODAY)

    assert len(found) == 2
    assert ("bridge",) in [path.through for path in found]


def test_two_who_share_something_and_do_not_know_each_other_may_be_introduced() -> None:
    f = book(
        bridges=("bridge", "other"),
        bridge={"needs": ["写真を撮れる人"]},
        other={"topics": ["写真"]},
    )
    (pair,) = suggest_pairs(f, TODAY)

    assert (pair.a, pair.b) == ("bridge", "other")
    assert pair.reason.facts["common"] == "写真を撮れる人"


def test_two_who_know_each_other_need_no_introduction() -> None:
    f = book(
        bridges=("bridge", "other"),
        ties=[("bridge", "other", "acquainted")],
        bridge={"topics": ["写真"]},
        other={"topics": ["写真"]},
    )

    assert suggest_pairs(f, TODAY) == ()


def test_somebody_of_trust_who_touches_the_words_may_know_such_a_person() -> None:
    f = book(bridge={"topics": ["お店のサイト"]}, other={"topics": ["お店のサイト"]})
    (way,) = find_likely_contacts(f, "お店のサイトを作る人", TODAY)

    assert way.through == ("bridge",)
    assert way.reason.facts == {
        "bridge": "見本 bridge",
        "common": "お店のサイト",
        "wanted": "お店のサイトを作る人",
    }
    assert find_likely_contacts(f, "合唱", TODAY) == ()


def test_who_was_asked_lately_is_not_asked_about_a_kind_of_person_either() -> None:
    asked = [{"bridge_id": "bridge", "state": "asked", "on": "2026-11-01"}]
    f = book(introduction=asked, bridge={"topics": ["写真"]})

    assert find_likely_contacts(f, "写真", TODAY) == ()
