"""What the proxies of docs/serving do by themselves, whatever stands behind them."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from fronts import BASE, NAME, PROXIES, SPOOFED, Front, free_port, running
from serving import wait_until


class Echo(BaseHTTPRequestHandler):
    """Tells which headers arrived."""

    heard: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.heard.append({"path": self.path, **headers})
        body = json.dumps(headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def asked() -> set[tuple[str, str]]:
    """Return what was asked for so far, and by which name."""
    return {(each["path"], each["host"]) for each in Echo.heard}


@pytest.mark.parametrize("kind", PROXIES)
def test_the_servers_hear_of_a_visitor_only_what_the_proxy_saw(tmp_path: Path, kind: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as echo:
        threading.Thread(target=echo.serve_forever, daemon=True).start()
        front = Front(kind, tmp_path / kind, [echo.server_port, free_port()])
        with running(front), front.client(headers=SPOOFED) as client:
            heard = client.get("/").json()
            if kind == "caddy":  # it asks by the name that every server knows, wherever it is
                wait_until(lambda: (BASE + "/healthz", NAME) in asked())
        echo.shutdown()
    assert heard["host"] == heard["x-forwarded-host"] == f"{NAME}:{front.port}"
    assert heard["x-forwarded-proto"] == "https"
    assert heard["x-forwarded-for"] == "127.0.0.1"  # where this test comes from
    assert heard.get("x-real-ip", "127.0.0.1") == "127.0.0.1"
    assert "forwarded" not in heard


@pytest.mark.parametrize("kind", PROXIES)
def test_while_no_server_is_there_the_browser_asks_again_by_itself(
    tmp_path: Path, kind: str
) -> None:
    front = Front(kind, tmp_path / kind, [free_port(), free_port()])
    with running(front), front.client() as client:
        away = client.get("/voila/render/01-who.ipynb")
        assert away.status_code == 503
        assert "http-equiv=refresh" in away.text
        assert "少しお待ちください。" in away.text
        assert "charset=utf-8" in away.headers["content-type"]
