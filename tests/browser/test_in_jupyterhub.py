"""Enishi in a real JupyterHub, with its proxy: each person has a book of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from in_jupyter import (
    BOOK,
    GOAL,
    hand_over,
    jupyterhub,
    log_in,
    wish_field,
    wishes_in,
    write_wish,
)
from serving import watch

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="module")
def hub(homes: Path) -> Iterator[str]:
    with jupyterhub(homes) as address:
        yield address


def walk(hub: str, chromium: Browser, name: str, wish: str, meets: str = "") -> None:
    """Log in as somebody, and write a wish into the workbook that is theirs; note whom they meet.

    That one comes in from a file, and the whole book goes out as one.
    """
    with chromium.new_context(locale="en-GB") as context:
        seen = watch(context)
        log_in(seen.page, hub, name)
        seen.page.wait_for_url(f"{hub}user/{name}/enishi/{GOAL}", timeout=90_000)
        expect(wish_field(seen.page)).to_have_value("")
        write_wish(seen.page, wish)
        seen.page.reload()
        expect(wish_field(seen.page)).to_have_value(wish)
        if meets:
            whole = hand_over(seen.page, f"{hub}user/{name}/enishi/", meets)
            assert whole == ([meets], [wish])
        assert seen.strangers() == []


@pytest.mark.thorough
def test_who_logs_in_through_the_hub_saves_a_wish_in_their_own_book(
    hub: str, homes: Path, chromium: Browser
) -> None:
    walk(hub, chromium, "ann", "To open a café", meets="Maya")
    assert wishes_in(homes / "ann" / BOOK) == ["To open a café"]


@pytest.mark.thorough
def test_a_second_person_s_wish_is_in_another_book(
    hub: str, homes: Path, chromium: Browser
) -> None:
    walk(hub, chromium, "ben", "To learn to sail")
    assert wishes_in(homes / "ben" / BOOK) == ["To learn to sail"]
    if (homes / "ann").exists():
        assert "To learn to sail" not in wishes_in(homes / "ann" / BOOK)
