"""A client for the double whose patience is measured in milliseconds."""

from typing import Any

from django.utils import timezone

from tasks.asana.budget import LocalBudget
from tasks.asana.client import AsanaClient, RetryPolicy
from tests.asana_double import AsanaDouble
from tests.asana_double.server import TOKEN

QUICK = RetryPolicy(tries=4, base=0.002, cap=0.01, refused_wait=0.01, longest_wait=5.0)


def client_of(double: AsanaDouble, token: str = TOKEN, **more: Any) -> AsanaClient:
    more = {"retries": QUICK, "timeout": (2, 1), "budget": LocalBudget(0), **more}
    return AsanaClient(double.url, token, now=timezone.now, **more)
