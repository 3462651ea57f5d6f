"""A workbook whose book lies on a PostgreSQL server, kept by two servers of pages at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from enishi.book import DatabaseUnreachableError
from enishi.i18n import texts, translate
from enishi.paths import shared
from postgresql import PASSWORD, PostgreSQL
from serving import serving, watch
from stores import on_a_server
from walking import LOCALES, Walk

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

WISH, PROOF = "三つのお店から名前で呼ばれる（見本）", "次もお願いと言われる（見本）"


@pytest.fixture
def walks(chromium: Browser, postgresql: PostgreSQL, tmp_path: Path) -> Iterator[list[Walk]]:
    """One person at two browsers, each with a server of its own, and one book."""
    with ExitStack() as opened:
        store = opened.enter_context(on_a_server(postgresql))
        witnesses, walks = [], []
        for number in "12":
            data = tmp_path / number / "data"
            server = opened.enter_context(serving(data, shared("workbooks"), **store.environment))
            context = opened.enter_context(chromium.new_context(locale=LOCALES["ja"]))
            witnesses.append(watch(context))
            walks.append(Walk(server, witnesses[-1], "ja"))
        yield walks
        for walk, witness in zip(walks, witnesses, strict=True):
            assert witness.strangers() == []
            assert witness.complaints == []
            said = walk.server.log.read_text()
            assert not any(word in said for word in (PASSWORD, WISH, PROOF))
        assert not list(tmp_path.rglob("*.sqlite3"))


def field(walk: Walk, column: str) -> Locator:
    return walk.page.locator("section#wish").get_by_label(walk.words("wish")[column], exact=True)


def write(walk: Walk, column: str, text: str) -> None:
    walk.write(walk.page.locator("section#wish"), walk.words("wish")[column], text)


@pytest.mark.thorough
def test_what_is_written_on_one_page_is_found_on_every_other(walks: list[Walk]) -> None:
    here, there = walks
    here.open("02-goal")
    write(here, "wish", WISH)
    here.open("02-goal")
    expect(field(here, "wish")).to_have_value(WISH)
    there.open("02-goal")
    expect(field(there, "wish")).to_have_value(WISH)

    write(there, "proof", PROOF)  # two fields of one row: both stay
    write(here, "by", "2027-04-30")
    expect(field(here, "proof")).to_have_value(PROOF)
    there.open("02-goal")
    expect(field(there, "by")).to_have_value("2027-04-30")

    write(there, "wish", WISH + "二")  # the same field: the person is asked
    field(here, "wish").fill(WISH + "一")
    field(here, "wish").press("Tab")
    here.page.get_by_role("button", name=texts("common", "ja")["keep_theirs"]).click()
    expect(field(here, "wish")).to_have_value(WISH + "二")


@pytest.mark.thorough
def test_what_is_typed_while_the_database_is_gone_stays_and_is_saved_afterwards(
    walks: list[Walk], postgresql: PostgreSQL
) -> None:
    here, _ = walks
    here.open("02-goal")
    write(here, "wish", WISH)
    postgresql.stop()
    try:
        field(here, "proof").fill(PROOF)
        field(here, "proof").press("Tab")
        told = here.page.locator('section#wish [role="alert"]')
        expect(told).to_contain_text(translate("ja", DatabaseUnreachableError.sentence))
        expect(field(here, "proof")).to_have_value(PROOF)
    finally:
        postgresql.start()
    here.page.get_by_role("button", name=texts("common", "ja")["save_again"]).click()
    expect(told).to_have_count(0)
    here.saved(here.page.locator("section#wish"))
    here.open("02-goal")
    expect(field(here, "proof")).to_have_value(PROOF)
    expect(field(here, "wish")).to_have_value(WISH)
