"""A row of weeks as cells of a table. Said in full to who cannot see it: metric, week, word."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from godview.templatetags.components import mark
from metrics.dashboards.weeks_grid.cells import Cell, Week


def week_cells(metric: str, weeks: Sequence[Week], cells: Iterable[Cell]) -> SafeString:
    last = len(weeks) - 1
    drawn = (
        (_cell(metric, week, cell, is_now=place == last),)
        for place, (week, cell) in enumerate(zip(weeks, cells, strict=True))
    )
    return format_html_join("", "{}", drawn)


def _cell(metric: str, week: Week, cell: Cell, is_now: bool) -> SafeString:
    said = _("%(metric)s, week %(week)s, %(words)s") % {
        "metric": metric,
        "week": week.number,
        "words": cell.words,
    }
    shown = mark(cell.state) if cell.state else _text(cell)
    shown = format_html('{}<span class="sr">{}</span>', shown, said)
    if cell.url:
        shown = format_html('<a href="{}">{}</a>', cell.url, shown)
    return format_html(
        '<td{} data-week="{}" title="{}">{}</td>',
        SafeString(' class="now"') if is_now else "",
        week.number,
        cell.words,
        shown,
    )


def _text(cell: Cell) -> SafeString:
    """What is seen; who cannot see it hears the words behind it."""
    style = SafeString(' class="say-bad"') if cell.alarm else ""
    return format_html('<span aria-hidden="true"{}>{}</span>', style, cell.text)
