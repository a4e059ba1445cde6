"""CPU time and queries of every page, beside a bare view in the same process and run."""

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from clients.models import Client, Department, Pod, Staff, User
from godview.access import Role
from metrics.catalogue import CATALOGUE
from training.models import TrainingModule

WARM_UP = 3
NOT_PAGES = ("admin", "account", "api", "schema", "theme", "styleguide")
SETTINGS = {
    "DEBUG": False,
    "ALLOWED_HOSTS": ["testserver"],
    "SECURE_SSL_REDIRECT": False,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a signed-in leader gets it, with its data warm."""

    name: str
    url: str
    cpu_ms: float
    floor_cpu_ms: float
    queries: int

    @property
    def ratio(self) -> float:
        return self.cpu_ms / self.floor_cpu_ms


def pages(rounds: int) -> list[Page]:
    """Every page that the URLconf knows and a leader may open."""
    boss = leader()
    with override_settings(**SETTINGS), _logs_to_nowhere():
        with override_settings(ROOT_URLCONF="metrics.bench.floor"):
            floor = _cpu_ms(signed_in(boss), "/", rounds)
        browser = signed_in(boss)
        return [
            Page(name, url, _cpu_ms(browser, url, rounds), floor, _queries(browser, url))
            for name, url in sorted(_addresses())
            if _is_page(browser, url)
        ]


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


def _cpu_ms(browser: Browser, url: str, rounds: int) -> float:
    """The middle of several rounds, after some that warm up."""
    taken = []
    gc.collect()
    for turn in range(WARM_UP + rounds):
        began = process_time()
        answer: Any = browser.get(url)
        if turn >= WARM_UP:
            taken.append((process_time() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}.")
    return median(taken)


def _queries(browser: Browser, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    return len(queries)
