"""The double itself: an HTTP server in threads of its own, with faults, limits and a log.

In a test:

    with AsanaDouble() as double:
        double.state.add_project("Acme")
        ...  # requests to double.url with the header Authorization: Bearer double-token

As a program: `python -m tests.asana_double --port 8500`; see `control.py` for what it then takes.
"""

import random
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import orjson

from tests.asana_double.api import Api
from tests.asana_double.clock import Clock
from tests.asana_double.contract import request_problems
from tests.asana_double.control import Control
from tests.asana_double.errors import ApiError, bad_request
from tests.asana_double.exchange import Exchange
from tests.asana_double.faults import Faults
from tests.asana_double.hooks import Hooks
from tests.asana_double.limits import CostLimit, Crowd, RateLimit
from tests.asana_double.oauth import OAuth
from tests.asana_double.routing import Afterwards, Call
from tests.asana_double.sabotage import Sabotage, sabotage
from tests.asana_double.state import State
from tests.asana_double.wire import Server

TOKEN = "double-token"
PREFIX = "/api/1.0"
MOST_LOGGED = 200_000
UNDESCRIBED = ("html", "list", "null", "sync error", "451")  # answers that no description can fit


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
        self._stopping = threading.Event()
        self.hooks = Hooks(self.state, self.clock, self._stopping)
        self.api = Api(self.state, self.hooks)
        self.faults = Faults(seed)
        self.limit = RateLimit()
        self.crowd = Crowd()
        self.cost = CostLimit()
        self.oauth = OAuth(self.state, self.clock)
        self.tokens: dict[str, str | None] = {token: None}
        self.latency_ms = latency_ms
        self.keep_log = keep_log
        self.gzip = False  # on the loopback it costs more than it saves
        self.log: deque[Exchange] = deque(maxlen=MOST_LOGGED)
        self.invalid: list[str] = []  # requests that Asana's description does not allow
        self.observer: Callable[[Exchange], None] | None = None
        self.lock = threading.RLock()
        self.control = Control(self)
        self.dice = random.Random(seed)
        self._server = Server(("127.0.0.1", port), self)
        self.port: int = self._server.server_address[1]
        self._thread: threading.Thread | None = None

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """What to set ASANA_BASE_URL to."""
        return self.root + PREFIX

    def start(self) -> Self:
        request_problems("GET", "/workspaces", {}, None)  # reads the description once, not later
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        self._close()

    def listener_off(self) -> None:
        """From now on connections are refused: nobody listens at the port."""
        self._close()

    def listener_on(self) -> None:
        if self.stopping:
            return
        self._server = Server(("127.0.0.1", self.port), self)
        self.start()

    def _close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._server.drop_connections()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def pause(self, seconds: float) -> None:
        """Sleep, but not beyond the end of the server."""
        self._stopping.wait(seconds)

    # -- answering ----------------------------------------------------------------------------

    def answer(
        self, method: str, target: str, headers: Any, body: bytes
    ) -> tuple[int, bytes, dict[str, str], Sabotage | None]:
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        began = time.perf_counter()
        if parts.path.startswith("/_double/"):
            return 200, self.control.answer(method, parts.path, query, body), {}, None
        if parts.path.startswith("/-/"):
            with self.lock:
                status, plain, extra = self.oauth.answer(parts.path, query, body)
            self._note(Call(method, parts.path), status, b"", began)
            return status, orjson.dumps(plain), extra, None
        token = (headers.get("Authorization") or "").removeprefix("Bearer ")
        path = parts.path.removeprefix(PREFIX)
        call = Call(method, path, query, url=self.url, token=token)
        with self.crowd.entered(call) as room:
            if self.latency_ms:
                self.pause(self.latency_ms / 1000)
            status, answer, extra, broken = self._answered(call, target, body, room)
        self._note(call, status, answer, began)
        return status, answer, extra, broken

    def _answered(
        self, call: Call, target: str, body: bytes, room: bool
    ) -> tuple[int, bytes, dict[str, str], Sabotage | None]:
        broken = None
        try:
            with self.lock:
                call.fault = self.faults.strike(call.method, target, call.token)
                broken = sabotage(call.fault, self.dice) if call.fault else None
                self._admit(call, room)
                if broken and broken.error:
                    raise broken.error
                status, answer = self._done(call, body)
                if call.suffers("done, then 504"):
                    raise ApiError(504, "Gateway Timeout")
            return status, answer() if callable(answer) else answer, {}, broken
        except ApiError as error:
            return error.status, orjson.dumps(error.body), error.headers, broken

    def _admit(self, call: Call, room: bool) -> None:
        """Whose token it is, and whether it has anything left to spend."""
        now = self.clock.now().timestamp()
        call.user = self.oauth.user_of(call.token, self.tokens)
        self.limit.take(call.token, now)
        if not room:
            raise ApiError(429, "You have too many requests in flight.")
        self.cost.check(call.token, now)

    def _done(self, call: Call, body: bytes) -> tuple[int, bytes | Callable[[], bytes]]:
        call.body = _document(body)
        sent = call.body if body or call.method in ("POST", "PUT") else None
        problems = request_problems(call.method, call.path, call.query, sent)
        if problems:
            self.invalid.append(f"{call.method} {call.path}: {problems}")
            raise bad_request(problems[0])
        try:
            answered = self.api.answer(call)
        except Afterwards as rest:
            return 201, rest.finish
        self.cost.charge(call)
        if call.fault and call.fault.kind == "deed":
            self.act(**call.fault.deed)
        return answered

    def act(
        self, method: str, path: str, data: dict[str, Any] | None = None, user: str | None = None
    ) -> Any:
        """Somebody else does something meanwhile: no token, no limit, no log."""
        call = Call(method, path, body={"data": data or {}}, user=user, url=self.url)
        with self.lock:
            return orjson.loads(self.api.answer(call)[1])["data"]

    def _note(self, call: Call, status: int, answer: bytes, began: float) -> None:
        if not self.keep_log and self.observer is None:
            return
        fault = call.fault.kind if call.fault else ""
        exchange = Exchange(
            at=self.clock.iso(),
            method=call.method,
            path=call.path,
            query=call.query,
            token=call.token[-4:],
            body=call.body or None,
            status=status,
            answer=answer if self.observer else b"",
            fault=fault,
            milliseconds=(time.perf_counter() - began) * 1000,
        )
        if self.observer and fault not in UNDESCRIBED and not call.path.startswith("/-/"):
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
