"""Which tests start a process: a server, a kernel, a database, a browser."""

from __future__ import annotations

import asyncio
import multiprocessing
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from playwright.sync_api import sync_playwright

from enishi.serve.fork import zygote_manager

TESTS = str(Path(__file__).parents[1])
STARTERS = (
    *(subprocess, multiprocessing, asyncio.create_subprocess_exec, sync_playwright),
    *(AsyncKernelManager, NotebookClient, zygote_manager, zygote_manager.wait_ready),
)
_known: dict[object, bool] = {}


def needs_process(item: pytest.Function) -> bool:
    """Return whether a test, or a fixture it uses, names something that starts a process."""
    if "callspec" in vars(item) and item.callspec.params.get("store") == "server":
        return True
    fixtures = item._fixtureinfo.name2fixturedefs
    used = [fixtures[name][-1].func for name in item.fixturenames if name in fixtures]
    return any(map(_reaches_starter, [item.function, *used]))


def _reaches_starter(value: object) -> bool:
    """Follow the names that functions and classes of the tests use, and remember each answer."""
    if any(value is each for each in STARTERS):
        return True
    if isinstance(value, type) and value.__module__ != "builtins":
        return any(_reaches_starter(each) for each in vars(value).values() if _is_ours(each))
    value = getattr(value, "__wrapped__", value)
    if not _is_ours(value):
        return False
    assert isinstance(value, FunctionType)
    if value not in _known:
        _known[value] = False  # while it is followed: a function may name itself
        named = (value.__globals__.get(name) for name in _names(value.__code__))
        _known[value] = any(map(_reaches_starter, named))
    return _known[value]


def _is_ours(value: object) -> bool:
    """Return whether this is a function of the tests."""
    return isinstance(value, FunctionType) and value.__code__.co_filename.startswith(TESTS)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)
