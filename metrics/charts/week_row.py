"""A client's row in My week. Drawn once for each state of the week and language, then kept."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# Stands for the token of each visitor's own session, which is put in after the drawing.
TOKEN = "the-token-of-the-visitor"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Look:
    """What the rows of a page have in common: the week, and what the person may do."""

    query: str
    monday: date
    today: date
    has_begun: bool
    is_locked: bool
    is_over: bool
    may_set_goals: bool
    may_log_contact: bool
    may_set_lights: bool


def week_row(row: object, look: Look, token: str) -> SafeString:
    drawn = _drawn(row, look, get_language() or "")
    return mark_safe(drawn.replace(TOKEN, token))  # noqa: S308 - drawn by a template


@lru_cache(maxsize=2048)
def _drawn(row: object, look: Look, language: str) -> str:
    """Kept for each language that somebody reads it in."""
    return render_to_string(
        "metrics/_week_row.html", {"row": row, "look": look, "csrf_token": TOKEN}
    )
