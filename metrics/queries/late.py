"""How many facts about the time up to a day were entered or changed after a moment."""

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, DateField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast

from clients.models import Client
from godview.access import reach_of
from metrics.queries.changed import MATTERS_FROM
from metrics.queries.scopes import Scope

FOR_LEADERS = {"clients.Cost"}


def late_counts(user: Any, scope: Scope, as_of: date, since: datetime) -> dict[str, int]:
    """By model, as far as the reader may see the rows: one query over the newest of the histories.

    What belongs to no client is counted for the whole agency alone, and for who sees all of it.
    """
    reach = reach_of(user)
    everybody = reach.every_client and scope.is_agency
    clients = None if everybody else _clients(user, scope)
    parts = [
        _changed(apps.get_model(label), column, as_of, since, clients).values_list("label", "n")
        for label, column in MATTERS_FROM.items()
        if (everybody or _path(apps.get_model(label)))
        and (reach.everything or label not in FOR_LEADERS)
    ]
    return {label: count for label, count in parts[0].union(*parts[1:], all=True) if count}


def _clients(user: Any, scope: Scope) -> QuerySet[Any, Any]:
    return Client.objects.visible_to(user).filter(scope.clients_ever("pk")).values("pk")


def _changed(
    model: type[Model], column: str, as_of: date, since: datetime, clients: Any
) -> QuerySet[Any, Any]:
    history: Any = model.history.model  # type: ignore[attr-defined]
    rows = history.objects.filter(history_date__gte=since).alias(day=Cast(column, DateField()))
    rows = rows.filter(Q(day=None) | Q(day__lte=as_of))
    if clients is not None:
        rows = rows.filter(**{f"{_path(model)}__in": clients})
    named = rows.order_by().annotate(label=Value(model._meta.label)).values("label")
    return named.annotate(n=Count(F("id"), distinct=True))  # type: ignore[no-any-return]


def _path(model: type[Model]) -> str:
    """How a row belongs to a client; nothing where it does not."""
    return getattr(model._default_manager.all(), "client_path", "")
