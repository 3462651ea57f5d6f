"""Settings: how they are read from the book, and that each has an effect."""

from __future__ import annotations

import ast
from dataclasses import fields

from enishi.coach.rules.settings import Settings
from enishi.paths import CHECKOUT
from sources import nodes_of


def test_settings_are_read_from_stored_text() -> None:
    read = Settings.from_rows(
        {
            "focus_most": "3",
            "weight_goal": "0.2",
            "switched_off": '["dormant", "goal"]',
        }
    )

    assert read.focus_most == 3
    assert read.weight_goal == 0.2
    assert read.switched_off == {"dormant", "goal"}
    assert not read.is_enabled("dormant")


def test_nonsense_leaves_a_default_as_it_is() -> None:
    read = Settings.from_rows(
        {
            "focus_most": "many",
            "weight_goal": "17",
            "switched_off": "{",
            "keep_s4_days": -1,
            "language": "ja",
        }
    )

    assert read == Settings()


def test_a_stored_setting_that_no_longer_exists_is_ignored() -> None:
    gone = {"ladder_peers": "7", "health_well": "0.9", "paused_until": "2026-12-01"}

    assert not set(gone) & {field.name for field in fields(Settings)}
    assert Settings.from_rows(gone | {"focus_most": "3"}) == Settings(focus_most=3)


def test_every_setting_has_an_effect_outside_the_rules_themselves() -> None:
    source = CHECKOUT / "src"
    rules = source / "enishi" / "coach" / "rules"
    read = {
        node.attr
        for file in source.rglob("*.py")
        if rules not in file.parents
        for node in nodes_of(file)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }

    assert {field.name for field in fields(Settings)} - read == set()
