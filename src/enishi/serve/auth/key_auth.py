"""The way in for many: everybody has an address of their own, with a key that is theirs.

The key stands behind the `#`, which no browser sends: no log, no proxy and no Referer ever holds
it. The page puts it into a form, and only its button lets somebody in; looking at the address, as
a chat program does for its preview, lets in nobody.
"""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import time
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler, authenticated

from enishi.book.accounts import Person, by_session, end_session, enter, find_account
from enishi.serve.auth.provider import SignedIdentity, SignedInUser
from enishi.serve.auth.public_url import Address
from enishi.serve.handlers.localized import LocalizedHandler

KNOWN_SECONDS = 3.0
"""How long it may take until somebody whose access has ended is turned away."""
_PAUSE_SECONDS = 0.5
"""How long whoever brings a wrong key waits for the answer."""
CLEARED = ("cache", "storage")
"""What a browser is asked to clear when somebody leaves. Not the cookies: those of all hosts beside
ours would go, and the language."""


class KeyIdentity(SignedIdentity):
    """Exchanges a key for a session, whose number stands in a signed cookie.

    Whether the session goes on, and whose it is, is asked of the database anew.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._known: dict[str, tuple[float, Person | None]] = {}

    def get_handlers(self) -> list[tuple[str, object]]:
        """Register the ways in and out."""
        return [("/login", KeyPage), ("/logout", Leaving)]

    def entrance(self) -> str:
        """Return the address of everybody; it lets nobody in."""
        return str(self.parent.public)

    def get_cookie_name(self, handler: RequestHandler) -> str:
        """Name the cookie alike on all servers that stand behind one address."""
        return f"{self.parent.public.cookie_prefix}enishi_person"

    def user_to_cookie(self, user: Any) -> str:
        """Return whose session it is, and its number."""
        return f"{user.username} {user.session}"

    def get_token(self, handler: RequestHandler) -> None:
        """No token opens anything here."""

    async def recognise(self, handler: RequestHandler) -> SignedInUser | None:
        """Return whose session the cookie names, if it goes on."""
        id, _, number = self.shown(handler).partition(" ")
        person = await self.person(number) if number else None
        return visitor(person, number) if person is not None and person.id == id else None

    def shown(self, handler: RequestHandler) -> str:
        """Return what stands in the cookie, or nothing if we have not signed it."""
        name = self.get_cookie_name(handler)
        value = handler.get_signed_cookie(name, **self.get_secure_cookie_kwargs)
        return (value or b"").decode()

    async def has_ended(self, handler: RequestHandler) -> bool:
        """Tell whether the person whom the cookie names may not enter any more."""
        id = self.shown(handler).partition(" ")[0]
        return bool(id) and await asyncio.to_thread(find_account, self.parent.persons, id) is None

    async def enter(self, given: str) -> SignedInUser | None:
        """Return whom a key, or the whole address with it, lets in; their session has begun."""
        key = given.rpartition("#")[2].strip()
        found = await asyncio.to_thread(enter, self.parent.persons, key)
        return visitor(*found) if found is not None else None

    async def leave(self, handler: RequestHandler) -> None:
        """End the session of whoever asks, and close the pages it opened, once they are saved.

        The same person's sessions in other browsers go on.
        """
        here = handler.current_user
        await asyncio.to_thread(end_session, self.parent.persons, here.session)
        self._known.pop(here.session, None)
        kernels = handler.settings["kernel_manager"]
        for kernel_id in kernels.of(here):
            if kernels.owner_of(kernel_id).session == here.session:
                IOLoop.current().add_callback(kernels.let_go, kernel_id)

    def clear_login_cookie(self, handler: RequestHandler) -> None:
        """Clear it as it was set; browsers refuse to touch a `__Host-` cookie otherwise."""
        secure = self.parent.public.is_secure
        path = self.parent.public.path
        handler.clear_cookie(self.get_cookie_name(handler), path=path, secure=secure)

    async def is_welcome(self, visitor: SignedInUser) -> bool:
        """Tell whether the session they came in with goes on."""
        return await self.person(visitor.session) is not None

    async def person(self, number: str) -> Person | None:
        """Return whose session `number` is: as it is now, or was a moment ago."""
        fresh = time.monotonic() - KNOWN_SECONDS
        if number not in self._known or self._known[number][0] < fresh:
            self._known = {each: it for each, it in self._known.items() if it[0] >= fresh}
            found = await asyncio.to_thread(by_session, self.parent.persons, number)
            self._known[number] = (time.monotonic(), found)
        return self._known[number][1]


def visitor(person: Person, session: str) -> SignedInUser:
    """Return the person as somebody who was let in."""
    return SignedInUser(person.id, person.name, role=person.role, session=session)


class KeyPage(LocalizedHandler, LoginFormHandler):
    """Takes the key; says whose book is open in this browser, and offers to leave it."""

    identity_provider: KeyIdentity

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the page."""
        ended = self.current_user is None and await self.identity_provider.has_ended(self)
        self.set_status(403 if ended else 200)
        self.show("ended" if ended else "")

    @allow_unauthenticated
    async def post(self) -> None:
        """Let in whoever has a key; whoever was here before has left then."""
        somebody = await self.identity_provider.enter(self.get_body_argument("key", ""))
        if somebody is None:
            await asyncio.sleep(_PAUSE_SECONDS)
            self.set_status(403)
            self.show("refused")
            return
        if self.current_user is not None:
            await self.identity_provider.leave(self)
        renew_crumb(self)
        self.identity_provider.set_login_cookie(self, somebody)
        self._redirect_safe(self.get_argument("next", default=self.base_url))

    def show(self, trouble: str) -> None:
        """Write the page, with what there is to say first."""
        person = self.current_user.name if self.current_user is not None else ""
        self.finish(self.render_template("key.html", trouble=trouble, person=person))


class Leaving(LocalizedHandler):
    """`/logout`: leaves a computer that others use too."""

    identity_provider: KeyIdentity

    @authenticated
    async def post(self) -> None:
        """End the session, and let the browser keep nothing of it.

        The page that it comes to clears what our own pages kept (`static/leaving.js`).
        """
        await self.identity_provider.leave(self)
        renew_crumb(self)
        self.identity_provider.clear_login_cookie(self)
        public: Address = self.identity_provider.parent.public
        if not public.is_open:  # elsewhere browsers do not honour it
            kinds = CLEARED if public.path == "/" else CLEARED[:1]  # what others keep is not ours
            self.set_header("Clear-Site-Data", ", ".join(f'"{kind}"' for kind in kinds))
        self.redirect(url_path_join(self.base_url, "login"))

    @allow_unauthenticated
    async def get(self) -> None:
        """Go where the button is: nobody is made to leave by a link."""
        self.redirect(url_path_join(self.base_url, "login"))


def renew_crumb(handler: LocalizedHandler) -> None:
    """Let the next answer bring another `_xsrf` cookie; pages tell by it that somebody has left."""
    settings = handler.settings
    handler.clear_cookie(settings["xsrf_cookie_name"], **settings["xsrf_cookie_kwargs"])
