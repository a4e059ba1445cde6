"""Whose numbers: the agency's, or those of a department, a pod, a manager or a client."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from clients.models import Assignment, Client, Department, Pod, Staff
from godview.access import covers
from metrics.formulas.retention import Spell

Kind = Literal["agency", "department", "pod", "manager", "client"]
FORM = "agency, department:NAME, pod:NAME, manager:NAME or client:NAME"


class UnknownScopeError(ValueError):
    """There is no such department, pod, manager or client."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the agency that numbers speak of. `id` is None for the whole of it."""

    kind: Kind = "agency"
    id: int | None = None
    name: str = "the agency"

    def __str__(self) -> str:
        return "agency" if self.kind == "agency" else f"{self.kind}:{self.name}"

    @property
    def is_agency(self) -> bool:
        return self.kind == "agency"

    def assignments(self) -> Q:
        """Which dated assignments of clients to a pod and a manager fall into this scope."""
        if self.kind == "pod":
            return Q(pod=self.id)
        if self.kind == "manager":
            return Q(account_manager=self.id)
        if self.kind == "department":
            return Q(pod__department=self.id) | Q(
                pod__department__isnull=True, account_manager__department=self.id
            )
        return Q()

    def clients_ever(self, path: str = "client") -> Q:
        """Rows of clients that belong to this scope, or once did."""
        if self.kind == "agency":
            return Q()
        if self.kind == "client":
            return Q(**{path: self.id})
        mine = Assignment.objects.filter(self.assignments())
        return Q(**{f"{path}__in": mine.values("client_id")})

    def clients_on(self, day: Any, path: str = "client") -> Q:
        """Rows of clients that belong to this scope on a day; `day` may be OuterRef to a column."""
        if self.kind in ("agency", "client"):
            return self.clients_ever(path)
        mine = Assignment.objects.filter(self.assignments(), covers(day), client=OuterRef(path))
        return Q(Exists(mine))


AGENCY = Scope()


def find_scope(text: str) -> Scope:
    """Read `pod:Cobalt` or the like; X may be an external id, a slug or a name."""
    if text == "agency":
        return AGENCY
    kind, found, reference = text.replace("\0", "").partition(":")
    rows = _named(kind, reference) if found and reference else None
    if rows is None:
        raise UnknownScopeError(f"“{text}” is not a scope. Write {FORM}.")
    matches = list(rows.distinct()[:2])
    if not matches:
        raise UnknownScopeError(f"There is no {kind} “{reference}”.")
    if len(matches) > 1:
        raise UnknownScopeError(f"There is more than one {kind} “{reference}”: give its id.")
    return Scope(cast(Kind, kind), matches[0].pk, matches[0].name)


def _named(kind: str, reference: str) -> QuerySet[Any] | None:
    if kind == "department":
        return Department.objects.filter(Q(slug=reference) | Q(name=reference))
    if kind == "pod":
        return Pod.objects.named(reference)
    if kind == "manager":
        return Staff.objects.named(reference)
    if kind == "client":
        return Client.objects.named(reference)
    return None


@dataclass(frozen=True, slots=True)
class Roster:
    """Which clients belong to a scope, and when. The agency has everybody, always."""

    spells: Mapping[Hashable, list[Spell]] | None = None

    def has(self, client: Hashable, day: date) -> bool:
        if self.spells is None:
            return True
        return any(spell.covers(day) for spell in self.spells.get(client, ()))


def read_roster(scope: Scope) -> Roster:
    if scope.kind == "agency":
        return Roster()
    if scope.kind == "client":
        return Roster({scope.id: [Spell(date.min)]})
    spells: dict[Hashable, list[Spell]] = {}
    rows = Assignment.objects.filter(scope.assignments()).order_by()
    for client, start, end in rows.values_list("client_id", "started_on", "ended_on"):
        spells.setdefault(client, []).append(Spell(start or date.min, end))
    return Roster(spells)
