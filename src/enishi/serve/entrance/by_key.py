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

from enishi.book.persons import Person, by_key, find
from enishi.serve.entrance.identity import SignedIdentity, Visitor
from enishi.serve.speaking import Speaking

KNOWN_SECONDS = 3.0
"""How long it may take until somebody whose access has ended is turned away."""
PAUSE_SECONDS = 0.5
"""How long whoever brings a wrong key waits for the answer."""


class KeyIdentity(SignedIdentity):
    """Exchanges a key for a signed cookie, which says no more than who it is.

    Whether that person may still enter, and as what, is asked of the book anew.
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
        """Name the cookie alike on all servers that stand behind one address.

        By an underscore: nginx, which goes by it, takes a hyphen for the end of the name.
        """
        return "enishi_person"

    def user_to_cookie(self, user: Any) -> str:
        """Say who it is, and by which key: a new one makes the cookies of the old one worthless."""
        return f"{user.username} {user.seal}"

    def get_token(self, handler: RequestHandler) -> None:
        """No token opens anything here."""

    async def recognise(self, handler: RequestHandler) -> Visitor | None:
        """Return whom the cookie names, if they may enter by the key they had."""
        id, _, seal = self.shown(handler).partition(" ")
        person = await self.person(id) if id else None
        return visitor(person) if person is not None and person.seal == seal else None

    def shown(self, handler: RequestHandler) -> str:
        """Return what stands in the cookie, or nothing if we have not signed it."""
        name = self.get_cookie_name(handler)
        value = handler.get_signed_cookie(name, **self.get_secure_cookie_kwargs)
        return (value or b"").decode()

    async def enter(self, given: str) -> Visitor | None:
        """Return whom a key, or the whole address with it, lets in."""
        key = given.rpartition("#")[2].strip()
        person = await asyncio.to_thread(by_key, self.parent.persons, key)
        return visitor(person) if person is not None else None

    async def is_welcome(self, visitor: Visitor) -> bool:
        """Tell whether their access goes on, by the key they came in with."""
        person = await self.person(visitor.username)
        return person is not None and person.seal == visitor.seal

    async def person(self, id: str) -> Person | None:
        """Return the person `id`, if they may enter: as it is now, or was a moment ago."""
        since, person = self._known.get(id, (-KNOWN_SECONDS, None))
        if time.monotonic() - since > KNOWN_SECONDS:
            person = await asyncio.to_thread(find, self.parent.persons, id)
            self._known[id] = (time.monotonic(), person)
        return person


def visitor(person: Person) -> Visitor:
    """Return the person as somebody who was let in."""
    return Visitor(person.id, person.name, role=person.role, seal=person.seal)


class KeyPage(Speaking, LoginFormHandler):
    """Takes the key; says whose book is open in this browser, and offers to leave it."""

    identity_provider: KeyIdentity

    @allow_unauthenticated
    def get(self) -> None:
        """Show the page."""
        ended = self.current_user is None and bool(self.identity_provider.shown(self))
        self.set_status(403 if ended else 200)
        self.show("ended" if ended else "")

    @allow_unauthenticated
    async def post(self) -> None:
        """Let in whoever has a key; whoever was here before has left then."""
        somebody = await self.identity_provider.enter(self.get_body_argument("key", ""))
        if somebody is None:
            await asyncio.sleep(PAUSE_SECONDS)
            self.set_status(403)
            self.show("refused")
            return
        if self.current_user is not None and self.current_user.username != somebody.username:
            close_pages(self)
        self.identity_provider.set_login_cookie(self, somebody)
        self._redirect_safe(self.get_argument("next", default=self.base_url))

    def show(self, trouble: str) -> None:
        """Write the page, with what there is to say first."""
        self.set_header("Cache-Control", "no-store")
        person = self.current_user.name if self.current_user is not None else ""
        self.finish(self.render_template("key.html", trouble=trouble, person=person))


class Leaving(Speaking):
    """`/logout`: leaves a computer that others use too."""

    @authenticated
    async def post(self) -> None:
        """Forget who is here, and close what they have open, here and elsewhere.

        Which of a person's pages are open on this computer is not known. One that is open on
        another, where they have not left, opens again by itself.
        """
        close_pages(self)
        self.identity_provider.clear_login_cookie(self)
        self.redirect(url_path_join(self.base_url, "login"))

    @allow_unauthenticated
    async def get(self) -> None:
        """Go where the button is: nobody is made to leave by a link."""
        self.redirect(url_path_join(self.base_url, "login"))


def close_pages(handler: Speaking) -> None:
    """Close what the person who asks has open, once it is saved."""
    kernels = handler.settings["kernel_manager"]
    for kernel_id in kernels.of(handler.current_user):
        IOLoop.current().add_callback(kernels.let_go, kernel_id)
