"""Where names and numbers lead. Remembered: a page holds hundreds, and reversing each is slow."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse


@lru_cache(maxsize=8192)
def client_url(slug: str) -> str:
    return reverse("client", args=[slug])


@lru_cache(maxsize=1024)
def person_url(slug: str) -> str:
    return reverse("person", args=[slug])


@lru_cache(maxsize=256)
def pod_url(slug: str | None) -> str:
    """A pod's page; without a pod, the page of all pods."""
    return reverse("pod", args=[slug]) if slug else reverse("pods")


@lru_cache(maxsize=256)
def department_url(slug: str) -> str:
    return reverse("department", args=[slug])


@lru_cache(maxsize=1024)
def clients_url(**filters: str) -> str:
    """The list of exactly those clients that a number counts."""
    return reverse("clients") + (f"?{urlencode(filters)}" if filters else "")


@lru_cache(maxsize=1024)
def why_url(metric: str, **parameters: str) -> str:
    """A number explained, with the rows behind it."""
    query = f"?{urlencode(parameters, safe=':')}" if parameters else ""
    return reverse("why", args=[metric]) + query
