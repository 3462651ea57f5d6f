"""The entrance for one person: the printed address with its token."""

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
"""The only person on a computer of one's own: any holder of the token, as a facilitator."""


class TokenLoginHandler(LocalizedHandler, LoginFormHandler):
    """Explains how to enter when the token is missing, and accepts the token."""

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
        """Return our own page; there is no address for signing out."""
        return [("/login", TokenLoginHandler)]

    def get_cookie_name(self, handler: RequestHandler) -> str:
        """Return the cookie's name, which ends with the port: all ports of a host share cookies."""
        return f"enishi-{self.parent.public.port}"

    def user_to_cookie(self, user: Any) -> str:
        """Return the cookie's value: the user's name only."""
        return str(user.username)

    def user_from_cookie(self, cookie_value: str) -> SignedInUser | None:
        """Return the one person, or None if the cookie names another."""
        return ONE_PERSON if cookie_value == ME else None

    async def recognise(self, handler: RequestHandler) -> SignedInUser | None:
        """Return the one person if the request carries the token, or the cookie set for it."""
        visitor: Any = await self._get_user(handler)
        return visitor if isinstance(visitor, SignedInUser) else None

    async def get_user_token(self, handler: RequestHandler) -> SignedInUser | None:
        """Return the one person if the request carries the token."""
        return ONE_PERSON if self.is_token(self.get_token(handler)) else None

    def is_token(self, given: str | None) -> bool:
        """Return whether `given` is the token, in constant time; an empty token matches nothing."""
        token = str(self.token or "")
        return bool(token) and hmac.compare_digest((given or "").encode(), token.encode())

    def process_login_form(self, handler: RequestHandler) -> SignedInUser | None:
        """Return the one person if the form of `TokenLoginHandler` contains the token."""
        given = handler.get_body_argument("token", "").strip()
        return ONE_PERSON if self.is_token(given) else None

    async def has_access(self, user: SignedInUser) -> bool:
        """Return True: access does not end."""
        return True
