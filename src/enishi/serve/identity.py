"""Who may enter: whoever brings the address that was printed, token included."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import hmac
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.utils import url_path_join
from tornado.web import RequestHandler

from enishi.serve.speaking import Speaking

ONE_PERSON = User(username="me", name="me", display_name="me")
"""On a laptop there is one person: whoever has the token."""


class TokenPage(Speaking, LoginFormHandler):
    """Says kindly how to come in when the token is missing, and takes it."""

    def _render(self, message: Any = None) -> None:
        self.set_status(403)
        self.write(self.render_template("token.html", refused=message is not None))

    @allow_unauthenticated
    def get(self) -> None:
        """Show the page."""
        super().get()


class TokenIdentity(IdentityProvider):
    """Exchanges the token for a signed cookie, once.

    After that the cookie alone counts, and every check for strange origins stays on: a token in
    the address does not switch them off.
    """

    parent: Any  # the server: a `Workbook`

    def get_handlers(self) -> list[tuple[str, object]]:
        """Register our own page, below the base URL; a link that logs out is not offered."""
        return [(url_path_join(self.parent.server_url, "/login"), TokenPage)]

    def get_cookie_name(self, handler: RequestHandler) -> str:
        """Name the cookie after the port: cookies are shared by all ports of a host."""
        return f"enishi-{self.parent.port}"

    async def get_user(self, handler: RequestHandler) -> User | None:
        """Return who is asking, or None."""
        user: User | None = await self._get_user(handler)
        if user is not None:
            # Reading the token sets the _xsrf cookie. Without it the page cannot tell the server
            # that its tab was closed, and the kernel stays (voila#1458).
            handler.current_user = user  # which the token's cookie asks for
            handler.xsrf_token  # noqa: B018 - reading it is the act
        return user

    async def get_user_token(self, handler: RequestHandler) -> User | None:
        """Return the person if the request carries the token."""
        return ONE_PERSON if self.is_token(self.get_token(handler)) else None

    def is_token(self, given: str | None) -> bool:
        """Compare in constant time; an empty token opens nothing."""
        token = str(self.token or "")
        return bool(token) and hmac.compare_digest((given or "").encode(), token.encode())

    def process_login_form(self, handler: RequestHandler) -> User | None:
        """Take the token from the form of `TokenPage`."""
        given = handler.get_body_argument("token", "").strip()
        return ONE_PERSON if self.is_token(given) else None

    def is_token_authenticated(self, handler: RequestHandler) -> bool:
        """No: the token opens the door and is not a pass around the other checks."""
        return False
