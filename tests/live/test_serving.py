"""The server of a live page: for this machine, for its page and its events, and nothing else."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPResponse

import pytest

from archlint.live import Live, PortError, serving


@pytest.fixture
def live() -> Live:
    shown = Live()
    shown.show(b"<p>page</p>", 1)
    return shown


@pytest.fixture
def port(live: Live) -> Iterator[int]:
    with serving(live, 0, fixed=True) as address:
        assert address.startswith("http://127.0.0.1:")
        yield int(address.rstrip("/").rpartition(":")[2])


def ask(port: int, path: str = "/", method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        return response, response.read()


def test_the_page_is_served_with_headers_that_keep_others_out(port: int) -> None:
    response, body = ask(port)
    assert (response.status, body) == (200, b"<p>page</p>")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "LOCALHOST", "[::1]"])
def test_its_own_names_are_answered(port: int, name: str) -> None:
    assert ask(port, Host=f"{name}:{port}")[0].status == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:{}", "127.0.0.1", "evil@localhost:{}", ""])
def test_another_name_is_not_answered(port: int, host: str) -> None:
    response, body = ask(port, Host=host.format(port))
    assert response.status == 421
    assert b"page</p>" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
def test_nothing_but_get(port: int, method: str) -> None:
    assert ask(port, method=method)[0].status == 501


@pytest.mark.parametrize("path", ["/x", "/../pyproject.toml", "/%2e%2e/x", "/events/x"])
def test_nothing_but_the_page(port: int, path: str) -> None:
    assert ask(port, path)[0].status == 404


def events(port: int) -> tuple[HTTPConnection, HTTPResponse]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/events")
    return connection, connection.getresponse()


def next_state(response: HTTPResponse) -> dict[str, object]:
    while True:
        line = response.readline()
        assert line
        if line.startswith(b"data: "):
            return json.loads(line.removeprefix(b"data: "))


def test_events_tell_of_changes_and_problems_and_the_last_good_page_stays(port: int, live: Live) -> None:
    connection, response = events(port)
    with closing(connection):
        assert next_state(response) == {"revision": 1, "problem": ""}
        live.complain("line 3: no\n\n\ndata: evil")
        assert next_state(response) == {"revision": 1, "problem": "line 3: no\n\n\ndata: evil"}
        assert ask(port)[1] == b"<p>page</p>"
        live.show(b"<p>new</p>", 2)
        assert next_state(response) == {"revision": 2, "problem": ""}
    assert ask(port)[1] == b"<p>new</p>"


def test_without_any_good_page_the_problem_is_shown_as_text() -> None:
    shown = Live()
    shown.complain("<script>alert(1)</script>")
    with serving(shown, 0, fixed=True) as address:
        body = ask(int(address.rstrip("/").rpartition(":")[2]))[1]
    assert b"&lt;script&gt;" in body
    assert b"<script>" not in body


def test_the_number_of_clients_is_bounded(port: int, live: Live) -> None:
    streams = [events(port) for _ in range(32)]
    with pytest.raises((ConnectionError, OSError)):
        ask(port)
    live.end()
    for connection, response in streams:
        response.read()
        connection.close()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        with suppress(ConnectionError, OSError):
            assert ask(port)[0].status == 200
            return
    pytest.fail("clients that left still take up room")


def test_a_port_in_use_is_told_or_the_next_one_taken(live: Live) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"cannot listen on port {number}"), serving(live, number, fixed=True):
            pass
        with serving(live, number, fixed=False) as address:
            assert not address.endswith(f":{number}/")


def test_ctrl_c_ends_it_cleanly(archlint_command, tmp_path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("archlint: 1\nname: A\ncomponents: {c: client}\n")
    with subprocess.Popen(
        [*archlint_command, "serve", "--port", "0", str(file)], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Serving http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr.read() == ""


def test_a_port_in_use_is_one_message_of_the_command(archlint_command, tmp_path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*archlint_command, "serve", "--port", port, str(tmp_path)], capture_output=True, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(f"archlint: cannot listen on port {port}: ")
