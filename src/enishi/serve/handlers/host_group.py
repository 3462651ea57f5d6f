"""The page on which a facilitator opens a room for a group."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from threading import Lock
from typing import Any

from jupyter_server.utils import url_path_join
from sqlalchemy import Engine
from tornado.web import HTTPError, authenticated

from enishi.i18n import LANGUAGES, error_text, format_text, read_texts, translate
from enishi.identity import FACILITATOR
from enishi.room.agendas import TITLE, USUAL, find_agenda, phases_of, read_agendas
from enishi.room.entries import lead_room, open_room, place_of
from enishi.serve.auth.provider import SignedInUser
from enishi.serve.handlers.localized import LocalizedHandler, is_exposed, language_of
from enishi.serve.handlers.room_pages import LEAD, ROOM_PAGES

FEWEST_SEATS = 2
_OPENING = Lock()
"""Held while a room is opened, so that a second click opens no second room."""


@dataclass(frozen=True)
class GroupForm:
    """What a facilitator chose for a group, as the form sent it."""

    agenda: str = USUAL
    language: str = ""
    seats: str = ""
    title: str = ""


def may_host(user: SignedInUser) -> bool:
    """Return whether somebody may open a room: a facilitator in no session that goes on."""
    return user.role == FACILITATOR and (not user.room or user.is_over)


class HostGroupHandler(LocalizedHandler):
    """`/host`: a facilitator chooses agenda, language, seats and title, and opens a room."""

    @authenticated
    async def get(self) -> None:
        """Show the form; to whoever leads a session that goes on, its page."""
        self.check_leads_here()
        if may_host(self.current_user):
            self.show(GroupForm(language=language_of(self.request)))
        else:
            self.lead_on()

    @authenticated
    async def post(self) -> None:
        """Open the room and go to the page from which it is led; say in the form why not."""
        self.check_leads_here()
        names = ("agenda", "language", "seats", "title")
        form = GroupForm(**{name: self.get_body_argument(name, "").strip() for name in names})
        wrong = self.problems(form)
        if wrong:
            self.set_status(400)
            self.show(form, wrong)
            return
        provider: Any = self.identity_provider
        server: Any = provider.parent
        room = await asyncio.to_thread(open_group, server.persons, self.current_user, form)
        if room:
            server.seats = int(form.seats)
            provider.forget(self.current_user.session)  # they lead from now on
            server.group.say_opened(room, server.public)
        self.lead_on()

    def check_leads_here(self) -> None:
        """Check that the visitor is a facilitator, on this computer itself or by https.

        Raises:
            HTTPError: 403 for anybody else.
        """
        if self.current_user.role != FACILITATOR or is_exposed(self):
            raise HTTPError(403)

    def problems(self, form: GroupForm) -> dict[str, str]:
        """Return a sentence for each field of the form that does not fit, by its name."""
        language, say = language_of(self.request), read_texts("pages")["host"]
        most = self.most_seats()
        fits = form.seats.isascii() and form.seats.isdecimal() and len(form.seats) < 4
        found = {}
        if form.agenda not in {each.name for each in read_agendas()[0]}:
            found["agenda"] = say["agenda_wrong"][language]
        if form.language not in LANGUAGES:
            found["language"] = say["language_wrong"][language]
        if not (fits and FEWEST_SEATS <= int(form.seats) <= most):
            found["seats"] = format_text(say["seats_wrong"][language], {"n": most})
        if len(form.title) > TITLE:
            facts = {"longest": TITLE, "count": len(form.title)}
            found["title"] = format_text(say["name_wrong"][language], facts)
        return found

    def most_seats(self) -> int:
        """Return how many people there is memory for."""
        server: Any = self.identity_provider.parent
        return int(server.group.seats)

    def lead_on(self) -> None:
        """Redirect to the page from which a room is led."""
        self.redirect(url_path_join(self.base_url, "voila", "render", ROOM_PAGES[LEAD]))

    def show(self, form: GroupForm, wrong: dict[str, str] | None = None) -> None:
        """Write the page.

        Args:
            form: what was chosen so far.
            wrong: a sentence by the name of the field that does not fit.
        """
        language, (agendas, unfit) = language_of(self.request), read_agendas()
        say = read_texts("pages")["host"]
        most = self.most_seats()
        page = self.render_template(
            "host.html",
            form=form,
            wrong=wrong or {},
            agendas=[
                (each.name, title, "" if str(each.minutes) in title else minutes)
                for each in agendas
                for title in [each.title[language]]
                for minutes in [format_text(say["minutes"][language], {"n": each.minutes})]
            ],
            unfit=[error_text(language, each) for each in unfit],
            most=most,
            fewest=FEWEST_SEATS,
            longest=TITLE,
            seats_hint=format_text(say["seats_hint"][language], {"n": most}),
        )
        self.finish(page)


def open_group(engine: Engine, host: SignedInUser, form: GroupForm) -> str:
    """Open a room that somebody leads and return its id; '' if they lead one by now.

    Raises:
        BookError: the database failed.
    """
    with _OPENING:
        place = place_of(engine, host.username)
        if place.room and not place.is_over:
            return ""
        agenda = find_agenda(form.agenda)
        title = form.title or agenda.title[form.language]
        room = open_room(engine, title, form.language, phases_of(agenda, form.language))
        unnamed = {translate(each, "Facilitator") for each in LANGUAGES}
        is_named = host.name not in unnamed  # else they are called so in the room's language
        called = host.name if is_named else translate(form.language, "Facilitator")
        lead_room(engine, room, host.username, called)
        return room
