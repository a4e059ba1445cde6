"""HTTP itself: sockets, threads, and the ways in which an answer can break on its way."""

import contextlib
import gzip
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.asana_double.sabotage import Sabotage

if TYPE_CHECKING:
    from tests.asana_double.server import AsanaDouble


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], double: "AsanaDouble") -> None:
        self.double = double
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def drop_connections(self) -> None:
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed in mid-request is what half of the tests are about."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, answer, extra, broken = self.server.double.answer(
            self.command, self.path, self.headers, body
        )
        content_type = "application/json; charset=UTF-8"
        if broken:
            answer, content_type = broken.spoil(answer, content_type)
            if broken.silent:
                self.server.double.pause(broken.seconds)
                self.close_connection = True
                return
        lines = [
            f"HTTP/1.1 {status} {self.responses[status][0]}",
            f"Date: {self.server.double.clock.date():%a, %d %b %Y %H:%M:%S} GMT",
            f"Content-Type: {content_type}",
            f"Content-Length: {len(answer) + (broken.withheld if broken else 0)}",
            *(f"{name}: {value}" for name, value in extra.items()),
        ]
        if self.server.double.gzip and "gzip" in self.headers.get("Accept-Encoding", ""):
            answer = gzip.compress(answer)
            lines[3] = f"Content-Length: {len(answer)}"
            lines.append("Content-Encoding: gzip")
        # One write: a header sent apart from its body costs 40 ms of waiting.
        head = ("\r\n".join(lines) + "\r\n\r\n").encode()
        if broken and broken.drip:
            self._drip(head + answer, broken)
            return
        self.wfile.write(head + answer)
        if broken and broken.withheld:
            self.server.double.pause(broken.seconds)
            self.close_connection = True

    def _drip(self, answer: bytes, broken: Sabotage) -> None:
        for byte in answer:
            if self.server.double.stopping:
                return
            self.wfile.write(bytes((byte,)))
            self.server.double.pause(broken.seconds)

    do_POST = do_GET  # noqa: N815
    do_PUT = do_GET  # noqa: N815
    do_DELETE = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """The double keeps a log of its own."""
