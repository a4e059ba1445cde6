"""Time and queries of every page, beside a bare view in the same process and run.

Each is asked many times with its numbers kept from before, and some times with nothing kept, as
after a change of the rows behind it. What a page leaves to a worker is done in its own request.
"""

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from clients.models import Client, Department, Pod, Staff, User
from godview.access import Role
from metrics.catalogue import CATALOGUE
from metrics.memory import forget_all
from training.models import TrainingModule

WARM_UP = 3
COLD_ROUNDS = 3
NOT_PAGES = ("admin", "account", "api", "schema", "theme", "styleguide")
SETTINGS = {
    "DEBUG": False,
    "ALLOWED_HOSTS": ["testserver"],
    "SECURE_SSL_REDIRECT": False,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
}


@dataclass(frozen=True, slots=True)
class Timed:
    """Of one address, with its numbers kept: ms of the processor in the middle of all rounds, the
    95th percentile of what a reader waits, and the fewest queries."""

    cpu_ms: float
    p95_ms: float
    queries: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a signed-in leader gets it; `cold` is the slowest of those with nothing kept."""

    name: str
    url: str
    warm: Timed
    floor: Timed
    cold_ms: float
    cold_queries: int

    @property
    def ratio(self) -> float:
        return self.warm.cpu_ms / self.floor.cpu_ms

    @property
    def p95_ratio(self) -> float:
        return self.warm.p95_ms / self.floor.p95_ms


def pages(rounds: int) -> list[Page]:
    """Every page that the URLconf knows and a leader may open."""
    boss = leader()
    with override_settings(**SETTINGS), _logs_to_nowhere(), _jobs_at_once():
        with override_settings(ROOT_URLCONF="metrics.bench.floor"):
            floor = _timed(signed_in(boss), "/", rounds)
        browser = signed_in(boss)
        return [
            Page(name, url, _timed(browser, url, rounds), floor, *_cold(browser, url))
            for name, url in sorted(_addresses())
            if _is_page(browser, url)
        ]


@contextmanager
def _jobs_at_once() -> Iterator[None]:
    """No worker of the installation gets a job of the scratch agency."""
    before = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = True
    try:
        yield
    finally:
        current_app.conf.task_always_eager = before


@contextmanager
def _logs_to_nowhere() -> Iterator[None]:
    """Every request is logged as it always is; only not among the figures."""
    handlers = [h for h in logging.root.handlers if isinstance(h, logging.StreamHandler)]
    with Path(os.devnull).open("w") as nowhere:
        streams = [handler.setStream(nowhere) for handler in handlers]
        try:
            yield
        finally:
            for handler, stream in zip(handlers, streams, strict=True):
                if stream is not None:
                    handler.setStream(stream)


def leader() -> User:
    user = User.objects.create_user("leader@bench.example", None)
    Staff.objects.create(
        external_id="leader", slug="leader", name="Leader", role=Role.LEADERSHIP, user=user
    )
    return user


def signed_in(user: User) -> Browser:
    browser = Browser(raise_request_exception=True)
    browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return browser


def _addresses() -> Iterator[tuple[str, str]]:
    """Every named address, with an example in place of each slug."""
    examples = _examples()
    for name, pattern in _names(get_resolver().url_patterns):
        wanted = set(pattern.pattern.regex.groupindex)
        given = {"slug": examples.get(name), "key": next(iter(CATALOGUE))}
        filled = {key: given.get(key) for key in wanted}
        if None not in filled.values():
            try:
                yield name, reverse(name, kwargs=filled)
            except NoReverseMatch:
                continue  # a slug of an outer part of the address, which has no example


def _examples() -> dict[str, str]:
    """A slug for each page about one thing: the last of its kind, which has the longest story."""
    client, pod = Client.objects.order_by("pk")[0], Pod.objects.order_by("pk")[0]
    manager = Staff.objects.with_role(Role.ACCOUNT_MANAGER).order_by("pk")[0]
    return {
        "client": client.slug,
        "pod": pod.slug,
        "person": manager.slug,
        "department": Department.objects.order_by("pk")[0].slug,
        "training:person": manager.slug,
        "training:module": TrainingModule.objects.order_by("pk")[0].slug,
    }


def _names(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace
            if inner not in NOT_PAGES:
                deeper = f"{namespace}{inner}:" if inner else namespace
                yield from _names(pattern.url_patterns, deeper)
        elif pattern.name and not pattern.name.startswith(NOT_PAGES):
            yield f"{namespace}{pattern.name}", pattern


def _is_page(browser: Browser, url: str) -> bool:
    answer = browser.get(url)
    return answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")


def _timed(browser: Browser, url: str, rounds: int) -> Timed:
    """After some rounds that warm up."""
    gc.collect()
    found = [_ask(browser, url) for _ in range(WARM_UP + rounds)][WARM_UP:]
    cpu_ms, waited_ms = zip(*found, strict=True)
    fewest = min(_queries(browser, url) for _ in range(WARM_UP))
    return Timed(median(cpu_ms), _p95(waited_ms), fewest)


def _p95(values: tuple[float, ...]) -> float:
    """By nearest rank: of twenty, the last but one."""
    return sorted(values)[ceil(0.95 * len(values)) - 1]


def _cold(browser: Browser, url: str) -> tuple[float, int]:
    """The longest wait in ms and the most queries when nothing is kept."""
    waited_ms, queries = [], []
    for _ in range(COLD_ROUNDS):
        _forget()
        waited_ms.append(_ask(browser, url)[1])
        _forget()
        queries.append(_queries(browser, url))
    return max(waited_ms), max(queries)


def _forget() -> None:
    forget_all()
    cache.clear()
    gc.collect()


def _ask(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds of the processor, milliseconds waited."""
    began, worked = perf_counter(), process_time()
    answer: Any = browser.get(url)
    cpu_ms, waited_ms = (process_time() - worked) * 1000, (perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}.")
    return cpu_ms, waited_ms


def _queries(browser: Browser, url: str) -> int:
    """Counted by itself: to note them down takes time."""
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    return len(queries)
