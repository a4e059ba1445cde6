"""Whose numbers: the agency's, or those of a part of it: a team, a person, a kind of client."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from clients.models import Assignment, Client, Department, Fee, Pod, PodMembership, Staff
from godview.access import covers
from metrics.formulas.retention import Spell

Kind = Literal[
    "agency",
    "department",
    "pod",
    "manager",
    "designer",
    "client",
    "industry",
    "finance_model",
    "service",
]
SEGMENTS = ("industry", "finance_model", "service")  # kinds of clients, whoever works for them
FORM = (
    "agency, department:NAME, pod:NAME, manager:NAME, designer:NAME, client:NAME, industry:NAME, "
    "finance_model:NAME or service:NAME"
)


class UnknownScopeError(ValueError):
    """There is no such department, pod, person, client or segment."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the agency that numbers speak of. `id` is None for the whole of it."""

    kind: Kind = "agency"
    id: int | None = None
    name: str = "the agency"

    def __str__(self) -> str:
        return "agency" if self.kind == "agency" else f"{self.kind}:{self.name}"

    @property
    def called(self) -> str:
        """In the words of the reader; names of teams, people and clients are not translated."""
        if self.is_agency:
            return _("the agency")
        return finance_model(self.name) if self.kind == "finance_model" else self.name

    @property
    def is_agency(self) -> bool:
        return self.kind == "agency"

    @property
    def is_person(self) -> bool:
        return self.kind in ("manager", "designer")

    @property
    def is_segment(self) -> bool:
        return self.kind in SEGMENTS

    def assignments(self) -> Q:
        """Which dated assignments of clients to a pod and a manager fall into this scope."""
        if self.kind == "designer":
            return Q(pod__in=PodMembership.objects.filter(staff=self.id).values("pod_id"))
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
        if self.is_segment:
            return Q(**{f"{path}__in": self._segment().values(self._client_of_segment)})
        mine = Assignment.objects.filter(self.assignments())
        return Q(**{f"{path}__in": mine.values("client_id")})

    def clients_on(self, day: Any, path: str = "client") -> Q:
        """Rows of clients that belong to this scope on a day; `day` may be OuterRef to a column."""
        if self.kind in ("agency", "client"):
            return self.clients_ever(path)
        if self.kind == "industry":  # not dated
            return self.clients_ever(path)
        if self.is_segment:
            paid = covers(day, start="starts_on", end="ends_on")
            return Q(Exists(self._segment().filter(paid, client=OuterRef(path))))
        mine = Assignment.objects.filter(self.assignments(), covers(day), client=OuterRef(path))
        if self.kind == "designer":
            inside = PodMembership.objects.filter(staff=self.id, pod=OuterRef("pod"))
            day = OuterRef(day) if isinstance(day, OuterRef) else day
            mine = mine.filter(Exists(inside.filter(covers(day))))
        return Q(Exists(mine))

    @property
    def _client_of_segment(self) -> str:
        return "pk" if self.kind == "industry" else "client_id"

    def _segment(self) -> QuerySet[Any]:
        """The clients of an industry, or the fees of a finance model or a service."""
        if self.kind == "industry":
            return Client.objects.filter(industry=self.name)
        return Fee.objects.filter(**{self.kind: self.name})


AGENCY = Scope()


def find_scope(text: str) -> Scope:
    """Read `pod:Cobalt` or the like; X may be an external id, a slug or a name."""
    if text == "agency":
        return AGENCY
    kind, found, reference = text.replace("\0", "").partition(":")
    if kind in SEGMENTS and reference:
        return _segment(cast(Kind, kind), reference)
    rows = _named(kind, reference) if found and reference else None
    if rows is None:
        raise UnknownScopeError(f"“{text}” is not a scope. Write {FORM}.")
    matches = list(rows.distinct()[:2])
    if not matches:
        raise UnknownScopeError(f"There is no {kind} “{reference}”.")
    if len(matches) > 1:
        raise UnknownScopeError(f"There is more than one {kind} “{reference}”: give its id.")
    return Scope(cast(Kind, kind), matches[0].pk, matches[0].name)


def _segment(kind: Kind, reference: str) -> Scope:
    column = Client.objects if kind == "industry" else Fee.objects
    found = column.filter(**{f"{kind}__iexact": reference}).order_by(kind)
    name = found.values_list(kind, flat=True).first()
    if name is None:
        raise UnknownScopeError(f"No client has the {kind.replace('_', ' ')} “{reference}”.")
    return Scope(kind, None, name)


def _named(kind: str, reference: str) -> QuerySet[Any] | None:
    if kind == "department":
        return Department.objects.filter(Q(slug=reference) | Q(name=reference))
    if kind == "pod":
        return Pod.objects.named(reference)
    if kind in ("manager", "designer"):
        return Staff.objects.named(reference)
    if kind == "client":
        return Client.objects.named(reference)
    return None


def finance_model(name: str) -> str:
    return str(dict(Fee.FinanceModel.choices).get(name, name))


def clients_ever(scope: Scope, everybody: Iterable[Any]) -> set[Any]:
    """Who of them belongs to the scope, or once did."""
    if scope.is_agency:
        return set(everybody)
    return set(Client.objects.filter(scope.clients_ever("pk")).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Roster:
    """Which clients belong to a scope, and when. The agency has everybody, always."""

    spells: Mapping[Hashable, list[Spell]] | None = None

    def has(self, client: Hashable, day: date) -> bool:
        if self.spells is None:
            return True
        return any(spell.covers(day) for spell in self.spells.get(client, ()))

    def had(self, client: Hashable, day: date) -> bool:
        """Whether a client is in the scope on a day, or was before."""
        if self.spells is None:
            return True
        return any(spell.start <= day for spell in self.spells.get(client, ()))

    def stretches(self, client: Hashable) -> list[Spell] | None:
        """When a client was in the scope; None: always."""
        return None if self.spells is None else self.spells.get(client, [])


def read_roster(scope: Scope) -> Roster:
    if scope.kind == "agency":
        return Roster()
    if scope.kind == "client":
        return Roster({scope.id: [Spell(date.min)]})
    if scope.is_segment:
        return Roster(_spells_of_segment(scope))
    spells: dict[Hashable, list[Spell]] = {}
    inside = _inside(scope)
    rows = Assignment.objects.filter(scope.assignments()).order_by()
    for client, pod, start, end in rows.values_list(
        "client_id", "pod_id", "started_on", "ended_on"
    ):
        held = Spell(start or date.min, end)
        mine = [held] if inside is None else [_both(held, one) for one in inside.get(pod, ())]
        spells.setdefault(client, []).extend(spell for spell in mine if spell is not None)
    return Roster(spells)


def _spells_of_segment(scope: Scope) -> dict[Hashable, list[Spell]]:
    if scope.kind == "industry":
        mine = Client.objects.filter(industry=scope.name).values_list("pk", flat=True)
        return {client: [Spell(date.min)] for client in mine}
    spells: dict[Hashable, list[Spell]] = {}
    fees = Fee.objects.filter(**{scope.kind: scope.name}).order_by()
    for client, start, end in fees.values_list("client_id", "starts_on", "ends_on"):
        spells.setdefault(client, []).append(Spell(start, end))
    return spells


def _inside(scope: Scope) -> dict[int, list[Spell]] | None:
    """When a designer was in which pod; None for whom that does not matter."""
    if scope.kind != "designer":
        return None
    found: dict[int, list[Spell]] = {}
    rows = PodMembership.objects.filter(staff=scope.id).order_by()
    for pod, start, end in rows.values_list("pod_id", "started_on", "ended_on"):
        found.setdefault(pod, []).append(Spell(start or date.min, end))
    return found


def _both(one: Spell, other: Spell) -> Spell | None:
    """The days that two stretches share."""
    start = max(one.start, other.start)
    ends = [end for end in (one.end, other.end) if end is not None]
    end = min(ends) if ends else None
    return None if end is not None and end <= start else Spell(start, end)
