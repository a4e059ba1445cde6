"""What each client was when it came: its industry, who served it, what it bought first."""

from datetime import date
from typing import NamedTuple

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import override

from clients.models import Assignment, Client, Engagement
from clients.models import Fee as FeeRow
from metrics.formulas.mrr import Fee
from metrics.formulas.retention import Spell
from metrics.queries.books import FEE_COLUMNS


class NamedFee(NamedTuple):
    service: str
    model: str  # as people read it: Retainer, Time and materials
    fee: Fee


class Team(NamedTuple):
    name: str
    slug: str


def industries() -> dict[int, str]:
    return dict(Client.objects.order_by().values_list("pk", "industry"))


def pods_ever() -> dict[int, list[tuple[Spell, Team]]]:
    """Every pod a client was ever served by, and when."""
    return _ever("pod")


def managers_ever() -> dict[int, list[tuple[Spell, Team]]]:
    """Every manager a client ever had, and when."""
    return _ever("account_manager")


def _ever(team: str) -> dict[int, list[tuple[Spell, Team]]]:
    found: dict[int, list[tuple[Spell, Team]]] = {}
    rows = Assignment.objects.exclude(**{team: None}).order_by("started_on")
    for client, start, end, name, slug in rows.values_list(
        "client_id", "started_on", "ended_on", f"{team}__name", f"{team}__slug"
    ):
        found.setdefault(client, []).append((Spell(start or date.min, end), Team(name, slug)))
    return found


def fees_ever() -> dict[int, list[NamedFee]]:
    """Every fee of every client, the earliest first."""
    with override("en"):  # kept by these names, and shown in the reader's words
        words = {value: str(label) for value, label in FeeRow.FinanceModel.choices}
    found: dict[int, list[NamedFee]] = {}
    rows = FeeRow.objects.order_by("starts_on", "pk").values_list("service", *FEE_COLUMNS)
    for service, *columns in rows:
        fee = Fee(*columns)
        found.setdefault(columns[0], []).append(
            NamedFee(service, words.get(fee.finance_model, fee.finance_model), fee)
        )
    return found


def recording_began() -> date | None:
    """The day on which the first client was entered here."""
    first = Client.history.aggregate(first=Min("history_date"))["first"]
    return timezone.localdate(first) if first else None


def records_begin() -> date | None:
    """From when on departures are written down: the first of them, or the first entry at all.

    Clients who left before are not in the books, so those who came before are seen only from then.
    """
    found = Engagement.objects.aggregate(left=Min("ended_on"), entered=Min("client__created_at"))
    left, entered = found["left"], found["entered"]
    days = [day for day in (left, entered and timezone.localdate(entered)) if day]
    return min(days, default=None)
