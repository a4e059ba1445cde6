"""The parts of the agency that a leader may choose from."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Value
from django.utils.translation import gettext_lazy

from clients.models import Client, Department, Fee, Pod, Staff
from godview.access import Role
from godview.folding import by_letters
from metrics.queries.scopes import finance_model


class Offered(NamedTuple):
    """`text` is how an address names it."""

    text: str
    name: str


WORDS: dict[str, Any] = {  # said in the language of who reads
    "department": gettext_lazy("Department"),
    "pod": gettext_lazy("Pod"),
    "manager": gettext_lazy("Manager"),
    "industry": gettext_lazy("Industry"),
    "finance_model": gettext_lazy("Finance model"),
    "service": gettext_lazy("Service"),
}


def offered_scopes(today: date) -> list[tuple[str, list[Offered]]]:
    """By kind: teams and people of today, and the kinds of clients there ever were. One query."""
    managers = Staff.objects.working_on(today).filter(role=Role.ACCOUNT_MANAGER)
    rows = _told("department", Department.objects.all(), "slug", "name").union(
        _told("pod", Pod.objects.all(), "slug", "name"),
        _told("manager", managers, "slug", "name"),
        _told("industry", Client.objects.all(), "industry", "industry"),
        _told("finance_model", Fee.objects.all(), "finance_model", "finance_model"),
        _told("service", Fee.objects.all(), "service", "service"),
    )
    found: dict[str, list[Offered]] = {kind: [] for kind in WORDS}
    for kind, reference, name in rows:
        if reference:
            called = finance_model(name) if kind == "finance_model" else name
            found[kind].append(Offered(f"{kind}:{reference}", called))
    return [
        (WORDS[kind], sorted(some, key=lambda one: by_letters(one.name)))
        for kind, some in found.items()
        if some
    ]


def _told(kind: str, rows: Any, reference: str, name: str) -> Any:
    told = rows.order_by().annotate(of=Value(kind), ref=F(reference), called=F(name))
    return told.values_list("of", "ref", "called")
