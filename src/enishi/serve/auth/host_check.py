"""The door every request comes through: what is not meant for us gets no further."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

from typing import Any

from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest, split_host_and_port
from tornado.routing import Router
from tornado.web import Application, HTTPError

from enishi.serve.auth.public_url import Address, is_local
from enishi.serve.connections import ConnectionTable
from enishi.serve.handlers.localized import LocalizedHandler

READING = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""


def stream_of(request: HTTPServerRequest) -> Any:
    """Return the connection by which a request came; None when it is closed, or a websocket."""
    return getattr(request.connection, "stream", None)


class HostCheckRouter(Router):
    """Lets in what names this machine, or the address people use, and asks for something below it.

    A page elsewhere on the web can make its visitors' browsers send it here under a name of its
    own (DNS rebinding), as if it were ours. That it names a foreign host gives it away.

    What changes something has to come from our own pages. A site beside ours (`other.example.org`
    beside `workbook.example.org`) can set cookies for both, so a cookie proves nothing there; the
    origin that every browser names does.
    """

    def __init__(
        self, application: Application, address: Address, callers: ConnectionTable
    ) -> None:
        self.application = application
        self.address = address
        self.callers = callers

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> HTTPMessageDelegate | None:
        """Return what answers the request."""
        self.callers.ask(stream_of(request))
        if not self.is_ours(request.host):
            return self.refuse(request, 403)
        if not request.path.startswith(self.address.path):
            return self.refuse(request, 404)
        if request.method not in READING and not self.is_from_our_page(request):
            return self.refuse(request, 403)
        return self.application.find_handler(request, **kwargs)

    def is_ours(self, host: str) -> bool:
        """Tell whether a Host header names us."""
        name = split_host_and_port(host.lower())[0].strip("[]")
        return name == self.address.host or is_local(name)

    def is_from_our_page(self, request: HTTPServerRequest) -> bool:
        """Tell whether a page of this server sent a request, by what the browser says of it.

        The scheme counts, too: who is on the way can write any page that comes by plain http.
        """
        site, origin = (request.headers.get(name) for name in ("Sec-Fetch-Site", "Origin"))
        if site not in (None, "same-origin", "none"):  # none: the person's own doing, no page's
            return False
        if origin is None:
            return site is not None
        name = split_host_and_port(request.host.lower())[0].strip("[]")
        schemes = {self.address.scheme} if name == self.address.host else {"http", "https"}
        return origin.lower() in {f"{scheme}://{request.host.lower()}" for scheme in schemes}

    def refuse(self, request: HTTPServerRequest, status: int) -> HTTPMessageDelegate:
        """Answer with an error page, whoever asks and however."""
        return self.application.get_handler_delegate(request, Refusal, {"status": status})


class Refusal(LocalizedHandler):
    """What the door answers."""

    def initialize(self, status: int) -> None:
        """Take the status to answer with."""
        self.status = status

    async def prepare(self) -> None:  # type: ignore[override]  # upstream adds a private option
        """Refuse before anybody is asked who they are."""
        self.current_user = self._jupyter_current_user = None
        raise HTTPError(self.status)
