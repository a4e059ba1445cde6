"""The small parts that every page is made of: marks, icons, chips, sparklines, pace bars."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from godview import drawing
from godview.glossary import TERMS
from godview.undo import undo_of

register = template.Library()

register.filter("undo", undo_of)

STATES = ("good", "watch", "bad", "none")


@register.simple_tag
@lru_cache(maxsize=64)
def mark(state: str, size: str = "") -> SafeString:
    """A status mark: ring, triangle, square or dashed ring. A word must stand beside it."""
    state = state if state in STATES else "none"
    small = " mark-s" if size else ""
    return mark_safe(  # noqa: S308 - fixed words only
        f'<svg class="mark{small} mark-{state}" aria-hidden="true"><use href="#m-{state}"/></svg>'
    )


@register.simple_tag(takes_context=True)
def page_url(context: Any, name: str, number: int) -> str:
    """This address with another page of the list that `name` (else `page`) turns."""
    query = context.request.GET.copy()
    query[name or "page"] = number
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def to(context: Any, page: str, *names: Any, **asked: str) -> str:
    """The address of a page of numbers, with the days of this one kept."""
    days = getattr(context.get("request"), "days", None)
    kept = {**(days.in_address if days else {}), **asked}
    query = urlencode({name: value for name, value in kept.items() if value}, safe=":")
    return reverse(page, args=names) + (f"?{query}" if query else "")


@register.simple_tag
def icon(name: str) -> SafeString:
    return _icon(name, static("icons/sprite.svg"))


@register.simple_tag
def term(key: str, word: Any = "") -> SafeString:
    """A word that leads to its meaning, and says it when it is pointed at."""
    told = TERMS[key]
    return format_html(
        '<a class="term" href="{}#{}" title="{}">{}</a>',
        reverse("glossary"),
        key,
        told.meaning,
        word or told.word,
    )


@lru_cache(maxsize=128)
def _icon(name: str, sprite: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name
    )


CHANNEL_ICONS = {
    "call": "phone",
    "missed_call": "phone",
    "meeting": "meeting",
    "email": "email",
    "report": "email",
    "newsletter": "email",
}


@register.simple_tag
def channel_icon(channel: str) -> SafeString:
    return icon(CHANNEL_ICONS.get(channel, "message"))


@register.simple_tag
def chip(state: str, word: Any) -> SafeString:
    """A status in a soft box: `{% chip "bad" "Off pace" %}`. The state "info" has no mark."""
    picture = mark(state) if state in STATES else ""
    return format_html('<span class="chip {}">{}{}</span>', state, picture, word)


@register.simple_tag
def verdict_chip(met: bool, word: Any) -> SafeString:
    """Done or missed, with check or cross: not a status, so not a status mark."""
    return format_html(
        '<span class="chip {}">{}{}</span>',
        "good" if met else "bad",
        icon("check" if met else "cross"),
        word,
    )


@register.simple_tag
def spark(values: Sequence[Any], state: str = "good", **options: Any) -> SafeString:
    """A sparkline. Options: target, band, scale, size (see godview.drawing.sparkline)."""
    return drawing.sparkline(values, state, **options)


@register.simple_tag
def pace(progress: Any, expected: Any, state: str, width: int = 248) -> SafeString:
    """A pace bar: shares of 1, or None for what is not known."""
    return drawing.pace_bar(
        None if progress is None else round(float(progress), 4),
        None if expected is None else round(float(expected), 4),
        state,
        width,
    )
