"""Rows behind how many were lost while all looked well."""

from functools import partial

from django.utils.translation import gettext as _

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.numbers.warnings import Loss, losses
from metrics.dashboards.why.clients import TEAM
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import Cells, Column, Kind, Row, Rows, Words

COLUMNS = (
    *TEAM,
    Column(later("Left"), Kind.DAY),
    Column(later("Score 30 days before"), Kind.COUNT),
)


def lost(facts: Facts, reader: Reader) -> Rows:
    found = losses(facts)
    shown = sorted((one for one in found if reader.sees(one.client)), key=lambda one: one.left_on)
    rows = [
        Row(partial(_cells, one, reader), one.counts, state="bad" if one.counts.part else "")
        for one in reversed(shown)
    ]
    return Rows(
        COLUMNS,
        rows,
        len(found),
        noun("lost client"),
        Words(_("looked well"), _("was seen to come")),
    )


def _cells(loss: Loss, reader: Reader) -> Cells:
    score = None if loss.score is None else round(loss.score)
    return (reader.client(loss.client), *reader.team(loss.client), loss.left_on, score)


ROWS = {"watermelon_rate": lost}
