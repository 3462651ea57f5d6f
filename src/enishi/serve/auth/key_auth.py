"""The entrance for many persons: each has an address with a key of their own.

The key stands behind the `#`, which no browser sends: no log, no proxy and no Referer ever contains
it. The page puts it into a form, and only the form's button signs in; opening the address, as a
chat program does for its preview, does not.
"""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import time
from typing import Any, NamedTuple

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.utils import url_path_join
from sqlalchemy import Engine
from tornado.escape import url_escape
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler, authenticated

from enishi.book.accounts import (
    Person,
    begin_session,
    end_session,
    find_account,
    find_by_session,
    is_known,
    signs_in_elsewhere,
)
from enishi.room.entries import NOWHERE, Place, is_deleted, place_of
from enishi.serve.auth.join import GoneRoomHandler, JoinHandler
from enishi.serve.auth.provider import SignedIdentity, SignedInUser
from enishi.serve.auth.public_url import Address
from enishi.serve.handlers.localized import LocalizedHandler, is_exposed, renew_xsrf_cookie

KNOWN_SECONDS = 3.0
"""Longest time in seconds until a person whose access has ended is turned away."""
_PAUSE_SECONDS = 0.5
"""Seconds until a wrong key is answered."""
CLEARED = ("cache", "storage")
"""What a browser clears when a person signs out. Cookies are left out: those of all hosts beside
ours would be cleared, and the language."""


class Admitted(NamedTuple):
    """A person who may enter, and where they belong."""

    person: Person
    place: Place


class KeyIdentity(SignedIdentity):
    """Exchanges a key for a session, whose number is stored in a signed cookie.

    The database is queried again to check whether the session is valid and whose it is.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._known: dict[str, tuple[float, Admitted | None]] = {}

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return the handlers for signing in and out, and for joining a room."""
        return [
            ("/login", KeyLoginHandler),
            ("/logout", LogoutHandler),
            ("/join", JoinHandler),
            ("/gone", GoneRoomHandler),
        ]

    def get_cookie_name(self, handler: RequestHandler) -> str:
        """Return the cookie's name, the same on all servers behind one address."""
        return f"{self.parent.public.cookie_prefix}enishi_person"

    def user_to_cookie(self, user: Any) -> str:
        """Return the cookie's value: the person's id and the session's number."""
        return f"{user.username} {user.session}"

    def get_token(self, handler: RequestHandler) -> None:
        """Return None: no token is accepted here."""

    async def recognise(self, handler: RequestHandler) -> SignedInUser | None:
        """Return the person of the session in the cookie, if the session is valid; else None."""
        id, _, number = self.cookie_value(handler).partition(" ")
        found = await self.admitted(number) if number else None
        if found is None or found.person.id != id:
            return None
        return signed_in_user(found.person, number, found.place)

    def cookie_value(self, handler: RequestHandler) -> str:
        """Return the value of the cookie, or "" if this server did not sign it."""
        name = self.get_cookie_name(handler)
        value = handler.get_signed_cookie(name, **self.get_secure_cookie_kwargs)
        return (value or b"").decode()

    async def why_not(self, handler: RequestHandler) -> str:
        """Return why the person whom the cookie names may not enter: "ended", "gone" or ""."""
        id = self.cookie_value(handler).partition(" ")[0]
        if not id or await asyncio.to_thread(find_account, self.parent.persons, id) is not None:
            return ""
        known = await asyncio.to_thread(is_known, self.parent.persons, id)
        return "ended" if known else "gone"

    async def enter(self, given: str) -> SignedInUser | None:
        """Begin a session and return its person, or None for a wrong key.

        Args:
            given: a key, or the whole address with the key in it.
        """
        key = given.rpartition("#")[2].strip()
        found = await asyncio.to_thread(begin_session, self.parent.persons, key)
        return signed_in_user(*found) if found is not None else None

    async def leave(self, handler: RequestHandler) -> None:
        """End the visitor's session, and close the pages it opened once they are saved.

        The same person's sessions in other browsers stay valid.
        """
        here = handler.current_user
        await asyncio.to_thread(end_session, self.parent.persons, here.session)
        self._known.pop(here.session, None)
        kernels = handler.settings["kernel_manager"]
        for kernel_id in kernels.kernels_of(here):
            if kernels.owner_of(kernel_id).session == here.session:
                IOLoop.current().add_callback(kernels.shutdown_when_idle, kernel_id)

    def clear_login_cookie(self, handler: RequestHandler) -> None:
        """Clear the cookie with the options it was set with; a `__Host-` cookie requires them."""
        secure = self.parent.public.is_secure
        path = self.parent.public.path
        handler.clear_cookie(self.get_cookie_name(handler), path=path, secure=secure)

    async def has_access(self, user: SignedInUser) -> bool:
        """Return whether the visitor's session and role are still theirs, and so their room.

        A page keeps the room that it was opened with until it ends. So a removed seat ends it, and
        a seat in another room, and leading no more; but not the end of the room, which it shows.
        """
        found = await self.admitted(user.session)
        if found is None or found.person.role != user.role:
            return False
        if user.room in ("", found.place.room) and user.leads <= found.place.leads:
            return True
        return await asyncio.to_thread(is_deleted, self.parent.persons, user.room)

    async def admitted(self, number: str) -> Admitted | None:
        """Return whose session `number` is, at most `KNOWN_SECONDS` out of date."""
        fresh = time.monotonic() - KNOWN_SECONDS
        if number not in self._known or self._known[number][0] < fresh:
            self._known = {each: it for each, it in self._known.items() if it[0] >= fresh}
            found = await asyncio.to_thread(find_admitted, self.parent.persons, number)
            self._known[number] = (time.monotonic(), found)
        return self._known[number][1]

    def forget(self, number: str) -> None:
        """Look anew, at the next request, whose session `number` is and where they belong."""
        self._known.pop(number, None)


def find_admitted(engine: Engine, number: str) -> Admitted | None:
    """Return the person of a session and where they belong; None if they may not enter."""
    person = find_by_session(engine, number)
    return None if person is None else Admitted(person, place_of(engine, person.id))


def signed_in_user(person: Person, session: str, place: Place = NOWHERE) -> SignedInUser:
    """Return the visitor for a person, the number of their session and where they belong."""
    return SignedInUser(
        person.id,
        person.name,
        place.called or person.name,
        role=person.role,
        session=session,
        room=place.room,
        leads=place.leads,
        is_over=place.is_over,
    )


class KeyLoginHandler(LocalizedHandler, LoginFormHandler):
    """Accepts the key; shows whose book is open in this browser, and offers to leave it."""

    identity_provider: KeyIdentity

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the page."""
        trouble = "" if self.current_user else await self.identity_provider.why_not(self)
        self.set_status(403 if trouble else 200)
        self.show(trouble)

    @allow_unauthenticated
    async def post(self) -> None:
        """Sign in with a key; the session of the person before ends. Answer 403 to a wrong key.

        A server for a room on the spot takes no key by an open connection: with the key, whoever
        reads along would have a whole book, or lead the room.
        """
        if self.identity_provider.parent.here and is_exposed(self):
            self.set_status(403)
            self.show("exposed")
            return
        somebody = await self.identity_provider.enter(self.get_body_argument("key", ""))
        if somebody is None:
            await asyncio.sleep(_PAUSE_SECONDS)
            self.set_status(403)
            self.show("refused")
            return
        if self.current_user is not None:
            await self.identity_provider.leave(self)
        renew_xsrf_cookie(self)
        self.identity_provider.set_login_cookie(self, somebody)
        self._redirect_safe(self.get_argument("next", default=self.base_url))

    def show(self, trouble: str) -> None:
        """Write the page.

        Args:
            trouble: the notice at its top: "ended", "gone", "refused", "exposed" or "".
        """
        person = self.current_user.name if self.current_user is not None else ""
        oidc = self.identity_provider.parent.oidc
        page = self.render_template(
            "key.html",
            trouble=trouble,
            person=person,
            provider=oidc.label if oidc is not None else "",
            next=url_escape(self.get_argument("next", default="")),
            has_left=oidc is not None and "left" in self.request.arguments,
        )
        self.finish(page)


class LogoutHandler(LocalizedHandler):
    """`/logout`: signs out on a computer that other people use too."""

    identity_provider: KeyIdentity

    @authenticated
    async def post(self) -> None:
        """End the session, and make the browser delete what it stored.

        The next page clears what our own pages stored (`static/leaving.js`).
        """
        server, who = self.identity_provider.parent, self.current_user.username
        is_elsewhere = server.oidc is not None and await asyncio.to_thread(
            signs_in_elsewhere, server.persons, who
        )
        await self.identity_provider.leave(self)
        renew_xsrf_cookie(self)
        self.identity_provider.clear_login_cookie(self)
        public: Address = server.public
        if not public.is_open:  # browsers ignore it on an insecure connection
            kinds = CLEARED if public.path == "/" else CLEARED[:1]  # others use the host's storage
            self.set_header("Clear-Site-Data", ", ".join(f'"{kind}"' for kind in kinds))
        self.redirect(url_path_join(self.base_url, "login?left=" if is_elsewhere else "login"))

    @allow_unauthenticated
    async def get(self) -> None:
        """Redirect to the page with the button: a link must not sign a person out."""
        self.redirect(url_path_join(self.base_url, "login"))
