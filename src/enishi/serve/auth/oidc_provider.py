"""What the server asks an OpenID Connect provider, and what it believes of the answers.

The server asks the provider that the host has named and nothing else: no redirect is followed, and
an address on a host that is not listed is refused (`OidcSettings.hosts`).
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError
from tornado.httpclient import HTTPError, HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from enishi.serve.auth.oidc_settings import OidcSettings

ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
"""Signatures that are accepted: by a key that only the provider has. Neither `none` nor those by a
secret that both sides know."""
SCOPE = "openid profile email"
LEEWAY_SECONDS = 60
"""How far the clocks of both sides may be apart."""
_DESCRIBED_SECONDS = 3600.0
"""How long the description of a provider is used."""
_KEYS_SECONDS = 600.0
_SOONEST_SECONDS = 10.0
"""How soon keys are asked for again, when a token names a key that is not among them."""
_LONGEST_ANSWER = 512 * 1024
_WAIT_SECONDS = 10.0


class SignInError(Exception):
    """A person who comes from the provider may not enter.

    Attributes:
        trouble: the key of the sentence that they see (`data/words/pages.yaml`, `provider`).
        reason: what the host reads in the log; nothing about the person is in it.
    """

    def __init__(self, trouble: str, reason: str) -> None:
        super().__init__(reason)
        self.trouble, self.reason = trouble, reason


class SignInAttempt(NamedTuple):
    """What binds an answer of the provider to the browser that asked.

    Attributes:
        state: comes back in the address; known to this browser only.
        nonce: comes back in the signed token.
        verifier: proves to the provider that it was this server that asked (PKCE).
        next: the page that was asked for.
    """

    state: str
    nonce: str
    verifier: str
    next: str


def new_attempt(next: str) -> SignInAttempt:
    """Return a sign-in that begins."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return SignInAttempt(state, nonce, verifier, next)


class OidcProvider:
    """A provider: its description and its keys are asked for when they are needed, and kept."""

    def __init__(self, settings: OidcSettings, redirect: str) -> None:
        """Create the provider; nothing is asked yet.

        Args:
            settings: which provider it is.
            redirect: the address to which it sends people back.
        """
        self.settings, self.redirect = settings, redirect
        self._client = SimpleAsyncHTTPClient(force_instance=True, max_body_size=_LONGEST_ANSWER)
        self._description: tuple[float, dict[str, Any]] = (0.0, {})
        self._keys: tuple[float, list[Any]] = (0.0, [])
        self._asking = asyncio.Lock()

    async def sign_in_address(self, attempt: SignInAttempt) -> str:
        """Return the address at the provider where a person signs in.

        Raises:
            SignInError: the provider does not answer, or not as a provider.
        """
        description = await self.description()
        return str(
            prepare_grant_uri(
                description["authorization_endpoint"],
                self.settings.client_id,
                "code",
                self.redirect,
                SCOPE,
                attempt.state,
                nonce=attempt.nonce,
                code_challenge=create_s256_code_challenge(attempt.verifier),
                code_challenge_method="S256",
            )
        )

    async def sign_out_address(self, back: str) -> str:
        """Return the address at the provider where a person signs out; empty if it has none.

        Raises:
            SignInError: the provider does not answer.
        """
        found = (await self.description()).get("end_session_endpoint")
        if not isinstance(found, str) or urlsplit(found).scheme not in ("https", "http"):
            return ""
        query = {"client_id": self.settings.client_id, "post_logout_redirect_uri": back}
        return f"{found}{'&' if '?' in found else '?'}{urlencode(query)}"

    async def claims_for(self, code: str, attempt: SignInAttempt) -> Mapping[str, Any]:
        """Exchange a code for the claims about the person who signed in.

        Raises:
            SignInError: the provider does not answer, or the answer does not hold.
        """
        description = await self.description()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect,
            "code_verifier": attempt.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        client, secret = self.settings.client_id, self.settings.secret
        ways = description.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if not secret:
            form["client_id"] = client
        elif "client_secret_basic" in ways:
            headers["Authorization"] = _basic(client, secret)
        else:
            form |= {"client_id": client, "client_secret": secret}
        answer = await self.ask(description["token_endpoint"], urlencode(form), headers)
        if not isinstance(token := answer.get("id_token"), str):
            raise SignInError("token", "the answer has no id_token")
        return await self.read_token(token, attempt.nonce)

    async def read_token(self, token: str, nonce: str) -> Mapping[str, Any]:
        """Return the claims in a token that the provider signed for this server and sign-in.

        Raises:
            SignInError: it is forged, for somebody else, of another sign-in, or too old.
        """
        try:
            header = jws.extract_compact(token.encode()).headers()
            kid = header.get("kid")
            keys = await self.keys(kid)
            decoded = _verified(token, [each for each in keys if kid in (None, each.kid)])
            client = self.settings.client_id
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={
                    "iss": {"essential": True, "value": self.settings.issuer},
                    "aud": {"essential": True, "value": client},
                },
                params={"nonce": nonce, "client_id": client},
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError) as error:
            raise SignInError("token", f"the token does not hold: {_name_of(error)}") from error
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise SignInError("token", "the token names nobody")
        return dict(claims)

    async def description(self) -> dict[str, Any]:
        """Return what the provider says of itself, at most an hour old.

        Raises:
            SignInError: it does not answer, is another one, or sends us to a host not listed.
        """
        async with self._asking:
            at, found = self._description
            if found and time.monotonic() < at + _DESCRIBED_SECONDS:
                return found
            issuer = self.settings.issuer
            found = await self.ask(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                raise SignInError("setup", "the provider calls itself by another name (issuer)")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if not isinstance(found.get(name), str):
                    raise SignInError("setup", f"the provider does not say its {name}")
            for name in ("token_endpoint", "jwks_uri"):
                self.check_address(found[name])
            if urlsplit(found["authorization_endpoint"]).scheme not in self._schemes():
                raise SignInError("setup", "people would sign in there without encryption")
            self._description = (time.monotonic(), found)
            return found

    async def keys(self, kid: object) -> list[Any]:
        """Return the provider's keys, asked for again if the one with the id `kid` is missing.

        Raises:
            SignInError: it does not answer.
        """
        description = await self.description()
        async with self._asking:
            at, found = self._keys
            age = time.monotonic() - at
            is_there = kid is None or any(each.kid == kid for each in found)
            if found and (age < _SOONEST_SECONDS or (is_there and age < _KEYS_SECONDS)):
                return found
            listed = (await self.ask(description["jwks_uri"])).get("keys")
            found = [key for each in listed or () if (key := _key(each)) is not None]
            self._keys = (time.monotonic(), found)
            return found

    async def ask(
        self, address: str, form: str | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Return the JSON object that the provider answers.

        Raises:
            SignInError: it does not answer, refuses, or answers something else.
        """
        self.check_address(address)
        try:
            answer: HTTPResponse = await self._client.fetch(
                address,
                method="GET" if form is None else "POST",
                body=form,
                headers={"Accept": "application/json", **(headers or {})},
                follow_redirects=False,
                connect_timeout=_WAIT_SECONDS / 2,
                request_timeout=_WAIT_SECONDS,
                raise_error=False,
            )
        except (HTTPError, OSError) as error:
            raise SignInError("away", f"the provider gave no answer: {_name_of(error)}") from error
        where = urlsplit(address).path
        try:
            found = json.loads(answer.body or b"{}")
        except ValueError:
            found = None
        if answer.code != 200:
            said = found.get("error") if isinstance(found, dict) else None
            code = said if isinstance(said, str) and said.replace("_", "").isalpha() else ""
            # 599: no connection, or no answer in time
            kind = (
                "away" if answer.code >= 500 else "expired" if code == "invalid_grant" else "setup"
            )
            raise SignInError(kind, f"{where} answered {answer.code} {code}".rstrip())
        if not isinstance(found, dict):
            raise SignInError("away", f"{where} answered something else than an object")
        return found

    def check_address(self, address: str) -> None:
        """Check that the server may ask this address.

        Raises:
            SignInError: it is on another host than those named, or not encrypted.
        """
        parts = urlsplit(address)
        if parts.scheme not in self._schemes() or parts.netloc.lower() not in self.settings.hosts:
            reason = f"{parts.scheme}://{parts.netloc} is not listed in ENISHI_OIDC_HOSTS"
            raise SignInError("setup", reason)

    def _schemes(self) -> set[str]:
        return {"https", urlsplit(self.settings.issuer).scheme}


def _verified(token: str, keys: list[Any]) -> jwt.Token:
    """Return a token that one of `keys` signed.

    Raises:
        JoseError: none of them did.
    """
    problem: JoseError | None = None
    for key in keys:
        try:
            return jwt.decode(token, key, algorithms=list(ALGORITHMS))
        except JoseError as error:
            problem = error
    raise problem or JoseError("no key of the provider fits")


def _key(described: Any) -> Any:
    """Return a key that verifies signatures, or None where it is for something else."""
    if not isinstance(described, dict) or described.get("use", "sig") != "sig":
        return None
    try:
        key = jwk.import_key(described)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return None if isinstance(key, jwk.OctKey) else key


def _basic(client: str, secret: str) -> str:
    """Return the header by which a client proves who it is (RFC 6749, 2.3.1)."""
    pair = f"{quote(client, safe='')}:{quote(secret, safe='')}"
    return f"Basic {b64encode(pair.encode()).decode()}"


def _name_of(error: Exception) -> str:
    """Return what kind of error it is; its text could quote a token."""
    return getattr(error, "error", "") or type(error).__name__
