"""Every package that comes with Enishi has a licence under which it may be handed on."""

from __future__ import annotations

import pytest

from licences import (
    ALLOWED,
    ALLOWED_ON_REQUEST,
    PAGE,
    licence_of,
    licence_parts,
    locked_names,
    names_on_request,
    write_licences,
)


def test_what_always_comes_has_no_licence_that_binds_what_it_comes_with() -> None:
    found = {name: licence_of(name) for name in locked_names()}

    assert {name: one for name, one in found.items() if not licence_parts(one) <= ALLOWED} == {}


def test_lgpl_comes_only_on_request() -> None:
    found = {name: licence_of(name) for name in names_on_request()}

    assert found["psycopg"] == "LGPL-3.0-only"
    assert [
        name for name, one in found.items() if not licence_parts(one) <= ALLOWED_ON_REQUEST
    ] == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND AGPL-3.0-or-later", "not stated", ""])
def test_another_licence_would_be_noticed(licence: str) -> None:
    assert not licence_parts(licence) <= ALLOWED_ON_REQUEST


def test_the_list_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == write_licences(), "run: make licences"
