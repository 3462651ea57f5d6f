"""What docs/serving.md tells people to do is done here, command by command."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from enishi.book.integrity import find_problems
from enishi.serve.cli.host import host
from fronts import DOCUMENTS, free_port
from get_postgresql import find_postgresql
from postgresql import PostgreSQL, both_accounts
from serving import ENISHI

README = DOCUMENTS.parents[1] / "README.md"
DOCUMENT = DOCUMENTS.with_suffix(".md")
BLOCK = re.compile(r"^( *)```(.*)\n((?:.*\n)*?)\1```$", re.MULTILINE)
RUN, ELSEWHERE = "sh", "sh elsewhere"
NOT_HERE = {"ssh", "scp", "sudo"}
"""What an administrator does, or what needs another machine: nothing else may be left out."""
DATABASES = {
    "ENISHI_DATABASE": "postgresql://enishi_pages:PASSWORD@db.example/enishi",
    "ENISHI_KEEPER_DATABASE": "postgresql://enishi:PASSWORD@db.example/enishi",
}
"""The addresses of the database in the document, by the variable that they are for."""
SERVERS = ("enishi --no-browser", "enishi host")
"""Commands that go on until they are ended; the others are run while they do."""


def sections() -> dict[str, str]:
    """Return the sections of the document by their headings."""
    parts = re.split(r"^## (.*)\n", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands(text: str, kind: str) -> list[str]:
    """Return the commands in blocks of this kind."""
    blocks = [lines for _, told, lines in BLOCK.findall(text) if told == kind]
    return [line.strip() for lines in blocks for line in lines.splitlines() if line.strip()]


class Window:
    """A window somebody types commands into, with a home of their own."""

    def __init__(self, home: Path, databases: dict[str, str], servers: ExitStack) -> None:
        self.servers = servers
        self.said: list[str] = []
        self.ports = {"8866": str(free_port()), "8867": str(free_port())}
        self.replaced = {DATABASES[name]: url for name, url in databases.items()} | self.ports
        path = [str(Path(ENISHI[0]).parent), str(find_postgresql()), os.environ["PATH"]]
        known = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ENISHI_", "XDG_"))
        }
        self.environment = known | {"HOME": str(home), "PATH": os.pathsep.join(path)}
        self.home = home

    def type(self, command: str) -> None:
        """Do what a line says, and see that it succeeds."""
        for old, new in self.replaced.items():
            command = command.replace(old, shlex.quote(new))
        if command.startswith("export "):
            self._keep(command)
        elif command.startswith(SERVERS):
            if command.startswith("enishi host") and "--port" not in command:
                command = command.replace("host", f"host --port {self.ports['8866']}", 1)
            self.servers.enter_context(self._serving(command.removesuffix("&")))
        else:
            self.said += self._run(command)

    def _keep(self, command: str) -> None:
        name = command.removeprefix("export ").partition("=")[0]
        [self.environment[name]] = self._run(f'{command}; printf "%s\\n" "${name}"')

    def _run(self, command: str) -> list[str]:
        done = subprocess.run(
            ["sh", "-c", command],
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, (command, done.stderr)
        return done.stdout.splitlines()

    @contextmanager
    def _serving(self, command: str) -> Iterator[None]:
        with (self.home / "log").open("a+") as log:
            process = subprocess.Popen(
                ["sh", "-c", f"exec {command}"],
                env=self.environment,
                cwd=self.home,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            assert process.stdout is not None
            try:
                printed = next((line for line in process.stdout if line.startswith("http")), "")
                log.seek(0)
                assert printed, (command, log.read())
                self.said.append(printed.strip())
                yield
            finally:
                process.terminate()
                assert process.wait(timeout=60) == 0
                process.stdout.close()


@pytest.fixture
def window(tmp_path: Path, postgresql: PostgreSQL) -> Iterator[Window]:
    """A window; what was started in it ends with it."""
    with postgresql.database() as url, ExitStack() as servers:
        yield Window(tmp_path, both_accounts(url.set(drivername="postgresql")), servers)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "section", [name for name, text in sections().items() if "```sh\n" in text]
)
def test_every_command_does_what_it_should(window: Window, section: str) -> None:
    for command in commands(sections()[section], RUN):
        window.type(command)
    invited = [line for line in window.said if "/login#" in line]
    if section == "For a room":
        assert len(invited) == 3
        assert all(line.startswith("https://workbook.example/enishi/login#") for line in invited)
        assert sum("participant" in line or "facilitator" in line for line in window.said) == 3
    if section == "For many machines":
        pages = {**window.environment, "ENISHI_KEEPER_DATABASE": ""}
        refused = subprocess.run([*ENISHI, "persons"], env=pages, capture_output=True, text=True)
        assert refused.returncode == 1 and "enishi_pages does not see all books" in refused.stderr
    if section == "Backups and updates":
        for name in ("before.sqlite3", "from-postgresql.sqlite3"):
            with closing(sqlite3.connect(window.home / name)) as kept:
                assert kept.execute("SELECT name FROM person").fetchall() == [("Sample Ann",)]
                assert find_problems(kept) == []
        ids = [line for line in window.said if line.endswith("  Sample Ann")]
        assert len(ids) == 2
        assert window.said[-1] == ids[-1], "Bob was invited after the backup"
        assert sum("book.sqlite3" in line for line in window.said) == 1, "the doctor's answer"


def test_the_readme_s_way_to_back_up_and_back_is_the_one_that_works(window: Window) -> None:
    """Word for word, in the person's own folder, with what they wrote."""
    [lines] = [
        text for _, told, text in BLOCK.findall(README.read_text(encoding="utf-8")) if told == RUN
    ]
    write = "from enishi.book import open_book; open_book().add('contact', name='{}')"
    python = f"{sys.executable} -c"
    window.type(f'{python} "{write.format("before")}"')
    for command in lines.splitlines():
        window.type(command)
        if command.startswith("enishi backup"):
            window.type(f'{python} "{write.format("after")}"')
    count = "from enishi.book import open_book; print(*open_book().frame('contact')['name'])"
    window.type(f'{python} "{count}"')
    assert window.said[-1] == "before"
    [kept] = window.home.rglob("book-replaced-*.sqlite3")
    assert str(kept) in window.said
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM contact").fetchone() == (2,)


def test_what_is_not_run_here_could_not_be() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    left_out = commands(text, ELSEWHERE)
    assert left_out
    assert {command.split()[0] for command in left_out} == NOT_HERE
    assert {told for _, told, _ in BLOCK.findall(text)} == {RUN, ELSEWHERE}
    assert text.count("```") == 2 * len(BLOCK.findall(text))


def test_the_files_it_names_are_there() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    named = set(re.findall(r"\]\(([^)#]+)\)", text))
    assert named == {f"serving/{file.name}" for file in DOCUMENTS.iterdir()}
    headings = {re.sub(r"[^\w -]", "", name).lower().replace(" ", "-") for name in sections()}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) == headings


def settings_of_the_unit() -> dict[str, list[str]]:
    """Return what the service file sets, each with all its values."""
    found: dict[str, list[str]] = {}
    text = (DOCUMENTS / "enishi@.service").read_text(encoding="utf-8")
    for name, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def test_the_service_limits_what_it_may_use_and_do() -> None:
    unit = settings_of_the_unit()
    for limit in ("MemoryMax", "TasksMax", "LimitNOFILE"):
        assert unit[limit] and "infinity" not in unit[limit]
    assert unit["CapabilityBoundingSet"] == unit["AmbientCapabilities"] == [""]
    assert unit["NoNewPrivileges"] == ["yes"] and unit["ProtectSystem"] == ["strict"]
    assert unit["RestrictAddressFamilies"] == ["AF_UNIX AF_INET AF_INET6"]
    allowed, denied, *again = unit["SystemCallFilter"]
    assert (allowed, denied) == ("@system-service", "~@privileged @resources")
    assert {"prlimit64", "setrlimit"} <= set(" ".join(again).split())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_the_service_little_exposed(tmp_path: Path) -> None:
    unit = shutil.copy(DOCUMENTS / "enishi@.service", tmp_path)
    asked = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]
    found = subprocess.run(asked, capture_output=True, text=True, timeout=120)
    if "Unknown" in found.stderr or "unrecognized" in found.stderr:
        pytest.skip("this systemd cannot look at a file")
    assert found.returncode == 0, found.stdout[-300:] + found.stderr


def test_the_limits_it_names_are_the_usual_ones() -> None:
    told = re.findall(r"^\| `--([\w-]+) (\d+)`", sections()["Limits"], re.MULTILINE)
    usual = {option.name: option.default for option in host.params}
    assert len(told) == 3
    for name, value in told:
        assert usual[name.replace("-", "_")] == float(value)
