"""The identity of a visitor: what both entrances (`token_auth`, `key_auth`) share."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler
from traitlets import default

from enishi.identity import PARTICIPANT, PERSON, ROLE, ROOM, SIGNED_IN_DAYS


@dataclass
class SignedInUser(User):
    """A visitor who was admitted; `username` names the owner of the book."""

    role: str = PARTICIPANT
    session: str = ""
    """The number of the browser's session; empty on a computer of one's own."""
    room: str = ""
    """The id of the room they have a seat in, or that they project; empty for none."""
    leads: bool = False
    """Whether they lead that room."""
    is_over: bool = False
    """Whether the session in that room is over."""

    def environment(self) -> dict[str, str]:
        """Return the environment of this person's kernels; see `enishi.identity`."""
        return {PERSON: self.username, ROLE: self.role, ROOM: self.room}


class SignedIdentity(IdentityProvider):
    """Recognises visitors by a cookie that this server has signed.

    Only the cookie counts, so every check for foreign origins stays on: a key or token in a request
    does not switch them off.
    """

    parent: Any  # the server: an `EnishiServer`

    @default("cookie_options")
    def _cookie(self) -> dict[str, Any]:
        return {"samesite": "Lax", "expires_days": SIGNED_IN_DAYS}

    @default("get_secure_cookie_kwargs")
    def _cookie_age(self) -> dict[str, Any]:
        return {"max_age_days": SIGNED_IN_DAYS}

    @default("secure_cookie")
    def _cookie_is_for_https(self) -> bool:
        return bool(self.parent.public.is_secure)

    async def get_user(self, handler: RequestHandler) -> User | None:
        """Return the visitor, or None if the request carries no valid identity."""
        visitor = await self.recognise(handler)
        if visitor is not None:
            stream = getattr(handler.request.connection, "stream", None)
            handler.settings["callers"].recognise(stream, visitor.username)
            # Reading the token sets the _xsrf cookie. Without it the page cannot report to the
            # server that its tab was closed, and the kernel stays (voila#1458).
            handler.current_user = visitor  # required for the token's cookie
            handler.xsrf_token  # noqa: B018 - reading it is the act
        return visitor

    async def recognise(self, handler: RequestHandler) -> SignedInUser | None:
        """Return the visitor, or None if the request carries no valid identity."""
        raise NotImplementedError

    async def has_access(self, user: SignedInUser) -> bool:
        """Return whether an admitted visitor would be admitted now."""
        raise NotImplementedError

    def is_token_authenticated(self, handler: RequestHandler) -> bool:
        """Return False: a token does not switch off the other checks."""
        return False
