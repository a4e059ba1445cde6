"""Estimates that a worker has made, kept under what was asked: never old, never wrong."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache

from metrics.dashboards.survival.estimate import Answer

KEPT_FOR = 30 * 24 * 3600
ASKED_AGAIN_AFTER = 20  # seconds: a lost job is asked for again, a waiting one is not doubled


def known(asked: Mapping[str, Any]) -> Answer | None:
    told = cache.get(_key(asked))
    return Answer.of_json(told) if told else None


def keep(asked: Mapping[str, Any], answer: Answer) -> None:
    cache.set(_key(asked), answer.as_json(), KEPT_FOR)


def is_first_to_ask(asked: Mapping[str, Any]) -> bool:
    return bool(cache.add(f"{_key(asked)}-asked", 1, ASKED_AGAIN_AFTER))


def _key(asked: Mapping[str, Any]) -> str:
    text = json.dumps(asked, sort_keys=True, separators=(",", ":"))
    return f"survival-2-{hashlib.sha256(text.encode()).hexdigest()}"
