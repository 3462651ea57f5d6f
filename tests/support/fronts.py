"""Real proxies before real servers, with the configuration that docs/serving gives away.

Only names, ports and files are replaced in it. Each proxy is a process of the tests' own.
"""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from get_caddy import find_caddy
from get_nginx import find_nginx
from serving import serving, wait_until

DOCUMENTS = Path(__file__).parents[2] / "docs" / "serving"
PROXIES = ("nginx", "caddy")
NAME = "workbook.example"
BASE = "/enishi"
SERVERS = ("127.0.0.1:8866", "127.0.0.1:8867")

NGINX = """
{user}
daemon off;
pid pid;
error_log error.log;
worker_processes 2;
events {{}}
http {{
    access_log access.log;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include enishi.conf;
}}
"""
CADDY = """
{{
	admin off
	default_bind 127.0.0.1
	http_port {plain}
	https_port {port}
}}
"""
"""Adds what a proxy needs to be our own, and not the system's."""
SPOOFED = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Prefix": "/evil",
    "X-Real-IP": "127.0.0.1",
    "X-Scheme": "http",
    "Forwarded": "for=127.0.0.1;host=evil.example;proto=http",
    "X-Forwarded-User": "me",
    "Remote-User": "me",
    "Enishi-Person": "me",
    "X-Enishi-Person": "me",
}
"""What a visitor might say of themselves."""


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


class Certificate:
    """A certificate that only those who are told believe."""

    def __init__(self, folder: Path) -> None:
        self.file, self.key = folder / "fullchain.pem", folder / "privkey.pem"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"),
                *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", f"/CN={NAME}"),
                *("-addext", f"subjectAltName=DNS:{NAME}"),
                *("-out", str(self.file), "-keyout", str(self.key)),
            ],
            check=True,
            capture_output=True,
        )

    def believed(self) -> ssl.SSLContext:
        """Return what makes a client believe it."""
        return ssl.create_default_context(cafile=str(self.file))


class Front:
    """A proxy that ends https, and passes requests on to the servers behind it."""

    def __init__(
        self, kind: str, folder: Path, servers: list[int], port: int = 0, base: str = BASE
    ) -> None:
        folder.mkdir(parents=True)
        self.kind, self.folder, self.base = kind, folder, base
        self.port, self.plain = port or free_port(), free_port()
        self.certificate = Certificate(folder)
        self.process: subprocess.Popen[bytes] | None = None
        {"nginx": self._write_nginx, "caddy": self._write_caddy}[kind](servers)

    @property
    def address(self) -> str:
        """The address people use."""
        return f"https://{NAME}:{self.port}{self.base}/"

    def start(self) -> None:
        """Start, and wait until somebody is answered."""
        program = {"nginx": find_nginx, "caddy": find_caddy}[self.kind]()
        assert program, f"No {self.kind} was found; see tests/support/get_{self.kind}.py."
        options = {
            "nginx": ["-p", str(self.folder), "-c", "nginx.conf"],
            "caddy": ["run", "--config", "Caddyfile", "--adapter", "caddyfile"],
        }[self.kind]
        own = {name: str(self.folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(
                [program, *options],
                cwd=self.folder,
                env=os.environ | own,
                stdout=output,
                stderr=output,
            )
        wait_until(self._is_there)

    def stop(self) -> None:
        """End at once: everybody's connection is cut."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def said(self) -> str:
        """Return what it wrote down."""
        return "".join(
            (self.folder / name).read_text(errors="replace")
            for name in ("output", "error.log", "access.log")
            if (self.folder / name).exists()
        )

    def client(self, **options: Any) -> httpx.Client:
        """Return a client that believes the certificate, and finds the name here."""
        ours = {"Origin": f"https://{NAME}:{self.port}"}
        options["headers"] = ours | options.get("headers", {})
        return httpx.Client(
            base_url=self.address,
            transport=Here(verify=self.certificate.believed()),
            timeout=60,
            **options,
        )

    def _is_there(self) -> bool:
        assert self.process is not None and self.process.poll() is None, self.said()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def _write_nginx(self, servers: list[int]) -> None:
        user = "user root;" if os.geteuid() == 0 else ""  # else it could not enter the folder
        (self.folder / "nginx.conf").write_text(NGINX.format(user=user))
        replaced = {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "/etc/ssl/enishi/fullchain.pem": str(self.certificate.file),
            "/etc/ssl/enishi/privkey.pem": str(self.certificate.key),
            f"location {BASE}/ {{": f"location {self.base}/ {{",
        }
        text = fitted("nginx.conf", replaced, servers)
        (self.folder / "enishi.conf").write_text(text, encoding="utf-8")

    def _write_caddy(self, servers: list[int]) -> None:
        tls = f"{NAME} {{\n\ttls {self.certificate.file} {self.certificate.key}"
        text = fitted("Caddyfile", {f"{NAME} {{": tls}, servers)
        options = CADDY.format(plain=self.plain, port=self.port)
        (self.folder / "Caddyfile").write_text(options + text, encoding="utf-8")


class Here(httpx.HTTPTransport):
    """Goes to this machine whatever the name is."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        moved = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1"),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": NAME},
        )
        return super().handle_request(moved)


def fitted(name: str, replaced: dict[str, str], servers: list[int]) -> str:
    """Return a file of docs/serving for these servers; each replaced text stands in it once."""
    text = (DOCUMENTS / name).read_text(encoding="utf-8")
    ports = {old: f"127.0.0.1:{new}" for old, new in zip(SERVERS, servers, strict=True)}
    for old, new in (replaced | ports).items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


class Replica:
    """One of the servers behind a proxy; it can end, and start again at the same port."""

    def __init__(self, folder: Path, workbooks: Path, address: str, **environment: str) -> None:
        self.folder, self.workbooks, self.address = folder, workbooks, address
        self.environment = environment
        self.port = free_port()
        self._running = ExitStack()

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = ("host", "--address", self.address, "--port", str(self.port))
        self.server = self._running.enter_context(
            serving(
                self.folder / "data",
                self.workbooks,
                *options,
                "--metrics",
                "--verbose",
                **self.environment,
            )
        )

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End, as told."""
        self.server.stop(how)
        self._running.close()

    def ask(self, path: str) -> httpx.Response:
        """Ask it itself, as somebody on its machine does."""
        base = urlsplit(self.address).path.rstrip("/")
        return httpx.get(f"http://127.0.0.1:{self.port}{base}{path}", timeout=30)

    def kernels(self) -> int:
        """Return how many kernels it runs."""
        count: int = self.ask("/healthz").json()["kernels"]
        return count


@contextmanager
def running(*parts: Front | Replica) -> Iterator[None]:
    """Run them until the block is left."""
    with ExitStack() as stack:
        for part in parts:
            stack.callback(part.stop)
            part.start()
        yield
