"""Sign-in at a provider: who comes in, as whom, and what is refused in a sentence."""

from __future__ import annotations

import base64
import hmac
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey
from playwright.sync_api import Browser, expect

from enishi.book import Book, accounts
from enishi.book.database import open_database
from enishi.i18n import read_texts
from enishi.identity import FACILITATOR, PARTICIPANT
from enishi.paths import shared
from enishi.serve.audit_log import AUDIT_FILE
from enishi.serve.auth.oidc_auth import CALLBACK
from fronts import Replica, free_port, running
from hosting import Host, enter, hosting, ours, write_workbooks
from postgresql import PostgreSQL, both_accounts
from small_oidc_provider import (
    ANN,
    Claims,
    SmallProvider,
    encoded,
    signed,
    small_provider,
    unsigned,
)

pytest_plugins = ["server_fixtures"]

SAID = read_texts("pages")["provider"]
LISTS = {
    "ENISHI_OIDC_FACILITATORS": "guide@school.example enishi-guides",
    "ENISHI_OIDC_CLAIM": "groups",
}


@pytest.fixture(scope="module")
def running_provider() -> Iterator[SmallProvider]:
    """A provider for all tests."""
    with small_provider() as running:
        yield running


@pytest.fixture(scope="module")
def host(
    tmp_path_factory: pytest.TempPathFactory, running_provider: SmallProvider
) -> Iterator[Host]:
    """A server whose provider it is; on Goal, a wish can be written."""
    folder = tmp_path_factory.mktemp("oidc")
    workbooks = write_workbooks(folder / "workbooks")
    (workbooks / "02-goal.ipynb").write_bytes((shared("workbooks") / "02-goal.ipynb").read_bytes())
    settings: dict[str, Any] = running_provider.environment(**LISTS)
    with hosting(folder / "data", workbooks, **settings) as running:
        running_provider.redirects = {f"{running.server.base}/{CALLBACK}"}
        yield running


@pytest.fixture
def provider(running_provider: SmallProvider, host: Host) -> SmallProvider:
    """The provider, which tells the truth."""
    running_provider.reset()
    return running_provider


@pytest.fixture
def client(host: Host) -> Iterator[httpx.Client]:
    """A browser that has not entered."""
    with httpx.Client(base_url=host.server.base, timeout=30) as opened:
        yield opened


def come_back(client: httpx.Client, **query: str) -> str:
    """Go to the provider and be signed in there; return the address it sends the browser to."""
    there = client.get("/oidc/begin", params=query)
    assert there.status_code == 302, there.text
    back = httpx.get(there.headers["location"], timeout=30)
    assert back.status_code == 302, back.text
    return back.headers["location"]


def here_is(client: httpx.Client) -> str:
    """Return what a page says of who is here."""
    found = re.search(r"here is ([^\n<]+)", client.get("/voila/render/01-start.ipynb").text)
    return found[1] if found else ""


def state_of(host: Host) -> list[Any]:
    """Return all accounts, and how many sessions there are."""
    with host.engine.connect() as connection:
        sessions = connection.exec_driver_sql("SELECT count(*) FROM session").scalar()
    return [*accounts.list_persons(host.engine), sessions]


def is_refused(answer: httpx.Response, trouble: str) -> bool:
    """Return whether a page says that nobody was let in, in both languages."""
    is_said = all(SAID[trouble][language] in answer.text for language in ("ja", "en"))
    return answer.status_code in (403, 503) and is_said and "enishi_person" not in answer.cookies


# -- who comes in -------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_person_signs_in_writes_a_wish_and_it_is_in_their_book(
    host: Host, provider: SmallProvider, chromium: Browser
) -> None:
    provider.who |= {"sub": "browser", "name": "見本 花子"}
    before = len(provider.asked)
    with chromium.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{host.server.base}/voila/render/02-goal.ipynb")
        page.get_by_role("link", name="Sign in with: Sample School").click()
        field = page.get_by_label("My wish").or_(page.locator("[data-bind='wish']")).first
        field.fill("To meet people who teach")
        field.press("Tab")
        expect(page.locator("[role=status]").filter(has_text="Saved").first).to_be_visible()
        expect(page.locator(".enishi-person")).to_contain_text("見本 花子")
        [person] = [each for each in accounts.list_persons(host.engine) if each.name == "見本 花子"]
        assert person.role == PARTICIPANT
        assert list(Book(host.engine, person.id).frame("goal")["wish"]) == [
            "To meet people who teach"
        ]
        page.goto(f"{host.server.base}/login")
        page.get_by_role("button", name="Leave").click()
        expect(page.get_by_text(SAID["left"]["en"])).to_be_visible()
        page.locator("#leave-provider").click()
        expect(page.locator("body")).to_contain_text("signed out, back to")
        page.goto(f"{host.server.base}/voila/render/02-goal.ipynb")
        expect(page.locator("#provider")).to_be_visible()
    asked = set(provider.asked[before:]) - {"/.well-known/openid-configuration", "/keys"}
    assert asked == {"/authorize", "/token", "/end"}


def test_a_name_and_a_role_come_from_the_provider_at_each_sign_in(
    host: Host, provider: SmallProvider, client: httpx.Client
) -> None:
    provider.who |= {"sub": "role"}
    assert client.get(come_back(client)).status_code == 302
    first = here_is(client)
    assert f" {PARTICIPANT} with " in first
    provider.who |= {"name": "  Renamed\n Ann ", "email": "GUIDE@school.example"}
    client.get(come_back(client))
    assert here_is(client) == first.replace(PARTICIPANT, FACILITATOR), "the same book"
    assert "Renamed Ann" in client.get("/login").text
    provider.who |= {"email": "ann@school.example", "groups": ["enishi-guides"]}
    client.get(come_back(client))
    assert f" {FACILITATOR} with " in here_is(client)
    audit = (host.server.log.parent / "data" / AUDIT_FILE).read_text()
    assert audit.count(f" invited {first.split()[0]} by provider") == 1
    assert "Ann" not in audit and "school" not in audit


def test_a_person_comes_to_the_page_they_asked_for_and_nowhere_else(
    client: httpx.Client, provider: SmallProvider
) -> None:
    for asked, opened in (
        ("/voila/render/02-goal.ipynb", "/voila/render/02-goal.ipynb"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
    ):
        assert client.get(come_back(client, next=asked)).headers["location"] == opened
    door = client.get("/login", params={"next": '"><script>alert(1)</script>'})
    assert "<script>alert" not in door.text


def test_a_key_opens_the_same_server_as_before(host: Host, client: httpx.Client) -> None:
    ben = host.invite("Sample Ben")
    assert enter(client, ben.key).status_code == 302
    assert here_is(client).startswith(ben.id)
    left = client.post("/logout", data={"_xsrf": client.cookies["_xsrf"]}, headers=ours(client))
    assert left.headers["location"] == "/login", "whoever has a key is not told of the provider"


def test_what_stands_for_a_key_in_the_database_is_no_key(
    host: Host, provider: SmallProvider, client: httpx.Client
) -> None:
    client.get(come_back(client))
    before = state_of(host)
    mark = accounts.provider_mark(provider.root, "1001")
    with httpx.Client(base_url=host.server.base, timeout=30) as other:
        for key in (mark, mark.removeprefix(accounts.PROVIDER_MARK), f"{provider.root}\n1001"):
            assert enter(other, key).status_code == 403
    assert state_of(host) == before


# -- who does not -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "trouble"),
    [
        ({"sub": "a", "email": "ann@other.example"}, "not_allowed"),
        ({"sub": "b", "email": "ann@school.example.evil.example"}, "not_allowed"),
        ({"sub": "c", "email_verified": False}, "unverified"),
        ({"sub": "d", "email_verified": "true"}, "unverified"),
        ({"sub": "e", "email": "", "groups": ["guide@school.example", "*"]}, "unverified"),
        ({"sub": "f", "email": ["ann@school.example"]}, "unverified"),
    ],
)
def test_somebody_on_no_list_is_told_so(
    host: Host, provider: SmallProvider, client: httpx.Client, who: Claims, trouble: str
) -> None:
    before = state_of(host)
    provider.who |= who
    assert is_refused(client.get(come_back(client)), trouble)
    assert state_of(host) == before


def test_somebody_taken_off_the_list_is_signed_out_when_they_come_again(
    host: Host, provider: SmallProvider, client: httpx.Client
) -> None:
    provider.who |= {"sub": "left"}
    client.get(come_back(client))
    assert here_is(client)
    provider.who |= {"email": "ann@other.example"}
    with httpx.Client(base_url=host.server.base, timeout=30) as phone:
        assert is_refused(phone.get(come_back(phone)), "not_allowed")
    time.sleep(3.1)  # who was there a moment ago is believed for so long
    assert here_is(client) == ""


def test_a_dismissed_person_stays_outside_until_renewed(
    host: Host, provider: SmallProvider, client: httpx.Client
) -> None:
    provider.who |= {"sub": "dismissed"}
    client.get(come_back(client))
    id = here_is(client).split()[0]
    accounts.dismiss(host.engine, id)
    assert is_refused(client.get(come_back(client)), "ended")
    assert accounts.renew(host.engine, id)[1] == "", "there is no key to give away"
    client.get(come_back(client))
    assert here_is(client).startswith(id)


def forged(claims: Claims, key: RSAKey) -> str:
    """Return a token that names the provider's key and was signed by another."""
    return signed(claims, RSAKey.generate_key(2048, {"kid": key.kid or ""}))


def by_shared_secret(claims: Claims, key: RSAKey) -> str:
    """Return a token signed with the public key as if it were a shared secret."""
    heads = [encoded({"alg": alg, "kid": key.kid}) for alg in ("none", "HS256")]
    head = unsigned(claims, key).removesuffix(".").replace(heads[0], heads[1])
    found = hmac.digest(key.as_pem(private=False), head.encode(), "sha256")
    return f"{head}.{base64.urlsafe_b64encode(found).rstrip(b'=').decode()}"


def other(**changed: Any) -> Callable[[Claims, RSAKey], str]:
    """Return how to sign well what is not so; None leaves a claim out."""

    def sign(claims: Claims, key: RSAKey) -> str:
        said = {name: value for name, value in (claims | changed).items() if value is not None}
        return signed(said, key)

    return sign


def moved(seconds: int) -> Callable[[Claims, RSAKey], str]:
    """Return how to sign well at another time."""
    return lambda claims, key: signed(
        claims | {name: claims[name] + seconds for name in ("iat", "exp")}, key
    )


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(forged, id="another key"),
        pytest.param(unsigned, id="alg none"),
        pytest.param(by_shared_secret, id="a public key as a secret"),
        pytest.param(lambda claims, key: "x.y.z", id="no token"),
        pytest.param(lambda claims, key: signed(claims, key)[:-6] + "AAAAAA", id="changed"),
        pytest.param(other(aud="somebody-else"), id="another audience"),
        pytest.param(other(aud=["enishi", "x"], azp="x"), id="issued for another party"),
        pytest.param(other(iss="http://evil.example"), id="another issuer"),
        pytest.param(moved(-3600), id="expired"),
        pytest.param(other(exp=None), id="without an end"),
        pytest.param(moved(3600), id="from the future"),
        pytest.param(other(nonce="another"), id="another nonce"),
        pytest.param(other(nonce=None), id="no nonce"),
        pytest.param(other(sub=""), id="nobody"),
        pytest.param(other(sub=["1001"]), id="a list for a person"),
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(
    host: Host,
    provider: SmallProvider,
    client: httpx.Client,
    forge: Callable[[Claims, RSAKey], str],
) -> None:
    before = state_of(host)
    provider.forge = forge
    assert is_refused(client.get(come_back(client)), "token")
    assert state_of(host) == before


def test_a_state_is_of_one_browser_and_used_once(
    host: Host, provider: SmallProvider, client: httpx.Client
) -> None:
    back = come_back(client)
    cookie = client.cookies["enishi_oidc"]
    before = state_of(host)
    with httpx.Client(base_url=host.server.base, timeout=30) as other_browser:
        assert is_refused(other_browser.get(back), "expired"), "it began none"
        come_back(other_browser)
        assert is_refused(other_browser.get(back), "expired"), "it began another"
        assert state_of(host) == before
    assert client.get(back).status_code == 302
    assert is_refused(client.get(back), "expired"), "its cookie is gone"
    client.cookies.set("enishi_oidc", cookie, "127.0.0.1", "/")
    assert is_refused(client.get(back), "expired"), "planted again"
    for query in ("", "?state=x", "?code=x&state="):
        come_back(client)
        assert is_refused(client.get(f"/{CALLBACK}{query}"), "expired")


def test_a_code_from_elsewhere_is_worth_nothing(
    host: Host, provider: SmallProvider, client: httpx.Client
) -> None:
    """Somebody's own code in another's sign-in: the provider refuses it, by PKCE."""
    with httpx.Client(base_url=host.server.base, timeout=30) as attacker:
        stolen = httpx.URL(come_back(attacker)).params["code"]
    back = httpx.URL(come_back(client)).copy_set_param("code", stolen)
    before = state_of(host)
    assert is_refused(client.get(back), "expired")
    assert state_of(host) == before
    mixed = httpx.URL(come_back(client)).copy_set_param("iss", "http://evil.example")
    assert is_refused(client.get(mixed), "token")


def test_a_provider_that_is_away_or_declines_changes_nothing(
    host: Host, provider: SmallProvider, client: httpx.Client
) -> None:
    back = come_back(client)
    before = state_of(host)
    provider.is_down = True
    assert is_refused(client.get(back), "away")
    provider.is_down, provider.declines = False, True
    assert is_refused(client.get(come_back(client)), "declined")
    assert state_of(host) == before
    log = host.server.log.read_text()
    assert "A sign-in at the provider was refused: /token answered 503." in log
    for private in ("Sample Ann", "ann@", "1001", "a secret that both"):
        assert private not in log


def test_an_address_that_is_not_registered_is_refused_by_the_provider(
    host: Host, provider: SmallProvider, client: httpx.Client
) -> None:
    registered, provider.redirects = provider.redirects, {"https://elsewhere.example/"}
    try:
        there = client.get("/oidc/begin").headers["location"]
        assert "not registered" in httpx.get(there).text
    finally:
        provider.redirects = registered
    changed = httpx.URL(there).copy_set_param("redirect_uri", "https://evil.example/")
    assert "not registered" in httpx.get(changed).text


@pytest.mark.thorough
@pytest.mark.parametrize("described", ["token_endpoint", "jwks_uri", "issuer"])
def test_the_server_asks_no_host_that_is_not_named(tmp_path: Path, described: str) -> None:
    with small_provider() as near, small_provider() as far:
        near.described = {described: far.root}
        workbooks = write_workbooks(tmp_path / "workbooks")
        settings: dict[str, Any] = near.environment()
        with (
            hosting(tmp_path / "data", workbooks, **settings) as host,
            httpx.Client(base_url=host.server.base, timeout=30) as client,
        ):
            assert is_refused(client.get("/oidc/begin"), "setup")
        assert far.asked == []
        assert near.asked == ["/.well-known/openid-configuration"]


@pytest.mark.thorough
def test_a_sign_in_begun_at_one_server_ends_at_another_with_the_book_on_postgresql(
    tmp_path: Path, postgresql: PostgreSQL
) -> None:
    """Two servers behind one address, with one database and one secret for the cookies."""
    workbooks = write_workbooks(tmp_path / "workbooks")
    data, address = tmp_path / "data", f"http://127.0.0.1:{free_port()}/"
    data.mkdir(mode=0o700)
    with small_provider() as provider, postgresql.empty_book() as url, ExitStack() as end:
        engine = open_database(url)
        end.callback(engine.dispose)
        settings = {**provider.environment(**LISTS), **both_accounts(url), "ENISHI_DATA": str(data)}
        two = [Replica(tmp_path / each, workbooks, address, **settings) for each in ("one", "two")]
        provider.redirects = {f"{address}{CALLBACK}"}
        end.enter_context(running(*two))
        host = {"Host": httpx.URL(address).netloc.decode()}
        first, second = [
            end.enter_context(
                httpx.Client(base_url=f"http://127.0.0.1:{it.port}", headers=host, timeout=30)
            )
            for it in two
        ]
        back = httpx.URL(come_back(first))
        second.cookies = first.cookies  # for a browser they are one address
        assert second.get(back.raw_path.decode()).status_code == 302
        first.cookies = second.cookies
        [person] = accounts.list_persons(engine)
        assert (person.name, person.role) == (ANN["name"], PARTICIPANT)
        assert here_is(first).startswith(f"{person.id} {PARTICIPANT} with ")
        assert here_is(second) == here_is(first)
