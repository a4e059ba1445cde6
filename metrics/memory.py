"""Numbers that are counted once and kept, in this process, until the rows behind them change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import _lru_cache_wrapper, lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.utils.translation import get_language

from godview.hindsight import is_blind

P = ParamSpec("P")
T = TypeVar("T")
_REMEMBERED: "list[_lru_cache_wrapper[Any]]" = []
_KEEPS_NOTHING: ContextVar[bool] = ContextVar("keeps_nothing", default=False)
_APART: ContextVar[dict[Any, Any] | None] = ContextVar("kept_apart", default=None)


def remembered(count: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last `count` results. One of the arguments must be a stamp of the rows.

    What holds words is kept for the language in which it was told.
    """

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=count * 2)
        def kept(language: str | None, *args: Any, **kwargs: Any) -> T:
            return function(*args, **kwargs)

        _REMEMBERED.append(kept)

        @wraps(function)
        def asked(*args: P.args, **kwargs: P.kwargs) -> T:
            apart = _APART.get()
            if is_blind() and apart is not None:
                return _once(apart, function, args, kwargs)
            if _KEEPS_NOTHING.get():
                return function(*args, **kwargs)
            of_language: Callable[..., T] = kept
            return of_language(get_language(), *args, **kwargs)

        return asked

    return decorated


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Inside, everything is counted anew and nothing of it is remembered."""
    token = _KEEPS_NOTHING.set(True)
    try:
        yield
    finally:
        _KEEPS_NOTHING.reset(token)


@contextmanager
def kept_apart() -> Iterator[None]:
    """For one question about the past: what is counted for it is kept until it is answered."""
    token = _APART.set({})
    try:
        yield
    finally:
        _APART.reset(token)


def _once(apart: dict[Any, Any], function: Callable[P, T], args: Any, kwargs: Any) -> T:
    key = (function, args, tuple(kwargs.items()))
    if key not in apart:
        apart[key] = function(*args, **kwargs)
    answer: T = apart[key]
    return answer


def forget_all() -> None:
    """For tests, where rows that were rolled back come again, and to time pages without it."""
    for kept in _REMEMBERED:
        kept.cache_clear()
