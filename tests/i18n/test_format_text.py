"""The formatter of all texts in `data/words`."""

from __future__ import annotations

import pytest

from enishi.i18n.texts import format_list, format_text, format_tree, placeholders
from text_vectors import VECTORS


@pytest.mark.parametrize(("text", "facts", "filled"), VECTORS)
def test_a_text_is_filled_once_with_the_facts_there_are(
    text: str, facts: dict[str, str | int], filled: str
) -> None:
    assert format_text(text, facts, partial=True) == filled
    if set(placeholders(text)) <= facts.keys():
        assert format_text(text, facts) == filled


def test_a_missing_fact_is_an_error() -> None:
    with pytest.raises(KeyError, match="day"):
        format_text("{name}, {day}", {"name": "花"})


def test_a_tree_keeps_what_it_has_no_fact_for() -> None:
    tree = {"a": ["{tie}: {name}", {"b": "{Ties}"}], "minutes": 3}

    assert format_tree(tree, {"tie": "縁", "Ties": "縁"}) == {
        "a": ["縁: {name}", {"b": "縁"}],
        "minutes": 3,
    }


def test_a_list_is_written_as_each_language_does() -> None:
    assert format_list(["花", "森"], "ja") == "花、森"
    assert format_list(iter(["Hana", "Mori"]), "en") == "Hana, Mori"
    assert format_list([], "en") == ""
