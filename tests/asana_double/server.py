"""The double itself: an HTTP server in threads of its own, with faults, limits and a log.

In a test:

    with AsanaDouble() as double:
        double.state.add_project("Acme")
        ...  # requests to double.url with the header Authorization: Bearer double-token

As a program: `python -m tests.asana_double --port 8500`; see `control.py` for what it then takes.
"""

import contextlib
import gzip
import random
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import orjson

from tests.asana_double.api import Api, Call
from tests.asana_double.clock import Clock
from tests.asana_double.control import Control
from tests.asana_double.errors import ApiError, bad_request
from tests.asana_double.faults import Fault, Faults
from tests.asana_double.limits import RateLimit
from tests.asana_double.sabotage import Sabotage, sabotage
from tests.asana_double.state import State

TOKEN = "double-token"
PREFIX = "/api/1.0"
MOST_LOGGED = 200_000


@dataclass(slots=True)
class Exchange:
    """One request and its answer, for the log and for whoever checks the contract."""

    at: str
    method: str
    path: str
    query: dict[str, str]
    token: str
    body: Any
    status: int
    answer: bytes
    fault: str
    milliseconds: float


class AsanaDouble:
    def __init__(
        self,
        port: int = 0,
        latency_ms: float = 0,
        seed: int = 1,
        token: str = TOKEN,
        keep_log: bool = True,
    ) -> None:
        self.clock = Clock()
        self.state = State(self.clock, seed)
        self.api = Api(self.state)
        self.faults = Faults(seed)
        self.limit = RateLimit()
        self.tokens: dict[str, str | None] = {token: None}
        self.latency_ms = latency_ms
        self.keep_log = keep_log
        self.gzip = False  # on the loopback it costs more than it saves
        self.log: deque[Exchange] = deque(maxlen=MOST_LOGGED)
        self.observer: Callable[[Exchange], None] | None = None
        self.lock = threading.RLock()
        self.control = Control(self)
        self.dice = random.Random(seed)
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", port), self)
        self._thread: threading.Thread | None = None

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """What to set ASANA_BASE_URL to."""
        return self.root + PREFIX

    def start(self) -> Self:
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._server.drop_connections()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def pause(self, seconds: float) -> None:
        """Sleep, but not beyond the end of the server."""
        self._stopping.wait(seconds)

    # -- answering ----------------------------------------------------------------------------

    def answer(
        self, method: str, target: str, headers: Any, body: bytes
    ) -> tuple[int, bytes, dict[str, str], Sabotage | None]:
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if parts.path.startswith("/_double/"):
            with self.lock:
                return 200, self.control.answer(method, parts.path, query, body), {}, None
        began = time.perf_counter()
        if self.latency_ms:
            self.pause(self.latency_ms / 1000)
        token = (headers.get("Authorization") or "").removeprefix("Bearer ")
        call = Call(method, parts.path.removeprefix(PREFIX), query, url=self.url)
        with self.lock:
            fault = self.faults.strike(method, target, token)
            status, answer, extra, broken = self._judged(call, token, fault, body)
        self._note(call, token, status, answer, fault, began)
        return status, answer, extra, broken

    def _judged(
        self, call: Call, token: str, fault: Fault | None, body: bytes
    ) -> tuple[int, bytes, dict[str, str], Sabotage | None]:
        broken = sabotage(fault) if fault else None
        try:
            if token not in self.tokens:
                raise ApiError(401, "Not Authorized")
            self.limit.take(token, self.clock.now().timestamp())
            if broken and broken.error:
                raise broken.error
            call.user = self.tokens[token]
            call.body = _document(body)
            status, answer = self.api.answer(call)
            return status, answer, {}, broken
        except ApiError as error:
            return error.status, orjson.dumps(error.body), error.headers, broken

    def _note(
        self,
        call: Call,
        token: str,
        status: int,
        answer: bytes,
        fault: Fault | None,
        began: float,
    ) -> None:
        if not self.keep_log and self.observer is None:
            return
        exchange = Exchange(
            at=self.clock.iso(),
            method=call.method,
            path=call.path,
            query=call.query,
            token=token[-4:],
            body=call.body or None,
            status=status,
            answer=answer if self.observer else b"",
            fault=fault.kind if fault else "",
            milliseconds=(time.perf_counter() - began) * 1000,
        )
        if self.observer and not (fault and fault.kind in ("html", "null")):
            self.observer(exchange)
        exchange.answer = b""
        self.log.append(exchange)

    def requests(self, path: str = "", method: str = "GET") -> list[Exchange]:
        """Those in the log whose path contains `path`."""
        return [one for one in self.log if path in one.path and one.method == method]


def _document(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("Could not parse request data, invalid JSON") from None
    return document if isinstance(document, dict) else {}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], double: AsanaDouble) -> None:
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
        import sys

        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

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
            f"Date: {self.server.double.clock.now():%a, %d %b %Y %H:%M:%S} GMT",
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
        self.wfile.write(head + answer)
        if broken and broken.withheld:
            self.server.double.pause(broken.seconds)
            self.close_connection = True

    do_POST = do_GET  # noqa: N815
    do_PUT = do_GET  # noqa: N815
    do_DELETE = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """The double keeps a log of its own."""
