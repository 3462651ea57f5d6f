"""The way in for one person: the address that was printed, token included."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import hmac
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from tornado.web import RequestHandler

from enishi.identity import FACILITATOR, ME
from enishi.serve.auth.provider import SignedIdentity, SignedInUser
from enishi.serve.handlers.localized import LocalizedHandler

ONE_PERSON = SignedInUser(ME, role=FACILITATOR)
"""On a computer of one's own there is one person, whoever has the token, for whom all is meant."""


class TokenPage(LocalizedHandler, LoginFormHandler):
    """Says kindly how to come in when the token is missing, and takes it."""

    def _render(self, message: Any = None) -> None:
        self.set_status(403)
        self.write(self.render_template("token.html", refused=message is not None))

    @allow_unauthenticated
    def get(self) -> None:
        """Show the page."""
        super().get()


class TokenIdentity(SignedIdentity):
    """Exchanges the token for a signed cookie, once."""

    def get_handlers(self) -> list[tuple[str, object]]:
        """Register our own page; a link that logs out is not offered."""
        return [("/login", TokenPage)]

    def entrance(self) -> str:
        """Return the address that lets the person in."""
        return f"{self.parent.public}?token={self.token}"

    def get_cookie_name(self, handler: RequestHandler) -> str:
        """Name the cookie after the port: cookies are shared by all ports of a host."""
        return f"enishi-{self.parent.public.port}"

    def user_to_cookie(self, user: Any) -> str:
        """Say no more than who it is."""
        return str(user.username)

    def user_from_cookie(self, cookie_value: str) -> SignedInUser | None:
        """Return the one person."""
        return ONE_PERSON if cookie_value == ME else None

    async def recognise(self, handler: RequestHandler) -> SignedInUser | None:
        """Return the one person if the request carries the token, or the cookie it gave."""
        visitor: Any = await self._get_user(handler)
        return visitor if isinstance(visitor, SignedInUser) else None

    async def get_user_token(self, handler: RequestHandler) -> SignedInUser | None:
        """Return the person if the request carries the token."""
        return ONE_PERSON if self.is_token(self.get_token(handler)) else None

    def is_token(self, given: str | None) -> bool:
        """Compare in constant time; an empty token opens nothing."""
        token = str(self.token or "")
        return bool(token) and hmac.compare_digest((given or "").encode(), token.encode())

    def process_login_form(self, handler: RequestHandler) -> SignedInUser | None:
        """Take the token from the form of `TokenPage`."""
        given = handler.get_body_argument("token", "").strip()
        return ONE_PERSON if self.is_token(given) else None

    async def is_welcome(self, visitor: SignedInUser) -> bool:
        """Whoever has come in may stay."""
        return True
