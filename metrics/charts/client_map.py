"""One mark for each client: where to look first, at a glance."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

COLUMNS = 12
ORDER = {"bad": 0, "watch": 1, "none": 2, "good": 3}


class Mark(NamedTuple):
    """A client as the map shows it: `depth` puts the worst first within a state."""

    name: str
    url: str
    state: str
    words: str
    depth: float = 0.0


def client_marks(marks: Iterable[Mark]) -> SafeString:
    """The marks of one pod, worst first, in two rows filled down, then across."""
    ordered = sorted(marks, key=lambda mark: (ORDER[mark.state], -mark.depth, mark.name))
    rows = max(2, -(-len(ordered) // COLUMNS))
    cells = "".join(_cell(mark.name, mark.url, mark.state, mark.words) for mark in ordered)
    return mark_safe(f'<div class="marks rows-{min(rows, 6)}">{cells}</div>')  # noqa: S308


@lru_cache(maxsize=4096)
def _cell(name: str, url: str, state: str, words: str) -> SafeString:
    return format_html(
        '<a href="{}" title="{}, {}"><svg class="mark mark-{}" role="img" aria-label="{}, {}">'
        '<use href="#m-{}"/></svg></a>',
        url,
        name,
        words,
        state,
        name,
        words,
        state,
    )
