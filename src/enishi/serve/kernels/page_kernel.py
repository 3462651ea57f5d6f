"""The kernel of a page: IPython's, with a report of its errors to the server's log.

Jupyter sends an exception to the page only. This kernel also reports to the server every uncaught
exception, and what our own code logs about one that it caught. The message of an exception often
contains the value that caused it, so only its type is reported.
"""

# mypy: disallow-untyped-calls=False
# IPython types its own methods in part.

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from typing import Any

from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from ipywidgets import register_comm_target
from traitlets import DottedObjectName, Type
from traitlets.config import Application, Config
from traitlets.config.loader import DeferredConfigString
from traitlets.log import get_logger

from enishi.i18n import error_text, guess_language
from enishi.paths import PAGES_HERE
from enishi.serve.errors import FailedCellError
from enishi.serve.jupyter_patches import (
    hide_modules_from_ipykernel,
    keep_dates_as_text,
    replace_widget_state,
)
from enishi.serve.kernels.widget_scripts import guard_script
from enishi.serve.log_format import OneLineFormatter, OwnLogApplication

TOLD = (NameError, ImportError, SyntaxError, AttributeError, TypeError)
"""Errors whose message holds names in the code, and nothing that a person wrote."""


def is_authored() -> bool:
    """Return whether this kernel runs a page of an author's folder."""
    return PAGES_HERE in os.environ


class PageShell(ZMQInteractiveShell):
    """IPython's shell, which also reports to the server the exceptions that it shows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        set_log_format()
        ours = logging.getLogger("enishi")
        ours.addHandler(ServerLogHandler())
        ours.propagate = False  # the kernel's log writes them
        if is_authored():
            sys.path.append(os.getcwd())  # an author's modules hide none of the others

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **kwargs: Any) -> None:
        """Show an exception as IPython does, from a cell or a widget's callback, and log it."""
        error = exc_tuple[1] if exc_tuple else sys.exc_info()[1]
        super().showtraceback(exc_tuple, *args, **kwargs)
        if isinstance(error, Exception):  # interrupting a kernel is no failure
            _log_with_traceback(logging.ERROR, "A page failed", error)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        """Say on an author's page what is wrong in a cell, and send the error as IPython does."""
        if is_authored() and isinstance(evalue, TOLD):
            found = getattr(evalue, "msg", None) or str(evalue)
            self._tell_author(FailedCellError(kind=type(evalue).__name__, found=found))
        super()._showtraceback(etype, evalue, stb)

    def _tell_author(self, error: FailedCellError) -> None:
        """Say it in the header of the page that was opened; without one, where the cell stands."""
        for page in [each for each in self.user_ns.values() if hasattr(type(each), "tell_author")]:
            page.tell_author(error)
            return
        language = guess_language(os.environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        self.display_pub.publish({"text/plain": error_text(language, error)})


class PageKernel(IPythonKernel):
    """IPython's kernel, with our shell."""

    shell_class = Type(PageShell)

    def __init__(self, **kwargs: Any) -> None:
        keep_dates_as_text()
        replace_widget_state(guard_script)
        with hide_modules_from_ipykernel():
            super().__init__(**kwargs)
        register_comm_target()  # ipywidgets looked for a kernel at its import, before this one

    def _publish_execute_input(self, *args: Any) -> None:
        """Do not publish the code that runs: the sender has it, and no other client needs it."""


_PLAIN = re.compile(r"--(\w+)\.(\w+)=(.*)")
"""An option as a kernelspec writes it."""


class PageApplication(OwnLogApplication, IPKernelApp):
    """The program of a page's kernel, without what IPython does for a person at a keyboard.

    A third of a kernel's start was spent on what no page needs.
    """

    outstream_class = DottedObjectName(f"{__name__}.PageStream")

    def parse_command_line(self, argv: Any = None) -> None:
        """Parse `-f FILE --Class.name=value …`, as in our kernelspec; the rest the slow way."""
        option, file, *others = argv or ("", "")
        plain = [found for each in others if (found := _PLAIN.fullmatch(each))]
        if option != "-f" or len(plain) < len(others):
            super().parse_command_line(argv)
            return
        config = Config({type(self).__name__: {"connection_file": file}})
        for name, trait, value in (each.groups() for each in plain):
            config[name][trait] = DeferredConfigString(value)
        self.update_config(config)

    def init_config_files(self) -> None:
        """Read no config files: the person's own are made for their other work."""

    def load_config_file(self, *args: Any, **kwargs: Any) -> None:
        """Read no config file."""

    def init_code(self) -> None:
        """Run no startup files."""

    def init_heartbeat(self) -> None:
        """Start no heartbeat: the server watches the process itself."""


class PageStream(OutStream):
    """The output stream; the kernel flushes it six times a cell, with or without output.

    A flush waits for the thread that publishes.
    """

    is_written = False

    def write(self, string: str) -> Any:
        """Write a text."""
        self.is_written = True
        return super().write(string)

    def flush(self) -> None:
        """Send what was written since the last flush."""
        if self.is_written:
            self.is_written = False
            super().flush()


class ServerLogHandler(logging.Handler):
    """Passes our code's records on to the kernel's own log, which goes where the server's goes."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on one record."""
        error = record.exc_info[1] if record.exc_info else None
        _log_with_traceback(record.levelno, record.getMessage(), error)


def set_log_format() -> None:
    """Set our log format in a kernel that was not forked, whose program is IPython's own."""
    if not Application.initialized() or isinstance(Application.instance(), OwnLogApplication):
        return
    program = Application.instance()
    for handler in program.log.handlers:
        handler.setFormatter(OneLineFormatter(fmt=program.log_format, datefmt=program.log_datefmt))


def _log_with_traceback(level: int, text: str, error: BaseException | None) -> None:
    """Log `text`, with the type and the traceback of an exception, if there is one."""
    kind, _, where = _describe_error(error).partition("\n") if error else ("", "", "")
    extra = {"where": where} if where else None
    get_logger().log(level, "%s%s", text, kind and f":{kind}", extra=extra)


def _describe_error(error: BaseException) -> str:
    """Return the types and code lines of an exception and of those that caused it."""
    known: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in known:
        known.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "".join(
        f" {type(each).__name__}\n{''.join(traceback.format_tb(each.__traceback__))}"
        for each in known
    ).rstrip()
