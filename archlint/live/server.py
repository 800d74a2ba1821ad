"""A web server for one page and its events, for this machine alone.

It listens on the loopback interface and answers only requests that name it by a loopback name: a page of another site
whose name was made to point here (DNS rebinding) names itself. Other sites may not read what it answers nor frame it.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore, Thread
from typing import ClassVar

from archlint.live.state import Live, Shown

LOOPBACK = "127.0.0.1"
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_MOST_CLIENTS = 32
_SECONDS = 10.0
"""How long a client may take to send its request, and how often a silent stream is checked for still being there."""
_TRIES = 20
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class PortError(Exception):
    """No port to listen on."""


@contextmanager
def serving(live: Live, port: int, *, fixed: bool) -> Iterator[str]:
    """Serve a live page; gives its address. The next free port is taken if one is in use, unless it is ``fixed``.

    Raises :class:`PortError`.
    """
    server = _bound(live, port, fixed=fixed)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}/"
    finally:
        live.end()
        server.shutdown()
        server.server_close()
        thread.join()


def _bound(live: Live, port: int, *, fixed: bool) -> _Server:
    reason = ""
    for candidate in range(port, min(port + (1 if fixed else _TRIES), 65536)):
        try:
            return _Server(live, candidate)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
    raise PortError(f"cannot listen on port {port}: {reason}; use another --port")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True  # a port that an ended server used a moment ago is free

    def __init__(self, live: Live, port: int) -> None:
        self.live = live
        self.clients = BoundedSemaphore(_MOST_CLIENTS)
        super().__init__((LOOPBACK, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server for this machine's name, as the library does."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows, reuse would share a port in use
            self.allow_reuse_address = False
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(self.allow_reuse_address))
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.0"
    server_version = "archlint"
    sys_version = ""
    timeout = _SECONDS
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"
    pages: ClassVar[tuple[str, ...]] = ("/", "/index.html")

    def handle_one_request(self) -> None:
        """As many at once as are bearable."""
        if not self.server.clients.acquire(blocking=False):
            self.close_connection = True
            return
        try:
            super().handle_one_request()
        finally:
            self.server.clients.release()

    def do_GET(self) -> None:
        """The page or its events."""
        path = self.path.partition("?")[0]
        if not self._is_for_us():
            self.send_error(421, "this server answers only to its own name")
        elif path in self.pages:
            self._page()
        elif path == "/events":
            self._events()
        else:
            self.send_error(404, "there is nothing here but the page")

    def _is_for_us(self) -> bool:
        hosts = self.headers.get_all("Host") or []
        allowed = {f"{name}:{self.server.server_port}" for name in _NAMES}
        if self.server.server_port == 80:
            allowed.update(_NAMES)
        return len(hosts) == 1 and hosts[0].lower() in allowed

    def _page(self) -> None:
        shown = self.server.live.shown
        body = shown.page or _without_picture(shown.problem)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _events(self) -> None:
        """The state now and whenever it changes, until the client goes away or the server ends."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        before: Shown | None = None
        while not self.server.live.ended:
            shown = self.server.live.wait(before, _SECONDS)
            if shown is before:
                self.wfile.write(b": still here\n\n")
            else:
                state = json.dumps({"revision": shown.revision, "problem": shown.problem})
                self.wfile.write(f"retry: 1000\nevent: state\ndata: {state}\n\n".encode())
            self.wfile.flush()
            before = shown

    def end_headers(self) -> None:
        """With every answer, errors too."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Requests of a page to itself are nothing to tell."""


def _without_picture(problem: str) -> bytes:
    """A page for as long as there is no good one; it asks again by itself."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>archlint</title>'
        f"<h1>There is no picture yet</h1><pre>{escape(problem or 'It is being drawn.')}</pre></html>"
    ).encode()
