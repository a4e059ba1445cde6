"""The columns of the ledger: how they sort, and what their CSV holds."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from tasks.deadlines.words import state_of
from tasks.models import Promise

RIGHT = {"th": {"class": "num"}}


class DeadlinesTable(tables.Table):
    text = tables.Column(_("Promise"), order_by=("text", "pk"))
    client = tables.Column(_("Client"), order_by=("client__name", "due_on", "pk"))
    owner = tables.Column(_("Owner"), order_by=("owner__name", "due_on", "pk"))
    state = tables.Column(_("State"), order_by=("standing__state", "standing__agreed_on", "pk"))
    promised = tables.Column(_("Promised"), attrs=RIGHT, order_by=("due_on", "pk"))
    agreed = tables.Column(_("Agreed"), attrs=RIGHT, order_by=("standing__agreed_on", "pk"))
    asana = tables.Column(_("In Asana"), attrs=RIGHT, order_by=("standing__due_on", "pk"))
    attempts = tables.Column(_("Changed"), attrs=RIGHT, order_by=("standing__attempts", "pk"))
    postponed = tables.Column(
        _("Postponed"), attrs=RIGHT, order_by=("standing__postponements", "pk")
    )

    class Meta:
        orderable = True


CSV_HEADER = (
    "id", "kind", "promise", "client", "owner", "promised_on", "agreed_on", "in_asana_on", "state",
    "completed_on", "changes_not_agreed", "postponements", "days_slipped", "unplanned",
    "finding_open", "request_open",
)  # fmt: skip


def csv_row(promise: Any, today: date) -> tuple[Any, ...]:
    """Raw numbers and ISO dates."""
    row: Promise = promise
    standing = row.standing
    return (
        row.pk,
        row.get_kind_display(),
        row.text,
        row.client.name,
        row.owner.name if row.owner else None,
        row.due_on,
        standing.agreed_on,
        standing.due_on,
        state_of(row, today).word,
        standing.completed_on,
        standing.attempts,
        standing.postponements,
        standing.days_slipped,
        int(row.unplanned),
        promise.finding_open,
        promise.request_open,
    )
