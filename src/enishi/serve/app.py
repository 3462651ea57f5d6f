"""The server of the workbook: Voilà with fewer addresses, for one person or for many."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Voilà publishes no types, and Jupyter types its own methods in part.

from __future__ import annotations

import re
import shutil
from asyncio import AbstractEventLoop
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler
from tornado.websocket import WebSocketClosedError
from traitlets import Any as Anything
from traitlets import Bool, Int, List, Unicode, default
from voila.app import Voila
from voila.utils import get_page_config

from enishi.i18n import LANGUAGES, read_texts
from enishi.room.hosting import CopyTrouble, Hosting, write_hosting
from enishi.serve.auth.authorizer import KernelAuthorizer
from enishi.serve.auth.host_check import HostCheckRouter, stream_of
from enishi.serve.auth.token_auth import TokenIdentity
from enishi.serve.backup_schedule import schedule_for
from enishi.serve.connections import BoundedHTTPServer, ConnectionTable
from enishi.serve.fork import zygote_manager
from enishi.serve.handlers.assets import PLACE, AssetHandler
from enishi.serve.handlers.health import HealthHandler
from enishi.serve.handlers.localized import page_words
from enishi.serve.handlers.shutdown import ShutdownHandler
from enishi.serve.handlers.static_files import (
    FRONT_END,
    PLOTLY,
    PLOTLY_FILE,
    PLOTLY_FILES,
    TEMPLATE,
    TEMPLATE_FILES,
    ExtensionFiles,
    FrontEndFiles,
    PlotlyFile,
    TemplateFiles,
)
from enishi.serve.handlers.websocket import KernelConnection, KernelWebSocket
from enishi.serve.handlers.widget_files import WIDGET_PLACE, WidgetFileHandler
from enishi.serve.handlers.workbooks import HomeHandler, NotFoundHandler, WorkbookHandler
from enishi.serve.jupyter_patches import keep_dates_as_text
from enishi.serve.local_network import private_addresses
from enishi.serve.log_format import OwnLogApplication
from enishi.serve.metrics import MetricsHandler
from enishi.serve.ports import ADDRESS, port_of
from enishi.serve.security import LONGEST_FORM_BYTES, server_settings
from enishi.serve.signals import on_termination

if TYPE_CHECKING:
    from enishi.serve.group_hosting import GroupHosting


def ignore_closed_websocket(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """Drop the error of a write to a closed websocket; Jupyter writes without checking."""
    if not isinstance(context.get("exception"), WebSocketClosedError):
        loop.default_exception_handler(context)


def no_room_page() -> str:
    """Return the text of the answer when no connection can be accepted, in both languages."""
    title = read_texts("pages")["problem"]["503"]["title"]
    return "".join(f"{title[language]}\n" for language in LANGUAGES)


class EnishiServer(OwnLogApplication, Voila):
    """The server of the workbook.

    It registers only the Voilà addresses named here. An address that a later release of Voilà adds
    stays closed until a developer has reviewed it.
    """

    name = "enishi"

    group = Anything(help="What is done beside serving: a `GroupHosting`; None for one person.")
    here = Bool(help="For people in one place: other devices come by an open connection.")
    metrics = Bool(help="Tell at /metrics how the server is doing.")
    oidc = Anything(help="Which provider signs people in: an `OidcSettings`; None for none.")
    proxy_token = Unicode(help="What each request of jupyter-server-proxy carries; else empty.")
    public = Anything(help="The address people use: an `Address`.")
    persons = Anything(help="Where it is written who may enter; None for one person.")
    seats = Int(help="How many people a room takes in.")
    sockets: Any = List(help="The listening sockets, bound before the server starts.")
    most_connections = Int(help="How many connections there may be, beside those of kernels.")

    @default("config_file_paths")
    def _no_config_files(self) -> list[str]:
        return []  # a voila.py in the current folder could disable the protection

    @default("identity_provider_class")
    def _identity(self) -> type:
        if self.proxy_token:
            from enishi.serve.auth.proxy_auth import ProxyIdentity

            return ProxyIdentity
        if self.persons is None:
            return TokenIdentity
        # This module reads the database, which the server of one person does not use.
        from enishi.serve.auth.key_auth import KeyIdentity

        return KeyIdentity

    @default("authorizer_class")
    def _authority(self) -> type:
        return KernelAuthorizer

    @default("ip")
    def _address(self) -> str:
        return ADDRESS

    def init_settings(self) -> dict[str, Any]:
        """Close what Voilà leaves open, and use our template for every error page."""
        keep_dates_as_text()
        settings: dict[str, Any] = super().init_settings()
        settings.update(server_settings(self.public, bool(self.proxy_token)))
        settings["kernel_manager"].has_access = self.identity_provider.has_access
        ours = settings["voila_jinja2_env"]
        ours.globals.update(
            page_words(LANGUAGES[0])
        )  # for handlers that are not `LocalizedHandler`
        settings["jinja2_env"] = ours
        settings["default_handler_class"] = NotFoundHandler
        settings["log_function"] = self.log_request
        settings["callers"] = self.callers = ConnectionTable(self.most_connections)
        settings["kernel_websocket_connection_class"] = KernelConnection
        return settings

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """Return the rules of all addresses that the server answers."""
        self.workbooks = Path(self.root_dir)
        places: dict[str, Any] = {"workbooks": self.workbooks}
        page: dict[str, Any] = {
            **places,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
            "page_config": self.front_end(),
        }
        own: list[tuple[Any, ...]] = [
            ("/", HomeHandler, places),
            ("/voila/render/(.*)", WorkbookHandler, page),
            (f"/{TEMPLATE}/(.*)", TemplateFiles, {"path": TEMPLATE_FILES}),
            (f"/{FRONT_END}/(.*)", FrontEndFiles, {"paths": self.static_paths}),
            ("/voila/labextensions/(.*)", ExtensionFiles, {"path": self.labextensions_path}),
            (f"/{PLOTLY}/({re.escape(PLOTLY_FILE)})", PlotlyFile, {"path": PLOTLY_FILES}),
            (rf"/{PLACE}/([0-9a-f]+)/(\w+/\w+\.(?:js|css))", AssetHandler),
            (rf"/{WIDGET_PLACE}/([0-9a-f]{{32}}\.(?:js|css))", WidgetFileHandler),
            (r"/api/kernels/(?P<kernel_id>[\w-]+)", KernelHandler),
            (r"/api/kernels/(?P<kernel_id>[\w-]+)/channels", KernelWebSocket),
            (r"/voila/api/shutdown/(?P<kernel_id>[\w-]+)", ShutdownHandler),
            ("/healthz", HealthHandler),
            *self.identity_provider.get_handlers(),
        ]
        if self.here:
            from enishi.serve.handlers.host_group import HostGroupHandler  # reads the database

            own.append(("/host", HostGroupHandler))
        if self.oidc is not None:
            from enishi.serve.auth.oidc_auth import provider_handlers  # imports authlib

            own += provider_handlers(self.oidc, self.public)
        if self.metrics:
            own.append(("/metrics", MetricsHandler))
        return [(url_path_join(self.server_url, rule[0]), *rule[1:]) for rule in own]

    def front_end(self) -> dict[str, Any]:
        """Return the page configuration of the front end; it is read from disk once."""
        config: dict[str, Any] = get_page_config(
            base_url=self.base_url,
            settings=self.app.settings,
            log=self.log,
            voila_configuration=self.voila_configuration,
        )
        own = {
            "fullStaticUrl": url_path_join(self.base_url, FRONT_END),
            "plotlyUrl": url_path_join(self.base_url, PLOTLY, PLOTLY_FILE),
        }
        return config | own

    def log_request(self, handler: RequestHandler) -> None:
        """Log status, method and path. The query is left out: it may contain a token."""
        self.callers.on_response(stream_of(handler.request))
        failed = handler.get_status() >= 500
        (self.log.error if failed else self.log.info)(
            "%d %s %s", handler.get_status(), handler.request.method, handler.request.path
        )

    def listen(self) -> None:
        """Serve until a signal asks the server to stop, then end everything that it started."""
        self.port = port_of(self.sockets)
        router = self.make_router()
        server = BoundedHTTPServer(
            router,
            max_body_size=LONGEST_FORM_BYTES,
            callers=self.callers,
            words=no_room_page(),
        )
        server.add_sockets(self.sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.asyncio_loop.set_exception_handler(ignore_closed_websocket)  # type: ignore[attr-defined]
        self.ioloop.add_callback(zygote_manager.wait_ready, self.log)
        if self.persons is not None:
            from enishi.serve.due_rooms import keep_deleting  # reads the database

            is_led = self.kernel_manager.has_host
            self.ioloop.add_callback(keep_deleting, self.persons, self.log, is_led)
        backups = schedule_for(self.log) if self.persons is None else None
        if backups is not None:
            self.ioloop.add_callback(backups.keep)
        if self.group is not None:
            self.host_group(server, router)
        if self.proxy_token:
            from enishi.serve.private_socket import stop_without_parent

            stop_without_parent(self.ioloop)
        with (
            on_termination(partial(self.ioloop.add_callback_from_signal, self.ioloop.stop)),
            self.looking_at_rooms(),
        ):
            self.ioloop.start()
        server.stop()
        self.stop()
        if backups is not None:
            backups.make()  # with what the pages saved last
        if self.group is not None and self.group.copy is not None:
            self.group.copy.refresh()  # with what the pages saved last

    def make_router(self) -> HostCheckRouter:
        """Return the router that checks each request first."""
        if not self.proxy_token:
            return HostCheckRouter(self.app, self.public, self.callers)
        from enishi.serve.auth.proxy_auth import ProxyRouter

        return ProxyRouter(self.app, self.public, self.callers, self.proxy_token)

    def looking_at_rooms(self) -> AbstractContextManager[None]:
        """Return a block in which the rooms that pages are open on are looked at."""
        if self.persons is None:
            return nullcontext()
        from enishi.book.database import file_of  # these read the database
        from enishi.serve.room_looks import looking

        if file_of(self.persons) is not None:  # a page sees as cheaply that a file has changed
            return nullcontext()
        return looking(self.persons, self.kernel_manager.rooms, self.log)

    def host_group(self, server: BoundedHTTPServer, router: HostCheckRouter) -> None:
        """Follow this computer's address, keep a copy, and tell the pages how a room is hosted."""
        from enishi.serve.book_copy import keep_copying  # these read the database
        from enishi.serve.near_address import NearAddress

        group: GroupHosting = self.group
        near = NearAddress(server, router, self.port, on_change=lambda: tell())
        copy, is_near = group.copy, group.here and self.public.is_open

        def tell() -> None:
            if router.address != self.public:
                self.public = router.address
                group.say_moved(self.public)
            write_hosting(
                Hosting(
                    f"{self.public}join",
                    near.reach if is_near else "",
                    str(copy.folder) if copy else "",
                    copy.trouble if copy else "",
                    group.here,
                )
            )

        def say_copied(trouble: CopyTrouble) -> None:
            group.say_copied(trouble)
            tell()

        tell()
        if is_near:
            router.note_visit = near.note_visit
            if self.public.host in private_addresses():  # else it was chosen among others
                self.ioloop.add_callback(near.keep_following)
        if copy is not None:
            self.ioloop.add_callback(keep_copying, copy, say_copied, self.log)

    def stop(self) -> None:
        """End the kernels, then remove their sockets: a kernel needs its socket to shut down."""
        self.ioloop.run_sync(self.kernel_manager.shutdown_all_when_idle)
        zygote_manager.close()
        shutil.rmtree(self.connection_dir, ignore_errors=True)
