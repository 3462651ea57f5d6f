"""The address where a page says that it is gone."""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

from typing import Annotated, Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from msgspec import Meta, MsgspecError, Struct
from msgspec.json import decode
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, authenticated

_LONGEST = 65536
"""How much a browser takes along when a page closes, in characters."""


class ShutdownHandler(APIHandler):
    """`/voila/api/shutdown/<kernel>`: lets the page's kernel go.

    Unlike Voilà's own, it does not end the kernel at once: what the page wrote last may still be
    under way on the other line, or come along as `last`: messages to widgets, as JSON.
    """

    auth_resource = "kernels"

    @authenticated
    @authorized
    async def post(self, kernel_id: str) -> None:
        """Answer at once; nobody waits for it."""
        last = read_last_messages(self.get_body_argument("last", "[]"))
        IOLoop.current().add_callback(self.settings["kernel_manager"].let_go, kernel_id, last)
        self.set_status(204)


class WidgetMessage(Struct, forbid_unknown_fields=True):
    """One message to a widget: the content of a `comm_msg`."""

    comm_id: Annotated[str, Meta(max_length=64)]
    data: dict[str, Any]


def read_last_messages(text: str) -> list[WidgetMessage]:
    """Read what a page said last.

    Raises:
        HTTPError: 400, when it is not a list of messages to widgets, or longer than a page sends.
    """
    if len(text) > _LONGEST:
        raise HTTPError(400)
    try:
        return decode(text, type=list[WidgetMessage])
    except MsgspecError as error:
        raise HTTPError(400) from error
