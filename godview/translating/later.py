"""Texts that are written down at import and translated when they are read."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy


def _counted(one: str, many: str, number: int, places: dict[str, Any]) -> str:
    return ngettext(one, many, number).format(number=number, **places)


def _written(write: Callable[..., str], values: tuple[Any, ...]) -> str:
    return write(*values)


# Made once: each call of lazy() builds a class, which takes longer than what it puts off.
_counted_later = lazy(_counted, str)
_written_later = lazy(_written, str)


def later(text: str) -> str:
    """The text in the language of whoever reads it; typed as the text that it becomes."""
    return cast(str, gettext_lazy(text))


def later_of(meaning: str, text: str) -> str:
    """The same where one English word has several meanings."""
    return cast(str, pgettext_lazy(meaning, text))


def later_with(text: str, **places: Any) -> str:
    """The same with named places, {like_this}."""
    return cast(str, format_lazy(cast(str, gettext_lazy(text)), **places))


def later_counted(one: str, many: str, number: int, **places: Any) -> str:
    """The same in the form that the number asks for; {number} is its place."""
    return _counted_later(one, many, number, places)


def later_written(write: Callable[..., str], *values: Any) -> str:
    """A number or a day, written in the language of whoever reads it."""
    return _written_later(write, values)
