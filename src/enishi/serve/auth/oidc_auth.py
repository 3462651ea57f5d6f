"""The entrance by a provider: a browser is sent there, and comes back with a code.

The answer is bound to the browser that asked, by a signed cookie of ten minutes that is used once.
Any server behind the address can take it, as they share the secret of the cookies.
"""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.utils import url_path_join

from enishi.book.accounts import end_sessions_by_provider, sign_in_by_provider
from enishi.serve.audit_log import note_account
from enishi.serve.auth.key_auth import KeyIdentity, signed_in_user
from enishi.serve.auth.oidc_provider import OidcProvider, SignInAttempt, SignInError, new_attempt
from enishi.serve.auth.oidc_settings import OidcSettings, is_verified
from enishi.serve.auth.provider import SignedInUser
from enishi.serve.auth.public_url import Address
from enishi.serve.handlers.localized import LocalizedHandler, renew_xsrf_cookie

CALLBACK = "oidc/callback"
ATTEMPT_SECONDS = 600
"""How long a person may take at the provider."""
_LONGEST_NEXT = 500


def provider_handlers(settings: OidcSettings, public: Address) -> list[tuple[Any, ...]]:
    """Return the handlers for signing in and out at a provider.

    Args:
        settings: the provider, and who may enter.
        public: the address that people use; the provider sends them back to `oidc/callback` below.
    """
    used: dict[str, float] = {}
    parts = {"provider": OidcProvider(settings, f"{public}{CALLBACK}"), "used": used}
    return [
        ("/oidc/begin", BeginSignInHandler, parts),
        (f"/{CALLBACK}", SignInCallbackHandler, parts),
        ("/oidc/leave", LeaveProviderHandler, parts),
    ]


class ProviderHandler(LocalizedHandler):
    """A handler that asks the provider; what goes wrong is said on a page, and in the log."""

    identity_provider: KeyIdentity

    def initialize(self, provider: OidcProvider, used: dict[str, float]) -> None:
        """Store the provider, and the sign-ins that were used, with the moment of each."""
        self.provider, self.used = provider, used

    @property
    def cookie(self) -> str:
        """The name of the cookie with the sign-in that goes on."""
        public: Address = self.identity_provider.parent.public
        return f"{public.cookie_prefix}enishi_oidc"

    def cookie_options(self) -> dict[str, Any]:
        """Return where the cookie is sent."""
        public: Address = self.identity_provider.parent.public
        return {"path": public.path, "secure": public.is_secure}

    def refuse_sign_in(self, error: SignInError) -> None:
        """Answer with the sentence about the refusal, and log its reason."""
        self.log.error("A sign-in at the provider was refused: %s.", error.reason)
        self.set_status(503 if error.trouble == "away" else 403)
        label = self.provider.settings.label
        self.finish(self.render_template("provider.html", trouble=error.trouble, provider=label))


class BeginSignInHandler(ProviderHandler):
    """`/oidc/begin`: sends a browser to the provider."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Begin a sign-in, and redirect to the provider."""
        attempt = new_attempt(self.get_argument("next", default="")[:_LONGEST_NEXT])
        try:
            address = await self.provider.sign_in_address(attempt)
        except SignInError as error:
            self.refuse_sign_in(error)
            return
        self.set_signed_cookie(
            self.cookie,
            json.dumps(attempt),
            expires_days=None,
            max_age=ATTEMPT_SECONDS,
            httponly=True,
            samesite="Lax",  # it has to come back with the answer, from the provider's page
            **self.cookie_options(),
        )
        self.redirect(address)


class SignInCallbackHandler(ProviderHandler, LoginFormHandler):
    """`/oidc/callback`: where the provider sends a browser back."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Let the person in whom the provider signed in, or say why not."""
        try:
            attempt = self.take_attempt()
            claims = await self.provider.claims_for(self.code(), attempt)
            visitor = await self.admit(claims)
        except SignInError as error:
            self.refuse_sign_in(error)
            return
        if self.current_user is not None:
            await self.identity_provider.leave(self)
        renew_xsrf_cookie(self)
        self.identity_provider.set_login_cookie(self, visitor)
        self._redirect_safe(attempt.next or self.base_url)

    def take_attempt(self) -> SignInAttempt:
        """Return the sign-in that this browser began; it is used up by this.

        Raises:
            SignInError: it began none, or another one, or this one was used.
        """
        value = self.get_signed_cookie(self.cookie, max_age_days=ATTEMPT_SECONDS / 86400)
        self.clear_cookie(self.cookie, **self.cookie_options())
        if not value:
            raise SignInError("expired", "this browser began none, or too long ago")
        attempt = SignInAttempt(*json.loads(value))
        if not hmac.compare_digest(attempt.state, self.get_argument("state", default="")):
            raise SignInError("expired", "the state is not the one of this browser")
        now = time.monotonic()
        for state in [each for each, at in self.used.items() if at < now - ATTEMPT_SECONDS]:
            del self.used[state]
        if attempt.state in self.used:
            raise SignInError("expired", "the state was used before")
        self.used[attempt.state] = now
        return attempt

    def code(self) -> str:
        """Return the code with which the provider answered.

        Raises:
            SignInError: it did not let the person in, or another provider answers (RFC 9207).
        """
        issuer = self.provider.settings.issuer
        if self.get_argument("iss", default=issuer) != issuer:
            raise SignInError("token", "another provider answered (iss)")
        if self.get_argument("error", default=""):
            raise SignInError("declined", "the provider did not let the person in")
        if not (code := self.get_argument("code", default="")):
            raise SignInError("expired", "the provider sent no code")
        return code

    async def admit(self, claims: Mapping[str, Any]) -> SignedInUser:
        """Begin a session for the person whom the claims name.

        Raises:
            SignInError: they may not enter, or not any more.
        """
        settings, persons = self.provider.settings, self.identity_provider.parent.persons
        who = (settings.issuer, str(claims["sub"]))
        if not (role := settings.role_of(claims)):
            await asyncio.to_thread(end_sessions_by_provider, persons, *who)
            if "email" in claims and not is_verified(claims):
                raise SignInError("unverified", "the provider has not verified the address")
            raise SignInError("not_allowed", "the person is on no list")
        name = next(
            (
                value
                for key in ("name", "preferred_username", "email")
                if isinstance(value := claims.get(key), str) and value.strip()
            ),
            "",
        )
        found = await asyncio.to_thread(sign_in_by_provider, persons, *who, name, role)
        if not found.session:
            raise SignInError("ended", "the access of this person has ended")
        if found.is_new:
            await asyncio.to_thread(note_account, "invited", found.person.id, by="provider")
        return signed_in_user(found.person, found.session)


class LeaveProviderHandler(ProviderHandler):
    """`/oidc/leave`: sends a browser to where it can sign out at the provider."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Redirect there; to our own page if the provider has no such place."""
        login = url_path_join(self.base_url, "login")
        public: Address = self.identity_provider.parent.public
        try:
            address = await self.provider.sign_out_address(f"{public}login")
        except SignInError as error:
            self.refuse_sign_in(error)
            return
        self.redirect(address or login)
