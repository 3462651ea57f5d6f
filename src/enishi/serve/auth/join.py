"""The entrance to a room: a code and a name, without an account.

The key of a QR code stands behind the `#`, as in a person's own address (see `key_auth`): a script
puts it into the form, and only the form's button sends it.
"""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from random import randint
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.utils import url_path_join

from enishi.book.errors import TransientError
from enishi.errors import EnishiError
from enishi.i18n import error_text, format_text, read_texts
from enishi.identity import FACILITATOR, PROJECTOR
from enishi.room.entries import KEPT_DAYS, Entered, enter_room
from enishi.room.errors import CalledError, DoorClosedError, WrongCodeError
from enishi.serve.auth.provider import SignedInUser
from enishi.serve.handlers.localized import (
    LocalizedHandler,
    is_exposed,
    language_of,
    renew_xsrf_cookie,
)
from enishi.serve.handlers.room_pages import ROOM_PAGES, SEAT

if TYPE_CHECKING:
    from enishi.serve.auth.key_auth import KeyIdentity

PAUSE_SECONDS = 0.5
"""Seconds until a wrong code is answered."""
ONE_AT_A_TIME = asyncio.Lock()
"""Those who come at once take turns: a database in a file lets the ones who wait give up."""
DIGITS = 6
"""The length of a typed code; a longer one is a key."""


class JoinHandler(LocalizedHandler):
    """`/join`: lets somebody into a room who gives its code and a name."""

    identity_provider: KeyIdentity

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the page."""
        self.show()

    @allow_unauthenticated
    async def post(self) -> None:
        """Let somebody in, to a seat or to the projector's page; say beside the form why not."""
        code, called = self.get_body_argument("code", ""), self.get_body_argument("called", "")
        here: SignedInUser | None = self.current_user
        if here is not None and here.role == PROJECTOR:
            here = None  # a projector is nobody; whoever joins in its browser is somebody
        try:
            entered = await self.enter(code, called, here.username if here is not None else "")
        except WrongCodeError as error:
            await asyncio.sleep(PAUSE_SECONDS)
            self.set_status(403)
            self.show(called=called, wrong_code=error)
        except CalledError as error:
            self.set_status(400)
            self.show(code=code, called=called, wrong_name=error)
        except (DoorClosedError, TransientError) as error:
            if isinstance(error, TransientError):
                self.log.error("Somebody could not be let in: %s.", type(error).__name__)
            self.set_status(503)
            self.set_header("Retry-After", str(randint(4, 12)))
            self.show(code=code, called=called, is_closed=True)
        else:
            await self.let_in(entered)

    async def enter(self, code: str, called: str, known: str) -> Entered:
        """Give somebody a seat by a code; a database that is busy is asked twice.

        Raises:
            WrongCodeError, CalledError, DoorClosedError: they do not come in.
            TransientError: it stays busy.
        """
        app = self.identity_provider.parent
        ask = partial(enter_room, known=known, keeps_book=not is_exposed(self))
        async with ONE_AT_A_TIME:
            with suppress(TransientError):  # after it let us wait for seconds
                return await asyncio.to_thread(ask, app.persons, code, called, app.seats)
            return await asyncio.to_thread(ask, app.persons, code, called, app.seats)

    async def let_in(self, entered: Entered) -> None:
        """Begin the visit of somebody who came in, and redirect to their page.

        Whoever leads the room may project from the same browser, and goes on leading.
        """
        provider, here = self.identity_provider, self.current_user
        is_screen = entered.person.role == PROJECTOR
        projects = is_screen and here is not None and here.leads and here.room == entered.room
        if entered.session and not projects:
            if here is not None:
                await provider.leave(self)
            renew_xsrf_cookie(self)
            visitor = SignedInUser(
                entered.person.id,
                entered.person.name,
                role=entered.person.role,
                session=entered.session,
                room=entered.room,
            )
            provider.set_login_cookie(self, visitor)
        elif here is not None:
            provider.forget(here.session)  # they have a room from now on
        page = ROOM_PAGES.get(entered.person.role, ROOM_PAGES[SEAT])
        self.redirect(url_path_join(self.base_url, "voila", "render", page))

    def show(
        self,
        code: str = "",
        called: str = "",
        wrong_code: EnishiError | None = None,
        wrong_name: EnishiError | None = None,
        is_closed: bool = False,
    ) -> None:
        """Write the page, with what was typed.

        Args:
            code: the code or the key.
            called: the name.
            wrong_code: what is wrong with the code; it is not shown again.
            wrong_name: what is wrong with the name.
            is_closed: whether nobody is let in just now; the page tries again by itself.
        """
        language, here = language_of(self.request), self.current_user
        is_known = here is not None and here.role != PROJECTOR
        page = self.render_template(
            "join.html",
            code=code,
            called=called,
            is_key=len(code.strip()) > 2 * DIGITS,
            wrong_code=error_text(language, wrong_code) if wrong_code is not None else "",
            wrong_name=error_text(language, wrong_name) if wrong_name is not None else "",
            is_closed=is_closed,
            wait=randint(4, 12),
            person=here.name if is_known and not is_exposed(self) else "",
            back=is_known and bool(here.room),
            deleted=format_text(
                read_texts("pages")["join"]["deleted"][language], {"days": KEPT_DAYS}
            ),
            line=self.line(),
        )
        self.finish(page)

    def line(self) -> str:
        """Return how a request comes here: `secure`, `own` (within this computer) or `open`."""
        if self.identity_provider.parent.public.is_secure:
            return "secure"
        return "open" if is_exposed(self) else "own"


class GoneRoomHandler(LocalizedHandler):
    """`/gone`: where the open pages of a room end when it was deleted, and what a reload shows."""

    @allow_unauthenticated
    def get(self) -> None:
        """Say that the room was deleted; offer the way on to who is still known here."""
        here: SignedInUser | None = self.current_user
        person = here.name if here is not None and here.role != PROJECTOR else ""
        server: Any = self.identity_provider.parent
        is_host = here is not None and here.role == FACILITATOR and not is_exposed(self)
        can_host = is_host and server.here
        self.finish(self.render_template("gone.html", person=person, may_host=can_host))
