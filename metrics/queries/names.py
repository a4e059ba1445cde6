"""What clients are called and who answers for them: for the rows behind numbers."""

from collections.abc import Hashable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q

from clients.models import Client


class Name(NamedTuple):
    name: str
    slug: str
    pod: str
    pod_slug: str
    manager_id: int
    manager: str
    manager_slug: str


def names_seen_by(user: Any, day: date) -> dict[Hashable, Name]:
    """Every client that a person may see, gone ones too, with its pod and manager of a day."""
    begun = Q(assignments__started_on=None) | Q(assignments__started_on__lte=day)
    not_over = Q(assignments__ended_on=None) | Q(assignments__ended_on__gt=day)
    rows = Client.objects.visible_to(user).annotate(
        held=FilteredRelation("assignments", condition=begun & not_over)
    )
    told = rows.order_by().values_list(
        "pk",
        "name",
        "slug",
        "held__pod__name",
        "held__pod__slug",
        "held__account_manager_id",
        "held__account_manager__name",
        "held__account_manager__slug",
    )
    return {pk: Name(*rest) for pk, *rest in told}
