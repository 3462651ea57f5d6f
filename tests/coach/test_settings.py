from datetime import date

from enishi.coach.rules.settings import Settings


def test_settings_are_read_from_stored_text():
    read = Settings.from_rows(
        {
            "rows_shown": "3",
            "weight_goal": "0.2",
            "switched_off": '["dormant", "goal"]',
            "paused_until": "2026-12-01",
        }
    )

    assert read.rows_shown == 3
    assert read.weight_goal == 0.2
    assert read.switched_off == {"dormant", "goal"}
    assert read.paused_until == date(2026, 12, 1)
    assert not read.hears("dormant")


def test_nonsense_leaves_a_default_as_it_is():
    read = Settings.from_rows(
        {
            "rows_shown": "many",
            "weight_goal": "17",
            "switched_off": "{",
            "paused_until": "soon",
            "keep_s4_days": -1,
            "language": "ja",
        }
    )

    assert read == Settings()
