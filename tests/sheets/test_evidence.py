from __future__ import annotations

from typing import Any

import pytest

from sheets import Open, ask
from widgets.strengths.evidence import Evidence

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def evidence(open_in: Open) -> Evidence:
    return Evidence(open_in("03-strengths"))


def claim(evidence: Evidence, level: int | None, *grades: str) -> dict[str, Any]:
    """Make a core strength with this claimed level and evidence; return how it is shown."""
    id = evidence.book.add("strength", name="聴く", core=True, level=level)
    for grade in grades:
        evidence.book.add("evidence", strength_id=id, grade=grade, what="見本の場面")
    evidence.refresh()
    core: dict[str, Any] = evidence.state["cores"][0]
    return core


@pytest.mark.parametrize(
    ("level", "grades", "supported", "need"),
    [
        (None, [], None, ""),
        (2, [], None, ""),
        (4, [], None, ""),
        (2, ["episode"], 2, ""),
        (3, ["episode"], 2, "words"),
        (3, ["episode", "words"], 3, ""),
        (4, ["words"], 3, "record"),
        (4, ["feeling", "record"], 4, ""),
    ],
)
def test_the_evidence_carries_a_level_or_what_is_still_needed_is_named(
    evidence: Evidence, level: int | None, grades: list[str], supported: int | None, need: str
) -> None:
    core = claim(evidence, level, *grades)

    assert (core["supported"], core["need"]) == (supported, need)


def test_a_moment_without_words_says_nothing(evidence: Evidence) -> None:
    core = claim(evidence, 3)
    evidence.book.add("evidence", strength_id=core["id"], grade="record")
    evidence.refresh()
    assert evidence.state["cores"][0]["supported"] is None


def test_every_level_and_every_kind_of_evidence_is_said_in_words(open_in: Open) -> None:
    for language in ("ja", "en"):
        evidence = Evidence(open_in("03-strengths", language))
        assert len(evidence.state["levels"]) == 5
        assert list(evidence.state["grades"]) == ["feeling", "episode", "words", "record"]
        assert set(evidence.words["need"]) == {"words", "record"}


def test_those_one_is_good_at_and_fond_of_come_first(evidence: Evidence) -> None:
    for name, good_at, like in (
        ("電話", 4, 1),
        ("料理", 2, 5),
        ("聴く", 5, 5),
        ("未定", None, None),
    ):
        evidence.book.add("strength", name=name, good_at=good_at, like=like)
    evidence.book.add("strength", name=" ")
    evidence.refresh()

    assert [row["name"] for row in evidence.state["strengths"]] == ["聴く", "料理", "未定", "電話"]
    assert evidence.state["cores"] == []


def test_a_moment_is_added_to_a_strength_and_gets_the_focus(evidence: Evidence) -> None:
    core = claim(evidence, 2)
    answer = ask(
        evidence, "add", table="evidence", values={"strength_id": core["id"], "grade": "episode"}
    )

    (moment,) = evidence.state["cores"][0]["moments"]
    assert answer["focus"] == moment["id"]
    assert moment["grade"] == "episode"


def test_a_strengths_name_is_not_changed_here(evidence: Evidence) -> None:
    core = claim(evidence, 2)
    written = {"table": "strength", "id": core["id"], "version": core["version"]}

    assert not ask(evidence, "write", **written, values={"name": "x"})["ok"]
    assert ask(evidence, "write", **written, values={"level": 4})["ok"]
    assert not ask(evidence, "drop", table="strength", id=core["id"])["ok"]
