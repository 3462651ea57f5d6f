"""The handlers of the pages: the first page, a notebook as a page, and unknown addresses."""

# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
# Voilà publishes no types, and Jupyter types its own methods in part.

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jupyter_server.utils import ApiPath, url_path_join
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from voila.notebook_renderer import NotebookRenderer
from voila.tornado.handler import TornadoVoilaHandler

from enishi.i18n.markdown import render_markdown
from enishi.i18n.texts import read_texts
from enishi.identity import FACILITATOR, PARTICIPANT
from enishi.paths import PAGES_HERE, SHEETS, shared
from enishi.serve.begun import is_begun
from enishi.serve.handlers import assets
from enishi.serve.handlers.localized import (
    LocalizedHandler,
    is_exposed,
    language_of,
    minutes_of,
    page_words,
    zone_of,
)
from enishi.serve.handlers.room_pages import LEAD, ROOM_PAGES, may_open, room_page_for
from enishi.serve.handlers.sheet_cells import join_sheet_cells, keep_going, show_texts
from enishi.serve.handlers.static_files import template_url
from enishi.serve.handlers.template_cache import TEMPLATES
from enishi.serve.jupyter_patches import forget_request

PAGE_NAME = re.compile(r"\d\d-[a-z0-9-]+\.ipynb")

RENAMED = {"06-settings.ipynb": "07-settings.ipynb"}
"""Pages by the name they had before: somebody may have bookmarked it."""

STILL_WORKING = "<!-- still working -->\n"


def page_names(workbooks: Path) -> list[str]:
    """Return the names of the notebooks in `workbooks` that are pages, in their order."""
    return sorted(
        file.name
        for file in workbooks.iterdir()
        if PAGE_NAME.fullmatch(file.name) and file.is_file() and not file.is_symlink()
    )


def role_for(notebook: Any) -> str:
    """Return the role a notebook is for, from its metadata; by default it is for everybody."""
    return str(notebook.metadata.get("enishi", {}).get("for", PARTICIPANT))


def role_in(file: Path) -> str:
    """Return the role that the notebook in a file is for; one that cannot be read is for nobody."""
    stamp = file.stat()
    return _role_in(file, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=256)
def _role_in(file: Path, changed: int, size: int) -> str:
    """Return the role; it is read again once the file has changed."""
    try:
        metadata = json.loads(file.read_text(encoding="utf-8"))["metadata"]
        return str(metadata.get("enishi", {}).get("for", PARTICIPANT))
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return "unreadable"


HOME = "05-week.ipynb"
"""The page on which a visit begins, once there is anything in the book."""


class HomeHandler(LocalizedHandler):
    """`/`: redirects to the page on which a visit begins."""

    def initialize(self, workbooks: Path) -> None:
        """Store the folder of the notebooks."""
        self.workbooks = workbooks

    @authenticated
    async def get(self) -> None:
        """Redirect to the visitor's room, to this week, or to the first page; without the token.

        Whoever has no room comes to this week, or to the first page where the book is empty; a
        facilitator of a group on this computer to the page that opens one.

        Raises:
            HTTPError: 404, when there is no page.
        """
        names = page_names(self.workbooks)
        if not names:
            raise HTTPError(404)
        name, here = names[0], self.current_user
        server: Any = self.identity_provider.parent
        if server.here and here.role == FACILITATOR and not here.room:
            self.redirect(url_path_join(self.base_url, "host"))
            return
        asks = HOME in names or bool(here.room)  # else nothing depends on the book
        begun = asks and await asyncio.to_thread(is_begun, here.username)
        room_page = room_page_for(here, begun)
        if room_page in names:
            name = room_page
        elif HOME in names and begun:
            name = HOME
        self.redirect(url_path_join(self.base_url, "voila", "render", name))


class WorkbookHandler(LocalizedHandler, TornadoVoilaHandler):
    """`/voila/render/NN-name.ipynb`: runs the notebook in a kernel of its own and shows it."""

    def initialize(self, workbooks: Path, page_config: dict[str, Any], **kwargs: Any) -> None:
        """Store the folder of the notebooks and the front end's page configuration."""
        super().initialize(**kwargs)
        self.workbooks = workbooks
        self.page_config = page_config

    async def prepare(self, **kwargs: Any) -> None:
        """Prepare the request, and drop it from the context, so that no kernel keeps it."""
        await super().prepare(**kwargs)
        forget_request()

    @authenticated
    async def get(self, path: str = "") -> None:
        """Send the page piece by piece, while the notebook runs.

        Raises:
            HTTPError: 404, when there is no such page; 403, when it is for others, or for somebody
                who leads and others could read it on its way; 503, when the browser only prefetches
                it; 429 or 503, when there is no room for its kernel.
        """
        if path in RENAMED:
            self.redirect(RENAMED[path])
            return
        if path not in page_names(self.workbooks):
            raise HTTPError(404)
        if "token" in self.request.query_arguments:
            self.redirect(self.request.path)
            return
        if "prefetch" in self.request.headers.get("Sec-Purpose", ""):
            raise HTTPError(503)  # a prefetched page is not worth a kernel
        renderer = await self.renderer(path)
        here = self.current_user
        meant = role_for(renderer.notebook)
        if not may_open(here, meant):
            server: Any = self.identity_provider.parent
            is_host = here.role == FACILITATOR and server.here
            if meant == LEAD and is_host and not here.room:
                self.redirect(url_path_join(self.base_url, "host"))
                return
            raise HTTPError(403)
        if (here.leads or here.role == FACILITATOR) and is_exposed(self):
            raise HTTPError(403)
        kernel_id = await self.kernel_manager.start_kernel(
            kernel_name=renderer.notebook.metadata.kernelspec.name,
            path=ApiPath(""),
            owner=self.current_user,
            env=self.browser_environment()
            | {SHEETS: renderer.resources["enishi"]["sheets"]}
            | self.folder_environment(path),
        )
        self.set_header("Content-Type", "text/html; charset=utf-8")
        pieces = with_keepalive(
            renderer.generate_content_generator(
                kernel_id, self.kernel_manager.get_kernel(kernel_id)
            ),
            seconds=self.voila_configuration.http_keep_alive_timeout,
        )
        try:
            async with aclosing(pieces):
                async for piece in pieces:
                    self.write(piece)
                    await self.flush()
        except StreamClosedError:  # the tab was closed before the page was complete
            await self.end_kernel(kernel_id)
        except Exception:
            self.log.exception("The server could not render the page %s.", path)
            await self.end_kernel(kernel_id)
            self.write(self.render_template("broken.html"))
        finally:
            stop_channels(renderer)

    async def renderer(self, name: str) -> NotebookRenderer:
        """Return Voilà's renderer for the notebook, with our texts and front end."""
        renderer = NotebookRenderer(
            request_handler=self,
            voila_configuration=self.voila_configuration,
            traitlet_config=self.traitlet_config,
            notebook_path=name,
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=self.page_config,
        )
        await renderer.initialize()
        show_texts(renderer.notebook)
        goes_on = not self.is_ours(name) and keep_going(renderer.notebook)
        join_sheet_cells(renderer.notebook)
        TEMPLATES.attach(renderer.exporter.environment, renderer.exporter.template_file)
        here = self.current_user
        room_page = room_page_for(here, is_begun=False)
        renderer.resources["enishi"] = {
            **page_words(language_of(self.request)),
            "person": here.display_name if here.session else "",
            "room": room_page if name not in ROOM_PAGES.values() else "",
            "sheets": assets.assets_url(self.base_url),
            "static": partial(template_url, self.base_url),
            "prose": render_markdown,
            "failed": "one" if goes_on else "part",
            "minutes": minutes_of(zone_of(self.request)),
        }
        return renderer

    def browser_environment(self) -> dict[str, str]:
        """Return the environment from the browser: allowed headers, named as in CGI, and `TZ`."""
        zone = zone_of(self.request)
        return ({"TZ": zone} if zone else {}) | {
            "HTTP_" + name.upper().replace("-", "_"): self.request.headers[name]
            for name in self.voila_configuration.http_header_envs
            if name in self.request.headers
        }

    def is_ours(self, path: str) -> bool:
        """Return whether a page is one of ours, and stands among them."""
        ours = read_texts("workbook")["pages"]
        return self.workbooks == shared("workbooks") and path.removesuffix(".ipynb") in ours

    def folder_environment(self, path: str) -> dict[str, str]:
        """Return the environment that tells an author's page which pages its visitor may open."""
        if self.is_ours(path):
            return {}
        here, rooms = self.current_user, ROOM_PAGES.values()
        found = [
            name.removesuffix(".ipynb")
            for name in page_names(self.workbooks)
            if name not in rooms and may_open(here, role_in(self.workbooks / name))
        ]
        return {PAGES_HERE: " ".join(found)}

    async def end_kernel(self, kernel_id: str) -> None:
        """End a kernel that no page will connect to."""
        if kernel_id in self.kernel_manager:
            await self.kernel_manager.shutdown_kernel(kernel_id, now=True)


def stop_channels(renderer: NotebookRenderer) -> None:
    """Close the channels that made a page; Voilà does so only at the end of a whole page."""
    executor = getattr(renderer, "executor", None)
    if executor is not None and executor.kc is not None:
        executor.kc.stop_channels()


async def with_keepalive(
    pieces: AsyncIterator[tuple[str, Any]], seconds: float
) -> AsyncGenerator[str, None]:
    """Yield `pieces`, and an HTML comment whenever `seconds` pass without one.

    Pieces between which nobody has to wait are joined: each one sent costs a system call and some
    bytes. Browsers and proxies abort an answer that stays silent for long.
    """
    iterator = aiter(pieces)
    ready = ""
    while True:
        coming = asyncio.ensure_future(anext(iterator))
        try:
            await asyncio.sleep(0)  # in which a piece comes that has nothing to wait for
            if ready and not coming.done():
                yield ready
                ready = ""
            while not coming.done() and not (await asyncio.wait({coming}, timeout=seconds))[0]:
                yield STILL_WORKING
            ready += coming.result()[0]
        except Exception as end:
            if ready:
                yield ready
            if isinstance(end, StopAsyncIteration):
                return
            raise
        finally:
            coming.cancel()  # no effect unless the client stopped waiting for the page


class NotFoundHandler(LocalizedHandler):
    """Every other address."""

    @authenticated
    async def get(self) -> None:
        """Answer 404.

        Raises:
            HTTPError: always.
        """
        raise HTTPError(404)
