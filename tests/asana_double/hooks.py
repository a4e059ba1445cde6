"""Delivers events to webhooks as Asana does: signed, again and again, and not for ever.

A thread of its own watches the clock of the double, so a test that lets hours pass sees the
heartbeats, the retries and the end of a webhook that nobody answered for a day.
"""

import contextlib
import random
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.asana_double.clock import iso, parse
from tests.asana_double.events import Event
from tests.asana_double.post import Delivery, Post
from tests.asana_double.records import Webhook

if TYPE_CHECKING:
    from tests.asana_double.clock import Clock
    from tests.asana_double.state import State

HEARTBEAT = timedelta(hours=8)
GIVEN_UP = timedelta(hours=24)
LONGEST_WAIT = 3600
LOOK_EVERY_SECONDS = 0.02


@dataclass
class HookFaults:
    """What Asana does wrong as a sender; shares are between 0 and 1."""

    handshake: str = "normal"  # or "slow", "twice", "silent"
    handshake_seconds: float = 2.0
    signature: str = "normal"  # or one of those in post.py
    lose: float = 0.0
    repeat: float = 0.0
    paused: bool = False
    quiet_ms: tuple[int, int] = (50, 200)  # a change waits so long for others to come with it
    refuse_localhost: bool = False
    seed: int = 1

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)


@dataclass
class Line:
    """What waits to be sent to one webhook."""

    pending: list[Event] = field(default_factory=list)
    batch: list[Event] | None = None  # on its way, or refused and to be tried again
    due: float = 0.0
    retry_at: datetime | None = None
    beat_at: datetime | None = None
    busy: bool = False


class Hooks:
    def __init__(self, state: "State", clock: "Clock", stopping: threading.Event) -> None:
        self.state, self.clock = state, clock
        self.faults = HookFaults()
        self.post = Post(clock)
        self.deliveries: deque[Delivery] = self.post.deliveries
        self._stopping = stopping
        self._lines: dict[str, Line] = {}
        self._told: set[str] = set()  # webhooks for which something waits
        self._lock = threading.RLock()
        self._thread: threading.Thread | None = None
        self._pool = ThreadPoolExecutor(32, thread_name_prefix="asana-hook")

    def watch(self) -> None:
        """Listen to what happens, as long as there is a webhook to tell it to."""
        listeners = self.state.journal.listeners
        if not self.state.webhooks:
            if self._hear in listeners:
                listeners.remove(self._hear)
            return
        if self._hear not in listeners:
            listeners.append(self._hear)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def begin(self, webhook: Webhook) -> None:
        """After the handshake: the first heartbeat, then whatever happens."""
        webhook.active = True
        with self._lock:
            self._lines[webhook.gid] = Line(beat_at=self.clock.now())
        self.watch()

    def end(self, webhook: Webhook) -> None:
        self.state.webhooks.pop(webhook.gid, None)
        with self._lock:
            self._lines.pop(webhook.gid, None)
            self._told.discard(webhook.gid)
        self.state.changes += 1
        self.watch()

    def clear(self) -> None:
        with self._lock:
            self._lines.clear()
            self._told.clear()
        self.deliveries.clear()
        self.faults = HookFaults()

    def wait(self, seconds: float) -> None:
        self._stopping.wait(seconds)

    def settle(self, seconds: float = 10.0) -> bool:
        """Wait until nothing is left to be sent now (what waits for a retry may wait)."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self._lock:
                if not any(self._occupied(line) for line in self._lines.values()):
                    return True
            time.sleep(LOOK_EVERY_SECONDS)
        return False

    def _occupied(self, line: Line) -> bool:
        if line.retry_at and line.retry_at > self.clock.now():
            return line.busy
        beat = line.beat_at is not None and line.beat_at <= self.clock.now()
        return bool(line.busy or line.pending or line.batch is not None or beat)

    # -- listening ----------------------------------------------------------------------------

    def _hear(self, event: Event, reaches: list[str]) -> None:
        heard = set(reaches)
        for webhook in list(self.state.webhooks.values()):
            if webhook.active and webhook.resource in heard and _passes(webhook, event):
                self._queue(webhook, event)

    def _queue(self, webhook: Webhook, event: Event) -> None:
        faults = self.faults
        with self._lock:
            if faults.lose and faults.dice.random() < faults.lose:
                return
            line = self._line(webhook)
            if not line.pending:
                line.due = time.monotonic() + faults.dice.uniform(*faults.quiet_ms) / 1000
            times = 2 if faults.repeat and faults.dice.random() < faults.repeat else 1
            line.pending += [event] * times
            self._told.add(webhook.gid)

    def _line(self, webhook: Webhook) -> Line:
        return self._lines.setdefault(webhook.gid, Line(beat_at=self._last(webhook) + HEARTBEAT))

    def _last(self, webhook: Webhook) -> datetime:
        return parse(webhook.last_success_at or webhook.created_at)

    # -- sending ------------------------------------------------------------------------------

    def _work(self) -> None:
        swept = 0.0
        while not self._stopping.wait(LOOK_EVERY_SECONDS):
            if self.faults.paused:
                continue
            webhooks = self.state.webhooks
            # What just happened is looked at often; heartbeats and retries of thousands are not.
            with self._lock:
                looked = [webhooks[gid] for gid in self._told if gid in webhooks]
            if time.monotonic() - swept >= max(0.05, len(webhooks) / 5000):
                looked, swept = list(webhooks.values()), time.monotonic()
            for webhook in looked:
                if webhook.active:
                    with contextlib.suppress(RuntimeError):  # the pool is closing
                        self._look(webhook)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _look(self, webhook: Webhook) -> None:
        with self._lock:
            line, now = self._line(webhook), self.clock.now()
            if line.busy or (line.retry_at and line.retry_at > now):
                return
            if line.batch is None:
                if line.pending and time.monotonic() >= line.due:
                    line.batch, line.pending = line.pending, []
                    self._told.discard(webhook.gid)
                elif line.beat_at and line.beat_at <= now:
                    line.batch = []
                else:
                    return
            line.busy = True
            self._pool.submit(self._send, webhook, line)

    def _send(self, webhook: Webhook, line: Line) -> None:
        try:
            sent = self.post.events(webhook, line.batch or [], self.faults.signature)
            with self._lock:
                if sent.status in (200, 204):
                    self._succeeded(webhook, line)
                else:
                    self._failed(webhook, line, sent)
        finally:
            line.busy = False

    def _succeeded(self, webhook: Webhook, line: Line) -> None:
        now = self.clock.now()
        webhook.last_success_at = iso(now)
        webhook.delivery_retry_count, webhook.next_attempt_after = 0, None
        line.batch, line.retry_at, line.beat_at = None, None, now + HEARTBEAT

    def _failed(self, webhook: Webhook, line: Line, sent: Delivery) -> None:
        now = self.clock.now()
        webhook.last_failure_at = iso(now)
        webhook.last_failure_content = sent.answer
        webhook.delivery_retry_count += 1
        wait = min(2 ** (webhook.delivery_retry_count - 1), LONGEST_WAIT)
        line.retry_at = now + timedelta(seconds=wait)
        webhook.next_attempt_after = iso(line.retry_at)
        if sent.status == 410 or now - self._last(webhook) >= GIVEN_UP:
            self.end(webhook)


def _passes(webhook: Webhook, event: Event) -> bool:
    return not webhook.filters or any(_fits(wanted, event) for wanted in webhook.filters)


def _fits(wanted: dict[str, object], event: Event) -> bool:
    fields = wanted.get("fields")
    changed = (event.get("change") or {}).get("field")
    return (
        wanted.get("action") in (None, event["action"])
        and wanted.get("resource_type") in (None, event["resource"]["resource_type"])
        and (not isinstance(fields, list) or changed in fields)
    )
