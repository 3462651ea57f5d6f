"""`/metrics`: there when asked for, true, and with nothing about anybody in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from kernel_lines import PAGE, connect, cookie_of
from serving import Serving, kernel_of, serving, wait_until

pytest_plugins = ["server_fixtures"]

OPTIONS = ("--no-browser", "--port", "0", "--pages", "2", "--metrics")
NAMES = {
    "enishi_book_up",
    "enishi_kernel_ready_seconds",
    "enishi_kernels",
    "enishi_kernels_died",
    "enishi_kernels_most",
    "enishi_kernels_refused",
    "enishi_kernels_started",
    "enishi_pages_connected",
    "enishi_zygote_up",
}
OF_A_PROCESS = {
    "process_cpu_seconds",
    "process_max_fds",
    "process_open_fds",
    "process_resident_memory_bytes",
    "process_start_time_seconds",
    "process_virtual_memory_bytes",
}
LABELS = {"way": {"forked", "normal"}, "le": None}
"""Every label there may be, and its values: a number for `le`."""


def samples(server: Serving) -> Iterator[Sample]:
    answer = httpx.get(server.root + "/metrics", timeout=30)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    for family in text_string_to_metric_families(answer.text):
        yield from family.samples


def value(server: Serving, name: str, **labels: str) -> float:
    [found] = [each for each in samples(server) if (each.name, each.labels) == (name, labels)]
    return found.value


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, small_workbooks: Path) -> Iterator[Serving]:
    """A server that tells."""
    with serving(tmp_path_factory.mktemp("told") / "data", small_workbooks, *OPTIONS) as server:
        wait_until(lambda: value(server, "enishi_zygote_up") == (sys.platform == "linux"))
        yield server


def test_who_did_not_ask_for_it_has_none(server: Serving) -> None:
    with server.client() as client:
        assert client.get("/metrics").status_code == 404


def test_a_stranger_on_another_host_gets_none(told: Serving) -> None:
    answer = httpx.get(told.root + "/metrics", headers={"Host": "evil.example"})
    assert answer.status_code == 403


def test_what_happens_to_kernels_is_counted(told: Serving) -> None:
    way = "forked" if sys.platform == "linux" else "normal"
    started = {"way": way}
    assert value(told, "enishi_kernels_most") == 2
    assert value(told, "enishi_book_up") == 1
    before = value(told, "enishi_kernels_started_total", **started)
    ready = value(told, "enishi_kernel_ready_seconds_count")
    with told.client() as client:
        kernel_id = kernel_of(client.get(PAGE).text)
        assert value(told, "enishi_kernels") == 1
        assert value(told, "enishi_kernels_started_total", **started) == before + 1
        assert value(told, "enishi_kernel_ready_seconds_count") == ready + 1
        assert value(told, "enishi_kernel_ready_seconds_sum") > 0
        assert value(told, "enishi_pages_connected") == 0
        with closing(connect(told, kernel_id, cookie_of(client))):
            wait_until(lambda: value(told, "enishi_pages_connected") == 1)
        wait_until(lambda: value(told, "enishi_pages_connected") == 0)
        client.get(PAGE)
        assert value(told, "enishi_kernels_refused_total") == 0
        assert client.get(PAGE).status_code == 503
        assert value(told, "enishi_kernels_refused_total") == 1
        for process in told.kernel_processes():
            process.kill()
        wait_until(lambda: value(told, "enishi_kernels_died_total") == 2)
        assert value(told, "enishi_kernels") == 0


def test_it_tells_numbers_about_the_server_and_nothing_about_anybody(told: Serving) -> None:
    with told.client() as client:
        kernel_of(client.get(PAGE).text)
        text = client.get("/metrics").text
    families = {family.name for family in text_string_to_metric_families(text)}
    own = {name for name in families if not name.endswith("_created")}
    assert own - OF_A_PROCESS == NAMES
    if sys.platform == "linux":
        assert own - NAMES == OF_A_PROCESS
    for sample in samples(told):
        assert re.fullmatch(r"(enishi|process)_[a-z_]+", sample.name)
        assert set(sample.labels) <= set(LABELS)
        for label, said in sample.labels.items():
            assert said in (LABELS[label] or {}) or float(said) >= 0
        assert isinstance(sample.value, float)
        assert sample.exemplar is None and sample.timestamp is None
    assert text.isascii()
    for private in ("/", "@", "01-start", str(told.log.parent), told.token):
        assert private not in text
