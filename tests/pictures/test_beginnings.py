"""Where it began and what became of it: from what is written, and hollow where nothing is."""

from __future__ import annotations

from drawing import draw, labels, places

AKI = {"id": "a", "name": "Aki", "known_as": "known"}
EVENT = {"id": "e", "name": "Study", "kind": "study"}


def test_somebody_of_whom_it_is_not_written_how_it_began_is_not_drawn() -> None:
    met = {"contact_id": "a", "on": "2026-10-01"}
    assert draw("beginnings", {"contact": [AKI], "encounter": [met]}).data == ()


def test_an_introduction_counts_before_the_event() -> None:
    by = AKI | {"through_id": "b"}
    met = {"contact_id": "a", "on": "2026-10-01", "event_id": "e"}
    book = {"contact": [by, {"id": "b", "name": "Ben"}], "event": [EVENT], "encounter": [met]}
    assert draw("beginnings", book).rows[0][1] == "Introduced"
    book["contact"] = [AKI]
    assert draw("beginnings", book).rows[0][1] == "At a study group"


def test_each_stage_is_filled_by_its_written_fact() -> None:
    book = {
        "contact": [AKI | {"closeness": "companion", "closeness_word": "my crew"}],
        "event": [EVENT],
        "encounter": [
            {"contact_id": "a", "on": "2026-09-01", "kind": "event", "event_id": "e"},
            {"contact_id": "a", "on": "2026-09-05", "kind": "message", "started_by": "them"},
            {"contact_id": "a", "on": "2026-10-01", "kind": "met"},
        ],
    }
    picture = draw("beginnings", book)
    assert len(places(picture, "reached")) == 4
    assert picture.marks[-1].says == "Aki: my crew"
    book["encounter"] = book["encounter"][:1]
    book["contact"] = [AKI]
    picture = draw("beginnings", book)
    assert len(places(picture, "reached")) == 1
    assert "nothing written about “met again”" in picture.marks[2].says


def test_a_message_of_one_s_own_is_no_answer() -> None:
    sent = {"contact_id": "a", "on": "2026-09-05", "kind": "message", "started_by": "me"}
    book = {"contact": [AKI | {"through_id": "b"}, {"id": "b", "name": "Ben"}], "encounter": [sent]}
    assert len(places(draw("beginnings", book), "reached")) == 1


def test_no_share_of_people_is_said() -> None:
    book = {"contact": [AKI | {"through_id": "b"}, {"id": "b", "name": "Ben"}]}
    picture = draw("beginnings", book)
    assert "%" not in picture.sentence + "".join(labels(picture))
