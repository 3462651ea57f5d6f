"""The kernel of a page: IPython's, which tells the server's log what goes wrong in it.

Jupyter sends an exception to the page, and to nobody else. Here the kernel says it to the server
as well: every exception that nobody caught, and what our own code notes about one that it caught.
The message of an exception often holds the value that it is about: only its kind is told.
"""

# mypy: disallow-untyped-calls=False
# IPython types its own methods in part.

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Any, ClassVar

from ipykernel import ipkernel
from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets import DottedObjectName, Type
from traitlets.config import Application, Config
from traitlets.config.loader import DeferredConfigString
from traitlets.log import get_logger

from enishi.serve.jupyter_patches import keep_dates_as_text
from enishi.serve.log_format import OneLineFormatter, OwnLogApplication


class PageShell(ZMQInteractiveShell):
    """IPython's shell, which tells the server of what it shows to nobody here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        write_lines()
        ours = logging.getLogger("enishi")
        ours.addHandler(ToServer())
        ours.propagate = False  # its records are the kernel's then

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **kwargs: Any) -> None:
        """Show an exception as ever: of a cell, or of a widget's callback."""
        error = exc_tuple[1] if exc_tuple else sys.exc_info()[1]
        super().showtraceback(exc_tuple, *args, **kwargs)
        if isinstance(error, Exception):  # to interrupt a kernel is no failure
            _note(logging.ERROR, "A page failed", error)


class PageKernel(IPythonKernel):
    """IPython's kernel, with our shell."""

    shell_class = Type(PageShell)

    def __init__(self, **kwargs: Any) -> None:
        keep_dates_as_text()
        # It notes the file of every module there is, for a debugger; only to look at all of them
        # makes a forked kernel copy 8 MB. Should it stop doing so, this does nothing.
        vars(ipkernel)["sys"] = SysWithoutModules()
        try:
            super().__init__(**kwargs)
        finally:
            vars(ipkernel)["sys"] = sys

    def _publish_execute_input(self, *args: Any) -> None:
        """Tell nobody what is run: whoever asked knows it, and no one else is to."""


_PLAIN = re.compile(r"--(\w+)\.(\w+)=(.*)")
"""An option as a kernelspec has it."""


class PageApplication(OwnLogApplication, IPKernelApp):
    """What starts the kernel of a page, without what IPython does for a person at a keyboard.

    A third of a kernel's start went into what no page needs.
    """

    outstream_class = DottedObjectName(f"{__name__}.PageStream")

    def parse_command_line(self, argv: Any = None) -> None:
        """Take `-f FILE --Class.name=value …`, as our kernelspec has it; else, the long way."""
        option, file, *others = argv or ("", "")
        plain = [found for each in others if (found := _PLAIN.fullmatch(each))]
        if option != "-f" or len(plain) < len(others):
            super().parse_command_line(argv)
            return
        told = Config({type(self).__name__: {"connection_file": file}})
        for name, trait, value in (each.groups() for each in plain):
            told[name][trait] = DeferredConfigString(value)
        self.update_config(told)

    def init_config_files(self) -> None:
        """Read nobody's settings; they are made for their own work."""

    def load_config_file(self, *args: Any, **kwargs: Any) -> None:
        """Likewise."""

    def init_code(self) -> None:
        """Run nobody's startup files."""

    def init_heartbeat(self) -> None:
        """Have no heart: the server sees the process itself, and asks no one else."""


class PageStream(OutStream):
    """What is printed; the kernel flushes it six times a cell, printed or not.

    To flush is to wait for the thread that publishes.
    """

    is_written = False

    def write(self, string: str) -> Any:
        """Take a text."""
        self.is_written = True
        return super().write(string)

    def flush(self) -> None:
        """Have it sent."""
        if self.is_written:
            self.is_written = False
            super().flush()


class SysWithoutModules:
    """The module `sys`, as if nothing had been imported."""

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


class ToServer(logging.Handler):
    """Passes on what our code notes to the kernel's own log: it goes where the server's goes."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on one record."""
        error = record.exc_info[1] if record.exc_info else None
        _note(record.levelno, record.getMessage(), error)


def write_lines() -> None:
    """Let a kernel that was not forked, whose program is IPython's own, write its records alike."""
    if not Application.initialized() or isinstance(Application.instance(), OwnLogApplication):
        return
    program = Application.instance()
    for handler in program.log.handlers:
        handler.setFormatter(OneLineFormatter(fmt=program.log_format, datefmt=program.log_datefmt))


def _note(level: int, text: str, error: BaseException | None) -> None:
    """Write a record, with the kind of an exception and its lines of code, if there is one."""
    kind, _, where = _told(error).partition("\n") if error else ("", "", "")
    extra = {"where": where} if where else None
    get_logger().log(level, "%s%s", text, kind and f":{kind}", extra=extra)


def _told(error: BaseException) -> str:
    """Tell of an exception, and of those that led to it: the kind, and the lines of code."""
    known: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in known:
        known.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "".join(
        f" {type(each).__name__}\n{''.join(traceback.format_tb(each.__traceback__))}"
        for each in known
    ).rstrip()
