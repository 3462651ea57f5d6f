"""A room whose network everybody trusts: people come by a name, without encryption.

To a browser such a page is not a secure one, as a page on this very computer is, and it keeps some
of its own means from it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from enishi.i18n import texts
from enishi.paths import shared
from fronts import NAME, free_port
from hosting import hosting
from serving import watch

pytest_plugins = ["server_fixtures"]


@pytest.mark.thorough
@pytest.mark.browser
def test_a_page_without_encryption_opens_and_saves(tmp_path: Path, chromium: Browser) -> None:
    words = texts("goal", "en")["screens"]["wish"]
    address = f"http://{NAME}:{free_port()}/"
    options = ("--address", address, "--port", address.rpartition(":")[2].strip("/"))
    with (
        hosting(tmp_path / "data", shared("workbooks"), *options, "--language", "en") as host,
        chromium.new_context(locale="en-GB") as context,
    ):
        assert "People will come here without encryption" in host.server.log.read_text()
        seen = watch(context)
        page = seen.page
        page.goto(f"{address}login#{host.invite('Sample Ann').key}")
        assert page.evaluate("typeof crypto.randomUUID") == "undefined"
        page.get_by_role("button", name="Enter").click()
        expect(page.locator(".enishi-person")).to_contain_text("Sample Ann")
        page.goto(f"{address}voila/render/02-goal.ipynb#wish")
        field = page.get_by_label(words["wish"], exact=True).first
        field.fill("Somebody who listens")
        field.press("Tab")
        expect(page.locator("section#wish .saved")).to_have_text(texts("common", "en")["saved"])
        page.reload()
        expect(field).to_have_value("Somebody who listens")
        about_a_header = "The Cross-Origin-Opener-Policy header has been ignored"
        assert [each for each in seen.complaints if not each.startswith(about_a_header)] == []
