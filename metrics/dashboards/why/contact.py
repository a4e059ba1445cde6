"""Rows behind the days since contact: when each client last heard from us."""

from collections.abc import Callable, Hashable
from datetime import timedelta
from functools import partial

from django.utils.translation import gettext as _

from godview.templatetags.display import noun
from godview.translating.later import later
from metrics.dashboards.numbers import Facts
from metrics.dashboards.portfolio import contact_state
from metrics.dashboards.why.clients import TEAM
from metrics.dashboards.why.reader import Reader
from metrics.dashboards.why.rows import Cells, Column, Kind, Row, Rows, Words
from metrics.formulas.contact import Silence, silence
from metrics.formulas.ratio import Ratio

COLUMNS = (
    *TEAM,
    Column(later("Last contact"), Kind.DAY),
    Column(later("How")),
    Column(later("Days"), Kind.COUNT),
)


def waits(
    formula: Callable[[Silence], Ratio], words: Words | None = None
) -> Callable[[Facts, Reader], Rows]:
    """The client who has waited longest first."""

    def rows(facts: Facts, reader: Reader) -> Rows:
        limit = int(facts.limits["contact"])
        found = sorted(facts.days_since_contact.items(), key=lambda wait: -wait[1])
        shown = [
            Row(
                partial(_cells, client, days, facts, reader),
                formula(silence([days], limit)),
                amount=days,
                state=contact_state(days, limit),
            )
            for client, days in found
            if reader.sees(client)
        ]
        return Rows(COLUMNS, shown, len(found), noun("client"), words)

    return rows


def _cells(client: Hashable, days: int, facts: Facts, reader: Reader) -> Cells:
    heard = facts.touches.get(client) is not None
    return (
        reader.client(client),
        *reader.team(client),
        facts.as_of - timedelta(days=days),
        _("heard from us") if heard else _("never yet, with us since"),
        days,
    )


def _one_client(alone: Silence) -> Ratio:
    return Ratio(0, alone.clients)


OVER = Words(later("over the standard"), later("within it"))

ROWS = {
    "days_since_contact_mean": waits(lambda alone: alone.mean),
    "days_since_contact_median": waits(_one_client),
    "days_since_contact_max": waits(_one_client),
    "clients_over_contact_standard": waits(lambda alone: alone.share_over_standard, OVER),
    "clients_over_contact_standard_share": waits(lambda alone: alone.share_over_standard, OVER),
}
