"""One delivery to a webhook: the body, its signature, and what came back."""

import hashlib
import hmac
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import urllib3

from tests.asana_double.events import Event
from tests.asana_double.records import Webhook

if TYPE_CHECKING:
    from tests.asana_double.clock import Clock

PATIENCE_SECONDS = 10
MOST_KEPT = 5_000
SIGNATURES = ("normal", "wrong", "missing", "upper case", "other secret", "re-encoded")


@dataclass
class Delivery:
    at: str
    webhook: str
    kind: str  # "events", "heartbeat", "handshake", "replay"
    status: int  # 0: no answer
    answer: str
    body: bytes
    headers: dict[str, str]
    milliseconds: float

    def listed(self) -> dict[str, Any]:
        plain = {name: getattr(self, name) for name in ("at", "webhook", "kind", "status")}
        return {**plain, "bytes": len(self.body), "ms": round(self.milliseconds, 1)}


class Post:
    def __init__(self, clock: "Clock") -> None:
        self.clock = clock
        self.deliveries: deque[Delivery] = deque(maxlen=MOST_KEPT)
        self._http = urllib3.PoolManager(
            maxsize=64, timeout=urllib3.Timeout(PATIENCE_SECONDS), retries=False
        )

    def events(self, webhook: Webhook, events: list[Event], signature: str) -> Delivery:
        body, headers = signed(webhook.secret, events, signature)
        kind = "events" if events else "heartbeat"
        return self.send(webhook.gid, kind, webhook.target, body, headers)

    def handshake(self, webhook: str, target: str, secret: str) -> tuple[Delivery, str | None]:
        """What the other side answered, and which secret it gave back."""
        echoed: dict[str, str] = {}
        sent = self.send(webhook, "handshake", target, b"{}", {"X-Hook-Secret": secret}, echoed)
        return sent, echoed.get("x-hook-secret")

    def often(
        self, webhook: Webhook, body: bytes, headers: dict[str, str], times: int
    ) -> list[int]:
        """The same delivery many times at once: what came back each time."""

        def once(_: int) -> int:
            return self.send(webhook.gid, "replay", webhook.target, body, headers).status

        with ThreadPoolExecutor(min(times, 64)) as crowd:
            return list(crowd.map(once, range(times)))

    def send(
        self,
        webhook: str,
        kind: str,
        target: str,
        body: bytes,
        headers: dict[str, str],
        echoed: dict[str, str] | None = None,
    ) -> Delivery:
        began = time.perf_counter()
        headers = {"Content-Type": "application/json; charset=utf-8", **headers}
        try:
            answer = self._http.request("POST", target, body=body, headers=headers)
            status, text = answer.status, answer.data[:2000].decode(errors="replace")
            if echoed is not None:
                echoed.update({name.lower(): value for name, value in answer.headers.items()})
        except urllib3.exceptions.HTTPError as error:
            status, text = 0, f"{type(error).__name__}: {error}"
        took = (time.perf_counter() - began) * 1000
        text = f"{status} {text}".strip()
        sent = Delivery(self.clock.iso(), webhook, kind, status, text, body, headers, took)
        self.deliveries.append(sent)
        return sent


def signed(secret: str, events: list[Event], signature: str) -> tuple[bytes, dict[str, str]]:
    """Body and headers; `signature` says what is wrong with them."""
    if signature not in SIGNATURES:
        raise ValueError(f"No such signature: {signature}. There are: {', '.join(SIGNATURES)}")
    plain = [{name: part for name, part in one.items() if name != "type"} for one in events]
    body = orjson.dumps({"events": plain})
    key = "another secret" if signature == "other secret" else secret
    text = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    if signature == "missing":
        return body, {}
    if signature == "wrong":
        text = text[::-1]
    if signature == "upper case":
        text = text.upper()
    if signature == "re-encoded":
        body = orjson.dumps({"events": plain}, option=orjson.OPT_INDENT_2)
    return body, {"X-Hook-Signature": text}
