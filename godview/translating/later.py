"""Texts that are written down at import and translated when they are read."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, ngettext_lazy


def later(text: str) -> str:
    """The text in the language of whoever reads it; typed as the text that it becomes."""
    return cast(str, gettext_lazy(text))


def later_with(text: str, **places: Any) -> str:
    """The same with named places, {like_this}."""
    return cast(str, format_lazy(cast(str, gettext_lazy(text)), **places))


def later_counted(one: str, many: str, number: int, **places: Any) -> str:
    """The same in the form that the number asks for; {number} is its place."""
    form = cast(str, ngettext_lazy(one, many, number))
    return cast(str, format_lazy(form, number=number, **places))


def later_written(write: Callable[..., str], *values: Any) -> str:
    """A number or a day, written in the language of whoever reads it."""
    return lazy(write, str)(*values)
