"""A small OpenID Connect provider of the tests' own: a real HTTP server that signs with real keys.

Whoever comes to it is signed in as the person in `who`. What it says can be falsified for one
sign-in, by `forge` and the other fields.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "enishi", "a secret that both sides know"
ANN = {
    "sub": "1001",
    "name": "Sample Ann",
    "email": "ann@school.example",
    "email_verified": True,
    "groups": ["staff"],
}
Claims = dict[str, Any]


def signed(claims: Claims, key: RSAKey, **header: str) -> str:
    """Return a token with these claims, signed as the provider signs."""
    return jwt.encode({"alg": "RS256", "kid": key.kid or "", **header}, claims, key)


def unsigned(claims: Claims, key: RSAKey) -> str:
    """Return a token that says that it needs no signature (`alg: none`)."""
    return f"{encoded({'alg': 'none', 'kid': key.kid})}.{encoded(claims)}."


def encoded(part: Claims) -> str:
    """Return a part of a token."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


@dataclass
class SmallProvider:
    """The provider's state; `asked` has the path of every request."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    root: str = ""
    who: Claims = field(default_factory=lambda: dict(ANN))
    redirects: set[str] = field(default_factory=set)
    forge: Callable[[Claims, RSAKey], str] = signed
    described: Claims = field(default_factory=dict)
    is_down: bool = False
    declines: bool = False
    asked: list[str] = field(default_factory=list)
    codes: dict[str, Claims] = field(default_factory=dict)

    def reset(self) -> None:
        """Tell the truth again."""
        self.who, self.forge, self.described = dict(ANN), signed, {}
        self.is_down = self.declines = False

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment variables of a server whose provider this is."""
        return {
            "ENISHI_OIDC_ISSUER": self.root,
            "ENISHI_OIDC_CLIENT_ID": CLIENT,
            "ENISHI_OIDC_CLIENT_SECRET": SECRET,
            "ENISHI_OIDC_LABEL": "Sample School",
            "ENISHI_OIDC_PARTICIPANTS": "@school.example",
            **more,
        }

    def description(self) -> Claims:
        """Return what it says of itself."""
        return {
            "issuer": self.root,
            "authorization_endpoint": f"{self.root}/authorize",
            "token_endpoint": f"{self.root}/token",
            "jwks_uri": f"{self.root}/keys",
            "end_session_endpoint": f"{self.root}/end",
            **self.described,
        }

    def authorize(self, query: dict[str, str]) -> str | None:
        """Return where a browser is sent; None if this address is not registered."""
        if query.get("redirect_uri") not in self.redirects or query.get("client_id") != CLIENT:
            return None
        answer = {"state": query["state"]}
        if self.declines:
            answer["error"] = "access_denied"
        else:
            code = answer["code"] = token_urlsafe(16)
            self.codes[code] = query | {"who": dict(self.who)}
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, Claims]:
        """Return the answer to a server that brings a code."""
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        if pair != urlencode({CLIENT: SECRET}).replace("=", ":", 1).replace("+", "%20"):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = create_s256_code_challenge(form.get("code_verifier", ""))
        if asked is None or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        if form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_request"}
        now = int(time.time())
        claims = {"iss": self.root, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], **asked["who"]}
        token = self.forge(claims, self.key)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


class ProviderRequest(BaseHTTPRequestHandler):
    """One request to the provider."""

    provider: SmallProvider

    def do_GET(self) -> None:
        """Describe the provider, list its keys, or sign somebody in."""
        it, where = self.provider, urlsplit(self.path)
        it.asked.append(where.path)
        if it.is_down:
            self.send_error(503)
        elif where.path == "/.well-known/openid-configuration":
            self.say(200, it.description())
        elif where.path == "/keys":
            self.say(200, {"keys": [it.key.as_dict(private=False)]})
        elif where.path == "/authorize":
            back = it.authorize(dict(parse_qsl(where.query)))
            if back is None:
                self.say(400, {"error": "this address is not registered"})
                return
            self.send_response(302)
            self.send_header("Location", back)
            self.end_headers()
        elif where.path == "/end":
            self.say(200, {"signed out, back to": parse_qs(where.query)})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """Exchange a code."""
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.provider.is_down or self.path != "/token":
            self.send_error(503)
            return
        form = dict(parse_qsl(body))
        self.say(*self.provider.exchange(form, self.headers.get("Authorization", "")))

    def say(self, status: int, found: Claims) -> None:
        """Answer with JSON."""
        body = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


@contextmanager
def small_provider() -> Iterator[SmallProvider]:
    """Run a provider until the block is left."""
    provider = SmallProvider()
    handler = type("OwnProviderRequest", (ProviderRequest,), {"provider": provider})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        provider.root = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
