"""Who may see and do what: roles, the rows each person reaches, and what they may do to them.

Pages, REST API, admin and exports all ask here. A row outside a person's reach does not exist for
them: it is absent from lists and answers 404, exactly like a row that was never there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from rules.permissions import add_perm, perm_exists, set_perm
from rules.predicates import Predicate

from godview.hindsight import is_blind, of_today, with_hindsight

M = TypeVar("M", bound=Model)
View = TypeVar("View", bound=Callable[..., HttpResponse])


class Role(models.TextChoices):
    ACCOUNT_MANAGER = "account_manager", gettext_lazy("Account manager")
    ACCOUNT_DIRECTOR = "account_director", gettext_lazy("Account director")
    DESIGNER = "designer", gettext_lazy("Designer")
    SALESPERSON = "salesperson", gettext_lazy("Salesperson")
    MARKETING = "marketing", gettext_lazy("Marketing")
    ACCOUNTING = "accounting", gettext_lazy("Accounting")
    LEADERSHIP = "leadership", gettext_lazy("Leadership")


# -- Reach: which rows ------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach:
    """The clients a person may see: all of them, or those of some pods and their own.

    `every_client` alone is accounting: the books cover everybody, the rest of the agency does not.
    """

    everything: bool = False
    every_client: bool = False
    staff_id: int | None = None
    pod_ids: frozenset[int] = frozenset()
    department_ids: frozenset[int] = frozenset()

    @property
    def nothing(self) -> bool:
        return not self.everything and self.staff_id is None

    def assignments(self) -> Q:
        """Which dated assignments of clients (to a pod and a manager) fall inside this reach."""
        if self.nothing:  # or "managed by None" would match whatever nobody manages
            return Q(pk__in=())
        mine = Q(account_manager_id=self.staff_id) | Q(pod_id__in=self.pod_ids)
        if self.department_ids:
            mine |= Q(pod__department_id__in=self.department_ids)
            mine |= Q(
                pod__department__isnull=True,
                account_manager__department_id__in=self.department_ids,
            )
        return mine


def reach_of(user: Any) -> Reach:
    """What `user` may see today; worked out once for each request's user object."""
    known: Reach | None = getattr(user, "_reach", None)
    if known is None:
        known = _work_out_reach(user)
        user._reach = known
    return known


def _work_out_reach(user: Any) -> Reach:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Reach()
    if user.is_superuser:
        return Reach(everything=True, every_client=True)
    staff = staff_of(user)
    if staff is None:
        return Reach()
    if staff.role == Role.LEADERSHIP:
        return Reach(everything=True, every_client=True, staff_id=staff.pk)
    today = timezone.localdate()
    memberships = apps.get_model("clients", "PodMembership")._default_manager
    pods = memberships.filter(covers(today), staff=staff).values_list("pod_id", flat=True)
    departments: set[int] = set()
    if staff.role == Role.ACCOUNT_DIRECTOR:
        directed = apps.get_model("clients", "Department")._default_manager
        departments = set(directed.filter(director=staff).values_list("pk", flat=True))
        if staff.department_id:
            departments.add(staff.department_id)
    return Reach(
        every_client=staff.role == Role.ACCOUNTING,
        staff_id=staff.pk,
        pod_ids=frozenset(pods),
        department_ids=frozenset(departments),
    )


def staff_of(user: Any) -> Any | None:
    """The member of staff behind a signed-in user, while they work here; otherwise nobody."""
    signed_in = getattr(user, "is_authenticated", False) and user.is_active
    staff = getattr(user, "staff", None) if signed_in else None
    if staff is None or (staff.ended_on and staff.ended_on <= timezone.localdate()):
        return None
    return staff


def role_of(user: Any) -> str | None:
    staff = staff_of(user)
    return staff.role if staff else None


def covers(day: Any, prefix: str = "", start: str = "started_on", end: str = "ended_on") -> Q:
    """Rows in force on `day`: begun by then (or always there) and not yet ended."""
    begun = Q(**{f"{prefix}{start}__isnull": True}) | Q(**{f"{prefix}{start}__lte": day})
    open_ended = Q(**{f"{prefix}{end}__isnull": True}) | Q(**{f"{prefix}{end}__gt": day})
    return begun & open_ended


class ScopedQuerySet(QuerySet[M]):
    """A queryset of rows that belong to a client, and so to whoever may see that client."""

    client_path: ClassVar[str] = "client"

    def visible_to(self, user: Any) -> Self:
        reach = reach_of(user)
        if reach.every_client:
            return self
        if reach.nothing:
            return self.none()
        return self.filter(**{f"{self.client_path}__in": reached_client_ids(reach)})


def reached_client_ids(reach: Reach) -> Any:
    assignments = apps.get_model("clients", "Assignment")._default_manager
    mine = assignments.filter(reach.assignments(), covers(timezone.localdate()))
    return of_today(mine.values_list("client_id", flat=True))


def get_visible_or_404(queryset: Any, user: Any, **lookup: Any) -> Any:
    """The one row that `lookup` names, if `user` may see it; otherwise the same 404 as for none.

    In a question about the past it is the row as it was known then, if it was known.
    """
    with with_hindsight():
        row = queryset.visible_to(user).filter(**lookup).first()
    if row is None:
        raise Http404
    return (queryset.filter(pk=row.pk).first() or row) if is_blind() else row


def sees(user: Any, row: Model) -> bool:
    """Whether one row is inside the person's reach. Rows that belong to no client: everybody's."""
    queryset = type(row)._default_manager.all()
    visible_to = getattr(queryset, "visible_to", None)
    if visible_to is None:
        return bool(user.is_authenticated)
    with with_hindsight():
        return bool(visible_to(user).filter(pk=row.pk).exists())


# -- Abilities: which deeds -------------------------------------------------------------------

LEADERS = frozenset({Role.LEADERSHIP})
DIRECTORS = LEADERS | {Role.ACCOUNT_DIRECTOR}
MANAGERS = DIRECTORS | {Role.ACCOUNT_MANAGER}
CREATORS = MANAGERS | {Role.DESIGNER}
MONEY = LEADERS | {Role.ACCOUNTING}
EVERYBODY = frozenset(Role)


def allow(model: str, **actions: Iterable[str]) -> None:
    """Say which roles may do what to a model, as in `allow("clients.fee", view=MONEY)`.

    The actions are view, add, change and delete; one that is not named is for administrators.
    """
    app_label, name = model.split(".")
    if not perm_exists(app_label):  # what Django asks for before it shows an app in the admin
        add_perm(app_label, _has_role(EVERYBODY))
    for action, roles in actions.items():
        permission = f"{app_label}.{action}_{name}"
        predicate = _has_role(frozenset(roles)) & _row_is_visible
        if perm_exists(permission):
            set_perm(permission, predicate)
        else:
            add_perm(permission, predicate)


def _has_role(roles: frozenset[str]) -> Any:
    def has_role(user: Any) -> bool:
        return role_of(user) in roles

    return Predicate(has_role)


def _is_visible(user: Any, row: Any = None) -> bool:
    return not isinstance(row, Model) or row.pk is None or sees(user, row)


_row_is_visible = Predicate(_is_visible)


def is_leader(user: Any) -> bool:
    return bool(getattr(user, "is_superuser", False)) or role_of(user) in LEADERS


def may_record_answers(user: Any) -> bool:
    """The page of surveys is for managers, directors and leaders."""
    return bool(getattr(user, "is_superuser", False)) or role_of(user) in MANAGERS


def may_open_admin(user: Any) -> bool:
    """The admin is for administrators, leaders, directors and accounting; each sees their rows."""
    if not getattr(user, "is_active", False):
        return False
    return bool(user.is_superuser) or role_of(user) in (DIRECTORS | MONEY)


def for_leaders(view: View) -> View:
    """A page for leaders and administrators: to others, it is not there."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_leader(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(checked)  # type: ignore[return-value]
