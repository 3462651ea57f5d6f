"""The files of docs/serving for many: what they ask for is there, and their steps work.

There is no container engine here: the steps of the image run in a folder, those of the compose file
against a real PostgreSQL and a real Caddy.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from enishi.paths import CHECKOUT
from enishi.serve.metrics import REGISTRY
from fronts import DOCUMENTS, NAME, Front, free_port
from hosting import enter
from postgresql import PASSWORD, PostgreSQL, running_postgresql
from serving import wait_until

METRIC = re.compile(r"\b(?:enishi|process)_[a-z_]+\b")
HASH = "0123456789abcdef" * 4
VALUES = {
    "ENISHI_HOST": NAME,
    **dict.fromkeys(("ADMIN_PASSWORD", "KEEPER_PASSWORD", "PAGES_PASSWORD"), "0123abcd"),
    "COOKIE_SECRET": HASH,
}


def given_metrics() -> set[str]:
    """Return the names of all numbers that `/metrics` gives."""
    families = text_string_to_metric_families(generate_latest(REGISTRY).decode())
    return {sample.name for family in families for sample in family.samples}


def image_steps() -> list[tuple[str, str]]:
    """Return the steps of the Containerfile: what each does, and with what."""
    text = (DOCUMENTS / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def compose() -> dict[str, Any]:
    """Return the compose file with its values, each of which has to be given."""
    text = (DOCUMENTS / "compose.yaml").read_text(encoding="utf-8")
    filled = re.sub(r"\$\{(\w+):\?[^}]+\}", lambda found: VALUES[found[1]], text)
    assert "$" not in filled
    found: dict[str, Any] = yaml.safe_load(filled)
    return found


def test_a_dashboard_and_alerts_ask_for_numbers_that_are_given() -> None:
    panels = json.loads((DOCUMENTS / "grafana-dashboard.json").read_text("utf-8"))["panels"]
    rules = yaml.safe_load((DOCUMENTS / "alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    asked += [rule["expr"] for rule in rules]
    named = {name for each in asked for name in METRIC.findall(each)}
    assert len(asked) >= 20 and named <= given_metrics()
    assert {name for name in given_metrics() if re.fullmatch(r"enishi_[a-z]+(_[a-z]+)?", name)} - {
        each for each in given_metrics() if each.endswith(("_created", "_sum", "_count", "_bucket"))
    } <= named | {"enishi_kernels_started_created"}, "each number is shown"
    assert all(rule["annotations"]["summary"] for rule in rules)


def test_the_image_has_no_secret_and_an_ordinary_user() -> None:
    steps = image_steps()
    assert ("USER", "10001:10001") in steps and ("VOLUME", "/data") in steps
    assert steps.index(("USER", "10001:10001")) < [word for word, _ in steps].index("ENTRYPOINT")
    said = " ".join(rest for _, rest in steps)
    assert not re.search(r"SECRET|PASSWORD|TOKEN|DATABASE", said)
    assert any(word == "HEALTHCHECK" and "/healthz" in rest for word, rest in steps)


def test_the_services_may_do_little_and_read_their_secrets_from_outside() -> None:
    text = (DOCUMENTS / "compose.yaml").read_text(encoding="utf-8")
    assert not re.search(r"(PASSWORD|SECRET): [^$]", text)
    services = compose()["services"]
    for name in ("enishi", "caddy"):
        assert services[name]["read_only"] is True and services[name]["cap_drop"] == ["ALL"]
    assert services["database"]["networks"] == ["inside"] and "ports" not in services["enishi"]
    assert compose()["networks"]["inside"]["internal"] is True
    files = [each.partition(":")[0] for one in services.values() for each in one["volumes"]]
    assert all((DOCUMENTS / file).is_file() for file in files if file.startswith("./"))


def install_image(folder: Path) -> Path:
    """Install the package as the image does, from what it copies; return its programs.

    What the package depends on is borrowed from this environment, as in `test_wheel.py`.
    """
    build = folder / "build"
    build.mkdir()
    for word, rest in image_steps():
        if word == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for source in sources:
                found, to = CHECKOUT / source, build / (target if len(sources) == 1 else source)
                if found.is_dir():
                    shutil.copytree(found, to, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(found, to)
    made = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(made, cwd=build, check=True, capture_output=True, env=clean)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install"]
    subprocess.run(
        [*install, "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
        env=clean,
    )
    (purelib,) = (folder / "env" / "lib").glob("python*/site-packages")
    (purelib / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    borrowed = Path(sysconfig.get_path("data")) / "share" / "jupyter"
    (folder / "env" / "share" / "jupyter").symlink_to(borrowed)
    return python.parent


def make_accounts(server: PostgreSQL) -> None:
    """Make what the database's script makes, on a server without any of it."""
    environment = VALUES | {"POSTGRES_USER": "admin", "PGHOST": str(server.folder)}
    subprocess.run(
        ["sh", str(DOCUMENTS / "compose-database.sh")],
        env=os.environ | environment | {"PGPASSWORD": PASSWORD},
        check=True,
        capture_output=True,
    )


@pytest.mark.thorough
def test_the_image_s_command_serves_from_the_script_s_database_behind_caddy(
    tmp_path: Path,
) -> None:
    programs = install_image(tmp_path)
    port, https = free_port(), free_port()
    front = Front("caddy", tmp_path / "front", [port] * 2, https)
    text = (DOCUMENTS / "compose.Caddyfile").read_text(encoding="utf-8")
    tls = f"{NAME} {{\n\ttls {front.certificate.file} {front.certificate.key}"
    text = text.replace("{$ENISHI_HOST} {", tls).replace("{$ENISHI_HOST}", NAME)
    options = (front.folder / "Caddyfile").read_text(encoding="utf-8").partition("\n}\n")[0]
    ours = text.replace("enishi:8866", f"127.0.0.1:{port}")
    (front.folder / "Caddyfile").write_text(f"{options}\n}}\n{ours}", encoding="utf-8")
    steps = dict(image_steps())
    with running_postgresql() as server:
        server.run("DROP ROLE enishi_pages", "DROP ROLE enishi")
        make_accounts(server)
        environment = compose()["services"]["enishi"]["environment"]
        at = f"@/enishi?host={quote(str(server.folder), safe='')}"
        environment = {
            key: value.replace("@database/enishi", at) for key, value in environment.items()
        }
        environment["ENISHI_ADDRESS"] = f"https://{NAME}:{https}/"
        home = tmp_path / "data"
        home.mkdir(mode=0o700)
        environment |= {"HOME": str(home), "ENISHI_DATA": str(home), "LANG": "C.UTF-8"}
        environment |= {"PATH": f"{programs}:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [*json.loads(steps["ENTRYPOINT"]), *json.loads(steps["CMD"])]
        command = [str(port) if part == "8866" else part for part in command]
        before = {path for path in (tmp_path / "env").rglob("*")}
        with (tmp_path / "log").open("wb") as log:
            running = subprocess.Popen(
                [str(programs / command[0]), *command[1:]],
                env=environment,
                cwd=home,
                stdout=log,
                stderr=log,
            )
        try:
            check = json.loads(steps["HEALTHCHECK"].partition("CMD ")[2])
            check = [part.replace(":8866", f":{port}") for part in check]

            def is_healthy() -> bool:
                assert running.poll() is None, (tmp_path / "log").read_text()
                done = subprocess.run(
                    [str(programs / check[0]), *check[1:]], env=environment, capture_output=True
                )
                return done.returncode == 0

            wait_until(is_healthy, 60)
            invited = subprocess.run(
                [str(programs / "enishi"), "invite", "Sample Ann"],
                env=environment,
                cwd=home,
                capture_output=True,
                text=True,
                check=True,
            )
            key = invited.stdout.strip().rpartition("#")[2]
            front.start()
            front.base = ""
            with front.client() as client:
                wait_until(lambda: client.get("/login").status_code == 200)
                assert client.get("/metrics").status_code == 404
                assert enter(client, key).status_code == 302
                assert '"kernelId"' in client.get("/voila/render/02-goal.ipynb").text
        finally:
            front.stop()
            running.terminate()
            assert running.wait(timeout=40) == 0
        assert {path for path in (tmp_path / "env").rglob("*")} == before, "the rest is read-only"
