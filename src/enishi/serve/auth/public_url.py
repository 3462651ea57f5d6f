"""The address people use. It settles where the pages are, and which requests are meant for us."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from enishi.serve.errors import PublicUrlError, PublicUrlMissingError

HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
PATH = re.compile(r"/([A-Za-z0-9._~-]+/)*")


class Address(NamedTuple):
    """Scheme, host, port and path as they stand in the browser.

    Attributes:
        host: in small letters; an IPv6 address without its brackets.
        port: None is the scheme's own.
        path: the base of all pages, with a slash at both ends.
    """

    scheme: str
    host: str
    port: int | None
    path: str

    def __str__(self) -> str:
        """Write it as the browser does."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"

    @property
    def is_secure(self) -> bool:
        """Whether what goes over the wire is encrypted."""
        return self.scheme == "https"

    @property
    def cookie_prefix(self) -> str:
        """What the names of our cookies begin with: no other host can set one that begins so.

        Browsers take such a cookie only by https, and only for the path `/`.
        """
        return "__Host-" if self.is_secure and self.path == "/" else ""

    @property
    def is_open(self) -> bool:
        """Whether others on the way could read along."""
        return not self.is_secure and not is_local(self.host)


def read_address(text: str) -> Address:
    """Read the address people use, for example `https://workbook.example/enishi/`.

    Raises:
        PublicUrlError: it is none, or holds more than that.
    """
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as problem:
        raise PublicUrlError(address=text) from problem
    more = parts.query or parts.fragment or "@" in parts.netloc
    named = HOST.fullmatch(host) or is_ip(host)
    if more or not named or parts.scheme not in ("http", "https"):
        raise PublicUrlError(address=text)
    usual = {"http": 80, "https": 443}[parts.scheme]
    return Address(parts.scheme, host, None if port == usual else port, read_base(parts.path))


def read_base(text: str) -> str:
    """Read the base of all pages, for example `/enishi/`.

    Raises:
        PublicUrlError: it cannot be one.
    """
    base = "/" + text.strip("/") + "/" if text.strip("/") else "/"
    if not PATH.fullmatch(base) or {".", ".."} & set(base.split("/")):
        raise PublicUrlError(address=text)
    return base


def address_of(listen: str, port: int, base: str = "/") -> Address:
    """Return the address of a server that nothing stands before.

    Raises:
        PublicUrlMissingError: it listens on every address, which is none.
    """
    if not is_ip(listen) or ip_address(listen).is_unspecified:
        raise PublicUrlMissingError(listen=listen)
    return Address("http", listen, port, base)


def is_local(host: str) -> bool:
    """Tell whether this name always means the machine itself."""
    return host == "localhost" or (is_ip(host) and ip_address(host).is_loopback)


def is_ip(host: str) -> bool:
    """Tell whether this is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
