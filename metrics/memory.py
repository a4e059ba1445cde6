"""Numbers that are counted once and kept, in this process, until the rows behind them change."""

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar

T = TypeVar("T")
_REMEMBERED: "list[_lru_cache_wrapper[Any]]" = []


def remembered(count: int) -> Callable[[Callable[..., T]], "_lru_cache_wrapper[T]"]:
    """Keep the last `count` results. One of the arguments must be a stamp of the rows."""

    def decorated(function: Callable[..., T]) -> "_lru_cache_wrapper[T]":
        kept = lru_cache(maxsize=count)(function)
        _REMEMBERED.append(kept)
        return kept

    return decorated


def forget_all() -> None:
    """For tests: rolled back rows come again with the same numbers."""
    for kept in _REMEMBERED:
        kept.cache_clear()
