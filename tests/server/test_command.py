"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import httpx
import psutil
import pytest
from click.shell_completion import ShellComplete
from playwright.sync_api import Browser, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from enishi.serve.cli.main import main
from enishi.serve.runtime_dir import LOCK
from serving import COUNTER, ENISHI, Serving, run, serving, start, wait_until, watch, write_notebook

pytest_plugins = ["server_fixtures"]

NOWHERE = "/proc/nowhere"  # a home in which nobody, not even root, can write
HANGING_UP = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def ended_with(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end of `process`; return its exit code and what it printed."""
    printed, _ = process.communicate(timeout=60)
    return process.returncode, printed


def passing_folder(server: Serving) -> Path:
    """Return the folder that goes when the server does."""
    return Path(re.findall(r"files in (\S+)\.\n", server.log.read_text())[0]).parent


def test_it_tells_its_version() -> None:
    told = run("--version")
    assert told.stdout == f"enishi, version {version('enishi')}\n"


def test_it_runs_as_a_module_and_explains_itself_by_h() -> None:
    """As where the command's folder is not on the PATH."""
    program = [sys.executable, "-m", "enishi", "--language", "en"]
    told = subprocess.run([*program, "-h"], capture_output=True, text=True, check=True).stdout
    assert told.startswith("Usage: python -m enishi [OPTIONS] [COMMAND]")
    assert 'eval "$(_ENISHI_COMPLETE=bash_source enishi)"' in told


def test_the_shell_completes_commands_as_the_help_says() -> None:
    def completed(line: str) -> set[str]:
        *before, begun = line.split(" ")
        shell = ShellComplete(main, {}, "enishi", "_ENISHI_COMPLETE")
        return {each.value for each in shell.get_completions(before, begun)}

    assert completed("exp") == {"export"}
    assert {"--json", "--language"} <= completed("doctor --")
    for shell in ("bash", "zsh", "fish"):
        assert "_ENISHI_COMPLETE" in run(_ENISHI_COMPLETE=f"{shell}_source").stdout


@pytest.mark.skipif(os.name != "posix", reason="limits as a Unix has them")
@pytest.mark.parametrize("command", [[], ["host"], ["invite", "Sample Ann"]])
def test_a_disk_that_takes_nothing_is_said_in_a_sentence(
    tmp_path: Path, command: list[str]
) -> None:
    limited = ["sh", "-c", 'ulimit -f 0; trap "" XFSZ; exec "$0" "$@"', *ENISHI, *command]
    with subprocess.Popen(
        [*limited, "--language", "en"],
        env={**os.environ, "ENISHI_DATA": str(tmp_path / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        printed, said = process.communicate(timeout=60)
    assert (process.returncode, printed) == (1, "")
    assert "disk" in said and "Traceback" not in said and len(said.splitlines()) == 1


def test_a_secret_that_can_be_guessed_is_refused_in_a_sentence(
    tmp_path: Path, small_workbooks: Path
) -> None:
    places = {"ENISHI_DATA": str(tmp_path / "data"), "ENISHI_WORKBOOKS": str(small_workbooks)}
    told = run("--port", "0", "--language", "en", ENISHI_COOKIE_SECRET="short", **places)
    assert told.returncode == 1
    assert told.stderr.startswith("The secret in ENISHI_COOKIE_SECRET is shorter than 32 char")


def test_a_port_that_was_asked_for_and_is_in_use_is_said_in_a_sentence(
    tmp_path: Path, small_workbooks: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = start(
            tmp_path / "data", small_workbooks, "--no-browser", "--port", str(port),
            "--language", "en",
        )  # fmt: skip
        code, printed = ended_with(process)
    said = (tmp_path / "server.log").read_text()
    assert (code, printed) == (1, "")
    assert said == (
        f"Port {port} is in use by another program. Choose another one with --port, "
        "or leave --port out and a free one is found.\n"
    )


def test_without_a_port_the_next_free_one_is_found_and_said(
    tmp_path: Path, small_workbooks: Path
) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", 8866))
            other.listen()
        except OSError:
            other.close()  # somebody else has it already, which is just as good
        with serving(tmp_path / "data", small_workbooks, "--no-browser", LANG="en") as server:
            assert server.port > 8866
            assert server.printed[0] == f"Port 8866 is in use, so this is port {server.port}."


def test_a_home_that_is_read_only_is_said_with_a_way_out(small_workbooks: Path) -> None:
    told = run(
        "--no-browser", "--language", "ja",
        HOME=NOWHERE, XDG_DATA_HOME=NOWHERE + "/data", ENISHI_DATA="",
    )  # fmt: skip
    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert "に書きこめません。" in told.stderr
    assert "ENISHI_DATA" in told.stderr


@pytest.mark.thorough
def test_with_its_data_elsewhere_a_read_only_home_does_not_matter(
    tmp_path: Path, small_workbooks: Path
) -> None:
    homes = {name: NOWHERE for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with (
        serving(tmp_path / "data", small_workbooks, "--no-browser", "--port", "0", **homes) as it,
        it.client() as client,
    ):
        assert "kernelId" in client.get("/voila/render/01-start.ipynb").text
        assert it.log.read_text() == ""


def test_a_folder_for_data_that_is_a_file_is_said_in_a_sentence(
    tmp_path: Path, small_workbooks: Path
) -> None:
    (tmp_path / "data").write_text("mine")
    process = start(tmp_path / "data", small_workbooks, "--no-browser", "--port", "0")
    assert ended_with(process) == (1, "")
    assert (tmp_path / "server.log").read_text().count("\n") == 1
    assert (tmp_path / "data").read_text() == "mine"


def test_a_missing_folder_of_notebooks_is_said_in_a_sentence(tmp_path: Path) -> None:
    process = start(tmp_path / "data", tmp_path / "none", "--no-browser", "--language", "en")
    assert ended_with(process) == (1, "")
    said = (tmp_path / "server.log").read_text()
    assert said.startswith(f"There are no notebooks in {tmp_path / 'none'}.")


def test_the_person_s_folder_and_secret_are_theirs_alone(
    tmp_path: Path, small_workbooks: Path
) -> None:
    data = tmp_path / "data"
    with serving(data, small_workbooks):
        assert data.stat().st_mode & 0o777 == 0o700
        assert (data / "cookie-secret").stat().st_mode & 0o777 == 0o600
    secret = (data / "cookie-secret").read_bytes()
    with serving(data, small_workbooks):
        assert (data / "cookie-secret").read_bytes() == secret


def test_nothing_is_written_beside_the_notebooks(tmp_path: Path) -> None:
    folder = tmp_path / "workbooks"
    folder.mkdir()
    write_notebook(folder / "01-start.ipynb", COUNTER)
    before = (folder / "01-start.ipynb").read_bytes()
    with serving(tmp_path / "data", folder) as server, server.client() as client:
        client.get("/voila/render/01-start.ipynb")
    assert os.listdir(folder) == ["01-start.ipynb"]
    assert (folder / "01-start.ipynb").read_bytes() == before


def test_somebody_s_own_settings_do_not_open_what_is_closed(
    tmp_path: Path, small_workbooks: Path
) -> None:
    loosening = (
        "c.VoilaConfiguration.show_tracebacks = True\n"
        "c.VoilaConfiguration.file_allowlist = ['.*']\n"
        "c.Voila.token = ''\n"
        "c.Kernels.allow_tracebacks = True\n"
        "c.IdentityProvider.token = ''\n"
    )
    home = tmp_path / "home"
    config = home / ".jupyter"
    (config / "labconfig").mkdir(parents=True)
    for place in (tmp_path, config):
        for name in ("voila.py", "enishi.py", "jupyter_config.py", "jupyter_server_config.py"):
            (place / name).write_text(loosening)
    (config / "labconfig" / "page_config.json").write_text(
        '{"disabledExtensions": {"@jupyter-widgets/jupyterlab-manager": true, "anywidget": true}}'
    )
    startup = home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("raise SystemExit('started')")
    with (
        serving(
            tmp_path / "data", small_workbooks,
            HOME=str(home), JUPYTER_CONFIG_DIR=str(config), JUPYTER_CONFIG_PATH=str(config),
            JUPYTER_TOKEN="known", IPYTHONDIR=str(home / ".ipython"),
        ) as server,
        server.client() as client,
    ):  # fmt: skip
        assert (
            httpx.get(server.root + "/", params={"token": "known"})
            .headers["location"]
            .startswith("/login")
        )
        assert client.get("/voila/files/notes.txt").status_code == 404
        broken = client.get("/voila/render/02-broken.ipynb").text
        assert "the-secret" not in broken
        page = client.get("/voila/render/01-start.ipynb").text
        assert '"@jupyter-widgets/jupyterlab-manager"' in page
        assert '"anywidget"' in page
        assert "voila.cell-output+json" in page


@pytest.mark.parametrize("how", HANGING_UP)
def test_a_signal_ends_everything_that_was_started(
    private_server: Serving, how: signal.Signals
) -> None:
    with private_server.client() as client:
        for _ in range(2):
            client.get("/voila/render/01-start.ipynb")
    kernels = private_server.kernel_processes()
    passing = passing_folder(private_server)
    assert len(kernels) == 2
    assert passing.is_dir()
    assert private_server.stop(how) == 0
    assert psutil.wait_procs(kernels, timeout=0)[1] == []
    assert not passing.exists()
    assert "Traceback" not in private_server.log.read_text()


@pytest.mark.parametrize("how", HANGING_UP)
def test_a_signal_at_the_moment_the_address_is_printed_leaves_nothing_behind(
    tmp_path: Path, small_workbooks: Path, how: signal.Signals
) -> None:
    with serving(tmp_path / "data", small_workbooks) as server:
        process = psutil.Process(server.process.pid)
        started = process.children(recursive=True)
        [passing] = [Path(it.path).parent for it in process.open_files() if it.path.endswith(LOCK)]
        assert server.stop(how) == 0
        assert psutil.wait_procs(started, timeout=10)[1] == []
        assert not passing.exists()
        assert "Traceback" not in server.log.read_text()


def test_a_page_requested_as_soon_as_the_address_is_printed_is_served(
    tmp_path: Path, small_workbooks: Path
) -> None:
    with serving(tmp_path / "data", small_workbooks) as server, server.client() as client:
        assert client.get("/healthz").status_code == 200


def test_kernels_do_not_outlive_a_server_that_is_killed(private_server: Serving) -> None:
    with private_server.client() as client:
        client.get("/voila/render/01-start.ipynb")
    kernels = private_server.kernel_processes()
    passing = passing_folder(private_server)
    private_server.process.kill()
    assert psutil.wait_procs(kernels, timeout=10)[1] == []
    shutil.rmtree(passing, ignore_errors=True)  # which only the next server would do


BROWSER = '''#!{python}
"""A browser: it goes where it is led, and says how it was called and what it found."""
import json, os, re, sys, time
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

file = Path(unquote(urlsplit(sys.argv[1]).path))
[to] = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', file.read_text())
shown = dict(argv=sys.argv, mode=file.stat().st_mode & 0o777, to=to, file=str(file))
shown["page"] = build_opener(HTTPCookieProcessor()).open(to).geturl()
Path("{seen}.new").write_text(json.dumps(shown))
os.rename("{seen}.new", "{seen}")
'''


def browser(folder: Path) -> tuple[dict[str, str], Path]:
    """Make a browser; return the environment that names it, and the file that it writes."""
    folder.mkdir()
    program, seen = folder / "browser", folder / "seen"
    program.write_text(BROWSER.format(python=sys.executable, seen=seen))
    program.chmod(0o755)
    return {"BROWSER": f"{program} %s"}, seen


@pytest.mark.parametrize("command", [(), ("lab",)])
def test_the_browser_is_led_to_the_address_and_its_command_line_does_not_tell_the_token(
    tmp_path: Path, small_workbooks: Path, command: tuple[str, ...]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment, seen = browser(tmp_path / "browser")
    options = (*command, "--port", "0")
    with serving(
        tmp_path / "data", small_workbooks, *options, HOME=str(home), **environment
    ) as server:
        wait_until(seen.exists)
        found = json.loads(seen.read_text())
        assert found["to"] == server.address
        assert server.token not in " ".join(found["argv"])
        assert found["mode"] == 0o600
        file = Path(found["file"])
        assert file.parent == home and not file.name.startswith(".")  # which a snap can read
        page = "/lab" if command else "/voila/render/01-start.ipynb"
        assert found["page"].split("?")[0] == server.root + page
        assert server.stop() == 0
    assert list(home.glob("*enishi*")) == []


@pytest.mark.thorough
def test_where_the_home_cannot_be_written_to_the_browser_is_led_from_elsewhere(
    tmp_path: Path, small_workbooks: Path
) -> None:
    environment, seen = browser(tmp_path / "browser")
    with serving(
        tmp_path / "data", small_workbooks, "--port", "0", HOME=NOWHERE, **environment
    ) as server:
        wait_until(seen.exists)
        found = json.loads(seen.read_text())
        assert (found["to"], found["mode"]) == (server.address, 0o600)
        server.stop()
    assert not Path(found["file"]).exists()


def test_a_missing_browser_is_said_and_the_workbook_stays_open(
    tmp_path: Path, small_workbooks: Path
) -> None:
    process = start(
        tmp_path / "data", small_workbooks, "--port", "0", "--language", "en",
        BROWSER=str(tmp_path / "no-browser"), PATH="", DISPLAY="", WAYLAND_DISPLAY="",
    )  # fmt: skip
    assert process.stdout is not None
    printed = [process.stdout.readline() for _ in range(4)]
    assert printed[-1] == "No browser was found. Open the address above in one.\n"
    root = printed[1].split("?")[0]
    wait_until(lambda: httpx.get(root + "healthz", timeout=30).status_code == 200)
    process.terminate()
    assert ended_with(process)[0] == 0


def test_lab_opens_the_same_notebooks_for_their_authors(tmp_path: Path, chromium: Browser) -> None:
    folder = tmp_path / "workbooks"
    folder.mkdir()
    sheet = "from widgets import Wish, open_workbook\nWish(open_workbook('02-goal'))"
    write_notebook(folder / "01-start.ipynb", COUNTER, sheet)
    with serving(
        tmp_path / "data", folder, "lab", "--no-browser", "--port", "0", HOME=NOWHERE
    ) as server:
        contents = server.root + "/api/contents"
        assert httpx.get(contents).status_code == 403
        listed = httpx.get(contents, headers={"Authorization": f"token {server.token}"}).json()
        assert [each["name"] for each in listed["content"]] == ["01-start.ipynb"]
        with chromium.new_context() as context:
            seen = watch(context)
            tab = seen.page
            tab.goto(f"{server.root}/lab/tree/01-start.ipynb?token={server.token}")
            tab.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=60000)
            expect(tab.locator(".jp-Toolbar-kernelName")).to_contain_text("Python 3", timeout=30000)
            # JupyterLab drops, without a word, what is to be run before it has heard the kernel.
            indicator = tab.locator(".jp-Notebook-ExecutionIndicator")
            expect(indicator).to_have_attribute("data-status", "idle", timeout=60000)
            for _ in range(3):
                tab.get_by_role("menuitem", name="Run", exact=True).click()
                tab.get_by_text("Run All Cells", exact=True).click()
                with suppress(PlaywrightTimeout):
                    tab.locator("#count").first.wait_for(timeout=20000)
                    break
            tab.locator("#count").click()
            expect(tab.locator("#count")).to_have_text("counted 1")
            expect(tab.locator("[data-jp-item-name=voilaRender]")).to_have_count(0)
            expect(tab.locator("section#wish textarea").first).to_be_visible()
            assert seen.strangers() == []
        kernels = server.kernel_processes()
        assert len(kernels) == 1
        assert server.stop(signal.SIGINT) == 0
        assert psutil.wait_procs(kernels, timeout=15)[1] == []
