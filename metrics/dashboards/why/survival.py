"""Rows behind survival: every stretch of every client, as far as it was seen."""

from functools import partial

from django.utils.translation import gettext as _

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.lives import Life
from metrics.dashboards.numbers import Facts
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import Cells, Column, Kind, Link, Row, Rows, Words
from metrics.formulas.ratio import Ratio

COLUMNS = (
    Column(later("Client")),
    Column(later("With us since"), Kind.DAY),
    Column(later("Left"), Kind.DAY),
    Column(later("Seen from month"), Kind.COUNT),
    Column(later("Full months"), Kind.COUNT),
)


def stretches(facts: Facts, reader: Reader) -> Rows:
    """Those that ended first, the shortest of them on top."""
    behind = [life for life in facts.lives if life.lived.entered == 0 or _is_seen(life)]
    shown = sorted(
        (life for life in behind if reader.sees(life.client)),
        key=lambda life: (not life.lived.left, life.lived.lived, life.start),
    )
    rows = [
        Row(
            partial(_cells, life, reader),
            Ratio(int(life.lived.left), 1),
            state="bad" if life.lived.left else "",
        )
        for life in shown
    ]
    return Rows(COLUMNS, rows, len(behind), noun("engagement"), Words(_("ended"), _("still here")))


def _is_seen(life: Life) -> bool:
    """Not one that came into the records in the very month in which it vanishes."""
    return life.lived.lived > life.lived.entered


def _cells(life: Life, reader: Reader) -> Cells:
    link: Link = reader.client(life.client)
    return (link, life.start, life.end, life.lived.entered, life.lived.lived)


ROWS = dict.fromkeys(
    ("survival_12_months", "median_lifetime", "restricted_mean_lifetime", "dbtr_worst_month"),
    stretches,
)
