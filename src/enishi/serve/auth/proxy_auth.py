"""The entrance behind jupyter-server-proxy: who holds its token is the one person.

The proxy has checked who its visitor is, as it does for everything in their Jupyter, and which Host
header it accepts. Our server listens on a socket in a private folder, and answers only requests
that carry the proxy's token. So no address, cookie or form of ours lets anybody in.
"""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import hmac

from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler

from enishi.serve.auth.host_check import HostCheckRouter
from enishi.serve.auth.provider import SignedIdentity, SignedInUser
from enishi.serve.auth.public_url import Address
from enishi.serve.auth.token_auth import ONE_PERSON
from enishi.serve.connections import ConnectionTable
from enishi.server_proxy import PROXY_HEADER


def is_from_proxy(request: HTTPServerRequest, token: str) -> bool:
    """Return whether a request carries the token, once; an empty token matches nothing."""
    given = request.headers.get(PROXY_HEADER, "")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


class ProxyRouter(HostCheckRouter):
    """Accepts requests that carry the token of the proxy, and a path below our base.

    The Host header is whatever the person's Jupyter answers to; the proxy has accepted it.
    """

    def __init__(
        self, application: Application, address: Address, callers: ConnectionTable, token: str
    ) -> None:
        """Create the router; `token` is the proxy's."""
        super().__init__(application, address, callers)
        self.token = token

    def is_admitted(self, request: HTTPServerRequest) -> bool:
        """Return whether the request carries the token of the proxy."""
        return is_from_proxy(request, self.token)

    def schemes_of(self, request: HTTPServerRequest) -> set[str]:
        """Return the scheme that the outermost proxy names; where none does, both may be."""
        named = request.headers.get("X-Forwarded-Proto", "").split(",")[0].strip().lower()
        return {named} if named else {"http", "https"}


class ProxyIdentity(SignedIdentity):
    """Recognises the one person by the proxy's token, and by nothing else."""

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return no address: there is nothing to sign in to."""
        return []

    async def recognise(self, handler: RequestHandler) -> SignedInUser | None:
        """Return the one person if the request carries the token."""
        token = self.parent.proxy_token
        return ONE_PERSON if is_from_proxy(handler.request, token) else None

    async def has_access(self, user: SignedInUser) -> bool:
        """Return True: access does not end."""
        return True
