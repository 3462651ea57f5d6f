"""The settings of a provider: what is missing or wrong is said in a sentence; who may enter."""

from __future__ import annotations

from typing import Any

import pytest

from enishi.errors import EnishiError
from enishi.i18n import error_text
from enishi.identity import FACILITATOR, PARTICIPANT
from enishi.serve.auth import oidc_settings as settings
from enishi.serve.auth.public_url import read_address
from enishi.serve.kernel_env import kernel_environment

PUBLIC = read_address("https://workbook.example/enishi/")
WHOLE = {
    "ENISHI_OIDC_ISSUER": "https://login.example/realm",
    "ENISHI_OIDC_CLIENT_ID": "enishi",
    "ENISHI_OIDC_CLIENT_SECRET": "hush",
    "ENISHI_OIDC_PARTICIPANTS": "@School.example, ben@other.example",
}


def test_without_a_provider_there_is_none() -> None:
    assert settings.take_oidc_settings({"ENISHI_OIDC_ISSUER": " "}, PUBLIC) is None


def test_the_secret_is_taken_out_and_nothing_of_it_reaches_a_page() -> None:
    environment = dict(WHOLE)
    found = settings.take_oidc_settings(environment, PUBLIC)
    assert found is not None and found.secret == "hush"
    assert found.label == "login.example" and found.hosts == {"login.example"}
    assert "ENISHI_OIDC_CLIENT_SECRET" not in environment
    assert kernel_environment(WHOLE) == {}
    assert kernel_environment({"ENISHI_DATA": "x"})


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"ENISHI_OIDC_ISSUER": ""}, settings.OidcVariableMissingError),
        ({"ENISHI_OIDC_CLIENT_ID": ""}, settings.OidcVariableMissingError),
        ({"ENISHI_OIDC_PARTICIPANT": "*"}, settings.UnknownOidcVariableError),
        ({"ENISHI_OIDC_ISSUER": "login.example"}, settings.IssuerError),
        ({"ENISHI_OIDC_ISSUER": "http://login.example"}, settings.IssuerError),
        ({"ENISHI_OIDC_ISSUER": "https://login.example/?x=1"}, settings.IssuerError),
        ({"ENISHI_OIDC_ISSUER": "https://me@login.example/"}, settings.IssuerError),
        ({"ENISHI_OIDC_ISSUER": "https://login.example:x/"}, settings.IssuerError),
        ({"ENISHI_OIDC_HOSTS": "https://keys.example/"}, settings.OidcHostError),
        ({"ENISHI_OIDC_PARTICIPANTS": ""}, settings.NobodyAllowedError),
        ({"ENISHI_OIDC_FACILITATORS": "staff"}, settings.ClaimMissingError),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_both_languages(
    changed: dict[str, str], error: type[EnishiError]
) -> None:
    with pytest.raises(error) as raised:
        settings.take_oidc_settings(WHOLE | changed, PUBLIC)
    for language in ("ja", "en"):
        said = error_text(language, raised.value)
        assert "{" not in said and "hush" not in said
        assert any("ぁ" <= sign <= "ん" for sign in said) == (language == "ja")


def test_nobody_comes_back_without_encryption() -> None:
    with pytest.raises(settings.OidcAddressError):
        settings.take_oidc_settings(dict(WHOLE), read_address("http://192.168.1.20:8866/"))
    assert settings.take_oidc_settings(dict(WHOLE), read_address("http://127.0.0.1:8866/"))


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"email": "ann@school.example", "email_verified": True}, PARTICIPANT),
        ({"email": "Ben@Other.Example", "email_verified": True}, PARTICIPANT),
        ({"email": "ann@other.example", "email_verified": True}, ""),
        ({"email": "ann@evil.school.example", "email_verified": True}, ""),
        ({"email": "ann@school.example"}, ""),
        ({"email": "guide@school.example", "email_verified": True}, FACILITATOR),
        ({"realm": {"roles": ["guides"]}}, FACILITATOR),
        ({"realm": {"roles": "guides"}}, FACILITATOR),
        ({"realm": {"roles": ["Guides", "guide@school.example", "@school.example", 3]}}, ""),
        ({"realm": ["guides"]}, ""),
        ({}, ""),
    ],
)
def test_roles_come_from_verified_addresses_and_from_the_claim(
    claims: dict[str, Any], role: str
) -> None:
    lists = {
        "ENISHI_OIDC_FACILITATORS": "guide@school.example guides",
        "ENISHI_OIDC_CLAIM": "realm.roles",
    }
    found = settings.take_oidc_settings(WHOLE | lists, PUBLIC)
    assert found is not None and found.role_of(claims) == role


def test_a_star_lets_everybody_in_whom_the_provider_signs_in() -> None:
    everybody = WHOLE | {"ENISHI_OIDC_PARTICIPANTS": "*"}
    found = settings.take_oidc_settings(everybody, PUBLIC)
    assert found is not None and found.role_of({}) == PARTICIPANT
