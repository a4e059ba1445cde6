"""For machines that watch this one: /healthz (the process lives), /readyz (all of it works)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import redis
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from godview import heartbeat
from godview.freshness import oldest_reading

# Beat asks every 20 s: three silent rounds mean that beat, the broker or the worker is down.
HEARTBEAT_LIMIT_SECONDS = 70
# A read that is three rounds late is stuck; short rounds get a quarter of an hour.
SYNC_LIMIT_ROUNDS = 3
SYNC_LIMIT_AT_LEAST = 15 * 60


@dataclass(frozen=True)
class Check:
    ok: bool
    detail: str


class ProbeMiddleware:
    """Answers before the host is checked: a probe knows this machine by its address only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    checks = {name: check() for name, check in CHECKS.items()}
    reasons = [check.detail for check in checks.values() if not check.ok]
    body = {
        "status": "not ready" if reasons else "ready",
        "reasons": reasons,
        "checks": {name: {"ok": c.ok, "detail": c.detail} for name, c in checks.items()},
    }
    return JsonResponse(body, status=503 if reasons else 200)


def database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Check(False, f"The database does not answer: {first_line(error)}")
    return Check(True, "The database answers.")


def broker() -> Check:
    client = redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=1, socket_timeout=1
    )
    try:
        client.ping()
    except redis.RedisError as error:
        return Check(False, f"The broker does not answer: {first_line(error)}")
    finally:
        client.close()
    return Check(True, "The broker answers.")


def worker() -> Check:
    age = heartbeat.age()
    if age is None:
        return Check(False, "No worker has answered yet: is the worker running, and beat?")
    if age > HEARTBEAT_LIMIT_SECONDS:
        return Check(
            False, f"No worker has answered for {spoken(age)}: is the worker running, and beat?"
        )
    return Check(True, f"A worker answered {spoken(age)} ago.")


def sync() -> Check:
    try:
        return sync_at(timezone.now())
    except DatabaseError as error:
        return Check(False, f"The age of the last sync is unknown: {first_line(error)}")


def sync_at(now: datetime) -> Check:
    connections = apps.get_model("tasks", "AsanaConnection")._default_manager
    if not connections.exclude(status="stopped", read_at=None).exists():
        return Check(True, "Asana is not connected yet.")
    runs = apps.get_model("tasks", "SyncRun")._default_manager
    finished = runs.filter(state__in=["done", "partly"]).aggregate(at=Max("finished_at"))["at"]
    if finished is None:
        return Check(False, "Asana is connected but was never read to the end.")
    oldest = oldest_reading()
    age = (now - ((oldest and oldest[0]) or finished)).total_seconds()
    limit = max(SYNC_LIMIT_AT_LEAST, SYNC_LIMIT_ROUNDS * settings.ASANA_SYNC_EVERY_SECONDS)
    if age > limit:
        return Check(False, f"Asana was last read {spoken(age)} ago: see the sync log.")
    return Check(True, f"Asana was read {spoken(age)} ago.")


def spoken(seconds: float) -> str:
    """90 -> '0:01:30': plain enough for people, regular enough for machines."""
    return str(timedelta(seconds=round(max(0.0, seconds))))


def first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


CHECKS: dict[str, Callable[[], Check]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
    "sync": sync,
}
PROBES: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "/healthz": healthz,
    "/readyz": readyz,
}
