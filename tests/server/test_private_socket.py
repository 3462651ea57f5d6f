"""The socket that a proxy of the person's reaches: private, or not made at all."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from enishi.serve.errors import PublicSocketError, SocketInUseError, SocketPathError
from enishi.serve.private_socket import private_socket
from enishi.server_proxy import PROXY_HEADER, PROXY_TOKEN, server
from serving import run


@pytest.fixture
def private(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    return folder


def test_only_its_owner_can_reach_it_and_it_goes_with_its_server(private: Path) -> None:
    path = private / "socket"
    with private_socket(path) as [listening]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert listening.getsockname() == str(path)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o755, 0o710, 0o701, 0o777])
def test_a_folder_that_others_can_enter_is_refused(private: Path, mode: int) -> None:
    private.chmod(mode)
    with pytest.raises(PublicSocketError), private_socket(private / "socket"):
        pass
    with pytest.raises(PublicSocketError), private_socket(private / "nowhere" / "socket"):
        pass


def test_a_socket_of_a_killed_server_is_replaced_and_one_in_use_is_not(private: Path) -> None:
    path = private / "socket"
    with socket.socket(socket.AF_UNIX) as before:
        before.bind(str(path))
        before.listen()
        with pytest.raises(SocketInUseError), private_socket(path):
            pass
    with private_socket(path):
        pass
    path.write_text("a file of somebody")
    with pytest.raises(SocketInUseError), private_socket(path):
        pass
    assert path.read_text() == "a file of somebody"


def test_a_path_too_long_for_a_socket_is_refused_with_a_sentence(private: Path) -> None:
    with pytest.raises(SocketPathError), private_socket(private / ("long" * 40)):
        pass


def test_each_jupyter_has_a_token_of_its_own_that_no_command_line_shows() -> None:
    first, second = server(), server()
    token = first["environment"][PROXY_TOKEN]
    assert first["request_headers_override"] == {PROXY_HEADER: token}
    assert token not in " ".join(first["command"])
    assert token != second["environment"][PROXY_TOKEN]
    assert Path(first["launcher_entry"]["icon_path"]).is_file()


def test_without_a_token_nothing_listens(private: Path) -> None:
    path = private / "socket"
    refused = run("--language", "en", "--socket", str(path), ENISHI_DATA=str(private / "data"))
    assert refused.returncode == 1
    assert "--socket is for jupyter-server-proxy" in refused.stderr
    assert not path.exists()
